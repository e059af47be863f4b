"""Advisers: each sort on its own step, in hours that queue, and nothing without it."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.mechanisms import ProfessionalAdvisers
from cogov.processes.deliver import deliver
from cogov.processes.enquire import enquire
from cogov.rules import Council, Visit
from cogov.state.issues import State
from cogov.terms import Kind, Service
from tests.helpers import post, put, situation

NONE = ProfessionalAdvisers().at_zero().as_dict()


def at(*rules, heads, **values):
    """A community with one sort of adviser, a committee with few hours, and a council and a studio."""
    mechanism = ProfessionalAdvisers(**NONE | {"purse": 500.0} | heads | values)
    return situation(post(hours=0.5), *mechanism.rules(), *rules)


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        ("legal", Kind.PROPERTY_CONFLICT),
        ("planners", Kind.PUBLIC_SPACE),
        ("mediators", Kind.DISPUTE),
    ],
)
def test_cases_of_their_field_are_taken_off_the_committee(heads, kind):
    for number, taken in ((20.0, True), (0.0, False)):
        model = at(heads={heads: number})
        mine = put(model, kind=kind, state=State.SERVICE, server=0, work=4.0, agreed=True, hold=5.0)
        other = put(model, kind=Kind.REPAIR, state=State.SERVICE, server=1, work=4.0)
        large = put(model, kind=kind, state=State.SERVICE, server=2, work=40.0, agreed=True)
        deliver(model)
        assert (model.issues.work[mine] < 3.0) == taken
        assert model.issues.work[other] == 3.5  # half an hour of the one of the committee who is on it
        assert model.issues.work[large] == 39.5


def test_what_an_adviser_finishes_holds_more_often():
    model = at(heads={"legal": 1.0})
    posts = model.institutions.posts
    assert posts.skill[posts.at("legal_adviser")] > posts.skill[posts.at("committee")].max()


def test_health_advisers_find_out_who_needs_what_and_legal_ones_do_not():
    gained = {}
    for sort in ("health", "legal"):
        model = at(heads={sort: 200.0}, purse=5000.0)
        before = model.known.found.copy()
        enquire(model)
        gained[sort] = (model.known.found - before).mean(0)
    assert gained["health"][Service.HEALTH] > 0.005
    assert gained["health"][Service.CULTURE] < 0  # what nobody asks about is out of date in time
    assert (gained["legal"] < 0).all()


def test_an_adviser_on_party_building_helps_a_studio_to_teach_and_one_on_governance_a_council():
    studio = Visit(name="studio_session", to="veterans", every=4, teach=0.06, adopt=0)
    council = Council(name="home_council", seats=("neighbourhoods",), slots=2.0, item_hours=0.25)
    taught, prepared = [], []
    for heads in ({"party": 5.0, "governance": 5.0}, {}):
        model = at(studio, council, heads=heads)
        taught.append(model.institutions.visits[0].value("teach"))
        prepared.append(model.institutions.councils[0].laid.value("item_hours"))
    np.testing.assert_allclose(taught[0], 1 - 0.94 * 0.97)
    np.testing.assert_allclose(taught[1], 0.06)
    np.testing.assert_allclose(prepared[0], 0.25 * 0.7)
    np.testing.assert_allclose(prepared[1], 0.25)


def test_planners_give_hours_to_the_planner_of_gardens_where_there_is_one():
    gardens = post("community_planner", area="subdistrict", heads=1, hours=2, handles=())
    lent = []
    for values in ({}, {"gardens": 0.0}, {"planners": 0.0}):
        model = at(gardens, heads={"planners": 50.0} | values)
        rows = model.institutions.posts.at("community_planner")
        lent.append(float(model.institutions.ledger.left[rows].sum()) - 2)
    assert lent[0] > 0
    assert lent[1:] == [0, 0]


def test_cut_without_money_nobody_advises():
    model = at(heads={"legal": 20.0}, purse=0.001)
    mine = put(model, kind=Kind.PROPERTY_CONFLICT, state=State.SERVICE, server=0, work=4.0, agreed=True)
    deliver(model)
    assert model.issues.work[mine] > 2.9
