"""Paired differences, worked out by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from scipy import stats

from cogov.analysis import compare
from cogov.errors import StudyError


def runs(base: list[float], other: list[float]) -> pd.DataFrame:
    size = len(base)
    return pd.DataFrame(
        {
            "design": ["a"] * size + ["b"] * size,
            "replicate": [*range(size), *range(size)],
            "x": [*base, *other],
        }
    )


def test_the_interval_is_that_of_paired_t():
    base, other = [1.0, 2.0, 4.0], [2.0, 4.0, 5.0]
    (row,) = compare(runs(base, other), ["x"], "a").itertuples()
    assert (row.design, row.pairs) == ("b", 3)
    assert row.difference == pytest.approx(4 / 3)
    # differences 1, 2, 1: standard error 1/3; t(0.975, 2) = 4.302653
    assert row.high - row.difference == pytest.approx(4.302653 / 3, rel=1e-6)
    expected = stats.ttest_rel(other, base).confidence_interval(0.95)
    assert (row.low, row.high) == pytest.approx((expected.low, expected.high))


def test_pairs_are_made_by_replicate_and_not_by_order():
    table = runs([1.0, 2.0, 3.0], [11.0, 12.0, 13.0])
    shuffled = table.sample(frac=1, random_state=0)
    shuffled = pd.concat([shuffled[shuffled.design == "a"], shuffled[shuffled.design == "b"]])
    (row,) = compare(shuffled, ["x"], "a").itertuples()
    assert (row.low, row.difference, row.high) == (10, 10, 10)


def test_one_pair_has_no_interval_and_a_missing_value_no_pair():
    (row,) = compare(runs([1.0], [3.0]), ["x"], "a").itertuples()
    assert row.difference == 2
    assert math.isnan(row.low)
    (row,) = compare(runs([1.0, math.nan], [3.0, 4.0]), ["x"], "a").itertuples()
    assert (row.pairs, row.mean) == (1, 3)
    (row,) = compare(runs([math.nan], [3.0]), ["x"], "a").itertuples()
    assert row.pairs == 0
    assert math.isnan(row.difference)


def test_unknown_outcome_and_design_are_named():
    with pytest.raises(StudyError, match="unknown outcome"):
        compare(runs([1.0], [2.0]), ["y"], "a")
    with pytest.raises(StudyError, match="unknown design"):
        compare(runs([1.0], [2.0]), ["x"], "c")
