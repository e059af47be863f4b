"""When: differences at one, three and ten years after adoption, as far as the runs go."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from cogov.analysis.findings import BY_SIZE
from cogov.analysis.horizons import YEARS
from cogov.report.facts import Facts
from cogov.report.numbers import Quantity
from cogov.report.texts import Words
from cogov.terms import YEAR

MOST = 3
"""Outcomes of which is said when they change."""


def not_reached(facts: Facts, words: Words) -> list[str]:
    """What the runs are too short to tell."""
    if not facts.compared:
        return []
    last = facts.study.weeks - facts.study.reform_week
    years = [year for year in YEARS if year * YEAR > last]
    if not years:
        return []
    shown = words.listed(map(str, years))
    weeks = facts.study.reform_week + years[-1] * YEAR
    return [words("horizons_short", n=last, years=shown, weeks=weeks)]


def when(
    facts: Facts, words: Words, effects: pd.DataFrame, community: str, design: str
) -> Iterator[tuple[str, str]]:
    """How large the largest changes are at each time."""
    table = facts.horizons
    if table.empty:
        return
    mine = table[(table["community"] == community) & (table["design"] == design)]
    told: list[str] = []
    for name in effects.loc[effects["finding"].isin(BY_SIZE), "outcome"]:
        rows = mine[mine["outcome"] == name].dropna(subset=["difference"])
        if rows.empty or len(told) == MOST:
            continue
        quantity = Quantity.of(str(name), rows["difference"], words.lang)
        changes = words.listed(
            words("when_change", change=quantity.change(row["difference"]), after=after(row["years"], words))
            for _, row in rows.iterrows()
        )
        told.append(words("lead_change", outcome=words.name(str(name)), change=changes))
    if told:
        yield "when", words("sentence", text=words.parts(told))


def over(facts: Facts, words: Words, text: str) -> str:
    """A statement of means over the weeks after adoption, with how many these are."""
    if "reform_week" in facts.parameters:
        return words("lead_over_rest", text=text)
    return words("lead_over", n=facts.study.weeks - facts.study.reform_week, text=text)


def after(years: int, words: Words) -> str:
    """A time after adoption, in words."""
    return words("after_year" if years == 1 else "after_years", n=int(years))
