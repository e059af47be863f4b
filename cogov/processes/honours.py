"""Honours (表彰): posts honour those who volunteered most, as far as it is on record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.kit.fields import Parameters, param
from cogov.kit.streams import exponential
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState


@dataclass(frozen=True, kw_only=True)
class Honouring(Parameters):
    """What an honour is worth, and for how long."""

    lasts: float = param(
        52.0,
        low=4,
        high=520,
        unit="weeks",
        doc="weeks over which it wears off",
        source="derived: Gallus (2017), Wikipedia in German: four quarters",
    )
    common: float = param(
        0.1,
        low=0.001,
        high=1,
        doc="share of the active honoured at which an honour is worth half",
        plausible=(0.03, 0.3),
    )


@process(
    reads=("residents", "institutions.honours", "institutions.posts", "institutions.areas"),
    writes=("honours", "institutions.ledger"),
)
def honour(model: ModelState) -> None:
    """Ceremonies that are due take place as far as their post has hours; the most active are named."""
    institutions, residents, parameters = model.institutions, model.residents, model.parameters.honours
    model.honours.fade(model.week - int(parameters.lasts))
    for laid in institutions.honours:
        rule = laid.rule
        if model.week % rule.every:
            continue
        wanted = laid.value("hours") * laid.active
        granted = institutions.ledger.spend(institutions.posts.at(rule.post), wanted, "meetings")
        held = np.divide(granted, wanted, out=np.zeros_like(wanted), where=wanted > 0) * laid.force
        active = np.flatnonzero(residents.volunteering)
        area = laid.area.of_building[residents.building[active]]
        number = np.bincount(area, minlength=laid.area.n)
        named = np.floor(laid.value("share") * held * number).astype(np.int64)
        # Who gave more hours is named sooner: the smallest of exponential numbers at these rates.
        draws = exponential(model.streams.generator(f"honours/{rule.name}", model.week), len(residents))
        order = np.lexsort((draws[active] / residents.free_hours[active].clip(1e-6), area))
        place = np.arange(len(order)) - np.searchsorted(area[order], area[order])
        chosen = order[place < named[area[order]]]
        worth = 1 / (1 + named / number.clip(1) / parameters.common)
        model.honours.award(active[chosen].astype(np.int64), worth[area[chosen]], model.week)


def honoured(model: ModelState) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Rows of residents whose honour has not worn off, and what moves them: log odds."""
    honours, places = model.honours, model.places
    weight = model.institutions.payoff("volunteers", "recognition")
    people = honours.people
    left = (1 - (model.week - honours.week) / model.parameters.honours.lasts).clip(0)
    home = places.building_neighbourhood[model.residents.building[people]]
    return people, weight[home] * honours.worth * left
