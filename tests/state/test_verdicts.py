from __future__ import annotations

import numpy as np

from cogov.state.lessons import Lessons
from cogov.state.verdicts import Lived, Seen, Verdict, Verdicts

NONE = np.nan
ALL = np.zeros(3, dtype=int)
"""All of one subdistrict."""


def verdicts() -> Verdicts:
    return Verdicts({"units": 3, "firms": 3}, 2)


def scored(*score: float, of="units", published=True, until=10) -> Verdict:
    return Verdict(of, np.array(score), published, until)


def test_an_appraisal_reads_only_what_came_on_record_since_its_last():
    seen = Seen(2, 3)
    seen.add(np.array([0, 0, 1]), np.array([2, 2, 0]), np.array([1.0, 0.5, 0.25]))
    marks, cases = seen.since("yearly")
    np.testing.assert_allclose(marks, [[0, 0, 1.5], [0.25, 0, 0]])
    np.testing.assert_allclose(cases, [[0, 0, 2], [1, 0, 0]])
    seen.add(np.array([1]), np.array([0]), 1.0)
    np.testing.assert_allclose(seen.since("yearly")[1], [[0, 0, 0], [1, 0, 0]])
    assert seen.since("other")[1].sum() == 4


def test_a_verdict_is_weighed_against_the_others_and_who_was_not_seen_has_none():
    given = verdicts()
    assert np.isnan(given.score("units")).all()
    assert not given.lead("units", ALL).any()
    given.give("a", scored(0.8, 0.2, NONE))
    np.testing.assert_allclose(given.lead("units", ALL), [0.6, -0.6, 0])
    given.give("b", scored(0.4, NONE, NONE))
    np.testing.assert_allclose(given.score("units"), [0.6, 0.2, NONE])


def test_who_is_judged_alone_has_nobody_to_be_compared_with():
    given = verdicts()
    given.give("a", scored(0.8, NONE, NONE))
    assert not given.lead("units", ALL).any()


def test_peers_are_those_of_a_subdistrict():
    given = verdicts()
    given.give("a", scored(0.8, 0.2, 0.4))
    np.testing.assert_allclose(given.lead("units", np.array([0, 1, 0])), [0.4, 0, -0.4])


def test_a_verdict_stands_until_the_next_is_due():
    given = verdicts()
    given.give("a", scored(0.8, 0.2, 0.2, until=10))
    given.lapse(9)
    assert given.lead("units", ALL).any()
    given.lapse(10)
    assert np.isnan(given.score("units")).all()


def test_what_is_not_published_the_public_does_not_know():
    given = verdicts()
    given.give("a", scored(0.8, 0.2, 0.2, published=False))
    assert np.isnan(given.score("units", published=True)).all()
    assert not np.isnan(given.score("units")).any()


def test_residents_remember_what_came_after_a_week_and_no_longer_than_anybody_asks():
    given = verdicts()
    for week in (3, 5):
        rows = np.array([10]), np.array([10 + week])  # so many lived through it
        given.live_through(Lived(week, *rows, np.array([1]), np.array([0.5])))
    people = np.array([4, 11, 12, 14, 20])

    def who(since=0):
        return people[given.remembered(since, people)[0]].tolist()

    assert who(since=4) == [11, 12, 14]
    assert who() == [11, 12, 11, 12, 14]
    given.forget(before=4)
    assert who() == [11, 12, 14]


def test_a_firm_expects_of_quality_what_its_own_verdicts_taught_it():
    lessons = Lessons(3)
    np.testing.assert_array_equal(lessons.slope(), 0)
    lessons.note(np.array([0.5, 0.5, 1.0]), np.array([0.25, 1.0, 0.5]))
    # half the quality was missing, and three quarters of the score; or none of it; or it had all quality
    np.testing.assert_allclose(lessons.slope(), [1.5, 0, 0])
    lessons.note(np.array([0.5, 0.5, 0.5]), np.array([NONE, 0.5, NONE]))
    np.testing.assert_allclose(lessons.slope(), [1.5, 0.5, 0])
