"""Bootstrapped intervals and shares, against SciPy's own and closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cogov.analysis.bootstrap import SEED, best_shares, bootstrap, expanded, spreads


def test_intervals_are_those_of_scipy_column_by_column():
    values = np.random.default_rng(0).exponential(size=(30, 4)) * [1.0, 10.0, 100.0, 1000.0]
    low, high, _ = bootstrap(values, lambda means: means)
    for column in range(4):
        direct = stats.bootstrap(
            (values[:, column],), np.mean, confidence_level=expanded(30), rng=np.random.default_rng(SEED)
        ).confidence_interval
        assert (low[column], high[column]) == pytest.approx((direct.low, direct.high), rel=1e-9)


def test_the_level_makes_up_for_few_values():
    # sqrt(8 / 7) times Student's 2.364624 is 2.527889; the normal distribution has 0.57374 % beyond that
    assert expanded(8) == pytest.approx(1 - 2 * 0.0057374, abs=1e-6)
    assert expanded(10_000) == pytest.approx(0.95, abs=1e-4)


def test_rounding_is_no_spread():
    values = np.array([[0.1, 0.3 - 0.1], [0.1, 0.4 - 0.2], [0.1, 0.5 - 0.3]])
    assert np.ptp(values[:, 1]) > 0
    assert not spreads(values).any()
    values = np.array([[1e-8], [2e-8]])
    assert spreads(values).all()
    assert not spreads(values, np.array([1e6])).any()


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
