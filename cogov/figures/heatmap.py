"""Heat map: an outcome over two parameters."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import CenteredNorm, Normalize, to_hex
from matplotlib.figure import Figure

from cogov.analysis import compare
from cogov.figures import layout, style
from cogov.figures.frames import decimals, ink, signed
from cogov.figures.lettering import inches, wrap
from cogov.figures.means import check_designs, drawn, means, parameters, replicates, select, value
from cogov.kit.errors import StudyError
from cogov.words import design as called
from cogov.words import label, outcome_axis, parameter_axis, say


def heatmap(
    runs: pd.DataFrame,
    outcome: str,
    x: str,
    y: str,
    *,
    design: str,
    baseline: str | None = None,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    figsize: style.Size | None = None,
) -> Figure:
    """Mean of an outcome over two parameters, or its paired difference from the baseline.

    Every cell says its value and the half-width of its 95 % interval. A cell without runs is hatched.

    Parameters
    ----------
    runs : DataFrame
        One row a run: ``design``, ``replicate``, both parameters and the outcome.
    outcome : str
    x, y : str
        Columns of the parameters.
    design : str
        The design whose parameters they are.
    baseline : str, optional
        Show differences from this design, over the same seeds (`cogov.analysis.compare`).
    lang : str
        ``en`` or ``zh``.
    names : mapping, optional
        Chinese names of designs and communities, for ``zh``.
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If a column or design is missing, or the runs have several communities or values of a third
        parameter.
    """
    check_designs(runs, [design] if baseline is None else [design, baseline], "runs")
    if x == y:
        raise StudyError(f"heatmap: x and y are both {x!r}; name two parameters")
    wanted = runs[runs["design"].isin([design, baseline])]
    rows = select(wanted, [outcome], ("design", x, y), "runs")
    mine = rows[rows["design"] == design].dropna(subset=[x, y])
    if mine.empty:
        raise StudyError(f"runs: no run of {design!r} that is done has values of {x!r} and {y!r}")
    if baseline is None:
        table = means(mine, outcome, (y, x))
        cells = replicates(table["count"], lang, shape="cell")
    else:
        third = [name for name in parameters(rows) if name not in (x, y)]
        found = compare(rows, [outcome], baseline, [x, y, *third])
        table = found.set_index([y, x])[["pairs", "difference", "low", "high"]]
        table.columns = pd.Index(["count", "mean", "low", "high"])
        cells = replicates(table["count"], lang, shape="cell")
    grid = {name: table[name].unstack().sort_index().sort_index(axis=1) for name in ("mean", "low", "high")}
    values = grid["mean"]
    with style.house(lang):
        figure, (axes,), size = style.panels(1, 1, 1.7 + max(0.85 * values.shape[1], 2.6), figsize)
        mesh = _cells(axes, values, difference=baseline is not None)
        if values.isna().all(axis=None):
            style.empty(axes, lang)
        _axis(axes, "x", x, values.columns, lang)
        _axis(axes, "y", y, values.index, lang)
        axes.set_title(say("colon", lang).join((label(outcome, lang), called(design, lang, names))))
        style.bar(figure, mesh, axes, outcome_axis(outcome, lang), size)
        notes = [] if baseline is None else [say("difference", lang, baseline=called(baseline, lang, names))]
        if values.isna().any(axis=None):
            cells.append(say("hole", lang))
        about = drawn(mine, lang, names, hide=[x, y])
        style.note(figure, [*notes, *cells, *about], lang)
        layout.settle(figure, size, style.scaled(0.42) * max(values.shape[0], 3))
        if not _numbers(axes, mesh, grid, baseline is not None):
            style.note(figure, [*notes, *(part for part in cells if part != say("cell", lang)), *about], lang)
        return figure


def _cells(axes: Axes, values: pd.DataFrame, *, difference: bool) -> QuadMesh:
    """Coloured cells of equal size, whatever the distance of the parameters' values."""
    axes.patch.set(facecolor="white", hatch="///", edgecolor=style.BASELINE)
    axes.grid(visible=False)
    shown = np.ma.masked_invalid(values.to_numpy(dtype=float))
    norm: Normalize = CenteredNorm(halfrange=float(np.abs(shown).max()) or 1.0) if difference else Normalize()
    return axes.pcolormesh(
        shown, cmap=style.DIVERGING if difference else style.SEQUENTIAL, norm=norm, edgecolors="white"
    )


def _numbers(axes: Axes, mesh: QuadMesh, grid: Mapping[str, pd.DataFrame], difference: bool) -> bool:
    """Write into cells what they show, if it has room; whether it has."""
    values = grid["mean"].to_numpy(dtype=float)
    halves = ((grid["high"] - grid["low"]) / 2).to_numpy(dtype=float)
    places = decimals(values.ravel())
    texts = {}
    for cell, mean in np.ndenumerate(values):
        if np.isfinite(mean):
            text, half = signed(mean, places) if difference else f"{mean:,.{places}f}", halves[cell]
            texts[cell] = f"{text}\n±{half:,.{places}f}" if np.isfinite(half) else text
    size, room = style.scaled(8), layout.room(axes)
    if max((inches(text, size) for text in texts.values()), default=0.0) > 0.94 * room[0] / values.shape[1]:
        return False
    for (row, column), text in texts.items():
        axes.text(
            column + 0.5,
            row + 0.5,
            text,
            color=ink(to_hex(tuple(mesh.to_rgba(values[row, column])))),
            ha="center",
            va="center",
            fontsize=size,
        )
    return True


def _axis(axes: Axes, way: str, path: str, levels: pd.Index, lang: str) -> None:
    axes.set(
        **{
            f"{way}label": parameter_axis(path, lang),
            f"{way}ticks": np.arange(len(levels)) + 0.5,
            f"{way}ticklabels": [wrap(value(level), 14) for level in levels],
        }
    )
