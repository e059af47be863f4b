"""Uphold (守约): residents agree on compacts, keep them or not, and so breed fewer issues or more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cogov.kit.elementary import expit
from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.terms import MONTH, Cause


@dataclass(frozen=True, kw_only=True)
class Uphold(Parameters):
    """Whether households keep a compact: log odds (rules of users' own, monitored by users: Ostrom 1990)."""

    alone: float = param(
        -3.0, low=-100, high=100, doc="where nobody else keeps it and nobody reminds", plausible=(-4, -2)
    )
    others: float = param(4.0, low=0, high=100, doc="what it adds that all others keep it", plausible=(3, 5))
    trust: float = param(1.5, low=0, high=100, doc="what full trust in neighbours adds", plausible=(0.7, 2.5))
    reminded: float = param(
        2.0, low=0, high=100, doc="what it adds to be reminded of a breach", plausible=(1, 3)
    )
    speed: float = param(
        0.25, low=0, high=1, doc="share of the households that think again in a month", plausible=(0.1, 0.5)
    )


@process(
    reads=("institutions", "residents.trust_neighbours", "places"),
    writes=("compacts", "causes"),
)
def uphold(model: ModelState) -> None:
    """Hours of keepers go into agreeing on compacts, then into reminding; people think again monthly."""
    compacts, institutions = model.compacts, model.institutions
    reminded = {}
    for laid in institutions.compacts:
        rule, of = laid.rule, laid.area.of_compound
        each = np.bincount(of, minlength=laid.area.n)[of]
        entry = compacts.begin(rule.name, Cause[rule.cause.upper()], laid.value("meetings")[of] / each)
        given = laid.force * laid.value("upkeep")
        entry.to_agree = (entry.to_agree - given[of] / each).clip(0)
        entry.effect = np.asarray(laid.value("effect")[of])
        reminded[rule.name] = np.where(given > 0, laid.force, 0.0)[of]
    if model.week % MONTH or not len(compacts):
        return
    parameters, trust = model.parameters.uphold, model.compound_mean(model.residents.trust_neighbours)
    for name, entry in compacts.kept.items():
        odds = parameters.alone + parameters.others * entry.share + parameters.trust * trust
        odds = odds + parameters.reminded * reminded.get(name, 0.0)
        agreed = entry.to_agree <= 0
        entry.share = entry.share + parameters.speed * (np.where(agreed, expit(odds), 0.0) - entry.share)
    for cause in Cause:
        model.causes.hold_down(cause, compacts.held_down(cause))
