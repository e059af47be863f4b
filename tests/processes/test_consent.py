from __future__ import annotations

import numpy as np
import pytest

from cogov.community.ties import FULL
from cogov.processes.consent import (
    Consent,
    Talk,
    about_a_lift,
    about_a_work,
    cost_shares,
    exchange,
    gains,
    passes,
    revise,
)
from cogov.rules import OwnersConsent
from cogov.terms import Age
from tests.helpers import post, situation, tied, weights_of


def consent(**values) -> OwnersConsent:
    """A rule by which two thirds of all owners are enough, in meetings of three hours every week."""
    usual = {"every": 1, "hours": 3.0, "turnout": 1.0, "majority": 2 / 3}
    return OwnersConsent(**({"name": "lift"} | usual | values))


def talk(opinion, rule: OwnersConsent | None = None, scale: float = 20_000.0) -> Talk:
    opinion = np.array(opinion, dtype=float)
    n = len(opinion)
    return Talk(rule or consent(), opinion.copy(), opinion, tied(np.eye(n)), scale, (0, n))


# What a lift is worth


def test_cost_shares_of_the_published_house():
    # Six floors of two households: 20.5, 15, 9, 4, 1.5 and 0 per cent a household, from the top (facts).
    floors = np.repeat(np.arange(1, 7), 2)
    shares = cost_shares(floors, (0.0, 1.5, 4.0, 9.0, 15.0, 20.5))
    np.testing.assert_allclose(shares[::2], [0, 0.015, 0.04, 0.09, 0.15, 0.205])
    assert shares.sum() == pytest.approx(1)


def test_cost_shares_of_other_heights_are_read_off_in_proportion():
    # Four floors stand at 1, 2 2/3, 4 1/3 and 6 of the six-storey table: 0, 2, 3 1/3 and 5, of 10 1/3.
    shares = cost_shares(np.arange(1, 5), (0.0, 1.2, 2.4, 3.0, 4.0, 5.0))
    np.testing.assert_allclose(shares, np.array([0, 2, 10 / 3, 5]) / (31 / 3))


def test_a_free_table_is_shared_alike():
    np.testing.assert_allclose(cost_shares(np.arange(1, 5), (0.0,) * 6), 0.25)


def test_gain_by_floor():
    parameters = Consent(third_floor=12.0, floor_above=30.0, elder=0.5, nuisance=10.0, spread=7.0)
    floors = np.array([1, 2, 3, 4, 6, 6])
    elders = np.array([False, True, False, False, False, True])
    noise = np.array([0, 0, 1, 0, 0, 0.0])
    pay = np.array([0, 1, 2, 3, 4, 5.0])
    expected = [
        0 - 10,  # nothing but light and noise
        6 * 1.5 - 4 - 1,  # half of the third floor's worth, more for an elder; 40 % of the nuisance
        12 - 2 + 7,  # the third floor, and its own taste
        12 + 30 - 3,
        12 + 90 - 4,
        (12 + 90) * 1.5 - 5,
    ]
    np.testing.assert_allclose(gains(floors, elders, noise, pay, parameters), expected)


def test_a_flat_that_is_let_is_voted_on_by_an_owner_who_lives_elsewhere():
    model = situation(post(), projects={"consent": {"elder": 1.0, "spread": 0.0, "nuisance": 0.0}})
    places, residents = model.places, model.residents
    building = int(np.flatnonzero(places.buildings.storeys == 6)[0])
    first = int(places.building_households[building])
    rows = slice(*places.household_rows[places.building_households[building : building + 2]])
    residents.owner[rows] = True
    residents.age[rows] = Age.AGE_70_79
    before = about_a_lift(model, consent(), building)
    top = int(np.diff(places.building_households)[building]) - 1
    let = slice(*places.household_rows[first + top : first + top + 2])
    residents.owner[let] = False
    after = about_a_lift(model, consent(), building)
    assert after.worth[top] < before.worth[top]  # the tenant's age does not count
    np.testing.assert_array_equal(after.worth[:top], before.worth[:top])
    weights = weights_of(after.ties, top + 1)
    assert weights[top].tolist() == weights[:, top].tolist() == [0.0] * top + [1.0]


def test_a_building_finds_out_what_a_lift_means_to_each_household():
    model = situation(post(), profile={"lift_cost": 500_000, "lift_subsidy": 200_000},
                      projects={"consent": {"third_floor": 12_000, "floor_above": 30_000, "elder": 1.0,
                                              "nuisance": 0, "spread": 0, "scale": 20_000}})  # fmt: skip
    places, residents = model.places, model.residents
    building = int(np.flatnonzero(places.buildings.storeys == 6)[0])
    first, last = places.building_households[building : building + 2]
    rows = slice(int(places.household_rows[first]), int(places.household_rows[last]))
    residents.age[rows] = Age.AGE_30_44
    top = int(first) + int(np.argmax(residents.floor[places.household_rows[first:last]]))
    residents.age[places.household_rows[top]] = Age.AGE_70_79
    residents.owner[rows] = True
    found = about_a_lift(model, consent(), building)
    floors = residents.floor[places.household_rows[first:last]].astype(int)
    pay = 300_000 * cost_shares(floors, model.community.profile.lift_shares)
    worth = np.where(floors <= 3, 6_000 * (floors - 1), 12_000 + 30_000 * (floors - 3)).astype(float)
    worth[top - first] *= 2
    np.testing.assert_allclose(found.worth, worth - pay)
    np.testing.assert_allclose(found.opinion, np.clip((worth - pay) / 20_000, -2, 2))
    weights = weights_of(found.ties, last - first)
    np.testing.assert_allclose(weights, weights.T)
    # each household hears itself; two that are tied hear each other as strongly as their members are tied
    assert (weights.diagonal() >= 1).all()
    near = model.ties.near(np.arange(rows.start, rows.stop))
    inside = near.now[(near.other >= rows.start) & (near.other < rows.stop)]
    assert weights.sum() == pytest.approx(last - first + np.sum(inside) / FULL, rel=1e-5)


# Counting


@pytest.mark.parametrize(
    ("agree", "part", "turnout", "majority", "enough"),
    [
        (10, 12, 1.0, 0.9, False),  # silence is not consent: of all, not of those who came
        (11, 12, 1.0, 0.9, True),
        (8, 12, 1.0, 2 / 3, True),  # exactly two thirds
        (7, 12, 1.0, 2 / 3, False),
        (8, 8, 2 / 3, 0.75, True),  # Civil Code: exactly two thirds take part, all of them agree
        (6, 8, 2 / 3, 0.75, True),  # exactly three quarters of them
        (5, 8, 2 / 3, 0.75, False),
        (7, 7, 2 / 3, 0.75, False),  # too few take part
        (0, 12, 1.0, 0.0, True),
    ],
)
def test_counts_that_are_enough(agree, part, turnout, majority, enough):
    rule = consent(turnout=turnout, majority=majority)
    assert passes(agree, 12 if turnout == 1 else part, 12, rule) == enough


def test_one_lasting_objection_blocks_where_there_is_a_veto():
    parameters = Consent(objection=-0.5)
    opinion = [1.0] * 11 + [-0.6]
    assert talk(opinion, consent(majority=0.9)).agreed(parameters)
    assert not talk(opinion, consent(majority=0.9, veto=True)).agreed(parameters)
    assert talk([1.0] * 11 + [-0.4], consent(majority=0.9, veto=True)).agreed(parameters)  # grumbles


def test_those_without_an_opinion_take_no_part():
    # 8 of 12 have one, 6 of them agree; counted among all 12 that would be half, and two more not enough
    opinion = [1.0] * 6 + [-1.0] * 2 + [0.05] * 2 + [-0.05] * 2
    parameters = Consent(apathy=0.1)
    assert talk(opinion, consent(turnout=2 / 3, majority=0.75)).agreed(parameters)
    assert not talk(opinion, consent(turnout=1.0, majority=0.6)).agreed(parameters)
    assert talk(opinion, consent(turnout=1.0, majority=0.6)).agreed(Consent(apathy=0.01))  # 8 of 12


# Meetings


def test_opinions_move_towards_those_within_reach():
    opinion, ties = np.array([0.0, 1.0, 3.0]), tied(np.ones((3, 3)))
    # 0 and 1 hear each other, 1 and 3 do not
    np.testing.assert_allclose(exchange(opinion, ties, 1.5, 1.0), [0.5, 0.5, 3.0])
    np.testing.assert_allclose(exchange(opinion, ties, 1.5, 0.2), [0.1, 0.9, 3.0])  # a fifth of the way
    np.testing.assert_allclose(exchange(opinion, ties, 1.5, 0.0), opinion)


def test_those_without_ties_keep_their_opinion():
    np.testing.assert_allclose(exchange(np.array([0.0, 1.0]), tied(np.zeros((2, 2))), 5.0, 1.0), [0, 1])


def test_strong_ties_weigh_more():
    ties = tied([[1.0, 3.0], [3.0, 1.0]])
    np.testing.assert_allclose(exchange(np.array([0.0, 1.0]), ties, 5.0, 1.0), [0.75, 0.25])


def test_a_new_plan_pays_losers_out_of_the_gains_of_winners():
    gain = np.array([-10.0, -30.0, 60.0, 20.0])
    # half of the loss of 40 is 20: 5 and 15 to the losers, out of 60 : 20
    np.testing.assert_allclose(revise(gain, 0.5), [-5, -15, 45, 15])
    np.testing.assert_allclose(revise(gain, 0.0), gain)
    np.testing.assert_allclose(revise(np.array([-30.0, 10.0]), 1.0), [-20, 0])  # no more than there is
    np.testing.assert_allclose(revise(np.array([5.0, 10.0]), 1.0), [5, 10])  # nobody loses


def test_one_meeting_worked_out():
    parameters = Consent(plan_meetings=4, confidence=4.0, persuasion=0.5, anchor=0.2)
    lift = talk([-1.0, 2.0], consent(revision=1.0), scale=10.0)
    lift.worth = lift.gain = np.array([-10.0, 20.0])
    lift.ties = tied(np.ones((2, 2)))
    lift.meet(parameters, skill=0.4)
    # Talked about 0 of 4 times: no new plan. Both hear the mean 0.5, with a weight of 0.5 x 0.4, and move to
    # -0.7 and 1.7; a fifth of the way back to what they gain, -1 and 2.
    np.testing.assert_allclose(lift.gain, [-10, 20])
    np.testing.assert_allclose(lift.opinion, [-0.76, 1.76])
    assert lift.meetings == 1
    lift.meet(parameters, skill=0.4)
    np.testing.assert_allclose(lift.gain, [-7.5, 17.5])  # once of 4 times: a quarter of the loss is repaid


# Other works


def test_those_next_to_a_work_lose_what_all_gain():
    model = situation(post(), projects={"consent": {"work_worth": 100, "work_nuisance": 900, "work_spread": 0,
                                                    "work_scale": 1_000, "assembly": 2_000}})  # fmt: skip
    places = model.places
    building = int(places.compound_buildings[1]) + 1
    found = about_a_work(model, consent(), "garden", building)
    first, last = places.compound_households[1:3]
    next_to = np.arange(*places.building_households[building : building + 2]) - first
    expected = np.full(last - first, 100.0)
    expected[next_to] -= 900
    np.testing.assert_array_equal(found.worth, expected)
    np.testing.assert_array_equal(found.opinion, expected / 1_000)
    assert found.households == (first, last)
    assert found.willing


def test_in_a_large_compound_each_speaks_for_several():
    model = situation(post(), projects={"consent": {"assembly": 20}})
    found = about_a_work(model, consent(), "garden", 0)
    households = int(model.places.compound_households[1])
    assert len(found.opinion) <= 20 < households
    assert (len(found.opinion) - 1) * found.step < households <= len(found.opinion) * found.step
    assert found.ties.who.max() == found.ties.whom.max() == len(found.opinion) - 1
    everybody = about_a_work(
        situation(post(), projects={"consent": {"assembly": 2000}}), consent(), "garden", 0
    )
    np.testing.assert_array_equal(found.worth, everybody.worth[:: found.step])
