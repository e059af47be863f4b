"""Emergencies as they were noticed, week by week: what a surge is read from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WEEKS = 14
"""The last week, and the thirteen before it that it is compared with."""


class Alarms:
    """Emergencies noticed in each building over the last weeks.

    It counts what somebody in charge came to know, not what there is: what nobody reports is no surge.

    Attributes
    ----------
    noticed : ndarray of int16, shape (14, buildings)
        Emergencies noticed, the latest week first.
    """

    def __init__(self, buildings: int) -> None:
        self.noticed = np.zeros((WEEKS, buildings), dtype=np.int16)
        self._now = np.zeros(buildings, dtype=np.int16)

    def notice(self, building: NDArray[np.integer]) -> None:
        """Note emergencies (rows of buildings, possibly repeated) that came to be known this week."""
        if len(building):
            self._now += np.bincount(building, minlength=len(self._now))

    def close_week(self) -> None:
        """End the week: it becomes the latest."""
        self.noticed[1:] = self.noticed[:-1]
        self.noticed[0] = self._now
        self._now[:] = 0
