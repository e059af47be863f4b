from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.activities import vocabulary as act
from cogov.community.cohorts import Cohort
from cogov.outcomes import BY_GROUP, WEEKLY
from cogov.processes.books import close_week
from cogov.processes.record import WAITS, by_compound, by_group, gini, record
from cogov.processes.route import close
from cogov.rules.kinds import Programme
from cogov.state.issues import State
from cogov.state.works import Project
from cogov.terms import COHORTS, Age, Line
from tests.helpers import connect, post, put, situation, untied


def written(model):
    """The record's last row, by measure."""
    record(model)
    return dict(zip(WEEKLY, model.record.series[model.record.weeks - 1].tolist(), strict=True))


def test_gini_of_a_few():
    assert gini(np.array([0.5, 0.5, 0.5])) == pytest.approx(0)
    # 0, 0, 1: the two without anything, 2/3; halves 1 : 3, a quarter
    assert gini(np.array([0.0, 0.0, 1.0])) == pytest.approx(2 / 3)
    assert gini(np.array([1.0, 3.0])) == pytest.approx(0.25)
    assert gini(np.zeros(4)) == 0


def test_an_empty_week():
    week = written(situation(post()))
    assert week["arrived"] == week["open"] == week["latent"] == 0
    assert week["resolve_weeks"] == week["notice_weeks"] == 0
    assert np.isfinite(list(week.values())).all()


def test_issues_are_counted_where_they_are():
    model = situation(post())
    household = int(model.places.compound_households[3])
    put(model)
    for state in (State.MOVING, State.DEPARTMENTS, State.COUNCIL, State.SERVICE, State.RESOLVED, State.LOST):
        put(model, household=household, state=state)
    week = written(model)
    assert (week["latent"], week["open"]) == (1, 4)
    places = by_compound(model)
    assert places["latent"].tolist() == [1, 0, 0, 0, 0, 0]
    assert places["open"].tolist() == [0, 0, 0, 4, 0, 0]


def test_every_issue_is_latent_open_resolved_or_lost():
    model = GovernanceModel("small", "wuliqiao_2020", rng=5, reform_week=10, weeks=40)
    model.run_until(40)
    frame = model.record.to_frame()
    flows = frame[["arrived", "resolved", "lost"]].cumsum()
    assert flows.iloc[-1].min() > 0
    stock = frame["latent"] + frame["open"]
    np.testing.assert_array_equal(flows["arrived"], stock + flows["resolved"] + flows["lost"])
    for compound in model.places.compounds.names:  # and in each compound
        found = {
            name: model.record.by_compound(name)[compound]
            for name in ("arrived", "resolved", "lost", "latent", "open")
        }
        left = found["arrived"].cumsum() - found["resolved"].cumsum() - found["lost"].cumsum()
        np.testing.assert_array_equal(left, found["latent"] + found["open"])


def test_levels_are_means_of_residents():
    model = situation(post())
    residents, rows = model.residents, model.places.compound_rows
    residents.satisfaction[:] = 0.2
    residents.satisfaction[rows[2] : rows[3]] = 0.8  # the third of six compounds
    share = (rows[3] - rows[2]) / rows[-1]
    week = written(model)
    assert week["satisfaction"] == pytest.approx(0.2 + 0.6 * share, rel=1e-5)
    assert week["satisfaction_worst_tenth"] == pytest.approx(0.2)
    # five at 0.2 and one at 0.8: (2 x 21 weighted ranks - 7 x 1.8) / (6 x 1.8)
    ordered = [0.2] * 5 + [0.8]
    ranks = sum((2 * i - 7) * x for i, x in enumerate(ordered, 1))
    assert week["satisfaction_gini"] == pytest.approx(ranks / (6 * 1.8), rel=1e-5)


def test_who_is_hardly_tied_counts_as_isolated():
    model = situation(post(), bond={"isolated": 0.1})
    model.ties = untied(model)
    connect(model.ties, [0, 1, 3], [1, 2, 4], [0.2, 0.5, 0.09])
    week = written(model)
    n = len(model.residents)
    assert week["tie_strength"] == pytest.approx(2 * 0.79 / n, rel=1e-4)
    assert week["isolates"] == pytest.approx((n - 3) / n)


def test_participation_is_of_adults():
    model = situation(post())
    residents = model.residents
    residents.volunteering[:] = False
    adults = np.flatnonzero(residents.age >= Age.AGE_18_29)
    residents.volunteering[adults[::5]] = True
    for cohort in range(COHORTS):
        active = Cohort(cohort).who(residents.volunteering)
        model.volunteers.count(residents, model.places, cohort, active, 0.1)
    assert written(model)["participation"] == pytest.approx(len(adults[::5]) / len(adults))


def test_durations_are_of_what_ended():
    model = situation(post(), week=12)
    rows = [put(model, born=born) for born in (10, 4)]
    close(model, np.array(rows), act.RESOLVED)
    week = written(model)
    assert week["resolved"] == 2
    assert week["resolve_weeks"] == 10
    assert model.record.outcomes()["weeks_to_resolve"] == pytest.approx(5)


def test_what_is_agreed_to_is_counted_by_what_it_waits_for():
    model = situation(post())
    lift, shed = Programme(name="lift", what="lift"), Programme(name="shed", what="shed")
    waiting = [
        (lift, "money"),
        (lift, "money"),
        (lift, "works"),
        (shed, "money"),
        (shed, "permits"),
        (shed, "plan"),
    ]
    for rule, stage in waiting:
        model.works.projects.append(replace(Project(rule, 0, 0, 0, 1), stage=stage))
    week = written(model)
    assert [week[f"lifts_{name}"] for name in WAITS] == [2, 0, 1]
    assert [week[f"works_{name}"] for name in WAITS] == [1, 1, 0]


def test_an_issue_is_due_once_in_its_life():
    model = situation(post(), week=12, appraise={"norm": 4.0})
    early, late, at_last = (put(model, born=born) for born in (9, 7, 2))  # aged 3, 5 and 10 weeks
    lost, waiting, past = (put(model, born=born) for born in (10, 8, 7))  # aged 2, 4 and 5 weeks
    close(model, np.array([early, late, at_last]), act.RESOLVED)
    close(model, np.array([lost]), act.LOST)
    week = written(model)
    # Early and lost now, late and past as they pass the norm; at last did so before, waiting may be in time.
    assert week["due"] == 4
    assert week["in_norm"] == 1
    assert model.record.outcomes()["resolution_rate"] == pytest.approx(0.25)
    assert model.issues.state[waiting] != State.RESOLVED != model.issues.state[past]


def test_hours_and_money_of_a_week():
    rich = {"programme_budget": 1000.0}
    posts = (post(wage=50.0), post("office", area="subdistrict"), post("centre", area="block"))
    model = situation(*posts, profile=rich)
    institutions = model.institutions
    ledger, posts = institutions.ledger, institutions.posts
    paid = model.purses.spent_on["wages"] / 100
    ledger.spend(posts.at("committee"), np.array([15.0, 5.0, 0.0]), "handling")
    ledger.spend(posts.at("office"), 4.0, "orders")
    ledger.spend(posts.at("centre"), 3.0, "hosting")
    model.purses.account("lift_fund").receive(np.array([200_000_00]))
    model.purses.pay_out(model.purses.set_aside("lift_fund", 0, 200_000, "lifts"))
    model.tally.hours_by_line[Line.HOUSING] = 6.5
    week = written(model)
    available = ledger.available[posts.at("committee")].sum()
    assert week["hours_committee"] == pytest.approx(20)
    assert week["hours_office"] == pytest.approx(4)
    assert week["hours_posts"] == pytest.approx(3)
    assert week["hours_departments"] == pytest.approx(6.5)
    assert (week["hours_handling"], week["hours_orders"], week["hours_hosting"]) == (20, 4, 3)
    assert week["committee_load"] == pytest.approx(20 / available)
    assert week["money_wages"] == pytest.approx(paid)
    assert paid == pytest.approx(50 * 60)
    assert week["money_lifts"] == week["money_from_grant"] == 200_000
    assert week["money_from_budget"] == paid


def test_a_budget_that_is_too_small_buys_fewer_hours():
    # a yuan a week of each of 855 households, where 60 hours at 50 yuan are wanted
    model = situation(post(wage=50.0), profile={"programme_budget": 52.0})
    budget = float(model.places.households)
    week = written(model)
    assert week["money_wages"] == pytest.approx(budget)
    assert model.institutions.ledger.available.sum() == pytest.approx(budget / 50)


def test_firms_are_weighed_by_the_households_they_serve():
    model = situation(post())
    households = np.diff(model.places.compound_households)
    model.homes.firm[:] = [0, 1, -1, -1, -1, -1]
    model.firms.quality[:2] = [0.2, 0.6]
    model.collection[:] = [0.5, 0.9, 0, 0, 0, 0]
    week = written(model)
    weights = households[:2] / households[:2].sum()
    assert week["firm_quality"] == pytest.approx(weights @ [0.2, 0.6], rel=1e-5)
    assert week["fee_collection"] == pytest.approx(weights @ [0.5, 0.9], rel=1e-5)


def test_groups_are_means_by_age_and_tenure():
    model = situation(post())
    residents = model.residents
    residents.age[:] = Age.AGE_30_44
    residents.owner[:] = True
    residents.age[:3], residents.owner[:3] = Age.AGE_80_PLUS, False
    residents.satisfaction[:3] = [0.1, 0.2, 0.6]
    means = by_group(model)
    satisfaction = means[BY_GROUP.index("satisfaction")]
    assert satisfaction[Age.AGE_80_PLUS, 0] == pytest.approx(0.3)
    assert satisfaction[Age.AGE_30_44, 1] == pytest.approx(residents.satisfaction[3:].mean(), rel=1e-5)
    assert np.isnan(satisfaction[Age.AGE_80_PLUS, 1])  # nobody
    assert np.isnan(satisfaction).sum() == satisfaction.size - 2


def test_groups_are_written_once_a_quarter():
    model = situation(post())
    for model.week in range(1, 27):
        record(model)
    assert (model.record.groups[:2] != 0).any(axis=(1, 2, 3)).all()
    assert model.record.by_group()["quarter"].unique().tolist() == [1, 2]


def test_a_new_week_starts_with_empty_books():
    model = situation(post())
    model.tally.add("arrived", np.array([1, 1, 4]))
    model.tally.count("activities", 3)
    assert written(model)["arrived"] == 3
    close_week(model)
    again = written(model)
    assert (again["arrived"], again["activities"]) == (0, 0)
    assert model.record.weeks == 2
