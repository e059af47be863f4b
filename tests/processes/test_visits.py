"""Practices spread by being seen, run once they were set up, and help where they fit; hosts teach."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.kit.errors import CogovError
from cogov.processes.books import open_books
from cogov.processes.visits import hold_visits, hosts
from cogov.rules import Amend, Position, Practice, Visit, Where
from cogov.state.issues import State
from cogov.terms import Capability, Site
from tests.helpers import post, put, situation

PROFILE = {"neighbourhoods": 4, "compounds": 8}
GARDEN = Practice(name="garden", sites=("N01",), setup=8.0, visible=1.0)
TOUR = Visit(name="tour", to="turn", number=4, every=1, hours=1.0, host_hours=1.0, adopt=1.0)
RESULT = Amend(
    name="result", of=Position, target="committee", field="competence", by=0.5, where=Where(practice="garden")
)


def weeks(model, n):
    for _ in range(n):
        model.week += 1
        open_books(model)
        hold_visits(model)
    model.week += 1
    open_books(model)


def at(*rules, hours=10, week=0, **values):
    model = situation(post(hours=hours), *rules, week=week, profile=PROFILE, **values)
    model.secretaries.site[:] = [Site.OLD_PUBLIC, Site.OLD_PUBLIC, Site.COMMERCIAL, Site.COMMERCIAL]
    return model


def competence(model):
    return model.institutions.posts.competence[model.institutions.posts.at("committee")]


def test_a_practice_is_seen_taken_up_set_up_and_then_works():
    model = at(GARDEN, TOUR, RESULT)
    weeks(model, 1)
    assert model.practices.held("garden").sum() == 1
    assert model.practices.seen["garden"].all()
    assert (competence(model) > 0.6).sum() == 1
    weeks(model, 2)
    assert model.practices.held("garden").all()
    np.testing.assert_allclose(competence(model), 0.8)


def test_setting_up_takes_the_hours_it_says():
    model = at(GARDEN, TOUR)
    model.week = 1
    open_books(model)
    hold_visits(model)
    # each hosts an hour and goes to the three others, and sets up for four hours of the eight
    assert model.practices.to_do["garden"].tolist() == [0, 4, 4, 4]
    ledger, committee = model.institutions.ledger, model.institutions.posts.at("committee")
    spent = (ledger.available - ledger.left)[committee]
    np.testing.assert_allclose(spent, [4, 8, 8, 8])


def test_cut_nobody_visits_and_nothing_is_copied():
    model = at(GARDEN, RESULT)
    weeks(model, 30)
    assert model.practices.held("garden").sum() == 1
    assert model.practices.seen["garden"].sum() == 1


def test_cut_no_hours_and_nothing_is_seen_or_set_up():
    model = at(GARDEN, TOUR, RESULT, hours=0.001)
    weeks(model, 30)
    assert model.practices.held("garden").sum() == 1


def test_cut_where_it_does_not_fit_it_costs_the_same_and_brings_nothing():
    model = at(GARDEN.updated({"fits": ("old_public",)}), TOUR, RESULT)
    weeks(model, 4)
    assert model.practices.held("garden").all()
    np.testing.assert_allclose(competence(model), [0.8, 0.8, 0.6, 0.6])


def test_who_judges_well_does_not_take_up_what_does_not_fit():
    model = at(GARDEN.updated({"fits": ("old_public",)}), TOUR.updated({"misjudge": 0.0}), RESULT)
    weeks(model, 20)
    assert model.practices.held("garden").tolist() == [True, True, False, False]


def test_what_is_not_visible_is_not_copied():
    model = at(GARDEN.updated({"visible": 0.0}), TOUR)
    weeks(model, 20)
    assert model.practices.held("garden").sum() == 1


def test_hosts_teach_those_who_come_and_know_them():
    lessons = {"to": "veterans", "number": 1, "teach": 0.5, "host_hours": 60.0, "hours": 8.0}
    model = at(TOUR.updated(lessons), hours=80)
    model.secretaries.tenure[:] = [9, 1, 1, 1]
    model.secretaries.level[0] = 0.9
    before = model.secretaries.level.copy()
    weeks(model, 3)
    gained = model.secretaries.level - before
    assert not gained[0].any()
    assert (gained[1:, :, Site.OLD_PUBLIC] > 0).all()
    # the mentor's kind of place is that of the second neighbourhood, and not of the others
    own = [gained[row, Capability.EMPATHY, model.secretaries.site[row]] for row in (1, 2, 3)]
    assert own[0] > own[1]


def test_cut_without_joint_hours_nobody_learns_from_a_host():
    model = at(TOUR.updated({"teach": 0.5, "host_hours": 0.0}))
    before = model.secretaries.level.copy()
    weeks(model, 5)
    np.testing.assert_array_equal(model.secretaries.level, before)


def test_the_best_are_those_with_fewest_open_issues_on_record():
    model = at(TOUR.updated({"to": "best", "number": 1}))
    household = model.places.neighbourhood_households
    for row in (0, 1, 3):
        put(model, household=int(household[row]), state=State.MOVING, seen=1, hotline=True)
    for _ in range(9):  # unknown to everybody
        put(model, household=int(household[2]))
    assert hosts(model, model.institutions.visits[0]).tolist() == [2]


def test_hosts_by_name_must_be_there():
    with pytest.raises(CogovError, match="no compound or neighbourhood 'N77'"):
        at(Visit(name="tour", to="named", sites=("N77",)))
    with pytest.raises(CogovError, match="sites are given"):
        Visit(name="tour", sites=("N01",))


def test_pilots_are_of_those_it_fits_and_the_same_under_every_design():
    garden = Practice(name="garden", pilots=2, fits=("old_public", "mixed"))
    one, other = (situation(post(), *rules, garden, profile=PROFILE) for rules in ((), (TOUR,)))
    held = one.practices.held("garden")
    np.testing.assert_array_equal(held, other.practices.held("garden"))
    fitting = garden.fitting(one.secretaries.site)
    assert held.sum() == min(2, fitting.sum())
    assert not (held & ~fitting).any()


def test_a_practice_that_nobody_holds_and_a_visit_that_brings_nothing_are_none():
    assert Practice(name="garden").null
    assert Visit(name="tour", adopt=0.0).null


def test_rules_of_a_practice_that_the_design_does_not_have_are_never_in_force():
    model = at(RESULT)
    weeks(model, 2)
    np.testing.assert_allclose(competence(model), 0.6)
