"""Runs laid out for comparison: replicates by arms by outcomes, and each arm's partner in the baseline.

An *arm* is a design at given parameter values in a community. Its partner is the baseline's arm of the
same community with equal values in the parameters that apply to (are not null for) the baseline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cogov.analysis.intervals import Array
from cogov.kit.errors import StudyError, unknown

ABOUT_RUNS = ("run", "community", "design", "replicate", "seed", "status", "error", "by", "group")
"""Columns of the tables that are no outcomes."""


@dataclass(frozen=True, eq=False)
class Arms:
    """Values of outcomes in every arm.

    Attributes
    ----------
    table : DataFrame
        One row an arm: its community, parameter values, design and what else tells it apart.
    values : ndarray, shape (replicates, arms, outcomes)
        NaN where there is no run, or the run has no such outcome; replicates in ascending order.
    arm : ndarray of int, shape (cells,)
        The arms of the designs other than the baseline, in order of appearance.
    partner : ndarray of int, shape (cells,)
        The baseline's arm for each of them, -1 where it has none.
    """

    table: pd.DataFrame
    values: Array
    arm: NDArray[np.int64]
    partner: NDArray[np.int64]

    @property
    def cells(self) -> pd.DataFrame:
        """The rows of `table` that are compared, numbered afresh."""
        return self.table.iloc[self.arm].reset_index(drop=True)

    def pairs(self) -> tuple[Array, Array]:
        """Values of baseline and design, shape (replicates, cells, outcomes); NaN in both or in neither."""
        other = self.values[:, self.arm].copy()
        base = self.values[:, self.partner].copy()
        base[:, self.partner < 0] = np.nan
        missing = np.isnan(base) | np.isnan(other)
        base[missing] = other[missing] = np.nan
        return base, other


def lay_out(
    frame: pd.DataFrame,
    outcomes: Sequence[str],
    baseline: str | None,
    parameters: Sequence[str] = (),
    within: Sequence[str] = (),
) -> Arms:
    """Lay a table of runs (or of groups with the columns of their runs) out for comparison.

    Parameters
    ----------
    frame : DataFrame
        One row a run: ``design``, ``replicate``, the parameters and the outcomes; if there are columns
        ``community`` and ``status`` they count: failed runs have no values.
    outcomes : sequence of str
    baseline : str or None
        Name of the design to compare with; None if no design is: there are no cells then.
    parameters : sequence of str
        Parameter columns; null where a parameter does not apply to a design.
    within : sequence of str
        Further columns that tell rows of one run apart, never null.

    Raises
    ------
    StudyError
        If there is no such outcome, design or parameter, or two rows are the same replicate of one arm.
    """
    allowed = [
        str(name)
        for name in frame.columns
        if name not in (*ABOUT_RUNS, *parameters) and pd.api.types.is_numeric_dtype(frame[name])
    ]
    for outcome in outcomes:
        if outcome not in allowed:
            raise StudyError(unknown("outcome", outcome, allowed))
    for parameter in parameters:
        if parameter not in frame:
            raise StudyError(unknown("parameter", parameter, [str(name) for name in frame.columns]))
    designs = list(dict.fromkeys(frame["design"]))
    if baseline is not None and baseline not in designs:
        raise StudyError(unknown("design", baseline, designs))
    place = ["community"] if "community" in frame else []
    keys = [*place, *parameters, "design", *within]
    twice = frame.duplicated([*keys, "replicate"])
    if twice.any():
        row = frame[twice].iloc[0]
        raise StudyError(
            f"design {row['design']!r} has several runs of replicate {row['replicate']}:"
            " name all parameters that tell them apart"
        )
    number = frame.groupby(keys, dropna=False, sort=False).ngroup().to_numpy()
    table = frame.loc[~frame.duplicated(keys), keys].reset_index(drop=True)
    replicates, replicate = np.unique(frame["replicate"].to_numpy(), return_inverse=True)
    values = np.full((len(replicates), len(table), len(outcomes)), np.nan)
    values[replicate, number] = frame[list(outcomes)].to_numpy(dtype=float, na_value=np.nan)
    values[np.isinf(values)] = np.nan
    if "status" in frame:
        failed = (frame["status"] != "done").to_numpy()
        values[replicate[failed], number[failed]] = np.nan
    if baseline is None:
        return Arms(table, values, *np.empty((2, 0), dtype=np.int64))
    return Arms(table, values, *_partners(table, baseline, place, parameters, within))


def _partners(
    table: pd.DataFrame, baseline: str, place: list[str], parameters: Sequence[str], within: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Arms of other designs and, for each, the baseline's arm it is compared with (-1: none)."""
    mine = (table["design"] == baseline).to_numpy()
    base, others = table[mine], table[~mine]
    on = [*place, *(name for name in parameters if base[name].notna().any()), *within]
    arm = np.flatnonzero(~mine)
    if not on:
        return arm, np.full(len(arm), np.flatnonzero(mine)[0])
    found = others[on].merge(base[on].assign(partner=np.flatnonzero(mine)), on=on, how="left")
    return arm, found["partner"].fillna(-1).to_numpy(dtype=np.int64)


def one_design(design: str | None, designs: Sequence[str], baseline: str, where: str) -> str:
    """The design that is named, or the only one beside the baseline.

    Raises
    ------
    StudyError
        If none is named and there are several.
    """
    others = [name for name in designs if name != baseline]
    if design is None and len(others) != 1:
        raise StudyError(f"{where}: of which design? Give design=NAME, one of {', '.join(others)}")
    return others[0] if design is None else design
