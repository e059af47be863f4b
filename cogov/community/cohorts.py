"""Cohorts: residents take stock by turns, a quarter of them a week, one block of 64 rows in four.

Rows 0 to 63 are of cohort 0, 64 to 127 of cohort 1, ..., 256 to 319 of cohort 0 again. So a visit to a cohort
reads and writes whole cache lines of a column, and copies blocks instead of single rows. Neighbours of a
stairwell mostly have the same turn; how often somebody has it does not depend on where anybody lives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.terms import COHORTS

Ints = NDArray[np.integer]

BLOCK = 64
"""Rows of one turn in a column."""
ROUND = COHORTS * BLOCK
"""Rows after which it is the same cohort's turn again."""


def cohort_of(rows: Ints) -> Ints:
    """Cohort of each resident, 0 to 3."""
    return rows // BLOCK & (COHORTS - 1)  # there are four: far faster than a remainder


def place_of(rows: Ints) -> Ints:
    """Place of each resident in its cohort."""
    return rows // ROUND * BLOCK + rows % BLOCK


def rows_of(cohort: Ints | int, places: Ints) -> Ints:
    """Rows of the residents at some places of a cohort, or each of its own cohort."""
    return places // BLOCK * ROUND + places % BLOCK + cohort * BLOCK


@dataclass(frozen=True)
class Cohort:
    """One of the four: its part of any column over the residents.

    Attributes
    ----------
    number : int
        0 to 3.
    """

    number: int

    @classmethod
    def in_week(cls, week: int) -> Cohort:
        """The one whose turn a week is."""
        return cls(week % COHORTS)

    def size(self, residents: int) -> int:
        """How many of so many residents are in it."""
        rounds, rest = divmod(residents, ROUND)
        return rounds * BLOCK + min(max(rest - self.number * BLOCK, 0), BLOCK)

    def rows(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """Rows of the residents at some places of the cohort."""
        return np.asarray(rows_of(self.number, places), np.intp)

    def of[T: np.generic](self, column: NDArray[T]) -> NDArray[T]:
        """Its part of a column, a copy in the order of rows."""
        rounds, rest = self._parts(column)
        whole = rounds.size
        part = np.empty(whole + rest.size, column.dtype)
        part[:whole].reshape(rounds.shape)[:] = rounds
        part[whole:] = rest
        return part

    def who(self, column: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Rows of those in it for whom a column is true, ascending."""
        return self.rows(np.flatnonzero(self.of(column)))

    def put(self, column: NDArray[Any], part: NDArray[Any]) -> None:
        """Write its part of a column."""
        rounds, rest = self._parts(column)
        whole = rounds.size
        rounds[:] = part[:whole].reshape(rounds.shape)
        rest[:] = part[whole:]

    def drift(self, column: NDArray[np.float32], share: np.float32, towards: np.float32) -> None:
        """Let its part of a level close a share of the gap to something."""
        for part in self._parts(column):
            moved = towards - part
            moved *= share
            part += moved

    def _parts[T: np.generic](self, column: NDArray[T]) -> tuple[NDArray[T], NDArray[T]]:
        """Views: its blocks in whole rounds, shape (rounds, 64), and its rows in the rest."""
        whole = len(column) // ROUND * ROUND
        first = self.number * BLOCK
        rest = column[whole + first : whole + first + BLOCK]
        return column[:whole].reshape(-1, COHORTS, BLOCK)[:, self.number], rest
