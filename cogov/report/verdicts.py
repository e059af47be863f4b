"""What a comparison allows to be said: clear or not, better or worse; never more than the numbers say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pandas as pd

from cogov.outcomes.measures import MEASURES

LEVEL = 0.05
"""Of p-values after Holm's adjustment."""
FEW = 10
"""Replicates below which bootstrap intervals tend to be too narrow."""


class Verdict(StrEnum):
    """What can be said of one difference from the baseline."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    """Clearly more, of what is neither good nor bad."""
    LOWER = "lower"
    UNCLEAR = "unclear"
    SAME = "same"
    """No difference in any pair."""
    UNTESTED = "untested"
    """A difference without an interval: one pair, or a plan too large for intervals."""
    NONE = "none"
    """No pair has a value."""


CLEAR = (Verdict.BETTER, Verdict.WORSE, Verdict.HIGHER, Verdict.LOWER)
MARKS: Mapping[Verdict, str] = {
    Verdict.BETTER: "▲",
    Verdict.WORSE: "▼",
    Verdict.HIGHER: "↑",
    Verdict.LOWER: "↓",
    Verdict.UNCLEAR: "○",
    Verdict.SAME: "=",
    Verdict.UNTESTED: "·",
    Verdict.NONE: "–",
}


def direction(outcome: str) -> int:
    """1 if more of it is better, -1 if less is, 0 if neither or nothing is known of it."""
    return MEASURES[outcome].better if outcome in MEASURES else 0


def verdict(row: Mapping[Any, Any]) -> Verdict:
    """What a row of `cogov.analysis.compare` allows to be said.

    *Clear* asks for both: the 95 % interval excludes 0, and p after Holm's adjustment is below 0.05. Where
    all pairs differ by the same amount, no interval and no test can say how sure that is. A count that
    differs by 1 in every pair may do so by chance, until there are so many pairs that equal signs alone
    would be significant (6); a level that differs by the same amount in two worlds does not.
    """
    difference, low, high = (float(row[name]) for name in ("difference", "low", "high"))
    pairs = int(row["pairs"])
    if pairs == 0 or not math.isfinite(difference):
        return Verdict.NONE
    if not (math.isfinite(low) and math.isfinite(high)):
        return Verdict.UNTESTED
    if low == high == 0:
        return Verdict.SAME
    sure = low > 0 or high < 0
    if low == high and MEASURES[str(row["outcome"])].how == "sum":
        sure = sure and 2.0 ** (1 - pairs) < LEVEL
    if not (sure and float(row["p_holm"]) < LEVEL):
        return Verdict.UNCLEAR
    good = direction(str(row["outcome"])) * difference
    if good == 0:
        return Verdict.HIGHER if difference > 0 else Verdict.LOWER
    return Verdict.BETTER if good > 0 else Verdict.WORSE


def verdicts(comparison: pd.DataFrame) -> pd.DataFrame:
    """The comparison with a column ``verdict``."""
    found = [verdict(row) for row in comparison.to_dict("records")]
    return comparison.assign(verdict=pd.Series(found, index=comparison.index, dtype=object))


def leaning(outcome: str, difference: float) -> Verdict:
    """Which way a difference goes, however sure it is: better, worse, higher, lower or the same."""
    if difference == 0:
        return Verdict.SAME
    good = direction(outcome) * difference
    if good:
        return Verdict.BETTER if good > 0 else Verdict.WORSE
    return Verdict.HIGHER if difference > 0 else Verdict.LOWER
