"""Laying a figure out: as high as its panels need, with texts broken and ticks thinned where they must be."""

from __future__ import annotations

import math
import warnings
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator

from cogov.figures.lettering import fit, inches
from cogov.figures.style import DPI, WIDTHS, Size, points
from cogov.kit.errors import StudyError

LEAST = 0.75
"""How much of their natural height panels need."""


def room(axes: Axes) -> tuple[float, float]:
    """Width and height of a panel that is laid out, in inches."""
    box, dots = axes.get_window_extent(), axes.figure.dpi
    return float(box.width / dots), float(box.height / dots)


def shape(axes: Axes) -> tuple[int, int]:
    """Rows and columns of the panels of which this is one."""
    place = axes.get_subplotspec()
    return place.get_gridspec().get_geometry() if place is not None else (1, 1)


def settle(figure: Figure, size: Size | None = None, panel: float = 0.0) -> Figure:
    """Lay the figure out while the settings hold: ticks are made only when first drawn.

    Parameters
    ----------
    figure : Figure
    size : tuple of float, optional
        As `page` gave it; nothing is made to fit without it.
    panel : float
        Height of the first panel, without what stands around it, in inches. Without a height of its own the
        figure becomes as high as that needs.

    Raises
    ------
    StudyError
        If a height is given in which the panels have no room.
    """
    dots = figure.get_dpi()
    figure.set_dpi(DPI)  # renderers round the width of letters to dots
    if size is not None and panel:
        height = figure.get_figheight()
        figure.set_figheight(max(height, 2 * panel))  # with room, texts can be broken and measured
        while not _lay_out(figure):
            figure.set_figheight(1.5 * figure.get_figheight())
        if (
            lack := _lack(figure, panel)
        ) > 0.1 * panel:  # a label would break by the height of a squeezed panel
            figure.set_figheight(figure.get_figheight() + lack)
            _lay_out(figure)
        _break(figure)
        for _ in range(2):
            _lay_out(figure)
            lack = _lack(figure, panel)
            if abs(lack) < 0.02:
                break
            figure.set_figheight(figure.get_figheight() + lack)
        _thin(figure)
        if size[1] is not None:
            least = figure.get_figheight() + _lack(figure, LEAST * panel)
            if size[1] < least - 0.01:
                raise StudyError(
                    f"figsize: {size[1]:g} in is too low for this figure; at a width of {size[0]:g} in it"
                    f" needs {math.ceil(10 * least) / 10:g} in, or (width, None) for as high as needed"
                )
            figure.set_figheight(size[1])
    figure.draw_without_rendering()
    figure.set_dpi(dots)
    # A layout starts from the last one, so that a figure would depend on what it was saved as before.
    figure.set_layout_engine("none")
    return figure


def _lay_out(figure: Figure) -> bool:
    """Lay the figure out; whether there was room for its panels, or no height (`WIDTHS`) would make some."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        engine = figure.get_layout_engine()
        if engine is not None:
            engine.execute(figure)
    return not any("constrained_layout not applied" in str(one.message) for one in said) or (
        figure.get_figheight() > WIDTHS[1]
    )


def _lack(figure: Figure, panel: float) -> float:
    """By how much the figure must be higher, in inches, for its first panel to have a height."""
    first = figure.axes[0]
    return (panel - room(first)[1]) * shape(first)[0]


def _break(figure: Figure) -> None:
    """Break titles and labels of axes so that they are no longer than the axes."""
    for axes in figure.axes:
        if not axes.axison:
            continue
        # Renderers round the width of letters: some are wider than they are measured.
        width, height = (0.92 * side for side in room(axes))
        for place in ("left", "center"):
            title, size = axes.get_title(place), points("axes.titlesize")
            if inches(title, size) > width:
                axes.set_title(fit(title, width, size), loc=place)
        for text, length in (
            (axes.xaxis.label, width),
            (axes.yaxis.label, height),
        ):
            if inches(text.get_text(), text.get_fontsize()) > length:
                text.set_text(fit(text.get_text(), length, text.get_fontsize()))


def _thin(figure: Figure) -> None:
    """Leave no two labels of ticks on each other: fewer ticks; names are turned first."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
            locator = axis.get_major_locator()
            if isinstance(locator, FixedLocator):
                if axis is axes.xaxis and _crowded(axis):
                    axis.set_tick_params(labelrotation=90)
            else:
                for bins in (4, 3, 2, 1):
                    if not _crowded(axis):
                        break
                    axis.set_major_locator(MaxNLocator(bins))


def _crowded(axis: Axis) -> bool:
    """Whether labels of its ticks lie on each other."""
    low, high = sorted(axis.get_view_interval())
    shown = [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    boxes = [label.get_window_extent() for label in shown if label.get_visible() and label.get_text()]
    return any(a.padded(1).overlaps(b) for a, b in pairwise(boxes))
