"""Frames for figures: rows of one outcome, numbers with their sign."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from cogov.figures.frames import decimals, ink, of_outcome, signed, sure
from cogov.kit.errors import StudyError

FRAME = pd.DataFrame(
    {"outcome": ["cost", "satisfaction", "cost"], "key": ["a", "a", "b"], "value": [1, 2, 3]}
)


def test_the_rows_of_an_outcome_are_numbered_anew():
    rows = of_outcome(FRAME, "cost", ("key",), ("value",), "frame")
    assert rows["value"].tolist() == [1, 3]
    assert rows.index.tolist() == [0, 1]


def test_another_outcome_a_lacking_column_and_a_row_twice_are_refused():
    with pytest.raises(StudyError, match="frame: unknown outcome 'costs'; did you mean 'cost'"):
        of_outcome(FRAME, "costs", ("key",), (), "frame")
    with pytest.raises(StudyError, match="frame: no column 'low', 'high'; there are outcome, key, value"):
        of_outcome(FRAME, "cost", ("key",), ("low", "high"), "frame")
    with pytest.raises(StudyError, match="frame: several rows for outcome 'cost'; select one of them first"):
        of_outcome(FRAME, "cost", (), ("value",), "frame")


@pytest.mark.parametrize(
    ("values", "places"),
    [([0.0123, -0.2], 3), ([12.3], 1), ([1234.0], 0), ([0.0, math.nan], 0), ([], 0), ([1e-12], 6)],
)
def test_decimals_show_three_digits_of_the_largest(values, places):
    assert decimals(values) == places


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0314, "+0.03"),
        (-0.5, "−0.50"),
        (0.001, "0.00"),
        (-0.001, "0.00"),
        (1234.5, "+1,234.50"),
        (math.nan, "–"),
    ],
)
def test_a_number_has_its_sign(value, text):
    assert signed(value, 2) == text


def test_an_interval_is_sure_if_it_excludes_zero():
    low, high = pd.Series([0.1, -0.2, -0.1, 0.0, np.nan]), pd.Series([0.2, -0.1, 0.1, 0.2, np.nan])
    assert sure(low, high).tolist() == [True, True, False, False, False]


def test_ink_is_read_on_its_ground():
    assert [ink(ground) for ground in ("white", "#ffd700", "#00204c", (0.2, 0.1, 0.3, 1.0))] == [
        "black",
        "black",
        "white",
        "white",
    ]
