"""Participate (参与): who volunteers, and who fills the posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from cogov.community import Community, Places, Residents
from cogov.kit.elementary import expit
from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.rules.kinds import Boundary
from cogov.rules.laid import Laid
from cogov.terms import ADULT, COHORTS, QUARTER, Age, Party, Service

if TYPE_CHECKING:
    from cogov.model import GovernanceModel

POOLS = {"branch_members": Party.BRANCH, "in_service": Party.IN_SERVICE}
"""Party membership of the pools of boundary rules."""
TINY = np.finfo(np.float32).tiny


@dataclass(frozen=True, kw_only=True)
class Participate(Parameters):
    """What moves people to volunteer. Log odds; age and party from committee-election turnout (facts)."""

    volunteer: float = param(-5.2, low=-1e6, high=1e6, doc="log odds at zero of everything")
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
    neighbours: float = param(6.0, low=0, high=1e6, doc="all one's neighbours active, against none")
    trust: float = param(1.0, low=0, high=1e6, doc="full trust in the committee, against none")
    belonging: float = param(1.0, low=0, doc="full belonging, against none")
    asked: float = param(1.5, low=0, doc="asked in person this month")
    habit: float = param(3.0, low=0, doc="active already")
    time: float = param(1.5, low=0, unit="h/week", doc="cost, divided by free hours")
    ask_hours: float = param(0.4, low=0.01, unit="h", doc="hours to ask one person")
    given: float = param(0.05, low=0, high=1, doc="share of free hours a volunteer gives")

    def logit_of_age(self) -> NDArray[np.float32]:
        """Age terms, one for each band of ``Age``."""
        return np.array(self.age, dtype=np.float32)


class Volunteers:
    """How many volunteer, where, with what skill and for how many hours; kept cohort by cohort.

    Attributes
    ----------
    hours : ndarray, shape (cohorts, neighbourhoods, party, 1 + services)
        Weekly hours by membership and skill, the first column without a particular skill.
    people : ndarray, shape (cohorts, buildings)
        Active volunteers.
    votes, voters : ndarray, shape (cohorts, age bands)
        Expected votes in a committee election, and adults.
    tied, alone : ndarray, shape (cohorts,)
        Strength of everybody's ties, added up; residents without any.
    """

    def __init__(self, community: Community) -> None:
        places = community.places
        self.hours = np.zeros((COHORTS, len(places.neighbourhoods), len(Party), 1 + len(Service)))
        self.people = np.zeros((COHORTS, len(places.building_compound)))
        self.votes = np.zeros((COHORTS, len(Age)))
        self.voters = np.zeros((COHORTS, len(Age)))
        self.tied, self.alone = np.zeros(COHORTS), np.zeros(COHORTS)
        for cohort in range(COHORTS):
            self.weigh(cohort, community.ties.cohort(cohort))

    def weigh(self, cohort: int, ties: sparse.csr_array) -> NDArray[np.float32]:
        """Add up the strength of each one's ties in a cohort, and count those who have none."""
        weight = ties @ np.ones(ties.shape[1], dtype=np.float32)
        self.tied[cohort] = weight.sum(dtype=float)
        self.alone[cohort] = np.count_nonzero(weight == 0)
        return np.asarray(weight)

    def skills(self, used: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share of volunteer hours spent on each skill, shape (neighbourhoods, services).

        Parameters
        ----------
        used : ndarray, shape (party,)
            Share of the skilled hours of members and others that is put to use.
        """
        hours = self.hours.sum(0)
        in_skill = (hours[:, :, 1:] * used[:, None]).sum(1)
        return np.asarray(in_skill / np.maximum(hours.sum((1, 2)), 1e-12)[:, None])

    def count(self, residents: Residents, places: Places, cohort: int, given: float) -> None:
        """Count one cohort anew."""
        mine = slice(cohort, None, COHORTS)
        active = np.flatnonzero(residents.volunteering[mine])
        building = residents.building[mine][active]
        hours = given * residents.free_hours[mine][active]
        cell = places.building_neighbourhood[building].astype(np.int64) * len(Party)
        cell += residents.party[mine][active]
        cell *= 1 + len(Service)
        cell += residents.skill[mine][active] + 1
        by_cell = np.bincount(cell, hours, self.hours[cohort].size)
        self.hours[cohort] = by_cell.reshape(self.hours.shape[1:])
        self.people[cohort] = np.bincount(building, minlength=self.people.shape[1])


@process(
    reads=("institutions", "ties", "residents", "adults_by_building", "members_by_building"),
    writes=("residents.volunteering", "volunteers", "since", "institutions.posts", "institutions.ledger"),
)
def participate(model: GovernanceModel) -> None:
    """A quarter of the adults reconsider volunteering; then posts are filled from those who do."""
    cohort = model.week % COHORTS
    mine = slice(cohort, None, COHORTS)
    residents, parameters = model.residents, model.parameters.participate
    age = residents.age[mine]
    inclination = incline(model, mine)
    logit = inclination + np.float32(parameters.volunteer)
    logit += np.float32(parameters.neighbours) * active_neighbours(model, cohort)
    logit += np.float32(parameters.asked) * asked_in_person(model, mine)
    logit += np.float32(parameters.habit) * residents.volunteering[mine]
    logit -= np.float32(parameters.time) / np.maximum(residents.free_hours[mine], np.float32(0.5))
    draws = model.streams.generator("participate/decide", model.week).random(len(age), dtype=np.float32)
    adult = age >= ADULT
    residents.volunteering[mine] = adult & (draws < expit(logit))
    model.volunteers.count(residents, model.places, cohort, parameters.given)
    if model.week % QUARTER < COHORTS:
        vote = expit(inclination + np.float32(parameters.vote)) * adult
        model.volunteers.votes[cohort] = np.bincount(age, vote, len(Age))
        model.volunteers.voters[cohort] = np.bincount(age, adult, len(Age))
    fill_posts(model)


def incline(model: GovernanceModel, mine: slice) -> NDArray[np.float32]:
    """What moves people to take part in anything: age, membership, trust in the committee, belonging."""
    residents, parameters = model.residents, model.parameters.participate
    logit = parameters.logit_of_age()[residents.age[mine]]
    logit += np.float32(parameters.member) * (residents.party[mine] != Party.NONE)
    logit += np.float32(parameters.trust) * residents.trust_committee[mine]
    logit += np.float32(parameters.belonging) * residents.belonging[mine]
    return logit


def active_neighbours(model: GovernanceModel, cohort: int) -> NDArray[np.float32]:
    """Tie-weighted share of each one's neighbours who volunteer; 0 without neighbours."""
    ties = model.ties.cohort(cohort)
    active = ties @ model.residents.volunteering.astype(np.float32)
    weight = model.volunteers.weigh(cohort, ties)
    return np.asarray(active / np.maximum(weight, TINY))


def asked_in_person(model: GovernanceModel, mine: slice) -> NDArray[np.bool_]:
    """Who of the cohort was asked this month: by posts with hours for it, or by the own party branch."""
    institutions, parameters, residents = model.institutions, model.parameters.participate, model.residents
    posts, ledger = institutions.posts, institutions.ledger
    unasked = np.ones(len(model.places.building_compound))
    for rule in posts.rules:
        where, area = posts.at(rule.name), institutions.areas[rule.area]
        if posts.ask[where].any():
            hours = ledger.spend(where, posts.ask[where] * ledger.own(where), "asking")
            adults = np.bincount(area.of_building, model.adults_by_building, area.n) / COHORTS
            reached = np.minimum(hours / parameters.ask_hours / adults.clip(1), 1)
            unasked *= 1 - reached[area.of_building]
    n = len(residents.age[mine])
    draws = model.streams.generator("participate/asked", model.week).random(n, dtype=np.float32)
    asked = draws < (1 - unasked).astype(np.float32)[residents.building[mine]]
    for laid in institutions.admissions:
        admission = laid.rule
        share = called_up(model, laid).astype(np.float32)[residents.building[mine]]
        stream = model.streams.generator(f"participate/{admission.name}", model.week)
        called = stream.random(n, dtype=np.float32) < share
        asked |= called & (residents.party[mine] == POOLS[admission.pool])
    return np.asarray(asked)


def called_up(model: GovernanceModel, laid: Laid[Boundary]) -> NDArray[np.float64]:
    """Share of a party pool that is asked this month in each building, as far as its keeper has the hours."""
    institutions, ledger = model.institutions, model.institutions.ledger
    admission = laid.rule
    share = (laid.value("asked") * laid.force)[laid.area.of_building]
    if not admission.keeper:
        return np.asarray(share)
    area = institutions.areas[institutions.positions[admission.keeper].area]
    members = np.bincount(area.of_building, share * model.members_by_building[POOLS[admission.pool]], area.n)
    wanted = members / COHORTS * model.parameters.participate.ask_hours
    given = ledger.spend(institutions.posts.at(admission.keeper), wanted, "asking")
    return np.asarray(
        share * np.divide(given, wanted, out=np.ones(area.n), where=wanted > 0)[area.of_building]
    )


def fill_posts(model: GovernanceModel) -> None:
    """Fill posts from their pools; hours that volunteers give to posts are given once, and are there."""
    institutions, places = model.institutions, model.places
    posts = institutions.posts
    people = model.volunteers.people.sum(0)
    pools: dict[str, NDArray[Any]] = {"volunteers": people}
    there = model.volunteers.hours.sum((0, 2, 3))
    busy = np.zeros(len(there))
    manned: list[tuple[slice, NDArray[np.int32]]] = []
    for rule in posts.rules:
        laid = institutions.boundaries.get(rule.name)
        if laid is None:
            continue
        boundary = laid.rule
        where, area = posts.at(rule.name), institutions.areas[rule.area]
        if boundary.pool == "staff":
            weeks = model.week - model.since.setdefault(rule.name, model.week) + 1
            posts.filled[where] = min(1.0, weeks / max(boundary.weeks_to_fill, 1)) * laid.force
            continue
        if boundary.pool not in pools:
            member = model.residents.party == POOLS[boundary.pool]
            mine = np.flatnonzero(model.residents.volunteering & member)
            pools[boundary.pool] = np.bincount(model.residents.building[mine], minlength=len(people))
        eligible = (
            laid.value("willing") * laid.force * np.bincount(area.of_building, pools[boundary.pool], area.n)
        )
        heads = posts.heads(rule)
        posts.filled[where] = np.minimum(1, eligible / np.maximum(heads, 1e-12))
        home = places.building_neighbourhood[np.unique(area.of_building, return_index=True)[1]]
        busy += np.bincount(home, posts.filled[where] * posts.gross[where], len(busy))
        manned.append((where, home))
    able = np.divide(there, busy, out=np.ones(len(busy)), where=busy > there)
    for where, home in manned:
        posts.filled[where] *= able[home]
    volunteers = posts.at("volunteers")
    if volunteers.stop > volunteers.start:
        posts.gross[volunteers] = (there - busy).clip(0)
