"""What a limit of the model is: a formula, a published source, and exact values beside the model's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

ROUNDING = 1e-9
"""How far what is not drawn may be from the exact value: relative, and near 0 absolute."""
SINGLE = 1e-5
"""The same where the model keeps a column in single precision."""


@dataclass(frozen=True)
class Row:
    """One exact value and the model's.

    Attributes
    ----------
    error : float
        Standard error of the model's value; 0 where nothing is drawn.
    within : float
        How far the model may be off besides, relative to the exact value: by rounding, or where the
        limit itself is only approached.
    """

    what: str
    exact: float
    model: float
    error: float = 0.0
    within: float = ROUNDING

    @property
    def allowed(self) -> float:
        """How far the model's value may be from the exact one."""
        return 4 * self.error + self.within * max(abs(self.exact), 1e-3)


@dataclass(frozen=True, eq=False)
class Limit:
    """A limit of the model.

    Attributes
    ----------
    how : str
        How the model is brought there.
    least : float
        Allowed distances are below this share of the exact value, else the rows could not tell.
    pending : str
        What the model lacks for it yet.
    """

    title: str
    formula: str
    source: str
    how: str
    measure: Callable[[], Iterator[Row]]
    least: float
    pending: str

    @cached_property
    def rows(self) -> list[Row]:
        """The rows, measured once."""
        return list(self.measure())


def limit(
    title: str, formula: str, source: str, *, least: float = 0.1, pending: str = ""
) -> Callable[[Callable[[], Iterator[Row]]], Limit]:
    """Make a limit of a function that measures its rows; its docstring says how the model comes there."""

    def made(measure: Callable[[], Iterator[Row]]) -> Limit:
        how = " ".join((measure.__doc__ or "").split())
        return Limit(title, formula, source, how, measure, least, pending)

    return made


def mean(values: NDArray[np.floating]) -> tuple[float, float]:
    """Mean of independent values, and its standard error."""
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))
