"""Volunteers (志愿者): how many, where, of which pools and with what skill; kept cohort by cohort."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community, Places, Residents
from cogov.community.cohorts import Cohort, place_of
from cogov.rules.pools import belong, of_each
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

    def __init__(self, people: Floats, hours: Floats) -> None:
        self.people, self.hours = people, hours


class Volunteers(Hours):
    """How many volunteer, where, with what skill and for how many hours.

    Attributes
    ----------
    placed : ndarray of bool, shape (residents,)
        Whose duty was fitted to what they can and want.
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
        cells = (COHORTS, len(places.neighbourhoods), PLACED, 1 + len(Service))
        super().__init__(np.zeros((COHORTS, len(places.building_compound))), np.zeros(cells))
        self.placed = np.zeros(len(community.residents), dtype=bool)
        self.in_pools: dict[tuple[str, ...], Hours] = {}
        self._keep_apart([])
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
        self._keep_apart(sorted(filling))
        everybody, buildings = slice(None), self.people.shape[1]
        self.eligible = {
            union: np.bincount(residents.building, belong(residents, everybody, union), buildings)
            for union in asked
        }
        for cohort in range(COHORTS):
            active = Cohort(cohort).who(residents.volunteering)
            self.count(residents, places, cohort, active, given)

    def _keep_apart(self, unions: list[tuple[str, ...]]) -> None:
        """Make room for those of some unions of pools: one block for all, of which each has its part."""
        self._people, self._hours = (np.zeros((len(unions), *of.shape)) for of in (self.people, self.hours))
        self.in_pools = {
            union: Hours(*parts) for union, *parts in zip(unions, self._people, self._hours, strict=True)
        }
        self._before = np.array(
            [unions.index(union[:-1]) if union[:-1] in unions else -1 for union in unions], dtype=np.intp
        )

    def place(self, cohort: int, rows: NDArray[np.intp]) -> None:
        """Note whose duty fits, of a cohort."""
        mine = Cohort(cohort)
        fits = np.zeros(mine.size(len(self.placed)), dtype=bool)
        fits[place_of(rows)] = True
        mine.put(self.placed, fits)

    def count(
        self, residents: Residents, places: Places, cohort: int, active: NDArray[np.intp], share: float
    ) -> None:
        """Count one cohort anew: volunteers at rows ``active``, who give a share of their free hours."""
        building, hours = residents.building[active], share * residents.free_hours[active]
        cell = places.building_neighbourhood[building].astype(np.intp) * PLACED + self.placed[active]
        cell = cell * (1 + len(Service)) + residents.skill[active] + 1
        mine, buildings, unions = self.hours[cohort], self.people.shape[1], len(self.in_pools)
        mine[:] = np.bincount(cell, hours, mine.size).reshape(mine.shape)
        self.people[cohort] = np.bincount(building, minlength=buildings)
        if not unions:
            return
        of = of_each(residents, active, {pool for union in self.in_pools for pool in union})
        union, at = np.nonzero([np.logical_or.reduce([of[pool] for pool in each]) for each in self.in_pools])
        given = np.bincount(union * mine.size + cell[at], hours[at], unions * mine.size)
        self._hours[:, cohort] = given.reshape(unions, *mine.shape)
        many = np.bincount(union * buildings + building[at], minlength=unions * buildings)
        self._people[:, cohort] = many.reshape(unions, buildings)

    def apart(self) -> dict[tuple[str, ...], Hours]:
        """Active people of the last of some pools who are in none of those before it, of all cohorts.

        Returns
        -------
        dict of tuple of str to Hours
            Without the axis of cohorts.
        """
        before = self._before >= 0
        apart = []
        for counted in (self._people, self._hours):
            of_all = counted.sum(1)
            own = of_all.copy()
            own[before] -= of_all[self._before[before]]
            apart.append(own)
        return {union: Hours(*parts) for union, *parts in zip(self.in_pools, *apart, strict=True)}

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
