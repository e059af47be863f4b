"""Fill (补位): who holds the posts that residents, or people of units by day, hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cogov.processes.model_state import ModelState
from cogov.rules.areas import Area
from cogov.rules.kinds import Boundary
from cogov.rules.laid import Laid
from cogov.rules.pools import EMPLOYEES, STAFF
from cogov.terms import Level

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]
RESIDENTS, BY_DAY = 0, 1
"""Whose hours they are: the first axis of cells of shape (2, neighbourhoods, placed, 1 + services)."""


class Active(NamedTuple):
    """Active people of one pool, those of the pools before it left out.

    Attributes
    ----------
    area, home : ndarray of int, shape (pairs,)
        Areas of a post, and neighbourhoods in them.
    people : ndarray, shape (pairs,)
        How many are there.
    hours : ndarray, shape (neighbourhoods, placed, 1 + services)
        Hours they have to give.
    whose : int
        ``RESIDENTS`` or ``BY_DAY``.
    """

    area: Ints
    home: Ints
    people: Floats
    hours: Floats
    whose: int


class Held(NamedTuple):
    """What part of a post people of one pool hold.

    Attributes
    ----------
    post : slice
    share : ndarray, shape (areas,)
        Share of its heads.
    hours : ndarray, shape (pairs,)
        Hours it wants of them.
    by : Active
    union : tuple of str
        The pools up to this one.
    """

    post: slice
    share: Floats
    hours: Floats
    by: Active
    union: tuple[str, ...]


def fill_posts(model: ModelState) -> None:
    """Fill posts from their pools, in order; hours that people give to posts are there, and given once."""
    institutions, posts = model.institutions, model.institutions.posts
    held: list[Held] = []
    for rule in posts.rules:
        laid, where = institutions.boundaries.get(rule.name), posts.at(rule.name)
        if laid is None:
            continue
        if STAFF in laid.rule.pools:
            weeks = model.week - model.since.setdefault(rule.name, model.week) + 1
            found = weeks / np.maximum(laid.value("weeks_to_fill"), 1)
            posts.filled[where] = np.minimum(1.0, found) * laid.force
        else:
            posts.filled[where] = 0
            held += hold(model, laid, institutions.areas[rule.area], posts.heads(rule))
    left = share_out(model, held)
    model.volunteers.left = left
    volunteers = posts.at("volunteers")
    if volunteers.stop > volunteers.start:
        posts.gross[volunteers] = left.sum((1, 2))


def hold(model: ModelState, laid: Laid[Boundary], area: Area, heads: Floats) -> Iterator[Held]:
    """Who would hold a post: those of the first pool who accept it, then of the next, until it is full."""
    posts = model.institutions.posts
    where = posts.at(laid.rule.post)
    vacant = heads * posts.active[where]  # nobody keeps hours free for a post that is not there
    if laid.rule.finder:
        vacant = np.minimum(vacant, model.found.get(laid.rule.post, 0.0))
    hours = np.divide(posts.gross[where], heads, out=np.zeros(area.n), where=heads > 0)
    share = laid.value("willing") * laid.force
    pools = [(union, active(model, area, union)) for union in laid.rule.unions]
    if laid.rule.together:
        accept = share * sum(np.bincount(by.area, by.people, area.n) for _, by in pools)
        share = np.where(accept >= laid.rule.together, share, 0.0)
    for union, by in pools:
        people = np.bincount(by.area, by.people, area.n)
        found = np.minimum(vacant, share * people)
        vacant -= found
        each = np.divide(found * hours, people, out=np.zeros(area.n), where=people > 0)
        yield Held(where, found / np.maximum(heads, 1e-12), each[by.area] * by.people, by, union)


def share_out(model: ModelState, held: list[Held]) -> Floats:
    """Let people give posts the hours they have, those of a pool no more than theirs; returns what is left.

    Where posts want more than there is of a pool, or pools of the same people, each gets the same share.
    """
    there = hours_there(model)
    wanted, n = np.zeros_like(there), there.shape[1]
    asked: dict[tuple[str, ...], Floats] = {}
    for part in held:
        at_home = np.bincount(part.by.home, part.hours, n).astype(float)
        asked[part.union] = asked.get(part.union, np.zeros(n)) + at_home
    shares: dict[tuple[str, ...], Floats] = {}
    for union, by in {part.union: part.by for part in held}.items():
        have = by.hours.sum((1, 2))
        shares[union] = np.divide(np.minimum(asked[union], have), have, out=np.zeros(n), where=have > 0)
        wanted[by.whose] += shares[union][:, None, None] * by.hours
    granted = np.divide(there, wanted, out=np.ones_like(there), where=wanted > there)
    filled = model.institutions.posts.filled
    for part in held:
        given = (granted[part.by.whose] * part.by.hours).sum((1, 2)) * shares[part.union]
        able = np.divide(given, asked[part.union], out=np.zeros(n), where=asked[part.union] > 0)
        areas = len(part.share)
        want, get = (np.bincount(part.by.area, part.hours * by, areas) for by in (1.0, able[part.by.home]))
        filled[part.post] += part.share * np.divide(get, want, out=np.zeros(areas), where=want > 0)
    return np.asarray(np.maximum(there - wanted, 0).sum(0))


def hours_there(model: ModelState) -> Floats:
    """Hours a week that residents, and people of units by day, have to give."""
    residents = model.volunteers.hours.sum(0)
    by_day = np.zeros_like(residents)
    by_day[:, 0, 0] = model.parameters.participate.day_hours * model.day.people()
    return np.stack([residents, by_day])


def active(model: ModelState, area: Area, union: tuple[str, ...]) -> Active:
    """The active people of the last of some pools who are in none of those before it."""
    places, volunteers = model.places, model.volunteers
    neighbourhoods = np.arange(len(places.neighbourhoods))
    wide = area.level >= Level.NEIGHBOURHOOD
    if union[-1] == EMPLOYEES:
        # Somewhere in the neighbourhood, and in none of its buildings.
        people = model.day.people() if wide else np.zeros(len(neighbourhoods))
        area_of = area.of_neighbourhood if wide else np.zeros(len(people), dtype=np.int64)
        return Active(area_of, neighbourhoods, people, hours_there(model)[BY_DAY], BY_DAY)
    now, before = volunteers.in_pools[union], volunteers.in_pools.get(union[:-1])
    people = now.people.sum(0) - (before.people.sum(0) if before else 0)
    hours = now.hours.sum(0) - (before.hours.sum(0) if before else 0)
    if wide:
        people = np.bincount(places.building_neighbourhood, people, len(neighbourhoods))
        return Active(area.of_neighbourhood, neighbourhoods, people, hours, RESIDENTS)
    home = places.building_neighbourhood[np.unique(area.of_building, return_index=True)[1]]
    return Active(np.arange(area.n), home, np.bincount(area.of_building, people, area.n), hours, RESIDENTS)
