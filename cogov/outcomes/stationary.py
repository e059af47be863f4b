"""Stationarity (平稳性): whether the levels of a run stand still, so that its record may begin.

The last year is compared with the one before it, quarter by quarter. A level has moved if the difference of
the two years is more than half of the smallest difference that matters, *and* more than the quarters of one
year differ among themselves by chance: the two-sample t statistic of batch means (Law, Simulation Modeling
and Analysis, 5th ed., section 9.5) at 1 %. A steady drift is seen whatever its step: for quarters that rise
by equal steps t = 4.4.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cogov.outcomes.measures import MEASURES, WEEKLY
from cogov.terms import QUARTER, YEAR

if TYPE_CHECKING:
    from cogov.outcomes.record import Record

WATCHED = (
    "satisfaction",
    "trust_committee",
    "trust_firm",
    "trust_neighbours",
    "belonging",
    "participation",
    "tie_strength",
    "isolates",
    "unit_engagement",
    "firm_quality",
    "fee_collection",
    "secretary_capability",
    "deficit",
    "latent",
    "open",
)
"""Levels that a run carries from week to week."""
HALF = 0.5
"""Of the smallest difference that matters: a level may move by so much in a year."""
SHARE = 0.05
"""Of itself, for a level for which no smallest difference is given (assumed, 0.02 to 0.1)."""
SURE = 3.707
"""Student's t of 6 degrees of freedom, two-sided 1 %: 2 x 4 quarters."""
LEAST = 2 * YEAR
"""Weeks of which it can be told."""


def moved(record: Record) -> dict[str, float]:
    """By how much levels that do not stand still have moved between the last two years of a record.

    Parameters
    ----------
    record : Record
        Of at least ``LEAST`` weeks.

    Returns
    -------
    dict of str to float
        The last year's mean less that of the year before, by watched measure; empty if all stand still.
    """
    weeks = record.series[record.weeks - LEAST : record.weeks]
    found = {}
    for name in WATCHED:
        column = weeks[:, WEEKLY.index(name)].tolist()
        # Exactly rounded sums: the length of a run-in enters every result, to the bit.
        means = [math.fsum(column[first : first + QUARTER]) / QUARTER for first in range(0, LEAST, QUARTER)]
        years = means[: len(means) // 2], means[len(means) // 2 :]
        before, after = (math.fsum(year) / len(year) for year in years)
        off = [mean - before for mean in years[0]] + [mean - after for mean in years[1]]
        spread = math.fsum(distance * distance for distance in off)
        error = math.sqrt(spread / (len(means) - 2) * 2 / len(years[0]))
        floor = MEASURES[name].matters
        least = HALF * floor if floor is not None else SHARE * abs(before)
        if abs(after - before) > max(least, SURE * error):
            found[name] = after - before
    return found
