"""Outcomes over the weeks: one small panel a measure, one line a design."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from scipy import stats

from cogov.errors import StudyError, unknown
from cogov.figures import style
from cogov.words import label, weekly_unit


def trajectories(
    series: pd.DataFrame, outcomes: Sequence[str], reform_week: int, *, columns: int = 3, smooth: int = 4
) -> Figure:
    """Mean over replicates, week by week, with the 95 % interval of the mean as a band.

    Parameters
    ----------
    series : DataFrame
        One row per run and week: ``design``, ``replicate``, ``week`` and the weekly measures. The
        first design is drawn as the baseline.
    outcomes : sequence of str
        Weekly measures, one panel each.
    reform_week : int
        Week in which the designs were adopted; marked in every panel.
    columns : int
        Panels in a row.
    smooth : int
        Weeks of the trailing mean (1: none); the first weeks average over what there is.

    Raises
    ------
    StudyError
        If the series has no such measure.
    """
    for outcome in outcomes:
        if outcome not in series:
            raise StudyError(unknown("weekly measure", outcome, [str(column) for column in series.columns]))
    designs = list(dict.fromkeys(series["design"]))
    looks = style.looks(designs)
    replicates = series["replicate"].nunique()
    columns = min(columns, len(outcomes))
    rows = -(-len(outcomes) // columns)
    with style.house():
        figure = Figure(figsize=(3.3 * columns, 2.35 * rows + 0.75), layout="constrained")
        grid = figure.subplots(rows, columns, squeeze=False, sharex=True).ravel()
        for axes, outcome in zip(grid, outcomes, strict=False):
            for design in designs:
                runs = series[series["design"] == design].pivot(
                    index="week", columns="replicate", values=outcome
                )
                _line(axes, runs.rolling(smooth, min_periods=1).mean(), looks[design])
            axes.axvline(reform_week, color="black", linewidth=0.9, linestyle=(0, (2, 2)))
            axes.set_title(label(outcome))
            axes.set_ylabel(weekly_unit(outcome))
            axes.yaxis.set_major_locator(MaxNLocator(5))
            axes.margins(x=0)
        for axes in grid[len(outcomes) :]:
            axes.set_axis_off()
        for axes in grid[max(0, len(outcomes) - columns) : len(outcomes)]:
            axes.set_xlabel("week")
            axes.tick_params(labelbottom=True)
        _legend(figure, looks)
        band = "band: 95 % interval of the mean" if replicates > 1 else "one replicate, no band"
        figure.suptitle(
            f"Mean of {replicates} replicate{'s' * (replicates > 1)} ({band};"
            f" {smooth}-week mean; dotted line: reform in week {reform_week})",
            fontsize=8.5,
            x=0.01,
            ha="left",
        )
    return figure


def _line(axes: Axes, runs: pd.DataFrame, look: style.Look) -> None:
    """Draw the mean of ``runs`` (week x replicate) and the interval of the mean."""
    week, mean = runs.index.to_numpy(), runs.mean(axis=1).to_numpy()
    count = runs.count(axis=1).to_numpy()
    axes.plot(week, mean, color=look.color, linestyle=look.line, linewidth=look.width)
    if count.max() > 1:
        half = stats.t.ppf(0.975, np.maximum(count - 1, 1)) * runs.std(axis=1).to_numpy() / np.sqrt(count)
        axes.fill_between(week, mean - half, mean + half, color=look.color, alpha=0.18, linewidth=0)


def _legend(figure: Figure, looks: dict[str, style.Look]) -> None:
    handles = [
        Line2D([], [], color=look.color, linestyle=look.line, linewidth=look.width, label=design)
        for design, look in looks.items()
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=min(4, len(handles)), handlelength=3)
