"""At the door, on the screen, on the calendar: who is reached, by whose hours, and what is cut without."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from cogov import GovernanceModel, load_design
from cogov.kit.errors import DesignError
from cogov.processes.appraise import appraise
from cogov.processes.books import open_books
from cogov.processes.regards import regard
from cogov.processes.sense import by_message, residents_hazards
from cogov.rules import Purse, Regard, Reports
from cogov.terms import Age, Event
from tests.helpers import post, put, situation, small

BASE = load_design("line_hierarchy")
ALL = dict.fromkeys(("birth", "wedding", "move", "school", "illness"), (5.2,) * 8)
"""Something happens to everybody every second week."""


def run(given: Mapping[str, Any], weeks: int = 27, **processes: Any) -> GovernanceModel:
    design = BASE.with_(given) if given else BASE
    model = GovernanceModel(
        small(residents=900),
        design,
        baseline=design,
        reform_week=0,
        run_in=0,
        rng=1,
        weeks=weeks,
        processes=processes,
    )
    model.run_until(weeks)
    return model


@cache
def plain() -> GovernanceModel:
    return run({})


def total(model: GovernanceModel, measure: str) -> float:
    return float(model.record.to_frame()[measure].sum())


# ------------------------------------------------------------ calls at events of life

CALLS = Regard(name="calls", post="committee", heard=1.0, share=1.0, hours=0.01)


def called(*rules, **parameters: Any) -> GovernanceModel:
    still = {"forgetting": 0.0}
    model = situation(post(), *rules, appraise=still, regards=ALL | {"opens": 1.0} | parameters)
    regard(model)
    return model


def seen(model: GovernanceModel) -> np.ndarray:
    return np.sort(model.experiences.of("committee")[0])


def test_who_is_called_on_has_lived_through_something_good():
    model = called(CALLS)
    before = model.residents.trust_committee.copy()
    who = seen(model)
    assert 0.3 < len(who) / len(model.residents) < 0.6
    assert model.institutions.ledger.spent["care"].sum() == pytest.approx(0.01 * len(who))
    appraise(model)
    others = np.setdiff1d(np.arange(len(before)), who)
    rose = model.residents.trust_committee > before
    assert rose[who].all()
    assert not rose[others].any()


@pytest.mark.parametrize(
    ("rule", "parameters"),
    [
        (CALLS.updated({"heard": 0.001}), {}),  # nobody hears of it
        (CALLS, {"opens": 0.0}),  # no door opens
        (CALLS, {"birth": (0.0,) * 8} | dict.fromkeys(("wedding", "move", "school", "illness"), (0.0,) * 8)),
        (CALLS.updated({"hours": 100.0}), {}),  # no hours for one
        (CALLS.updated({"gift": 50.0, "purse": "empty"}), {}),  # with empty hands
    ],
    ids=["unheard", "closed", "nothing happened", "no hours", "no money"],
)
def test_nobody_is_seen_where_a_link_is_cut(rule, parameters):
    model = called(rule, Purse(name="empty", income=1e-6), **parameters)
    assert len(seen(model)) <= 3
    if rule.hours < 1:
        return
    assert not model.institutions.ledger.spent.get("care", np.zeros(1)).any()


def test_an_event_that_nobody_calls_at_is_none():
    model = called(CALLS.updated({"events": ("school",)}), **{"school": (5.2, 5.2, 0, 0, 0, 0, 0, 0)})
    assert set(model.residents.age[seen(model)]) <= {Age.UNDER_12, Age.AGE_12_17}
    assert len(Event) == 5


def test_a_second_call_within_the_year_is_taken_for_granted():
    model = called(CALLS)
    first = seen(model)
    model.experiences.clear()
    model.week += 1
    open_books(model)
    regard(model)
    assert not np.isin(seen(model), first).any()


def test_gifts_are_paid_for():
    rich = Purse(name="gifts", income=52_000.0, pays=("rules",))
    model = called(CALLS.updated({"gift": 50.0, "purse": "gifts"}), rich)
    assert model.purses.account("gifts").spent.sum() == 50_00 * len(seen(model)) > 0


# ------------------------------------------------------------ home visits as a whole


def test_more_visits_take_hours_and_find_more():
    alone = {"asking": 0.0, "calls": 0.0, "team": 0.0}
    model = run({"home_visits": alone | {"visits": 0.2}})
    assert total(model, "hours_observing") > 1.5 * total(plain(), "hours_observing")
    assert total(model, "known") > total(plain(), "known")


def test_a_team_is_made_of_the_offices_hours():
    alone = {"asking": 0.0, "calls": 0.0, "visits": 0.0}
    model = run({"home_visits": alone | {"team": 0.05}})
    assert total(model, "care_hours") > total(plain(), "care_hours")
    assert total(model, "hours_moving") > 0


# ------------------------------------------------------------ messages


def told(*reports: Reports, online: float = 1.0) -> GovernanceModel:
    return situation(post(), *reports, bond={"online": (0.0, 0.0, online, online, 0.0, 0.0, 0.0, 0.0)})


def test_who_reads_messages_tells_sooner_and_nobody_else():
    plain_, message = (
        Reports(name="tell", channel="committee"),
        Reports(name="tell", channel="committee", message=2.0),
    )
    without, model = told(plain_), told(message)
    rows = [put(each, household=3) for each in (without, model)]
    before, after = (
        residents_hazards(each, np.array([row]))[0] for each, row in zip((without, model), rows, strict=True)
    )
    assert after >= before
    people = np.arange(len(model.residents))
    easier = by_message(model, people, np.zeros(len(people), dtype=np.int64))
    young = np.isin(model.residents.age, (Age.AGE_18_29, Age.AGE_30_44))
    assert set(easier[young]) == {3.0}
    assert set(easier[~young]) == {1.0}
    assert set(by_message(without, people, people * 0)) == {1.0}
    offline = told(message, online=0.0)
    assert set(by_message(offline, people, people * 0)) == {1.0}


def test_messages_are_read_in_hours_of_the_committee():
    online = {"online_community": {"message": 5.0, "told": 0.0}}
    model = run(online)
    assert total(model, "hours_reports") > total(plain(), "hours_reports")
    assert total(model, "hours_upkeep") > total(plain(), "hours_upkeep")
    with pytest.raises(DesignError, match="messages go to the committee"):
        Reports(name="hotline", channel="hotline", message=1.0)


# ------------------------------------------------------------ festivals


def test_needs_are_met_on_the_day_and_not_after_it():
    model = run({"festivals": {"hosts": 0.0, "offers": 0.0, "day_willing": 1.0}})
    care = model.record.to_frame()["care_hours"].to_numpy()
    usual = plain().record.to_frame()["care_hours"].to_numpy()
    more = np.flatnonzero(care > usual + 1) + 1
    assert more.tolist() == [3, 16]
    hands = run({"festivals": {"hosts": 0.0, "offers": 0.0, "day_willing": 0.0}})
    assert (hands.record.to_frame()["care_hours"].to_numpy() <= usual + 1).all()


def test_units_are_listed_on_the_day():
    model = run({"festivals": {"hosts": 0.0, "hands": 0.0, "offers": 0.9}})
    matched = model.record.to_frame()["matched"].to_numpy()
    assert matched[[2, 15]].min() > 2 * np.median(matched)


def test_something_is_on_at_a_festival():
    model = run({"festivals": {"hands": 0.0, "offers": 0.0, "day_willing": 1.0}})
    hosted = model.record.to_frame()["hours_hosting"].to_numpy()
    assert (np.flatnonzero(hosted > 2 * np.median(hosted)) + 1).tolist() == [8, 21]


# ------------------------------------------------------------ watches


def test_pairs_look_in_and_hear_what_is_needed():
    model = run({"neighbour_watch": {"pair_willing": 1.0}})
    assert total(model, "care_hours") > total(plain(), "care_hours")
    assert total(model, "known") > total(plain(), "known")
    nobody = run({"neighbour_watch": {"pair_willing": 0.0}})
    assert total(nobody, "care_hours") == pytest.approx(total(plain(), "care_hours"), abs=1)
