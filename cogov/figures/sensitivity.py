"""Sensitivity: which parameters the spread of an outcome comes from, and which it responds to."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cogov.figures import layout, style
from cogov.figures.frames import of_outcome
from cogov.figures.naming import beside_points
from cogov.kit.errors import StudyError
from cogov.words import label, outcome_unit, parameter, say, with_unit

FIRST, TOTAL = style.COLOURS[0], style.COLOURS[5]


def sensitivity(
    indices: pd.DataFrame, *, outcome: str, lang: str = "en", figsize: style.Size | None = None
) -> Figure:
    """Sobol' indices with their intervals: first and total order of each parameter, the largest total first.

    Parameters
    ----------
    indices : DataFrame
        ``outcome, parameter, first, first_low, first_high, total, total_low, total_high``: shares of the
        outcome's variance. An estimate may lie below 0 or above 1; it is drawn as it is.
    outcome : str
    lang : str
        "en" or "zh".
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If the frame does not have the outcome, lacks a column, or has no number at all.
    """
    numbers = [f"{order}{end}" for order in ("first", "total") for end in ("", "_low", "_high")]
    rows = of_outcome(indices, outcome, ("parameter",), numbers, "sensitivity indices")
    rows = rows.sort_values("total", ascending=False, na_position="last", kind="stable")
    if rows[["first", "total"]].isna().to_numpy().all():
        raise StudyError(f"sensitivity indices: none of {outcome!r} is a number")
    place = np.arange(len(rows))
    with style.house(lang):
        size = style.page(6.4, figsize)
        figure = style.sheet(size)
        ink = mpl.rcParams["text.color"]
        axes = figure.subplots()
        for order, shift, colour in (("first", -0.18, FIRST), ("total", 0.18, TOTAL)):
            axes.barh(
                place + shift, rows[order], height=0.34, color=colour, label=say(f"{order}_order", lang)
            )
            axes.hlines(
                place + shift,
                rows[f"{order}_low"],
                rows[f"{order}_high"],
                color=ink,
                linewidth=style.pen(1.2),
            )
        axes.axvline(0, color=ink, linewidth=style.pen(0.9))
        labels = style.names(figure, [parameter(path, lang) for path in rows["parameter"]])
        axes.set_yticks(place, labels)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(say("share_of_variance", lang))
        style.note(figure, (say("sensitivity", lang, outcome=label(outcome, lang)),), lang)
        handles = [
            Patch(color=colour, label=say(f"{order}_order", lang))
            for order, colour in (("first", FIRST), ("total", TOTAL))
        ]
        interval = Line2D([], [], color=ink, linewidth=style.pen(1.2), label=say("interval", lang))
        style.key(figure, [*handles, interval])
        return layout.settle(figure, size, style.rows(labels, 0.42))


def screening(
    effects: pd.DataFrame, *, outcome: str, lang: str = "en", figsize: style.Size | None = None
) -> Figure:
    """Morris screening: size of each parameter's effect against how much that differs from place to place.

    Points are numbered by size; the list of names stands beside, or below in a narrow figure.

    Parameters
    ----------
    effects : DataFrame
        ``outcome, parameter, mu_star, mu_star_low, mu_star_high, sigma``, in units of the outcome.
    outcome : str
    lang : str
        "en" or "zh".
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If the frame does not have the outcome, lacks a column, or has no number at all.
    """
    numbers = ("mu_star", "mu_star_low", "mu_star_high", "sigma")
    rows = of_outcome(effects, outcome, ("parameter",), numbers, "Morris screening")
    rows = rows.sort_values("mu_star", ascending=False, na_position="last", kind="stable", ignore_index=True)
    drawn = rows.dropna(subset=["mu_star", "sigma"])
    if drawn.empty:
        raise StudyError(f"Morris screening: no effect on {outcome!r} is a number")
    unit = outcome_unit(outcome, lang)
    with style.house(lang):
        size = style.page(7.4, figsize)
        figure = style.sheet(size)
        axes = figure.subplots()
        most = float(np.nanmax([*drawn["mu_star"], *drawn["mu_star_high"], *drawn["sigma"]])) * 1.08 or 1.0
        axes.plot(
            [0, most], [0, most], color=style.QUIET, linestyle=(0, (4, 3)), linewidth=style.pen(0.9), zorder=1
        )
        axes.hlines(
            drawn["sigma"],
            drawn["mu_star_low"],
            drawn["mu_star_high"],
            color=FIRST,
            alpha=0.6,
            linewidth=style.pen(1.2),
        )
        axes.plot(drawn["mu_star"], drawn["sigma"], "o", markersize=style.scaled(5), color=FIRST)
        axes.set(xlim=(-0.05 * most, most), ylim=(-0.05 * most, most))
        axes.set_xlabel(with_unit(say("mu_star", lang), unit, lang))
        axes.set_ylabel(with_unit(say("sigma", lang), unit, lang))
        title = say("screening", lang, outcome=label(outcome, lang))
        style.note(figure, (title, say("interval", lang), say("diagonal", lang)), lang)
        beside = [
            Line2D([], [], linestyle="", label=f"{rank + 1}  {parameter(path, lang)}")
            for rank, path in enumerate(rows["parameter"])
        ]
        if style.narrow(size):
            style.key(figure, beside, handle=0, where="lower left", columns=1)
        else:  # of the panel, as the note stands above the figure's corner
            axes.legend(handles=beside, loc="upper left", bbox_to_anchor=(1.0, 1.02), handlelength=0)
        layout.settle(figure, size, style.scaled(3.0))
        bars = drawn[["mu_star_low", "sigma", "mu_star_high", "sigma"]].fillna(0).to_numpy()
        beside_points(
            axes,
            drawn[["mu_star", "sigma"]].to_numpy(),
            bars.reshape(-1, 2, 2),
            drawn.index.to_numpy(),
            [str(rank + 1) for rank in drawn.index],
        )
        return figure
