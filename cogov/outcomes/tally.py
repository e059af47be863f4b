"""What is counted during a week, before it is recorded."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.terms import Line

LONGEST = 256
"""Durations from here on share the last class of the histogram of weeks to resolution."""


class Tally:
    """Counters of one week: by compound, and over all.

    Attributes
    ----------
    by_compound : dict of str to ndarray, shape (compounds,)
    total : dict of str to float
    durations : ndarray of int, shape (LONGEST,)
        How many issues were resolved after 0, 1, 2 ... weeks.
    hours_by_line : ndarray, shape (lines,)
    """

    def __init__(self, compounds: int) -> None:
        self.compounds = compounds
        self.clear()

    def clear(self) -> None:
        """Start a new week."""
        self.by_compound: dict[str, NDArray[np.float64]] = {}
        self.total: dict[str, float] = {}
        self.durations = np.zeros(LONGEST, dtype=np.int64)
        self.hours_by_line = np.zeros(len(Line))

    def add(self, name: str, compound: NDArray[np.integer], weights: NDArray[Any] | None = None) -> None:
        """Count events by compound (rows may repeat)."""
        counted = np.bincount(compound, weights, self.compounds)
        before = self.by_compound.get(name)
        self.by_compound[name] = counted.astype(float) if before is None else before + counted

    def count(self, name: str, amount: float) -> None:
        """Count something over all."""
        self.total[name] = self.total.get(name, 0.0) + amount

    def weeks_to_resolve(self, weeks: NDArray[np.integer]) -> None:
        """Count how long resolved issues took."""
        self.durations += np.bincount(np.minimum(weeks, LONGEST - 1), minlength=LONGEST)

    def of(self, name: str) -> NDArray[np.float64]:
        """Counts by compound, zeros if nothing was counted."""
        return self.by_compound.get(name, np.zeros(self.compounds))
