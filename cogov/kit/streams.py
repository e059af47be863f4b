"""Random draws that are addressed, not consumed.

Each decision has its own counter-based generator: Philox keyed by (seed, name of the decision), with
the week as the high word of the counter. One more draw in one decision changes nothing in another,
and the draws of week 40 do not depend on what happened in week 39.

Uniform and whole numbers come from NumPy's generator, which makes them of whole numbers alone. Normal,
exponential and Poisson numbers are made of those here: NumPy's call the C library, whose last bit depends
on the machine (see `cogov.kit.elementary`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import exp, log1p, normal_quantile

Floats = NDArray[np.float64]
Shape = int | tuple[int, ...]

_CELLS = 4096
"""Equal shares into which a quantile function is divided; within one it is taken as straight."""
_OUTER = 32
"""Shares at an end where it is not straight: there it is worked out."""
_MOST = 8.0
"""Largest mean of one Poisson number: a larger one is the sum of several."""
_NEVER = 2.0**-60
"""Chance of what no uniform number can show."""


class Streams:
    """Generators keyed by (seed, decision, week).

    Parameters
    ----------
    seed : int
        Seed of the run, any integer >= 0.
    """

    def __init__(self, seed: int) -> None:
        self.seed = int(seed)
        self._made: dict[str, tuple[np.random.Generator, Any]] = {}

    def generator(self, decision: str, week: int = 0) -> np.random.Generator:
        """Return the generator of one decision in one week: the same draws at every call.

        Each decision has one generator object, set to the start of the week asked for; so it serves one week
        at a time.
        """
        if decision not in self._made:
            digest = hashlib.blake2b(f"{self.seed}/{decision}".encode(), digest_size=16).digest()
            bits = np.random.Philox(key=np.frombuffer(digest, dtype="<u8").astype(np.uint64))
            start: Any = bits.state
            # As lists, of which every number is taken by itself when the generator is set.
            start["state"] = {name: numbers.tolist() for name, numbers in start["state"].items()}
            start["buffer"] = start["buffer"].tolist()
            self._made[decision] = np.random.Generator(bits), start
        generator, start = self._made[decision]
        start["state"]["counter"][3] = week
        generator.bit_generator.state = start  # far faster than making another
        return generator


def single(draw: np.random.Generator, n: int) -> NDArray[np.float32]:
    """Uniform numbers in single precision: as of ``draw.random(n, dtype=np.float32)``, in less time."""
    raw = draw.bit_generator.random_raw((n + 1) // 2)
    whole = np.asarray(raw, dtype="<u8").view("<u4")[:n] >> 8
    found = whole.astype(np.float32)
    found *= np.float32(2.0**-24)
    return found


def normal(draw: np.random.Generator, shape: Shape) -> Floats:
    """Standard normal numbers, one for each uniform one."""
    return _by_table(draw.random(shape), normal_quantile, _OUTER)


def exponential(draw: np.random.Generator, shape: Shape) -> Floats:
    """Exponential numbers with mean 1, one for each uniform one."""
    return exponential_of(draw.random(shape))


def exponential_of(share: Floats) -> Floats:
    """Exponential numbers with mean 1 that uniform ones stand for."""
    return _by_table(share, _exponential_quantile, 0)


class Poisson:
    """Poisson numbers with given means, by inversion; what is the same in every draw is worked out once.

    Parameters
    ----------
    mean : ndarray
        Of each number, at least 0. A number takes one uniform one, and one more for every further 8 of its
        mean, in the order of the means.
    """

    def __init__(self, mean: Floats) -> None:
        self.shape = mean.shape
        parts = np.ceil(mean.ravel() / _MOST).astype(np.intp).clip(1)
        self._first = np.cumsum(parts) - parts
        rate = np.repeat(mean.ravel() / parts, parts)
        chance = exp(-rate)
        below, highest = [chance], rate.max(initial=0.0)
        while len(below) <= highest or (chance > _NEVER).any():
            chance = chance * (rate / len(below))
            below.append(below[-1] + chance)
        self._below = np.array(below)
        """for each number from 0 on, the chances of it and of all smaller ones, shape (numbers, parts)"""
        self._least: Floats = np.minimum.reduce(self._below, axis=1, initial=1.0)
        """the least of them for each number: nothing is larger unless some uniform number is above it"""

    def draw(self, generator: np.random.Generator) -> NDArray[np.intp]:
        """Draw one number for each mean."""
        share = generator.random(self._below.shape[1:])
        most = self._least.searchsorted(share.max(initial=0.0), side="right")
        larger = (share >= self._below[:most]).view(np.int8)
        number = np.add.reduce(larger, axis=0, dtype=np.int8)  # of a mean of at most 8
        return np.add.reduceat(number, self._first, dtype=np.intp).reshape(self.shape)


def _exponential_quantile(share: Floats) -> Floats:
    return -log1p(-share)


@cache
def _table(quantile: Callable[[Floats], Floats]) -> tuple[Floats, Floats]:
    """Values at the lower ends of all cells, and how much they rise across each; infinite ends are 0."""
    ends = np.arange(_CELLS + 1) / _CELLS
    values = np.zeros(_CELLS + 1)
    values[1:-1] = quantile(ends[1:-1])
    return values[:-1], np.diff(values)


def _by_table(share: Floats, quantile: Callable[[Floats], Floats], lowest: int) -> Floats:
    """Values of a quantile function: straight within a cell, and worked out in the outermost ones."""
    at = share * _CELLS
    cell = at.astype(np.int64)
    at -= cell
    values, rises = _table(quantile)
    at *= rises.take(cell, mode="clip")  # none is beyond: no check is faster
    at += values.take(cell, mode="clip")
    ends = cell >= _CELLS - _OUTER
    if lowest:
        ends |= cell < lowest
    outer = ends.ravel().nonzero()[0]
    # 0 is drawn once in 2^53: half a step of the generator stands for it.
    at.ravel()[outer] = quantile(np.maximum(share.ravel()[outer], 2.0**-54))
    return at
