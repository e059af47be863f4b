"""Aid (守望相助): neighbours who know each other help with small things, whatever the design."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cogov.community.cohorts import Cohort, cohort_of, place_of
from cogov.community.ties import FULL
from cogov.kit.elementary import exp
from cogov.kit.fields import Parameters, param
from cogov.kit.runs import picked
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.processes.needs import AT_70
from cogov.state.aid import Aid, SmallNeeds
from cogov.terms import ADULT, COHORTS, Age, Service


@dataclass(frozen=True, kw_only=True)
class Aiding(Parameters):
    """What neighbours do for each other: small things, of an hour at most."""

    help: float = param(
        0.3,
        low=0,
        high=2,
        unit="1/tie",
        doc="hazard that one helps with a small need of a neighbour, fully tied and trusting",
        source="assumed, within what people say: 46 % would ask a neighbour to take in a parcel without"
        " question, 19 % mostly (facts: Shanghai Urban Neighborhood Survey 2017)",
        plausible=(0.1, 0.6),
    )
    time: float = param(
        4.0,
        low=0,
        high=112,
        unit="h/week",
        doc="free hours from which one has time to help",
        plausible=(2, 8),
    )
    company: float = param(
        0.2,
        low=0,
        high=1,
        doc="share of elder care that is company and errands, so that a neighbour can do it",
        plausible=(0.1, 0.4),
    )
    minding: float = param(
        0.15, low=0, high=1, doc="share of child care that is minding for an hour", plausible=(0.05, 0.3)
    )
    mending: float = param(
        0.3, low=0, high=1, doc="share of help with repairs that a neighbour can give", plausible=(0.15, 0.5)
    )


@process(reads=("residents.trust_neighbours", "tied_to"), writes=("aid",))
def aid(model: ModelState) -> None:
    """Work out anew how far neighbours help a quarter of the residents."""
    help_cohort(model, model.week % COHORTS)


def help_cohort(model: ModelState, cohort: int) -> None:
    """Let neighbours help a cohort with its small needs.

    Somebody helps with 1 - exp(-help x trust x strength of the ties to neighbours who have time). So nobody
    gives a neighbour more than help x strength of what that one needs: minutes of the hours a helper has.
    """
    state = model.aid
    mine = Cohort(cohort)
    hazard = mine.of(model.tied_to.able.strength).astype(np.float32)
    hazard *= np.float32(-model.parameters.aid.help / FULL)
    hazard *= mine.of(model.residents.trust_neighbours)
    state.help(cohort, 1 - exp(picked(hazard, state.needs[cohort].row)))


def lay_out_aid(model: ModelState) -> Aid:
    """Who needs small help: the old, children, and for their homes the heads of households."""
    parameters, arise = model.parameters.aid, model.parameters.arise
    residents, places = model.residents, model.places
    hours_at = np.zeros(len(Age))
    hours_at[Age.UNDER_12] = parameters.minding * arise.child_care
    hours_at[Age.AGE_70_79] = parameters.company * arise.elder_care * AT_70
    hours_at[Age.AGE_80_PLUS] = parameters.company * arise.elder_care
    persons, heads = np.flatnonzero(hours_at[residents.age]), places.household_rows[:-1]
    old = places.compounds.old[places.building_compound[residents.building[heads]]]
    who = np.concatenate([persons, heads])
    hours = np.concatenate(
        [hours_at[residents.age[persons]], parameters.mending * arise.repair_help * (1 + old)]
    )
    service = np.full(len(who), Service.REPAIR_HELP)
    minors = residents.age[persons] < ADULT
    service[: len(persons)] = np.where(minors, Service.CHILD_CARE, Service.ELDER_CARE)
    cell = places.building_neighbourhood[residents.building[who]] * len(Service) + service
    needs = []
    for cohort in range(COHORTS):
        mine = np.flatnonzero(cohort_of(who) == cohort)
        needs.append(SmallNeeds.of(place_of(who[mine]), hours[mine], cell[mine]))
    return Aid(tuple(needs), len(places.neighbourhoods))
