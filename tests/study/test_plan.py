"""Plans: which combinations of levels are run."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.kit.errors import ConfigError
from cogov.study import Plan
from cogov.study.parameters import Range, read_parameters
from cogov.study.plan import SAMPLED

BLOCKS = "design.mechanisms.three_level_platform.blocks"
ELDERS = "community.elder_share"
LEVELS = read_parameters({BLOCKS: [1, 2, 3], ELDERS: [0.2, 0.4]})
RANGES = read_parameters({BLOCKS: {"low": 1, "high": 6}, ELDERS: {"low": 0.2, "high": 0.4}})


def test_a_grid_has_every_level_with_every_other():
    points = Plan.read("grid").combinations(LEVELS)
    assert points == [(share, blocks) for share in (0.2, 0.4) for blocks in (1, 2, 3)]
    assert Plan.read("grid").combinations({}) == [()]


def test_one_at_a_time_leaves_the_others_at_their_first_level():
    assert Plan.read("one_at_a_time").combinations(LEVELS) == [(0.2, 1), (0.4, 1), (0.2, 2), (0.2, 3)]


def test_a_list_has_the_points_given():
    plan = Plan.read({"kind": "list", "points": [{ELDERS: 0.3, BLOCKS: 2}, {BLOCKS: 1, ELDERS: 0.2}]})
    assert [path.text for path in plan.paths({})] == [ELDERS, BLOCKS]
    assert plan.combinations({}) == [(0.3, 2), (0.2, 1)]


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_sampled_points_fill_the_ranges(kind):
    points = Plan.read({"kind": kind, "samples": 64, "seed": 3}).combinations(RANGES)
    shares, blocks = zip(*points, strict=True)
    assert len(points) == 64
    assert set(blocks) == {1, 2, 3, 4, 5, 6}
    assert np.histogram(shares, bins=8, range=(0.2, 0.4))[0].tolist() == 8 * [
        8
    ]  # one in eight in each eighth
    assert points == Plan.read({"kind": kind, "samples": 64, "seed": 3}).combinations(RANGES)
    assert points != Plan.read({"kind": kind, "samples": 64, "seed": 4}).combinations(RANGES)


def test_a_sobol_plan_begins_with_the_shorter_one():
    short, long = (Plan.read({"kind": "sobol", "samples": n}).combinations(RANGES) for n in (16, 64))
    assert long[:16] == short


def test_a_saltelli_plan_changes_one_parameter_at_a_time():
    points = Plan.read({"kind": "saltelli", "samples": 8}).combinations(RANGES)
    assert len(points) == 8 * (2 + 2)


@pytest.mark.parametrize(
    ("plan", "parameters", "words"),
    [
        ("gird", LEVELS, "did you mean 'grid'"),
        ({"kind": "grid", "smaples": 3}, LEVELS, "did you mean 'samples'"),
        ("grid", RANGES, "list the values"),
        ("one_at_a_time", RANGES, "list the values"),
        ("one_at_a_time", {}, "no parameters to vary"),
        ("list", {}, "points are what a list has"),
        ({"kind": "grid", "points": [{ELDERS: 0.3}]}, {}, "points are what a list has"),
        ({"kind": "list", "points": [{ELDERS: 0.3}]}, LEVELS, "leave them out"),
        ({"kind": "list", "points": [{ELDERS: 0.3}, {BLOCKS: 2}]}, {}, "the same parameters"),
        ({"kind": "list", "points": [3]}, {}, "mappings"),
        ({"kind": "list", "points": [{ELDERS: "old"}]}, {}, "must be a number"),
        ({"kind": "sobol", "samples": 60}, RANGES, "power of two"),
        ({"kind": "saltelli", "samples": 60}, RANGES, "power of two"),
    ],
)
def test_plans_that_make_no_sense_are_refused(plan, parameters, words):
    with pytest.raises(ConfigError, match=words):
        Plan.read(plan).combinations(parameters)


@pytest.mark.parametrize("kind", ["grid", "one_at_a_time", "latin_hypercube", "sobol", "saltelli"])
def test_the_size_of_a_plan_is_known_before_it_is_made(kind):
    levels = Range(low=0.1, high=0.9) if kind in SAMPLED else (0.1, 0.2, 0.3)
    parameters = {"community.elder_share": levels, "community.party_share": levels}
    plan = Plan(kind=kind, samples=8)
    assert plan.size(parameters) == len(plan.combinations(parameters))


def test_a_plan_too_large_is_refused_before_it_is_made():
    parameters = {"community.elder_share": Range(low=0.1, high=0.9)}
    with pytest.raises(ConfigError, match="16,777,216 points are more than 1,000,000"):
        Plan(kind="sobol", samples=2**24).combinations(parameters)
    levels = tuple(place / 1000 for place in range(1000))
    names = ("elder_share", "party_share", "child_share")
    with pytest.raises(ConfigError, match="1,000,000,000 points"):
        Plan().combinations({f"community.{name}": levels for name in names})


@pytest.mark.parametrize("points", [[{}], [3], {"a": 1}, [{"reform_week": 1}, {}]])
def test_points_are_mappings_of_something(points):
    with pytest.raises(ConfigError, match=r"plan\.points"):
        Plan(kind="list", points=points)
