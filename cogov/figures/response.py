"""Response: how outcomes follow one parameter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cogov.figures import layout, style
from cogov.figures.lettering import wrap
from cogov.figures.means import drawn, means, replicates, select, value
from cogov.kit.errors import StudyError
from cogov.words import design as called
from cogov.words import label, outcome_axis, parameter_axis, say


def response(
    runs: pd.DataFrame,
    outcomes: str | Sequence[str],
    parameter: str,
    *,
    columns: int = 3,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    figsize: style.Size | None = None,
) -> Figure:
    """Mean of outcomes over the values of a parameter, with the 95 % interval of the mean.

    A design to which the parameter does not apply has one mean, drawn as a horizontal line with a band.
    Values that are words stand side by side and are not joined.

    Parameters
    ----------
    runs : DataFrame
        One row a run: ``design``, ``replicate``, the parameter and the outcomes. The first design is
        drawn as the baseline.
    outcomes : str or sequence of str
        One panel each.
    parameter : str
        The column of the parameter, null where it does not apply.
    columns : int
        Panels in a row, as far as there is room.
    lang : str
        ``en`` or ``zh``.
    names : mapping, optional
        Chinese names of designs and communities, for ``zh``.
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If a column is missing, no run has a value of the parameter, or the runs have several communities
        or values of another parameter.
    """
    outcomes = [outcomes] if isinstance(outcomes, str) else list(outcomes)
    rows = select(runs, outcomes, ("design", parameter), "runs")
    if rows[parameter].isna().all():
        raise StudyError(f"runs: no run that is done has a value of {parameter!r}, so there is no response")
    designs = rows["design"].unique().tolist()
    flat = [design for design in designs if rows.loc[rows["design"] == design, parameter].isna().all()]
    numbers = pd.api.types.is_numeric_dtype(rows[parameter])
    levels = rows[parameter].dropna().unique().tolist()
    if numbers:
        levels.sort()
    varied = [design for design in designs if design not in flat]
    with style.house(lang):
        looks = style.looks(designs)
        figure, grid, size = style.panels(len(outcomes), columns, 3.3, figsize)
        counts = []
        for axes, outcome in zip(grid, outcomes, strict=True):
            table = means(rows, outcome, ("design", parameter))
            counts.append(table["count"])
            for design in designs:
                part = table.loc[design]
                if design in flat:
                    _flat(axes, part.iloc[0], looks[design])
                elif numbers:
                    _curve(axes, part[part.index.notna()].sort_index(), looks[design])
                else:
                    shift = (varied.index(design) - (len(varied) - 1) / 2) * min(0.16, 0.8 / len(varied))
                    _points(axes, part.reindex(levels), looks[design], shift)
            if numbers and len(levels) <= 6:
                axes.set_xticks(levels, [value(level) for level in levels])
            elif not numbers:
                axes.set_xticks(range(len(levels)), [wrap(level, 14) for level in levels])
                axes.set_xlim(-0.6, len(levels) - 0.4)
            axes.yaxis.set_major_locator(MaxNLocator(5))
            axes.set_title(label(outcome, lang))
            axes.set_ylabel(outcome_axis(outcome, lang))
            axes.set_xlabel(parameter_axis(parameter, lang))
            if table["mean"].isna().all():
                style.empty(axes, lang)
        style.legend(figure, looks, {design: called(design, lang, names) for design in designs}, points=True)
        style.note(
            figure,
            [
                *replicates(pd.concat(counts), lang, shape="band" if numbers else "bar"),
                say("not_varied", lang) if flat else "",
                *drawn(rows, lang, names, hide=[parameter]),
            ],
            lang,
        )
        return layout.settle(figure, size, style.scaled(1.7))


def _curve(axes: Axes, table: pd.DataFrame, look: style.Look) -> None:
    axes.plot(
        table.index,
        table["mean"],
        color=look.color,
        linestyle=look.line,
        linewidth=look.width,
        marker=look.marker,
        markersize=style.scaled(4.5),
    )
    if table["low"].notna().any():
        axes.fill_between(table.index, table["low"], table["high"], color=look.color, alpha=0.18, linewidth=0)


def _points(axes: Axes, table: pd.DataFrame, look: style.Look, shift: float) -> None:
    place = np.arange(len(table)) + shift
    axes.vlines(place, table["low"], table["high"], color=look.color, linewidth=style.pen(2))
    axes.plot(
        place, table["mean"], color=look.color, linestyle="", marker=look.marker, markersize=style.scaled(5)
    )


def _flat(axes: Axes, row: pd.Series, look: style.Look) -> None:
    axes.axhline(row["mean"], color=look.color, linestyle=look.line, linewidth=look.width)
    if np.isfinite(row["low"]):
        axes.axhspan(row["low"], row["high"], color=look.color, alpha=0.18, linewidth=0)
