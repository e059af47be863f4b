"""How sure a difference is over assumptions (假定): draws of all that is assumed.

In a *draw* every assumption has a value from its plausible range, and every design the same draw and seed.
The interval over assumptions says between which values the difference lies if the assumptions are as unknown
as their ranges say; unlike the interval of a mean it does not shrink with more draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cogov.analysis.arms import Arms, lay_out
from cogov.analysis.findings import Finding, direction, margins
from cogov.analysis.intervals import CONFIDENCE, Array, means, sizes

LEAST_DRAWS = 39
"""Draws that an interval takes: of fewer not even the lowest and the highest hold 95 % between them."""
COLUMNS = (
    "draws",
    "baseline",
    "mean",
    "difference",
    "low",
    "high",
    "mean_low",
    "mean_high",
    "matters",
    "finding",
    "holds",
    "holds_low",
    "holds_high",
    "better",
    "worse",
    "prob_best",
    "prob_best_low",
    "prob_best_high",
    "order",
    "chance",
)


def robust(
    drawn: pd.DataFrame,
    outcomes: Sequence[str],
    baseline: str,
    replicates: pd.DataFrame | None = None,
    matters: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Paired differences of every design from the baseline over draws of the assumptions.

    Parameters
    ----------
    drawn : DataFrame
        One row a run: ``design``, ``replicate`` (the draw), perhaps ``community`` and ``status``, and a
        column per outcome. A draw counts for a difference if both designs have a value there.
    outcomes : sequence of str
    baseline : str
    replicates : DataFrame, optional
        Runs at the default values that differ in their seeds only.
    matters : mapping, optional
        Smallest differences that matter, by outcome; those of the measures for the others.

    Returns
    -------
    DataFrame
        One row per outcome, community and other design, with

        - ``draws``; ``baseline``, ``mean``, ``difference``: means over them; ``mean_low``, ``mean_high``:
          Student's 95 % interval of that mean difference;
        - ``low``, ``high``: the interval over assumptions, from order statistics: the difference at one more
          draw would lie in it with a chance of 95 %, whatever its distribution. NaN with fewer than 39 draws.
          Chance within a draw (one seed each) is in it, so it is rather too wide than too narrow;
        - ``finding``: as of `cogov.analysis.findings`, by that interval: better or worse where all of it is
          beyond what matters, too small where all of it is within, else open;
        - ``holds``: share of draws in which the difference has the sign of its mean (ties count half);
          ``better`` and ``worse``: share in which it is so by a size that matters (more and less, of what is
          neither good nor bad; NaN where no size matters);
        - ``prob_best``: share of draws in which the design is the best of all; ``order``: share in which all
          designs rank as their means over the draws do. NaN of what is neither good nor bad;
        - ``chance``: share of the variance between draws that is due to seeds, from the replicates; NaN
          without them.

        ``_low`` and ``_high`` of shares are Clopper and Pearson's 95 % intervals.

    Raises
    ------
    StudyError
        For what `cogov.analysis.compare` refuses.
    """
    arms = lay_out(drawn, outcomes, baseline)
    base, other = arms.pairs()
    chance = _seeds(replicates, outcomes, baseline, arms)
    best, order = _ranks(arms, outcomes)
    widths = margins(outcomes, matters)
    rows = []
    for position, outcome in enumerate(outcomes):
        for cell, about in enumerate(arms.cells.to_dict("records")):
            pair = base[:, cell, position], other[:, cell, position]
            first, second = (side[np.isfinite(pair[0])] for side in pair)
            found = _row(first, second, float(widths[position]), direction(outcome))
            found |= _share("prob_best", best[:, arms.arm[cell], position])
            found["order"] = order[cell, position]
            found["chance"] = chance[cell, position] / found["variance"] if found["variance"] else np.nan
            named: dict[str, Any] = {"outcome": outcome} | {str(key): entry for key, entry in about.items()}
            rows.append(named | found)
    table = pd.DataFrame(rows, columns=["outcome", *arms.table.columns, *COLUMNS])
    table["finding"] = table["finding"].astype(object)
    return table


def _row(first: Array, second: Array, width: float, better: int) -> dict[str, Any]:
    """What the differences of one design in one outcome say; ``first`` is the baseline."""
    each = second - first
    n = len(each)
    if not n:
        nothing: dict[str, Any] = dict.fromkeys(COLUMNS, np.nan)
        return nothing | {"draws": 0, "finding": Finding.NONE, "variance": 0.0}
    low, high = interval(each)
    mean = means(each[:, None], sizes(first[:, None], second[:, None]))
    mean_low, mean_high = (float(end[0]) for end in mean.interval())
    sign = np.sign(each.mean())
    holds = np.where(each == 0, 0.5, np.sign(each) == sign)
    way = better or 1
    known = np.isfinite(width)
    return {
        "draws": n,
        "baseline": first.mean(),
        "mean": second.mean(),
        "difference": each.mean(),
        "low": low,
        "high": high,
        "mean_low": mean_low,
        "mean_high": mean_high,
        "matters": width,
        "finding": _finding(each, low, high, width if known else 0.0, better),
        **_share("holds", holds),
        "better": (way * each >= width).mean() if known else np.nan,
        "worse": (way * each <= -width).mean() if known else np.nan,
        "variance": each.var(ddof=1) if n > 1 else 0.0,
    }


def interval(values: Array, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Between which values one more draw would lie with that chance; NaN with too few to say.

    Of n values drawn alike, one more is below the k-th smallest with a chance of k / (n + 1); between order
    statistics it is interpolated.
    """
    tail = (1 - confidence) / 2
    if tail * (len(values) + 1) < 1:
        return np.nan, np.nan
    low, high = np.quantile(values, [tail, 1 - tail], method="weibull")
    return float(low), float(high)


def _finding(each: Array, low: float, high: float, width: float, better: int) -> Finding:
    if not each.any():
        return Finding.SAME
    if not np.isfinite(low):
        return Finding.FEW
    if low > width or high < -width:
        good = better * (1 if low > width else -1)
        return {1: Finding.BETTER, -1: Finding.WORSE}.get(
            good, Finding.HIGHER if low > width else Finding.LOWER
        )
    return Finding.SMALL if -width < low and high < width else Finding.OPEN


def _share(name: str, flags: Array) -> dict[str, float]:
    """The mean of flags (a tie is a part of one) and its interval."""
    from statsmodels.stats.proportion import proportion_confint  # takes a second to import

    there = flags[np.isfinite(flags)]
    if not len(there):
        return dict.fromkeys((name, f"{name}_low", f"{name}_high"), np.nan)
    low, high = proportion_confint(there.sum(), len(there), 1 - CONFIDENCE, method="beta")
    return {name: float(there.mean()), f"{name}_low": float(low), f"{name}_high": float(high)}


def _ranks(arms: Arms, outcomes: Sequence[str]) -> tuple[Array, Array]:
    """In every draw who is best, shape (draws, arms, outcomes), ties share; how often all rank as on average.

    A draw counts if all designs of the community have a value. The second has shape (cells, outcomes).
    """
    best = np.full(arms.values.shape, np.nan)
    order = np.full((len(arms.table), len(outcomes)), np.nan)
    place = arms.table["community"] if "community" in arms.table else pd.Series("", arms.table.index)
    for rows in arms.table.groupby(place, sort=False).indices.values():
        for position, outcome in enumerate(outcomes):
            values = direction(outcome) * arms.values[:, rows, position]
            there = np.isfinite(values).all(1)
            if not direction(outcome) or not there.any():
                continue
            values = values[there]
            top = values == values.max(1, keepdims=True)
            mine = best[:, rows, position]
            mine[there] = top / top.sum(1, keepdims=True)
            best[:, rows, position] = mine
            ranked = np.diff(values[:, np.argsort(-values.mean(0), kind="stable")], axis=1) <= 0
            order[rows, position] = ranked.all(1).mean()
    return best, order[arms.arm]


def _seeds(runs: pd.DataFrame | None, outcomes: Sequence[str], baseline: str, arms: Arms) -> Array:
    """Variance of a difference over seeds at the default values, shape (cells, outcomes); NaN if unknown."""
    found = np.full((len(arms.arm), len(outcomes)), np.nan)
    if runs is None or runs.empty or baseline not in set(runs["design"]):
        return found
    other = lay_out(runs, outcomes, baseline)
    base, mine = other.pairs()
    each = mine - base
    keys = [name for name in ("community", "design") if name in other.cells]
    at = {tuple(row): place for place, row in enumerate(other.cells[keys].to_numpy().tolist())}
    for cell, row in enumerate(arms.cells[keys].to_numpy().tolist()):
        place = at.get(tuple(row))
        for position in range(len(outcomes) if place is not None else 0):
            values = each[:, place, position]
            values = values[np.isfinite(values)]
            if len(values) > 1:
                found[cell, position] = values.var(ddof=1)
    return found
