"""Intervals of means over replicates, and where there are none because the data cannot carry one.

Student's interval was chosen by its coverage in simulations (``docs/comparisons.md``): with few, skewed or
mostly equal values none of the bootstrap intervals does better, and a test at the same level says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

CONFIDENCE = 0.95
LEAST = 5
"""Values that must differ from the commonest one, for an interval: found by simulation."""
DIGITS = 12
"""Digits of a value, in units of its column's size, that are more than rounding."""


@dataclass(frozen=True, eq=False)
class Means:
    """Means of columns, and how well they are known.

    Attributes
    ----------
    count : ndarray of int, shape (k,)
        Values there are.
    mean, deviation, error : ndarray, shape (k,)
        Mean, standard deviation (n - 1) and standard error; NaN where there are too few values for them.
    freedom : ndarray, shape (k,)
        Degrees of freedom of the error.
    odd : ndarray of int, shape (k,)
        How many values differ from the commonest one.
    enough : ndarray of bool, shape (k,)
        Whether the values carry an interval: `LEAST` of them differ from the commonest one.
    """

    count: NDArray[np.int64]
    mean: Array
    deviation: Array
    error: Array
    freedom: Array
    odd: NDArray[np.int64]
    enough: Flags

    @classmethod
    def joined(cls, parts: Sequence[Means]) -> Means:
        """The columns of several, one after the other."""
        return cls(*(np.concatenate([getattr(one, field.name) for one in parts]) for field in fields(cls)))

    def interval(self, confidence: float = CONFIDENCE) -> tuple[Array, Array]:
        """Student's interval of each mean; NaN where the values cannot carry one."""
        half = stats.t.isf((1 - confidence) / 2, self.freedom) * self.error
        half = np.where(self.enough, half, np.nan)
        return self.mean - half, self.mean + half

    def above(self, value: Array | float) -> Array:
        """One-sided p-values of "the mean is at most ``value``"; NaN where there is no interval."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found = stats.t.sf((self.mean - value) / self.error, self.freedom)
        return np.where(self.enough, found, np.nan)

    def below(self, value: Array | float) -> Array:
        """One-sided p-values of "the mean is at least ``value``"; NaN where there is no interval."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found = stats.t.cdf((self.mean - value) / self.error, self.freedom)
        return np.where(self.enough, found, np.nan)


def means(values: Array, size: Array | None = None) -> Means:
    """Means of columns over replicates.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        A row a replicate; NaN where it has no value: the column then has fewer.
    size : ndarray, shape (k,), optional
        Size of the numbers that the values were computed from, for telling spread from rounding; by default
        that of the values themselves.
    """
    width = values.shape[1]
    size = sizes(values) if size is None else size
    mean, deviation = np.full((2, width), np.nan)
    odd = np.zeros(width, dtype=np.int64)
    for columns, part in alike(values):
        mean[columns] = part.mean(0)
        odd[columns] = len(part) - commonest(part, size[columns])
        if len(part) > 1:
            deviation[columns] = part.std(0, ddof=1)
    count = np.isfinite(values).sum(0)
    error = deviation / np.sqrt(np.maximum(count, 1))
    freedom = np.where(count > 1, count - 1.0, np.nan)
    return Means(count, mean, deviation, error, freedom, odd, odd >= LEAST)


def crossed(values: Array, size: Array | None = None) -> Means:
    """Means over two things sampled independently of each other, such as replicates and settings.

    The variances of the means over either are added, so that what varies with both is counted in each:
    rather too wide than too narrow. Degrees of freedom are Satterthwaite's (1946). Where the values do not
    vary at all along one of them (and there are more than five), its part is nothing.

    Parameters
    ----------
    values : ndarray, shape (n, m, k)
        Without NaN.
    size : ndarray, shape (k,), optional
        As for `means`.
    """
    n, _, width = values.shape
    size = sizes(values.reshape(-1, width)) if size is None else size
    sides = means(values.mean(1), size), means(values.mean(0), size)
    constant = np.stack([side.odd == 0 for side in sides])
    parts = np.where(constant, 0.0, np.stack([side.error for side in sides]) ** 2)
    whole = parts.sum(0)
    shares = np.divide(parts, whole, out=np.zeros_like(parts), where=whole > 0)
    weights = (shares**2 / np.stack([side.freedom for side in sides])).sum(0)
    freedom = np.divide(1.0, weights, out=np.full(width, np.nan), where=weights > 0)
    carried = np.stack([side.enough | ((side.odd == 0) & (side.count > LEAST)) for side in sides])
    enough = carried.all(0) & ~constant.all(0)
    error = np.sqrt(whole)
    return Means(sides[0].count, sides[0].mean, error * np.sqrt(n), error, freedom, sides[0].odd, enough)


def commonest(values: Array, size: Array) -> NDArray[np.int64]:
    """How often the commonest value of each column occurs, values apart by rounding only taken for equal.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        Without NaN; n >= 1.
    size : ndarray, shape (k,)
        As for `means`.
    """
    ordered = np.sort(values, axis=0)
    new = np.ones(ordered.shape, dtype=bool)
    new[1:] = np.diff(ordered, axis=0) > 10.0**-DIGITS * size
    starts = np.flatnonzero(new.T.ravel())
    lengths = np.diff(starts, append=new.size)
    column = starts // len(values)
    return np.maximum.reduceat(lengths, np.flatnonzero(np.diff(column, prepend=-1)))


def sizes(*values: Array) -> Array:
    """The largest absolute value of each column in any of some arrays; 0 where there is none."""
    both = np.abs(np.concatenate(values))
    return np.asarray(np.where(np.isfinite(both), both, 0.0).max(0, initial=0.0))


def alike(values: Array) -> Iterator[tuple[NDArray[np.int64], Array]]:
    """Columns with equally many values, put together: (their positions, their values without NaN)."""
    present = np.isfinite(values)
    counts = present.sum(0)
    packed = np.take_along_axis(values, np.argsort(~present, axis=0, kind="stable"), axis=0)
    for count in np.unique(counts[counts > 0]):
        columns = np.flatnonzero(counts == count)
        yield columns, packed[:count, columns]
