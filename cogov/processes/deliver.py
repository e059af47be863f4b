"""Deliver (办理): posts work off what they have been given, as far as their hours reach."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.kit.fields import Parameters, param
from cogov.processes.attention import pressing, priority
from cogov.processes.births import IS_PUBLIC
from cogov.processes.declared import process
from cogov.processes.followed import note_handled
from cogov.processes.model_state import ModelState
from cogov.processes.route import close
from cogov.processes.sense import committee_of, office_of
from cogov.rules.kinds import LINES, marked
from cogov.rules.posts import Posts
from cogov.state.issues import State
from cogov.state.ledger import Ledger, serve
from cogov.terms import Line

Floats = NDArray[np.float64]
ON_THE_WAY = (State.MOVING, State.DEPARTMENTS)
"""Where an issue is that departments have a part in."""
DONE = 1e-4
"""Hours of work below which it is done: rounding."""


@dataclass(frozen=True, kw_only=True)
class Deliver(Parameters):
    """How work is served."""

    rework: float = param(
        0.5,
        low=0,
        high=1,
        doc="share of the work that comes back when it does not hold",
        plausible=(0.3, 0.7),
    )
    reply_hours: float = param(
        0.5, low=0, unit="h", doc="committee hours to follow up and answer one order", plausible=(0.25, 1)
    )
    stay: float = param(
        0.5,
        low=0,
        high=1,
        doc="share of a firm's hours in a compound that stays there whatever waits elsewhere",
        source="assumed; somebody is at the desk for callers every day",
        plausible=(0.3, 0.8),
    )
    travel: float = param(
        0.15,
        low=0,
        high=0.9,
        doc="share of the hours sent to another compound of the firm that is lost on the way",
        source="assumed: 0.05 to 0.3, an hour in a working day",
        plausible=(0.05, 0.3),
    )


@process(reads=("institutions", "homes.firm"), writes=("issues", "institutions.ledger", "attention", "tally"))
def deliver(model: ModelState) -> None:
    """Departments do their part, helpers take small issues, then the posts in charge work."""
    # Meanwhile no date is set, nothing gets more urgent, and nobody learns.
    presses, holding = pressing(model), model.institutions.posts.holding
    answer(model, presses)
    do_parts(model, presses)
    work_departments(model, presses)
    help_small(model, presses, holding)
    issues, posts, ledger = model.issues, model.institutions.posts, model.institutions.ledger
    rows = issues.where(State.SERVICE)
    rows = rows[issues.server[rows] >= 0]
    server = issues.server[rows]
    first = priority(model, rows, post=posts.rule_of[server], presses=presses)
    given = serve(issues.work[rows], server, lambda: first, ledger.left, one_person(posts, ledger)[server])
    ledger.spend(slice(None), np.bincount(server, given, posts.rows), "handling")
    issues.work[rows] -= given.astype(np.float32)
    note_handled(model, rows, server, given)
    send_people(model, rows, first, given)
    finish(model, rows[issues.work[rows] <= DONE], holding)
    answer(model, presses)
    if model.trace:
        idle = (given <= 0) & (issues.state[rows] == State.SERVICE)
        model.trace.wait(rows[idle], server[idle])


def one_person(posts: Posts, ledger: Ledger) -> Floats:
    """Hours that one of the people of each post has left, shape (rows,): all of them are as busy."""
    free = np.divide(ledger.left, ledger.available, out=np.zeros(posts.rows), where=ledger.available > 0)
    each = np.multiply(posts.each, free, out=ledger.left.copy(), where=np.isfinite(posts.each))
    return np.asarray(each)


def send_people(model: ModelState, rows: NDArray[np.intp], first: Floats, given: Floats) -> None:
    """Firms send people who are free to where work waits, among their own compounds; some always stay.

    Parameters
    ----------
    rows : ndarray of int, shape (items,)
        Issues that posts have worked on this week.
    first, given : ndarray, shape (items,)
        Their priority, and the hours they got.
    """
    issues, posts, ledger = model.issues, model.institutions.posts, model.institutions.ledger
    parameters, post = model.parameters.deliver, model.institutions.posts.at("firm")
    server = issues.server[rows]
    firm, firms = model.homes.firm, len(model.firms)
    waits = (server >= post.start) & (server < post.stop) & (issues.work[rows] > DONE)
    waits = (waits & (firm[issues.compound[rows]] >= 0)).nonzero()[0]  # without a firm nobody sends people
    if not len(waits):
        return
    free = np.maximum(ledger.left[post] - parameters.stay * ledger.available[post], 0) * (firm >= 0)
    sender = np.maximum(firm, 0)
    theirs = np.bincount(sender, free, firms)
    arrives = 1 - parameters.travel
    rest = np.maximum(posts.each[server] - given, 0)[waits]
    whose = firm[issues.compound[rows[waits]]]
    helped = serve(issues.work[rows[waits]], whose, lambda: first[waits], theirs * arrives, rest)
    issues.work[rows[waits]] -= helped.astype(np.float32)
    note_handled(model, rows[waits], server[waits], helped)
    sent = np.bincount(whose, helped, firms) / arrives
    gone = free * np.divide(sent, theirs, out=np.zeros(firms), where=theirs > 0)[sender]
    ledger.spend(post, gone * arrives, "handling")
    ledger.spend(post, gone * parameters.travel, "travel")


def work_departments(model: ModelState, presses: Floats) -> None:
    """Departments that have answered work on their parts, with the hours that files have left them.

    Parameters
    ----------
    presses : ndarray, shape (issues,)
        How far all issues press (`pressing`).
    """
    issues = model.issues
    rows = issues.where(State.DEPARTMENTS)
    share = issues.share.take(rows, 0)
    ready = (share > 0) & (issues.wait.take(rows, 0) <= 0)
    item, part = ready.nonzero()
    line = issues.line[rows[item], part].astype(np.intp)
    first = partial(priority, model, rows[item], line=line, presses=presses)
    open_part = share[item, part]
    given = serve(open_part, line, first, model.attention.left)
    rest = open_part - given
    share[item, part] = np.where(rest <= DONE, 0, rest)
    issues.share[rows] = share
    if model.trace:
        got = given > 0
        model.trace.note(act.PART_WORKED, rows[item[got]], line=line[got], duty="parts", hours=given[got])
    spent = np.bincount(line, given, len(Line))
    model.attention.work(spent)
    model.tally.hours_by_line += spent
    done = rows[~share.any(1)]
    issues.state[done] = State.MOVING  # and on to the post that finishes the job


def do_parts(model: ModelState, presses: Floats) -> None:
    """Teams of departments do on the spot what needs only departments that are there.

    Nobody forwards such a case, waits for an answer or gets it back. To look at it takes as long as at a
    department's desk. A case that the team has no hours for goes its usual way meanwhile.

    Parameters
    ----------
    presses : ndarray, shape (issues,)
        How far all issues press (`pressing`).
    """
    issues, institutions, look = model.issues, model.institutions, model.parameters.attention.look
    posts, ledger = institutions.posts, institutions.ledger
    if not any(rule.lines for rule in posts.rules):
        return
    on_the_way = np.logical_or.reduce([issues.state == state for state in ON_THE_WAY]).nonzero()[0]
    decided = issues.agreed[on_the_way] | ~IS_PUBLIC[issues.kind[on_the_way]]
    on_the_way = on_the_way[decided & (issues.parts(on_the_way) > 0)]
    for index, rule in enumerate(posts.rules):
        where = posts.at(rule.name)
        if not rule.lines or not ledger.left[where].any():
            continue
        area = institutions.areas[rule.area]
        rows = on_the_way[(ledger.left[where] > 0)[area.of_building[issues.building[on_the_way]]]]
        rows = rows[issues.parts(rows) > 0]
        present = marked(rule.lines, LINES)[np.maximum(issues.line[rows], 0)]
        rows = rows[(present | (issues.share[rows] <= 0)).all(1)]
        if not len(rows):
            continue
        team = area.of_building[issues.building[rows]].astype(np.intp)
        first = partial(priority, model, rows, post=np.full(len(rows), index), presses=presses)
        need = issues.share[rows].sum(1).astype(float)
        given = serve(need + look, team, first, ledger.left[where])
        ledger.spend(where, np.bincount(team, given, area.n), "handling")
        note_handled(model, rows, where.start + team, given)
        rest = 1 - np.minimum(np.maximum(given - look, 0) / need, 1)
        issues.share[rows] *= rest[:, None].astype(np.float32)
        done = rest * need <= DONE
        issues.share[rows[done]] = 0
        model.tally.count("parts_on_the_spot", int(done.sum()))
        issues.state[rows[done]] = State.MOVING


def help_small(model: ModelState, presses: Floats, holding: Floats) -> None:
    """Volunteers and grid leaders take issues small enough for them off the hands of the posts.

    Parameters
    ----------
    presses : ndarray, shape (issues,)
        How far all issues press (`pressing`).
    holding : ndarray, shape (post rows,)
        As of `Posts.holding`.
    """
    issues, institutions = model.issues, model.institutions
    posts, ledger = institutions.posts, institutions.ledger
    served = issues.where(State.SERVICE)
    served = served[issues.work[served] <= max((rule.small for rule in posts.rules), default=0.0)]
    kind = issues.kind[served]
    for index, rule in enumerate(posts.rules):
        if not rule.small or not rule.handles:
            continue
        where, area = posts.at(rule.name), institutions.areas[rule.area]
        spare = ledger.left[where] - posts.care[where] * ledger.own(where)  # care hours are for needs
        if not (spare > 0).any():
            continue
        able = marked(rule.handles)[kind] & (issues.state[served] == State.SERVICE)
        rows = served[able & (issues.work[served] <= rule.small)]
        helper = area.of_building[issues.building[rows]].astype(np.intp)
        there = spare[helper] > 0
        rows, helper = rows[there], helper[there]
        if not len(rows):
            continue
        first = partial(priority, model, rows, post=np.full(len(rows), index), presses=presses)
        given = serve(issues.work[rows], helper, first, spare.clip(0))
        ledger.spend(where, np.bincount(helper, given, area.n), "handling")
        note_handled(model, rows, where.start + helper, given)
        issues.work[rows] -= given.astype(np.float32)
        done = issues.work[rows] <= DONE
        mine = rows[done]
        if not len(mine):
            continue
        keeper = issues.server[mine]
        issues.server[mine] = where.start + helper[done]
        finish(model, mine, holding)
        back = issues.state[mine] == State.SERVICE
        issues.server[mine[back]] = keeper[back]


def finish(model: ModelState, rows: NDArray[np.intp], holding: Floats) -> None:
    """Finished work holds, or else part of it comes back.

    An order is not closed before whoever called has been answered.

    Parameters
    ----------
    rows : ndarray of int
    holding : ndarray, shape (post rows,)
        As of `Posts.holding`.
    """
    if not len(rows):
        return
    issues = model.issues
    issues.hold[rows] -= holding[issues.server[rows]].astype(np.float32)
    holds = issues.hold[rows] <= 0
    again = rows[~holds]
    issues.work[again] = model.parameters.deliver.rework * issues.task[again]
    model.tally.add("reworked", issues.compound[again])
    order = issues.hotline[rows]
    issues.state[rows[holds & order]] = State.ANSWER
    if model.trace:
        done = rows[holds & order]
        model.trace.note(act.REWORK, again, by=issues.server[again], value=issues.work[again])
        model.trace.note(act.DONE, done, by=issues.server[done])
    closed = rows[holds & ~order]
    close(model, closed, act.RESOLVED, issues.server[closed])


def answer(model: ModelState, presses: Floats) -> None:
    """Close the orders that committees have the hours to answer; the others stay open.

    What is finished this week is answered with the hours that are left; what was finished before comes first.

    Parameters
    ----------
    presses : ndarray, shape (issues,)
        How far all issues press (`pressing`).
    """
    issues, institutions = model.issues, model.institutions
    rows = issues.where(State.ANSWER)
    if not len(rows):
        return
    # Without committees, who took the call.
    payer = (committee_of if "committee" in institutions.posts.start else office_of)(model, rows)
    hours = model.parameters.deliver.reply_hours
    first = partial(priority, model, rows, presses=presses)
    answered = institutions.ledger.spend_each(payer, hours, "replies", first)
    told = rows[answered]
    if model.trace:
        model.trace.note(act.REPLIED, told, by=payer[answered], duty="replies", hours=hours)
    close(model, told, act.RESOLVED, issues.server[told])
