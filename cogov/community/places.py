"""Buildings, compounds, neighbourhoods and subdistricts: nested and contiguous.

Residents are sorted by household, households by building, buildings by compound, compounds by
neighbourhood, neighbourhoods by subdistrict, so each place is a range of rows and membership is stored as
offsets: the members of place ``p`` are ``offsets[p]:offsets[p + 1]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    pass

Offsets = NDArray[np.int32]
Column = NDArray[np.float32]


def offsets(sizes: NDArray[np.integer]) -> Offsets:
    """Offsets of groups of the given sizes, shape (n + 1,)."""
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)


def members(of: Offsets) -> NDArray[np.int32]:
    """Group of every member, shape (offsets[-1],)."""
    return np.repeat(np.arange(len(of) - 1, dtype=np.int32), np.diff(of))


@dataclass(eq=False)
class Subdistricts:
    """Columns over subdistricts (街道), shape (n_s,); together they are the district (区)."""

    names: list[str]

    def __len__(self) -> int:
        return len(self.names)


@dataclass(eq=False)
class Neighbourhoods:
    """Columns over neighbourhoods (居民区), shape (n_n,)."""

    names: list[str]
    x: Column
    """km east"""
    y: Column
    """km north"""
    site: NDArray[np.int8]
    """`cogov.terms.Site`, by the homes that most households have"""

    def __len__(self) -> int:
        return len(self.names)


@dataclass(eq=False)
class Compounds:
    """Columns over compounds (小区), shape (n_c,)."""

    names: list[str]
    year_built: NDArray[np.int16]
    old: NDArray[np.bool_]
    """built before the profile's ``old_before``"""
    storeys: NDArray[np.int8]
    fee: Column
    """property fee, yuan per m2 and month"""
    area: Column
    """mean flat, m2 per household"""
    green: Column
    """m2 per household"""
    parking: Column
    """spaces per household"""
    exposure: Column
    """how prone to problems, mean about 1"""
    firm: NDArray[np.int16]
    """row of `Firms`, -1: none"""
    owners_committee: NDArray[np.int16]
    """row of `OwnersCommittees`, -1: none"""
    x: Column
    """km east"""
    y: Column
    """km north"""
    elder_share: Column
    """share of residents aged 60 and over, as built"""
    child_share: Column
    """share of residents under 12, as built"""
    party_share: Column
    """share of party members, as built"""

    def __len__(self) -> int:
        return len(self.names)


@dataclass(eq=False)
class Buildings:
    """Columns over buildings (楼组), shape (n_b,)."""

    storeys: NDArray[np.int8]
    has_lift: NDArray[np.bool_]
    """changes in a run: lifts get built"""

    def __len__(self) -> int:
        return len(self.storeys)


@dataclass(eq=False)
class Places:
    """All places and their nesting; offsets are int32, one longer than the number of groups."""

    subdistricts: Subdistricts
    neighbourhoods: Neighbourhoods
    compounds: Compounds
    buildings: Buildings
    subdistrict_neighbourhoods: Offsets
    neighbourhood_compounds: Offsets
    compound_buildings: Offsets
    building_households: Offsets
    household_rows: Offsets
    """rows of the residents of each household; the first of them is its head, an adult"""

    def __repr__(self) -> str:
        """In one line; its parts are columns."""
        return (
            f"<Places: {len(self.subdistricts):,} subdistricts, {len(self.neighbourhoods):,} neighbourhoods,"
            f" {len(self.compounds):,} compounds, {len(self.buildings):,} buildings,"
            f" {self.households:,} households>"
        )

    @property
    def households(self) -> int:
        """Number of households."""
        return len(self.household_rows) - 1

    @cached_property
    def neighbourhood_subdistrict(self) -> NDArray[np.int32]:
        """Subdistrict of each neighbourhood, shape (n_n,)."""
        return members(self.subdistrict_neighbourhoods)

    @cached_property
    def compound_subdistrict(self) -> NDArray[np.int32]:
        """Subdistrict of each compound, shape (n_c,)."""
        return self.neighbourhood_subdistrict[self.compound_neighbourhood]

    @cached_property
    def building_subdistrict(self) -> NDArray[np.int32]:
        """Subdistrict of each building, shape (n_b,)."""
        return self.compound_subdistrict[self.building_compound]

    @cached_property
    def compound_neighbourhood(self) -> NDArray[np.int32]:
        """Neighbourhood of each compound, shape (n_c,)."""
        return members(self.neighbourhood_compounds)

    @cached_property
    def building_compound(self) -> NDArray[np.int32]:
        """Compound of each building, shape (n_b,)."""
        return members(self.compound_buildings)

    @cached_property
    def building_neighbourhood(self) -> NDArray[np.int32]:
        """Neighbourhood of each building, shape (n_b,)."""
        return self.compound_neighbourhood[self.building_compound]

    @cached_property
    def neighbourhood_buildings(self) -> Offsets:
        """Buildings of each neighbourhood, shape (n_n + 1,)."""
        return self.compound_buildings[self.neighbourhood_compounds]

    @cached_property
    def compound_households(self) -> Offsets:
        """Households of each compound, shape (n_c + 1,)."""
        return self.building_households[self.compound_buildings]

    @cached_property
    def neighbourhood_households(self) -> Offsets:
        """Households of each neighbourhood, shape (n_n + 1,)."""
        return self.compound_households[self.neighbourhood_compounds]

    @cached_property
    def subdistrict_buildings(self) -> Offsets:
        """Buildings of each subdistrict, shape (n_s + 1,)."""
        return self.neighbourhood_buildings[self.subdistrict_neighbourhoods]

    @cached_property
    def subdistrict_households(self) -> Offsets:
        """Households of each subdistrict, shape (n_s + 1,)."""
        return self.neighbourhood_households[self.subdistrict_neighbourhoods]

    @cached_property
    def households_by_building(self) -> NDArray[np.int32]:
        """How many households each building has, shape (n_b,)."""
        return np.diff(self.building_households)

    @cached_property
    def households_by_compound(self) -> NDArray[np.int32]:
        """How many households each compound has, shape (n_c,)."""
        return np.diff(self.compound_households)

    @cached_property
    def residents_by_compound(self) -> NDArray[np.int32]:
        """How many residents each compound has, shape (n_c,)."""
        return np.diff(self.compound_rows)

    @cached_property
    def building_rows(self) -> Offsets:
        """Resident rows of each building, shape (n_b + 1,)."""
        return self.household_rows[self.building_households]

    @cached_property
    def compound_rows(self) -> Offsets:
        """Resident rows of each compound, shape (n_c + 1,)."""
        return self.household_rows[self.compound_households]

    @cached_property
    def neighbourhood_rows(self) -> Offsets:
        """Resident rows of each neighbourhood, shape (n_n + 1,)."""
        return self.household_rows[self.neighbourhood_households]
