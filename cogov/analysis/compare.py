"""Paired differences between designs: replicate by replicate, the same world under both."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cogov.analysis.arms import Arms, lay_out
from cogov.analysis.bootstrap import DIGITS, Array, alike, best_shares, intervals, spreads
from cogov.errors import StudyError
from cogov.outcomes import MEASURES

STATISTICS = (
    "pairs",
    "baseline",
    "mean",
    "difference",
    "low",
    "high",
    "per_cent",
    "effect_size",
    "p",
    "p_holm",
    "prob_best",
    "variance_saved",
)


def compare(
    runs: pd.DataFrame, outcomes: Sequence[str], baseline: str, parameters: Sequence[str] = ()
) -> pd.DataFrame:
    """Paired differences of every design from the baseline, and how sure they are.

    A pair is a replicate in which both the design and the baseline have a value: the same seed, so the same
    people, the same problems and the same bad luck. The bootstrap has a fixed seed.

    Parameters
    ----------
    runs : DataFrame
        One row a run: ``design``, ``replicate``, the parameters, and a column per outcome, each in its own
        unit. Failed runs (``status``) have no values, and communities (``community``) are kept apart, if
        there are such columns. The order of designs is that in which they appear.
    outcomes : sequence of str
        The outcomes to compare.
    baseline : str
        Name of the design to compare with.
    parameters : sequence of str
        Columns of parameters that were varied; null where one does not apply to a design. The baseline's
        partner of an arm has equal values in those that apply to the baseline.

    Returns
    -------
    DataFrame
        One row per outcome, community, parameter values and other design, with

        - ``pairs``; ``baseline`` and ``mean``: means over these pairs; ``difference``: their difference;
        - ``low``, ``high``: 95 % BCa interval of the mean difference (`scipy.stats.bootstrap`, 9999
          resamples, at a level that makes up for few pairs: `cogov.analysis.bootstrap.expanded`). NaN with
          fewer than two pairs; no width if all differences are the same;
        - ``per_cent``: the difference in per cent of the baseline's size; NaN if that is 0;
        - ``effect_size``: mean over standard deviation (n - 1) of the differences; NaN without spread;
        - ``p``: two-sided paired t-test (`scipy.stats.ttest_1samp` on the differences), a test of the very
          mean difference that is shown; without spread 1 if the difference is 0, else 0;
        - ``p_holm``: adjusted by Holm's method over all rows of the table that have one;
        - ``prob_best``: share of bootstrap resamples of the replicates in which this design's mean is the
          best of all designs, the baseline among them, that agree with it in community and in every
          parameter that applies to both. Over the replicates in which all of them have a value; designs
          without any are left aside. NaN where neither more nor less is better (``MEASURES``);
        - ``variance_saved``: 1 - var(difference) / (var(baseline) + var(mean)): how much of the variance of
          a difference of unpaired runs the common seeds took away; below 0 if pairing did harm.

    Raises
    ------
    StudyError
        If the runs have no such outcome, design or parameter, an arm has a replicate twice, or a parameter
        is called like a statistic.
    """
    if clash := sorted(set(STATISTICS) & set(parameters)):
        raise StudyError(f"parameter {clash[0]!r} is called like a column of the comparison; rename it")
    arms = lay_out(runs, outcomes, baseline, parameters)
    base, other = (part.reshape(len(part), -1) for part in arms.pairs())
    p = _p_values(base, other)
    found = paired(base, other) | {"p": p, "p_holm": _holm(p)}
    found["prob_best"] = _prob_best(arms, outcomes, parameters).ravel()
    cells = arms.cells
    table = cells.loc[cells.index.repeat(len(outcomes))].reset_index(drop=True)
    table.insert(0, "outcome", np.tile(np.array(outcomes, dtype=object), len(cells)))
    for name in STATISTICS:
        table[name] = found[name]
    place = table["outcome"].map({name: position for position, name in enumerate(outcomes)})
    return table.iloc[np.argsort(place.to_numpy(), kind="stable")].reset_index(drop=True)


def paired(base: Array, other: Array) -> dict[str, NDArray[np.number]]:
    """Statistics of paired differences, column by column.

    Parameters
    ----------
    base, other : ndarray, shape (replicates, k)
        NaN in both where there is no pair.

    Returns
    -------
    dict of ndarray, shape (k,)
    """
    difference = other - base
    size = sizes(base, other)
    low, high = intervals(difference, size)
    spread = spreads(difference, size)
    means, spans = np.full((3, len(size)), np.nan), np.full((3, len(size)), np.nan)
    for row, values in enumerate((base, other, difference)):
        for columns, part in alike(values):
            means[row, columns] = part.mean(0)
            if len(part) > 1:
                spans[row, columns] = part.var(0, ddof=1)
    whole = spans[0] + spans[1]
    return {
        "pairs": np.isfinite(difference).sum(0),
        "baseline": means[0],
        "mean": means[1],
        "difference": means[2],
        "low": low,
        "high": high,
        "per_cent": 100 * _ratio(means[2], np.abs(means[0]), means[0] != 0),
        "effect_size": _ratio(means[2], np.sqrt(spans[2]), spread),
        "variance_saved": 1 - _ratio(spans[2], whole, spreads(base) | spreads(other)),
    }


def sizes(base: Array, other: Array) -> Array:
    """The largest absolute value of a column in either; 0 where there is none."""
    both = np.concatenate([base, other])
    return np.asarray(np.where(np.isfinite(both), np.abs(both), 0.0).max(0, initial=0.0))


def _ratio(part: Array, whole: Array, exists: NDArray[np.bool_]) -> Array:
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=exists))


def _p_values(base: Array, other: Array) -> Array:
    """Two-sided p-values of paired t-tests; NaN with fewer than two pairs."""
    p = np.full(base.shape[1], np.nan)
    size = sizes(base, other)
    spread = spreads(other - base, size)
    for columns, difference in alike(other - base):
        if len(difference) > 1:
            loose = spread[columns]
            p[columns] = np.abs(difference).max(0) <= 10.0**-DIGITS * size[columns]
            p[columns[loose]] = stats.ttest_1samp(difference[:, loose], 0.0, axis=0).pvalue
    return p


def _holm(p: Array) -> Array:
    """Holm's adjustment over all p-values there are."""
    from statsmodels.stats.multitest import multipletests  # takes a second to import

    adjusted, there = p.copy(), np.isfinite(p)
    if there.any():
        adjusted[there] = multipletests(p[there], method="holm")[1]
    return adjusted


def _prob_best(arms: Arms, outcomes: Sequence[str], parameters: Sequence[str]) -> Array:
    """Probability of being best, shape (cells, outcomes)."""
    share = np.full((len(arms.table), len(outcomes)), np.nan)
    better = [MEASURES[name].better if name in MEASURES else 0 for name in outcomes]
    for sign in (-1, 1):
        tasks: dict[tuple[int, int], list[tuple[NDArray[np.int64], NDArray[np.int64], int, Array]]] = {}
        for rows, rivals in _rivals(arms.table, parameters):
            for outcome in (position for position, value in enumerate(better) if value == sign):
                values = arms.values[:, rivals, outcome]
                there = np.isfinite(values).any(0)
                values = values[np.isfinite(values[:, there]).all(1)][:, there]
                if values.shape[0] > 1 and values.shape[1] > 1:
                    tasks.setdefault(values.shape, []).append((rows, rivals[there], outcome, values))
        for same in tasks.values():
            found = best_shares(np.stack([values for *_, values in same], axis=1), sign)
            for (rows, rivals, outcome, _), shares in zip(same, found, strict=True):
                mine = np.isin(rivals, rows)
                share[rivals[mine], outcome] = shares[mine]
    return share[arms.arm]


def _rivals(
    table: pd.DataFrame, parameters: Sequence[str]
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Arms at one point, and all arms that agree with them in every parameter that applies to both."""
    codes = np.column_stack(
        [np.zeros(len(table), dtype=np.int64)]
        + [
            pd.factorize(table[name])[0]
            for name in (*(["community"] if "community" in table else []), *parameters)
        ]
    )
    points, point = np.unique(codes, axis=0, return_inverse=True)
    found = []
    for position, values in enumerate(points):
        agree = ((codes == values) | (codes < 0) | (values < 0)).all(1)
        found.append((np.flatnonzero(point == position), np.flatnonzero(agree)))
    return found
