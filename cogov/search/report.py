"""The report of a search: its answer, the front, what its designs add, and what it took."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from cogov.kit.files import whole
from cogov.report.account import run_time
from cogov.report.numbers import plain
from cogov.report.page import render
from cogov.report.pictures import Picture, picture
from cogov.report.tables import Line, Table
from cogov.report.texts import Words
from cogov.search.found import ASKED, FRONT, TRIED, SearchResult
from cogov.search.runs import RUNS
from cogov.search.seek import Fate
from cogov.search.tell import base_name, budget, measure, quantity, sentences
from cogov.search.texts import together
from cogov.study.stored import open_study
from cogov.words import design as called


def write_search_report(found: SearchResult, path: str | Path | None = None, *, lang: str = "en") -> Path:
    """Write the report of a search: one HTML file with everything inside, figures too.

    Parameters
    ----------
    found : SearchResult
        As `cogov.search.opened.open_search` gives it.
    path : str or Path, optional
        Where to write; by default ``report.html`` in the folder of the search, ``report-zh.html`` in Chinese.
    lang : str
        ``en`` or ``zh``.

    Raises
    ------
    StudyError
        If there is no such language, or the file cannot be written.
    """
    words = Words(lang)
    text = render("search.html.j2", words, **_chapters(found, words))
    default = "report.html" if lang == "en" else f"report-{lang}.html"
    target = Path(path) if path is not None else found.folder / default
    return whole(target, lambda file: file.write(text.encode()))


def _chapters(found: SearchResult, words: Words) -> dict[str, Any]:
    """What the template shows."""
    search, lang = found.search, words.lang
    goals = together((measure(goal, lang) for goal in search.goals), lang)
    community = called(search.community.name, lang, {search.community.name: search.community.zh})
    ending = ". " if lang == "en" else "。"
    return {
        "name": search.name,
        "question": words("search_question", community=community, goals=goals, budget=budget(found, lang)),
        "said": [text.rstrip() + ending.strip() for text in sentences(found, lang)],
        "picture": _picture(found, words),
        "front": _front(found, words),
        "adds_head": words("search_adds", baseline=base_name(found, lang)),
        "adds": list(_adds(found, words)),
        "named": _named(found, words),
        "tried": _tried(found, words),
        "price": list(_price(found, words)),
        "provenance": _provenance(found, words),
    }


def _picture(found: SearchResult, words: Words) -> Picture:
    goals, lang = found.search.goals, words.lang
    x, y = (measure(goal, lang) for goal in goals[:2])
    told = []
    for number, name in enumerate(found.sought.front, 1):
        mine = found.points[found.points["design"] == name].set_index("measure")["difference"]
        values = [quantity(found, goal, lang).change_with_unit(float(mine[goal])) for goal in goals[:2]]
        told.append(words("search_alt_one", n=number, x=f"{x} {values[0]}", y=f"{y} {values[1]}"))
    caption = words("search_figure", baseline=base_name(found, lang), x=x, y=y)
    alt = words("search_alt", n=len(found.sought.candidates), front=words.parts(told))
    return picture(lambda: found.figure(lang=lang), caption, alt)


def _cells(found: SearchResult, name: str, words: Words) -> list[str]:
    """What a design brings and takes, with intervals; dashes of what was not run on fresh seeds."""
    mine = found.points[found.points["design"] == name].set_index("measure")
    if mine.empty:
        return ["–"] * len(found.measured)
    cells = []
    for column in found.measured:
        change, low, high = (float(mine[key][column]) for key in ("difference", "low", "high"))
        cells.append(quantity(found, column, words.lang).sentence(change, low, high))
    return cells


def _front(found: SearchResult, words: Words) -> Table:
    """A line a design of the front."""
    heads = [words("search_design"), *(measure(name, words.lang) for name in found.measured)]
    lines = [
        Line([str(number), *_cells(found, name, words)]) for number, name in enumerate(found.sought.front, 1)
    ]
    caption = words("search_caption", baseline=base_name(found, words.lang), fresh=found.search.fresh)
    return Table(caption, heads, [("", lines)])


def _adds(found: SearchResult, words: Words) -> Iterator[str]:
    """What each design of the front has beyond the baseline, and what it has not of it."""
    base = {mechanism.name for mechanism in found.search.baseline.mechanisms}
    for number, design in enumerate(found.designs, 1):
        zh = {one.name: one.zh for one in (*design.mechanisms, *found.search.baseline.mechanisms)}
        added = []
        for shown in found.shown(design):
            name, bracket, levels = shown.partition("(")
            added.append(called(name, words.lang, zh) + bracket + levels)
        missing = base - {mechanism.name for mechanism in design.mechanisms}
        if missing:
            names = words.listed(called(name, words.lang, zh) for name in sorted(missing))
            added.append(words("search_less", names=names))
        nothing = words("search_adds_none", baseline=base_name(found, words.lang))
        yield words("search_adds_line", n=number, adds=words.listed(added) or nothing)


def _named(found: SearchResult, words: Words) -> Table | None:
    """A line for each design that took part in any case."""
    search = found.search
    if not search.designs:
        return None
    heads = [words("search_design"), words("search_fate")]
    heads += [measure(name, words.lang) for name in found.measured]
    lines = [
        Line(
            [
                called(design.name, words.lang, {design.name: design.zh}),
                words(f"fate_{found.sought.candidates[design.name].fate}"),
                *_cells(found, design.name, words),
            ]
        )
        for design in search.designs
    ]
    return Table(words("search_named"), heads, [("", lines)], heads=2)


def _tried(found: SearchResult, words: Words) -> Table:
    """How many designs came to what."""
    lines = [
        Line([words(f"fate_{fate}"), plain(found.counted(fate))]) for fate in Fate if found.counted(fate)
    ]
    return Table(words("search_tried"), [words("search_fate"), words("search_number")], [("", lines)])


def _price(found: SearchResult, words: Words) -> Iterator[str]:
    search = found.search
    yield words(
        "search_runs",
        runs=plain(found.runs),
        weeks=search.weeks,
        screening=search.screening,
        replicates=search.replicates,
        fresh=search.fresh,
    )
    tables = f"{FRONT}.csv, {TRIED}"
    yield words("search_files", designs=f"{FRONT}/1.yaml …", tables=tables, asked=ASKED)


def _provenance(found: SearchResult, words: Words) -> list[tuple[str, str, bool]]:
    """What the answer was made with: (what, value, whether that is code)."""
    studies = [open_study(path.parent) for path in sorted((found.folder / RUNS).rglob("study.yaml"))]
    seconds = sum(float(np.nansum(one.tables.runs()["seconds"].to_numpy(dtype=float))) for one in studies)
    return [
        (words("provenance_name"), found.search.name, True),
        (words("provenance_seed"), words("seeds", first=found.search.seed), False),
        *((words("provenance_digest"), one.digest(), True) for one in studies if len(studies) == 1),
        (words("provenance_cpu"), run_time(seconds, words), False),
        (words("provenance_date"), date.today().isoformat(), False),
    ]
