"""Tables of a report: plain cells under heads, in groups of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cogov.analysis.findings import BY_SIZE
from cogov.report.answer import MARKS
from cogov.report.facts import Facts
from cogov.report.numbers import Quantity, chance, per_cent, plain, probability, share
from cogov.report.texts import Words
from cogov.report.when import after
from cogov.words import better, label, say

MOST_LINES = 24
"""Arms of which every one has a line; more are summed up."""
MOST_PER_CENT = 1000
"""A change of this many per cent is one from next to nothing, and is given in its own unit only."""
WIDE = 4
"""Designs that stand side by side in one table."""


@dataclass(frozen=True)
class Line:
    """A line of a table; the first ``heads`` cells say what it is about."""

    cells: list[str]
    finding: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose lines stand in groups."""

    caption: str
    columns: list[str]
    groups: list[tuple[str, list[Line]]]
    heads: int = 1
    note: str = ""


@dataclass(frozen=True)
class _Columns:
    """Columns that tell lines apart: only those in which they differ."""

    heads: list[str]
    names: list[str] = field(default_factory=list)


def _apart(facts: Facts, words: Words) -> _Columns:
    heads, names = [words("design")], ["design"]
    if len(facts.communities) > 1:
        heads.append(words("community"))
        names.append("community")
    return _Columns(heads, names)


def _about(facts: Facts, row: pd.Series, columns: _Columns) -> list[str]:
    return [facts.called(str(row[name])) for name in columns.names]


def _by_outcome(
    table: pd.DataFrame, words: Words, *, change: bool = False
) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Outcome, heading with its unit and good direction, rows."""
    for name, rows in table.groupby("outcome", sort=False):
        quantity = Quantity(str(name), words.lang, 0)
        unit = quantity.unit_of_change if change else quantity.unit
        head = words.with_unit(label(str(name), words.lang), unit)
        about = words.definition(str(name))
        yield str(name), words.parts(filter(None, (head, about, better(str(name), words.lang)))), rows


def results(facts: Facts, words: Words) -> Table:
    """Every difference with its interval and what matters, or what they come to over many settings."""
    if summed(facts):
        return _summed(facts, words)
    columns = _apart(facts, words)
    heads = [*columns.heads, *([words("setting")] if facts.parameters else [])]
    groups = []
    for name, head, rows in _by_outcome(facts.comparison, words):
        large = rows.loc[rows["finding"].isin(BY_SIZE), ["difference", "low", "high"]]
        quantity = Quantity.of(name, rows["difference"], words.lang, large.to_numpy().ravel())
        lines = []
        for _, row in rows.iterrows():
            about = _about(facts, row, columns) + ([facts.setting(row)] if facts.parameters else [])
            kind = row["finding"]
            numbers = [
                quantity.level(row["baseline"]),
                quantity.level(row["mean"]),
                quantity.change(row["difference"]),
                quantity.interval(row["low"], row["high"]),
                _size(quantity, row["matters"]),
                f"{MARKS[kind]} {say(f'finding_{kind}', words.lang)}",
                f"+{plain(row['more'])}" if np.isfinite(row["more"]) else "–",
                per_cent(row["per_cent"], words.lang) if abs(row["per_cent"]) < MOST_PER_CENT else "–",
                probability(row["p_holm"]),
                chance(row["prob_best"], words.lang),
            ]
            lines.append(Line([*about, *numbers], str(kind)))
        groups.append((head, lines))
    keys = ("baseline", "mean", "difference", "interval", "matters", "finding", "more", "per_cent")
    return Table(
        words("results_caption", baseline=facts.called(facts.baseline)),
        [*heads, *(words(f"column_{key}") for key in (*keys, "p_holm", "prob_best"))],
        groups,
        heads=len(heads),
        note=words("results_note"),
    )


def summed(facts: Facts) -> bool:
    """Whether arms are too many, or drawn by a plan, to be looked at one by one."""
    return facts.sampled or facts.settings > MOST_LINES


def _summed(facts: Facts, words: Words) -> Table:
    """What all settings come to, a line per design, and between which ends they lie."""
    columns, groups = _apart(facts, words), []
    for name, head, rows in _by_outcome(facts.effects, words, change=True):
        lines = []
        for _, row in rows.iterrows():
            ends = [row["lowest"], row["highest"]]
            quantity = Quantity.of(name, [row["difference"], *ends], words.lang)
            kind = row["finding"]
            lines.append(
                Line(
                    [
                        *_about(facts, row, columns),
                        plain(row["settings"]),
                        quantity.change(row["difference"]),
                        quantity.interval(row["low"], row["high"]),
                        _size(quantity, row["matters"]),
                        *map(quantity.change, ends),
                        plain(row["more_than_matters"]),
                        plain(row["less_than_matters"]),
                        f"{MARKS[kind]} {say(f'finding_{kind}', words.lang)}",
                    ],
                    str(kind),
                )
            )
        groups.append((head, lines))
    keys = ("settings", "difference", "interval", "matters", "least", "most", "above", "below", "finding")
    return Table(
        words("summed_caption", baseline=facts.called(facts.baseline)),
        [*columns.heads, *(words(f"column_{key}") for key in keys)],
        groups,
        heads=len(columns.heads),
        note=words("summed_note"),
    )


def over_table(facts: Facts, words: Words) -> Table | None:
    """Every difference over assumptions and over seeds; None without draws."""
    table = facts.robust
    if table is None:
        return None
    about = _apart(facts, words)
    keys = ["outcome", "community", "design"]
    seeds = facts.comparison.set_index(keys)
    groups = []
    for name, rows in table.groupby("outcome", sort=False):
        quantity = Quantity.of(str(name), rows["difference"], words.lang)
        lines = []
        for _, row in rows.iterrows():
            kind, key = row["finding"], tuple(row[part] for part in keys)
            over = seeds.loc[key] if key in seeds.index else None
            lines.append(
                Line(
                    [
                        *_about(facts, row, about),
                        quantity.change(row["difference"]),
                        quantity.interval(row["low"], row["high"]),
                        f"{MARKS[kind]} {say(f'finding_{kind}', words.lang)}",
                        *(_share(row[part], words.lang) for part in ("holds", "better", "worse")),
                        chance(row["prob_best"], words.lang),
                        "–" if over is None else quantity.change(over["difference"]),
                        "–" if over is None else quantity.interval(over["low"], over["high"]),
                    ],
                    str(kind),
                )
            )
        groups.append((words.with_unit(label(str(name), words.lang), quantity.unit_of_change), lines))
    columns = ("over", "over_interval", "finding", "holds", "better", "worse", "prob_best", "seeds")
    return Table(
        words("over_caption", baseline=facts.called(facts.baseline)),
        [*about.heads, *(words(f"column_{key}") for key in (*columns, "interval"))],
        groups,
        heads=len(about.heads),
        note=words("over_note"),
    )


def _share(value: float, lang: str) -> str:
    return share(float(value), lang) if np.isfinite(value) else "–"


def horizons(facts: Facts, words: Words) -> Table | None:
    """Every outcome at every time that the runs reach; None if they reach none."""
    table = facts.horizons
    if table.empty:
        return None
    years = [int(year) for year in table["years"].unique()]
    several = len(facts.communities) > 1
    about = ["community", "design"] if several else ["design"]
    groups = []
    for name, rows in table.groupby("outcome", sort=False):
        large = rows.loc[rows["finding"].isin(BY_SIZE), ["difference", "low", "high"]]
        quantity = Quantity.of(str(name), rows["difference"], words.lang, large.to_numpy().ravel())
        lines = []
        for key, mine in rows.groupby(about, sort=False):
            cells = [_at(mine[mine["years"] == year], quantity, words) for year in years]
            lines.append(Line([*(facts.called(str(part)) for part in key), *cells]))
        groups.append((words.with_unit(label(str(name), words.lang), quantity.unit_of_change), lines))
    heads = [words("community")] if several else []
    heads += [words("design"), *(after(year, words) for year in years)]
    caption = words("horizons_caption", baseline=facts.called(facts.baseline))
    if facts.point:
        caption = words("at_setting", text=caption, setting=facts.where_point())
    return Table(caption, heads, groups, heads=1 + several, note=words("horizons_note"))


def _at(rows: pd.DataFrame, quantity: Quantity, words: Words) -> str:
    """A difference at a time, with its interval; a dash if the design was not run."""
    if rows.empty:
        return "–"
    change, low, high = map(float, rows[["difference", "low", "high"]].to_numpy()[0])
    shown = quantity.change(change)
    if np.isfinite(low) and low < high:
        shown = words("cell_interval", change=shown, interval=quantity.interval(low, high))
    return f"{MARKS[rows['finding'].iloc[0]]} {shown}"


def _size(quantity: Quantity, matters: float) -> str:
    """The smallest difference that matters; a dash if there is none."""
    return quantity.level(matters) if np.isfinite(matters) else "–"


def differences(
    facts: Facts, words: Words, caption: str, parts: Sequence[tuple[str, Sequence[str]]], note: str = ""
) -> list[Table]:
    """Levels of the baseline and differences of the others in further outcomes; `WIDE` designs a table.

    Parameters
    ----------
    parts : sequence of (heading, outcomes)
    """
    table = facts.expenses
    several = [words("community")] if len(facts.communities) > 1 else []
    found = []
    for designs in wide(facts.others):
        groups = []
        for head, names in parts:
            lines = [line for name in names for line in _lines(facts, words, table, name, designs)]
            if lines:
                groups.append((head, lines))
        if groups:
            heads = [words("outcome"), *several, *design_heads(facts, words, designs)]
            found.append(Table(caption, heads, groups, heads=1 + len(several), note=note))
    return found


def _lines(
    facts: Facts, words: Words, table: pd.DataFrame, name: str, designs: Sequence[str]
) -> Iterator[Line]:
    rows = table[table["outcome"] == name]
    if not rows["mean"].notna().any() or not rows[["baseline", "mean"]].fillna(0).to_numpy().any():
        return  # nobody spends any of it
    for community in facts.communities:
        mine = rows[rows["community"] == community].set_index("design")
        if mine.empty:
            continue
        quantity = Quantity.of(name, mine["difference"], words.lang)
        about = [words.with_unit(label(name, words.lang), quantity.unit)]
        if len(facts.communities) > 1:
            about.append(facts.called(community))
        yield Line([*about, *design_cells(mine, designs, quantity, words)])


def wide(designs: Sequence[str]) -> list[list[str]]:
    """Designs as they share tables."""
    return [list(designs[first : first + WIDE]) for first in range(0, len(designs), WIDE)]


def design_heads(facts: Facts, words: Words, designs: Sequence[str]) -> list[str]:
    """Heads of a level under the baseline and of changes under other designs."""
    base = words("level_of", design=facts.called(facts.baseline))
    return [base, *(words("change_of", design=facts.called(name)) for name in designs)]


def design_cells(rows: pd.DataFrame, designs: Sequence[str], quantity: Quantity, words: Words) -> list[str]:
    """Cells under `design_heads`: ``rows`` have a row a design, by its name."""
    cells = [quantity.level(float(rows["baseline"].iloc[0]))]
    for design in designs:
        if design not in rows.index:
            cells.append("–")
            continue
        change, low, high = map(float, rows.loc[[design], ["difference", "low", "high"]].to_numpy()[0])
        cells.append(quantity.change(change))
        if np.isfinite(low) and low < high:
            cells[-1] = words("cell_interval", change=cells[-1], interval=quantity.interval(low, high))
    return cells
