"""The few ways in which a community is drawn: exact quotas, bounded levels, shares around a mean."""

from __future__ import annotations

import functools

import numpy as np
import scipy  # its parts are loaded when first used: many who load a profile never build it
from numpy.typing import NDArray

Reals = NDArray[np.floating] | NDArray[np.integer]
_QUANTILES = 1024


def quotas(shares: Reals, sizes: Reals) -> NDArray[np.int64]:
    """Whole numbers next to ``shares * sizes`` whose total is the rounded total.

    Rounding the running sum keeps small groups from all being rounded the same way.

    >>> quotas(np.full(4, 0.25), np.array([2, 2, 2, 2])).sum()
    np.int64(2)
    """
    running = np.rint(np.cumsum(shares * sizes)).astype(np.int64)
    numbers: NDArray[np.int64] = np.diff(running, prepend=0)
    return numbers


def pick(draw: np.random.Generator, weights: Reals, number: int) -> NDArray[np.int64]:
    """Positions of ``number`` entries drawn without replacement in proportion to weights.

    Entries of weight 0 are never drawn; fewer come back if too few have weight. An exponential race:
    the first to arrive, at rates equal to the weights (Efraimidis and Spirakis 2006).
    """
    able = np.flatnonzero(weights > 0)
    if number >= len(able):
        return able
    arrival = draw.standard_exponential(len(able)) / weights[able]
    return able[np.sort(np.argpartition(arrival, number)[:number])]


def levels(draw: np.random.Generator, number: int, mean: float, concentration: float) -> NDArray[np.float32]:
    """Levels in [0, 1] with a Beta law, by table of its quantiles (twenty times faster than drawing it)."""
    places = draw.integers(0, _QUANTILES, number, dtype=np.uint16)
    drawn: NDArray[np.float32] = _beta_quantiles(mean, concentration)[places]
    return drawn


@functools.lru_cache(maxsize=64)
def _beta_quantiles(mean: float, concentration: float) -> NDArray[np.float32]:
    if mean in (0.0, 1.0):
        return np.full(_QUANTILES, mean, dtype=np.float32)
    middles = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    table: NDArray[np.float64] = scipy.special.betaincinv(
        mean * concentration, (1 - mean) * concentration, middles
    )
    return table.clip(0, 1).astype(np.float32)


def unit_mean(draw: np.random.Generator, number: int, spread: float) -> NDArray[np.float64]:
    """Lognormal factors with mean 1; ``spread`` is the standard deviation of their logarithms."""
    return np.exp(spread * draw.standard_normal(number) - spread**2 / 2)


def shares_around(mean: float, effects: Reals, sizes: Reals) -> NDArray[np.float64]:
    """Shares whose logits differ by ``effects`` and whose mean over ``sizes`` is ``mean``."""
    if not 1e-9 < mean < 1 - 1e-9 or sizes.sum() <= 0:  # no logit to shift, or nobody to share
        return np.full(len(effects), min(max(mean, 0.0), 1.0))
    weights = sizes / sizes.sum()

    def excess(level: float) -> float:
        return float(weights @ scipy.special.expit(level + effects)) - mean

    middle = float(scipy.special.logit(mean))
    level = scipy.optimize.brentq(excess, middle - effects.max() - 1, middle - effects.min() + 1)
    return np.asarray(scipy.special.expit(level + effects))
