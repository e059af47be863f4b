from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov.community.draws import levels, pick, quotas, shares_around, unit_mean


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 500)), min_size=1, max_size=40))
def test_quotas_are_next_to_their_shares_and_total_right(groups):
    shares, sizes = (np.array(column) for column in zip(*groups, strict=True))
    numbers = quotas(shares, sizes)
    assert abs(numbers.sum() - (shares * sizes).sum()) <= 0.5 + 1e-6
    assert np.all(np.abs(numbers - shares * sizes) <= 1 + 1e-6)
    assert np.all(numbers >= 0)


@given(st.lists(st.sampled_from([0.0, 0.2, 1.0, 5.0]), max_size=30), st.integers(0, 40), st.integers(0, 99))
def test_pick_takes_so_many_of_those_with_weight(weights, number, seed):
    weights = np.array(weights)
    chosen = pick(np.random.default_rng(seed), weights, number)
    assert len(chosen) == min(number, np.count_nonzero(weights))
    assert len(set(chosen)) == len(chosen)
    assert np.all(weights[chosen] > 0)


def test_pick_follows_the_weights():
    draw = np.random.default_rng(1)
    first = [pick(draw, np.array([1.0, 3.0]), 1)[0] for _ in range(4000)]
    assert np.mean(first) == pytest.approx(0.75, abs=0.02)


@pytest.mark.parametrize("mean", [0.0, 0.05, 0.5, 0.9, 1.0])
def test_levels_have_their_mean_and_stay_inside(mean):
    drawn = levels(np.random.default_rng(2), 200_000, mean, 8.0)
    assert drawn.dtype == np.float32
    assert drawn.mean() == pytest.approx(mean, abs=0.002)
    assert drawn.min() >= 0
    assert drawn.max() <= 1
    if 0 < mean < 1:
        assert drawn.var() == pytest.approx(mean * (1 - mean) / 9, rel=0.03)


@given(st.floats(0, 1), st.lists(st.floats(-5, 5), min_size=1, max_size=30))
def test_shares_around_meet_their_mean(mean, effects):
    effects = np.array(effects)
    sizes = np.arange(1, len(effects) + 1)
    shares = shares_around(mean, effects, sizes)
    assert np.average(shares, weights=sizes) == pytest.approx(mean, abs=1e-6)
    assert np.all((shares >= 0) & (shares <= 1))


def test_unit_mean():
    factors = unit_mean(np.random.default_rng(3), 400_000, 0.5)
    assert factors.mean() == pytest.approx(1, abs=0.005)
    assert np.log(factors).std() == pytest.approx(0.5, abs=0.005)
