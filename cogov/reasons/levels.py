"""Where satisfaction and trust come from: by channel and group of people, in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cogov.outcomes.groups import worst_tenth
from cogov.outcomes.record import TENURES
from cogov.state.channels import Channels
from cogov.terms import ELDER, Age

if TYPE_CHECKING:
    from cogov.model import GovernanceModel

Floats = NDArray[np.float64]
REMAINDER = "remainder"
"""The channel of what no other accounts for: rounding of columns of single precision."""
CELLS = len(Age) * len(TENURES)
"""Groups that the residents of a compound are counted by."""


class Levels:
    """Adds up, week by week, what each channel has brought to the people of each group.

    Parameters
    ----------
    model : GovernanceModel
        At the start of its record.
    channels : Channels
        Its account.
    """

    def __init__(self, model: GovernanceModel, channels: Channels) -> None:
        self._model, self._channels = model, channels
        residents, places = model.residents, model.places
        compound = places.building_compound[residents.building].astype(np.intp)
        self._cell = (compound * len(Age) + residents.age) * len(TENURES) + residents.owner
        self._cells = len(places.compounds) * CELLS
        self._people = np.bincount(self._cell, minlength=self._cells).astype(float)
        self._sums: dict[tuple[str, str], Floats] = {}
        self._weeks = 0

    def add(self) -> None:
        """Add the week that has just been lived."""
        self._weeks += 1
        for level in self._channels.levels:
            rest = self._by_cell(getattr(self._model.residents, level))
            for channel, brought in self._channels.of(level):
                part = self._people * brought if isinstance(brought, float) else self._by_cell(brought)
                self._add(level, channel, part)
                rest = rest - part
            self._add(level, REMAINDER, rest)

    def _by_cell(self, column: NDArray[np.floating]) -> Floats:
        return np.bincount(self._cell, column, self._cells)

    def _add(self, level: str, channel: str, part: Floats) -> None:
        self._sums[level, channel] = self._sums.get((level, channel), 0.0) + part

    def channels(self) -> pd.DataFrame:
        """What each channel has brought to the mean over residents and weeks: ``outcome, channel, value``."""
        people = self._people.sum() * max(self._weeks, 1)
        rows = [(*key, float(part.sum() / people)) for key, part in self._sums.items()]
        return pd.DataFrame(rows, columns=["outcome", "channel", "value"])

    def groups(self) -> pd.DataFrame:
        """The same by group of people: ``outcome, by, group, channel, value, contribution, residents``.

        ``contribution`` is the group's part in the mean of all.
        Groups as in `cogov.outcomes.group_table`; those that nobody is in are left out.
        """
        rows = []
        whole = self._people.sum() * max(self._weeks, 1)
        for by, group, mine in self._divisions():
            people = float(self._people[mine].sum())
            for (level, channel), part in self._sums.items() if people else ():
                share = float(part[mine].sum() / whole)
                value = share * float(self._people.sum()) / people
                rows.append((level, by, group, channel, value, share, people))
        names = ["outcome", "by", "group", "channel", "value", "contribution", "residents"]
        return pd.DataFrame(rows, columns=names)

    def _divisions(self) -> list[tuple[str, str, NDArray[np.bool_]]]:
        """Which cells make up each group."""
        record, places = self._model.record, self._model.places
        compound, age, owner = np.unravel_index(
            np.arange(self._cells), (len(places.compounds), len(Age), len(TENURES))
        )
        found = [("age", label, age == band) for band, label in enumerate(Age.labels())]
        found += [("elders", "under_60", age < ELDER), ("elders", "age_60_plus", age >= ELDER)]
        found += [("tenure", name, owner == place) for place, name in enumerate(TENURES)]
        old = np.asarray(places.compounds.old)[compound]
        found += [("compound_age", "old", old), ("compound_age", "new", ~old)]
        if 0 < record.reform_week < record.weeks:
            worst = worst_tenth(record)[compound]
            found += [("start", "worst_tenth", worst), ("start", "rest", ~worst)]
        return found
