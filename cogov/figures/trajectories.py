"""Outcomes over the weeks: one small panel a measure, one line a design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cogov.figures import layout, style
from cogov.figures.means import across, drawn, replicates, select
from cogov.words import design as called
from cogov.words import label, say, weekly_unit


def trajectories(
    series: pd.DataFrame,
    outcomes: Sequence[str],
    reform_week: int,
    *,
    columns: int = 3,
    smooth: int = 4,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    figsize: style.Size | None = None,
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
        Panels in a row, as far as there is room.
    smooth : int
        Weeks of the trailing mean (1: none); the first weeks average over what there is.
    lang : str
        ``en`` or ``zh``.
    names : mapping, optional
        Chinese names of designs and communities, for ``zh``.
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If the series has no such measure, or has several communities or values of a parameter.
    """
    rows = select(series, outcomes, ("design", "week"), "series")
    designs = rows["design"].unique().tolist()
    with style.house(lang):
        looks = style.looks(designs)
        figure, grid, size = style.panels(len(outcomes), columns, 3.3, figsize, sharex=True)
        counts = []
        for axes, outcome in zip(grid, outcomes, strict=True):
            weeks = rows.pivot(index="week", columns=["design", "replicate"], values=outcome)
            weeks = weeks.rolling(smooth, min_periods=1).mean()
            tables = {design: across(weeks[design]) for design in designs}
            counts += [table["count"] for table in tables.values()]
            for design, table in tables.items():
                _line(axes, table, looks[design], min(0.18, 0.7 / len(designs)))
            axes.axvline(
                reform_week, color=mpl.rcParams["text.color"], linewidth=style.pen(0.9), linestyle=(0, (2, 2))
            )
            axes.set_title(label(outcome, lang))
            axes.set_ylabel(weekly_unit(outcome, lang))
            axes.yaxis.set_major_locator(MaxNLocator(5))
            axes.margins(x=0)
            if weeks.isna().all(axis=None):
                style.empty(axes, lang)
        across_row = layout.shape(grid[0])[1]
        for axes in grid[-across_row:]:
            axes.set_xlabel(say("week", lang))
            axes.tick_params(labelbottom=True)
        style.legend(figure, looks, {design: called(design, lang, names) for design in designs})
        style.note(
            figure,
            [
                *replicates(pd.concat(counts), lang, shape="band"),
                say("smooth", lang, n=smooth) if smooth > 1 else "",
                say("reform", lang, week=reform_week),
                *drawn(rows, lang, names),
            ],
            lang,
        )
        return layout.settle(figure, size, style.scaled(1.6))


def _line(axes: Axes, table: pd.DataFrame, look: style.Look, opacity: float) -> None:
    """Draw the mean by week and its interval."""
    axes.plot(table.index, table["mean"], color=look.color, linestyle=look.line, linewidth=look.width)
    if table["low"].notna().any():
        axes.fill_between(
            table.index, table["low"], table["high"], color=look.color, alpha=opacity, linewidth=0
        )
