"""What figures share: rows of a frame for one outcome, and numbers as text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb
from matplotlib.typing import ColorType
from numpy.typing import NDArray

from cogov.kit.errors import StudyError, unknown


def of_outcome(
    frame: pd.DataFrame, outcome: str, keys: Sequence[str], columns: Sequence[str], what: str
) -> pd.DataFrame:
    """The rows of a frame for one outcome, with a fresh index.

    Parameters
    ----------
    frame : DataFrame
        With the columns ``outcome``, ``keys`` and ``columns``.
    outcome : str
    keys : sequence of str
        Columns that tell the rows of an outcome apart.
    columns : sequence of str
        What the figure reads besides.
    what : str
        What the frame is, for messages.

    Raises
    ------
    StudyError
        If a column is missing, the frame does not have the outcome, or has the same keys twice.
    """
    require(frame, ("outcome", *keys, *columns), what)
    rows = frame[frame["outcome"] == outcome].reset_index(drop=True)
    if rows.empty:
        raise StudyError(unknown("outcome", outcome, {str(name) for name in frame["outcome"]}, what))
    twice = rows[rows.duplicated(["outcome", *keys])]
    if len(twice):
        found = ", ".join(f"{key} {twice[key].iloc[0]!r}" for key in ("outcome", *keys))
        raise StudyError(f"{what}: several rows for {found}; select one of them first")
    return rows


def require(frame: pd.DataFrame, columns: Iterable[str], what: str) -> None:
    """See that a frame has these columns.

    Raises
    ------
    StudyError
        Naming those it lacks.
    """
    lacking = [column for column in columns if column not in frame]
    if lacking:
        present = ", ".join(str(column) for column in frame)
        raise StudyError(f"{what}: no column {', '.join(map(repr, lacking))}; there are {present}")


def decimals(values: Iterable[float], digits: int = 3) -> int:
    """Decimals that show the largest of some numbers with so many significant digits."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    return 0 if largest == 0 else min(6, max(0, digits - 1 - math.floor(math.log10(largest))))


def signed(value: float, places: int) -> str:
    """A number with its sign, ``+0.031``; a dash for what does not exist."""
    if not math.isfinite(value):
        return "–"
    rounded = round(value, places)
    return f"{rounded:+,.{places}f}".replace("-", "−") if rounded else f"{0:.{places}f}"


def sure(low: pd.Series, high: pd.Series) -> NDArray[np.bool_]:
    """Whether intervals exclude 0; one that does not exist excludes nothing."""
    return np.asarray((low > 0) | (high < 0))


def ink(colour: ColorType) -> str:
    """Black or white, whichever is read better on a colour."""
    return "black" if np.dot(to_rgb(colour), (0.299, 0.587, 0.114)) > 0.5 else "white"
