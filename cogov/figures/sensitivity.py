"""Sensitivity: which parameters the spread of an outcome comes from, and which it responds to."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cogov.errors import StudyError
from cogov.figures import style
from cogov.figures.frames import of_outcome
from cogov.words import label, outcome_unit, parameter, say, with_unit

FIRST, TOTAL = style.COLOURS[0], style.COLOURS[5]


def sensitivity(indices: pd.DataFrame, *, outcome: str, lang: str = "en") -> Figure:
    """Sobol' indices with their intervals: first and total order of each parameter, the largest total first.

    Parameters
    ----------
    indices : DataFrame
        ``outcome, parameter, first, first_low, first_high, total, total_low, total_high``: shares of the
        outcome's variance. An estimate may lie below 0 or above 1; it is drawn as it is.
    outcome : str
    lang : str
        "en" or "zh".

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
        figure = Figure(figsize=(6.4, 1.35 + 0.42 * len(rows)), layout="constrained")
        axes = figure.subplots()
        for order, shift, colour in (("first", -0.18, FIRST), ("total", 0.18, TOTAL)):
            axes.barh(
                place + shift, rows[order], height=0.34, color=colour, label=say(f"{order}_order", lang)
            )
            axes.hlines(
                place + shift, rows[f"{order}_low"], rows[f"{order}_high"], color="black", linewidth=1.2
            )
        axes.axvline(0, color="black", linewidth=0.9)
        axes.set_yticks(place, [parameter(path, lang) for path in rows["parameter"]])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(say("share_of_variance", lang))
        style.note(figure, (say("sensitivity", lang, outcome=label(outcome, lang)),), lang)
        handles = [
            Patch(color=colour, label=say(f"{order}_order", lang))
            for order, colour in (("first", FIRST), ("total", TOTAL))
        ]
        interval = Line2D([], [], color="black", linewidth=1.2, label=say("interval", lang))
        figure.legend(handles=[*handles, interval], loc="outside lower center", ncols=3)
        return style.settle(figure)


def screening(effects: pd.DataFrame, *, outcome: str, lang: str = "en") -> Figure:
    """Morris screening: size of each parameter's effect against how much that differs from place to place.

    Points are numbered by size; their names stand beside.

    Parameters
    ----------
    effects : DataFrame
        ``outcome, parameter, mu_star, mu_star_low, mu_star_high, sigma``, in units of the outcome.
    outcome : str
    lang : str
        "en" or "zh".

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
        figure = Figure(figsize=(7.4, max(3.9, 1.0 + 0.19 * len(rows))), layout="constrained")
        axes = figure.subplots()
        most = float(np.nanmax([*drawn["mu_star"], *drawn["mu_star_high"], *drawn["sigma"]])) * 1.08 or 1.0
        axes.plot([0, most], [0, most], color=style.QUIET, linestyle=(0, (4, 3)), linewidth=0.9, zorder=1)
        # The largest last, over the others.
        for rank, row in drawn[::-1].iterrows():
            axes.hlines(row["sigma"], row["mu_star_low"], row["mu_star_high"], color=FIRST, linewidth=1.2)
            axes.plot(row["mu_star"], row["sigma"], "o", markersize=12, color=FIRST, markeredgecolor="white")
            axes.annotate(
                str(int(str(rank)) + 1),
                (row["mu_star"], row["sigma"]),
                ha="center",
                va="center_baseline",
                color="white",
                fontsize=7,
            )
        axes.set(xlim=(-0.05 * most, most), ylim=(-0.05 * most, most))
        axes.set_xlabel(with_unit(say("mu_star", lang), unit, lang))
        axes.set_ylabel(with_unit(say("sigma", lang), unit, lang))
        title = say("screening", lang, outcome=label(outcome, lang))
        style.note(figure, (title, say("interval", lang), say("diagonal", lang)), lang)
        shown = [f"{rank + 1}  {parameter(path, lang)}" for rank, path in enumerate(rows["parameter"])]
        axes.text(1.06, 1, "\n".join(shown), transform=axes.transAxes, va="top", linespacing=1.5, fontsize=8)
        return style.settle(figure)
