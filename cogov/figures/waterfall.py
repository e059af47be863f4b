"""Waterfall: how the parts of a difference lead from one value to another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from cogov.figures import layout, style
from cogov.figures.attribution import BAD, GOOD, PALE
from cogov.figures.frames import decimals, require, signed
from cogov.outcomes.measures import MEASURES
from cogov.words import label, outcome_unit, say, with_unit

MOST = 12
"""Parts that have a bar of their own; what is left is added up."""


def waterfall(
    parts: pd.DataFrame,
    *,
    ends: tuple[float, float],
    names: tuple[str, str],
    outcome: str,
    rest: Callable[[Sequence[int]], tuple[float, float]] | None = None,
    lang: str = "en",
    figsize: style.Size | None = None,
) -> Figure:
    """Bars that lead from one value to another, the largest part first.

    Lines are intervals of the parts; pale bars are of parts whose interval holds 0. A part without an
    interval has no line.

    Parameters
    ----------
    parts : DataFrame
        ``label, difference, low, high``: parts that add up to the difference of the ends.
    ends : tuple of float
        The values of the two designs.
    names : tuple of str
        What the designs are called.
    outcome : str
    rest : callable, optional
        Gives the interval of the sum of several parts, by their places in ``parts``: it does not follow from
        theirs. Without it the bar of all others has no line.
    lang : str
        "en" or "zh".
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If the frame lacks a column.
    """
    require(parts, ("label", "difference", "low", "high"), "parts of a difference")
    parts = parts.reset_index(drop=True)
    rows = parts.reindex(parts["difference"].abs().sort_values(ascending=False, kind="stable").index)
    least = 5e-4 * float(rows["difference"].abs().sum())
    large = rows["difference"].abs().to_numpy() > least  # of those too small to see there is the sum
    shown, small = rows[large][:MOST], pd.concat([rows[large][MOST:], rows[~large]])
    if len(small):
        low, high = rest(small.index.tolist()) if rest else (np.nan, np.nan)
        shown = pd.concat(
            [
                shown,
                pd.DataFrame(
                    {
                        "label": [say("waterfall_rest", lang)],
                        "difference": [small["difference"].sum()],
                        "low": [low],
                        "high": [high],
                    }
                ),
            ]
        )
    steps = shown["difference"].to_numpy(dtype=float)
    before = ends[0] + np.concatenate([[0.0], np.cumsum(steps)[:-1]])
    sign = MEASURES[outcome].better or 1 if outcome in MEASURES else 1
    places = decimals([*steps, ends[1] - ends[0]])
    with style.house(lang):
        size = style.page(7.2, figsize)
        figure = style.sheet(size)
        axes, ink = figure.subplots(), mpl.rcParams["text.color"]
        at = np.arange(1, len(steps) + 1)
        colours = [GOOD if step * sign >= 0 else BAD for step in steps]
        pale = ((shown["low"] <= 0) & (shown["high"] >= 0)).to_numpy()
        drawn = [(*colour[:3], PALE if faint else 1.0) for colour, faint in zip(colours, pale, strict=True)]
        axes.barh(at, steps, left=before, height=0.66, color=drawn)
        for row, (start, low, high) in enumerate(zip(before, shown["low"], shown["high"], strict=True), 1):
            axes.hlines(row, start + low, start + high, color=ink, linewidth=style.pen(1.2))
        for place, end in zip((0, len(steps) + 1), ends, strict=True):
            axes.plot([end, end], [place - 0.36, place + 0.36], color=ink, linewidth=style.pen(2.4))
        for row, (start, step) in enumerate(zip(before, steps, strict=True), 1):  # from each bar to the next
            axes.plot([start + step] * 2, [row, row + 1], color=style.BASELINE, linewidth=style.pen(0.8))
        axes.plot([ends[0]] * 2, [0, 1], color=style.BASELINE, linewidth=style.pen(0.8))
        numbers = [
            f"{ends[0]:.{places}f}",
            *(signed(step, places) for step in steps),
            f"{ends[1]:.{places}f}",
        ]
        for row, number in enumerate(numbers):
            axes.text(
                1.02,
                row,
                number,
                transform=axes.get_yaxis_transform(),
                va="center",
                fontsize=style.scaled(7.5),
            )
        spread = [*(before + shown["low"]).dropna(), *(before + shown["high"]).dropna()]
        reach = [*ends, *before, *(before + steps), *spread]
        room = 0.06 * (float(np.ptp(reach)) or 1.0)
        axes.set_xlim(min(reach) - room, max(reach) + room)
        labels = style.names(figure, [names[0], *shown["label"], names[1]])
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(with_unit(label(outcome, lang), outcome_unit(outcome, lang), lang))
        style.note(
            figure, (say("waterfall", lang, outcome=label(outcome, lang), a=names[0], b=names[1]),), lang
        )
        style.key(
            figure,
            [
                Patch(color=GOOD, label=say("improves", lang)),
                Patch(color=BAD, label=say("worsens", lang)),
                *(
                    [Line2D([], [], color=ink, linewidth=style.pen(1.2), label=say("interval", lang))]
                    * bool(spread)
                ),
                *([Patch(color=(*GOOD[:3], PALE), label=say("unsure", lang))] * bool(pale.any())),
            ],
        )
        return layout.settle(figure, size, style.rows(labels, 0.27))
