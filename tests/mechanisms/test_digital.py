"""What devices see and data tell, what that takes, and what is left when nobody answers or enters."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel, load_design
from cogov.mechanisms import CityEye, SmallestUnit, SmartServices, VitalSigns
from cogov.processes.books import open_books
from cogov.processes.devices import equipped
from cogov.processes.projects import projects
from cogov.processes.sense import observers_hazard, sense
from cogov.processes.tasks import seen_from_above, tasks
from cogov.rules.kinds import Observation
from cogov.state.issues import State
from cogov.terms import Age, Cause, Kind
from tests.helpers import post, put, situation, small

RICH = {"purse": 1e5}


def watched(stands: bool = True, **values):
    """A small place with sensors in its first compound, a desk, and an issue there and elsewhere."""
    rules = CityEye(**({"promote": 0.0, "heads": 20.0} | RICH | values)).rules()
    model = situation(post(), *rules, sense={"growth": 0.0})
    if stands:
        model.works.add("sensors", 0, programme="city_eye")
    far = int(model.places.compound_households[1])
    rows = np.array([put(model, household=at, kind=Kind.SANITATION) for at in (0, far)])
    hazard, _ = observers_hazard(model, rows)
    posts = model.institutions.posts
    spent = model.institutions.ledger.spent.get("observing", np.zeros(posts.rows))
    return hazard, float(spent[posts.at("committee")].sum()), model


# ---------------------------------------------------------------- the city's eye


def test_sensors_see_where_they_stand_what_they_can():
    hazard, going, model = watched()
    assert hazard[0] > 0.1
    assert hazard[1] == 0
    assert going == pytest.approx(0.5)  # one false alarm a week, half an hour of the committee
    dispute = np.array([put(model, household=0, kind=Kind.DISPUTE)])
    assert observers_hazard(model, dispute)[0].tolist() == [0]
    assert watched(stands=False)[0].tolist() == [0, 0]


def test_what_is_not_kept_up_sees_less():
    whole = watched()[0][0]
    _, _, model = watched()
    model.works.built[-1].kept = 0.5
    open_books(model)
    rows = np.array([put(model, household=0, kind=Kind.SANITATION)])
    assert observers_hazard(model, rows)[0][0] == pytest.approx(0.5 * whole)


def test_false_alarms_take_hours_and_then_the_sight():
    few, many = watched(false_share=0.2, heads=2.0), watched(false_share=0.99, heads=2.0)
    assert many[0][0] < 0.2 * few[0][0]
    assert many[1] > 10 * few[1]  # the committee goes to look
    assert watched(false_share=0.0)[1] == 0


def test_cut_the_desk_and_nothing_is_seen():
    assert watched(heads=0.0, slots=1.0)[0].tolist() == [0, 0]


def test_sensors_are_built_as_far_as_there_is_money():
    built = []
    for purse in (1e5, 1.0):
        model = situation(post(), *CityEye(promote=1.0, slots=9.0, purse=purse).rules(), week=4)
        for model.week in range(4, 40):
            open_books(model)
            projects(model)
        built.append(int(model.works.standing("sensors").sum()))
    assert built == [6, 0]


# ---------------------------------------------------------------- alarm devices and shared parking


def called(**values):
    """An emergency at home with somebody very old, and one at a home without; who is heard of."""
    given = {"devices": 1.0, "desk": 50.0, "parking": 0.0} | RICH | values
    model = situation(post(), *SmartServices(**given).rules(), sense={"growth": 0.0})
    residents = model.residents
    residents.age[:] = Age.AGE_30_44
    residents.age[model.places.household_rows[3]] = Age.AGE_80_PLUS
    rows = [put(model, household=at, kind=Kind.EMERGENCY, spot=1.0) for at in (3, 7)]
    sense(model)
    return [bool(model.issues.state[row] != State.LATENT) for row in rows], model


def test_an_alarm_is_heard_at_once_where_there_is_a_device_and_somebody_answers():
    known, model = called()
    assert known == [True, False]
    assert np.flatnonzero(equipped(model, 1.0)).tolist() == [3]
    spent = model.institutions.ledger.spent["observing"]
    assert spent[model.institutions.posts.at("alarm_desk")].sum() > 0
    assert spent[model.institutions.posts.at("committee")].sum() > 0


def test_cut_those_who_answer_and_devices_change_nothing():
    assert called(purse=0.0)[0] == [False, False]  # nobody is paid
    assert called(devices=0.0)[0] == [False, False]
    assert called(desk=0.0, parking=1.0)[0] == [False, False]


def test_with_few_who_answer_most_alarms_go_unheard():
    known, model = called(desk=0.3, false_share=0.99, true_alarms=10.0, check=8.0)
    assert known == [False, False]
    rule = next(laid.rule for laid in model.institutions.observations)
    assert isinstance(rule, Observation)
    assert rule.alarms == pytest.approx(990)


def test_shared_places_mend_the_lack_of_them_where_owners_agree():
    lack = []
    for purse in (1e5, 1e-3):
        quick = {"devices": 0.0, "desk": 0.0, "promote": 1.0, "parking": 9.0, "every": 1, "short": 0.5}
        rules = SmartServices(**(quick | {"purse": purse, "consent": "civil_code"})).rules()
        worth = {"work_worth": 5_000.0, "work_nuisance": 0.0, "first_vote": 1}
        model = situation(post(), *rules, week=4, projects={"consent": worth})
        for model.week in range(4, 60):
            open_books(model)
            projects(model)
        lack.append(model.causes.level[Cause.PARKING].copy())
    shared, bare = lack
    np.testing.assert_allclose(shared, np.where(bare >= 0.5, 0.3, bare))
    assert (bare >= 0.5).any()


# ---------------------------------------------------------------- the smallest unit


def known(weeks: int = 9, **values):
    """What is known of needs, and tasks from above, after some weeks of the baseline with joined data."""
    base = load_design("line_hierarchy")
    design = base.with_("smallest_unit", **values) if values else base
    model = GovernanceModel(small(residents=600), design, baseline=design, reform_week=0, rng=1, weeks=weeks)
    model.run_until(weeks)
    tasks = float(model.record.to_frame()["tasks_arrived"].sum())
    return float(model.known.found.mean()), tasks, model


def test_what_firms_and_volunteers_come_by_is_known_and_forms_are_filled_once():
    bare, shared = known(), known(sharing=1.0, once=0.5, entry=1.0)
    assert shared[0] > bare[0]
    assert 0.3 < shared[1] / bare[1] < 0.8
    hours = [entry[2].record.to_frame()["hours_upkeep"].sum() for entry in (bare, shared)]
    assert hours[1] > hours[0]
    assert known(sharing=1.0, once=0.0, entry=1.0)[1] == bare[1]


def test_cut_the_entering_and_data_tell_nothing():
    rules = SmallestUnit(entry=40.0, sharing=1.0, board=0.0, lines=("housing",)).rules()
    firm = post("firm", area="compound", staffed_by="firm", observe=0.5)
    volunteers = post("volunteers", staffed_by="volunteers", care=0.5)
    model = situation(post(), firm, volunteers, *rules)
    force = [laid.force for laid in model.institutions.enquiries]
    idle = situation(post(heads=0.001), firm, volunteers, *rules)
    stale = [laid.force for laid in idle.institutions.enquiries]
    assert all((one > other).all() for one, other in zip(force, stale, strict=True))
    assert max(float(entry.max()) for entry in stale) < 0.01


# ---------------------------------------------------------------- vital signs


def above(**values):
    """How many open cases upper levels know of, a week after six came up that no report has told of."""
    model = situation(post(), *VitalSigns(**({"heads": 9.0} | RICH | values)).rules())
    for place in range(6):
        home = int(model.places.compound_households[place])
        put(model, household=home, state=State.SERVICE, at=2, seen=1)
    tasks(model)
    return float(seen_from_above(model).sum()), model


def test_upper_levels_know_what_is_on_record_without_a_report():
    assert above(read=0.9)[0] == pytest.approx(5.4)
    assert above(read=0.0)[0] == 0


def test_cut_the_centre_and_nothing_is_known():
    assert above(heads=0.0)[0] == 0
    assert above(purse=1e-3)[0] < 0.1  # nobody is paid


def test_alone_it_changes_nothing_but_what_it_costs():
    base = load_design("line_hierarchy")
    ran = []
    for design in (base, base.with_("vital_signs")):
        model = GovernanceModel(small(residents=400), design, baseline=design, reform_week=0, rng=1, weeks=9)
        model.run_until(9)
        ran.append(model.record.to_frame())
    changed = {name for name in ran[0] if not ran[0][name].equals(ran[1][name])}
    paid = {"hours_upkeep", "hours_posts", "money_wages", "money_programmes", "money_from_grant"}
    assert changed == paid | {"upkeep_paid"}
