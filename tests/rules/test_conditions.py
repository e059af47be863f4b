"""Where and when: by lists, records and the calendar, by what was noticed, and by nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov.kit.errors import DesignError
from cogov.processes.books import open_books
from cogov.rules import Amend, Council, Listing, Position, When, Where
from cogov.state.issues import State
from cogov.terms import Kind, Level
from tests.helpers import council, post, put, situation


def available(model, name: str = "guide"):
    return model.institutions.ledger.available[model.institutions.posts.at(name)]


def week(model, week: int) -> None:
    model.week = week
    open_books(model)


@given(st.integers(0, 5), st.integers(1, 5), st.integers(2, 9), st.integers(1, 40))
def test_the_calendar(start, length, every, now):
    every += length
    once, again = When(start=start, length=length), When(start=start, length=length, every=every)
    assert once.calendar(now) == (start < now <= start + length)
    assert again.calendar(now) == (now > start and (now - 1 - start) % every < length)
    assert again.begins(now) == (again.calendar(now) and not again.calendar(now - 1))


def test_wrong_conditions_are_refused():
    with pytest.raises(DesignError, match=r"When.every = 4: length = 4 must be from 1 to 3 weeks"):
        When(length=4, every=4)
    with pytest.raises(DesignError, match="only a surge has a least"):
        When(least=5)
    with pytest.raises(DesignError, match="did you mean 'old'"):
        Where(homes=("odl",))
    with pytest.raises(DesignError, match="it stands as long as its design"):
        Amend(name="x", of=Position, target="p", field="handles", by=("repair",), where=Where(homes=("old",)))


def test_a_post_that_is_there_for_some_weeks():
    model = situation(post("guide", when=When(start=2, length=2)))
    found = []
    for now in range(1, 7):
        week(model, now)
        found.append(available(model).sum())
    assert found == [0, 0, 60, 60, 0, 0]


def test_a_named_place_and_a_name_that_is_none():
    model = situation(post("guide"))
    name = model.places.neighbourhoods.names[1]
    model = situation(post("guide", where=Where(names=(str(name),))))
    assert available(model).tolist() == [0, 20, 0]
    with pytest.raises(DesignError, match="has no compound or neighbourhood 'Nowhere'"):
        situation(post("guide", where=Where(names=("Nowhere",))))


def test_kinds_of_homes_part_the_community():
    old = available(situation(post("guide", area="compound", where=Where(homes=("old",)))))
    new = available(situation(post("guide", area="compound", where=Where(homes=("new",)))))
    assert (old + new).tolist() == [20] * 6
    both = available(situation(post("guide", area="compound", where=Where(homes=("old", "new")))))
    assert both.tolist() == [20] * 6


def test_the_worst_areas_are_those_with_most_on_record_for_each_household():
    rule = post("guide", where=Where(worst=1), when=When(start=1, length=1, every=3))
    model = situation(post(), rule)
    last = int(model.places.neighbourhood_households[2])
    for _ in range(5):
        put(model, household=last, kind=Kind.DISPUTE)  # latent: on nobody's record
    on_the_desk = put(model, household=int(model.places.neighbourhood_households[1]))
    model.issues.state[on_the_desk], model.issues.at[on_the_desk] = State.MOVING, Level.SUBDISTRICT
    week(model, 2)
    assert available(model).tolist() == [0, 20, 0]


def test_places_chosen_for_a_time_are_kept_until_it_is_over():
    for when, kept in ((When(length=20), True), (When(), False)):
        model = situation(post(), post("guide", where=Where(worst=1), when=when))
        before = available(model).tolist()
        later = int(np.flatnonzero(np.array(before) == 0)[0])
        on_the_desk = put(model, household=int(model.places.neighbourhood_households[later]))
        model.issues.state[on_the_desk], model.issues.at[on_the_desk] = State.MOVING, Level.SUBDISTRICT
        week(model, 14)  # when those of rules without an end are looked at again
        assert (available(model).tolist() == before) == kept


def test_a_rule_out_of_force_costs_nothing():
    listing = Listing(name="menu", share=0.5, keeper="committee", upkeep=0.5, when=When(start=1))
    model = situation(post(), listing)
    assert model.institutions.ledger.hours["upkeep"] == 0
    week(model, 2)
    assert model.institutions.ledger.hours["upkeep"] == pytest.approx(0.5 * 0.5 * len(model.units))


def test_a_surge_is_of_what_was_noticed_and_ends_two_weeks_after():
    model = situation(post(), post("guide", when=When(surge=2.0, least=3)))
    home = int(model.places.building_neighbourhood[0])
    found = []
    for now, emergencies in enumerate([0, 1, 4, 0, 0, 0], start=1):
        week(model, now)
        found.append(bool(available(model)[home]))
        model.alarms.notice(np.zeros(emergencies, dtype=np.int64))
        model.alarms.close_week()
    week(model, 7)
    assert [*found, bool(available(model)[home])] == [False, False, False, True, True, False, False]


def test_after_a_surge_is_after_it_and_not_in_it_nor_before_any():
    model = situation(post(), post("guide", when=When(surge=2.0, least=3, after=2)))
    home = int(model.places.building_neighbourhood[0])
    found = []
    for now, emergencies in enumerate([0, 4, 0, 0, 0, 0, 0], start=1):
        week(model, now)
        found.append(bool(available(model)[home]))
        model.alarms.notice(np.zeros(emergencies, dtype=np.int64))
        model.alarms.close_week()
    # in the third and fourth week there is a surge
    assert found == [False, False, False, False, True, True, False]
    with pytest.raises(DesignError, match="it is after a surge; give surge as well"):
        When(after=3)


def test_as_many_as_usual_are_no_surge():
    model = situation(post(), post("guide", when=When(surge=2.0, least=3)))
    home = int(model.places.building_neighbourhood[0])
    for now, emergencies in enumerate([*[4] * 14, 9], start=2):
        model.alarms.notice(np.zeros(emergencies, dtype=np.int64))
        model.alarms.close_week()
        if now > 14:  # thirteen weeks with four each are behind it
            week(model, now)
            assert available(model)[home] == (20 if emergencies > 2 * 4 else 0)


def test_emergencies_that_nobody_noticed_are_no_surge():
    model = situation(post(), post("guide", when=When(surge=1.5, least=1)))
    for _ in range(30):
        put(model, kind=Kind.EMERGENCY)
    for now in (2, 3, 4):
        model.alarms.close_week()
        week(model, now)
        assert not available(model).any()


def test_issues_go_on_when_a_council_or_a_post_goes():
    model = situation(post(), council(when=When(length=1)), post("office", area="subdistrict"))
    row = put(model, kind=Kind.PUBLIC_SPACE, level=3)
    model.issues.state[row], model.issues.at[row] = 2, 4
    assert model.institutions.powers.councils[Kind.PUBLIC_SPACE, 4].all()
    week(model, 2)
    assert not model.institutions.powers.councils.any()


def test_an_amendment_for_some_weeks_only():
    relief = Amend(
        name="relief", of=Position, target="committee", field="competence", by=0.5, when=When(length=1)
    )
    model = situation(post(competence=0.5), relief)
    posts = model.institutions.posts
    assert posts.competence[posts.at("committee")].tolist() == [0.75] * 3
    week(model, 2)
    assert posts.competence[posts.at("committee")].tolist() == [0.5] * 3


def test_slots_of_a_council_in_some_places_only():
    rule = Council(name="hall", seats=("neighbourhoods",), slots=4.0, where=Where(worst=1))
    model = situation(post(), rule)
    (found,) = model.institutions.councils
    assert found.laid.force.sum() == 1
