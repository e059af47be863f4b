from __future__ import annotations

import numpy as np
import pytest

from cogov.processes.consent import (
    Consent,
    LiftProject,
    cost_shares,
    exchange,
    gains,
    hold_consent_meetings,
    passes,
    revise,
    start,
    take_up,
)
from cogov.rules import OwnersConsent
from cogov.terms import Age, Capability
from tests.helpers import post, situation


def consent(**values) -> OwnersConsent:
    """A rule by which two thirds of all owners are enough, in meetings of three hours every week."""
    usual = {"slots": 5, "every": 1, "hours": 3.0, "turnout": 1.0, "majority": 2 / 3}
    return OwnersConsent(**({"name": "lift"} | usual | values))


STILL = {"persuasion": 0.0, "anchor": 0.0}
"""Opinions stay as they are."""


def project(opinion, rule: OwnersConsent | None = None, worth=None, building: int = 0, started: int = 0):
    opinion = np.array(opinion, dtype=float)
    worth = opinion.copy() if worth is None else np.array(worth, dtype=float)
    return LiftProject(building, 0, rule or consent(), worth, opinion, np.eye(len(opinion)), started)


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
    model = situation(post(), deliberate={"consent": {"elder": 1.0, "spread": 0.0, "nuisance": 0.0}})
    places, residents = model.places, model.residents
    building = int(np.flatnonzero(places.buildings.storeys == 6)[0])
    first = int(places.building_households[building])
    rows = slice(*places.household_rows[places.building_households[building : building + 2]])
    residents.owner[rows] = True
    residents.age[rows] = Age.AGE_70_79
    before = start(model, consent(), building, 0)
    top = int(np.diff(places.building_households)[building]) - 1
    let = slice(*places.household_rows[first + top : first + top + 2])
    residents.owner[let] = False
    after = start(model, consent(), building, 0)
    assert after.worth[top] < before.worth[top]  # the tenant's age does not count
    np.testing.assert_array_equal(after.worth[:top], before.worth[:top])
    assert after.ties[top].tolist() == after.ties[:, top].tolist() == [0.0] * top + [1.0]


def test_a_building_finds_out_what_a_lift_means_to_each_household():
    model = situation(post(), consent(), profile={"lift_cost": 500_000, "lift_subsidy": 200_000},
                      deliberate={"consent": {"third_floor": 12_000, "floor_above": 30_000, "elder": 1.0,
                                              "nuisance": 0, "spread": 0, "scale": 20_000}})  # fmt: skip
    places, residents = model.places, model.residents
    building = int(np.flatnonzero(places.buildings.storeys == 6)[0])
    first, last = places.building_households[building : building + 2]
    rows = slice(int(places.household_rows[first]), int(places.household_rows[last]))
    residents.age[rows] = Age.AGE_30_44
    top = int(first) + int(np.argmax(residents.floor[places.household_rows[first:last]]))
    residents.age[places.household_rows[top]] = Age.AGE_70_79
    residents.owner[rows] = True
    found = start(model, consent(), building, 0)
    floors = residents.floor[places.household_rows[first:last]].astype(int)
    pay = 300_000 * cost_shares(floors, model.community.profile.lift_shares)
    worth = np.where(floors <= 3, 6_000 * (floors - 1), 12_000 + 30_000 * (floors - 3)).astype(float)
    worth[top - first] *= 2
    np.testing.assert_allclose(found.worth, worth - pay)
    np.testing.assert_allclose(found.opinion, np.clip((worth - pay) / 20_000, -2, 2))
    np.testing.assert_allclose(found.ties, found.ties.T)
    # each household hears itself; two that are tied hear each other as strongly as their members are tied
    assert (np.diag(found.ties) >= 1).all()
    inside = [
        model.ties.strength[slot]
        for slot, owner in zip(*model.ties.slots(np.arange(rows.start, rows.stop)), strict=True)
        if model.ties.strength[slot] > 0 and rows.start <= model.ties.neighbour[slot] < rows.stop
    ]
    assert found.ties.sum() == pytest.approx(last - first + np.sum(inside), rel=1e-5)


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
    assert project(opinion, consent(majority=0.9)).agreed(parameters)
    assert not project(opinion, consent(majority=0.9, veto=True)).agreed(parameters)
    assert project([1.0] * 11 + [-0.4], consent(majority=0.9, veto=True)).agreed(parameters)  # grumbles


def test_those_without_an_opinion_take_no_part():
    # 8 of 12 have one, 6 of them agree; counted among all 12 that would be half, and two more not enough
    opinion = [1.0] * 6 + [-1.0] * 2 + [0.05] * 2 + [-0.05] * 2
    parameters = Consent(apathy=0.1)
    assert project(opinion, consent(turnout=2 / 3, majority=0.75)).agreed(parameters)
    assert not project(opinion, consent(turnout=1.0, majority=0.6)).agreed(parameters)
    assert project(opinion, consent(turnout=1.0, majority=0.6)).agreed(Consent(apathy=0.01))  # 8 of 12


# Meetings


def test_opinions_move_towards_those_within_reach():
    opinion, ties = np.array([0.0, 1.0, 3.0]), np.ones((3, 3))
    # 0 and 1 hear each other, 1 and 3 do not
    np.testing.assert_allclose(exchange(opinion, ties, 1.5, 1.0), [0.5, 0.5, 3.0])
    np.testing.assert_allclose(exchange(opinion, ties, 1.5, 0.2), [0.1, 0.9, 3.0])  # a fifth of the way
    np.testing.assert_allclose(exchange(opinion, ties, 1.5, 0.0), opinion)


def test_those_without_ties_keep_their_opinion():
    np.testing.assert_allclose(exchange(np.array([0.0, 1.0]), np.zeros((2, 2)), 5.0, 1.0), [0, 1])


def test_strong_ties_weigh_more():
    ties = np.array([[1.0, 3.0], [3.0, 1.0]])
    np.testing.assert_allclose(exchange(np.array([0.0, 1.0]), ties, 5.0, 1.0), [0.75, 0.25])


def test_a_new_plan_pays_losers_out_of_the_gains_of_winners():
    gain = np.array([-10.0, -30.0, 60.0, 20.0])
    # half of the loss of 40 is 20: 5 and 15 to the losers, out of 60 : 20
    np.testing.assert_allclose(revise(gain, 0.5), [-5, -15, 45, 15])
    np.testing.assert_allclose(revise(gain, 0.0), gain)
    np.testing.assert_allclose(revise(np.array([-30.0, 10.0]), 1.0), [-20, 0])  # no more than there is
    np.testing.assert_allclose(revise(np.array([5.0, 10.0]), 1.0), [5, 10])  # nobody loses


def test_one_meeting_worked_out():
    parameters = Consent(plan_meetings=4, confidence=4.0, persuasion=0.5, anchor=0.2, scale=10.0)
    lift = LiftProject(
        0, 0, consent(revision=1.0), np.array([-10.0, 20.0]), np.array([-1.0, 2.0]), np.ones((2, 2)), 0
    )
    lift.meet(parameters, skill=0.4)
    # Talked about 0 of 4 times: no new plan. Both hear the mean 0.5, with a weight of 0.5 x 0.4, and move to
    # -0.7 and 1.7; a fifth of the way back to what they gain, -1 and 2.
    np.testing.assert_allclose(lift.gain, [-10, 20])
    np.testing.assert_allclose(lift.opinion, [-0.76, 1.76])
    assert lift.meetings == 1
    lift.meet(parameters, skill=0.4)
    np.testing.assert_allclose(lift.gain, [-7.5, 17.5])  # once of 4 times: a quarter of the loss is repaid


def committee_hours(model):
    return model.institutions.ledger.left[model.institutions.posts.at("committee")]


def test_a_meeting_takes_the_committees_hours_and_is_not_held_without_them():
    model = situation(post(), consent(), week=5, deliberate={"consent": STILL | {"first_vote": 9}})
    model.projects.append(project([1, 1, 1]))
    hold_consent_meetings(model)
    assert model.projects[0].meetings == 1
    np.testing.assert_allclose(committee_hours(model), [17, 20, 20])
    model.institutions.ledger.left[model.institutions.posts.at("committee")] = 2.9
    hold_consent_meetings(model)
    assert model.projects[0].meetings == 1
    np.testing.assert_allclose(committee_hours(model), 2.9)


def test_meetings_are_held_when_it_is_time():
    held = []
    for week in range(5, 10):
        model = situation(
            post(), consent(every=2), week=week, deliberate={"consent": STILL | {"first_vote": 9}}
        )
        model.projects.append(project([1, 1, 1], consent(every=2), started=5))
        hold_consent_meetings(model)
        held.append(model.projects[0].meetings)
    assert held == [1, 0, 1, 0, 1]


def test_from_agreement_to_a_lift_that_runs():
    parameters = {"first_vote": 2, "installation": [3, 3]}
    model = situation(post(), consent(), week=5, profile={"lift_subsidy": 200_000, "lift_fund": 0},
                      deliberate={"consent": STILL | parameters})  # fmt: skip
    places = model.places
    n = int(np.diff(places.building_households)[0])
    model.homes.has_lift[0] = False
    opinion = np.ones(n)
    opinion[-1] = -1.0  # the last household loses
    lift = project(opinion, started=4)
    model.projects.append(lift)
    hold_consent_meetings(model)
    assert lift.ready == -1  # nobody counts before the second meeting
    assert model.institutions.ledger.money.get("lifts", 0) == 0
    model.week = 6
    hold_consent_meetings(model)
    assert lift.approved
    assert model.tally.total["consents_passed"] == 1
    assert model.tally.total["consent_weeks"] == 2
    model.week, model.lift_fund = 7, 199_999.0
    hold_consent_meetings(model)
    assert lift.ready == -1  # the fund is a yuan short
    model.week, model.lift_fund = 8, 300_000.0
    hold_consent_meetings(model)
    assert lift.ready == 11
    assert model.lift_fund == 100_000
    assert model.institutions.ledger.money["lifts"] == 200_000
    for model.week in (9, 10):
        hold_consent_meetings(model)
        assert not model.homes.has_lift[0]
    model.week = 11
    hold_consent_meetings(model)
    assert model.homes.has_lift[0]
    assert model.projects == []
    assert model.tally.total["lifts_built"] == 1
    people, count, score = model.experiences.of("committee")
    last = places.household_rows[n - 1]
    np.testing.assert_array_equal(people, np.arange(places.household_rows[n]))
    assert set(count) == {1}
    np.testing.assert_array_equal(score, people < last)  # the losers did not live through something good
    assert lift.meetings == 2


def test_money_is_put_by_for_lifts():
    model = situation(post(), profile={"lift_fund": 52.0})
    for _ in range(3):
        hold_consent_meetings(model)
    assert model.lift_fund == pytest.approx(3 * model.places.households)  # a yuan a household and week


def test_what_does_not_agree_is_given_up_and_rests():
    model = situation(post(), consent(), week=5,
                      deliberate={"consent": STILL | {"first_vote": 1, "rounds": 2, "rest": 50}})  # fmt: skip
    model.projects.append(project([1, -1, -1], building=3))
    hold_consent_meetings(model)
    assert len(model.projects) == 1
    model.week = 6
    hold_consent_meetings(model)
    assert model.projects == []
    assert model.rested[3] == 56
    assert model.institutions.ledger.money.get("lifts", 0) == 0


def willing(week=8, **values):
    """Every walk-up that may have a lift is brought forward, and everybody in it would gain."""
    worth = {"third_floor": 1e6, "floor_above": 1e6, "nuisance": 0, "spread": 0, "storeys": 4}
    rule = consent(**({"promote": 1.0, "slots": 99} | values))
    model = situation(post(), rule, week=week, deliberate={"consent": worth})
    return model


def test_walk_ups_without_a_lift_are_taken_up():
    model = willing()
    buildings = model.places.buildings
    buildings.storeys[-1] = 3  # too low
    model.homes.has_lift[-2] = True
    model.rested[-3] = 9  # tried not long ago
    may = np.flatnonzero(~model.homes.has_lift & (buildings.storeys >= 4))
    take_up(model, model.institutions.consents[0])
    taken = sorted(lift.building for lift in model.projects)
    assert taken == [building for building in may if building < len(model.rested) - 3]
    assert model.tally.total["consents_tried"] == len(taken)


def test_a_neighbourhood_works_on_as_many_as_it_has_places_for():
    model = willing(slots=2)
    take_up(model, model.institutions.consents[0])
    per_place = np.bincount([lift.neighbourhood for lift in model.projects], minlength=3)
    assert per_place.max() == 2
    before = len(model.projects)
    model.week = 12
    take_up(model, model.institutions.consents[0])
    assert len(model.projects) == before
    model.projects[0].approved = True  # talks are over
    model.rested[:] = 0
    take_up(model, model.institutions.consents[0])
    assert len(model.projects) == before + 1
    assert len({lift.building for lift in model.projects}) == before + 1


def test_nobody_is_taken_up_who_would_not_have_it():
    model = willing()
    model.parameters = type(model.parameters).from_mapping(
        {"deliberate": {"consent": {"third_floor": 0, "floor_above": 0, "nuisance": 1e6, "spread": 0}}}
    )
    take_up(model, model.institutions.consents[0])
    assert model.projects == []
    assert "consents_tried" not in model.tally.total


def test_owners_come_forward_as_often_as_promoted():
    # promote 0.5 a year is 1 - 0.5^(1/13) = 5.2 % every four weeks
    model = willing(promote=0.5)
    seen = []
    for week in range(4, 4 * 400, 4):
        model.week = week
        model.projects.clear()
        model.rested[:] = 0
        take_up(model, model.institutions.consents[0])
        seen.append(len(model.projects))
    may = int((~model.homes.has_lift & (model.places.buildings.storeys >= 4)).sum())
    chance, n = 1 - 0.5 ** (1 / 13), may * len(seen)
    assert abs(sum(seen) / n - chance) < 4 * np.sqrt(chance * (1 - chance) / n)


def test_where_there_is_no_committee_nobody_chairs():
    model = situation(post("office", area="subdistrict"), consent(), week=5)
    model.projects.append(project([1, 1, 1]))
    hold_consent_meetings(model)
    assert model.projects[0].meetings == 0


def test_a_skilled_chair_moves_opinions_more():
    moved = []
    for skill in (0.2, 0.8):
        talks = {"persuasion": 0.5, "anchor": 0.0, "confidence": 4.0, "first_vote": 9}
        model = situation(post(), consent(), week=5, deliberate={"consent": talks})
        model.committees.capability[0, Capability.DELIBERATION] = skill
        lift = project([1.0, -1.0])
        lift.ties = np.ones((2, 2))
        model.projects.append(lift)
        hold_consent_meetings(model)
        moved.append(1 - lift.opinion[0])
    # the mean is 0: 0.5 x skill of the way there
    np.testing.assert_allclose(moved, [0.1, 0.4], rtol=1e-6)
