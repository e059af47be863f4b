"""Meetings (互访): hours that secretaries spent with hosts, forgotten as time goes by.

Owner of ``Meetings``, the hours of each pair; they are booked when a visit is held, and only then.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import exp, power

Floats = NDArray[np.float64]
Rows = NDArray[np.integer]


class Meetings:
    """Hours that each pair of guest and host has had together.

    Parameters
    ----------
    half_life : float
        Weeks after which half of it is forgotten.
    enough : float
        Hours that make a tie of 1 - 1/e.
    """

    def __init__(self, half_life: float, enough: float) -> None:
        self.half_life, self.enough = half_life, enough
        self._met: dict[tuple[int, int], tuple[float, int]] = {}

    def __len__(self) -> int:
        return len(self._met)

    def meet(self, guests: Rows, host: int, hours: Floats, week: int) -> None:
        """Add hours of this week."""
        for guest, more in zip(guests.tolist(), hours.tolist(), strict=True):
            if more > 0:
                self._met[guest, host] = (self._of(guest, host, week) + more, week)

    def tie(self, guests: Rows, host: int, week: int) -> Floats:
        """How well each guest knows the host, in [0, 1)."""
        hours = np.array([self._of(guest, host, week) for guest in guests.tolist()])
        return np.asarray(1 - exp(-hours / self.enough))

    def leave(self, row: int) -> None:
        """The secretary of a neighbourhood goes, and with that one everybody's acquaintance."""
        self._met = {pair: met for pair, met in self._met.items() if row not in pair}

    def _of(self, guest: int, host: int, week: int) -> float:
        hours, then = self._met.get((guest, host), (0.0, week))
        return hours * power(0.5, (week - then) / self.half_life)
