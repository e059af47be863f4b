"""Draws of assumptions (假定抽样): points that fill hundreds of ranges evenly, and can be extended.

A Sobol' sequence in as many dimensions as a run has assumptions is no good with a few hundred points: it has
fewer patterns than dimensions, so that pairs of them move together (with 256 points in 600 dimensions the
largest correlation is above 0.9), and whatever one assumption does is seen in the other as well. Here each
assumption has a scrambled Sobol' sequence of its own, whose points are shuffled within blocks of 1, 1, 2, 4,
8 ...: the first 2^k points still have one in each of 2^k equal parts of every range (a Latin hypercube), a
longer plan begins with the shorter one, and pairs are as little correlated as those of random numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc


def unit(names: Sequence[str], samples: int, seed: int) -> NDArray[np.float64]:
    """Points in the unit cube, a column a name.

    What a name is given depends on it, the seed and the number of the point, and not on the other names: two
    studies that have an assumption in common draw the same of it.

    Parameters
    ----------
    names : sequence of str
    samples : int
        A power of two.
    seed : int

    Returns
    -------
    ndarray, shape (samples, names)
        In [0, 1).
    """
    return np.column_stack([_column(name, samples, seed) for name in names])


def _column(name: str, samples: int, seed: int) -> NDArray[np.float64]:
    key = int.from_bytes(hashlib.sha256(f"{seed} {name}".encode()).digest()[:16])
    scramble, shuffle = np.random.default_rng(key).spawn(2)
    values = qmc.Sobol(1, rng=scramble).random(samples)[:, 0]
    start = 1
    while start < samples:
        shuffle.shuffle(values[start : 2 * start])
        start *= 2
    return np.asarray(values)
