"""Domains (领域满意度): what residents' satisfaction is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.community.cohorts import Cohort, cohort_of
from cogov.kit.runs import picked
from cogov.terms import COHORTS

UNCHANGED = 0.5
"""What people make of a home at which nothing was built."""


@dataclass(frozen=True)
class Weights:
    """How much each domain counts in satisfaction; they add up to 1."""

    services: float
    ease: float
    home: float


class Domains:
    """How residents fare in each domain, and so how satisfied they are.

    Satisfaction is the weighted mean of three domains in [0, 1]: services, a life without problems, and what
    was built at one's home. Each began at what the resident was satisfied with at the start and is on its way
    from there to how things are now: the share of needs that is met, 1 without problems, ``UNCHANGED`` where
    nothing is built.

    So what services have brought is the same for all of one cohort, neighbourhood and class of need, and
    needs no column of residents.

    Attributes
    ----------
    kept : ndarray of float64, shape (cohorts,)
        Share of the start that a cohort still goes by.
    services : ndarray of float64, shape (cohorts, neighbourhoods x classes)
        What the services since then have brought; the domain is at kept x start + services.
    ease : ndarray of float32, shape (residents,)
        A life without problems: 1 without any that is remembered.
    home : ndarray of float32, shape (residents,)
        What was built at one's home.
    """

    def __init__(
        self, start: NDArray[np.float32], cell: NDArray[np.signedinteger], cells: int, weights: Weights
    ) -> None:
        self._start, self._cell, self.weights = start, cell, weights
        cohorts = [Cohort(number) for number in range(COHORTS)]
        self._people = np.stack(
            [np.bincount(mine.of(cell), minlength=cells).astype(np.int32) for mine in cohorts]
        )
        self._sizes = self._people.sum(1)
        self._started = np.array([mine.of(start).sum(dtype=np.float64) for mine in cohorts])
        self.kept = np.ones(COHORTS)
        self.services = np.zeros((COHORTS, cells))
        self.ease, self.home = start.copy(), start.copy()

    def take_stock(self, mine: Cohort, met: NDArray[np.float64], kept: float) -> NDArray[np.float32]:
        """Let a cohort move towards how things are now; returns how satisfied it is.

        Parameters
        ----------
        met : ndarray, shape (neighbourhoods, classes)
            Share of their hours of need that is met.
        kept : float
            Share of what they went by that they still go by.
        """
        number = mine.number
        self.kept[number] *= kept
        self.services[number] = kept * self.services[number] + (1 - kept) * met.ravel()
        share = np.float32(1 - kept)
        mine.drift(self.ease, share, np.float32(1.0))
        mine.drift(self.home, share, np.float32(UNCHANGED))
        services = picked(self.services[number].astype(np.float32), mine.of(self._cell))
        services += np.float32(self.kept[number]) * mine.of(self._start)
        return self._weighed(services, mine.of(self.ease), mine.of(self.home))

    def satisfaction(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """How satisfied residents are, in [0, 1]."""
        return self._weighed(self.served(rows), self.ease[rows], self.home[rows])

    def served(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """How residents fare in the domain of services, in [0, 1]."""
        cohort = cohort_of(rows)
        cell = cohort * self.services.shape[1] + self._cell[rows]
        served = picked(self.services.ravel(), cell).astype(np.float32)
        served += self.kept.astype(np.float32)[cohort] * self._start[rows]
        return served

    def _weighed(
        self, services: NDArray[np.float32], ease: NDArray[np.float32], home: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        weights = self.weights
        found = np.float32(weights.services) * services
        found += np.float32(weights.ease) * ease
        found += np.float32(weights.home) * home
        np.minimum(found, np.float32(1), out=found)
        return found

    def channels(self, ease: float, home: float) -> dict[str, float]:
        """Where mean satisfaction comes from: parts that add up to it, but for rounding.

        ``reference`` is what it would be without services, problems and works: the same under every design.

        Parameters
        ----------
        ease, home : float
            Means of these domains over all residents.
        """
        n, weights = len(self._start), self.weights
        started = float((self.kept * self._started).sum()) / n
        new = float(((1 - self.kept) * self._sizes).sum()) / n
        services = float((self.services * self._people).sum()) / n
        return {
            "reference": started + new * (weights.ease + weights.home * UNCHANGED),
            "services": weights.services * services,
            "issues": weights.ease * (ease - started - new),
            "works": weights.home * (home - started - new * UNCHANGED),
        }
