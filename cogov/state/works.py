"""Works (设施): what is built and then stands, what is on its way, and the venues (活动场地) among it.

A work stands in a compound until nobody has looked after it for as many weeks as its programme says it lasts.
A venue has room for so many people at a time and is open so many hours a week; its reach are the buildings
whose residents count it as theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cogov.community.places import Places
from cogov.community.venues import Venues
from cogov.kit.errors import ConfigError, unknown
from cogov.rules.kinds import WORKS

if TYPE_CHECKING:
    from cogov.rules.kinds import Programme
    from cogov.state.purses import Appeal, Pledge

Rows = NDArray[np.int64]
CARED_FOR = 0.5
"""Share of its upkeep below which a work counts as neglected in a week."""


@dataclass(eq=False)
class Work:
    """One thing that stands.

    Attributes
    ----------
    what : str
        One of ``WORKS``.
    building, compound, neighbourhood : int
        Where.
    programme : str
        The programme that built it and looks after it; empty for what was there before.
    since : int
        Week from which it stands.
    lasts : int
        Weeks after which it is gone if nobody looks after it.
    tended : bool
        Whether it needs somebody to look after it at all.
    people, hours : int, float
        Of a venue: people at a time, open hours a week.
    reach : ndarray of int
        Of a venue: buildings whose residents count it as theirs, ascending.
    across : int
        Of a gate: the compound on its other side, -1 for anything else.
    kept : float
        Share of the hours and money it takes that it got this week; a venue is open as far.
    neglected : int
        Weeks in a row in which it got less than half.
    """

    what: str
    building: int
    compound: int
    neighbourhood: int
    programme: str = ""
    since: int = 0
    lasts: int = 0
    tended: bool = False
    people: int = 0
    hours: float = 0.0
    reach: Rows = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    across: int = -1
    kept: float = 1.0
    neglected: int = 0


@dataclass(eq=False)
class Project:
    """A work on its way: proposed, planned, agreed to, promised its money, permitted, built.

    Attributes
    ----------
    programme : Programme
        As amended where and when it was taken up.
    building, compound, neighbourhood : int
        The site.
    started : int
        Week in which it was proposed.
    stage : str
        What it waits for: plan, consent, money, permits or works (which end in week ``ready``).
    planned : float
        Hours that a designer has given to it.
    talk : cogov.processes.consent.Talk or None
        What the owners think, where they must agree.
    ready : int
        Week in which it is finished, once that is known; -1 before.
    pledge : Pledge or None
        The money that is set aside for it until works begin.
    looked : ndarray, shape (bodies,)
        How far each body that must permit it has looked at it, in [0, 1].
    appeal : Appeal or None
        Gifts asked for, where it is paid with gifts.
    """

    programme: Programme
    building: int
    compound: int
    neighbourhood: int
    started: int
    stage: str = "plan"
    planned: float = 0.0
    talk: Any = None
    ready: int = -1
    pledge: Pledge | None = None
    looked: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    appeal: Appeal | None = None


@dataclass(eq=False)
class Rooms:
    """Where neighbours can meet this week: slots of venues, by neighbourhood, and who counts them as theirs.

    Attributes
    ----------
    start : ndarray of int, shape (neighbourhoods + 1,)
        Slots of each neighbourhood, as offsets.
    venue : ndarray of int, shape (slots,)
        The venue of each slot; every venue's first comes before any second.
    people, reach : ndarray of int, shape (venues,)
        People at a time, and how many residents count it as theirs.
    """

    start: Rows
    venue: Rows
    people: Rows
    reach: Rows
    _before: Rows
    _shift: Rows
    _ends: Rows

    def residents(self, venue: Rows, place: Rows) -> Rows:
        """Rows of the residents who stand at a place among those who count a venue as theirs."""
        at = self._before[venue] + place
        return np.asarray(at + self._shift[np.searchsorted(self._ends, at, side="right")])


class Works:
    """All that stands, and all that is on its way.

    Attributes
    ----------
    built : list of Work
        In the order in which they came, those that were there from the start first.
    projects : list of Project
        In the order in which they were proposed.
    asked : dict of int to int
        Week from which each unit may be asked for a gift again, of those asked.
    """

    def __init__(self, places: Places, venues: Venues) -> None:
        self.places = places
        self.built: list[Work] = []
        self.projects: list[Project] = []
        self.asked: dict[int, int] = {}
        self._rested: dict[str, NDArray[np.int64]] = {}
        self._rooms: tuple[float, Rooms] | None = None
        self._gates: list[tuple[int, int]] = []
        self._reach: dict[Work, tuple[Rows, Rows, int]] = {}
        self._residents = places.building_rows.astype(np.int64)
        for compound, people, hours in zip(venues.compound, venues.people, venues.hours, strict=True):
            building = int(places.compound_buildings[compound])
            reach = self.around(building, "neighbourhood")
            self.add("venue", building, people=int(people), hours=float(hours), reach=reach)

    def around(self, building: int, reach: str) -> Rows:
        """Buildings of the compound or neighbourhood of a building, or that one alone."""
        places, first, last = self.places, building, building + 1
        if reach == "compound":
            first, last = places.compound_buildings[places.building_compound[building] :][:2]
        elif reach == "neighbourhood":
            here = int(places.building_neighbourhood[building])
            first, last = places.compound_buildings[places.neighbourhood_compounds[here : here + 2]]
        return np.arange(first, last)

    def add(self, what: str, building: int, **about: Any) -> Work:
        """Something stands from now on.

        Parameters
        ----------
        what : str
            One of ``WORKS``.
        building : int
            Where, or next to which.
        **about
            Further fields of `Work`.

        Raises
        ------
        ConfigError
            If there is no such kind of work.
        """
        if what not in WORKS:
            raise ConfigError(unknown("work", what, WORKS))
        places = self.places
        home = int(places.building_compound[building]), int(places.building_neighbourhood[building])
        work = Work(what, building, *home, **about)
        self.built.append(work)
        self._rooms = None
        return work

    def reached(self, work: Work) -> Rows:
        """Buildings whose residents count a venue as theirs: of a whole compound, through open gates too."""
        own = self.around(work.building, "compound")
        if not np.isin(own, work.reach).all():
            return work.reach
        reach = work.reach
        for here, there in self.gates():
            if work.compound in (here, there):
                other = there if work.compound == here else here
                reach = np.union1d(reach, np.flatnonzero(self.places.building_compound == other))
        return reach

    def gates(self) -> list[tuple[int, int]]:
        """Compounds between which an open gate stands and is cared for."""
        return [
            (gate.compound, gate.across) for gate in self.built if gate.across >= 0 and gate.kept >= CARED_FOR
        ]

    def _residents_around(self, work: Work) -> tuple[Rows, Rows, int]:
        """Residents who count a venue as theirs: first rows, those after the last, run by run; how many."""
        if work not in self._reach:
            first, last = (self._residents[ends] for ends in runs(self.reached(work)))
            self._reach[work] = first, last, int((last - first).sum())
        return self._reach[work]

    def standing(self, what: str) -> NDArray[np.bool_]:
        """Where something of a kind stands: shape (compounds,).

        Raises
        ------
        ConfigError
            If there is no such kind of work.
        """
        if what not in WORKS:
            raise ConfigError(unknown("work", what, WORKS))
        there = np.zeros(len(self.places.compounds), dtype=bool)
        there[[work.compound for work in self.built if work.what == what]] = True
        return there

    def keep(self, work: Work, kept: float) -> None:
        """Note the share of a week's upkeep that a work got; what is neglected for too long is gone."""
        if kept != work.kept:
            self._rooms = None
        work.kept = kept
        work.neglected = work.neglected + 1 if kept < CARED_FOR else 0
        if work.tended and work.neglected >= work.lasts:
            self.built.remove(work)
            self._rooms = None

    def rested(self, what: str) -> NDArray[np.int64]:
        """Week from which something may be proposed for each building, again: shape (buildings,)."""
        return self._rested.setdefault(what, np.zeros(len(self.places.buildings), dtype=np.int64))

    def rooms(self, slot: float) -> Rooms:
        """Slots of so many hours in the venues that stand, as far as they are kept open."""
        if self._rooms is None or self._rooms[0] != slot:
            self._rooms = slot, self._laid_out(slot)
        return self._rooms[1]

    def _laid_out(self, slot: float) -> Rooms:
        if self.gates() != self._gates:  # until one opens or closes, who is around stays the same
            self._gates, self._reach = self.gates(), {}
        venues: list[Work] = []
        firsts, lasts, counts = [], [], []
        for work in self.built:
            if not work.people:
                continue
            first, last, count = self._residents_around(work)
            if count:
                venues.append(work)
                firsts.append(first)
                lasts.append(last)
                counts.append(count)
        nth = [np.arange(int(work.hours * work.kept / slot + 1e-9)) for work in venues]
        home = np.array([work.neighbourhood for work in venues], dtype=np.intp)
        slots = np.array([len(numbers) for numbers in nth], dtype=np.intp)
        venue = np.repeat(np.arange(len(venues)), slots)
        order = np.lexsort((venue, np.concatenate([*nth, np.zeros(0, np.int64)]), home[venue]))
        per_home = np.bincount(home[venue], minlength=len(self.places.neighbourhoods))
        first = np.concatenate([*firsts, np.zeros(0, np.int64)])
        length = np.concatenate([*lasts, np.zeros(0, np.int64)]) - first
        reach, ends = np.array(counts, dtype=np.int64), np.cumsum(length)
        return Rooms(
            start=np.append(0, np.cumsum(per_home)),
            venue=venue[order],
            people=np.array([work.people for work in venues], dtype=np.int64),
            reach=reach,
            _before=np.cumsum(reach) - reach,
            _shift=first - (ends - length),
            _ends=ends,
        )


def beyond_the_wall(places: Places, compound: int) -> int:
    """The compound next to one in its neighbourhood, with which it could share a gate; -1 if it is alone."""
    first, last = places.neighbourhood_compounds[
        places.compound_neighbourhood[compound] : places.compound_neighbourhood[compound] + 2
    ].tolist()
    if last - first < 2:
        return -1
    return compound + 1 if compound + 1 < last else compound - 1


def runs(buildings: Rows) -> tuple[Rows, Rows]:
    """First buildings of runs of consecutive ones, and those after their last."""
    breaks = np.flatnonzero(np.diff(buildings) != 1) + 1
    first = buildings[np.append(0, breaks)] if len(buildings) else buildings
    last = buildings[np.append(breaks, len(buildings)) - 1] + 1 if len(buildings) else buildings
    return first, last
