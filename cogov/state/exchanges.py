"""Exchanges (交流): what firms saw of each other at the meetings of a quarter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Exchanges:
    """What each firm saw.

    Attributes
    ----------
    held : int
        Meetings of the quarter so far.
    seen : ndarray, shape (firms, firms)
        For each firm, how much of each other one's ways it was shown, summed over meetings.
    """

    def __init__(self, firms: int) -> None:
        self.held = 0
        self.seen = np.zeros((firms, firms))

    def meet(self, shown: NDArray[np.float64]) -> None:
        """A meeting is held: shares in [0, 1] of the other's ways that each was shown."""
        self.held += 1
        self.seen += shown

    def shown(self) -> NDArray[np.float64]:
        """Mean share a meeting of what each firm was shown of each other, shape (firms, firms)."""
        return self.seen / max(self.held, 1)

    def close(self) -> None:
        """The quarter ends."""
        self.held = 0
        self.seen[:] = 0
