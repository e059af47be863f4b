"""Tables that change: the columns of a community that a run has its own copy of."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from cogov.community import Places


class Table(Protocol):
    """A table of columns that says which of them a run changes."""

    CHANGES: ClassVar[tuple[str, ...]]


def opened[T: Table](table: T) -> T:
    """The same table with its own copy of the columns that a run changes; the others are shared."""
    mine = copy.copy(table)
    for name in table.CHANGES:
        setattr(mine, name, getattr(table, name).copy())
    return mine


@dataclass(eq=False)
class Homes:
    """What changes about the places themselves.

    Attributes
    ----------
    firm : ndarray of int, shape (compounds,)
        Row of the property firm that serves each compound, -1 where none does.
    has_lift : ndarray of bool, shape (buildings,)
    """

    firm: NDArray[np.int16]
    has_lift: NDArray[np.bool_]

    @classmethod
    def of(cls, places: Places) -> Homes:
        """As they are given."""
        return cls(firm=places.compounds.firm.copy(), has_lift=places.buildings.has_lift.copy())
