"""Many settings as one question: the mean difference over settings and seeds, and where it turns."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cogov.analysis import findings
from cogov.analysis.arms import Arms, lay_out
from cogov.analysis.findings import judge, margins
from cogov.analysis.intervals import Array, Means, crossed, means, sizes
from cogov.kit.errors import StudyError

ABOUT = ("settings", "pairs", "covers", "baseline", "mean", "difference", "low", "high")
HOLDS = ("lowest", "highest", "above", "below", "more_than_matters", "less_than_matters")


@dataclass(frozen=True, eq=False)
class Pooled:
    """What many settings say together.

    A *setting* is a combination of parameter values (in a community, if they are pooled).

    Attributes
    ----------
    effects : DataFrame
        One row per outcome, community (if kept apart) and design: ``settings``, ``pairs`` (replicates that
        all settings have), ``covers`` (what the interval is over: ``"seeds"``, ``"seeds and settings"``,
        ``"settings"``), ``baseline``, ``mean``, ``difference``, ``low``, ``high``; the columns of
        `cogov.analysis.findings.judge` (``more`` only where more replicates would do); ``lowest``,
        ``highest`` (difference in a setting); and in how many settings the difference is ``above`` 0,
        ``below`` 0, ``more_than_matters`` and ``less_than_matters`` (at least as far above or below 0 as
        matters; NaN where no size does).
    levels : DataFrame
        One row per outcome, community, design, ``parameter`` and ``level``: the same over the settings with
        that level, of parameters with few levels. P-values are adjusted over the table.
    turns : DataFrame
        One row per outcome, community, design and ``parameter``: ``correlation`` (Spearman's, of the
        difference with a number; NaN for words), the ``split`` into two that explains most of the variance of
        the differences between settings (a number: below or above; a word: that or the others), its
        ``explained`` share, the mean differences of both sides (``first``: below the number, or of the word;
        ``second``), and whether the sign ``turns`` between them.
    """

    effects: pd.DataFrame
    levels: pd.DataFrame
    turns: pd.DataFrame


MOST_LEVELS = 20
"""Levels of a parameter up to which each is shown."""


def pooled(
    runs: pd.DataFrame,
    outcomes: Sequence[str],
    baseline: str,
    parameters: Sequence[str],
    *,
    sampled: bool = False,
    together: bool = False,
    matters: Mapping[str, float] | None = None,
) -> Pooled:
    """Pool the paired differences of each design from the baseline over all settings.

    Differences in different settings share replicates, so they are no independent values: they are averaged
    over settings within each replicate first. Where the settings are those that one wanted to know about
    (``sampled=False``: a grid, a list), the interval is of the mean over just these settings, and covers the
    seeds. Where they were drawn from ranges (``sampled=True``), it is of the mean over the ranges, and covers
    both (`cogov.analysis.intervals.crossed`); with one replicate only the settings.

    Parameters
    ----------
    runs, outcomes, baseline, parameters, matters
        As for `cogov.analysis.compare`.
    sampled : bool
        Whether settings were drawn.
    together : bool
        Whether communities are settings too; otherwise they are kept apart.

    Raises
    ------
    StudyError
        If nothing varies, or for what `cogov.analysis.compare` refuses.
    """
    arms = lay_out(runs, outcomes, baseline, parameters)
    varied = [*(["community"] if together and "community" in arms.table else []), *parameters]
    if not varied:
        raise StudyError("pooled: no parameter varies, there is one setting; compare the designs")
    keys = ["design"] if together or "community" not in arms.table else ["community", "design"]
    blocks = _blocks(arms, keys, outcomes)
    about, statistics = _effects(blocks, sampled, matters)
    effects = pd.concat([about, statistics], axis=1)
    parts, labels, rows = [], [], []
    for block in blocks:
        for parameter in varied:
            values = block.settings[parameter]
            if values.isna().all() or values.nunique() < 2:
                continue
            rows.append({**block.about, "parameter": parameter, **_turn(values, block.by_setting)})
            for level in sorted(values.dropna().unique()) if values.nunique() <= MOST_LEVELS else ():
                parts.append(block.part((values == level).to_numpy()))
                labels.append({"parameter": parameter, "level": level})
    about, statistics = _effects(parts, sampled, matters)
    levels = pd.concat([about, pd.DataFrame(labels, columns=["parameter", "level"]), statistics], axis=1)
    names = ["outcome", *keys, "parameter", "correlation", "split", "explained", "first", "second", "turns"]
    return Pooled(effects, levels, pd.DataFrame(rows, columns=names))


@dataclass(frozen=True, eq=False)
class _Block:
    """One outcome of one design over its settings."""

    outcome: str
    about: dict[str, Any]
    settings: pd.DataFrame
    base: Array
    other: Array
    """Shape (replicates, settings); NaN where there is no pair."""

    @property
    def by_setting(self) -> Array:
        return means(self.other - self.base).mean

    def part(self, chosen: NDArray[np.bool_]) -> _Block:
        return _Block(
            self.outcome, self.about, self.settings[chosen], self.base[:, chosen], self.other[:, chosen]
        )

    def whole(self) -> tuple[Array, Array]:
        """Settings with any pair, in the replicates that all of them have."""
        there = np.isfinite(self.base)
        settings = there.any(0)
        replicates = there[:, settings].all(1) & settings.any()
        rows = np.ix_(replicates, settings)
        return self.base[rows], self.other[rows]


def _blocks(arms: Arms, keys: list[str], outcomes: Sequence[str]) -> list[_Block]:
    base, other = arms.pairs()
    cells = arms.cells
    groups = [(rows, cells.iloc[rows[0]]) for rows in cells.groupby(keys, sort=False).indices.values()]
    return [
        _Block(
            outcome,
            {"outcome": outcome, **{key: first[key] for key in keys}},
            cells.iloc[rows],
            base[:, rows, position],
            other[:, rows, position],
        )
        for position, outcome in enumerate(outcomes)
        for rows, first in groups
    ]


def _effects(
    blocks: Sequence[_Block], sampled: bool, matters: Mapping[str, float] | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the blocks are of, and their statistics, a row each."""
    columns = [*ABOUT, *findings.COLUMNS, *HOLDS]
    if not blocks:
        return pd.DataFrame(columns=["outcome", "design"]), pd.DataFrame(columns=columns)
    outcomes = [block.outcome for block in blocks]
    widths = np.nan_to_num(margins(outcomes, matters), nan=np.inf)
    found, size, rows = [], [], []
    for block, width in zip(blocks, widths, strict=True):
        base, other = block.whole()
        size.append(sizes(base.reshape(-1, 1), other.reshape(-1, 1))[0])
        estimate, covers = _mean(other - base, size[-1], sampled)
        found.append(estimate)
        each = block.by_setting
        each = each[np.isfinite(each)]
        known = np.isfinite(width)
        rows.append(
            {
                "settings": len(each),
                "pairs": base.shape[0],
                "covers": covers,
                "baseline": base.mean() if base.size else np.nan,
                "mean": other.mean() if other.size else np.nan,
                "lowest": each.min(initial=np.inf) if len(each) else np.nan,
                "highest": each.max(initial=-np.inf) if len(each) else np.nan,
                "above": int((each > 0).sum()),
                "below": int((each < 0).sum()),
                "more_than_matters": int((each >= width).sum()) if known else np.nan,
                "less_than_matters": int((each <= -width).sum()) if known else np.nan,
            }
        )
    together = Means.joined(found)
    table = pd.DataFrame(rows)
    table["difference"] = together.mean
    table["low"], table["high"] = together.interval()
    table = table.assign(**judge(outcomes, together, np.array(size), matters))
    table.loc[table["covers"] != "seeds", "more"] = np.nan  # replicates alone would not do
    return pd.DataFrame([block.about for block in blocks]), table[columns]


def _mean(differences: Array, size: float, sampled: bool) -> tuple[Means, str]:
    """Mean over replicates and settings, and what its interval is over."""
    replicates, settings = differences.shape
    sizes_ = np.array([size])
    if sampled and replicates == 1 and settings > 1:
        return means(differences.T, sizes_), "settings"
    if sampled and replicates > 1 and settings > 1:
        return crossed(differences[:, :, None], sizes_), "seeds and settings"
    averages = differences.mean(1, keepdims=True) if settings else np.empty((0, 1))
    return means(averages, sizes_), "seeds"


def _turn(values: pd.Series, differences: Array) -> dict[str, Any]:
    """How the differences of settings follow one parameter: rank correlation, and the best split into two."""
    there = np.isfinite(differences) & values.notna().to_numpy()
    level, each = values[there], differences[there]
    nothing = dict.fromkeys(("correlation", "split", "explained", "first", "second"), np.nan)
    if level.nunique() < 2:
        return {**nothing, "turns": False}
    number = pd.api.types.is_numeric_dtype(level) and not pd.api.types.is_bool_dtype(level)
    levels = sorted(level.unique())
    cuts = [(one + other) / 2 for one, other in itertools.pairwise(levels)] if number else levels
    sides = [(level < cut if number else level == cut).to_numpy() for cut in cuts]
    whole = ((each - each.mean()) ** 2).sum()
    if whole <= 0:
        return {**nothing, "turns": False}
    gained = [
        side.sum() * (each[side].mean() - each.mean()) ** 2
        + (~side).sum() * (each[~side].mean() - each.mean()) ** 2
        for side in sides
    ]
    best = int(np.argmax(gained))
    first, second = each[sides[best]].mean(), each[~sides[best]].mean()
    return {
        "correlation": stats.spearmanr(level, each).statistic if number else np.nan,
        "split": cuts[best],
        "explained": gained[best] / whole,
        "first": first,
        "second": second,
        "turns": bool(first * second < 0),
    }
