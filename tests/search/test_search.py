"""What is asked of a search is checked before anything runs."""

from __future__ import annotations

import pytest

from cogov import load_design
from cogov.kit.errors import CogovError
from cogov.search.found import to_yaml
from cogov.search.search import HOURS
from cogov.search.space import marked
from tests.search.toys import asked

BLOCKS = "design.mechanisms.three_level_platform.blocks"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"over": ["grid_linkge"]}, "did you mean 'grid_linkage'"),
        ({"goals": ["satisfaction", "arrived"]}, "neither more nor less of 'arrived' is better"),
        ({"goals": ["satisfaction", "needs_mat"]}, "did you mean 'needs_met'"),
        ({"goals": ["satisfaction"]}, "two measures or more"),
        ({"goals": ["satisfaction", "shock_depth"]}, "needs a shock"),
        ({"budget": {"yen": 3}}, "unknown limit 'yen'"),
        ({"budget": {"yuan": -5}}, "must be at least 0.*line_hierarchy, which would not keep to it"),
        ({"budget": {"yuan": "much"}}, "must be a number"),
        ({"parameters": {BLOCKS: [2, 3]}}, "unknown mechanism 'three_level_platform'"),
        (
            {"parameters": {"design.mechanisms.home_visits.visit": [0.1]}},
            "unknown parameter 'visit'; did you mean 'visits'",
        ),
        ({"parameters": {"processes.sense.report_rate": [0.1]}}, "must be design.mechanisms"),
        ({"parameters": {"design.mechanisms.home_visits.visits": [-1.0]}}, "visits = -1"),
        ({"over": ["line_hierarchy"]}, "names nothing that the base does not have"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(changes, said) -> None:
    with pytest.raises(CogovError, match=said):
        asked(**changes)


def test_a_design_stands_for_what_it_has_and_the_baseline_has_not() -> None:
    search = asked(designs=["quyang_2014"], over=["quyang_2014"])
    own = {m.name for m in load_design("quyang_2014").mechanisms}
    base = {m.name for m in search.baseline.mechanisms}
    assert {m.name for m in search.space.mechanisms} == own - base
    point = search.space.point(load_design("quyang_2014"))
    assert point is not None
    assert search.space.design(point).name == "quyang_2014"


def test_parameters_of_what_is_off_make_no_other_design() -> None:
    search = asked(over=["three_level_platform", "home_visits"], parameters={BLOCKS: [1, 2, 3]})
    assert search.space.size == 8
    designs = [search.space.design(point) for point in search.space.every()]
    assert len(designs) == len({marked(one.mechanisms) for one in designs}) == 8
    assert {one.mechanism("three_level_platform").blocks for one in designs if len(one.mechanisms) > 6} == {
        1,
        2,
        3,
    }


def test_a_range_becomes_levels() -> None:
    visits = "design.mechanisms.home_visits.visits"
    ranges = {BLOCKS: {"low": 1, "high": 3}, visits: {"low": 0.02, "high": 0.1}}
    search = asked(over=["three_level_platform", "home_visits"], parameters=ranges)
    assert search.space.parameters[BLOCKS] == (1, 2, 3)
    assert search.space.parameters[visits] == pytest.approx((0.02, 0.04, 0.06, 0.08, 0.1))


def test_a_design_is_written_so_that_it_is_read_again(tmp_path) -> None:
    search = asked(over=["three_level_platform", "home_visits"], parameters={BLOCKS: [1, 2, 3]})
    for point in search.space.every():
        design = search.space.design(point)
        path = tmp_path / "design.yaml"
        path.write_text(to_yaml(design), encoding="utf-8")
        assert marked(load_design(path).mechanisms) == marked(design.mechanisms)


def test_hours_are_those_of_who_governs_and_every_measure_that_is_needed_is_kept() -> None:
    search = asked(budget={"hours": 10, "seat_hours": 3})
    assert search.limits["hours"] == HOURS
    assert {"satisfaction", "needs_met", "seat_hours", "cost_money", *HOURS} == set(search.measured)
    assert search.study(()).seed == 7
