"""Books (开账): a week begins with what there is, and ends with what came to be known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.processes.tasks import seen_from_above
from cogov.state.issues import State


@process(
    reads=("alarms", "tasks", "collection", "practices", "secretaries", "works"),
    writes=("institutions", "attention", "purses", "issues.state", "issues.server", "contacts", "tally"),
)
def open_books(model: ModelState) -> None:
    """Lay out the week: which rules are in force, who is there, who is paid, what can be kept alive."""
    institutions = model.institutions
    model.contacts.forget()
    if institutions.conditional:
        week = model.week - model.adopted
        if institutions.look(
            week, model.alarms.noticed, seen_from_above(model), at_home(model), built(model)
        ):
            hand_over(model)
    posts = institutions.posts
    staff = np.ones(posts.rows)
    for shock in model.shocks:
        if shock.on(model.week):
            for name, position in institutions.positions.items():
                if position.staffed_by != "volunteers":
                    staff[posts.at(name)] *= 1 - shock.staff_absent
    departments = model.community.departments
    model.attention.open(departments.hours, departments.files)
    model.purses.open_week(model.places.households_by_compound.astype(float), model.collection)
    institutions.pay(model.purses, staff)
    model.tally.hours_by_line += institutions.detach(model.attention)


def at_home(model: ModelState) -> dict[str, NDArray[np.bool_]]:
    """Where each practice is held, set up and of use: by name, shape (neighbourhoods,)."""
    return {
        laid.rule.name: model.practices.held(laid.rule.name) & laid.rule.fitting(model.secretaries.site)
        for laid in model.institutions.practices
    }


def built(model: ModelState) -> dict[str, NDArray[np.bool_]]:
    """Where a work of each programme stands: by name, shape (neighbourhoods,)."""
    found: dict[str, NDArray[np.bool_]] = {}
    for work in model.works.built:
        here = found.setdefault(work.programme, np.zeros(len(model.places.neighbourhoods), dtype=bool))
        here[work.neighbourhood] = True
    return found


def hand_over(model: ModelState) -> None:
    """Issues stay where they are; whoever now stands there takes over, or they move on."""
    issues, powers = model.issues, model.institutions.powers
    with_post = np.isin(issues.state, (State.SERVICE, State.DEPARTMENTS))
    server = np.where(with_post, powers.handler[issues.kind, issues.at.clip(0), issues.compound], -1)
    issues.server[:] = server
    issues.state[with_post & (server < 0)] = State.MOVING
    waiting = issues.where(State.COUNCIL)
    meet = powers.open_councils(issues.kind[waiting], issues.compound[waiting], issues.refused[waiting])
    unheard = waiting[meet[np.arange(len(waiting)), issues.at[waiting]] == 0]
    issues.state[unheard] = State.MOVING
    if model.trace:
        model.trace.note(act.MOVED_ON, np.concatenate([np.flatnonzero(with_post & (server < 0)), unheard]))


@process(writes=("alarms", "tally"))
def close_week(model: ModelState) -> None:
    """The week's alarms become the latest; counters start anew."""
    model.alarms.close_week()
    model.tally.clear()
