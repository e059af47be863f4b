"""Record (记录): write down the week."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from cogov.community.ties import FULL
from cogov.outcomes import BY_GROUP
from cogov.outcomes.record import TENURES
from cogov.processes.costs import costs
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.state.duties import OTHER, OWN
from cogov.state.issues import State
from cogov.state.purses import YUAN
from cogov.terms import QUARTER, Age

LEVELS = ("satisfaction", "trust_committee", "trust_firm", "trust_neighbours", "belonging")
WAITS = {"without_money": "money", "without_permits": "permits", "being_built": "works"}
"""What lifts and other works wait for once they are agreed to, by stage of their project."""
EVENTS = (
    "activities",
    "small_activities",
    "attendance",
    "new_ties",
    "offered",
    "matched",
    "needed",
    "met",
    "care_hours",
    "volunteer_care_hours",
    "aid_hours",
    "known",
    "firms_replaced",
    "files",
    "files_seen",
    "seats",
    "seats_present",
    "agenda_items",
    "agenda_passed",
    "agenda_returned",
    "agenda_postponed",
    "agenda_dropped",
    "public_resolved",
    "public_ended",
    "consents_tried",
    "consents_passed",
    "lifts_built",
    "works_built",
    "consent_weeks",
    "seat_hours",
    "tasks_arrived",
    "tasks_done",
    "tasks_late",
    "records_age",
)


@process(
    reads=(
        "issues",
        "residents",
        "domains",
        "ties",
        "institutions",
        "units",
        "firms",
        "secretaries",
        "homes",
        "volunteers",
        "collection",
        "adults_by_building",
        "purses",
        "works",
    ),
    writes=("record", "tally"),
)
def record(model: ModelState) -> None:
    """Write the week's measures, by compound and in all; by age and tenure once a quarter."""
    tally = model.tally
    tally.add("due", due(model))
    places = by_compound(model)
    values = {name: tally.total.get(name, 0.0) for name in EVENTS}
    for name in ("arrived", "noticed", "resolved", "lost", "in_norm", "due", "bounced", "reworked", "orders"):
        values[name] = float(tally.of(name).sum())
    values["latent"], values["open"] = float(places["latent"].sum()), float(places["open"].sum())
    values["notice_weeks"] = float(tally.of("notice_weeks").sum())
    values["resolve_weeks"] = float(tally.of("resolve_weeks").sum())
    going = [(entry.programme.what == "lift", entry.stage) for entry in model.works.projects]
    for name, stage in WAITS.items():
        values[f"lifts_{name}"] = float(going.count((True, stage)))
        values[f"works_{name}"] = float(going.count((False, stage)))
    values |= people(model, places) | organisations(model) | hours_and_money(model) | costs(model)
    books = model.purses.books() | model.institutions.ledger.wanted
    model.record.write(values, places, tally.durations, books, by_post_and_duty(model))
    if model.week % QUARTER == 0:
        model.record.write_groups(by_group(model))


def due(model: ModelState) -> NDArray[np.int32]:
    """Compounds of the issues settled for the resolution rate this week, each issue once in its life.

    Resolved within the norm, lost before it had passed, or this week past it.
    """
    issues, norm = model.issues, model.parameters.appraise.norm
    within = math.floor(norm)  # whole weeks
    age = model.week - issues.born
    ended = issues.closed == model.week
    settled = (ended & (age <= within)) | ((age == within + 1) & (ended | (issues.closed < 0)))
    return np.asarray(issues.compound[settled])


def by_compound(model: ModelState) -> dict[str, NDArray[np.float64]]:
    """The measures kept by compound."""
    issues, n = model.issues, len(model.places.compounds)
    found = {
        name: model.tally.of(name) for name in ("arrived", "noticed", "resolved", "lost", "in_norm", "due")
    }
    latent = issues.state == State.LATENT
    found["latent"] = np.bincount(issues.compound, latent, n)
    found["open"] = np.bincount(issues.compound, latent ^ (issues.state < State.RESOLVED), n)
    found |= {name: model.compound_mean(getattr(model.residents, name)) for name in LEVELS}
    active = np.bincount(model.places.building_compound, model.volunteers.people.sum(0), n)
    adults = np.bincount(model.places.building_compound, model.adults_by_building, n)
    found["participation"] = np.minimum(active / adults.clip(1), 1)
    return found


def people(model: ModelState, places: dict[str, NDArray[np.float64]]) -> dict[str, float]:
    """Levels over all residents, where satisfaction comes from, and how unevenly it is spread."""
    residents, n = model.places.residents_by_compound, len(model.residents)
    found = {name: float((places[name] * residents).sum() / n) for name in LEVELS}
    ease, home = (
        float((model.compound_mean(column) * residents).sum() / n)
        for column in (model.domains.ease, model.domains.home)
    )
    found |= {f"satisfaction_{name}": part for name, part in model.domains.channels(ease, home).items()}
    adults = float(model.adults_by_building.sum())
    found["participation"] = min(float(model.volunteers.people.sum()) / max(adults, 1), 1.0)
    found["volunteer_hours"] = float(model.volunteers.hours.sum())
    votes, voters = model.volunteers.votes.sum(), model.volunteers.voters.sum()
    found["turnout"] = float(votes / voters) if voters else 0.0
    ordered = np.sort(places["satisfaction"])
    found["satisfaction_gini"] = gini(ordered)
    tenth = max(len(ordered) // 10, 1)
    found["satisfaction_worst_tenth"] = float(ordered[:tenth].sum() / tenth)
    tied = model.ties.tied
    found["tie_strength"] = float(tied.sum(dtype=np.int64)) / FULL / n
    found["isolates"] = np.count_nonzero(tied < model.parameters.bond.isolated * FULL) / n
    return found


def gini(ordered: NDArray[np.floating]) -> float:
    """Gini coefficient of values in ascending order; 0 if they are all 0."""
    n, total = len(ordered), float(ordered.sum())
    return float(((2 * np.arange(1, n + 1) - n - 1) * ordered).sum() / (n * total)) if total > 0 else 0.0


def organisations(model: ModelState) -> dict[str, float]:
    """Units, firms, committees."""
    tally = model.tally
    served = model.homes.firm >= 0
    households = model.places.households_by_compound[served]
    fees, quality = (
        float((column[served] * households).sum() / households.sum()) if len(households) else 0.0
        for column in (model.collection, model.quality_by_compound())
    )
    committee, ledger = model.institutions.posts.at("committee"), model.institutions.ledger
    available, own = float(ledger.available[committee].sum()), float(ledger.own(committee).sum())
    institutions, at_home = model.institutions, model.secretaries.at_home()
    shares = [laid.paid[laid.active] for laid in institutions.keeping.costly]
    paid = [float(np.add.reduce(share)) / len(share) for share in shares if len(share)]
    return {
        "unit_engagement": float(model.units.engagement.sum()) / max(len(model.units), 1),
        "unused": tally.total.get("unused", 0.0),
        "deficit": tally.total.get("needed", 0.0) - tally.total.get("met", 0.0),
        "fee_collection": fees,
        "firm_quality": quality,
        "secretary_capability": float(at_home.sum()) / at_home.size,
        "committee_load": 1 - float(ledger.left[committee].sum()) / own if own > 0 else 0.0,
        "admin_share": 1 - own / available if available > 0 else 0.0,
        "upkeep_paid": float(np.add.reduce(paid)) / len(paid) if paid else 1.0,
    }


def hours_and_money(model: ModelState) -> dict[str, float]:
    """Hours by post and by duty, money by use and by source."""
    posts, ledger = model.institutions.posts, model.institutions.ledger
    spent = ledger.available - ledger.left
    by_post = {
        name: float(spent[posts.at(name)].sum()) for name in ("committee", "firm", "office", "volunteers")
    }
    found = {f"hours_{name}": hours for name, hours in by_post.items()}
    found["hours_posts"] = float(spent.sum()) - sum(by_post.values())
    found["hours_departments"] = float(model.tally.hours_by_line.sum())
    by_duty = ledger.hours
    found |= {f"hours_{duty.name}": by_duty.pop(duty.name, 0.0) for duty in OWN}
    found[f"hours_{OTHER.name}"] = sum(by_duty.values())
    purses = model.purses
    found |= {f"money_{use}": fen / YUAN for use, fen in purses.spent_on.items()}
    return found | {f"money_from_{source}": fen / YUAN for source, fen in purses.spent_from.items()}


def by_post_and_duty(model: ModelState) -> dict[tuple[str, str], float]:
    """Hours of the week that each post spent on each duty; those that did something only."""
    posts, spent = model.institutions.posts, model.institutions.ledger.spent
    there = [(name, where.start) for name, where in posts.start.items() if where.stop > where.start]
    if not spent or not there:
        return {}
    names, starts = zip(*there, strict=True)  # their rows stand one after another
    hours, duties = np.add.reduceat(np.array(list(spent.values())), starts, axis=1), tuple(spent)
    some = hours.nonzero()
    each = zip(*(index.tolist() for index in some), hours[some].tolist(), strict=True)
    return {(names[post], duties[duty]): total for duty, post, total in each}


def by_group(model: ModelState) -> NDArray[np.float64]:
    """Mean levels by age band and tenure, shape (measures, age bands, tenures); NaN where nobody is."""
    residents = model.residents
    cell = residents.age.astype(np.intp) * len(TENURES) + residents.owner
    size = np.bincount(cell, minlength=len(Age) * len(TENURES))
    means = np.full((len(BY_GROUP), len(size)), np.nan)
    for index, name in enumerate(BY_GROUP):
        column = residents.volunteering if name == "participation" else getattr(residents, name)
        np.divide(np.bincount(cell, column, len(size)), size, out=means[index], where=size > 0)
    return means.reshape(len(BY_GROUP), len(Age), len(TENURES))
