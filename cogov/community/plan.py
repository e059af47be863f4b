"""What stands where: the plan of compounds, from a profile's numbers or from a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cogov.community.draws import quotas, unit_mean
from cogov.community.places import (
    Buildings,
    Compounds,
    Neighbourhoods,
    Offsets,
    Places,
    Subdistricts,
    members,
    offsets,
)
from cogov.kit.streams import normal
from cogov.terms import Site

if TYPE_CHECKING:
    from cogov.community.described import Described
    from cogov.kit.streams import Streams

Reals = NDArray[np.float64]
UNKNOWN = np.nan
"""A share that no table gives: it is drawn from the profile."""


@dataclass(eq=False)
class Layout:
    """Which neighbourhoods stand where: subdistrict by subdistrict and in each copy by copy."""

    names: list[str]
    subdistrict: NDArray[np.intp]
    """shape (n_n,)"""
    place: NDArray[np.intp]
    """where the copies of each neighbourhood of the profile stand, shape (copies, neighbourhoods)"""

    @classmethod
    def of(cls, profile: Described) -> Layout:
        """The neighbourhoods of a profile, as often as ``scale`` says."""
        labels, copies = profile.neighbourhood_names(), profile.scale
        subdistrict = np.tile(np.array(profile.subdistrict_of(), dtype=np.intp), copies)
        order = np.argsort(subdistrict, kind="stable")
        names = [copied(name, copy) for copy in range(copies) for name in labels]
        place = np.empty(len(order), dtype=np.intp)
        place[order] = np.arange(len(order))
        return cls([names[row] for row in order], subdistrict[order], place.reshape(copies, len(labels)))


def copied(name: str, copy: int) -> str:
    """The name in one of the copies that ``scale`` makes."""
    return name if copy == 0 else f"{name} ({copy + 1})"


@dataclass(eq=False)
class Plan:
    """Compounds before anybody lives there; arrays have shape (n_c,) unless said."""

    layout: Layout
    subdistricts: Subdistricts
    neighbourhoods: Neighbourhoods
    compounds: Compounds
    subdistrict_neighbourhoods: Offsets
    """shape (n_s + 1,)"""
    neighbourhood_compounds: Offsets
    """shape (n_n + 1,)"""
    households: NDArray[np.int64]
    storeys: NDArray[np.int64]
    lifts: NDArray[np.int64]
    """buildings with a lift, -1: those that were built with one"""
    elder_share: Reals
    child_share: Reals
    party_share: Reals
    firm_names: list[str]
    founding: NDArray[np.bool_]
    """shape (n_firms,)"""
    firm_subdistricts: NDArray[np.bool_]
    """where a firm serves or looks for work, shape (n_firms, n_s)"""

    @property
    def copies(self) -> int:
        """How often the neighbourhoods of the profile stand here."""
        return len(self.layout.place)


@dataclass
class _Sites:
    """The part of a plan that differs between numbers and a table."""

    neighbourhood: NDArray[np.intp]
    names: list[str]
    households: NDArray[np.int64]
    year_built: NDArray[np.int64]
    storeys: NDArray[np.int64]
    fee: Reals
    firm: NDArray[np.int64]
    firm_names: list[str]
    founding: NDArray[np.bool_]
    firm_subdistricts: NDArray[np.bool_]
    owners_committee: NDArray[np.bool_]
    lifts: NDArray[np.int64]
    elder_share: Reals
    child_share: Reals
    party_share: Reals


def plan(profile: Described, streams: Streams) -> Plan:
    """Lay out the compounds of a profile."""
    layout = Layout.of(profile)
    sites = _from_table(profile, layout) if profile.table else _from_numbers(profile, layout, streams)
    draw = streams.generator("community/attributes")
    number, names = len(sites.names), layout.names
    old = sites.year_built < profile.old_before

    def attribute(old_mean: float, new_mean: float) -> NDArray[np.float32]:
        mean = np.where(old, old_mean, new_mean)
        return (mean * unit_mean(draw, number, profile.attribute_spread)).astype(np.float32)

    # neighbourhoods on a jittered lattice over a square, compounds around the middle of theirs
    columns = int(np.ceil(np.sqrt(len(names))))
    cell = np.sqrt(profile.area * profile.scale) / columns
    lattice = np.stack(np.divmod(np.arange(len(names)), columns)[::-1])
    middle = cell * (lattice + 0.3 + 0.4 * draw.random(lattice.shape))
    x, y = middle[:, sites.neighbourhood] + cell / 6 * normal(draw, (2, number))
    nobody = np.zeros(number, dtype=np.float32)
    seats = np.where(sites.owners_committee, np.cumsum(sites.owners_committee) - 1, -1)
    return Plan(
        layout=layout,
        subdistricts=Subdistricts(profile.subdistrict_names()),
        subdistrict_neighbourhoods=offsets(np.bincount(layout.subdistrict)),
        neighbourhoods=Neighbourhoods(
            names,
            x=middle[0].astype(np.float32),
            y=middle[1].astype(np.float32),
            site=kinds_of_site(profile, sites, old),
        ),
        compounds=Compounds(
            names=sites.names,
            year_built=sites.year_built.astype(np.int16),
            old=old,
            storeys=sites.storeys.astype(np.int8),
            fee=sites.fee.astype(np.float32),
            area=attribute(profile.area_old, profile.area_new),
            green=attribute(profile.green_old, profile.green_new),
            parking=attribute(profile.parking_old, profile.parking_new),
            exposure=unit_mean(draw, number, profile.exposure_spread).astype(np.float32),
            firm=sites.firm.astype(np.int16),
            owners_committee=seats.astype(np.int16),
            x=x.astype(np.float32),
            y=y.astype(np.float32),
            elder_share=nobody,
            child_share=nobody,
            party_share=nobody,
        ),
        neighbourhood_compounds=offsets(np.bincount(sites.neighbourhood, minlength=len(names))),
        households=sites.households,
        storeys=sites.storeys,
        lifts=sites.lifts,
        elder_share=sites.elder_share,
        child_share=sites.child_share,
        party_share=sites.party_share,
        firm_names=sites.firm_names,
        founding=sites.founding,
        firm_subdistricts=sites.firm_subdistricts,
    )


def kinds_of_site(profile: Described, sites: _Sites, old: NDArray[np.bool_]) -> NDArray[np.int8]:
    """What kind each neighbourhood is of: by the age of the homes, and of newer ones by what they cost."""
    n = int(sites.neighbourhood.max()) + 1
    cheap = sites.fee < profile.relocated_fee
    share_old, share_cheap = (
        np.bincount(sites.neighbourhood, sites.households * chosen, n)
        / np.bincount(sites.neighbourhood, sites.households, n)
        for chosen in (old, ~old & cheap)
    )
    mixed = (share_old >= profile.mixed_from) & (share_old <= 1 - profile.mixed_from)
    relocated = share_cheap > (1 - share_old) / 2
    kind = np.select(
        [mixed, share_old > 1 / 2, relocated], [Site.MIXED, Site.OLD_PUBLIC, Site.RELOCATED], Site.COMMERCIAL
    )
    return np.asarray(kind, dtype=np.int8)


def _from_numbers(profile: Described, layout: Layout, streams: Streams) -> _Sites:
    """Draw as many compounds as the numbers say, old ones clustered by neighbourhood."""
    draw = streams.generator("community/compounds")
    number, areas = profile.compounds * profile.scale, len(layout.names)
    neighbourhood = np.arange(number) * areas // number
    age = profile.old_clustering * normal(draw, areas)[neighbourhood] + normal(draw, number)
    old = np.zeros(number, dtype=bool)
    old[np.argsort(-age, kind="stable")[: round(profile.old_share * number)]] = True

    def between(old_range: tuple[int, ...], new_range: tuple[int, ...]) -> NDArray[np.int64]:
        low, high = np.where(old, np.array(old_range)[:, None], np.array(new_range)[:, None])
        drawn: NDArray[np.int64] = draw.integers(low, high + 1)
        return drawn

    size = unit_mean(draw, number, profile.compound_spread)
    households = max(number, round(profile.residents * profile.scale / profile.household_size))
    fee = np.where(old, profile.fee_old, profile.fee_new) * unit_mean(draw, number, profile.attribute_spread)

    served = np.flatnonzero(~old | (draw.random(number) >= profile.without_firm_old))
    founding = [copied(name, copy) for copy in range(profile.scale) for name in profile.founding_firms]
    around = layout.subdistrict[neighbourhood]
    homes = np.unique(around[served])
    firms = max(min(max(len(founding), round(number / profile.compounds_per_firm)), len(served)), len(homes))
    firm = np.full(number, -1)
    firm_home = homes[np.arange(firms) % max(len(homes), 1)]  # each firm serves one subdistrict, in turn
    for home in homes:
        mine, theirs = np.flatnonzero(firm_home == home), draw.permutation(served[around[served] == home])
        firm[theirs] = mine[np.arange(len(theirs)) % len(mine)]
    share = np.where(old, profile.owners_committee_old, profile.owners_committee_new)
    unknown = np.full(number, UNKNOWN)
    labels = profile.neighbourhood_names()
    copy, label = np.divmod(np.argsort(layout.place, axis=None, kind="stable"), len(labels))
    places = np.arange(number) - np.searchsorted(neighbourhood, neighbourhood) + 1
    return _Sites(
        neighbourhood=neighbourhood,
        names=[
            copied(f"{labels[label[area]]}C{place}", int(copy[area]))
            for area, place in zip(neighbourhood.tolist(), places.tolist(), strict=True)
        ],
        households=1 + quotas(size / size.sum(), np.full(number, households - number)),
        year_built=between(profile.years_old, profile.years_new),
        storeys=between(profile.storeys_old, profile.storeys_new),
        fee=fee,
        firm=firm,
        firm_names=(founding + [f"Firm {place + 1}" for place in range(len(founding), firms)])[:firms],
        founding=np.arange(firms) < len(founding),
        firm_subdistricts=firm_home[:, None] == np.arange(profile.subdistricts),
        owners_committee=draw.random(number) < share,
        lifts=np.full(number, -1),
        elder_share=unknown,
        child_share=unknown,
        party_share=unknown,
    )


def _from_table(profile: Described, layout: Layout) -> _Sites:
    """Take the compounds as the table has them, once for each copy."""
    here = profile.neighbourhood_names()
    inside = layout.place[:, [here.index(row.neighbourhood) for row in profile.table]]
    order = np.argsort(inside, axis=None, kind="stable")
    neighbourhood = inside.ravel()[order]
    copies, lines = np.divmod(order, len(profile.table))
    rows = [profile.table[line] for line in lines]
    firms = list(dict.fromkeys(row.property_firm for row in profile.table if row.property_firm))
    known = np.array([firms.index(row.property_firm) if row.property_firm else -1 for row in rows])
    firm = np.where(known < 0, -1, known + copies * len(firms))
    firm_subdistricts = np.zeros((len(firms) * profile.scale, profile.subdistricts), dtype=bool)
    firm_subdistricts[firm[firm >= 0], layout.subdistrict[neighbourhood[firm >= 0]]] = True

    def shares(values: list[float | None]) -> Reals:
        return np.array([UNKNOWN if value is None else value for value in values])

    return _Sites(
        neighbourhood=neighbourhood,
        names=[copied(row.compound, int(copy)) for row, copy in zip(rows, copies, strict=True)],
        households=np.array([row.households for row in rows], dtype=np.int64),
        year_built=np.array([row.year_built for row in rows]),
        storeys=np.array([row.storeys for row in rows]),
        fee=np.array([row.fee for row in rows]),
        firm=firm,
        firm_names=[copied(name, copy) for copy in range(profile.scale) for name in firms],
        founding=np.zeros(len(firms) * profile.scale, dtype=bool),
        firm_subdistricts=firm_subdistricts,
        owners_committee=np.array([row.owners_committee for row in rows]),
        lifts=np.array([-1 if row.lifts is None else row.lifts for row in rows]),
        elder_share=shares([row.elder_share for row in rows]),
        child_share=shares([row.child_share for row in rows]),
        party_share=shares([row.party_share for row in rows]),
    )


def build_places(numbers: Described, plan: Plan, streams: Streams) -> Places:
    """Put up the buildings of a plan, with their flats and households."""
    high = plan.storeys >= numbers.lift_from_storeys
    flats = plan.storeys * np.where(high, numbers.flats_per_floor_high, numbers.flats_per_floor_low)
    compound_buildings = offsets(-(-plan.households // flats))
    compound = members(compound_buildings)
    number, place = (
        np.diff(compound_buildings)[compound],
        np.arange(len(compound)) - compound_buildings[compound],
    )
    # as even as whole households go: k of n buildings take their part of the rounded-down running sum
    running = plan.households[compound] * np.array([place, place + 1]) // number
    building_households = offsets(running[1] - running[0])
    sizes = np.arange(1, len(numbers.household_sizes) + 1)
    drawn = streams.generator("community/households").choice(
        sizes.astype(np.int8), building_households[-1], p=numbers.household_sizes
    )
    has_lift = np.where(plan.lifts[compound] >= 0, place < plan.lifts[compound], high[compound])
    low = np.flatnonzero(~has_lift & (plan.lifts[compound] < 0))
    added = min(numbers.lifts_built * plan.copies, len(low))
    has_lift[streams.generator("community/lifts").choice(low, added, replace=False)] = True
    return Places(
        subdistricts=plan.subdistricts,
        neighbourhoods=plan.neighbourhoods,
        compounds=plan.compounds,
        buildings=Buildings(storeys=plan.storeys[compound].astype(np.int8), has_lift=has_lift),
        subdistrict_neighbourhoods=plan.subdistrict_neighbourhoods,
        neighbourhood_compounds=plan.neighbourhood_compounds,
        compound_buildings=compound_buildings,
        building_households=building_households,
        household_rows=offsets(drawn),
    )
