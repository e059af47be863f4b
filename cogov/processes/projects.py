"""Projects (项目): from a proposal to a work that stands, and what it takes to keep it.

proposal → plan → consent → money → permits and building → stands → upkeep. A lift is one kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import exp, log1p
from cogov.kit.fields import Parameters, param
from cogov.processes.consent import Consent, about_a_lift, about_a_work, chaired
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import PLACES, Programme, Rule
from cogov.rules.laid import Laid
from cogov.state.purses import YUAN
from cogov.state.works import Project
from cogov.terms import MONTH, YEAR, Capability, Cause

TALKING = ("plan", "consent")
"""Stages in which a project takes one of its programme's places in a neighbourhood."""


@dataclass(frozen=True, kw_only=True)
class Projects(Parameters):
    """Which sites may have works, and how owners agree to them."""

    storeys: int = param(4, low=2, doc="walk-ups of at least so many storeys can have a lift")
    consent: Consent = param(Consent(), doc="how owners agree")


@process(
    reads=("institutions", "secretaries", "residents", "ties"),
    writes=("works", "purses", "homes.has_lift", "institutions.ledger", "experiences", "causes", "tally"),
)
def projects(model: ModelState) -> None:
    """Take up what willing sites propose, bring on what is on its way, look after what stands."""
    model.purses.settle(model.week)
    for laid in model.institutions.programmes:
        tend(model, laid)
        if model.week % MONTH == 0:
            propose(model, laid)
    for project in list(model.works.projects):
        advance(model, project)
    there = {laid.rule.name for laid in model.institutions.programmes}
    for work in [work for work in model.works.built if work.tended and work.programme not in there]:
        model.works.keep(work, 0.0)


def propose(model: ModelState, laid: Laid[Programme]) -> None:
    """Owners of some willing sites bring them forward, as far as there are places."""
    places, works, rule = model.places, model.works, laid.rule
    site = sites(model, rule)
    home = places.building_neighbourhood[site]
    draws = model.streams.generator(f"projects/{rule.name}", model.week).random(len(site))
    willing = log1p(-laid.value("promote") * laid.force) * (MONTH / YEAR)
    wanted = draws < (1 - exp(willing))[home]
    wanted &= may(model, rule, site) & (works.rested(rule.what)[site] <= model.week)
    mine = [project for project in works.projects if project.programme.name == rule.name]
    load = np.bincount(
        [project.neighbourhood for project in mine if project.stage in TALKING],
        minlength=len(places.neighbourhoods),
    )
    there = laid.value("slots")
    chosen = np.flatnonzero(wanted)
    for building in site[chosen[np.argsort(draws[chosen], kind="stable")]].tolist():
        area = int(places.building_neighbourhood[building])
        if load[area] + 1 > there[area]:
            continue
        project = Project(
            as_amended(laid, area), building, int(places.building_compound[building]), area, model.week
        )
        works.rested(rule.what)[building] = model.week + YEAR
        if begin(model, project):
            load[area] += 1


def sites(model: ModelState, rule: Programme) -> NDArray[np.int64]:
    """Buildings that may propose: every one a lift, one of each compound anything else."""
    places = model.places
    if rule.what == "lift":
        return np.arange(len(places.buildings))
    first = places.compound_buildings.astype(np.int64)
    share = model.streams.generator(f"projects/{rule.name}/site").random(len(places.compounds))
    return first[:-1] + (share * np.diff(first)).astype(np.int64)


def may(model: ModelState, rule: Programme, site: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Sites that lack the work, have room for it, and are not busy with one."""
    places, works = model.places, model.works
    busy = np.zeros(len(places.buildings), dtype=bool)
    busy[[project.building for project in works.projects if project.programme.what == rule.what]] = True
    busy[[work.building for work in works.built if work.what == rule.what and work.programme]] = True
    if rule.what == "lift":
        high = places.buildings.storeys >= model.parameters.projects.storeys
        return np.asarray((~model.homes.has_lift & high & ~busy)[site])
    taken = np.bincount(places.building_compound[busy], minlength=len(places.compounds))
    return np.asarray(taken[places.building_compound[site]] == 0)


def as_amended[R: Rule](laid: Laid[R], area: int) -> R:
    """A rule as it is in one of its areas this week."""
    fields = {entry.rule.field for entry in laid.amendments}
    return (
        laid.rule.updated({name: float(laid.value(name)[area]) for name in fields}) if fields else laid.rule
    )


def begin(model: ModelState, project: Project) -> bool:
    """Put a project on its way, unless most of its owners would rather not; says whether it is."""
    rule = project.programme
    if rule.consent:
        law = as_amended(model.institutions.consents[rule.consent], project.neighbourhood)
        project.talk = (
            about_a_lift(model, law, project.building)
            if rule.what == "lift"
            else about_a_work(model, law, rule.what, project.building)
        )
        if not project.talk.willing:
            return False
    model.works.projects.append(project)
    if rule.what == "lift":
        model.tally.count("consents_tried", 1)
    return True


def advance(model: ModelState, project: Project) -> None:
    """One week of a project: what it waits for is done as far as there are hours and money."""
    if project.stage == "plan":
        plan(model, project)
    if project.stage == "consent":
        talk(model, project)
    elif project.stage == "money":
        fund(model, project)
    elif project.stage == "works" and project.ready <= model.week:
        finish(model, project)


def plan(model: ModelState, project: Project) -> None:
    """The designer gives the plan what hours there are, until it is done."""
    rule, institutions = project.programme, model.institutions
    missing = rule.plan_hours - project.planned
    if missing > 0 and rule.designer in institutions.positions:  # the post may have gone with its design
        area = institutions.areas[institutions.positions[rule.designer].area]
        row = institutions.posts.at(rule.designer).start + int(area.of_building[project.building])
        given = institutions.ledger.spend(slice(row, row + 1), missing, "building")
        project.planned += float(given.sum())
    if project.planned >= rule.plan_hours:
        project.stage = "consent" if project.talk is not None else "money"


def talk(model: ModelState, project: Project) -> None:
    """A meeting of the owners, when it is time and the committee has the hours to chair it."""
    assert project.talk is not None
    law, parameters = project.talk.rule, model.parameters.projects.consent
    if (model.week - project.started) % law.every:
        return
    if not chaired(model, project.talk.hours(parameters), project.neighbourhood):
        return
    skill = model.secretaries.own(Capability.DELIBERATION)[project.neighbourhood]
    project.talk.meet(parameters, float(skill))
    if project.talk.meetings >= parameters.first_vote and project.talk.agreed(parameters):
        project.stage = "money"
        if project.programme.what == "lift":
            model.tally.count("consents_passed", 1)
            model.tally.count("consent_weeks", model.week - project.started)
    elif project.talk.meetings >= parameters.rounds:
        give_up(model, project)


def give_up(model: ModelState, project: Project) -> None:
    """Nothing comes of it, and it is not tried again for some time."""
    model.works.projects.remove(project)
    rest = model.parameters.projects.consent.rest
    model.works.rested(project.programme.what)[project.building] = model.week + rest


def fund(model: ModelState, project: Project) -> None:
    """Pay for it as soon as its purse has the money; then permits and building take their weeks."""
    rule, purses = project.programme, model.purses
    if rule.purse not in purses.accounts:
        return
    price = float(model.community.profile.lift_subsidy if rule.what == "lift" else 0.0)
    price = price if rule.cost is None else rule.cost
    account = purses.account(rule.purse)
    area = int(account.laid.area.of_building[project.building])
    if purses.buy(rule.purse, area, price, "lifts" if rule.what == "lift" else "works"):
        shortest, longest = rule.weeks[0], rule.weeks[-1]
        draw = model.streams.generator(f"projects/{rule.what}", project.building).random()
        bodies = min(rule.permits, 1) if rule.parallel else rule.permits
        permitted = model.week + int(np.ceil(bodies * rule.permit_weeks))
        project.ready = permitted + shortest + int(draw * (longest - shortest + 1))
        project.stage = "works"
    elif account.laid.rule.source == "gifts":
        if project.appeal is None:
            missing = price - float(account.balance[area]) / YUAN
            project.appeal = purses.ask(rule.purse, area, missing, model.week + rule.deadline)
        elif project.appeal.state == "refunded":
            give_up(model, project)


def finish(model: ModelState, project: Project) -> None:
    """It stands: those who gain by it live through something good, those who lose do not."""
    rule, works, places = project.programme, model.works, model.places
    works.projects.remove(project)
    about: dict[str, Any] = {
        "programme": rule.name,
        "since": model.week,
        "lasts": rule.lasts,
        "tended": bool(rule.tending or rule.running),
    }
    if rule.what in PLACES:
        reach = works.around(project.building, rule.reach)
        about |= {"people": rule.people, "hours": rule.hours, "reach": reach}
    works.add(rule.what, project.building, **about)
    if rule.what == "lift":
        model.homes.has_lift[project.building] = True
    if rule.mends:
        compound = int(places.building_compound[project.building])
        model.causes.lower(Cause[rule.mends.upper()], compound, rule.left)
    model.tally.count("lifts_built" if rule.what == "lift" else "works_built", 1)
    if project.talk is not None:
        first, last = project.talk.households
        row0, row1 = places.household_rows[first], places.household_rows[last]
        household = model.residents.household[row0:row1] - first
        glad = project.talk.gain[household // project.talk.step] > 0
        model.experiences.add(np.arange(row0, row1), glad.astype(float), of="committee")


def tend(model: ModelState, laid: Laid[Programme]) -> None:
    """Look after what a programme has built: hours of a post, money of a purse, as far as there are any."""
    rule, places, institutions = laid.rule, model.places, model.institutions
    mine = [work for work in model.works.built if work.programme == rule.name]
    if not mine or not (rule.tending or rule.running):
        return
    site = np.array([work.building for work in mine])
    home = places.building_neighbourhood[site]
    kept = np.ones(len(mine))
    if rule.tending:
        rows, hours = institutions.posts.at(rule.tended_by), laid.value("tending")[home]
        row = institutions.areas[institutions.positions[rule.tended_by].area].of_building[site]
        wanted = np.bincount(row, hours, rows.stop - rows.start)
        given = institutions.ledger.spend(rows, wanted, "building")
        kept *= (given / np.where(wanted > 0, wanted, 1.0))[row]
    if rule.running and rule.purse in model.purses.accounts:
        area = model.purses.account(rule.purse).laid.area
        yuan = laid.value("running")[home] / YEAR
        wanted = np.bincount(area.of_building[site], yuan, area.n)
        kept *= model.purses.pay(rule.purse, {"works": wanted})["works"][area.of_building[site]]
    for work, share in zip(mine, kept.tolist(), strict=True):
        model.works.keep(work, share)
