"""The run-in: it ends where the levels stand still, is shared, and leaves the world that follows as it is."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from cogov import Epidemic, GovernanceModel, Study, model, run_in
from cogov.cli.app import main
from cogov.kit.errors import ConfigError
from cogov.kit.resources import compose
from cogov.outcomes import WEEKLY
from cogov.run import ELSE, Run
from cogov.simulation import simulate
from tests.helpers import small

COMMUNITY = small(residents=400)
SHORT: dict[str, Any] = {"weeks": 20, "reform_week": 8, "run_in": 104}


def named(**settings: Any) -> Run:
    """A run whose run-in may be that of another."""
    return Run.of(**{"community": COMMUNITY, "design": "wuliqiao_2020", "seed": 3, **SHORT, **settings})


def lived(design: str = "wuliqiao_2020", **settings: Any) -> GovernanceModel:
    """A model with a run-in of its own, run to its end."""
    given = {**SHORT, **settings}
    made = GovernanceModel(COMMUNITY, design, rng=3, **given)
    made.run_until(given["weeks"])
    return made


def shared(design: str = "wuliqiao_2020", **settings: Any) -> GovernanceModel:
    """The same as a run, which may share the run-in of the one before."""
    given = {**SHORT, **settings}
    made = GovernanceModel.of(named(design=design, **settings))
    made.run_until(given["weeks"])
    return made


@pytest.fixture(scope="module")
def own() -> GovernanceModel:
    return lived()


# ---------------------------------------------------------------- when it ends


def test_it_ends_at_the_first_year_at_which_nothing_moves(monkeypatch):
    monkeypatch.setattr(run_in, "moved", lambda record: {} if record.weeks >= 156 else {"open": 1.0})
    made = GovernanceModel(COMMUNITY, rng=3, **SHORT | {"run_in": 520})
    assert (made.start, made.week, made.unsettled) == (156, 156, {})
    assert (made.run_in.weeks, made.record.weeks) == (156, 0)


def test_it_ends_at_the_cap_and_says_what_moves():
    given = {"arise": {"repair": {"rate": 20.0}}}  # more than anybody can ever do: open issues pile up
    made = GovernanceModel(COMMUNITY, rng=3, processes=given, **SHORT)
    assert made.start == 104
    assert made.unsettled["open"] > 0


def test_a_result_says_whether_it_did():
    run = simulate(COMMUNITY, seed=3, **SHORT)
    assert run.unsettled
    assert f"not stationary when the record began: {', '.join(run.unsettled)}" in str(run)
    assert (run.as_dict()["run_in"], run.as_dict()["unsettled"]) == (104, run.unsettled)


def test_none_is_none():
    made = GovernanceModel(COMMUNITY, rng=3, **SHORT | {"run_in": 0})
    assert (made.start, made.run_in, made.unsettled) == (0, None, {})
    assert simulate(COMMUNITY, seed=3, **SHORT | {"run_in": 0}).run_in is None


# ---------------------------------------------------------------- what it leaves as it is


def test_the_births_of_recorded_weeks_do_not_depend_on_it(own):
    bare = GovernanceModel(COMMUNITY, rng=3, **SHORT | {"run_in": 0})
    for week in range(1, 21):
        alone, after = bare.world.births(week), own.world.births(own.start + week)
        assert (after["born"] == alone["born"] + own.start).all()
        for name in alone.keys() - {"id", "born"}:
            assert np.array_equal(alone[name], after[name])


def test_the_run_in_has_births_of_its_own():
    world = GovernanceModel(COMMUNITY, rng=3, **SHORT | {"run_in": 0}).world
    recorded = {float(number) for week in range(9) for number in world.births(week)["firm"]}
    world.begin(run_in.BEFORE)
    before = {float(number) for week in range(9) for number in world.births(week)["firm"]}
    assert before
    assert not before & recorded


def test_no_issue_is_lost_between_run_in_and_record(own):
    stock = own.run_in.series[own.run_in.weeks - 1]
    weeks = own.record.series[: own.record.weeks]
    at = {name: WEEKLY.index(name) for name in ("arrived", "resolved", "lost", "latent", "open")}
    assert stock[at["open"]] > 0
    for week in (1, 8, 20):
        flow = weeks[:week].sum(0)
        there = stock[at["latent"]] + stock[at["open"]] + flow[at["arrived"]]
        last = weeks[week - 1]
        assert there == last[at["latent"]] + last[at["open"]] + flow[at["resolved"]] + flow[at["lost"]]


def test_the_record_goes_on_from_where_the_run_in_ended(own):
    place = WEEKLY.index("tie_strength")
    assert own.record.series[0, place] == pytest.approx(own.run_in.series[103, place], rel=0.01)
    assert own.record.weeks == 20
    run = simulate(COMMUNITY, "wuliqiao_2020", seed=3, **SHORT)
    assert (run.run_in.index[0], run.run_in.index[-1], run.series.index[0]) == (-103, 0, 1)
    assert run.digest == own.record.digest()


def test_a_shock_is_measured_against_its_twin_after_it_too(own):
    shock = Epidemic(week=10, length=4, factor=30.0)
    struck = lived(shocks=(shock,))
    assert struck.twin.record.digest() == own.record.digest()
    assert np.array_equal(struck.run_in.series, own.run_in.series)
    assert np.array_equal(struck.record.series[:9], own.record.series[:9])
    assert struck.record.series[9, WEEKLY.index("arrived")] > own.record.series[9, WEEKLY.index("arrived")]
    assert struck.outcomes()["shock_depth"] > 0


def test_designs_are_adopted_by_recorded_weeks():
    made = GovernanceModel(
        COMMUNITY, "wuliqiao_2020", rng=3, timeline={5: "quyang_2014"}, **SHORT | {"reform_week": 0}
    )
    assert made.institutions.design.name == "line_hierarchy"  # the run-in was the baseline's
    made.step()
    assert made.institutions.design.name == "wuliqiao_2020"
    made.run_until(6)
    assert (made.institutions.design.name, made.record.weeks) == ("quyang_2014", 6)


# ---------------------------------------------------------------- shared


def test_runs_share_it_and_are_what_each_would_be_alone(own, monkeypatch):
    lives = []

    def counted(made, live, most):
        lives.append(most)
        return run_in.live_in(made, live, most)

    monkeypatch.setattr(model, "live_in", counted)
    model._KEPT.clear()
    first, other, again = shared(), shared("quyang_2014"), shared()
    assert lives == [104]
    assert first.record.digest() == again.record.digest() == own.record.digest()
    assert other.record.digest() == lived("quyang_2014").record.digest()
    struck = shared(shocks=(Epidemic(week=10, length=4),), weeks=15)
    assert struck.twin is not None
    assert struck.last_week == 15
    assert len(model._KEPT) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"seed": 4},
        {"run_in": 156},
        {"baseline": "quyang_2014"},
        {"processes": {"sense": {"report_rate": 0.06}}},
        {"community": small(residents=500)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_only_what_is_the_same_run_in_is_shared(changed):
    assert not named().same_run_in(named(**changed))


def test_what_comes_after_it_does_not_matter_to_it():
    later = {"design": "quyang_2014", "weeks": 30, "reform_week": 2, "shocks": [{"epidemic": {"week": 9}}]}
    assert named().same_run_in(named(**later))


# ---------------------------------------------------------------- what a user gives


@pytest.mark.parametrize(
    ("most", "message"),
    [
        (-52, "run_in = -52: must be between 0 and 5200"),
        (100, "run_in = 100: must be 0 (none) or whole years of 52 weeks, 104 at least, such as run_in=104"),
        (52, "such as run_in=104 or run_in=0"),
        (300, "such as run_in=312"),
    ],
)
def test_a_cap_that_will_not_do_is_refused_with_one_that_does(most, message, capsys):
    for make in (
        lambda: GovernanceModel(COMMUNITY, run_in=most),
        lambda: Study(communities=["small"], designs=["quyang_2014"], run_in=most),
    ):
        with pytest.raises(ConfigError) as error:
            make()
        assert message in str(error.value)
    assert main(["run", "community=small", f"run_in={most}"]) == 2
    assert message in capsys.readouterr().err


def test_studies_with_another_run_in_have_other_runs():
    study = Study(communities=["small"], designs=["quyang_2014"], run_in=104, replicates=1)
    other = study.with_(run_in=0)
    assert not {cell.run for cell in study.cells()} & {cell.run for cell in other.cells()}


def test_defaults_are_the_same_everywhere_and_on():
    default = "from cogov.run_in import RUN_IN; print(RUN_IN)"
    said = subprocess.run([sys.executable, "-c", default], capture_output=True, text=True, check=True)
    shipped = compose("run", [])
    assert int(said.stdout) == shipped["run_in"] == 520
    given = inspect.signature(GovernanceModel).parameters
    for name, value in ELSE.items():  # nothing is written as None, (), {} or []
        assert value == (given[name].default or value) == (shipped[name] or value)


@pytest.mark.parametrize("design", ["wuliqiao_2020", "quyang_2014"])
def test_a_design_adopted_at_once_finds_issues_as_the_run_in_left_them(design):
    """Whoever takes over issues on the first day writes into columns of the copy, or the copy forgets it."""
    at_once = {"reform_week": 0}
    assert shared(design, **at_once).record.digest() == lived(design, **at_once).record.digest()
