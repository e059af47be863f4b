"""Organisations as columns: property firms, units, committees, owners' committees, departments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from cogov.community.draws import levels, unit_mean
from cogov.community.plan import copied
from cogov.community.tables import OUTSIDE
from cogov.terms import Capability, Service, UnitKind

if TYPE_CHECKING:
    from cogov.community.described import Described
    from cogov.community.places import Places
    from cogov.community.plan import Plan
    from cogov.kit.streams import Streams

Column = NDArray[np.float32]


@dataclass(eq=False)
class Firms:
    """Property firms, columns of shape (n_firms,)."""

    CHANGES: ClassVar[tuple[str, ...]] = ("quality", "efficiency", "reputation")

    names: list[str]
    quality: Column
    """[0, 1]"""
    efficiency: Column
    """factor on the cost of effort, mean about 1; lower is cheaper"""
    reputation: Column
    """[0, 1]"""
    founding: NDArray[np.bool_]
    """has a base of party building"""
    subdistricts: NDArray[np.bool_]
    """where it serves or looks for work, shape (n_firms, n_s)"""

    def __len__(self) -> int:
        return len(self.names)


@dataclass(eq=False)
class Units:
    """Joint-building units (驻区单位), columns of shape (n_units,)."""

    CHANGES: ClassVar[tuple[str, ...]] = ("consciousness", "engagement")

    names: list[str]
    kind: NDArray[np.int8]
    """`cogov.terms.UnitKind`"""
    rank: Column
    """rungs above the subdistrict; 0: its level, or none"""
    neighbourhood: NDArray[np.int16]
    """-1: outside the community"""
    subdistrict: NDArray[np.int16]
    """the one it is in or, from outside, works with"""
    hours: Column
    """weekly hours at full engagement, shape (n_units, 8) by `cogov.terms.Service`"""
    heads: Column
    """people there by day"""
    consciousness: Column
    """territorial consciousness (属地意识), [0, 1]"""
    engagement: Column
    """[0, 1]"""
    tie: Column
    """at the start, with its subdistrict and the neighbourhood it stands in, [0, 1]"""
    wants: Column
    """hours a week it could use of the community, shape (n_units, 7) by `cogov.terms.Want`"""

    def __len__(self) -> int:
        return len(self.names)


@dataclass(eq=False)
class Committees:
    """Neighbourhood committees (居委会) with their secretaries, one a neighbourhood, shape (n_n,)."""

    staff: NDArray[np.int16]
    """heads"""
    hours: Column
    """h/week per head"""
    admin_share: Column
    """share of hours lost to administration, [0, 1]"""
    capability: Column
    """of the secretary at the start, in the kind of place it is, [0, 1], shape (n_n, 4) by `Capability`"""
    tenure_weeks: NDArray[np.int32]
    """weeks the secretary has been in office at the start"""

    def __len__(self) -> int:
        return len(self.staff)


@dataclass(eq=False)
class OwnersCommittees:
    """Owners' committees (业委会), columns of shape (n_owners_committees,)."""

    compound: NDArray[np.int32]
    competence: Column
    """[0, 1]"""

    def __len__(self) -> int:
        return len(self.compound)


@dataclass(eq=False)
class Departments:
    """Departments, one per `cogov.terms.Line`, columns of shape (5,)."""

    hours: Column
    """h/week, for all subdistricts together"""
    files: Column
    """share of them, at most, for opening and answering files"""
    answer: Column
    """weekly chance of answering a case that is looked at"""
    bounce: Column
    """chance of sending an issue back"""

    def __len__(self) -> int:
        return len(self.hours)


def build_firms(profile: Described, plan: Plan, streams: Streams) -> Firms:
    """The firms of a plan; the founding ones come first where a profile names them."""
    number, draw = len(plan.firm_names), streams.generator("community/firms")
    k = profile.organisation_concentration
    usual, better = (
        levels(draw, number, profile.firm_quality, k),
        levels(draw, number, profile.founding_quality, k),
    )
    return Firms(
        names=plan.firm_names,
        quality=np.where(plan.founding, better, usual),
        efficiency=unit_mean(draw, number, profile.firm_efficiency_spread).astype(np.float32),
        reputation=levels(draw, number, profile.firm_reputation, k),
        founding=plan.founding,
        subdistricts=plan.firm_subdistricts,
    )


def build_units(profile: Described, plan: Plan, streams: Streams) -> Units:
    """The named units, repeated by scale, and the further ones that ``unit_rates`` asks for."""
    draw, k = streams.generator("community/units"), profile.organisation_concentration
    inside = len(plan.neighbourhoods)
    usual = np.array(profile.unit_hours, dtype=np.float32)
    labels = {name: place for place, name in enumerate(profile.neighbourhood_names())}
    around = plan.layout.subdistrict
    names: list[str] = []
    kinds: list[int] = []
    ranks: list[float] = []
    places: list[int] = []
    subdistricts: list[int] = []
    hours: list[Column] = []
    heads: list[float] = []
    for copy in range(plan.copies):
        for row in profile.units:
            names.append(copied(row.unit, copy))
            kinds.append(UnitKind.labels().index(row.kind))
            ranks.append(row.rank)
            named = [plan.subdistricts.names.index(row.subdistrict)] if row.subdistrict else []
            if row.neighbourhood is None:
                mine = np.flatnonzero(np.isin(around, named)) if named else np.arange(inside)
                places.append(int(mine[draw.integers(len(mine))]))
            else:
                outside = row.neighbourhood in OUTSIDE
                places.append(-1 if outside else int(plan.layout.place[copy, labels[row.neighbourhood]]))
            if places[-1] >= 0:
                named = [int(around[places[-1]])]
            elif not named:
                named = [int(draw.integers(len(plan.subdistricts))) if len(plan.subdistricts) > 1 else 0]
            subdistricts += named
            hours.append(usual[kinds[-1]] if row.hours is None else np.array(row.hours, dtype=np.float32))
            heads.append(profile.unit_heads[kinds[-1]] if row.heads is None else row.heads)
    rates = np.zeros(len(UnitKind)) if profile.only_these_units else np.array(profile.unit_rates)
    numbers = np.diff(np.rint(np.cumsum(rates) * inside), prepend=0).astype(np.intp)
    for kind in UnitKind:
        sizes = unit_mean(draw, numbers[kind], profile.unit_size_spread)
        names += [f"{kind.label.replace('_', ' ')} {number}" for number in range(1, numbers[kind] + 1)]
        kinds += [int(kind)] * numbers[kind]
        ranks += [profile.unit_ranks[kind]] * numbers[kind]
        drawn = draw.integers(0, inside, numbers[kind])
        places += [int(place) for place in drawn]
        subdistricts += [int(subdistrict) for subdistrict in around[drawn]]
        heads += [profile.unit_heads[kind] * size for size in sizes.tolist()]
        hours += [(usual[kind] * size).astype(np.float32) for size in sizes]
    which, people = np.array(kinds, dtype=np.int8), np.array(heads, dtype=np.float32)
    return Units(
        names=names,
        kind=which,
        rank=np.array(ranks, dtype=np.float32),
        neighbourhood=np.array(places, dtype=np.int16),
        subdistrict=np.array(subdistricts, dtype=np.int16),
        hours=np.array(hours, dtype=np.float32).reshape(-1, len(Service)),
        heads=people,
        consciousness=levels(draw, len(names), profile.unit_consciousness, k),
        engagement=levels(draw, len(names), profile.unit_engagement, k),
        tie=levels(draw, len(names), profile.unit_tie, k),
        wants=(people[:, None] / 100 * np.array(profile.unit_wants)[which]).astype(np.float32),
    )


def build_committees(profile: Described, places: Places, streams: Streams) -> Committees:
    """One committee a neighbourhood, staffed by its households within the statutory bounds."""
    number, draw = len(places.neighbourhoods), streams.generator("community/committees")
    households, (fewest, most) = np.diff(places.neighbourhood_households), profile.committee_staff
    staff = np.clip(np.rint(households / profile.households_per_staff), fewest, most)
    shape = (number, len(Capability))
    k = profile.organisation_concentration
    return Committees(
        staff=staff.astype(np.int16),
        hours=np.full(number, profile.staff_hours, dtype=np.float32),
        admin_share=np.full(number, profile.admin_share, dtype=np.float32),
        capability=levels(draw, number * len(Capability), profile.capability, k).reshape(shape),
        tenure_weeks=draw.integers(0, profile.secretary_tenure + 1, number).astype(np.int32),
    )


def build_owners_committees(profile: Described, plan: Plan, streams: Streams) -> OwnersCommittees:
    """The owners' committees that the plan puts into compounds."""
    compound = np.flatnonzero(plan.compounds.owners_committee >= 0).astype(np.int32)
    draw = streams.generator("community/owners_committees")
    competence = levels(draw, len(compound), profile.owners_competence, profile.organisation_concentration)
    return OwnersCommittees(compound=compound, competence=competence)


def build_departments(profile: Described, places: Places) -> Departments:
    """Departments whose hours grow with the households of the district."""
    return Departments(
        hours=(np.array(profile.department_hours) * places.households / 1000).astype(np.float32),
        files=np.array(profile.department_files, dtype=np.float32),
        answer=np.array(profile.department_answer, dtype=np.float32),
        bounce=np.array(profile.department_bounce, dtype=np.float32),
    )
