"""Runs: parts of arrays that stand one after another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray


def runs(sizes: Iterable[int]) -> tuple[slice, ...]:
    """Where parts of these sizes are that stand one after another.

    >>> runs([2, 0, 3])
    (slice(0, 2, None), slice(2, 2, None), slice(2, 5, None))
    """
    return tuple(slice(*pair) for pair in pairwise(accumulate(sizes, initial=0)))


def chained(parts: Iterable[NDArray[np.intp]]) -> NDArray[np.intp]:
    """Arrays of places one after another; of none an empty one."""
    return np.concatenate([np.zeros(0, dtype=np.intp), *parts])


def whole(part: slice) -> NDArray[np.intp]:
    """The places of a part.

    >>> whole(slice(2, 5)).tolist()
    [2, 3, 4]
    """
    return np.arange(part.start, part.stop)
