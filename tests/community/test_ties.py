from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov.community import Ties
from cogov.community.ties import FULL, NEAR, Followed, Moved
from cogov.state.tables import opened
from tests.helpers import connect


def dense(ties: Ties) -> np.ndarray:
    """The strengths as a square matrix, checking every slot on the way."""
    matrix = np.zeros((ties.n, ties.n), dtype=np.float32)
    for resident in range(ties.n):
        row = ties.row(resident)
        slots = slice(ties.indptr[row], ties.indptr[row + 1])
        for neighbour, strength in zip(ties.neighbour[slots], ties.strength[slots], strict=True):
            assert (neighbour == resident) == (strength == 0), "empty: own resident and strength 0"
            assert matrix[resident, neighbour] == 0, "no tie is there twice"
            matrix[resident, neighbour] = strength
    return matrix


def strengthen(ties: Ties, slots: np.ndarray, share: float) -> Moved:
    """Strengthen ties in both directions."""
    i, j = ties.owners(slots), ties.neighbour[slots].astype(np.int64)
    near = ties.near(np.unique(np.concatenate([i, j])))
    codes = np.concatenate([i * ties.n + j, j * ties.n + i])
    ties.strengthen(near, np.isin(near.residents[near.owner] * ties.n + near.other, codes), share)
    return ties.keep(near)


def connected(ties: Ties, i: np.ndarray, j: np.ndarray, strength: float) -> Moved:
    near = ties.near(np.unique(np.concatenate([i, j])))
    ties.connect(near, i, j, strength)
    return ties.keep(near)


def pairs_of(ties: Ties) -> tuple[np.ndarray, np.ndarray]:
    filled = np.flatnonzero(ties.strength > 0)
    return ties.owners(filled), ties.neighbour[filled]


@pytest.mark.parametrize("name", ["small", "wuliqiao"])
def test_ties_at_the_start(name, request):
    community = request.getfixturevalue(name)
    ties, residents, places = community.ties, community.residents, community.places
    degree = ties.degree()
    assert degree.mean() == pytest.approx(8, abs=0.5)
    assert np.mean(degree == 0) == pytest.approx(0.275, abs=0.015)
    assert degree.max() > 4 * degree.mean(), "heavy-tailed"
    i, j = pairs_of(ties)
    building, compound = residents.building, places.building_compound[residents.building]
    home = places.compound_neighbourhood[compound]
    assert np.mean(building[i] == building[j]) == pytest.approx(0.7, abs=0.05)
    assert np.mean((building[i] != building[j]) & (compound[i] == compound[j])) == pytest.approx(
        0.2, abs=0.05
    )
    assert np.all(home[i] == home[j])
    assert np.all(residents.household[i] != residents.household[j])
    slots = np.diff(ties.indptr)[ties.row(np.arange(ties.n))]
    assert np.all(slots - degree >= 2), "everybody has two spare slots"


def test_symmetric_without_doubles_or_self(small):
    matrix = dense(small.ties)
    assert np.array_equal(matrix, matrix.T)
    assert matrix[matrix > 0].mean() == pytest.approx(0.5, abs=0.03)
    assert np.array_equal(small.ties.degree(), np.count_nonzero(matrix, axis=1))


def test_large_graph_is_symmetric(wuliqiao):
    ties = wuliqiao.ties
    i, j = pairs_of(ties)
    strength = ties.strength[ties.strength > 0]
    there, back = np.lexsort((j, i)), np.lexsort((i, j))
    assert np.array_equal(i[there], j[back])
    assert np.array_equal(j[there], i[back])
    assert np.array_equal(strength[there], strength[back])
    codes = i[there] * ties.n + j[there]
    assert np.all(np.diff(codes) > 0)


@pytest.mark.parametrize("name", ["small", "wuliqiao"])
def test_ties_to_some_residents_are_added_up_as_all_of_them_change(name, request):
    ties, draw = opened(request.getfixturevalue(name).ties), np.random.default_rng(5)
    some = Followed(ties.n)
    for who in (np.ones(ties.n, dtype=bool), draw.random(ties.n) < 0.3, draw.random(ties.n) < 0.3):
        some.see(ties, who)  # as they change from time to time
        strength = ties.strength * who[ties.neighbour]
        whole = np.bincount(ties.owners(np.arange(len(strength))), strength, ties.n)
        assert some.strength / FULL == pytest.approx(whole, rel=1e-5, abs=1e-7)
        some.take_over(connected(ties, *draw.integers(0, ties.n, (2, 3000)), 0.5))
        some.take_over(strengthen(ties, draw.choice(np.flatnonzero(ties.strength > 0), 900), 0.3))
        some.take_over(ties.settle(0.1, 0.45))
        again = Followed(ties.n)
        again.see(ties, who)
        assert np.array_equal(some.strength, again.strength), "to the unit, however it came about"
    ties_now, sums = ties.tied.copy(), Followed(ties.n)
    sums.see(ties, np.ones(ties.n, dtype=bool))
    ties.weigh()
    assert np.array_equal(ties_now, ties.tied)
    assert np.array_equal(sums.strength, ties.tied)


def test_slots_of_some_residents(small):
    ties = small.ties
    residents = np.array([5, 0, 5, 2034])
    near = ties.near(residents)
    assert np.array_equal(ties.owners(near.slot), residents[near.owner])
    assert np.all(np.diff(near.owner) >= 0)
    for position, resident in enumerate(residents):
        row = ties.row(resident)
        slots = np.arange(ties.indptr[row], ties.indptr[row + 1])
        assert np.array_equal(near.slot[near.owner == position], slots)
    assert len(ties.near(np.array([], dtype=int)).slot) == 0


def test_slots_of_some_residents_are_as_they_are_now(small):
    ties, draw = opened(small.ties), np.random.default_rng(6)
    for _ in range(4):
        connect(ties, *draw.integers(0, ties.n, (2, 200)), draw.uniform(0.1, 1, 200))
        ties.settle(0.3, 0.1)
        connect(ties, *draw.integers(0, ties.n, (2, 200)), 0.5)
        near = ties.near(draw.permutation(ties.n)[:700])
        assert np.array_equal(near.other, ties.neighbour[near.slot])
        assert np.array_equal(near.now.astype(np.float32) / np.float32(FULL), ties.strength[near.slot])
        assert np.array_equal(near.now, near.before)
        for part, there, place in near.kept:
            assert np.array_equal(near.slot[there], part.slot[place])
            assert len(there) == np.isin(part.slot, near.slot).sum()
        assert len(near.kept[0][1]) > 0
        assert not np.isin(ties.lately.slot, ties.settled.slot).any(), "each slot is kept once"


class TestConnectByHand:
    def test_fills_a_slot_on_each_side(self):
        ties = Ties.empty(np.array([1, 1, 1, 1, 1]))
        assert connect(ties, [0], [4], 0.25) == 1
        matrix = dense(ties)
        assert matrix[0, 4] == matrix[4, 0] == 0.25
        assert ties.degree().tolist() == [1, 0, 0, 0, 1]

    def test_skips_what_cannot_be(self):
        ties = Ties.empty(np.array([2, 1, 2, 0]))
        assert connect(ties, [0, 1, 0, 2, 0], [0, 0, 1, 3, 2], [0.1, 0.2, 0.3, 0.4, 0.5]) == 2
        expected = np.zeros((4, 4), dtype=np.float32)
        expected[0, 1] = expected[1, 0] = 0.2  # the first of a doubled pair counts
        expected[0, 2] = expected[2, 0] = 0.5
        assert np.array_equal(dense(ties), expected)
        assert connect(ties, [1], [0], 0.9) == 0

    def test_the_first_pair_is_served_first(self):
        ties = Ties.empty(np.array([1, 1, 1]))
        assert connect(ties, [0, 0, 1], [1, 2, 2], 0.5) == 1
        assert ties.degree().tolist() == [1, 1, 0]

    def test_nothing_to_do(self):
        assert connect(Ties.empty(np.array([1, 1])), [], [], 0.5) == 0

    def test_a_tie_has_strength(self):
        with pytest.raises(ValueError, match="positive"):
            connect(Ties.empty(np.array([1, 1])), [0], [1], 0.0)


PAIRS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=40)


@given(st.lists(st.integers(0, 4), min_size=9, max_size=9), st.lists(PAIRS, max_size=3), st.randoms())
def test_connect_makes_all_ties_that_have_room(slots, calls, random):
    ties = Ties.empty(np.array(slots))
    for pairs in calls:
        i, j = np.array(pairs, dtype=int).reshape(-1, 2).T
        strength = np.array([random.uniform(0.1, 1) for _ in pairs])
        before, made = dense(ties), connect(ties, i, j, strength)
        after = dense(ties)
        assert np.array_equal(after, after.T)
        assert np.count_nonzero(after) - np.count_nonzero(before) == 2 * made
        assert np.array_equal(after[before > 0], before[before > 0])
        full = ties.degree() >= slots
        wished = np.zeros_like(after, dtype=bool)
        wished[i, j] = wished[j, i] = True
        assert not np.any((after > 0) & (before == 0) & ~wished)
        assert np.all((after[i, j] > 0) | (i == j) | full[i] | full[j])


def test_connect_does_not_depend_on_the_order_within_a_pair():
    one, other = (Ties.empty(np.full(50, 3)) for _ in range(2))
    i, j = np.random.default_rng(1).integers(0, 50, (2, 200))
    assert connect(one, i, j, 0.5) == connect(other, j, i, 0.5)
    assert np.array_equal(dense(one), dense(other))


@pytest.mark.parametrize(("share", "bound"), [(0.1, 0.3), (0.0, 0.0), (0.5, 0.6), (1.0, 0.0), (0.02, 0.05)])
def test_ties_settle_where_everyday_contact_keeps_them(small, share, bound):
    ties, draw = opened(small.ties), np.random.default_rng(2)
    given = dense(ties)
    connect(ties, *draw.integers(0, ties.n, (2, 300)), draw.uniform(0.01, 1, 300))
    i, j = pairs_of(ties)
    # a hundred pairs grow closer, in both directions
    chosen = draw.choice(np.flatnonzero(i < j), 100, replace=False)
    both = np.isin(np.minimum(i, j) * ties.n + np.maximum(i, j), i[chosen] * ties.n + j[chosen])
    strengthen(ties, np.flatnonzero(ties.strength > 0)[both], 0.25)
    before = dense(ties)
    ties.settle(share, bound)
    after, left = dense(ties), before + np.float32(share) * (given - before)
    gone = (given == 0) & (left < max(bound, 1 / FULL))
    expected = np.where(gone, given, left)
    np.testing.assert_allclose(after, expected, atol=float(NEAR))
    np.testing.assert_allclose(after[given == 0], expected[given == 0], atol=1 / FULL)
    assert np.array_equal(after, after.T)
    assert np.array_equal(ties.degree(), np.count_nonzero(after, axis=1))
    np.testing.assert_allclose(ties.tied / FULL, after.sum(1), rtol=1e-5, atol=1e-7)
    untouched = (before == given) & (given > 0)
    assert np.array_equal(after[untouched], given[untouched])


def test_in_the_end_ties_are_what_they_were(small):
    ties = opened(small.ties)
    strengthen(ties, np.flatnonzero(ties.strength > 0), 0.5)
    connect(ties, [0, 1], [9, 9], [0.5, 0.5])
    assert ties.tied.mean() > 1.2 * small.ties.tied.mean()
    for _ in range(200):
        ties.settle(0.05, 0.01)
    assert np.array_equal(dense(ties), dense(small.ties))
    assert not len(ties.settled)
    assert not len(ties.lately)
    assert np.array_equal(ties.tied, small.ties.tied)


def test_runs_share_the_graph_of_the_start_and_leave_it_as_it_is(small):
    given, one, other = dense(small.ties), opened(small.ties), opened(small.ties)
    strengthen(one, np.flatnonzero(one.strength > 0), 0.5)
    copied = copy.deepcopy(one)
    connect(copied, [0, 1], [9, 9], [0.5, 0.5])
    assert one.first is other.first is small.ties.first
    assert one.everyday is other.everyday is small.ties.everyday
    assert np.array_equal(dense(small.ties), given)
    assert np.array_equal(dense(other), given)
    assert np.count_nonzero(dense(one)) == np.count_nonzero(given) < np.count_nonzero(dense(copied))
    with pytest.raises(ValueError, match="read-only"):
        one.strength[0] = 1.0  # a copy, to look at


def test_years_of_settling_and_meeting_stay_symmetric(small):
    ties, draw = opened(small.ties), np.random.default_rng(4)
    for _ in range(20):
        ties.settle(0.1, 0.1)
        connect(ties, *draw.integers(0, ties.n, (2, 300)), draw.uniform(0.2, 1, 300))
    matrix = dense(ties)
    assert np.array_equal(matrix, matrix.T)
    assert np.count_nonzero(matrix) > np.count_nonzero(small.ties.strength)
    np.testing.assert_allclose(ties.tied / FULL, matrix.sum(1), rtol=1e-5)
