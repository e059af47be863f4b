"""The network of organisations of a model, and the relations that the rules in force make between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from cogov.figures import style
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
CROWD = 30
"""More edges of a relation than this are drawn paler."""
NEAR = 0.5
"""From a row to the councils of neighbourhoods below it, in rows."""

RANKS = {"department": 5.5, "unit": 2.8, "committee": 2.5, "firm": -1.0}
"""Where kinds of organisation stand that have a row of their own, among the values of `Level`."""


def network(model: GovernanceModel, *, lang: str = "en") -> Figure:
    """The organisations of a running model and the relations its rules make, level above level.

    Many units are put together by neighbourhood. Posts that only serve needs and posts of volunteers are
    not drawn.

    Parameters
    ----------
    model : GovernanceModel
        As it stands; it is not changed.
    lang : str
        ``en`` or ``zh``.

    Raises
    ------
    StudyError
        If the language is not known.
    """
    graph = organisations(model)
    rows = _rows(graph, model)
    full = max(len(nodes) for _, nodes in rows)
    height = [0.0]
    for (_, name), _ in rows[1:]:
        height.append(height[-1] - (NEAR if name else 1.0))
    spot = {
        node: ((at + 0.5) / len(nodes) * full, level)
        for level, (_, nodes) in zip(height, rows, strict=True)
        for at, node in enumerate(nodes)
    }
    with style.house(lang):
        size = (max(2.0 + WIDE * full, 8.0), 1.6 - HIGH * (height[-1] - 0.9))
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.subplots()
        axes.set_axis_off()
        axes.set(xlim=(0, full), ylim=(height[-1] - 0.4, 0.4))
        _lines(axes, graph, spot)
        for kind, (marker, colour, width) in ORGANISATIONS.items():
            spots = [spot[node] for node in graph if node[0] == kind]
            looks: dict[str, Any] = {"color": colour, "markersize": width, "markeredgecolor": "white"}
            if spots:  # the layout would make room for a line of nothing
                axes.plot(*np.transpose(spots), marker, clip_on=False, zorder=3, **looks)
        for level, ((rank, name), nodes) in zip(height, rows, strict=True):
            _label_row(axes, level, rank, name, lang)
            room = int(0.9 * (size[0] - 2.0) / len(nodes) / 0.062)
            for node in nodes if not name else ():
                _label(axes, graph, node, spot[node], room, lang)
        _legend(figure, graph, lang)
        rules = model.institutions.design
        title = design(rules.name, lang, {rules.name: rules.zh})
        style.note(figure, [model.community.name, title, say("after_week", lang, week=model.week)], lang)
        return style.settle(figure)


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
                linewidths=[min(0.6 + 0.15 * weight, 1.8) for *_, weight in edges],
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


def _label_row(axes: Axes, height: float, rank: float, name: str, lang: str) -> None:
    """Say left of a row what stands there."""
    own = {place: kind for kind, place in RANKS.items()}
    if name:
        shown = called(name, lang)
    elif rank in own and own[rank] != "committee":
        shown = say(f"node_{own[rank]}", lang)
    else:
        shown = Level(int(rank)).zh if lang == "zh" else Level(int(rank)).label
    axes.text(
        -0.01,
        height,
        style.wrap(shown, 16),
        transform=axes.get_yaxis_transform(),
        ha="right",
        va="center",
        fontsize=8,
        color=style.QUIET,
    )


def _label(
    axes: Axes, graph: nx.MultiGraph, node: Node, at: tuple[float, float], room: int, lang: str
) -> None:
    """Name a node: above it, firms below; committees and numbers of units within."""
    kind, name, number = node
    about = graph.nodes[node]
    shown, up = generated(about["label"], lang), 6
    if kind == "department":
        shown = Line(number).zh if lang == "zh" else shown
    elif kind == "alliance":
        shown = say("alliance", lang)
    elif kind == "unit" and not shown:
        shown, up = str(about["members"]), 0
        if not about["neighbourhoods"]:
            shown = f"{shown}\n{say('outside', lang)}"
    elif kind == "committee":
        up = 0
    elif kind == "firm":
        up = -6
    elif name:
        several = sum(other[:2] == node[:2] for other in graph) > 1
        shown = called(name, lang) + f" {number + 1}" * several
    axes.annotate(
        style.wrap(shown, max(room, 6)),
        at,
        (0, up),
        textcoords="offset points",
        ha="center",
        va={1: "bottom", 0: "center", -1: "top"}[int(np.sign(up))],
        fontsize=7,
        annotation_clip=False,
        path_effects=[patheffects.withStroke(linewidth=2.5, foreground="white")] if up else None,
        zorder=4,
    )


def _legend(figure: Figure, graph: nx.MultiGraph, lang: str) -> None:
    """What shapes and lines stand for, as far as they are there."""
    kinds, relations = {node[0] for node in graph}, {key for *_, key in graph.edges(keys=True)}
    handles = [
        Line2D(
            [], [], linestyle="", marker=marker, color=colour, markersize=7, label=say(f"node_{kind}", lang)
        )
        for kind, (marker, colour, _) in ORGANISATIONS.items()
        if kind in kinds
    ]
    handles += [
        Line2D([], [], linestyle=line, color=colour, linewidth=1.4, label=say(f"edge_{relation}", lang))
        for relation, (colour, line) in RELATIONS.items()
        if relation in relations
    ]
    columns = int(figure.get_figwidth() / 2.1)
    figure.legend(handles=handles, loc="outside lower center", ncols=columns, fontsize=8, handlelength=2.6)
