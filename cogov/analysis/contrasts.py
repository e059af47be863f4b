"""Levels of a parameter against each other, paired: does it matter how many blocks there are?"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from cogov.analysis import findings
from cogov.analysis.arms import Arms, lay_out
from cogov.analysis.findings import BY_SIZE, LEVEL, Finding, holm, judge, margins
from cogov.analysis.intervals import LEAST, Array, Means, means, sizes
from cogov.kit.errors import StudyError, unknown

MOST_LEVELS = 20
"""Levels beyond which pairs of them are no longer questions."""
PAIRS = ("outcome", "community", "design", "level", "reference", "pairs", "difference", "low", "high")
WHOLE = ("outcome", "community", "design", "levels", "pairs", "lowest", "highest", "range")
TESTS = ("matters", "p", "p_holm", "finding")


@dataclass(frozen=True, eq=False)
class Contrast:
    """How the levels of one parameter differ from each other.

    Attributes
    ----------
    levels : DataFrame
        ``outcome, community, design, level, pairs, mean``: means over replicates and other settings.
    pairs : DataFrame
        One row per outcome, community, design and pair of levels: ``level``, ``reference``, ``pairs``,
        ``difference`` (level less reference), ``low``, ``high``, and the columns of
        `cogov.analysis.findings.judge`, adjusted over the table.
    whole : DataFrame
        One row per outcome, community and design: ``levels`` (their number), ``pairs``, ``lowest`` and
        ``highest`` (the levels with these means), ``range`` (between their means), ``matters``, ``p`` (of
        "all levels have the same mean"), ``p_holm``, and ``finding``: ``differs`` (two levels do by a size
        that matters), ``small`` (no two do), ``same``, ``few``, ``single``, ``none``, or ``open``.
    """

    levels: pd.DataFrame
    pairs: pd.DataFrame
    whole: pd.DataFrame


def contrast(
    runs: pd.DataFrame,
    outcomes: Sequence[str],
    parameter: str,
    parameters: Sequence[str],
    *,
    reference: Any = None,
    matters: Mapping[str, float] | None = None,
) -> Contrast:
    """Compare the levels of a parameter with each other, under each design that has it.

    Paired by replicate and by the other parameters: a difference is taken where both levels have a value,
    then averaged over the other settings within each replicate, so that intervals cover the seeds
    (`cogov.analysis.pooled` says why).

    The answer for all levels together (``whole.p``) is the F-test of repeated measures with the correction of
    Greenhouse and Geisser (1959), as pairs of levels that are near each other share more than distant ones;
    Friedman's test asks about ranks and not about the means that are shown. Whether the levels differ *by a
    size that matters* follows from the pairs: one that does is enough, and none does if all are too small.

    Parameters
    ----------
    runs, outcomes, parameters, matters
        As for `cogov.analysis.compare`.
    parameter : str
        One of ``parameters``.
    reference : optional
        A level that all others are compared with; every pair of levels without one.

    Raises
    ------
    StudyError
        If there is no such parameter or level, the parameter has fewer than two levels or more than 20, or
        for what `cogov.analysis.compare` refuses.
    """
    if parameter not in parameters:
        raise StudyError(unknown("parameter", parameter, parameters, "contrast"))
    arms = lay_out(runs, outcomes, None, parameters)
    levels = sorted(arms.table[parameter].dropna().unique())
    if not 2 <= len(levels) <= MOST_LEVELS:
        raise StudyError(
            f"contrast: {parameter} has {len(levels)} levels; it must have 2 to {MOST_LEVELS}; drawn values"
            " are for pooled or sensitivity"
        )
    if reference is not None and reference not in levels:
        raise StudyError(unknown("level", str(reference), [str(level) for level in levels], parameter))
    others = [name for name in parameters if name != parameter]
    shown: list[dict[str, Any]] = []
    pairs: list[dict[str, Any]] = []
    whole, columns, parts = [], [], []
    for about, cube, mine in _cubes(arms, outcomes, parameter, others):
        for level, mean in zip(mine, means(_averaged(cube)).mean, strict=True):
            shown.append({**about, "level": level, "mean": mean})
        first = len(pairs)
        for a, b in _asked(mine, reference):
            difference = _averaged((cube[:, :, b] - cube[:, :, a])[:, :, None])
            size = sizes(cube.reshape(-1, cube.shape[2])).max(keepdims=True)
            parts.append((means(difference, size), size))
            pairs.append({**about, "level": mine[b], "reference": mine[a]})
            columns.append(about["outcome"])
        whole.append((about, mine, cube, range(first, len(pairs))))
    if not pairs:
        raise StudyError(f"contrast: no design has runs at two levels of {parameter}")
    together = Means.joined([part for part, _ in parts])
    judged = judge(columns, together, np.concatenate([size for _, size in parts]), matters)
    low, high = together.interval()
    table = pd.DataFrame(pairs).assign(
        pairs=together.count, difference=together.mean, low=low, high=high, **judged
    )
    keys = [name for name in PAIRS if name in table]
    return Contrast(
        pd.DataFrame(shown), table[[*keys, *findings.COLUMNS]], _whole(whole, judged["finding"], matters)
    )


def _cubes(
    arms: Arms, outcomes: Sequence[str], parameter: str, others: Sequence[str]
) -> Iterator[tuple[dict[str, Any], Array, list[Any]]]:
    """By outcome, community and design: values, shape (replicates, other settings, levels), and levels."""
    table = arms.table[arms.table[parameter].notna()]
    keys = [*(["community"] if "community" in table else []), "design"]
    for position, outcome in enumerate(outcomes):
        for _, part in table.groupby(keys, sort=False):
            mine = sorted(part[parameter].unique())
            level = pd.Index(mine).get_indexer(part[parameter])
            setting = (
                part.groupby(list(others), dropna=False, sort=False).ngroup().to_numpy()
                if others
                else np.zeros(len(part), dtype=np.int64)
            )
            cube = np.full((len(arms.values), setting.max() + 1, len(mine)), np.nan)
            cube[:, setting, level] = arms.values[:, part.index, position]
            if len(mine) > 1:
                yield {"outcome": outcome, **{key: part[key].iloc[0] for key in keys}}, cube, mine


def _averaged(cube: Array) -> Array:
    """Means over other settings, those in which a level has any value, in replicates that have them all."""
    found = np.full((cube.shape[0], cube.shape[2]), np.nan)
    for level in range(cube.shape[2]):
        values = cube[:, np.isfinite(cube[:, :, level]).any(0), level]
        if values.shape[1]:
            found[:, level] = values.mean(1)
    return found


def _asked(levels: list[Any], reference: Any) -> list[tuple[int, int]]:
    """Positions of (reference, level) for every pair that is compared."""
    if reference is None:
        return list(itertools.combinations(range(len(levels)), 2))
    if reference not in levels:
        return []
    place = levels.index(reference)
    return [(place, other) for other in range(len(levels)) if other != place]


def _whole(
    blocks: list[tuple[dict[str, Any], list[Any], Array, range]],
    pairs: Array,
    matters: Mapping[str, float] | None,
) -> pd.DataFrame:
    rows = []
    for about, levels, cube, mine in blocks:
        shared = np.isfinite(cube).all(2)
        settings = shared.any(0)
        averages = cube[shared[:, settings].all(1) & settings.any()][:, settings].mean(1)
        mean = averages.mean(0) if len(averages) else np.full(len(levels), np.nan)
        there = len(averages) > 0
        rows.append(
            {
                **about,
                "levels": len(levels),
                "pairs": len(averages),
                "lowest": levels[int(mean.argmin())] if there else np.nan,
                "highest": levels[int(mean.argmax())] if there else np.nan,
                "range": np.ptp(mean),
                "matters": margins([about["outcome"]], matters)[0],
                "p": omnibus(averages),
                "found": [pairs[position] for position in mine],
            }
        )
    table = pd.DataFrame(rows)
    table["p_holm"] = holm(table["p"].to_numpy())
    table["finding"] = pd.Series(
        [_answer(row["found"], row["matters"], row["p_holm"]) for row in table.to_dict("records")],
        dtype=object,
    )
    return table[[name for name in (*WHOLE, *TESTS) if name in table]]


def _answer(found: list[Finding], matters: float, p_holm: float) -> Finding:
    """What the findings of pairs of levels say of all together."""
    if any(kind in BY_SIZE for kind in found) or (np.isnan(matters) and p_holm < LEVEL):
        return Finding.DIFFERS
    for kind in (Finding.NONE, Finding.SINGLE, Finding.OPEN, Finding.FEW, Finding.SMALL):
        if kind in found:
            return kind
    return Finding.SAME


def omnibus(values: Array) -> float:
    """P-value of "all columns have the same mean", for repeated measures.

    The F-test with its degrees of freedom reduced by Greenhouse and Geisser's epsilon, as the differences
    between columns need not vary alike.

    Parameters
    ----------
    values : ndarray, shape (n, levels)
        A row a replicate, without NaN.

    Returns
    -------
    float
        NaN with five replicates or fewer, or where differences between columns do not vary.
    """
    n, k = values.shape
    if n <= LEAST:
        return np.nan
    effects = values - values.mean(1, keepdims=True)
    rest = effects - effects.mean(0)
    error = (rest**2).sum()
    if error <= (1e-12 * np.abs(values).max()) ** 2 * values.size:
        return np.nan
    spread = rest.T @ rest / (n - 1)
    epsilon = np.trace(spread) ** 2 / ((k - 1) * (spread**2).sum())
    ratio = n * (effects.mean(0) ** 2).sum() * (n - 1) / error
    return float(stats.f.sf(ratio, (k - 1) * epsilon, (k - 1) * (n - 1) * epsilon))
