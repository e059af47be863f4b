"""Tasks (上级交办): administrative work comes from above; what is not reported is not known there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.rules.kinds.tasks import MOST
from cogov.state.issues import State
from cogov.state.ledger import serve
from cogov.state.tasks import KEEPS_RECORD
from cogov.terms import Level, Source

Floats = NDArray[np.float64]


@process(
    reads=("institutions", "issues"),
    writes=("tasks", "institutions.ledger", "tally"),
)
def tasks(model: ModelState) -> None:
    """Let tasks arrive and committees work on them before all else of their week, the earliest due first."""
    committee = model.institutions.posts.at("committee")
    if committee.stop > committee.start:
        arrive(model)
        work(model, committee)
    read_records(model)
    reported = model.tasks.reported
    model.tally.count("records_age", model.week - float(reported.sum()) / reported.size)


def arrive(model: ModelState) -> None:
    """Tasks of the week: drawn at the highest load, thinned by their own number as far as a rule has them."""
    home, source, own, hours, report = model.above.gives(model.week)
    comes = (own * MOST < load(model)[source, home]).nonzero()[0]
    due = model.week + model.parameters.tasks.weeks
    model.tasks.arrive(home[comes], source[comes], hours[comes], report[comes], due)
    model.tally.count("tasks_arrived", len(comes))


def load(model: ModelState) -> Floats:
    """Tasks that the rules have, relative to the profile's, shape (sources, neighbourhoods)."""
    found = np.zeros((len(Source), len(model.places.neighbourhoods)))
    for laid in model.institutions.tasks:
        found[Source[laid.rule.source.upper()]] += laid.value("load") * laid.force
    return found


def work(model: ModelState, committee: slice) -> None:
    """Committees work on what is due first; what they report upper levels know."""
    pending, ledger = model.tasks, model.institutions.ledger
    given = serve(pending.hours, pending.home, lambda: -pending.due, ledger.left[committee])
    ledger.spend(committee, np.bincount(pending.home, given, committee.stop - committee.start), "tasks")
    done, late = pending.work(given, model.week)
    if pending.report[done].any():
        pending.learn(done, told(model), model.week)
    pending.drop(done)
    model.tally.count("tasks_done", len(done))
    model.tally.count("tasks_late", late)


def read_records(model: ModelState) -> None:
    """Upper levels read records themselves where a rule has it so, as far as somebody keeps that up."""
    unread = np.ones(len(model.places.neighbourhoods))
    for laid in model.institutions.reports:
        if laid.rule.channel == "record":
            unread *= 1 - laid.value("share") * laid.force
    if (unread < 1).any():
        model.tasks.read(told(model), 1 - unread, model.week)


def told(model: ModelState) -> NDArray[np.intp]:
    """Issues open by source and building that only a report would tell upper levels of."""
    issues, buildings = model.issues, len(model.places.buildings)
    rows = (on_record(model) & ~came_up(model)).nonzero()[0]
    cell = KEEPS_RECORD[issues.kind[rows]].astype(np.intp) * buildings + issues.building[rows]
    return np.bincount(cell, minlength=len(Source) * buildings).reshape(-1, buildings)


def seen_from_above(model: ModelState) -> Floats:
    """Issues open in each building as upper levels know them, shape (buildings,).

    What is on their own desks, and the rest as it was last reported to whoever keeps the records of its kind.
    """
    rows = (on_record(model) & came_up(model)).nonzero()[0]
    own = np.bincount(model.issues.building[rows], minlength=len(model.places.buildings))
    return np.asarray(model.tasks.known.sum(0) + own)


def on_record(model: ModelState) -> NDArray[np.bool_]:
    """Which issues somebody in charge knows of and that have not ended."""
    state = model.issues.state
    return np.asarray((state > State.LATENT) & (state < State.RESOLVED))


def came_up(model: ModelState) -> NDArray[np.bool_]:
    """Which issues the subdistrict or the district has on its own desk: orders, and what was forwarded."""
    return np.asarray(model.issues.hotline | (model.issues.at >= Level.SUBDISTRICT))
