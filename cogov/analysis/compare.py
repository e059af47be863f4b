"""Paired differences between designs: replicate by replicate, the same world under both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cogov.analysis import findings
from cogov.analysis.arms import Arms, lay_out
from cogov.analysis.bootstrap import best_shares, spreads
from cogov.analysis.findings import direction, judge
from cogov.analysis.intervals import LEAST, Array, means, sizes
from cogov.kit.errors import StudyError

STATISTICS = (
    "pairs",
    "baseline",
    "mean",
    "difference",
    "low",
    "high",
    *findings.COLUMNS,
    "per_cent",
    "effect_size",
    "prob_best",
    "variance_saved",
)


def compare(
    runs: pd.DataFrame,
    outcomes: Sequence[str],
    baseline: str,
    parameters: Sequence[str] = (),
    matters: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Paired differences of every design from the baseline: how large, and how sure.

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
    matters : mapping, optional
        Smallest differences that matter, by outcome; those of the measures for the others.

    Returns
    -------
    DataFrame
        One row per outcome, community, parameter values and other design, with

        - ``pairs``; ``baseline`` and ``mean``: means over these pairs; ``difference``: their difference;
        - ``low``, ``high``: Student's 95 % interval of the mean difference; NaN where the pairs cannot carry
          one, which takes five that differ from the commonest difference (`cogov.analysis.intervals`);
        - ``matters``: the smallest difference that matters, NaN if there is none; ``finding``: what can be
          said (`cogov.analysis.findings.Finding`); ``sign``, ``more``, ``p``, ``p_holm``, ``p_beyond``,
          ``p_within``: see `cogov.analysis.findings.judge`; p-values are adjusted over all rows;
        - ``per_cent``: the difference in per cent of the baseline's size; NaN if that is 0;
        - ``effect_size``: mean over standard deviation (n - 1) of the differences; NaN without spread;
        - ``prob_best``: share of bootstrap resamples of the replicates in which this design's mean is the
          best of all designs, the baseline among them, that agree with it in community and in every
          parameter that applies to both. Over the replicates in which all of them have a value; designs
          without any are left aside. NaN where neither more nor less is better (``MEASURES``), or the
          differences from the best one cannot carry an interval;
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
    cells = arms.cells
    found = paired(base, other, [*outcomes] * len(cells), matters)
    found["prob_best"] = _prob_best(arms, outcomes, parameters).ravel()
    table = cells.loc[cells.index.repeat(len(outcomes))].reset_index(drop=True)
    table.insert(0, "outcome", np.tile(np.array(outcomes, dtype=object), len(cells)))
    for name in STATISTICS:
        table[name] = found[name]
    place = table["outcome"].map({name: position for position, name in enumerate(outcomes)})
    return table.iloc[np.argsort(place.to_numpy(), kind="stable")].reset_index(drop=True)


def paired(
    base: Array, other: Array, outcomes: Sequence[str], matters: Mapping[str, float] | None = None
) -> dict[str, NDArray[Any]]:
    """Statistics of paired differences, column by column; p-values are adjusted over all columns.

    Parameters
    ----------
    base, other : ndarray, shape (replicates, k)
        NaN in both where there is no pair.
    outcomes : sequence of str, length k
        The outcome of each column.
    matters : mapping, optional
        As for `compare`.

    Returns
    -------
    dict of ndarray, shape (k,)
    """
    size = sizes(base, other)
    difference = means(other - base, size)
    first, second = means(base), means(other)
    low, high = difference.interval()
    variances = first.deviation**2 + second.deviation**2
    return {
        "pairs": difference.count,
        "baseline": first.mean,
        "mean": second.mean,
        "difference": difference.mean,
        "low": low,
        "high": high,
        **judge(outcomes, difference, size, matters),
        "per_cent": 100 * _ratio(difference.mean, np.abs(first.mean), first.mean != 0),
        "effect_size": _ratio(difference.mean, difference.deviation, difference.odd > 0),
        "variance_saved": 1 - _ratio(difference.deviation**2, variances, spreads(base) | spreads(other)),
    }


def _ratio(part: Array, whole: Array, exists: NDArray[np.bool_]) -> Array:
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=exists))


def _prob_best(arms: Arms, outcomes: Sequence[str], parameters: Sequence[str]) -> Array:
    """Probability of being best, shape (cells, outcomes)."""
    share = np.full((len(arms.table), len(outcomes)), np.nan)
    better = [direction(name) for name in outcomes]
    for sign in (-1, 1):
        tasks: dict[tuple[int, int], list[tuple[NDArray[np.int64], NDArray[np.int64], int, Array]]] = {}
        for rows, rivals in _rivals(arms.table, parameters):
            for outcome in (position for position, value in enumerate(better) if value == sign):
                values = arms.values[:, rivals, outcome]
                there = np.isfinite(values).any(0)
                values = values[np.isfinite(values[:, there]).all(1)][:, there]
                if values.shape[1] > 1 and _tells(values, sign):
                    tasks.setdefault(values.shape, []).append((rows, rivals[there], outcome, values))
        for same in tasks.values():
            found = best_shares(np.stack([values for *_, values in same], axis=1), sign)
            for (rows, rivals, outcome, _), shares in zip(same, found, strict=True):
                mine = np.isin(rivals, rows)
                share[rivals[mine], outcome] = shares[mine]
    return share[arms.arm]


def _tells(values: Array, better: int) -> bool:
    """Whether replicates can rank designs: differences from the best carry intervals, or never vary."""
    if not len(values):
        return False
    best = (better * values.mean(0)).argmax()
    found = means(values - values[:, [best]], np.abs(values).max(0))
    return bool((found.enough | ((found.odd == 0) & (found.count > LEAST))).all())


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
