"""Appraise (评价): residents judge what they lived through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import exp, power, powers
from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.state.issues import State
from cogov.terms import COHORTS, MONTH, Kind, Service

if TYPE_CHECKING:
    from cogov.model import GovernanceModel

STEPS = 2**20
"""Scores are counted in so many steps, so that their sums are exact in whatever order."""
JUDGED = ("committee", "firm", "neighbours")
"""Those whom residents come to trust, or not, by what they live through."""


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


class Experiences:
    """What residents live through in a week: for each one judged, how often and how good."""

    def __init__(self, residents: int) -> None:
        self._last = np.zeros(residents, dtype=np.int32)
        self.clear()

    def clear(self) -> None:
        """Forget the week."""
        self._parts: dict[str, list[tuple[NDArray[np.int64], NDArray[np.float64]]]] = {
            who: [] for who in (*JUDGED, "nobody")
        }

    def add(self, people: NDArray[np.int64], score: NDArray[np.float64], of: str) -> None:
        """Add experiences of residents (rows, possibly repeated), scored in [0, 1]."""
        self._parts[of].append((people, np.rint(score * STEPS)))

    def of(self, *judged: str) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.float64]]:
        """Residents with experiences of those judged: their rows, how many each had, and their mean score."""
        parts = [part for who in judged for part in self._parts[who]]
        if not parts:
            return np.zeros(0, np.intp), np.zeros(0, np.int64), np.zeros(0)
        people = np.concatenate([part[0] for part in parts])
        score = np.concatenate([part[1] for part in parts])
        # Everybody's entries are gathered at their last one, so that cost follows experiences, not people.
        entry = np.arange(len(people))
        self._last[people] = entry
        last = self._last[people]
        mine = last == entry
        count = np.bincount(last, minlength=len(people))[mine]
        return people[mine], count, np.bincount(last, score, len(people))[mine] / STEPS / count


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
def appraise(model: GovernanceModel) -> None:
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


def live_through_issues(model: GovernanceModel) -> None:
    """Those affected live through what ended this week, and once a month through what drags on."""
    issues = model.issues
    rows, score = endings(model)
    who = answerable(model, rows)
    order = np.argsort(who, kind="stable")
    people, owner = issues.affected(rows[order])
    score = score[order][owner]
    bounds = np.searchsorted(who[order][owner], np.arange(len(JUDGED) + 2))
    for index, name in enumerate((*JUDGED, "nobody")):
        part = slice(bounds[index], bounds[index + 1])
        model.experiences.add(people[part], score[part], of=name)


def endings(model: GovernanceModel) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
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


def answerable(model: GovernanceModel, rows: NDArray[np.intp]) -> NDArray[np.int64]:
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


def take_stock(model: GovernanceModel) -> None:
    """A quarter of the residents judge the month's services and forget a little."""
    residents, parameters, places = model.residents, model.parameters.appraise, model.places
    mine = slice(model.week % COHORTS, None, COHORTS)
    service = SERVICE_OF_AGE[residents.age[mine]]
    home = places.building_neighbourhood[residents.building[mine]]
    met = np.take(model.met.astype(np.float32), home * len(Service) + service)
    residents.satisfaction[mine] += np.float32(parameters.memory_need) * (met - residents.satisfaction[mine])
    pull = np.float32(1 - power(1 - parameters.forgetting, COHORTS))
    for column in (residents.trust_committee, residents.trust_firm):
        column[mine] += pull * (np.float32(parameters.indifference) - column[mine])
