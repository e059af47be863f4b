"""What a trace is told of a week's decisions (记入事件日志), where that takes more than a line.

Processes call these where something is followed (``model.trace``), and nothing comes of it but events.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.activities.vocabulary import Activity
from cogov.processes import grounds
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Rule
from cogov.state.issues import State
from cogov.state.purses import YUAN
from cogov.state.works import Project
from cogov.terms import Line

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]
Held = NDArray[np.bool_]
TOLD = {"tell": "committee", "call": "hotline"}
"""To whom residents turn, by the channel through which an issue is noticed."""


def note_noticed(model: ModelState, channel: str, rows: Rows, spotter: Rows, hours: Floats) -> None:
    """Through a channel somebody noticed issues: residents, or the observers that make some observations.

    Parameters
    ----------
    channel : str
        One of `cogov.processes.sense.CHANNELS`.
    rows, spotter : ndarray of int, shape (issues,)
        The issues, and which observation would see each.
    hours : ndarray, shape (issues,)
        What it took the committee to receive the report.
    """
    assert model.trace is not None
    observations, building = model.institutions.observations, model.issues.building[rows].tolist()
    by: str | list[str] = "residents"
    rules: Sequence[Rule | None]
    if channel in TOLD:
        rules = grounds.reports(model, TOLD[channel], rows)
    else:
        seen = [observations[number] for number in spotter.tolist()]
        rules = [laid.rule for laid in seen]
        by = [
            f"{laid.rule.post} {laid.area.of_building[site]}"
            for laid, site in zip(seen, building, strict=True)
        ]
    model.trace.note(act.NOTICED, rows, by=by, rule=rules, outcome=channel, duty="reports", hours=hours)


def note_settled(
    model: ModelState,
    rows: Rows,
    alone: Rows,
    called: Rows,
    jointly: NDArray[np.int64],
    hours: Floats,
) -> None:
    """Leave in the trace where issues have come to: an agenda, departments, or a post.

    Parameters
    ----------
    rows, alone, called : ndarray of int
        All of them, those that an office decides alone, and those for departments.
    jointly : ndarray of int, shape (called,)
        1 where departments are summoned together, -1 where there were no hours for it, 0 one after another.
    hours : ndarray, shape (called,)
        What a summons takes.
    """
    assert model.trace is not None
    issues, trace = model.issues, model.trace
    trace.note(act.DECIDED, alone, by=issues.server[alone])
    submitted = rows[issues.state[rows] == State.COUNCIL]
    councils = [rule.name if rule else "" for rule in grounds.council(model, submitted)]
    trace.note(act.SUBMITTED, submitted, by=councils)
    given = rows[issues.state[rows] == State.SERVICE]
    trace.note(act.ASSIGNED, given, by=issues.server[given], value=issues.work[given])
    by = issues.server[called]
    one, short, all_ = jointly == 0, jointly < 0, jointly > 0
    trace.note(act.SUMMONED, called[all_], by=by[all_], duty="summons", hours=hours[all_])
    trace.note(act.NOT_SUMMONED, called[short], by=by[short])
    trace.note(act.REFERRED, called[one], by=by[one])


def note_meeting(
    model: ModelState,
    bits: Sequence[int],
    rows: Rows,
    of: Rows,
    where: Rows,
    came_of_it: tuple[Held, Held, Held, Held],
) -> None:
    """Leave in the trace what came on which agenda, what did not, and what became of it.

    Parameters
    ----------
    bits : sequence of int
        The councils that met.
    rows, of, where : ndarray of int, shape (items,)
        Issues on an agenda, the council of each (place in ``bits``) and its area.
    came_of_it : tuple of ndarray of bool, shape (items,)
        Where somebody came, what was agreed, what will come back, and for what hours of units were wanting.
    """
    assert model.trace is not None
    issues, trace = model.issues, model.trace
    held, agreed, returned, short = came_of_it
    rules = [model.institutions.councils[bits[index]].rule for index in of.tolist()]
    names = [f"{rule.name} {area}" for rule, area in zip(rules, where.tolist(), strict=True)]
    reasons = ["unit_hours" if lacks else "support" for lacks in short.tolist()]
    level = model.institutions.councils[bits[0]].area.level
    left = issues.where(State.COUNCIL)
    left = left[(issues.at[left] == level) & ~np.isin(left, rows)]
    trace.note(act.NOT_LISTED, left, outcome=level.label)

    def tell(activity: act.Activity, mine: Held, why: bool = False) -> None:
        at = np.flatnonzero(mine).tolist()
        trace.note(
            activity,
            rows[mine],
            by=[names[item] for item in at],
            rule=[rules[item] for item in at],
            outcome=[reasons[item] for item in at] if why else "",
        )

    tell(act.LISTED, np.ones(len(rows), dtype=bool))
    tell(act.POSTPONED, ~held)
    tell(act.AGREED, agreed)
    tell(act.RETURNED, returned, why=True)
    tell(act.REFUSED, held & ~agreed & ~returned, why=True)


def note_handled(model: ModelState, rows: Rows, server: NDArray[np.integer], given: Floats) -> None:
    """Leave in the trace who has worked how long on what."""
    if model.trace:
        got = given > 0
        model.trace.note(act.HANDLED, rows[got], by=server[got], duty="handling", hours=given[got])


def note_owners_met(model: ModelState, project: Project, chair: int, hours: float, outcome: str) -> None:
    """The owners of a site met, a post (row) in the chair for so many hours."""
    assert model.trace is not None
    about = {"rule": project.talk.rule, "duty": "meetings", "hours": hours, "outcome": outcome}
    model.trace.project(act.OWNERS_MET, project, by=chair, **about)


def note_planned(model: ModelState, project: Project, designer: int, hours: float) -> None:
    """A post (row) worked on the plan of a project for so many hours."""
    assert model.trace is not None
    done = project.planned / project.programme.plan_hours
    model.trace.project(act.PLANNED, project, by=designer, duty="building", hours=hours, value=done)


def note_money(model: ModelState, what: Activity, project: Project, value: float) -> None:
    """The purse of a project did something for it; when works begin, it paid what it had set aside."""
    assert model.trace is not None
    account, pledge = model.purses.account(project.programme.purse), project.pledge
    area = account.laid.area.of_building[project.building]
    paid = pledge.amount / YUAN if pledge is not None and what is act.WORKS_BEGUN else 0.0
    rule = account.laid.rule
    model.trace.project(what, project, by=f"{rule.name} {area}", rule=rule, yuan=paid, value=value)


def note_examined(model: ModelState, project: Project, line: Line, body: int, hours: float) -> None:
    """A body that must permit a project looked at it, in hours of its department."""
    assert model.trace is not None
    done = float(project.looked[body])
    model.trace.project(act.EXAMINED, project, by=line.label, duty="permits", hours=hours, value=done)
