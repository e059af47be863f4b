"""Draws of assumptions: points for hundreds of ranges, the studies that they are run in, and their seeds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cogov.kit.errors import ConfigError
from cogov.study import Study
from cogov.study.drawn import FOLDER, assumed, drawn, refusals
from cogov.study.draws import unit
from cogov.study.robustness import Robustness

NAMES = [f"processes.p{number}.x" for number in range(300)]
REPORT, BLOCKS = "processes.sense.report_rate", "design.mechanisms.three_level_platform.blocks"
HOTLINE = "design.mechanisms.hotline.share"
QUORUM = "design.mechanisms.three_level_platform.quorum"
AGES = "processes.participate.age"


def study(**changes) -> Study:
    given = {
        "communities": ["small"],
        "designs": ["wuliqiao_2020"],
        "weeks": 4,
        "reform_week": 1,
        "run_in": 0,
    }
    return Study(**{**given, "replicates": 2, **changes})


def draws(ranges, samples=64, kind="draws", **changes) -> Study:
    ranges = {path: {"low": low, "high": high} for path, (low, high) in ranges.items()}
    plan = {"kind": kind, "samples": samples}
    return study(parameters=ranges, plan=plan, **{"replicates": 1, **changes})


def test_every_power_of_two_of_points_has_one_in_each_part_of_every_range():
    points = unit(NAMES[:20], 64, seed=3)
    for size in (2, 4, 8, 16, 32, 64):
        assert (np.arange(size) == np.sort(np.floor(points[:size] * size), axis=0).T).all()


def test_more_draws_begin_with_the_fewer_and_another_seed_draws_anew():
    assert (unit(NAMES[:5], 128, 0)[:64] == unit(NAMES[:5], 64, 0)).all()
    assert not (unit(NAMES[:5], 64, 1) == unit(NAMES[:5], 64, 0)).any()


def test_what_an_assumption_is_given_does_not_depend_on_the_others():
    assert (unit(NAMES[:9], 64, 0)[:, 4] == unit([NAMES[4]], 64, 0)[:, 0]).all()


def test_hundreds_of_assumptions_do_not_move_together():
    points = unit(NAMES, 256, 0)
    between = np.corrcoef(points.T) - np.eye(len(NAMES))
    assert np.abs(between).max() < 0.35  # of as many random numbers: 0.26; of one Sobol' sequence: 0.8
    assert np.sqrt((between**2).mean()) < 1.1 / np.sqrt(256)


def test_a_draw_has_a_seed_of_its_own_and_the_same_under_every_design():
    cells = draws({REPORT: (0.01, 0.1)}).cells()
    assert len(cells) == 2 * 64
    by_draw = {
        cell.replicate: {(c.seed, c.values) for c in cells if c.replicate == cell.replicate} for cell in cells
    }
    assert all(len(same) == 1 for same in by_draw.values())
    assert [cell.seed for cell in cells if cell.design == 0] == list(range(7, 7 + 64))
    assert len({cell.run for cell in cells}) == len(cells)


def test_more_draws_run_nothing_twice():
    few, many = ({cell.run for cell in draws({REPORT: (0.01, 0.1)}, n).cells()} for n in (64, 128))
    assert few < many


def test_a_mechanism_of_the_baseline_is_drawn_in_the_weeks_before_the_reform_too():
    both = draws({HOTLINE: (0.2, 0.4)})
    cell = both.cells()[1]
    arguments = both.arguments(cell)
    assert arguments["baseline"].mechanism("hotline").share == cell.values[0]
    assert arguments["design"].mechanism("hotline").share == cell.values[0]


def test_a_parameter_applies_where_a_design_has_its_mechanism():
    cells = draws({BLOCKS: (1, 3)}).cells()
    assert {cell.values for cell in cells if cell.design == 0} == {(None,)}
    assert {cell.values for cell in cells if cell.design == 1} == {(1,), (2,), (3,)}
    assert len({cell.run for cell in cells if cell.design == 0}) == 64  # each has its seed


def test_a_list_is_multiplied_by_what_is_drawn():
    one = draws({AGES: (0.5, 2.0)})
    cell = one.cells()[0]
    before, after = study().processes.participate.age, one.arguments(cell)["processes"].participate.age
    assert after == pytest.approx([cell.values[0] * entry for entry in before])
    with pytest.raises(ConfigError, match="range"):
        study(parameters={AGES: [1, 2]})


def test_the_id_of_a_run_is_that_of_the_same_run_made_otherwise():
    one = draws({REPORT: (0.01, 0.1), BLOCKS: (1, 3), AGES: (0.5, 2.0)})
    cell = one.cells()[1]
    arguments = one.arguments(cell)
    plain = study(
        designs=[arguments["design"]], processes=arguments["processes"], seed=cell.seed, replicates=1
    )
    assert plain.cells()[1].run == cell.run


def test_a_draw_that_one_design_cannot_have_is_left_out_under_all():
    one = draws({BLOCKS: (1, 6)})  # small has four neighbourhoods: no room for more blocks
    assert 0 < len(one.refused) < 64
    kept = {cell.replicate for cell in one.cells()}
    assert kept == set(range(64)) - set(one.refused)
    assert len(one.cells()) == 2 * len(kept)
    assert refusals([one])[0].startswith(f"study: {len(one.refused)} of 64 draws are left out")


def test_a_study_with_robustness_has_a_study_of_draws_in_every_community():
    one = study(robustness=64, places=True)
    ((folder, part),) = drawn(one, Path("here")).items()
    assert folder == Path("here") / FOLDER / "small"
    assert (part.plan.kind, part.plan.samples, part.replicates) == ("draws", 64, 1)
    paths = [entry.path for entry in assumed(one, "small")]
    assert len(paths) > 100
    assert {path.text for path in part.paths} == set(paths)
    assert [cell.run for cell in one.cells()] == [cell.run for cell in study().cells()]
    assert drawn(study(), Path("here")) == {}


def test_what_is_drawn_can_be_chosen():
    every = [
        "processes.sense.report_rate",
        "processes.sense.speed",
        "processes.route.loss",
        "community.trust",
    ]
    some = Robustness(only=("processes",), without=("processes.sense.speed",))
    assert some.chosen(every) == [every[0], every[2]]
    with pytest.raises(ConfigError, match=r"did you mean 'processes\.sense'"):
        Robustness(only=("processes.sens",)).chosen(every)
    with pytest.raises(ConfigError, match="no assumption is left"):
        Robustness(without=("processes", "community")).chosen(every)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"robustness": 100}, "power of two, such as 64 or 128"),
        ({"robustness": 32}, "must be 64 or more, or 0"),
        ({"robustness": 0}, "nothing is drawn"),
        ({"robustness": {"draws": 64, "screening": 1}}, "at least 2 trajectories"),
        ({"robustness": {"draw": 64}}, "did you mean 'draws'"),
        ({"robustness": 64, "parameters": {BLOCKS: [1, 2]}}, "leave out parameters"),
        ({"robustness": 64, "designs": ["line_hierarchy"]}, "needs a design"),
        ({"plan": {"kind": "draws"}, "parameters": {REPORT: {"low": 0.1, "high": 0.2}}}, "replicates=1"),
    ],
)
def test_wrong_robustness_is_refused(changes, words):
    with pytest.raises(ConfigError, match=words):
        study(**changes)


# ---------------------------------------------------------------- screening


def screening(trajectories: int = 4) -> Study:
    """Two designs, an assumption of all, and three of the reform's platform, of two groups."""
    paths = {REPORT: (0.01, 0.1), HOTLINE: (0.2, 0.4), QUORUM: (0.3, 0.6)}
    return draws(paths, trajectories, "screening")


def test_a_trajectory_has_one_seed_and_no_run_twice():
    one = screening()
    cells = one.cells()
    assert one.plan.size(one.parameters) == len(one.points) == 4 * 4
    assert len({cell.run for cell in cells}) == len(cells)
    assert {cell.replicate for cell in cells} == {0, 1, 2, 3}
    assert all(cell.seed == one.seed + cell.replicate for cell in cells)
    of_base = [cell for cell in cells if cell.design == 0]
    others = [cell for cell in cells if cell.design]
    assert len(others) == 4 * 4
    assert len(of_base) < len(others)  # it has no platform, whose steps are no other run of it


def test_more_trajectories_run_nothing_twice():
    few, many = ({cell.run for cell in screening(n).cells()} for n in (2, 5))
    assert few < many


def test_a_trajectory_with_a_point_that_cannot_be_is_left_out_whole():
    one = draws({BLOCKS: (1, 4), REPORT: (0.01, 0.1)}, 12, "screening")  # small has room for three blocks
    assert 0 < len(one.refused) < 12
    assert {cell.replicate for cell in one.cells()} == set(range(12)) - set(one.refused)


def test_a_study_may_be_screened_beside_its_draws_or_alone():
    both = drawn(study(robustness={"draws": 64, "screening": 3}), Path("x"))
    assert [part.plan.kind for part in both.values()] == ["draws", "screening"]
    assert [str(place) for place in both] == ["x/robustness/small", "x/screening/small"]
    alone = drawn(study(robustness={"draws": 0, "screening": 3}), Path("x"))
    assert [part.plan.samples for part in alone.values()] == [3]


def test_visits_do_not_lose_more_than_there_may_be(tmp_path):
    ends = ["neighbourhood_committee.observe", "quality_evaluation.uncounted"]
    only = [f"design.mechanisms.{end}" for end in ends]
    plan = study(designs=["xinhong_studio"], robustness={"draws": 256, "only": only})
    (mine,) = drawn(plan, tmp_path).values()
    assert len(mine.paths) == 2
    assert mine.refused == {}
