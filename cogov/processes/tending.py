"""Tending (养护): what it takes to keep what a programme has built, and what there is of it."""

from __future__ import annotations

import numpy as np

from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Programme
from cogov.rules.laid import Laid
from cogov.terms import YEAR


def tend(model: ModelState, laid: Laid[Programme]) -> None:
    """Look after what a programme has built: hours of a post, money of a purse, as far as there are any."""
    rule, places, institutions = laid.rule, model.places, model.institutions
    mine = [work for work in model.works.built if work.programme == rule.name]
    if not mine or not (rule.tending or rule.running):
        return
    site = np.array([work.building for work in mine])
    home = places.building_neighbourhood[site]
    kept = np.ones(len(mine))
    if rule.tending:
        rows, hours = institutions.posts.at(rule.tended_by), laid.value("tending")[home]
        row = institutions.areas[institutions.positions[rule.tended_by].area].of_building[site]
        wanted = np.bincount(row, hours, rows.stop - rows.start)
        given = institutions.ledger.spend(rows, wanted, "building")
        kept *= (given / np.where(wanted > 0, wanted, 1.0))[row]
    if rule.running and rule.purse in model.purses.accounts:
        area = model.purses.account(rule.purse).laid.area
        yuan = laid.value("running")[home] / YEAR
        wanted = np.bincount(area.of_building[site], yuan, area.n)
        kept *= model.purses.pay(rule.purse, {"works": wanted})["works"][area.of_building[site]]
    for work, share in zip(mine, kept.tolist(), strict=True):
        model.works.keep(work, share)
