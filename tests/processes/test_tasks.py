"""Tasks from above: what they take, what is late, and what upper levels learn by them."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.processes.books import open_books
from cogov.processes.sense import sense
from cogov.processes.tasks import seen_from_above, tasks
from cogov.rules import Amend, Observation, Tasks, When, Where
from cogov.state.issues import State
from cogov.terms import Kind, Level, Source
from tests.helpers import council, post, put, situation, small, written

ALL = tuple(Tasks(name=source, source=source) for source in Source.labels())
COMMITTEE = post(staffed_by="committee")


def less(source: str, by: float, **values) -> Amend:
    return Amend(name=f"relief_{source}", of=Tasks, target=source, field="load", by=by, **values)


def weeks(model: GovernanceModel, number: int) -> dict[str, list]:
    """Run the tasks of some weeks alone; hours booked and counts, week by week."""
    found: dict[str, list] = {name: [] for name in ("hours", "arrived", "done", "late", "age")}
    for week in range(1, number + 1):
        model.week = week
        open_books(model)
        tasks(model)
        found["hours"].append(model.institutions.ledger.spent.get("tasks", np.zeros(3))[:3].copy())
        for name in ("arrived", "done", "late"):
            found[name].append(model.tally.total.get(f"tasks_{name}", 0))
        found["age"].append((week - model.tasks.reported).mean(0))
        model.tally.clear()
    return found


def burden(model: GovernanceModel):
    table = model.community.committees
    return (table.admin_share * table.staff * table.hours).astype(float)


def test_they_take_the_share_of_hours_that_the_profile_has_on_average():
    model = situation(COMMITTEE, *ALL, tasks={"hours": 2.0})
    found = weeks(model, 300)
    # about 70 tasks a week of 2 hours on average and as much spread
    assert np.mean(found["hours"], axis=0) == pytest.approx(burden(model), rel=0.06)
    assert sum(found["arrived"]) == pytest.approx(300 * burden(model).sum() / 2.0, rel=0.03)
    assert sum(found["arrived"]) == sum(found["done"]) + len(model.tasks)


def test_without_tasks_the_hours_are_there_for_other_things():
    busy, free = situation(COMMITTEE, *ALL), situation(COMMITTEE)
    for model in (busy, free):
        tasks(model)
    ledger = free.institutions.ledger
    assert ledger.left.tolist() == ledger.available.tolist() == ledger.own(slice(None)).tolist()
    ledger = busy.institutions.ledger
    assert np.all(ledger.left < ledger.available)
    assert ledger.own(slice(None)).tolist() == ledger.left.tolist()
    assert len(busy.tasks) == 0  # nothing that there were hours for is put off


def test_relief_of_one_source_takes_away_its_tasks_and_no_others():
    whole = situation(COMMITTEE, *ALL)
    without = situation(COMMITTEE, *(rule for rule in ALL if rule.source != "housing"))
    relieved = situation(COMMITTEE, *ALL, less("housing", 0.0))
    half = situation(COMMITTEE, *ALL, less("housing", 0.5))
    hours = {name: np.sum(weeks(model, 60)["hours"], axis=0) for name, model in
             (("whole", whole), ("without", without), ("relieved", relieved), ("half", half))}  # fmt: skip
    housing = hours["whole"] - hours["relieved"]
    assert hours["without"] == pytest.approx(hours["relieved"])
    assert housing == pytest.approx(0.15 * 60 * burden(whole), rel=0.15)
    assert hours["whole"] - hours["half"] == pytest.approx(housing / 2, rel=0.25)


def test_relief_of_one_source_makes_its_records_older_and_no_others():
    whole, relieved = situation(COMMITTEE, *ALL), situation(COMMITTEE, *ALL, less("housing", 0.25))
    before, after = (np.mean(weeks(model, 120)["age"][20:], axis=0) for model in (whole, relieved))
    others = np.arange(len(Source)) != Source.HOUSING
    np.testing.assert_array_equal(before[others], after[others])
    assert after[Source.HOUSING] > 2 * before[Source.HOUSING]


def test_relief_that_nobody_has_hours_to_keep_changes_nothing():
    office = post("office", area="subdistrict", heads=1, hours=0.0001, handles=())
    kept = less("housing", 0.0, keeper="office", upkeep=1e6)
    with_it, without = situation(COMMITTEE, office, *ALL, kept), situation(COMMITTEE, office, *ALL)
    assert weeks(with_it, 10)["arrived"] == weeks(without, 10)["arrived"]


def test_relief_in_some_places_and_weeks():
    here = Where(homes=("old",))
    rules = [less(source, 0.0, where=here, when=When(length=1)) for source in Source.labels()]
    model = situation(COMMITTEE, *ALL, *rules)
    old = model.institutions.laid["tasks", "housing"].amendments[0].active
    assert 0 < old.sum() < 3
    tasks(model)
    assert (model.institutions.ledger.spent["tasks"][:3] > 0).tolist() == (~old).tolist()
    model.week = 2
    open_books(model)
    tasks(model)
    assert np.all(model.institutions.ledger.spent["tasks"][:3] > 0)


def test_what_is_not_done_in_time_is_late_once_and_still_to_be_done():
    model = situation(COMMITTEE)  # nothing arrives but what is put in
    hours = float(model.institutions.ledger.available[0])
    want = np.array([1.5 * hours, 1.0, 2.2 * hours])
    model.tasks.arrive(np.array([0, 0, 1]), np.zeros(3, int), want, np.zeros(3, bool), due=2)
    found = weeks(model, 4)
    # the first has one and a half weeks' work and another task behind it, the second more than two
    assert found["late"] == [0, 1, 0, 0]
    assert found["done"] == [0, 2, 1, 0]
    assert np.array(found["hours"])[:, 1] == pytest.approx([hours, hours, 0.2 * hours, 0])
    assert len(model.tasks) == 0


def test_shares_of_a_committee_are_shares_of_what_tasks_leave():
    visits = Observation(name="visits", post="committee")
    model = situation(post(staffed_by="committee", observe=0.5), *ALL, visits)
    tasks(model)
    own = model.institutions.ledger.own(slice(0, 3))
    sense(model)
    assert model.institutions.ledger.spent["observing"][:3] == pytest.approx(0.5 * own)


def test_upper_levels_know_what_was_reported_and_what_is_on_their_desks():
    model = situation(COMMITTEE, Tasks(name="housing", source="housing"), tasks={"report": 1.0, "weeks": 0})
    building = model.issues.building
    open_at = {"state": State.SERVICE, "at": Level.NEIGHBOURHOOD}
    put(model, kind=Kind.REPAIR, **open_at)
    put(model, kind=Kind.DISPUTE, **open_at)  # police keep it, and ask for nothing
    put(model, kind=Kind.REPAIR)  # latent
    assert seen_from_above(model).sum() == 0  # nothing has been reported yet
    order = put(model, kind=Kind.DISPUTE, hotline=True, **open_at)
    assert seen_from_above(model).sum() == 1
    tasks(model)
    building = model.issues.building[order]
    assert seen_from_above(model)[building] == seen_from_above(model).sum() == 2
    assert model.tasks.reported[:, Source.HOUSING].tolist() == [1, 1, 1]
    # solved since; nobody above knows before the next report
    model.issues.state[:] = State.RESOLVED
    assert seen_from_above(model).sum() == 1
    model.week = 2
    open_books(model)
    tasks(model)
    assert seen_from_above(model).sum() == 0


def test_who_selects_by_records_selects_by_what_was_reported():
    worst = post("guide", where=Where(worst=1), when=When(start=1, length=1, every=3))
    found = {}
    for name, rules in (("told", ALL), ("untold", ())):
        model = situation(COMMITTEE, worst, *rules, tasks={"report": 1.0})
        last = int(model.places.neighbourhood_households[2])
        put(model, household=last, state=State.SERVICE, at=Level.NEIGHBOURHOOD)
        tasks(model)
        model.week = 2
        open_books(model)
        guide = model.institutions.posts.at("guide")
        found[name] = model.institutions.ledger.available[guide].tolist()
    assert found == {"told": [0, 0, 20], "untold": [20, 0, 0]}


def test_the_same_seed_has_the_same_tasks_whatever_the_design():
    series = []
    for rules in ((), (council(),)):
        design = written(COMMITTEE, *ALL, *rules)
        model = GovernanceModel(small().build(1), design, baseline=design, reform_week=0, rng=1, weeks=8)
        model.run_until(8)
        series.append(model.record.to_frame()["tasks_arrived"].tolist())
    assert series[0] == series[1]
    assert min(series[0]) > 0


def test_what_comes_from_above_does_not_depend_on_what_was_asked_for_before():
    one, other = (GovernanceModel(small(residents=900), rng=4, weeks=8, run_in=0).above for _ in range(2))
    for week in (9, 2, 3, 30, 8):
        one.gives(week)
    for week in (8, 9, 30):
        for mine, theirs in zip(one.gives(week), other.gives(week), strict=True):
            assert np.array_equal(mine, theirs)
    coming = other.gives(8)
    assert 0 <= coming.own.min() <= coming.own.max() < 1
    assert not np.array_equal(coming.hours, other.gives(9).hours[: len(coming.hours)])
