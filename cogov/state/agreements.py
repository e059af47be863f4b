"""Agreements of partners (结对共建), and whom units send to speak for them (联络员)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Agreements:
    """The partner of each unit, and its officer.

    Attributes
    ----------
    partner : ndarray of int, shape (units,)
        Neighbourhood that a unit has agreed to serve, -1 none.
    officer : ndarray of bool, shape (units,)
        Whether somebody in it is there for liaison this week.
    sends : ndarray, shape (units,)
        Rank of the officer who may sit at tables for its head; infinite where the head comes himself.
    """

    def __init__(self, units: int) -> None:
        self.partner = np.full(units, -1)
        self.officer = np.zeros(units, dtype=bool)
        self.sends = np.full(units, np.inf, dtype=np.float32)

    def make(self, units: NDArray[np.integer], neighbourhoods: NDArray[np.integer]) -> None:
        """Units and neighbourhoods agree."""
        self.partner[units] = neighbourhoods

    def lapse(self, units: NDArray[np.integer]) -> None:
        """Agreements end: nobody kept them up."""
        self.partner[units] = -1

    def recall(self) -> None:
        """A week begins: who is an officer is said anew."""
        self.officer[:] = False
        self.sends[:] = np.inf

    def appoint(self, units: NDArray[np.integer], rank: float) -> None:
        """These units (distinct) have an officer, who sits at tables for the head with this rank."""
        self.officer[units] = True
        self.sends[units] = np.minimum(self.sends[units], np.float32(rank))
