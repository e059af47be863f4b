"""Over assumptions: what draws of all that is assumed say of each difference, before what seeds say."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cogov.analysis.decides import LEVEL
from cogov.analysis.findings import BY_SIZE, direction
from cogov.analysis.sensitivity import may_move
from cogov.report.facts import BILL, Facts
from cogov.report.numbers import Quantity, plain, share
from cogov.report.texts import Words
from cogov.study.drawn import assumed
from cogov.words import parameter

MOST = 4
"""Outcomes that are spoken of one by one."""


def rows_of(facts: Facts, community: str, design: str) -> pd.DataFrame:
    """What draws say of a design in a community, by outcome; without rows if there are none."""
    table = facts.robust
    if table is None:
        return pd.DataFrame()
    mine = (table["community"] == community) & (table["design"] == design) & (table["draws"] > 0)
    return table[mine & ~table["outcome"].isin(BILL)].set_index("outcome")


def over_assumptions(
    facts: Facts, words: Words, effects: pd.DataFrame, community: str, design: str
) -> Iterator[tuple[str, str]]:
    """Each difference with its interval over assumptions, how often its sign holds, who is best."""
    rows = rows_of(facts, community, design)
    told = [_change(name, rows.loc[name], words) for name in effects["outcome"] if name in rows.index]
    if told:
        text = words("assumed_of", text=words.parts(told[:MOST]), n=plain(rows["draws"].max()))
        yield "assumed", words("sentence", text=text)


def _change(name: str, row: pd.Series, words: Words) -> str:
    numbers = [float(row[key]) for key in ("difference", "low", "high")]
    quantity = Quantity.of(name, numbers, words.lang)
    best = row["prob_best"]
    return words(
        "assumed_change",
        outcome=words.name(name),
        change=quantity.change_with_unit(numbers[0]),
        interval=quantity.interval(*numbers[1:]),
        sign=words("assumed_up" if numbers[0] > 0 else "assumed_down"),
        holds=share(float(row["holds"]), words.lang),
        best=words("assumed_best", share=share(float(best), words.lang)) if np.isfinite(best) else "",
    )


def _mean(name: str, row: pd.Series, words: Words) -> str:
    mean = float(row["difference"])
    return Quantity.of(name, [mean], words.lang).change_with_unit(mean)


def lead(facts: Facts, words: Words, effects: pd.DataFrame, community: str, design: str) -> str:
    """How the headline's changes fare over assumptions, as a sentence; empty without draws."""
    rows = rows_of(facts, community, design)
    large = effects[effects["finding"].isin(BY_SIZE)] if len(effects) else effects
    names = [name for name in (large if len(large) else effects)["outcome"] if name in rows.index][:2]
    told = [
        words(
            "lead_assumed_better" if direction(name) else "lead_assumed_more",
            outcome=words.name(name),
            change=_mean(name, rows.loc[name], words),
            better=share(float(rows.loc[name, "better"]), words.lang),
            worse=share(float(rows.loc[name, "worse"]), words.lang),
        )
        for name in names
        if np.isfinite(rows.loc[name, "better"])
    ]
    if not told:
        return ""
    return words("lead_assumed", n=plain(rows["draws"].max()), text=words.listed(told))


def what_turns_it(
    facts: Facts, words: Words, effects: pd.DataFrame, community: str, design: str
) -> Iterator[tuple[str, ...]]:
    """Which assumptions the first difference turns on, and which would be worth finding out."""
    rows = rows_of(facts, community, design)
    large = effects[effects["finding"].isin(BY_SIZE)] if len(effects) else effects
    names = [name for name in (large if len(large) else effects)["outcome"] if name in rows.index]
    if not names or facts.baseline != facts.stored.baseline:
        return
    name, drawn = names[0], facts.stored.robustness
    matters = float(rows.loc[name, "matters"])
    if community in drawn.screenings and np.isfinite(matters):
        text = _screened(drawn.screening(design, name, community), words, name, matters)
        yield "screened", text, facts.command("study robustness", design=design, outcome=name)
    table = drawn.what_decides(design, name, community)
    if table.empty:
        return
    single = table[table["group"] != ""]
    found = single[single["p"] < LEVEL]
    told = [
        words(
            "decides_turns" if row["turns"] else "decides_one",
            what=parameter(str(row["of"]), words.lang),
            share=share(min(1.0, float(row["share"])), words.lang),
        )
        for _, row in found.iloc[:MOST].iterrows()
    ]
    seen = share(float(single["seen"].median()), words.lang)
    text = (
        words("decides_of", outcome=words.name(name), parts=words.parts(told))
        if told
        else words("decides_nothing", outcome=words.name(name), share=seen)
    )
    yield "decides", text, facts.command("study robustness", design=design, outcome=name)
    worth = drawn.worth_knowing(design, name, community)
    some = worth[(worth["p"] < LEVEL) & (worth["gain"] > 0)]
    if len(some):
        wrong = share(float(worth["wrong"].iloc[0]), words.lang)
        told = [
            words(
                "find_one",
                what=_meaning(facts, words, community, str(row["parameter"])),
                after=share(float(row["wrong_after"]), words.lang),
            )
            for _, row in some.iloc[:MOST].iterrows()
        ]
        yield "find", words("find_out", outcome=words.name(name), wrong=wrong, parts=words.parts(told))


def _screened(table: pd.DataFrame, words: Words, outcome: str, matters: float) -> str:
    """Which groups of assumptions may move the difference by what matters."""
    groups, _ = may_move(table, matters)
    about = {
        "outcome": words.name(outcome),
        "all": plain(len(table)),
        "n": plain(table["trajectories"].iloc[0]),
    }
    if not groups:
        return words("screened_none", **about)
    named = [parameter(f"{group}.", words.lang) for group in groups]
    return words("screened_some", groups=words.capped(named), **about)


def _meaning(facts: Facts, words: Words, community: str, path: str) -> str:
    """What an assumption means, as far as that is said in the language."""
    docs = {entry.path: entry.doc for entry in assumed(facts.study, community)}
    name = parameter(path, words.lang)
    return words("find_doc", doc=docs[path], name=name) if words.lang == "en" and path in docs else name


def sure(facts: Facts, words: Words) -> Iterator[str]:
    """What the interval over assumptions covers, and how much of it is chance."""
    table = facts.robust
    if table is None:
        return
    yield words("sure_assumptions", n=plain(table["draws"].max()))
    parts = table["chance"].dropna()
    if len(parts):
        yield words("sure_chance", share=share(min(1.0, float(parts.median())), words.lang))
