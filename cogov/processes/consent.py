"""Consent (业主协商): owners talk about a work on their ground, a lift above all, and agree or do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cogov.community.ties import FULL
from cogov.kit.fields import Parameters, param
from cogov.kit.streams import normal
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import OwnersConsent
from cogov.terms import ELDER, Capability

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Consent(Parameters):
    """What a work is worth and takes from whom; how meetings move opinions."""

    third_floor: float = param(
        12_000.0,
        low=0,
        unit="yuan",
        doc="worth to the third floor, where resale breaks even",
        source="facts: Zhou, Liu, Yang (break-even floor); syney.net/author/1 (its cost share)",
    )
    floor_above: float = param(
        35_000.0, low=0, unit="yuan", doc="more for every floor above the third", plausible=(20_000, 60_000)
    )
    elder: float = param(
        0.5, low=0, doc="a household with somebody aged 60+ values it so much more", plausible=(0.2, 1)
    )
    nuisance: float = param(
        12_000.0,
        low=0,
        unit="yuan",
        doc="light and noise lost on the ground floor; 40 % on the next",
        plausible=(6000, 24_000),
    )
    spread: float = param(
        12_000.0, low=0, unit="yuan", doc="standard deviation between households", plausible=(6000, 24_000)
    )
    scale: float = param(
        20_000.0,
        low=1,
        unit="yuan",
        doc="gain or loss that makes an opinion of full strength",
        plausible=(10_000, 40_000),
    )
    confidence: float = param(
        1.2,
        low=0,
        high=4,
        doc="opinions further apart than this do not reach each other (from -2 to 2)",
        plausible=(0.8, 1.6),
    )
    persuasion: float = param(
        0.4,
        low=0,
        high=1,
        doc="weight of others in one meeting, with a fully skilled chair",
        plausible=(0.2, 0.6),
    )
    anchor: float = param(
        0.1,
        low=0,
        high=1,
        doc="weight of the household's own gain or loss in one meeting",
        plausible=(0.05, 0.2),
    )
    objection: float = param(
        -0.5,
        low=-2,
        high=0,
        doc="an opinion below this is an objection that can block",
        plausible=(-0.8, -0.3),
    )
    apathy: float = param(
        0.1, low=0, high=2, doc="an opinion no stronger than this is not voiced", plausible=(0.05, 0.25)
    )
    rounds: int = param(
        30,
        low=1,
        unit="meetings",
        doc="meetings before it is given up",
        source="facts: China Daily 2018 (first building)",
    )
    plan_meetings: int = param(
        8, low=1, unit="meetings", doc="meetings it takes to re-fit the plan in full", plausible=(4, 14)
    )
    first_vote: int = param(
        4, low=1, unit="meetings", doc="meetings before the first count", plausible=(2, 8)
    )
    rest: int = param(
        104, low=1, unit="weeks", doc="weeks before a building tries again", plausible=(52, 156)
    )
    work_worth: float = param(
        1_000.0,
        low=0,
        unit="yuan",
        doc="worth to a household of a work other than a lift in its compound",
        plausible=(500, 2000),
    )
    work_nuisance: float = param(
        3_000.0,
        low=0,
        unit="yuan",
        doc="what those next to it lose by noise, strangers or a parking place",
        plausible=(1500, 6000),
    )
    work_spread: float = param(
        1_500.0, low=0, unit="yuan", doc="standard deviation between households", plausible=(800, 3000)
    )
    work_scale: float = param(
        2_000.0,
        low=1,
        unit="yuan",
        doc="gain or loss that makes an opinion of full strength about it",
        plausible=(1000, 4000),
    )
    assembly: int = param(
        200,
        low=1,
        high=2_000,
        unit="households",
        doc="most who talk; in larger compounds each speaks for several",
        plausible=(100, 300),
    )


class Tied(NamedTuple):
    """How strongly households are tied, an entry for each who hears whom, oneself too: above 0."""

    who: NDArray[np.intp]
    whom: NDArray[np.intp]
    weight: Floats


NONE = Tied(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp), np.zeros(0))


@dataclass(eq=False)
class Talk:
    """What the owners of a site think of a work, and their meetings about it.

    Attributes
    ----------
    rule : OwnersConsent
        The rule under which they decide, as amended when they began.
    worth, gain : ndarray, shape (n,)
        Yuan each household that talks gains or loses under the standard plan, and under the plan of now.
    opinion, own : ndarray, shape (n,)
        From -2 (firmly against) to 2, above 0 agrees; and what its own gain alone would make it think.
    ties : Tied
        How strongly households are tied; none once they have settled it.
    scale : float
        Gain or loss that makes an opinion of full strength.
    households : tuple of int
        The first household of the site and the one after its last.
    step : int
        Households that each of those who talk speaks for.
    side : ndarray of int, shape (n,)
        Of which side each is, where more than one must agree: those of the two compounds at a gate.
    """

    rule: OwnersConsent
    worth: Floats
    opinion: Floats
    ties: Tied
    scale: float
    households: tuple[int, int]
    step: int = 1
    meetings: int = 0
    side: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    gain: Floats = field(init=False)
    own: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.gain, self.own = self.worth, self.opinion

    @property
    def willing(self) -> bool:
        """Whether more than half of them would have it."""
        return all(bool((opinion > 0).mean() > 0.5) for opinion in self.sides())

    def sides(self) -> list[Floats]:
        """Opinions side by side."""
        if not len(self.side):
            return [self.opinion]
        return [self.opinion[self.side == side] for side in np.unique(self.side)]

    def takes(self, meetings: int) -> int:
        """How many meetings something takes that takes so many without a handbook: one at least."""
        return max(round(meetings * (1 - self.rule.guided)), 1)

    def hours(self, parameters: Consent) -> float:
        """Hours of the next meeting's chair: more while the plan is re-fitted, by how much it repays."""
        refits = 0 < self.meetings <= self.takes(parameters.plan_meetings)
        return self.rule.hours + refits * self.rule.revision * self.rule.plan_hours

    def meet(self, parameters: Consent, skill: float) -> None:
        """One meeting: a re-fitted plan where the rule allows it, then an exchange of opinions."""
        plan = self.takes(parameters.plan_meetings)
        if self.meetings <= plan:
            self.gain = revise(self.worth, self.rule.revision * self.meetings / plan)
            self.own = np.minimum(np.maximum(self.gain / self.scale, -2), 2)
        self.opinion = exchange(self.opinion, self.ties, parameters.confidence, parameters.persuasion * skill)
        self.opinion += parameters.anchor * (self.own - self.opinion)
        self.meetings += 1

    def end(self) -> None:
        """Let go of ties, which nothing reads any more: what is agreed may wait for its money for years."""
        self.ties = NONE

    def agreed(self, parameters: Consent) -> bool:
        """Count heads under the rule, on each side; those who hardly care do not take part."""
        return all(self._agreed(opinion, parameters) for opinion in self.sides())

    def _agreed(self, opinion: Floats, parameters: Consent) -> bool:
        n = len(opinion)
        takes_part = np.abs(opinion) > parameters.apathy
        if self.rule.veto and (opinion < parameters.objection).any():
            return False
        part = n if self.rule.turnout >= 1 else int(np.count_nonzero(takes_part))
        return passes(int(np.count_nonzero(takes_part & (opinion > 0))), part, n, self.rule)


def passes(agree: int, taking_part: int, owners: int, rule: OwnersConsent) -> bool:
    """Whether a count is enough: turnout of all owners, majority of those who take part.

    A rule with turnout 1 counts everybody as taking part, so silence is not consent.

    >>> passes(11, 12, 12, OwnersConsent(name="ninety", majority=0.9))
    True
    """
    enough = 1e-9
    return taking_part >= rule.turnout * owners - enough and agree >= rule.majority * taking_part - enough


def exchange(opinion: Floats, ties: Tied, confidence: float, weight: float) -> Floats:
    """Bounded-confidence exchange: move towards the tie-weighted mean of opinions within reach.

    Source: Hegselmann and Krause (2002). Without a bound and with weight 1 it is DeGroot's model.

    Parameters
    ----------
    opinion : ndarray, shape (n,)
    ties : Tied
    """
    who, said = ties.who, opinion[ties.whom]
    heard = np.where(np.abs(opinion[who] - said) <= confidence, ties.weight, 0.0)
    total = np.bincount(who, heard, len(opinion))
    mean = np.divide(np.bincount(who, heard * said, len(opinion)), total, out=opinion.copy(), where=total > 0)
    return np.asarray((1 - weight) * opinion + weight * mean)


def revise(gain: Floats, repaid: float) -> Floats:
    """Re-fit the plan: repay a share of the losers' loss out of the winners' gain; the sum stays.

    Source: one lift, one plan (一梯一策: seed 001).
    """
    loss, surplus = np.maximum(-gain, 0), np.maximum(gain, 0)
    lost, won = loss.sum(), surplus.sum()
    payment = min(min(repaid, 1.0) * lost, won)
    if payment <= 0:
        return gain
    return np.asarray(gain + payment * (loss / lost - surplus / won))


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
    lost = parameters.nuisance * np.where(floors == 1, 1.0, np.where(floors == 2, 0.4, 0.0))
    return np.asarray(worth - lost - pay + parameters.spread * noise)


def chaired(
    model: ModelState, rule: OwnersConsent, hours: float, neighbourhood: int
) -> tuple[int, float] | None:
    """Row and skill of the post that chairs, the rule's or the committee; None if neither has the hours."""
    institutions = model.institutions
    posts, ledger = institutions.posts, institutions.ledger
    if rule.chair in institutions.positions:  # the post may have gone with its design
        area = institutions.areas[institutions.positions[rule.chair].area].of_neighbourhood
        row = posts.at(rule.chair).start + int(area[neighbourhood])
        if ledger.spend_whole(row, hours, "meetings"):
            return row, float(posts.skill[row])
    row = posts.at("committee").start + neighbourhood if "committee" in posts.start else -1
    if ledger.spend_whole(row, hours, "meetings"):
        return row, float(model.secretaries.own(Capability.DELIBERATION)[neighbourhood])
    return None


def about_a_lift(model: ModelState, rule: OwnersConsent, building: int) -> Talk:
    """Find out what a lift means to each household of a building."""
    places, residents, parameters = model.places, model.residents, model.parameters.projects.consent
    first, last = places.building_households[building : building + 2].tolist()
    n = last - first
    row0, row1 = places.household_rows[first], places.household_rows[last]
    household = residents.household[row0:row1] - first
    floors = np.zeros(n, dtype=np.int64)
    floors[household] = residents.floor[row0:row1]
    elders = np.zeros(n, dtype=bool)
    elders[household[residents.age[row0:row1] >= ELDER]] = True
    # A flat that is let is its owner's to vote on, who lives elsewhere.
    elders[household] &= residents.owner[row0:row1]
    noise = normal(model.streams.generator("consent/worth", building), n)
    profile = model.community.profile
    pay = max(profile.lift_cost - profile.lift_subsidy, 0) * cost_shares(floors, profile.lift_shares)
    gain = gains(floors, elders, noise, pay, parameters)
    return talk_of(model, rule, gain, parameters.scale, (first, last))


def about_a_work(model: ModelState, rule: OwnersConsent, what: str, building: int) -> Talk:
    """Find out what any other work next to a building means to the households of its compound."""
    places, parameters = model.places, model.parameters.projects.consent
    compound = places.building_compound[building]
    first, last = places.compound_households[compound : compound + 2].tolist()
    step = -(-(last - first) // parameters.assembly)
    next_to = np.zeros(last - first, dtype=bool)
    next_to[slice(*(places.building_households[building : building + 2] - first))] = True
    noise = normal(model.streams.generator(f"consent/worth of a {what}", compound), last - first)
    gain = parameters.work_worth + parameters.work_spread * noise - parameters.work_nuisance * next_to
    return talk_of(model, rule, gain[::step], parameters.work_scale, (first, last), step)


def about_a_gate(model: ModelState, rule: OwnersConsent, building: int, across: int) -> Talk:
    """The same of a gate to the compound across: both compounds talk, and each must agree."""
    places, parameters = model.places, model.parameters.projects.consent
    compound = int(places.building_compound[building])
    low, high = min(compound, across), max(compound, across)
    first, middle, last = (int(places.compound_households[at]) for at in (low, high, high + 1))
    step = -(-(last - first) // parameters.assembly)
    next_to = np.zeros(last - first, dtype=bool)
    for side in (building, int(places.compound_buildings[across])):
        next_to[slice(*(places.building_households[side : side + 2] - first))] = True
    noise = normal(model.streams.generator("consent/worth of a gate", low), last - first)
    gain = parameters.work_worth + parameters.work_spread * noise - parameters.work_nuisance * next_to
    talk = talk_of(model, rule, gain[::step], parameters.work_scale, (first, last), step)
    talk.side = (np.arange(last - first)[::step] >= middle - first).astype(np.int64)
    return talk


def talk_of(
    model: ModelState,
    rule: OwnersConsent,
    gain: Floats,
    scale: float,
    households: tuple[int, int],
    step: int = 1,
) -> Talk:
    """Begin a talk among households that gain or lose so much, each of which speaks for ``step``."""
    places, residents = model.places, model.residents
    first, last = households
    row0, row1 = places.household_rows[first], places.household_rows[last]
    household = residents.household[row0:row1] - first
    # Who talks: of every so many households one, of whom somebody owns the flat. One that is let is its
    # owner's to vote on, who lives elsewhere and has no ties in the house.
    talks = residents.owner[row0:row1] & (household % step == 0)
    near = model.ties.near(row0 + np.flatnonzero(talks))
    inside = np.flatnonzero((near.other >= row0) & (near.other < row1) & (near.now > 0))
    inside = inside[talks[near.other[inside] - row0]]
    itself = np.arange(len(gain))
    ties = Tied(
        np.concatenate([itself, household[near.residents[near.owner[inside]] - row0] // step]),
        np.concatenate([itself, household[near.other[inside] - row0] // step]),
        np.concatenate([np.ones(len(gain)), near.now[inside] / FULL]),
    )
    opinion = np.minimum(np.maximum(gain / scale, -2), 2)
    return Talk(rule, gain, opinion, ties, scale, households, step)
