"""Lorenz curves: how evenly an outcome is spread over compounds, each counting by its residents."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from cogov.figures import layout, style
from cogov.figures.frames import require
from cogov.figures.means import drawn, means, replicates, select
from cogov.kit.errors import StudyError
from cogov.outcomes.measures import MEASURES
from cogov.words import design, label, say

Floats = NDArray[np.float64]
GRID = np.linspace(0, 1, 201)
"""Shares of residents at which the curves of replicates are averaged."""
EQUALITY = ""
"""Key of the line of equality among the designs in the legend."""
LEVEL = style.Look(style.QUIET, (0, (4, 3)), "", 0.9)


def lorenz(
    places: pd.DataFrame,
    outcome: str,
    *,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    figsize: style.Size | None = None,
) -> Figure:
    """Lorenz curves, one a design: the mean over replicates with the 95 % interval of the mean as a band.

    Left the curves, with their Gini coefficients; right how far they fall short of equality, where designs
    can be told apart. Levels (satisfaction) count as often as there are residents, counts (issues) as they
    are; so Gini differs from the measure ``satisfaction_gini``, in which compounds count alike. The first
    design is drawn as the baseline.

    Parameters
    ----------
    places : DataFrame
        One row per run and compound: ``design, replicate, compound, residents`` and the outcome.
    outcome : str
    lang : str
        ``en`` or ``zh``.
    names : mapping, optional
        Chinese names of designs and communities, for ``zh``.
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If a column is missing, several communities or parameter values would be mixed, or there is nothing
        to share, or less than nothing.
    """
    require(places, ("residents", outcome), "places")
    places = select(places, [outcome], ("design", "compound"), "places")
    ginis, curves = _curves(places, outcome)
    sure = means(ginis, "gini", ["design"])
    what = label(outcome, lang)
    labels = {EQUALITY: say("equality", lang)}
    for name, row in sure.iterrows():
        shown = design(str(name), lang, names)
        labels[str(name)] = f"{shown}{say('colon', lang)}{say('gini', lang)} {_words(row)}"
    with style.house(lang):
        looks = style.looks([str(name) for name in sure.index])
        figure, (left, right), size = style.panels(2, 2, 4.1, figsize, least=2.6)
        side = size[0] / layout.shape(left)[1] - style.scaled(0.95)
        for axes, end in ((left, 1), (right, 0)):
            axes.plot([0, 1], [0, end], color=LEVEL.color, linewidth=LEVEL.width, linestyle=LEVEL.line)
        for name, look in looks.items():
            curve = means(curves[curves["design"] == name], "have", ["people"])
            _band(left, curve, look)
            _band(right, pd.DataFrame({end: GRID - curve[end] for end in ("mean", "low", "high")}), look)
        for axes in (left, right):
            axes.set(xlim=(0, 1), box_aspect=1, xlabel=say("lorenz_people", lang))
            axes.xaxis.set_major_formatter(PercentFormatter(1))
            axes.yaxis.set_major_formatter(PercentFormatter(1))
        left.set(ylim=(0, 1), ylabel=say("lorenz_have", lang), title=say("lorenz_curve", lang))
        right.set_ylim(bottom=0)
        right.set(ylabel=say("lorenz_gap", lang), title=say("lorenz_short", lang))
        style.legend(figure, {EQUALITY: LEVEL} | looks, labels)
        spread = replicates(sure["count"], lang, shape="band")
        if sure["low"].notna().any():
            spread.append(say("plus_minus", lang))
        title = say("lorenz", lang, outcome=what)
        style.note(figure, [title, *drawn(places, lang, names), *spread], lang)
        return layout.settle(figure, size, side)


def cumulated(totals: Floats, residents: Floats) -> tuple[Floats, Floats]:
    """Lorenz curve of what compounds have in all, the least per resident first.

    Parameters
    ----------
    totals, residents : ndarray, shape (compounds,)
        What each has, at least 0 and not all 0; its residents, above 0.

    Returns
    -------
    people, have : ndarray, shape (compounds + 1,)
        Share of the residents, and share of what there is that they have; both from 0 to 1.
    """
    order = np.argsort(totals / residents, kind="stable")
    people, have = (np.concatenate(([0.0], np.cumsum(column[order]))) for column in (residents, totals))
    return people / people[-1], have / have[-1]


def gini(people: Floats, have: Floats) -> float:
    """Gini coefficient of a Lorenz curve: twice the area between it and the line of equality."""
    return float(1 - 2 * np.trapezoid(have, people))


def _curves(places: pd.DataFrame, outcome: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Gini coefficients by design and replicate, and the curves at the points of ``GRID``."""
    ginis, curves = [], []
    for (name, replicate), run in places.groupby(["design", "replicate"], sort=False):
        run = run[(run["residents"] > 0) & run[outcome].notna()]
        residents, totals = (run[column].to_numpy(dtype=float) for column in ("residents", outcome))
        if (totals < 0).any():
            raise StudyError(f"places: {outcome!r} is below 0 in a compound, so that it cannot be shared")
        if outcome not in MEASURES or not MEASURES[outcome].unit.startswith("issues"):
            totals = totals * residents
        if totals.sum() > 0:
            curve = cumulated(totals, residents)
            ginis.append((name, replicate, gini(*curve)))
            have = np.interp(GRID, *curve)
            curves.append(pd.DataFrame({"design": name, "people": GRID, "have": have}))
    if not curves:
        raise StudyError(f"places: {outcome!r} is nowhere above 0, so there is nothing to share")
    return pd.DataFrame(ginis, columns=["design", "replicate", "gini"]), pd.concat(curves)


def _band(axes: Axes, curve: pd.DataFrame, look: style.Look) -> None:
    """A curve with its interval, over ``GRID``."""
    axes.plot(GRID, curve["mean"], color=look.color, linestyle=look.line, linewidth=look.width)
    if curve["low"].notna().any():
        axes.fill_between(GRID, curve["low"], curve["high"], color=look.color, alpha=0.18, linewidth=0)


def _words(row: pd.Series) -> str:
    """A coefficient with the half-width of its interval, if it has one."""
    half = f"±{row['high'] - row['mean']:.3f}" if np.isfinite(row["high"]) else ""
    return f"{row['mean']:.3f}{half}"
