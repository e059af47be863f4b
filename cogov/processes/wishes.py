"""Wishes (意愿): which sites may have a work, and how likely it is that one is brought forward for it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import log1p
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Programme
from cogov.rules.laid import Laid
from cogov.state.issues import State
from cogov.state.works import beyond_the_wall
from cogov.terms import MONTH, YEAR, Cause


def sites(model: ModelState, rule: Programme) -> NDArray[np.int64]:
    """Buildings that may propose: every one a lift, one of each compound anything else."""
    places = model.places
    if rule.what == "lift":
        return np.arange(len(places.buildings))
    first = places.compound_buildings.astype(np.int64)
    share = model.streams.generator(f"projects/{rule.what}/site").random(len(places.compounds))
    return first[:-1] + (share * np.diff(first)).astype(np.int64)


def may(model: ModelState, rule: Programme, site: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Sites that lack the work, have room for it, and are not busy with one."""
    places, works = model.places, model.works
    busy = np.zeros(len(places.buildings), dtype=bool)
    busy[[project.building for project in works.projects if project.programme.what == rule.what]] = True
    busy[[work.building for work in works.built if work.what == rule.what and work.programme]] = True
    if rule.what == "lift":
        high = places.buildings.storeys >= model.parameters.projects.storeys
        return np.asarray((~model.homes.has_lift & high & ~busy)[site])
    taken = np.bincount(places.building_compound[busy], minlength=len(places.compounds))
    if rule.what == "gate":  # it takes two compounds, and one gate between them is enough
        across = np.array([beyond_the_wall(places, compound) for compound in range(len(taken))])
        taken[across[(taken > 0) & (across >= 0)]] += 1
        taken[across < 0] += 1
    free = taken == 0
    if rule.mends:
        free &= model.causes.level[Cause[rule.mends.upper()]] >= rule.bad
    return np.asarray(free[places.building_compound[site]])


def willing(laid: Laid[Programme]) -> NDArray[np.float64]:
    """Hazard of a month that a willing site is taken up, shape (neighbourhoods,)."""
    return np.asarray(-log1p(-laid.value("promote") * laid.force) * (MONTH / YEAR))


def wished(model: ModelState, laid: Laid[Programme], site: NDArray[np.int64]) -> NDArray[np.float64]:
    """Hazard of a month that each site is taken up: its owners are willing, or its troubles suggest it.

    More are willing where one that was built is in sight of their compound.
    """
    rule, issues, places = laid.rule, model.issues, model.places
    home, compound = places.building_neighbourhood[site], places.building_compound[site]
    hazard = willing(laid)[home]
    if laid.value("seen").any():
        hazard = hazard * (1 + laid.value("seen")[home] * in_sight(model, rule)[compound])
    if rule.suggested:
        stands = (issues.state > State.LATENT) & (issues.state < State.RESOLVED)
        stands &= issues.cause == Cause[rule.mends.upper()]
        cases = np.bincount(issues.compound[stands], minlength=len(places.compounds))
        told = -log1p(-(laid.value("suggested") * laid.force).clip(max=0.999999))
        hazard = hazard + told[home] * cases[compound]
    return np.asarray(hazard)


def in_sight(model: ModelState, rule: Programme) -> NDArray[np.bool_]:
    """Compounds from which a work of the kind is seen that some programme built."""
    x, y = (1000 * column.astype(float) for column in (model.places.compounds.x, model.places.compounds.y))
    near = np.zeros(len(x), dtype=bool)
    for there in {work.compound for work in model.works.built if work.what == rule.what and work.programme}:
        east, north = x - x[there], y - y[there]
        near |= east * east + north * north <= rule.near * rule.near
    return near
