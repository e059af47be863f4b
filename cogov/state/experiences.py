"""Experiences (经历): what residents live through in a week, before they judge."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

JUDGED = ("committee", "firm", "neighbours")
"""Those whom residents come to trust, or not, by what they live through."""
PROBLEMS, HOME = "problems", "home"
"""What satisfaction goes by: how problems ended, whoever answers for them; what was built at one's home."""
STEPS = 2**20
"""Scores are counted in so many steps, so that their sums are exact in whatever order."""


class Cases(NamedTuple):
    """Issues that people judge somebody by.

    Attributes
    ----------
    rows : ndarray of int, shape (cases,)
        Rows of issues, ascending.
    score : ndarray, shape (cases,)
        How good it was, in [0, 1].
    who : ndarray of int, shape (cases,)
        Whom they hold to account for it: the index in ``JUDGED``, or one more for nobody.
    """

    rows: NDArray[np.intp]
    score: NDArray[np.float64]
    who: NDArray[np.int64]


class Experiences:
    """What residents live through in a week: of each thing judged, how often and how good.

    Attributes
    ----------
    cases : Cases
        The issues of the week that they lived through.
    """

    def __init__(self, residents: int) -> None:
        self._last = np.zeros(residents, dtype=np.int32)
        self.cases = Cases(np.zeros(0, np.intp), np.zeros(0), np.zeros(0, np.int64))
        self.clear()

    def clear(self) -> None:
        """Forget the week."""
        self._parts: dict[str, list[tuple[NDArray[np.int64], NDArray[np.float64]]]] = {
            what: [] for what in (*JUDGED, PROBLEMS, HOME)
        }

    def add(self, people: NDArray[np.int64], score: NDArray[np.float64], of: str) -> None:
        """Add experiences of residents (rows, possibly repeated), scored in [0, 1]."""
        self._parts[of].append((people, np.rint(score * STEPS)))

    def of(self, what: str) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.float64]]:
        """Residents with such experiences: their rows, how many each had, and their mean score."""
        parts = self._parts[what]
        if not parts:
            return np.zeros(0, np.intp), np.zeros(0, np.int64), np.zeros(0)
        people = np.concatenate([part[0] for part in parts])
        score = np.concatenate([part[1] for part in parts])
        # Everybody's entries are gathered at their last one, so that cost follows experiences, not people.
        entry = np.arange(len(people))
        self._last[people] = entry
        last = self._last[people]
        mine = last == entry
        count = np.bincount(last, minlength=len(people))[mine]
        return people[mine], count, np.bincount(last, score, len(people))[mine] / STEPS / count
