"""Service accounts of units (双向服务): what each wants of the community, and was given this quarter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.terms import Want

Floats = NDArray[np.float64]


class Accounts:
    """What units want and were given, by kind of want.

    Attributes
    ----------
    wanted : ndarray, shape (units, wants)
        Hours a week that each unit could use, by its kind and head count.
    received : ndarray, shape (units, wants)
        Hours given in the quarter so far.
    """

    def __init__(self, wanted: NDArray[np.floating]) -> None:
        self.wanted = np.asarray(wanted, dtype=float)
        self.received = np.zeros((len(self.wanted), len(Want)))
        self._weeks = 0
        self._now = np.zeros_like(self.received)

    def open_week(self) -> None:
        """A week begins: what was not given in the last one is not made up for."""
        self._weeks += 1
        self._now[:] = 0

    def left(self) -> Floats:
        """What is still wanted this week, shape (units, wants)."""
        return np.asarray(np.maximum(self.wanted - self._now, 0))

    def give(self, hours: Floats) -> None:
        """Book hours given, shape (units, wants); no more than is left."""
        self._now += hours
        self.received += hours

    def share(self) -> Floats:
        """Share of its wants that each unit was given this quarter, in [0, 1]; 0 for who wants nothing."""
        wanted = self.wanted.sum(1) * self._weeks
        given = self.received.sum(1)
        share = np.divide(given, wanted, out=np.zeros_like(given), where=wanted > 0)
        return np.asarray(np.minimum(share, 1.0))

    def close(self) -> None:
        """The quarter ends: the accounts begin anew."""
        self.received[:] = 0
        self._weeks = 0
