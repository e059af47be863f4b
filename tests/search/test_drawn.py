"""Robust over what is assumed: each replicate has its own draw, the same for all designs."""

from __future__ import annotations

import pytest

from cogov.kit.errors import ConfigError
from cogov.search.drawn import Draws
from cogov.search.runs import Simulated
from cogov.simulation import simulate
from tests.search.toys import asked

VISITS = "design.mechanisms.home_visits.visits"
QUICK = {"over": ["home_visits"], "weeks": 3, "reform_week": 1, "replicates": 8, "fresh": 6, "screening": 2}


def test_draws_are_the_same_under_every_design_and_differ_between_replicates() -> None:
    search = asked(**QUICK, robustness=64)
    draws = Draws(search)
    on = search.space.design([1])
    both = [draws.study([search.baseline, on], replicate) for replicate in (0, 1)]
    alone = draws.study([search.baseline], 0)
    assert both[0].communities == alone.communities
    assert both[0].processes == alone.processes != both[1].processes
    assert both[0].baseline == alone.baseline != both[1].baseline
    assert (both[0].seed, both[1].seed) == (search.seed, search.seed + 1)
    drawn = both[0].designs[0]
    assert drawn.name == on.name
    assert drawn.mechanism("home_visits") != on.mechanism("home_visits")


def test_what_the_search_varies_is_not_drawn() -> None:
    texts = {path.text for path in Draws(asked(**QUICK, robustness=64)).paths}
    assert VISITS in texts
    varied = Draws(asked(**QUICK, robustness=64, parameters={VISITS: [0.05, 0.1]}))
    assert {path.text for path in varied.paths} == texts - {VISITS}


def test_there_must_be_a_draw_for_every_run_of_a_design() -> None:
    with pytest.raises(ConfigError, match=r"a design has up to 74 runs .* give as many"):
        asked(**QUICK | {"replicates": 66}, robustness=64)


def test_runs_at_a_draw_are_kept_and_are_those_of_the_draw(tmp_path) -> None:
    search = asked(**QUICK, robustness=64)
    on = search.space.design([1])
    with Simulated(search, tmp_path, "serial") as evaluate:
        values = evaluate([search.baseline, on], range(1, 2))
        parts = sorted(tmp_path.rglob("*.parquet"))
        assert (evaluate([on], range(1, 2))[0, 0] == values[0, 1]).all()
    with Simulated(search, tmp_path, "serial") as again:
        assert again.there == 2
        assert (again([search.baseline, on], range(1, 2)) == values).all()
    assert sorted(tmp_path.rglob("*.parquet")) == parts
    study = Draws(search).study([on], 1)
    cell = study.cells()[1]
    run = simulate(seed=cell.seed, **study.arguments(cell))
    assert run.outcomes["satisfaction"] == values[0, 1, 0]
