"""Panels (会商): groups say whose a case is before departments are called, and by when it is due."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.processes.attention import priority
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import marked
from cogov.state.ledger import serve


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
