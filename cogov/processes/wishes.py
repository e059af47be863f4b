"""Wishes (意愿): how likely it is that a site is brought forward for a work."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import log1p
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Programme
from cogov.rules.laid import Laid
from cogov.state.issues import State
from cogov.terms import MONTH, YEAR, Cause


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
