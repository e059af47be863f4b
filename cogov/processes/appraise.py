"""Appraise (评价): residents judge what they lived through; once a quarter organisations decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cogov.elementary import exp, expit, power, powers
from cogov.fields import Parameters, param
from cogov.issues import State
from cogov.rules.kinds import TERMS
from cogov.terms import COHORTS, MONTH, QUARTER, Capability, Kind, Service

if TYPE_CHECKING:
    from cogov.model import GovernanceModel

JUDGED = ("committee", "firm", "neighbours")
"""Those whom residents come to trust, or not, by what they live through."""


@dataclass(frozen=True, kw_only=True)
class Appraise(Parameters):
    """How experience becomes satisfaction and trust, and what organisations make of their quarter."""

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
    fee_base: float = param(
        -1.6, low=-100, high=100, doc="log odds of paying the property fee without any trust in the firm"
    )
    fee_trust: float = param(6.0, low=0, doc="what full trust adds; about 80 % pay at even trust (facts)")
    unit_base: float = param(
        -0.3, low=-100, high=100, doc="log odds of a unit's engagement without anything for it"
    )
    unit_consciousness: float = param(3.0, low=0, doc="what full territorial consciousness adds")
    unit_speed: float = param(0.3, low=0, high=1, doc="share of the gap closed a quarter")
    unit_learning: float = param(
        0.1, low=0, high=1, doc="share by which consciousness and ties follow contact a quarter"
    )
    unit_contact: float = param(2.0, low=0, doc="contact for a given share of hours used")
    firm_cost: float = param(0.55, low=0, doc="cost of full quality, share of the fees due")
    firm_margin: float = param(0.1, low=0, high=1, doc="share of income the owner takes out")
    firm_speed: float = param(0.15, low=0, high=1, doc="step along the profit gradient a quarter")
    firm_labour: float = param(0.2, low=0, high=1, doc="share of income spent on people who answer residents")
    firm_wage: float = param(30.0, low=1, unit="yuan/h", doc="what an hour of them costs")
    firm_foresight: float = param(
        0.6, low=0, high=1, doc="trust that a firm expects to gain from quality, one for one at 1"
    )
    firm_fixed: float = param(
        0.3, low=0, high=1, doc="share of the fees due that guards, cleaning and lifts cost at any quality"
    )
    firm_skill: float = param(0.4, low=0, high=1, doc="what full quality adds to a firm's competence")
    firm_renown: float = param(0.5, low=0, high=1, doc="share by which reputation follows trust a quarter")
    secretary_skill: float = param(
        0.35, low=0, high=1, doc="what full professional capability adds to a committee's competence"
    )
    turnover: float = param(0.15, low=0, high=1, unit="1/year", doc="chance that a secretary goes")
    recruit: tuple[float, ...] = param(
        (0.2, 0.6), low=0, high=1, length=(2, 2), doc="lowest and highest capability of a new one"
    )
    case_learning: float = param(0.15, low=0, doc="learning by one case for each household")
    replace_below: float = param(
        0.3, low=0, high=1, doc="mean trust below which owners look for another firm"
    )
    replace_hours: float = param(20.0, low=0, unit="h", doc="committee hours to help owners to another firm")
    replace_rate: float = param(
        0.25, low=0, high=1, unit="1/quarter", doc="chance that a fully competent committee gets one"
    )


@dataclass(frozen=True)
class Incentives:
    """What a quarter looks like to a unit: weights from the payoff rules, and what the others do."""

    recognition: float
    peers: float
    rank: float
    effort: float
    others: float


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
        self._parts[of].append((people, score))

    def of(self, who: str) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.float64]]:
        """Residents with experiences of one judged: their rows, how many each had, and their mean score."""
        parts = self._parts[who]
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
        return people[mine], count, np.bincount(last, score, len(people))[mine] / count


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


def appraise(model: GovernanceModel) -> None:
    """Residents update on the week's issues and services; a quarter's end is for organisations."""
    model.quarter.resolved += model.tally.of("resolved")
    live_through_issues(model)
    residents, parameters, experiences = model.residents, model.parameters.appraise, model.experiences
    trusts = (residents.trust_committee, residents.trust_firm, residents.trust_neighbours, None)
    for who, trust in zip((*JUDGED, "nobody"), trusts, strict=True):
        lived = experiences.of(who)
        blend(residents.satisfaction, *lived, parameters.memory_satisfaction)
        if trust is not None:
            blend(trust, *lived, parameters.memory)
    experiences.clear()
    take_stock(model)
    if model.week % MONTH == 0:
        collect_fees(model)
    if model.week % QUARTER == 0:
        units_decide(model)
        firms_decide(model)
        secretaries_learn(model)
        model.quarter.clear()


def live_through_issues(model: GovernanceModel) -> None:
    """Score what ended this week, and once a month what drags on beyond expectation.

    Solved within expectation 1, late exp(-delay / patience), lost or unsolved 0.
    """
    issues, parameters = model.issues, model.parameters.appraise
    waited = model.week - issues.born
    ended = issues.closed == model.week
    expected = parameters.expectation / issues.urgency
    dragging = (issues.state < State.RESOLVED) & (waited > expected) & (waited % MONTH == 0)
    rows = np.flatnonzero(ended | dragging)
    late = np.maximum(waited[rows] - expected[rows], 0)
    score = np.where(issues.state[rows] == State.RESOLVED, exp(-late / parameters.patience), 0.0)
    who = answerable(model, rows)
    order = np.argsort(who, kind="stable")
    people, owner = issues.affected(rows[order])
    score = score[order][owner]
    bounds = np.searchsorted(who[order][owner], np.arange(len(JUDGED) + 2))
    for index, name in enumerate((*JUDGED, "nobody")):
        part = slice(bounds[index], bounds[index + 1])
        model.experiences.add(people[part], score[part], of=name)


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
    return np.select([unknown, by_firm | own_business, by_neighbours], [3, 1, 2], 0)


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


def collect_fees(model: GovernanceModel) -> None:
    """Owners pay the fee or not by trust in the firm."""
    parameters = model.parameters.appraise
    model.collection[:] = expit(
        parameters.fee_base + parameters.fee_trust * model.compound_mean(model.residents.trust_firm)
    )
    staff_firms(model)


def staff_firms(model: GovernanceModel) -> None:
    """The fees collected buy the hours that firms work."""
    parameters, places, posts = model.parameters.appraise, model.places, model.institutions.posts
    compounds = places.compounds
    firm = posts.at("firm")
    if firm.stop == firm.start:
        return
    served = compounds.firm >= 0
    due = compounds.fee * compounds.area * np.diff(places.compound_households)  # yuan a month
    quality = model.quality_by_compound()
    # A firm that spends on quality spends it on people: twice the usual at full quality, none at zero.
    hours = due * model.collection * parameters.firm_labour * 2 * quality / parameters.firm_wage / (52 / 12)
    posts.gross[firm] = np.where(served, hours, 0)
    posts.trained[firm] = parameters.firm_skill * quality


def units_decide(model: GovernanceModel) -> None:
    """Each unit weighs what its engagement brought and cost this quarter."""
    institutions, offers = model.institutions, model.offers
    weight = {term: institutions.payoff("units", term) for term in TERMS["units"]}
    engagement = model.community.units.engagement.astype(float)
    everybody, n = float(engagement.sum()), len(engagement)
    capacity = QUARTER * model.community.units.hours.sum(1).astype(float)
    for unit in model.joint_units:
        others = (everybody - engagement[unit.row]) / (n - 1) if n > 1 else float(engagement[unit.row])
        unit.decide(
            float(offers.given[unit.row]),
            float(capacity[unit.row]),
            bool(offers.seen[unit.row]),
            Incentives(others=others, **weight),
            model.parameters.appraise,
        )
    offers.given[:] = 0
    offers.seen[:] = False
    offers.refresh()


def firms_decide(model: GovernanceModel) -> None:
    """Firms set their quality; owners' committees that can and will look for another firm."""
    institutions, parameters, compounds = (
        model.institutions,
        model.parameters.appraise,
        model.places.compounds,
    )
    firms, n = model.community.firms, len(model.community.firms)
    served = np.flatnonzero(compounds.firm >= 0)
    due = (compounds.fee * compounds.area)[served] * np.diff(model.places.compound_households)[served]
    total = np.bincount(compounds.firm[served], due, n)
    collection = np.bincount(compounds.firm[served], due * model.collection[served], n) / total.clip(1e-9)
    weights = {term: institutions.payoff("firms", term) for term in TERMS["firms"]}
    # An alliance is of the firms with a base of party building; where none has one, of all.
    members = firms.founding if firms.founding.any() else np.ones(n, dtype=bool)
    best = float(firms.quality[members].max()) if n else 0.0
    for firm in model.property_firms:
        if total[firm.row] > 0:
            outside = {} if members[firm.row] else dict.fromkeys(TERMS["firms"], 0.0)
            firm.decide(float(collection[firm.row]), best, weights | outside, parameters)
    trust = model.compound_mean(model.residents.trust_firm)
    renown = np.bincount(compounds.firm[served], trust[served] * due, n) / total.clip(1e-9)
    firms.reputation[total > 0] += (parameters.firm_renown * (renown - firms.reputation)[total > 0]).astype(
        np.float32
    )
    draws = model.streams.generator("appraise/owners", model.week).random(
        len(model.community.owners_committees)
    )
    committee = institutions.posts.at("committee")
    for owners in model.owners_committees:
        compound = owners.compound
        firm_now = int(compounds.firm[compound])
        if n < 2 or firm_now < 0:
            continue
        if owners.replaces(float(trust[compound]), float(draws[owners.row]), parameters):
            standing = firms.reputation.copy()
            standing[firm_now] = -1
            compounds.firm[compound] = int(standing.argmax())
            home = committee.start + int(model.places.compound_neighbourhood[compound])
            payer = np.array([home if committee.stop > committee.start else -1])
            institutions.ledger.spend_each(payer, parameters.replace_hours, "meetings")
            model.tally.count("firms_replaced", 1)
    staff_firms(model)


def secretaries_learn(model: GovernanceModel) -> None:
    """Secretaries learn by the cases of the quarter, and come and go."""
    places, committees = model.places, model.community.committees
    first = places.neighbourhood_compounds[:-1]
    households = np.diff(places.neighbourhood_households)
    cases = np.add.reduceat(model.quarter.resolved, first) / households
    draws = model.streams.generator("appraise/secretaries", model.week).random((len(committees), 5))
    for committee in model.committees:
        committee.review(float(cases[committee.row]), draws[committee.row], model.parameters.appraise)
    set_committee_skill(model)


def set_committee_skill(model: GovernanceModel) -> None:
    """A capable secretary makes the committee's finished work hold more often."""
    posts = model.institutions.posts
    where = posts.at("committee")
    if where.stop > where.start:
        weight = model.parameters.appraise.secretary_skill
        capability = model.community.committees.capability[:, Capability.PROFESSIONAL].astype(float)
        posts.trained[where] = weight * capability
