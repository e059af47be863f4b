"""Lists, alliances, lifts and renewal: what they reach and through what; what is left when that is cut."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.mechanisms import HomeRenewal, LiftProgramme, RedBlackList, RedPropertyAlliance
from cogov.processes.arise import arise
from cogov.processes.books import open_books
from cogov.processes.firms import firms_decide, owners_decide
from cogov.processes.projects import projects
from cogov.processes.sittings import hold_sittings
from cogov.processes.wishes import wished
from cogov.rules import OwnersConsent, Programme
from cogov.state.causes import Causes
from cogov.terms import Cause
from tests.helpers import post, situation

FIRM = post("firm", area="compound", staffed_by="firm", handles=("repair",))
OFFICE = post("office", area="subdistrict", heads=4, hours=40)


# ---------------------------------------------------------------- the red and black list


def judged(listed: RedBlackList | None, owners: bool = True):
    """A quarter's end: the first of three firms lost its cases, the second did well, the third fairly."""
    rules = listed.rules() if listed else ()
    firms = {"replace_rate": 1.0, "replace_hours": 0.0}
    model = situation(
        post(),
        FIRM,
        OFFICE,
        *rules,
        week=13,
        profile={"compounds_per_firm": 2.0},
        firms=firms,
    )
    model.homes.firm[:] = [0, 1, 2, 0, 1, 2]
    model.firms.reputation[:] = 0.5
    committees = model.community.owners_committees
    committees.competence[:] = 1.0 if owners else 0.0
    committees.compound[:] = np.arange(len(committees.compound))
    model.residents.trust_firm[:] = 0.45  # not so little that owners look for another by themselves
    home = np.zeros(3, dtype=np.int64)
    model.verdicts.cases.add(home, np.array([0, 1, 2]), np.array([0.1, 0.9, 0.6]))
    hold_sittings(model)
    before = model.firms.quality.copy()
    firms_decide(model)
    changed = model.firms.quality - before
    owners_decide(model)
    return model, changed


def test_firms_are_ranked_in_public_by_their_cases_and_the_lowest_stands_on_the_black_list():
    model, _ = judged(RedBlackList())
    assert model.verdicts.score("firms", published=True)[:3].tolist() == pytest.approx([0.1, 0.9, 0.6])
    assert np.flatnonzero(model.verdicts.blacklisted("firms")).tolist() == [0]
    assert model.institutions.ledger.spent["meetings"].sum() == pytest.approx(3)  # an hour a committee
    assert model.institutions.ledger.spent["upkeep"].sum() > 0


def test_owners_of_a_firm_on_the_black_list_take_the_one_of_the_best_name():
    model, _ = judged(RedBlackList())
    without, _ = judged(None)
    assert model.homes.firm[0] == 1
    assert without.homes.firm.tolist() == [0, 1, 2, 0, 1, 2]
    kept, _ = judged(RedBlackList(black=0.0))
    assert kept.homes.firm.tolist() == without.homes.firm.tolist()
    told, _ = judged(RedBlackList(publish=False))
    assert not told.verdicts.blacklisted("firms").any()


def test_a_firm_does_better_where_owners_could_give_its_contracts_to_another():
    (_, with_list), (_, bare) = judged(RedBlackList()), judged(None)
    assert (with_list[:3] > bare[:3]).all()
    _, unweighed = judged(RedBlackList(weight=0.0))
    np.testing.assert_array_equal(unweighed, bare)


def test_cut_the_owners_committees_and_the_list_does_nothing():
    (model, with_list), (without, bare) = judged(RedBlackList(), owners=False), judged(None, owners=False)
    assert model.verdicts.blacklisted("firms").any()
    np.testing.assert_array_equal(with_list, bare)
    np.testing.assert_array_equal(model.homes.firm, without.homes.firm)


def test_who_did_as_well_as_the_best_is_on_no_black_list():
    model, _ = judged(None)
    model.verdicts.cases.add(np.zeros(2, np.int64), np.array([0, 1]), np.array([0.7, 0.7]))
    everybody, _ = judged(RedBlackList(black=1.0))
    assert everybody.verdicts.blacklisted("firms")[:3].tolist() == [True, False, True]


# ---------------------------------------------------------------- the alliance


def staffed(week: int = 15, emergencies: int = 0, budget: float = 150.0, **values):
    """Hours of firms in the week after so many emergencies were noticed."""
    rules = RedPropertyAlliance(**({"standby": 10.0, "purse": budget} | values)).rules()
    model = situation(post(), FIRM, OFFICE, *rules, week=week)
    model.alarms.noticed[0, :] = 0
    model.alarms.noticed[0, 0] = emergencies
    model.week += 1
    open_books(model)
    return model, float(model.institutions.ledger.available[model.institutions.posts.at("firm")].sum())


def test_in_a_surge_firms_work_overtime_as_far_as_somebody_pays():
    calm, usual = staffed()
    struck, more = staffed(emergencies=30)
    heads = 10.0 * calm.places.households / 10_000
    assert more - usual == pytest.approx(40 * heads)
    wages = struck.purses.account("alliance_pledge").spent.sum() / 100
    assert wages == pytest.approx(40 * 60 * heads, abs=1)
    assert calm.purses.account("alliance_pledge").spent.sum() == 0
    _, poor = staffed(emergencies=30, budget=13.0)
    assert usual < poor < usual + 0.2 * (more - usual)


def test_cut_the_pledge_and_a_surge_changes_nothing():
    assert staffed(emergencies=30, standby=0.0)[1] == staffed(standby=0.0)[1]


def test_lent_people_leave_their_compounds_and_some_hours_on_the_way():
    model, left = staffed(lend=0.1)
    _, whole = staffed()
    posts, ledger = model.institutions.posts, model.institutions.ledger
    assert left == pytest.approx(0.9 * whole + 0.01 * whole)  # what is lost on the way was theirs
    assert ledger.available[posts.at("specialists")].sum() == pytest.approx(0.09 * whole)
    assert "specialists" not in staffed()[0].institutions.positions


def test_others_join_after_some_weeks():
    model, _ = staffed(joining=10)
    active = {laid.rule.name: bool(laid.active.all()) for laid in model.institutions.exchanges}
    assert active == {"alliance": False, "alliance_joined": True}
    early, _ = staffed(week=5, joining=10)
    active = {laid.rule.name: bool(laid.active.all()) for laid in early.institutions.exchanges}
    assert active == {"alliance": True, "alliance_joined": False}


# ---------------------------------------------------------------- lifts


def talking(week: int = 9, **values):
    """Buildings that talk about a lift, in the week of a round of meetings."""
    worth = {"third_floor": 1e6, "floor_above": 1e6, "nuisance": 0, "spread": 0, "first_vote": 9}
    rules = LiftProgramme(**({"promote": 1.0, "slots": 1.0, "every": 1} | values)).rules()
    office = post("office", area="subdistrict", heads=1, hours=40)
    model = situation(post(), office, *rules, week=8, projects={"consent": worth})
    projects(model)
    assert model.works.projects
    model.week = week
    open_books(model)
    projects(model)
    return model


def booked(model, name: str) -> float:
    return float(model.institutions.ledger.spent["meetings"][model.institutions.posts.at(name)].sum())


def test_organisers_hold_the_talks_in_place_of_the_committee_while_they_have_hours():
    alone, helped = talking(), talking(organisers=20.0, purse=1e4)
    assert booked(alone, "committee") > 0
    assert booked(helped, "committee") == 0
    assert booked(helped, "lift_organiser") == booked(alone, "committee")
    assert helped.purses.account("lift_organisers").spent.sum() > 0
    short = talking(organisers=20.0, purse=1e4, organiser_hours=0.1)
    assert booked(short, "committee") == booked(alone, "committee")


def test_a_handbook_saves_meetings_as_far_as_it_is_kept_true():
    plain, guided = talking(), talking(handbook=0.4)
    known, stale = (
        model.works.projects[0].talk.rule.guided for model in (guided, talking(handbook=0.4, editing=40))
    )
    assert known == pytest.approx(0.4)
    assert stale < 0.4
    takes = [model.works.projects[0].talk.takes(8) for model in (plain, guided)]
    assert takes == [8, 5]


def test_a_lift_in_sight_makes_owners_begin():
    model, blind = (
        situation(post(), OFFICE, *LiftProgramme(seen=seen, near=0.0).rules()) for seen in (1.0, 0.0)
    )
    site = np.arange(len(model.places.buildings))
    before = wished(model, model.institutions.programmes[0], site)
    for one in (model, blind):
        one.works.add("lift", 0, programme="lift_programme")
    ratio = wished(model, model.institutions.programmes[0], site) / before
    np.testing.assert_allclose(ratio, np.where(model.places.building_compound == 0, 2.0, 1.0))
    np.testing.assert_allclose(wished(blind, blind.institutions.programmes[0], site), before)


def test_permits_may_be_asked_for_together():
    for parallel in (False, True):
        programme = next(
            rule for rule in LiftProgramme(parallel=parallel).rules() if isinstance(rule, Programme)
        )
        assert programme.parallel is parallel


# ---------------------------------------------------------------- renewal


def renewed(weeks: int = 40, **values):
    """What becomes of compounds that all apply at once, in so many weeks."""
    quick = {"promote": 1.0, "slots": 9.0, "stairs": 0.0, "permits": 0, "every": 1, "applying": 0.0}
    quick |= {"shortest": 9, "longest": 9, "meeting_hours": 0.0, "purse": 1e5, "consent": "civil_code"}
    worth = {"work_worth": 5_000.0, "work_nuisance": 0.0, "first_vote": 1}
    rules = HomeRenewal(**(quick | values)).rules()
    model = situation(post(), OFFICE, *rules, week=4, projects={"consent": worth})
    strained = 0.0
    for model.week in range(4, 4 + weeks):
        open_books(model)
        projects(model)
        strained = max(strained, float(model.causes.strain.max()))
    return model, strained


def test_renewal_mends_what_breeds_repairs_in_homes_in_bad_condition():
    model, strained = renewed()
    worn = model.institutions.community.places.compounds.old
    stands = model.works.standing("renewal")
    assert stands.tolist() == worn.tolist()  # those that were surveyed as bad
    assert (model.causes.level[Cause.FABRIC][stands] == 0.15).all()
    assert (model.causes.level[Cause.CHARGING][stands] == 0.15).all()
    assert (model.causes.level[Cause.FABRIC][~stands] > 0.15).all()
    assert strained == 0.5
    assert not model.causes.strain.any()  # works are over
    homes = np.diff(model.places.compound_households)[stands].sum()
    assert model.purses.account("home_renewal").spent.sum() == 10_000_00 * homes


def test_cut_the_money_and_nothing_is_mended():
    model, strained = renewed(purse=1e-3)
    assert not model.works.standing("renewal").any()
    assert strained == 0


def test_noise_and_dust_bring_issues_while_works_last_and_no_others():
    model, _ = renewed(weeks=1)
    calm, struck = Causes(model.places, model.parameters.arise.causes), model.causes
    struck.strain_by(Cause.CONDUCT, np.ones(6))
    number, compound = np.full(6, 0.9), np.arange(6)
    assert struck.breed(np.full(6, int(Cause.CONDUCT)), compound, number).all()
    assert not calm.breed(np.full(6, int(Cause.CONDUCT)), compound, number).any()
    others = np.full(6, int(Cause.FABRIC))
    np.testing.assert_array_equal(
        struck.breed(others, compound, number), calm.breed(others, compound, number)
    )
    arise(model)


def test_a_stairway_is_done_up_for_little_and_mends_its_light():
    model, _ = renewed(slots=0.0, stairs=9.0)
    assert model.works.standing("stairs").all()
    assert (model.causes.level[Cause.LIGHTING] == 0.15).all()
    assert (model.causes.level[Cause.FABRIC] > 0.15).all()
    spent = model.purses.account("home_renewal").spent.sum()
    assert spent == 100_00 * model.places.households


def test_the_law_of_the_date_is_for_lifts_and_renewal_goes_by_the_civil_code():
    """The profile's law is that for added lifts: nearly all in Wuliqiao, where no home was ever renewed."""
    laws = {
        kind: next(rule for rule in kind().rules() if isinstance(rule, OwnersConsent)).law
        for kind in (LiftProgramme, HomeRenewal)
    }
    assert laws == {LiftProgramme: "date", HomeRenewal: "civil_code"}
