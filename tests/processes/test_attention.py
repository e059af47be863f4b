"""Attention is finite: what rules move up moves something else down, and nothing is answered for nothing."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cogov import GovernanceModel, load_design
from cogov.processes.attention import priority, standing
from cogov.processes.deliver import deliver
from cogov.processes.route import route
from cogov.rules import Design, Priority, Where
from cogov.state.issues import State
from cogov.state.ledger import serve
from cogov.terms import Kind, Level, Line
from tests.helpers import NEVER, Written, post, put, situation, small, written

OFFICE = post("office", area="subdistrict")
ONE_LOOK = {"department_answer": (0.6321205588285577,) * 5, "department_bounce": (0.0,) * 5}
"""A case whose wait is 1 is answered the first time it is looked at in full."""


def test_hours_go_to_the_most_urgent_until_they_are_gone():
    need = np.array([4.0, 3.0, 5.0, 2.0])
    server = np.array([0, 0, 1, 0])
    first = np.array([1.0, 3.0, 0.0, 2.0])
    # the first of two servers has six hours: 3 for item 1, 2 for item 3, the last one for item 0
    np.testing.assert_allclose(serve(need, server, lambda: first, np.array([6.0, 4.0])), [1, 3, 4, 2])


def test_of_equals_the_first_is_served_first():
    got = serve(np.full(3, 2.0), np.zeros(3, int), lambda: np.ones(3), np.array([3.0]))
    np.testing.assert_allclose(got, [2, 1, 0])


def test_nobody_to_serve():
    assert serve(np.zeros(0), np.zeros(0, int), lambda: np.zeros(0), np.ones(2)).shape == (0,)


@given(st.data())
def test_no_server_gives_more_than_it_has_nor_keeps_hours_from_those_who_wait(data):
    n, servers = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 4))
    positive = st.floats(0, 50)
    need = data.draw(hnp.arrays(float, n, elements=positive))
    hours = data.draw(hnp.arrays(float, servers, elements=positive))
    server = data.draw(hnp.arrays(int, n, elements=st.integers(0, servers - 1)))
    rank = data.draw(hnp.arrays(float, n, elements=st.floats(0, 3)))
    got = serve(need, server, lambda: rank, hours)
    assert (got >= 0).all()
    assert (got <= need + 1e-9).all()
    total, wanted = (np.bincount(server, column, servers) for column in (got, need))
    np.testing.assert_allclose(total, np.minimum(wanted, hours), atol=1e-9)
    for i in range(n):
        for j in range(n):  # nobody gets an hour while somebody ahead still waits
            if server[i] == server[j] and rank[i] > rank[j] and got[j] > 1e-9:
                assert got[i] == pytest.approx(need[i])


# ---------------------------------------------------------------- departments


def waiting(model: GovernanceModel, copies: int = 1, **values) -> np.ndarray:
    """Cases that wait for housing's answer, each looked at once before it is given."""
    place = {
        "state": State.DEPARTMENTS,
        "at": Level.SUBDISTRICT,
        "level": Level.SUBDISTRICT,
        "seen": 0,
        "line": (Line.HOUSING, -1, -1),
        "wait": (0.99, NEVER, NEVER),
        "share": (2.0, 0.0, 0.0),
    }
    last = put(model, copies=copies, **(place | values))
    return np.arange(last - copies + 1, last + 1)


def desk(model: GovernanceModel, looks: float) -> None:
    """Let housing have hours for so many looks this week."""
    model.attention.left[:] = 1000.0
    model.attention.files[:] = 0.0
    model.attention.files[Line.HOUSING] = looks * model.parameters.attention.look


def answered_by_week(*rules: Priority, weeks: int = 5, looks: float = 6.0) -> dict[str, list[int]]:
    """How many of fifteen disputes and fifteen hazards are answered each week by a desk with six looks."""
    model = situation(post(), OFFICE, *rules, profile=ONE_LOOK)
    rows = {"dispute": waiting(model, 15), "safety": waiting(model, 15, kind=Kind.SAFETY)}
    found: dict[str, list[int]] = {name: [] for name in rows}
    for _ in range(weeks):
        before = {name: int((model.issues.wait[mine, 0] <= 0).sum()) for name, mine in rows.items()}
        desk(model, looks)
        route(model)
        for name, mine in rows.items():
            found[name].append(int((model.issues.wait[mine, 0] <= 0).sum()) - before[name])
    return found


def test_what_moves_up_moves_something_else_down_and_the_total_stays():
    first = Priority(name="safety", lines=("housing",), kinds=("safety",), weight=1.0)
    plain, moved = answered_by_week(), answered_by_week(first)
    assert np.add(plain["dispute"], plain["safety"]).tolist() == [6, 6, 6, 6, 6]
    assert np.add(moved["dispute"], moved["safety"]).tolist() == [6, 6, 6, 6, 6]
    assert moved["safety"] == [6, 6, 3, 0, 0]  # sooner
    assert moved["dispute"] == [0, 0, 3, 6, 6]  # and these later
    assert plain["dispute"] == [6, 6, 3, 0, 0]  # of equals those first that came first


@pytest.mark.parametrize(
    "idle",
    [
        Priority(name="other_line", lines=("civil_affairs",), weight=1.0),
        Priority(name="other_kind", lines=("housing",), kinds=("renewal",), weight=1.0),
        Priority(name="a_post", servers=("office",), kinds=("safety",), weight=1.0),
    ],
    ids=lambda rule: rule.name,
)
def test_a_priority_of_others_changes_nothing(idle):
    assert answered_by_week(idle) == answered_by_week()


def test_where_there_are_hours_for_all_no_order_matters():
    first = Priority(name="safety", lines=("housing",), kinds=("safety",), weight=1.0)
    assert answered_by_week(first, looks=30) == answered_by_week(looks=30)
    assert answered_by_week(first, looks=30)["dispute"][0] == 15


def test_a_deadline_moves_a_case_up_and_hastens_nothing():
    model = situation(post(), OFFICE, profile=ONE_LOOK)
    undated, dated = waiting(model, 3, wait=(9.0,) * 3), waiting(model, 3, wait=(9.0,) * 3, due=1)
    desk(model, 99)
    route(model)
    np.testing.assert_allclose(model.issues.wait[[*undated, *dated], 0], 8.0, rtol=1e-6)
    desk(model, 3)
    route(model)
    np.testing.assert_allclose(model.issues.wait[undated, 0], 8.0, rtol=1e-6)
    np.testing.assert_allclose(model.issues.wait[dated, 0], 7.0, rtol=1e-6)


def test_cases_summoned_before_a_department_keep_others_waiting_there():
    def answered(summoned: bool) -> int:
        """Plain cases that housing answers in a week beside six that civil affairs should answer first."""
        model = situation(post(), OFFICE, profile=ONE_LOOK)
        both = {"line": (Line.CIVIL_AFFAIRS, Line.HOUSING, -1), "wait": (9.0, 9.0, NEVER), "urgency": 0.9}
        waiting(model, 6, **both, share=(2.0, 2.0, 0.0), joint=summoned)
        plain = waiting(model, 6)
        desk(model, 6)
        route(model)
        return int((model.issues.wait[plain, 0] <= 0).sum())

    assert answered(summoned=False) == 6
    assert answered(summoned=True) == 0


def test_the_last_hours_look_at_a_part_of_a_case():
    model = situation(post(), OFFICE, profile=ONE_LOOK)
    rows = waiting(model, 3, wait=(9.0,) * 3)
    desk(model, 1.5)
    route(model)
    np.testing.assert_allclose(model.issues.wait[rows, 0], [8.0, 8.5, 9.0], rtol=1e-6)
    assert model.attention.files[Line.HOUSING] == pytest.approx(0)
    assert model.tally.total["files"] == 3
    assert model.tally.total["files_seen"] == pytest.approx(1.5)
    assert model.tally.hours_by_line[Line.HOUSING] == pytest.approx(1.5 * 0.25)


def test_hours_for_files_are_taken_from_those_for_work():
    model = situation(post(), OFFICE, profile=ONE_LOOK)
    model.attention.open(np.full(5, 4.0), np.full(5, 0.5))
    waiting(model, 100, wait=(99.0,) * 3)
    route(model)
    assert model.attention.left[Line.HOUSING] == pytest.approx(2.0)  # no more than the share of files
    row = waiting(model, wait=(0.0, NEVER, NEVER), share=(5.0, 0.0, 0.0))
    deliver(model)
    assert model.issues.share[row, 0] == pytest.approx(3.0)
    assert model.attention.left[Line.HOUSING] == pytest.approx(0.0)


def test_looking_may_take_no_time():
    model = situation(post(), OFFICE, profile=ONE_LOOK, attention={"look": 0.0})
    rows = waiting(model, 20)
    desk(model, 0)
    route(model)
    assert (model.issues.wait[rows, 0] <= 0).all()


def test_orders_dated_and_summoned_cases_can_be_told_apart():
    model = situation(post(), OFFICE, *(
        Priority(name=case, lines=("housing",), cases=(case,), weight=weight)
        for case, weight in (("orders", 1.0), ("dated", 2.0), ("summoned", 4.0))
    ))  # fmt: skip
    plain, order, dated, summoned, all_three = (
        waiting(model, urgency=0.5, **values)[0]
        for values in (
            {},
            {"hotline": True},
            {"due": 1e6},
            {"joint": True},
            {"hotline": True, "due": 1e6, "joint": True},
        )
    )
    rows = np.array([plain, order, dated, summoned, all_three])
    got = priority(model, rows, line=np.full(5, Line.HOUSING)) - priority(model, rows)
    np.testing.assert_allclose(got, [0, 1, 2, 4, 7], atol=1e-6)


def test_a_place_may_come_first():
    model = situation(post(), OFFICE)
    name = model.places.neighbourhoods.names[1]
    first = Priority(name="there", lines=("housing",), weight=1.0, where=Where(names=(name,)))
    model = situation(post(), OFFICE, first)
    households = model.places.neighbourhood_households
    rows = np.array([waiting(model, household=int(households[n]))[0] for n in range(3)])
    got = priority(model, rows, line=np.full(3, Line.HOUSING)) - priority(model, rows)
    np.testing.assert_allclose(got, [0, 1, 0])


def test_the_oldest_on_record_stand_first_until_they_are_closed():
    rule = Priority(name="adopted", lines=("housing",), area="subdistrict", oldest=2, weight=1.0)
    model = situation(post(), OFFICE, rule, week=9)
    rows = [waiting(model, seen=seen)[0] for seen in (5, 3, 8, 3)]
    waiting(model, state=State.LATENT, seen=-1)
    (laid,) = model.institutions.priorities
    assert np.flatnonzero(standing(model, laid)).tolist() == [rows[1], rows[3]]
    model.issues.state[rows[1]] = State.RESOLVED
    assert np.flatnonzero(standing(model, laid)).tolist() == [rows[0], rows[3]]


def test_a_priority_works_as_far_as_its_keeper_has_hours():
    rule = Priority(name="desk", lines=("housing",), weight=1.0, keeper="clerk", upkeep=20.0)
    model = situation(post(), OFFICE, post("clerk", handles=(), heads=1, hours=5), rule)
    rows = waiting(model, 1)
    got = priority(model, rows, line=np.array([Line.HOUSING])) - priority(model, rows)
    np.testing.assert_allclose(got, 0.25, rtol=1e-6)
    assert model.institutions.ledger.left[model.institutions.posts.at("clerk")].sum() == 0


# ---------------------------------------------------------------- posts


def test_a_post_serves_first_what_a_rule_says():
    first = Priority(name="safety", servers=("committee", "nobody"), kinds=("safety",), weight=1.0)
    for rules, expected in (((), State.SERVICE), ((first,), State.RESOLVED)):
        model = situation(post(heads=1, hours=20), *rules)
        server = model.institutions.posts.at("committee").start
        place = {"state": State.SERVICE, "at": Level.NEIGHBOURHOOD, "server": server, "hold": 1e-9}
        put(model, work=20.0, urgency=0.6, **place)
        row = put(model, work=20.0, urgency=0.5, kind=Kind.SAFETY, **place)
        deliver(model)
        assert model.issues.state[row] == expected
        assert model.institutions.ledger.left[server] == pytest.approx(0)


# ---------------------------------------------------------------- designs


def test_a_priority_of_absent_posts_is_idle_and_listed():
    rule = Priority(name="first", servers=("nobody",), weight=1.0)
    design = written(post(), rule)
    assert rule not in design.rules()
    assert design.idle() == (("written", rule),)
    assert written(post(), rule.updated({"lines": ("housing",)})).idle() == ()


BUSY = {"department_files": (0.15,) * 5}


@cache
def run(*rules: Priority) -> tuple[str, int, float]:
    """Digest of a year in which departments have few hours for files; parts answered, and looks taken."""
    design = Design((*load_design("line_hierarchy").mechanisms, Written(given=rules)))
    model = GovernanceModel(
        small(**BUSY).build(3),
        design,
        baseline=design,
        reform_week=0,
        rng=3,
        weeks=52,
        processes={
            "arise": {"safety": {"rate": 1.0}, "property_conflict": {"rate": 2.0}},
            "route": {"give_up": 0.0, "loss": 0.0},
        },
    )
    looks, answered = 0.0, set()
    for _ in range(52):
        model.step()
        issues = model.issues
        looks += float(model.attention.files.sum())
        item, part = np.nonzero((issues.wait <= 0) & (issues.line >= 0))
        answered |= set(zip(issues.id[item].tolist(), part.tolist(), strict=True))
    return model.record.digest(), len(answered), looks


def test_a_priority_that_weighs_nothing_or_moves_all_alike_is_none():
    assert run(Priority(name="none", lines=("housing",), weight=0.0)) == run()
    assert run(Priority(name="all", lines=("housing",), weight=3.0)) == run()


def test_a_priority_in_a_run_changes_who_is_answered_and_hardly_how_many():
    digest, answered, looks = run()
    moved = run(Priority(name="first", lines=("housing",), kinds=("property_conflict",), weight=3.0))
    assert moved[0] != digest
    assert answered > 100
    assert abs(moved[1] - answered) < 0.1 * answered
    assert moved[2] == pytest.approx(looks, rel=0.02)
