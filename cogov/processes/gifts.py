"""Gifts (捐赠): posts that raise money ask units for it, one after another, as far as they have the hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cogov.kit.fields import Parameters, param
from cogov.processes.model_state import ModelState
from cogov.state.contacts import SUBDISTRICT
from cogov.state.purses import YUAN
from cogov.terms import UnitKind


@dataclass(frozen=True, kw_only=True)
class Gifts(Parameters):
    """What asking takes, and who gives how much.

    A unit that is asked says yes as far as it is engaged, so as far as contact, service received, standing
    and its peers have made it so, and may give money at all. What is asked is the same for all: that a larger
    ask is refused more often, and how one gift moves the next giver, are left out.
    """

    hours: float = param(3.0, low=0.1, high=100, unit="h", doc="hours to ask one unit", plausible=(1, 10))
    may_give: tuple[float, ...] = param(
        (0.0, 0.1, 0.0, 1.0, 0.0, 0.5, 0.0, 0.1),
        low=0,
        high=1,
        length=(len(UnitKind), len(UnitKind)),
        doc="chance that a wholly engaged unit gives money, by UnitKind: companies above all, no public body",
        plausible=(0.4, 1),
    )
    amount: float = param(
        50_000.0,
        low=0,
        high=1e7,
        unit="yuan",
        doc="what one gives, if as much is missing",
        plausible=(20_000, 200_000),
    )
    rest: int = param(
        52, low=1, high=520, unit="weeks", doc="weeks in which a unit is not asked again", plausible=(26, 104)
    )


def ask_units(model: ModelState) -> None:
    """Ask the units of a subdistrict, the most engaged first, for its works whose appeals are open.

    Who was asked was met, whatever it said; who gives does so in public.
    """
    institutions, parameters, units = model.institutions, model.parameters.projects.gifts, model.units
    posts, ledger, asked = institutions.posts, institutions.ledger, model.works.asked
    for rule in posts.those(posts.raises):
        where = posts.at(rule.name)
        share = (posts.raises[where] * ledger.own(where)).tolist()
        for place, hours in enumerate(share):
            appeals = [
                project.appeal
                for project in model.works.projects
                if project.appeal is not None
                and model.places.neighbourhood_subdistrict[project.neighbourhood] == place
            ]
            free = [
                unit
                for unit in np.argsort(-units.engagement, kind="stable").tolist()
                if units.subdistrict[unit] == place
                and asked.get(unit, 0) <= model.week
                and parameters.may_give[units.kind[unit]] > 0
            ]
            for unit in free[: int(hours / parameters.hours)]:
                waiting = [
                    appeal for appeal in appeals if appeal.state == "open" and appeal.total < appeal.threshold
                ]
                if not (waiting and ledger.spend_whole(where.start + place, parameters.hours, "asking")):
                    break
                asked[unit] = model.week + parameters.rest
                model.contacts.meet(np.array([unit]), np.array([SUBDISTRICT]), parameters.hours)
                draw = model.streams.generator(f"gifts/{unit}", model.week).random()
                if draw < parameters.may_give[units.kind[unit]] * float(units.engagement[unit]):
                    missing = (waiting[0].threshold - waiting[0].total) / YUAN
                    model.purses.pledge(waiting[0], units.names[unit], min(parameters.amount, missing))
                    model.offers.seen[unit] = True
