from __future__ import annotations

import numpy as np
import pytest

from cogov.processes.appraise import appraise
from cogov.processes.attention import priority
from cogov.processes.books import open_books
from cogov.processes.deliver import deliver
from cogov.processes.route import route
from cogov.state.issues import State
from cogov.terms import Kind, Level, Line
from tests import helpers
from tests.helpers import NEVER, put, situation


def post(name: str = "committee", **values):
    """A post of one person, who may give all of 20 hours a week to one job."""
    own = {} if "staffed_by" in values else {"heads": 1, "hours": 20}
    return helpers.post(name, **(own | values))


def served(model, *, by: str = "committee", area: int = 0, **values):
    """An issue that a post works on; finished work holds unless told otherwise."""
    server = model.institutions.posts.at(by).start + area
    place = {"state": State.SERVICE, "at": Level.NEIGHBOURHOOD, "server": server, "hold": 1e-9}
    return put(model, **(place | values))


def test_work_that_does_not_fit_into_the_week_waits_with_what_is_left():
    model = situation(post())  # 20 hours in each neighbourhood
    first = served(model, work=15.0, urgency=0.9)
    second = served(model, work=15.0, urgency=0.5)
    elsewhere = served(model, work=3.0, area=1)
    deliver(model)
    issues, ledger = model.issues, model.institutions.ledger
    assert issues.state[[first, second, elsewhere]].tolist() == [
        State.RESOLVED,
        State.SERVICE,
        State.RESOLVED,
    ]
    assert issues.work[second] == pytest.approx(10)
    np.testing.assert_allclose(ledger.left, [0, 17, 20])
    assert ledger.hours["handling"] == pytest.approx(23)
    model.week = 2
    open_books(model)
    deliver(model)
    assert issues.state[second] == State.RESOLVED
    assert model.tally.of("resolve_weeks").sum() == 1


def test_meetings_booked_before_leave_fewer_hours_for_work():
    model = situation(post())
    row = served(model, work=10.0)
    model.institutions.ledger.spend(slice(0, 3), 14.0, "meetings")
    deliver(model)
    assert model.issues.work[row] == pytest.approx(4)


def test_urgency_then_the_deadline_as_it_nears_then_age():
    model = situation(post(), week=10, attention={"deadline_weight": 2.0, "age_weight": 0.03})
    rows = [
        served(model, urgency=0.5, born=10),
        served(model, urgency=0.5, born=10, due=11),
        served(model, urgency=0.5, born=10, due=8),  # overdue: as on its day
        served(model, urgency=0.5, born=4),
    ]
    expected = [0.5, 0.5 + 2 * np.exp(-1), 0.5 + 2, 0.5 + 6 * 0.03]
    np.testing.assert_allclose(priority(model, np.array(rows)), expected, rtol=1e-6)


def test_finished_work_holds_by_competence_or_comes_back_in_part():
    # competence 0.75 is a hazard of ln 4 = 1.386
    model = situation(post(competence=0.75), deliver={"rework": 0.5})
    model.institutions.posts.competence[:], model.institutions.posts.trained[:] = 0.75, 0
    holds = served(model, work=4.0, hold=1.38)
    returns = served(model, work=4.0, hold=1.40)
    deliver(model)
    issues = model.issues
    assert issues.state[[holds, returns]].tolist() == [State.RESOLVED, State.SERVICE]
    assert issues.work[returns] == pytest.approx(2)
    assert issues.hold[returns] == pytest.approx(1.40 - np.log(4), abs=1e-5)
    assert model.tally.of("reworked").sum() == 1
    assert model.tally.of("resolved").sum() == 1
    deliver(model)  # the half is done again, and now it holds
    assert issues.state[returns] == State.RESOLVED


def test_work_holds_as_often_as_competence_says():
    model = situation(post(heads=10, hours=80))
    model.institutions.posts.competence[:], model.institutions.posts.trained[:] = 0.6, 0
    n = 4000
    served(model, work=0.01, copies=n, hold=np.random.default_rng(5).standard_exponential(n))
    deliver(model)
    share = (model.issues.state == State.RESOLVED).mean()
    assert abs(share - 0.6) < 4 * np.sqrt(0.24 / n)


def called(model, *parts, **values):
    """An issue with housing that has answered, whatever hours it still owes."""
    share = (*parts, *(3 - len(parts)) * (0.0,))
    place = {"line": (Line.HOUSING, Line.CIVIL_AFFAIRS, -1), "share": share, "wait": (0.0, 0.0, NEVER)}
    return served(model, **(place | {"state": State.DEPARTMENTS} | values))


def test_departments_have_finite_hours_for_all_who_call():
    model = situation(post())
    model.attention.open(np.where(np.arange(len(Line)) == Line.HOUSING, 5.0, 0.0), np.zeros(len(Line)))
    urgent = called(model, 4.0, urgency=0.9)
    waits = called(model, 4.0, urgency=0.2)
    deliver(model)
    issues = model.issues
    # its part done, the first goes on to the post that finishes the job
    assert issues.state[[urgent, waits]].tolist() == [State.MOVING, State.DEPARTMENTS]
    np.testing.assert_allclose(issues.share[waits], [3, 0, 0])
    assert model.tally.hours_by_line[Line.HOUSING] == pytest.approx(5)
    model.attention.left[Line.HOUSING] = 5
    deliver(model)
    assert issues.state[waits] == State.MOVING


def test_all_parts_must_be_done():
    model = situation(post())
    model.attention.left[:] = 10
    row = called(model, 2.0, 2.0, wait=(0.0, 0.7, NEVER))  # the second has not answered yet
    deliver(model)
    assert model.issues.state[row] == State.DEPARTMENTS
    np.testing.assert_allclose(model.issues.share[row], [0, 2, 0])


def helped(small: float = 3.0, care: float = 0.0):
    """A committee, and in every neighbourhood a helper with four hours for small repairs."""
    helper = post("helper", heads=1, hours=4, small=small, care=care, handles=("repair",))
    model = situation(post(), helper)
    model.institutions.posts.competence[:], model.institutions.posts.trained[:] = 0.9, 0
    return model


def test_helpers_take_small_issues_off_the_hands_of_the_post_in_charge():
    model = helped()
    small = served(model, kind=Kind.REPAIR, work=3.0)
    large = served(model, kind=Kind.REPAIR, work=3.1)
    other = served(model, kind=Kind.DISPUTE, work=1.0)
    deliver(model)
    posts, ledger, issues = model.institutions.posts, model.institutions.ledger, model.issues
    assert (issues.state == State.RESOLVED).all()
    assert issues.server[small] == posts.at("helper").start
    assert issues.server[[large, other]].tolist() == [posts.at("committee").start] * 2
    assert ledger.left[posts.at("helper")][0] == pytest.approx(1)
    assert ledger.left[posts.at("committee")][0] == pytest.approx(20 - 4.1)


def test_a_helper_does_what_it_has_hours_for_and_leaves_the_rest():
    model = helped(small=6.0)
    model.institutions.ledger.left[model.institutions.posts.at("committee")] = 0.5
    row = served(model, kind=Kind.REPAIR, work=6.0)
    deliver(model)
    assert model.issues.state[row] == State.SERVICE
    assert model.issues.work[row] == pytest.approx(1.5)  # four by the helper, half an hour by the committee
    assert model.issues.server[row] == model.institutions.posts.at("committee").start


def test_hours_meant_for_needs_are_not_spent_on_issues():
    model = helped(care=0.75)  # one hour of four is left
    model.institutions.ledger.left[model.institutions.posts.at("committee")] = 0
    row = served(model, kind=Kind.REPAIR, work=2.0)
    deliver(model)
    assert model.issues.work[row] == pytest.approx(1)


def test_what_a_helper_did_in_vain_goes_back_to_the_post_in_charge():
    model = helped()
    model.institutions.ledger.left[model.institutions.posts.at("committee")] = 0
    row = served(model, kind=Kind.REPAIR, work=2.0, hold=9.0)
    deliver(model)
    assert model.issues.state[row] == State.SERVICE
    assert model.issues.server[row] == model.institutions.posts.at("committee").start
    assert model.issues.work[row] > 0


# People


def test_one_person_works_on_one_job():
    model = situation(post(heads=2, hours=10), post("office", area="subdistrict", heads=0.5, hours=20))
    large = served(model, work=15.0, urgency=0.9)
    others = [served(model, work=4.0), served(model, work=9.0, urgency=0.1)]
    half = served(model, by="office", work=15.0)
    deliver(model)
    assert model.issues.work[large] == pytest.approx(5)  # ten hours of the one, six and four of the other
    assert model.issues.work[others] == pytest.approx([0, 3])
    assert model.issues.work[half] == pytest.approx(5)  # half a person has ten hours
    model = situation(post(heads=2, hours=10))
    alone = served(model, work=15.0)
    deliver(model)
    assert model.issues.work[alone] == pytest.approx(5)
    assert model.institutions.ledger.left[0] == pytest.approx(10)  # the other has nothing to do


def test_what_meetings_take_they_take_from_everybody():
    model = situation(post(heads=2, hours=10))
    row = served(model, work=15.0)
    model.institutions.ledger.spend(slice(0, 3), 10.0, "meetings")
    deliver(model)
    assert model.issues.work[row] == pytest.approx(10)


FIRM = {"area": "compound", "staffed_by": "firm", "handles": ("repair",)}


def firms(serves=(0, 0, 0, 1, 1, -1), hours=(20.0, 20, 20, 20, 20, 0), **parameters):
    """Two firms that serve compounds with these hours; half of them stay, a fifth is lost on the way."""
    model = situation(post("firm", **FIRM), deliver={"stay": 0.5, "travel": 0.2} | parameters)
    model.homes.firm[:] = serves
    posts, ledger = model.institutions.posts, model.institutions.ledger
    posts.competence[:], posts.trained[:] = 1.0, 0
    ledger.open(np.array(hours, dtype=float), {})
    return model


def compound_of(model, row: int) -> int:
    return int(model.places.compound_households[row])


def repair(model, compound=0, **values):
    place = {"household": compound_of(model, compound), "kind": Kind.REPAIR, "at": Level.COMPOUND}
    return served(model, by="firm", area=compound, **(place | values))


def test_a_firm_sends_people_where_work_waits_among_its_own_compounds():
    model = firms()
    row, other = repair(model, work=38.0), repair(model, 3, work=5.0)
    deliver(model)
    ledger = model.institutions.ledger
    # 20 hours on the spot; ten of each of its other two are free, of which eight arrive
    assert model.issues.work[row] == pytest.approx(2)
    assert model.issues.work[other] == 0
    np.testing.assert_allclose(ledger.left, [0, 10, 10, 15, 20, 0])
    assert ledger.hours == {"handling": pytest.approx(20 + 16 + 5), "travel": pytest.approx(4)}


def test_no_more_are_sent_than_there_is_work_for_and_the_most_urgent_is_done_first():
    model = firms()
    urgent, other = repair(model, work=30.0, urgency=0.9), repair(model, 1, work=24.0, urgency=0.2)
    deliver(model)
    # ten hours wait in the first and four in the second; eight arrive from the third
    assert model.issues.work[[urgent, other]] == pytest.approx([2, 4])
    model = firms()
    repair(model, work=24.0)
    deliver(model)
    np.testing.assert_allclose(model.institutions.ledger.left, [0, 17.5, 17.5, 20, 20, 0])


@pytest.mark.parametrize("cut", [{"stay": 1.0}, {"serves": (0, 1, 1, 1, 1, -1)}])
def test_cut_what_moves_or_what_is_theirs_and_nobody_is_sent(cut):
    model = firms(**cut)
    row = repair(model, work=38.0)
    deliver(model)
    assert model.issues.work[row] == pytest.approx(18)
    assert model.institutions.ledger.hours.get("travel", 0.0) == 0


def test_whoever_is_sent_works_on_one_job_as_well():
    model = firms(hours=(10.0, 200, 200, 0, 0, 0))  # ten others, of 40 hours
    row = repair(model, work=100.0)
    deliver(model)
    assert model.issues.work[row] == pytest.approx(60)


def test_an_issue_with_nobody_in_charge_stays():
    model = situation(post())
    row = put(model, state=State.SERVICE, at=Level.DISTRICT, server=-1)
    deliver(model)
    assert (model.issues.state[row], model.issues.work[row]) == (State.SERVICE, 4)
    assert model.institutions.ledger.hours["handling"] == 0


def test_an_order_is_closed_when_the_committee_has_answered():
    model = situation(post(), deliver={"reply_hours": 0.5})
    told, seen = served(model, work=4.0, hotline=True), served(model, work=4.0)
    deliver(model)
    assert model.issues.state[[told, seen]].tolist() == [State.RESOLVED, State.RESOLVED]
    assert model.institutions.ledger.hours == {"handling": 8.0, "replies": 0.5}


def test_an_order_that_nobody_has_time_to_answer_stays_open_and_is_answered_first():
    model = situation(post(), deliver={"reply_hours": 0.5})
    order, more = served(model, work=20.0, urgency=0.9, hotline=True), served(model, work=60.0)
    deliver(model)
    assert model.issues.state[order] == State.ANSWER
    assert model.tally.of("resolved").sum() == 0
    model.week += 1
    open_books(model)
    deliver(model)
    assert model.issues.state[order] == State.RESOLVED
    assert model.issues.closed[order] == model.week
    assert model.issues.work[more] == pytest.approx(60 - 19.5)


def test_without_committees_the_office_answers_and_without_either_nobody():
    for rules, state in (((post("office", area="subdistrict"),), State.RESOLVED), ((), State.ANSWER)):
        model = situation(post("guide"), *rules)
        order = served(model, by="guide", hotline=True)
        deliver(model)
        assert model.issues.state[order] == state


def test_those_who_are_not_answered_live_through_it():
    model = situation(post(), week=12, appraise={"expectation": 1.0})
    row = put(model, state=State.ANSWER, hotline=True, at=Level.NEIGHBOURHOOD, urgency=1.0, born=4)
    model.residents.trust_committee[:] = 0.8
    route(model)
    assert model.issues.state[row] == State.ANSWER  # nobody gives up what is done
    appraise(model)
    mine = slice(int(model.issues.row0[row]), int(model.issues.row1[row]))
    assert np.all(model.residents.trust_committee[mine] < 0.75)
