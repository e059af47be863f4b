"""One look for all figures: quiet axes, colours that colour-blind readers can tell apart, two languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colorbar import Colorbar
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator
from matplotlib.typing import LineStyleType, RcKeyType

from cogov import words
from cogov.figures.lettering import families, fit, inches, register
from cogov.kit.errors import StudyError

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
"""Okabe and Ito's palette, without the yellow that is lost on white."""
LINES: tuple[LineStyleType, ...] = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1, 1, 1)), (0, (1, 1)))
MARKERS = ("o", "s", "D", "^", "v", "P", "X")
BASELINE = "#9A9A9A"
QUIET = "#6E6E6E"
"""Grey of notes and of what is not there; dark enough to read."""
DIVERGING, SEQUENTIAL = "PuOr", "cividis"
"""Colour maps: around zero, and from little to much."""

SIZE, LINE = 9.0, 1.6
"""Size of letters and width of lines, in points, where the reader has not set others."""
WIDTHS = (2.0, 60.0)
"""Least and greatest width and height of a figure, in inches."""
NARROW = 5.2
"""Figures less wide than this, in inches at `SIZE`, have below what others have beside."""
DPI = 300.0
"""Dots per inch in which figures are laid out, and saved: what journals ask of pictures with colour."""
Size = tuple[float, float | None]
"""Width and height in inches; no height is as high as needed."""

# As shares of the size of letters.
_LETTERS: dict[RcKeyType, float] = {
    "axes.titlesize": 1.055,
    "axes.labelsize": 0.945,
    "xtick.labelsize": 0.89,
    "ytick.labelsize": 0.89,
    "legend.fontsize": 0.945,
}
_DEFAULTS: dict[RcKeyType, Any] = {
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.7,
    "legend.frameon": False,
    "lines.linewidth": LINE,
}
_ALWAYS: dict[RcKeyType, Any] = {
    "text.parse_math": False,  # a dollar sign in a name is one
    "text.usetex": False,  # LaTeX knows nothing of the Chinese font
    "axes.formatter.use_mathtext": False,
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
}


def _settings() -> dict[RcKeyType, Any]:
    """Those of the house, except where the reader's differ from matplotlib's own."""
    own, standard = mpl.rcParams, mpl.rcParamsDefault
    size = own["font.size"] if own["font.size"] != standard["font.size"] else SIZE
    wanted = {"font.size": size, **{key: share * size for key, share in _LETTERS.items()}, **_DEFAULTS}
    settings = {key: value for key, value in wanted.items() if own[key] == standard[key]}
    return {**settings, **_ALWAYS, "font.family": families()}


@contextmanager
def house(lang: str = "en") -> Iterator[None]:
    """The settings of the house, for the time of a ``with`` block in which a whole figure is made.

    What the reader has set (``matplotlib.rcParams``, style sheets) goes before.

    Raises
    ------
    StudyError
        If the language is not one of `cogov.words.LANGUAGES`.
    """
    words.check_language(lang)
    register()
    with mpl.rc_context(_settings()):
        yield


def scaled(length: float) -> float:
    """A length (points, inches) or size of letters that goes with `SIZE`, for the size the reader wants."""
    return length * float(mpl.rcParams["font.size"]) / SIZE


def pen(width: float) -> float:
    """The width of a line, broader or finer as the reader's lines are."""
    return width * float(mpl.rcParams["lines.linewidth"]) / LINE


def page(natural: float, figsize: Size | None) -> Size:
    """Width and height of a figure; no height is as high as needed.

    Parameters
    ----------
    natural : float
        Width in inches, at `SIZE`, if the reader wants no other.
    figsize : tuple of float, optional
        What the reader wants, else the width of ``rcParams["figure.figsize"]`` if that is set.

    Raises
    ------
    StudyError
        If it is no pair of numbers within `WIDTHS`.
    """
    if figsize is None:
        own = mpl.rcParams["figure.figsize"]
        return (scaled(natural) if own == mpl.rcParamsDefault["figure.figsize"] else float(own[0])), None
    low, high = WIDTHS
    try:
        width, height = figsize
        good = all(low <= float(side) <= high for side in (width, low if height is None else height))
    except (TypeError, ValueError):
        good = False
    if not good:
        raise StudyError(
            f"figsize: must be (width, height) in inches, each from {low:g} to {high:g}, or (width, None)"
            f" for as high as needed, not {figsize!r}"
        )
    return float(width), None if height is None else float(height)


def sheet(size: Size) -> Figure:
    """An empty figure of a size, with room around its panels."""
    return Figure(figsize=(size[0], size[1] or 3.0), layout=ConstrainedLayoutEngine(w_pad=0.05, h_pad=0.05))


def narrow(size: Size) -> bool:
    """Whether there is no room beside the panels."""
    return size[0] < scaled(NARROW)


@dataclass(frozen=True)
class Look:
    """How a design is drawn."""

    color: str
    line: LineStyleType
    marker: str
    width: float = LINE


def looks(designs: Sequence[str]) -> dict[str, Look]:
    """The look of each design; the first, the baseline, in grey. Within `house`."""
    # The baseline is broad, to be seen under a line that coincides with it.
    found = {designs[0]: Look(BASELINE, "-", "o", pen(3.0))}
    for turn, design in enumerate(designs[1:]):
        # When the colours have been used up they come again with other lines and markers.
        kind = turn + turn // len(COLOURS)
        found[design] = Look(
            COLOURS[turn % len(COLOURS)], LINES[kind % len(LINES)], MARKERS[kind % len(MARKERS)], pen(LINE)
        )
    return found


def panels(
    count: int,
    columns: int,
    panel: float,
    size: Size | None,
    *,
    beside: float = 0.0,
    least: float = 2.3,
    **shared: Any,
) -> tuple[Figure, list[Axes], Size]:
    """A figure of ``count`` panels, row by row, and its size; height follows in `settle`.

    Parameters
    ----------
    count, columns : int
        Number of panels, and of panels in a row at most.
    panel : float
        Width of a panel with its labels, in inches at `SIZE`, if no width is wanted.
    size : tuple of float, optional
        What the reader wants.
    beside : float
        Width of what stands beside all panels, in inches at `SIZE`.
    least : float
        Width of a panel below which there are fewer in a row, in inches at `SIZE`.
    **shared
        ``sharex``, ``sharey`` of `matplotlib.figure.Figure.subplots`.
    """
    columns = max(1, min(columns, count))
    wanted = page(max(columns * panel + beside, 4.6), size)
    columns = max(1, min(columns, int((wanted[0] / scaled(1) - beside) / least)))
    figure = sheet(wanted)
    grid = figure.subplots(-(-count // columns), columns, squeeze=False, **shared).ravel()
    for axes in grid[count:]:
        axes.set_axis_off()
    return figure, list(grid[:count]), wanted


def note(figure: Figure, parts: Sequence[str], lang: str = "en") -> None:
    """Say above the panels what is drawn, in one sentence."""
    size = scaled(8.5)
    text = fit(words.sentence(parts, lang), 0.95 * figure.get_figwidth(), size)
    figure.suptitle(text, fontsize=size, x=0.01, ha="left")


def names(figure: Figure, texts: Sequence[str], share: float = 0.36) -> list[str]:
    """Names left of a panel, broken so that they take no more than a share of the width."""
    room = share * figure.get_figwidth()
    return [fit(text, room, mpl.rcParams["ytick.labelsize"]) for text in texts]


def rows(texts: Sequence[str], least: float = 0.28) -> float:
    """Height of a panel with a row for each name, all as high as the highest needs, in inches."""
    lines = max(text.count("\n") + 1 for text in texts)
    return max(scaled(least), scaled(0.07) + 1.25 * lines * points("ytick.labelsize") / 72) * len(texts)


def points(key: RcKeyType) -> float:
    """A size of letters among the settings, in points."""
    return float(Text(fontsize=mpl.rcParams[key]).get_fontsize())


def legend(
    figure: Figure,
    looks: Mapping[str, Look],
    labels: Mapping[str, str],
    *,
    lines: bool = True,
    points: bool = False,
) -> None:
    """Name the designs below the panels, in as many columns as there is room for."""
    key(
        figure,
        [
            Line2D(
                [],
                [],
                color=look.color,
                linestyle=look.line if lines else "",
                linewidth=look.width,
                marker=look.marker if points else "",
                markersize=scaled(5),
                label=labels[design],
            )
            for design, look in looks.items()
        ],
        handle=3.2 if lines else 1.5,
    )


def key(
    figure: Figure,
    handles: Sequence[Any],
    *,
    handle: float = 1.8,
    where: str = "lower center",
    columns: int = 4,
) -> None:
    """A legend outside the panels, in as many columns as there is room for; ``handle`` is in ems."""
    em = points("legend.fontsize") / 72
    size, width = mpl.rcParams["legend.fontsize"], figure.get_figwidth()
    for one in handles:
        one.set_label(fit(str(one.get_label()), min(width - (handle + 2.5) * em, 28 * em), size))
    longest = max(inches(str(one.get_label()), size) for one in handles)
    there = int((width - 0.6 * em) / (longest + (handle + 3) * em))
    place: Any = f"outside {where}"
    figure.legend(
        handles=list(handles),
        loc=place,
        ncols=max(1, min(columns, there, len(handles))),
        handlelength=handle,
    )


def bar(
    figure: Figure, shades: ScalarMappable, axes: Axes | list[Axes], text: str, size: Size, **more: Any
) -> Colorbar:
    """A scale of colours beside the panels, or below them in a narrow figure."""
    low = narrow(size)
    drawn = figure.colorbar(
        shades, ax=axes, location="bottom" if low else "right", aspect=30 if low else 24, pad=0.03, **more
    )
    drawn.locator = MaxNLocator(5)
    drawn.set_label(text)
    drawn.outline.set_visible(False)
    return drawn


def empty(axes: Axes, lang: str = "en") -> None:
    """Say in a panel that there is nothing to draw."""
    axes.text(0.5, 0.5, words.say("no_value", lang), transform=axes.transAxes, color=QUIET, ha="center")
