"""What a goal is judged by: its mean over runs, or a low quantile over draws of what is assumed."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from scipy import stats

from cogov.analysis.intervals import CONFIDENCE, Array, means

METHOD: Final = "median_unbiased"
"""How `numpy.quantile` estimates quantiles: whatever the distribution, right in the median (type 8 of Hyndman
and Fan 1996)."""


def judged(goals: Array, quantile: float | None) -> Array:
    """What goals come to over runs.

    Parameters
    ----------
    goals : ndarray, shape (runs, ...)
        Differences from the baseline in the same run, more being better.
    quantile : float or None
        In (0, 0.5); None for the mean.
    """
    if quantile is None:
        return np.asarray(goals.mean(0))
    return np.asarray(np.quantile(goals, quantile, axis=0, method=METHOD))


def interval(goals: Array, quantile: float | None) -> tuple[float, float]:
    """The 95 % interval of what one goal is judged by; NaN where runs are too few for that end.

    Of a mean it is Student's, of a quantile that of order statistics, whatever the distribution
    (`scipy.stats.quantile_test`).

    Parameters
    ----------
    goals : ndarray, shape (runs,)
    quantile : float or None
    """
    if quantile is None:
        low, high = means(goals[:, None]).interval()
        return float(low[0]), float(high[0])
    if np.ptp(goals) == 0:
        return math.nan, math.nan
    found = stats.quantile_test(goals, p=quantile).confidence_interval(CONFIDENCE)
    return float(found.low), float(found.high)


def runs_needed(quantile: float) -> int:
    """Runs from which the interval of a quantile has both ends.

    >>> runs_needed(0.1)
    36
    """
    return math.ceil(math.log((1 - CONFIDENCE) / 2) / math.log1p(-quantile))
