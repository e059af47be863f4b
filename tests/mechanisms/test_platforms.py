"""Alliances and meetings: the chain of each, and the cut that makes it vanish."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.mechanisms import (
    BlockAlliance,
    BusinessCircleCentre,
    CampusParkStreet,
    CommunityCongress,
    CoordinationMeetings,
    Mechanism,
    SpecialCommittees,
    ThreePlusXCommittee,
)
from cogov.processes.attention import priority
from cogov.processes.bond import bond, earn_hosting
from cogov.processes.books import open_books
from cogov.processes.deliberate import deliberate
from cogov.processes.deliver import deliver
from cogov.processes.fill import fill_posts
from cogov.processes.match import match, staff_supply
from cogov.processes.offers import on_list
from cogov.processes.participate import ask_by_day
from cogov.processes.route import route
from cogov.processes.serve_units import serve_units
from cogov.rules.shipped import load_design
from cogov.state.contacts import SUBDISTRICT
from cogov.state.issues import State
from cogov.terms import Kind, Level, Line, Service, UnitKind, Want
from tests.helpers import NEVER, put, situation, untied

BASE = load_design("line_hierarchy")
CIRCLE = ("company", "bank", "social_organisation")


def opened(*mechanisms: Mechanism, week: int = 1, by_day: float = 0.0, **processes) -> GovernanceModel:
    """The baseline with some mechanisms in one week, and a share of the people of units active."""
    base = [rule for part in BASE.mechanisms for rule in part.rules()]
    more = [rule for part in mechanisms for rule in part.rules()]
    model = situation(*base, *more, week=week, **processes)
    model.day.active[:] = by_day
    return again(model)


def again(model: GovernanceModel) -> GovernanceModel:
    """The same week once more, with the people who are there now in the posts."""
    fill_posts(model)
    open_books(model)
    return model


def hours(model: GovernanceModel, post: str) -> float:
    """Hours that a post has this week."""
    return float(model.institutions.ledger.available[model.institutions.posts.at(post)].sum())


def kinds(model: GovernanceModel) -> np.ndarray:
    return np.array([UnitKind(kind).label for kind in model.units.kind])


# ---------------------------------------------------------------- the business circle

ORGANISED = {"organisers": 20.0, "purse": 200.0, "weeks_to_fill": 0}


def test_organisers_reach_and_list_firms_and_no_school_or_agency():
    model = opened(BusinessCircleCentre(**ORGANISED))
    units = np.arange(len(model.units))
    before = model.contacts.hours(units, np.full(len(units), SUBDISTRICT))
    serve_units(model)
    met = model.contacts.hours(units, np.full(len(units), SUBDISTRICT)) - before
    firms = np.isin(kinds(model), CIRCLE)
    assert (met[firms] > 0).all()
    assert (met[~firms] == 0).all()
    laid = next(entry for entry in model.institutions.listings if entry.rule.name == "business_circle")
    shown = on_list(model, laid, np.ones((len(units), len(Service))))[0].sum(1)
    assert ((shown > 0) == firms).all()


def test_organisers_ask_people_by_day_and_without_them_nothing_is_left():
    model = opened(BusinessCircleCentre(**ORGANISED, asked=0.5))
    ask_by_day(model)
    assert model.day.people().sum() > 0
    assert model.institutions.ledger.hours["asking"] > 0
    assert BASE.with_(BusinessCircleCentre(organisers=0.0)).rules() == BASE.rules()


def test_organisers_who_are_not_paid_are_not_there():
    model = opened(BusinessCircleCentre(organisers=20.0, purse=0.0, weeks_to_fill=0))
    assert hours(model, "circle_organiser") == 0
    serve_units(model)
    assert model.accounts.received.sum() == 0


# ---------------------------------------------------------------- the block alliance

WORKS = {"people": 4.0, "every": 1, "hours": 0.5, "willing": 1.0, "material": 0.0, "members": ("volunteers",)}


def hosted(model: GovernanceModel) -> float:
    model.hosting[:] = 0
    earn_hosting(model)
    return float(model.institutions.ledger.spent["hosting"][model.institutions.posts.at(LAST)].sum())


LAST = "joint_work_3_by_day"


def test_a_joint_work_takes_hours_of_three_groups_at_once():
    model = opened(BlockAlliance(**WORKS), by_day=0.5)
    each = 4 * 0.5
    for post in ("joint_work_1_members", "joint_work_2_residents", LAST):
        assert hours(model, post) == pytest.approx(each), post
    upkeep = model.institutions.ledger.spent["upkeep"]
    for post in ("joint_work_1_members", "joint_work_2_residents"):
        assert upkeep[model.institutions.posts.at(post)].sum() == pytest.approx(each)
    assert hosted(model) == pytest.approx(each)


@pytest.mark.parametrize("absent", ["members", "residents", "by day", "paint"])
def test_with_one_group_absent_nothing_is_held(absent):
    changed, by_day = dict(WORKS), 0.5
    if absent == "members":
        changed["members"] = ("deputies",)
    elif absent == "by day":
        by_day = 0.0
    elif absent == "paint":
        changed |= {"material": 100.0, "purse": 0.0}
    model = opened(BlockAlliance(**changed), by_day=by_day)
    if absent == "members":
        model.volunteers.in_pools[("deputies",)].people[:] = 0
        model.volunteers.in_pools[("deputies",)].hours[:] = 0
    if absent == "residents":
        model.volunteers.in_pools[("volunteers",)].people[:] = 0
    again(model)
    assert hosted(model) == 0


def crossing(model: GovernanceModel) -> int:
    """Ties between people of different neighbourhoods."""
    ties, home = model.ties, model.places.building_neighbourhood[model.residents.building]
    near = ties.near(np.arange(ties.n))
    return int((home[near.other] != home[near.owner])[near.now > 0].sum())


@pytest.mark.parametrize("by_day", [0.5, 0.0])
def test_joint_works_make_ties_across_neighbourhoods_and_nothing_else_does(by_day):
    certain = {"hours": 0.5, "come": 99.0, "new_tie": 1.0}
    model = opened(BlockAlliance(**WORKS), by_day=by_day, bond=certain)
    model.ties = untied(model)
    model.institutions.posts.host[model.institutions.posts.at("committee")] = 0.0
    bond(model)
    assert (crossing(model) > 0) == (by_day > 0)


def test_its_board_hears_of_needs_where_there_is_a_board():
    told = []
    for mechanisms in ((BlockAlliance(people=0, hearing=0.5),), ()):
        model = opened(ThreePlusXCommittee(), *mechanisms, week=4, deliberate={"attend_others": 99.0})
        model.known.found[:] = 0
        deliberate(model)
        told.append(float(model.known.found.sum()))
    assert told[0] > told[1] == 0
    design = BASE.with_("block_alliance", people=0.0)
    assert ("hearing", "block_alliance") not in design.amended()


# ---------------------------------------------------------------- campus, park and street

LINKED = {"liaison": 20.0, "purse": 100.0, "willing": 1.0}


def test_experts_serve_and_shops_keep_their_frontage_by_way_of_a_liaison():
    model = opened(CampusParkStreet(**LINKED), by_day=0.5)
    supply = staff_supply(model, "subdistrict", model.institutions.posts.rules)
    assert supply[:, Service.ADVICE].sum() > 0
    assert supply[:, Service.CULTURE].sum() == 0
    frontage = model.institutions.compacts[0]
    assert frontage.rule.cause == "conduct"
    assert frontage.paid.max() > 0


def test_students_come_in_term_and_not_in_holidays():
    found = {}
    for week in (1, 20, 27):
        model = opened(CampusParkStreet(**LINKED, term=18), week=week)
        pool = model.volunteers.in_pools[("students",)]
        pool.people[:] = 1.0
        pool.hours[:] = 5.0
        again(model)
        found[week] = hours(model, "student_helper")
    assert found[1] == found[27] > found[20] == 0


@pytest.mark.parametrize("cut", [{"purse": 0.0}, {"liaison": 0.0}])
def test_cut_the_liaison_and_nobody_comes(cut):
    model = opened(CampusParkStreet(**LINKED | cut), by_day=0.5)
    for post in ("student_helper", "campus_expert", "shopkeeper"):
        assert hours(model, post) == 0
    assert not model.institutions.compacts or model.institutions.compacts[0].paid.max() == 0


# ---------------------------------------------------------------- the congress


def at_council(model: GovernanceModel, kind: Kind = Kind.PUBLIC_SPACE, **values) -> int:
    """A public matter that waits for a meeting of the subdistrict and needs nobody's hours."""
    place = {"kind": kind, "level": Level.SUBDISTRICT, "at": Level.SUBDISTRICT, "state": State.COUNCIL}
    return put(model, **(place | {"field": int(Service.VENUE), "resource": 0.0} | values))


def test_the_congress_meets_once_a_year_hears_and_agrees():
    known, agreed = {}, {}
    for week in (48, 52):
        # The office meets every fourth week as well: it is left out, so that only the congress is there.
        mechanism = CommunityCongress(quorum=0.0, agenda=0.0)
        rules = [part for part in mechanism.rules() if not part.null]
        base = [
            rule
            for part in BASE.mechanisms
            for rule in part.rules()
            if not rule.null and rule.name != "office_meeting"
        ]
        model = situation(*base, *rules, week=week, deliberate={"attend_others": 99.0, "attend": 99.0})
        row = at_council(model)
        model.known.found[:] = 0
        deliberate(model)
        known[week], agreed[week] = float(model.known.found.sum()), bool(model.issues.agreed[row])
    assert known[52] > known[48] == 0
    assert (agreed[48], agreed[52]) == (False, True)


def test_departments_take_claimed_cases_first_and_others_later():
    claimed = opened(CommunityCongress(claimed=1, claim=5.0))
    plain = opened(CommunityCongress(claim=0.0))
    order = []
    for model in (claimed, plain):
        rows = np.array(
            [
                put(model, kind=kind, urgency=urgency, state=State.DEPARTMENTS, seen=seen)
                for kind, urgency, seen in (
                    (Kind.REPAIR, 0.1, 0),
                    (Kind.REPAIR, 0.5, 1),
                    (Kind.DISPUTE, 0.9, 0),
                )
            ]
        )
        order.append(np.argsort(-priority(model, rows, line=np.zeros(3, dtype=int))).tolist())
    assert order == [[0, 2, 1], [2, 1, 0]]


def test_a_claim_that_nobody_asks_after_is_none():
    model = opened(CommunityCongress(claimed=1, claim=5.0))
    laid = model.institutions.priorities[0]
    laid.paid = np.zeros(laid.area.n)
    rows = np.array([put(model, kind=Kind.REPAIR, urgency=0.1, state=State.DEPARTMENTS)])
    without = opened(CommunityCongress(claim=0.0))
    put(without, kind=Kind.REPAIR, urgency=0.1, state=State.DEPARTMENTS)
    line = np.zeros(1, dtype=int)
    assert priority(model, rows, line=line) == priority(without, rows, line=line)


# ---------------------------------------------------------------- committees by field


def test_the_committee_for_streets_agrees_to_its_own_field_alone():
    model = opened(SpecialCommittees())
    powers = model.institutions.powers
    bit = 1 << model.institutions.council_names.index("municipal_appearance_committee")
    there = powers.councils[:, Level.SUBDISTRICT] & bit
    assert there[Kind.PUBLIC_SPACE].all()
    assert not there[Kind.RENEWAL].any()


@pytest.mark.parametrize(
    ("mechanism", "called", "others"),
    [
        (SpecialCommittees(), Kind.SAFETY, Kind.SANITATION),
        (CoordinationMeetings(), Kind.SANITATION, Kind.RENEWAL),
    ],
)
def test_departments_of_its_own_cases_are_called_together(mechanism, called, others):
    model = opened(mechanism)
    lines = {"line": (Line.HOUSING, Line.URBAN_MANAGEMENT, -1), "wait": (2.0, 2.0, NEVER)}
    lines |= {"share": (0.3, 0.3, 0.0), "state": State.MOVING, "at": Level.SUBDISTRICT}
    rows = [put(model, kind=kind, level=Level.SUBDISTRICT, agreed=True, **lines) for kind in (called, others)]
    route(model)
    assert model.issues.joint[rows].tolist() == [True, False]
    assert model.institutions.ledger.hours["summons"] == pytest.approx(1.5)


def test_mediators_take_up_disputes_and_without_members_nobody_does():
    worked = {}
    for willing in (1.0, 0.0):
        model = opened(SpecialCommittees(willing=willing, mediators=2.0, members=0.0))
        place = {"state": State.SERVICE, "at": Level.NEIGHBOURHOOD, "work": 9.0}
        server = model.institutions.posts.at("committee").start
        put(model, kind=Kind.DISPUTE, server=server, **place)
        put(model, kind=Kind.REPAIR, server=server, **place)
        deliver(model)
        spent = model.institutions.ledger.spent["handling"]
        worked[willing] = float(spent[model.institutions.posts.at("conflict_mediator")].sum())
    assert worked[1.0] == pytest.approx(4.0)  # two of them, two hours each, on the dispute
    assert worked[0.0] == 0


def test_members_of_associations_serve_and_host_in_their_own_hours():
    model = opened(SpecialCommittees(willing=1.0, mediators=0.0))
    volunteers = hours(model, "volunteers")
    without = hours(opened(SpecialCommittees(willing=1.0, mediators=0.0, members=0.0)), "volunteers")
    given = hours(model, "association_member")
    assert given > 0
    assert volunteers + given == pytest.approx(without)  # nobody's hours are made
    match(model)
    assert model.institutions.ledger.spent["care"][
        model.institutions.posts.at("association_member")
    ].sum() == pytest.approx(0.6 * given)


# ---------------------------------------------------------------- coordination meetings


def test_the_conflict_meeting_gives_units_what_stands_in_the_way_and_nothing_else():
    model = opened(CoordinationMeetings(conflict_hours=3.0))
    without = opened(CoordinationMeetings(conflict_hours=0.0))
    assert hours(without, "office") - hours(model, "office") == pytest.approx(3.0)
    serve_units(model)
    given = model.accounts.received.sum(0)
    assert given[[Want.ORDER, Want.PARKING]].sum() > 0
    assert given.sum() == pytest.approx(given[[Want.ORDER, Want.PARKING]].sum())


def test_an_office_without_hours_holds_no_conflict_meeting():
    model = opened(CoordinationMeetings(conflict_hours=40.0))
    office = model.institutions.posts.at("office")
    upkeep = model.institutions.ledger.spent["upkeep"][office].sum()
    assert model.institutions.ledger.left[office].sum() == pytest.approx(0)
    assert hours(model, "conflict_meeting") == pytest.approx(40.0 - upkeep)  # what it had left, and no more


def test_the_development_meeting_stands_beside_the_others_for_public_matters():
    model = opened(CoordinationMeetings())
    assert "development_meeting" in model.institutions.council_names
    cut = opened(CoordinationMeetings(slots=0.0))
    assert "development_meeting" not in cut.institutions.council_names
