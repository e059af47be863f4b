"""Intervals of means, and where there are none: against SciPy, and by their coverage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from cogov.analysis.intervals import LEAST, alike, commonest, crossed, means

NAN = np.nan


def test_intervals_and_tests_are_student_s():
    values = np.random.default_rng(0).exponential(size=(30, 4))
    found = means(values)
    low, high = found.interval()
    for column, mine in enumerate(values.T):
        direct = stats.ttest_1samp(mine, 0.9)
        assert (low[column], high[column]) == pytest.approx(tuple(direct.confidence_interval()))
        above = stats.ttest_1samp(mine, 0.9, alternative="greater").pvalue
        assert found.above(0.9)[column] == pytest.approx(above)
        assert found.below(0.9)[column] == pytest.approx(1 - above)


def test_missing_values_leave_a_shorter_column():
    values = np.random.default_rng(1).normal(size=(10, 3))
    values[[2, 5], 1] = NAN
    alone = means(np.delete(values[:, [1]], [2, 5], 0))
    assert means(values).count.tolist() == [10, 8, 10]
    assert [bound[1] for bound in means(values).interval()] == [bound[0] for bound in alone.interval()]


@pytest.mark.parametrize("odd", range(8))
def test_an_interval_takes_so_many_values_that_differ_from_the_commonest(odd):
    values = np.zeros((20, 1))
    values[:odd, 0] = np.arange(odd) + 1.0
    found = means(values)
    assert found.odd[0] == odd
    assert found.enough[0] == (odd >= LEAST)
    assert np.isfinite(found.interval()).all() == (odd >= LEAST)
    assert np.isfinite([found.above(0.0), found.below(0.0)]).all() == (odd >= LEAST)


def test_five_values_are_too_few_and_six_are_enough():
    values = np.arange(6.0)[:, None]
    assert means(values).enough[0]
    assert not means(values[:5]).enough[0]


def test_what_differs_by_rounding_only_does_not_differ():
    values = np.array([[0.3 - 0.1], [0.4 - 0.2], [0.5 - 0.3]])
    assert np.ptp(values) > 0
    assert means(values).odd[0] == 0
    assert means(np.arange(8.0)[:, None] * 1e-9, np.array([1e6])).odd[0] == 0


@given(arrays(float, st.tuples(st.integers(1, 9), st.integers(1, 4)), elements=st.integers(0, 3).map(float)))
def test_the_commonest_value_is_counted(values):
    expected = [np.unique(column, return_counts=True)[1].max() for column in values.T]
    assert commonest(values, np.full(values.shape[1], 3.0)).tolist() == expected


def test_columns_of_equal_length_are_put_together():
    values = np.array([[1.0, NAN, 2.0, NAN], [NAN, NAN, 3.0, 4.0]])
    found = {tuple(columns): part.tolist() for columns, part in alike(values)}
    assert found == {(0, 3): [[1.0, 4.0]], (2,): [[2.0], [3.0]]}


def test_nothing_at_all_is_no_error():
    found = means(np.full((0, 2), NAN))
    assert found.count.tolist() == [0, 0]
    assert np.isnan(found.interval()).all()


def test_crossed_adds_the_variances_of_both():
    draw = np.random.default_rng(3)
    values = draw.normal(size=(8, 1)) + draw.normal(size=(1, 12))
    found = crossed(values[:, :, None])
    rows, columns = stats.sem(values.mean(1)), stats.sem(values.mean(0))
    assert found.mean[0] == pytest.approx(values.mean())
    assert found.error[0] == pytest.approx(np.hypot(rows, columns))
    freedom = (rows**2 + columns**2) ** 2 / (rows**4 / 7 + columns**4 / 11)
    assert found.freedom[0] == pytest.approx(freedom)


def test_crossed_without_variation_along_one_is_student_s_along_the_other():
    values = np.random.default_rng(3).normal(size=(8, 1)) * np.ones((1, 12))
    for cube in (values, values.T):
        assert np.ravel(crossed(cube[:, :, None]).interval()) == pytest.approx(
            np.ravel(means(values[:, [0]]).interval())
        )
    assert not crossed(values[:, :4, None]).enough[0]  # that few settings do not tell that they are alike
    assert not crossed(np.ones((8, 12, 1))).enough[0]


# ---------------------------------------------------------------- coverage

LOGNORMAL = float(np.exp(0.75**2 / 2))


def drawn(kind: str, n: int, k: int, seed: int = 11) -> tuple[np.ndarray, float]:
    """Samples of differences, shape (n, k), and their true mean."""
    draw = np.random.default_rng(seed)
    skewed, event = np.exp(0.75 * draw.normal(size=(n, k))), draw.random((n, k))
    match kind:
        case "normal":
            return draw.normal(size=(n, k)), 0.0
        case "lognormal":
            return skewed, LOGNORMAL
        case "rare":  # an event in a run of twenty
            return (event < 0.05) * 1.0, 0.05
        case "tied":  # counts around 0.3; their mean is that of the rounded normal distribution
            values = np.arange(-9, 10)
            weights = np.diff(stats.norm.cdf((np.append(values, 10) - 0.8) / 0.6))
            return np.round(draw.normal(0.3, 0.6, (n, k))), float(values @ weights)
        case "zeros":  # seven in ten are 0
            return (event < 0.3) * skewed, 0.3 * LOGNORMAL
    raise ValueError(kind)


@pytest.mark.slow
@pytest.mark.parametrize("n", [6, 8, 10, 20, 50, 100])
@pytest.mark.parametrize("kind", ["normal", "lognormal", "rare", "tied", "zeros"])
def test_intervals_cover_where_there_are_any(kind, n):
    """The share of 4,000 samples with an interval whose interval holds the true mean."""
    values, true = drawn(kind, n, 4000)
    found = means(values)
    low, high = found.interval()
    covered = ((low <= true) & (true <= high))[found.enough]
    if len(covered) >= 100:
        print(f"{kind:10} n={n:3}: {found.enough.mean():.2f} have an interval, {covered.mean():.3f} hold it")
        assert covered.mean() > 0.86
        if kind in ("normal", "tied"):
            assert covered.mean() > 0.935


@pytest.mark.slow
def test_two_ways_sampled_cover():
    """Settings and seeds that both shift the mean, and each other: 2,000 studies."""
    draw = np.random.default_rng(4)
    shape = (8, 12, 2000)
    values = draw.normal(size=(8, 1, 2000)) + draw.normal(size=(1, 12, 2000)) + draw.normal(size=shape)
    low, high = crossed(values).interval()
    assert 0.945 < ((low <= 0) & (high >= 0)).mean() < 0.985
