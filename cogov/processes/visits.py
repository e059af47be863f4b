"""Visit (互学): secretaries see what others do, copy practices that they saw, and learn from hosts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.processes.tasks import on_record, seen_from_above
from cogov.rules.kinds import Practice, Visit
from cogov.rules.laid import Laid, named
from cogov.terms import Capability, Kind


@dataclass(frozen=True, kw_only=True)
class Visits(Parameters):
    """How practices are set up, and how well secretaries know those they visit."""

    pace: float = param(
        4.0,
        low=0,
        high=100,
        unit="h/week",
        doc="most hours a committee spends on setting up a practice",
        plausible=(2, 8),
    )
    half_life: float = param(
        26.0, low=13, high=52, unit="weeks", doc="weeks that halve an acquaintance", plausible=(13, 52)
    )
    enough: float = param(
        20.0, low=5, high=60, unit="h", doc="hours together that make a tie of 1 - 1/e", plausible=(10, 40)
    )


@process(
    reads=("issues", "tasks", "institutions"),
    writes=("institutions.ledger", "practices", "secretaries", "meetings"),
)
def hold_visits(model: ModelState) -> None:
    """Hold the visits that are due this week; set up what was taken up."""
    institutions = model.institutions
    for laid in institutions.visits:
        if model.week % laid.rule.every == 0:
            for host in hosts(model, laid):
                go_and_see(model, laid, int(host))
    committee = institutions.posts.at("committee")
    for name in (practice.rule.name for practice in institutions.practices):
        to_do = model.practices.to_do[name]
        wanted = np.where(np.isfinite(to_do), np.minimum(to_do, model.parameters.visits.pace), 0.0)
        if wanted.any() and committee.stop > committee.start:
            model.practices.work(name, institutions.ledger.spend(committee, wanted, "visits"))


def hosts(model: ModelState, laid: Laid[Visit]) -> NDArray[np.int64]:
    """Neighbourhoods that are visited this time: by name, in turn, or by what upper levels have on record."""
    rule, places = laid.rule, model.places
    n, number = len(places.neighbourhoods), min(laid.rule.number, len(places.neighbourhoods))
    if rule.to == "named":
        return np.flatnonzero(named(rule, rule.sites, laid.area, model.community))
    if rule.to == "turn":
        return np.sort((model.week // rule.every * number + np.arange(number)) % n)
    if rule.to == "veterans":
        merit = model.secretaries.tenure.astype(float)
    elif rule.to == "examples":
        held = [model.practices.held(practice.rule.name) for practice in model.institutions.practices]
        merit = np.sum(held, axis=0, dtype=float) if held else np.zeros(n)
    else:
        load = np.bincount(places.building_neighbourhood, seen_from_above(model), n)
        merit = -load / np.diff(places.neighbourhood_households).clip(1)
    order = np.argsort(-merit, kind="stable")
    if not rule.alike:
        return np.sort(order[:number])
    kind = model.secretaries.site
    return np.sort(np.concatenate([order[kind[order] == each][:number] for each in np.unique(kind)]))


def go_and_see(model: ModelState, laid: Laid[Visit], host: int) -> None:
    """All who take part go to one host: hours on both sides, what is seen there, what is learned.

    What there is to be had of a visit is in proportion to the hours that both sides really gave.
    """
    rule, posts, ledger = laid.rule, model.institutions.posts, model.institutions.ledger
    committee = posts.at("committee")
    guests = np.flatnonzero(laid.force * laid.value("hours") > 0)
    guests = guests[guests != host]
    if rule.alike:
        guests = guests[model.secretaries.site[guests] == model.secretaries.site[host]]
    if committee.stop == committee.start or not len(guests):
        return
    wanted, offered = (laid.value("hours") * laid.force)[guests], float(laid.value("host_hours")[host])
    area = model.institutions.areas[model.institutions.positions[rule.hosted_by].area]
    giver = posts.row(rule.hosted_by, area.of_neighbourhood[[host]])
    hosted = float(ledger.spend(giver, offered, "visits")[0])
    came = ledger.spend(posts.row("committee", guests), wanted, "visits")
    share = laid.force[guests] * came / wanted * (hosted / offered if offered else 1.0)
    for practice in model.institutions.practices:
        if model.practices.held(practice.rule.name)[host]:
            show(model, laid, practice, guests, share, host)
    # A host's hours are divided among all who came: a crowd is no acquaintance.
    model.meetings.meet(guests, host, np.minimum(came, hosted / len(guests)), model.week)
    closed = laid.value("teach")[guests] * share * model.meetings.tie(guests, host, model.week)
    site = int(model.secretaries.site[host])
    domains = subjects(model, rule, guests)
    if rule.topics and domains:  # in the time of all of them
        closed = np.minimum(closed * (len(rule.domains) / len(domains)), 1.0)
    for domain in domains:
        best = float(model.secretaries.level[host, domain, site])
        model.secretaries.learn(guests, domain, site, closed, towards=best)


def subjects(model: ModelState, rule: Visit, guests: NDArray[np.intp]) -> list[Capability]:
    """What is taught this time: all of it, or what the guests' own open cases call for most."""
    domains = [Capability[label.upper()] for label in rule.domains]
    if not rule.topics:
        return domains
    issues = model.issues
    rows = np.flatnonzero(on_record(model))
    rows = rows[np.isin(model.places.compound_neighbourhood[issues.compound[rows]], guests)]
    cases = np.bincount(issues.kind[rows], minlength=len(Kind))
    asked = (cases[:, None] * model.parameters.secretaries.shares()).sum(0)
    return sorted(domains, key=lambda domain: (-asked[domain], domain))[: rule.topics]


def show(
    model: ModelState,
    laid: Laid[Visit],
    practice: Laid[Practice],
    guests: NDArray[np.intp],
    share: NDArray[np.float64],
    host: int,
) -> None:
    """Guests see a practice of their host, or do not; some of those who have seen it take it up.

    They judge by what they see there, and by little what it would be worth at home.
    """
    name, n = practice.rule.name, len(model.secretaries)
    stream = model.streams.generator(f"visits/{laid.rule.name}/{name}/{host}", model.week)
    draws = stream.random((n, 2))[guests]
    sees = draws[:, 0] < practice.value("visible")[guests] * share
    model.practices.see(name, guests[sees])
    fits = practice.rule.fitting(model.secretaries.site)[guests]
    chance = laid.value("adopt")[guests] * np.where(fits, 1.0, laid.value("misjudge")[guests])
    takes = guests[sees & (draws[:, 1] < chance)]
    model.practices.take_up(name, takes, practice.value("setup")[takes])


def begin_practices(model: ModelState) -> None:
    """Practices of the design that are new are held where their rules say, from its adoption on."""
    n = len(model.secretaries)
    for laid in model.institutions.practices:
        rule = laid.rule
        holders = named(rule, rule.sites, laid.area, model.community)
        able = np.flatnonzero(rule.fitting(model.secretaries.site) & ~holders)
        draws = model.streams.generator(f"visits/pilots/{rule.name}").random(n)[able]
        holders[able[np.argsort(draws, kind="stable")[: rule.pilots]]] = True
        model.practices.begin(rule.name, holders)
