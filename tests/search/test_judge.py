"""Goals judged by a low quantile over draws: what is computed, and that the search follows it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cogov.kit.errors import CogovError
from cogov.search.found import SearchResult
from cogov.search.judge import interval, judged, runs_needed
from cogov.search.seek import seek
from cogov.search.tell import sentences
from tests.search.toys import Toy, asked

DRAWS = {"robustness": 64, "quantile": 0.1, "fresh": 36}


def test_a_quantile_is_of_differences_run_by_run():
    goals = np.random.default_rng(1).normal(size=(40, 3, 2))
    assert judged(goals, None) == pytest.approx(goals.mean(0))
    expected = stats.scoreatpercentile(goals[:, 1, 0], 10)
    assert judged(goals, 0.1)[1, 0] == pytest.approx(expected, abs=0.1)
    assert judged(goals, 0.1).shape == (3, 2)
    assert (judged(goals, 0.1) < judged(goals, None)).all()
    assert np.isnan(judged(np.array([1.0, np.nan]), 0.1))


@pytest.mark.parametrize("quantile", [0.05, 0.1, 0.25])
def test_runs_that_an_interval_takes(quantile):
    needed = runs_needed(quantile)
    goals = np.random.default_rng(2).normal(size=needed)
    assert np.isfinite(interval(goals, quantile)).all()
    assert np.isnan(interval(goals[:-1], quantile)[0])
    assert np.isnan(interval(np.zeros(50), quantile)).all()


@pytest.mark.slow
@pytest.mark.parametrize("quantile", [0.1, 0.25])
def test_the_interval_covers_the_quantile_of_skewed_draws(quantile):
    draws = np.random.default_rng(3).lognormal(size=(1000, 40))
    true = float(stats.lognorm(1.0).ppf(quantile))
    ends = np.array([interval(row, quantile) for row in draws])
    covered = ((ends[:, 0] <= true) & (true <= ends[:, 1])).mean()
    assert covered >= 0.94


class Risky(Toy):
    """``home_visits`` is best on average, by far the worst in a fifth of draws; ``service_menu`` is safe."""

    def __call__(self, designs, replicates):
        values = np.zeros((len(replicates), len(designs), len(self.search.measured)))
        for place, design in enumerate(designs):
            has = {mechanism.name for mechanism in design.mechanisms}
            for row, replicate in enumerate(replicates):
                bad = replicate % 5 == 0
                gain = 0.10 * ("service_menu" in has)
                gain += (-0.5 if bad else 0.4) * ("home_visits" in has)
                values[row, place, :2] = 0.5 + gain + 1e-4 * ((replicate * 7) % 11)
        return values


def test_a_low_quantile_chooses_the_safe_design_and_the_mean_the_risky_one(tmp_path):
    over = ("home_visits", "service_menu")
    found = {}
    for quantile in (None, 0.1):
        search = asked(over=over, **DRAWS | {"quantile": quantile})
        result = SearchResult(search, seek(search, Risky(search)), tmp_path)
        (found[quantile],) = ({m.name for m in design.mechanisms} for design in result.designs)
    assert set(over) <= found[None]
    assert "service_menu" in found[0.1]
    assert "home_visits" not in found[0.1]
    said = " ".join(sentences(result))
    assert "10 % quantiles over draws" in result.figure().get_suptitle().replace("\n", " ")
    assert "10 % quantile" in said
    assert "none was dropped for being worse" in said
    assert "10%分位数" in "".join(sentences(result, "zh"))


def test_less_is_judged_from_its_worst_side_as_well(tmp_path):
    search = asked(over=("home_visits", "service_menu"), goals=("satisfaction", "cost"), matters={}, **DRAWS)
    rng = np.random.default_rng(4)

    def evaluate(designs, replicates):
        values = np.zeros((len(replicates), len(designs), len(search.measured)))
        for place, design in enumerate(designs):
            if design.name != search.baseline.name:
                values[:, place, :2] = rng.normal(1.0, 0.2, (len(replicates), 2))
        return values

    result = SearchResult(search, seek(search, evaluate), tmp_path)
    points = result.points[result.points["design"] != search.baseline.name]
    costs = points[points["measure"] == "cost"]
    gains = points[points["measure"] == "satisfaction"]
    assert (costs["difference"] > costs["mean"]).all()
    assert (gains["difference"] < gains["mean"]).all()
    for rows in (costs, gains):
        assert (rows["low"] <= rows["difference"]).all()
        assert (rows["difference"] <= rows["high"]).all()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"quantile": 0.7, "robustness": 64}, "between 0 and 0.5"),
        ({"quantile": 0.1}, "add robustness=64"),
    ],
)
def test_a_quantile_that_means_nothing_is_refused(changes, said):
    with pytest.raises(CogovError, match=said):
        asked(**changes)
