"""Map of places: compounds as tiles, coloured by an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

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

from cogov.figures import layout, style
from cogov.figures.frames import decimals, ink, require
from cogov.figures.lettering import inches
from cogov.figures.means import drawn, means, select
from cogov.kit.errors import StudyError
from cogov.outcomes.measures import MEASURES
from cogov.words import better, design, generated, label, say, unit, with_unit

TILE = 0.86
"""Height of a tile; a row is 1."""
GAP = 0.55
"""Between blocks, in rows."""
ROW = 0.25
"""Height of a row, in inches."""
WIDTH = 3.1
"""Width of a panel, in inches."""
LETTERS = 6.5
"""Size of a number in a tile, in points at `style.SIZE`."""
DOT = 0.07
"""From the left end of a tile to the dot of an old compound, in inches."""
ALIKE = 1.5
"""A compound whose residents differ by more than this factor between replicates is another one."""
NOWHERE = "#F2F2F2"


def place_map(
    places: pd.DataFrame,
    outcome: str,
    *,
    columns: int = 3,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    figsize: style.Size | None = None,
) -> Figure:
    """Compounds as tiles, in a row for each neighbourhood, coloured by an outcome; one panel a design.

    A tile is as wide as the compound has residents, so that an area of colour is a number of people.
    Neighbourhoods stand in the same order in all panels: by block, as the first design with blocks draws
    them. Where replicates have the same places, tiles show means over replicates; where each draws its own
    (other compounds under the same names), the first replicate is shown, and the figure says so.

    Parameters
    ----------
    places : DataFrame
        One row per run and compound: ``design, replicate, compound, neighbourhood, block, old, residents``
        and the outcome.
    outcome : str
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
        If a column is missing, several communities or parameter values would be mixed, or the outcome has
        no value anywhere.
    """
    require(places, ("neighbourhood", "block", "old", "residents", outcome), "places")
    places = select(places, [outcome], ("design", "compound"), "places")
    chosen, which = _chosen(places, lang)
    tiles = _tiles(chosen, outcome)
    if not np.isfinite(tiles["mean"]).any():
        raise StudyError(f"places: {outcome!r} has no value in any compound, so there is nothing to draw")
    rows = _rows(tiles)
    digits = decimals(tiles["mean"], 2)
    spread = float(((tiles["high"] - tiles["low"]) / 2).median())
    norm = Normalize(tiles["mean"].min(), tiles["mean"].max())
    widest = float(tiles.groupby(["design", "neighbourhood"], sort=False)["residents"].sum().max())
    designs = list(dict.fromkeys(tiles["design"]))
    height = max(rows.values()) + 1
    with style.house(lang):
        figure, grid, size = style.panels(
            len(designs), columns, WIDTH, figsize, beside=1.4, sharey=True, sharex=True
        )
        labels = style.names(figure, [generated(name, lang) for name in rows], 0.25)
        for axes, name in zip(grid, designs, strict=True):
            mine = tiles[tiles["design"] == name]
            _blocks(axes, mine, rows, lang)
            axes.set_title(design(name, lang, names))
            axes.set_xlabel(say("residents", lang))
            axes.set_yticks(list(rows.values()), labels)
            axes.set(xlim=(0, widest), ylim=(height - 0.45, -0.55))
            axes.xaxis.set_major_locator(MaxNLocator(4))
            axes.tick_params(axis="y", length=0)
            axes.tick_params(labelbottom=True)
            axes.grid(visible=False)
            axes.spines["left"].set_visible(False)
        grid[0].set_ylabel(say("neighbourhood", lang))
        words = with_unit(label(outcome, lang), _unit(outcome, lang), lang)
        words = say("comma", lang).join(filter(None, (words, better(outcome, lang))))
        style.bar(figure, ScalarMappable(norm, style.SEQUENTIAL), grid, words, size)
        _legend(figure, tiles, lang)
        notes = [say("tile", lang), *drawn(places, lang, names), which]
        if np.isfinite(spread):
            notes.append(say("tile_interval", lang, half=f"{spread:.{digits + 1}f}"))
        style.note(figure, notes, lang)
        lines = max(text.count("\n") + 1 for text in labels)
        layout.settle(
            figure, size, max(style.scaled(ROW * (1 + 0.55 * (lines - 1))) * height, style.scaled(1.3))
        )
        # Only now is it known how many residents an inch is.
        inch = widest / layout.room(grid[0])[0]
        number = 2 * DOT + inches("0." + "0" * digits, style.scaled(LETTERS))
        room = tiles["residents"].min() > number * inch
        for axes, name in zip(grid, designs, strict=True):
            _panel(axes, tiles[tiles["design"] == name], rows, norm, inch, digits if room else None)
        return figure


def _chosen(places: pd.DataFrame, lang: str) -> tuple[pd.DataFrame, str]:
    """The replicates to be shown, and what to say of them: all of them, if they have the same places."""
    by_compound = places.groupby(["design", "compound"], sort=False)
    people = by_compound["residents"].agg(["min", "max"])
    same = by_compound[["neighbourhood", "block", "old"]].nunique().le(1).to_numpy().all()
    shared = places.groupby("replicate", sort=False)["design"].nunique()
    if len(shared) == 1:
        return places, say("single", lang)
    if same and (people["max"] <= ALIKE * people["min"]).all():
        return places, say("mean", lang, n=len(shared))
    # One that all designs have, if there is one: a run may have failed.
    chosen = shared.idxmax()
    return places[places["replicate"] == chosen], say("one_of", lang, replicate=chosen, n=len(shared))


def _tiles(places: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """One row per design and compound: where and what it is, and the outcome's mean with its interval."""
    key = ["design", "compound"]
    about = places.groupby(key, sort=False).agg(
        {"neighbourhood": "first", "block": "first", "old": "first", "residents": "mean"}
    )
    return about.join(means(places, outcome, key)).reset_index()


def _rows(tiles: pd.DataFrame) -> dict[str, float]:
    """Where each neighbourhood stands, from the top: by block, with a gap between blocks."""
    blocks = tiles.drop_duplicates(["design", "neighbourhood"])
    drawing = blocks.loc[blocks["block"] != "", "design"]
    mine = blocks[blocks["design"] == (drawing.iloc[0] if len(drawing) else blocks["design"].iloc[0])]
    block_of = dict(zip(mine["neighbourhood"], mine["block"], strict=True))
    order = {block: place for place, block in enumerate(sorted(set(block_of.values())))}
    known = sorted(
        dict.fromkeys(tiles["neighbourhood"]), key=lambda name: order.get(block_of.get(name, ""), 0)
    )
    return {name: row + GAP * order.get(block_of.get(name, ""), 0) for row, name in enumerate(known)}


def _panel(
    axes: Axes,
    tiles: pd.DataFrame,
    rows: Mapping[str, float],
    norm: Normalize,
    inch: float,
    places: int | None,
) -> None:
    """The tiles of one design, with their values if there is room for them (``places`` are decimals)."""
    end = dict.fromkeys(rows, 0.0)
    for tile in tiles.to_dict("records"):
        left, middle = end[tile["neighbourhood"]], rows[tile["neighbourhood"]]
        end[tile["neighbourhood"]] += tile["residents"]
        there = np.isfinite(tile["mean"])
        face = colormaps[style.SEQUENTIAL](norm(tile["mean"])) if there else NOWHERE
        corner = (left, middle - TILE / 2)
        axes.add_patch(
            Rectangle(corner, tile["residents"], TILE, facecolor=face, edgecolor="white", linewidth=1.2)
        )
        if tile["old"]:
            at = left + DOT * inch
            axes.plot(
                at,
                middle,
                "o",
                markersize=style.scaled(4),
                color="white",
                markeredgecolor="black",
                markeredgewidth=0.8,
            )
        if places is not None:
            axes.text(
                left + tile["residents"] / 2,
                middle,
                f"{tile['mean']:,.{places}f}" if there else "–",
                ha="center",
                va="center",
                fontsize=style.scaled(LETTERS),
                color=ink(face),
            )


def _blocks(axes: Axes, tiles: pd.DataFrame, rows: Mapping[str, float], lang: str) -> None:
    """Name the blocks of one design right of its rows."""
    block_of = dict(zip(tiles["neighbourhood"], tiles["block"], strict=True))
    runs = groupby((name for name in rows if block_of.get(name)), key=lambda name: block_of[name])
    for block, run in runs:
        names = list(run)
        first, last = rows[names[0]] - TILE / 2, rows[names[-1]] + TILE / 2
        aside: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "clip_on": False}
        axes.vlines(1.02, first, last, color=style.QUIET, linewidth=style.pen(1.2), **aside)
        axes.text(
            1.04, (first + last) / 2, generated(block, lang), va="center", fontsize=style.scaled(7.5), **aside
        )


def _unit(outcome: str, lang: str) -> str:
    """Unit of a measure by compound, in which counts are added up over the weeks."""
    return unit(MEASURES[outcome].unit.removesuffix("/week") if outcome in MEASURES else "", lang)


def _legend(figure: Figure, tiles: pd.DataFrame, lang: str) -> None:
    """What a dot and a grey tile mean, as far as there are any."""
    handles: list[Line2D | Patch] = []
    if tiles["old"].any():
        dot = Line2D(
            [],
            [],
            marker="o",
            linestyle="",
            markersize=style.scaled(4),
            color="white",
            markeredgecolor="black",
        )
        dot.set_label(say("old_compound", lang))
        handles.append(dot)
    if tiles["mean"].isna().any():
        handles.append(Patch(facecolor=NOWHERE, edgecolor=style.BASELINE, label=say("no_value", lang)))
    if handles:
        style.key(figure, handles, where="lower left")
