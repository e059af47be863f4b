"""What a comparison allows to be said: clear or not, better or worse; never more than the numbers say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pandas as pd

from cogov.analysis.findings import Finding, direction

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


VERDICTS: Mapping[Finding, Verdict] = {
    Finding.BETTER: Verdict.BETTER,
    Finding.WORSE: Verdict.WORSE,
    Finding.HIGHER: Verdict.HIGHER,
    Finding.LOWER: Verdict.LOWER,
    Finding.SMALL: Verdict.UNCLEAR,
    Finding.OPEN: Verdict.UNCLEAR,
    Finding.SAME: Verdict.SAME,
    Finding.FEW: Verdict.UNTESTED,
    Finding.SINGLE: Verdict.UNTESTED,
    Finding.NONE: Verdict.NONE,
}
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


def verdict(row: Mapping[Any, Any]) -> Verdict:
    """What a row of `cogov.analysis.compare` allows to be said; one without a finding has no interval."""
    found = row["finding"]
    if not isinstance(found, str):
        return Verdict.UNTESTED if math.isfinite(row["difference"]) else Verdict.NONE
    return VERDICTS[Finding(found)]


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
