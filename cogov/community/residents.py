"""Residents as columns: one row a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from cogov.community.draws import levels, pick, quotas, shares_around, unit_mean
from cogov.kit.elementary import exp
from cogov.kit.streams import normal
from cogov.terms import ADULT, ELDER, Age, Party, Service

if TYPE_CHECKING:
    from cogov.community.described import Described
    from cogov.community.places import Places
    from cogov.community.plan import Plan
    from cogov.kit.streams import Streams

Counts = NDArray[np.int64]
Level = NDArray[np.float32]
_HEAD, _SECOND = 0, 1
"""Places in a household: its first two are of one generation, the others usually of the next."""


class Mark(IntFlag):
    """What somebody is beside age, party and work."""

    VETERAN = 1
    DEPUTY = 2
    STUDENT = 4


@dataclass(eq=False)
class Residents:
    """One row a resident, 41 bytes each; the last six columns are as a run begins.

    Sorted by household, building, compound and neighbourhood. The first row of a household
    (``places.household_rows[:-1]``) is its head, an adult.
    """

    CHANGES: ClassVar[tuple[str, ...]] = (
        "trust_committee",
        "trust_firm",
        "trust_neighbours",
        "satisfaction",
        "belonging",
        "volunteering",
    )

    building: NDArray[np.int32]
    household: NDArray[np.int32]
    floor: NDArray[np.int8]
    """from 1"""
    age: NDArray[np.int8]
    """`cogov.terms.Age`"""
    owner: NDArray[np.bool_]
    """lives in a flat that the household owns"""
    party: NDArray[np.int8]
    """`cogov.terms.Party`"""
    employer: NDArray[np.int16]
    """row of `cogov.community.organisations.Units`, -1: works elsewhere or not at all"""
    skill: NDArray[np.int8]
    """`cogov.terms.Service`, -1: none"""
    marks: NDArray[np.int8]
    """`Mark`, added up"""
    free_hours: Level
    """h/week"""
    trust_committee: Level
    """[0, 1], as the four that follow"""
    trust_firm: Level
    trust_neighbours: Level
    satisfaction: Level
    belonging: Level
    volunteering: NDArray[np.bool_]
    """only adults do"""

    def __len__(self) -> int:
        return len(self.building)

    @property
    def nbytes(self) -> int:
        """Memory of all columns in bytes."""
        return int(sum(column.nbytes for column in vars(self).values()))


def settle(profile: Described, plan: Plan, places: Places, units: int, streams: Streams) -> Residents:
    """People the places: exact shares of ages, party, tenure and volunteers; the rest drawn one by one.

    Sets the realised shares of ``places.compounds`` as well.
    """
    household_sizes = np.diff(places.household_rows)
    building_households = np.diff(places.building_households)
    building_of_household = np.repeat(
        np.arange(len(building_households), dtype=np.int32), building_households
    )
    flat = np.arange(places.households) - places.building_households[building_of_household]
    storeys = places.buildings.storeys[building_of_household].astype(np.int64)
    floor = flat * storeys // building_households[building_of_household] + 1

    age, owner, party, volunteering = _who_they_are(profile, plan, places, streams)
    number = len(age)
    draw = streams.generator("community/work")
    adult = age >= ADULT
    works_here = adult & (age < ELDER) & (draw.random(number, dtype=np.float32) < profile.local_employment)
    employer = np.full(number, -1, dtype=np.int16)
    if units:
        employer[works_here] = draw.integers(0, units, np.count_nonzero(works_here), dtype=np.int16)
    skill = np.full(number, -1, dtype=np.int8)
    weights = np.array(profile.skill_weights)
    if weights.sum() > 0:
        skilled = adult & (draw.random(number, dtype=np.float32) < profile.skill_share)
        skill[skilled] = draw.choice(len(Service), np.count_nonzero(skilled), p=weights / weights.sum())
    free_hours = np.array(profile.free_hours, dtype=np.float32)[age]
    free_hours *= unit_mean(draw, number, profile.free_hours_spread)

    def level(name: str) -> Level:
        generator = streams.generator(f"community/{name}")
        return levels(generator, number, getattr(profile, name), profile.level_concentration)

    return Residents(
        building=np.repeat(building_of_household, household_sizes),
        household=np.repeat(np.arange(places.households, dtype=np.int32), household_sizes),
        floor=np.repeat(floor.astype(np.int8), household_sizes),
        age=age,
        owner=owner,
        party=party,
        employer=employer,
        skill=skill,
        marks=_marks(profile, age, streams),
        free_hours=np.minimum(free_hours, np.float32(112)),
        trust_committee=level("trust_committee"),
        trust_firm=level("trust_firm"),
        trust_neighbours=level("trust_neighbours"),
        satisfaction=level("satisfaction"),
        belonging=level("belonging"),
        volunteering=volunteering,
    )


def _marks(profile: Described, age: NDArray[np.int8], streams: Streams) -> NDArray[np.int8]:
    """Veterans and deputies among the adults, students among the young ones."""
    draw = streams.generator("community/marks")
    marks = np.zeros(len(age), dtype=np.int8)
    for mark, share, among in (
        (Mark.VETERAN, profile.veteran_share, age >= ADULT),
        (Mark.DEPUTY, profile.deputy_share, age >= ADULT),
        (Mark.STUDENT, profile.student_share, age == Age.AGE_18_29),
    ):
        marks[among & (draw.random(len(age), dtype=np.float32) < share)] |= mark
    return marks


def _who_they_are(
    profile: Described, plan: Plan, places: Places, streams: Streams
) -> tuple[NDArray[np.int8], NDArray[np.bool_], NDArray[np.int8], NDArray[np.bool_]]:
    """Age, owner, party and volunteering of every row, compound by compound, to exact numbers."""
    rows, compounds = places.compound_rows, places.compounds
    sizes, households = np.diff(rows).astype(np.int64), np.diff(places.compound_households).astype(np.int64)
    bands = _age_bands(profile, plan, places, streams)
    effects = profile.share_spread * normal(streams.generator("community/party"), len(compounds))
    members = _known_or(plan.party_share, shares_around(profile.party_share, effects, sizes))
    branch_quota = quotas(members * (1 - profile.in_service_share), sizes)
    in_service_quota = quotas(members * profile.in_service_share, sizes)
    owner_quota = quotas(
        np.where(compounds.old, profile.owner_share_old, profile.owner_share_new), households
    )
    volunteer_quota = quotas(np.full(len(compounds), profile.volunteer_share), sizes)
    branch_weights = _adults_only(profile.branch_weights)
    in_service_weights = _adults_only(profile.in_service_weights)
    volunteer_weights = _adults_only(profile.volunteer_weights)

    number = int(rows[-1])
    age, party = np.empty(number, dtype=np.int8), np.zeros(number, dtype=np.int8)
    owner, volunteering = np.empty(number, dtype=bool), np.zeros(number, dtype=bool)
    for compound in range(len(compounds)):
        draw = streams.generator("community/people", compound)
        here = slice(rows[compound], rows[compound + 1])
        first = (
            places.household_rows[slice(*places.compound_households[compound : compound + 2])]
            - rows[compound]
        )
        people = np.diff(first, append=rows[compound + 1] - rows[compound])
        place = np.arange(sizes[compound]) - np.repeat(first, people)
        stage = normal(draw, len(first))  # of life, from young to old
        ages = age[here] = _ages(draw, np.repeat(stage, people), place, bands[compound])

        weights = branch_weights[ages]
        branch = pick(draw, weights, branch_quota[compound])
        party[here][branch] = Party.BRANCH
        weights = in_service_weights[ages]
        weights[branch] = 0
        party[here][pick(draw, weights, in_service_quota[compound])] = Party.IN_SERVICE

        owns = np.zeros(len(first), dtype=bool)
        owns[pick(draw, exp(0.5 * stage), owner_quota[compound])] = True  # the old rent less
        owner[here] = np.repeat(owns, people)
        volunteering[here][pick(draw, volunteer_weights[ages], volunteer_quota[compound])] = True

    def realised(true: NDArray[np.bool_]) -> NDArray[np.float32]:
        return (np.add.reduceat(true, rows[:-1], dtype=np.int64) / sizes).astype(np.float32)

    compounds.elder_share = realised(age >= ELDER)
    compounds.child_share = realised(age == Age.UNDER_12)
    compounds.party_share = realised(party != Party.NONE)
    return age, owner, party, volunteering


def _age_bands(profile: Described, plan: Plan, places: Places, streams: Streams) -> Counts:
    """How many residents of each age band each compound has, shape (n_c, 8).

    Totals are exact: only compounds that a table describes move them off the profile's shares.
    """
    draw = streams.generator("community/ages")
    compounds = places.compounds
    sizes = np.diff(places.compound_rows).astype(np.int64)
    local = normal(draw, len(places.neighbourhoods))[places.compound_neighbourhood]
    effects = profile.share_spread * (local + normal(draw, len(compounds))) / np.sqrt(2)
    effects += profile.elder_old_effect * compounds.old
    elder = _known_or(plan.elder_share, shares_around(profile.elder_share, effects, sizes))

    def of_the_rest(share: float, taken: float, rest: NDArray[np.float64]) -> NDArray[np.float64]:
        """Parts of what is left of each compound that make up ``share`` of everybody."""
        effects = profile.share_spread * normal(draw, len(compounds))
        return shares_around(share / max(1 - taken, 1e-9), effects, rest * sizes) * rest

    child = of_the_rest(profile.child_share, profile.elder_share, 1 - elder)
    child = np.minimum(_known_or(plan.child_share, child), 1 - elder)
    taken = profile.elder_share + profile.child_share
    teen = of_the_rest(profile.teen_share, taken, np.clip(1 - elder - child, 0, 1))

    # every household has an adult head
    elders = np.minimum(quotas(elder, sizes), sizes)
    young = sizes - np.maximum(elders, np.diff(places.compound_households))
    children = np.minimum(quotas(child, sizes), young)
    teens = np.minimum(quotas(teen, sizes), young - children)
    rest = sizes - elders - children - teens
    jitter = draw.random((2, len(compounds), 1))
    return np.hstack(
        [
            np.stack([children, teens], axis=1),
            _split(rest, profile.adult_split, jitter[0]),
            _split(elders, profile.elder_split, jitter[1]),
        ]
    )


def _split(numbers: Counts, shares: tuple[float, ...], jitter: NDArray[np.float64]) -> Counts:
    """Split each number by shares into whole parts, rounding without bias, shape (n, len(shares))."""
    bounds = np.floor(numbers[:, None] * np.cumsum(shares)[:-1] + jitter).astype(np.int64)
    bounds = np.minimum(bounds, numbers[:, None])
    parts: Counts = np.diff(bounds, axis=1, prepend=0, append=numbers[:, None])
    return parts


def _ages(
    draw: np.random.Generator, stage: NDArray[np.float64], place: Counts, bands: Counts
) -> NDArray[np.int8]:
    """Ages of one compound: ``bands[b]`` people of band ``b``, alike within a household.

    Minors live with adults of 30-44 first, and are never the head.
    """
    minors = bands[: int(ADULT)].sum()
    reluctance = np.abs(stage + 0.9) + 0.25 * normal(draw, len(stage)) + 1.5 * (place == _SECOND)
    reluctance[place == _HEAD] = np.inf
    youngest = np.argsort(reluctance, kind="stable")[:minors]
    maturity = stage + 0.4 * normal(draw, len(stage)) - 1.2 * (place > _SECOND)
    maturity[youngest] = -100 + draw.random(minors)
    ages = np.empty(len(stage), dtype=np.int8)
    bands_of = np.repeat(np.arange(len(Age), dtype=np.int8), bands.astype(np.intp))
    ages[np.argsort(maturity, kind="stable")] = bands_of
    return ages


def _known_or(known: NDArray[np.float64], drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isnan(known), drawn, known)


def _adults_only(weights: tuple[float, ...]) -> NDArray[np.float64]:
    by_age = np.array(weights)
    by_age[: int(ADULT)] = 0
    return by_age
