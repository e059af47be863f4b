"""Institutions: the rules of a design laid over one community, as arrays that processes read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.rules.areas import Area, draw_areas
from cogov.rules.design import Design
from cogov.rules.kinds import KINDS, Aggregation, Boundary, Choice, Information, Payoff, Position, Rule
from cogov.rules.posts import Ledger, Posts
from cogov.terms import Kind, Level, Service

PRIORITIES = 3
"""A seat has so many top priorities among the eight fields."""


@dataclass(frozen=True)
class Council:
    """One aggregation rule laid over its areas: the seats of all its councils, side by side.

    Attributes
    ----------
    rule : Aggregation
    area : Area
    seat_area : ndarray of int, shape (seats,)
        The council (area) a seat belongs to.
    wants : ndarray of bool, shape (seats, services)
        A seat's own top priorities among fields.
    unit : ndarray of int, shape (seats,)
        The unit that holds the seat, or -1.
    payer : ndarray of int, shape (seats,)
        Row of the post that pays the seat's hours: the committee, the firm in the compound, or for owners and
        residents the volunteers of the neighbourhood; -1 for units, which pay with what they would offer.
    """

    rule: Aggregation
    area: Area
    seat_area: NDArray[np.int64]
    wants: NDArray[np.bool_]
    unit: NDArray[np.int64]
    payer: NDArray[np.int64]


class Institutions:
    """A design's rules laid over a community.

    Parameters
    ----------
    design : Design
    community : Community

    Raises
    ------
    DesignError
        If a rule does not fit this community (more blocks than neighbourhoods).
    """

    def __init__(self, design: Design, community: Community, needs: NDArray[np.float64]) -> None:
        self.design = design
        self.rules = design.rules()
        self.areas = draw_areas(self.rules, community)
        self.posts = Posts(list(self._of(Position)), self.areas, community)
        self.ledger = Ledger(self.posts.rows)
        self.positions = {rule.name: rule for rule in self._of(Position)}
        self.boundaries = {rule.post: rule for rule in self._of(Boundary) if rule.post != "volunteers"}
        self.admissions = [rule for rule in self._of(Boundary) if rule.post == "volunteers"]
        self.consents = [rule for rule in self._of(Aggregation) if rule.subject == "consent"]
        self._information = _sorted_by(self._of(Information), lambda rule: rule.about)
        self._payoffs = _sorted_by(self._of(Payoff), lambda rule: (rule.to, rule.term))
        self.held_by_neighbours = self._held_by_neighbours()
        self.keeping = {rule.key: self._keeping(rule) for rule in self.rules if rule.keeper and rule.upkeep}
        self.funded: dict[tuple[str, str], float] = {rule.key: 1.0 for rule in self.rules}
        self.councils = [
            self._seat(rule, community, needs) for rule in self._of(Aggregation) if rule.subject == "agenda"
        ]
        self.councils.sort(key=lambda council: (council.area.level, council.rule.name))
        self.council_on = np.zeros(len(Level), dtype=bool)
        self.council_on[[council.area.level for council in self.councils]] = True
        self.deadlines = np.full(len(Kind), np.inf)
        self.summons = np.full((len(Level), len(Kind)), np.nan)
        self.authority = np.repeat(np.arange(len(Level))[None, :], len(Kind), axis=0)
        self.settling = np.zeros((len(Kind), len(Level)))
        self._grant_powers()
        self.handler = self._handlers(community)
        self.next_rung = self._next_rung()

    def _of[R: Rule](self, kind: type[R]) -> Iterator[R]:
        return (rule for rule in self.rules if isinstance(rule, kind))

    def information(self, about: str) -> list[Information]:
        """The information rules about one thing."""
        return self._information.get(about, [])

    def _next_rung(self) -> NDArray[np.int64]:
        """For each kind and level the next one up where a post handles the kind; the district always does."""
        manned = (self.handler >= 0).any(2)
        manned[:, Level.DISTRICT] = True
        above = manned[:, None, :] & (np.arange(len(Level)) > np.arange(len(Level))[:, None])
        return np.where(above.any(2), above.argmax(2), Level.DISTRICT)

    def _held_by_neighbours(self) -> NDArray[np.bool_]:
        """For each post row, whether volunteers hold it."""
        held = np.zeros(self.posts.rows + 1, dtype=bool)  # one more, so that a design without posts has a row
        for rule in self.posts.rules:
            boundary = self.boundaries.get(rule.name)
            held[self.posts.at(rule.name)] = rule.staffed_by == "volunteers" or (
                boundary is not None and boundary.pool != "staff"
            )
        return held

    def _keeping(self, rule: Rule) -> NDArray[np.float64]:
        """Hours a week that a rule takes from each row of its keeper.

        An area of the rule is looked after by the keeper in whose area it lies; where there are more keepers,
        by all of them.
        """
        keeper = self.areas[self.positions[rule.keeper].area]
        area = self.areas[getattr(rule, "area", "subdistrict")]
        if area.n <= keeper.n:
            return np.full(keeper.n, rule.upkeep)
        first = np.unique(area.of_building, return_index=True)[1]
        return np.asarray(
            rule.upkeep * np.bincount(keeper.of_building[first], minlength=keeper.n), dtype=float
        )

    def payoff(self, to: str, term: str) -> float:
        """Weight of one term in a decision: the sum over rules, each as far as it is paid for."""
        return sum(rule.weight * self.funded[rule.key] for rule in self._payoffs.get((to, term), []))

    def _grant_powers(self) -> None:
        """Lay the choice rules into tables by kind and level; of two on one level the cheaper serves."""
        for rule in sorted(self._of(Choice), key=lambda rule: rule.hours):
            level = Level[rule.level.upper()]
            for kind in (KINDS.index(name) for name in rule.kinds):
                if rule.power == "dispatch":
                    self.deadlines[kind] = min(self.deadlines[kind], rule.weeks)
                elif rule.power == "summon":
                    self.summons[level, kind] = np.fmin(self.summons[level, kind], rule.hours)
                else:
                    above = np.arange(level + 1, Level.DISTRICT)
                    above = above[self.authority[kind, above] > level]
                    self.authority[kind, above] = level
                    self.settling[kind, above] = rule.hours

    def _handlers(self, community: Community) -> NDArray[np.int64]:
        """Row of the post that handles a kind on a level for a compound, or -1.

        Shape (kinds, levels, compounds). Posts that only help with small issues are not handlers.
        """
        handler = np.full((len(Kind), len(Level), len(community.places.compounds.names)), -1, dtype=np.int64)
        for rule in sorted(self.positions.values(), key=lambda rule: (rule.competence, rule.name)):
            if rule.small or not rule.handles:
                continue
            area = self.areas[rule.area]
            rows = self.posts.start[rule.name].start + area.of_compound.astype(np.int64)
            if rule.staffed_by == "firm":
                rows = np.where(community.places.compounds.firm >= 0, rows, -1)
            for kind in (KINDS.index(name) for name in rule.handles):
                handler[kind, area.level] = rows
        return handler

    def _seat(self, rule: Aggregation, community: Community, needs: NDArray[np.float64]) -> Council:
        """Put people on the seats of a council and note what each of them wants."""
        area = self.areas[rule.area]
        places, units = community.places, community.units
        compound_wants = top(needs / needs.mean(0).clip(1e-12))
        weight = np.diff(places.compound_households)[:, None]
        first = places.neighbourhood_compounds[:-1]
        by_neighbourhood = np.add.reduceat(needs, first) / np.add.reduceat(weight, first)
        wants = top(by_neighbourhood / by_neighbourhood.mean(0).clip(1e-12))
        payers = {
            name: self.posts.at(name).start if name in self.posts.start else None
            for name in ("committee", "volunteers", "firm")
        }

        def paid_by(post: str, area_of_seat: NDArray[np.integer]) -> NDArray[np.int64]:
            start = payers[post]
            none = np.full(len(area_of_seat), -1)
            return none if start is None else start + area_of_seat.astype(np.int64)

        seat_area: list[NDArray[np.int64]] = []
        seat_wants, unit, payer = [], [], []

        def add(
            areas: NDArray[np.int64],
            fields: NDArray[np.bool_],
            holder: NDArray[np.int64] | int,
            pays: NDArray[np.int64] | int,
        ) -> None:
            seat_area.append(areas)
            seat_wants.append(fields)
            unit.append(np.broadcast_to(holder, areas.shape).astype(np.int64))
            payer.append(np.broadcast_to(pays, areas.shape).astype(np.int64))

        home_of = places.compound_neighbourhood
        if "neighbourhoods" in rule.seats:
            pays = paid_by("committee", np.arange(len(wants)))
            add(area.of_neighbourhood.astype(np.int64), wants, -1, pays)
        if "units" in rule.seats and len(units):
            near = np.flatnonzero(units.neighbourhood >= 0)
            home = area.of_neighbourhood[units.neighbourhood[near]].astype(np.int64)
            add(home, top(units.hours[near], 2) & (units.hours[near] > 0), near, -1)
        if "owners" in rule.seats:
            own = np.flatnonzero(places.compounds.owners_committee >= 0)
            add(
                area.of_compound[own].astype(np.int64),
                compound_wants[own],
                -1,
                paid_by("volunteers", home_of[own]),
            )
        if "firms" in rule.seats:
            served = np.flatnonzero(places.compounds.firm >= 0)
            _, once = np.unique(
                np.column_stack([area.of_compound[served], places.compounds.firm[served]]),
                axis=0,
                return_index=True,
            )
            trade = np.zeros((len(once), len(Service)), dtype=bool)
            trade[:, [Service.REPAIR_HELP, Service.VENUE, Service.ENVIRONMENT]] = True
            table = area.of_compound[served[once]].astype(np.int64)
            add(table, trade, -1, paid_by("firm", served[once]))
        if "residents" in rule.seats:
            # One speaker from each of the two largest compounds of a neighbourhood.
            size = np.diff(places.compound_households)
            order = np.lexsort((-size, places.compound_neighbourhood))
            rank = np.arange(len(order)) - first[places.compound_neighbourhood[order]]
            speakers = order[rank < 2]
            table = area.of_compound[speakers].astype(np.int64)
            add(table, compound_wants[speakers], -1, paid_by("volunteers", home_of[speakers]))
        if not seat_area:
            seat_area, seat_wants = [np.zeros(0, np.int64)], [np.zeros((0, len(Service)), bool)]
            unit, payer = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        return Council(
            rule,
            area,
            np.concatenate(seat_area),
            np.concatenate(seat_wants),
            np.concatenate(unit),
            np.concatenate(payer),
        )


def _sorted_by[K, R](rules: Iterable[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    found: dict[K, list[R]] = {}
    for rule in rules:
        found.setdefault(key(rule), []).append(rule)
    return found


def top(values: NDArray[np.generic], n: int = PRIORITIES) -> NDArray[np.bool_]:
    """Mark the ``n`` largest entries of each row (ties to the earlier field)."""
    order = np.argsort(-np.asarray(values, dtype=float), axis=1, kind="stable")[:, :n]
    marks = np.zeros(values.shape, dtype=bool)
    np.put_along_axis(marks, order, True, axis=1)
    return marks


__all__ = ["Council", "Institutions", "top"]
