"""Secretaries learn (书记成长): by the cases of the quarter; they come and go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.terms import Capability

if TYPE_CHECKING:
    from cogov.model import GovernanceModel


@dataclass(frozen=True, kw_only=True)
class Secretaries(Parameters):
    """How secretaries learn, and what their skill does."""

    skill: float = param(
        0.35, low=0, high=1, doc="what full professional capability adds to a committee's competence"
    )
    turnover: float = param(0.15, low=0, high=1, unit="1/year", doc="chance that a secretary goes")
    recruit: tuple[float, ...] = param(
        (0.2, 0.6), low=0, high=1, length=(2, 2), doc="lowest and highest capability of a new one"
    )
    case_learning: float = param(0.15, low=0, doc="learning by one case for each household")


@process(
    reads=("institutions", "neighbourhood_committees", "quarter"), writes=("committees", "institutions.posts")
)
def secretaries_learn(model: GovernanceModel) -> None:
    """Secretaries learn by the cases of the quarter, and come and go."""
    places, committees = model.places, model.committees
    first = places.neighbourhood_compounds[:-1]
    households = np.diff(places.neighbourhood_households)
    cases = np.add.reduceat(model.quarter.resolved, first) / households
    draws = model.streams.generator("appraise/secretaries", model.week).random((len(committees), 5))
    for committee in model.neighbourhood_committees:
        committee.review(float(cases[committee.row]), draws[committee.row], model.parameters.secretaries)
    set_committee_skill(model)


def set_committee_skill(model: GovernanceModel) -> None:
    """A capable secretary makes the committee's finished work hold more often."""
    posts = model.institutions.posts
    where = posts.at("committee")
    if where.stop > where.start:
        weight = model.parameters.secretaries.skill
        capability = model.committees.capability[:, Capability.PROFESSIONAL].astype(float)
        posts.trained[where] = weight * capability
