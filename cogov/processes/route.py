"""Route (流转): forwarded a level a week, summoned, or sent down; departments answer, or bounce it back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

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
from cogov.rules.kinds import marked
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
    public, meets = undecided(model, moving)
    dropped = public & (issues.refused[moving] != 0) & ~meets.any(1)
    drop(model, moving[dropped])
    moving, public, meets = (column[~dropped] for column in (moving, public, meets))
    set_targets(model, moving, public, meets)
    arrived = issues.at[moving] == issues.target[moving]
    settle(model, moving[arrived], public[arrived], meets[arrived])
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
    issues.lose[rows] -= parameters.give_up
    close(model, rows[issues.lose[rows] <= 0], act.GIVEN_UP, by="residents")


def undecided(model: ModelState, rows: NDArray[np.intp]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which of some issues are public and not agreed on, and on which levels a council may take each up.

    Returns
    -------
    public : ndarray of bool, shape (rows,)
    meets : ndarray of bool, shape (rows, levels)
    """
    issues = model.issues
    public = IS_PUBLIC[issues.kind[rows]] & ~issues.agreed[rows]
    asked = rows[public]
    meets = np.zeros((len(rows), len(Level)), dtype=bool)
    meets[public] = (
        model.institutions.powers.open_councils(
            issues.kind[asked], issues.compound[asked], issues.refused[asked]
        )
        != 0
    )
    return public, meets


def drop(model: ModelState, rows: NDArray[np.intp]) -> None:
    """What councils have refused, and no other may take up, is done with: those affected live with it."""
    close(model, rows, act.DROPPED)
    model.tally.count("agenda_dropped", len(rows))


def take_over(model: ModelState) -> None:
    """What has stood too long with a post goes to the lowest level above that takes it over and has hours."""
    issues, institutions = model.issues, model.institutions
    powers = institutions.powers
    rows = issues.where(State.SERVICE)
    rows = rows[model.week - issues.seen[rows] >= powers.soonest]
    if not len(rows):
        return
    kind, compound = issues.kind[rows], issues.compound[rows]
    takes = powers.overdue[kind, :, compound] <= (model.week - issues.seen[rows])[:, None]
    takes &= (np.arange(len(Level)) > issues.at[rows, None]) & (powers.handler[kind, :, compound] >= 0)
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
    model: ModelState, rows: NDArray[np.intp], public: NDArray[np.bool_], meets: NDArray[np.bool_]
) -> None:
    """Find the level where each issue can be acted on.

    That is the lowest level at or above the one with authority (choice rules may move authority down)
    that has a post handling the kind. Public issues go first to the nearest council that may take them up,
    and where there never was one to the subdistrict, which decides alone; issues that need departments to the
    lowest level that may summon them, else to the subdistrict, which calls them one after another.

    Parameters
    ----------
    rows, public, meets : ndarray, shapes (rows,) and (rows, levels)
        As of `undecided`.
    """
    issues, powers = model.issues, model.institutions.powers
    kind, compound, number = issues.kind[rows], issues.compound[rows], issues.parts(rows)
    lowest = powers.authority[kind, issues.level[rows], compound]
    decides = np.where(public, np.maximum(lowest, Level.SUBDISTRICT), lowest)
    target = powers.rung(kind, decides, compound)
    heard = meets.any(1).nonzero()[0]
    target[heard] = meets[heard].argmax(1)
    pending = ((number > 0) & ~public).nonzero()[0]
    kind, compound, lowest = kind[pending], compound[pending], lowest[pending]
    below = slice(Level.SUBDISTRICT)
    may_call = powers.least[below, kind, compound] <= number[pending]
    may_call &= powers.handler[kind, below, compound].T >= 0
    may_call &= np.arange(Level.SUBDISTRICT)[:, None] >= lowest
    above = np.maximum(lowest, Level.SUBDISTRICT)
    target[pending] = np.where(may_call.any(0), may_call.argmax(0), above)
    issues.target[rows] = target


def forward(model: ModelState, rows: NDArray[np.intp]) -> None:
    """Pass issues up one rung, skipping those where nobody handles the kind; a forwarding may lose one."""
    issues = model.issues
    issues.lose[rows] += log1p(-min(model.parameters.route.loss, 0.999999))
    lost = issues.lose[rows] <= 0
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
    model: ModelState, rows: NDArray[np.intp], public: NDArray[np.bool_], meets: NDArray[np.bool_]
) -> None:
    """At the level that may act: call departments, put it on an agenda, or give it to the post there.

    A public issue that no council may take up is decided by the office where it is: it has the authority, but
    nobody to ask units, and does their part itself.

    Parameters
    ----------
    rows, public, meets : ndarray, shapes (rows,) and (rows, levels)
        As of `undecided`.
    """
    issues, institutions = model.issues, model.institutions
    powers = institutions.powers
    kind, at, compound = issues.kind[rows], issues.at[rows], issues.compound[rows]
    heard = meets[np.arange(len(rows)), at]
    alone = rows[public & ~heard]
    issues.agreed[alone] = True
    issues.level[alone] = issues.at[alone]
    issues.do_without_units(alone, 1.0)
    issues.server[rows] = powers.handler[kind, at, compound]
    number = issues.parts(rows)
    waits = (number > 0) & ~heard
    # What a level settles in place of one above takes it more hours.
    settled = ((number == 0) & ~heard & (at < issues.level[rows])).nonzero()[0]
    more = powers.settling[kind[settled], issues.level[rows[settled]], compound[settled]]
    issues.work[rows[settled]] += more.astype(np.float32)
    issues.state[rows] = np.where(heard, State.COUNCIL, np.where(waits, State.DEPARTMENTS, State.SERVICE))
    called, where = rows[waits], (at[waits], kind[waits], compound[waits])
    summons, together = powers.summons[where], powers.least[where] <= number[waits]
    payer = np.where(together, issues.server[called], -1)
    paid = institutions.ledger.spend_each(
        payer, np.where(together, summons, 0.0), "summons", lambda: issues.urgency[called]
    )
    issues.joint[called] = paid
    if model.trace:
        note_settled(model, rows, alone, called, np.where(paid, 1, np.where(together, -1, 0)), summons)
    sit_on(model, called)
    # A summons that nobody has hours for waits; the subdistrict calls departments one after another instead.
    issues.state[called[together & ~paid & (issues.at[called] < Level.SUBDISTRICT)]] = State.MOVING


def sit_on(model: ModelState, rows: NDArray[np.intp]) -> None:
    """Groups say whose a case is and by when it is due, as far as they have the hours to sit on it.

    Where a week has only part of the hours that a case takes, the group has come to it with that chance: it
    sits in some weeks, and hours of a week are their mean. Else a small place's group would never sit. The
    number against that chance is the case's own: whatever else waits that week, and under every design.
    """
    issues, institutions = model.issues, model.institutions
    ledger = institutions.ledger
    for laid in institutions.panels:
        rule, area = laid.rule, laid.area
        place = area.of_compound[issues.compound[rows]]
        meant = (issues.at[rows] == area.level) & marked(rule.kinds)[issues.kind[rows]] & laid.active[place]
        meant &= issues.parts(rows) >= rule.parts
        meant &= issues.joint[rows] if rule.power == "summon" else ~issues.joint[rows]
        mine, place = rows[meant], place[meant]
        number = issues.parts(mine)
        payer = institutions.posts.row(rule.panel, group_area(model, rule.panel, mine))
        need = laid.value("sitting")[place] * number
        hours = serve(need, payer, partial(priority, model, mine), ledger.left)
        ledger.spend(slice(None), np.bincount(payer, hours, len(ledger.left)), "meetings")
        paid = chances(model, f"route/{rule.name}", mine) * need < hours
        told = mine[paid]
        ends = np.where(number > 1, laid.value("shared")[place], laid.value("clear")[place])[paid]
        # A hazard of being sent back that is 1 - p of what it was is reached as 1 / (1 - p) of it would be.
        issues.bounce[told] = np.divide(
            issues.bounce[told], 1 - ends, out=np.full(len(told), np.inf), where=ends < 1
        )
        if rule.due:
            issues.due[told] = np.minimum(issues.due[told], model.week + rule.due)
        model.tally.count("sat_on", len(told))
        if model.trace:
            model.trace.note(
                act.ALLOTTED,
                told,
                by=payer[paid],
                rule=rule,
                duty="meetings",
                hours=hours[paid],
                value=issues.due[told] - model.start,
            )


def chances(model: ModelState, decision: str, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Uniform numbers that issues have for a decision all their lives, whichever others there are."""
    week, serial = np.divmod(model.issues.id[rows], 2**32)
    draws = np.empty(len(rows))
    for born in np.unique(week).tolist():
        of_week = week == born
        numbers = model.streams.generator(decision, born).random(int(serial[of_week].max()) + 1)
        draws[of_week] = numbers[serial[of_week]]
    return draws


def group_area(model: ModelState, post: str, rows: NDArray[np.intp]) -> NDArray[np.integer]:
    """The area of a post that each of some issues lies in."""
    institutions = model.institutions
    area = institutions.areas[institutions.positions[post].area]
    return area.of_building[model.issues.building[rows]]


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
    answered = answering.any(1)
    # An answer may be that it is somebody else's business: back one rung, once in an issue's life.
    rate = (hazards(lines.bounce)[line] * answering).max(1)
    rate = np.where(joint, model.parameters.route.joint_bounce * rate, rate)
    issues.bounce[rows] -= np.where(answered & (issues.bounce[rows] > 0), rate, 0).astype(np.float32)
    back = answered & (issues.bounce[rows] <= 0) & (rate > 0) & ~held(model, rows)
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


def hazards(chance: NDArray[np.float32]) -> NDArray[np.float64]:
    """Hazards of a week that are these chances, of each line: the same from week to week."""
    return np.array([-log1p(-p) for p in np.minimum(chance, 0.999).tolist()])


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
