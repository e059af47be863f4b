from __future__ import annotations

import numpy as np
import pytest

from cogov.activities import vocabulary as act
from cogov.processes.route import close, route
from cogov.rules import Choice, Scope
from cogov.state.issues import State
from cogov.terms import Kind, Level, Line
from tests.helpers import NEVER, council, post, put, situation

OFFICE = post("office", area="subdistrict")
DISTRICT = post("district", area="district")
SUMMONS = Choice(name="summons", level="neighbourhood", power="summon", kinds=("dispute",), hours=1.5)
BLOCKS = (Scope(name="block", number=3), post("centre", area="block"))


def moving(model, **values):
    return put(model, **({"state": State.MOVING, "at": Level.NEIGHBOURHOOD} | values))


def departments(model, *lines: Line, wait: tuple[float, ...], **values):
    """An issue at the subdistrict that departments are to answer: each has two hours to give to it."""
    filler = (3 - len(lines)) * (-1,)
    model.attention.files[:] = model.attention.left[:] = 1000.0  # nobody is short of hours to look at it
    return moving(
        model,
        **({"at": Level.SUBDISTRICT} | values),
        line=(*lines, *filler),
        wait=(*wait, *(NEVER for _ in filler)),
        share=(*(2.0 for _ in lines), *(0.0 for _ in filler)),
    )


def test_an_issue_is_handled_where_there_is_authority_and_a_post():
    model = situation(post())
    row = moving(model, household=int(model.places.neighbourhood_households[2]))
    route(model)
    assert model.issues.state[row] == State.SERVICE
    assert model.issues.server[row] == model.institutions.posts.at("committee").start + 2


def test_an_issue_is_forwarded_one_rung_a_week_and_loses_none_without_a_hazard():
    model = situation(post(), *BLOCKS, OFFICE, route={"loss": 0.0})
    row = moving(model, level=Level.SUBDISTRICT, lose=1e-6)
    at = []
    for _ in range(3):
        route(model)
        at.append(model.issues.at[row])
    assert at == [Level.BLOCK, Level.SUBDISTRICT, Level.SUBDISTRICT]
    assert model.issues.state[row] == State.SERVICE


def test_a_rung_with_nobody_on_it_is_skipped():
    model = situation(post(), OFFICE)
    row = moving(model, level=Level.SUBDISTRICT)
    route(model)
    assert model.issues.at[row] == Level.SUBDISTRICT
    assert model.issues.state[row] == State.MOVING  # settled next week


def test_every_forwarding_may_lose_an_issue():
    # a chance of 0.1 is a hazard of 0.10536: a number of 0.2 survives one forwarding and not two
    model = situation(post(), *BLOCKS, OFFICE, route={"loss": 0.1})
    first = moving(model, level=Level.SUBDISTRICT, lose=0.105)
    second = moving(model, level=Level.SUBDISTRICT, lose=0.2)
    route(model)
    assert model.issues.state[[first, second]].tolist() == [State.LOST, State.MOVING]
    assert model.issues.closed[first] == model.week
    assert model.issues.lose[second] == pytest.approx(0.2 - 0.10536, abs=1e-5)
    route(model)
    assert model.issues.state[second] == State.LOST
    assert model.tally.of("lost").sum() == 2
    assert model.tally.of("resolved").sum() == 0


def test_an_order_is_dispatched_straight_down_and_cannot_be_lost():
    model = situation(post(), *BLOCKS, OFFICE, route={"loss": 1.0})
    row = moving(model, at=Level.SUBDISTRICT, lose=1e-9)
    route(model)
    assert (model.issues.at[row], model.issues.state[row]) == (Level.NEIGHBOURHOOD, State.MOVING)
    route(model)
    assert model.issues.state[row] == State.SERVICE


def test_where_no_post_handles_it_the_district_answers():
    model = situation(post(handles=("repair",)), route={"loss": 0.0})
    row = moving(model)
    route(model)
    route(model)
    assert (model.issues.at[row], model.issues.state[row]) == (Level.DISTRICT, State.SERVICE)
    assert model.issues.server[row] == -1  # and has nobody either


def test_a_compound_without_a_firm_turns_to_the_neighbourhood():
    model = situation(post(), post("firm", area="compound", staffed_by="firm"))
    model.community.places.compounds.firm[[0, 4]] = [0, -1]
    model.adopt(model.design)
    households = model.places.compound_households
    rows = [
        moving(model, household=int(households[c]), level=Level.COMPOUND, at=Level.COMPOUND) for c in (0, 4)
    ]
    route(model)
    assert model.issues.state[rows].tolist() == [State.SERVICE, State.MOVING]
    assert model.issues.at[rows].tolist() == [Level.COMPOUND, Level.NEIGHBOURHOOD]


def test_a_power_to_resolve_brings_authority_down_for_its_kinds_and_takes_hours():
    power = Choice(name="settle", level="neighbourhood", power="resolve", kinds=("dispute",), hours=1.5)
    model = situation(post(), OFFICE, power)
    dispute = moving(model, level=Level.SUBDISTRICT, work=4.0)
    own = moving(model, level=Level.NEIGHBOURHOOD, work=4.0)
    safety = moving(model, level=Level.SUBDISTRICT, work=4.0, kind=Kind.SAFETY)
    beyond = moving(model, level=Level.DISTRICT, work=4.0)
    route(model)
    issues = model.issues
    assert issues.state[[dispute, own]].tolist() == [State.SERVICE, State.SERVICE]
    assert issues.work[[dispute, own]].tolist() == [5.5, 4.0]
    assert issues.at[[safety, beyond]].tolist() == [Level.SUBDISTRICT, Level.SUBDISTRICT]  # forwarded


def test_departments_are_called_from_the_subdistrict_or_where_they_may_be_summoned():
    for rules, at in (((), Level.SUBDISTRICT), ((SUMMONS,), Level.NEIGHBOURHOOD)):
        model = situation(post(), OFFICE, *rules, route={"loss": 0.0})
        row = departments(model, Line.HOUSING, wait=(9.0,), at=Level.NEIGHBOURHOOD)
        wide = departments(model, Line.HOUSING, wait=(9.0,), at=Level.NEIGHBOURHOOD, level=Level.SUBDISTRICT)
        other = departments(model, Line.HOUSING, wait=(9.0,), at=Level.NEIGHBOURHOOD, kind=Kind.SAFETY)
        for _ in range(2):
            route(model)
        assert (model.issues.state == State.DEPARTMENTS).all()
        assert model.issues.at[row] == at
        # a power to summon is for its kinds, and for what its level has authority over
        assert model.issues.at[[wide, other]].tolist() == [Level.SUBDISTRICT] * 2


def test_when_departments_are_done_the_post_with_authority_finishes_the_job():
    model = situation(post(), OFFICE)
    row = departments(model, Line.HOUSING, wait=(9.0,))
    route(model)
    model.issues.share[row] = 0
    model.issues.state[row] = State.MOVING
    for _ in range(2):  # sent down, and taken up
        route(model)
    assert (model.issues.state[row], model.issues.at[row]) == (State.SERVICE, Level.NEIGHBOURHOOD)
    assert model.issues.server[row] == model.institutions.posts.at("committee").start


def test_departments_answer_one_after_another():
    # a weekly chance of 0.5 is a hazard of ln 2 = 0.693
    model = situation(post())
    model.community.departments.answer[:] = 0.5
    model.community.departments.bounce[:] = 0.0
    row = departments(model, Line.HOUSING, Line.CIVIL_AFFAIRS, wait=(0.5, 0.5))
    route(model)
    assert model.issues.state[row] == State.DEPARTMENTS
    np.testing.assert_allclose(model.issues.wait[row, :2], [0.5 - np.log(2), 0.5], rtol=1e-5)
    model.issues.share[row, 0] = 0  # the first has done its part
    route(model)
    np.testing.assert_allclose(model.issues.wait[row, :2], 0.5 - np.log(2), rtol=1e-5)


def test_departments_summoned_together_answer_side_by_side_at_the_cost_of_the_summons():
    model = situation(post(), SUMMONS)
    model.community.departments.answer[:] = 0.5
    model.community.departments.bounce[:] = 0.0
    row = departments(model, Line.HOUSING, Line.CIVIL_AFFAIRS, wait=(0.5, 0.5), at=Level.NEIGHBOURHOOD)
    route(model)
    assert model.issues.joint[row]
    np.testing.assert_allclose(model.issues.wait[row, :2], 0.5 - np.log(2), rtol=1e-5)
    np.testing.assert_allclose(model.institutions.ledger.left, [18.5, 20, 20])
    assert model.institutions.ledger.hours["summons"] == pytest.approx(1.5)


def bouncing(*rules, bounce: float, **values):
    """An issue that housing answers this week, and bounces back with probability 0.5 (hazard 0.693)."""
    model = situation(post(), OFFICE, *rules, route={"joint_bounce": 0.3})
    model.community.departments.answer[:] = 0.5
    model.community.departments.bounce[:] = 0.5
    row = departments(model, Line.HOUSING, wait=(0.5,), bounce=bounce, **values)
    route(model)
    return model, row


def test_an_answer_may_be_that_it_is_somebody_elses_business():
    place = {"level": Level.SUBDISTRICT, "at": Level.SUBDISTRICT}
    model, back = bouncing(bounce=0.69, **place)
    assert (model.issues.state[back], model.issues.at[back]) == (State.MOVING, Level.BLOCK)
    assert model.tally.of("bounced").sum() == 1
    model, stays = bouncing(bounce=0.70, **place)
    assert model.issues.state[stays] == State.DEPARTMENTS
    assert model.tally.of("bounced").sum() == 0


def test_an_issue_bounces_once_in_its_life():
    model, row = bouncing(bounce=0.5, level=Level.SUBDISTRICT, at=Level.SUBDISTRICT)
    for _ in range(2):  # back up, and before the department again
        route(model)
    assert model.issues.state[row] == State.DEPARTMENTS
    model.issues.wait[row, 0] = 0.5
    route(model)
    assert model.issues.state[row] == State.DEPARTMENTS
    assert model.tally.of("bounced").sum() == 1


def test_no_issue_bounces_below_the_neighbourhood():
    model, row = bouncing(SUMMONS, bounce=0.2, at=Level.NEIGHBOURHOOD)
    assert (model.issues.state[row], model.issues.at[row]) == (State.MOVING, Level.NEIGHBOURHOOD)


def test_what_a_level_settles_is_paid_for_once_when_departments_are_done():
    power = Choice(name="settle", level="neighbourhood", power="resolve", kinds=("dispute",), hours=1.5)
    model = situation(post(), OFFICE, SUMMONS, power)
    model.community.departments.bounce[:] = 1.0
    model.community.departments.answer[:] = 0.9
    place = {"at": Level.NEIGHBOURHOOD, "level": Level.SUBDISTRICT}
    row = departments(model, Line.HOUSING, wait=(0.1,), bounce=0.1, work=4.0, **place)
    for _ in range(2):  # bounced, and before the department again
        route(model)
    assert (model.issues.state[row], model.issues.work[row]) == (State.DEPARTMENTS, 4)
    model.issues.share[row] = 0
    model.issues.state[row] = State.MOVING
    route(model)
    assert (model.issues.state[row], model.issues.work[row]) == (State.SERVICE, 5.5)


def test_departments_at_one_table_bounce_less():
    model, row = bouncing(SUMMONS, bounce=0.5, at=Level.NEIGHBOURHOOD)  # 0.3 x 0.693 = 0.208
    assert model.issues.state[row] == State.DEPARTMENTS
    assert model.issues.bounce[row] == pytest.approx(0.5 - 0.3 * np.log(2), rel=1e-5)


def test_a_public_issue_goes_to_the_nearest_council_and_on_to_one_that_it_is_referred_to():
    home, town = council(name="home", area="neighbourhood"), council(name="town", referred=True)
    model = situation(post(), OFFICE, DISTRICT, home, town, route={"loss": 0.0})
    row = moving(model, kind=Kind.PUBLIC_SPACE, field=0)
    route(model)
    assert (model.issues.at[row], model.issues.state[row]) == (Level.NEIGHBOURHOOD, State.COUNCIL)
    model.issues.refused[row] = 0b01
    model.issues.state[row] = State.MOVING
    for _ in range(2):
        route(model)
    assert (model.issues.at[row], model.issues.state[row]) == (Level.SUBDISTRICT, State.COUNCIL)
    model.issues.refused[row] = 0b11
    model.issues.state[row] = State.MOVING
    route(model)
    assert model.issues.state[row] == State.LOST
    assert model.tally.of("lost").sum() == model.tally.total["agenda_dropped"] == 1


def test_what_a_council_refused_a_wider_one_takes_up_only_by_its_rule():
    home = council(name="home", area="neighbourhood")
    for referred, state in ((False, State.LOST), (True, State.MOVING)):
        town = council(name="town", referred=referred)
        model = situation(post(), OFFICE, home, town, route={"loss": 0.0})
        row = moving(model, kind=Kind.PUBLIC_SPACE, field=0, refused=0b01)
        route(model)
        assert model.issues.state[row] == state


def test_where_there_is_no_council_the_subdistrict_decides_and_does_the_units_part_itself():
    model = situation(post(), OFFICE, DISTRICT, route={"loss": 0.0})
    row = moving(model, kind=Kind.PUBLIC_SPACE, field=0, work=20.0, resource=12.0)
    for _ in range(2):
        route(model)
    issues = model.issues
    assert (issues.at[row], issues.state[row]) == (Level.SUBDISTRICT, State.SERVICE)
    assert issues.server[row] == model.institutions.posts.at("office").start
    assert (issues.work[row], issues.task[row], issues.resource[row]) == (32, 32, 0)


def test_a_council_of_the_district_decides_like_any_other():
    model = situation(post(), OFFICE, DISTRICT, council(area="district"), route={"loss": 0.0})
    row = moving(model, kind=Kind.PUBLIC_SPACE, field=0, at=Level.SUBDISTRICT)
    for _ in range(2):
        route(model)
    assert (model.issues.at[row], model.issues.state[row]) == (Level.DISTRICT, State.COUNCIL)


def test_a_public_issue_that_was_agreed_to_is_worked_on():
    model = situation(post(), OFFICE, council())
    row = moving(model, kind=Kind.PUBLIC_SPACE, field=0, agreed=True)
    route(model)
    assert model.issues.state[row] == State.SERVICE


def test_a_known_issue_that_drags_on_is_given_up_in_the_end():
    # with a hazard of 0.01 a week beyond eight weeks, wherever it is
    model = situation(post(), OFFICE, week=9, route={"endurance": 8.0, "give_up": 0.01})
    states = (State.SERVICE, State.COUNCIL, State.DEPARTMENTS)
    rows = [put(model, state=state, at=Level.NEIGHBOURHOOD, born=0, lose=0.015) for state in states]
    young = put(model, state=State.COUNCIL, at=Level.NEIGHBOURHOOD, born=1, lose=0.015)
    latent = put(model, born=0, lose=0.015)
    route(model)
    assert State.LOST not in model.issues.state
    np.testing.assert_allclose(model.issues.lose[rows], 0.005, rtol=1e-4)
    model.week = 10
    route(model)
    assert (model.issues.state[rows] == State.LOST).all()
    assert model.tally.of("lost").sum() == 3
    np.testing.assert_allclose(model.issues.lose[[young, latent]], [0.005, 0.015], rtol=1e-4)
    assert model.issues.state[latent] == State.LATENT  # what nobody knows of nobody gives up


def test_closing_counts_by_compound_and_within_the_norm():
    model = situation(post(), week=20, appraise={"norm": 8.0})
    household = int(model.places.compound_households[4])
    rows = [put(model, household=household, born=born) for born in (12, 11)]
    close(model, np.array(rows), act.RESOLVED)
    assert model.tally.of("resolved").tolist() == [0, 0, 0, 0, 2, 0]
    assert model.tally.of("in_norm").sum() == 1  # eight weeks are, nine are not
    assert model.tally.of("resolve_weeks").sum() == 17
    assert model.tally.durations[[8, 9]].tolist() == [1, 1]
    assert model.issues.closed.tolist() == [20, 20]


def test_a_summons_that_nobody_has_the_hours_for_waits():
    model = situation(post(), SUMMONS)
    lines = (Line.HOUSING, Line.CIVIL_AFFAIRS)
    place = {"wait": (0.5, 0.5), "at": Level.NEIGHBOURHOOD}
    rows = [departments(model, *lines, urgency=urgency, **place) for urgency in (0.4, 0.6)]
    model.institutions.ledger.left[0] = 2.0  # for one of them
    route(model)
    assert model.issues.joint[rows].tolist() == [False, True]
    assert model.issues.state[rows].tolist() == [State.MOVING, State.DEPARTMENTS]
    assert model.issues.wait[rows[0], 0] == pytest.approx(0.5)  # nobody was called
    assert model.institutions.ledger.hours["summons"] == pytest.approx(1.5)
    model.institutions.ledger.left[0] = 2.0
    route(model)
    assert model.issues.joint[rows[0]]


def test_the_subdistrict_calls_one_after_another_where_it_cannot_summon():
    power = Choice(name="summons", level="subdistrict", power="summon", kinds=("dispute",), hours=1.5)
    model = situation(post(), OFFICE, power)
    row = departments(model, Line.HOUSING, Line.CIVIL_AFFAIRS, wait=(0.5, 0.5))
    model.institutions.ledger.left[:] = 1.0
    route(model)
    assert (model.issues.state[row], model.issues.joint[row]) == (State.DEPARTMENTS, False)
    assert model.issues.wait[row, 1] == pytest.approx(0.5)
    assert "summons" not in model.institutions.ledger.hours


# What stands with others is taken over

TAKE_OVER = Choice(
    name="late", level="subdistrict", power="take_over", kinds=("dispute",), weeks=8.0, hours=1.5
)


def stood(model, seen=2, **values):
    committee = model.institutions.posts.at("committee").start
    place = {"state": State.SERVICE, "at": Level.NEIGHBOURHOOD, "server": committee, "seen": seen}
    return put(model, **(place | values))


def test_what_has_stood_too_long_with_a_post_is_taken_over_by_a_level_above():
    model = situation(post(), OFFICE, TAKE_OVER, week=10)
    late, recent = stood(model), stood(model, seen=3)
    other, own = stood(model, kind=Kind.REPAIR), stood(model, at=Level.SUBDISTRICT)
    route(model)
    office = model.institutions.posts.at("office").start
    assert (model.issues.server == office).tolist() == [True, False, False, False]
    assert model.issues.at[[late, recent, other, own]].tolist() == [4, 2, 2, 4]
    assert model.issues.state[late] == State.SERVICE
    assert model.issues.work[late] == 4  # the work is as it was
    assert model.institutions.ledger.hours == {"taking_over": 1.5}


def test_nobody_takes_over_without_the_hours_or_without_a_post():
    model = situation(post(), OFFICE, TAKE_OVER, week=10)
    model.institutions.ledger.left[model.institutions.posts.at("office")] = 2.0
    rows = [stood(model, urgency=0.2), stood(model, urgency=0.9)]
    route(model)
    assert model.issues.at[rows].tolist() == [Level.NEIGHBOURHOOD, Level.SUBDISTRICT]  # the more urgent one
    model = situation(post(), TAKE_OVER, week=10)
    row = stood(model)
    route(model)
    assert model.issues.at[row] == Level.NEIGHBOURHOOD


def test_the_lowest_level_above_takes_it_and_of_two_rules_the_sooner():
    block = Choice(name="block", level="block", power="take_over", weeks=20.0, hours=9.0)
    sooner = Choice(name="sooner", level="block", power="take_over", weeks=5.0, hours=0.5)
    model = situation(*BLOCKS, post(), OFFICE, TAKE_OVER, block, sooner, week=10)
    row = stood(model)
    route(model)
    assert model.issues.at[row] == Level.BLOCK
    assert model.institutions.ledger.hours == {"taking_over": 0.5}
