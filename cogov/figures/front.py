"""The front of a search: the best designs in two goals, those that were named, and all that was tried."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from cogov.figures import layout, style
from cogov.figures.lettering import wrap
from cogov.figures.naming import beside_points
from cogov.kit.errors import StudyError, unknown
from cogov.words import design as called
from cogov.words import label, outcome_axis, say, with_unit

FAINT, OVER = "#B9B9B9", "#E3E3E3"


def front(
    points: pd.DataFrame,
    tried: pd.DataFrame,
    x: str,
    y: str,
    *,
    baseline: str,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    note: str = "",
    figsize: style.Size | None = None,
) -> Figure:
    """Differences from the baseline in two goals of all designs that a search tried.

    Parameters
    ----------
    points : DataFrame
        `cogov.search.found.SearchResult.points`: what was run on fresh seeds, with intervals. Designs of the
        front are numbered, the others named.
    tried : DataFrame
        `cogov.search.found.SearchResult.tried`: drawn faint, where the screening saw them.
    x, y : str
        Two goals.
    baseline : str
        Name of the design that all are compared with.
    lang : str
        ``en`` or ``zh``.
    names : mapping, optional
        Chinese names of designs, for ``zh``.
    note : str
        What else is said of the values.
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If x and y are the same, or no goals.
    """
    goals = [name for name in tried if name in set(points["measure"])]
    for goal in (x, y):
        if goal not in goals:
            raise StudyError(unknown("goal", goal, map(str, goals), "front"))
    if x == y:
        raise StudyError(f"front: x and y are both {x!r}; name two goals")
    numbers, centres, bars = _again(points, x, y)
    best = [place for place, number in enumerate(numbers.values()) if number]
    others = [name for name, number in numbers.items() if not number and name != baseline]
    with style.house(lang):
        figure, (axes,), size = style.panels(1, 1, 6.2, figsize)
        looks = style.looks([baseline, *others])
        rest = tried[~tried["design"].isin(numbers)]
        over = rest["fate"] == "over"
        _dots(axes, rest[over], x, y, OVER)
        _dots(axes, rest[~over], x, y, FAINT)
        for place, (name, number) in enumerate(numbers.items()):
            look = looks.get(name)
            colour = style.QUIET if look is None else look.color
            for ends in bars[place]:
                axes.plot(*ends.T, color=colour, linewidth=style.pen(1.4), zorder=2.4)
            face = "#222222" if look is None else colour
            marker = "o" if look is None else look.marker
            axes.plot(*centres[place], marker=marker, color=face, markersize=style.scaled(6), zorder=2.6)
            if number and look is not None:  # a named design on the front
                axes.plot(*centres[place], marker="o", color="none", markeredgecolor="#222222", zorder=2.7,
                          markersize=style.scaled(10))  # fmt: skip
        order = sorted(best, key=lambda place: centres[place, 0])
        axes.plot(
            *centres[order].T, color=style.QUIET, linewidth=style.pen(1), linestyle=(0, (4, 2)), zorder=1.5
        )
        axes.margins(0.12)
        axes.xaxis.set_major_locator(MaxNLocator(6))
        axes.yaxis.set_major_locator(MaxNLocator(6))
        base = called(baseline, lang, names)
        for goal, put in ((x, axes.set_xlabel), (y, axes.set_ylabel)):
            put(with_unit(label(goal, lang), outcome_axis(goal, lang), lang))
        _key(figure, looks, lang, names, bool(best), over)
        style.note(
            figure,
            [
                say("difference", lang, baseline=base),
                *([note] if note else []),
                say("front_bar", lang),
                say("front_line", lang),
            ],
            lang,
        )
        layout.settle(figure, size, 0.55 * size[0] if style.narrow(size) else style.scaled(3.6))
        texts = [
            str(number) if number else wrap(called(name, lang, names), 26) for name, number in numbers.items()
        ]
        shown = [place for place, (name, number) in enumerate(numbers.items()) if number or name != baseline]
        if style.narrow(size):  # the legend names the others
            shown = best
        if shown:
            flat = bars.reshape(-1, 2, 2)
            beside_points(axes, centres, flat, np.array(shown), [texts[place] for place in shown])
        return figure


def _again(
    points: pd.DataFrame, x: str, y: str
) -> tuple[dict[str, int], NDArray[np.float64], NDArray[np.float64]]:
    """Designs with their numbers, their points (n, 2), and both ends of both intervals (n, 2, 2, 2)."""
    across, up = (points[points["measure"] == goal].set_index("design") for goal in (x, y))
    numbers = {str(name): int(number) for name, number in across["front"].items()}
    centres = np.column_stack([across["difference"], up["difference"]]).astype(float)
    bars = np.repeat(centres[:, None, None], 2, axis=1).repeat(2, axis=2)
    for way, table in enumerate((across, up)):
        for end, column in enumerate(("low", "high")):
            known = table[column].notna().to_numpy()
            bars[known, way, end, way] = table[column].to_numpy(dtype=float)[known]
    return numbers, centres, bars


def _dots(axes: Axes, rows: pd.DataFrame, x: str, y: str, colour: str) -> None:
    axes.plot(
        rows[x], rows[y], linestyle="", marker="o", color=colour, markersize=style.scaled(3.5), zorder=1.2
    )


def _key(
    figure: Figure,
    looks: Mapping[str, style.Look],
    lang: str,
    names: Mapping[str, str] | None,
    any_best: bool,
    over: pd.Series,
) -> None:
    """What dots stand for, and the designs that were named."""

    def dot(text: str, colour: str, marker: str = "o", size: float = 5) -> Line2D:
        return Line2D(
            [], [], linestyle="", marker=marker, color=colour, markersize=style.scaled(size), label=text
        )

    handles = [dot(say("front_point", lang), "#222222")] if any_best else []
    handles += [dot(called(name, lang, names), look.color, look.marker) for name, look in looks.items()]
    handles += [dot(say("front_tried", lang), FAINT, size=3.5)] if (~over).any() else []
    handles += [dot(say("front_over", lang), OVER, size=3.5)] if over.any() else []
    style.key(figure, handles, handle=1.5)
