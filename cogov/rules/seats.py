"""Seats: people put on the seats of councils, with what each of them wants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.rules.areas import Area
from cogov.rules.kinds import Council
from cogov.rules.laid import Laid
from cogov.rules.posts import Posts
from cogov.terms import Level, Service

PRIORITIES = 3
"""A place, and who speaks for it, has so many top priorities among the eight fields (assumed)."""


@dataclass(frozen=True)
class SeatedCouncil:
    """One council rule laid over its areas: the seats of all its councils, side by side.

    Attributes
    ----------
    laid : Laid
        The rule over its areas.
    seat_area : ndarray of int, shape (seats,)
        The council (area) a seat belongs to.
    wants : ndarray of bool, shape (seats, services)
        A seat's own top priorities among fields: of who speaks for people, what they need more than others
        (`priorities`).
    unit : ndarray of int, shape (seats,)
        The unit that holds the seat, or -1.
    holder : ndarray of int, shape (seats,)
        Who holds the seat, among all who may hold one in any council (`holders`).
    payer : ndarray of int, shape (seats,)
        Row of the post that pays the seat's hours: the committee, the firm in the compound, or for owners and
        residents the volunteers of the neighbourhood; -1 for units, which pay with what they would offer.
    speaks_for : ndarray of int, shape (seats,)
        The neighbourhood whose people a seat speaks for; -1 for units and firms.
    personal : ndarray of bool, shape (seats,)
        Whether somebody of a unit sits there who is a member in person: no rank of the unit stands between.
    """

    laid: Laid[Council]
    seat_area: NDArray[np.intp]
    wants: NDArray[np.bool_]
    unit: NDArray[np.intp]
    holder: NDArray[np.intp]
    payer: NDArray[np.intp]
    speaks_for: NDArray[np.intp]
    personal: NDArray[np.bool_]

    @property
    def rule(self) -> Council:
        """The rule."""
        return self.laid.rule

    @property
    def area(self) -> Area:
        """The areas that have a council each."""
        return self.laid.area


def holders(community: Community) -> dict[str, int]:
    """Where those who may hold seats begin, by kind of seat, if all of them stand in one row; and ``all``.

    It is the same under every design: a number of the week's draws is somebody's own, whatever council it is
    in and whatever that is called.
    """
    compounds = len(community.places.compounds)
    sizes = {
        "neighbourhoods": len(community.places.neighbourhoods),
        "units": len(community.units),
        "owners": compounds,
        "firms": compounds,
        "residents": compounds,
        "part_timers": len(community.units),
        "deputies": len(community.places.neighbourhoods),
    }
    ends = np.cumsum(list(sizes.values())).tolist()
    return dict(zip([*sizes, "all"], [0, *ends], strict=True))


def seat(
    laid: Laid[Council],
    posts: Posts,
    community: Community,
    needs: NDArray[np.float64],
    firm: NDArray[np.integer],
) -> SeatedCouncil:
    """Put people on the seats of a council and note what each of them wants."""
    rule, area = laid.rule, laid.area
    places, units = community.places, community.units
    compound_wants = priorities(needs, np.diff(places.compound_households)) > 0
    first = places.neighbourhood_compounds[:-1]
    wants = priorities(np.add.reduceat(needs, first), np.diff(places.neighbourhood_households)) > 0
    payers = {
        name: posts.at(name).start if name in posts.start else None
        for name in ("committee", "volunteers", "firm", "deputy")
    }

    def paid_by(post: str, area_of_seat: NDArray[np.integer]) -> NDArray[np.intp]:
        start = payers[post]
        none = np.full(len(area_of_seat), -1)
        return none if start is None else start + area_of_seat.astype(np.intp)

    seat_area: list[NDArray[np.intp]] = []
    seat_wants, unit, holder, payer, speaks_for, personal = [], [], [], [], [], []
    first_of = holders(community)

    def add(
        kind: str,
        rows: NDArray[np.integer],
        areas: NDArray[np.intp],
        fields: NDArray[np.bool_],
        pays: NDArray[np.intp] | int,
        people: NDArray[np.integer] | int = -1,
    ) -> None:
        seat_area.append(areas)
        seat_wants.append(fields)
        of_unit = kind in ("units", "part_timers")
        unit.append(rows.astype(np.intp) if of_unit else np.full(len(rows), -1, np.intp))
        personal.append(np.full(len(rows), kind == "part_timers"))
        holder.append(first_of[kind] + rows.astype(np.intp))
        payer.append(np.broadcast_to(pays, areas.shape).astype(np.intp))
        speaks_for.append(np.broadcast_to(people, areas.shape).astype(np.intp))

    home_of = places.compound_neighbourhood
    if "neighbourhoods" in rule.seats:
        # In areas smaller than a neighbourhood its committee has a seat in each.
        inside = area.level < Level.NEIGHBOURHOOD
        own = home_of.astype(np.intp) if inside else np.arange(len(wants))
        table = (area.of_compound if inside else area.of_neighbourhood).astype(np.intp)
        add("neighbourhoods", own, table, wants[own], paid_by("committee", own), own)
    if "units" in rule.seats and len(units):
        near = np.flatnonzero(units.neighbourhood >= 0)
        home = area.of_neighbourhood[units.neighbourhood[near]].astype(np.intp)
        add("units", near, home, top(units.hours[near], 2) & (units.hours[near] > 0), -1)
    if "owners" in rule.seats:
        own = np.flatnonzero(places.compounds.owners_committee >= 0)
        table, lives = area.of_compound[own].astype(np.intp), home_of[own]
        add("owners", own, table, compound_wants[own], paid_by("volunteers", lives), lives)
    if "firms" in rule.seats:
        served = np.flatnonzero(firm >= 0)
        _, once = np.unique(
            np.column_stack([area.of_compound[served], firm[served]]),
            axis=0,
            return_index=True,
        )
        trade = np.zeros((len(once), len(Service)), dtype=bool)
        trade[:, [Service.REPAIR_HELP, Service.VENUE, Service.ENVIRONMENT]] = True
        table = area.of_compound[served[once]].astype(np.intp)
        add("firms", served[once], table, trade, paid_by("firm", served[once]))
    if "residents" in rule.seats:
        # One speaker from each of the two largest compounds of a neighbourhood.
        size = np.diff(places.compound_households)
        order = np.lexsort((-size, places.compound_neighbourhood))
        rank = np.arange(len(order)) - first[places.compound_neighbourhood[order]]
        speakers = order[rank < 2]
        table = area.of_compound[speakers].astype(np.intp)
        lives = home_of[speakers]
        pays = paid_by("volunteers", lives)
        add("residents", speakers, table, compound_wants[speakers], pays, lives)
    if "part_timers" in rule.seats and len(units):
        near = np.flatnonzero(units.neighbourhood >= 0)
        # Those are asked for somebody who have most to give.
        order = near[
            np.lexsort((near, -units.hours[near].sum(1), area.of_neighbourhood[units.neighbourhood[near]]))
        ]
        table = area.of_neighbourhood[units.neighbourhood[order]].astype(np.intp)
        first_there = np.arange(len(order)) - np.searchsorted(table, table) < rule.part_timers
        own, table = order[first_there], table[first_there]
        add("part_timers", own, table, top(units.hours[own], 2) & (units.hours[own] > 0), -1)
    if "deputies" in rule.seats:
        own = np.arange(len(wants))
        add("deputies", own, area.of_neighbourhood.astype(np.intp), wants, paid_by("deputy", own), own)
    if not seat_area:
        seat_area, seat_wants = [np.zeros(0, np.intp)], [np.zeros((0, len(Service)), bool)]
        unit, holder, payer, speaks_for = ([np.zeros(0, np.intp)] for _ in range(4))
        personal = [np.zeros(0, bool)]
    return SeatedCouncil(
        laid,
        np.concatenate(seat_area),
        np.concatenate(seat_wants),
        np.concatenate(unit),
        np.concatenate(holder),
        np.concatenate(payer),
        np.concatenate(speaks_for),
        np.concatenate(personal),
    )


def priorities(needs: NDArray[np.float64], households: NDArray[np.integer]) -> NDArray[np.float64]:
    """What places have to bring to a council, and want of one: services they need more of than others.

    A household's need of each service is put in proportion to that of a household of the whole community, so
    that it does not matter what a service is measured in; a place's priorities are the few in which it stands
    out most. What all need alike is nobody's public matter.

    Parameters
    ----------
    needs : ndarray, shape (places, services)
        Weekly hours.
    households : ndarray of int, shape (places,)

    Returns
    -------
    ndarray, shape (places, services)
        The proportion, where it is among the place's largest, as many as `PRIORITIES`; 0 elsewhere.
    """
    everywhere = needs.sum(0) / max(int(households.sum()), 1)
    relative = needs / households[:, None].clip(1) / everywhere.clip(1e-12)
    return np.where(top(relative), relative, 0.0)


def top(values: NDArray[np.generic], n: int = PRIORITIES) -> NDArray[np.bool_]:
    """Mark the ``n`` largest entries of each row (ties to the earlier field)."""
    order = np.argsort(-np.asarray(values, dtype=float), axis=1, kind="stable")[:, :n]
    marks = np.zeros(values.shape, dtype=bool)
    np.put_along_axis(marks, order, True, axis=1)
    return marks
