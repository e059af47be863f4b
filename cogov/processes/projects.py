"""Projects (项目): from a proposal to a work that stands, and what it takes to keep it.

proposal → plan → consent → money set aside → permits → money paid, building → stands → upkeep.
A lift is one kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from cogov.activities import vocabulary as act
from cogov.kit.elementary import exp
from cogov.kit.fields import Parameters, param
from cogov.processes.consent import Consent, Talk, about_a_gate, about_a_lift, about_a_work, chaired
from cogov.processes.declared import process
from cogov.processes.followed import note_examined, note_money, note_owners_met, note_planned
from cogov.processes.gifts import Gifts, ask_units
from cogov.processes.model_state import ModelState
from cogov.processes.tending import tend
from cogov.processes.wishes import may, sites, wished
from cogov.rules.kinds import PLACES, OwnersConsent, Programme, Rule
from cogov.rules.laid import Laid
from cogov.state.experiences import HOME, WORKS
from cogov.state.ledger import serve
from cogov.state.purses import YUAN
from cogov.state.works import Project, beyond_the_wall
from cogov.terms import MONTH, YEAR, Cause, Line

PERMITTING = (Line.HOUSING, Line.URBAN_MANAGEMENT, Line.EMERGENCY_MANAGEMENT)
"""Departments of the bodies that permit works, in turn: housing, planning and building, fire and safety."""
ROUNDING = 1e-9
"""Share of a permit below which nothing is missing."""
TALKING = ("plan", "consent")
"""Stages in which a project takes one of its programme's places in a neighbourhood."""


@dataclass(frozen=True, kw_only=True)
class Projects(Parameters):
    """Which sites may have works, and how owners agree to them."""

    gift: float = param(
        300.0,
        low=0,
        unit="yuan",
        doc="what a household gives to a work paid with gifts, if it gains by it",
        source="assumed; CRI 2017-06-09: 70 of 81 households gave 305.7 yuan each",
        plausible=(100, 1000),
    )
    storeys: int = param(
        4, low=2, doc="walk-ups of at least so many storeys can have a lift", plausible=(3, 5)
    )
    consent: Consent = param(Consent(), doc="how owners agree")
    gifts: Gifts = param(Gifts(), doc="what units that are asked give")


@process(
    reads=("institutions", "secretaries", "residents", "ties", "issues", "units"),
    writes=(
        "works",
        "contacts",
        "offers",
        "purses",
        "homes.has_lift",
        "institutions.ledger",
        "attention",
        "experiences",
        "causes",
        "tally",
    ),
)
def projects(model: ModelState) -> None:
    """Take up what willing sites propose, bring on what is on its way, look after what stands."""
    model.purses.settle(model.week)
    for laid in model.institutions.programmes:
        tend(model, laid)
        if model.week % MONTH == 0:
            propose(model, laid)
    ask_units(model)
    permit(model)
    for project in list(model.works.projects):
        advance(model, project)
    bother(model)
    there = {laid.rule.name for laid in model.institutions.programmes}
    for work in [work for work in model.works.built if work.tended and work.programme not in there]:
        model.works.keep(work, 0.0)


def propose(model: ModelState, laid: Laid[Programme]) -> None:
    """Owners of some willing sites bring them forward, as far as there are places.

    What owners would is drawn for each kind of work, whatever its programmes are called: of two programmes
    for the same work, a site goes to the one or the other or neither, with the chances of each by itself.
    """
    places, works, rule = model.places, model.works, laid.rule
    site = sites(model, rule)
    home_of = places.building_neighbourhood
    draws = model.streams.generator(f"projects/{rule.what}", model.week).random(len(site))
    alike = [entry for entry in model.institutions.programmes if entry.rule.what == rule.what]
    before = alike[: alike.index(laid)]
    passed = sum((wished(model, entry, site) for entry in before), 0.0)
    wanted = 1 - exp(-passed) <= draws
    wanted &= draws < 1 - exp(-passed - wished(model, laid, site))
    wanted &= may(model, rule, site) & (works.rested(rule.what)[site] <= model.week)
    mine = [project for project in works.projects if project.programme.name == rule.name]
    load = np.bincount(
        [project.neighbourhood for project in mine if project.stage in TALKING],
        minlength=len(places.neighbourhoods),
    )
    there = laid.value("slots")
    have = [project.neighbourhood for project in mine]
    have += [int(home_of[work.building]) for work in works.built if work.programme == rule.name]
    chosen = np.flatnonzero(wanted)
    for building in site[chosen[np.argsort(draws[chosen], kind="stable")]].tolist():
        area = int(places.building_neighbourhood[building])
        if load[area] + 1 > there[area] or (rule.most and have.count(area) >= rule.most):
            continue
        if rule.what == "gate" and not may(model, rule, np.array([building]))[0]:
            continue  # the compound across has just begun one
        project = Project(
            as_amended(laid, area), building, int(places.building_compound[building]), area, model.week
        )
        works.rested(rule.what)[building] = model.week + YEAR
        if begin(model, project):
            load[area] += 1
            have.append(area)


def as_amended[R: Rule](laid: Laid[R], area: int) -> R:
    """A rule as it is in one of its areas this week."""
    fields = sorted({entry.rule.field for entry in laid.amendments})
    rule: R = _updated(laid.rule, tuple((name, float(laid.value(name)[area])) for name in fields))
    return rule


@lru_cache(maxsize=256)  # mostly as at the site before
def _updated(rule: Rule, values: tuple[tuple[str, float], ...]) -> Any:
    return rule.updated(dict(values)) if values else rule


def begin(model: ModelState, project: Project) -> bool:
    """Put a project on its way, unless most of its owners would rather not; says whether it is."""
    rule = project.programme
    if rule.consent:
        law = as_amended(model.institutions.consents[rule.consent], project.neighbourhood)
        law = law.at_law(model.community.profile.consent_law)
        project.talk = talk_about(model, project, law)
        if not project.talk.willing:
            return False
    model.works.projects.append(project)
    if model.trace:
        model.trace.project(act.BROUGHT_FORWARD, project, by="owners")
    if rule.what == "lift":
        model.tally.count("consents_tried", 1)
    return True


def talk_about(model: ModelState, project: Project, law: OwnersConsent) -> Talk:
    """What the owners who must agree to a project think of it."""
    what = project.programme.what
    if what == "lift":
        return about_a_lift(model, law, project.building)
    if what == "gate":
        across = beyond_the_wall(model.places, project.compound)
        return about_a_gate(model, law, project.building, across)
    return about_a_work(model, law, what, project.building)


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
        given = float(institutions.ledger.spend(slice(row, row + 1), missing, "building").sum())
        project.planned += given
        if model.trace:
            note_planned(model, project, row, given)
    if project.planned >= rule.plan_hours:
        project.stage = "consent" if project.talk is not None else "money"


def talk(model: ModelState, project: Project) -> None:
    """A meeting of the owners, when it is time and somebody has the hours to chair it."""
    assert project.talk is not None
    law, parameters = project.talk.rule, model.parameters.projects.consent
    if (model.week - project.started) % law.every:
        return
    hours = project.talk.hours(parameters)
    chair = chaired(model, law, hours, project.neighbourhood)
    if chair is None:
        return
    row, skill = chair
    project.talk.meet(parameters, skill)
    votes = project.talk.meetings >= project.talk.takes(parameters.first_vote)
    agreed = votes and project.talk.agreed(parameters)
    if model.trace:
        note_owners_met(model, project, row, hours, "consented" if agreed else "not_yet")
    if agreed:
        project.stage = "money"
        project.talk.end()
        if project.programme.what == "lift":
            model.tally.count("consents_passed", 1)
            model.tally.count("consent_weeks", model.week - project.started)
    elif project.talk.meetings >= parameters.rounds:
        give_up(model, project, "no_consent")


def give_up(model: ModelState, project: Project, why: str) -> None:
    """Nothing comes of it, and it is not tried again for some time."""
    if model.trace:
        weeks = float(model.week - project.started)
        model.trace.project(act.ABANDONED, project, outcome=why, value=weeks)
    model.works.projects.remove(project)
    rest = model.parameters.projects.consent.rest
    model.works.rested(project.programme.what)[project.building] = model.week + rest


def fund(model: ModelState, project: Project) -> None:
    """Set its money aside as soon as its purse has it, so that it is there when all have permitted it."""
    rule, purses = project.programme, model.purses
    if rule.purse not in purses.accounts:
        return
    price = float(model.community.profile.lift_subsidy if rule.what == "lift" else 0.0)
    price = price if rule.cost is None else rule.cost
    price += rule.each * households(model, project)
    account = purses.account(rule.purse)
    area = int(account.laid.area.of_building[project.building])
    use = "lifts" if rule.what == "lift" else "works"
    project.pledge = purses.set_aside(rule.purse, area, price, use)
    if project.pledge is not None:
        project.stage, project.looked = "permits", np.zeros(rule.permits)
        if model.trace:
            note_money(model, act.MONEY_SET_ASIDE, project, project.pledge.amount / YUAN)
        if not rule.permits:
            build(model, project)
    elif account.laid.rule.source == "gifts":
        if project.appeal is None or project.appeal.state == "collected":  # others may have spent it
            missing = price - float(account.balance[area]) / YUAN
            project.appeal = purses.ask(rule.purse, area, missing, model.week + rule.deadline)
            if model.trace:
                note_money(model, act.GIFTS_ASKED, project, missing)
            give(model, project, missing)
        elif project.appeal.state == "refunded":
            give_up(model, project, "too_few_gifts")


def households(model: ModelState, project: Project) -> int:
    """Households of the site: of its building for a lift, of its compound for anything else."""
    places = model.places
    lift = project.programme.what == "lift"
    starts = places.building_households if lift else places.compound_households
    site = project.building if lift else project.compound
    return int(starts[site + 1] - starts[site])


def bother(model: ModelState) -> None:
    """Let those next to works live with their noise and dust this week (it shows among issues of conduct)."""
    strain = np.zeros(len(model.places.compounds))
    for project in model.works.projects:
        if project.stage == "works":
            strain[project.compound] = max(strain[project.compound], project.programme.nuisance)
    model.causes.strain_by(Cause.CONDUCT, strain)


def give(model: ModelState, project: Project, missing: float) -> None:
    """Households that met about a work and gain by it give to it; others have not been asked."""
    if project.talk is None or project.appeal is None:
        return
    glad = int((project.talk.gain > 0).sum()) * project.talk.step
    given = min(glad * model.parameters.projects.gift, missing)
    if given > 0:
        model.purses.pledge(project.appeal, "households", given)


def permit(model: ModelState) -> None:
    """Bodies look at what they must permit, in the hours of their departments; who came first comes first.

    Permits have a day by which they must be given, so they come before parts of the work on issues. Each
    takes its weeks at least, and longer where the department has no hours.
    """
    attention, waiting = model.attention, [p for p in model.works.projects if p.stage == "permits"]
    asked = [
        (project, body)
        for project in waiting
        for body in np.flatnonzero(project.looked < 1)[: None if project.programme.parallel else 1].tolist()
    ]
    if asked:
        line = np.array([PERMITTING[body % len(PERMITTING)] for _, body in asked])
        hours = np.array([project.programme.permit_hours for project, _ in asked])
        weeks = np.array([project.programme.permit_weeks for project, _ in asked])
        step = np.minimum(1 / np.maximum(weeks, 1), [1 - project.looked[body] for project, body in asked])
        first = partial(np.array, [-project.started for project, _ in asked])
        given = serve(step * hours, line, first, attention.left)
        spent = np.bincount(line, given, len(Line))
        attention.work(spent)
        model.tally.hours_by_line += spent
        done = np.where(hours > 0, given / np.where(hours > 0, hours, 1), step)
        for (project, body), share, part in zip(asked, done.tolist(), given.tolist(), strict=True):
            looked = project.looked[body] + share
            project.looked[body] = 1.0 if looked > 1 - ROUNDING else looked
            if model.trace and share:
                note_examined(model, project, PERMITTING[body % len(PERMITTING)], body, part)
    for project in waiting:
        if (project.looked >= 1).all():
            build(model, project)


def build(model: ModelState, project: Project) -> None:
    """Pay for what all have permitted, and begin; a purse that has ended has taken its money with it."""
    assert project.pledge is not None
    if project.pledge.state == "returned":
        project.stage = "money"
        if model.trace:
            model.trace.project(act.MONEY_LOST, project)
        return
    model.purses.pay_out(project.pledge)
    shortest, longest = project.programme.weeks
    draw = model.streams.generator(f"projects/{project.programme.what}/weeks", project.building).random()
    project.ready = model.week + shortest + int(draw * (longest - shortest + 1))
    project.stage = "works"
    if model.trace:
        note_money(model, act.WORKS_BEGUN, project, float(project.ready - model.start))


def finish(model: ModelState, project: Project) -> None:
    """It stands: those who gain by it live through something good, those who lose do not."""
    rule, works, places = project.programme, model.works, model.places
    works.projects.remove(project)
    if model.trace:
        model.trace.project(act.STANDS, project, value=float(model.week - project.started))
    about: dict[str, Any] = {
        "programme": rule.name,
        "since": model.week,
        "lasts": rule.lasts,
        "tended": bool(rule.tending or rule.running),
    }
    if rule.what in PLACES:
        reach = works.around(project.building, rule.reach)
        about |= {"people": rule.people, "hours": rule.hours, "reach": reach}
    if rule.what == "gate":
        about["across"] = beyond_the_wall(places, project.compound)
    works.add(rule.what, project.building, **about)
    if rule.what == "lift":
        model.homes.has_lift[project.building] = True
    if rule.mends:
        compound = int(places.building_compound[project.building])
        for cause in (rule.mends, *rule.also):
            model.causes.lower(Cause[cause.upper()], compound, rule.left)
    model.tally.count("lifts_built" if rule.what == "lift" else "works_built", 1)
    if project.talk is not None:
        first, last = project.talk.households
        row0, row1 = places.household_rows[first], places.household_rows[last]
        household = model.residents.household[row0:row1] - first
        glad = project.talk.gain[household // project.talk.step] > 0
        for what in ("committee", HOME):
            model.experiences.add(np.arange(row0, row1), glad.astype(float), of=what, by=WORKS)
