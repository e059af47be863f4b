"""Intervals and shares from resampled replicates, against SciPy's own and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from cogov.analysis.bootstrap import COLUMNS, SEED, alike, best_shares, expanded, intervals, spreads

NAN = np.nan


def skewed(n: int, k: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).exponential(size=(n, k)) * [10.0**power for power in range(k)]


def test_intervals_are_those_of_scipy_column_by_column():
    values = skewed(30, 4)
    low, high = intervals(values)
    for column in range(4):
        direct = stats.bootstrap(
            (values[:, column],), np.mean, confidence_level=expanded(30), rng=np.random.default_rng(SEED)
        ).confidence_interval
        assert (low[column], high[column]) == pytest.approx((direct.low, direct.high), rel=1e-9)


def test_the_level_makes_up_for_few_values():
    # sqrt(8 / 7) times Student's 2.364624 is 2.527889; the normal distribution has 0.57374 % beyond that
    assert expanded(8) == pytest.approx(1 - 2 * 0.0057374, abs=1e-6)
    assert expanded(10_000) == pytest.approx(0.95, abs=1e-4)
    values = np.random.default_rng(4).normal(size=(8, 1500))
    low, high = intervals(values)
    assert ((low <= 0) & (high >= 0)).mean() == pytest.approx(0.95, abs=0.015)


def test_what_a_column_gets_does_not_depend_on_those_beside_it():
    values = skewed(12, 3)
    many = np.tile(values, (1, COLUMNS // 3 + 9))
    together, alone = intervals(many), intervals(values[:, [1]])
    assert together[0][1::3] == pytest.approx(alone[0][0], rel=1e-12)
    assert together[1][1::3] == pytest.approx(alone[1][0], rel=1e-12)


def test_missing_values_leave_a_shorter_column():
    values = skewed(10, 3)
    values[[2, 5], 1] = NAN
    low, high = intervals(values)
    assert (low[1], high[1]) == tuple(bound[0] for bound in intervals(np.delete(values[:, [1]], [2, 5], 0)))


def test_two_values_bound_their_own_interval_and_one_has_none():
    # of the means of resamples of (3, 5), a quarter are 3 and a quarter 5
    low, high = intervals(np.array([[3.0, 1.0, NAN], [5.0, NAN, NAN]]))
    assert (low[0], high[0]) == (3, 5)
    assert np.isnan([low[1:], high[1:]]).all()


def test_without_spread_there_is_no_width():
    values = np.array([[0.1, 0.3 - 0.1], [0.1, 0.4 - 0.2], [0.1, 0.5 - 0.3]])
    assert np.ptp(values[:, 1]) > 0  # rounding
    assert not spreads(values).any()
    low, high = intervals(values)
    assert low.tolist() == high.tolist()
    assert low == pytest.approx([0.1, 0.2])


@pytest.mark.parametrize("one", [-0.003, 0.1, 1e-9, -7.0])
def test_a_bound_of_nothing_is_nothing(one):
    """Of eight differences one is not 0: a third of the resamples are all 0, and so is one bound."""
    values = np.zeros((8, 3))
    values[3] = [one, one / 3, one * 3e5]
    low, high = intervals(values)
    assert (high if one < 0 else low).tolist() == [0, 0, 0]
    assert ((low if one < 0 else high) * one > 0).all()


def test_rounding_is_measured_by_the_numbers_the_values_come_from():
    values = np.array([[1e-8], [2e-8]])
    assert spreads(values).all()
    assert not spreads(values, np.array([1e6])).any()
    low, high = intervals(values, np.array([1e6]))
    assert low == high


@settings(max_examples=25)
@given(
    values=arrays(float, (7, 2), elements=st.integers(-50, 50).map(float)),
    shift=st.integers(-1000, 1000),
    factor=st.sampled_from([-3.0, -1.0, 0.5, 8.0]),
)
def test_intervals_move_with_the_unit(values, shift, factor):
    low, high = intervals(values)
    assert np.isfinite([low, high]).all()
    assert (low <= high).all()
    assert (values.min(0) <= low + 1e-9).all()
    assert (high <= values.max(0) + 1e-9).all()
    moved = intervals(factor * values + shift)
    if factor > 0:
        assert moved[0] == pytest.approx(factor * low + shift, abs=1e-7)
        assert moved[1] == pytest.approx(factor * high + shift, abs=1e-7)
    else:  # BCa is not exactly symmetric on a finite number of resamples
        width = np.abs(factor) * (high - low)
        assert np.abs(moved[0] - (factor * high + shift)) == pytest.approx(0, abs=0.1 * width.max() + 1e-7)


def test_columns_of_equal_length_are_put_together():
    values = np.array([[1.0, NAN, 2.0, NAN], [NAN, NAN, 3.0, 4.0]])
    found = {tuple(columns): part.tolist() for columns, part in alike(values)}
    assert found == {(0, 3): [[1.0, 4.0]], (2,): [[2.0], [3.0]]}


def test_shares_of_two_designs_are_those_of_the_binomial():
    # b is better than a by 1 in k of n replicates, worse by 1 in the others: the sign of a binomial sum
    n, k = 9, 6
    a = np.zeros(n)
    b = np.where(np.arange(n) < k, 1.0, -1.0)
    exact = stats.binom.sf(n // 2, n, k / n)
    shares = best_shares(np.stack([a, b], axis=1)[:, None], 1)
    assert shares[0] == pytest.approx([1 - exact, exact], abs=0.015)
    assert best_shares(np.stack([a, b], axis=1)[:, None], -1)[0] == pytest.approx(shares[0, ::-1])


def test_ties_share_and_the_sure_are_sure():
    values = np.random.default_rng(1).normal(size=(5, 1, 1)) + np.array([0.0, 0.0, -1.0])
    assert best_shares(values, 1).tolist() == [[0.5, 0.5, 0.0]]
    assert best_shares(values, -1).tolist() == [[0.0, 0.0, 1.0]]
    assert best_shares(np.zeros((3, 1, 4)), 1).tolist() == [[0.25] * 4]


def test_comparisons_side_by_side_are_apart():
    values = np.random.default_rng(2).normal(size=(6, 70, 5))
    values[:, 3] *= 1e9
    together = best_shares(values, 1)
    assert together.sum(1) == pytest.approx(1)
    for group in (0, 3, 69):
        assert together[group] == pytest.approx(best_shares(values[:, [group]], 1)[0])
