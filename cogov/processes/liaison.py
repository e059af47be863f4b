"""Liaise (联络): people of units meet posts; officers stand in for heads."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import expit
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import RANKS, Liaison
from cogov.rules.laid import Laid
from cogov.state.contacts import convener
from cogov.terms import Level

Rows = NDArray[np.intp]


@process(
    reads=("units", "institutions.liaisons", "institutions.posts"),
    writes=("agreements", "contacts", "offers", "institutions.ledger", "tally"),
)
def liaise(model: ModelState) -> None:
    """Units that are part of it meet a post where it is due, in hours of both."""
    units, agreements, posts = model.units, model.agreements, model.institutions.posts
    agreements.recall()
    for laid in model.institutions.liaisons:
        rule = laid.rule
        part, home = taking_part(model, laid)
        if rule.who == "officers":
            agreements.appoint(part, rule.officer_rank if rule.sits else np.inf)
        if model.week % rule.every:
            continue
        came = coming(model, laid, part)
        part, home = part[came], home[came]
        host_hours, hours = laid.value("host_hours")[home], laid.value("hours")[home]
        payer, host = posts.row(rule.post, home), convener(laid.area.level, units.neighbourhood[part])
        # Whom the post knows least comes first.
        least = partial(np.negative, model.contacts.hours(part, host))
        met = model.institutions.ledger.spend_each(payer, host_hours, "meetings", least)
        part, host, hours = part[met], host[met], hours[met]
        model.offers.sit(part, hours)
        model.contacts.meet(part, host, hours * rule.contact)
        model.tally.count("unit_hours", float(hours.sum()))


def taking_part(model: ModelState, laid: Laid[Liaison]) -> tuple[Rows, Rows]:
    """Units that are part of it, as many as it is kept up for, and the area in which each is met.

    A post of a neighbourhood or block meets those that stand there, one of the subdistrict all of them.
    """
    units, area = model.units, laid.area
    if area.level >= Level.SUBDISTRICT:
        home = np.array([part.start for part in area.parts])[units.subdistrict]
    else:
        inside = units.neighbourhood >= 0
        home = np.where(inside, area.of_neighbourhood[units.neighbourhood.clip(0)], -1)
    draws = model.streams.generator(f"liaison/{laid.rule.name}").random(len(units))
    share = (laid.value("share") * laid.force)[home.clip(0)]
    part = np.flatnonzero((home >= 0) & (draws < share))
    return part, home[part].astype(np.intp)


def coming(model: ModelState, laid: Laid[Liaison], part: Rows) -> NDArray[np.bool_]:
    """Which of them come: officers do, for it is their office; heads and others as to the table of a council.

    Those who know the host well are likelier to, and a head who ranks above the host is less so.
    """
    rule, units, parameters = laid.rule, model.units, model.parameters.deliberate
    if rule.who == "officers":
        return np.ones(len(part), dtype=bool)
    area = laid.area.level.label
    gap = np.maximum(units.rank[part] - RANKS.get(area, -1.0), 0) * (rule.who == "heads")
    tie = model.contacts.tie(part, convener(laid.area.level, units.neighbourhood[part]))
    odds = parameters.attend + parameters.attend_tie * tie - parameters.attend_rank * gap
    draws = model.streams.generator(f"liaison/{rule.name}", model.week).random(len(units))
    return np.asarray(draws[part] < expit(odds))
