"""Lessons: what firms have learned from their own verdicts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Lessons:
    """How much of a missing score each firm puts down to missing quality, by its own verdicts so far.

    A firm takes full quality to be worth a full score and fits the line through that point to what it lived
    through: the more it fell short where its quality did, the more it expects of better work.
    """

    def __init__(self, firms: int) -> None:
        self._short, self._both = np.zeros(firms), np.zeros(firms)

    def note(self, quality: NDArray[np.floating], score: Floats) -> None:
        """Verdicts come in: a score for each firm, NaN where it was not judged."""
        judged = ~np.isnan(score)
        short = 1 - quality[judged].astype(float)
        self._short[judged] += short * short
        self._both[judged] += short * (1 - score[judged])

    def slope(self) -> Floats:
        """Score that a firm expects of full quality more, 0 for one that was never judged."""
        return np.divide(self._both, self._short, out=np.zeros_like(self._both), where=self._short > 0)
