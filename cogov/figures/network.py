"""The network of organisations of a model, and the relations that the rules in force make between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import networkx as nx
import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from cogov.figures import layout, style
from cogov.figures.lettering import fit, inches
from cogov.figures.organisations import Node, organisations
from cogov.terms import Level, Line
from cogov.words import design, generated, say
from cogov.words import rule as called

if TYPE_CHECKING:
    from cogov.model import GovernanceModel

ORGANISATIONS: Mapping[str, tuple[str, str, float]] = {
    "department": ("s", "#7F7F7F", 8),
    "post": ("D", style.COLOURS[1], 8),
    "council": ("h", style.COLOURS[0], 9),
    "list": ("p", style.COLOURS[2], 9),
    "alliance": ("P", style.COLOURS[6], 9),
    "committee": ("o", "#A9D8F3", 17),
    "unit": ("v", "#E5B8D0", 15),
    "firm": ("^", style.COLOURS[4], 8),
}
"""Marker, colour and size of each kind of organisation."""

RELATIONS: Mapping[str, tuple[str, Any]] = {
    "seat": (style.COLOURS[0], "-"),
    "offers": (style.COLOURS[2], (0, (2, 1))),
    "serves": (style.COLOURS[4], "-"),
    "member": (style.COLOURS[6], (0, (1, 1))),
    "calls": ("#7F7F7F", (0, (4, 2))),
    "keeps": ("#7F7F7F", "-"),
    "forwards": (style.COLOURS[1], "-"),
}
"""Colour and line of each relation, the last on top."""

WIDE, HIGH = 0.52, 0.98
"""Inches from node to node in the fullest row, and from row to row."""
LETTERS = 7.0
"""Size of names, in points at `style.SIZE`."""
CROWD = 30
"""More edges of a relation than this are drawn paler."""
NEAR = 0.5
"""From a row to the councils of neighbourhoods below it, in rows."""

RANKS = {"department": 5.5, "unit": 2.8, "committee": 2.5, "firm": -1.0}
"""Where kinds of organisation stand that have a row of their own, among the values of `Level`."""


def network(model: GovernanceModel, *, lang: str = "en", figsize: style.Size | None = None) -> Figure:
    """The organisations of a running model and the relations its rules make, level above level.

    Many units are put together by neighbourhood. Posts that only serve needs and posts of volunteers are
    not drawn.

    Parameters
    ----------
    model : GovernanceModel
        As it stands; it is not changed.
    lang : str
        ``en`` or ``zh``.
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed. Names that have no room stand
        upright, and if they have none even so, are left out.

    Raises
    ------
    StudyError
        If the language is not known, or the size is none or too small.
    """
    graph = organisations(model)
    rows = _rows(graph, model)
    full = max(len(nodes) for _, nodes in rows)
    with style.house(lang):
        size = style.page(max(2.0 + WIDE * full, 8.0), figsize)
        figure = style.sheet(size)
        titles = [_row(rank, name, 0.2 * size[0], lang) for (rank, name), _ in rows]
        beside = max(inches(title, style.scaled(8)) for title in titles)
        lettered = [
            _letter(graph, [] if name else nodes, (0.93 * size[0] - beside) / len(nodes), lang)
            for (_, name), nodes in rows
        ]
        unit = style.scaled(0.65 * HIGH if style.narrow(size) else HIGH)
        height = [0.0]
        for ((_, name), _), letters in zip(rows[1:], lettered[1:], strict=True):
            height.append(height[-1] - (NEAR if name else 1.0) - letters.extra / unit)
        spot = {
            node: ((at + 0.5) / len(nodes) * full, level)
            for level, (_, nodes) in zip(height, rows, strict=True)
            for at, node in enumerate(nodes)
        }
        axes = figure.subplots()
        axes.set_axis_off()
        top, bottom = (0.4 + lettered[end].extra / unit for end in (0, -1))
        axes.set(xlim=(0, full), ylim=(height[-1] - bottom, top))
        _lines(axes, graph, spot)
        for (_, nodes), letters in zip(rows, lettered, strict=True):
            for kind, (marker, colour, width) in ORGANISATIONS.items():
                spots = [spot[node] for node in nodes if node[0] == kind]
                if spots:  # the layout would make room for a line of nothing
                    axes.plot(
                        *np.transpose(spots),
                        marker,
                        clip_on=False,
                        zorder=3,
                        color=colour,
                        markersize=min(style.scaled(width), 72 * 0.85 * letters.room),
                        markeredgecolor=mpl.rcParams["axes.facecolor"],
                    )
        for level, title, letters in zip(height, titles, lettered, strict=True):
            axes.text(
                -0.01,
                level,
                title,
                transform=axes.get_yaxis_transform(),
                ha="right",
                va="center",
                fontsize=style.scaled(8),
                color=style.QUIET,
            )
            for node, text in letters.texts.items():
                _label(axes, text, _side(graph, node), spot[node], letters)
        _legend(figure, graph, lang)
        rules = model.institutions.design
        title = design(rules.name, lang, {rules.name: rules.zh})
        week = model.week - model.start
        style.note(figure, [model.community.name, title, say("after_week", lang, week=week)], lang)
        return layout.settle(figure, size, (top + bottom - height[-1]) * unit)


def _rows(graph: nx.MultiGraph, model: GovernanceModel) -> list[tuple[tuple[float, str], list[Node]]]:
    """Nodes row by row from the top, each in the order in which they stand.

    A row is known by its rank (a `Level` or one of `RANKS`) and, for councils of neighbourhoods, by their
    rule. Neighbourhoods stand by block, all else as near to its own as its row allows.
    """
    block = model.institutions.areas["block"].of_neighbourhood
    order = {int(place): at for at, place in enumerate(np.argsort(block, kind="stable"))}
    kinds = list(ORGANISATIONS)
    rows: dict[tuple[float, str], list[Node]] = {}
    for node, about in graph.nodes.items():
        kind, name, _ = node
        rank = RANKS.get(kind, about["level"])
        council = kind == "council" and about["level"] <= Level.NEIGHBOURHOOD
        rows.setdefault((float(rank), name if council else ""), []).append(node)

    def place(node: Node) -> tuple[float, int, str, int]:
        at = [order[number] for number in graph.nodes[node]["neighbourhoods"]]
        return float(np.mean(at)) if at else np.inf, kinds.index(node[0]), node[1], node[2]

    return [(row, sorted(rows[row], key=place)) for row in sorted(rows, key=lambda row: (-row[0], row[1]))]


def _lines(axes: Axes, graph: nx.MultiGraph, spot: Mapping[Node, tuple[float, float]]) -> None:
    """Draw the edges, relation by relation; the broader, the more they stand for."""
    for relation, (colour, line) in RELATIONS.items():
        edges = [
            (node, other, about["weight"])
            for node, other, key, about in graph.edges(keys=True, data=True)
            if key == relation
        ]
        if not edges:
            continue
        axes.add_collection(
            LineCollection(
                [_way(spot[node], spot[other]) for node, other, _ in edges],
                colors=colour,
                linestyles=[line],
                linewidths=[style.pen(min(0.6 + 0.15 * weight, 1.8)) for *_, weight in edges],
                alpha=0.35 if len(edges) > CROWD else 0.7,
                zorder=1,
            )
        )


def _way(start: tuple[float, float], end: tuple[float, float]) -> NDArray[np.float64]:
    """From one node to another: straight, but in an arc within a row, past those between."""
    share = np.linspace(0, 1, 21)
    way = np.outer(1 - share, start) + np.outer(share, end)
    if start[1] == end[1]:
        way[:, 1] -= 0.3 * np.sin(np.pi * share)
    return way


def _row(rank: float, name: str, width: float, lang: str) -> str:
    """What stands in a row, in lines of a width in inches."""
    own = {place: kind for kind, place in RANKS.items()}
    if name:
        shown = called(name, lang)
    elif rank in own and own[rank] != "committee":
        shown = say(f"node_{own[rank]}", lang)
    else:
        shown = Level(int(rank)).zh if lang == "zh" else Level(int(rank)).label
    return fit(shown, width, style.scaled(8))


@dataclass(frozen=True)
class _Letters:
    """Names of the nodes of a row as they have room."""

    texts: Mapping[Node, str]
    room: float
    """From node to node, in inches."""
    turned: bool
    """Whether they stand upright, as they are too long to lie."""
    extra: float
    """Height that they need beyond one line, in inches."""


def _letter(graph: nx.MultiGraph, nodes: list[Node], room: float, lang: str) -> _Letters:
    """Break the names of a row; turn them if they do not fit; leave them out if they do not even then."""
    size = style.scaled(LETTERS)
    line, full = 1.25 * size / 72, {node: _text(graph, node, lang) for node in nodes}
    texts = {node: fit(text, 0.92 * room, size) for node, text in full.items()}
    if all(inches(text, size) <= 0.95 * room for text in texts.values()):
        most = max((text.count("\n") + 1 for text in texts.values()), default=1)
        return _Letters(texts, room, False, (most - 1) * line)
    if line > room:
        return _Letters({}, room, False, 0.0)
    texts = {node: text.replace("\n", " ") for node, text in full.items()}
    longest = max(inches(text, size) for text in texts.values())
    return _Letters(texts, room, True, max(0.0, longest - line))


def _text(graph: nx.MultiGraph, node: Node, lang: str) -> str:
    """What a node is called."""
    kind, name, number = node
    about = graph.nodes[node]
    shown = generated(str(about["label"]), lang)
    if kind == "department":
        return Line(number).zh if lang == "zh" else shown
    if kind == "alliance":
        return say("alliance", lang)
    if kind == "unit" and not shown:
        aside = "" if about["neighbourhoods"] else f"\n{say('outside', lang)}"
        return f"{about['members']}{aside}"
    if name:
        several: bool = sum(other[:2] == node[:2] for other in graph) > 1
        return called(name, lang) + f" {number + 1}" * several
    return shown


def _side(graph: nx.MultiGraph, node: Node) -> int:
    """Where a node has its name: 1 above it; -1 below it, as firms; 0 within, as committees and numbers."""
    inside = node[0] == "committee" or (node[0] == "unit" and not graph.nodes[node]["label"])
    return 0 if inside else -1 if node[0] == "firm" else 1


def _label(axes: Axes, text: str, side: int, at: tuple[float, float], letters: _Letters) -> None:
    """Name a node."""
    axes.annotate(
        text,
        at,
        (0, side * style.scaled(6)),
        textcoords="offset points",
        ha="center",
        va={1: "bottom", 0: "center", -1: "top"}[side],
        rotation=90 if letters.turned else 0,
        fontsize=style.scaled(LETTERS),
        annotation_clip=False,
        path_effects=[
            patheffects.withStroke(linewidth=style.pen(2.5), foreground=mpl.rcParams["axes.facecolor"])
        ]
        if side
        else None,
        zorder=4,
    )


def _legend(figure: Figure, graph: nx.MultiGraph, lang: str) -> None:
    """What shapes and lines stand for, as far as they are there."""
    kinds, relations = {node[0] for node in graph}, {key for *_, key in graph.edges(keys=True)}
    handles = [
        Line2D(
            [],
            [],
            linestyle="",
            marker=marker,
            color=colour,
            markersize=style.scaled(7),
            label=say(f"node_{kind}", lang),
        )
        for kind, (marker, colour, _) in ORGANISATIONS.items()
        if kind in kinds
    ]
    handles += [
        Line2D(
            [],
            [],
            linestyle=line,
            color=colour,
            linewidth=style.pen(1.4),
            label=say(f"edge_{relation}", lang),
        )
        for relation, (colour, line) in RELATIONS.items()
        if relation in relations
    ]
    style.key(figure, handles, handle=2.6, columns=6)
