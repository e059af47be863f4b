"""Issues as rows: they come block by block, stay in order of age, and leave when enough are closed."""

from __future__ import annotations

import copy

import numpy as np

from cogov import GovernanceModel
from cogov.state.issues import BORN, BORN_BY_DEPARTMENT, CLUTTER, Births, Issues, State
from tests.helpers import small


def births(week: int = 1) -> Births:
    return GovernanceModel(small(residents=900), rng=2, weeks=8, run_in=0).world.births(week)


def test_births_are_their_columns_by_name():
    born = births()
    assert list(born) == [*BORN, *BORN_BY_DEPARTMENT]
    n = len(born["id"])
    assert n > 0
    assert {name: (born[name].dtype.str[1:], len(born[name])) for name in BORN} == {
        name: (np.dtype(kind).str[1:], n) for name, kind in BORN.items()
    }
    assert all(born[name].shape == (n, 3) for name in BORN_BY_DEPARTMENT)
    some = born.part(slice(1, 3))
    assert all(np.array_equal(some[name], born[name][1:3]) for name in born)
    again = Births.of(dict(born))
    assert all(np.array_equal(again[name], born[name]) for name in born)


def test_what_was_born_begins_unknown_and_those_that_stand_come_last():
    issues, born = Issues(), births()
    issues.renew(born)
    stands = np.array([0, 2])
    issues.renew(born, stands)
    n = len(born["id"])
    assert len(issues) == n + 2
    for name in born:
        assert np.array_equal(getattr(issues, name)[n:], born[name][stands])
    assert (issues.state == State.LATENT).all()
    assert (issues.closed == -1).all()
    assert np.isinf(issues.due).all()


def test_closed_ones_leave_when_they_are_one_in_so_many_and_the_others_stay_in_order():
    issues, world = Issues(), GovernanceModel(small(residents=900), rng=2, weeks=8, run_in=0).world
    draw = np.random.default_rng(3)
    known: dict[int, float] = {}
    for week in range(1, 60):
        issues.renew(world.births(week))
        assert np.all(np.diff(issues.id) > 0), "in order of age"
        known |= dict(zip(issues.id.tolist(), issues.urgency.tolist(), strict=True))
        assert [known[number] for number in issues.id.tolist()] == issues.urgency.tolist()
        there = np.count_nonzero(issues.state >= State.RESOLVED)
        assert there * CLUTTER <= len(issues)
        open_ones = np.flatnonzero(issues.state < State.RESOLVED)
        before = issues.id[open_ones].tolist()
        issues.state[open_ones[draw.random(len(open_ones)) < 0.15]] = State.LOST
        assert set(issues.id[issues.state < State.RESOLVED].tolist()) <= set(before)


def test_a_copy_has_columns_of_its_own_that_are_what_it_keeps():
    issues = Issues()
    issues.renew(births())
    other = copy.deepcopy(issues)
    other.state[0], other.wait[0] = State.SERVICE, 9.0
    assert issues.state[0] == State.LATENT
    other.renew(births(2))  # moves or writes what it keeps
    assert other.state[0] == State.SERVICE
    assert (other.wait[0] == 9.0).all()
    assert len(other) > len(issues)
