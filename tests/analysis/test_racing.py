"""Racing: who is dropped, and how often wrongly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cogov.analysis.racing import RISK, Dropped, Race, dominates, looks, ranks, spread


def values(means, replicates: int, rng, noise: float = 1.0, skewed: bool = False):
    """Goals of designs: what is common to all under a seed, and what is their own."""
    shape = (replicates, *np.shape(means))
    own = rng.exponential(noise, shape) - noise if skewed else rng.normal(0, noise, shape)
    return np.asarray(means) + rng.normal(0, 10, (replicates, 1, 1)) + own


def run(means, race: Race, rng, limit=None, costs=None, **how):
    """A race to its end; returns who was dropped."""
    goals = values(means, race.most, rng, **how)
    excess = np.empty((race.most, race.designs, 0))
    if limit is not None:
        excess = (np.asarray(costs) + rng.normal(0, 1, (race.most, race.designs)) - limit)[:, :, None]
    there = np.ones(race.designs, dtype=bool)
    found: dict[int, Dropped] = {}
    for look in race.looks:
        dropped = race.drop(goals[:look], excess[:look], there)
        there[list(dropped)] = False
        found |= dropped
    return found


def test_looks_double_up_to_the_end():
    assert looks(8) == [8]
    assert looks(40) == [8, 16, 32, 40]
    assert looks(5) == [5]


def test_the_level_is_shared_out_over_designs_rivals_limits_and_looks():
    assert Race(10, 2, 1, 32).level == RISK / (10 * 10 * 3)


def test_what_is_clearly_worse_in_every_goal_is_dropped_at_the_first_look():
    race = Race(3, 2, 0, 32)
    found = run([[0, 0], [20, 20], [40, -20]], race, np.random.default_rng(1))
    assert found == {0: Dropped(8, 1)}


def test_what_is_better_in_one_goal_stays():
    assert not run([[0, 1], [20, 0]], Race(2, 2, 0, 64), np.random.default_rng(1), noise=0.1)


def test_what_is_over_the_budget_is_dropped_and_drops_nobody():
    race = Race(2, 2, 1, 16)
    found = run([[0, 0], [20, 20]], race, np.random.default_rng(1), limit=30, costs=[0, 60])
    assert found == {1: Dropped(8, -1)}


def test_a_goal_in_which_runs_are_all_alike_drops_nobody():
    goals = np.zeros((16, 2, 2))
    goals[:, 1, 0] = np.random.default_rng(1).normal(50, 1, 16)
    assert not Race(2, 2, 0, 16).drop(goals, np.empty((16, 2, 0)), np.ones(2, dtype=bool))


def test_what_a_design_takes_in_every_run_alike_needs_no_test():
    goals = np.random.default_rng(1).normal(0, 1, (16, 2, 1))
    excess = np.tile([[[5.0], [-5.0]]], (16, 1, 1))
    there = np.ones(2, dtype=bool)
    assert Race(2, 1, 1, 16).drop(goals, excess, there) == {0: Dropped(16, -1)}


@given(arrays(float, (7, 2), elements=st.integers(0, 4).map(float)))
def test_ranks_are_those_of_fronts_taken_away_one_by_one(points):
    found = ranks(points)
    for rank in range(int(found.max()) + 1):
        left = found >= rank
        assert ((found[left] == rank) == ~dominates(points[left]).any(0)).all()


@given(
    arrays(float, (6, 2), elements=st.integers(0, 20).map(float)),
    st.integers(0, 5).map(float),
    st.permutations(range(6)),
)
def test_a_spread_front_has_none_that_another_of_it_nearly_reaches_and_misses_little(points, size, order):
    matters = np.full(2, size)
    kept = spread(points, matters, np.array(order))
    assert kept
    for place, one in enumerate(kept):
        assert not any((points[other] >= points[one] - size).all() for other in kept[:place])
    best = ~dominates(points).any(0)
    for one in np.flatnonzero(best):
        assert any((points[other] >= points[one] - size).all() for other in kept)


def wrongly(trials: int, seed: int, **how) -> tuple[float, float]:
    """Share of races in which a best design was dropped, and of runs that were made."""
    rng = np.random.default_rng(seed)
    wrong, made, race = 0, 0, Race(12, 2, 1, 64)
    for _ in range(trials):
        # Many designs hardly worse than the best, which is the hard case; others clearly so, or over budget.
        means = np.vstack([np.zeros((5, 2)), rng.uniform(-6, 0, (7, 2))])
        costs = np.array([0.0] * 4 + [10.0] * 2 + [0.0] * 6)  # the fifth and sixth just within the budget
        found = run(means, race, rng, limit=10.0, costs=costs, **how)
        wrong += any(place in found for place in range(5))
        made += sum(found[place].replicates if place in found else race.most for place in range(12))
    return wrong / trials, made / (trials * 12 * race.most)


@pytest.mark.parametrize("skewed", [False, True])
def test_the_best_is_rarely_dropped_and_runs_are_saved(skewed):
    wrong, made = wrongly(40, 1, skewed=skewed)
    assert wrong <= 0.1
    assert made < 0.85


@pytest.mark.slow
@pytest.mark.parametrize("skewed", [False, True])
def test_the_promise_is_kept_by_simulation(skewed):
    trials = 2000
    wrong, _ = wrongly(trials, 2, skewed=skewed)
    assert wrong <= RISK + 2 * np.sqrt(RISK * (1 - RISK) / trials)
