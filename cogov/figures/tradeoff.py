"""Trade-off: two outcomes of every design against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from cogov.errors import StudyError
from cogov.figures import style
from cogov.figures.means import drawn, means, replicates, select
from cogov.outcomes.measures import MEASURES
from cogov.words import design as called
from cogov.words import label, outcome_axis, say, with_unit

WAYS = 24
"""Directions in which a place for a name is looked for."""
NEAR = 2 * WAYS
"""Places so near that no leader is needed."""


def tradeoff(
    runs: pd.DataFrame,
    x: str,
    y: str,
    *,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
) -> Figure:
    """Means of two outcomes by design, with their 95 % intervals and the Pareto front.

    A design is dominated if another's means are at least as good in both outcomes and better in one
    (``MEASURES[...].better``). The front speaks of the means; the intervals say how sure they are.
    Designs on the front are named beside their points as far as there is room, and all in the legend.

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

    Raises
    ------
    StudyError
        If an outcome is missing or given twice, or the runs have several communities or values of a
        parameter.
    """
    if x == y:
        raise StudyError(f"tradeoff: x and y are both {x!r}; name two outcomes")
    rows = select(runs, [x, y], ("design",), "runs")
    looks = style.looks(rows["design"].unique().tolist())
    across, up = means(rows, x, ("design",)), means(rows, y, ("design",))
    shown = across["mean"].notna() & up["mean"].notna()
    across, up = across[shown], up[shown]
    points = np.column_stack([across["mean"], up["mean"]])
    ways = np.array([MEASURES[name].better if name in MEASURES else 0 for name in (x, y)])
    front = _front(points * ways) if ways.all() else np.ones(len(points), dtype=bool)
    looks = {
        design: look if design not in across.index or front[across.index.get_loc(design)] else _paler(look)
        for design, look in looks.items()
    }
    with style.house(lang):
        figure, (axes,) = style.panels(1, 1, (6.2, 4.3), 0.4)
        bars = []
        for design, better in sorted(zip(across.index, front, strict=True), key=lambda pair: bool(pair[1])):
            look, centre = looks[design], points[across.index.get_loc(design)]
            for table, way in ((across, "x"), (up, "y")):
                ends = _ends(centre, table.loc[design], way)
                bars.append(ends)
                axes.plot(*ends.T, color=look.color, linewidth=1.4, zorder=2.5 if better else 2)
            axes.plot(
                *centre, marker=look.marker, color=look.color, markersize=7, zorder=2.6 if better else 2.1
            )
        if ways.all():
            order = points[front][np.argsort(points[front, 0], kind="stable")]
            axes.plot(*order.T, color=style.QUIET, linewidth=1, zorder=1.5, linestyle=(0, (4, 2)))
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
        style.settle(figure)
        # Names are placed by where things lie in the picture, so nothing may move any more.
        figure.set_layout_engine("none")
        if ways.all() and len(points):
            texts = [style.wrap(labels[design], 26) for design in across.index[front]]
            _name(axes, points, np.array(bars), np.flatnonzero(front), texts)
        return style.settle(figure)


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


def _name(
    axes: Axes,
    points: NDArray[np.float64],
    bars: NDArray[np.float64],
    named: NDArray[np.int64],
    texts: list[str],
) -> None:
    """Write names beside points, each where it covers least, with a thin leader if that is not near.

    A name that would cover another one is left to the legend.

    Parameters
    ----------
    axes : Axes
        Laid out and drawn.
    points : ndarray, shape (n, 2)
        All points.
    bars : ndarray, shape (k, 2, 2)
        Both ends of every interval.
    named : ndarray of int, shape (m,)
        The points that get a name.
    texts : list of str
        Their names.
    """
    pixels = axes.transData.transform
    centres = pixels(points)
    lines = [np.sort(pixels(ends), axis=0) for ends in bars]
    front = centres[named][np.argsort(centres[named, 0], kind="stable")]
    steps = np.linspace(0, len(front) - 1, 40 * len(front))
    dashes = np.column_stack([np.interp(steps, np.arange(len(front)), way) for way in front.T])
    # Left, bottom, right and top of what is not to be covered, and how bad it is to cover it.
    taken = np.vstack(
        [np.hstack([centres - 6, centres + 6]), np.hstack([dashes - 1, dashes + 1])]
        + [np.hstack([low - 2, high + 2])[None] for low, high in lines]
    )
    weight = np.repeat([3.0, 1.0, 2.0], [len(centres), len(dashes), len(bars)])
    inside, names = np.array([axes.get_window_extent().extents]), np.empty((0, 4))
    for position, text in zip(named, texts, strict=True):
        artist = axes.annotate(
            text,
            points[position],
            xytext=(0, 0),
            textcoords="offset points",
            fontsize=8,
            ha="center",
            va="center",
            arrowprops={"arrowstyle": "-", "color": style.BASELINE, "linewidth": 0.6, "shrinkB": 4},
        )
        size = np.asarray(Text.get_window_extent(artist).size)  # of the text, without its leader
        shifts = _shifts(size)
        middle = centres[position] + shifts
        places = np.hstack([middle - size / 2 - 1, middle + size / 2 + 1])
        outside = np.prod(size + 2) - _common(places, inside)[:, 0]
        cost = _common(places, taken) @ weight + 10 * outside + 2 * np.hypot(*shifts.T)
        best = int(np.argmin(cost))
        if _common(places[[best]], names).any() or outside[best] > 1:
            artist.remove()  # the legend names it
            continue
        artist.set_position(tuple(shifts[best] * 72 / axes.figure.dpi))
        if best < NEAR and artist.arrow_patch:
            artist.arrow_patch.set_visible(False)
        names = np.vstack([names, places[best]])
        taken, weight = np.vstack([taken, places[best]]), np.append(weight, 5.0)


def _shifts(size: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shifts of a name of a size from its point, in pixels: all around, near ones first; shape (k, 2)."""
    angles = np.linspace(0, 2 * np.pi, WAYS, endpoint=False)
    ways = np.column_stack([np.cos(angles), np.sin(angles)])
    return np.vstack([ways * (size / 2 + gap) for gap in (10, 18, 28, 40, 56, 76, 100, 130)])


def _common(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Areas that boxes (left, bottom, right, top) share with others, shape (boxes, others)."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    return np.asarray(np.clip(high - low, 0, None).prod(axis=2))
