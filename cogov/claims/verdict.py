"""What trials of a claim allow to be said: how large, how sure, and whether the cause is the cause."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from cogov.analysis.compare import paired
from cogov.analysis.findings import margins
from cogov.analysis.intervals import Array

SURVIVES = 0.5
"""Share of an effect that is left without its cause, from which the model is at fault."""


class Verdict(StrEnum):
    """What can be said of a claim."""

    HOLDS = "holds"
    """On the claimed side, by a size that matters, wherever it was tried."""
    ONLY_IF = "holds only if"
    """In some of the places only."""
    SMALL = "too small to matter"
    """The interval lies within the smallest difference that matters."""
    NOT = "does not hold"
    """The interval lies on the other side, or reaches across zero and excludes an effect as claimed."""
    OPEN = "not decided"
    """The interval reaches across zero, and does not exclude an effect that would matter."""


@dataclass(frozen=True)
class Contrast:
    """A paired difference in the outcome, in its own unit."""

    difference: float
    low: float
    high: float
    pairs: int

    @classmethod
    def of(cls, base: Array, other: Array, outcome: str) -> Contrast:
        """The mean of ``other - base`` over replicates, with Student's 95 % interval."""
        found = paired(base[:, None], other[:, None], [outcome])
        middle, low, high = (float(found[name][0]) for name in ("difference", "low", "high"))
        return cls(middle, low, high, int(found["pairs"][0]))

    def beyond(self, sign: int) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.low > 0 if sign > 0 else self.high < 0


@dataclass(frozen=True)
class Tried:
    """One claim in one community.

    Attributes
    ----------
    community : str
    outcome : str
    sign : int
        Which way it should go.
    before, after : float
        Means of the two designs (of an interaction: nothing added, everything added).
    effect : Contrast
        What was added does.
    cut : Contrast or None
        The same without its cause; of an interaction none.
    control : Contrast or None
        What was added does beyond staff for the same money; None where it takes nothing.
    cost : float or None
        Yuan a household and year that it takes more; None of conditions, which nobody pays for.
    no_less : bool
        Whether it is claimed only that the outcome does not fall by what matters.
    """

    community: str
    outcome: str
    sign: int
    before: float
    after: float
    effect: Contrast
    cut: Contrast | None
    control: Contrast | None
    cost: float | None
    no_less: bool = False

    @property
    def matters(self) -> float:
        """Smallest difference that matters; 0 where none is declared."""
        found = float(margins([self.outcome])[0])
        return 0.0 if math.isnan(found) else found

    @property
    def verdict(self) -> Verdict:
        """What can be said of it here."""
        if math.isnan(self.effect.low):
            same = self.effect.pairs > 1 and self.effect.difference == 0
            return Verdict.HOLDS if same and self.no_less else Verdict.NOT if same else Verdict.OPEN
        if self.no_less and self.effect.low > -self.matters:
            return Verdict.HOLDS
        if self.no_less:
            return Verdict.NOT if self.effect.high < -self.matters else Verdict.OPEN
        if self.effect.beyond(self.sign):
            large = abs(self.effect.difference) >= self.matters
            return Verdict.HOLDS if large else Verdict.SMALL
        if self.effect.beyond(-self.sign):
            return Verdict.NOT
        most = self.effect.high if self.sign > 0 else -self.effect.low
        return Verdict.NOT if self.matters and most < self.matters else Verdict.OPEN

    @property
    def defect(self) -> bool:
        """Whether half of the effect or more is there without its cause."""
        if self.no_less or self.cut is None or self.verdict is not Verdict.HOLDS:
            return False
        if not self.cut.beyond(self.sign):
            return False
        return self.cut.difference / self.effect.difference >= SURVIVES

    @property
    def bought(self) -> bool:
        """Whether staff for the same money would have done as much, as far as can be told."""
        return self.control is not None and not self.control.beyond(self.sign)


def overall(tried: Sequence[Tried]) -> Verdict:
    """What can be said of a claim after all places in which it was tried."""
    found = [one.verdict for one in tried]
    if all(one is Verdict.HOLDS for one in found):
        return Verdict.HOLDS
    if Verdict.HOLDS in found:
        return Verdict.ONLY_IF
    for verdict in (Verdict.SMALL, Verdict.NOT):
        if all(one is verdict for one in found):
            return verdict
    return Verdict.OPEN if Verdict.OPEN in found else Verdict.NOT


def together(before: Array, after: Array, alone: Sequence[Array], outcome: str) -> Contrast:
    """What parts do together beyond the sum of what each does alone, replicate by replicate."""
    separate = before + np.sum([part - before for part in alone], axis=0)
    return Contrast.of(separate, after, outcome)
