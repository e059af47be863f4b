"""Drift (漂移): whether a design's levels stand still, against what its own replicates differ by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cogov.figures import layout, style
from cogov.figures.means import drawn, select
from cogov.kit.errors import StudyError
from cogov.outcomes.measures import MEASURES
from cogov.terms import YEAR
from cogov.words import design as called
from cogov.words import label, say, weekly_unit

HALF_YEAR = YEAR // 2
NOISE = 2.0
"""Standard deviations of the replicates that the band is wide to either side: some 95 in 100 lie within."""


def drift(
    series: pd.DataFrame,
    outcomes: Sequence[str],
    *,
    columns: int = 3,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    figsize: style.Size | None = None,
) -> Figure:
    """Change since the first half-year, half-year by half-year: mean over replicates, and their own noise.

    The band holds some 95 in 100 replicates: a level drifts no more than by chance while 0 is in it. Dotted
    lines are the smallest difference that matters.

    Parameters
    ----------
    series : DataFrame
        Of one design: one row per run and week, with ``design``, ``replicate``, ``week`` and the weekly
        measures; a year at least.
    outcomes : sequence of str
        Weekly measures, one panel each.
    columns, lang, names, figsize
        As for `cogov.figures.trajectories`.

    Raises
    ------
    StudyError
        If the series has no such measure, several designs, communities or values of a parameter, or less than
        a year.
    """
    rows = select(series, outcomes, ("design", "week"), "series")
    designs = rows["design"].unique().tolist()
    if len(designs) > 1:
        raise StudyError(f"series: has several designs ({', '.join(map(str, designs))}); select one of them")
    with style.house(lang):
        figure, grid, size = style.panels(len(outcomes), columns, 3.3, figsize, sharex=True)
        for axes, outcome in zip(grid, outcomes, strict=True):
            _panel(axes, changes(rows, outcome), MEASURES[outcome].matters)
            axes.set_title(label(outcome, lang))
            axes.set_ylabel(weekly_unit(outcome, lang))
        for axes in grid[-layout.shape(grid[0])[1] :]:
            axes.set_xlabel(say("years", lang))
            axes.tick_params(labelbottom=True)
        number = rows["replicate"].nunique()
        note = [
            say("drift", lang, n=number),
            say("drift_band", lang) if number > 1 else say("single", lang),
            say("drift_matters", lang),
            say("drift_of", lang, design=called(str(designs[0]), lang, names)),
            *drawn(rows, lang, names),
        ]
        style.note(figure, note, lang)
        return layout.settle(figure, size, style.scaled(1.6))


def changes(rows: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Half-year means less that of the first, shape (half-years, replicates); index: years to its middle.

    Raises
    ------
    StudyError
        If there is less than a year.
    """
    weeks = rows.pivot(index="week", columns="replicate", values=outcome).sort_index()
    halves = len(weeks) // HALF_YEAR
    if halves < 2:
        raise StudyError(f"series: has {len(weeks)} weeks; a drift shows after {YEAR} at least")
    means = weeks.iloc[: halves * HALF_YEAR].groupby(np.arange(halves * HALF_YEAR) // HALF_YEAR).mean()
    return (means - means.iloc[0]).set_axis((np.arange(halves) + 0.5) / 2, axis=0)


def _panel(axes: Axes, table: pd.DataFrame, matters: float | None) -> None:
    ink = mpl.rcParams["text.color"]
    look = style.looks(["drift"])["drift"]
    mean, noise = table.mean(axis=1), NOISE * table.std(axis=1)
    if table.shape[1] > 1:
        axes.fill_between(table.index, mean - noise, mean + noise, color=look.color, alpha=0.18, linewidth=0)
        axes.plot(table.index, table, color=look.color, linewidth=style.pen(0.4), alpha=0.5)
    axes.plot(table.index, mean, color=look.color, linewidth=look.width)
    axes.axhline(0, color=ink, linewidth=style.pen(0.7))
    for size in (-matters, matters) if matters is not None else ():
        axes.axhline(size, color=ink, linewidth=style.pen(0.7), linestyle=(0, (1, 2)))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.set_xlim(0, len(table) * HALF_YEAR / YEAR)
