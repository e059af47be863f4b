"""Serve units (服务单位): posts give hours to what units want of the community (双向服务)."""

from __future__ import annotations

import numpy as np

from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import WANTS
from cogov.state.contacts import convener
from cogov.terms import Level


@process(
    reads=("units", "institutions.posts", "institutions.areas"),
    writes=("accounts", "contacts", "institutions.ledger"),
)
def serve_units(model: ModelState) -> None:
    """Posts share the hours they have for units among what is wanted within their reach.

    A post of a neighbourhood or block reaches the units that stand there, one of the subdistrict those
    outside as well. Hours that nobody wants are not spent.
    """
    accounts, units, institutions = model.accounts, model.units, model.institutions
    accounts.open_week()
    posts, ledger = institutions.posts, institutions.ledger
    inside = units.neighbourhood >= 0
    for rule in posts.rules:
        where = posts.at(rule.name)
        if not posts.serve[where].any():
            continue
        area = institutions.areas[rule.area]
        first = np.array([part.start for part in area.parts])[units.subdistrict]
        home = np.where(inside, area.of_neighbourhood[units.neighbourhood.clip(0)], first)
        in_reach = np.flatnonzero(inside | (area.level >= Level.SUBDISTRICT))
        home = home[in_reach]
        wanted = accounts.left()[in_reach] * np.isin(WANTS, rule.wants)
        total = np.bincount(home, wanted.sum(1), area.n)
        granted = ledger.spend(where, np.minimum(posts.serve[where] * ledger.own(where), total), "serving")
        share = np.divide(granted, total, out=np.zeros_like(granted), where=total > 0)
        given = np.zeros_like(accounts.wanted)
        given[in_reach] = wanted * share[home][:, None]
        accounts.give(given)
        model.contacts.meet(
            in_reach, convener(area.level, units.neighbourhood[in_reach]), given[in_reach].sum(1)
        )
