"""Paired differences between designs: replicate by replicate, the same world under both."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from cogov.errors import StudyError, unknown

COLUMNS = ("outcome", "design", "pairs", "baseline", "mean", "difference", "low", "high")
CONFIDENCE = 0.95


def compare(runs: pd.DataFrame, outcomes: Sequence[str], baseline: str) -> pd.DataFrame:
    """Paired differences of every design from the baseline, with 95 % intervals (paired t).

    Parameters
    ----------
    runs : DataFrame
        One row a run: ``design``, ``replicate`` and a column per outcome, each in its own unit.
    outcomes : sequence of str
        The outcomes to compare.
    baseline : str
        Name of the design to compare with.

    Returns
    -------
    DataFrame
        One row per outcome and other design: ``pairs`` (replicates in which both have a value),
        ``baseline`` and ``mean`` (means over these pairs), ``difference``, ``low``, ``high``. The
        interval is NaN with fewer than two pairs.

    Raises
    ------
    StudyError
        If the runs have no such outcome or design.
    """
    for outcome in outcomes:
        if outcome not in runs:
            raise StudyError(unknown("outcome", outcome, [str(column) for column in runs.columns]))
    designs = list(dict.fromkeys(runs["design"]))
    if baseline not in designs:
        raise StudyError(unknown("design", baseline, designs))
    rows = []
    for outcome in outcomes:
        by_design = runs.pivot(index="replicate", columns="design", values=outcome)
        for design in designs:
            if design != baseline:
                pairs = by_design[[baseline, design]].dropna().to_numpy(dtype=float)
                rows.append((outcome, design, *_paired(pairs[:, 0], pairs[:, 1])))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _paired(base: np.ndarray, other: np.ndarray) -> tuple[int, float, float, float, float, float]:
    """Pairs, both means, mean difference and the bounds of its interval."""
    if base.size == 0:
        return 0, np.nan, np.nan, np.nan, np.nan, np.nan
    difference = other - base
    mean = float(difference.mean())
    low = high = mean
    if base.size == 1:
        low = high = np.nan
    elif (error := stats.sem(difference)) > 0:  # without any spread the interval has no width
        low, high = stats.t.interval(CONFIDENCE, base.size - 1, loc=mean, scale=error)
    return base.size, float(base.mean()), float(other.mean()), mean, float(low), float(high)
