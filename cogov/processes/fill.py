"""Fill (补位): who holds the posts that residents, or people of units by day, hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.processes.model_state import ModelState
from cogov.rules.pools import EMPLOYEES
from cogov.state.volunteers import Hours
from cogov.terms import Level

Floats = NDArray[np.float64]
Apart = dict[tuple[str, ...], Hours]
"""Active people of pools, and their hours, as `Volunteers.apart` has them."""
RESIDENTS, BY_DAY = 0, 1
"""Whose hours they are: the first axis of cells of shape (2, neighbourhoods, placed, 1 + services)."""


def fill_posts(model: ModelState) -> None:
    """Fill posts from their pools, in order; hours that people give to posts are there, and given once."""
    institutions, posts = model.institutions, model.institutions.posts
    filling = institutions.filling
    for laid in filling.staffed:
        weeks = model.week - model.since.setdefault(laid.rule.post, model.week) + 1
        found = weeks / np.maximum(laid.value("weeks_to_fill"), 1)
        posts.filled[posts.at(laid.rule.post)] = np.minimum(1.0, found) * laid.force
    posts.filled[filling.rows] = 0
    there = hours_there(model)
    if filling.posts:
        apart = model.volunteers.apart()
        share, hours, people = hold(model, apart)
        wanted = share_out(model, apart, there, share, hours[filling.cell] * people)
        model.volunteers.left = np.asarray(np.maximum(there - wanted, 0).sum(0))
    else:
        model.volunteers.left = there.sum(0)
    volunteers = posts.at("volunteers")
    if volunteers.stop > volunteers.start:
        posts.gross[volunteers] = model.volunteers.left.sum((1, 2))


def keep_found(model: ModelState) -> None:
    """Those found for a post stay with it if a new design has it, over as many areas."""
    posts = model.institutions.posts
    model.found = {
        post: heads for post, heads in model.found.items() if len(heads) == posts.gross[posts.at(post)].size
    }
    model.since = {post: week for post, week in model.since.items() if post in model.institutions.positions}


def hold(model: ModelState, apart: Apart) -> tuple[Floats, Floats, Floats]:
    """Who would hold posts: those of the first pool who accept it, then of the next, until they are full.

    Returns
    -------
    share : ndarray, shape (cells,)
        Share of the heads of a post that people of a pool would be.
    hours : ndarray, shape (cells,)
        Hours it wants of each active person of the pool.
    people : ndarray, shape (pairs,)
        Active people of the pool, those of the pools before it left out.
    """
    institutions, posts = model.institutions, model.institutions.posts
    filling = institutions.filling
    people = active(model, apart)
    pool = np.bincount(filling.cell, people, len(filling.row))
    heads = np.concatenate([posts.heads(institutions.positions[laid.rule.post]) for laid in filling.posts])
    vacant = heads * posts.active[filling.rows]  # nobody keeps hours free for a post that is not there
    share = np.concatenate([laid.value("willing") * laid.force for laid in filling.posts])
    for laid, of in zip(filling.posts, filling.of, strict=True):
        if laid.rule.finder:
            vacant[of] = np.minimum(vacant[of], model.found.get(laid.rule.post, 0.0))
        if laid.rule.together:
            accept = share[of] * np.bincount(filling.row, pool, len(share))[of]
            share[of] = np.where(accept >= laid.rule.together, share[of], 0.0)
    found = np.zeros(len(pool))
    for cells in filling.turns:
        rows = filling.row[cells]
        found[cells] = np.minimum(vacant[rows], share[rows] * pool[cells])
        vacant[rows] -= found[cells]
    each = np.divide(posts.gross[filling.rows], heads, out=np.zeros(len(heads)), where=heads > 0)
    hours = np.divide(found * each[filling.row], pool, out=np.zeros(len(pool)), where=pool > 0)
    return found / np.maximum(heads, 1e-12)[filling.row], hours, people


def share_out(model: ModelState, apart: Apart, there: Floats, share: Floats, hours: Floats) -> Floats:
    """Let people give posts the hours they have, those of a pool no more than theirs.

    Where posts want more than there is of a pool, or pools of the same people, each gets the same share.

    Parameters
    ----------
    there : ndarray, shape (2, neighbourhoods, placed, 1 + services)
        Hours that there are.
    share : ndarray, shape (cells,)
        Share of the heads of posts that people of pools would be.
    hours : ndarray, shape (pairs,)
        Hours that this wants of them.

    Returns
    -------
    ndarray, shape (2, neighbourhoods, placed, 1 + services)
        Hours that posts want of all of them.
    """
    filling, filled = model.institutions.filling, model.institutions.posts.filled
    n, groups, unions = there.shape[1], len(filling.groups), len(filling.unions)
    at_home = np.bincount(filling.group * n + filling.home, hours, groups * n)
    of_union = (filling.union[:, None] * n + np.arange(n)).ravel()
    asked = np.bincount(of_union, at_home, unions * n).reshape(unions, n)
    whose = np.array([BY_DAY if union[-1] == EMPLOYEES else RESIDENTS for union in filling.unions])
    theirs = np.array(
        [there[BY_DAY] if union[-1] == EMPLOYEES else apart[union].hours for union in filling.unions]
    )
    have = theirs.sum((2, 3))
    part = np.divide(np.minimum(asked, have), have, out=np.zeros_like(have), where=have > 0)
    wants = part[:, :, None, None] * theirs
    wanted = np.stack([wants[whose == each].sum(0) for each in (RESIDENTS, BY_DAY)])
    granted = np.divide(there, wanted, out=np.ones_like(there), where=wanted > there)
    given = (granted[whose] * theirs).sum((2, 3)) * part
    able = np.divide(given, asked, out=np.zeros_like(asked), where=asked > 0)
    want = np.bincount(filling.cell, hours, len(share))
    get = np.bincount(filling.cell, hours * able[filling.union[filling.group], filling.home], len(share))
    gained = share * np.divide(get, want, out=np.zeros(len(share)), where=want > 0)
    for cells in filling.turns:
        filled[filling.rows[filling.row[cells]]] += gained[cells]
    return wanted


def hours_there(model: ModelState) -> Floats:
    """Hours a week that residents, and people of units by day, have to give."""
    by_cohort = model.volunteers.hours
    there = np.zeros((2, *by_cohort.shape[1:]))
    np.add.reduce(by_cohort, out=there[RESIDENTS])
    there[BY_DAY, :, 0, 0] = model.parameters.participate.day_hours * model.day.people()
    return there


def active(model: ModelState, apart: Apart) -> Floats:
    """The active people of the last of some pools who are in none of those before it: shape (pairs,)."""
    places, filling = model.places, model.institutions.filling
    found: dict[tuple[str, tuple[str, ...]], Floats] = {}
    for area, union in filling.groups:
        if (area.name, union) in found:
            continue
        wide = area.level >= Level.NEIGHBOURHOOD
        if union[-1] == EMPLOYEES:
            people = model.day.people()
            found[area.name, union] = people if wide else np.zeros(len(people))
            continue
        of_building, n = (
            (places.building_neighbourhood, len(places.neighbourhoods))
            if wide
            else (area.of_building, area.n)
        )
        found[area.name, union] = np.bincount(of_building, apart[union].people, n)
    return np.concatenate([found[area.name, union] for area, union in filling.groups])
