"""How well a difference is known: its interval over seeds, and whether it can be told from 0."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.analysis.intervals import means

Floats = NDArray[np.float64]
TOLD = ("apart", "not_apart", "constant", "no_interval", "one_seed")
"""Whether a difference can be told from 0: its interval leaves 0 out, or holds it; or there is none, because
it is the same in every seed, because too few seeds differ, or because there is one only."""
COLUMNS = ("difference", "low", "high", "least", "most", "from_zero")
"""What `spread` says of a difference."""


def spread(gaps: Floats, size: Floats | None = None) -> dict[str, Any]:
    """Differences and their intervals over seeds.

    Parameters
    ----------
    gaps : ndarray, shape (seeds, k)
        B - A in each seed, of the same world.
    size : ndarray, shape (k,), optional
        Size of the numbers the differences were computed from, so that rounding is not taken for spread.

    Returns
    -------
    dict of str to ndarray, shape (k,)
        `COLUMNS`: the mean; Student's 95 % interval of the mean difference within seeds
        (`cogov.analysis.intervals.means`), NaN where fewer than five seeds differ from the commonest value;
        the difference in the seeds where it is least and most; one of `TOLD`.
    """
    found = means(gaps, size)
    low, high = found.interval()
    cases = [np.full(len(low), len(gaps) == 1), (low > 0) | (high < 0), ~np.isnan(low), found.odd == 0]
    told = np.select(cases, ["one_seed", "apart", "not_apart", "constant"], "no_interval")
    columns = (gaps.mean(0), low, high, gaps.min(0), gaps.max(0), told.astype(object))
    return dict(zip(COLUMNS, columns, strict=True))


def together(gaps: Floats) -> dict[str, Any]:
    """The sum of several differences, seed by seed, and its interval: parts of one seed lean on each other.

    Parameters
    ----------
    gaps : ndarray, shape (seeds, k)

    Returns
    -------
    dict of str to float or str
        `COLUMNS`, of the sum.
    """
    found = spread(gaps.sum(1, keepdims=True), np.abs(gaps).max(initial=0.0, keepdims=True)[0])
    return {name: values[0] for name, values in found.items()}
