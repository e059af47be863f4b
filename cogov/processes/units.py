"""Units decide (单位决策): once a quarter each weighs what its engagement brought and cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.rules.kinds import TERMS
from cogov.terms import QUARTER

if TYPE_CHECKING:
    from cogov.model import GovernanceModel


@dataclass(frozen=True, kw_only=True)
class UnitDecisions(Parameters):
    """What moves a unit."""

    base: float = param(
        -0.3, low=-100, high=100, doc="log odds of a unit's engagement without anything for it"
    )
    consciousness: float = param(3.0, low=0, doc="what full territorial consciousness adds")
    speed: float = param(0.3, low=0, high=1, doc="share of the gap closed a quarter")
    learning: float = param(
        0.1, low=0, high=1, doc="share by which consciousness and ties follow contact a quarter"
    )
    contact: float = param(2.0, low=0, doc="contact for a given share of hours used")


@dataclass(frozen=True)
class Incentives:
    """What a quarter looks like to a unit: weights from the payoff rules, and what the others do."""

    recognition: float
    peers: float
    rank: float
    effort: float
    others: float


@process(reads=("institutions", "joint_units"), writes=("units", "offers"))
def units_decide(model: GovernanceModel) -> None:
    """Each unit weighs what its engagement brought and cost this quarter."""
    institutions, offers = model.institutions, model.offers
    weight = {term: institutions.payoff("units", term) for term in TERMS["units"]}
    engagement = model.units.engagement.astype(float)
    places = range(len(model.places.subdistricts))
    together = [np.flatnonzero(model.units.subdistrict == place) for place in places]  # peers of each other
    total = [float(engagement[mine].sum()) for mine in together]
    capacity = QUARTER * model.units.hours.sum(1).astype(float)
    for unit in model.joint_units:
        place, own = int(model.units.subdistrict[unit.row]), float(engagement[unit.row])
        n = len(together[place])
        others = (total[place] - own) / (n - 1) if n > 1 else own
        unit.decide(
            float(offers.given[unit.row]),
            float(capacity[unit.row]),
            bool(offers.seen[unit.row]),
            Incentives(others=others, **weight),
            model.parameters.units,
        )
    offers.given[:] = 0
    offers.seen[:] = False
    offers.refresh()
