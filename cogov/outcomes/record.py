"""The record of a run: weeks by measures, for the whole, by compound, by age band and tenure."""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cogov.kit.errors import ConfigError, unknown
from cogov.outcomes.measures import BY_COMPOUND, BY_GROUP, MEASURES, PAYERS, WEEKLY
from cogov.outcomes.tally import LONGEST
from cogov.terms import QUARTER, YEAR, Age, Level

if TYPE_CHECKING:
    import pandas as pd

    from cogov.community import Community
    from cogov.rules.areas import Area

RECOVERED = 0.005
"""Satisfaction at most this far below that of the twin without the shock has recovered."""
BOOKS = ("money_wanted", "money_paid", "hours_wanted")
"""What was wanted in a week: yuan of all purses, and what these paid of it; upkeep hours."""
TENURES = ("tenant", "owner")


class Record:
    """What happened, week by week; row ``w`` is week ``w + 1``.

    Attributes
    ----------
    weeks : int
        Weeks recorded so far.
    series : ndarray of float64, shape (capacity, measures)
        Columns in the order of ``WEEKLY``.
    places : ndarray of float32, shape (capacity, measures, compounds)
        Measures in the order of ``BY_COMPOUND``.
    groups : ndarray of float64, shape (quarters, measures, age bands, tenures)
        Measures in the order of ``BY_GROUP``; NaN where nobody is in a group.
    durations : ndarray of int32, shape (capacity, LONGEST)
        Issues resolved in a week by how many weeks they took.
    books : ndarray of float64, shape (capacity, len(BOOKS))
        What there was to share out and what was wanted, in the order of ``BOOKS``; what came of it is in
        ``series``.
    """

    def __init__(self, community: Community, weeks: int, reform_week: int) -> None:
        self.community = community
        self.reform_week = reform_week
        self.weeks = 0
        self.series = np.zeros((weeks, len(WEEKLY)))
        self.places = np.zeros((weeks, len(BY_COMPOUND), len(community.places.compounds)), dtype=np.float32)
        self.groups = np.zeros((-(-weeks // QUARTER), len(BY_GROUP), len(Age), len(TENURES)))
        self.durations = np.zeros((weeks, LONGEST), dtype=np.int32)
        self.books = np.zeros((weeks, len(BOOKS)))
        self._pairs: dict[tuple[str, str], int] = {}
        self._hours = array("i"), array("i"), array("d")  # week, number of the pair, hours

    def __repr__(self) -> str:
        """In one line; `to_frame` has the weeks."""
        return f"<Record of {self.weeks} weeks, {len(WEEKLY)} measures, {self.places.shape[2]} compounds>"

    def write(
        self,
        values: dict[str, float],
        places: Mapping[str, NDArray[np.floating]],
        durations: NDArray[np.int64],
        books: Mapping[str, float],
        hours: Mapping[tuple[str, str], float],
    ) -> None:
        """Write one week; ``hours`` are by post and duty."""
        if self.weeks == len(self.series):  # a run that goes on beyond its plan
            self.series, self.places, self.durations, self.books = (
                np.concatenate([kept, np.zeros_like(kept[:YEAR] if len(kept) >= YEAR else kept)])
                for kept in (self.series, self.places, self.durations, self.books)
            )
        self.series[self.weeks] = [values[name] for name in WEEKLY]
        self.places[self.weeks] = [places[name] for name in BY_COMPOUND]
        self.durations[self.weeks] = durations
        self.books[self.weeks] = [books[name] for name in BOOKS]
        self.weeks += 1
        for pair, spent in sorted(hours.items()):
            self._hours[0].append(self.weeks)
            self._hours[1].append(self._pairs.setdefault(pair, len(self._pairs)))
            self._hours[2].append(spent)

    @property
    def hours(self) -> list[tuple[int, str, str, float]]:
        """Week, post, duty and the hours spent on it, where there were any: a copy."""
        pairs = tuple(self._pairs)
        return [(week, *pairs[pair], spent) for week, pair, spent in zip(*self._hours, strict=True)]

    def write_groups(self, means: NDArray[np.float64]) -> None:
        """Write one quarter by age band and tenure."""
        quarter = (self.weeks - 1) // QUARTER
        if quarter >= len(self.groups):
            self.groups = np.concatenate([self.groups, np.zeros_like(self.groups[:1])])
        self.groups[quarter] = means

    def digest(self) -> str:
        """SHA-256 of the record's bytes, in hexadecimal."""
        hasher = hashlib.sha256()
        for kept in (
            self.series[: self.weeks],
            self.places[: self.weeks],
            self.durations[: self.weeks],
            self.groups[: self.weeks // QUARTER],
        ):
            hasher.update(np.ascontiguousarray(kept).tobytes())
        hasher.update(repr(self.hours).encode())
        return hasher.hexdigest()

    def to_frame(self) -> pd.DataFrame:
        """All weekly measures: one row a week (index ``week``, from 1), one column a measure."""
        import pandas as pd

        index = pd.RangeIndex(1, self.weeks + 1, name="week")
        return pd.DataFrame(self.series[: self.weeks].copy(), index=index, columns=list(WEEKLY))

    def hours_by_post(self) -> pd.DataFrame:
        """Hours by post and duty, in long form (``week, post, duty, hours``); each design has its posts."""
        import pandas as pd

        return pd.DataFrame(self.hours, columns=["week", "post", "duty", "hours"])

    def by_compound(self, measure: str) -> pd.DataFrame:
        """One measure by compound: one row a week, one column a compound.

        Raises
        ------
        ConfigError
            If the measure is not recorded by compound.
        """
        import pandas as pd

        if measure not in BY_COMPOUND:
            raise ConfigError(unknown("measure by compound", measure, BY_COMPOUND))
        index = pd.RangeIndex(1, self.weeks + 1, name="week")
        columns = pd.Index(self.community.places.compounds.names, name="compound")
        return pd.DataFrame(
            self.places[: self.weeks, BY_COMPOUND.index(measure)].copy(), index=index, columns=columns
        )

    def by_area(self, measure: str, area: Area) -> pd.DataFrame:
        """One measure by area (neighbourhood, block): counts added up, levels averaged over residents.

        Raises
        ------
        ConfigError
            If the measure is not recorded by compound, or the area divides compounds.
        """
        if area.level < Level.COMPOUND:
            raise ConfigError(f"a {area.name} is part of a compound: measures are recorded by compound only")
        table = self.by_compound(measure)
        counts = MEASURES[measure].unit.startswith("issues")
        residents = self.community.places.residents_by_compound.astype(float)
        weight = np.ones_like(residents) if counts else residents
        total = np.zeros((len(table), area.n))
        np.add.at(total.T, area.of_compound, table.to_numpy(dtype=float).T * weight[:, None])
        values = total if counts else total / np.bincount(area.of_compound, weight, area.n)
        import pandas as pd

        return pd.DataFrame(values, index=table.index, columns=pd.RangeIndex(area.n, name=area.name))

    def by_group(self) -> pd.DataFrame:
        """Measures by quarter, age band and tenure, in long form (``quarter, age, tenure, measure...``)."""
        import pandas as pd

        quarters = self.weeks // QUARTER
        index = pd.MultiIndex.from_product(
            [range(1, quarters + 1), Age.labels(), TENURES], names=["quarter", "age", "tenure"]
        )
        values = np.moveaxis(self.groups[:quarters], 1, -1).reshape(-1, len(BY_GROUP))
        return pd.DataFrame(values, index=index, columns=list(BY_GROUP)).reset_index()

    def outcomes(self, twin: Record | None = None, struck: int = 1) -> dict[str, float]:
        """What the run comes to: the weeks after the reform (all of them if it has not come yet).

        A rate of nothing, such as the weeks to consent where nobody agreed, is NaN.

        Parameters
        ----------
        twin : Record, optional
            Of the same run without its shocks, as long as this one; without it there are no outcomes of a
            shock.
        struck : int
            First week of the first shock.
        """
        first = self.reform_week if self.weeks > self.reform_week else 0
        weeks = self.series[first : self.weeks]
        if not len(weeks):
            return {}
        column = {name: weeks[:, index] for index, name in enumerate(WEEKLY)}
        found: dict[str, float] = {}
        for measure in MEASURES.values():
            if measure.how == "mean":
                found[measure.name] = float(column[measure.name].mean())
            elif measure.how == "sum":
                found[measure.name] = float(column[measure.name].sum())
            elif measure.over:
                part, whole = (column[name].sum() for name in measure.over)
                found[measure.name] = float(part / whole) if whole else math.nan
            elif measure.how == "run":
                found |= self._over_the_run(measure.name, column, first)
        return found | (self._against(twin, struck) if twin and self.weeks >= struck else {})

    def _over_the_run(
        self, name: str, column: dict[str, NDArray[np.float64]], first: int
    ) -> dict[str, float]:
        """Outcomes that are not a mean, a sum or a ratio of weekly measures; none of a shock."""
        households = self.community.places.households
        years = len(column["arrived"]) / YEAR
        if name in ("weeks_to_resolve_median", "weeks_to_resolve_p90"):
            counts = self.durations[first : self.weeks].sum(0)
            share = 0.5 if name.endswith("median") else 0.9
            reached = np.searchsorted(np.cumsum(counts), share * counts.sum())
            return {name: float(reached) if counts.sum() else math.nan}
        if name == "hotline_orders":
            return {name: float(column["orders"].sum() / households * 1000 / years)}
        if name in ("cost", "cost_money"):
            paid = [part for part in column if part.startswith("money_from_")]
            paid += [f"cost_{payer}" for payer in PAYERS] if name == "cost" else []
            return {name: float(sum(column[part].sum() for part in paid) / households / years)}
        books = dict(zip(BOOKS, self.books[first : self.weeks].T, strict=True))
        parts = {
            "money_paid": (books["money_paid"], "money_wanted"),
            "hours_paid": (column["hours_upkeep"], "hours_wanted"),
        }
        if name not in parts:
            return {}
        part, whole = parts[name][0].sum(), books[parts[name][1]].sum()
        return {name: float(part / whole) if whole else math.nan}

    def _against(self, twin: Record, struck: int) -> dict[str, float]:
        """What a shock did to satisfaction: how far it is below that of the twin, from the first week on."""
        place = WEEKLY.index("satisfaction")
        weeks = slice(struck - 1, self.weeks)
        short = (twin.series[weeks, place] - self.series[weeks, place]).clip(0)
        low = np.flatnonzero(short > RECOVERED)
        return {
            "shock_depth": float(short.max()),
            "shock_recovery": float(low[-1] + 1 if len(low) else 0),
            "shock_area": float(short.sum()),
        }
