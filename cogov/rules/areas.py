"""Areas: how scope rules partition the places of a community."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from cogov.community import Community
from cogov.kit.errors import DesignError
from cogov.kit.streams import Streams
from cogov.rules.kinds import Rule, Scope
from cogov.terms import Level

LEVELS = {
    "building": Level.BUILDING,
    "micro_grid": Level.BUILDING,
    "compound": Level.COMPOUND,
    "neighbourhood": Level.NEIGHBOURHOOD,
    "block": Level.BLOCK,
    "subdistrict": Level.SUBDISTRICT,
    "district": Level.DISTRICT,
}
"""The rung of the ladder on which a post of an area stands."""


@dataclass(frozen=True)
class Area:
    """One way of partitioning the community.

    Attributes
    ----------
    name : str
        As in rules.
    level : Level
        Rung of the ladder.
    n : int
        Number of areas.
    of_building : ndarray of int32, shape (buildings,)
        The area of each building.
    of_compound, of_neighbourhood : ndarray of int32
        The area of each larger place (of its first building, for areas smaller than the place).
    households, buildings : ndarray of float64, shape (n,)
        How many of them each area has.
    """

    name: str
    level: Level
    n: int
    of_building: NDArray[np.int32]
    of_compound: NDArray[np.int32]
    of_neighbourhood: NDArray[np.int32]
    households: NDArray[np.float64]
    buildings: NDArray[np.float64]


def draw_areas(rules: Iterable[Rule], community: Community) -> dict[str, Area]:
    """Lay every area over the community, by name.

    Without a scope rule a micro grid is the whole compound and a block the whole subdistrict.

    Raises
    ------
    DesignError
        If a scope rule asks for more blocks than there are neighbourhoods.
    """
    places = community.places
    compound_of_building = places.building_compound
    neighbourhood = places.building_neighbourhood
    zeros = np.zeros_like(neighbourhood)
    partition = {
        "building": np.arange(len(neighbourhood), dtype=np.int32),
        "micro_grid": compound_of_building,
        "compound": compound_of_building,
        "neighbourhood": neighbourhood,
        "block": zeros,
        "subdistrict": zeros,
        "district": zeros,
    }
    for rule in rules:
        if isinstance(rule, Scope):
            if rule.number:
                partition["block"] = _blocks(rule, community)[neighbourhood]
            if rule.households:
                partition["micro_grid"] = _micro_grids(rule, community)
    return {name: _area(name, of_building, community) for name, of_building in partition.items()}


def _area(name: str, of_building: NDArray[np.int32], community: Community) -> Area:
    places = community.places
    n = int(of_building.max()) + 1
    households = np.diff(places.building_households)
    first_building = places.compound_buildings[:-1]
    return Area(
        name=name,
        level=LEVELS[name],
        n=n,
        of_building=of_building.astype(np.int32),
        of_compound=of_building[first_building].astype(np.int32),
        of_neighbourhood=of_building[first_building[places.neighbourhood_compounds[:-1]]].astype(np.int32),
        households=np.bincount(of_building, households, n),
        buildings=np.bincount(of_building, minlength=n).astype(float),
    )


def _blocks(rule: Scope, community: Community) -> NDArray[np.int32]:
    """Pool neighbourhoods: alike in people and homes, close to each other, or at random."""
    places = community.places
    n = len(places.neighbourhood_compounds) - 1
    check_fits([rule], community.name, n)
    if n == 1 or rule.number == n:
        return np.arange(n, dtype=np.int32)
    if rule.grouping == "random":
        order = Streams(community.seed).generator("rules/blocks").permutation(n)
        return (order % rule.number).astype(np.int32)
    if rule.grouping == "adjacent":
        features = np.column_stack([places.neighbourhoods.x, places.neighbourhoods.y])
    else:
        features = np.column_stack(
            [
                neighbourhood_mean(column, community)
                for column in (
                    places.compounds.elder_share,
                    places.compounds.child_share,
                    places.compounds.party_share,
                    places.compounds.fee,
                    places.compounds.old,
                )
            ]
        )
        features = (features - features.mean(0)) / (features.std(0) + 1e-9)
    # Loaded here: few designs draw blocks like this.
    tree = scipy.cluster.hierarchy.linkage(features, "ward")
    return np.asarray(scipy.cluster.hierarchy.cut_tree(tree, n_clusters=rule.number)[:, 0], dtype=np.int32)


def check_fits(rules: Iterable[Rule], community: str, neighbourhoods: int) -> None:
    """See that rules fit a community, of which no more than this need be known: nothing is built.

    Raises
    ------
    DesignError
        If a scope rule asks for more blocks than there are neighbourhoods.
    """
    for rule in rules:
        if isinstance(rule, Scope) and rule.number > neighbourhoods:
            raise DesignError(
                f"scope {rule.name!r}: blocks = {rule.number}, but {community} has only"
                f" {neighbourhoods} neighbourhoods; allowed: 1 to {neighbourhoods}"
            )


def _micro_grids(rule: Scope, community: Community) -> NDArray[np.int32]:
    """Join consecutive buildings of a compound until a grid has about the households asked for."""
    places = community.places
    compound = places.building_compound
    start = places.building_households[:-1] - places.compound_households[:-1][compound]
    serial = start // rule.households
    _, grid = np.unique(np.column_stack([compound, serial]), axis=0, return_inverse=True)
    return grid.reshape(-1).astype(np.int32)


def neighbourhood_mean(column: NDArray[np.generic], community: Community) -> NDArray[np.float64]:
    """Household-weighted mean of a compound column in each neighbourhood."""
    places = community.places
    weight = np.diff(places.compound_households).astype(float)
    first = places.neighbourhood_compounds[:-1]
    total = np.add.reduceat(column.astype(float) * weight, first)
    return np.asarray(total / np.add.reduceat(weight, first))
