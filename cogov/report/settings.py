"""Many settings as one question: in how many a finding holds, where it turns, which levels differ."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cogov.analysis.findings import Finding, direction
from cogov.figures.means import value
from cogov.report.facts import Facts
from cogov.report.numbers import Quantity, plain, share
from cogov.report.texts import Words
from cogov.words import parameter

MOST = 4
"""Outcomes that are spoken of one by one."""
TELLS = 0.5
"""Share of the variance between settings from which a parameter is said to be what a difference follows."""


def over_settings(
    facts: Facts, words: Words, effects: pd.DataFrame, community: str, design: str
) -> Iterator[tuple[str, str]]:
    """In how many settings the ranking holds, and where it turns."""
    if facts.pool is None or effects.empty:
        return
    told = [_holds(row, words) for _, row in effects[effects["settings"] > 1].iloc[:MOST].iterrows()]
    if told:
        text = words("sentence", text=words.parts(told))
        yield "settings", words.joined([text, words("settings_untested")])
    turns = facts.pool.turns
    mine = turns[(turns["community"] == community) & (turns["design"] == design)]
    told = []
    for _, effect in effects.iloc[:MOST].iterrows():
        rows = mine[mine["outcome"] == effect["outcome"]].dropna(subset=["explained"])
        told += [_turn(row, words) for _, row in rows.iterrows() if _tells(row, effect)]
    if told:
        yield "turns", words("sentence", text=words.parts(told))


def _holds(row: pd.Series, words: Words) -> str:
    """One outcome over all settings: in how many it is better or worse by a size that matters."""
    name = str(row["outcome"])
    quantity = Quantity.of(name, [row["lowest"], row["highest"]], words.lang)
    counts = [row["more_than_matters"], row["less_than_matters"]]
    by = "size"
    if not np.isfinite(counts).all():
        counts, by = [row["above"], row["below"]], "sign"
    more, less = (int(count) for count in counts)
    kinds = {1: ("better", "worse"), -1: ("worse", "better")}.get(direction(name), ("more", "less"))
    parts = [words(f"settings_{by}_{kind}", n=n) for kind, n in zip(kinds, (more, less), strict=True) if n]
    return words(
        "settings_of",
        outcome=words.name(name),
        counts=words.listed(parts) or words(f"settings_{by}_none"),
        n=plain(row["settings"]),
        low=quantity.change(row["lowest"]),
        high=quantity.change_with_unit(row["highest"]),
    )


def _tells(row: pd.Series, effect: pd.Series) -> bool:
    """Whether a split of a parameter is worth a sentence: its sides differ by a size that matters."""
    apart = abs(row["first"] - row["second"])
    matters = effect["matters"] if np.isfinite(effect["matters"]) else 0.0
    return bool(apart > matters and row["explained"] >= TELLS)


def _turn(row: pd.Series, words: Words) -> str:
    name = str(row["outcome"])
    quantity = Quantity.of(name, [row["first"], row["second"]], words.lang)
    number = isinstance(row["split"], (int, float))
    where = "at" if number else "word"
    return words(
        f"turns_{where}" if row["turns"] else f"follows_{where}",
        outcome=words.name(name),
        parameter=parameter(str(row["parameter"]), words.lang),
        split=value(row["split"]),
        first=quantity.change(row["first"]),
        second=quantity.change_with_unit(row["second"]),
        share=share(float(row["explained"]), words.lang),
    )


def contrasts(facts: Facts, words: Words, community: str, design: str) -> Iterator[tuple[str, str]]:
    """Whether the levels of each parameter differ from each other, and by how much."""
    for path, table in facts.contrasts.items():
        rows = table[(table["community"] == community) & (table["design"] == design)]
        told = []
        differs = rows[rows["finding"] == Finding.DIFFERS]
        if len(differs):
            listed = words.parts(_range(row, words) for _, row in differs.iterrows())
            told.append(words("levels_differ", changes=listed))
        for kinds, key in (
            ((Finding.SMALL, Finding.SAME), "levels_small"),
            ((Finding.OPEN,), "levels_open"),
            ((Finding.FEW, Finding.SINGLE), "levels_few"),
        ):
            names = rows.loc[rows["finding"].isin(kinds), "outcome"]
            if len(names):
                told.append(words(key, outcomes=words.listed(map(words.name, names))))
        if told:
            yield "levels", words("levels_of", parameter=parameter(path, words.lang), text=words.joined(told))


def _range(row: pd.Series, words: Words) -> str:
    name = str(row["outcome"])
    quantity = Quantity.of(name, [row["range"]], words.lang)
    return words(
        "levels_range",
        outcome=words.name(name),
        change=quantity.change_with_unit(row["range"]).lstrip("+"),
        lowest=value(row["lowest"]),
        highest=value(row["highest"]),
    )
