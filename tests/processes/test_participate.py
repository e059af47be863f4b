from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from cogov.community import Ties
from cogov.community.cohorts import Cohort
from cogov.community.ties import FULL
from cogov.processes.bond import Bond
from cogov.processes.fill import fill_posts
from cogov.processes.participate import (
    asked_this_month,
    incline,
    participate,
    usual,
)
from cogov.rules import Boundary
from cogov.terms import COHORTS, Age, Party, Service
from tests.helpers import connect, post, situation, untied

TERMS = (
    "volunteer",
    "vote",
    "member",
    "neighbours",
    "invite",
    "trust",
    "belonging",
    "asked",
    "habit",
    "time",
)
ZERO = dict.fromkeys(TERMS, 0.0) | {"age": [0.0] * 8}
"""Everybody tosses a fair coin."""
VOLUNTEERS = post("volunteers", staffed_by="volunteers", handles=())
SURE = 100.0


def town(*rules, week=4, **parameters):
    """Everybody an idle adult of 30-44 without party or ties; in week 4 it is the turn of rows 0, 4, 8 ..."""
    model = situation(*(rules or (post(), VOLUNTEERS)), week=week, participate=ZERO | parameters)
    residents = model.residents
    residents.age[:] = Age.AGE_30_44
    residents.party[:] = Party.NONE
    residents.volunteering[:] = False
    residents.skill[:] = -1
    residents.free_hours[:] = 10.0
    model.ties = untied(model)
    model.adults_by_building = np.diff(model.places.building_rows)
    look(model)
    return model


def alone(model):
    """Ties of each one of the first cohort to those who volunteer, where there are none."""
    return np.zeros(Cohort(0).size(len(model.residents)), dtype=np.int32)


def look(model):
    """Count everybody anew."""
    given = model.parameters.participate.given
    model.volunteers.look_at(model.residents, model.places, given, *model.institutions.pools())


def share_volunteering(model):
    """Among those whose turn it is."""
    mine = Cohort.in_week(model.week).of(model.residents.volunteering)
    return mine.mean(), 4 * np.sqrt(0.25 / len(mine))


# What moves one person


def test_inclination_of_one_resident():
    ages = [0.0, 0.0, -1.8, -0.6, 0.1, 0.7, 1.2, 0.4]
    model = town(age=ages, member=0.7, trust=1.5, belonging=2.0)
    residents = model.residents
    residents.age[0], residents.party[0] = Age.AGE_70_79, Party.IN_SERVICE
    residents.trust_committee[0], residents.belonging[0] = 0.6, 0.25
    residents.trust_committee[1], residents.belonging[1] = 0.0, 0.0
    found = incline(model, Cohort(0), Cohort(0).of(model.residents.age))
    np.testing.assert_allclose(found[:2], [1.2 + 0.7 + 0.9 + 0.5, -0.6], rtol=1e-6)


@pytest.mark.parametrize(
    ("term", "state", "weight"),
    [("trust", "trust_committee", 2.8), ("belonging", "belonging", 2.8), ("habit", "volunteering", 1.4)],
)
def test_each_term_moves_the_odds(term, state, weight):
    # at a base of -0.5, odds of exp(0.9); half of an inclination tells in beginning, half in going on
    model = town(volunteer=-0.5, **{term: weight})
    getattr(model.residents, state)[:] = 1
    participate(model)
    share, tolerance = share_volunteering(model)
    assert abs(share - expit(0.9)) < tolerance


def test_little_free_time_costs_more():
    model = town(volunteer=1.0, time=4.0)
    model.residents.free_hours[:] = 2.0  # 1 - 4 / 2
    participate(model)
    share, tolerance = share_volunteering(model)
    assert abs(share - expit(-1)) < tolerance
    model.residents.free_hours[:] = 0.0  # no less than half an hour is counted
    participate(model)
    share, tolerance = share_volunteering(model)
    assert abs(share - expit(-7)) < tolerance


def test_neighbours_count_by_the_strength_of_the_tie():
    model = town()
    model.parameters = replace(model.parameters, bond=Bond(circle=0.2))
    assert connect(model.ties, [0, 0, 4], [1, 2, 1], [0.6, 0.2, 0.3]) == 3
    model.residents.volunteering[1] = True
    mine = Cohort(0)
    model.tied_to.volunteers.see(model.ties, model.residents.volunteering)
    near = mine.of(model.tied_to.volunteers.strength)
    np.testing.assert_allclose(near[[0, 4, 8]] / FULL, [0.6, 0.3, 0], rtol=1e-6)
    # against all of one's ties, and 0.2 for oneself: the only neighbour of row 4 is active, not all counts
    np.testing.assert_allclose(usual(model, near, mine)[[0, 4, 8]], [0.6, 0.6, 0], rtol=1e-6)


def test_a_person_follows_active_neighbours():
    model = town(volunteer=-SURE, neighbours=4 * SURE)
    connect(model.ties, [0, 4], [1, 2], [1.0, 1.0])
    model.residents.volunteering[1] = True
    participate(model)
    # all of row 0's neighbours are active, none of row 4's
    assert model.residents.volunteering[[0, 4, 8]].tolist() == [True, False, False]


def test_weak_ties_move_people_less():
    # At a circle of 1 the only tie of row 0 counts 1 / 2, that of row 4 0.3 / 1.3.
    model = town(volunteer=-SURE, neighbours=3 * SURE)
    connect(model.ties, [0, 4], [1, 1], [1.0, 0.3])
    model.residents.volunteering[1] = True
    participate(model)
    assert model.residents.volunteering[[0, 4]].tolist() == [True, False]


@pytest.mark.parametrize("strength", [1.0, 0.4, 0.0])
def test_active_neighbours_ask_as_far_as_they_are_tied(strength):
    # Everybody else's one neighbour is row 1, who is active and asks with hazard 0.8 x strength.
    model = town(volunteer=-SURE, asked=2 * SURE, invite=0.8)
    n = len(model.residents)
    mine = Cohort(0).who(np.ones(n, dtype=bool))[2:]
    slots = np.ones(n, dtype=int)
    slots[1] = len(mine)
    model.ties = Ties.empty(slots)
    model.ties.first[model.ties.near(mine).slot] = 1
    model.ties.first[model.ties.near(np.array([1])).slot] = mine
    empty = model.ties.first == model.ties.owners(np.arange(slots.sum()))
    model.ties.everyday[:] = np.where(empty, 0, round(255 * strength))
    model.ties.weigh()
    model.residents.volunteering[1] = True
    participate(model)
    share, expected = model.residents.volunteering[mine].mean(), 1 - np.exp(-0.8 * strength)
    assert abs(share - expected) <= 4 * np.sqrt(expected * (1 - expected) / len(mine))


def test_who_is_active_already_need_not_be_asked():
    model = town(volunteer=-SURE, asked=2 * SURE, invite=SURE)
    connect(model.ties, [0, 2], [1, 3], [1.0, 1.0])
    model.residents.volunteering[[0, 1, 3]] = True
    participate(model)
    # row 0 gives up, though row 1 would have asked; row 2 begins
    assert model.residents.volunteering[[0, 2]].tolist() == [False, True]


def test_a_quarter_reconsiders_each_week():
    model = town(volunteer=SURE)
    for model.week, done in ((4, [0]), (5, [0, 1]), (7, [0, 1, 3])):
        participate(model)
        active = [Cohort(cohort).of(model.residents.volunteering) for cohort in range(COHORTS)]
        assert [part.all() for part in active] == [cohort in done for cohort in range(COHORTS)]
        assert [part.any() for part in active] == [cohort in done for cohort in range(COHORTS)]


def test_children_never_volunteer():
    model = town(volunteer=SURE)
    model.residents.age[[0, 1, 2]] = [Age.UNDER_12, Age.AGE_12_17, Age.AGE_18_29]
    participate(model)
    assert model.residents.volunteering[[0, 1, 2]].tolist() == [False, False, True]


# Asking


def test_posts_ask_as_many_as_their_hours_reach():
    # 20 hours, half of them for asking, at 0.4 hours each, reach 25 people of each neighbourhood's cohort
    model = town(post(ask=0.5), VOLUNTEERS, ask_hours=0.4)
    adults = np.diff(model.places.neighbourhood_rows) / COHORTS
    asked, _ = asked_this_month(model, Cohort(0), alone(model))
    expected = np.minimum(25 / adults, 1)
    home = model.places.building_neighbourhood[Cohort(0).of(model.residents.building)]
    found = np.bincount(home, asked) / np.bincount(home)
    assert (np.abs(found - expected) < 4 * np.sqrt(expected * (1 - expected) / adults)).all()
    np.testing.assert_allclose(model.institutions.ledger.left[model.institutions.posts.at("committee")], 10)
    assert model.institutions.ledger.hours["asking"] == pytest.approx(30)


def test_two_who_ask_reach_some_people_twice():
    # a post of the subdistrict reaches half of a cohort's adults, another one half of those again
    asking = {"area": "subdistrict", "ask": 1.0, "heads": 1, "hours": 1.0, "handles": ()}
    model = town(post(), VOLUNTEERS, post("one", **asking), post("other", **asking), ask_hours=1.0)
    n = len(model.residents)
    for name in ("one", "other"):
        where = model.institutions.posts.at(name)
        model.institutions.ledger.available[where] = model.institutions.ledger.left[where] = 0.5 * n / COHORTS
    asked, _ = asked_this_month(model, Cohort(0), alone(model))
    assert abs(asked.mean() - 0.75) < 4 * np.sqrt(0.1875 / len(asked))


def test_asking_twice_does_not_reach_more_than_everybody():
    model = town(post(ask=0.5), post("leader", ask=0.5), VOLUNTEERS, ask_hours=0.01)
    assert asked_this_month(model, Cohort(0), alone(model))[0].all()


@pytest.mark.parametrize(
    ("pool", "party"), [("in_service", Party.IN_SERVICE), ("branch_members", Party.BRANCH)]
)
def test_a_branch_asks_its_own_members(pool, party):
    rule = Boundary(name="report_in", post="volunteers", pools=(pool,), asked=1.0)
    model = town(post(), VOLUNTEERS, rule, volunteer=-SURE, asked=2 * SURE)
    model.residents.party[[0, 1, 2]] = [Party.NONE, Party.BRANCH, Party.IN_SERVICE]
    participate(model)
    assert np.flatnonzero(model.residents.volunteering).tolist() == [int(party)]


def test_a_call_takes_the_hours_of_its_keeper():
    # In each neighbourhood 20 hours are there to ask 0.8 of a cohort's members, at an hour each.
    rule = Boundary(name="report_in", post="volunteers", pools=("in_service",), asked=0.8, keeper="committee")
    model = town(post(), VOLUNTEERS, rule, ask_hours=1.0)
    residents, places = model.residents, model.places
    residents.party[:] = Party.IN_SERVICE
    look(model)
    asked, _ = asked_this_month(model, Cohort(0), alone(model))
    members = np.diff(places.neighbourhood_rows) / COHORTS
    assert (0.8 * members > 20).all()
    np.testing.assert_allclose(model.institutions.ledger.left[model.institutions.posts.at("committee")], 0)
    home = places.building_neighbourhood[Cohort(0).of(residents.building)]
    found, expected = np.bincount(home, asked) / np.bincount(home), 20 / members
    assert (np.abs(found - expected) < 4 * np.sqrt(expected * (1 - expected) / members)).all()


def test_a_call_that_is_half_paid_for_reaches_half():
    rule = Boundary(name="report_in", post="volunteers", pools=("in_service",), asked=0.8)
    model = town(post(), VOLUNTEERS, rule)
    model.residents.party[:] = Party.IN_SERVICE
    model.institutions.laid["boundary", "report_in"].paid[:] = 0.5
    asked, _ = asked_this_month(model, Cohort(0), alone(model))
    assert abs(asked.mean() - 0.4) < 4 * np.sqrt(0.24 / len(asked))


# What comes of it


def test_volunteers_give_a_share_of_their_free_hours_with_their_skill():
    model = town(volunteer=-SURE, habit=2 * SURE, given=0.1)
    residents = model.residents
    residents.volunteering[[0, 1]] = True
    residents.free_hours[[0, 1]] = [5.0, 8.0]
    residents.skill[1] = Service.HEALTH
    participate(model)
    hours = model.volunteers.hours
    assert hours.sum() == pytest.approx(1.3)
    # first cohort, first neighbourhood, a duty that nobody fitted, no particular skill
    assert hours[0, 0, 0, 0] == pytest.approx(0.5)
    assert hours[0, 0, 0, 1 + Service.HEALTH] == pytest.approx(0.8)
    assert model.volunteers.people[0, residents.building[0]] == 2
    share = model.volunteers.skills(0.5)
    assert share[0, Service.HEALTH] == pytest.approx(0.4 / 1.3)
    volunteers = model.institutions.posts.at("volunteers")
    np.testing.assert_allclose(model.institutions.posts.gross[volunteers], [1.3, 0, 0])


def test_votes_are_counted_in_expectation_and_of_adults_only():
    model = town(week=0, vote=0.4)  # the first four weeks of a quarter count, one cohort each
    model.residents.age[Cohort(0).who(np.ones(len(model.residents), dtype=bool))] = Age.AGE_60_69
    model.residents.age[0] = Age.UNDER_12
    participate(model)
    adults = Cohort(0).size(len(model.residents)) - 1
    assert model.volunteers.voters[0].sum() == adults
    assert model.volunteers.votes[0, Age.AGE_60_69] == pytest.approx(adults * expit(0.4), rel=1e-5)


def volunteers_of(model, building: int, number: int):
    first = int(model.places.building_rows[building])
    model.residents.volunteering[first : first + number] = True
    look(model)


def test_a_post_is_filled_by_those_who_are_willing():
    leader = post("leader", area="building", heads=2, hours=1.5, handles=())
    willing = Boundary(name="leader", post="leader", pools=("volunteers",), willing=0.2)
    model = town(post(), VOLUNTEERS, leader, willing, given=1.0)
    volunteers_of(model, 0, 6)
    volunteers_of(model, 2, 15)
    fill_posts(model)
    filled = model.institutions.posts.filled[model.institutions.posts.at("leader")]
    # 1.2 willing of 2 wanted; 3 willing, and no more than 2 are wanted
    np.testing.assert_allclose(filled[:3], [0.6, 0, 1])


def test_hours_given_to_a_post_are_not_given_twice():
    leader = post("leader", area="building", heads=1, hours=1.5, handles=())
    willing = Boundary(name="leader", post="leader", pools=("volunteers",), willing=0.5)
    model = town(post(), VOLUNTEERS, leader, willing, given=0.1)
    volunteers_of(model, 0, 4)  # an hour each
    fill_posts(model)
    posts = model.institutions.posts
    np.testing.assert_allclose(posts.gross[posts.at("volunteers")], [4 - 1.5, 0, 0])


def test_volunteers_give_no_more_to_posts_than_they_have():
    leader = post("leader", area="building", heads=1, hours=4.0, handles=())
    willing = Boundary(name="leader", post="leader", pools=("volunteers",), willing=1.0)
    model = town(post(), VOLUNTEERS, leader, willing, given=0.1)
    volunteers_of(model, 0, 1)  # an hour, where four are asked for
    fill_posts(model)
    posts = model.institutions.posts
    assert posts.filled[posts.at("leader")][0] == pytest.approx(0.25)
    assert posts.gross[posts.at("volunteers")][0] == 0


def test_a_post_for_members_is_filled_from_members():
    guide = post("guide", area="building", heads=2, hours=1.0, handles=())
    rule = Boundary(name="guide", post="guide", pools=("branch_members",))
    model = town(post(), VOLUNTEERS, guide, rule, given=1.0)
    volunteers_of(model, 0, 5)
    model.residents.party[0] = Party.BRANCH
    model.residents.party[1] = Party.IN_SERVICE
    idle = int(model.places.building_rows[1]) - 1
    model.residents.party[idle] = Party.BRANCH  # a member who does not volunteer
    look(model)
    fill_posts(model)
    assert model.institutions.posts.filled[model.institutions.posts.at("guide")][0] == pytest.approx(0.5)


def test_staff_are_recruited_over_weeks():
    carer = post("carer", heads=1, hours=36, handles=())
    rule = Boundary(name="carer", post="carer", weeks_to_fill=4)
    model = situation(post(), carer, rule, week=0)
    carers = model.institutions.posts.at("carer")
    filled = []
    for model.week in range(6):
        fill_posts(model)
        filled.append(model.institutions.posts.filled[carers][0])
    np.testing.assert_allclose(filled, [0.25, 0.5, 0.75, 1, 1, 1])
