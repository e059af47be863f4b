"""Racing (竞速): dropping designs as soon as paired runs show that others are better, with a promise kept.

All designs are run with the same seeds, so that two of them differ by what they do and not by their luck.
At a few planned looks a design is dropped if another is better in every goal and within the budget, or if it
is over the budget itself: each a one-sided paired t-test, of all goals and limits together the weakest
(intersection-union, Berger 1982), at a level that is shared out equally over designs, rivals and looks
(Bonferroni, which asks nothing of how tests depend on each other; tests on the same seeds do).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.analysis.intervals import Array, Flags, means

FIRST = 8
"""Replicates before the first look: a t-test of fewer rests on too little."""
RISK = 0.05
"""Probability, at most, that any design is dropped that should not be."""


@dataclass(frozen=True)
class Dropped:
    """Why a design was dropped.

    Attributes
    ----------
    replicates : int
        After how many.
    by : int
        Position of the design that is better in every goal; -1 if it is over the budget.
    """

    replicates: int
    by: int


def looks(most: int, first: int = FIRST) -> list[int]:
    """Numbers of replicates at which a race is looked at: twice as many each time.

    >>> looks(40)
    [8, 16, 32, 40]
    """
    found = [min(first, most)]
    while found[-1] < most:
        found.append(min(2 * found[-1], most))
    return found


@dataclass(frozen=True)
class Race:
    """The rule of a race between designs that are given before it begins.

    Attributes
    ----------
    designs : int
        That enter.
    goals, limits : int
        How many goals and limits of the budget there are.
    most : int
        Replicates at the end.
    first : int
        Replicates before the first look.
    risk : float
        Probability, at most, that any design is dropped though no other is better in every goal, or though it
        is within the budget.
    beat : bool
        Whether a design is dropped because another is better, which is a test of means; else only those over
        the budget are.
    """

    designs: int
    goals: int
    limits: int
    most: int
    first: int = FIRST
    risk: float = RISK
    beat: bool = True

    @property
    def looks(self) -> list[int]:
        """Numbers of replicates at which designs may be dropped."""
        return looks(self.most, self.first)

    @property
    def level(self) -> float:
        """Level of each test."""
        rivals = self.designs - 1 if self.beat else 0
        tests = self.designs * max(1, rivals + self.limits) * len(self.looks)
        return self.risk / tests

    def drop(self, goals: Array, excess: Array, there: Flags) -> dict[int, Dropped]:
        """Which designs are dropped at a look.

        Parameters
        ----------
        goals : ndarray, shape (replicates, designs, goals)
            More is better.
        excess : ndarray, shape (replicates, designs, limits)
            What a design takes beyond each limit of the budget; at most 0 is within it.
        there : ndarray of bool, shape (designs,)
            Designs still in the race; values of others are not looked at.

        Returns
        -------
        dict of int to Dropped
        """
        replicates = len(goals)
        within, beyond = _budget(excess)
        found = {
            int(one): Dropped(replicates, -1)
            for one in np.flatnonzero(there)
            if (beyond[one] < self.level).any()
        }
        rivals = np.flatnonzero(there & (within < self.level).all(1))
        for one in np.flatnonzero(there & self.beat):
            others = rivals[rivals != one]
            if int(one) in found or not len(others):
                continue
            p = _better(goals[:, others] - goals[:, [one]]).max(1)
            best = int(np.argmin(p))
            if p[best] < self.level:
                found[int(one)] = Dropped(replicates, int(others[best]))
        return found


def _better(differences: Array) -> Array:
    """P-values of "no better" by column; shape (rivals, goals). What has no interval says nothing."""
    replicates, rivals, goals = differences.shape
    found = means(differences.reshape(replicates, -1)).above(0.0)
    return np.asarray(np.where(np.isnan(found), 1.0, found).reshape(rivals, goals))


def _budget(excess: Array) -> tuple[Array, Array]:
    """P-values of "over the limit" and of "within it"; shape (designs, limits) each.

    What is the same in every run is known without a test: what the baseline takes beyond itself is nothing.
    """
    replicates, designs, limits = excess.shape
    flat = excess.reshape(replicates, -1)
    found = means(flat)
    constant = (flat == flat[:1]).all(0)
    within = np.where(constant, (flat[0] > 0).astype(float), found.below(0.0))
    beyond = np.where(constant, (flat[0] <= 0).astype(float), found.above(0.0))
    shape = (designs, limits)
    return np.nan_to_num(within, nan=1.0).reshape(shape), np.nan_to_num(beyond, nan=1.0).reshape(shape)


def ranks(goals: Array) -> NDArray[np.int64]:
    """Pareto ranks of points, more being better: 0 for those that none dominates, 1 without these, and so on.

    Parameters
    ----------
    goals : ndarray, shape (points, goals)

    Returns
    -------
    ndarray of int, shape (points,)
    """
    beaten = dominates(goals)
    found = np.full(len(goals), -1, dtype=np.int64)
    rank = 0
    while (left := found < 0).any():
        found[left & ~beaten[left].any(0)] = rank
        rank += 1
    return found


def dominates(goals: Array, by: Array | float = 0.0) -> Flags:
    """Which point (row) dominates which (column): nowhere worse, and somewhere better by more than ``by``."""
    more = goals[:, None] - goals[None]
    return np.asarray((more >= 0).all(2) & (more > by).any(2))


def spread(goals: Array, matters: Array, order: NDArray[np.int64]) -> list[int]:
    """A front without what hardly differs: points that no other dominates by a size that matters, thinned.

    Parameters
    ----------
    goals : ndarray, shape (points, goals)
        More is better.
    matters : ndarray, shape (goals,)
        Smallest differences that matter.
    order : ndarray of int, shape (points,)
        Which are preferred where several hardly differ: the first.

    Returns
    -------
    list of int
        Positions, in that order; of any two, each is better by more than what matters in some goal or there
        is none between them that is preferred.
    """
    good = ~dominates(goals, matters).any(0)
    kept: list[int] = []
    for point in order[good[order]].tolist():
        if not any((goals[one] >= goals[point] - matters).all() for one in kept):
            kept.append(point)
    return kept
