"""The bill: what a design costs, who pays it, and whether the money spent is a result or an input."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cogov.analysis.findings import BY_SIZE, Finding
from cogov.report.facts import BY_PAYER, BY_WHOM, FOR_WHAT, Facts
from cogov.report.numbers import Quantity, plain, share
from cogov.report.texts import Words

SHORT = 0.9
"""Share of the money wanted below which what is spent is settled by what there is."""
POST = 40.0
"""Hours a week of a full-time post: what matters of hours that are neither good nor bad by themselves."""
MOST_HOURS = 4
MOST_PURPOSES = 2


def bill(facts: Facts, words: Words, community: str, design: str) -> Iterator[tuple[str, str]]:
    """What a design is bought with: yuan in all and by payer, hours of whom, whether purses were short."""
    table = facts.expenses
    rows = table[(table["community"] == community) & (table["design"] == design)].set_index("outcome")
    told = []
    for _, row in rows[rows.index == "cost"].dropna(subset=["difference"]).iterrows():
        told.append(_cost(row, words))
    told += [*_payers(rows, words), *_hours(rows, words)]
    if told:
        text = words("sentence", text=words.parts(told))
        yield "cost", words.joined([text, *short(facts, words, community, design)])


def price(facts: Facts, words: Words, community: str, design: str) -> list[str]:
    """What a design costs, in a few words; nothing if that is not known."""
    table = facts.expenses
    mine = table[(table["community"] == community) & (table["design"] == design)]
    found = []
    for _, row in mine[mine["outcome"] == "cost"].dropna(subset=["difference"]).iterrows():
        if row["finding"] in (Finding.SMALL, Finding.SAME):
            return [words("price_none")]
        quantity = Quantity.of("cost", [row["difference"]], words.lang)
        key = "price_more" if row["difference"] > 0 else "price_less"
        found.append(words(key, cost=quantity.level_with_unit(abs(row["difference"]))))
        if row["difference"] > 0 and facts.level("money_paid", community, design) < SHORT:
            found.append(words("price_short"))
    return [words.clause(found)] if found else []


def _cost(row: pd.Series, words: Words) -> str:
    if row["finding"] in (Finding.SMALL, Finding.SAME):
        return words("bill_same")
    quantity = Quantity.of("cost", [row["difference"], row["low"], row["high"]], words.lang)
    return words(
        "bill_money", mean=quantity.level_with_unit(row["mean"]), baseline=quantity.bare(row["baseline"])
    )


def _payers(rows: pd.DataFrame, words: Words) -> Iterator[str]:
    """How much of the cost is money, and whose hours cost more by a size that matters."""
    for _, row in rows[rows.index == "cost_money"].dropna(subset=["difference"]).iterrows():
        quantity = Quantity.of("cost_money", [row["difference"], row["low"], row["high"]], words.lang)
        mean, baseline = quantity.level_with_unit(row["mean"]), quantity.bare(row["baseline"])
        yield words("bill_of_money", mean=mean, baseline=baseline)
    payers = _large(rows, BY_PAYER)
    listed = [
        words("bill_payer", who=words(f"who_{name}"), yuan=plain(row["difference"]))
        for name, row in payers[payers["difference"] > 0].iterrows()
    ]
    if listed:
        yield words("bill_paid", payers=words.listed(listed))


def _hours(rows: pd.DataFrame, words: Words) -> Iterator[str]:
    """Whose hours change by a size that matters, and what most of them are for."""
    by_whom = _large(rows, BY_WHOM)
    for key, sign in (("bill_more", 1), ("bill_less", -1)):
        part = by_whom[sign * by_whom["difference"] > 0]
        if len(part):
            yield words(key, hours=words.listed(_who(str(name), row, words) for name, row in part.iterrows()))
    purposes = _large(rows, FOR_WHAT)
    purposes = purposes[purposes["difference"] > 0].iloc[:MOST_PURPOSES]
    if len(purposes) and (by_whom["difference"] > 0).any():
        listed = words.listed(
            words("bill_purpose", what=words(f"for_{name}"), hours=plain(row["difference"]))
            for name, row in purposes.iterrows()
        )
        yield words("bill_for", purposes=listed)
    if by_whom.empty:
        yield words("bill_free")


def _large(rows: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Those hours that change by a size that matters, or look so in few pairs; most first."""
    mine = rows[rows.index.isin(names)]
    large = mine["difference"].abs() >= mine["matters"].fillna(POST)
    mine = mine[mine["finding"].isin([*BY_SIZE, Finding.SINGLE, Finding.FEW]) & large]
    return mine.sort_values("difference", key=np.abs, ascending=False, kind="stable").iloc[:MOST_HOURS]


def _who(name: str, row: pd.Series, words: Words) -> str:
    return words("bill_who", who=words(f"who_{name}"), hours=plain(abs(row["difference"])))


def short(facts: Facts, words: Words, community: str, design: str) -> Iterator[str]:
    """Whether what a design costs is what its purses have, hence an input."""
    paid = facts.level("money_paid", community, design)
    if paid < SHORT:
        yield words("money_short", paid=share(paid, words.lang))
