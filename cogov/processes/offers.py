"""Offers (单位供给): what units offer, to whom it is visible, and what of it meets a need."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.kit.runs import occurrence
from cogov.processes.model_state import ModelState
from cogov.rules.areas import Area
from cogov.rules.kinds import SERVICES, UNIT_KINDS, Listing, marked
from cogov.rules.laid import Laid
from cogov.rules.seats import priorities
from cogov.state.contacts import convener
from cogov.terms import MONTH, Level, Service

Floats = NDArray[np.float64]


def allocate(
    supply: Floats, need: Floats, area_of: NDArray[np.integer], distance: float
) -> tuple[Floats, Floats]:
    """Serve needs from the supply of the area they are in, in proportion to need.

    Parameters
    ----------
    supply : ndarray, shape (areas, services)
        Hours.
    need : ndarray, shape (places, services)
        Hours.
    area_of : ndarray of int, shape (places,)
        Area of each place.
    distance : float
        Share of an hour left after travel.

    Returns
    -------
    met : ndarray, shape (places, services)
        Need met; in each area and type min(supply x distance, need) in all, which is the optimum of the
        transport problem within one area.
    used : ndarray, shape (areas, services)
        Supply used.
    """
    total = np.zeros(supply.shape)
    np.add.at(total, area_of, need)
    arrives = np.minimum(supply * distance, total)
    share = np.divide(arrives, total, out=np.zeros(total.shape), where=total > 0)
    return need * share[area_of], arrives / max(distance, 1e-12)


def match_units(model: ModelState, need: Floats) -> Floats:
    """Match the offers of units that some list makes visible; returns the need that is left."""
    offers, institutions = model.offers, model.institutions
    left, kept = offers.keep_promises()
    book(model, kept)
    model.tally.count("unit_hours", float(kept.sum()))
    model.tally.count("offered", float(offers.weekly.sum()))
    for laid in institutions.listings:
        if not laid.force.any():
            continue
        area = laid.area
        visible, home = on_list(model, laid, left)
        if not visible.any():
            continue
        offered = visible if not laid.rule.theme else on_theme(laid, visible, home, need)
        supply = np.zeros((area.n, len(Service)))
        listed = (home >= 0).nonzero()[0]
        np.add.at(supply, home[listed], offered[listed])
        supply *= laid.rule.group
        met, used = allocate(supply, need, area.of_neighbourhood, model.parameters.match.distance(area.level))
        need = need - met
        share = np.divide(used, supply, out=np.zeros(used.shape), where=supply > 0)
        given = offered * np.where(home[:, None] >= 0, share[np.maximum(home, 0)], 0)
        hours = given.sum(1)
        left = left - (given if not laid.rule.theme else of_all(visible, hours))
        offers.given += hours
        if laid.rule.rota:
            offers.seen |= hours > 0
        book(model, by_neighbourhood(given, home, met, area))
        model.tally.count("matched", float(hours.sum()))
        model.tally.count("unit_hours", float(hours.sum()))
    model.tally.count("unused", float(left.sum()))
    return need


def on_theme(laid: Laid[Listing], visible: Floats, home: NDArray[np.intp], need: Floats) -> Floats:
    """What units give on a day with a theme: part of their hours as hands, where they are needed.

    Returns
    -------
    ndarray, shape (units, services)
        As many hours as are visible, less those of hands where none of the themes is needed.
    """
    rule, area = laid.rule, laid.area
    wanted = np.zeros((area.n, len(Service)))
    np.add.at(wanted, area.of_neighbourhood, need * marked(rule.themes, SERVICES))
    total = wanted.sum(1, keepdims=True)
    themed = np.divide(wanted, total, out=np.zeros_like(wanted), where=total > 0)
    hands = rule.theme * visible.sum(1, keepdims=True) * themed[home.clip(0)]
    return np.asarray((1 - rule.theme) * visible + hands)


def of_all(visible: Floats, hours: Floats) -> Floats:
    """Hours given by each unit, out of all types that it showed: hands are of no type."""
    total = visible.sum(1)
    share = np.divide(hours, total, out=np.zeros_like(total), where=total > 0)
    return np.asarray(visible * share[:, None])


def by_neighbourhood(given: Floats, home: NDArray[np.intp], met: Floats, area: Area) -> Floats:
    """Hours that units gave to each neighbourhood, shape (units, neighbourhoods): as its need was met.

    Parameters
    ----------
    given : ndarray, shape (units, services)
    home : ndarray of int, shape (units,)
        The area each unit served, -1 none.
    met : ndarray, shape (neighbourhoods, services)
    area : Area
    """
    hours = np.zeros((len(given), len(met)))
    serving = given.any(1).nonzero()[0]
    if area.level == Level.NEIGHBOURHOOD:
        hours[serving, home[serving]] = given[serving].sum(1)
        return hours
    total = np.zeros((area.n, len(Service)))
    np.add.at(total, area.of_neighbourhood, met)
    share = np.divide(met, total[area.of_neighbourhood], out=np.zeros_like(met), where=met > 0)
    unit, place = np.nonzero(home[serving][:, None] == area.of_neighbourhood)
    # Service by service in the outer axis: added up one after another, in whatever layout.
    parts = given.T[:, serving[unit]] * share.T[:, place]
    hours[serving[unit], place] = np.add.reduce(parts, axis=0)
    return hours


def book(model: ModelState, hours: Floats) -> None:
    """Hours given, shape (units, neighbourhoods), are hours together, and go on record."""
    units, places = hours.nonzero()
    if not len(units):
        return
    model.contacts.meet(units, places, hours[units, places])
    model.verdicts.hours[places, units] += hours[units, places]


def on_list(model: ModelState, laid: Laid[Listing], left: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """What one list shows: hours by unit and type, and the area each unit is listed in (-1 not)."""
    units, rule, area = model.units, laid.rule, laid.area
    partner = model.agreements.partner
    if rule.paired:
        home = partner.astype(np.intp)
    elif area.level < Level.SUBDISTRICT:
        inside = units.neighbourhood >= 0
        home = np.where(inside, area.of_neighbourhood[np.maximum(units.neighbourhood, 0)], -1).astype(np.intp)
    else:
        home = np.array([part.start for part in area.parts])[units.subdistrict]
    if not rule.paired and not rule.rota and model.institutions.paired:
        home = np.where(partner >= 0, -1, home)  # who has a partner serves that one only
    share = np.where(home >= 0, (laid.value("share") * laid.force)[np.maximum(home, 0)], 0.0)
    if rule.council:
        share = share * told_of(model, rule.council, home, area.level)
    if rule.rota:
        turn = occurrence(units.subdistrict)
        everybody = np.bincount(units.subdistrict)[units.subdistrict]
        share = share * ((turn - model.week // MONTH * rule.rota) % everybody < rule.rota)
    if rule.unit_kinds != UNIT_KINDS:
        share = share * marked(rule.unit_kinds, UNIT_KINDS)[units.kind]
    if rule.officers:
        share = share * model.agreements.officer
    visible = left * share[:, None]
    if rule.services != SERVICES:
        visible *= marked(rule.services, SERVICES)
    if rule.focus:
        visible = np.minimum(visible * in_focus(model, laid)[home.clip(0)], left)
    return visible, home


def in_focus(model: ModelState, laid: Laid[Listing]) -> Floats:
    """How much of each type there is on a list for each area, against a list of all alike: mean 1.

    A share of the list is kept for the priorities of the area's people, so that there is less room for the
    rest. Shape (areas, services).
    """
    area, households = laid.area, np.diff(model.places.neighbourhood_households)
    needs = np.zeros((area.n, len(Service)))
    np.add.at(needs, area.of_neighbourhood, model.neighbourhood_needs)
    first = priorities(needs, np.bincount(area.of_neighbourhood, households, area.n).astype(np.int64)) > 0
    focus = laid.value("focus")[:, None]
    room = len(Service) / np.maximum(first.sum(1, keepdims=True), 1)
    return np.asarray(np.where(first.any(1, keepdims=True), 1 - focus + focus * room * first, 1.0))


def told_of(model: ModelState, name: str, home: NDArray[np.intp], level: Level) -> Floats:
    """How far those who sit in a council of that name make their units known, shape (units,)."""
    told = np.zeros(len(home))
    for council in model.institutions.councils:
        if council.rule.name == name:
            unit = np.unique(council.unit[council.unit >= 0])
            unit = unit[home[unit] >= 0]
            told[unit] = model.contacts.tie(unit, convener(level, model.units.neighbourhood[unit]))
    return told
