"""Elementary functions are accurate, and the same however they are called."""

from __future__ import annotations

import decimal
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from cogov.kit import elementary
from cogov.kit.elementary import exp, expit, log, log1p, normal_quantile, power, powers
from cogov.kit.streams import Poisson, Streams, exponential, normal

EXACT = decimal.Context(prec=40, Emin=-10_000, Emax=10_000)


def units_off(found: float, exact: decimal.Decimal) -> float:
    """By how many units in the last place a number is off."""
    error = abs(EXACT.subtract(decimal.Decimal(found), exact))
    return float(EXACT.divide(error, decimal.Decimal(float(np.spacing(abs(float(exact)))))))


def worst(function: Callable[[np.ndarray], np.ndarray], exact: Callable, numbers: np.ndarray) -> float:
    found = function(numbers)
    return max(
        units_off(float(y), exact(decimal.Decimal(float(x)))) for x, y in zip(numbers, found, strict=True)
    )


def between(low: float, high: float, n: int = 400) -> np.ndarray:
    return np.random.default_rng(1).uniform(low, high, n)


@pytest.mark.parametrize("reach", [1e-300, 1e-9, 0.003, 1.0, 40.0, 707.9])
def test_exp_is_within_a_unit_or_so(reach):
    assert worst(exp, EXACT.exp, between(-reach, reach)) < 1.1


@pytest.mark.parametrize("reach", [0.003, 30.0, 700.0])
def test_expit_is_within_three_units(reach):
    def exact(x: decimal.Decimal) -> decimal.Decimal:
        return EXACT.divide(1, EXACT.add(1, EXACT.exp(-x)))

    assert worst(expit, exact, between(-reach, reach)) < 3


@pytest.mark.parametrize("bounds", [(1e-300, 1e-299), (1e-5, 2.0), (0.999, 1.001), (1.0, 1e300)])
def test_log_is_within_a_unit(bounds):
    assert worst(log, EXACT.ln, between(*bounds)) < 1


@pytest.mark.parametrize(
    "bounds", [(-0.9999999, -0.99), (-0.5, 0.5), (-1e-9, 1e-9), (-3e-16, 3e-16), (1.0, 1e9)]
)
def test_log1p_is_within_a_unit(bounds):
    assert worst(log1p, lambda x: EXACT.ln(EXACT.add(1, x)), between(*bounds)) < 1


@pytest.mark.parametrize("n", [1, 5, elementary._BLOCK, elementary._BLOCK + 1, 3 * elementary._BLOCK + 7])
def test_one_number_or_many_or_every_second_of_a_table(n):
    numbers = between(-700, 700, 2 * n).reshape(n, 2)
    found = exp(numbers)
    assert np.array_equal(found[:, 1], exp(numbers[:, 1]))
    some = slice(None, None, max(n // 50, 1))
    assert found[some, 0].tolist() == [exp(float(x)) for x in numbers[some, 0]]
    assert log1p(numbers[some, 0] ** 2).tolist() == [log1p(float(x)) for x in numbers[some, 0] ** 2]


@pytest.mark.parametrize("reach", [1e-30, 0.003, 1.0, 80.0])
def test_float32_is_within_a_unit_or_so_of_its_own(reach):
    numbers = between(-reach, reach, 20_000).astype(np.float32)
    found, exact = exp(numbers), np.exp(numbers.astype(float))
    assert found.dtype == np.float32
    assert (np.abs(found - exact) / np.spacing(exact.astype(np.float32))).max() < 1.1


def test_float32_at_the_ends():
    ends = np.array([-np.inf, -1e9, -87.1, 0.0, 88.8, np.inf], dtype=np.float32)
    assert exp(ends).tolist() == [0, 0, 0, 1, np.inf, np.inf]
    assert exp(np.float32([-86.9])) > 0
    assert np.isfinite(exp(np.float32([88.6])))
    assert np.isnan(exp(np.float32([np.nan]))).all()
    assert np.array_equal(expit(np.array([-1e9, 100.0], dtype=np.float32)), [0, 1])


def test_at_the_ends():
    assert exp(np.array([-1e9, -np.inf, 0.0, 1e9, np.inf])).tolist() == [0, 0, 1, np.inf, np.inf]
    assert [exp(-1e9), exp(0.0), exp(1e9)] == [0, 1, np.inf]
    assert np.isnan(exp(np.array([np.nan]))).all()
    assert np.isnan(exp(float("nan")))
    assert log(np.array([0.0, 1.0])).tolist() == [-np.inf, 0]
    assert log1p(np.array([-1.0, 0.0])).tolist() == [-np.inf, 0]
    assert exp(np.zeros(0)).shape == (0,)


@given(st.floats(0, 1), st.integers(0, 60))
def test_whole_powers_are_products(base, number):
    assert power(base, number) == (powers(base, number + 1)[-1])
    assert power(base, number) == pytest.approx(base**number, rel=1e-13)


@given(st.floats(0, 1), st.floats(0.01, 3))
def test_other_powers(base, exponent):
    assert power(base, exponent) == pytest.approx(base**exponent, rel=1e-13, abs=1e-300)


def test_normal_quantiles():
    shares = np.concatenate([between(0, 1), 10.0 ** between(-16, -1), 1 - 10.0 ** between(-12, -1)])
    np.testing.assert_allclose(normal_quantile(shares), special.ndtri(shares), rtol=1e-11, atol=1e-14)


# ---------------------------------------------------------------- draws made of them


def test_normal_and_exponential_numbers_have_their_laws():
    draw = Streams(5).generator("test")
    assert stats.kstest(normal(draw, 200_000), "norm").pvalue > 0.01
    assert stats.kstest(exponential(draw, 200_000), "expon").pvalue > 0.01
    far = normal(draw, (1000, 1000))
    assert far.shape == (1000, 1000)
    for bound in (2.5, 3.5, 4.0):  # beyond the straight pieces of the table, and in them
        assert (np.abs(far) > bound).mean() == pytest.approx(2 * stats.norm.sf(bound), rel=0.2)


@pytest.mark.parametrize("mean", [0.0, 0.01, 0.7, 7.9, 8.1, 60.0, 900.0])
def test_poisson_numbers_have_their_law(mean):
    found = Poisson(np.full(5_000, mean)).draw(Streams(6).generator("test"))
    assert found.dtype == np.int64
    law = stats.poisson(mean)
    bounds = np.unique(law.ppf(np.linspace(0, 1, 12)[1:-1])) if mean else np.array([0.0])
    seen = np.diff(np.searchsorted(np.sort(found), bounds, side="right"), prepend=0, append=len(found))
    share = np.diff(law.cdf(bounds), prepend=0, append=1)
    assert stats.chisquare(seen[share > 0], share[share > 0] * len(found)).pvalue > 0.001 or mean == 0
    assert found.mean() == pytest.approx(mean, abs=4 * np.sqrt(mean / 5_000) + 1e-12)
    assert found.var() == pytest.approx(mean, rel=0.1, abs=0.004)


def test_a_larger_mean_at_the_end_leaves_the_numbers_before_it():
    few, many = np.array([1.0, 5.0, 0.2]), np.array([1.0, 5.0, 80.0])
    one, other = (Poisson(means).draw(Streams(7).generator("test")) for means in (few, many))
    assert np.array_equal(one[:2], other[:2])
    assert other[2] > 20
