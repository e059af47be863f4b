"""Effect sizes: how far each design is from the baseline, and how sure that is."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

from cogov.figures import style
from cogov.words import better, label, outcome_unit


def effects(comparison: pd.DataFrame, baseline: str = "baseline", *, columns: int = 3) -> Figure:
    """Forest plot: paired difference from the baseline with its 95 % interval, one panel an outcome.

    Every panel has the outcome's own unit: a difference of shares and one of yuan share no axis.

    Parameters
    ----------
    comparison : DataFrame
        As `cogov.analysis.compare` returns it.
    baseline : str
        Name of the baseline design, for the axis.
    columns : int
        Panels in a row.
    """
    outcomes = list(dict.fromkeys(comparison["outcome"]))
    designs = list(dict.fromkeys(comparison["design"]))
    looks = style.looks([baseline, *designs])
    columns = min(columns, len(outcomes))
    rows = -(-len(outcomes) // columns)
    height = 0.75 + 0.28 * len(designs)
    with style.house():
        figure = Figure(
            figsize=(1.2 + 2.9 * columns, (height + 0.25) * rows + 0.5),
            layout=ConstrainedLayoutEngine(w_pad=0.12),
        )
        grid = figure.subplots(rows, columns, squeeze=False, sharey=True).ravel()
        for axes, outcome in zip(grid, outcomes, strict=False):
            table = comparison[comparison["outcome"] == outcome].set_index("design")
            for position, design in enumerate(designs):
                _interval(axes, position, table.loc[design], looks[design])
            axes.axvline(0, color=style.BASELINE, linewidth=1)
            axes.set_title(label(outcome))
            axes.set_xlabel(", ".join(filter(None, (outcome_unit(outcome), better(outcome)))))
            axes.xaxis.set_major_locator(MaxNLocator(4))
            axes.grid(visible=False, axis="y")
            axes.set_yticks(range(len(designs)), designs)
            axes.set_ylim(len(designs) - 0.5, -0.5)
        for axes in grid[len(outcomes) :]:
            axes.set_axis_off()
        figure.suptitle(
            f"Difference from {baseline}, same seeds (dot: mean; bar: 95 % interval, paired t)",
            fontsize=8.5,
            x=0.01,
            ha="left",
        )
    return figure


def _interval(axes: Axes, position: int, row: pd.Series, look: style.Look) -> None:
    if np.isfinite(row["low"]):
        axes.hlines(position, row["low"], row["high"], color=look.color, linewidth=2)
    axes.plot(row["difference"], position, color=look.color, marker=look.marker, markersize=5)
