"""Appraise (评价): residents judge what they lived through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.community.cohorts import Cohort
from cogov.kit.elementary import exp, power, powers
from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.state.experiences import JUDGED, Cases
from cogov.state.issues import State
from cogov.terms import COHORTS, MONTH, Kind, Service


@dataclass(frozen=True, kw_only=True)
class Appraise(Parameters):
    """How experience becomes satisfaction and trust."""

    norm: float = param(
        8.0, low=0, unit="weeks", doc="an issue resolved within so many weeks of birth is within the norm"
    )
    expectation: float = param(
        3.0, low=0, unit="weeks", doc="wait that people accept for an urgent issue; longer for others"
    )
    patience: float = param(
        8.0, low=0.1, unit="weeks", doc="delay beyond it after which 1/e of the good is left"
    )
    memory: float = param(0.12, low=0, high=1, doc="weight of one experience in trust")
    memory_satisfaction: float = param(0.08, low=0, high=1, doc="weight of one experience in satisfaction")
    memory_need: float = param(0.03, low=0, high=1, doc="weight of a month's services in satisfaction")
    forgetting: float = param(0.004, low=0, high=1, unit="1/week", doc="pull of trust back to indifference")
    indifference: float = param(0.5, low=0, high=1, doc="trust of those who have lived through nothing")


def blend(
    column: NDArray[np.float32],
    rows: NDArray[np.intp],
    count: NDArray[np.int64],
    mean: NDArray[np.float64],
    weight: float,
) -> None:
    """Let a column follow experiences of one weight each, the older ones fading.

    n experiences of mean s move x to x + (1 - (1 - weight)^n) (s - x).
    """
    share = (1 - powers(1 - weight, int(count.max(initial=0)) + 1))[count]
    column[rows] += (share * (mean - column[rows])).astype(np.float32)


@process(
    reads=("issues", "institutions", "met"),
    writes=(
        "residents.satisfaction",
        "residents.trust_committee",
        "residents.trust_firm",
        "residents.trust_neighbours",
        "experiences",
    ),
)
def appraise(model: ModelState) -> None:
    """Residents update on the week's issues and services."""
    live_through_issues(model)
    residents, parameters, experiences = model.residents, model.parameters.appraise, model.experiences
    trusts = (residents.trust_committee, residents.trust_firm, residents.trust_neighbours)
    for who, trust in zip(JUDGED, trusts, strict=True):
        blend(trust, *experiences.of(who), parameters.memory)
    # Of all at once: whose experience comes first must not matter.
    blend(residents.satisfaction, *experiences.of(*JUDGED, "nobody"), parameters.memory_satisfaction)
    experiences.clear()
    take_stock(model)


def live_through_issues(model: ModelState) -> None:
    """Those affected live through what ended this week, and once a month through what drags on."""
    issues = model.issues
    rows, score = endings(model)
    who = answerable(model, rows)
    model.experiences.cases = Cases(rows, score, who)
    order = np.argsort(who, kind="stable")
    people, owner = issues.affected(rows[order])
    score = score[order][owner]
    bounds = np.searchsorted(who[order][owner], np.arange(len(JUDGED) + 2))
    for index, name in enumerate((*JUDGED, "nobody")):
        part = slice(bounds[index], bounds[index + 1])
        model.experiences.add(people[part], score[part], of=name)


def endings(model: ModelState) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Issues that ended this week or, once a month, drag on beyond expectation, and how good that was.

    Solved within expectation 1, late exp(-delay / patience), lost or unsolved 0.
    """
    issues, parameters = model.issues, model.parameters.appraise
    waited = model.week - issues.born
    ended = issues.closed == model.week
    expected = parameters.expectation / issues.urgency
    dragging = (issues.state < State.RESOLVED) & (waited > expected) & (waited % MONTH == 0)
    rows = np.flatnonzero(ended | dragging)
    late = np.maximum(waited[rows] - expected[rows], 0)
    return rows, np.where(issues.state[rows] == State.RESOLVED, exp(-late / parameters.patience), 0.0)


def answerable(model: ModelState, rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """Whom residents hold to account for an issue: the index in ``JUDGED``, or one more for nobody.

    The firm for what it works on and for its own business in the compound; neighbours for what volunteers
    and those of them who hold a post solved; nobody for what nobody knows of; else the committee.
    """
    issues, institutions = model.issues, model.institutions
    firm = institutions.posts.at("firm")
    server, kind = issues.server[rows], issues.kind[rows]
    by_firm = (server >= firm.start) & (server < firm.stop)
    own_business = (server < 0) & ((kind == Kind.REPAIR) | (kind == Kind.PROPERTY_CONFLICT))
    by_neighbours = (server >= 0) & institutions.held_by_neighbours[server]
    by_neighbours &= issues.state[rows] == State.RESOLVED
    unknown = issues.state[rows] == State.LATENT
    untold = issues.state[rows] == State.ANSWER  # done, whoever did it; the answer is the committee's
    return np.select([unknown, untold, by_firm | own_business, by_neighbours], [3, 0, 1, 2], 0)


SERVICE_OF_AGE = np.array(
    [
        Service.CHILD_CARE,
        Service.CULTURE,
        Service.CULTURE,
        Service.CULTURE,
        Service.CULTURE,
        Service.HEALTH,
        Service.ELDER_CARE,
        Service.ELDER_CARE,
    ]
)
"""The service by which each age band mainly judges whether its needs are met."""


def take_stock(model: ModelState) -> None:
    """A quarter of the residents judge the month's services and forget a little."""
    residents, parameters, places = model.residents, model.parameters.appraise, model.places
    mine = Cohort.in_week(model.week)
    service = SERVICE_OF_AGE[mine.of(residents.age)]
    home = places.building_neighbourhood[mine.of(residents.building)]
    met = np.take(model.met.astype(np.float32), home * len(Service) + service)
    drift(residents.satisfaction, mine, np.float32(parameters.memory_need), met)
    pull = np.float32(1 - power(1 - parameters.forgetting, COHORTS))
    for column in (residents.trust_committee, residents.trust_firm):
        drift(column, mine, pull, np.float32(parameters.indifference))


def drift(
    column: NDArray[np.float32],
    mine: Cohort,
    share: np.float32,
    towards: NDArray[np.float32] | np.float32,
) -> None:
    """Let a cohort's level close a share of its gap to something."""
    level = mine.of(column)
    mine.put(column, level + share * (towards - level))
