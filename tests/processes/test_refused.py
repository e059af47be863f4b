"""Public matters at a wider table: whose wants count, and what becomes of a refusal."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov import GovernanceModel, load_design
from cogov.kit.streams import Streams
from cogov.outcomes.measures import WEEKLY
from cogov.processes.births import IS_PUBLIC, World
from cogov.processes.deliberate import deliberate
from cogov.processes.route import route
from cogov.rules import Design
from cogov.rules.seats import PRIORITIES, holders, priorities
from cogov.state.issues import State
from cogov.terms import Kind, Level, Service
from tests.helpers import Written, council, post, put, situation, small

ALL_COME = {"attend": 50.0, "attend_tie": 0.0, "attend_rank": 0.0, "attend_others": 50.0}
OFFICE = post("office", area="subdistrict")


def meeting(*rules, **parameters):
    """A week in which councils meet and everybody comes; nobody wants anything but what is their own."""
    model = situation(
        post(), OFFICE, *rules, week=4, deliberate=ALL_COME | {"facilitation": 0.0} | parameters
    )
    for entry in model.institutions.councils:
        entry.wants[:] = False
    model.offers.weekly[:] = 0
    return model


def item(model, neighbourhood=0, **values):
    place = {
        "state": State.COUNCIL,
        "at": Level.SUBDISTRICT,
        "kind": Kind.PUBLIC_SPACE,
        "field": Service.CULTURE,
        "household": int(model.places.neighbourhood_households[neighbourhood]),
    }
    return put(model, **(place | values))


# ---------------------------------------------------------------- one basis


def test_a_neighbourhood_supports_what_is_its_own_whatever_it_wants():
    for neighbourhood in range(3):
        for quorum, passes in ((1 / 3, True), (0.34, False)):  # one of three seats
            model = meeting(council(quorum=quorum))
            row = item(model, neighbourhood)
            deliberate(model)
            assert model.issues.agreed[row] == passes


def test_others_support_what_is_like_their_own():
    model = meeting(council(quorum=2 / 3))
    model.institutions.councils[0].wants[2, Service.CULTURE] = True
    like, unlike = item(model), item(model, field=Service.HEALTH)
    deliberate(model)
    assert model.issues.agreed[[like, unlike]].tolist() == [True, False]


def test_what_issues_are_about_is_what_seats_want():
    # the likeliest fields of a compound's public issues are those that its own seats want
    model = situation(post(), council(seats=("residents",), area="neighbourhood"))
    table = model.institutions.councils[0]
    compound = table.holder - holders(model.community)["residents"]
    parameters = model.parameters.arise.updated({"public_space": {"rate": 1000.0}})
    world = World(model.community, parameters, Streams(5))
    weeks = [world.births(week) for week in range(4)]
    kind, place, field = (
        np.concatenate([born[name] for born in weeks]) for name in ("kind", "compound", "field")
    )
    about = priorities(model.world.needs, np.diff(model.places.compound_households))
    assert len(compound) == 6
    for seat, own in enumerate(compound.tolist()):
        fields = np.bincount(field[IS_PUBLIC[kind] & (place == own)], minlength=len(Service))
        share, expected = fields / fields.sum(), about[own] / about[own].sum()
        assert fields.sum() > 1000
        assert np.abs(share - expected).max() < 4 * np.sqrt(0.25 / fields.sum())
        assert set(np.flatnonzero(table.wants[seat])) == set(np.flatnonzero(expected))


@given(
    st.lists(st.lists(st.integers(0, 1000), min_size=4, max_size=4), min_size=1, max_size=6),
    st.floats(0.01, 100),
)
def test_priorities_are_of_a_household_and_of_no_unit_of_measure(needs, factor):
    hours, households = np.array(needs) / 8, np.arange(1, len(needs) + 1) * 10
    found = priorities(hours, households)
    assert ((found > 0).sum(1) <= PRIORITIES).all()
    assert (found[hours == 0] == 0).all()  # nobody wants what nobody needs
    stands_out = hours / households[:, None] > hours.sum(0) / households.sum() * (1 + 1e-9)
    assert ((found > 0).sum(1) >= np.minimum(stands_out.sum(1), PRIORITIES)).all()
    other = priorities(hours * np.array([2.0, 0.5, 4.0, 1.0]), households)
    np.testing.assert_array_equal(other, found)
    larger = priorities(hours * factor, households)
    np.testing.assert_allclose(np.sort(larger), np.sort(found), rtol=1e-9)


# ---------------------------------------------------------------- refused is refused


@pytest.mark.parametrize("returns", [0, 1, 3])
def test_what_is_refused_comes_back_so_often_and_is_then_dropped(returns):
    model = meeting(council(quorum=1.0, returns=returns))
    row = item(model)
    issues = model.issues
    for time in range(returns):
        deliberate(model)
        assert (issues.state[row], issues.returned[row]) == (State.COUNCIL, time + 1)
    deliberate(model)
    assert (issues.state[row], issues.refused[row], issues.returned[row]) == (State.MOVING, 1, 0)
    route(model)
    assert (issues.state[row], issues.closed[row]) == (State.LOST, model.week)
    total = model.tally.total
    assert total["agenda_items"] == returns + 1
    assert total["agenda_returned"] == returns
    assert total["agenda_dropped"] == model.tally.of("lost").sum() == total["public_ended"] == 1


def test_what_was_refused_for_want_of_support_may_pass_when_others_come():
    model = meeting(council(quorum=0.6))
    row = item(model)
    deliberate(model)
    assert not model.issues.agreed[row]
    model.institutions.councils[0].wants[1, Service.CULTURE] = True
    deliberate(model)
    assert model.issues.agreed[row]


def test_an_item_that_units_cannot_carry_is_revised_at_the_cost_of_its_committee():
    model = meeting(council(quorum=0.0, hours=0.0, item_hours=0.0), revise_hours=4.0, less=0.5)
    ledger, posts = model.institutions.ledger, model.institutions.posts
    row = item(model, neighbourhood=1, work=20.0, resource=12.0)
    deliberate(model)
    issues = model.issues
    assert (issues.resource[row], issues.work[row], issues.task[row]) == (6, 26, 26)
    np.testing.assert_allclose(ledger.left[posts.at("committee")], [20, 16, 20])
    model.units.neighbourhood[0] = 0
    model.offers.weekly[0, Service.CULTURE] = 1.5  # six hours a month
    deliberate(model)
    assert issues.agreed[row]


def test_nobody_revises_what_nobody_has_hours_for_or_what_was_not_wanted():
    for hours, quorum in ((3.9, 0.0), (20.0, 1.0)):
        rule = council(quorum=quorum, hours=0.0, item_hours=0.0)
        model = meeting(rule, revise_hours=4.0)
        model.institutions.ledger.left[:] = hours
        row = item(model, resource=12.0, work=20.0)
        deliberate(model)
        assert model.issues.returned[row] == 1
        assert (model.issues.resource[row], model.issues.work[row]) == (12, 20)
        assert (model.institutions.ledger.left == hours).all()


@given(st.floats(0, 1), st.floats(0, 1e4), st.floats(0.1, 1e3))
def test_work_that_units_do_not_do_somebody_else_does(share, resource, work):
    model = hours_model()
    issues = model.issues
    issues.resource[0], issues.work[0], issues.task[0] = resource, work, work
    issues.do_without_units(np.array([0]), share)
    assert issues.resource[0] >= 0
    assert issues.resource[0] + issues.work[0] == pytest.approx(resource + work, rel=1e-5)
    assert issues.task[0] == issues.work[0]


@cache
def hours_model() -> GovernanceModel:
    model = meeting()
    item(model)
    return model


@pytest.mark.parametrize("seats", [("neighbourhoods",), ()])
def test_what_nobody_can_give_is_never_done(seats):
    """A public issue that needs ten thousand hours of units is not resolved, with a council or without."""
    needy = {"resource": 1.0, "rate": 0.5}
    so_far, _ = in_time(
        council(seats=seats, quorum=0.0),
        arise={"resource_hours": 1e4, "public_space": needy, "renewal": needy},
    )
    assert so_far["public_resolved"] == 0
    assert so_far["public_ended"] > 10
    assert (so_far["agenda_dropped"] > 5) == bool(seats)


def test_issues_are_conserved_where_councils_drop_them():
    so_far, week = in_time(council(quorum=1.0, returns=0))
    assert so_far["agenda_dropped"] > 5
    assert so_far["arrived"] == week["latent"] + week["open"] + so_far["resolved"] + so_far["lost"]


def in_time(rule, **processes) -> tuple[dict[str, float], dict[str, float]]:
    """Forty weeks of the baseline with one council in the place of its office meeting: sums, and the last."""
    design = load_design("line_hierarchy").with_("line_departments", slots=0.0)
    design = Design((*design.mechanisms, Written(given=(rule,))))
    processes = {"arise": {kind: {"rate": 0.5} for kind in ("public_space", "renewal")}} | processes
    model = GovernanceModel(
        small().build(1), design, baseline=design, reform_week=0, rng=1, weeks=40, processes=processes
    )
    model.run_until(40)
    series = model.record.series[: model.record.weeks]
    return dict(zip(WEEKLY, series.sum(0), strict=True)), dict(zip(WEEKLY, series[-1], strict=True))
