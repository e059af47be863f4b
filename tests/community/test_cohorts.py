"""Cohorts: blocks of rows in turn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov.community.cohorts import BLOCK, ROUND, Cohort, cohort_of, place_of
from cogov.terms import COHORTS

EDGES = [number + off for number in range(BLOCK, 3 * ROUND, BLOCK) for off in (-1, 0, 1)]
NUMBERS = st.one_of(st.integers(0, 3 * ROUND), st.sampled_from(EDGES))


@given(NUMBERS)
def test_everybody_is_in_one_cohort_at_one_place(n):
    rows = np.arange(n)
    for q in range(COHORTS):
        mine = Cohort(q)
        expected = [row for row in range(n) if row // 64 % 4 == q]
        assert mine.of(rows).tolist() == expected
        assert mine.size(n) == len(expected)
        assert mine.rows(np.arange(len(expected))).tolist() == expected
        assert (cohort_of(np.array(expected, dtype=int)) == q).all()
        assert place_of(np.array(expected, dtype=int)).tolist() == list(range(len(expected)))


@given(NUMBERS, st.integers(0, COHORTS - 1))
def test_what_is_put_is_there_and_nothing_else_changes(n, q):
    column, mine = np.zeros(n, dtype=np.float32), Cohort(q)
    part = 1 + np.arange(mine.size(n), dtype=np.float32)
    mine.put(column, part)
    assert np.array_equal(mine.of(column), part)
    assert np.count_nonzero(column) == len(part)
    mine.put(column, np.zeros_like(part))
    assert not column.any()


def test_a_part_is_a_copy():
    column = np.zeros(1000)
    Cohort(0).of(column)[:] = 1
    assert not column.any()


def test_who_is_in_it():
    wanted = np.zeros(400, dtype=bool)
    wanted[[3, 70, 130, 200, 259, 330]] = True
    assert [Cohort(q).who(wanted).tolist() for q in range(COHORTS)] == [[3, 259], [70, 330], [130], [200]]


def test_a_locked_column_stays_locked():
    column = np.zeros(600)
    column.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        Cohort(1).put(column, np.zeros(Cohort(1).size(600)))


def test_the_turns_go_round():
    assert [Cohort.in_week(week).number for week in range(3, 8)] == [3, 0, 1, 2, 3]
