from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from cogov.processes.deliberate import attendance, deliberate, slots
from cogov.processes.route import route
from cogov.state.contacts import SUBDISTRICT, Contacts
from cogov.state.issues import State
from cogov.terms import Capability, Kind, Level, Service
from tests.helpers import council, post, put, situation

ALL_COME = {"attend": 50.0, "attend_tie": 0.0, "attend_rank": 0.0, "attend_others": 50.0}
OFFICE = post("office", area="subdistrict")


def meeting(*rules, week=4, **parameters):
    """A week in which councils meet, everybody comes and chairs hold nothing up."""
    return situation(
        post(), OFFICE, *rules, week=week, deliberate=ALL_COME | {"facilitation": 0.0} | parameters
    )


def item(model, **values):
    """A public issue about culture that waits for the council of the subdistrict."""
    place = {
        "state": State.COUNCIL,
        "at": Level.SUBDISTRICT,
        "kind": Kind.PUBLIC_SPACE,
        "field": Service.CULTURE,
    }
    return put(model, **(place | values))


def wanted_by(model, *seats: int) -> None:
    """Let these seats, and no others, want culture."""
    wants = model.institutions.councils[0].wants
    wants[:] = False
    wants[list(seats), Service.CULTURE] = True


@pytest.mark.parametrize(("quorum", "passes"), [(0.5, True), (2 / 3, True), (0.7, False)])
def test_an_item_passes_with_the_support_of_a_quorum_of_those_present(quorum, passes):
    model = meeting(council(quorum=quorum))
    row = item(model)
    wanted_by(model, 0, 2)  # two of three seats
    deliberate(model)
    issues = model.issues
    assert issues.agreed[row] == passes
    assert model.tally.total["agenda_items"] == 1
    assert model.tally.total["agenda_passed"] == passes
    if passes:
        assert issues.level[row] == Level.SUBDISTRICT
        route(model)
        assert issues.state[row] == State.SERVICE
        assert issues.server[row] == model.institutions.posts.at("office").start
    else:
        assert (issues.state[row], issues.returned[row]) == (State.COUNCIL, 1)  # it comes back


def test_a_neighbourhoods_agreement_gives_it_authority():
    model = meeting(council(area="neighbourhood", quorum=0.5))
    row = item(model, at=Level.NEIGHBOURHOOD, level=Level.SUBDISTRICT)
    wanted_by(model, 0)  # the only seat of its own council
    deliberate(model)
    route(model)
    assert (model.issues.state[row], model.issues.at[row]) == (State.SERVICE, Level.NEIGHBOURHOOD)


def test_only_the_items_own_area_decides():
    model = meeting(council(area="neighbourhood", seats=("units",), quorum=0.5))
    table = model.institutions.councils[0]
    here = table.seat_area == 0
    assert here.any()
    assert not here.all()
    for wanting, passes in ((~here, False), (here, True)):
        row = item(model, at=Level.NEIGHBOURHOOD)
        wanted_by(model, *np.flatnonzero(wanting))  # the neighbours' do not count
        deliberate(model)
        assert model.issues.agreed[row] == passes


def test_a_meeting_to_which_nobody_comes_is_put_off():
    model = meeting(council(quorum=0.0, returns=0), attend_others=-50.0)
    row = item(model)
    wanted_by(model, 0, 1, 2)
    deliberate(model)
    issues, total = model.issues, model.tally.total
    assert not issues.agreed[row]
    assert (issues.state[row], issues.refused[row], issues.returned[row]) == (State.COUNCIL, 0, 0)
    assert (total["agenda_items"], total["agenda_postponed"]) == (0, 1)
    assert (
        "meetings" not in model.institutions.ledger.hours or model.institutions.ledger.hours["meetings"] == 0
    )


def test_a_council_without_seats_holds_nothing_up():
    model = meeting(council(seats=("units",)), post("district", area="district"))
    model.units.neighbourhood[:] = -1
    row = item(model)
    model.adopt(model.design)
    assert len(model.institutions.councils[0].unit) == 0
    assert model.issues.state[row] == State.MOVING
    route(model)  # as if there were no council: the office decides
    assert model.issues.server[row] == model.institutions.posts.at("office").start


def test_most_urgent_items_first_then_the_oldest_as_many_as_there_are_slots():
    model = meeting(council(slots=2.0))
    wanted_by(model, 0, 1, 2)
    rows = [
        item(model, urgency=urgency, born=born) for urgency, born in ((0.4, 1), (0.6, 2), (0.4, 0), (0.3, 0))
    ]
    deliberate(model)
    assert model.issues.agreed[rows].tolist() == [False, True, True, False]
    assert model.issues.state[rows[0]] == State.COUNCIL  # waits


def test_councils_meet_when_it_is_their_week():
    for week, meets in ((4, True), (6, False), (8, True)):
        model = meeting(council(every=4), week=week)
        row = item(model)
        wanted_by(model, 0, 1, 2)
        deliberate(model)
        assert model.issues.agreed[row] == meets


def test_skilled_chairs_get_through_more_and_fractions_carry_over():
    # half of two slots need a skilled chair; at skill 0.5 that leaves 1.5 a meeting: 1, 2, 1, 2 ...
    got = []
    for week in (4, 8, 12, 16):
        model = meeting(council(slots=2.0), week=week, facilitation=0.5)
        model.secretaries.level[:, Capability.DELIBERATION] = 0.5
        got.append(int(slots(model, model.institutions.councils[0])[0]))
    assert sum(got) == 6
    assert set(got) == {1, 2}


def test_a_seat_costs_its_payer_the_hours_of_the_meeting_and_of_its_items():
    model = meeting(council(hours=2.0, item_hours=0.5))
    for _ in range(2):
        item(model)
    deliberate(model)
    ledger, posts = model.institutions.ledger, model.institutions.posts
    np.testing.assert_allclose(ledger.left[posts.at("committee")], 17)
    assert ledger.hours["meetings"] == pytest.approx(9)
    assert model.tally.total["seat_hours"] == pytest.approx(9)


def test_who_has_no_hours_left_does_not_come():
    model = meeting(council(hours=2.0, item_hours=0.0, quorum=0.9))
    model.institutions.ledger.left[model.institutions.posts.at("committee")] = [1.9, 2.0, 9.0]
    row = item(model)
    wanted_by(model, 0)  # the one who cannot come, and whose neighbourhood it is
    deliberate(model)
    np.testing.assert_allclose(
        model.institutions.ledger.left[model.institutions.posts.at("committee")], [1.9, 0, 7]
    )
    assert model.tally.total["seats_present"] == 2
    assert not model.issues.agreed[row]


def test_who_pays_for_several_seats_fills_as_many_as_there_are_hours_for():
    volunteers = post("volunteers", staffed_by="volunteers", handles=())
    table = council(area="neighbourhood", seats=("residents",), hours=1.5, item_hours=0.0)
    model = meeting(volunteers, table)
    where = model.institutions.posts.at("volunteers")
    model.institutions.ledger.left[where] = [3.0, 2.0, 1.0]  # two speakers of each neighbourhood
    (present,) = attendance(model, model.institutions.councils, [np.zeros(3)])
    assert np.bincount(model.institutions.councils[0].seat_area, present).tolist() == [2, 1, 0]
    np.testing.assert_allclose(model.institutions.ledger.left[where], [0, 0.5, 1])


def test_an_agenda_that_is_half_prepared_has_half_its_slots():
    model = meeting(council(slots=4.0))
    model.institutions.laid["council", "council"].paid[:] = 0.5
    wanted_by(model, 0, 1, 2)
    rows = [item(model) for _ in range(4)]
    deliberate(model)
    assert model.issues.agreed[rows].sum() == 2


def test_units_come_by_ties_and_rank():
    parameters = {"attend": -1.0, "attend_tie": 2.0, "attend_rank": 1.5}
    table = council(seats=("units",), rank=1.0, hours=0.0, item_hours=0.0)  # nobody gets to know anybody
    model = meeting(table, **parameters)
    model.contacts = Contacts(model.units.neighbourhood, np.full(8, 0.5), 3, model.parameters.contacts)
    units, table = model.units, model.institutions.councils[0]
    units.rank[:] = 3.0  # two above the convener
    come = []
    for week in range(4, 4 + 4 * 600, 4):
        model.week = week
        come.append(attendance(model, [table], [np.zeros(1)])[0].mean())
    chance = expit(-1 + 2 * 0.5 - 1.5 * 2)  # 0.047
    seats = 600 * len(table.unit)
    assert abs(np.mean(come) - chance) < 4 * np.sqrt(chance / seats)
    units.rank[:] = 0.0  # no bonus for standing below the convener
    model.week = 4
    half = np.mean(
        [attendance(model, [table], [np.zeros(1)])[0].mean() for model.week in range(4, 4 + 4 * 600, 4)]
    )
    assert abs(half - 0.5) < 4 * np.sqrt(0.25 / seats)


def test_a_neighbourhoods_table_stands_below_the_subdistricts():
    model = meeting(
        council(name="home", area="neighbourhood", seats=("units",)), council(seats=("units",)), attend=0.0,
        attend_tie=0.0, attend_rank=50.0,
    )  # fmt: skip
    model.units.rank[:] = 0.0  # on the subdistrict's rung: one above a neighbourhood's
    home, town = model.institutions.councils
    assert not attendance(model, [home], [np.zeros(3)])[0].any()
    assert attendance(model, [town], [np.zeros(1)])[0].any()


def test_who_sits_together_comes_to_know_each_other():
    rules = council(name="home", area="neighbourhood", seats=("units",)), council(seats=("units",))
    for rule, at in zip(rules, (lambda place: place, lambda place: np.full(8, SUBDISTRICT)), strict=True):
        rule = rule.updated({"hours": 2.0, "item_hours": 0.0})
        model = meeting(rule)
        inside = np.flatnonzero(model.units.neighbourhood >= 0)
        host = at(model.units.neighbourhood)[inside]
        before = model.contacts.hours(inside, host)
        total = model.contacts.in_all().sum()
        attendance(model, model.institutions.councils[:1], [np.zeros(3)])[0]
        np.testing.assert_allclose(model.contacts.hours(inside, host) - before, 2)
        assert model.contacts.in_all().sum() - total == pytest.approx(2 * len(inside))


def test_a_units_meeting_hours_count_as_given():
    model = meeting(council(seats=("units",), hours=2.0, item_hours=0.0))
    deliberate(model)
    seated = np.unique(model.institutions.councils[0].unit)
    np.testing.assert_array_equal(model.offers.given[seated], 2)
    assert np.delete(model.offers.given, seated).sum() == 0


def reserving(needs, offered=3.0):
    """Items that need unit hours, in a subdistrict where one unit offers culture hours a week."""
    model = meeting(council())
    model.units.neighbourhood[:] = [1, *(len(model.units) - 1) * [-1]]
    model.offers.weekly[:] = 0
    model.offers.weekly[:, Service.CULTURE] = offered  # those outside the subdistrict do not count
    wanted_by(model, 0, 1, 2)
    rows = [item(model, resource=need, urgency=0.9 - 0.1 * place) for place, need in enumerate(needs)]
    deliberate(model)
    return model, rows


def test_an_item_needs_the_hours_that_units_of_the_area_can_promise():
    # three hours a week: a month's are twelve
    model, rows = reserving([12.0, 0.5, 0.0])
    assert model.issues.agreed[rows].tolist() == [True, False, True]
    assert model.offers.promised[0, Service.CULTURE] == pytest.approx(12)
    assert model.offers.promised.sum() == pytest.approx(12)


def test_more_than_a_month_cannot_be_promised():
    model, rows = reserving([12.1])
    assert not model.issues.agreed[rows[0]]
    assert model.offers.promised.sum() == 0


def test_units_share_a_promise_by_what_they_can_spare():
    model = meeting(council())
    model.units.neighbourhood[:] = -1
    model.units.neighbourhood[:2] = [0, 2]
    model.offers.weekly[:] = 0
    model.offers.weekly[:2, Service.CULTURE] = [1.0, 3.0]
    wanted_by(model, 0, 1, 2)
    item(model, resource=8.0)
    deliberate(model)
    np.testing.assert_allclose(model.offers.promised[:2, Service.CULTURE], [2, 6])


def test_a_meeting_that_nobody_prepared_is_not_held_and_costs_nobody_anything():
    model = meeting(council())
    model.institutions.laid["council", "council"].paid[:] = 0.0
    row = item(model)
    wanted_by(model, 0, 1, 2)
    deliberate(model)
    assert model.institutions.ledger.hours.get("meetings", 0.0) == 0
    assert model.tally.total["seats"] == 0
    assert model.issues.state[row] == State.COUNCIL
