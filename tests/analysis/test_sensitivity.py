"""Sensitivity, against functions whose indices are known."""

from __future__ import annotations

import builtins
import math
import sys

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cogov.analysis import morris, saltelli, screen, sobol
from cogov.analysis.sensitivity import screen_groups
from cogov.kit.errors import StudyError


def ishigami(plan: np.ndarray) -> np.ndarray:
    x = np.pi * (2 * plan - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def of(table: pd.DataFrame, outcome: str) -> pd.DataFrame:
    return table[table.outcome == outcome].set_index("parameter")


# ---------------------------------------------------------------- Sobol'


def test_a_plan_is_blocks_of_a_b_and_their_mixtures():
    d, n = 3, 8
    blocks = saltelli(d, n, 1).reshape(n, d + 2, d)
    a, b = blocks[:, 0], blocks[:, 1]
    for parameter in range(d):
        mixed = a.copy()
        mixed[:, parameter] = b[:, parameter]
        assert np.array_equal(blocks[:, 2 + parameter], mixed)
    # a balanced sequence: every eighth of every axis has one point of A and one of B
    for half in (a, b):
        assert np.array_equal(np.sort((half * n).astype(int), axis=0), np.tile(np.arange(n)[:, None], d))
    assert not np.array_equal(a, b)


def test_a_larger_plan_begins_with_the_smaller():
    small, large = saltelli(4, 16, 3), saltelli(4, 64, 3)
    assert np.array_equal(large[: len(small)], small)
    assert not np.array_equal(saltelli(4, 16, 4), small)


@pytest.mark.parametrize(("n", "near"), [(100, "64 or 128"), (3, "2 or 4"), (1, "2"), (0, "2")])
def test_blocks_are_a_power_of_two(n, near):
    with pytest.raises(StudyError, match=f"n = {n}: must be a power of two, at least 2, such as {near}$"):
        saltelli(3, n, 1)


def test_ishigami():
    """a = 7, b = 0.1: V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2."""
    b = 0.1
    variance = 49 / 8 + b * math.pi**4 / 5 + b**2 * math.pi**8 / 18 + 0.5
    first = [(1 + b * math.pi**4 / 5) ** 2 / 2 / variance, 49 / 8 / variance, 0.0]
    both = b**2 * math.pi**8 * 8 / 225 / variance
    total = [first[0] + both, first[1], both]
    table = sobol(pd.DataFrame({"y": ishigami(saltelli(3, 4096, 1))}), ["a", "b", "c"])
    assert table.parameter.tolist() == ["a", "b", "c"]
    assert table["first"].tolist() == pytest.approx(first, abs=0.03)
    assert table.total.tolist() == pytest.approx(total, abs=0.02)
    for low, high, true in (
        (table.first_low, table.first_high, first),
        (table.total_low, table.total_high, total),
    ):
        assert (low < true).all()
        assert (true < high).all()
        assert (high - low < 0.1).all()


def test_indices_are_those_of_scipy_on_the_function_itself():
    def two(x: np.ndarray) -> np.ndarray:
        return x[0] + 2 * x[1] * x[2]

    n = 64
    plan = saltelli(3, n, 5)
    table = sobol(pd.DataFrame({"y": two(plan.T)}), list("abc"))
    blocks = two(plan.T).reshape(n, 5)
    direct = stats.sobol_indices(
        func={"f_A": blocks[:, [0]].T, "f_B": blocks[:, [1]].T, "f_AB": blocks.T[2:, None]}, n=n
    )
    assert table["first"].to_numpy() == pytest.approx(direct.first_order)
    assert table.total.to_numpy() == pytest.approx(direct.total_order)
    # the interval, by SciPy's own bootstrap, which has other random numbers
    bounds = direct.bootstrap(n_resamples=1999)
    for order, its in (("first", bounds.first_order), ("total", bounds.total_order)):
        width = its.confidence_interval.high - its.confidence_interval.low
        assert table[f"{order}_low"].to_numpy() == pytest.approx(
            its.confidence_interval.low, abs=0.2 * width.max()
        )
        assert table[f"{order}_high"].to_numpy() == pytest.approx(
            its.confidence_interval.high, abs=0.2 * width.max()
        )


def test_outcomes_side_by_side_in_their_own_units_always_the_same():
    plan = saltelli(3, 128, 2)
    values = pd.DataFrame({"y": ishigami(plan), "z": 1e6 * ishigami(plan) + 3e7, "x": plan[:, 0]})
    table = sobol(values, list("abc"))
    assert table.equals(sobol(values, list("abc")))
    numbers = ["first", "first_low", "first_high", "total", "total_low", "total_high"]
    assert of(table, "z")[numbers].to_numpy() == pytest.approx(of(table, "y")[numbers].to_numpy(), rel=1e-6)
    assert of(table, "x")["total"].tolist() == pytest.approx([1, 0, 0], abs=0.02)


def test_blocks_with_a_missing_value_are_left_out():
    plan = saltelli(2, 16, 2)
    y = plan[:, 0] + plan[:, 1] ** 2
    y[4 * 5 + 3] = math.nan  # block 5
    table = sobol(pd.DataFrame({"y": y, "whole": plan[:, 0]}), ["a", "b"])
    without = np.delete(y.reshape(16, 4), 5, axis=0)[:8].ravel()
    assert of(table, "y").blocks.tolist() == [8, 8]
    assert of(table, "whole").blocks.tolist() == [16, 16]
    alone = sobol(pd.DataFrame({"y": without}), ["a", "b"])
    pd.testing.assert_frame_equal(of(table, "y"), of(alone, "y"))


@pytest.mark.parametrize("y", [np.full(32, 0.1), np.full(32, math.nan), np.arange(32.0) * math.nan])
def test_what_never_varies_or_is_missing_has_no_indices(y):
    y = y.copy()
    y[:4] = 0.1
    table = sobol(pd.DataFrame({"y": y}), ["a", "b"])
    assert (
        table[["first", "first_low", "first_high", "total", "total_low", "total_high"]].isna().all(axis=None)
    )


def test_half_a_plan_and_a_single_parameter_are_refused():
    with pytest.raises(StudyError, match="10 values: must be those of a whole plan, a multiple of 4 rows"):
        sobol(pd.DataFrame({"y": np.arange(10.0)}), ["a", "b"])
    for refused in (lambda: saltelli(1, 8, 1), lambda: morris(1, 8, 1)):
        with pytest.raises(StudyError, match="sensitivity to 1 parameters: at least 2"):
            refused()


# ---------------------------------------------------------------- Morris


def test_a_trajectory_moves_one_parameter_after_the_other():
    d, trajectories = 5, 6
    plan = morris(d, trajectories, 1)
    assert np.isin(np.round(3 * plan, 9), [0, 1, 2, 3]).all()
    steps = np.diff(plan.reshape(trajectories, d + 1, d), axis=1)
    assert ((np.abs(steps) > 0).sum(2) == 1).all()
    assert ((np.abs(steps) > 0).sum(1) == 1).all()
    assert np.abs(steps)[np.abs(steps) > 0] == pytest.approx(2 / 3)
    assert np.array_equal(morris(d, 4, 1), plan[: 4 * (d + 1)])
    assert not np.array_equal(morris(d, trajectories, 2), plan)


def test_of_a_linear_function_effects_are_its_slopes():
    plan = morris(3, 10, 2)
    table = screen(pd.DataFrame({"y": plan @ [1.0, -2.0, 0.0]}), plan, ["a", "b", "c"])
    assert table.mu.tolist() == pytest.approx([1, -2, 0])
    assert table.mu_star.tolist() == pytest.approx([1, 2, 0])
    assert table.mu_star_low.tolist() == pytest.approx([1, 2, 0])
    assert table.mu_star_high.tolist() == pytest.approx([1, 2, 0])
    assert table.sigma.tolist() == pytest.approx([0, 0, 0], abs=1e-12)


def test_effects_that_change_their_sign_show_in_mu_star_and_sigma():
    """(x - 1/2)² over a step of 2/3 from 0 or 1/3 changes by (4/9 - 6/9 + 4x/3 ...) = -2/9 or 2/9."""
    plan = morris(2, 40, 3)
    values = pd.DataFrame({"y": (plan[:, 0] - 0.5) ** 2 + plan[:, 1]})
    table = screen(values, plan, ["a", "b"])
    effects = []
    for trajectory in plan.reshape(40, 3, 2):
        (step,) = np.flatnonzero(np.diff(trajectory[:, 0]))
        before, after = trajectory[step, 0], trajectory[step + 1, 0]
        effects.append(((after - 0.5) ** 2 - (before - 0.5) ** 2) / (after - before))
    assert np.abs(effects) == pytest.approx(1 / 3)
    a = table.iloc[0]
    assert (a.mu, a.mu_star, a.sigma) == pytest.approx((np.mean(effects), 1 / 3, np.std(effects, ddof=1)))
    assert a.sigma > 0.3
    assert screen(values, plan, ["a", "b"]).equals(table)


def test_trajectories_with_a_missing_value_are_left_out():
    plan = morris(2, 6, 1)
    y = plan @ [1.0, 3.0] + plan[:, 0] * plan[:, 1]
    gone = y.copy()
    gone[4] = math.nan  # in trajectory 1
    table = screen(pd.DataFrame({"y": gone, "no": np.full(18, math.nan)}), plan, ["a", "b"])
    keep = np.delete(np.arange(18), [3, 4, 5])
    alone = screen(pd.DataFrame({"y": y[keep]}), plan[keep], ["a", "b"])
    pd.testing.assert_frame_equal(of(table, "y"), of(alone, "y"))
    assert of(table, "y").trajectories.tolist() == [5, 5]
    assert of(table, "no").mu_star.isna().all()


def test_values_of_another_plan_are_refused():
    with pytest.raises(StudyError, match="12 values and a plan of shape"):
        screen(pd.DataFrame({"y": np.zeros(12)}), morris(2, 6, 1), ["a", "b"])
    with pytest.raises(StudyError, match="trajectories = 1: must be at least 2"):
        morris(2, 1, 1)


def test_without_salib_the_message_says_how_to_get_it(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("SALib"):
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    for name in [name for name in sys.modules if name.startswith("SALib")]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StudyError, match=r"pip install 'cogov\[sensitivity\]'"):
        morris(2, 4, 1)


# ---------------------------------------------------------------- groups

GROUPS = ["a", "a", "b", "c", "c", "c"]


def test_a_trajectory_over_groups_moves_all_of_one_after_the_other_by_half():
    plan = morris(6, 5, 1, GROUPS)
    assert plan.shape == (5 * 4, 6)
    assert sorted({float(x) for x in plan.ravel().round(9)}) == [0.125, 0.375, 0.625, 0.875]
    steps = np.diff(plan.reshape(5, 4, 6), axis=1)
    for trajectory in steps:
        moved = [{GROUPS[k] for k in np.flatnonzero(step)} for step in trajectory]
        assert sorted(moved, key=min) == [{"a"}, {"b"}, {"c"}]
        assert np.abs(trajectory).sum(0) == pytest.approx(0.5)
    assert np.array_equal(morris(6, 8, 1, GROUPS)[: len(plan)], plan)


def test_groups_move_a_function_as_far_as_is_known():
    plan = morris(6, 400, 2, GROUPS)
    moves = screen_groups(4 * plan[:, 0] - 4 * plan[:, 1] + 3 * plan[:, 2], plan, GROUPS).set_index("group")
    assert moves["parameters"].to_dict() == {"a": 2, "b": 1, "c": 3}
    assert moves.loc["b", ["moves", "low", "high"]].tolist() == pytest.approx([1.5] * 3)
    assert moves.loc["a", "moves"] == pytest.approx(2.0, abs=0.25)  # 4 or 0: its two go together or not
    assert moves.loc["a", "low"] < 2.0 < moves.loc["a", "high"]
    assert moves.loc["c", "moves"] == pytest.approx(0.0, abs=1e-12)


def test_what_groups_do_only_together_is_seen():
    plan = morris(6, 50, 3, GROUPS)
    values = np.sign(plan[:, 2] - 0.5) * np.sign(plan[:, 3] - 0.5)  # no share of variance by itself
    moves = screen_groups(values, plan, GROUPS).set_index("group")["moves"]
    assert moves[["b", "c"]].tolist() == pytest.approx([2.0, 2.0])
    assert moves["a"] == 0


def test_trajectories_over_groups_with_a_missing_value_are_left_out():
    plan = morris(6, 4, 1, GROUPS)
    values = plan[:, 2].copy()
    values[5] = np.nan
    found = screen_groups(values, plan, GROUPS)
    assert found["trajectories"].tolist() == [3, 3, 3]
    assert screen_groups(np.full(16, np.nan), plan, GROUPS)["moves"].isna().all()
    with pytest.raises(StudyError, match="whole trajectories of 4 runs"):
        screen_groups(values[:-1], plan[:-1], GROUPS)
    with pytest.raises(StudyError, match="at least 2 are needed"):
        morris(3, 4, 1, ["a", "a", "a"])
