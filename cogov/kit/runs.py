"""Runs: parts of arrays that stand one after another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import Any

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


def expand(first: NDArray[Any], last: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Expand ranges ``first..last-1`` into (members, position of the range each is from)."""
    size = (last - first).astype(np.intp)
    owner = np.arange(len(size)).repeat(size)
    members = np.arange(len(owner))
    members += (first - (size.cumsum() - size)).repeat(size)
    return members, owner


def occurrence(values: NDArray[np.integer]) -> NDArray[np.int64]:
    """How often each entry's value has occurred before it: 0, 0, 1 for a, b, a."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    first = np.searchsorted(ordered, ordered)
    occurrence = np.empty(len(values), dtype=np.int64)
    occurrence[order] = np.arange(len(values)) - first
    return occurrence
