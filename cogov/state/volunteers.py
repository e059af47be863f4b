"""Volunteers (志愿者): how many, where, of which pools and with what skill; kept cohort by cohort."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community, Places, Residents
from cogov.community.cohorts import Cohort, place_of
from cogov.community.ties import Followed
from cogov.rules.pools import belong
from cogov.terms import COHORTS, Age, Service

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]
PLACED = 2
"""Hours are kept apart for those whose duty does not fit (0) and fits (1) what they can and want."""


class Hours:
    """Active people of one union of pools.

    Attributes
    ----------
    people : ndarray, shape (cohorts, buildings)
        Active volunteers.
    hours : ndarray, shape (cohorts, neighbourhoods, placed, 1 + services)
        Their weekly hours by whether the duty fits and by skill, the first column without a particular skill.
    """

    def __init__(self, buildings: int, neighbourhoods: int) -> None:
        self.people = np.zeros((COHORTS, buildings))
        self.hours = np.zeros((COHORTS, neighbourhoods, PLACED, 1 + len(Service)))

    def _add_up(self, cohort: int, building: Ints, cell: Ints, hours: NDArray[np.floating]) -> None:
        """Add up active people of a cohort: where each lives, in which cell of ``hours``, with how many."""
        mine = self.hours[cohort]
        mine[:] = np.bincount(cell.astype(np.intp), hours, mine.size).reshape(mine.shape)
        self.people[cohort] = np.bincount(building, minlength=self.people.shape[1])


class Volunteers(Hours):
    """How many volunteer, where, with what skill and for how many hours.

    Attributes
    ----------
    placed : ndarray of bool, shape (residents,)
        Whose duty was fitted to what they can and want.
    near : Followed
        Everybody's everyday ties to those who volunteer.
    in_pools : dict of tuple of str to Hours
        The same for those in at least one of some pools; of the pools from which rules in force fill posts.
    eligible : dict of tuple of str to ndarray, shape (buildings,)
        Residents in at least one of some pools, active or not; of the pools that rules in force ask.
    left : ndarray, shape (neighbourhoods, placed, 1 + services)
        Hours a week that no post takes, people of units by day included.
    votes, voters : ndarray, shape (cohorts, age bands)
        Expected votes in a committee election, and adults.
    """

    def __init__(self, community: Community) -> None:
        places = community.places
        super().__init__(len(places.building_compound), len(places.neighbourhoods))
        self.placed = np.zeros(len(community.residents), dtype=bool)
        self.near = Followed(len(community.residents))
        self.in_pools: dict[tuple[str, ...], Hours] = {}
        self.eligible: dict[tuple[str, ...], Floats] = {}
        self.left = np.zeros(self.hours.shape[1:])
        self.votes = np.zeros((COHORTS, len(Age)))
        self.voters = np.zeros((COHORTS, len(Age)))

    def look_at(
        self,
        residents: Residents,
        places: Places,
        given: float,
        filling: Iterable[tuple[str, ...]],
        asked: Iterable[tuple[str, ...]],
    ) -> None:
        """Count everybody anew, with an eye on the pools from which posts are filled and people asked."""
        buildings, neighbourhoods = self.people.shape[1], self.hours.shape[1]
        self.in_pools = {union: Hours(buildings, neighbourhoods) for union in filling}
        everybody = slice(None)
        self.eligible = {
            union: np.bincount(residents.building, belong(residents, everybody, union), buildings)
            for union in asked
        }
        for cohort in range(COHORTS):
            active = Cohort(cohort).who(residents.volunteering)
            self.count(residents, places, cohort, active, given)

    def place(self, cohort: int, rows: NDArray[np.intp]) -> None:
        """Note whose duty fits, of a cohort."""
        mine = Cohort(cohort)
        fits = np.zeros(mine.size(len(self.placed)), dtype=bool)
        fits[place_of(rows)] = True
        mine.put(self.placed, fits)

    def count(
        self, residents: Residents, places: Places, cohort: int, active: NDArray[np.intp], given: float
    ) -> None:
        """Count one cohort anew, whose volunteers are at the rows ``active``."""
        building, hours = residents.building[active], given * residents.free_hours[active]
        cell = places.building_neighbourhood[building].astype(np.int64) * PLACED + self.placed[active]
        cell = cell * (1 + len(Service)) + residents.skill[active] + 1
        self._add_up(cohort, building, cell, hours)
        of_pool = cache(lambda pool: belong(residents, active, (pool,)))  # most pools are in many unions
        for union, counted in self.in_pools.items():
            mine = np.logical_or.reduce([of_pool(pool) for pool in union])
            counted._add_up(cohort, building[mine], cell[mine], hours[mine])

    def skills(self, used: float) -> Floats:
        """Share of the hours left that are spent on each skill, shape (neighbourhoods, services).

        Parameters
        ----------
        used : float
            Share of skilled hours that is put to use where nobody fitted the duty.
        """
        skilled = self.left[:, :, 1:]
        in_skill = used * skilled[:, 0] + skilled[:, 1]
        return np.asarray(in_skill / np.maximum(self.left.sum((1, 2)), 1e-12)[:, None])
