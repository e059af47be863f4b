"""Consent (协商加梯): the owners of a walk-up agree on a lift, or do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import exp, log1p
from cogov.kit.fields import Parameters, param
from cogov.kit.streams import normal
from cogov.rules.kinds import OwnersConsent
from cogov.rules.laid import Laid
from cogov.terms import ELDER, MONTH, YEAR, Capability

if TYPE_CHECKING:
    from cogov.model import GovernanceModel

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Consent(Parameters):
    """What a lift is worth and takes from whom; how meetings move opinions. Its cost is in the profile."""

    third_floor: float = param(
        12_000.0,
        low=0,
        unit="yuan",
        doc="worth to the third floor, where resale breaks even",
        source="facts: Zhou, Liu, Yang (break-even floor); syney.net/author/1 (its cost share)",
    )
    floor_above: float = param(35_000.0, low=0, unit="yuan", doc="more for every floor above the third")
    elder: float = param(0.5, low=0, doc="a household with somebody aged 60+ values it so much more")
    nuisance: float = param(
        12_000.0, low=0, unit="yuan", doc="light and noise lost on the ground floor; 40 % on the next"
    )
    spread: float = param(12_000.0, low=0, unit="yuan", doc="standard deviation between households")
    scale: float = param(
        20_000.0, low=1, unit="yuan", doc="gain or loss that makes an opinion of full strength"
    )
    confidence: float = param(
        1.2, low=0, high=4, doc="opinions further apart than this do not reach each other (from -2 to 2)"
    )
    persuasion: float = param(
        0.4, low=0, high=1, doc="weight of others in one meeting, with a fully skilled chair"
    )
    anchor: float = param(0.1, low=0, high=1, doc="weight of the household's own gain or loss in one meeting")
    objection: float = param(-0.5, low=-2, high=0, doc="an opinion below this is an objection that can block")
    apathy: float = param(0.1, low=0, high=2, doc="an opinion no stronger than this is not voiced")
    rounds: int = param(
        30,
        low=1,
        unit="meetings",
        doc="meetings before it is given up",
        source="facts: China Daily 2018 (first building)",
    )
    plan_meetings: int = param(8, low=1, unit="meetings", doc="meetings it takes to re-fit the plan in full")
    first_vote: int = param(4, low=1, unit="meetings", doc="meetings before the first count")
    rest: int = param(104, low=1, unit="weeks", doc="weeks before a building tries again")
    storeys: int = param(4, low=2, doc="walk-ups of at least so many storeys can have one")
    installation: tuple[int, ...] = param(
        (13, 22),
        low=1,
        length=(2, 2),
        unit="weeks",
        doc="shortest and longest installation",
        source="facts: shine.cn 2111278737 (3-5 months)",
    )


@dataclass
class LiftProject:
    """One building's way to a lift.

    Attributes
    ----------
    building : int
    rule : OwnersConsent
        The consent rule under which it was taken up, as amended there and then.
    worth, gain : ndarray, shape (households,)
        Yuan each household gains or loses under the standard plan, and under the plan as it is now.
    opinion, own : ndarray, shape (households,)
        From -2 (firmly against) to 2, above 0 agrees; and what its own gain alone would make it think.
    ties : ndarray, shape (households, households)
        How strongly households are tied.
    """

    building: int
    neighbourhood: int
    rule: OwnersConsent
    worth: Floats
    opinion: Floats
    ties: Floats
    started: int
    meetings: int = 0
    gain: Floats = field(init=False)
    own: Floats = field(init=False)
    approved: bool = False
    ready: int = -1

    def __post_init__(self) -> None:
        self.gain, self.own = self.worth, self.opinion

    def meet(self, parameters: Consent, skill: float) -> None:
        """One meeting: a re-fitted plan where the rule allows it, then an exchange of opinions."""
        if self.meetings <= parameters.plan_meetings:
            self.gain = revise(self.worth, self.rule.revision * self.meetings / parameters.plan_meetings)
            self.own = np.clip(self.gain / parameters.scale, -2, 2)
        self.opinion = exchange(self.opinion, self.ties, parameters.confidence, parameters.persuasion * skill)
        self.opinion += parameters.anchor * (self.own - self.opinion)
        self.meetings += 1

    def agreed(self, parameters: Consent) -> bool:
        """Count heads under the rule; those who hardly care do not take part."""
        n = len(self.opinion)
        takes_part = np.abs(self.opinion) > parameters.apathy
        if self.rule.veto and (self.opinion < parameters.objection).any():
            return False
        part = n if self.rule.turnout >= 1 else int(takes_part.sum())
        return passes(int((takes_part & (self.opinion > 0)).sum()), part, n, self.rule)


def passes(agree: int, taking_part: int, owners: int, rule: OwnersConsent) -> bool:
    """Whether a count is enough: turnout of all owners, majority of those who take part.

    A rule with turnout 1 counts everybody as taking part, so silence is not consent.

    >>> passes(11, 12, 12, OwnersConsent(name="ninety", majority=0.9))
    True
    """
    enough = 1e-9
    return taking_part >= rule.turnout * owners - enough and agree >= rule.majority * taking_part - enough


def exchange(opinion: Floats, ties: Floats, confidence: float, weight: float) -> Floats:
    """Bounded-confidence exchange: move towards the tie-weighted mean of opinions within reach.

    Source: Hegselmann and Krause (2002). Without a bound and with weight 1 it is DeGroot's model.

    Parameters
    ----------
    opinion : ndarray, shape (n,)
    ties : ndarray, shape (n, n)
        Non-negative weights; the diagonal is one's weight on oneself.
    """
    near = np.abs(opinion[:, None] - opinion[None, :]) <= confidence
    heard = np.where(near, ties, 0.0)
    total = heard.sum(1)
    mean = np.divide((heard * opinion).sum(1), total, out=opinion.copy(), where=total > 0)
    return np.asarray((1 - weight) * opinion + weight * mean)


def revise(gain: Floats, repaid: float) -> Floats:
    """Re-fit the plan: repay a share of the losers' loss out of the winners' gain; the sum stays.

    Source: one lift, one plan (一梯一策: seed 001).
    """
    loss, surplus = np.maximum(-gain, 0), np.maximum(gain, 0)
    payment = min(min(repaid, 1.0) * loss.sum(), surplus.sum())
    if payment <= 0:
        return gain
    return np.asarray(gain + payment * (loss / loss.sum() - surplus / surplus.sum()))


def cost_shares(floors: NDArray[np.integer], table: Sequence[float]) -> Floats:
    """Each household's share of the cost, by floor; sums to 1.

    Parameters
    ----------
    floors : ndarray of int, shape (households,)
        From 1.
    table : sequence of float
        Relative share on each floor of a six-storey house (facts); other heights are read off in proportion.
    """
    top_floor = max(int(floors.max()), 2)
    height = 1 + (floors.astype(float) - 1) * (len(table) - 1) / (top_floor - 1)
    known = np.array(table, dtype=float)
    below = height.astype(np.int64).clip(max=len(known) - 1)
    above = np.minimum(below + 1, len(known))
    shares = known[below - 1] + (height - below) * (known[above - 1] - known[below - 1])
    total = shares.sum()
    return np.asarray(shares / total if total > 0 else np.full(len(floors), 1 / len(floors)))


def gains(
    floors: NDArray[np.integer], elders: NDArray[np.bool_], noise: Floats, pay: Floats, parameters: Consent
) -> Floats:
    """Yuan that each household gains or loses by a lift, after paying its share."""
    above = floors.astype(float)
    low = parameters.third_floor * (above - 1) / 2
    worth = np.where(above <= 3, low, parameters.third_floor + parameters.floor_above * (above - 3))
    worth = worth * (1 + parameters.elder * elders)
    lost = parameters.nuisance * np.select([floors == 1, floors == 2], [1.0, 0.4], 0.0)
    return np.asarray(worth - lost - pay + parameters.spread * noise)


def hold_consent_meetings(model: GovernanceModel) -> None:
    """Take up willing buildings, hold this week's meetings, fund what was agreed, open what is finished."""
    for laid in model.institutions.consents:
        if model.week % MONTH == 0:
            take_up(model, laid)
    profile = model.community.profile
    model.lift_fund += profile.lift_fund * model.places.households / YEAR
    committee = model.institutions.posts.at("committee")
    for project in list(model.projects):
        if project.ready >= 0:
            if project.ready <= model.week:
                open_lift(model, project)
        elif project.approved:
            fund(model, project)
        elif (model.week - project.started) % project.rule.every == 0 and committee.stop > committee.start:
            talk(model, project, committee.start + project.neighbourhood)


def talk(model: GovernanceModel, project: LiftProject, row: int) -> None:
    """A meeting of the owners, if the committee (post row ``row``) has the hours to chair it."""
    ledger, parameters = model.institutions.ledger, model.parameters.deliberate.consent
    if ledger.left[row] < project.rule.hours:
        return
    ledger.spend(slice(row, row + 1), project.rule.hours, "meetings")
    skill = model.committees.capability[project.neighbourhood, Capability.DELIBERATION]
    project.meet(parameters, float(skill))
    if project.meetings >= parameters.first_vote and project.agreed(parameters):
        project.approved = True
        model.tally.count("consents_passed", 1)
        model.tally.count("consent_weeks", model.week - project.started)
    elif project.meetings >= parameters.rounds:
        model.projects.remove(project)
        model.rested[project.building] = model.week + parameters.rest


def fund(model: GovernanceModel, project: LiftProject) -> None:
    """Pay the subsidy of an agreed lift as soon as the fund has it; then it is installed."""
    subsidy = model.community.profile.lift_subsidy
    if model.lift_fund < subsidy:
        return
    model.lift_fund -= subsidy
    model.institutions.ledger.pay(subsidy, "lifts")
    installation = model.parameters.deliberate.consent.installation
    shortest, longest = installation[0], installation[-1]
    draw = model.streams.generator("consent/installation", project.building).random()
    project.ready = model.week + shortest + int(draw * (longest - shortest + 1))


def take_up(model: GovernanceModel, laid: Laid[OwnersConsent]) -> None:
    """Owners of some willing walk-ups bring their building forward, as far as there are places."""
    places, parameters, rule = model.places, model.parameters.deliberate.consent, laid.rule
    draws = model.streams.generator(f"consent/{rule.name}", model.week).random(len(places.buildings.storeys))
    willing = log1p(-laid.value("promote") * laid.force) * (MONTH / YEAR)
    chance = (1 - exp(willing))[places.building_neighbourhood]
    eligible = (draws < chance) & ~model.homes.has_lift & (places.buildings.storeys >= parameters.storeys)
    eligible &= model.rested <= model.week
    busy = {project.building for project in model.projects}
    load: dict[int, int] = {}
    places_there = laid.value("slots")
    for project in model.projects:
        if project.rule.name == rule.name and not project.approved:
            load[project.neighbourhood] = load.get(project.neighbourhood, 0) + 1
    chosen = np.flatnonzero(eligible)
    for building in chosen[np.argsort(draws[chosen], kind="stable")]:
        home = int(places.building_neighbourhood[building])
        if load.get(home, 0) + 1 > places_there[home] or int(building) in busy:
            continue
        project = start(model, as_amended(laid, home), int(building), home)
        model.rested[building] = model.week + YEAR
        if (project.opinion > 0).mean() > 0.5:
            model.projects.append(project)
            load[home] = load.get(home, 0) + 1
            model.tally.count("consents_tried", 1)


def as_amended(laid: Laid[OwnersConsent], neighbourhood: int) -> OwnersConsent:
    """The rule as it is in a neighbourhood this week."""
    rule = laid.rule
    fields = {entry.rule.field for entry in laid.amendments}
    return rule.updated({name: float(laid.value(name)[neighbourhood]) for name in fields}) if fields else rule


def start(model: GovernanceModel, rule: OwnersConsent, building: int, neighbourhood: int) -> LiftProject:
    """Find out what a lift means to each household of a building, and how they are tied."""
    places, residents, parameters = model.places, model.residents, model.parameters.deliberate.consent
    first, last = places.building_households[building : building + 2]
    n = int(last - first)
    row0, row1 = places.household_rows[first], places.household_rows[last]
    household = residents.household[row0:row1] - first
    floors = np.zeros(n, dtype=np.int64)
    floors[household] = residents.floor[row0:row1]
    elders = np.zeros(n, dtype=bool)
    np.logical_or.at(elders, household, residents.age[row0:row1] >= ELDER)
    # A flat that is let is its owner's to vote on, who lives elsewhere and has no ties in the house.
    lives_here = np.zeros(n, dtype=bool)
    lives_here[household] = residents.owner[row0:row1]
    elders &= lives_here
    noise = normal(model.streams.generator("consent/worth", building), n)
    profile = model.community.profile
    pay = max(profile.lift_cost - profile.lift_subsidy, 0) * cost_shares(floors, profile.lift_shares)
    gain = gains(floors, elders, noise, pay, parameters)
    ties = np.eye(n)
    people = np.arange(row0, row1)
    slot, owner = model.ties.slots(people)
    other = model.ties.neighbour[slot]
    inside = (other >= row0) & (other < row1)
    pair = (household[owner[inside]], household[other[inside] - row0])
    np.add.at(ties, pair, model.ties.strength[slot[inside]].astype(float))
    ties *= (lives_here[:, None] & lives_here) | np.eye(n, dtype=bool)
    return LiftProject(
        building, neighbourhood, rule, gain, np.clip(gain / parameters.scale, -2, 2), ties, model.week
    )


def open_lift(model: GovernanceModel, project: LiftProject) -> None:
    """The lift runs: those who gained by it live through something good, those who lost do not."""
    places = model.places
    model.homes.has_lift[project.building] = True
    model.projects.remove(project)
    first, last = places.building_households[project.building : project.building + 2]
    row0, row1 = places.household_rows[first], places.household_rows[last]
    household = model.residents.household[row0:row1] - first
    model.experiences.add(np.arange(row0, row1), (project.gain[household] > 0).astype(float), of="committee")
    model.tally.count("lifts_built", 1)
