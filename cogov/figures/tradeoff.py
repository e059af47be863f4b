"""Trade-off: two outcomes of every design against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from cogov.figures import layout, style
from cogov.figures.lettering import wrap
from cogov.figures.means import drawn, means, replicates, select
from cogov.figures.naming import beside_points
from cogov.kit.errors import StudyError
from cogov.outcomes.measures import MEASURES
from cogov.words import design as called
from cogov.words import label, outcome_axis, say, with_unit


def tradeoff(
    runs: pd.DataFrame,
    x: str,
    y: str,
    *,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    figsize: style.Size | None = None,
) -> Figure:
    """Means of two outcomes by design, with their 95 % intervals and the Pareto front.

    A design is dominated if another's means are at least as good in both outcomes and better in one
    (``MEASURES[...].better``). The front speaks of the means; the intervals say how sure they are.
    Designs on the front are named beside their points as far as there is room (not in one column), and all
    in the legend.

    Parameters
    ----------
    runs : DataFrame
        One row a run: ``design``, ``replicate`` and the outcomes. The first design is drawn as the
        baseline.
    x, y : str
        The outcomes.
    lang : str
        ``en`` or ``zh``.
    names : mapping, optional
        Chinese names of designs and communities, for ``zh``.
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If an outcome is missing or given twice, or the runs have several communities or values of a
        parameter.
    """
    if x == y:
        raise StudyError(f"tradeoff: x and y are both {x!r}; name two outcomes")
    rows = select(runs, [x, y], ("design",), "runs")
    across, up = means(rows, x, ("design",)), means(rows, y, ("design",))
    shown = across["mean"].notna() & up["mean"].notna()
    across, up = across[shown], up[shown]
    points = np.column_stack([across["mean"], up["mean"]])
    ways = np.array([MEASURES[name].better if name in MEASURES else 0 for name in (x, y)])
    front = _front(points * ways) if ways.all() else np.ones(len(points), dtype=bool)
    with style.house(lang):
        looks = {
            design: look
            if design not in across.index or front[across.index.get_loc(design)]
            else _paler(look)
            for design, look in style.looks(rows["design"].unique().tolist()).items()
        }
        figure, (axes,), size = style.panels(1, 1, 6.2, figsize)
        bars = []
        for design, better in sorted(zip(across.index, front, strict=True), key=lambda pair: bool(pair[1])):
            look, centre = looks[design], points[across.index.get_loc(design)]
            for table, way in ((across, "x"), (up, "y")):
                ends = _ends(centre, table.loc[design], way)
                bars.append(ends)
                axes.plot(*ends.T, color=look.color, linewidth=style.pen(1.4), zorder=2.5 if better else 2)
            axes.plot(
                *centre,
                marker=look.marker,
                color=look.color,
                markersize=style.scaled(7),
                zorder=2.6 if better else 2.1,
            )
        if ways.all():
            order = points[front][np.argsort(points[front, 0], kind="stable")]
            axes.plot(*order.T, color=style.QUIET, linewidth=style.pen(1), zorder=1.5, linestyle=(0, (4, 2)))
        if not len(points):
            style.empty(axes, lang)
        axes.margins(0.12)
        axes.xaxis.set_major_locator(MaxNLocator(6))
        axes.yaxis.set_major_locator(MaxNLocator(6))
        axes.set_xlabel(with_unit(label(x, lang), outcome_axis(x, lang), lang))
        axes.set_ylabel(with_unit(label(y, lang), outcome_axis(y, lang), lang))
        labels = {design: called(design, lang, names) for design in looks}
        style.legend(figure, looks, labels, points=True, lines=False)
        style.note(
            figure,
            [
                *replicates(across["count"], lang, shape="bar"),
                say("front" if ways.all() else "no_front", lang),
                *drawn(rows, lang, names),
            ],
            lang,
        )
        layout.settle(figure, size, 0.55 * size[0] if style.narrow(size) else style.scaled(3.4))
        if ways.all() and len(points) and not style.narrow(size):  # else the legend names them
            texts = [wrap(labels[design], 26) for design in across.index[front]]
            beside_points(axes, points, np.array(bars), np.flatnonzero(front), texts)
        return figure


def _paler(look: style.Look) -> style.Look:
    """The look of a dominated design: its colour, mostly white."""
    return replace(look, color=to_hex(tuple(0.4 * np.array(to_rgb(look.color)) + 0.6)))


def _ends(centre: NDArray[np.float64], row: pd.Series, way: str) -> NDArray[np.float64]:
    """Both ends of an interval, shape (2, 2); the point itself if there is no interval."""
    ends = np.array([centre, centre])
    if np.isfinite(row["low"]):
        ends[:, "xy".index(way)] = row["low"], row["high"]
    return ends


def _front(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points no other dominates; more is better in both columns."""
    at_least = (points[:, None] >= points[None]).all(2)
    beyond = (points[:, None] > points[None]).any(2)
    return ~(at_least & beyond).any(0)
