"""Known need (需求知晓): which share of what people need those who lay out services know of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Known:
    """Need that somebody found out, by neighbourhood and service.

    Some people come by themselves, so their need is known whatever institutions do; of the need of the
    others a part has been found out, and is forgotten as people move, grow older or fall ill.

    Attributes
    ----------
    found : ndarray, shape (neighbourhoods, services)
        Share of the need of those who do not come by themselves that is known, in [0, 1].
    """

    def __init__(self, shape: tuple[int, ...], found: float = 0.0) -> None:
        self.found = np.full(shape, found)

    def share(self, by_themselves: float) -> Floats:
        """Share of all need that is known, shape (neighbourhoods, services), in [by_themselves, 1]."""
        return np.asarray(by_themselves + (1 - by_themselves) * self.found)

    def find(self, reached: Floats) -> None:
        """Find out about a share of the need, whether it was known before or not.

        Parameters
        ----------
        reached : ndarray, shape (neighbourhoods, services)
            In [0, 1].
        """
        self.found += (1 - self.found) * reached

    def forget(self, kept: float) -> None:
        """Let time pass: ``kept`` of what was found is known still, in [0, 1]."""
        self.found *= kept
