"""Attribution: what each mechanism of a design contributes, and how mechanisms work together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator
from matplotlib.typing import RGBAColorType

from cogov.figures import layout, style
from cogov.figures.frames import decimals, ink, of_outcome, signed, sure
from cogov.figures.lettering import inches
from cogov.kit.errors import StudyError
from cogov.outcomes.measures import MEASURES
from cogov.words import label, mechanism, outcome_unit, say, with_unit

TOWARDS_GOOD = colormaps[style.DIVERGING]
GOOD, BAD = TOWARDS_GOOD(0.9), TOWARDS_GOOD(0.15)
PALE = 0.4


def attribution(
    effects: pd.DataFrame,
    total: pd.DataFrame,
    *,
    outcome: str,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    figsize: style.Size | None = None,
) -> Figure:
    """Bars of Shapley values: what each mechanism contributes, the largest first, and the total below.

    Pale bars are of mechanisms whose interval includes 0.

    Parameters
    ----------
    effects : DataFrame
        ``outcome, mechanism, value, low, high``, as `cogov.analysis` attributes them.
    total : DataFrame
        ``outcome, baseline, mean, difference, low, high``: the difference that the values add up to.
    outcome : str
    lang : str
        "en" or "zh".
    names : mapping, optional
        What to show for a mechanism, by its name.
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If a frame does not have the outcome, or lacks a column.
    """
    rows = of_outcome(effects, outcome, ("mechanism",), ("value", "low", "high"), "effects of mechanisms")
    rows = rows.sort_values("value", ascending=False, na_position="last", kind="stable")
    whole = of_outcome(
        total, outcome, (), ("baseline", "mean", "difference", "low", "high"), "total effect"
    ).iloc[0]
    sign = _direction(outcome) or 1
    places = decimals([*rows["value"], whole["difference"]])
    at = [*range(len(rows)), len(rows) + 0.4]
    with style.house(lang):
        size = style.page(7.2, figsize)
        figure, spread = style.sheet(size), not style.narrow(size)
        axes, ink_ = figure.subplots(), mpl.rcParams["text.color"]
        certain = sure(rows["low"], rows["high"])
        for position, row in enumerate(rows.to_dict("records")):
            axes.barh(
                position,
                row["value"],
                height=0.66,
                color=GOOD if row["value"] * sign >= 0 else BAD,
                alpha=1.0 if certain[position] else PALE,
            )
            axes.hlines(position, row["low"], row["high"], color=ink_, linewidth=style.pen(1.4))
            _number(axes, position, row["value"], (row["low"], row["high"]), places, spread=spread)
        axes.barh(at[-1], whole["difference"], height=0.66, color=style.BASELINE)
        axes.hlines(at[-1], whole["low"], whole["high"], color=ink_, linewidth=style.pen(1.4))
        _number(axes, at[-1], whole["difference"], (whole["low"], whole["high"]), places, spread=spread)
        axes.axvline(0, color=ink_, linewidth=style.pen(0.9))
        axes.axhline(len(rows) - 0.3, color="#BBBBBB", linewidth=0.8)
        shown = [mechanism(name, lang, names) for name in rows["mechanism"]]
        labels = style.names(figure, [*shown, say("all_together", lang)])
        axes.set_yticks(at, labels)
        axes.set_ylim(at[-1] + 0.6, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(with_unit(say("shapley", lang), outcome_unit(outcome, lang), lang))
        mean = {key: f"{whole[key]:,.{places}f}" for key in ("baseline", "mean")}
        title = say("attribution", lang, outcome=label(outcome, lang))
        style.note(figure, (title, say("attribution_total", lang, **mean)), lang)
        _legend(figure, _direction(outcome), lang)
        return layout.settle(figure, size, style.rows([*labels, ""], 0.27))


def interactions(
    interactions: pd.DataFrame,
    *,
    outcome: str,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    figsize: style.Size | None = None,
) -> Figure:
    """Matrix of pairwise interactions: what two mechanisms do together beyond the sum of each.

    Only the lower triangle. Mechanisms are numbered: their names stand left, their numbers on the diagonal.
    Values whose interval excludes 0 are framed; where cells have no room for values there are colours only.

    Parameters
    ----------
    interactions : DataFrame
        ``outcome, first, second, value, low, high``; each pair once, in either order.
    outcome : str
    lang : str
        "en" or "zh".
    names : mapping, optional
        What to show for a mechanism, by its name.
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If the frame is empty, does not have the outcome, lacks a column, has a pair twice, or no number.
    """
    what = "interactions of mechanisms"
    if interactions.empty:
        raise StudyError(
            f"{what}: there are none; they are worked out where there are two mechanisms or more,"
            " and few enough to run every coalition of them"
        )
    rows = of_outcome(interactions, outcome, ("first", "second"), ("value", "low", "high"), what)
    order = list(dict.fromkeys([*rows["first"], *rows["second"]]))
    place = {name: position for position, name in enumerate(order)}
    cells = [tuple(sorted((place[a], place[b]))) for a, b in zip(rows["first"], rows["second"], strict=True)]
    if len(set(cells)) < len(cells) or any(column == line for column, line in cells):
        raise StudyError(f"{what}: each pair of two mechanisms must be there once for {outcome!r}")
    if rows["value"].isna().all():
        raise StudyError(f"{what}: none of {outcome!r} is a number")
    power = _power(rows["value"])
    values = rows["value"] * 10.0**power
    places = decimals(values, 2)
    largest = float(values.abs().max())
    norm = Normalize(-(largest or 1.0), largest or 1.0)
    colours = TOWARDS_GOOD if _direction(outcome) >= 0 else TOWARDS_GOOD.reversed()
    with style.house(lang):
        size = style.page(4.2 + 0.5 * len(order), figsize)
        figure = style.sheet(size)
        axes = figure.subplots()
        certain = sure(rows["low"], rows["high"])
        called = style.names(figure, [mechanism(name, lang, names) for name in order], 0.33)
        labels = [f"{number}  {name}" for number, name in enumerate(called, 1)]
        axes.set_yticks(range(len(order)), labels)
        axes.set_xticks([])
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        axes.tick_params(axis="y", length=0)
        for position in range(len(order)):
            axes.text(
                position, position, str(position + 1), ha="center", va="center", fontsize=style.scaled(8)
            )
        axes.set(xlim=(-0.55, len(order) - 0.45), ylim=(len(order) - 0.45, -0.55))
        title = say("interactions", lang, outcome=label(outcome, lang))
        notes = [say(f"interactions_{key}", lang) for key in ("note", "sure")]
        style.note(figure, (title, *notes), lang)
        times = f" × {10**power:,}" if power else ""
        what = with_unit(say("interaction", lang) + times, outcome_unit(outcome, lang), lang)
        more, less = ("synergy", "crowding_out") if _direction(outcome) else ("above_sum", "below_sum")
        if _direction(outcome) < 0:
            more, less = less, more
        ways = say("scale_ends", lang, less=say(less, lang), more=say(more, lang))
        style.bar(figure, ScalarMappable(norm, colours), axes, f"{what}\n{ways}", size)
        layout.settle(figure, size, style.rows(labels, 0.3))
        numbers = [signed(value, places) for value in values]
        width = layout.room(axes)[0] / (len(order) + 0.1)
        fits = max(inches(number, style.scaled(7)) for number in numbers) < 0.9 * width
        for (column, line), value, number, sure_of in zip(cells, values, numbers, certain, strict=True):
            colour = colours(norm(value)) if np.isfinite(value) else (1.0, 1.0, 1.0, 1.0)
            _cell(axes, column, line, number if fits else "", colour, certain=bool(sure_of))
        return figure


def _direction(outcome: str) -> int:
    """1 if more of it is better, -1 if less is, 0 if neither or unknown."""
    return MEASURES[outcome].better if outcome in MEASURES else 0


def _number(
    axes: Axes, position: float, value: float, interval: tuple[float, float], places: int, *, spread: bool
) -> None:
    """Write a value beside the axes, with its interval if it has room to spread."""
    number = signed(value, places)
    if spread and np.isfinite(interval).all():
        low, high = (signed(end, places) for end in interval)
        number = f"{number}  [{low}, {high}]"
    axes.text(
        1.02, position, number, transform=axes.get_yaxis_transform(), va="center", fontsize=style.scaled(7.5)
    )


def _legend(figure: Figure, direction: int, lang: str) -> None:
    good, bad = ("improves", "worsens") if direction else ("raises", "lowers")
    style.key(
        figure,
        [
            Patch(color=GOOD, label=say(good, lang)),
            Patch(color=BAD, label=say(bad, lang)),
            Patch(color="#666666", alpha=PALE, linewidth=0, label=say("unsure", lang)),
            Line2D(
                [],
                [],
                color=mpl.rcParams["text.color"],
                linewidth=style.pen(1.4),
                label=say("interval", lang),
            ),
        ],
    )


def _cell(axes: Axes, column: int, line: int, number: str, colour: RGBAColorType, *, certain: bool) -> None:
    """One pair: its colour, its value, and a frame if it is sure."""
    axes.add_patch(
        Rectangle(
            (column - 0.47, line - 0.46),
            0.94,
            0.92,
            facecolor=colour,
            edgecolor="black" if certain else "#DDDDDD",
            linewidth=style.pen(1.5 if certain else 0.5),
        )
    )
    axes.text(
        column,
        line,
        number,
        ha="center",
        va="center",
        fontsize=style.scaled(7),
        color=ink(colour),
    )


def _power(values: Iterable[float]) -> int:
    """Power of a thousand that brings small values to where three digits show them."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    return 0 if largest == 0 or largest >= 0.01 else 3 * math.ceil(-math.log10(largest) / 3)
