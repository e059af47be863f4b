"""Experiences (经历): what residents live through in a week, before they judge."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cogov.kit.runs import chained
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


class Part(NamedTuple):
    """Experiences: whose, and of which occasion each is; how good occasions were, and what they come from."""

    people: NDArray[np.int64]
    occasion: NDArray[np.intp]
    steps: NDArray[np.float64]
    by: NDArray[np.int8]


class Lived(NamedTuple):
    """Residents, and what each lived through; many an experience is the same for all whom it reached.

    Attributes
    ----------
    rows : ndarray of int, shape (residents,)
        Rows of the residents, each once.
    which : ndarray of int, shape (residents,)
        Where in ``times`` and ``mean`` it stands what each lived through.
    times, mean : ndarray
        How many experiences that were, and their mean score.
    """

    rows: NDArray[np.int64]
    which: NDArray[np.intp]
    times: NDArray[np.int64]
    mean: NDArray[np.float64]


NOBODY = Lived(np.zeros(0, np.int64), np.zeros(0, np.intp), np.zeros(0, np.int64), np.zeros(0))
"""No residents, who lived through nothing."""


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
        self,
        people: NDArray[np.int64],
        score: NDArray[np.float64],
        of: str,
        by: NDArray[np.int8] | int,
        occasion: NDArray[np.intp] | None = None,
    ) -> None:
        """Add experiences of residents (rows, possibly repeated) on some occasions, scored in [0, 1].

        ``by`` is what they come from, the place in ``SOURCES``: of each occasion, or of all. ``occasion`` is
        which of them each experience is of; without it each is of its own.
        """
        occasion = np.arange(len(people)) if occasion is None else occasion
        sources = np.full(len(score), by, np.int8) if isinstance(by, int) else by
        self._parts[of].append(Part(people, occasion, np.rint(score * STEPS), sources))

    def _whole(self, what: str) -> Part:
        """All such experiences together."""
        parts = self._parts[what]
        if len(parts) == 1:
            return parts[0]
        before = accumulate((len(part.steps) for part in parts), initial=0)
        return Part(
            chained(part.people for part in parts),
            chained(part.occasion + first for part, first in zip(parts, before, strict=False)),
            np.concatenate([np.zeros(0), *(part.steps for part in parts)]),
            np.concatenate([np.zeros(0, np.int8), *(part.by for part in parts)]),
        )

    def each(self, what: str) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int8]]:
        """Such experiences one by one: whose, how good, and what they come from."""
        people, occasion, steps, by = self._whole(what)
        return people, steps[occasion] / STEPS, by[occasion]

    def of(self, what: str) -> Lived:
        """Residents with such experiences, and what they lived through."""
        if not self._parts[what]:
            return NOBODY
        people, occasion, steps, _ = self._whole(what)
        # Everybody's entries are gathered at their last one, so that cost follows experiences, not people.
        entry = np.arange(len(people), dtype=np.int32)
        self._last[people] = entry
        last = self._last[people]
        final = last == entry
        earlier = (~final).nonzero()[0]
        # Who lived through one thing only has it in common with others; several things are somebody's own.
        several, which = last[earlier], occasion.copy()
        which[several] = np.arange(len(steps), len(steps) + len(several))
        own, n = which[several], len(steps) + len(several)
        total = np.concatenate([steps, steps[occasion[several]]])
        total += np.bincount(own, steps[occasion[earlier]], n)
        times = 1 + np.bincount(own, minlength=n)
        return Lived(people[final], which[final], times, total / STEPS / times)
