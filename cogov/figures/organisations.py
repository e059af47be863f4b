"""Organisations as a graph: who there is in a model, and what the rules in force make of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from cogov.processes.exchanges import members
from cogov.processes.offers import on_list
from cogov.rules.kinds import KINDS, Council, Exchange, Listing
from cogov.terms import Level, Line

if TYPE_CHECKING:
    from cogov.model import GovernanceModel
    from cogov.rules.kinds import Rule
    from cogov.rules.laid import Laid

SEPARATE = 12
"""So many units are drawn one by one; more are put together by neighbourhood."""

ALIVE: Mapping[type, str] = {Council: "council", Listing: "list", Exchange: "alliance"}
"""Rules that make a node, and its kind."""

Node = tuple[str, str, int]
"""Kind, rule or "", and number among its like."""


def organisations(model: GovernanceModel) -> nx.MultiGraph:
    """The organisations of a model as a graph, with an edge for each pair and relation.

    Nodes are ``(kind, rule, number)``: ``committee`` (with whatever posts stand in its neighbourhood),
    ``firm`` and ``unit``; ``post`` (one for each area of a rule, if it handles issues above the
    neighbourhood), ``department``, ``council``, ``list`` (of offers, beyond a neighbourhood) and
    ``alliance``. They have a ``level``, a ``label`` and the ``neighbourhoods`` they are for, units the number
    of ``members``. Many units are put together by neighbourhood; then they are numbered by it, -1 outside.

    Edges have the relation as their key and a ``weight``: how many compounds, seats, units or kinds of issue.

    - ``forwards``: issues that one cannot settle are passed up to the other;
    - ``calls``: it calls the department, for kinds of issue that may need it;
    - ``seat``: has a seat on the council (owners and residents have theirs too, but are no organisations);
    - ``offers``: what units offer is made known there;
    - ``serves``: the firm serves compounds of the neighbourhood;
    - ``member``: of the firms' alliance;
    - ``keeps``: its hours keep the council, list or alliance alive.

    Parameters
    ----------
    model : GovernanceModel
        As it stands: firms serve whom they serve this week; lists and alliances are there in their time.
    """
    graph = nx.MultiGraph()
    community = model.community
    for number, name in enumerate(community.places.neighbourhoods.names):
        _add(graph, ("committee", "", number), Level.NEIGHBOURHOOD, name, [number])
    _add_firms(graph, model)
    _add_units(graph, model)
    _add_ladder(graph, model)
    _add_councils(graph, model)
    _add_keepers(graph, model)
    return graph


def _add(graph: nx.MultiGraph, node: Node, level: Level, label: str, neighbourhoods: Iterable[int]) -> Node:
    if node not in graph:
        graph.add_node(
            node, level=level, label=label, neighbourhoods=[int(place) for place in neighbourhoods]
        )
    return node


def _link(graph: nx.MultiGraph, node: Node, other: Node, relation: str, weight: int = 1) -> None:
    """Add to the weight of an edge, which is made if it is not there."""
    if graph.has_edge(node, other, key=relation):
        graph.edges[node, other, relation]["weight"] += weight
    else:
        graph.add_edge(node, other, key=relation, weight=weight)


def _of_rule(
    graph: nx.MultiGraph, model: GovernanceModel, kind: str, name: str, area: str, number: int
) -> Node:
    """The node of a post, council or list of a rule in one of its areas."""
    about = model.institutions.areas[area]
    here = np.unique(model.places.building_neighbourhood[about.of_building == number])
    return _add(graph, (kind, name, int(number)), about.level, name, here)


def _add_firms(graph: nx.MultiGraph, model: GovernanceModel) -> None:
    """Firms, the compounds they serve, and their alliance."""
    places, firms = model.places, model.firms
    home, firm = places.compound_neighbourhood, model.homes.firm
    for number, name in enumerate(firms.names):
        _add(graph, ("firm", "", number), Level.COMPOUND, name, np.unique(home[firm == number]))
    if "firm" in model.institutions.positions:
        for compound in np.flatnonzero(firm >= 0):
            _link(graph, ("firm", "", int(firm[compound])), ("committee", "", int(home[compound])), "serves")
    everywhere = range(len(places.neighbourhoods))
    for laid in _due(model, model.institutions.exchanges):
        alliance = _add(graph, ("alliance", laid.rule.name, 0), Level.SUBDISTRICT, "", everywhere)
        for member in np.flatnonzero(members(model, laid.rule.members)):
            _link(graph, ("firm", "", int(member)), alliance, "member")


def _due[R: Rule](model: GovernanceModel, entries: Iterable[Laid[R]]) -> list[Laid[R]]:
    """Rules whose time it is: an alliance that others join later is not theirs yet."""
    week = max(model.week - model.adopted, 1)
    return [laid for laid in entries if laid.rule.when.calendar(week)]


def _unit(model: GovernanceModel, unit: int) -> Node:
    """The node of a unit, or of the units of its neighbourhood."""
    units = model.units
    return "unit", "", unit if len(units) <= SEPARATE else int(units.neighbourhood[unit])


def _add_units(graph: nx.MultiGraph, model: GovernanceModel) -> None:
    """Units, and where what they offer is made known."""
    units, institutions = model.units, model.institutions
    for unit, (name, home) in enumerate(zip(units.names, units.neighbourhood, strict=True)):
        shown = name if len(units) <= SEPARATE else ""
        node = _add(graph, _unit(model, unit), Level.COMPOUND, shown, [home] if home >= 0 else [])
        graph.nodes[node]["members"] = graph.nodes[node].get("members", 0) + 1
    seen = model.offers.seen.copy()
    for laid in _due(model, institutions.listings):
        area = laid.area
        _, listed = on_list(model, laid, model.offers.weekly)
        for unit in np.flatnonzero(listed >= 0).tolist():
            number = int(listed[unit])
            if area.level == Level.NEIGHBOURHOOD:
                place: Node = ("committee", "", number)
            else:
                place = _of_rule(graph, model, "list", laid.rule.name, area.name, number)
            _link(graph, _unit(model, unit), place, "offers")
    model.offers.seen[:] = seen  # looking at a list is no turn at a public day
    for node, about in list(graph.nodes.items()):
        if node[0] == "list":
            for number in about["neighbourhoods"]:
                _link(graph, node, ("committee", "", number), "offers")


def _add_ladder(graph: nx.MultiGraph, model: GovernanceModel) -> None:
    """Posts that handle issues above the neighbourhood, whom issues are passed up to, and departments."""
    institutions, posts = model.institutions, model.institutions.posts
    handler, home = institutions.powers.handler, model.places.compound_neighbourhood

    def holder(level: int, row: int, compound: int) -> Node:
        if level == Level.NEIGHBOURHOOD:
            return "committee", "", int(home[compound])
        post = posts.rules[posts.rule_of[row]]
        return _of_rule(graph, model, "post", post.name, post.area, posts.area_of[row])

    for kind in range(len(KINDS)):
        for level in (Level.NEIGHBOURHOOD, Level.BLOCK, Level.SUBDISTRICT):
            above = institutions.powers.next_rung[kind, level]
            pairs = np.column_stack([handler[kind, level], handler[kind, above, np.arange(len(home))]])
            _, first = np.unique(pairs, axis=0, return_index=True)
            for compound in first[(pairs[first] >= 0).all(1)]:
                lower, upper = (
                    holder(at, handler[kind, at, compound], compound) for at in (level, above[compound])
                )
                _link(graph, lower, upper, "forwards")
    for kind, about in enumerate(model.world.types):
        for caller in _calling(model, kind):
            rows, first = np.unique(handler[kind, caller], return_index=True)
            for row, compound in zip(rows, first, strict=True):
                for name in about.lines if row >= 0 else ():
                    line = Line[name.upper()]
                    department = _add(graph, ("department", "", int(line)), Level.DISTRICT, name, [])
                    _link(graph, holder(caller, row, compound), department, "calls")


def _calling(model: GovernanceModel, kind: int) -> set[int]:
    """Levels that call departments for issues of a kind: as issues are routed, the lowest that may."""
    institutions, about = model.institutions, model.world.types[kind]
    levels = np.arange(len(Level))
    able = (institutions.powers.handler[kind] >= 0).any(1)
    able &= ~np.isnan(institutions.powers.summons[:, kind]).all(1) | (levels >= Level.SUBDISTRICT)
    found = set()
    for level in np.flatnonzero(np.array(about.levels) > 0) if about.departments else ():
        may = able & (levels >= institutions.powers.authority[kind, level].min())
        if may.any():
            found.add(int(may.argmax()))
    return found


def _add_councils(graph: nx.MultiGraph, model: GovernanceModel) -> None:
    """Councils and the organisations that have seats."""
    for council in model.institutions.councils:
        seats: list[tuple[Node, int]] = []
        if "neighbourhoods" in council.rule.seats:
            seats += [
                (("committee", "", place), int(table))
                for place, table in enumerate(council.area.of_neighbourhood)
            ]
        if "firms" in council.rule.seats:
            served = np.flatnonzero(model.homes.firm >= 0)
            pairs = np.column_stack([model.homes.firm[served], council.area.of_compound[served]])
            seats += [(("firm", "", int(firm)), int(table)) for firm, table in np.unique(pairs, axis=0)]
        with_unit = np.flatnonzero(council.unit >= 0)
        seats += [(_unit(model, int(council.unit[seat])), int(council.seat_area[seat])) for seat in with_unit]
        for table in range(council.area.n):
            _of_rule(graph, model, "council", council.rule.name, council.rule.area, table)
        for holder, table in seats:
            _link(graph, holder, ("council", council.rule.name, table), "seat")


def _add_keepers(graph: nx.MultiGraph, model: GovernanceModel) -> None:
    """Committees and posts whose hours keep councils, lists and the alliance alive."""
    institutions = model.institutions
    for entry in institutions.rules:
        if not entry.keeper:
            continue
        keeper = institutions.positions[entry.keeper]
        area, theirs = institutions.area_of(entry), institutions.areas[keeper.area]
        for number, place in np.unique(
            np.column_stack([area.of_building, theirs.of_building]), axis=0
        ).tolist():
            kept: Node = (ALIVE.get(type(entry), ""), entry.name, number)
            if kept in graph:
                holder: Node = ("committee", "", place)
                if theirs.level > Level.NEIGHBOURHOOD:
                    holder = _of_rule(graph, model, "post", keeper.name, keeper.area, place)
                _link(graph, holder, kept, "keeps")
