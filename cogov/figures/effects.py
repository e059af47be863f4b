"""Effect sizes: how far each design is from the baseline, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from cogov.analysis.findings import BY_SIZE, Finding
from cogov.figures import layout, style
from cogov.figures.frames import require
from cogov.figures.means import drawn, parameters, value
from cogov.kit.errors import StudyError
from cogov.words import design as called
from cogov.words import label, outcome_axis, say, settings

BAND = "#E9E9E9"
"""Behind differences that are too small to matter."""


def effects(
    comparison: pd.DataFrame,
    baseline: str,
    *,
    columns: int = 3,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    figsize: style.Size | None = None,
) -> Figure:
    """Forest plot: paired difference from the baseline with its 95 % interval, one panel an outcome.

    Every panel has the outcome's own unit: a difference of shares and one of yuan share no axis. With
    several communities or values of a parameter there is a row for each, named by what differs.

    A grey band holds the differences that are too small to matter. Dots are filled where a difference is
    found by a size that matters, grey where it is found too small, and hollow where neither is decided.

    Parameters
    ----------
    comparison : DataFrame
        As `cogov.analysis.compare` returns it.
    baseline : str
        Name of the baseline design.
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
        If the table is empty or lacks a column, or has two rows for one outcome, design, community and
        parameter values.
    """
    require(
        comparison,
        ("outcome", "design", "pairs", "difference", "low", "high", "matters", "finding"),
        "comparison",
    )
    if comparison.empty:
        raise StudyError("comparison: has no rows, so there is nothing to draw")
    conditions = [name for name in ("community", *parameters(comparison)) if name in comparison]
    varying = [name for name in conditions if comparison[name].nunique() > 1]
    keys = ["design", *conditions]
    if comparison.duplicated(["outcome", *keys]).any():
        raise StudyError(f"comparison: several rows for the same outcome, {', '.join(keys)}")
    arms = comparison[keys].drop_duplicates(ignore_index=True)
    labels = [_name(arm, varying, lang, names) for _, arm in arms.iterrows()]
    outcomes = list(dict.fromkeys(comparison["outcome"]))
    with style.house(lang):
        looks = style.looks([baseline, *dict.fromkeys(arms["design"])])
        figure, grid, size = style.panels(
            len(outcomes), columns, 2.9, figsize, beside=1.2, least=1.25, sharey=True
        )
        labels = style.names(figure, labels)
        for axes, outcome in zip(grid, outcomes, strict=True):
            rows = arms.merge(comparison[comparison["outcome"] == outcome], on=keys, how="left")
            for position, row in rows.iterrows():
                _interval(axes, int(str(position)), row, looks[row["design"]], lang)
            matters = float(rows["matters"].max())
            if np.isfinite(matters):
                axes.axvspan(-matters, matters, color=BAND, linewidth=0, zorder=0)
            axes.axvline(0, color=style.BASELINE, linewidth=style.pen(1), zorder=1)
            axes.set_title(label(outcome, lang))
            axes.set_xlabel(outcome_axis(outcome, lang))
            axes.xaxis.set_major_locator(MaxNLocator(4))
            axes.grid(visible=False, axis="y")
            axes.set_yticks(range(len(arms)), labels)
            axes.set_ylim(len(arms) - 0.5, -0.5)
        _key(figure, comparison, lang)
        style.note(
            figure,
            [
                say("difference", lang, baseline=called(baseline, lang, names)),
                *_pairs(comparison["pairs"], lang),
                *drawn(comparison, lang, names, hide=varying),
            ],
            lang,
        )
        return layout.settle(figure, size, style.rows(labels))


def _name(arm: pd.Series, varying: list[str], lang: str, names: Mapping[str, str] | None) -> str:
    """The design, and below it those of its circumstances that other rows do not share."""
    parts = [
        called(arm[name], lang, names) for name in ("design", "community") if name in ("design", *varying)
    ]
    parts += settings(
        [(name, value(arm[name])) for name in varying if name != "community" and pd.notna(arm[name])], lang
    )
    return "\n".join(parts)


def _pairs(pairs: pd.Series, lang: str) -> list[str]:
    least, most = int(pairs.min()), int(pairs.max())
    if most < 2:
        return [say("one_pair", lang)]
    return [say("t_interval", lang), say("pairs", lang, n=most if least == most else f"{least}–{most}")]


def _interval(axes: Axes, position: int, row: pd.Series, look: style.Look, lang: str) -> None:
    if not np.isfinite(row["difference"]):
        axes.text(
            0,
            position,
            f" {say('no_value', lang)}",
            color=style.QUIET,
            fontsize=style.scaled(7.5),
            va="center",
        )
        return
    colour = style.BASELINE if _mark(row["finding"]) == "small" else look.color
    if np.isfinite(row["low"]):
        axes.hlines(position, row["low"], row["high"], color=colour, linewidth=style.pen(2))
    axes.plot(
        row["difference"],
        position,
        color=colour,
        marker=look.marker,
        markersize=style.scaled(5),
        markerfacecolor=mpl.rcParams["axes.facecolor"] if _mark(row["finding"]) == "undecided" else colour,
    )


def _mark(finding: object) -> str:
    """How a finding is marked; one that is missing has no interval."""
    if finding in BY_SIZE:
        return "by_size"
    return "small" if finding in (Finding.SMALL, Finding.SAME) else "undecided"


def _key(figure: Figure, comparison: pd.DataFrame, lang: str) -> None:
    """What the band and the dots stand for, as far as they are there."""
    there = {_mark(finding) for finding in comparison.loc[comparison["difference"].notna(), "finding"]}
    empty = mpl.rcParams["axes.facecolor"]
    dots = {
        "by_size": {"color": style.QUIET},
        "undecided": {"color": style.QUIET, "markerfacecolor": empty},
        "small": {"color": style.BASELINE},
    }
    handles: list[Line2D | Patch] = [
        Line2D([], [], linestyle="", marker="o", markersize=style.scaled(5), label=say(mark, lang), **look)
        for mark, look in dots.items()
        if mark in there
    ]
    if comparison["matters"].notna().any():
        handles.append(Patch(color=BAND, label=say("too_small", lang)))
    if handles:
        style.key(figure, handles)
