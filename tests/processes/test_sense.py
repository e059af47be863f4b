from __future__ import annotations

import numpy as np
import pytest

from cogov.community.ties import FULL
from cogov.processes.books import open_books
from cogov.processes.sense import sense
from cogov.rules import Boundary, Choice, Observation, Reports
from cogov.state.issues import State
from cogov.terms import Kind, Level
from tests.helpers import NEVER, post, put, situation

REPORTS = Reports(name="reports", channel="committee")
HOTLINE = Reports(name="hotline", channel="hotline")


def people(model, row):
    return slice(int(model.issues.row0[row]), int(model.issues.row1[row]))


def test_a_household_tells_the_committee_when_its_time_has_come():
    # One person with trust 0.8 about urgency 0.5: 0.2 x 0.8 x 0.5 = 0.08 a week; n people: 1 - 0.92^n,
    # as a hazard -n ln 0.92.
    model = situation(post(), REPORTS, sense={"report_rate": 0.2, "word": 0.0, "growth": 0.0})
    model.residents.trust_committee[:] = 0.8
    early = put(model, household=0, urgency=0.5)
    n = model.issues.row1[early] - model.issues.row0[early]
    hazard = -n * np.log(0.92)
    late = put(model, household=0, urgency=0.5, tell=hazard + 0.01)
    model.issues.tell[early] = hazard - 0.01
    sense(model)
    issues = model.issues
    assert issues.state[early] == State.MOVING
    assert issues.at[early] == Level.NEIGHBOURHOOD
    assert issues.seen[early] == model.week
    assert not issues.hotline[early]
    assert issues.state[late] == State.LATENT
    assert issues.tell[late] == pytest.approx(0.01, abs=1e-6)  # a week nearer
    assert model.tally.of("noticed").sum() == 1
    model.week += 1
    sense(model)
    assert issues.state[late] == State.MOVING


@pytest.mark.parametrize(("trust", "weaker"), [(0.5, 1.0), (0.5, 0.3), (0.0, 1.0)])
def test_word_gets_round_among_neighbours_who_know_and_trust_each_other(trust, weaker):
    model = situation(
        post(), REPORTS, HOTLINE, sense={"report_rate": 0.2, "call_rate": 0.1, "word": 0.4, "growth": 0.0}
    )
    model.residents.trust_committee[:] = 1.0
    model.residents.trust_neighbours[:] = trust
    row = put(model, urgency=0.5, tell=9.0, call=9.0)
    n = model.issues.row1[row] - model.issues.row0[row]
    model.ties.tied[:] = 3 * weaker * FULL
    sense(model)
    # each of n has told 0.4 x 3 x trust neighbours, who tell the committee as well; only they themselves call
    knowing = n * (1 + 0.4 * 3.0 * weaker * trust)
    assert 9 - model.issues.tell[row] == pytest.approx(-knowing * np.log(0.9), rel=1e-5)
    assert 9 - model.issues.call[row] == pytest.approx(-n * np.log(0.95), rel=1e-5)


def test_trust_is_that_of_those_affected():
    model = situation(post(), REPORTS, sense={"report_rate": 0.2, "growth": 0.0})
    row = put(model, household=5, tell=1e-9)
    model.residents.trust_committee[:] = 1.0
    model.residents.trust_committee[people(model, row)] = 0.0
    sense(model)
    assert model.issues.state[row] == State.LATENT


def test_a_call_becomes_an_order_with_a_deadline_and_costs_hours():
    rules = (
        post(),
        post("office", area="subdistrict"),
        HOTLINE,
        Choice(name="dispatch", level="subdistrict", power="dispatch", kinds=("dispute",), weeks=3.0),
    )
    model = situation(*rules, week=7, sense={"call_rate": 0.1, "order_hours": 0.3, "growth": 0.0})
    model.residents.trust_committee[:] = 0.0  # calling does not need trust
    first = int(model.places.neighbourhood_households[1])  # the first household of the second neighbourhood
    row = put(model, household=first, urgency=1.0, call=0.105, born=4)
    model.issues.row1[row] = model.issues.row0[row] + 1  # one person: hazard -ln(1 - 0.1) = 0.10536
    other = put(model, household=first, urgency=1.0, call=0.106)
    model.issues.row1[other] = model.issues.row0[other] + 1
    sense(model)
    issues, posts, ledger = model.issues, model.institutions.posts, model.institutions.ledger
    assert issues.state[row] == State.MOVING
    assert issues.at[row] == Level.SUBDISTRICT
    assert issues.hotline[row]
    assert issues.due[row] == 10
    assert issues.state[other] == State.LATENT
    assert ledger.left[posts.at("office")] == pytest.approx(20 - 0.3)
    np.testing.assert_allclose(ledger.left[posts.at("committee")], [20, 20, 20])  # it answers when it is done
    assert model.tally.of("orders").sum() == 1
    assert model.tally.of("notice_weeks").sum() == 3


def test_calls_that_the_office_has_no_time_for_come_again():
    model = situation(
        post(),
        post("office", area="subdistrict"),
        HOTLINE,
        sense={"call_rate": 0.5, "order_hours": 4.0, "growth": 0.0},
    )
    rows = [put(model, urgency=urgency, call=1e-6) for urgency in (0.3, 0.5, 0.4)]
    model.institutions.ledger.left[model.institutions.posts.at("office")] = 9.0  # for two of them
    sense(model)
    assert model.issues.state[rows].tolist() == [State.LATENT, State.MOVING, State.MOVING]  # the most urgent
    assert model.tally.of("orders").sum() == 2
    model.week += 1
    open_books(model)
    sense(model)
    assert model.issues.state[rows[0]] == State.MOVING
    assert model.issues.hotline[rows[0]]


def test_who_is_not_put_through_may_still_tell_the_committee():
    rates = {"report_rate": 0.5, "call_rate": 0.5, "order_hours": 1.0, "growth": 0.0}
    model = situation(post(), post("office", area="subdistrict"), REPORTS, HOTLINE, sense=rates)
    model.residents.trust_committee[:] = 1.0
    row = put(model, urgency=1.0, call=1e-6, tell=1e-3)
    model.institutions.ledger.left[model.institutions.posts.at("office")] = 0.0
    sense(model)
    assert model.issues.state[row] == State.MOVING
    assert not model.issues.hotline[row]
    assert model.issues.at[row] == Level.NEIGHBOURHOOD


def test_without_a_hotline_nobody_calls_and_without_reports_nobody_tells():
    model = situation(post())
    row = put(model, tell=1e-9, call=1e-9, spot=1e-9)
    sense(model)
    assert model.issues.state[row] == State.LATENT


def test_a_committee_that_takes_half_the_reports_hears_half_as_often():
    half = Reports(name="reports", channel="committee", share=0.5)
    model = situation(post(), half, sense={"report_rate": 0.2, "word": 0.0, "growth": 0.0})
    model.residents.trust_committee[:] = 1.0
    row = put(model, urgency=1.0, tell=1.0)
    n = model.issues.row1[row] - model.issues.row0[row]
    sense(model)
    assert 1 - model.issues.tell[row] == pytest.approx(-n * np.log(1 - 0.1), rel=1e-5)


def observing(**values):
    visits = Observation(name="visits", post="committee", **({"speed": 3.0} | values))
    return situation(
        post(observe=0.25), visits, arise={"dispute": {"visibility": 0.6}}, sense={"growth": 0.0}
    )


def test_an_observer_reaches_buildings_and_sees_what_is_visible():
    # 5 of the committee's 20 hours at 3 buildings an hour reach one of B buildings with 1 - exp(-15 / B),
    # and there the observer sees 0.6 of disputes.
    model = observing()
    buildings = model.institutions.areas["neighbourhood"].buildings
    seen = 0.6 * (1 - np.exp(-15 / buildings[0]))
    early = put(model, spot=-np.log(1 - seen) - 0.001)
    late = put(model, spot=-np.log(1 - seen) + 0.001)
    sense(model)
    assert model.issues.state[[early, late]].tolist() == [State.MOVING, State.LATENT]
    assert model.issues.at[early] == Level.NEIGHBOURHOOD
    np.testing.assert_allclose(model.institutions.ledger.left, 15)  # looking takes the hours
    assert model.institutions.ledger.hours["observing"] == pytest.approx(15)


def test_a_vacant_post_observes_nothing():
    model = observing()
    model.institutions.posts.filled[0] = 0
    open_books(model)
    vacant = put(model, household=0, spot=1e-6)
    staffed = put(model, household=int(model.places.neighbourhood_households[1]), spot=1e-6)
    sense(model)
    assert model.issues.state[[vacant, staffed]].tolist() == [State.LATENT, State.MOVING]


def test_an_observer_sees_only_the_kinds_it_looks_for():
    model = observing(kinds=("repair",))
    dispute, repair = put(model, spot=1e-6), put(model, kind=Kind.REPAIR, spot=1e-6)
    sense(model)
    assert model.issues.state[[dispute, repair]].tolist() == [State.LATENT, State.MOVING]


def test_an_issue_lands_where_its_likeliest_observer_stands():
    slow = Observation(name="visits", post="committee", speed=0.1)
    fast = Observation(name="patrols", post="patrol", speed=9.0)
    model = situation(post(observe=0.5), post("patrol", area="compound", observe=0.5), slow, fast)
    row = put(model, spot=1e-6)
    sense(model)
    assert model.issues.at[row] == Level.COMPOUND


def test_the_channel_whose_time_comes_first_has_it():
    model = situation(post(), post("office", area="subdistrict"), REPORTS, HOTLINE,
                      sense={"report_rate": 0.1, "call_rate": 0.1, "word": 0.0, "growth": 0.0})  # fmt: skip
    model.residents.trust_committee[:] = 1.0
    told = put(model, urgency=1.0)
    called = put(model, urgency=1.0)
    n = model.issues.row1[told] - model.issues.row0[told]
    hazard = -n * np.log(0.9)  # the same by both channels
    model.issues.tell[:] = [0.2 * hazard, 0.9 * hazard]
    model.issues.call[:] = [0.3 * hazard, 0.8 * hazard]
    sense(model)
    assert model.issues.hotline[[told, called]].tolist() == [False, True]
    assert model.issues.at[[told, called]].tolist() == [Level.NEIGHBOURHOOD, Level.SUBDISTRICT]


def test_what_is_known_is_not_noticed_again():
    model = situation(post(), REPORTS, sense={"report_rate": 1.0})
    model.residents.trust_committee[:] = 1.0
    row = put(model, tell=1e-9, state=State.SERVICE, at=Level.NEIGHBOURHOOD, seen=1)
    model.week = 5
    sense(model)
    assert model.issues.seen[row] == 1
    assert model.issues.state[row] == State.SERVICE
    assert model.tally.of("noticed").sum() == 0


def test_what_nobody_notices_grows_once():
    model = situation(post(), sense={"growth": 0.02, "growth_work": 1.5})
    grows = put(model, household=3, households=2, work=4.0, urgency=0.8, grow=0.03)
    stays = put(model, household=3, work=4.0, grow=1.0)
    sense(model)  # 0.03 - 0.02 is left
    assert model.issues.work[grows] == 4
    for _ in range(3):
        sense(model)
    issues = model.issues
    assert issues.work[grows] == pytest.approx(6)
    assert issues.task[grows] == pytest.approx(6)
    assert issues.urgency[grows] == 1  # 1.2, and no more than 1
    assert issues.households[grows] == 4
    assert issues.row1[grows] == model.places.household_rows[7]
    assert (issues.work[stays], issues.households[stays]) == (4, 1)


def test_what_grows_stays_within_its_compound():
    model = situation(post(), sense={"growth": 1.0})
    last = int(model.places.compound_households[1])
    row = put(model, household=last - 3, households=2, grow=0.5)
    sense(model)
    assert model.issues.households[row] == 3
    assert model.issues.row1[row] == model.places.compound_rows[1]


def test_a_week_without_latent_issues():
    model = situation(post(observe=0.5), REPORTS, HOTLINE,
                      Observation(name="visits", post="committee"))  # fmt: skip
    sense(model)
    assert len(model.issues) == 0
    assert model.institutions.ledger.hours["observing"] == pytest.approx(30)  # looking costs, finding or not


def test_a_fate_that_never_comes():
    model = situation(post(), REPORTS, sense={"report_rate": 1.0})
    row = put(model, tell=NEVER)
    for _ in range(20):
        sense(model)
    assert model.issues.state[row] == State.LATENT


def test_a_report_takes_the_committee_time_and_the_least_urgent_come_again():
    model = situation(post(), REPORTS, sense={"report_rate": 0.5, "report_hours": 4.0, "growth": 0.0})
    model.residents.trust_committee[:] = 1.0
    rows = [put(model, urgency=urgency, tell=1e-6) for urgency in (0.3, 0.5, 0.4)]
    model.institutions.ledger.left[0] = 9.0  # for two of them
    sense(model)
    assert model.issues.state[rows].tolist() == [State.LATENT, State.MOVING, State.MOVING]
    assert model.institutions.ledger.hours["reports"] == pytest.approx(8)
    model.week += 1
    open_books(model)
    sense(model)
    assert model.issues.state[rows[0]] == State.MOVING


def test_nobody_hears_reports_where_there_is_no_committee():
    model = situation(post("office", area="subdistrict"), REPORTS, sense={"report_rate": 0.5})
    row = put(model, tell=1e-6)
    sense(model)
    assert model.issues.state[row] == State.LATENT


def test_who_is_not_heard_may_still_call():
    rates = {"report_rate": 0.5, "call_rate": 0.5, "report_hours": 1.0, "growth": 0.0}
    model = situation(post(), post("office", area="subdistrict"), REPORTS, HOTLINE, sense=rates)
    row = put(model, urgency=1.0, tell=1e-6, call=1e-3)
    model.institutions.ledger.left[model.institutions.posts.at("committee")] = 0.0
    sense(model)
    assert model.issues.hotline[row]


def test_what_neighbours_on_duty_see_they_report_to_the_committee():
    leaders = Observation(name="leaders", post="leader", speed=9.0)
    found = {}
    for pool in ("staff", "volunteers"):
        filled = Boundary(name="leader", post="leader", pools=(pool,))
        rules = (post(), post("leader", area="compound", observe=0.5, handles=()), leaders, filled)
        model = situation(*rules, sense={"growth": 0.0, "report_hours": 0.2})
        model.institutions.posts.filled[:] = 1
        open_books(model)
        rows = [put(model, spot=1e-6) for _ in range(3)]
        model.institutions.ledger.left[0] = 0.5  # for two reports
        sense(model)
        found[pool] = (
            (model.issues.state[rows] == State.MOVING).sum(),
            model.institutions.ledger.hours.get("reports", 0),
        )
    assert found == {"staff": (3, 0), "volunteers": (2, pytest.approx(0.4))}
