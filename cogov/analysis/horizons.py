"""Outcomes at a time after adoption (时点): a difference after one year need not last for three or ten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from cogov.kit.errors import StudyError
from cogov.outcomes import MEASURES
from cogov.terms import YEAR

YEARS = (1, 3, 10)
"""Years after adoption that are looked at, as far as runs go."""
WINDOW = YEAR // 2
"""Weeks before such a time that a level is the mean of: one week would be chance."""


def read(outcomes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Weekly measures that each outcome is made of; those that only a whole run has are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for name in outcomes:
        measure = MEASURES[name]
        if measure.how in ("mean", "sum", "rate"):
            found[name] = measure.over or (name,)
    return found


def reached(weeks: int, reform_week: int, years: Iterable[int] = YEARS) -> list[int]:
    """The times that a run reaches: those that lie within its weeks."""
    return [year for year in years if reform_week + year * YEAR <= weeks]


def at_horizons(
    series: pd.DataFrame, outcomes: Sequence[str], reform_week: int, years: Sequence[int] = YEARS
) -> pd.DataFrame:
    """Outcomes of every run at times after adoption.

    A level (how: mean) and a ratio (rate) are those of the 26 weeks up to that time; what is counted (sum) is
    counted from the adoption on.

    Parameters
    ----------
    series : DataFrame
        One row per run and week: ``run``, what tells runs apart (``community``, ``design``, ``replicate``,
        parameters), ``week`` and the weekly measures that the outcomes are made of (`read`).
    outcomes : sequence of str
        As for `read`.
    reform_week : int
        Week after which designs were adopted; a column of that name has it run by run.
    years : sequence of int
        Times after adoption; those that no run reaches have no rows.

    Returns
    -------
    DataFrame
        One row per run and time: what told runs apart, ``years``, and the outcomes; NaN for a ratio of
        nothing.

    Raises
    ------
    StudyError
        If an outcome is one that only a whole run has.
    """
    made_of = read(outcomes)
    if lacking := [name for name in outcomes if name not in made_of]:
        raise StudyError(f"{', '.join(lacking)}: known of a whole run only, not at a time")
    weekly = sorted({name for parts in made_of.values() for name in parts})
    about = [name for name in series if name != "week" and name not in weekly]
    since = series["week"] - series.get("reform_week", reform_week)
    tables = []
    for year in years:
        upto = since <= year * YEAR
        runs = series.loc[since == year * YEAR, about].reset_index(drop=True)
        sums = [
            series.loc[upto & (since > first), ["run", *weekly]].groupby("run", observed=True).sum()
            for first in (year * YEAR - WINDOW, 0)
        ]
        window, whole = (part.reindex(runs["run"]).reset_index(drop=True) for part in sums)
        values = {}
        for name, parts in made_of.items():
            how = MEASURES[name].how
            if how == "rate":
                values[name] = window[parts[0]] / window[parts[1]].replace(0.0, np.nan)
            else:
                values[name] = whole[name] if how == "sum" else window[name] / WINDOW
        tables.append(runs.assign(years=year, **values))
    return pd.concat(tables, ignore_index=True)
