"""Route (流转): forwarded a level a week, summoned, or sent down; departments answer, or bounce it back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.activities.vocabulary import Activity
from cogov.kit.elementary import log1p
from cogov.kit.fields import Parameters, param
from cogov.processes.attention import held, priority, together
from cogov.processes.births import IS_PUBLIC
from cogov.processes.declared import process
from cogov.processes.followed import note_settled
from cogov.processes.model_state import ModelState
from cogov.processes.panels import sit_on
from cogov.rules.powers import PUBLIC
from cogov.state.issues import State
from cogov.state.ledger import serve
from cogov.terms import Level, Line


@dataclass(frozen=True, kw_only=True)
class Route(Parameters):
    """How issues travel."""

    loss: float = param(
        0.04,
        low=0,
        high=1,
        unit="1/forwarding",
        doc="chance that a forwarding loses the issue (推诿)",
        plausible=(0.02, 0.08),
    )
    give_up: float = param(
        0.015,
        low=0,
        high=1,
        unit="1/week",
        doc="hazard that those affected give up an issue that drags on",
        plausible=(0.007, 0.03),
    )
    endurance: float = param(
        8.0, low=0, unit="weeks", doc="age from which an issue drags on", plausible=(4, 16)
    )
    joint_bounce: float = param(
        0.3, low=0, high=1, doc="departments summoned together bounce so much as often", plausible=(0.15, 0.6)
    )


@process(reads=("institutions",), writes=("issues", "institutions.ledger", "attention", "tally"))
def route(model: ModelState) -> None:
    """Move issues towards the level that may act on them, and let departments answer."""
    issues = model.issues
    give_up(model)
    take_over(model)
    moving = issues.where(State.MOVING)
    public, council = undecided(model, moving)
    dropped = public & (council < 0) & (issues.refused[moving] != 0)
    drop(model, moving[dropped])
    if dropped.any():
        moving, public, council = (column[~dropped] for column in (moving, public, council))
    target = set_targets(model, moving, public, council)
    arrived = issues.at[moving] == target
    settle(model, moving[arrived], public[arrived], council[arrived] >= 0)
    away = moving[~arrived]
    down = issues.at[away] > issues.target[away]
    issues.at[away[down]] = issues.target[away[down]]  # dispatched straight down, there next week
    if model.trace:
        model.trace.note(act.SENT_DOWN, away[down], outcome=levels_of(model, away[down]))
    forward(model, away[~down])
    departments(model)


def give_up(model: ModelState) -> None:
    """Those affected give up a known issue, or help themselves, with a hazard once it has dragged on."""
    issues, parameters = model.issues, model.parameters.route
    waited = model.week - issues.born
    late = (issues.state > State.LATENT) & (issues.state < State.ANSWER) & (waited > parameters.endurance)
    rows = late.nonzero()[0]
    rows = rows[~held(model, rows)]
    issues.lose[rows] = left = issues.lose[rows] - parameters.give_up
    close(model, rows[left <= 0], act.GIVEN_UP, by="residents")


def undecided(model: ModelState, rows: NDArray[np.intp]) -> tuple[NDArray[np.bool_], NDArray[np.int8]]:
    """Which issues are public and not agreed on, and where the nearest council is that may take each up.

    Returns
    -------
    public : ndarray of bool, shape (rows,)
    council : ndarray of int8, shape (rows,)
        Its level; -1 where there is none.
    """
    issues = model.issues
    public = IS_PUBLIC[issues.kind[rows]] & ~issues.agreed[rows]
    asked = rows[public]
    council = np.full(len(rows), -1, dtype=np.int8)
    council[public] = model.institutions.powers.nearest_council(
        issues.kind[asked], issues.compound[asked], issues.refused[asked]
    )
    return public, council


def drop(model: ModelState, rows: NDArray[np.intp]) -> None:
    """What councils have refused, and no other may take up, is done with: those affected live with it."""
    close(model, rows, act.DROPPED)
    model.tally.count("agenda_dropped", len(rows))


def take_over(model: ModelState) -> None:
    """What has stood too long with a post goes to the lowest level above that takes it over and has hours."""
    issues, institutions = model.issues, model.institutions
    powers = institutions.powers
    rows = issues.where(State.SERVICE)
    stood = model.week - issues.seen[rows]
    late = stood >= powers.soonest
    if not late.any():
        return
    rows, stood = rows[late], stood[late]
    kind, compound = issues.kind[rows], issues.compound[rows]
    takes = powers.overdue[kind, :, compound] <= stood[:, None]
    takes &= np.arange(len(Level)) > issues.at[rows, None]
    late = takes.any(1)
    rows, kind, compound, level = rows[late], kind[late], compound[late], takes[late].argmax(1)
    taker = powers.handler[kind, level, compound]
    hours = powers.taking[kind, level, compound]
    taken = institutions.ledger.spend_each(taker, hours, "taking_over", partial(priority, model, rows))
    issues.at[rows[taken]] = issues.target[rows[taken]] = level[taken]
    issues.server[rows[taken]] = taker[taken]
    if model.trace:
        model.trace.note(act.TAKEN_OVER, rows[taken], by=taker[taken], duty="taking_over", hours=hours[taken])


def set_targets(
    model: ModelState, rows: NDArray[np.intp], public: NDArray[np.bool_], council: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Find the level where each issue can be acted on (`Powers.target`).

    Public issues go first to the nearest council that may take them up.

    Parameters
    ----------
    rows, public, council : ndarray, shape (rows,)
        As of `undecided`.
    """
    issues = model.issues
    case = np.where(public, PUBLIC, issues.parts(rows))
    alone = model.institutions.powers.target[
        case, issues.kind[rows], issues.level[rows], issues.compound[rows]
    ]
    issues.target[rows] = target = np.where(council >= 0, council, alone)
    return target


def forward(model: ModelState, rows: NDArray[np.intp]) -> None:
    """Pass issues up one rung, skipping those where nobody handles the kind; a forwarding may lose one."""
    issues = model.issues
    issues.lose[rows] = left = issues.lose[rows] + log1p(-min(model.parameters.route.loss, 0.999999))
    lost = left <= 0
    close(model, rows[lost], act.LOST)
    kept = rows[~lost]
    powers = model.institutions.powers
    sender = (
        powers.handler[issues.kind[kept], issues.at[kept], issues.compound[kept]] if model.trace else None
    )
    issues.at[kept] = np.minimum(
        powers.next_rung[issues.kind[kept], issues.at[kept], issues.compound[kept]],
        issues.target[kept],
    )
    if model.trace:
        model.trace.note(act.FORWARDED, kept, by=sender, outcome=levels_of(model, kept))


def levels_of(model: ModelState, rows: NDArray[np.intp]) -> list[str]:
    """Names of the levels where issues are."""
    return [Level(level).label for level in model.issues.at[rows].tolist()]


def settle(
    model: ModelState, rows: NDArray[np.intp], public: NDArray[np.bool_], heard: NDArray[np.bool_]
) -> None:
    """At the level that may act: call departments, put it on an agenda, or give it to the post there.

    A public issue that no council may take up is decided by the office where it is: it has the authority, but
    nobody to ask units, and does their part itself.

    Parameters
    ----------
    rows : ndarray of int, shape (rows,)
    public, heard : ndarray of bool, shape (rows,)
        Which are public and not agreed on, and which of these a council of the level takes up.
    """
    issues, institutions = model.issues, model.institutions
    powers = institutions.powers
    kind, at, compound = issues.kind[rows], issues.at[rows], issues.compound[rows]
    alone = rows[public & ~heard]
    if len(alone):
        issues.agreed[alone] = True
        issues.level[alone] = issues.at[alone]
        issues.do_without_units(alone, 1.0)
    issues.server[rows] = powers.handler[kind, at, compound]
    number = issues.parts(rows)
    unheard = ~heard
    waits = (number > 0) & unheard
    # What a level settles in place of one above takes it more hours.
    settled = ((number == 0) & unheard & (at < issues.level[rows])).nonzero()[0]
    if len(settled):
        more = powers.settling[kind[settled], issues.level[rows[settled]], compound[settled]]
        issues.work[rows[settled]] += more.astype(np.float32)
    issues.state[rows] = np.where(heard, State.COUNCIL, np.where(waits, State.DEPARTMENTS, State.SERVICE))
    called, where = rows[waits], (at[waits], kind[waits], compound[waits])
    together, paid = powers.least[where] <= number[waits], np.zeros(len(called), dtype=bool)
    summons = powers.summons[where]
    if together.any():
        first = called[together]
        paid[together] = institutions.ledger.spend_each(
            issues.server[first], summons[together], "summons", lambda: issues.urgency[first]
        )
    issues.joint[called] = paid
    if model.trace:
        note_settled(model, rows, alone, called, np.where(paid, 1, np.where(together, -1, 0)), summons)
    sit_on(model, called)
    # A summons that nobody has hours for waits; the subdistrict calls departments one after another instead.
    issues.state[called[together & ~paid & (at[waits] < Level.SUBDISTRICT)]] = State.MOVING


def departments(model: ModelState) -> None:
    """Departments answer the cases they look at; one after another unless summoned together.

    Every case that waits takes hours to be looked at, in order of priority, and only where somebody looks
    does its wait get shorter: by the hazard of the line, or the part of it that the last hours reach.
    """
    issues, lines = model.issues, model.community.departments
    rows = issues.where(State.DEPARTMENTS)
    wait, joint = issues.wait.take(rows, 0), together(model, rows)
    open_parts = issues.share.take(rows, 0) > 0
    active = open_parts & (joint[:, None] | (open_parts.cumsum(1) == 1))
    line = np.maximum(issues.line.take(rows, 0), 0).astype(np.intp)
    unanswered = active & (wait > 0)
    seen = looked_at(model, rows, line, unanswered)
    wait = wait - (hazards(lines.answer)[line] * seen).astype(np.float32)
    issues.wait[rows] = wait
    answering = unanswered & (wait <= 0)
    answered = answering.any(1).nonzero()[0]
    rows, joint, line, answering = (column[answered] for column in (rows, joint, line, answering))
    # An answer may be that it is somebody else's business: back one rung, once in an issue's life.
    rate = (hazards(lines.bounce)[line] * answering).max(1)
    rate = np.where(joint, model.parameters.route.joint_bounce * rate, rate)
    issues.bounce[rows] -= np.where(issues.bounce[rows] > 0, rate, 0).astype(np.float32)
    back = (issues.bounce[rows] <= 0) & (rate > 0) & ~held(model, rows)
    bounced = rows[back]
    if model.trace:
        item, part = np.nonzero(answering & ~back[:, None])
        model.trace.note(act.ANSWERED, rows[item], line=line[item, part])
        first = (lines.bounce[line] * answering).argmax(1)
        model.trace.note(act.BOUNCED, bounced, line=line[back, first[back]])
    issues.bounce[bounced] = np.inf
    issues.state[bounced] = State.MOVING
    issues.at[bounced] = np.maximum(issues.at[bounced] - 1, Level.NEIGHBOURHOOD)
    model.tally.add("bounced", issues.compound[bounced])


def hazards(chances: NDArray[np.float32]) -> NDArray[np.float64]:
    """Hazards of a week that are these chances, of each line."""
    return _hazards(*chances.tolist())


@lru_cache(maxsize=16)  # the same from week to week
def _hazards(*chances: float) -> NDArray[np.float64]:
    hazards = np.array([-log1p(-p) for p in np.minimum(np.array(chances, np.float32), 0.999).tolist()])
    hazards.flags.writeable = False
    return hazards


def looked_at(
    model: ModelState,
    rows: NDArray[np.intp],
    line: NDArray[np.intp],
    waiting: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """How far each department looks at each waiting case this week, in [0, 1]: shape (rows, 3).

    Parameters
    ----------
    rows : ndarray of int, shape (rows,)
        Issues before departments.
    line : ndarray of int, shape (rows, 3)
        The departments they need.
    waiting : ndarray of bool, shape (rows, 3)
        Where an answer is waited for.
    """
    look, attention = model.parameters.attention.look, model.attention
    seen = waiting.astype(float)
    item, part = waiting.nonzero()
    who = line[item, part]
    if look > 0:
        first = partial(priority, model, rows[item], line=who)
        hours = serve(np.full(len(who), look), who, first, attention.files)
        spent = np.bincount(who, hours, len(Line))
        attention.look(spent)
        model.tally.hours_by_line += spent
        seen[item, part] = hours / look
        if model.trace:
            got = hours > 0
            model.trace.note(act.LOOKED_AT, rows[item[got]], line=who[got], duty="files", hours=hours[got])
    model.tally.count("files", len(who))
    model.tally.count("files_seen", float(seen.sum()))
    return seen


def close(
    model: ModelState, rows: NDArray[np.intp], how: Activity, by: NDArray[np.integer] | str = ""
) -> None:
    """End issues, resolved or lost; those affected live through it in the week's appraisal.

    Parameters
    ----------
    rows : ndarray of int
    how : Activity
        What ends them: ``RESOLVED``, or one of the ways of being lost.
    by : ndarray of int (post rows) or str
        Who did it, for a trace.
    """
    if not len(rows):
        return
    issues = model.issues
    if model.trace:
        model.trace.note(how, rows, by=by, value=(model.week - issues.born[rows]).astype(float))
    issues.state[rows] = State.RESOLVED if how is act.RESOLVED else State.LOST
    issues.closed[rows] = model.week
    compound = issues.compound[rows]
    public = int(np.count_nonzero(IS_PUBLIC[issues.kind[rows]]))
    model.tally.count("public_ended", public)
    if how is not act.RESOLVED:
        model.tally.add("lost", compound)
        return
    weeks = issues.closed[rows] - issues.born[rows]
    model.tally.count("public_resolved", public)
    model.tally.add("resolved", compound)
    model.tally.add("resolve_weeks", compound, weeks)
    model.tally.add("in_norm", compound, weeks <= model.parameters.appraise.norm)
    model.tally.weeks_to_resolve(weeks)
