"""One look for all figures: quiet axes, colours that colour-blind readers can tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.typing import LineStyleType, RcKeyType

from cogov.files import whole

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
"""Okabe and Ito's palette, without the yellow that is lost on white."""
LINES: tuple[LineStyleType, ...] = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1, 1, 1)), (0, (1, 1)))
MARKERS = ("o", "s", "D", "^", "v", "P", "X")
BASELINE = "#9A9A9A"
DPI = 150

_SETTINGS: dict[RcKeyType, Any] = {
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.labelsize": 8.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.7,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.frameon": False,
    "savefig.facecolor": "white",
}


def house() -> AbstractContextManager[None]:
    """The settings of the house, for the time of a ``with`` block."""
    return mpl.rc_context(_SETTINGS)


@dataclass(frozen=True)
class Look:
    """How a design is drawn."""

    color: str
    line: LineStyleType
    marker: str
    width: float = 1.6


def looks(designs: Sequence[str]) -> dict[str, Look]:
    """The look of each design; the first, the baseline, in grey."""
    # The baseline is broad, to be seen under a line that coincides with it.
    found = {designs[0]: Look(BASELINE, "-", "o", 3.0)}
    for turn, design in enumerate(designs[1:]):
        found[design] = Look(
            COLOURS[turn % len(COLOURS)], LINES[turn % len(LINES)], MARKERS[turn % len(MARKERS)]
        )
    return found


def save(figure: Figure, path: Path) -> Path:
    """Write the figure as a PNG, whole or not at all, and return its path."""
    return whole(path, lambda target: figure.savefig(target, format="png", dpi=DPI))
