"""Means over replicates with their intervals, and what must not be averaged over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import stats

from cogov import words
from cogov.figures.frames import require
from cogov.kit.errors import StudyError, unknown
from cogov.outcomes.measures import MEASURES

CONFIDENCE = 0.95


def parameters(frame: pd.DataFrame) -> list[str]:
    """The columns of a frame that are paths of parameters."""
    names = [str(name) for name in frame.columns]
    return [
        name
        for name in names
        if name == "reform_week" or name.startswith(("design.", "community.", "processes."))
    ]


def select(frame: pd.DataFrame, outcomes: Iterable[str], by: Sequence[str], what: str) -> pd.DataFrame:
    """The runs that are done, if each value of ``by`` has one run a replicate.

    Parameters
    ----------
    frame : DataFrame
        ``replicate``, the outcomes and the columns ``by``, with or without ``community``, ``status`` and
        parameters.
    outcomes : iterable of str
        What will be averaged over the replicates.
    by : sequence of str
        Columns whose values are kept apart.
    what : str
        What the frame is called in messages.

    Raises
    ------
    StudyError
        If a column is missing, or runs of several communities or parameter values would be averaged.
    """
    require(frame, [*by, "replicate"], what)
    for outcome in outcomes:
        if outcome not in frame:
            allowed = [str(name) for name in frame.columns if name in MEASURES]
            raise StudyError(unknown("measure", outcome, allowed, what))
    if "status" in frame:
        frame = frame[frame["status"] == "done"]
    if frame.empty:
        raise StudyError(f"{what}: has no run that is done, so there is nothing to draw")
    keep = [name for name in by if name != "week"]
    for column in ("community", *parameters(frame)):
        if column in by or column not in frame:
            continue
        # Communities are never mixed; a parameter may have one value in one design and none in another.
        apart = [] if column == "community" else keep
        rows = frame[[*apart, column]].drop_duplicates()
        if rows.duplicated(apart).any() if apart else len(rows) > 1:
            levels = rows[column].drop_duplicates()
            found, first = ", ".join(map(value, levels.dropna())), levels.dropna().tolist()[0]
            this = f"{what}[{column!r}]"
            # A design without the parameter, such as the baseline, is to stay.
            chosen = (
                f"{this}.isna() | ({this} == {first!r})" if levels.isna().any() else f"{this} == {first!r}"
            )
            raise StudyError(
                f"{what}: {column!r} has several values ({found}) that must not be averaged; select one of"
                f" them first: {what}[{chosen}]"
            )
    twice = frame.duplicated([*by, "replicate"])
    if twice.any():
        row = frame[twice].iloc[0]
        where = ", ".join(f"{name} {value(row[name])}" for name in (*by, "replicate"))
        raise StudyError(f"{what}: several rows for {where}; what tells them apart must be selected first")
    return frame


def check_designs(frame: pd.DataFrame, designs: Iterable[str], what: str) -> None:
    """See that a frame has runs of these designs.

    Raises
    ------
    StudyError
        If it has none of one, naming the nearest.
    """
    require(frame, ["design"], what)
    allowed = [str(name) for name in frame["design"].unique()]
    for design in designs:
        if design not in allowed:
            raise StudyError(unknown("design", design, allowed, what))


def means(frame: pd.DataFrame, outcome: str, by: Sequence[str]) -> pd.DataFrame:
    """Mean over replicates with its 95 % t interval, by the values of some columns.

    Returns
    -------
    DataFrame
        Indexed by ``by`` in order of appearance: ``count`` (values there are), ``mean``, ``low``, ``high``
        (NaN with fewer than two values; no width if all are the same).
    """
    table = frame.groupby(list(by), sort=False, observed=True, dropna=False)[outcome].agg(
        ["count", "mean", "sem"]
    )
    return _bounds(table["count"], table["mean"], table["sem"])


def across(wide: pd.DataFrame) -> pd.DataFrame:
    """Mean over the columns, one a replicate, with its 95 % t interval, row by row; see `means`."""
    return _bounds(wide.count(axis=1), wide.mean(axis=1), wide.sem(axis=1))


def _bounds(count: pd.Series, mean: pd.Series, error: pd.Series) -> pd.DataFrame:
    freedom = np.maximum(count.to_numpy() - 1, 1)
    half = stats.t.ppf((1 + CONFIDENCE) / 2, freedom) * error.to_numpy(dtype=float)
    return pd.DataFrame({"count": count, "mean": mean, "low": mean - half, "high": mean + half})


def drawn(
    frame: pd.DataFrame, lang: str, names: Mapping[str, str] | None, hide: Sequence[str] = ()
) -> list[str]:
    """Which community and parameter values a figure shows, one part each; what has one value only."""
    shown = [column for column in ("community", *parameters(frame)) if column in frame and column not in hide]
    texts = {column: ", ".join(map(value, frame[column].dropna().unique())) for column in shown}
    place = words.design(texts.pop("community", ""), lang, names)
    parts = [words.say("community", lang, name=place)] if place else []
    return parts + words.settings([(path, text) for path, text in texts.items() if text], lang)


def value(entry: object) -> str:
    """A value of a parameter as text: 6.0 is 6."""
    return f"{entry:g}" if isinstance(entry, (int, float, np.number)) else str(entry)


def replicates(count: pd.Series, lang: str, *, shape: str) -> list[str]:
    """How many replicates the means are of, and what shows the intervals (``band``, ``bar``, ``cell``)."""
    there = count[count > 0]
    if there.empty:
        return []
    least, most = int(there.min()), int(there.max())
    if most < 2:
        return [words.say("single", lang)]
    return [words.say("mean", lang, n=most if least == most else f"{least}–{most}"), words.say(shape, lang)]
