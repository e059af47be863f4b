"""Flows (Sankey diagram): how much goes from one stage to the next, as bands between bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from cogov.figures import layout, style
from cogov.figures.frames import require
from cogov.figures.lettering import fit
from cogov.kit.errors import StudyError

BAR, GAP = 0.02, 0.045
"""Width of a bar and distance of two, as shares of the panel."""
SIDE = 0.68
"""Room for the names of the first and last stage, as a share of the width of a stage."""
LETTERS = 7.5
"""Size of the names."""
STAGE = 3.2
"""Width of a stage with its names, in inches."""


def flow(
    panels: Mapping[str, pd.DataFrame],
    stages: Sequence[str],
    *,
    heads: Sequence[str],
    note: str = "",
    lang: str = "en",
    columns: int = 2,
    unit: str = "",
    figsize: style.Size | None = None,
) -> Figure:
    """Bands from stage to stage, as broad as what flows; all panels to one scale.

    matplotlib's own Sankey diagrams have one trunk; those of other libraries are pages for a browser.

    Parameters
    ----------
    panels : mapping of str to DataFrame
        By title: ``value`` (at least 0), and of each row its name in every stage.
    stages : sequence of str
        Columns of names, from left to right. Names are drawn in the order of a categorical column, else of
        their first row.
    heads : sequence of str
        What stands over each stage.
    note : str
        What is drawn, in a sentence.
    unit : str
        Of the numbers beside the names.
    columns : int
        Panels in a row at most.
    figsize : tuple of float, optional
        Width and height in inches; no height is as high as needed.

    Raises
    ------
    StudyError
        If a frame lacks a column, or a value is below 0.
    """
    for title, table in panels.items():
        require(table, (*stages, "value"), f"flows of {title}")
        if not (table["value"] >= 0).all():
            raise StudyError(f"flows of {title}: value must be at least 0")
    most = max((table["value"].sum() for table in panels.values()), default=0.0) or 1.0
    bars = max((table[stage].nunique() for table in panels.values() for stage in stages), default=1)
    with style.house(lang):
        figure, axes, size = style.panels(len(panels), columns, STAGE * len(stages), figsize, least=4.0)
        colours = _colours([name for table in panels.values() for name in _order(table[stages[0]])])
        for one, (title, table) in zip(axes, panels.items(), strict=True):
            one.set_axis_off()
            one.set_title(title)
            one.set(xlim=(0, 1), ylim=(1.02, -0.06))
            if table["value"].sum() <= 0:
                style.empty(one, lang)
                continue
            _draw(one, table, stages, heads, most, colours, unit)
        if note:
            style.note(figure, (note,), lang)
        return layout.settle(figure, size, max(3.2, 0.26 * (bars + 2)) * style.scaled(1.0))


def _colours(names: Sequence[str]) -> dict[str, str]:
    """A colour for each name of the first stage; those beyond the palette (black is of the bars) are grey."""
    palette, different = style.COLOURS[:-1], list(dict.fromkeys(names))
    return dict(zip_longest(different, palette[: len(different)], fillvalue=style.BASELINE))


def _order(names: pd.Series) -> list[str]:
    """The names there are, in their order."""
    there = list(dict.fromkeys(names))
    if isinstance(names.dtype, pd.CategoricalDtype):
        return [name for name in names.cat.categories if name in there]
    return there


def _draw(
    axes: Axes,
    table: pd.DataFrame,
    stages: Sequence[str],
    heads: Sequence[str],
    most: float,
    colours: Mapping[str, str],
    unit: str,
) -> None:
    """The bars of all stages, their names, and the bands between them."""
    names = [_order(table[stage]) for stage in stages]
    gap = min(GAP, 0.5 / max(len(one) for one in names))
    scale = (1 - gap * (max(len(one) for one in names) - 1)) / most
    side = SIDE / len(stages)
    x = np.linspace(side, 1 - side, len(stages))
    top: list[dict[str, float]] = []
    for place, stage in enumerate(stages):
        sums = table.groupby(stage, sort=False, observed=True)["value"].sum()
        start, tops = 0.0, dict[str, float]()
        for name in names[place]:
            height = float(sums[name]) * scale
            tops[name] = start
            axes.add_patch(
                Rectangle((x[place] - BAR / 2, start), BAR, height, color=mpl.rcParams["text.color"])
            )
            _name(axes, place, len(stages), x[place], start + height / 2, f"{name}  {sums[name]:,.0f}{unit}")
            start += height + gap
        top.append(tops)
        axes.text(x[place], -0.02, heads[place], ha="center", va="bottom", fontsize=style.scaled(LETTERS))
    for place in range(len(stages) - 1):
        left, right = dict(top[place]), dict(top[place + 1])
        keys = list(dict.fromkeys([stages[0], stages[place], stages[place + 1]]))
        parts = table.groupby(keys, sort=False, observed=True)["value"].sum()
        for key, value in parts.items():
            named = dict(zip(keys, key if isinstance(key, tuple) else (key,), strict=True))
            height, a, b = value * scale, named[stages[place]], named[stages[place + 1]]
            _band(
                axes,
                (x[place] + BAR / 2, left[a]),
                (x[place + 1] - BAR / 2, right[b]),
                height,
                colours[named[stages[0]]],
            )
            left[a] += height
            right[b] += height


def _name(axes: Axes, place: int, stages: int, x: float, y: float, text: str) -> None:
    """The name of a bar: outside at both ends, above the bands between."""
    first, last = place == 0, place == stages - 1
    where = x - BAR if first else x + BAR
    size = style.scaled(LETTERS)
    figure = axes.get_figure(root=True)
    assert isinstance(figure, Figure)
    room = (SIDE / stages - 2 * BAR) * figure.get_figwidth() / layout.shape(axes)[1]
    axes.text(
        where,
        y,
        fit(text, room, size) if first or last else text,
        ha="right" if first else "left",
        va="center",
        fontsize=size,
        zorder=3,
        bbox=None if first or last else {"facecolor": "white", "alpha": 0.7, "linewidth": 0, "pad": 0.8},
    )


def _band(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], height: float, colour: str
) -> None:
    """A band that keeps its height from one bar to another."""
    (x0, y0), (x1, y1) = start, end
    middle = (x0 + x1) / 2
    points = [(x0, y0), (middle, y0), (middle, y1), (x1, y1), (x1, y1 + height), (middle, y1 + height)]
    points += [(middle, y0 + height), (x0, y0 + height), (x0, y0)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), facecolor=colour, alpha=0.45, linewidth=0))
