"""From a proposal to a work that stands, stage by stage; and what is cut when one of them is missing."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.kit.errors import DesignError
from cogov.processes.books import open_books
from cogov.processes.consent import Talk
from cogov.processes.projects import advance, projects, propose
from cogov.processes.tending import tend
from cogov.rules import OwnersConsent, Programme, Purse
from cogov.state.experiences import HOME
from cogov.state.works import Project
from cogov.terms import Capability, Cause, Line
from cogov.trace import Trace
from tests.helpers import post, situation, small, tied, written

STILL = {"persuasion": 0.0, "anchor": 0.0}
"""Opinions stay as they are."""
GRANT = Purse(name="grant", income=52_000.0)


def law(**values) -> OwnersConsent:
    """A rule by which two thirds of all owners are enough, in meetings of three hours every week."""
    usual = {"every": 1, "hours": 3.0, "turnout": 1.0, "majority": 2 / 3}
    return OwnersConsent(**({"name": "law"} | usual | values))


def lifts(**values) -> Programme:
    """A programme for lifts under that rule."""
    usual = {"what": "lift", "slots": 5, "consent": "law", "purse": "lift_fund"}
    return Programme(**({"name": "lifts"} | usual | values))


def gardens(**values) -> Programme:
    """A programme that asks for nothing: a garden stands within the week after the next."""
    usual = {"what": "garden", "slots": 9, "promote": 1.0, "purse": "grant", "weeks": (1, 1)}
    return Programme(**({"name": "gardens"} | usual | values))


def put_forward(model, opinion=(1, 1, 1), building: int = 0, started: int = 0, **values) -> Project:
    """A building that talks about a lift, with these opinions."""
    programme = lifts(**values)
    places, opinion = model.places, np.array(opinion, dtype=float)
    compound, home = int(places.building_compound[building]), int(places.building_neighbourhood[building])
    project = Project(programme, building, compound, home, started, stage="consent")
    n = len(opinion)
    project.talk = Talk(
        model.institutions.consents["law"].rule,
        opinion.copy(),
        opinion,
        tied(np.eye(n)),
        20_000.0,
        (0, n),
    )
    model.works.projects.append(project)
    return project


def committee_hours(model):
    return model.institutions.ledger.left[model.institutions.posts.at("committee")]


# Proposals


def willing(week=8, **values):
    """Every walk-up that may have a lift is brought forward, and everybody in it would gain."""
    worth = {"third_floor": 1e6, "floor_above": 1e6, "nuisance": 0, "spread": 0}
    rule = lifts(**({"promote": 1.0, "slots": 99} | values))
    return situation(post(), rule, law(), week=week, projects={"consent": worth, "storeys": 4})


def test_walk_ups_without_a_lift_are_taken_up():
    model = willing()
    rested = model.works.rested("lift")
    model.homes.has_lift[-2] = True
    rested[-3] = 9  # tried not long ago
    may = np.flatnonzero(~model.homes.has_lift & (model.places.buildings.storeys >= 4))
    propose(model, model.institutions.programmes[0])
    taken = sorted(project.building for project in model.works.projects)
    assert taken == [building for building in may if building != len(rested) - 3]
    assert model.tally.total["consents_tried"] == len(taken)


def test_a_neighbourhood_works_on_as_many_as_it_has_places_for():
    model = willing(slots=2)
    laid = model.institutions.programmes[0]
    propose(model, laid)
    per_place = np.bincount([project.neighbourhood for project in model.works.projects], minlength=3)
    assert per_place.max() == 2
    before = len(model.works.projects)
    model.week = 12
    propose(model, laid)
    assert len(model.works.projects) == before
    model.works.projects[0].stage = "money"  # talks are over
    model.works.rested("lift")[:] = 0
    propose(model, laid)
    assert len(model.works.projects) == before + 1
    assert len({project.building for project in model.works.projects}) == before + 1


def test_nobody_is_taken_up_who_would_not_have_it():
    model = willing()
    model.parameters = type(model.parameters).from_mapping(
        {"projects": {"consent": {"third_floor": 0, "floor_above": 0, "nuisance": 1e6, "spread": 0}}}
    )
    propose(model, model.institutions.programmes[0])
    assert model.works.projects == []
    assert "consents_tried" not in model.tally.total


def test_owners_come_forward_as_often_as_promoted():
    # promote 0.5 a year is 1 - 0.5^(1/13) = 5.2 % every four weeks
    model = willing(promote=0.5)
    seen = []
    for week in range(4, 4 * 400, 4):
        model.week = week
        model.works.projects.clear()
        model.works.rested("lift")[:] = 0
        propose(model, model.institutions.programmes[0])
        seen.append(len(model.works.projects))
    may = int((~model.homes.has_lift & (model.places.buildings.storeys >= 4)).sum())
    chance, n = 1 - 0.5 ** (1 / 13), may * len(seen)
    assert abs(sum(seen) / n - chance) < 4 * np.sqrt(chance * (1 - chance) / n)


def test_what_owners_would_is_drawn_whatever_a_programme_is_called():
    by_name = []
    for name in ("lifts", "another"):
        model = situation(post(), lifts(name=name, promote=0.5, slots=99), law(), week=8)
        propose(model, model.institutions.programmes[0])
        by_name.append([project.building for project in model.works.projects])
    assert by_name[0] == by_name[1] != []


def test_two_programmes_for_one_work_take_up_as_many_as_both_would():
    one, other = lifts(promote=0.4, slots=99), lifts(name="other", promote=0.6, slots=99, hours=0.0)
    worth = {"third_floor": 1e6, "floor_above": 1e6, "nuisance": 0, "spread": 0}
    taken, model = {"lifts": 0, "other": 0}, None
    model = situation(post(), one, other, law(), week=8, projects={"consent": worth})
    weeks = range(4, 4 * 400, 4)
    for model.week in weeks:
        model.works.projects.clear()
        model.works.rested("lift")[:] = 0
        for laid in model.institutions.programmes:
            propose(model, laid)
        for project in model.works.projects:
            taken[project.programme.name] += 1
    may = int((~model.homes.has_lift & (model.places.buildings.storeys >= 4)).sum()) * len(weeks)
    hazard = -np.log([0.6, 0.4]) / 13
    first, both = 1 - np.exp(-hazard), 1 - np.exp(-hazard.sum())
    assert abs(sum(taken.values()) / may - both) < 4 * np.sqrt(both * (1 - both) / may)
    for name, chance in zip(taken, first, strict=True):  # a little less than alone, since a site has one
        assert 0.9 * chance < taken[name] / may < chance + 4 * np.sqrt(chance / may)


def test_a_compound_has_one_work_of_a_kind():
    model = situation(post(), GRANT, gardens(), week=8)
    propose(model, model.institutions.programmes[0])
    compounds = [project.compound for project in model.works.projects]
    assert sorted(compounds) == list(range(6))
    model.works.rested("garden")[:] = 0
    propose(model, model.institutions.programmes[0])
    assert len(model.works.projects) == 6  # all are busy with one
    model.works.projects.clear()
    model.works.add("garden", 0, programme="gardens")
    propose(model, model.institutions.programmes[0])
    assert sorted(project.compound for project in model.works.projects) == [1, 2, 3, 4, 5]


# Plan


def test_a_plan_takes_a_designers_hours():
    designer = post("planner", area="subdistrict", heads=1, hours=5)
    model = situation(post(), designer, GRANT, gardens(designer="planner", plan_hours=12.0), week=8)
    project = Project(model.institutions.programmes[0].rule, 0, 0, 0, 8)
    planned = []
    for model.week in range(8, 11):
        open_books(model)
        advance(model, project)
        planned.append((project.planned, project.stage))
    assert planned == [(5, "plan"), (10, "plan"), (12, "works")]


def test_a_trace_has_the_hours_of_a_plan_and_who_gave_them():
    designer = post("planner", area="subdistrict", heads=1, hours=5)
    model = situation(post(), designer, GRANT, gardens(designer="planner", plan_hours=12.0), week=8)
    model.follow(Trace("", projects="all"))
    project = Project(model.institutions.programmes[0].rule, 0, 0, 0, 8)
    for model.week in range(8, 11):
        open_books(model)
        advance(model, project)
    events = model.trace.to_frame()
    planned = events[events.activity == "planned"]
    assert planned.resource.tolist() == ["planner 0"] * 3
    assert planned.role.tolist() == ["planner"] * 3
    assert planned.hours.tolist() == [5, 5, 2]
    assert planned.value.tolist() == pytest.approx([5 / 12, 10 / 12, 1])


def test_without_the_designer_nothing_is_planned():
    designer = post("planner", area="subdistrict", heads=1, hours=5)
    model = situation(post(), designer, GRANT, gardens(designer="planner", plan_hours=12.0), week=8)
    model.institutions.ledger.left[:] = 0
    project = Project(model.institutions.programmes[0].rule, 0, 0, 0, 8)
    advance(model, project)
    assert (project.planned, project.stage) == (0, "plan")


# Consent


def test_a_meeting_takes_the_committees_hours_and_is_not_held_without_them():
    model = situation(post(), lifts(), law(), week=5, projects={"consent": STILL | {"first_vote": 9}})
    project = put_forward(model)
    projects(model)
    assert project.talk.meetings == 1
    np.testing.assert_allclose(committee_hours(model), [17, 20, 20])
    model.institutions.ledger.left[model.institutions.posts.at("committee")] = 2.9
    projects(model)
    assert project.talk.meetings == 1
    np.testing.assert_allclose(committee_hours(model), 2.9)


def test_meetings_are_held_when_it_is_time():
    held = []
    for week in range(5, 10):
        model = situation(
            post(), lifts(), law(every=2), week=week, projects={"consent": STILL | {"first_vote": 9}}
        )
        project = put_forward(model, started=5)
        projects(model)
        held.append(project.talk.meetings)
    assert held == [1, 0, 1, 0, 1]


def test_where_there_is_no_committee_nobody_chairs():
    model = situation(post("office", area="subdistrict"), lifts(), law(), week=5)
    project = put_forward(model)
    projects(model)
    assert project.talk.meetings == 0


def test_a_skilled_chair_moves_opinions_more():
    moved = []
    for skill in (0.2, 0.8):
        talks = {"persuasion": 0.5, "anchor": 0.0, "confidence": 4.0, "first_vote": 9}
        model = situation(post(), lifts(), law(), week=5, projects={"consent": talks})
        model.secretaries.level[0, Capability.DELIBERATION] = skill
        project = put_forward(model, [1.0, -1.0])
        project.talk.ties = tied(np.ones((2, 2)))
        projects(model)
        moved.append(1 - project.talk.opinion[0])
    # the mean is 0: 0.5 x skill of the way there
    np.testing.assert_allclose(moved, [0.1, 0.4], rtol=1e-6)


def test_what_is_agreed_keeps_what_each_gains_and_not_who_is_tied_to_whom():
    for opinion, left in ((2.0, 0), (-2.0, 1)):
        model = situation(post(), lifts(), law(), week=5, projects={"consent": STILL | {"first_vote": 1}})
        project = put_forward(model, [opinion])
        projects(model)
        assert (project.stage == "consent") == (opinion < 0)
        assert len(project.talk.ties.who) == left
        assert project.talk.gain.shape == (1,)


def test_what_does_not_agree_is_given_up_and_rests():
    model = situation(post(), lifts(), law(), week=5,
                      projects={"consent": STILL | {"first_vote": 1, "rounds": 2, "rest": 50}})  # fmt: skip
    put_forward(model, [1, -1, -1], building=3)
    projects(model)
    assert len(model.works.projects) == 1
    model.week = 6
    projects(model)
    assert model.works.projects == []
    assert model.works.rested("lift")[3] == 56
    assert model.purses.spent_on["lifts"] == 0


# Money, building, and what stands


def fill(model, purse: str, yuan: float) -> None:
    """Let a purse have exactly so much."""
    account = model.purses.account(purse)
    account.give_back(account.balance.copy())
    account.receive(np.full_like(account.balance, round(yuan * 100)))


def test_from_agreement_to_a_lift_that_runs():
    model = situation(post(), lifts(weeks=(3, 3)), law(), week=5,
                      profile={"lift_subsidy": 200_000, "lift_fund": 0},
                      projects={"consent": STILL | {"first_vote": 2}})  # fmt: skip
    places = model.places
    n = int(np.diff(places.building_households)[0])
    model.homes.has_lift[0] = False
    opinion = np.ones(n)
    opinion[-1] = -1.0  # the last household loses
    project = put_forward(model, opinion, started=4, weeks=(3, 3))
    projects(model)
    assert project.stage == "consent"  # nobody counts before the second meeting
    model.week = 6
    projects(model)
    assert project.stage == "money"
    assert model.tally.total["consents_passed"] == 1
    assert model.tally.total["consent_weeks"] == 2
    model.week = 7
    fill(model, "lift_fund", 199_999.0)
    projects(model)
    assert project.stage == "money"  # the fund is a yuan short
    model.week = 8
    fill(model, "lift_fund", 300_000.0)
    projects(model)
    assert (project.stage, project.ready) == ("works", 11)
    assert model.purses.account("lift_fund").balance.tolist() == [100_000_00]
    assert model.purses.spent_on["lifts"] == 200_000_00
    for model.week in (9, 10):
        projects(model)
        assert not model.homes.has_lift[0]
    model.week = 11
    projects(model)
    assert model.homes.has_lift[0]
    assert model.works.projects == []
    assert model.works.standing("lift").tolist() == [True] + [False] * 5
    assert model.tally.total["lifts_built"] == 1
    lived = model.experiences.of("committee")
    people, score = lived.rows, lived.mean[lived.which]
    last = places.household_rows[n - 1]
    np.testing.assert_array_equal(people, np.arange(places.household_rows[n]))
    assert set(lived.times) == {1}
    np.testing.assert_array_equal(score, people < last)  # the losers did not live through something good
    for found, same in zip(model.experiences.of(HOME), lived, strict=True):
        np.testing.assert_array_equal(found, same)
    assert project.talk.meetings == 2


def permitted(weeks=20, **values):
    """A garden that waits for permits from week 8, and the week in which works begin; 0 if they do not."""
    rule = gardens(cost=1_000.0, **values)
    model = situation(post(), GRANT, rule, week=8)
    fill(model, "grant", 1_000.0)
    project = Project(rule, 0, 0, 0, 8, stage="money")
    model.works.projects.append(project)
    begun = 0
    for model.week in range(8, 8 + weeks):
        model.attention.open(np.full(len(Line), 10.0), np.zeros(len(Line)))
        projects(model)
        begun = begun or (project.stage == "works") * model.week
    return model, project, begun


@pytest.mark.parametrize(
    ("permits", "weeks", "parallel", "begun"),
    [(0, 2.0, False, 8), (3, 2.0, True, 10), (3, 2.0, False, 14), (2, 0.0, False, 10), (3, 1.5, True, 10)],
)
def test_permits_take_their_weeks_one_after_another_or_together(permits, weeks, parallel, begun):
    _, project, week = permitted(permits=permits, permit_weeks=weeks, parallel=parallel)
    assert week == begun
    assert project.ready == begun + 1


def test_permits_take_hours_of_departments_and_wait_for_them():
    # a department has ten hours a week: forty take four weeks instead of two
    model, _, week = permitted(permits=1, permit_weeks=2.0, permit_hours=40.0)
    assert week == 12
    assert model.tally.hours_by_line[Line.HOUSING] == model.tally.hours_by_line.sum() == pytest.approx(40)
    # three bodies are of three departments, four of them share one
    for permits, begun in ((3, 10), (4, 12)):
        _, _, week = permitted(permits=permits, permit_weeks=2.0, permit_hours=20.0, parallel=True)
        assert week == begun


def test_cut_the_hours_of_departments_and_nothing_is_permitted():
    rule = gardens(cost=1_000.0, permits=1, permit_hours=1.0)
    model = situation(post(), GRANT, rule, week=8)
    fill(model, "grant", 1_000.0)
    project = Project(rule, 0, 0, 0, 8, stage="money")
    model.works.projects.append(project)
    for model.week in range(8, 20):
        model.attention.open(np.zeros(len(Line)), np.zeros(len(Line)))
        projects(model)
    assert (project.stage, project.looked.tolist()) == ("permits", [0])


def test_who_came_first_is_permitted_first():
    rule = gardens(cost=0.0, permits=1, permit_hours=10.0)
    model = situation(post(), GRANT, rule, week=9)
    late, early = (Project(rule, building, 0, 0, week, stage="money") for building, week in ((0, 9), (1, 8)))
    model.works.projects += [late, early]
    projects(model)
    model.attention.open(np.full(len(Line), 12.0), np.zeros(len(Line)))
    projects(model)
    assert (late.stage, early.stage) == ("permits", "works")
    assert late.looked.tolist() == pytest.approx([0.2])


def test_a_trace_has_the_hours_in_which_a_department_looked_at_a_project():
    rule = gardens(cost=0.0, permits=1, permit_hours=10.0)
    model = situation(post(), GRANT, rule, week=9)
    model.follow(Trace("", projects="all"))
    model.works.projects.append(Project(rule, 0, 0, 0, 8, stage="money"))
    projects(model)
    model.attention.open(np.full(len(Line), 4.0), np.zeros(len(Line)))
    projects(model)
    events = model.trace.to_frame()
    (looked,) = events[events.activity == "examined"].itertuples()
    assert (looked.resource, looked.duty, looked.hours) == (Line.HOUSING.label, "permits", 4)
    assert looked.value == pytest.approx(0.4)


def test_money_is_set_aside_when_all_agree_and_paid_when_works_begin():
    model, project, week = permitted(weeks=2, permits=2, permit_weeks=3.0)
    account = model.purses.account("grant")
    assert (project.stage, account.held.tolist(), account.spent.tolist()) == ("permits", [1_000_00], [0])
    other = Project(project.programme, 1, 0, 0, 8, stage="money")
    advance(model, other)
    assert other.stage == "money"  # it is another's
    model, project, week = permitted(permits=2, permit_weeks=3.0)
    account = model.purses.account("grant")
    assert (week, account.held.tolist(), account.spent.tolist()) == (14, [0], [1_000_00])


def test_a_purse_that_ends_takes_the_money_with_it():
    model, project, _ = permitted(weeks=2, permits=1, permit_weeks=3.0)
    model.adopt(written(post(), gardens(), Purse(name="grant", area="neighbourhood", start=1e-6)))
    for model.week in (10, 11, 12):
        projects(model)
    assert project.stage == "money"
    assert model.works.standing("garden").sum() == 0


def grown(*rules, weeks=6, **values):
    """What becomes of gardens that everybody proposes, in so many weeks."""
    model = situation(post(), *rules, gardens(**values), week=4)
    for model.week in range(4, 4 + weeks):
        open_books(model)
        projects(model)
    return model


def test_a_garden_is_paid_and_stands():
    model = grown(GRANT, cost=1_000.0)
    assert model.works.standing("garden").all()
    assert model.purses.account("grant").spent.tolist() == [6_000_00]
    assert model.tally.total["works_built"] == 6


def test_a_shed_mends_what_breeds_fires_and_without_money_it_does_not():
    shed = {"what": "shed", "mends": "charging", "left": 0.1, "cost": 1_000.0}
    model, poor = grown(GRANT, **shed), grown(Purse(name="grant", start=1e-6), **shed)
    assert model.works.standing("shed").all()
    assert (model.causes.level[Cause.CHARGING] <= 0.1).all()
    assert (poor.causes.level[Cause.CHARGING] > 0.1).any()
    others = [cause for cause in Cause if cause != Cause.CHARGING]
    np.testing.assert_array_equal(model.causes.level[others], poor.causes.level[others])
    with pytest.raises(DesignError, match=r"left = 0\.2: it mends nothing"):
        gardens(left=0.2)


def test_cut_the_money_and_nothing_stands():
    model = grown(Purse(name="grant", start=1e-6), cost=1_000.0)
    assert not model.works.standing("garden").any()
    assert len(model.works.projects) == 6


def test_money_of_another_purpose_is_not_spent_on_works():
    model = grown(Purse(name="grant", income=52_000.0, pays=("wages",)), cost=1_000.0)
    assert not model.works.standing("garden").any()


def test_cut_the_hours_of_those_who_propose_and_nothing_is_proposed():
    model = grown(GRANT, keeper="committee", upkeep=1e3)
    paid = model.institutions.programmes[0].paid
    assert paid.tolist() == pytest.approx([0.02] * 3)
    assert len(model.works.built) - 3 + len(model.works.projects) < 6


def test_gifts_build_it_when_enough_come_together_and_go_back_when_not():
    gifts = Purse(name="grant", area="neighbourhood", source="gifts")
    model = situation(post(), gifts, gardens(cost=1_000.0, deadline=3), week=4)
    asked = [Project(gardens(cost=1_000.0, deadline=3), b, 0, 0, 4, stage="money") for b in (0, 1)]
    model.works.projects += asked
    projects(model)
    assert [project.appeal.threshold for project in asked] == [1_000_00] * 2
    model.purses.pledge(asked[0].appeal, "firm", 900.0)
    model.purses.pledge(asked[0].appeal, "neighbours", 100.0)
    model.purses.pledge(asked[1].appeal, "firm", 999.99)
    for model.week in (5, 6, 7):
        open_books(model)
        projects(model)
    account = model.purses.account("grant")
    assert asked[0].stage == "works" or asked[0] not in model.works.projects
    assert asked[1] not in model.works.projects
    assert (account.spent.tolist(), account.returned.tolist()) == ([1_000_00, 0, 0], [999_99, 0, 0])
    assert model.works.rested("garden")[1] > 7


def test_households_that_gain_give_to_what_they_met_about():
    gifts = Purse(name="lift_gifts", area="neighbourhood", source="gifts")
    for cost, there in ((1_000.0, 1_000_00), (2_000.0, 600_00)):
        model = situation(post(), law(), gifts, lifts(), week=5, projects={"gift": 300.0})
        project = put_forward(model, [1.0, 1.0, -1.0, 1.0, 1.0, -1.0], cost=cost, purse="lift_gifts")
        project.talk.gain = np.array([5.0, 5.0, -5.0, -1.0, 0.0, -1.0]) if cost > 1_000 else np.ones(6)
        project.stage = "money"
        advance(model, project)
        assert project.appeal.pledged == {"households": there}


# Upkeep


def test_a_work_is_kept_as_far_as_there_are_hours_and_money():
    rule = gardens(tended_by="committee", tending=5.0, running=520.0, lasts=2)
    model = situation(post(), GRANT, rule)
    work = model.works.add("garden", 0, programme="gardens", lasts=2, tended=True)
    laid = model.institutions.programmes[0]
    tend(model, laid)
    assert work.kept == 1
    assert committee_hours(model).tolist() == [15, 20, 20]
    assert model.purses.spent_on["works"] == 10_00
    model.institutions.ledger.left[:] = 3.0
    fill(model, "grant", 5.0)
    tend(model, laid)
    assert work.kept == pytest.approx(0.3)
    assert model.works.standing("garden")[0]
    tend(model, laid)
    assert not model.works.standing("garden")[0]  # two weeks in which it got less than half


def test_nobody_looks_after_what_a_programme_left_behind():
    rule = gardens(tended_by="committee", tending=1.0, lasts=3)
    model = situation(post(), GRANT, rule, week=1)
    model.works.add("garden", 0, programme="gone", lasts=3, tended=True)
    model.works.add("shed", 0, programme="gone", lasts=3)
    for model.week in (1, 2, 3):
        projects(model)
    assert not model.works.standing("garden").any()
    assert model.works.standing("shed").any()  # it needs nobody


# Nobody acts, nothing moves


def digest(*rules) -> str:
    design = written(post(host=0.2), lifts(promote=0.5), law(), *rules)
    model = GovernanceModel(small(residents=400), design, baseline=design, reform_week=0, rng=2, weeks=9)
    model.run_until(9)
    return model.record.digest()


def test_money_that_nobody_draws_on_and_works_that_nobody_proposes_leave_a_run_as_it_is():
    bare = digest()
    assert digest(GRANT) == bare
    assert digest(GRANT, gardens(promote=0.0)) == bare
    assert digest(GRANT, gardens(slots=0)) == bare
    assert digest(GRANT, gardens(cost=1_000.0)) != bare


def test_what_a_programme_and_its_law_are_called_decides_nothing():
    digests = set()
    for programme, name in (("lifts", "law"), ("another", "statute")):
        rules = lifts(name=programme, consent=name, promote=0.9, slots=9), law(name=name)
        design = written(post(host=0.2), *rules)
        model = GovernanceModel(small(residents=400), design, baseline=design, reform_week=0, rng=2, weeks=30)
        model.run_until(30)
        assert model.outcomes()["consents_tried"] > 0
        digests.add(model.record.digest())
    assert len(digests) == 1
