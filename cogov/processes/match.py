"""Match (供需对接): hours offered meet hours needed, as far as somebody sees both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.processes.offers import allocate, match_units
from cogov.processes.shocks import Epidemic
from cogov.rules.kinds import Position
from cogov.terms import Level, Service

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Match(Parameters):
    """How offers find needs."""

    distance_block: float = param(
        0.95, low=0, high=1, doc="share of an hour left after travel within a block", plausible=(0.88, 0.98)
    )
    distance_subdistrict: float = param(
        0.85, low=0, high=1, doc="share of an hour left after travel across it", plausible=(0.7, 0.93)
    )
    elder_care: float = param(
        0.35,
        low=0,
        high=1,
        doc="share of unskilled volunteer hours that keeps old people company",
        plausible=(0.2, 0.5),
    )
    culture: float = param(
        0.25,
        low=0,
        high=1,
        doc="share of them that goes to culture and sport; the rest to environment",
        plausible=(0.12, 0.4),
    )
    unmatched_skill: float = param(
        0.4,
        low=0,
        high=1,
        doc="share of skilled hours put to use where nobody found a duty that fits",
        plausible=(0.2, 0.6),
    )

    def distance(self, level: Level) -> float:
        """Share of an offered hour that arrives in an area of that level."""
        return {Level.BLOCK: self.distance_block, Level.SUBDISTRICT: self.distance_subdistrict}.get(
            level, 1.0
        )


@process(
    reads=("institutions", "units", "volunteers", "neighbourhood_needs", "aid", "known", "agreements"),
    writes=("offers", "contacts", "verdicts", "met", "institutions.ledger", "tally"),
)
def match(model: ModelState) -> None:
    """Meet needs from near to far: neighbours who know, volunteers, posts of ever wider areas, listed units.

    Neighbours help whether anybody knows of it or not; all others serve the need that is known.
    """
    areas, tally = model.institutions.areas, model.tally
    needed = weekly_need(model)
    helped = needed * model.aid.share(model.neighbourhood_needs)
    known = (needed - helped) * model.known.share(model.parameters.enquire.by_themselves)
    need = known.copy()
    nearby = areas["neighbourhood"].of_neighbourhood
    met, used = allocate(volunteer_supply(model), need, nearby, 1.0)
    need = need - met
    tally.count("volunteer_care_hours", float(used.sum()))
    posts = model.institutions.posts
    caring = posts.those(posts.care)
    for level in ("neighbourhood", "block", "subdistrict"):
        area, supply = areas[level], staff_supply(model, level, caring)
        if not supply.any():
            continue
        met, used = allocate(supply, need, area.of_neighbourhood, model.parameters.match.distance(area.level))
        need = need - met
        tally.count("care_hours", float(used.sum()))
    need = match_units(model, need)
    met = helped + (known - need)
    model.met = np.divide(met, needed, out=np.ones_like(met), where=needed > 0)
    tally.count("needed", float(needed.sum()))
    tally.count("known", float((helped + known).sum()))
    tally.count("aid_hours", float(helped.sum()))
    tally.count("met", float(met.sum()))


def weekly_need(model: ModelState) -> Floats:
    """Hours needed this week, shape (neighbourhoods, services); an epidemic raises care needs."""
    need: Floats = model.neighbourhood_needs.copy()
    for shock in model.shocks:
        if isinstance(shock, Epidemic) and shock.on(model.week):
            need[:, [Service.ELDER_CARE, Service.HEALTH]] *= shock.need_factor
    return need


def staff_supply(model: ModelState, level: str, caring: Iterable[Position]) -> Floats:
    """Care hours of the staffed posts of one level among those that care, shape (areas, services)."""
    posts, ledger, area = model.institutions.posts, model.institutions.ledger, model.institutions.areas[level]
    supply = np.zeros((area.n, len(Service)))
    for rule in caring:
        where = posts.at(rule.name)
        if rule.area == level and rule.staffed_by != "volunteers":
            hours = ledger.spend(where, posts.care[where] * ledger.own(where), "care")
            supply += (hours * posts.group[where])[:, None] * posts.services[where]
    return supply


def volunteer_supply(model: ModelState) -> Floats:
    """Care hours of volunteers, shape (neighbourhoods, services): the skilled where matched, others alike."""
    posts, ledger, parameters = model.institutions.posts, model.institutions.ledger, model.parameters.match
    where = posts.at("volunteers")
    n = len(model.places.neighbourhood_compounds) - 1
    if where.stop == where.start:
        return np.zeros((n, len(Service)))
    hours = ledger.spend(where, posts.care[where] * ledger.own(where), "care")
    in_skill = model.volunteers.skills(parameters.unmatched_skill)
    supply = hours[:, None] * in_skill
    rest = hours * (1 - in_skill.sum(1))
    supply[:, Service.ELDER_CARE] += rest * parameters.elder_care
    supply[:, Service.CULTURE] += rest * parameters.culture
    supply[:, Service.ENVIRONMENT] += rest * max(1 - parameters.elder_care - parameters.culture, 0)
    return supply
