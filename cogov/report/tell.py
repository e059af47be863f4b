"""What a study found, for the terminal: the sentences of its report, and the tables they are from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from cogov.analysis.gains import losers
from cogov.report.account import assumed, numbers
from cogov.report.answer import answer
from cogov.report.facts import Facts
from cogov.report.headline import Said
from cogov.report.texts import Words

if TYPE_CHECKING:
    from cogov.study.stored import StoredStudy


@dataclass(frozen=True, eq=False)
class Told:
    """What a study found.

    Attributes
    ----------
    headlines : list of Said
        As the report has them, a design (in a community) each.
    notes : list of str
        What is said of all of them: why nothing is compared, how sure it is.
    comparison : DataFrame
        Differences at each setting, with findings; without rows where nothing is compared.
    pooled : DataFrame or None
        Differences over all settings; None if nothing varies.
    losers : DataFrame
        Groups of people that lose satisfaction for certain, after adjustment for all groups.
    robust : DataFrame or None
        Differences over draws of the assumptions; None without any.
    """

    headlines: list[Said]
    notes: list[str]
    comparison: pd.DataFrame
    pooled: pd.DataFrame | None
    losers: pd.DataFrame
    robust: pd.DataFrame | None = None

    def as_list(self) -> list[dict[str, Any]]:
        """The headlines in plain values."""
        return [
            {
                "title": one.title,
                "lead": one.lead,
                "said": [{"kind": part.kind, "text": part.text} for part in one.parts],
            }
            for one in self.headlines
        ]


def tell(stored: StoredStudy) -> Told:
    """Say in English what a study found, in the words of its report."""
    facts, words = Facts.of(stored, "en", None), Words("en")
    found = answer(facts, words, assumed(numbers(facts, words)))
    if not facts.compared:
        return Told(found.headlines, found.notes, pd.DataFrame(), None, pd.DataFrame())
    people = facts.people
    lost = losers(people[people["outcome"] == "satisfaction"]) if len(people) else people
    pooled = facts.pool.effects if facts.pool is not None else None
    return Told(found.headlines, found.notes, facts.comparison, pooled, lost, facts.robust)
