"""How scope rules partition the places of a community."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.community import Community
from cogov.kit.errors import DesignError
from cogov.mechanisms import ThreeLevelPlatform
from cogov.rules import AREAS, Scope
from cogov.rules.areas import Area, draw_areas, neighbourhood_mean
from cogov.rules.shipped import load_design
from cogov.terms import Level
from tests.helpers import built, small


@pytest.fixture
def community() -> Community:
    """Four neighbourhoods of two compounds each."""
    return built(neighbourhoods=4, compounds=8)


def blocks(community: Community, number: int, grouping: str = "similar") -> Area:
    return draw_areas([Scope(name="block", number=number, grouping=grouping)], community)["block"]


def together(area: Area) -> set[frozenset[int]]:
    """The neighbourhoods of each area."""
    return {frozenset(np.flatnonzero(area.of_neighbourhood == block).tolist()) for block in range(area.n)}


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [Scope(name="block", number=2)],
        [Scope(name="grid", households=40)],
        [Scope(name="grid", households=1), Scope(name="block", number=4, grouping="adjacent")],
    ],
    ids=["none", "blocks", "grids", "both"],
)
def test_every_area_is_a_partition(community, rules):
    places = community.places
    areas = draw_areas(rules, community)
    assert tuple(areas) == AREAS
    for name, area in areas.items():
        assert area.name == name
        assert np.array_equal(np.unique(area.of_building), np.arange(area.n))  # none is empty
        assert area.households.sum() == places.households
        assert area.buildings.sum() == len(places.buildings)
        assert np.array_equal(area.of_compound, area.of_building[places.compound_buildings[:-1]])
        if area.level >= Level.NEIGHBOURHOOD:  # compounds are not divided
            assert np.array_equal(area.of_compound[places.building_compound], area.of_building)
            assert np.array_equal(area.of_neighbourhood[places.compound_neighbourhood], area.of_compound)
    assert [areas[name].n for name in ("building", "compound", "neighbourhood")] == [
        len(places.buildings),
        8,
        4,
    ]
    assert (areas["subdistrict"].n, areas["district"].n) == (1, 1)


def test_without_a_scope_rule_a_block_is_the_subdistrict_and_a_grid_the_compound(community):
    areas = draw_areas([], community)
    assert areas["block"].n == 1
    assert np.array_equal(areas["micro_grid"].of_building, areas["compound"].of_building)
    assert areas["block"].level == Level.BLOCK


def test_similar_blocks_hold_neighbourhoods_that_are_alike(community):
    compounds = community.places.compounds
    for column in (compounds.child_share, compounds.party_share, compounds.fee):
        column[:] = 0.3
    compounds.old[:] = True
    compounds.elder_share[:] = [0.6, 0.6, 0.1, 0.1, 0.2, 0.2, 0.5, 0.5]
    assert together(blocks(community, 2)) == {frozenset({0, 3}), frozenset({1, 2})}
    assert together(blocks(community, 3)) in (
        {frozenset({0, 3}), frozenset({1}), frozenset({2})},
        {frozenset({0}), frozenset({3}), frozenset({1, 2})},
    )


def test_adjacent_blocks_hold_neighbourhoods_that_are_close(community):
    neighbourhoods = community.places.neighbourhoods
    neighbourhoods.x[:] = [0, 5, 0.3, 5.3]
    neighbourhoods.y[:] = 0
    assert together(blocks(community, 2, "adjacent")) == {frozenset({0, 2}), frozenset({1, 3})}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_random_blocks_are_of_one_size_and_of_the_seed(number):
    profile = small(neighbourhoods=7, compounds=7)
    drawn = [blocks(profile.build(seed), number, "random") for seed in (1, 1, 2, 3)]
    for area in drawn:
        sizes = np.bincount(area.of_neighbourhood, minlength=number)
        assert area.n == number
        assert sizes.max() - sizes.min() <= 1
    assert np.array_equal(drawn[0].of_neighbourhood, drawn[1].of_neighbourhood)
    if number > 1:
        assert len({tuple(area.of_neighbourhood) for area in drawn}) > 1


@pytest.mark.parametrize("grouping", ["similar", "adjacent", "random"])
def test_as_many_blocks_as_neighbourhoods_and_a_single_one(community, grouping):
    assert together(blocks(community, 4, grouping)) == {frozenset({n}) for n in range(4)}
    assert together(blocks(community, 1, grouping)) == {frozenset(range(4))}


@pytest.mark.parametrize("grouping", ["similar", "adjacent", "random"])
def test_more_blocks_than_neighbourhoods_are_refused(community, grouping):
    with pytest.raises(DesignError, match="blocks = 5, but small has only 4 neighbourhoods; allowed: 1 to 4"):
        blocks(community, 5, grouping)


def test_a_design_that_does_not_fit_is_refused_before_anything_runs():
    five = load_design("line_hierarchy").with_(ThreeLevelPlatform(blocks=5))
    for given in ({"design": five}, {"baseline": five}, {"timeline": {9: five}}):
        with pytest.raises(DesignError, match="has only 3 neighbourhoods"):
            GovernanceModel(small(), **given)
    model = GovernanceModel(small())
    before = model.institutions
    with pytest.raises(DesignError, match="has only 3 neighbourhoods"):
        model.adopt(five)
    assert model.institutions is before


@pytest.mark.parametrize("households", [1, 13, 30, 80, 10_000])
def test_a_micro_grid_takes_buildings_in_turn_until_it_has_its_households(community, households):
    places = community.places
    sizes = np.diff(places.building_households)
    expected, grid = [], -1
    for compound in range(len(places.compounds)):
        begun = None  # households before the grid under way was begun, in whole grids
        passed = 0
        for building in range(*places.compound_buildings[compound : compound + 2]):
            if begun != passed // households:
                begun, grid = passed // households, grid + 1
            expected.append(grid)
            passed += sizes[building]
    area = draw_areas([Scope(name="grid", households=households)], community)["micro_grid"]
    assert area.of_building.tolist() == expected
    assert np.all(area.households < households + sizes.max())
    if households == 1:
        assert area.n == len(places.buildings)
    if households == 10_000:
        assert area.n == len(places.compounds)


def test_means_of_neighbourhoods_weigh_by_household(community):
    households = np.diff(community.places.compound_households).astype(float)
    values = np.arange(8.0)
    expected = [
        (values[i] * households[i] + values[i + 1] * households[i + 1]) / (households[i] + households[i + 1])
        for i in (0, 2, 4, 6)
    ]
    assert neighbourhood_mean(values, community) == pytest.approx(expected)
