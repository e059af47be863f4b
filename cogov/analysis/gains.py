"""Who gains and who loses: paired differences by group of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd

from cogov.analysis import findings
from cogov.analysis.arms import lay_out
from cogov.analysis.compare import paired
from cogov.analysis.findings import direction
from cogov.outcomes import AGGREGATES

STATISTICS = ("pairs", "residents", "baseline", "mean", "difference", "low", "high", *findings.COLUMNS)
NAMES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("age", "under_12"): "children under 12",
        ("age", "age_80_plus"): "people of 80 and over",
        ("elders", "under_60"): "people under 60",
        ("elders", "age_60_plus"): "people of 60 and over",
        ("tenure", "tenant"): "tenants",
        ("tenure", "owner"): "owners",
        ("compound_age", "old"): "residents of old compounds",
        ("compound_age", "new"): "residents of new compounds",
        ("start", "worst_tenth"): "residents of the tenth of compounds that were worst off",
        ("start", "rest"): "residents of the other nine tenths of compounds",
    }
)
"""Groups in words; other bands of age read from their labels."""


def gains(
    runs: pd.DataFrame,
    groups: pd.DataFrame,
    baseline: str,
    outcomes: Sequence[str] = ("satisfaction",),
    parameters: Sequence[str] = (),
    matters: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Paired differences from the baseline in every group of people.

    Parameters
    ----------
    runs : DataFrame
        One row a run: ``run``, ``design``, ``replicate`` and the parameters; see `cogov.analysis.compare`.
    groups : DataFrame
        One row per run and group: ``run``, ``by``, ``group``, ``residents`` and measures.
    baseline : str
    outcomes : sequence of str
        Measures by group.
    parameters : sequence of str
        Columns of parameters that were varied.
    matters : mapping, optional
        Smallest differences that matter, by outcome; those of the measures for the others.

    Returns
    -------
    DataFrame
        One row per outcome, community, parameter values, other design, ``by`` and ``group``: ``pairs``,
        ``residents`` (mean over the pairs), and the rest as `cogov.analysis.compare` has it. P-values and
        findings are adjusted for all rows: all groups, designs and outcomes asked for. Intervals are not.

    Raises
    ------
    StudyError
        If there is no such measure, design or parameter.
    """
    about = [name for name in ("run", "community", "status", "design", "replicate") if name in runs]
    frame = runs[[*about, *parameters]].merge(groups, on="run")
    arms = lay_out(frame, [*outcomes, "residents"], baseline, parameters, ("by", "group"))
    base, other = arms.pairs()
    cells, count = arms.cells, len(outcomes)
    mine, its = (part[:, :, :count].transpose(0, 2, 1).reshape(len(part), -1) for part in (base, other))
    found = paired(mine, its, [name for name in outcomes for _ in range(len(cells))], matters)
    there = np.isfinite(base[:, :, :count])
    total = np.where(there, base[:, :, [count]], 0.0).sum(0).T.ravel()
    pairs = there.sum(0).T.ravel()
    found["residents"] = np.divide(total, pairs, out=np.full(len(total), np.nan), where=pairs > 0)
    table = pd.concat([cells.assign(outcome=outcome) for outcome in outcomes], ignore_index=True)
    table.insert(0, "outcome", table.pop("outcome"))
    return table.assign(**{name: found[name] for name in STATISTICS})


def losers(gains: pd.DataFrame) -> pd.DataFrame:
    """The rows of `gains` in which a group loses for certain, by however much.

    For certain: after adjustment for all groups, designs and outcomes in the table the sign of the difference
    is known (`cogov.analysis.findings.judge`). Outcomes of which neither more nor less is better have no
    losers. Groups that put others together (`cogov.outcomes.AGGREGATES`) are left out: their parts are there.
    """
    gains = gains[~gains["by"].isin(AGGREGATES)]
    return gains[gains["outcome"].map(direction) * gains["sign"] < 0]


def who_loses(gains: pd.DataFrame) -> list[str]:
    """One sentence for each group that loses for certain, the largest share of its level first."""
    rows = losers(gains)
    share = (rows["difference"] / rows["baseline"]).abs()
    return [
        f"Under {row['design']}{_where(row, rows.columns)}, {row['outcome'].replace('_', ' ')} of"
        f" {group_in_words(row['by'], row['group'])} {'falls' if row['difference'] < 0 else 'rises'} by"
        f" {abs(row['difference']):.3g} from {row['baseline']:.3g} (95 % interval of the difference"
        f" {row['low']:.3g} to {row['high']:.3g}; {row['residents']:,.0f} residents)."
        for _, row in rows.loc[share.sort_values(ascending=False, kind="stable").index].iterrows()
    ]


def group_in_words(by: str, group: str) -> str:
    """A group as a sentence names it.

    >>> group_in_words("age", "age_60_69")
    'people of 60 to 69'
    """
    band = group.removeprefix("age_").replace("_", " to ")
    return NAMES.get((by, group), f"people of {band}" if by == "age" else f"{by} {group}".replace("_", " "))


def _where(row: pd.Series, columns: pd.Index) -> str:
    """Community and parameter values of a row, in brackets; nothing if there are none."""
    about = columns[1 : columns.get_loc("design")]
    words = ", ".join(f"{name} {row[name]}" for name in about if pd.notna(row[name]))
    return f" ({words})" if words else ""
