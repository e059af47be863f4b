"""Experiences (经历): what residents live through in a week, before they judge."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cogov.terms import Kind

JUDGED = ("committee", "firm", "neighbours")
"""Those whom residents come to trust, or not, by what they live through."""
PROBLEMS, HOME = "problems", "home"
"""What satisfaction goes by: how problems ended, whoever answers for them; what was built at one's home."""
SOURCES = (*Kind.labels(), "calls", "works")
"""What experiences come from: issues by kind, calls on people, what was built."""
CALLS, WORKS = SOURCES.index("calls"), SOURCES.index("works")
STEPS = 2**20
"""Scores are counted in so many steps, so that their sums are exact in whatever order."""


type Part = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int8] | int]
"""Whose experiences, how good in steps, and what they come from."""


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
        self._parts: dict[str, list[Part]] = {what: [] for what in (*JUDGED, PROBLEMS, HOME)}

    def add(
        self, people: NDArray[np.int64], score: NDArray[np.float64], of: str, by: NDArray[np.int8] | int
    ) -> None:
        """Add experiences of residents (rows, possibly repeated), scored in [0, 1].

        ``by`` is what they come from, the place in ``SOURCES``: of each, or of all.
        """
        self._parts[of].append((people, np.rint(score * STEPS), by))

    def each(self, what: str) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int8]]:
        """Such experiences one by one: whose, how good, and what they come from."""
        parts = self._parts[what]
        if not parts:
            return np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int8)
        by = [np.broadcast_to(np.asarray(part[2], np.int8), part[0].shape) for part in parts]
        people, score = (
            np.concatenate([part[0] for part in parts]),
            np.concatenate([part[1] for part in parts]),
        )
        return people, score / STEPS, np.concatenate(by)

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
