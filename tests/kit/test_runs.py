from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cogov.kit.runs import expand, members, picked, totals

PARTS = st.lists(st.lists(st.floats(-9, 9, width=32), max_size=5), max_size=12)


@given(PARTS)
def test_totals_of_parts_whatever_their_sizes(parts):
    values = np.array([value for part in parts for value in part], dtype=np.float32)
    size = np.array([len(part) for part in parts], dtype=np.intp)
    found = totals(values, size)
    assert found.dtype == np.float32
    expected = [np.array(part, dtype=np.float32).sum(dtype=np.float32) for part in parts]
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 6)), max_size=12))
def test_ranges_are_expanded_in_their_order(ranges):
    first, size = np.array(ranges, dtype=np.intp).reshape(-1, 2).T
    expected = [start + step for start, many in ranges for step in range(many)]
    assert members(first, size).tolist() == expected
    found, owner = expand(first, first + size)
    assert found.tolist() == expected
    assert owner.tolist() == [place for place, (_, many) in enumerate(ranges) for _ in range(many)]


def test_what_is_picked_is_what_stands_there():
    column, rows = np.random.default_rng(1).random(90).astype(np.float32), np.array([[3, 89], [0, 3]])
    assert np.array_equal(picked(column, rows), column[rows])
    assert np.array_equal(picked(column, np.array([7, 5], dtype=np.int8)), column[[7, 5]])
