"""What decides (何者定胜负): which assumptions a difference between designs turns on, and which to find out.

There are hundreds of assumptions and a few hundred draws: no regression on all of them exists. But the
draws are made, not found: assumptions are independent of each other, and how they are spread is known. The
variance that functions of some of them explain is then known without bias from the sizes of their
correlations with the difference, however many they are (Dicker 2014, Biometrika 101(2)). Groups of
assumptions are tested first, then assumptions; p-values are from permutations, adjusted for the number of
tests by the largest statistic (Westfall and Young 1993).

Differences are permuted as the draws were made: within blocks (`cogov.study.draws`). Across all of them is
too liberal where some other assumption decides: its even spread over every block makes the differences
spread evenly, too, which chance across blocks would not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.polynomial.legendre import legvander
from numpy.typing import NDArray
from scipy import stats

from cogov.analysis.bootstrap import SEED
from cogov.analysis.intervals import CONFIDENCE, Array

DEGREE = 3
"""Of the polynomials in one assumption: bent and turning effects are seen, rapid ups and downs are not."""
PERMUTATIONS = 1999
FEWER = 199
"""Permutations of what takes a fit to every assumption."""
LEVEL = 0.05
POWER = 0.8
LEAST = 32
"""Draws that it takes to say anything."""
SHARES = ("of", "group", "share", "low", "high", "p", "seen", "correlation", "first", "second", "turns")
INFORMATION = ("parameter", "wrong", "wrong_after", "gain", "p")


def group_of(path: str) -> str:
    """The group of an assumption: a process, the community, or a mechanism.

    >>> group_of("processes.arise.repair.rate"), group_of("community.trust")
    ('processes.arise', 'community')
    """
    parts = path.split(".")
    return ".".join(parts[: {"processes": 2, "design": 3}.get(parts[0], 1)])


def groups_of(paths: Sequence[str]) -> list[str]:
    """The group of every assumption; of one group alone, each is its own.

    >>> groups_of(["processes.arise.culture", "processes.arise.lags"])
    ['processes.arise.culture', 'processes.arise.lags']
    """
    found = [group_of(path) for path in paths]
    return found if len(set(found)) > 1 else list(paths)


def what_decides(
    drawn: pd.DataFrame, differences: Array, applies: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Which share of the variance of a difference between draws each group and each assumption explains.

    Of an assumption: by any smooth function of it (a polynomial of third degree); of a group: by the sum of
    such functions of its own assumptions. What they explain only together with others is in neither.

    Parameters
    ----------
    drawn : DataFrame, shape (draws, assumptions)
        Values of the assumptions, the index being the numbers of the draws; a column that does not vary is
        left out.
    differences : ndarray, shape (draws,)
        Of two designs, at these draws; NaN where a run failed.
    applies : mapping, optional
        Groups by path, in place of `group_of`.

    Returns
    -------
    DataFrame
        One row per group and then per assumption, each by falling share: ``of`` (the group, or the path),
        ``group`` (empty for a group), ``share`` (unbiased, so it may be below 0) with ``low`` and ``high``
        (95 %, normal), ``p`` (adjusted over all groups, or all assumptions), ``seen`` (the smallest share
        that so many draws would find with a chance of 80 %); of an assumption ``correlation`` (Spearman's),
        ``first`` and ``second`` (mean difference in the lowest and the highest third of its draws) and
        whether it ``turns`` the ranking: these have opposite signs, and p is below 0.05. Without rows with
        fewer than 32 draws, or if the difference never varies.
    """
    columns, values, each, blocks = _usable(drawn, differences)
    if len(each) < LEAST or not each.std() or not columns:
        return pd.DataFrame(columns=list(SHARES))
    groups = {path: (applies or {}).get(path, group_of(path)) for path in columns}
    names = sorted(set(groups.values()))
    basis = _basis(values)
    n = len(each)
    standard = (each - each.mean()) / each.std()
    shuffled = _shuffled(standard, blocks, PERMUTATIONS)
    found = (basis.T @ standard) ** 2
    null = (basis.T @ shuffled) ** 2  # (assumptions x degree, permutations)
    rows = []
    one = np.repeat(np.arange(len(columns)), DEGREE)
    where = np.array([names.index(groups[path]) for path in columns])
    for which, labels in ((where[one], names), (one, columns)):
        size = np.bincount(which)
        sums = np.bincount(which, found)
        chance = np.zeros((len(labels), shuffled.shape[1]))
        np.add.at(chance, which, null)
        middle, spread = chance.mean(1), chance.std(1)
        largest = ((chance - middle[:, None]) / spread[:, None]).max(0)
        score = (sums - middle) / spread
        p = (1 + (largest[None] >= score[:, None]).sum(1)) / (1 + len(largest))
        share = (sums - middle) / n**2
        error = _error(share, size, n)
        bar = np.quantile(largest, 1 - LEVEL) * spread / n**2
        seen = bar + stats.norm.ppf(POWER) * _error(bar, size, n)
        half = stats.norm.isf((1 - CONFIDENCE) / 2) * error
        single = labels is columns
        part = pd.DataFrame(
            {
                "of": labels,
                "group": [groups[path] for path in columns] if single else "",
                "share": share,
                "low": np.maximum(share - half, 0.0),
                "high": np.clip(share + half, 0.0, 1.0),
                "p": p,
                "seen": np.minimum(seen, 1.0),
            }
        )
        if single:
            part = part.assign(**_thirds(values, each))
            part["turns"] = (part["first"] * part["second"] < 0) & (part["p"] < LEVEL)
        rows.append(part.sort_values("share", ascending=False, kind="stable"))
    return pd.concat(rows, ignore_index=True).reindex(columns=list(SHARES))


def worth_knowing(drawn: pd.DataFrame, differences: Array, better: int = 1) -> pd.DataFrame:
    """How much knowing one assumption would reduce the chance of choosing the wrong one of two designs.

    Now the design is chosen that is better on average over the draws; it is the wrong one in a share of them.
    Who knows an assumption chooses by what a polynomial in it says of the difference, fitted to all other
    draws (each draw is left out in turn), so that what is noise is not sold as information.

    Parameters
    ----------
    drawn, differences
        As for `what_decides`.
    better : int
        1 if more of the outcome is better, -1 if less is.

    Returns
    -------
    DataFrame
        One row per assumption, by falling gain: ``parameter``, ``wrong`` (chance of the wrong choice now),
        ``wrong_after``, ``gain`` (their difference; may be below 0) and ``p`` of no gain, from permutations,
        adjusted over all assumptions. Without rows as `what_decides`.
    """
    columns, values, each, blocks = _usable(drawn, better * np.asarray(differences, dtype=float))
    if len(each) < LEAST or not each.std() or not columns:
        return pd.DataFrame(columns=list(INFORMATION))
    basis = _basis(values).reshape(len(each), len(columns), DEGREE)
    frames = np.concatenate([np.ones((len(each), len(columns), 1)), basis], axis=2).transpose(1, 0, 2)
    q = np.linalg.qr(frames)[0]  # (assumptions, draws, degree + 1)
    lever = (q**2).sum(2)
    wrong = _wrong(each, np.full(len(each), each.mean()))
    gain = wrong - _chosen(q, lever, each)
    shuffled = _shuffled(each, blocks, FEWER)
    most = np.array([(wrong - _chosen(q, lever, column)).max() for column in shuffled.T])
    p = (1 + (most[None] >= gain[:, None] - 1e-12).sum(1)) / (1 + len(most))
    table = pd.DataFrame(
        {"parameter": columns, "wrong": wrong, "wrong_after": wrong - gain, "gain": gain, "p": p}
    )
    return table.sort_values("gain", ascending=False, kind="stable", ignore_index=True)


def _usable(drawn: pd.DataFrame, differences: Array) -> tuple[list[str], Array, Array, NDArray[np.int64]]:
    """Assumptions that vary, as ranks in (-1, 1), the differences, where there is one, and their blocks.

    Block k has the draws from 2^(k - 1) to below 2^k; the first has draw 0.
    """
    each = np.asarray(differences, dtype=float)
    there = np.isfinite(each)
    table = drawn[there].astype(float)
    blocks = np.frexp(table.index.to_numpy(dtype=float))[1].astype(np.int64)
    columns = [str(name) for name in table if table[name].notna().all() and table[name].nunique() > 1]
    if not columns:
        return [], np.empty((len(table), 0)), each[there], blocks
    ranks = stats.rankdata(table[columns].to_numpy(), axis=0)
    return columns, 2 * (ranks - 0.5) / len(table) - 1, each[there], blocks


def _basis(values: Array) -> Array:
    """Polynomials of every assumption, of mean 0 and variance 1; shape (draws, assumptions x degree)."""
    found = legvander(values, DEGREE)[..., 1:]
    found = found - found.mean(0)
    spread = found.std(0)
    found = np.divide(found, spread, out=np.zeros_like(found), where=spread > 1e-9)
    return np.asarray(found.reshape(len(values), -1))


def _shuffled(values: Array, blocks: NDArray[np.int64], times: int) -> Array:
    """Permutations of values within blocks, shape (values, times)."""
    rng = np.random.default_rng(SEED)
    found = np.tile(values, (times, 1))
    for block in np.unique(blocks):
        found[:, blocks == block] = rng.permuted(found[:, blocks == block], axis=1)
    return found.T


def _error(share: Array, size: NDArray[np.int64], n: int) -> Array:
    """Standard error of the explained share, Dicker's theorem 1 with a variance of 1 in all."""
    share = np.clip(share, 0.0, 1.0)
    variance = 2 * ((1 + size / n) - (1 - share) ** 2 + 3 * share**2) / n
    return np.asarray(np.sqrt(variance))


def _thirds(values: Array, each: Array) -> dict[str, Array]:
    low, high = values < -1 / 3, values > 1 / 3
    means = [np.array([each[side].mean() for side in part.T]) for part in (low, high)]
    ranks = stats.rankdata(each)
    correlation = np.array([np.corrcoef(column, ranks)[0, 1] for column in values.T])
    return {"correlation": correlation, "first": means[0], "second": means[1]}


def _wrong(each: Array, expected: Array) -> float:
    """Share of draws in which who goes by what is expected chooses the worse design; ties are half wrong."""
    return float(np.where(each * expected == 0, 0.5, each * expected < 0).mean())


def _chosen(q: Array, lever: Array, each: Array) -> Array:
    """The same for every assumption, by a fit to the other draws."""
    fit = np.einsum("jnk,jk->jn", q, np.einsum("jnk,n->jk", q, each))
    expected = (fit - lever * each) / (1 - lever)
    agree = expected * each
    return np.asarray(np.where(agree == 0, 0.5, agree < 0).mean(1))


def difference_at_draws(
    runs: pd.DataFrame, outcome: str, baseline: str, design: str, parameters: Sequence[str]
) -> tuple[pd.DataFrame, Array]:
    """Values of the assumptions at the draws that both designs have, and the differences.

    An assumption that one of the designs does not have is taken from the other.
    """
    done = runs[runs["status"] == "done"] if "status" in runs else runs
    sides = [done[done["design"] == name].set_index("replicate") for name in (baseline, design)]
    both = sides[0].index.intersection(sides[1].index).sort_values()
    first, second = (side.loc[both] for side in sides)
    values = second[list(parameters)].combine_first(first[list(parameters)])[list(parameters)]
    return values, (second[outcome] - first[outcome]).to_numpy(dtype=float)
