"""Shapley values, against closed forms, axioms and all orders gone through one by one."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from cogov import load_design
from cogov.analysis import (
    Attribution,
    attribute,
    attribute_along,
    coalition,
    coalitions,
    permutations,
    players,
)
from cogov.kit.errors import DesignError, StudyError
from cogov.mechanisms import registry
from cogov.rules import Design

NAMES = "abcdefghijklmnop"


def play(n: int, worth: Callable[[frozenset[int]], float], orders: np.ndarray | None = None) -> Attribution:
    """A game in one replicate."""
    values = np.array([[[float(worth(members))]] for members in coalitions(n, orders)])
    return attribute(values, NAMES[:n], ["x"], orders)


def values_of(found: Attribution) -> list[float]:
    return found.effects["value"].tolist()


def pairs_of(found: Attribution) -> dict[str, float]:
    return {row.first + row.second: row.value for row in found.interactions.itertuples()}


# ---------------------------------------------------------------- closed forms


def test_the_glove_game():
    """One left glove, two right ones; a pair is worth 1."""
    found = play(3, lambda s: 0 in s and len(s) > 1)
    assert values_of(found) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    # without c the left glove and b bring a pair together, with c only nothing more: 1/2; b and c stand in
    # for each other where the left glove is: -1/2
    assert pairs_of(found) == pytest.approx({"ab": 0.5, "ac": 0.5, "bc": -0.5})


def test_an_additive_game_has_no_interactions():
    brings = [3.0, -1.0, 0.5, 0.0]
    found = play(4, lambda s: 10 + sum(brings[i] for i in s))
    assert values_of(found) == pytest.approx(brings)
    assert list(pairs_of(found).values()) == pytest.approx([0] * 6)
    assert found.total.loc[0, ["baseline", "mean", "difference"]].tolist() == pytest.approx([10, 12.5, 2.5])


@pytest.mark.parametrize(("n", "needed"), [(2, 2), (4, 3), (5, 5), (6, 1)])
def test_unanimity_games(n, needed):
    """Worth 1 if all of the first t are in: each of them 1/t, each pair of them 1/(t - 1), others nothing."""
    found = play(n, lambda s: s >= set(range(needed)))
    assert values_of(found) == pytest.approx([1 / needed] * needed + [0] * (n - needed))
    for (first, second), value in pairs_of(found).items():
        both = NAMES.index(first) < needed and NAMES.index(second) < needed
        assert value == pytest.approx(1 / (needed - 1) if both else 0)


def test_a_symmetric_game():
    """Worth the square of the size: n each, and every pair 2."""
    found = play(10, lambda s: len(s) ** 2)
    assert values_of(found) == pytest.approx([10] * 10)
    assert list(pairs_of(found).values()) == pytest.approx([2] * 45)


def test_the_airport_game():
    """Who needs a longer runway pays for the piece that only they need (Littlechild and Owen 1973)."""
    cost = [1.0, 3.0, 7.0]
    found = play(3, lambda s: max((cost[i] for i in s), default=0.0))
    assert values_of(found) == pytest.approx([1 / 3, 1 / 3 + 1, 1 / 3 + 1 + 4])


def test_one_player_brings_everything():
    found = play(1, lambda s: 5 + 2 * len(s))
    assert values_of(found) == [2]
    assert len(found.interactions) == 0


# ---------------------------------------------------------------- axioms

few = settings(max_examples=15)
games = arrays(float, (16, 3, 1), elements=st.integers(-100, 100).map(lambda number: number / 8))


def by_orders(values: np.ndarray, n: int) -> np.ndarray:
    """Mean marginal contributions over all orders, replicate by replicate."""
    row = {members: position for position, members in enumerate(coalitions(n))}
    total = np.zeros((n, values.shape[1]))
    for order in itertools.permutations(range(n)):
        for size, player in enumerate(order):
            before = frozenset(order[:size])
            total[player] += (values[row[before | {player}]] - values[row[before]])[:, 0]
    return total / math.factorial(n)


@few
@given(games)
def test_values_are_mean_contributions_and_add_up(values):
    found = attribute(values, NAMES[:4], ["x"])
    assert values_of(found) == pytest.approx(by_orders(values, 4).mean(1), abs=1e-9)
    total = found.total.iloc[0]
    assert found.effects["value"].sum() == pytest.approx(total.difference, abs=1e-9)
    assert total.difference == pytest.approx((values[-1] - values[0]).mean(), abs=1e-9)
    assert found.effects[["low", "high"]].isna().all(axis=None)  # three replicates carry no interval


@few
@given(games, games, st.floats(-3, 3))
def test_values_and_interactions_are_additive(one, other, factor):
    together = attribute(one + factor * other, NAMES[:4], ["x"])
    apart = [attribute(game, NAMES[:4], ["x"]) for game in (one, other)]
    for name in ("effects", "interactions"):
        first, second = (getattr(found, name)["value"] for found in apart)
        expected = (first + factor * second).tolist()
        assert getattr(together, name)["value"].tolist() == pytest.approx(expected, abs=1e-9)


@few
@given(games)
def test_who_changes_nothing_gets_nothing(values):
    row = {members: position for position, members in enumerate(coalitions(4))}
    for members, position in row.items():
        if 2 in members:
            values[position] = values[row[members - {2}]]
    found = attribute(values, NAMES[:4], ["x"])
    mine = found.effects.iloc[2]
    assert mine["value"] == pytest.approx(0, abs=1e-12)
    assert [value for pair, value in pairs_of(found).items() if "c" in pair] == pytest.approx(
        [0] * 3, abs=1e-12
    )


@few
@given(games, st.permutations(range(4)))
def test_names_make_no_difference(values, order):
    row = {members: position for position, members in enumerate(coalitions(4))}
    renamed = np.empty_like(values)
    for members, position in row.items():
        renamed[row[frozenset(order[i] for i in members)]] = values[position]
    found, moved = (attribute(game, NAMES[:4], ["x"]) for game in (values, renamed))
    assert [values_of(moved)[order[i]] for i in range(4)] == pytest.approx(values_of(found), abs=1e-9)
    pairs = pairs_of(moved)
    for pair, value in pairs_of(found).items():
        new = "".join(sorted(NAMES[order[NAMES.index(name)]] for name in pair))
        assert pairs[new] == pytest.approx(value, abs=1e-9)


# ---------------------------------------------------------------- replicates


def noisy(n: int, replicates: int, orders: np.ndarray | None = None, noise: float = 0.3) -> np.ndarray:
    """Player i brings about i, differently from replicate to replicate; a and b bring 1 more together."""
    draw = np.random.default_rng(7)
    brings = np.arange(n) + noise * draw.normal(size=(replicates, n))
    return np.array(
        [
            brings[:, sorted(members)].sum(1) + (members >= {0, 1}) + draw.normal(size=1)
            for members in map(set, coalitions(n, orders))
        ]
    )[:, :, None]


def bounds(values: np.ndarray) -> tuple[float, float]:
    """Student's interval of the mean."""
    return stats.t.interval(0.95, len(values) - 1, loc=values.mean(), scale=stats.sem(values))


def test_intervals_are_over_replicates():
    values = noisy(3, 15)
    found = attribute(values, NAMES[:3], ["x"])
    for position, contributions in enumerate(by_orders(values, 3)):
        row = found.effects.iloc[position]
        direct = bounds(contributions)
        assert (row["value"], row.low, row.high) == pytest.approx((contributions.mean(), *direct))
    difference = (values[-1] - values[0])[:, 0]
    direct = bounds(difference)
    total = found.total.iloc[0]
    assert (total.difference, total.low, total.high) == pytest.approx((difference.mean(), *direct))
    assert (found.effects.sampling_error == 0).all()


def test_a_replicate_with_a_missing_coalition_is_left_out_for_that_outcome():
    values = np.concatenate([noisy(3, 6), noisy(3, 6)], axis=2)
    values[5, 2, 1] = math.nan
    found = attribute(values, NAMES[:3], ["x", "y"])
    alone = attribute(np.delete(values[:, :, [1]], 2, axis=1), NAMES[:3], ["y"])
    assert found.total.replicates.tolist() == [6, 5]
    mine = found.effects[found.effects.outcome == "y"].reset_index(drop=True)
    assert mine.drop(columns="outcome").equals(alone.effects.drop(columns="outcome"))
    nothing = attribute(np.full((8, 6, 1), math.nan), NAMES[:3], ["x"])
    assert nothing.total.replicates.tolist() == [0]
    assert nothing.effects[["value", "low", "high"]].isna().all(axis=None)
    assert math.isnan(nothing.total.difference[0])


def test_one_replicate_has_values_and_no_intervals():
    found = play(3, len)
    assert values_of(found) == pytest.approx([1, 1, 1])
    assert found.effects[["low", "high"]].isna().all(axis=None)


def test_values_of_other_coalitions_are_refused():
    with pytest.raises(StudyError, match=r"values of shape \(7, 3, 1\): must be those of 8 coalitions"):
        attribute(np.zeros((7, 3, 1)), NAMES[:3], ["x"])
    with pytest.raises(StudyError, match="and of 2 outcomes"):
        attribute(np.zeros((8, 3, 1)), NAMES[:3], ["x", "y"])


# ---------------------------------------------------------------- orders that are sampled


def test_orders_come_with_their_reverses():
    orders = permutations(12, 10, 3)
    assert orders.shape == (10, 12)
    assert np.array_equal(np.sort(orders, axis=1), np.tile(np.arange(12), (10, 1)))
    assert np.array_equal(orders[::2], orders[1::2, ::-1])
    assert np.array_equal(permutations(12, 20, 3)[:10], orders)
    assert not np.array_equal(permutations(12, 10, 4), orders)
    for samples in (2, 7):
        with pytest.raises(StudyError, match=f"samples = {samples}: must be an even number of at least 4"):
            permutations(12, samples, 3)


def test_coalitions_are_those_on_the_way():
    orders = np.array([[0, 1, 2], [2, 1, 0]])
    assert coalitions(3, orders) == [
        frozenset(members) for members in ([], [0], [0, 1], [0, 1, 2], [2], [1, 2])
    ]
    assert len(coalitions(10)) == len(set(coalitions(10))) == 1024
    assert coalitions(3)[0] == frozenset()
    assert coalitions(3)[-1] == {0, 1, 2}
    with pytest.raises(StudyError, match="12 mechanisms have 4,096 coalitions"):
        coalitions(12)


def test_all_orders_give_the_exact_values():
    forth = [order for order in itertools.permutations(range(4)) if order[0] < order[-1]]
    orders = np.array([order for one in forth for order in (one, one[::-1])])
    assert len(orders) == 24
    exact = noisy(4, 5)
    row = {members: position for position, members in enumerate(coalitions(4))}
    values = exact[[row[members] for members in coalitions(4, orders)]]
    found, expected = attribute(values, NAMES[:4], ["x"], orders), attribute(exact, NAMES[:4], ["x"])
    assert values_of(found) == pytest.approx(values_of(expected))
    assert found.total.equals(expected.total)
    assert len(found.interactions) == 0


def test_sampled_values_add_up_exactly_and_are_near_the_true_ones():
    n, brings = 12, np.arange(12.0)
    orders = permutations(n, 60, 1)
    found = play(n, lambda s: sum(brings[i] for i in s) + 3 * (s >= {0, 1}) + 2 * (s >= {2, 3, 4}), orders)
    effects = found.effects
    assert effects["value"].sum() == pytest.approx(brings.sum() + 5)
    true = brings + np.array([1.5, 1.5, 2 / 3, 2 / 3, 2 / 3] + [0] * 7)
    error = effects.sampling_error.to_numpy()
    assert error[:2] == pytest.approx([0, 0], abs=1e-12)  # an order or its reverse: the pair has no error
    assert (error[2:5] > 0).all()
    assert np.abs(effects["value"] - true)[2:5].to_numpy() == pytest.approx(0, abs=3 * error[2:5].max())
    assert effects["value"][5:].tolist() == pytest.approx(brings[5:])


def test_intervals_of_sampled_values_hold_both_kinds_of_doubt():
    orders = permutations(11, 40, 2)
    found = attribute(noisy(11, 10, orders), NAMES[:11], ["x"], orders).effects
    calm = attribute(noisy(11, 10, orders, noise=0.0), NAMES[:11], ["x"], orders).effects
    assert (found.low < found["value"]).all()
    assert (found["value"] < found.high).all()
    # without noise over replicates, what is left is the doubt about twenty pairs of orders
    width = (calm.high - calm.low) / 2
    assert (width / calm.sampling_error).to_numpy() == pytest.approx(stats.t.isf(0.025, 19))
    assert ((found.high - found.low) / 2 > 1.5 * 0.3 / math.sqrt(10)).all()
    again = attribute(noisy(11, 10, orders), NAMES[:11], ["x"], orders).effects
    assert again.equals(found)


@pytest.mark.parametrize(("replicates", "samples"), [(2, 40), (5, 40), (8, 4), (8, 10)])
def test_few_replicates_or_orders_have_values_and_no_intervals(replicates, samples):
    orders = permutations(11, samples, 2)
    found = attribute(noisy(11, replicates, orders), NAMES[:11], ["x"], orders)
    assert found.effects["value"].notna().all()
    assert found.effects[["low", "high"]].isna().all(axis=None)


@pytest.mark.slow
@pytest.mark.parametrize("samples", [12, 20, 40])
def test_intervals_of_sampled_values_cover(samples):
    """Players who help and hinder each other by threes, worlds that differ, orders drawn: 400 studies."""
    n, replicates, hits = 8, 8, []
    weight = np.cos(np.arange(n))

    def member(needed: list[frozenset[int]]) -> np.ndarray:
        return np.array([[i in some for i in range(n)] for some in needed], dtype=float)

    cube = ((member(coalitions(n)) * weight).sum(1) ** 3)[:, None, None]
    true = np.array(values_of(attribute(cube, NAMES[:n], ["x"])))
    for study in range(400):
        draw = np.random.default_rng(study)
        orders = permutations(n, samples, study)
        there = member(coalitions(n, orders))
        own = (there[:, None] * draw.normal(size=(replicates, n))).sum(2)
        worth = own + ((there * weight).sum(1) ** 3)[:, None]
        found = attribute(worth[:, :, None], NAMES[:n], ["x"], orders).effects
        hits.append(((found.low <= true) & (true <= found.high))[found.low.notna()])
    covered = float(np.concatenate(hits).mean())
    print(
        f"{samples} orders: {len(np.concatenate(hits)) / (400 * n):.2f} have an interval, {covered:.3f} hold"
    )
    assert 0.91 < covered <= 1


# ---------------------------------------------------------------- coalitions of mechanisms


def design(*names: str, called: str = "d", **changed: object) -> Design:
    made = [registry()[name]() for name in names] + list(changed.values())
    return Design(tuple(made), called)


BASE = ("neighbourhood_committee", "line_departments", "hotline")


def test_players_are_the_mechanisms_that_differ():
    base, reform = load_design("line_hierarchy"), load_design("wuliqiao_2020")
    assert players(base, reform) == tuple(
        sorted({m.name for m in reform.mechanisms} - {m.name for m in base.mechanisms})
    )
    other = design("neighbourhood_committee", "grid_linkage", hotline=registry()["hotline"](share=0.1))
    mine = design(*BASE)
    assert players(mine, other) == ("grid_linkage", "hotline", "line_departments")
    with pytest.raises(StudyError, match="d has the mechanisms of line_hierarchy"):
        players(base, Design(base.mechanisms, "d"))


def test_a_coalition_has_its_members_as_in_the_design():
    base = design(*BASE, "report_in", called="base")
    other = design(
        "neighbourhood_committee",
        "line_departments",
        "grid_linkage",
        hotline=registry()["hotline"](share=0.1),
    )
    some = coalition(base, other, ["hotline", "report_in"])
    assert {m.name for m in some.mechanisms} == set(BASE)
    assert some.mechanism("hotline").share == 0.1
    assert some.name == "d: hotline + report_in"
    assert coalition(base, other, []) is base
    assert coalition(base, other, players(base, other)) is other
    with pytest.raises(StudyError, match=r"unknown mechanism 'grid_linkge'; did you mean 'grid_linkage'\?"):
        coalition(base, other, ["grid_linkge"])


def test_who_needs_another_is_without_force_alone():
    """Joint building is kept alive by the committee, which brings the post."""
    base, full = design("line_departments", called="base"), design(*BASE, "joint_building")
    with pytest.raises(DesignError):
        Design((*base.mechanisms, registry()["joint_building"]()))
    alone = coalition(base, full, ["joint_building"])
    assert alone is base
    both = coalition(base, full, ["joint_building", "neighbourhood_committee"])
    assert {m.name for m in both.mechanisms} == {
        "line_departments",
        "joint_building",
        "neighbourhood_committee",
    }
    assert coalition(base, full, ["hotline", "joint_building"]) == coalition(base, full, ["hotline"])


def test_what_contradicts_the_baseline_waits_until_it_has_gone():
    """Two blocks and three cannot both be drawn."""
    from cogov.rules import Scope
    from tests.helpers import Written

    two = Written(given=(Scope(name="block", number=2),))
    platform = registry()["three_level_platform"](blocks=3)
    base = Design((*design(*BASE).mechanisms, two), "base")
    full = design(*BASE, platform=platform)
    assert players(base, full) == ("three_level_platform", "written")
    assert coalition(base, full, ["three_level_platform"]) is base
    assert {m.name for m in coalition(base, full, ["written"]).mechanisms} == set(BASE)


def test_without_a_single_largest_part_nothing_is_attributed():
    """Duty needs a post: either the old one stays, or duty waits; both together would leave it without."""
    from cogov.rules import Boundary, Position
    from tests.helpers import Written

    old, new = Position(name="corps", heads=1, hours=5), Position(name="corps", heads=2, hours=5)
    duty = Boundary(name="duty", post="corps")

    class Old(Written):
        name = "old_corps"

    class New(Written):
        name = "renewed_corps"

    class Duty(Written):
        name = "duty"

    base = Design((Old(given=(old,)),), "base")
    full = Design((New(given=(new,)), Duty(given=(duty,))), "full")
    assert players(base, full) == ("duty", "old_corps", "renewed_corps")
    assert [m.name for m in coalition(base, full, ["duty"]).mechanisms] == ["duty", "old_corps"]
    assert [m.name for m in coalition(base, full, ["old_corps"]).mechanisms] == []
    with pytest.raises(
        StudyError, match=r"of duty, old_corps either \{duty\} or \{old_corps\} can be in force"
    ):
        coalition(base, full, ["duty", "old_corps"])


def test_two_that_need_each_other_come_together():
    """Each brings the post that the other fills; a third fills one that only a fourth brings."""
    from cogov.rules import Boundary, Position
    from tests.helpers import Written

    def brings(called: str, posts: tuple[str, ...], fills: tuple[str, ...]) -> Written:
        kind = type(called, (Written,), {"name": called})
        given = (*(Position(name=post, heads=1, hours=5) for post in posts),)
        return kind(given=(*given, *(Boundary(name=f"{called}_{post}", post=post) for post in fills)))

    one, other = brings("one", ("p",), ("q",)), brings("other", ("q",), ("p",))
    third, fourth = brings("third", (), ("r",)), brings("fourth", ("r",), ())
    base = Design((), "base")
    full = Design((one, other, third, fourth), "full")
    assert coalition(base, full, ["one", "third"]) is base
    found = coalition(base, full, ["one", "other", "third"])
    assert [m.name for m in found.mechanisms] == ["one", "other"]


def test_the_part_in_force_is_the_largest_that_loads():
    """Against all parts of every subset of a design in which several mechanisms depend on the committee."""
    base = design("line_departments", called="base")
    full = design(*BASE, "joint_building", "grid_linkage", "report_in")
    names = players(base, full)

    def loads(part: tuple[str, ...]) -> bool:
        try:
            Design((*base.mechanisms, *(full.mechanism(name) for name in part)))
        except DesignError:
            return False
        return True

    dependent = 0
    for size in range(len(names) + 1):
        for subset in itertools.combinations(names, size):
            parts = [
                part for k in range(size + 1) for part in itertools.combinations(subset, k) if loads(part)
            ]
            largest = [part for part in parts if len(part) == max(map(len, parts))]
            assert len(largest) == 1
            found = {m.name for m in coalition(base, full, subset).mechanisms} - {"line_departments"}
            assert found == set(largest[0])
            dependent += found != set(subset)
    assert dependent > 5


# ---------------------------------------------------------------- orders that each replicate draws


def along(worth, n, replicates, samples, seed):
    """Paths of a game, a function of players and replicate, along orders; and the orders."""
    draw = np.random.default_rng(seed)
    forth = [[draw.permutation(n) for _ in range(samples // 2)] for _ in range(replicates)]
    orders = np.array([[order for one in some for order in (one, one[::-1])] for some in forth])
    paths = [
        [[worth(frozenset(order[:size]), r) for size in range(n + 1)] for order in some]
        for r, some in enumerate(orders.tolist())
    ]
    return np.array(paths, dtype=float)[..., None], orders


def test_where_order_makes_no_difference_one_order_is_enough():
    paths, orders = along(lambda some, r: r + sum(player + 1 for player in some), 4, 3, 2, 0)
    found = attribute_along(paths, orders, "abcd", ["x"])
    assert found.effects["value"].tolist() == pytest.approx([1, 2, 3, 4])
    assert found.total["difference"].tolist() == [10]
    assert found.interactions.empty


def test_values_add_up_and_replicates_without_a_value_are_left_out():
    draw = np.random.default_rng(1)
    paths, orders = along(lambda some, r: draw.normal() if 0 < len(some) < 3 else r * len(some), 3, 5, 4, 2)
    paths[2, 1, 1] = np.nan
    found = attribute_along(paths, orders, "abc", ["x"])
    assert found.total["replicates"].tolist() == [4]
    assert found.effects["value"].sum() == pytest.approx(found.total["difference"][0])
    assert (found.effects["sampling_error"] > 0).all()


def test_intervals_hold_the_value_although_each_replicate_has_one_pair_of_orders():
    """A game in which order matters, as a pair is worth what one alone is not, and replicates differ."""
    truth, held = 1.0, 0
    for trial in range(60):
        luck = np.random.default_rng([7, trial]).normal(1, 0.3, 12)

        def worth(some, r, luck=luck):
            return luck[r] * (2 * ({0, 1} <= some) + (2 in some) * len(some) * 0.2)

        paths, orders = along(worth, 4, 12, 2, [8, trial])
        first = attribute_along(paths, orders, "abcd", ["x"]).effects.iloc[0]
        # player 0 gets half of the pair, and half of what player 2 gets from its company
        held += first["low"] <= truth + 0.1 <= first["high"]
    assert held >= 51
