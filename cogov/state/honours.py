"""Honours (表彰): who was honoured, when, and how rare that was."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Honours:
    """Those honoured of late, few among many.

    Attributes
    ----------
    people : ndarray of int, shape (honoured,)
        Rows of residents, each once.
    week : ndarray of int, shape (honoured,)
        When that was.
    worth : ndarray, shape (honoured,)
        What is left of an honour where others have it too, in [0, 1].
    """

    def __init__(self) -> None:
        self.people, self.week = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.worth = np.zeros(0)

    def award(self, people: NDArray[np.integer], worth: Floats, week: int) -> None:
        """Honour people (distinct rows of residents); what they had before is replaced."""
        other = ~np.isin(self.people, people)
        self.people = np.concatenate([self.people[other], people])
        self.week = np.concatenate([self.week[other], np.full(len(people), week)])
        self.worth = np.concatenate([self.worth[other], worth])

    def fade(self, before: int) -> None:
        """Drop honours of weeks before one."""
        last = self.week >= before
        self.people, self.week, self.worth = self.people[last], self.week[last], self.worth[last]
