"""How sure, what was run, and where it comes from: the account that a referee reads."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cogov.analysis.findings import BY_SIZE, Finding
from cogov.analysis.precision import next_replicates
from cogov.kit.typed import word
from cogov.outcomes.measures import MEASURES
from cogov.report.designs import summary
from cogov.report.facts import Facts
from cogov.report.numbers import Quantity, plain, share, short
from cogov.report.tables import Line, Table
from cogov.report.texts import TEXTS, Words
from cogov.report.vocabulary import ASSUMED, SOURCES, Code, source
from cogov.report.wording import setting, unit_value
from cogov.words import label, parameter, parameter_unit, unit

MOST_ERRORS = 5
KEY_NUMBERS = ("residents", "neighbourhoods", "compounds", "area", "old_share", "elder_share")


@dataclass(frozen=True)
class Number:
    """One number that goes into the runs."""

    group: str
    """A community, the processes or the mechanisms, in words."""
    key: str
    value: str
    kind: str
    """One of `SOURCES`."""
    source: str


def numbers(facts: Facts, words: Words) -> list[Number]:
    """Every number of the communities, of the processes and of the mechanisms, once each."""
    study, found = facts.study, {}
    for community in study.communities:
        for row in (row for row in community.rows() if not row.key.startswith("units.")):
            shown = _with_unit(setting(row.value, words.lang), row.unit, words.lang)
            number = Number(facts.called(community.name), row.key, shown, source(row.source), row.source)
            found[community.name, row.key, shown] = number
        for unit_row in community.units:
            key, kind = f"units.{unit_row.unit}", source(unit_row.source)
            shown = unit_value(unit_row, words.lang)
            number = Number(facts.called(community.name), key, shown, kind, unit_row.source)
            found[community.name, key, shown] = number
    owners: list[tuple[str, str, Any]] = [
        (words("all_processes"), field.name, getattr(study.processes, field.name))
        for field in dataclasses.fields(study.processes)
    ]
    owners += [
        (words("all_mechanisms"), mechanism.name, mechanism)
        for arm in facts.arms.values()
        for mechanism in arm.mechanisms
    ]
    for group, owner, values in owners:
        for field in dataclasses.fields(values):
            value = getattr(values, field.name)
            about = field.metadata.get("source", "assumed") if value == field.default else "given"
            shown = _with_unit(setting(value, words.lang), field.metadata.get("unit", ""), words.lang)
            number = Number(group, f"{owner}.{field.name}", shown, source(about), about)
            found[owner, field.name, shown] = number
    return list(found.values())


def _with_unit(shown: str, name: str, lang: str) -> str:
    if not name:
        return shown
    return f"{shown}{unit(name, lang)}" if lang == "zh" else f"{shown} {name}"


def assumed(found: list[Number]) -> tuple[int, int]:
    """How many numbers are assumed, of how many."""
    return sum(number.kind in ASSUMED for number in found), len(found)


def sources_table(found: list[Number], words: Words) -> Table:
    """How many numbers have which source: of every community, of processes and mechanisms."""
    kinds = [kind for kind in SOURCES if any(number.kind == kind for number in found)]
    owners: dict[str, Counter[str]] = {}
    for number in found:
        owners.setdefault(number.group, Counter())[number.kind] += 1
    lines = []
    for owner, counts in owners.items():
        part = sum(counts[kind] for kind in ASSUMED) / counts.total()
        cells = [owner, plain(counts.total()), *(plain(counts[kind]) for kind in kinds)]
        lines.append(Line([*cells, share(part, words.lang)]))
    heads = [words("numbers_of"), words("numbers"), *(SOURCES[kind][words.lang == "zh"] for kind in kinds)]
    return Table(words("sources_caption"), [*heads, words("share_assumed")], [("", lines)])


def numbers_tables(found: list[Number], words: Words) -> list[Table]:
    """Every number with its source. What is written there has no translation: in Chinese only its kind."""
    tables = []
    for group in dict.fromkeys(number.group for number in found):
        mine = [number for number in found if number.group == group]
        lines = [
            Line(
                [
                    Code(number.key),
                    number.value,
                    number.source if words.lang == "en" else SOURCES[number.kind][1],
                ]
            )
            for number in mine
        ]
        heads = [words(key) for key in ("column_number", "column_value", "column_source")]
        tables.append(Table(group, heads, [("", lines)]))
    return tables


def missing(facts: Facts) -> int:
    """Runs that are still to be made."""
    study = facts.study
    if isinstance(study.replicates, int):
        return facts.stored.status().missing or 0
    # As many as the precision asks for next, not the most there may be.
    wanted = (
        next_replicates(facts.runs, study.replicates, study.baseline.name, facts.parameters)
        if len(facts.arms) > 1 and study.baseline.name in set(facts.runs["design"])
        else study.replicates.at_least
    )
    if wanted is None:
        return 0
    there = set(facts.runs["run"])
    return sum(cell.run not in there for cell in study.cells(wanted))


def how_sure(facts: Facts, words: Words, absent: int) -> list[str]:
    """Replicates, intervals, pairing, adjustment and chance of being best, in sentences."""
    found = []
    if facts.compared:
        table = facts.effects
        pairs = table.loc[table["pairs"] > 0, "pairs"]
        if len(pairs):
            least, most = int(pairs.min()), int(pairs.max())
            found.append(words("sure_pairs", n=plain(most) if least == most else f"{least}–{most}"))
        if table["low"].notna().any():
            counts = {
                "large": plain(table["finding"].isin(BY_SIZE).sum()),
                "small": plain(table["finding"].isin([Finding.SMALL, Finding.SAME]).sum()),
                "open": plain(table["finding"].isin([Finding.OPEN, Finding.FEW]).sum()),
            }
            found.append(words("sure_intervals"))
            found.append(words("sure_holm", tests=plain(table["p_holm"].notna().sum()), **counts))
            if "prob_best" in table and table["prob_best"].notna().any():
                found.append(words("sure_best"))
        saved = table.dropna(subset=["variance_saved"]) if "variance_saved" in table else table.iloc[:0]
        if len(saved):
            by_outcome = saved.groupby("outcome", sort=False)["variance_saved"].median()
            middle = float(by_outcome.median())
            listed = words.listed(
                words("sure_saved_one", outcome=words.name(str(name)), share=_saved(value, words.lang))
                for name, value in by_outcome.items()
            )
            key = "sure_saved" if middle > 0 else "sure_saved_none"
            times = plain(1 / max(1 - middle, 1e-3), 1) if middle < 0.999 else ">1,000"
            found.append(words(key, share=_saved(middle, words.lang), times=times, listed=listed))
    failed = int((facts.runs["status"] == "failed").sum())
    counts = {"done": plain(len(facts.done)), "failed": plain(failed), "missing": plain(absent)}
    found.append(words("sure_runs", **counts))
    return found


def _saved(value: float, lang: str) -> str:
    return share(value, lang) if value >= 0 else "−" + share(-value, lang)


def precision_table(facts: Facts, words: Words) -> Table | None:
    """What precision was asked for and reached, if replicates depended on it."""
    reached = facts.stored.precision()
    if reached is None:
        return None
    lines = []
    for _, row in reached.iterrows():
        quantity = Quantity.of(row["outcome"], [row["half_width"], row["precision"]], words.lang)
        what = words.with_unit(label(row["outcome"], words.lang), quantity.unit_of_change)
        numbers = [plain(row["pairs"]), quantity.level(row["precision"]), quantity.level(row["half_width"])]
        lines.append(Line([what, *numbers, words("reached" if row["reached"] else "not_reached")]))
    heads = [words(key) for key in ("outcome", "column_pairs", "asked_for", "half_width", "column_finding")]
    return Table(words("precision_caption"), heads, [("", lines)])


def errors_table(facts: Facts, words: Words) -> Table | None:
    """Which errors failed runs had, the most frequent first."""
    failed = facts.runs[facts.runs["status"] == "failed"]
    if failed.empty:
        return None
    lines = []
    for text, rows in sorted(failed.groupby("error"), key=lambda pair: -len(pair[1]))[:MOST_ERRORS]:
        designs = words.listed(facts.called(name) for name in dict.fromkeys(rows["design"]))
        replicates = f"{rows['replicate'].iloc[0]} ({rows['seed'].iloc[0]})"
        lines.append(Line([Code(text), plain(len(rows)), designs, replicates]))
    heads = [words(key) for key in ("column_error", "column_runs", "column_designs", "column_replicate")]
    return Table(words("errors_caption"), heads, [("", lines)])


def matters_table(facts: Facts, words: Words) -> Table:
    """From which size a difference in each outcome matters, and why."""
    lines, given = [], facts.stored.matters
    for name in facts.outcomes:
        about = MEASURES[name]
        size = given.get(name, about.matters)
        quantity = Quantity.of(name, [] if size is None else [size], words.lang)
        shown = "–" if size is None else quantity.change_with_unit(size).lstrip("+")
        why = words("matters_given") if name in given else about.why if words.lang == "en" else about.why_zh
        lines.append(Line([label(name, words.lang), words.definition(name), shown, why]))
    heads = [words(key) for key in ("outcome", "column_definition", "column_matters", "column_why")]
    return Table(words("matters_caption"), heads, [("", lines)])


def communities_table(facts: Facts, words: Words) -> Table:
    """What the communities are like."""
    heads = [words("community"), *(words(f"number_{key}") for key in KEY_NUMBERS), words("residents_built")]
    lines = []
    for community in facts.study.communities:
        built = facts.done.loc[facts.done["community"] == community.name, "residents"]
        shown = [
            share(getattr(community, key), words.lang)
            if key.endswith("_share")
            else short(getattr(community, key))
            for key in KEY_NUMBERS
        ]
        lines.append(Line([facts.called(community.name), *shown, _span(built)]))
    return Table(words("communities_caption"), heads, [("", lines)])


def _span(values: pd.Series) -> str:
    if values.empty:
        return "–"
    least, most = int(values.min()), int(values.max())
    return plain(least) if least == most else f"{plain(least)}–{plain(most)}"


def parameters_table(facts: Facts, words: Words) -> Table | None:
    """What was varied, and over which values."""
    if not facts.parameters:
        return None
    lines = []
    for place, path in enumerate(facts.parameters):
        levels = sorted({point[place] for point in facts.study.points})
        shown = words.listed(word(level) for level in levels)
        if len(levels) > 12:
            shown = words("levels_between", n=plain(len(levels)), low=word(levels[0]), high=word(levels[-1]))
        lines.append(Line([parameter(path, words.lang), Code(path), shown, parameter_unit(path, words.lang)]))
    heads = [words(key) for key in ("parameter", "column_path", "column_values", "column_unit")]
    return Table(words("parameters_caption"), heads, [("", lines)])


def what_was_run(facts: Facts, words: Words) -> list[str]:
    """Designs, communities, plan, weeks and shocks in sentences."""
    study = facts.study
    found = [
        words("ran_counts", designs=len(facts.arms), communities=len(study.communities)),
        words(
            "ran_weeks", weeks=study.weeks, before=study.reform_week, after=study.weeks - study.reform_week
        ),
    ]
    if not study.run_in:
        found.append(words("ran_no_run_in"))
    elif len(facts.done):
        settled = int(facts.done["unsettled"].isna().sum())
        values = {"span": _span(facts.done["run_in"]), "most": study.run_in}
        found.append(words("ran_run_in", n=plain(settled), runs=plain(len(facts.done)), **values))
    if isinstance(study.replicates, int):
        found.append(words("ran_replicates", n=plain(study.replicates)))
    else:
        rule = study.replicates
        names = words.listed(words.name(name) for name in rule.of)
        values = {"low": rule.at_least, "high": rule.at_most, "precision": f"{rule.precision:g}"}
        found.append(words("ran_adaptive", outcomes=names, **values))
    if facts.parameters:
        plan = words(f"plan_{study.plan.kind}")
        values = {"parameters": len(facts.parameters), "points": plain(len(set(study.points)))}
        found.append(words("ran_plan", plan=plan, **values))
    for community in study.communities:
        if about := summary(community, words.lang):
            text = words("community_about", community=facts.called(community.name), about=about)
            found.append(text)
    for shock in study.shocks:
        about = words.listed(f"{key} = {word(value)}" for key, value in shock.as_dict().items())
        found.append(words("ran_shock", about=about))
    if not study.shocks:
        found.append(words("ran_no_shock"))
    return found


def provenance(facts: Facts, words: Words) -> list[tuple[str, str, bool]]:
    """What the results were made with: (what, value, whether that is code)."""
    study = facts.study

    def versions() -> Iterator[tuple[str, str, bool]]:
        for key, entry in facts.stored.versions.items():
            if entry:
                shown = words(f"version_{key}") if f"version_{key}" in TEXTS else Code(key)
                yield shown, word(entry), True

    return [
        (words("provenance_name"), study.name, True),
        (words("provenance_seed"), words("seeds", first=study.seed), False),
        (words("provenance_digest"), facts.stored.digest(), True),
        (words("provenance_cpu"), _time(facts, words), False),
        *versions(),
    ]


def _time(facts: Facts, words: Words) -> str:
    """How long all runs of a study took, added up."""
    return run_time(float(np.nansum(facts.runs["seconds"].to_numpy(dtype=float))), words)


def run_time(seconds: float, words: Words) -> str:
    """Seconds of runs in a unit that is read easily."""
    for unit_of_time, length in (("hours", 3600), ("minutes", 60)):
        if seconds > 2 * length:
            return words(f"cpu_{unit_of_time}", n=short(round(seconds / length, 1)))
    return words("cpu_seconds", n=plain(seconds))


def files(facts: Facts, words: Words) -> Table:
    """Files of the study's folder, those of one table together."""
    folder, lines = facts.stored.folder, []
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.suffix == ".html":
            continue
        inside = [path for path in entry.rglob("*") if path.is_file()] if entry.is_dir() else [entry]
        size = plain(sum(path.stat().st_size for path in inside) / 1000, 1)
        name = Code(f"{entry.name}/" if entry.is_dir() else entry.name)
        holds = words(f"file_{entry.stem}") if f"file_{entry.stem}" in TEXTS else ""
        lines.append(Line([name, holds, plain(len(inside)), size]))
    heads = [words(key) for key in ("column_file", "column_holds", "column_files", "column_size")]
    return Table(words("files_caption"), heads, [("", lines)])
