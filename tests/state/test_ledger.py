from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov.kit.errors import ConfigError
from cogov.state.ledger import Ledger, serve
from tests.helpers import reals


@pytest.fixture
def ledger() -> Ledger:
    """Three rows with 10, 5 and 0 hours."""
    ledger = Ledger(3)
    ledger.open(np.array([10.0, 5.0, 0.0]), {})
    return ledger


def test_nothing_is_spent_that_is_not_there(ledger):
    assert ledger.spend(slice(0, 3), 6.0, "meetings").tolist() == [6, 5, 0]
    assert ledger.left.tolist() == [4, 0, 0]
    assert ledger.spend(np.array([2, 0]), np.array([1.0, 3.0]), "handling").tolist() == [0, 3]
    assert ledger.left.tolist() == [1, 0, 0]
    assert ledger.available.tolist() == [10, 5, 0]
    assert ledger.hours == {"meetings": 11.0, "handling": 3.0}
    assert ledger.spent["handling"].tolist() == [3, 0, 0]
    assert ledger.spend(slice(0, 0), 6.0, "meetings").tolist() == []  # a post that is not there
    assert ledger.hours["meetings"] == 11.0


def test_hours_are_booked_for_a_duty_that_is_known(ledger):
    with pytest.raises(ConfigError, match="did you mean 'meetings'"):
        ledger.spend(slice(0, 3), 1.0, "meeting")
    assert ledger.left.tolist() == [10, 5, 0]


def test_events_are_paid_whole_or_not_at_all(ledger):
    paid = ledger.spend_each(np.array([0, -1, 0, 1, 1]), np.array([1.0, 0.5, 2.0, 4.0, 2.0]), "orders")
    assert paid.tolist() == [True, False, True, True, False]  # nobody, and five hours are not six
    assert ledger.left.tolist() == [7, 1, 0]
    paid = ledger.spend_each(np.array([1, 1, 1]), 0.4, "orders", priority=lambda: np.array([1, 3, 2]))
    assert paid.tolist() == [False, True, True]
    assert ledger.left == pytest.approx([7, 0.2, 0])
    assert ledger.hours == {"orders": pytest.approx(7.8)}
    assert ledger.spend_each(np.array([-1, -1]), 1.0, "summons").tolist() == [False, False]
    assert ledger.spend_each(np.zeros(0, dtype=int), 1.0, "summons").tolist() == []
    assert "summons" not in ledger.hours


def test_who_comes_first_is_asked_only_where_somebody_waits(ledger):
    asked = []

    def first():
        asked.append(True)
        return np.array([1, 2])

    both, hours = np.array([1, 1]), np.array([10.0, 5.0])
    assert ledger.spend_each(both, 2.0, "orders", first).all()
    assert serve(np.array([2.0, 2.0]), both, first, hours).tolist() == [2, 2]
    assert not asked
    assert ledger.spend_each(both, 1.0, "orders", first).tolist() == [False, True]
    assert serve(np.array([3.0, 4.0]), both, first, hours).tolist() == [1, 4]
    assert len(asked) == 2


def test_hours_that_are_just_enough_are_enough():
    ledger = Ledger(1)
    ledger.open(np.array([0.3]), {})
    assert ledger.spend_each(np.zeros(3, dtype=int), 0.1, "orders").all()
    assert ledger.left.tolist() == [0]


def test_a_week_starts_with_open_books(ledger):
    ledger.spend(slice(0, 1), 6.0, "meetings")
    hours = np.array([1.0, 2.0, 3.0])
    ledger.open(hours, {})
    ledger.spend(slice(0, 3), 1.0, "meetings")
    assert hours.tolist() == [1, 2, 3]  # what was given to it stays as it was
    assert ledger.left.tolist() == [0, 1, 2]
    assert ledger.hours == {"meetings": 3.0}


def test_what_is_spent_was_there(ledger):
    ledger.spend(slice(0, 2), 4.0, "upkeep")
    available = ledger.available.tolist()
    ledger.cut(slice(0, 3), np.array([0.1, 0.5, 0.5]))
    assert ledger.available.tolist() == [4, max(0.5 * available[1], 4), 0.5 * available[2]]


def test_shares_of_a_post_are_shares_of_what_tasks_from_above_leave(ledger):
    ledger.spend(slice(0, 2), 4.0, "meetings")
    assert ledger.own(slice(0, 3)).tolist() == [10, 5, 0]
    ledger.spend(slice(0, 1), 4.0, "tasks")
    assert ledger.own(slice(0, 3)).tolist() == [6, 5, 0]


EVENTS = st.lists(st.tuples(st.integers(-1, 3), reals(0, 9), st.integers(0, 3)), max_size=30)


@given(st.lists(reals(0, 20), min_size=4, max_size=4), EVENTS, EVENTS)
def test_hours_are_conserved_row_by_row(hours, events, others):
    ledger = Ledger(4)
    ledger.open(np.array(hours), {})
    for duty, entries in (("orders", events), ("reports", others)):
        rows, need, first = (np.array(column) for column in zip(*entries, strict=True)) if entries else (
            np.zeros(0, int), np.zeros(0), np.zeros(0),
        )  # fmt: skip
        paid = ledger.spend_each(rows, need, duty, lambda order=first: order)
        wanted = np.bincount(rows[paid], need[paid], 4)
        assert ledger.spent.get(duty, np.zeros(4)) == pytest.approx(
            wanted, abs=1e-6
        )  # what is paid is paid in full
        given = ledger.spend(slice(0, 4), need.sum(), "care")
        assert np.all(given <= need.sum())
    assert np.all(ledger.left >= 0)
    assert sum(ledger.spent.values()) == pytest.approx(ledger.available - ledger.left, abs=1e-6)


@given(
    jobs=st.lists(st.tuples(reals(0, 50), st.integers(0, 2), st.integers(0, 4), reals(0, 40)), max_size=12),
    hours=st.lists(reals(0, 60), min_size=3, max_size=3),
)
def test_hours_go_to_jobs_by_priority_and_to_none_more_than_one_person_has(jobs, hours):
    need, server, first, most = (np.array(column) for column in zip(*jobs, strict=True)) if jobs else (
        np.zeros(0), np.zeros(0, int), np.zeros(0), np.zeros(0)
    )  # fmt: skip
    got = serve(need, server, lambda: first, np.array(hours), most)
    wanted = np.minimum(need, most)
    assert np.all((got >= 0) & (got <= wanted))
    for row, there in enumerate(hours):
        mine = server == row
        assert got[mine].sum() == pytest.approx(min(there, wanted[mine].sum()))
        for job in np.flatnonzero(mine & (got < wanted - 1e-6)):  # nobody behind it got any
            assert got[mine & (first < first[job])] == pytest.approx(0, abs=1e-6)


def test_one_event_is_paid_whole_or_not_at_all():
    ledger = Ledger(3)
    ledger.open(np.array([2.0, 1.0, 0.0]), {})
    assert ledger.spend_whole(0, 1.5, "meetings")
    assert not ledger.spend_whole(0, 1.0, "meetings")  # half an hour is left, and stays
    assert ledger.spend_whole(0, 0.5, "meetings")
    assert not ledger.spend_whole(2, 0.5, "orders")
    assert not ledger.spend_whole(-1, 0.0, "orders")  # a design without the post
    assert ledger.left.tolist() == [0.0, 1.0, 0.0]
    assert ledger.hours == {"meetings": 2.0}
