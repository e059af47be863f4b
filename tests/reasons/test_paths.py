"""Where the paths of an issue part, on histories written down by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov.activities.vocabulary import ISSUE
from cogov.reasons import words
from cogov.reasons.cases import REMAINDER, classes
from cogov.reasons.paths import ENDS, FAMILIES, ORDER, Event, fate, histories, parting
from cogov.trace import ACTIVITIES


def event(activity, week=1, role="office", rule="", outcome="", hours=0.0, value=None, resource=""):
    return Event(week, activity, resource or role, role, rule, outcome, hours, value)


ARISEN = event("arisen", 1, role="", value=5.0)
TOLD = event("noticed", 2, "residents", "reports/report_to_committee", "tell")
SPOT = event("noticed", 2, "committee", "observation/visits", "spot")
DONE = event("resolved", 9)


def at(week, of):
    return of._replace(week=week)


@pytest.mark.parametrize(
    ("a", "b", "name"),
    [
        ([TOLD, DONE], [at(1, TOLD), DONE], "noticed_sooner"),
        ([TOLD, DONE], [at(3, TOLD), DONE], "noticed_later"),
        ([TOLD, DONE], [SPOT, DONE], "noticed_otherwise"),
        ([TOLD, DONE], [event("grew", 5)], "noticed_only_a"),
        ([event("given_up", 30)], [TOLD], "noticed_only_b"),
        ([event("given_up", 30)], [event("grew", 5)], "never_noticed"),
        ([TOLD, event("referred")], [TOLD, event("summoned")], "summons_b"),
        ([TOLD, event("summoned")], [TOLD, event("referred")], "summons_a"),
        ([TOLD, event("summoned")], [TOLD, event("not_summoned")], "summons_a"),
        ([TOLD, event("referred")], [TOLD, event("not_summoned")], "hours_short"),
        ([TOLD, event("handled", 3, hours=2.0)], [TOLD, event("handled", 3, hours=1.0)], "hours_short"),
        ([TOLD, event("handled", 3, hours=1.0)], [TOLD, event("handled", 3, hours=2.0)], "hours_enough"),
        ([TOLD, event("handled", 3)], [TOLD, event("waited", 3)], "hours_short"),
        ([TOLD, event("waited", 3)], [TOLD, event("handled", 3)], "hours_enough"),
        ([TOLD, event("waited", 3)], [TOLD, event("waited", 4)], "hours_enough"),
        ([TOLD, event("handled", 3)], [TOLD, event("handled", 4)], "hours_short"),
        ([TOLD, event("handled", 3)], [TOLD], "hours_short"),
        ([TOLD], [TOLD, event("handled", 3)], "hours_enough"),
        ([TOLD, event("refused")], [TOLD, event("agreed")], "council_agreed"),
        ([TOLD, event("agreed")], [TOLD, event("returned")], "council_refused"),
        ([TOLD, event("listed", 3)], [TOLD, event("listed", 4)], "agenda_later"),
        ([TOLD, event("listed", 3)], [TOLD, event("not_listed", 3)], "agenda_later"),
        ([TOLD, event("not_listed", 3)], [TOLD, event("listed", 3)], "agenda_sooner"),
        ([TOLD], [TOLD, event("submitted", 3)], "agenda_sooner"),
        ([TOLD, event("assigned", role="office")], [TOLD, event("assigned", role="firm")], "desk_otherwise"),
        ([TOLD, event("forwarded", 3)], [TOLD, event("forwarded", 2)], "desk_sooner"),
        ([TOLD, event("looked_at", 3)], [TOLD, event("looked_at", 5)], "departments_later"),
        ([TOLD, event("looked_at", 3, hours=1.0)], [TOLD, event("looked_at", 3)], "departments_later"),
        ([TOLD, event("forwarded")], [TOLD, event("taken_over")], "taken_over_b"),
        ([TOLD, event("rework")], [TOLD, event("resolved")], "work_a"),
        ([TOLD, event("resolved")], [TOLD, event("rework")], "work_b"),
        ([TOLD, event("lost")], [TOLD, event("forwarded")], "given_up_a"),
        ([TOLD, event("replied", 3)], [TOLD, event("replied", 4)], "replies_later"),
        ([TOLD, event("handled", rule="x/y")], [TOLD, event("handled", rule="x/z")], "other_rule"),
    ],
)  # fmt: skip
def test_the_first_thing_that_differs_says_the_class(a, b, name):
    found = parting([ARISEN, *a], [ARISEN, *b])
    assert found.name == name
    assert words.path(found.name) != words.path(found.name, "zh")


def test_equal_histories_do_not_part():
    assert parting([ARISEN, TOLD, DONE], [ARISEN, TOLD, DONE]) is None
    assert parting([], []) is None


def test_it_is_known_how_far_both_went_together_and_who_decided():
    found = parting([ARISEN, TOLD, event("handled", 4)], [ARISEN, TOLD, event("waited", 3, "firm")])
    assert (found.turn, found.week, found.by) == (2, 3, "firm")
    assert parting([ARISEN, TOLD], [ARISEN, at(1, TOLD)]).by == "reports/report_to_committee"


EVENTS = st.builds(
    event,
    st.sampled_from([name for name, about in ACTIVITIES.items() if about.of == ISSUE]),
    st.integers(1, 4),
    st.sampled_from(["office", "firm"]),
    st.sampled_from(["", "choice/summon"]),
    st.sampled_from(["", "latent", "service"]),
    st.sampled_from([0.0, 1.0]),
)


@given(st.lists(EVENTS, max_size=4), st.lists(EVENTS, max_size=4))
def test_any_two_histories_have_a_class_that_has_words_and_turns_round(a, b):
    there, back = parting(a, b), parting(b, a)
    assert (there is None) == (a == b)
    if there is None:
        return
    assert words.path(there.name)
    assert (there.turn, there.week) == (back.turn, back.week)
    turned = {"_sooner": "_later", "_a": "_b", "_agreed": "_refused", "_short": "_enough"}
    for one, other in turned.items():
        if there.name.endswith(one) and not there.name.startswith("council_agreed"):
            assert back.name in (there.name.removesuffix(one) + other, "desk_otherwise", "council_refused")


def test_every_activity_of_an_issue_is_about_something():
    neutral = {"arisen", "open_at_start", "grew", "noticed", "resolved"}
    activities = {name for name, about in ACTIVITIES.items() if about.of == ISSUE}
    assert activities == set(FAMILIES) | neutral
    assert set(ORDER) == set(FAMILIES)
    assert set(ENDS) == {name for name in activities if ACTIVITIES[name].ends}


@pytest.mark.parametrize(
    ("history", "born", "expected"),
    [
        ([DONE], 1, ("in_time", 1, 0, 1, 1, 4)),  # weeks 5 to 8
        ([DONE], 0, ("late", 1, 0, 0, 1, 4)),
        ([at(4, DONE)], 1, ("in_time", 0, 0, 0, 0, 0)),  # before the weeks that count
        ([], 6, ("open", 0, 0, 0, 1, 15)),
        ([], 15, ("open", 0, 0, 0, 0, 6)),  # not due before the end
        ([event("lost", 9)], 6, ("lost", 0, 1, 0, 1, 3)),
        ([event("dropped", 19)], 6, ("lost", 0, 1, 0, 1, 13)),
    ],
)
def test_what_became_of_an_issue_in_the_weeks_that_count(history, born, expected):
    assert tuple(fate(history, born, (5, 20), 8.0)) == expected


def test_histories_keep_the_order_of_events():
    table = pd.DataFrame([event("arisen", value=2.0), event("noticed", 3)], columns=Event._fields)
    table["value"] = table["value"].astype(float)
    table["case_id"] = ["w1n0", "w1n0"]
    assert [one.activity for one in histories(table)["w1n0"]] == ["arisen", "noticed"]
    assert histories(table)["w1n0"][1].value is None


def test_classes_and_their_remainder_add_up_over_seeds_of_other_classes():
    def table(path, difference):
        sums = dict.fromkeys(("resolved", "in_time", "lost", "weeks", "person_weeks"), 0.0)
        return pd.DataFrame([{"path": path, "by": "x", "difference": difference, **sums}])

    found = classes([table("same", 2.0), table("other", 4.0)], [2.5, 4.0])
    assert found["difference"].sum() == pytest.approx(np.mean([2.5, 4.0]))
    assert found.iloc[-1][["path", "difference", "least", "most"]].tolist() == [REMAINDER, 0.25, 0.0, 0.5]
    assert found.set_index("path").loc["other", ["issues", "difference"]].tolist() == [0.5, 2.0]
