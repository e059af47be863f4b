"""Sense (发现): who comes to know of a problem, and where it lands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.community.ties import FULL
from cogov.kit.elementary import at_once, exp, log1p
from cogov.kit.fields import Parameters, param
from cogov.kit.runs import members, picked, totals
from cogov.processes.attention import priority, priority_with
from cogov.processes.declared import process
from cogov.processes.devices import answer_alarms, called, kept_up
from cogov.processes.followed import note_noticed
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Observation, marked
from cogov.state.issues import State
from cogov.state.ledger import Ranking
from cogov.terms import Capability, Kind, Level

CHANNELS = ("tell", "call", "spot")
TELL, CALL, SPOT = range(len(CHANNELS))


@dataclass(frozen=True, kw_only=True)
class Sense(Parameters):
    """How problems come to be known."""

    report_rate: float = param(
        0.052,
        low=0,
        high=1,
        unit="1/(resident x week)",
        doc="chance that one who knows of an urgent issue, with full trust, tells the committee",
        plausible=(0.025, 0.1),
    )
    word: float = param(
        0.25,
        low=0,
        high=2,
        unit="1/tie",
        doc="neighbours, fully tied and trusted, who hear of it from one who is affected and take it up",
        plausible=(0, 1),
    )
    call_rate: float = param(
        0.022,
        low=0,
        high=1,
        unit="1/(resident x week)",
        doc="chance that an affected resident calls the hotline about an urgent issue",
        plausible=(0.011, 0.044),
    )
    growth: float = param(
        0.02, low=0, high=1, unit="1/week", doc="hazard that an unnoticed issue grows", plausible=(0.01, 0.04)
    )
    growth_work: float = param(
        1.5, low=1, doc="a grown issue takes so many times the work", plausible=(1.2, 2)
    )
    order_hours: float = param(
        0.3, low=0, unit="h", doc="office hours to receive and dispatch one order", plausible=(0.15, 0.6)
    )
    chase_hours: float = param(
        0.1,
        low=0,
        unit="h/week",
        doc="office hours to ask after one order that is overdue; who is not asked puts it off",
        plausible=(0.05, 0.5),
    )
    report_hours: float = param(
        0.2,
        low=0,
        unit="h",
        doc="committee hours to receive a report of a resident, or of a neighbour on duty",
        plausible=(0.1, 0.4),
    )


@process(
    reads=(
        "residents.trust_committee",
        "residents.age",
        "residents.trust_neighbours",
        "ties",
        "secretaries",
        "institutions",
        "works",
    ),
    writes=("issues", "institutions.ledger", "alarms", "devices", "tally"),
)
def sense(model: ModelState) -> None:
    """Let residents tell the committee or call the hotline, and observers come by.

    The channels are competing hazards: an issue is noticed this week with probability 1 - prod(1 - p_o), by
    the channel whose number runs out first.
    """
    issues, parameters, institutions = model.issues, model.parameters.sense, model.institutions
    latent = issues.where(State.LATENT)
    grow(model, latent)
    spot, spotter = observers_hazard(model, latent)
    hazard = np.concatenate([residents_hazards(model, latent), spot[None]])
    left = np.array([getattr(issues, channel)[latent] for channel in CHANNELS])
    remaining = left - hazard
    for fate, rest in zip(CHANNELS, remaining, strict=True):
        getattr(issues, fate)[latent] = rest
    runs_out = (remaining <= 0) & (hazard > 0)
    near = runs_out.any(0).nonzero()[0]
    # When within the week each channel's number runs out; where it does not there is no such moment.
    moment = np.full((len(CHANNELS), len(near)), np.inf)
    np.divide(left.take(near, 1), hazard.take(near, 1), out=moment, where=runs_out.take(near, 1))
    spotter = spotter[near]
    spotted_at, by_neighbour = who_spots(model, spotter)
    channel = hear(model, latent[near], moment, by_neighbour)
    noticed = channel >= 0
    rows, channel = latent[near[noticed]], channel[noticed]
    by_phone, by_neighbour = channel == CALL, by_neighbour[noticed] & (channel == SPOT)
    landing = np.where(by_phone, int(Level.SUBDISTRICT), int(Level.NEIGHBOURHOOD))
    # What a neighbour on duty saw is a report to the committee, and comes to it as one.
    seen_at = spotted_at[noticed]
    seen_at = np.where(by_neighbour, np.maximum(seen_at, int(Level.NEIGHBOURHOOD)), seen_at)
    issues.at[rows] = np.where(channel == SPOT, seen_at, landing)
    issues.state[rows] = State.MOVING
    issues.seen[rows] = model.week
    issues.hotline[rows] = by_phone
    orders = rows[by_phone]
    issues.due[orders] = (
        model.week + institutions.powers.deadlines[issues.kind[orders], issues.compound[orders]]
    )
    chase(model)
    ledger = institutions.ledger
    taken = ledger.spend_each(office_of(model, orders), parameters.order_hours, "orders")
    told = (channel == TELL) | by_neighbour
    heard = ledger.spend_each(committee_of(model, rows[told]), parameters.report_hours, "reports")
    model.tally.add("noticed", issues.compound[rows])
    model.alarms.notice(issues.building[rows[issues.kind[rows] == Kind.EMERGENCY]])
    model.tally.add("orders", issues.compound[orders])
    model.tally.add("notice_weeks", issues.compound[rows], model.week - issues.born[rows])
    if model.trace:
        hours = np.zeros(len(rows))
        hours[told] = heard * parameters.report_hours
        for index, name in enumerate(CHANNELS):
            mine = channel == index
            note_noticed(model, name, rows[mine], spotter[noticed][mine], hours[mine])
        hours, due = taken * parameters.order_hours, issues.due[orders]
        model.trace.note(
            act.ORDERED,
            orders,
            by=office_of(model, orders),
            duty="orders",
            hours=hours,
            value=due - model.start,
        )


def chase(model: ModelState) -> None:
    """Offices ask after overdue orders (督办) as far as they have hours; the rest is put off by a week."""
    issues = model.issues
    open_orders = (issues.state > State.LATENT) & (issues.state < State.ANSWER) & issues.hotline
    rows = (open_orders & (issues.due < model.week)).nonzero()[0]
    asked = model.institutions.ledger.spend_each(
        office_of(model, rows),
        model.parameters.sense.chase_hours,
        "orders",
        partial(priority, model, rows),
    )
    issues.due[rows[~asked]] = model.week + 1
    if model.trace:
        each, rows = model.parameters.sense.chase_hours, rows[asked]
        model.trace.note(act.CHASED, rows, by=office_of(model, rows), duty="orders", hours=each)


def hear(
    model: ModelState,
    rows: NDArray[np.intp],
    moment: NDArray[np.float64],
    by_neighbour: NDArray[np.bool_],
) -> NDArray[np.intp]:
    """Find the channel through which each of some issues is noticed this week, -1 none: shape (rows,).

    Every office takes calls and every committee residents' reports, in order of priority, as far as their
    hours go. The rest comes again next week; until then the other channels stay open.

    Parameters
    ----------
    rows : ndarray of int
    moment : ndarray, shape (channels, rows)
        When within the week each channel's number runs out, infinite if it does not; so of what is put off.
    by_neighbour : ndarray of bool, shape (rows,)
        Whether who would spot it is a neighbour on duty.
    """
    posts, left, parameters = (
        model.institutions.posts,
        model.institutions.ledger.left,
        model.parameters.sense,
    )
    office, committee = left[posts.at("office")], left[posts.at("committee")]
    counter = office_of(model, rows) - posts.at("office").start
    desk = model.places.compound_neighbourhood[model.issues.compound[rows]]
    while True:
        first = first_of(moment)
        calls = (first == CALL).nonzero()[0]
        reports = ((first == TELL) | ((first == SPOT) & by_neighbour)).nonzero()[0]
        at_office = partial(priority_with, model, rows[calls], "office")
        at_committee = partial(priority_with, model, rows[reports], "committee")
        unheard = np.concatenate(
            [
                calls[beyond(at_office, counter[calls], office, parameters.order_hours)],
                reports[beyond(at_committee, desk[reports], committee, parameters.report_hours)],
            ]
        )
        if not len(unheard):
            return first
        moment[first[unheard], unheard] = np.inf
        if model.trace:
            phoned = first[unheard] == CALL
            desks = np.where(phoned, office_of(model, rows[unheard]), committee_of(model, rows[unheard]))
            channels = [CHANNELS[number] for number in first[unheard].tolist()]
            model.trace.note(act.UNHEARD, rows[unheard], by=desks, outcome=channels)


def first_of(moment: NDArray[np.float64]) -> NDArray[np.intp]:
    """Which channel comes first within the week, -1 none: shape (rows,)."""
    soonest, first = np.ones(moment.shape[1]), np.full(moment.shape[1], -1)
    for channel in (SPOT, CALL, TELL):  # of those at one moment the first of them
        first[moment[channel] <= soonest] = channel
        np.minimum(soonest, moment[channel], out=soonest)
    return first


def beyond(
    priority: Ranking, desk: NDArray[np.integer], hours: NDArray[np.float64], each: float
) -> NDArray[np.intp]:
    """Which callers a desk with so many hours cannot hear: the last ones; all where there is no desk."""
    if not len(hours):
        return np.arange(len(desk))
    if each == 0:
        return np.zeros(0, dtype=np.intp)
    most = np.floor(hours / each + 1e-9)
    if (np.bincount(desk, minlength=len(hours)) <= most).all():
        return np.zeros(0, dtype=np.intp)
    order = np.lexsort((-priority(), desk))
    desk = desk[order]
    ahead = np.arange(len(order)) - desk.searchsorted(desk)
    return np.asarray(order[ahead >= most[desk]])


def committee_of(model: ModelState, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Post row of the committee where each issue is; -1 without committees."""
    home = model.places.compound_neighbourhood[model.issues.compound[rows]]
    return model.institutions.posts.row("committee", home)


def office_of(model: ModelState, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Row of the post of the office that each issue's calls come to, -1 where there is none."""
    posts, positions = model.institutions.posts, model.institutions.positions
    if "office" not in positions:
        return np.full(len(rows), -1)
    of_compound = model.institutions.areas[positions["office"].area].of_compound
    return posts.row("office", of_compound[model.issues.compound[rows]])


def residents_hazards(model: ModelState, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Weekly hazards that those affected tell the committee, and that they call the hotline: (2, rows).

    Telling is 1 - (1 - r x trust)^knowing. Who is affected knows, and so do neighbours that they are tied to
    and trust, as far as word gets round. Calling needs no trust, and is left to those affected.
    """
    issues, residents, parameters = model.issues, model.residents, model.parameters.sense
    compound = issues.compound[rows]
    affected = (issues.row1[rows] - issues.row0[rows]).astype(np.intp)
    people = members(issues.row0[rows], affected)
    ready = picked(residents.trust_committee, people)
    if of_reports(model, "committee", "message").any():
        ready *= by_message(model, people, compound.repeat(affected))
    told = picked(model.ties.tied, people).astype(np.float32)
    told *= picked(residents.trust_neighbours, people)
    trust = totals(ready, affected) / np.maximum(affected, 1)
    knowing = affected + parameters.word / FULL * totals(told, affected)
    urgency = issues.urgency[rows].astype(float)
    to_committee, to_hotline = (
        np.minimum(of_reports(model, channel, "share"), 1)[compound] for channel in ("committee", "hotline")
    )
    chance = np.array(
        [
            parameters.report_rate * trust * urgency * to_committee,
            parameters.call_rate * urgency * to_hotline,
        ]
    )
    return np.asarray(-log1p(-np.minimum(chance, 0.999)) * np.array([knowing, affected]))


def by_message(
    model: ModelState, people: NDArray[np.intp], compound: NDArray[np.integer]
) -> NDArray[np.float32]:
    """How much sooner each tells the committee where a message will do, against going there: 1 without."""
    online = np.array(model.parameters.bond.online)[model.residents.age[people]]
    sooner = 1 + of_reports(model, "committee", "message")[compound] * online
    return np.asarray(sooner, dtype=np.float32)


def of_reports(model: ModelState, channel: str, field: str) -> NDArray[np.float64]:
    """What the rules about a channel of residents' reports say together, by compound."""
    found = np.zeros(len(model.places.compounds))
    for laid in model.institutions.reports:
        if laid.rule.channel == channel:
            found += (laid.value(field) * laid.force)[laid.area.of_compound]
    return found


def observers_hazard(
    model: ModelState, rows: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Weekly hazard that an observer sees each issue, and which observation is the likeliest, -1 none.

    An observer's post reaches a building with 1 - exp(-hours x speed / buildings in the area) and sees an
    issue there with the visibility of its kind; people of the committee are told of others as well, the more
    the better their secretary listens.
    """
    issues, institutions = model.issues, model.institutions
    posts, ledger = institutions.posts, institutions.ledger
    observations = institutions.observations
    answered = [answer_alarms(model, laid) if sees_afar(laid.rule) else None for laid in observations]
    passed = []
    for laid in observations:
        where = posts.at(laid.rule.post)
        hours = ledger.spend(where, posts.observe[where] * ledger.own(where), "observing")
        passed.append(hours * laid.value("speed") * laid.force / laid.area.buildings)
    reached = at_once(lambda x: 1 - exp(-x), passed)
    chance = np.zeros((len(observations), len(rows)))
    building, kind = issues.building[rows], issues.kind[rows]
    for index, (laid, heard, reach) in enumerate(zip(observations, answered, reached, strict=True)):
        share = laid.value("share") * (reach if heard is None else reach * heard)
        if share.any():
            place, seen = laid.area.of_building[building], visible(model, laid.rule)
            chance[index] = share[place] * seen[(place, kind) if seen.ndim > 1 else kind]
    hazards, some = np.zeros(chance.shape), chance > 0  # most see one place or kind only
    hazards[some] = -log1p(-np.minimum(chance[some], 0.999))
    total, best = np.zeros((2, len(rows)))
    likeliest = np.full(len(rows), -1)
    for index, (laid, heard, hazard) in enumerate(zip(observations, answered, hazards, strict=True)):
        if laid.rule.through:
            hazard = hazard * kept_up(model, laid.rule.through)[issues.compound[rows]]
        if heard is not None and laid.rule.devices:
            hazard = called(model, laid, rows, heard)
        likeliest[hazard > best] = index
        best = np.maximum(best, hazard)
        total += hazard
    return total, likeliest


def visible(model: ModelState, rule: Observation) -> NDArray[np.float64]:
    """What is seen of an issue by who comes by: shape (kinds,), or (neighbourhoods, kinds) for committees."""
    about, visibility = marked(rule.kinds), model.world.visibility
    if model.institutions.positions[rule.post].staffed_by != "committee":
        return np.asarray(about * visibility)
    # Its secretary's people are told at the door of some of what cannot be seen.
    told = model.parameters.secretaries.listening * model.secretaries.own(Capability.EMPATHY)
    return np.asarray(about * visibility + about * (1 - visibility) * told[:, None])


def who_spots(model: ModelState, observation: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Level of who makes each of some observations, and if it is a neighbour; a committee's where none."""
    institutions = model.institutions
    levels = [int(laid.area.level) for laid in institutions.observations]
    posts = [institutions.posts.at(laid.rule.post).start for laid in institutions.observations]
    neighbour = [bool(institutions.held_by_neighbours[start]) for start in posts]
    return (
        np.array([*levels, int(Level.NEIGHBOURHOOD)])[observation],
        np.array([*neighbour, False])[observation],
    )


def sees_afar(rule: Observation) -> bool:
    """Whether it sees through works or devices, which give alarms, and not by going round."""
    return bool(rule.through or rule.devices)


def grow(model: ModelState, latent: NDArray[np.intp]) -> None:
    """What nobody notices festers: with a small hazard it grows, once, in work, urgency and reach."""
    issues, parameters, places = model.issues, model.parameters.sense, model.places
    waiting = latent[issues.grow[latent] > 0]
    issues.grow[waiting] -= parameters.growth
    rows = waiting[issues.grow[waiting] <= 0]
    if not len(rows):
        return
    issues.work[rows] *= parameters.growth_work
    if model.trace:
        model.trace.note(act.GREW, rows, value=issues.work[rows])
    issues.task[rows] *= parameters.growth_work
    issues.urgency[rows] = np.minimum(issues.urgency[rows] * parameters.growth_work, 1)
    compound = issues.compound[rows]
    size = np.minimum(
        2 * issues.households[rows], places.compound_households[compound + 1] - issues.household[rows]
    )
    issues.households[rows] = size
    issues.row1[rows] = places.household_rows[issues.household[rows] + size]
