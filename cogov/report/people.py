"""Who gains and who loses, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd

from cogov.analysis.findings import BY_SIZE, Finding
from cogov.analysis.gains import losers
from cogov.outcomes.groups import AGGREGATES
from cogov.report.bill import bill
from cogov.report.facts import BY_WHOM, FOR_WHAT, IN_ALL, MONEY, PAID, Facts
from cogov.report.numbers import Quantity, plain
from cogov.report.tables import Line, Table, design_cells, design_heads, differences, wide
from cogov.report.texts import Words
from cogov.report.vocabulary import BY, group
from cogov.words import label

LOSES, GAINS = (Finding.WORSE, Finding.LOWER), (Finding.BETTER, Finding.HIGHER)
MOST_NAMED = 4
"""Groups named in a sentence; tables have all."""


def people(facts: Facts, words: Words) -> tuple[list[str], list[Table], str]:
    """Sentences on who loses and who gains, tables by group, and a note on how sure they are."""
    if not facts.compared:
        return [], [], words("people_none")
    table = facts.people
    if table.empty:
        return [], [], words("people_none")
    several, outcomes = len(facts.communities) > 1, list(dict.fromkeys(table["outcome"]))
    sentences, tables = [], []
    for community in facts.communities:
        mine = table[table["community"] == community]
        where = words("in_brackets", text=facts.called(community)) if several else ""
        for design in facts.others:
            rows = mine[mine["design"] == design]
            sentences += [where + text for text in _said(facts, words, rows)]
        tables += list(_tables(facts, words, mine, outcomes, community if several else ""))
    return sentences, tables, words("people_note" if np.isfinite(table["low"]).any() else "people_untested")


def _said(facts: Facts, words: Words, rows: pd.DataFrame) -> Iterator[str]:
    """For one design, an outcome a sentence: who loses and gains by how much, and the worst off."""
    for outcome, part in rows.groupby("outcome", sort=False):
        name = str(outcome)
        values = {"design": facts.called(str(part["design"].iloc[0])), "outcome": words.name(name)}
        said = []
        counted = part[~part["by"].isin(AGGREGATES)]  # their parts are there
        kinds = counted["finding"]
        if kinds.isin([*BY_SIZE, Finding.SMALL, Finding.OPEN]).any():
            lost, won = counted[kinds.isin(LOSES)], counted[kinds.isin(GAINS)]
            small, undecided = (
                kinds.isin([Finding.SMALL, Finding.SAME]),
                kinds.isin([Finding.OPEN, Finding.FEW]),
            )
            counts = {
                "n": len(counted),
                "won": len(won),
                "small": int(small.sum()),
                "open": int(undecided.sum()),
            }
            key = "losers_some" if len(lost) else "losers_none"
            said.append(words(key, losers=_worst(lost, words), lost=len(lost), **counts, **values))
            certain = losers(counted)
            if less := len(certain.index.difference(lost.index)):
                said.append(words("losers_small", n=less))
        start = part[part["by"] == "start"].set_index("group")
        if {"worst_tenth", "rest"} <= set(start.index):
            ends = start[["difference", "low", "high"]].to_dict("index")
            quantity = Quantity.of(name, start["difference"], words.lang)
            worst, rest = (quantity.sentence(*ends[key].values()) for key in ("worst_tenth", "rest"))
            key = "worst_off" if said else "worst_off_alone"
            said.append(words(key, worst=worst, rest=rest, **values))
        if said:
            yield words.joined(said)


def _worst(lost: pd.DataFrame, words: Words) -> str:
    """The groups that lose most."""
    order = lost["difference"].abs().sort_values(ascending=False, kind="stable").index
    named = [_group(row, words) for _, row in lost.loc[order[:MOST_NAMED]].iterrows()]
    if len(lost) > MOST_NAMED:
        named.append(words("and_more", n=len(lost) - MOST_NAMED))
    return words.listed(named)


def _group(row: pd.Series, words: Words) -> str:
    quantity = Quantity.of(str(row["outcome"]), [row["difference"]], words.lang, [row["difference"]])
    change = quantity.change_with_unit(row["difference"])
    return words("group_change", group=group(str(row["group"]), words.lang), change=change)


def _tables(
    facts: Facts, words: Words, table: pd.DataFrame, outcomes: list[str], community: str
) -> Iterator[Table]:
    """An outcome's level under the baseline and its changes, a line per group."""
    for outcome, designs in product(outcomes, wide(facts.others)):
        rows = table[table["outcome"] == outcome]
        quantity = Quantity.of(outcome, rows["difference"], words.lang)
        groups: dict[str, list[Line]] = {}
        for (by, name), part in rows.groupby(["by", "group"], sort=False):
            if not part["mean"].notna().any():  # children do not volunteer
                continue
            head = BY[str(by)][words.lang == "zh"] if by in BY else str(by)
            about = [group(str(name), words.lang), plain(float(part["residents"].mean()))]
            cells = design_cells(part.set_index("design"), designs, quantity, words)
            groups.setdefault(head, []).append(Line([*about, *cells]))
        what = words.with_unit(label(outcome, words.lang), quantity.unit)
        caption = words("groups_caption", outcome=what)
        if community:
            caption = words("in_community", text=caption, community=facts.called(community))
        heads = [words("group"), words("residents"), *design_heads(facts, words, designs)]
        if groups:
            yield Table(caption, heads, list(groups.items()))


def costs(facts: Facts, words: Words) -> tuple[list[str], list[Table]]:
    """What the designs cost in money and hours: a sentence a design, and a table."""
    if not facts.compared:
        return [], []
    parts = [
        (words("costs_in_all"), IN_ALL),
        (words("costs_money"), MONEY),
        (words("costs_by_whom"), BY_WHOM),
        (words("costs_for_what"), FOR_WHAT),
        (words("costs_paid"), PAID),
    ]
    caption = words("costs_caption", baseline=facts.called(facts.baseline))
    tables = differences(facts, words, caption, parts, words("costs_note"))
    sentences = []
    for community, design in facts.expenses[["community", "design"]].drop_duplicates().to_numpy().tolist():
        for _, text in bill(facts, words, community, design):
            about = words("in_brackets", text=facts.called(design))
            if len(facts.communities) > 1:
                about = words("in_brackets", text=facts.called(community)) + about
            sentences.append(about + text)
    return sentences, tables
