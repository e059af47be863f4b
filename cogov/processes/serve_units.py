"""Serve units (服务单位): posts give hours to what units want of the community (双向服务)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.rules.areas import Area
from cogov.rules.kinds import UNIT_KINDS, WANTS, marked
from cogov.state.contacts import convener
from cogov.terms import Level


@process(
    reads=("units", "institutions.posts", "institutions.areas"),
    writes=("accounts", "contacts", "institutions.ledger"),
)
def serve_units(model: ModelState) -> None:
    """Posts share the hours they have for units among what is wanted within their reach.

    A post of a neighbourhood or block reaches the units that stand there, one of the subdistrict those
    outside as well. Hours that nobody wants are not spent. One that serves no want calls on all in its reach
    alike: they are hours together, and nothing is given.
    """
    accounts, units, institutions = model.accounts, model.units, model.institutions
    accounts.open_week()
    posts, ledger = institutions.posts, institutions.ledger
    inside = units.neighbourhood >= 0
    for rule in posts.those(posts.serve):
        where = posts.at(rule.name)
        area = institutions.areas[rule.area]
        first = np.array([part.start for part in area.parts])[units.subdistrict]
        home = np.where(inside, area.of_neighbourhood[units.neighbourhood.clip(0)], first)
        about = marked(rule.unit_kinds, UNIT_KINDS)[units.kind]
        in_reach = np.flatnonzero(about & (inside | (area.level >= Level.SUBDISTRICT)))
        home = home[in_reach]
        if not rule.wants:
            call_on(model, where, in_reach, home, area)
            continue
        wanted = accounts.left()[in_reach] * marked(rule.wants, WANTS)
        total = np.bincount(home, wanted.sum(1), area.n)
        granted = ledger.spend(where, np.minimum(posts.serve[where] * ledger.own(where), total), "serving")
        share = np.divide(granted, total, out=np.zeros_like(granted), where=total > 0)
        given = np.zeros_like(accounts.wanted)
        given[in_reach] = wanted * share[home][:, None]
        accounts.give(given)
        model.contacts.meet(
            in_reach, convener(area.level, units.neighbourhood[in_reach]), given[in_reach].sum(1)
        )


def call_on(
    model: ModelState, where: slice, units: NDArray[np.intp], home: NDArray[np.integer], area: Area
) -> None:
    """Rows of a post call on units in their areas, on all alike."""
    posts, ledger = model.institutions.posts, model.institutions.ledger
    number = np.bincount(home, minlength=area.n)
    hours = posts.serve[where] * ledger.own(where) * (number > 0)
    each = ledger.spend(where, hours, "serving") / np.maximum(number, 1)
    model.contacts.meet(units, convener(area.level, model.units.neighbourhood[units]), each[home])
