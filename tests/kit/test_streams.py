from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.kit.streams import Streams, single
from cogov.outcomes import WEEKLY


def draws(streams, decision="a", week=1, n=5):
    return streams.generator(decision, week).random(n).tolist()


def test_the_same_address_gives_the_same_draws():
    assert draws(Streams(1)) == draws(Streams(1))
    streams = Streams(1)
    assert draws(streams) == draws(streams)


@pytest.mark.parametrize("other", [{"decision": "b"}, {"week": 2}, {"week": 0}])
def test_another_address_gives_other_draws(other):
    assert draws(Streams(1)) != draws(Streams(1), **other)
    assert draws(Streams(1)) != draws(Streams(2))


def test_more_draws_in_one_decision_change_nothing_in_another():
    streams = Streams(7)
    streams.generator("a", 3).random(100_000)
    assert draws(streams, "b", 3) == draws(Streams(7), "b", 3)
    assert draws(streams, "a", 4) == draws(Streams(7), "a", 4)  # nor in the next week
    assert draws(streams, "a", 3) == draws(Streams(7), "a", 3)  # nor when they are drawn again


def test_half_used_words_are_not_left_over():
    # 32-bit numbers come two to a word: the second must not wait for the next week
    streams = Streams(7)
    streams.generator("a", 3).random(dtype=np.float32)
    found = streams.generator("a", 4).random(3, dtype=np.float32)
    np.testing.assert_array_equal(found, Streams(7).generator("a", 4).random(3, dtype=np.float32))


@pytest.mark.parametrize("n", [0, 1, 2, 7, 1000, 4097])
def test_numbers_in_single_precision_are_those_of_numpy(n):
    one, other = (Streams(5).generator("decision", 3) for _ in range(2))
    found = single(one, n)
    assert found.dtype == np.float32
    assert np.array_equal(found, other.random(n, dtype=np.float32))


def test_weeks_do_not_overlap():
    streams = Streams(3)
    seen = np.concatenate([streams.generator("a", week).random(50_000) for week in range(4)])
    assert len(np.unique(seen)) == len(seen)


def test_draws_of_decisions_are_independent():
    streams = Streams(5)
    table = np.array(
        [streams.generator(f"decision/{k}", week).random(2_000) for k in range(6) for week in range(6)]
    )
    off = np.corrcoef(table)[np.triu_indices(len(table), 1)]
    assert np.abs(off).max() < 5 / np.sqrt(2_000)


def test_more_invitations_to_activities_change_nothing_else():
    # Who hears of an activity is drawn; here it does nothing to those who come, so that all other decisions
    # must fall as before, however many draws it takes.
    nothing = {"strengthen": 0.0, "new_tie": 0.0, "trust": 0.0, "belonging": 0.0, "come": 50.0}
    series = []
    for invited in (5, 50):
        processes = {"bond": nothing | {"invited": invited}}
        model = GovernanceModel("small", "wuliqiao_2020", rng=2, reform_week=2, processes=processes)
        model.run_until(20)
        series.append(model.record.to_frame())
    few, many = series
    assert few["attendance"].sum() < many["attendance"].sum()
    rest = [name for name in WEEKLY if name != "attendance"]
    np.testing.assert_array_equal(few[rest], many[rest])
