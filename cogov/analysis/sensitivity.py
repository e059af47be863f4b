"""Which parameters an outcome depends on: Sobol' indices and Morris screening.

Sampling and analysis are apart: a plan is a table of points in the unit cube, one row a run, and the
analysis takes what the runs came to, in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from cogov.analysis.bootstrap import SEED, bootstrap, spreads
from cogov.analysis.intervals import CONFIDENCE, Array
from cogov.kit.errors import StudyError

INDICES = ("first", "first_low", "first_high", "total", "total_low", "total_high")
EFFECTS = ("mu", "mu_star", "mu_star_low", "mu_star_high", "sigma")
RESAMPLES = 1999
"""For Sobol' indices and Morris' means: samples have thousands of rows."""
LEVELS = 4
"""Levels of Morris' grid, from the lowest to the highest value of every parameter."""
MIDDLE = (1 / 8, 7 / 8)
"""Lowest and highest level where groups move: hundreds of parameters at once are not put to their ends."""
MOVES = ("group", "parameters", "moves", "low", "high", "trajectories")


def saltelli(d: int, n: int, seed: int) -> Array:
    """Points for Sobol' indices: n blocks of d + 2 rows.

    Block j holds a point A, a point B, and d points that are A but for one parameter, which is B's. A and B
    are the halves of a scrambled Sobol' sequence in 2 d dimensions, and blocks come one after the other:
    the plan of a larger n begins with that of a smaller one, so a study can be extended from one power of
    two to the next without running anything twice.

    Parameters
    ----------
    d : int
        Number of parameters, at least 2 (one explains everything).
    n : int
        Number of blocks, a power of two: only then is the sequence balanced. At least 2.
    seed : int
        Of the scrambling.

    Returns
    -------
    ndarray, shape ((d + 2) n, d)
        In [0, 1).

    Raises
    ------
    StudyError
        If d or n is not so.
    """
    _at_least_two(d)
    if n < 2 or n & (n - 1):
        below, above = 2 ** max(n.bit_length() - 1, 1), 2 ** max(n.bit_length(), 1)
        near = " or ".join(str(power) for power in dict.fromkeys((below, above)))
        raise StudyError(f"n = {n}: must be a power of two, at least 2, such as {near}")
    both = stats.qmc.Sobol(2 * d, scramble=True, rng=np.random.default_rng(seed)).random(n)
    plan = np.repeat(both[:, None, :d], d + 2, axis=1)
    plan[:, 1] = both[:, d:]
    for parameter in range(d):
        plan[:, 2 + parameter, parameter] = both[:, d + parameter]
    return plan.reshape(-1, d)


def sobol(values: pd.DataFrame, parameters: Sequence[str]) -> pd.DataFrame:
    """Sobol' indices of first and total order, with 95 % BCa intervals over blocks.

    The first-order index is the share of an outcome's variance that a parameter explains by itself, the
    total index the share that would be left if only that parameter were unknown: its own and all its
    interactions. Estimates of small indices can be below 0.

    Parameters
    ----------
    values : DataFrame
        A column per outcome, a row per row of the `saltelli` plan, in its order: shape ((d + 2) n, outcomes).
        Blocks with a missing value are left out for that outcome, and so many more that a power of two
        remains.
    parameters : sequence of str
        The names of the d parameters.

    Returns
    -------
    DataFrame
        ``outcome, parameter, first, first_low, first_high, total, total_low, total_high, blocks``. NaN for an
        outcome that never varies, or with fewer than two blocks.

    Raises
    ------
    StudyError
        If the number of rows is not that of a plan.
    """
    d = len(parameters)
    _at_least_two(d)
    if len(values) == 0 or len(values) % (d + 2):
        raise StudyError(
            f"{len(values)} values: must be those of a whole plan, a multiple of {d + 2} rows for {d}"
            " parameters"
        )
    tables = []
    for outcome in values.columns:
        blocks = values[outcome].to_numpy(dtype=float, na_value=np.nan).reshape(-1, d + 2).T
        blocks = blocks[:, np.isfinite(blocks).all(0)]
        blocks = blocks[:, : 2 ** (blocks.shape[1].bit_length() - 1) if blocks.shape[1] else 0]
        found = np.full((len(INDICES), d), np.nan)
        if blocks.shape[1] > 1 and spreads(blocks.reshape(-1, 1)).all():
            found = _indices(blocks)
        table = pd.DataFrame({"outcome": outcome, "parameter": list(parameters)})
        tables.append(table.assign(**dict(zip(INDICES, found, strict=True)), blocks=blocks.shape[1]))
    return pd.concat(tables, ignore_index=True)


def _indices(blocks: Array) -> Array:
    """Indices and their bounds, shape (6, d), of values of shape (d + 2, n)."""
    blocks = (blocks - blocks[:2].mean()) / blocks.std()
    a, b, ab = blocks[0], blocks[1], blocks[2:]
    whole = stats.sobol_indices(
        func={"f_A": a[None], "f_B": b[None], "f_AB": ab[:, None]}, n=len(a), method="saltelli_2010"
    )
    # SciPy's own bootstrap of the indices takes no seed. They are functions of these means over blocks:
    moments = np.column_stack([a, b, a**2, b**2, *(b * (ab - a)), *((a - ab) ** 2 / 2)])

    def ratios(means: Array) -> Array:
        variance = means[2:4].mean(0) - means[:2].mean(0) ** 2
        return np.asarray(means[4:] / variance)

    bounds = bootstrap(moments, ratios, resamples=RESAMPLES)[:2]
    low, high = (bound.reshape(2, -1) for bound in bounds)
    return np.array([whole.first_order, low[0], high[0], whole.total_order, low[1], high[1]])


def morris(d: int, trajectories: int, seed: int, groups: Sequence[str] = ()) -> Array:
    """Points for Morris screening: each trajectory moves one parameter after the other by two thirds.

    With groups it moves one group after the other, all of its parameters at once, each up or down as it
    falls, by half of their ranges, between the middles of four equal parts of them.

    Parameters
    ----------
    d : int
        Number of parameters, at least 2.
    trajectories : int
        At least 2.
    seed : int
    groups : sequence of str
        The group of every parameter; without, each is moved by itself.

    Returns
    -------
    ndarray, shape ((d + 1) trajectories, d), of groups ((groups + 1) trajectories, d)
        Levels 0, 1/3, 2/3 and 1, of groups 1/8, 3/8, 5/8 and 7/8; more trajectories begin with the same.

    Raises
    ------
    StudyError
        If there are too few of either, or SALib is not installed.
    """
    _at_least_two(len(set(groups)) if groups else d)
    if trajectories < 2:
        raise StudyError(f"trajectories = {trajectories}: must be at least 2")
    sample = _salib("SALib.sample.morris").sample
    plan = sample(_problem(d, groups), trajectories, num_levels=LEVELS, seed=np.random.default_rng(seed))
    return np.asarray(plan)


def screen(values: pd.DataFrame, plan: Array, parameters: Sequence[str]) -> pd.DataFrame:
    """Morris' measures of elementary effects, by SALib.

    An elementary effect is the change of the outcome when one parameter goes from one end of its range to
    the other, taken from a step of two thirds of it.

    Parameters
    ----------
    values : DataFrame
        A column per outcome, a row per row of the plan: shape ((d + 1) trajectories, outcomes). Trajectories
        with a missing value are left out for that outcome.
    plan : ndarray, shape ((d + 1) trajectories, d)
        As `morris` gave it.
    parameters : sequence of str
        The names of the d parameters.

    Returns
    -------
    DataFrame
        ``outcome, parameter, mu, mu_star, mu_star_low, mu_star_high, sigma, trajectories``, in the outcome's
        unit: mean of the effects; mean of their sizes, with its 95 % interval (normal, from a bootstrap);
        their standard deviation, which is 0 if the outcome is linear in the parameter. NaN with fewer than
        two trajectories.

    Raises
    ------
    StudyError
        If the values are not those of the plan, or SALib is not installed.
    """
    d = len(parameters)
    _at_least_two(d)
    if plan.shape != (len(values), d) or len(values) % (d + 1):
        raise StudyError(
            f"{len(values)} values and a plan of shape {plan.shape}: must be of {d} parameters and whole"
            f" trajectories of {d + 1} runs"
        )
    tables = []
    for outcome in values.columns:
        column = values[outcome].to_numpy(dtype=float, na_value=np.nan).reshape(-1, d + 1)
        there = np.isfinite(column).all(1)
        found: dict[str, Any] = dict.fromkeys(EFFECTS, np.full(d, np.nan))
        if there.sum() > 1:
            effects = _effects(_problem(d), plan.reshape(-1, d + 1, d)[there], column[there])
            found = {name: np.asarray(effects[name], dtype=float) for name in ("mu", "mu_star", "sigma")}
            half = np.asarray(effects["mu_star_conf"], dtype=float)
            found |= {"mu_star_low": found["mu_star"] - half, "mu_star_high": found["mu_star"] + half}
        table = pd.DataFrame({"outcome": outcome, "parameter": list(parameters)})
        table = table.assign(**{name: found[name] for name in EFFECTS})
        tables.append(table.assign(trajectories=int(there.sum())))
    return pd.concat(tables, ignore_index=True)


def screen_groups(values: Array, plan: Array, groups: Sequence[str]) -> pd.DataFrame:
    """How far an outcome moves if all parameters of a group move at once by half of their ranges.

    Parameters
    ----------
    values : ndarray, shape ((groups + 1) trajectories,)
        Trajectories with a missing value are left out.
    plan : ndarray, shape ((groups + 1) trajectories, d)
        As `morris` gave it.
    groups : sequence of str
        The group of each of the d parameters.

    Returns
    -------
    DataFrame
        One row per group, the farthest first: ``group``, ``parameters`` (how many), ``moves`` (mean size of
        the move, in the outcome's unit; of what changes nothing 0) with ``low`` and ``high`` (95 %, normal,
        from a bootstrap over trajectories), ``trajectories``. NaN with fewer than two trajectories.

    Raises
    ------
    StudyError
        If the values are not those of the plan, or SALib is not installed.
    """
    names = sorted(set(groups))
    d, steps = len(groups), len(names) + 1
    _at_least_two(len(names))
    if plan.shape != (len(values), d) or len(values) % steps:
        raise StudyError(
            f"{len(values)} values and a plan of shape {plan.shape}: must be of {d} parameters and whole"
            f" trajectories of {steps} runs"
        )
    column = np.asarray(values, dtype=float).reshape(-1, steps)
    there = np.isfinite(column).all(1)
    table = pd.DataFrame({"group": names, "parameters": [list(groups).count(name) for name in names]})
    found = np.full((2, len(names)), np.nan)
    if there.sum() > 1:
        effects = _effects(_problem(d, groups), plan.reshape(-1, steps, d)[there], column[there])
        by_name = pd.DataFrame(
            {"moves": effects["mu_star"], "half": effects["mu_star_conf"]}, index=list(effects["names"])
        ).astype(float)
        step = (LEVELS // 2) / (LEVELS - 1)  # of the grid, by which SALib divides
        found = step * by_name.loc[names].to_numpy().T
    moves, half = found
    table = table.assign(
        moves=moves, low=np.maximum(moves - half, 0.0), high=moves + half, trajectories=int(there.sum())
    )
    return table.sort_values("moves", ascending=False, kind="stable", ignore_index=True)[list(MOVES)]


def _effects(problem: dict[str, Any], plan: Array, values: Array) -> Any:
    """SALib's measures; of a plan of shape (trajectories, steps, d)."""
    analyze = _salib("SALib.analyze.morris").analyze
    return analyze(
        problem,
        plan.reshape(-1, plan.shape[2]),
        values.ravel(),
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        num_levels=LEVELS,
        seed=np.random.default_rng(SEED),
    )


def _at_least_two(d: int) -> None:
    if d < 2:
        raise StudyError(f"sensitivity to {d} parameters: at least 2 are needed to tell them apart")


def _problem(d: int, groups: Sequence[str] = ()) -> dict[str, Any]:
    problem = {"num_vars": d, "names": [f"x{number}" for number in range(d)]}
    if groups:
        return {**problem, "bounds": [list(MIDDLE)] * d, "groups": list(groups)}
    return {**problem, "bounds": [[0.0, 1.0]] * d}


def _salib(module: str) -> ModuleType:
    """A module of SALib, which only Morris screening needs."""
    import importlib

    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        raise StudyError("Morris screening needs SALib: pip install 'cogov[sensitivity]'") from None


def may_move(screened: pd.DataFrame, matters: float) -> tuple[list[str], float]:
    """Groups that may move a difference by what matters, and how much that is.

    Parameters
    ----------
    screened : DataFrame
        As `screen_groups` gives it, with ``luck``: how far another seed moves the difference.
    matters : float
        NaN where no size matters: then it is as far as another seed moves it.
    """
    size = matters if np.isfinite(matters) else float(screened["luck"].iloc[0])
    return screened.loc[screened["high"] >= size, "group"].tolist(), size
