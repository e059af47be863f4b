"""Compacts (规约) that residents agreed on: how far each is kept, where, and what it holds down.

Owner of ``Compacts``. Whether a household keeps one depends on how many others do, so that a compact is
kept by most or by few: reminding brings it over, and without it only trust among neighbours keeps it there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.terms import Cause

Floats = NDArray[np.float64]


@dataclass
class Kept:
    """One compact, arrays of shape (compounds,).

    Attributes
    ----------
    cause : Cause
        What breeds the issues it is about.
    to_agree : ndarray
        Hours of meetings that are left until it is agreed on.
    share : ndarray
        Share of the households that keep it, in [0, 1].
    effect : ndarray
        Share of the issues that it holds down if all do.
    """

    cause: Cause
    to_agree: Floats
    share: Floats
    effect: Floats


class Compacts:
    """All compacts there are or were, by name."""

    def __init__(self, compounds: int) -> None:
        self.compounds = compounds
        self.kept: dict[str, Kept] = {}

    def __len__(self) -> int:
        return len(self.kept)

    def begin(self, name: str, cause: Cause, hours: Floats) -> Kept:
        """The compact of that name: a new one takes so many hours, by compound, to agree on."""
        nobody = np.zeros(self.compounds)
        return self.kept.setdefault(name, Kept(cause, hours.copy(), nobody, nobody.copy()))

    def held_down(self, cause: Cause) -> Floats:
        """Share of the issues of a cause that compacts hold down, shape (compounds,)."""
        shares = [1 - entry.effect * entry.share for entry in self.kept.values() if entry.cause == cause]
        # Sorted, so that the order in which compacts came cannot matter to the bit.
        free = np.multiply.reduce(np.sort(shares, axis=0)) if shares else np.ones(self.compounds)
        return np.asarray(1 - free)
