"""Outcomes over the weeks: one small panel a measure, one line a design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cogov.figures import style
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
    lang : str
        ``en`` or ``zh``.
    names : mapping, optional
        Chinese names of designs and communities, for ``zh``.

    Raises
    ------
    StudyError
        If the series has no such measure, or has several communities or values of a parameter.
    """
    rows = select(series, outcomes, ("design", "week"), "series")
    designs = rows["design"].unique().tolist()
    looks = style.looks(designs)
    with style.house(lang):
        figure, grid = style.panels(len(outcomes), columns, (3.3, 2.35), 0.35, sharex=True)
        counts = []
        for axes, outcome in zip(grid, outcomes, strict=True):
            weeks = rows.pivot(index="week", columns=["design", "replicate"], values=outcome)
            weeks = weeks.rolling(smooth, min_periods=1).mean()
            tables = {design: across(weeks[design]) for design in designs}
            counts += [table["count"] for table in tables.values()]
            for design, table in tables.items():
                _line(axes, table, looks[design], min(0.18, 0.7 / len(designs)))
            axes.axvline(reform_week, color="black", linewidth=0.9, linestyle=(0, (2, 2)))
            axes.set_title(label(outcome, lang))
            axes.set_ylabel(weekly_unit(outcome, lang))
            axes.yaxis.set_major_locator(MaxNLocator(5))
            axes.margins(x=0)
            if weeks.isna().all(axis=None):
                style.empty(axes, lang)
        for axes in grid[-columns:]:
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
        return style.settle(figure)


def _line(axes: Axes, table: pd.DataFrame, look: style.Look, opacity: float) -> None:
    """Draw the mean by week and its interval."""
    axes.plot(table.index, table["mean"], color=look.color, linestyle=look.line, linewidth=look.width)
    if table["low"].notna().any():
        axes.fill_between(
            table.index, table["low"], table["high"], color=look.color, alpha=opacity, linewidth=0
        )
