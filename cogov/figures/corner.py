"""The corner of the assumptions in which a design loses: every draw, and the box."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from numpy.typing import NDArray

from cogov.analysis.corner import Corner
from cogov.analysis.findings import direction
from cogov.figures import layout, style
from cogov.kit.errors import StudyError
from cogov.words import label, parameter, say

WINS, LOSES = style.COLOURS[0], style.COLOURS[1]


def corner(
    drawn: pd.DataFrame,
    differences: NDArray[np.float64],
    found: Corner,
    *,
    outcome: str,
    lang: str = "en",
    figsize: style.Size | None = None,
) -> Figure:
    """Draws of the two assumptions that bound the corner most, whether the design loses there, and the box.

    A box with one bound is drawn against the assumption that comes next; further bounds are named.

    Parameters
    ----------
    drawn : DataFrame, shape (draws, assumptions)
    differences : ndarray, shape (draws,)
    found : Corner
    outcome : str
    lang : str
        "en" or "zh".
    figsize : tuple of float, optional
        Width and height in inches.

    Raises
    ------
    StudyError
        If nothing bounds the corner, or there is only one assumption.
    """
    bounds = found.limits.set_index("parameter")
    others = [name for name in drawn if name not in bounds.index]
    names = [str(name) for name in [*bounds.index, *others][:2]]
    if not len(bounds) or len(names) < 2:
        raise StudyError("corner: no assumption bounds it; there is nothing to draw")
    there = np.isfinite(differences)
    loses = (direction(outcome) or 1) * differences < 0
    with style.house(lang):
        size = style.page(6.4, figsize)
        figure = style.sheet(size)
        axes = figure.subplots()
        ink = mpl.rcParams["text.color"]
        for chosen, colour, shape in ((there & ~loses, WINS, "o"), (there & loses, LOSES, "X")):
            axes.plot(
                drawn.loc[chosen, names[0]],
                drawn.loc[chosen, names[1]],
                shape,
                color=colour,
                markersize=style.scaled(4.5),
                linestyle="",
            )
        (left, bottom), (right, top) = (
            [float(bounds[end][name]) if name in bounds.index else _end(drawn[name], end) for name in names]
            for end in ("low", "high")
        )
        box = (left, bottom), right - left, top - bottom
        axes.add_patch(Rectangle(*box, facecolor=LOSES, alpha=0.14, edgecolor="none", zorder=0))
        axes.add_patch(Rectangle(*box, fill=False, edgecolor=ink, linewidth=style.pen(1.2)))
        axes.set_xlabel(parameter(names[0], lang))
        axes.set_ylabel(parameter(names[1], lang))
        values = {name: f"{100 * getattr(found, name):.0f}" for name in ("density", "coverage", "support")}
        notes = [say("corner_title", lang, outcome=label(outcome, lang)), say("corner_note", lang, **values)]
        if len(bounds) > 2:
            more = say("comma", lang).join(parameter(str(name), lang) for name in bounds.index[2:])
            notes.append(say("corner_more", lang, names=more))
        style.note(figure, tuple(notes), lang)
        marks = [
            Line2D([], [], marker=shape, color=colour, linestyle="", label=say(key, lang))
            for key, colour, shape in (("corner_wins", WINS, "o"), ("corner_loses", LOSES, "X"))
        ]
        style.key(figure, [*marks, Patch(facecolor=LOSES, alpha=0.25, label=say("corner_box", lang))])
        return layout.settle(figure, size, style.scaled(3.6))


def _end(values: pd.Series, end: str) -> float:
    return float(values.min() if end == "low" else values.max())
