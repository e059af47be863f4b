"""Making the report: one HTML file that needs nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cogov.kit.files import whole
from cogov.report.account import (
    assumed,
    communities_table,
    errors_table,
    files,
    how_sure,
    matters_table,
    missing,
    numbers,
    numbers_tables,
    parameters_table,
    precision_table,
    provenance,
    sources_table,
    what_was_run,
)
from cogov.report.answer import answer, cautions
from cogov.report.designs import designs
from cogov.report.facts import Facts
from cogov.report.page import render
from cogov.report.people import costs, people
from cogov.report.pictures import place_picture, result_pictures
from cogov.report.tables import horizons, over_table, results
from cogov.report.texts import Words
from cogov.report.when import not_reached

if TYPE_CHECKING:
    from cogov.study.stored import StoredStudy


def write_report(
    stored: StoredStudy, path: str | Path | None = None, *, lang: str = "en", baseline: str | None = None
) -> Path:
    """Write the report of a study: one HTML file with everything inside, figures too.

    Parameters
    ----------
    stored : StoredStudy
        It may be incomplete; the report says what is missing.
    path : str or Path, optional
        Where to write; by default ``report.html`` in the folder of the study, ``report-zh.html`` in Chinese.
    lang : str
        ``en`` or ``zh``.
    baseline : str, optional
        Design to compare with; the study's own unless another is asked for.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    StudyError
        If there is no such language or design, or the file cannot be written.

    Examples
    --------
    >>> write_report(cogov.open_study("results/compare_designs"))  # doctest: +SKIP
    """
    text = report(stored, lang, baseline)
    default = "report.html" if lang == "en" else f"report-{lang}.html"
    target = Path(path) if path is not None else stored.folder / default
    return whole(target, lambda file: file.write(text.encode()))


def report(stored: StoredStudy, lang: str = "en", baseline: str | None = None) -> str:
    """The report of a study as HTML; see `write_report`."""
    words, facts = Words(lang), Facts.of(stored, lang, baseline)
    return render("report.html.j2", words, **_chapters(facts, words))


def _chapters(facts: Facts, words: Words) -> dict[str, Any]:
    """What the template shows."""
    absent = missing(facts)
    failed = int((facts.runs["status"] == "failed").sum())
    found = numbers(facts, words)
    said, tables, people_note = people(facts, words)
    costs_said, cost_tables = costs(facts, words)
    return {
        "name": facts.study.name,
        "question": facts.question or words("no_question", name=facts.study.name),
        "baseline": facts.called(facts.baseline),
        "answer": answer(facts, words, assumed(found)),
        "cautions": cautions(facts, words, assumed(found), failed, absent),
        "designs": designs(facts, words),
        "pictures": list(result_pictures(facts, words)),
        "results": results(facts, words) if facts.compared else None,
        "over": over_table(facts, words),
        "horizons": horizons(facts, words),
        "not_reached": not_reached(facts, words),
        "at": words("over_settings") if facts.compared and facts.parameters else "",
        "people": said,
        "people_tables": tables,
        "people_note": people_note,
        "costs": costs_said,
        "cost_tables": cost_tables,
        "sure": how_sure(facts, words, absent),
        "matters": matters_table(facts, words),
        "precision": precision_table(facts, words),
        "errors": errors_table(facts, words),
        "ran": what_was_run(facts, words),
        "communities": communities_table(facts, words),
        "parameters": parameters_table(facts, words),
        "sources": sources_table(found, words),
        "numbers": numbers_tables(found, words),
        "places": place_picture(facts, words),
        "provenance": [
            *provenance(facts, words),
            (words("provenance_date"), date.today().isoformat(), False),
        ],
        "command": "cogov study experiment=study.yaml results=again",
        "files": files(facts, words),
    }
