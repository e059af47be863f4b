"""Titles (称号): what units had given when hours began to count, and what was enough last time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(eq=False)
class Contest:
    """One title that is competed for.

    Attributes
    ----------
    before : ndarray, shape (units,)
        Hours that units had given the community when hours began to count.
    enough : ndarray, shape (subdistricts,)
        Share of its hours that was just enough at the last award.
    holders : ndarray of bool, shape (units,)
        Who has it.
    """

    before: Floats
    enough: Floats
    holders: NDArray[np.bool_]


class Titles:
    """The contests of all titles by name."""

    def __init__(self) -> None:
        self.contests: dict[str, Contest] = {}

    def open(self, name: str, given: Floats, enough: Floats) -> Contest:
        """The contest of a title, which begins with what was given and what is taken to be enough."""
        if name not in self.contests:
            self.contests[name] = Contest(given.copy(), enough, np.zeros(len(given), dtype=bool))
        return self.contests[name]
