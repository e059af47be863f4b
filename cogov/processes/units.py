"""Units decide (单位决策): once a quarter each weighs what its engagement brought and cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import exp
from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.processes.titles import within_reach
from cogov.rules.kinds import TERMS
from cogov.terms import QUARTER, UnitKind


@dataclass(frozen=True, kw_only=True)
class UnitDecisions(Parameters):
    """What moves a unit."""

    base: float = param(
        -0.3,
        low=-100,
        high=100,
        doc="log odds of a unit's engagement without anything for it",
        plausible=(-0.8, 0.2),
    )
    consciousness: float = param(3.0, low=0, doc="what full territorial consciousness adds", plausible=(2, 4))
    speed: float = param(0.3, low=0, high=1, doc="share of the gap closed a quarter", plausible=(0.15, 0.5))
    learning: float = param(
        0.1,
        low=0,
        high=1,
        doc="share by which consciousness follows contact a quarter",
        plausible=(0.05, 0.2),
    )
    contact: float = param(
        19.0,
        low=1,
        high=200,
        unit="weeks",
        doc="weeks of all its hours that a unit's contacts must come to for a consciousness of 1 - 1/e",
        plausible=(10, 38),
    )
    superior: tuple[float, ...] = param(
        (1.0, 1.0, 1.0, 0.25, 1.0, 0.5, 1.0, 0.0),
        low=0,
        high=1,
        length=(len(UnitKind), len(UnitKind)),
        doc="how far a verdict binds a unit through its superior, by UnitKind: public bodies wholly",
        plausible=(0.6, 1),
    )
    doubt: float = param(
        0.1,
        low=0.001,
        high=1,
        doc="share of its hours by which a unit may be wrong about what a title takes",
        plausible=(0.03, 0.3),
    )
    public: float = param(
        0.25,
        low=0,
        high=1,
        doc="how far a published verdict binds a unit that no superior asks for it",
        plausible=(0.1, 0.5),
    )


@dataclass(frozen=True)
class Incentives:
    """What a quarter was to a unit: the weights of payoffs, and what happened that they weigh."""

    recognition: float
    peers: float
    rank: float
    effort: float
    service: float
    appraisal: float
    title: float
    others: float
    """mean engagement of the other units"""
    given: float
    """share of its hours that it gave, in [0, 1]"""
    seen: bool
    """gave hours at a public day"""
    received: float
    """share of what it wants that it was given, in [0, 1]"""
    lead: float
    """its score less the mean of its peers', in [-1, 1], as far as it binds"""
    chance: float
    """how much likelier a title is if it gives all, as far as it matters to it, in [0, 1]"""
    known: float
    """contact with the community for its size, in [0, 1]"""


@process(
    reads=("institutions", "joint_units", "contacts", "verdicts", "titles"),
    writes=("units", "offers", "accounts"),
)
def units_decide(model: ModelState) -> None:
    """Each unit weighs what its engagement brought and cost this quarter."""
    units, offers, accounts, parameters = model.units, model.offers, model.accounts, model.parameters.units
    at, n = units.neighbourhood, len(units)
    weight = {}
    for term in TERMS["units"]:
        here = model.institutions.payoff("units", term)
        around = model.institutions.areas["neighbourhood"].by_subdistrict(here)  # for those from outside
        weight[term] = np.where(at >= 0, here[at], around[units.subdistrict])
    engagement = units.engagement.astype(float)
    total = np.bincount(units.subdistrict, engagement)[units.subdistrict]  # peers are those of a subdistrict
    peers = np.bincount(units.subdistrict)[units.subdistrict] - 1
    others = np.divide(total - engagement, peers, out=engagement.copy(), where=peers > 0)
    hours = units.hours.sum(1).astype(float)
    effort = np.divide(offers.given, QUARTER * hours, out=np.zeros(n), where=hours > 0).clip(max=1)
    received = accounts.share()
    enough = parameters.contact * hours
    known = 1 - exp(-np.divide(model.contacts.in_all(), enough, out=np.zeros(n), where=enough > 0))
    lead, chance = verdicts_bind(model), within_reach(model)
    for unit in model.joint_units:
        row = unit.row
        unit.decide(
            Incentives(
                others=float(others[row]),
                given=float(effort[row]),
                seen=bool(offers.seen[row]),
                received=float(received[row]),
                lead=float(lead[row]),
                chance=float(chance[row]),
                known=float(known[row]),
                **{term: float(weight[term][row]) for term in weight},
            ),
            parameters,
        )
    offers.given[:] = 0
    offers.seen[:] = False
    offers.refresh()
    accounts.close()


def verdicts_bind(model: ModelState) -> NDArray[np.float64]:
    """Score of each unit less its peers', as far as its superior asks for it or it is public."""
    parameters, verdicts = model.parameters.units, model.verdicts
    superior = np.array(parameters.superior)[model.units.kind]
    public = np.maximum(parameters.public - superior, 0)
    group = model.units.subdistrict
    own, known = (verdicts.lead("units", group, published) for published in (False, True))
    return np.asarray(superior * own + public * known)
