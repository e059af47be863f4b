"""One look for all figures: quiet axes, colours that colour-blind readers can tell apart, two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.typing import LineStyleType, RcKeyType

from cogov import words
from cogov.errors import StudyError, unknown
from cogov.files import whole

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
"""Okabe and Ito's palette, without the yellow that is lost on white."""
LINES: tuple[LineStyleType, ...] = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1, 1, 1)), (0, (1, 1)))
MARKERS = ("o", "s", "D", "^", "v", "P", "X")
BASELINE = "#9A9A9A"
QUIET = "#6E6E6E"
"""Grey of notes and of what is not there; dark enough to read."""
DIVERGING, SEQUENTIAL = "PuOr", "cividis"
"""Colour maps: around zero, and from little to much."""
DPI = 150
FORMATS = ("png", "svg", "pdf")

FONT = Path(__file__).with_name("fonts") / "CogovSansSC-Regular.ttf"
"""Subset of Noto Sans CJK SC: GB2312 and what cogov's own texts use."""
FAMILIES = ("DejaVu Sans", "Cogov Sans SC")
"""A character that the first has not is taken from the second."""

_SETTINGS: dict[RcKeyType, Any] = {
    "font.family": list(FAMILIES),
    "text.parse_math": False,  # a dollar sign in a name is one
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
    "legend.fontsize": 8.5,
}


@cache
def _register() -> None:
    fontManager.addfont(FONT)


@contextmanager
def house(lang: str = "en") -> Iterator[None]:
    """The settings of the house, for the time of a ``with`` block in which a whole figure is made.

    Raises
    ------
    StudyError
        If the language is not one of `cogov.words.LANGUAGES`.
    """
    words.check_language(lang)
    _register()
    with mpl.rc_context(_SETTINGS):
        yield


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
        # When the colours have been used up they come again with other lines and markers.
        kind = turn + turn // len(COLOURS)
        found[design] = Look(
            COLOURS[turn % len(COLOURS)], LINES[kind % len(LINES)], MARKERS[kind % len(MARKERS)]
        )
    return found


def panels(
    count: int,
    columns: int,
    size: tuple[float, float],
    extra: float,
    *,
    extra_width: float = 0.0,
    w_pad: float = 0.08,
    **shared: Any,
) -> tuple[Figure, list[Axes]]:
    """A figure of ``count`` panels, row by row.

    Parameters
    ----------
    count, columns : int
        Number of panels, and of panels in a row.
    size : tuple of float
        Width and height of a panel, in inches.
    extra : float
        Height of what stands above and below all panels, in inches.
    extra_width : float
        Width of what stands beside all panels, in inches.
    w_pad : float
        Padding left and right of a panel, in inches.
    **shared
        ``sharex``, ``sharey`` of `matplotlib.figure.Figure.subplots`.
    """
    columns = max(1, min(columns, count))
    rows = -(-count // columns)
    figure = Figure(
        figsize=(max(columns * size[0] + extra_width, 4.6), rows * size[1] + extra),
        layout=ConstrainedLayoutEngine(w_pad=w_pad, h_pad=0.06),
    )
    grid = figure.subplots(rows, columns, squeeze=False, **shared).ravel()
    for axes in grid[count:]:
        axes.set_axis_off()
    return figure, list(grid[:count])


def note(figure: Figure, parts: Sequence[str], lang: str = "en") -> None:
    """Say above the panels what is drawn, in one sentence; the figure grows by every line but the first."""
    text = wrap(words.sentence(parts, lang), int(figure.get_figwidth() / 0.071))
    _grow(figure, 0.15 * text.count("\n"))
    figure.suptitle(text, fontsize=8.5, x=0.01, ha="left")


def legend(
    figure: Figure,
    looks: Mapping[str, Look],
    labels: Mapping[str, str],
    *,
    lines: bool = True,
    points: bool = False,
) -> None:
    """Name the designs below the panels, in as many columns as there is room for; the figure grows."""
    handles = [
        Line2D(
            [],
            [],
            color=look.color,
            linestyle=look.line if lines else "",
            linewidth=look.width,
            marker=look.marker if points else "",
            markersize=5,
            label=wrap(labels[design], 34),
        )
        for design, look in looks.items()
    ]
    texts = [str(handle.get_label()).split("\n") for handle in handles]
    longest = max(columns_of(line) for text in texts for line in text)
    columns = max(
        1, min(4, int(figure.get_figwidth() / ((0.7 if lines else 0.5) + 0.071 * longest)), len(handles))
    )
    rows = -(-len(handles) // columns)  # the handles go down the columns
    heights = [sum(map(len, texts[turn : turn + rows])) for turn in range(0, len(texts), rows)]
    _grow(figure, 0.2 + 0.14 * max(heights) + 0.06 * rows)
    figure.legend(
        handles=handles, loc="outside lower center", ncols=columns, handlelength=3.2 if lines else 1.5
    )


def _grow(figure: Figure, inches: float) -> None:
    figure.set_figheight(figure.get_figheight() + inches)


def empty(axes: Axes, lang: str = "en") -> None:
    """Say in a panel that there is nothing to draw."""
    axes.text(0.5, 0.5, words.say("no_value", lang), transform=axes.transAxes, color=QUIET, ha="center")


def settle(figure: Figure) -> Figure:
    """Lay the figure out while the settings hold: ticks are made only when first drawn."""
    figure.draw_without_rendering()
    return figure


def columns_of(text: str) -> int:
    """Width of a text in letters; a Chinese character is as wide as two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


_WORD = re.compile(
    r"[\u2e80-\uffef][，。；：、）」』】]*"  # a Chinese character; a line begins with no closing mark
    r"|[^\s\u2e80-\uffef]+(?: %[^\s\u2e80-\uffef]*)?\s?|\s"
)
_PART = re.compile(r"[^_+/\-]*[_+/\-]|.+")


def wrap(text: str, width: int) -> str:
    """Break a text into lines of ``width`` letters, as far as it can be.

    At spaces and between Chinese characters; within a word, after one of ``_+/-``, only if the word is
    longer than a line.
    """
    lines = [""]
    for word in _WORD.findall(text):
        for part in _PART.findall(word) if columns_of(word.rstrip()) > width else [word]:
            if lines[-1] and columns_of(lines[-1] + part.rstrip()) > width:
                lines.append("")
            lines[-1] += part
    return "\n".join(line.strip() for line in lines)


def save(figure: Figure, path: Path) -> Path:
    """Write the figure, whole or not at all, and return its path.

    Parameters
    ----------
    figure : Figure
        What to write.
    path : Path
        Its ending says the format, one of `FORMATS`.

    Raises
    ------
    StudyError
        For another ending, or if the file cannot be written.
    """
    form = path.suffix.removeprefix(".").lower()
    if form not in FORMATS:
        raise StudyError(unknown("format of figures", form, FORMATS, str(path)))
    return whole(path, lambda target: figure.savefig(target, format=form, dpi=DPI, facecolor="white"))
