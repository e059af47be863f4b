"""What is counted during a week."""

from __future__ import annotations

import numpy as np

from cogov.outcomes.tally import LONGEST, Tally
from cogov.terms import Line


def test_events_are_counted_by_compound_and_over_all():
    tally = Tally(4)
    tally.add("resolved", np.array([2, 0, 2]))
    tally.add("resolved", np.array([3]))
    tally.add("weeks", np.array([1, 1]), np.array([2.5, 4]))
    tally.add("lost", np.zeros(0, dtype=int))
    tally.count("activities", 2)
    tally.count("activities", 1)
    assert tally.of("resolved").tolist() == [1, 0, 2, 1]
    assert tally.of("weeks").tolist() == [0, 6.5, 0, 0]
    assert tally.of("lost").tolist() == tally.of("never counted").tolist() == [0, 0, 0, 0]
    assert tally.total == {"activities": 3}


def test_durations_beyond_the_longest_share_the_last_class():
    tally = Tally(1)
    tally.weeks_to_resolve(np.array([0, 3, 3, LONGEST - 1, LONGEST, 10 * LONGEST]))
    assert tally.durations.sum() == 6
    assert tally.durations[[0, 3, LONGEST - 1]].tolist() == [1, 2, 3]
    tally.weeks_to_resolve(np.array([3]))
    assert tally.durations[3] == 3


def test_a_new_week_starts_at_nothing():
    tally = Tally(2)
    tally.add("resolved", np.array([1]))
    tally.count("activities", 2)
    tally.weeks_to_resolve(np.array([5]))
    tally.hours_by_line[Line.HOUSING] = 3
    tally.clear()
    assert not tally.of("resolved").any()
    assert tally.total == {}
    assert tally.durations.sum() == tally.hours_by_line.sum() == 0
