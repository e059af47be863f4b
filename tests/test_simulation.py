"""One simulation as a value."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from cogov import GovernanceModel, load_community, load_design, simulate
from cogov.kit.errors import CogovError


@pytest.fixture(scope="module")
def run():
    return simulate("small", "wuliqiao_2020", seed=1, weeks=8, reform_week=3)


def test_what_comes_out(run):
    assert (run.community, run.design, run.seed, run.weeks) == ("small", "wuliqiao_2020", 1, 8)
    assert list(run.series.index) == list(range(1, 9))
    assert run.build_seconds > 0
    assert run.run_seconds > 0
    assert run.peak_mb > 10


def test_names_and_the_things_themselves_give_the_same_run(run):
    profile, design = load_community("small"), load_design("wuliqiao_2020")
    assert simulate(profile, design, seed=1, weeks=8, reform_week=3).digest == run.digest
    built = profile.build(1)
    assert simulate(built, design, seed=1, weeks=8, reform_week=3).digest == run.digest


def test_weeks_are_told_as_they_pass():
    weeks: list[int] = []
    simulate("small", "line_hierarchy", weeks=3, on_week=weeks.append)
    assert weeks == [1, 2, 3]


def test_json_has_null_for_what_does_not_exist(run):
    odd = replace(run, outcomes={"a": math.nan, "b": 1.5})
    assert json.loads(odd.to_json())["outcomes"] == {"a": None, "b": 1.5}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"community": "smal"}, "did you mean 'small'"),
        ({"design": "wuliqao_2020"}, "did you mean 'wuliqiao_2020'"),
        ({"seed": -1}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"weeks": 0}, "weeks"),
        ({"weeks": math.nan}, "weeks"),
        ({"processes": {"sens": {}}}, "did you mean 'sense'"),
        ({"timeline": {3: "quyang_2041"}}, "did you mean 'quyang_2014'"),
    ],
)
def test_wrong_input_is_named(given, message):
    settings = {"community": "small", "design": "line_hierarchy", "weeks": 3, **given}
    with pytest.raises(CogovError, match=message):
        simulate(**settings)


def test_what_a_user_prints_is_short():
    run = simulate("small", "quyang_2014", seed=3, weeks=6, reform_week=2)
    model = GovernanceModel("small", weeks=6)
    for thing in (
        run,
        model,
        model.community,
        model.community.profile,
        model.places,
        model.record,
        model.issues,
    ):
        assert len(repr(thing).splitlines()) == 1
        assert len(repr(thing)) < 300, repr(thing)
    assert "week 0 of 6" in repr(model)
    assert len(str(run).splitlines()) <= 10
    for text in (str(run), repr(run)):
        assert all(
            word in text
            for word in ("small", "quyang_2014", "seed 3", "6 weeks", run.digest[:12], "satisfaction")
        )
    assert (
        repr(model.design)
        == f"<Design 'line_hierarchy': {', '.join(m.name for m in model.design.mechanisms)}>"
    )
