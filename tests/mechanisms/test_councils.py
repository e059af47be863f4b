"""Councils: who sits there, what is settled at the table, and what is left without the people of it."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.mechanisms import (
    GeneralBranch,
    LiftProgramme,
    ThreeMeetings,
    ThreePlusXCommittee,
    Troika,
    ZeroDistanceCouncil,
)
from cogov.processes.books import open_books
from cogov.processes.deliberate import deliberate
from cogov.processes.offers import on_list
from cogov.processes.route import route
from cogov.processes.sittings import hold_sittings
from cogov.rules import Scope
from cogov.state.issues import State
from cogov.terms import Kind, Level, Service
from tests.helpers import post, put, situation

ALL_COME = {"attend": 50.0, "attend_tie": 0.0, "attend_rank": 0.0, "attend_others": 50.0, "facilitation": 0.0}
OFFICE = post("office", area="subdistrict", heads=10, hours=40)
COMMITTEE = post(heads=5, hours=40)
FIRM = post("firm", area="compound", handles=("property_conflict",))
VOLUNTEERS = post("volunteers", handles=())


def held(*rules, weeks=0, deliberately=None, **more):
    """A community after so many weeks of meetings alone."""
    model = situation(COMMITTEE, OFFICE, *rules, week=0, deliberate=deliberately or ALL_COME, **more)
    for _ in range(weeks):
        model.week += 1
        open_books(model)
        hold_sittings(model)
        deliberate(model)
    return model


# ---------------------------------------------------------------- general branch


def listed(model, name="told_by_members"):
    """Share of what each unit offers that is on a list."""
    laid = next(entry for entry in model.institutions.listings if entry.rule.name == name)
    visible, home = on_list(model, laid, model.offers.weekly)
    offered = model.offers.weekly.sum(1)
    return np.divide(visible.sum(1), offered, out=np.zeros(len(offered)), where=offered > 0), home


def branch(weeks=104, **parameters):
    model = held(*GeneralBranch(**parameters).rules(), weeks=0)
    model.contacts._of_units[:] = 0  # nobody knows anybody yet
    for _ in range(weeks):
        model.week += 1
        open_books(model)
        deliberate(model)
    return model


def seated(model):
    council = next(entry for entry in model.institutions.councils if entry.rule.name == "branch_meeting")
    return np.unique(council.unit[council.unit >= 0])


def test_a_units_member_makes_it_known_to_its_own_neighbourhood_and_no_other():
    model = branch(members=1)
    mine = seated(model)
    others = np.setdiff1d(np.arange(len(model.units)), mine)
    assert len(mine)
    assert len(others)
    share, home = listed(model)
    assert (share[mine] > 0.3).all()
    assert not share[others].any()
    assert (home[mine] == model.units.neighbourhood[mine]).all()
    assert model.offers.given[mine].sum() > 0  # a seat takes the unit's hours


def test_without_hours_together_nothing_is_known_and_what_was_is_forgotten():
    model = branch()
    mine = seated(model)
    known = listed(model)[0][mine]
    assert not listed(branch(hours=0.0))[0].any()
    for _ in range(26):  # nobody meets
        model.week += 1
        open_books(model)
    later = listed(model)[0][mine]
    assert (later < 0.8 * known).all()


def test_the_rank_of_the_unit_keeps_no_member_away():
    odds = ALL_COME | {"attend": 5.0, "attend_rank": 50.0}
    model = held(*GeneralBranch().rules(), deliberately=odds)
    model.units.rank[:] = 3
    model.week = 4
    open_books(model)
    deliberate(model)
    assert model.tally.total["seats_present"] == model.tally.total["seats"]


def test_what_units_gave_is_reviewed_once_a_year_and_only_their_superior_hears():
    model = held(*GeneralBranch().rules(), weeks=52)
    mine = seated(model)
    score = model.verdicts.score("units")
    assert (score[mine] > 0.9).all()  # they came each time
    assert np.isnan(model.verdicts.score("units", published=True)).all()
    assert np.isnan(np.delete(score, mine)).all()
    assert model.institutions.payoff("units", "appraisal").max() == pytest.approx(0.3)
    assert "appraisal" not in {
        rule.name for rule in GeneralBranch(weight=0.0).rules() if not rule.null and rule.kind == "payoff"
    }


# ---------------------------------------------------------------- troika


def conflicts(firm=True, share=(0.0, 0.0, 0.0), line=(-1, -1, -1), **parameters):
    """A property conflict that the subdistrict would decide in every compound, after a session about it."""
    rules = Troika(**parameters).rules()
    model = situation(COMMITTEE, OFFICE, FIRM, VOLUNTEERS, *rules, week=2, deliberate=ALL_COME)
    places = model.places
    if not firm:
        model.homes.firm[:] = -1
    rows = [
        put(
            model,
            household=int(places.compound_households[compound]),
            kind=Kind.PROPERTY_CONFLICT,
            level=Level.SUBDISTRICT,
            state=State.MOVING,
            at=Level.NEIGHBOURHOOD,
            target=Level.SUBDISTRICT,
            share=share,
            line=line,
        )
        for compound in range(len(places.compounds))
    ]
    deliberate(model)
    route(model)
    return model, np.array(rows)


def test_what_three_own_is_settled_where_all_three_are_and_goes_up_where_one_is_missing():
    model, rows = conflicts()
    has = model.places.compounds.owners_committee >= 0
    assert has.any()
    assert not has.all()
    assert (model.issues.at[rows[has]] == Level.COMPOUND).all()
    assert (model.issues.at[rows[~has]] > Level.NEIGHBOURHOOD).all()
    booked = model.institutions.ledger.spent["meetings"]
    for name in ("committee", "firm", "volunteers"):
        assert booked[model.institutions.posts.at(name)].sum() > 0


def test_without_the_firm_or_a_session_everything_goes_up():
    for model, rows in (conflicts(firm=False), conflicts(slots=0.0)):
        assert (model.issues.at[rows] > Level.NEIGHBOURHOOD).all()


def test_two_of_three_may_be_said_to_be_enough():
    model, rows = conflicts(needed=0.5)
    assert (model.issues.at[rows] == Level.COMPOUND).all()


def test_what_departments_must_do_stays_with_them():
    model, rows = conflicts(share=(2.0, 0.0, 0.0), line=(0, -1, -1))
    assert (model.issues.at[rows] > Level.NEIGHBOURHOOD).all()


# ---------------------------------------------------------------- home council, three meetings, 3+X


def up(kind, rules, weeks=4):
    """One case of a kind in every compound that the subdistrict would decide, after a meeting."""
    model = situation(COMMITTEE, OFFICE, FIRM, VOLUNTEERS, *rules, week=weeks, deliberate=ALL_COME)
    places = model.places
    rows = [
        put(
            model,
            household=int(places.compound_households[compound]),
            kind=kind,
            level=Level.SUBDISTRICT,
            state=State.MOVING,
            at=Level.NEIGHBOURHOOD,
            target=Level.SUBDISTRICT,
        )
        for compound in range(len(places.compounds))
    ]
    deliberate(model)
    route(model)
    return model, np.array(rows)


def test_at_the_home_council_owners_and_firm_settle_what_lies_between_them():
    model, rows = up(Kind.PROPERTY_CONFLICT, ZeroDistanceCouncil(cases=5.0).rules())
    has = model.places.compounds.owners_committee >= 0
    assert (model.issues.at[rows[has]] == Level.NEIGHBOURHOOD).all()
    assert (model.issues.at[rows[~has]] == Level.SUBDISTRICT).all()
    for model, rows in (
        up(Kind.PROPERTY_CONFLICT, ZeroDistanceCouncil().rules()),
        up(Kind.DISPUTE, ZeroDistanceCouncil(cases=5.0).rules()),
    ):
        assert (model.issues.at[rows] == Level.SUBDISTRICT).all()


def test_coordination_keeps_disputes_in_the_neighbourhood_as_far_as_it_gets_through_them():
    model, rows = up(Kind.DISPUTE, ThreeMeetings(disputes=1.0).rules())
    kept = model.issues.at[rows] == Level.NEIGHBOURHOOD
    assert kept.sum() == len(model.places.neighbourhoods)
    model, rows = up(Kind.DISPUTE, ThreeMeetings(disputes=0.0).rules())
    assert (model.issues.at[rows] == Level.SUBDISTRICT).all()


def test_a_hearing_re_fits_plans_to_those_who_object():
    for refit in (0.0, 0.4):
        rules = (*LiftProgramme(revision=0.0).rules(), *ThreeMeetings(refit=refit).rules())
        model = situation(COMMITTEE, OFFICE, VOLUNTEERS, *rules)
        laid = model.institutions.consents["lift_programme"]
        assert laid.value("revision") == pytest.approx(refit)


def block(x_seats, wants=True):
    """A public matter of the first neighbourhood at a block's table; one unit elsewhere could do it."""
    rules = ThreePlusXCommittee(x_seats=x_seats, quorum=0.5).rules()
    scope = Scope(name="block", number=3, grouping="adjacent")
    model = situation(COMMITTEE, OFFICE, VOLUNTEERS, scope, *rules, week=4, deliberate=ALL_COME)
    field = Service.CULTURE
    units, areas = model.units, model.institutions.areas["block"]
    elsewhere = areas.of_neighbourhood[units.neighbourhood] != areas.of_neighbourhood[0]
    far = int(np.flatnonzero((units.neighbourhood >= 0) & elsewhere)[0])
    model.offers.weekly[:, field] = 0
    if wants:
        units.hours[far] = 0
        units.hours[far, field] = 20
        model.offers.weekly[far, field] = 20
    row = put(
        model,
        kind=Kind.PUBLIC_SPACE,
        field=field,
        level=Level.NEIGHBOURHOOD,
        state=State.COUNCIL,
        at=Level.BLOCK,
        resource=10.0,
    )
    for council in model.institutions.councils:
        council.wants[:] = True
    before = float(model.offers.given[far])
    deliberate(model)
    return model, row, float(model.offers.given[far]) - before


def test_who_has_what_an_item_takes_is_called_to_it():
    called, row, hours = block(x_seats=2)
    assert called.issues.agreed[row]
    alone, row, before = block(x_seats=0)
    assert not alone.issues.agreed[row]
    assert hours > before  # of a seat at its own block's table


def test_nobody_is_called_who_has_nothing_of_it():
    model, row, hours = block(x_seats=2, wants=False)
    assert not model.issues.agreed[row]
    assert hours == block(x_seats=0, wants=False)[2]
