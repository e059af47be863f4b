"""Owners, residents and deputies: what they come to with somebody's hours, and without."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.mechanisms import (
    DeputyChannels,
    OwnersCommittees,
    ResidentsCompact,
    SuggestionStation,
    ZeroDistanceCouncil,
)
from cogov.processes.books import open_books
from cogov.processes.fill import fill_posts
from cogov.processes.firms import backing, owners_decide
from cogov.processes.projects import projects
from cogov.processes.proposals import propose_cases
from cogov.processes.route import route
from cogov.processes.uphold import uphold
from cogov.rules import Amend
from cogov.state.issues import State
from cogov.terms import Cause, Kind, Level
from tests.helpers import post, put, situation

COMMITTEE = post(heads=5, hours=40)
OFFICE = post("office", area="subdistrict", heads=10, hours=40)
DISTRICT = post("district", area="district", heads=5, hours=40)
VOLUNTEERS = post("volunteers", handles=(), heads=5)


# ---------------------------------------------------------------- owners' committees


def owned(where=1.0, **parameters):
    """A quarter in which all distrust their firm, after the secretaries have been found."""
    rules = OwnersCommittees(weeks_to_fill=0, purse=1000.0, **parameters).rules()
    shares = {"owners_committee_old": where, "owners_committee_new": where}
    chance = {"replace_rate": 1.0, "replace_below": 1.0}
    model = situation(COMMITTEE, *rules, week=13, profile=shares, firms=chance)
    model.community.owners_committees.competence[:] = 0.0
    return model


def changed(**parameters):
    """How many of the committees get another firm over many quarters, their firm being distrusted in each."""
    model = owned(**parameters)
    model.firms.reputation[:] = 0.9
    for _ in range(6):
        model.week += 13
        open_books(model)
        model.residents.trust_firm[:] = 0.1
        owners_decide(model)
    return model.tally.total.get("firms_replaced", 0)


def fully(model):
    fill_posts(model)
    open_books(model)
    return model


def test_a_secretary_and_guidance_do_what_a_committee_lacks():
    helped = backing(fully(owned()))
    with_committee = owned().places.compounds.owners_committee >= 0
    assert with_committee.all()
    assert helped == pytest.approx(1 - (1 - 0.5) * (1 - 0.15))
    assert changed(gain=1.0) > changed(secretaries=0.0, guidance=0.0) == 0


def test_without_owners_committees_nobody_is_helped_and_no_hours_go_there():
    model = fully(owned(where=0.0))
    spent = model.institutions.ledger.spent.get("upkeep", np.zeros(1))
    assert not spent[model.institutions.posts.at("executive_secretary")].any()
    assert changed(where=0.0, gain=1.0) == 0


def test_a_secretary_without_hours_helps_nobody():
    assert backing(fully(owned(hours=0.0))) == pytest.approx(0.15)
    assert (backing(fully(owned(hours=1.0))) < 0.3).all()


# ---------------------------------------------------------------- compacts


def kept(weeks=60, trust=0.8, alone=0, **parameters):
    """Years of compacts, for the last of which (``alone``) nobody has time to remind."""
    model = situation(VOLUNTEERS, *ResidentsCompact(**parameters).rules(), week=0)
    model.residents.trust_neighbours[:] = trust
    for week in range(weeks + alone):
        model.week += 1
        if week == weeks:
            model.institutions.posts.gross[:] = 0
        open_books(model)
        uphold(model)
    return model


def test_a_compact_holds_down_what_conduct_and_parking_breed_where_somebody_reminds():
    model = kept()
    relief = model.causes.relief
    assert (relief[Cause.CONDUCT] > 0.2).all()
    assert (relief[Cause.PARKING] < relief[Cause.CONDUCT]).all()
    assert (relief[Cause.PARKING] > 0).all()
    assert not relief[Cause.FABRIC].any()
    assert not kept(conduct=0.0).causes.relief[Cause.CONDUCT].any()
    assert not kept(remind=0.0).causes.relief.any()


def test_reminded_of_no_longer_it_erodes_among_strangers():
    strangers, friends = (kept(trust=trust, alone=300).causes.relief[Cause.CONDUCT] for trust in (0.0, 1.0))
    assert (strangers < 0.05).all()
    assert (friends > 0.2).all()


# ---------------------------------------------------------------- deputies


def proposed(weeks=4, filled=1.0, district=DISTRICT, **parameters):
    """A case of the district that has just begun its way up, in a month in which deputies meet."""
    model = situation(
        COMMITTEE, OFFICE, district, *DeputyChannels(**parameters).rules(), week=4, route={"loss": 0.0}
    )
    institutions = model.institutions
    institutions.posts.filled[institutions.posts.at("deputy")] = filled
    open_books(model)
    row = put(
        model, kind=Kind.SAFETY, level=Level.DISTRICT, state=State.MOVING, at=Level.NEIGHBOURHOOD, seen=1
    )
    for _ in range(weeks // 4):
        propose_cases(model)
        model.week += 4
        open_books(model)
    return model, row


def test_what_a_deputy_brings_is_before_the_district_at_once_and_has_a_day():
    model, row = proposed(cases=12.0)
    assert model.issues.at[row] == Level.DISTRICT
    assert model.issues.due[row] == 4 + 13
    route(model)
    assert model.issues.state[row] == State.SERVICE
    assert model.tally.total["proposed"] == 1


@pytest.mark.parametrize(
    "cut", [{"cases": 0.0}, {"filled": 0.0}, {"cases": 12.0, "answer": 100.0, "weeks": 4}]
)
def test_without_deputies_or_an_answer_it_takes_every_step(cut):
    cut = dict(cut)
    weeks = cut.pop("weeks", 4)
    district = post("district", area="district", heads=1, hours=40)
    model, row = proposed(weeks=weeks, district=district, **cut)
    assert model.issues.at[row] == Level.NEIGHBOURHOOD
    assert np.isinf(model.issues.due[row])


def test_deputies_sit_in_the_home_council_where_there_is_one():
    seats = DeputyChannels().rules()[-1]
    assert isinstance(seats, Amend)
    council = ZeroDistanceCouncil(slots=1.0).rules()
    with_them, without = (
        situation(COMMITTEE, OFFICE, DISTRICT, *council, *DeputyChannels(seat=seat).rules())
        for seat in (True, False)
    )
    number = [len(model.institutions.councils[0].holder) for model in (with_them, without)]
    assert number[0] == number[1] + len(with_them.places.neighbourhoods)


# ---------------------------------------------------------------- suggestions


def suggested(cases=40, weeks=156, **parameters):
    """Years in which many cases of one cause stand in every compound, and owners agree."""
    easy = {"suggested": 0.1, "permits": 0, "works": 1000.0, "staff": 20.0} | parameters
    agree = {"consent": {"first_vote": 1, "work_worth": 50_000.0}}
    model = situation(
        COMMITTEE, OFFICE, *SuggestionStation(**easy).rules(), week=0, projects=agree, profile={"venues": 0}
    )
    places = model.places
    for compound in range(len(places.compounds)):
        put(
            model,
            household=int(places.compound_households[compound]),
            kind=Kind.SAFETY,
            cause=int(Cause.CHARGING),
            state=State.MOVING,
            copies=cases,
        )
    for _ in range(weeks):
        model.week += 1
        open_books(model)
        projects(model)
    return model


def test_what_stands_again_and_again_is_suggested_and_its_cause_mended():
    model = suggested()
    built = [work.what for work in model.works.built if work.programme]
    assert "shed" in built
    assert "parking" not in built  # no case of it stands
    mended = model.causes.level[Cause.CHARGING] <= 0.1 + 1e-9
    assert mended.sum() == built.count("shed")


@pytest.mark.parametrize("cut", [{"suggested": 0.0}, {"staff": 0.0}, {"works": 0.0}])
def test_without_suggestions_a_station_or_money_nothing_is_mended(cut):
    model = suggested(weeks=104, **cut)
    assert not [work for work in model.works.built if work.programme]
    assert (model.causes.level[Cause.CHARGING] > 0.4).all()


def test_a_station_without_hours_works_nothing_out():
    model = suggested(weeks=52, working_out=400.0, staff=0.01)
    assert model.works.projects
    assert {project.stage for project in model.works.projects} == {"plan"}
