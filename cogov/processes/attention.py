"""Attention (注意力): who serves takes cases in order of priority, as far as the hours reach.

The one order in which everything finite is handed out: files and parts of departments, the work of posts,
calls that the office takes, places on an agenda. What moves up in it moves something else down; nothing is
served faster for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import exp
from cogov.kit.fields import Parameters, param
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import LINES, Priority, marked
from cogov.rules.laid import Laid
from cogov.state.issues import State

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Attending(Parameters):
    """What comes first, and what it takes to look at a case."""

    deadline_weight: float = param(
        1.0, low=0, doc="how much a deadline of this week adds to urgency", plausible=(0.5, 2)
    )
    age_weight: float = param(
        0.01, low=0, unit="1/week", doc="how much a week of waiting adds to urgency", plausible=(0.004, 0.025)
    )
    look: float = param(
        0.25,
        low=0,
        unit="h/week",
        doc="hours it takes a department to look at a case that waits for its answer",
        plausible=(0.1, 0.5),
    )


def priority(
    model: ModelState,
    rows: NDArray[np.intp],
    *,
    line: NDArray[np.integer] | None = None,
    post: NDArray[np.integer] | None = None,
    presses: Floats | None = None,
) -> Floats:
    """How soon issues come up with who serves them: as far as they press, and by rules.

    Parameters
    ----------
    rows : ndarray of int, shape (items,)
        Rows of issues.
    line : ndarray of int, shape (items,), optional
        The department (Line) that is to serve each.
    post : ndarray of int, shape (items,), optional
        Or the position rule, as in ``Posts.rules``, of the post that is.
    presses : ndarray, shape (issues,), optional
        How far all issues press, where that has been worked out.

    Returns
    -------
    ndarray, shape (items,)
        Higher first.
    """
    own = pressing(model, rows) if presses is None else presses[rows]
    added = [
        moved_up(model, laid, rows, first)
        for laid in in_force(model)
        if (first := served_first(model, laid.rule, line, post)) is not None
    ]
    if len(added) > 2:  # sorted, so that the order of rules cannot matter, to the bit
        added = list(np.sort(added, axis=0))
    return np.asarray(own + sum(added[1:], added[0]) if added else own, dtype=float)


def pressing(model: ModelState, rows: NDArray[np.intp] | slice = slice(None)) -> Floats:
    """How far issues press by themselves: urgency, the deadline as it nears, and age; shape (rows,)."""
    issues, parameters = model.issues, model.parameters.attention
    urgent, due = issues.urgency[rows], issues.due[rows]
    dated = (due < np.inf).nonzero()[0]
    if len(dated):
        urgent = urgent.copy()
        urgent[dated] += parameters.deadline_weight * exp(-np.maximum(due[dated] - model.week, 0))
    return np.asarray(urgent + parameters.age_weight * (model.week - issues.born[rows]), dtype=float)


def priority_with(model: ModelState, rows: NDArray[np.intp], post: str) -> Floats:
    """The same with a post by its name, whether the design has it or not."""
    names = list(model.institutions.posts.start)
    there = post in names
    return priority(model, rows, post=np.full(len(rows), names.index(post)) if there else None)


def in_force(model: ModelState) -> list[Laid[Priority]]:
    """The rules of what comes first that are in force anywhere this week."""
    return [laid for laid in model.institutions.priorities if laid.force.any()]


def served_first(
    model: ModelState,
    rule: Priority,
    line: NDArray[np.integer] | None,
    post: NDArray[np.integer] | None,
) -> NDArray[np.bool_] | None:
    """Which issues are served by somebody to whom a rule says what comes first; None where none are."""
    if line is not None:
        first = marked(rule.lines, LINES)[line]
    elif post is not None and rule.servers:
        first = marked(rule.servers, tuple(model.institutions.posts.start))[post]
    else:
        return None
    return first if first.any() else None


def moved_up(
    model: ModelState, laid: Laid[Priority], rows: NDArray[np.intp], first: NDArray[np.bool_]
) -> Floats:
    """What one rule adds to the priority of those issues that come first: as far as it is paid for."""
    area = laid.area.of_building[model.issues.building[rows]]
    meant = first & meant_by(model, laid, rows)
    return np.asarray(meant * (laid.value("weight") * laid.force)[area])


def held(model: ModelState, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which issues somebody answers for who neither lets them be given up nor takes them back."""
    found = np.zeros(len(rows), dtype=bool)
    for laid in in_force(model):
        if laid.rule.holds:
            found |= meant_by(model, laid, rows) & (
                laid.force[laid.area.of_building[model.issues.building[rows]]] > 0
            )
    return found


def together(model: ModelState, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which issues departments take up together: those summoned, and those that a rule has at one table."""
    joint = model.issues.joint[rows].copy()
    for laid in in_force(model):
        rule = laid.rule
        if rule.joint and rule.lines:
            area = laid.area.of_building[model.issues.building[rows]]
            joint |= meant_by(model, laid, rows) & (laid.force[area] > 1 - 1e-9)
    return np.asarray(joint)


def meant_by(model: ModelState, laid: Laid[Priority], rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which issues a rule means: the oldest ones of each area, or all that it is about."""
    meant = about(model, laid.rule, rows)
    return meant & standing(model, laid)[rows] if laid.rule.oldest and meant.any() else meant


def about(model: ModelState, rule: Priority, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which issues are of the kinds and cases that a rule is about."""
    issues = model.issues
    meant = marked(rule.kinds)[issues.kind[rows]]
    if rule.cases:
        case = {"orders": issues.hotline, "dated": np.isfinite(issues.due), "summoned": issues.joint}
        meant &= np.logical_or.reduce([case[name][rows] for name in rule.cases])
    return np.asarray(meant)


def standing(model: ModelState, laid: Laid[Priority]) -> NDArray[np.bool_]:
    """The oldest open cases of each area in which a rule is in force: shape (issues,).

    Who is among them stays until it is closed, since nothing gets older than it is.
    """
    issues, rule = model.issues, laid.rule
    rows = ((issues.state > State.LATENT) & (issues.state < State.RESOLVED)).nonzero()[0]
    area = laid.area.of_building[issues.building[rows]]
    there = about(model, rule, rows) & (laid.force[area] > 0)
    rows, area = rows[there], area[there]
    order = np.lexsort((issues.id[rows], issues.seen[rows], area))
    rows, area = rows[order], area[order]
    first = np.ones(len(rows), dtype=bool)  # of an area: the one so many places before is of another
    first[rule.oldest :] = area[rule.oldest :] != area[: -rule.oldest]
    chosen = np.zeros(len(issues), dtype=bool)
    chosen[rows[first]] = True
    return chosen
