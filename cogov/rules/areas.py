"""Areas: how scope rules partition the places of a community."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

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


@dataclass(frozen=True, eq=False)
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
    neighbourhoods : ndarray of int, shape (n,)
        How many of them each area has; 1 where it is smaller than one.
    part : ndarray of float64, shape (n,)
        Share of each in the households of its subdistrict.
    first : ndarray of int, shape (n,)
        The first building of each area.
    parts : tuple of slice, one a subdistrict
        The areas of each subdistrict, which stand together; the district as a whole is part of each.
    """

    name: str
    level: Level
    n: int
    of_building: NDArray[np.int32]
    of_compound: NDArray[np.int32]
    of_neighbourhood: NDArray[np.int32]
    households: NDArray[np.float64]
    buildings: NDArray[np.float64]
    neighbourhoods: NDArray[np.intp]
    part: NDArray[np.float64]
    first: NDArray[np.intp]
    parts: tuple[slice, ...]

    def by_subdistrict(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean of a value by area in each subdistrict, shape (subdistricts,)."""
        return np.array([values[part].mean() for part in self.parts])


def same(one: Area, other: Area) -> bool:
    """Whether two ways of drawing areas are the same."""
    return one.n == other.n and bool((one.of_building == other.of_building).all())


def draw_areas(rules: Iterable[Rule], community: Community) -> dict[str, Area]:
    """Lay every area over the community, by name.

    Without a scope rule a micro grid is the whole compound and a block the whole subdistrict. Blocks are
    drawn within each subdistrict.

    Raises
    ------
    DesignError
        If a scope rule asks for more blocks than a subdistrict has neighbourhoods.
    """
    places = community.places
    compound_of_building = places.building_compound
    neighbourhood = places.building_neighbourhood
    partition = {
        "building": np.arange(len(neighbourhood), dtype=np.int32),
        "micro_grid": compound_of_building,
        "compound": compound_of_building,
        "neighbourhood": neighbourhood,
        "block": places.building_subdistrict,
        "subdistrict": places.building_subdistrict,
        "district": np.zeros_like(neighbourhood),
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
    households = places.households_by_building
    first_building = places.compound_buildings[:-1]
    starts = places.subdistrict_buildings[:-1]
    firsts, lasts = (end.reduceat(of_building, starts).tolist() for end in (np.minimum, np.maximum))
    parts = tuple(slice(first, last + 1) for first, last in zip(firsts, lasts, strict=True))
    of_households = np.bincount(of_building, households, n)
    part = np.empty(n)
    for each in parts:
        part[each] = of_households[each] / of_households[each].sum()
    of_neighbourhood = of_building[first_building[places.neighbourhood_compounds[:-1]]].astype(np.int32)
    return Area(
        name=name,
        level=LEVELS[name],
        n=n,
        of_building=of_building.astype(np.int32),
        of_compound=of_building[first_building].astype(np.int32),
        of_neighbourhood=of_neighbourhood,
        households=of_households,
        buildings=np.bincount(of_building, minlength=n).astype(float),
        neighbourhoods=np.bincount(of_neighbourhood, minlength=n).clip(1),
        part=part,
        first=np.unique(of_building, return_index=True)[1],
        parts=parts,
    )


def _blocks(rule: Scope, community: Community) -> NDArray[np.int32]:
    """Pool neighbourhoods of a subdistrict: alike in people and homes, close to each other, or at random."""
    places = community.places
    n = len(places.neighbourhoods)
    sizes = np.diff(places.subdistrict_neighbourhoods)
    check_fits([rule], community.name, sizes.tolist())
    order = Streams(community.seed).generator("rules/blocks").permutation(n)
    features = _features(rule, community)
    block = np.empty(n, dtype=np.int32)
    for number, (first, last) in enumerate(pairwise(places.subdistrict_neighbourhoods)):
        block[first:last] = number * rule.number + _pooled(rule, features[first:last], order[first:last])
    return block


def _pooled(rule: Scope, features: NDArray[np.float64], order: NDArray[np.integer]) -> NDArray[np.integer]:
    """The block of each neighbourhood of one subdistrict."""
    n = len(order)
    if n == 1 or rule.number == n:
        return np.arange(n)
    if rule.grouping == "random":
        return order.argsort(kind="stable").argsort(kind="stable") % rule.number  # ranks
    if rule.grouping in ("similar", "four_traits"):
        features = (features - features.mean(0)) / (features.std(0) + 1e-9)
    if rule.grouping == "four_traits":
        features = features / np.sqrt([len(trait) for trait in TRAITS.values() for _ in trait])
    # Loaded here: few designs draw blocks like this.
    tree = scipy.cluster.hierarchy.linkage(features, "ward")
    return np.asarray(scipy.cluster.hierarchy.cut_tree(tree, n_clusters=rule.number)[:, 0])


def _features(rule: Scope, community: Community) -> NDArray[np.float64]:
    """What neighbourhoods are near to each other by, shape (neighbourhoods, features)."""
    places = community.places
    if rule.grouping == "adjacent":
        return np.column_stack([places.neighbourhoods.x, places.neighbourhoods.y])
    if rule.grouping == "four_traits":
        return np.column_stack([_held(name, community) for trait in TRAITS.values() for name in trait])
    return np.column_stack(
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


TRAITS = {
    "history": ("year_built", "old"),
    "geography": ("x", "y"),
    "production": ("workplaces", "local_jobs"),
    "way_of_life": ("elder_share", "child_share", "owners", "fee"),
}
"""The four traits by which document 001 draws blocks (历史渊源、地理环境、生产条件、生活方式), and the
columns taken for each: of equal weight, however many columns a trait has."""


def _held(name: str, community: Community) -> NDArray[np.float64]:
    """One column of a trait by neighbourhood."""
    places, residents, units = community.places, community.residents, community.units
    n = len(places.neighbourhoods)
    if name in ("x", "y"):
        return np.asarray(getattr(places.neighbourhoods, name), dtype=float)
    if name == "workplaces":  # people of units by day, for each household
        here = units.neighbourhood >= 0
        by_day = np.bincount(units.neighbourhood[here], units.heads[here], n)
        return np.asarray(by_day / np.diff(places.neighbourhood_households))
    if name in ("local_jobs", "owners"):
        home = places.building_neighbourhood[residents.building]
        mine = residents.owner if name == "owners" else residents.employer >= 0
        return np.asarray(np.bincount(home, mine, n) / np.bincount(home, minlength=n).clip(1))
    return neighbourhood_mean(getattr(places.compounds, name), community)


def inside(fine: Area, coarse: Area) -> NDArray[np.intp]:
    """For each area of one kind, the one of another in which it lies.

    Raises
    ------
    DesignError
        If some lie in several.
    """
    first = fine.first
    home = coarse.of_building[first].astype(np.intp)
    if not bool((home[fine.of_building] == coarse.of_building).all()):
        raise DesignError(f"not every {fine.name} lies in one {coarse.name}")
    return home


def check_fits(rules: Iterable[Rule], community: str, neighbourhoods: Sequence[int]) -> None:
    """See that rules fit a community, of which no more than this need be known: nothing is built.

    Parameters
    ----------
    rules : iterable of Rule
    community : str
        Its name.
    neighbourhoods : sequence of int
        How many each subdistrict has.

    Raises
    ------
    DesignError
        If a scope rule asks for more blocks than a subdistrict has neighbourhoods.
    """
    fewest = min(neighbourhoods)
    where = community if len(neighbourhoods) == 1 else f"a subdistrict of {community}"
    for rule in rules:
        if isinstance(rule, Scope) and rule.number > fewest:
            raise DesignError(
                f"scope {rule.name!r}: blocks = {rule.number}, but {where} has only"
                f" {fewest} neighbourhoods; allowed: 1 to {fewest}"
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
