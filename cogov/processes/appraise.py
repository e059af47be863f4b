"""Appraise (评价): residents judge what they lived through."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cogov.community.cohorts import Cohort
from cogov.kit.elementary import exp, log, power, powers
from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.state.channels import Channels
from cogov.state.domains import Weights
from cogov.state.experiences import HOME, JUDGED, PROBLEMS, Cases, Lived
from cogov.state.issues import State
from cogov.terms import COHORTS, MONTH, Kind


@dataclass(frozen=True, kw_only=True)
class Appraise(Parameters):
    """How experience becomes satisfaction and trust.

    Satisfaction is made of domains, as community satisfaction is of services and of conditions (Grzeskowiak,
    Sirgy and Widgery 2003, Journal of Regional Analysis and Policy 33:2). The reference is a life without the
    problem: an issue takes something, a good solution gives it back, and none pays more than its absence.
    That a failure made good leaves people more satisfied than no failure (service recovery paradox) is found
    on average for satisfaction, but not for coming back, recommending or image, and it differs by design of
    study (de Matos, Henrique and Rossi 2007, Journal of Service Research 10:60-77). Who handled it well may
    gain here too, in trust.
    """

    norm: float = param(
        8.0,
        low=0,
        unit="weeks",
        doc="an issue resolved within so many weeks of birth is within the norm",
        plausible=(4, 13),
    )
    expectation: float = param(
        3.0,
        low=0,
        unit="weeks",
        doc="wait that people accept for an urgent issue; longer for others",
        plausible=(1.5, 6),
    )
    patience: float = param(
        8.0,
        low=0.1,
        unit="weeks",
        doc="delay beyond it after which 1/e of the good is left",
        plausible=(4, 16),
    )
    memory: float = param(
        0.12, low=0, high=1, doc="weight of one experience in trust", plausible=(0.05, 0.25)
    )
    forgetting: float = param(
        0.004, low=0, high=1, unit="1/week", doc="pull of trust back to indifference", plausible=(0.002, 0.01)
    )
    indifference: float = param(
        0.5, low=0, high=1, doc="trust of those who have lived through nothing", plausible=(0.35, 0.6)
    )
    services: float = param(
        0.5,
        low=0,
        high=1,
        doc="weight of services in satisfaction",
        plausible=(0.2, 0.8),
    )
    homes: float = param(
        0.2,
        low=0,
        high=1,
        doc="share of the rest that is what was built at one's home; a life without problems is what remains",
        plausible=(0, 0.5),
    )
    loss: float = param(
        0.12,
        low=0,
        high=0.99,
        doc="share of a life without problems that one takes which is lost, or drags on for a month",
        plausible=(0.03, 0.3),
    )
    recovery: float = param(
        0.9,
        low=0,
        high=1,
        doc="share of that loss which a solution within expectation makes good",
        source="assumed (de Matos, Henrique and Rossi 2007: on average at least 1 for satisfaction, less for"
        " everything else)",
        plausible=(0.5, 1),
    )
    half_life: float = param(
        26.0,
        low=1,
        unit="weeks",
        doc="after which what is past counts half as much in satisfaction as how things are",
        plausible=(13, 104),
    )

    def weights(self) -> Weights:
        """Weights of the domains of satisfaction."""
        rest = 1 - self.services
        return Weights(self.services, rest * (1 - self.homes), rest * self.homes)


def blend(column: NDArray[np.float32], lived: Lived, weight: float) -> None:
    """Let a column follow experiences of one weight each, the older ones fading.

    n experiences of mean s move x to x + (1 - (1 - weight)^n) (s - x).
    """
    rows, which, times, mean = lived
    share = (1 - powers(1 - weight, int(times.max(initial=0)) + 1))[times]
    level = column[rows]
    column[rows] = level + (share[which] * (mean[which] - level)).astype(np.float32)


@process(
    reads=("issues", "institutions", "met"),
    writes=(
        "residents.satisfaction",
        "residents.trust_committee",
        "residents.trust_firm",
        "residents.trust_neighbours",
        "experiences",
        "domains",
        "channels",
    ),
)
def appraise(model: ModelState) -> None:
    """Residents update on the week's issues, works and services."""
    live_through_issues(model)
    if model.channels is not None:
        account(model, model.channels)
    residents, parameters, experiences = model.residents, model.parameters.appraise, model.experiences
    trusts = (residents.trust_committee, residents.trust_firm, residents.trust_neighbours)
    for who, trust in zip(JUDGED, trusts, strict=True):
        blend(trust, experiences.of(who), parameters.memory)
    rows = np.concatenate([suffer(model), see_what_was_built(model)])
    residents.satisfaction[rows] = model.domains.satisfaction(rows)
    experiences.clear()
    if model.trace:
        model.trace.look("lived")
    take_stock(model)


def live_through_issues(model: ModelState) -> None:
    """Those affected live through what ended this week, and once a month through what drags on."""
    issues = model.issues
    rows, score = endings(model)
    who = answerable(model, rows)
    model.experiences.cases = Cases(rows, score, who)
    order = who.argsort(kind="stable")
    rows, score, who = rows[order], score[order], who[order]
    people, owner = issues.affected(rows)
    if model.trace:
        held = [(*JUDGED, "nobody")[index] for index in who.tolist()]
        model.trace.lived(people, owner, rows, score, held)
    by = issues.kind[rows]
    bounds = owner.searchsorted(who.searchsorted(np.arange(len(JUDGED) + 1)))
    for name, part in zip(JUDGED, (slice(*pair) for pair in pairwise(bounds.tolist())), strict=True):
        model.experiences.add(people[part], score, of=name, by=by, occasion=owner[part])
    model.experiences.add(people, score, of=PROBLEMS, by=by, occasion=owner)


def account(model: ModelState, channels: Channels) -> None:
    """Keep account of what the week's experiences will do, by what they come from."""
    parameters, experiences = model.parameters.appraise, model.experiences
    for who in JUDGED:
        channels[f"trust_{who}"].blend(*experiences.each(who), parameters.memory)
    people, score, by = experiences.each(PROBLEMS)
    bad = 1 - parameters.recovery * score
    channels.ease.lose(people, bad * log(1 - parameters.loss), by, model.domains.ease)
    built = experiences.of(HOME)
    channels.home.draw(built.rows, 1.0, built.mean[built.which], "works")


def suffer(model: ModelState) -> NDArray[np.intp]:
    """Problems take from a life without them what no solution made good; returns whom they struck.

    n problems of mean score s leave (1 - loss)^(n (1 - recovery s)) of it, in whatever order they came.
    """
    parameters = model.parameters.appraise
    rows, which, times, mean = model.experiences.of(PROBLEMS)
    bad = times * (1 - parameters.recovery * mean)
    left = exp(bad * log(1 - parameters.loss)).astype(np.float32)
    model.domains.ease[rows] *= left[which]
    return rows


def see_what_was_built(model: ModelState) -> NDArray[np.intp]:
    """Who gains by what was built at home could not do better, who loses not worse; returns who they are."""
    rows, which, _, glad = model.experiences.of(HOME)
    model.domains.home[rows] = glad[which]
    return rows


def endings(model: ModelState) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Issues that ended this week or, once a month, drag on beyond expectation, and how good that was.

    Solved within expectation 1, late exp(-delay / patience), lost or unsolved 0.
    """
    issues, parameters = model.issues, model.parameters.appraise
    state, closed = issues.state, issues.closed
    waited = model.week - issues.born
    rows = ((closed == model.week) | ((state < State.RESOLVED) & (waited % MONTH == 0))).nonzero()[0]
    late = waited[rows] - parameters.expectation / issues.urgency[rows]
    lived = (closed[rows] == model.week) | (late > 0)
    rows, late = rows[lived], late[lived]
    score, solved = np.zeros(len(rows)), (state[rows] == State.RESOLVED).nonzero()[0]
    score[solved] = exp(-np.maximum(late[solved], 0) / parameters.patience)
    return rows, score


def answerable(model: ModelState, rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """Whom residents hold to account for an issue: the index in ``JUDGED``, or one more for nobody.

    The firm for what it works on and for its own business in the compound; neighbours for what volunteers
    and those of them who hold a post solved; nobody for what nobody knows of; else the committee.
    """
    issues, institutions = model.issues, model.institutions
    firm = institutions.posts.at("firm")
    server, kind, state = issues.server[rows], issues.kind[rows], issues.state[rows]
    by_firm = (server >= firm.start) & (server < firm.stop)
    own_business = (server < 0) & ((kind == Kind.REPAIR) | (kind == Kind.PROPERTY_CONFLICT))
    by_neighbours = (server >= 0) & (state == State.RESOLVED) & institutions.held_by_neighbours[server]
    who = np.zeros(len(rows), dtype=np.int64)
    who[by_neighbours] = JUDGED.index("neighbours")
    who[by_firm | own_business] = JUDGED.index("firm")
    who[state == State.ANSWER] = JUDGED.index("committee")  # done, whoever did it; the answer is theirs
    who[state == State.LATENT] = len(JUDGED)
    return who


def take_stock(model: ModelState) -> None:
    """A quarter of the residents judge the services they use and forget a little."""
    residents, parameters, mine = model.residents, model.parameters.appraise, Cohort.in_week(model.week)
    kept, met = power(0.5, COHORTS / parameters.half_life), model.world.personal.share_met(model.met)
    mine.put(residents.satisfaction, model.domains.take_stock(mine, met, kept))
    pull = np.float32(1 - power(1 - parameters.forgetting, COHORTS))
    if model.channels is not None:
        model.channels.take_stock(mine, model.world.personal.shares_met(model.met), kept, float(pull))
    for column in (residents.trust_committee, residents.trust_firm):
        mine.drift(column, pull, np.float32(parameters.indifference))
