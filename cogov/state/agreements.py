"""Agreements of partners (结对共建): which unit has agreed to serve which neighbourhood."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Agreements:
    """The partner of each unit.

    Attributes
    ----------
    partner : ndarray of int, shape (units,)
        Neighbourhood that a unit has agreed to serve, -1 none.
    """

    def __init__(self, units: int) -> None:
        self.partner = np.full(units, -1)

    def make(self, units: NDArray[np.integer], neighbourhoods: NDArray[np.integer]) -> None:
        """Units and neighbourhoods agree."""
        self.partner[units] = neighbourhoods

    def lapse(self, units: NDArray[np.integer]) -> None:
        """Agreements end: nobody kept them up."""
        self.partner[units] = -1
