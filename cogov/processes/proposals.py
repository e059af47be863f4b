"""Proposals (建议提案): deputies bring cases before the district past the desks between."""

from __future__ import annotations

import numpy as np

from cogov.activities import vocabulary as act
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Proposal, marked
from cogov.rules.laid import Laid
from cogov.state.issues import State
from cogov.terms import MONTH, YEAR, Kind, Level


@process(reads=("institutions",), writes=("issues", "institutions.ledger", "tally"))
def propose_cases(model: ModelState) -> None:
    """Once a month, those who may propose bring the oldest cases that the district or departments owe."""
    if model.week % MONTH == 0:
        for laid in model.institutions.proposals:
            bring(model, laid)


def bring(model: ModelState, laid: Laid[Proposal]) -> None:
    """Cases of one rule, as many as its people have a right to, in their hours and those of the answer."""
    issues, posts, rule = model.issues, model.institutions.posts, laid.rule
    ledger, where = model.institutions.ledger, posts.at(laid.rule.post)
    here = (issues.state == State.MOVING) | (issues.state == State.DEPARTMENTS)
    here &= (issues.level == Level.DISTRICT) | (issues.state == State.DEPARTMENTS)
    here &= marked(rule.kinds)[issues.kind] & ~np.isfinite(issues.due)
    rows = np.flatnonzero(here)
    area = laid.area.of_building[issues.building[rows]].astype(np.intp)
    order = np.lexsort((issues.id[rows], issues.seen[rows], area))
    rows, area = rows[order], area[order]
    position = model.institutions.positions[rule.post]
    people = posts.heads(position) * posts.filled[where] * laid.force
    rate, month = laid.value("number") * people * (MONTH / YEAR), model.week // MONTH
    number = np.floor(rate * (month + 1)) - np.floor(rate * month)
    first = np.arange(len(rows)) - np.searchsorted(area, area) < number[area]
    rows, area = rows[first], area[first]
    if not len(rows):
        return
    # Whoever answers looks into it first; a deputy writes what will be answered.
    desk = model.institutions.powers.handler[Kind.REPAIR, Level.DISTRICT, issues.compound[rows]]
    left = ledger.left[where][area] >= laid.value("hours")[area]
    rows, area, desk = rows[left], area[left], desk[left]
    heard = ledger.spend_each(desk, laid.value("answer")[area], "taking_over")
    rows, area = rows[heard], area[heard]
    written = ledger.spend_each(where.start + area, laid.value("hours")[area], "meetings")
    rows, area = rows[written], area[written]
    issues.due[rows] = model.week + laid.value("weeks")[area]
    direct = rows[(issues.level[rows] == Level.DISTRICT) & (issues.at[rows] < Level.DISTRICT)]
    issues.at[direct] = issues.target[direct] = Level.DISTRICT
    issues.state[direct] = State.MOVING
    model.tally.count("proposed", len(rows))
    if model.trace:
        hours, due = laid.value("hours")[area], issues.due[rows] - model.start
        by = where.start + area
        model.trace.note(act.PROPOSED, rows, by=by, rule=rule, duty="meetings", hours=hours, value=due)
