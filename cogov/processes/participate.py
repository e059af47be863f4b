"""Participate (参与): who volunteers, and who fills the posts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cogov.community.cohorts import Cohort, cohort_of, place_of
from cogov.community.ties import EVERYDAY, in_parts
from cogov.kit.elementary import exp, expit, power
from cogov.kit.fields import Parameters, param
from cogov.kit.runs import picked
from cogov.kit.streams import single
from cogov.processes.declared import process
from cogov.processes.embedded import of_all_ties
from cogov.processes.fill import fill_posts
from cogov.processes.honours import honoured
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Boundary
from cogov.rules.laid import Laid
from cogov.rules.pools import EMPLOYEES, belong
from cogov.terms import ADULT, COHORTS, QUARTER, Age, Capability, Party

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Participate(Parameters):
    """What moves people to volunteer. Log odds; age and party from committee-election turnout (facts).

    What one is inclined to shows in beginning and in going on: each carries half of it, since the long-run
    odds of being active are the odds to begin times the odds to go on, where both changes are rare.
    """

    volunteer: float = param(
        -8.43,
        low=-1e6,
        high=1e6,
        doc="log odds at zero of everything",
        source="derived: so that some 8.6 % of residents are active, a third of Bass's ceiling of those"
        " registered (facts: whb.cn 2018-03-05)",
    )
    vote: float = param(
        -1.25,
        low=-100,
        high=100,
        doc="the same for voting in a committee election",
        source="facts: Shanghai Urban Neighborhood Survey 2017 (47.89 % of all)",
    )
    age: tuple[float, ...] = param(
        (0.0, 0.0, -1.83, -0.62, 0.05, 0.75, 1.25, 0.4),
        length=(8, 8),
        low=-100,
        high=100,
        doc="by age band; bands between those published interpolated",
        source="facts: Shanghai Urban Neighborhood Survey 2017 (turnout by age)",
    )
    member: float = param(
        0.69,
        low=-100,
        high=100,
        doc="party members",
        source="facts: Shanghai Urban Neighborhood Survey 2017 (65.09 % against 48.36 %)",
    )
    neighbours: float = param(
        1.0,
        low=0,
        high=1e6,
        doc="all one's neighbours active, against none: what is usual where one lives",
        source="assumed: from 2 on habits of whole places tip",
        plausible=(0, 1.5),
    )
    invite: float = param(
        2.0,
        low=0,
        high=100,
        unit="1/(tie x month)",
        doc="hazard that an active neighbour, fully tied, asks one to join",
        source="assumed with `asked`, so that volunteering spreads about as fast as those registered in"
        " Shanghai became more (facts: whb.cn 2018-03-05)",
        plausible=(0.5, 4),
    )
    trust: float = param(
        1.0, low=0, high=1e6, doc="full trust in the committee, against none", plausible=(0.4, 1.8)
    )
    belonging: float = param(1.0, low=0, doc="full belonging, against none", plausible=(0.4, 1.8))
    asked: float = param(
        3.5,
        low=0,
        doc="asked in person this month, to begin",
        source="assumed with `invite`. In the United States 43 % began when asked, 41 % of themselves"
        " (facts: Current Population Survey 2006): less asking than here",
        plausible=(2, 5),
    )
    habit: float = param(
        10.66,
        low=0,
        doc="active already",
        source="derived: of those who volunteered in a year over a third did not in the next"
        " (facts: Chronicle of Philanthropy 2008-07-27)",
    )
    time: float = param(1.5, low=0, unit="h/week", doc="cost, divided by free hours", plausible=(0.75, 3))
    ask_hours: float = param(0.4, low=0.01, unit="h", doc="hours to ask one person", plausible=(0.2, 0.8))
    given: float = param(
        0.05, low=0, high=1, doc="share of free hours a volunteer gives", plausible=(0.03, 0.09)
    )
    fit: float = param(
        0.7,
        low=0,
        high=5,
        doc="log odds to go on that a duty adds which fits what one can and wants",
        source="assumed; functional match keeps volunteers (institutions m21: Clary, Snyder 1999)",
        plausible=(0, 1.5),
    )
    place_hours: float = param(
        0.5, low=0, unit="h", doc="hours to find one person a duty that fits", plausible=(0.25, 1)
    )
    keep_hours: float = param(
        1.0,
        low=0,
        unit="h/month",
        doc="hours to look after one who has such a duty: it goes on fitting",
        plausible=(0.5, 2),
    )
    day_join: float = param(
        0.05,
        low=0,
        high=1,
        doc="share of those asked at an engaged unit who begin to take part where they work or learn",
        plausible=(0.02, 0.12),
    )
    day_leave: float = param(
        0.15,
        low=0,
        high=1,
        unit="1/month",
        doc="share of them who stop",
        plausible=(0.08, 0.3),
    )
    day_hours: float = param(
        0.5, low=0, high=40, unit="h/week", doc="hours each of them gives", plausible=(0.25, 1)
    )

    def logit_of_age(self) -> NDArray[np.float32]:
        """Age terms, one for each band of ``Age``."""
        return np.array(self.age, dtype=np.float32)


@process(
    reads=(
        "institutions",
        "secretaries",
        "ties",
        "residents",
        "units.engagement",
        "honours",
        "found",
        "adults_by_building",
    ),
    writes=(
        "residents.volunteering",
        "tied_to",
        "volunteers",
        "day",
        "since",
        "institutions.posts",
        "institutions.ledger",
    ),
)
def participate(model: ModelState) -> None:
    """A quarter of the adults reconsider volunteering; then posts are filled from those who do."""
    mine = Cohort.in_week(model.week)
    cohort = mine.number
    residents, parameters = model.residents, model.parameters.participate
    age = mine.of(residents.age)
    inclination, active = incline(model, mine, age), mine.of(residents.volunteering)
    logit = inclination / 2 + np.float32(parameters.volunteer)
    model.tied_to.volunteers.see(model.ties, residents.volunteering)
    near = mine.of(model.tied_to.volunteers.strength)
    logit += np.float32(parameters.neighbours) * usual(model, near, mine)
    asked, offered = asked_this_month(model, mine, near)
    if model.trace:
        model.trace.asked(mine.rows(np.flatnonzero(asked)), offered[asked])
    moves = np.float32(parameters.asked) * asked
    np.copyto(moves, np.float32(parameters.habit), where=active)
    logit += moves
    logit += np.float32(parameters.fit) * (mine.of(model.volunteers.placed) | offered)
    people, moved = honoured(model)
    if len(people):
        now = cohort_of(people) == cohort
        logit[place_of(people[now])] += moved[now].astype(np.float32)
    logit -= np.float32(parameters.time) / np.maximum(mine.of(residents.free_hours), np.float32(0.5))
    draws = single(model.streams.generator("participate/decide", model.week), len(age))
    adult = age >= ADULT
    decided = adult & (draws < expit(logit))
    mine.put(residents.volunteering, decided)
    volunteers = mine.rows(np.flatnonzero(decided))
    model.volunteers.place(cohort, find_duties(model, volunteers, offered))
    model.volunteers.count(residents, model.places, cohort, volunteers, parameters.given)
    ask_by_day(model)
    if model.week % QUARTER < COHORTS:
        vote = expit(inclination + np.float32(parameters.vote)) * adult
        model.volunteers.votes[cohort] = np.bincount(age, vote, len(Age))
        model.volunteers.voters[cohort] = np.bincount(age, adult, len(Age))
    fill_posts(model)


def incline(model: ModelState, mine: Cohort, age: NDArray[np.int8]) -> NDArray[np.float32]:
    """What moves people to take part in anything: age, membership, trust in the committee, belonging."""
    residents, parameters = model.residents, model.parameters.participate
    logit_of_age = parameters.logit_of_age()
    both = np.concatenate([logit_of_age, logit_of_age + np.float32(parameters.member)])
    logit = picked(both, age + (mine.of(residents.party) != Party.NONE).view(np.int8) * np.int8(len(Age)))
    logit += np.float32(parameters.trust) * mine.of(residents.trust_committee)
    logit += np.float32(parameters.belonging) * mine.of(residents.belonging)
    return np.asarray(logit)


def usual(model: ModelState, near: NDArray[np.int32], mine: Cohort) -> NDArray[np.float32]:
    """How far volunteering is usual around each one, in [0, 1): active neighbours among all, and oneself."""
    return of_all_ties(model, near, mine.of(model.ties.tied))


@lru_cache(maxsize=16)
def left_alone(invite: float, most: int) -> NDArray[np.float32]:
    """Chance that no neighbour asks, by strength of the ties to those who volunteer, in `EVERYDAY` parts.

    More than one who asks adds little. For strengths below ``most``.
    """
    return exp(np.arange(most, dtype=np.float32) * np.float32(-invite / EVERYDAY))


def asked_this_month(
    model: ModelState, mine: Cohort, near: NDArray[np.int32]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who of the cohort was asked: by posts with hours for it, by neighbours, or by the own organisation.

    Returns
    -------
    asked, offered : ndarray of bool
        Who was asked, and to whom a duty was offered that fits.
    """
    institutions, parameters, residents = model.institutions, model.parameters.participate, model.residents
    posts, ledger = institutions.posts, institutions.ledger
    unasked = np.ones(len(model.places.building_compound))
    for rule in posts.those(posts.ask):
        where, area = posts.at(rule.name), institutions.areas[rule.area]
        hours = ledger.spend(where, posts.ask[where] * ledger.own(where), "asking")
        if rule.staffed_by == "committee":  # a leader's people get through to more in an hour
            lead = model.secretaries.own(Capability.LEADERSHIP) - 0.5
            hours = hours * (1 + model.parameters.secretaries.leading * lead)
        adults = np.bincount(area.of_building, model.adults_by_building, area.n) / COHORTS
        reached = np.minimum(hours / parameters.ask_hours / adults.clip(1), 1)
        unasked *= 1 - reached[area.of_building]
    building = mine.of(residents.building)
    n = len(building)
    part = in_parts(near)
    most = 1 << int(part.max(initial=0)).bit_length()
    chance = picked(left_alone(model.parameters.participate.invite, most), part)
    chance *= picked(unasked.astype(np.float32), building)
    asked = single(model.streams.generator("participate/asked", model.week), n) >= chance
    offered = np.zeros(n, dtype=bool)
    for laid in institutions.admissions:
        called, fitting = called_up(model, laid)
        stream = model.streams.generator(f"participate/{laid.rule.name}", model.week)
        drawn = stream.random(n, dtype=np.float32)
        met = np.flatnonzero(drawn < np.float32(called.max()))  # what fits is offered to some of those called
        met = met[belong(residents, mine.rows(met), laid.rule.pools)]
        asked[met] |= drawn[met] < called.astype(np.float32)[building[met]]
        offered[met] |= drawn[met] < fitting.astype(np.float32)[building[met]]
    return np.asarray(asked), offered


def called_up(model: ModelState, laid: Laid[Boundary]) -> tuple[Floats, Floats]:
    """Share of some pools asked this month, and offered a duty that fits, as far as the keeper has the hours.

    Both of shape (buildings,).
    """
    rule, parameters = laid.rule, model.parameters.participate
    share = (laid.value("asked") * laid.force)[laid.area.of_building]
    people = model.volunteers.eligible[rule.pools] / COHORTS
    share = share * granted(model, rule.keeper, "building", share * people * parameters.ask_hours, "asking")
    if not rule.matched:
        return share, np.zeros(len(share))
    wanted = share * people * parameters.place_hours
    return share, share * granted(model, rule.keeper, "building", wanted, "placing")


def granted(model: ModelState, keeper: str, places: str, wanted: Floats, duty: str) -> Floats:
    """Take hours wanted in each place from a post; the share of them that it gave there.

    Parameters
    ----------
    keeper : str
        The post; "" where nobody need give hours.
    places : str
        ``building`` or ``neighbourhood``.
    wanted : ndarray, shape (places,)
    """
    if not keeper:
        return np.ones(len(wanted))
    institutions = model.institutions
    area = institutions.areas[institutions.positions[keeper].area]
    area_of = area.of_building if places == "building" else area.of_neighbourhood
    in_all = np.bincount(area_of, wanted, area.n)
    given = institutions.ledger.spend(institutions.posts.at(keeper), in_all, duty)
    return np.asarray(np.divide(given, in_all, out=np.ones(area.n), where=in_all > 0)[area_of])


def find_duties(model: ModelState, active: NDArray[np.intp], offered: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Rows of the volunteers of a cohort for whom somebody has the hours to find, or keep, a duty that fits.

    Parameters
    ----------
    active : ndarray of int, shape (volunteers,)
        Rows of them.
    offered : ndarray of bool, shape (cohort,)
        Who was offered one this month already.
    """
    residents, volunteers, parameters = model.residents, model.volunteers, model.parameters.participate
    fits = offered[place_of(active)]
    for laid in model.institutions.admissions:
        if laid.rule.matched:
            mine = np.flatnonzero(~fits & belong(residents, active, laid.rule.pools))
            building = residents.building[active[mine]]
            hours = np.where(volunteers.placed[active[mine]], parameters.keep_hours, parameters.place_hours)
            wanted = np.bincount(building, hours, len(model.places.building_compound))
            share = granted(model, laid.rule.keeper, "building", wanted, "placing")
            share *= laid.force[laid.area.of_building]
            draw = model.streams.generator(f"participate/place/{laid.rule.name}", model.week)
            drawn = draw.random(len(offered))[place_of(active[mine])]
            fits[mine] |= drawn < share[building]
    return active[fits]


def ask_by_day(model: ModelState) -> None:
    """Ask people of units to take part where they are by day; an engaged unit gives them leave."""
    parameters, day = model.parameters.participate, model.day
    day.leave(1 - power(1 - parameters.day_leave, 1 / COHORTS))
    for laid in model.institutions.admissions:
        if EMPLOYEES in laid.rule.pools:
            share = laid.value("asked") * laid.force / COHORTS
            wanted = share * day.by_neighbourhood(day.heads) * parameters.ask_hours
            share = share * granted(model, laid.rule.keeper, "neighbourhood", wanted, "asking")
            day.join(share[day.home] * parameters.day_join * model.units.engagement)
