"""Day population (日间人口): workers, pupils, students and shopkeepers of the units of a neighbourhood."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.community.organisations import Units

Floats = NDArray[np.float64]


class DayPeople:
    """People of joint-building units, as counts: no household here, and no vote.

    Attributes
    ----------
    heads : ndarray, shape (units,)
        How many there are.
    active : ndarray, shape (units,)
        Share of them who take part in the neighbourhood, in [0, 1].
    home : ndarray of int, shape (units,)
        The neighbourhood in which the unit stands, 0 for one outside, which has no heads here.
    """

    def __init__(self, units: Units, neighbourhoods: int) -> None:
        self.heads = np.where(units.neighbourhood >= 0, units.heads, 0).astype(float)
        self.active = np.zeros(len(units))
        self.home = units.neighbourhood.clip(0)
        self._n = neighbourhoods

    def join(self, share: Floats) -> None:
        """Let a share of those who do not take part begin to, shape (units,), in [0, 1]."""
        self.active += (1 - self.active) * share

    def leave(self, share: float) -> None:
        """Let a share of those who take part stop."""
        self.active *= 1 - share

    def by_neighbourhood(self, of_units: Floats) -> Floats:
        """Add up a number of each unit over the neighbourhood in which it stands, shape (neighbourhoods,)."""
        return np.bincount(self.home, of_units, self._n)

    def people(self) -> Floats:
        """Those who take part, shape (neighbourhoods,)."""
        return self.by_neighbourhood(self.heads * self.active)
