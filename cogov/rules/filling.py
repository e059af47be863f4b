"""Filling (补位): the posts that residents and people of units hold, laid out to be filled all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from cogov.community import Places
from cogov.kit.runs import chained, runs, whole
from cogov.rules.areas import Area
from cogov.rules.kinds import Boundary
from cogov.rules.laid import Laid
from cogov.rules.pools import EMPLOYEES, STAFF
from cogov.rules.posts import Posts
from cogov.terms import Level

Ints = NDArray[np.intp]
type Union = tuple[str, ...]


class Filling:
    """Posts filled from pools, area by area, and the people of each pool who might hold them.

    A cell is an area of a post that people of one pool might hold, those of the pools before it left out; the
    cells of one post and pool stand together, and those of a post in the order of its pools.

    Attributes
    ----------
    staffed, posts : tuple of Laid of Boundary
        Rules that say how staff are found, and those by which a post is filled from pools.
    of : tuple of slice
        Where in arrays over ``rows`` each of these ``posts`` is.
    rows : ndarray of int
        Their rows among all posts.
    groups : tuple of (Area, tuple of str)
        The areas, and the pools up to the one, of each run of cells.
    of_group : tuple of slice
        Where in arrays over cells each of them is.
    unions : tuple of tuple of str
        All unions of pools among them.
    union : ndarray of int, shape (groups,)
        The union of each.
    turns : tuple of ndarray of int
        Cells of first pools, of second ones, and so on.
    row : ndarray of int, shape (cells,)
        Place of each cell's area in ``rows``.
    cell, group, home : ndarray of int, shape (pairs,)
        Cells, the group of each, and neighbourhoods in their areas.
    """

    def __init__(
        self, boundaries: Iterable[Laid[Boundary]], posts: Posts, areas: Mapping[str, Area], places: Places
    ) -> None:
        by_post = {laid.rule.post: laid for laid in boundaries}
        found = [by_post[rule.name] for rule in posts.rules if rule.name in by_post]
        self.staffed = tuple(laid for laid in found if STAFF in laid.rule.pools)
        self.posts = tuple(laid for laid in found if STAFF not in laid.rule.pools)
        where = [posts.at(laid.rule.post) for laid in self.posts]
        self.rows = chained(map(whole, where))
        self.of = runs(at.stop - at.start for at in where)
        area_of = {rule.name: areas[rule.area] for rule in posts.rules}
        held = [
            (area_of[laid.rule.post], union, turn, of)
            for laid, of in zip(self.posts, self.of, strict=True)
            for turn, union in enumerate(laid.rule.unions)
        ]
        self.groups = tuple((area, union) for area, union, _, _ in held)
        self.of_group = runs(area.n for area, _ in self.groups)
        self.unions = tuple(dict.fromkeys(union for _, union in self.groups))
        self.union = np.array([self.unions.index(union) for _, union in self.groups], dtype=np.intp)
        self.row = chained(whole(of) for *_, of in held)
        turn = np.repeat([turn for *_, turn, _ in held], [area.n for area, _ in self.groups])
        self.turns = tuple(np.flatnonzero(turn == each) for each in range(int(turn.max(initial=-1)) + 1))
        pairs = [pairs_of(area, union, places) for area, union in self.groups]
        begins = [of.start for of in self.of_group]
        self.cell = chained(a + begin for (a, _), begin in zip(pairs, begins, strict=True))
        self.home = chained(home for _, home in pairs)
        self.group = np.repeat(np.arange(len(pairs)), [len(home) for _, home in pairs])


def pairs_of(area: Area, union: Union, places: Places) -> tuple[Ints, Ints]:
    """Areas, and neighbourhoods of people who live in them (or are there by day): both of shape (pairs,)."""
    neighbourhoods = np.arange(len(places.neighbourhoods))
    if area.level >= Level.NEIGHBOURHOOD:
        return area.of_neighbourhood.astype(np.intp), neighbourhoods
    if union[-1] == EMPLOYEES:  # somewhere in the neighbourhood, and in none of its buildings
        return np.zeros(len(neighbourhoods), dtype=np.intp), neighbourhoods
    return np.arange(area.n), places.building_neighbourhood[area.first].astype(np.intp)
