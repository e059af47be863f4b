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


def picked[T: np.generic](column: NDArray[T], rows: NDArray[np.integer]) -> NDArray[T]:
    """Entries of a column at rows that it has: not to look whether it has them takes half the time.

    >>> picked(np.array([1.5, 2.5, 3.5]), np.array([2, 0])).tolist()
    [3.5, 1.5]
    """
    return column.take(rows, mode="clip")


def members(first: NDArray[Any], size: NDArray[np.intp]) -> NDArray[np.intp]:
    """Expand ranges that begin at ``first`` and have so many members.

    >>> members(np.array([7, 0]), np.array([2, 3])).tolist()
    [7, 8, 0, 1, 2]
    """
    before = size.cumsum() - size
    found = (first - before).repeat(size)
    found += np.arange(len(found))
    return np.asarray(found, dtype=np.intp)


def expand(first: NDArray[Any], last: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Expand ranges ``first..last-1`` into (members, position of the range each is from)."""
    size = (last - first).astype(np.intp)
    return members(first, size), np.arange(len(size)).repeat(size)


def totals[T: np.floating](values: NDArray[T], size: NDArray[np.intp]) -> NDArray[T]:
    """Add up parts of these sizes that stand one after another; of an empty one it is 0.

    >>> totals(np.array([1.0, 2.0, 4.0]), np.array([2, 0, 1])).tolist()
    [3.0, 0.0, 4.0]
    """
    found, some = np.zeros(len(size), dtype=values.dtype), size > 0
    if some.any():
        found[some] = np.add.reduceat(values, (size.cumsum() - size)[some])
    return found


def occurrence(values: NDArray[np.integer]) -> NDArray[np.int64]:
    """How often each entry's value has occurred before it: 0, 0, 1 for a, b, a."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    first = np.searchsorted(ordered, ordered)
    occurrence = np.empty(len(values), dtype=np.int64)
    occurrence[order] = np.arange(len(values)) - first
    return occurrence
