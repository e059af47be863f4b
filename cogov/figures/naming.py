"""Names beside points, placed where they cover least."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text
from numpy.typing import NDArray

from cogov.figures import style

WAYS = 24
"""Directions in which a place for a name is looked for."""
NEAR = 2 * WAYS
"""Places so near that no leader is needed."""
_GAPS = (10, 18, 28, 40, 56, 76, 100, 130)
"""Distances from the point, in pixels."""


def beside_points(
    axes: Axes,
    points: NDArray[np.float64],
    bars: NDArray[np.float64],
    named: NDArray[np.int64],
    texts: list[str],
) -> None:
    """Write names beside points, each where it covers least, with a thin leader if that is not near.

    A name that would cover another one is left to the legend. Names make the panel no smaller.

    Parameters
    ----------
    axes : Axes
        Laid out and drawn.
    points : ndarray, shape (n, 2)
        All points.
    bars : ndarray, shape (k, 2, 2)
        Both ends of every interval.
    named : ndarray of int, shape (m,)
        The points that get a name.
    texts : list of str
        Their names.
    """
    pixels = axes.transData.transform
    centres = pixels(points)
    lines = [np.sort(pixels(ends), axis=0) for ends in bars]
    front = centres[named][np.argsort(centres[named, 0], kind="stable")]
    steps = np.linspace(0, len(front) - 1, 40 * len(front))
    dashes = np.column_stack([np.interp(steps, np.arange(len(front)), way) for way in front.T])
    # Left, bottom, right and top of what is not to be covered, and how bad it is to cover it.
    taken = np.vstack(
        [np.hstack([centres - 6, centres + 6]), np.hstack([dashes - 1, dashes + 1])]
        + [np.hstack([low - 2, high + 2])[None] for low, high in lines]
    )
    weight = np.repeat([3.0, 1.0, 2.0], [len(centres), len(dashes), len(bars)])
    inside, names = np.array([axes.get_window_extent().extents]), np.empty((0, 4))
    for position, text in zip(named, texts, strict=True):
        artist = axes.annotate(
            text,
            points[position],
            xytext=(0, 0),
            textcoords="offset points",
            fontsize=style.scaled(8),
            ha="center",
            va="center",
            arrowprops={
                "arrowstyle": "-",
                "color": style.BASELINE,
                "linewidth": style.pen(0.6),
                "shrinkB": 4,
            },
        )
        artist.set_in_layout(False)
        size = np.asarray(Text.get_window_extent(artist).size)  # of the text, without its leader
        shifts = _shifts(size)
        middle = centres[position] + shifts
        places = np.hstack([middle - size / 2 - 1, middle + size / 2 + 1])
        outside = np.prod(size + 2) - _common(places, inside)[:, 0]
        cost = _common(places, taken) @ weight + 10 * outside + 2 * np.hypot(*shifts.T)
        best = int(np.argmin(cost))
        if _common(places[[best]], names).any() or outside[best] > 1:
            artist.remove()  # the legend names it
            continue
        artist.set_position(tuple(shifts[best] * 72 / axes.figure.dpi))
        if best < NEAR and artist.arrow_patch:
            artist.arrow_patch.set_visible(False)
        names = np.vstack([names, places[best]])
        taken, weight = np.vstack([taken, places[best]]), np.append(weight, 5.0)


def _shifts(size: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shifts of a name of a size from its point, in pixels: all around, near ones first; shape (k, 2)."""
    angles = np.linspace(0, 2 * np.pi, WAYS, endpoint=False)
    ways = np.column_stack([np.cos(angles), np.sin(angles)])
    return np.vstack([ways * (size / 2 + gap) for gap in _GAPS])


def _common(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Areas that boxes (left, bottom, right, top) share with others, shape (boxes, others)."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    return np.asarray(np.clip(high - low, 0, None).prod(axis=2))
