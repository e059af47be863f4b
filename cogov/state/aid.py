"""Help between neighbours (守望相助): who needs small help, and with how much of it they are helped."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cogov.terms import COHORTS, Service

Floats = NDArray[np.floating]


class SmallNeeds(NamedTuple):
    """Needs of a cohort with which a neighbour can help, one entry for each person and service.

    They stand cell after cell: neighbourhood x services + service.

    Attributes
    ----------
    row : ndarray of int, shape (needs,)
        Place of the person in the cohort, possibly repeated.
    hours : ndarray, shape (needs,)
        A week.
    cell : ndarray of int, shape (cells,)
        Cells in which somebody needs something, ascending.
    start : ndarray of int, shape (cells,)
        Where the needs of each of them begin.
    """

    row: NDArray[np.int32]
    hours: NDArray[np.float32]
    cell: NDArray[np.intp]
    start: NDArray[np.intp]

    @classmethod
    def of(
        cls, row: NDArray[np.integer], hours: NDArray[np.floating], cell: NDArray[np.integer]
    ) -> SmallNeeds:
        """Put needs in order, each with its cell."""
        order = np.argsort(cell, kind="stable")
        cells, start = np.unique(cell[order], return_index=True)
        return cls(row[order].astype(np.int32), hours[order].astype(np.float32), cells.astype(np.intp), start)


class Aid:
    """Hours of need that tied neighbours meet, kept cohort by cohort of those who are helped.

    Attributes
    ----------
    needs : tuple of SmallNeeds
        By cohort.
    hours : ndarray, shape (cohorts, neighbourhoods, services)
        Hours a week met, at ordinary need.
    """

    def __init__(self, needs: tuple[SmallNeeds, ...], neighbourhoods: int) -> None:
        self.needs = needs
        self.hours = np.zeros((COHORTS, neighbourhoods, len(Service)))

    def help(self, cohort: int, share: Floats) -> None:
        """Help a cohort with a share of each of its small needs, in [0, 1]."""
        needs, mine = self.needs[cohort], self.hours[cohort]
        if len(needs.start):
            mine.ravel()[needs.cell] = np.add.reduceat(needs.hours * share, needs.start)

    def share(self, needs: Floats) -> Floats:
        """Share of ordinary need (hours a week) that is met, shape (neighbourhoods, services), in [0, 1]."""
        met = self.hours.sum(0)
        return np.minimum(np.divide(met, needs, out=np.zeros_like(met), where=needs > 0), 1.0)
