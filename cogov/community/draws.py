"""The few ways in which a community is drawn: exact quotas, bounded levels, shares around a mean."""

from __future__ import annotations

import functools

import numpy as np
import scipy  # its parts are loaded when first used: many who load a profile never build it
from numpy.typing import NDArray

from cogov.kit.elementary import exp, expit, log
from cogov.kit.streams import exponential, normal

Reals = NDArray[np.floating] | NDArray[np.integer]
_QUANTILES = 1024
_STEPS, _CLOSE = 60, 1e-14
"""Most steps to a level, and how near its mean has to be."""


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
    arrival = exponential(draw, len(able)) / weights[able]
    return able[np.sort(np.argsort(arrival, kind="stable")[:number])]


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
    # Whole 65,536ths: fewer digits than any C library gets wrong.
    return (np.rint(table.clip(0, 1) * 2**16) / 2**16).astype(np.float32)


def unit_mean(draw: np.random.Generator, number: int, spread: float) -> NDArray[np.float64]:
    """Lognormal factors with mean 1; ``spread`` is the standard deviation of their logarithms."""
    return exp(spread * normal(draw, number) - spread * spread / 2)


def shares_around(mean: float, effects: Reals, sizes: Reals) -> NDArray[np.float64]:
    """Shares whose logits differ by ``effects`` and whose mean over ``sizes`` is ``mean``."""
    if not 1e-9 < mean < 1 - 1e-9 or sizes.sum() <= 0:  # no logit to shift, or nobody to share
        return np.full(len(effects), min(max(mean, 0.0), 1.0))
    weights = sizes / sizes.sum()

    # Newton's method, halving where it leaves the bounds; by hand, for what scipy's does is not the same to
    # the last bit on every machine.
    level = log(mean / (1 - mean))
    low, high = level - float(effects.max()) - 1, level - float(effects.min()) + 1
    for _ in range(_STEPS):
        shares = expit(level + effects)
        excess = float((weights * shares).sum()) - mean
        if abs(excess) < _CLOSE:
            break
        low, high = (low, level) if excess > 0 else (level, high)
        level -= excess / float((weights * shares * (1 - shares)).sum())
        if not low < level < high:
            level = (low + high) / 2
    return np.asarray(expit(level + effects))
