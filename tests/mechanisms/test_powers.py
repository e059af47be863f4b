"""Lines and levels set to each other anew: each effect comes by its own chain and goes with its cut."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.mechanisms import (
    BurdenRelief,
    FrontLineMethod,
    GreatLinkage,
    JointDuty,
    SingleGrid,
    SunkTeams,
    UpwardExtension,
    registry,
)
from cogov.processes.attention import held, pressing, priority
from cogov.processes.books import open_books
from cogov.processes.deliberate import deliberate
from cogov.processes.deliver import do_parts
from cogov.processes.panels import chances
from cogov.processes.route import give_up, route
from cogov.processes.tasks import load
from cogov.rules import Rule
from cogov.rules.shipped import load_design
from cogov.state.issues import State
from cogov.terms import Kind, Level, Line, Source
from tests.helpers import NEVER, built, council, post, put, situation

OFFICE = post("office", area="subdistrict", heads=4, hours=40)
DISTRICT = post("district", area="district", heads=4, hours=40)
STAFF = (post(), OFFICE, DISTRICT)
LINES = tuple(line.label for line in Line)
TWO = {"line": (Line.HOUSING, Line.CIVIL_AFFAIRS, -1), "share": (1.0, 1.0, 0.0), "wait": (9.0, 9.0, NEVER)}
ONE = {"line": (Line.HOUSING, -1, -1), "share": (1.0, 0.0, 0.0), "wait": (9.0, NEVER, NEVER)}


def place(*rules: Rule, **profile):
    """A quiet community with the posts there always are, under these rules."""
    return situation(*STAFF, *rules, profile=profile)


def case(model, **values) -> int:
    """A known case of the neighbourhood, on its way."""
    at = {"state": State.MOVING, "at": Level.NEIGHBOURHOOD, "seen": 0}
    return put(model, **(at | values))


def hours(model, name: str) -> float:
    institutions = model.institutions
    return float(institutions.ledger.available[institutions.posts.at(name)].sum())


# ---------------------------------------------------------------- great linkage


def test_a_neighbourhood_summons_what_needs_two_departments_and_nothing_else():
    model = place(*GreatLinkage(group=0.0).rules())
    two, one = case(model, **TWO), case(model, **ONE)
    route(model)
    issues = model.issues
    assert issues.joint[two]
    assert issues.state[two] == State.DEPARTMENTS
    assert issues.at[two] == Level.NEIGHBOURHOOD
    assert model.institutions.ledger.hours["summons"] == 2
    assert not issues.joint[one]
    assert issues.target[one] == Level.SUBDISTRICT
    everything = place(*GreatLinkage(group=0.0, least=1).rules())
    one = case(everything, **ONE)
    route(everything)
    assert everything.issues.joint[one]


def test_without_hours_of_the_neighbourhood_there_is_no_summons():
    model = place(*GreatLinkage(hours=40.0).rules())
    two = case(model, **TWO)
    route(model)
    assert not model.issues.joint[two]


@pytest.mark.parametrize(("group", "due"), [(9.0, 3.0), (0.0, np.inf)])
def test_the_group_says_whose_it_is_and_by_when_in_hours_of_departments(group, due):
    model = place(*GreatLinkage(group=group, section=0.0, shared=0.5, sitting=0.5).rules())
    two = case(model, **TWO, bounce=1.0)
    each = group * model.places.households / 10_000
    assert hours(model, "linkage_group") == pytest.approx(5 * each)
    given = model.community.departments.hours - model.attention.left
    np.testing.assert_allclose(given, each, rtol=1e-4, atol=1e-5)
    route(model)
    assert model.issues.due[two] == due
    assert model.issues.bounce[two] == (2.0 if group else 1.0)
    assert model.institutions.ledger.hours.get("meetings", 0) == (1.0 if group else 0)


def test_a_group_with_part_of_the_hours_comes_to_that_part_of_the_cases():
    said, spent = 0, 0.0
    for week in range(400):
        model = place(*GreatLinkage(group=1.0, section=0.0, sitting=0.5).rules())
        model.week = week
        open_books(model)
        two = case(model, **TWO, seen=week, born=week, id=week << 32)
        route(model)
        assert model.issues.joint[two]
        said += bool(np.isfinite(model.issues.due[two]))
        spent += model.institutions.ledger.hours["meetings"]
    hours_a_week = 5 * model.places.households / 10_000  # of the hour that a case of two departments takes
    assert 0.2 < hours_a_week < 0.6
    assert spent == pytest.approx(400 * hours_a_week, rel=1e-4)
    assert said / 400 == pytest.approx(hours_a_week, abs=0.1)


def test_which_cases_a_group_with_few_hours_comes_to_is_in_no_way_up_to_their_places_in_the_list():
    model = place()
    cases = [case(model, id=(week << 32) + serial) for week in (3, 5) for serial in (0, 4, 9)]
    drawn = chances(model, "route/linkage_group", np.array(cases))
    assert len(set(drawn.tolist())) == len(cases)
    model.week += 1
    for rows in (cases[::-1], cases[2:4], cases[:1]):
        of_some = chances(model, "route/linkage_group", np.array(rows))
        np.testing.assert_array_equal(of_some, drawn[[cases.index(row) for row in rows]])


def test_where_nobody_has_hours_to_sit_nothing_is_said():
    model = place(*GreatLinkage(section=0.0).rules(), department_hours=(0.0,) * 5)
    two = case(model, **TWO, bounce=1.0)
    route(model)
    assert (model.issues.joint[two], model.issues.due[two], model.issues.bounce[two]) == (True, np.inf, 1.0)


@pytest.mark.parametrize("verdict", [0.3, 0.0])
def test_what_is_judged_moves_up_with_departments_alone(verdict):
    model = place(*GreatLinkage(verdict=verdict).rules())
    plain, summoned = case(model), case(model, joint=True)
    rows = np.array([plain, summoned])
    first = priority(model, rows, line=np.array([Line.HOUSING] * 2))
    assert first[1] - first[0] == pytest.approx(verdict)
    assert np.ptp(priority(model, rows, post=np.zeros(2, int))) == 0


# ---------------------------------------------------------------- teams of departments


def test_teams_have_what_the_desk_lacks_but_for_what_is_lost():
    plain, model = place(), place(*SunkTeams(share=0.3, duty=0.0, loss=0.1).rules())
    before, after = plain.attention, model.attention
    np.testing.assert_allclose(after.left, 0.7 * before.left)
    np.testing.assert_allclose(after.files, 0.7 * before.files)
    assert hours(model, "line_team") == pytest.approx(0.27 * before.left.sum())
    assert model.tally.hours_by_line.sum() == pytest.approx(0.03 * before.left.sum())


def test_duty_days_come_round():
    model = place(*SunkTeams(share=0.0, duty=0.3, every=3).rules())
    there = []
    for week in range(1, 7):
        model.week = week
        open_books(model)
        there.append(hours(model, "duty_desk") > 0)
    assert there == [True, False, False, True, False, False]


@pytest.mark.parametrize(
    ("lines", "done"),
    [(LINES, True), (("housing", "civil_affairs"), True), (("housing",), False), ((), False)],
)
def test_a_team_does_what_needs_only_departments_that_are_there(lines, done):
    model = place(*SunkTeams(lines=lines, share=0.5, duty=0.0).rules(), department_hours=(20.0,) * 5)
    two = case(model, **TWO)
    do_parts(model, pressing(model))
    assert bool((model.issues.share[two] == 0).all()) is done
    if done:
        look = model.parameters.attention.look
        assert model.institutions.ledger.hours["handling"] == pytest.approx(2 + look)
        assert model.issues.state[two] == State.MOVING


def test_a_team_without_hours_and_a_matter_that_is_not_agreed_on_wait():
    model = place(*SunkTeams(share=0.5).rules(), department_hours=(20.0,) * 5)
    public = case(model, kind=Kind.RENEWAL, **TWO)
    do_parts(model, pressing(model))
    assert (model.issues.share[public] > 0).sum() == 2
    two = case(model, **TWO)
    model.institutions.ledger.left[model.institutions.posts.at("line_team")] = 0
    model.institutions.ledger.left[model.institutions.posts.at("duty_desk")] = 0
    do_parts(model, pressing(model))
    assert (model.issues.share[two] > 0).sum() == 2


def test_on_joint_duty_stations_patrol_and_the_desk_is_shorter():
    plain, model = place(), place(*JointDuty(share=0.2, loss=0.0, verdict=0.0).rules())
    gone = 1 - model.attention.left / plain.attention.left
    np.testing.assert_allclose(gone, [0.2, 0.2, 0.2, 0, 0], atol=1e-6)
    watch = {laid.rule.name: laid.rule for laid in model.institutions.observations}["joint_patrols"]
    assert watch.kinds == ("sanitation", "safety", "public_space")
    assert model.institutions.posts.observe[model.institutions.posts.at("joint_team")] == 0.4
    single = place(*JointDuty(share=0.2, lines=("housing",), verdict=0.0).rules())
    two = case(single, **TWO)
    do_parts(single, pressing(single))
    assert (single.issues.share[two] > 0).sum() == 2  # one line only settles nothing that needs two


def test_what_the_subdistrict_counts_moves_up():
    model = place(*JointDuty(verdict=0.4).rules())
    rows = np.array([case(model), case(model, due=30.0)])
    first = priority(model, rows, line=np.full(2, Line.HOUSING))
    assert first[1] - first[0] == pytest.approx(0.4)
    elsewhere = priority(model, rows, line=np.full(2, Line.CIVIL_AFFAIRS))
    assert elsewhere[1] == pytest.approx(elsewhere[0])


# ---------------------------------------------------------------- front line


def test_the_oldest_cases_are_neither_given_up_nor_late_and_others_are():
    model = place(*FrontLineMethod(leaders=1.0, adopt=1.0, cadres=0.0).rules())
    model.week = 40
    open_books(model)
    old, new = case(model, seen=1, born=1, lose=0.001), case(model, seen=9, born=1, lose=0.001)
    rows = np.array([old, new])
    assert held(model, rows).tolist() == [True, False]
    first = priority(model, rows, line=np.full(2, Line.HOUSING))
    assert first[0] - first[1] == pytest.approx(1.0)
    give_up(model)
    assert model.issues.state[rows].tolist() == [State.MOVING, State.LOST]


def test_a_case_taken_on_is_not_sent_back():
    states = {}
    for adopt in (1.0, 0.0):
        method = FrontLineMethod(leaders=1.0, adopt=adopt, cadres=0.0)
        model = situation(*STAFF, *method.rules(), profile={"department_bounce": (0.9,) * 5})
        answers = {**ONE, "wait": (0.001, NEVER, NEVER), "bounce": 0.01}
        row = case(model, **answers, at=Level.SUBDISTRICT)
        route(model)
        states[adopt] = int(model.issues.state[row])
    assert states == {1.0: State.DEPARTMENTS, 0.0: State.MOVING}


def test_without_hours_of_the_district_only_the_title_is_left():
    poor = post("district", area="district", heads=0.001, hours=1)
    model = situation(post(), OFFICE, poor, *FrontLineMethod(weight=1.0, cadres=0.0).rules())
    rows = np.array([case(model)])
    assert priority(model, rows, line=np.array([0]))[0] - priority(model, rows)[0] < 0.01


def test_leaders_and_cadres_give_hours_that_others_lack():
    plain = place(department_hours=(20.0,) * 5)
    method = FrontLineMethod(leaders=2.0, visit=4.0, adopt=0.0, cadres=26.0, errand=10.0)
    model = place(*method.rules(), department_hours=(20.0,) * 5)
    assert hours(model, "leader") == pytest.approx(2)
    assert hours(plain, "district") - hours(model, "district") == pytest.approx(2)
    sent = 26 * 10 / 52 * model.places.households / 10_000
    assert hours(model, "cadre") == pytest.approx(sent)
    assert plain.attention.left.sum() - model.attention.left.sum() == pytest.approx(sent, rel=1e-4)


@pytest.mark.parametrize("mechanism", [GreatLinkage(), FrontLineMethod()], ids=lambda given: given.name)
def test_what_departments_send_is_the_same_share_of_their_hours_in_a_place_of_any_size(mechanism):
    shares = []
    for residents in (600, 3000):
        model = place(*mechanism.rules(), residents=residents)
        there = float(model.community.departments.hours.sum())
        shares.append(1 - float(model.attention.left.sum()) / there)
    assert shares[0] == pytest.approx(shares[1], rel=1e-3)
    assert 0 < shares[0] < 0.1


# ---------------------------------------------------------------- single grid


def sent_back(**values) -> tuple[float, float]:
    """How far two cases at the office are from being sent back: of one department, and of two."""
    model = place(*SingleGrid(weeks_to_fill=0, purse=200.0, **values).rules())
    rows = [case(model, **parts, bounce=1.0, at=Level.SUBDISTRICT, id=5) for parts in (ONE, TWO)]
    route(model)
    return tuple(model.issues.bounce[rows].tolist())


def test_clear_duty_ends_sendings_back_less_where_several_answer():
    assert sent_back(clear=0.5, shared=0.2) == (2.0, 1.25)
    assert sent_back(clear=1.0, shared=0.0) == (np.inf, 1.0)
    assert sent_back(heads=0.0, saved=0.0) == (1.0, 1.0)  # nobody keeps it up
    assert sent_back(kinds=("repair",)) == (1.0, 1.0)  # what is not written stays
    assert sent_back(sitting=30.0) == (1.0, 1.0)  # more than anybody has hours for


def test_more_sitting_than_anybody_has_hours_for_leaves_most_cases_as_they_were():
    model = place(*SingleGrid(weeks_to_fill=0, purse=200.0, sitting=30.0).rules())
    rows = [case(model, **ONE, bounce=1.0, at=Level.SUBDISTRICT, id=serial) for serial in range(40)]
    route(model)
    assert model.institutions.ledger.hours["meetings"] < 30.0  # all of them, and not one case's need
    assert (model.issues.bounce[rows] == 1.0).sum() > 35


def under(mechanism) -> GovernanceModel:
    """The small community under line hierarchy and a mechanism."""
    design = load_design("line_hierarchy").with_(mechanism)
    return GovernanceModel(built(), design, baseline=design, reform_week=0, run_in=0, rng=1, weeks=30)


def tasks_under(mechanism) -> np.ndarray:
    """Tasks of each source for each committee, relative to the profile's."""
    model = under(mechanism)
    model.week = 1
    open_books(model)
    return load(model).T


def test_one_report_stands_for_several_where_the_centre_passes_it_on():
    lines, office = list(range(len(Line))), Source.SUBDISTRICT
    found = tasks_under(SingleGrid(saved=0.5, weeks_to_fill=0, purse=200.0))
    np.testing.assert_allclose(found[:, lines], 0.5)
    np.testing.assert_allclose(found[:, office], 1)
    np.testing.assert_allclose(tasks_under(SingleGrid(saved=0.5, heads=0.0)), 1)


# ---------------------------------------------------------------- relief, and upwards


def test_relief_takes_tasks_away_as_far_as_the_office_has_the_hours():
    np.testing.assert_allclose(tasks_under(BurdenRelief(cut=0.4, own=0.1))[:, 0], 0.6)
    np.testing.assert_allclose(tasks_under(BurdenRelief(cut=0.4, own=0.1))[:, Source.SUBDISTRICT], 0.9)
    np.testing.assert_allclose(tasks_under(BurdenRelief(cut=0.0, own=0.5))[:, 0], 1)
    short = tasks_under(BurdenRelief(cut=0.4, own=0.4, finding=40.0))
    assert (short > 0.6).all()
    assert short.mean() < 1


def test_what_is_relieved_is_known_later_above():
    age = []
    for cut in (0.0, 0.9):
        model = under(BurdenRelief(cut=cut, own=cut, finding=0.1))
        model.run_until(30)
        age.append(float(model.record.to_frame()["records_age"].iloc[-10:].mean()))
    assert age[1] > age[0] + 2


def test_what_a_subdistrict_refused_comes_before_the_district():
    extension = UpwardExtension(every=1, quorum=0.0)
    below = council(name="home", area="subdistrict", every=1, quorum=1.0, returns=0)
    model = place(below, *extension.rules())
    row = case(model, kind=Kind.RENEWAL, field=0, resource=0.0)
    for week in range(1, 12):
        model.week = week
        open_books(model)
        route(model)
        deliberate(model)
        if model.issues.agreed[row]:
            break
    assert model.issues.refused[row]
    assert model.issues.level[row] == Level.DISTRICT


def test_only_the_rank_of_the_conference_brings_units_of_that_rank():
    present = {}
    for rank in (1.0, 0.0):
        model = place(*UpwardExtension(every=1, rank=rank).rules(), neighbourhoods=3)
        model.units.rank[:] = 1.0
        came = 0.0
        for week in range(1, 30):
            model.week = week
            open_books(model)
            model.tally.clear()
            deliberate(model)
            came += model.tally.total["unit_hours"]
        present[rank] = came
    assert present[1.0] > 1.3 * present[0.0]


def test_they_are_all_registered():
    names = {"great_linkage", "sunk_teams", "single_grid", "front_line_method", "upward_extension"}
    assert names | {"joint_duty", "burden_relief"} <= set(registry())
