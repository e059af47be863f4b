from __future__ import annotations

import numpy as np
import pytest

from cogov.kit.errors import DesignError
from cogov.processes.deliberate import attendance
from cogov.processes.liaison import liaise
from cogov.rules import Liaison
from cogov.state.contacts import SUBDISTRICT
from tests.helpers import council, post, situation

OFFICE = post("office", area="subdistrict", heads=5, hours=40)
SURE = {"deliberate": {"attend": 50.0, "attend_rank": 0.0}}


def met(*rules, rank=0.0, homes=(0, 1, -1), week=4, **processes):
    """Three units of a rank, in these neighbourhoods, meet posts; the others do not stand anywhere."""
    model = situation(*rules, week=week, **(SURE | processes))
    units = model.units
    units.neighbourhood = np.full(len(units), -1, dtype=np.int16)
    units.neighbourhood[: len(homes)] = homes
    units.rank[:] = rank
    before = contact(model)
    liaise(model)
    return model, contact(model) - before


def contact(model):
    """Hours of the first three with the first two neighbourhoods and with the office."""
    units, hosts = np.repeat([0, 1, 2], 3), np.tile([0, 1, SUBDISTRICT], 3)
    return model.contacts.hours(units, hosts).reshape(3, 3)


def visit(**values) -> Liaison:
    return Liaison(**({"name": "visit", "post": "office", "share": 1.0, "hours": 3.0} | values))


def test_a_meeting_is_hours_of_both_and_hours_together():
    model, gained = met(OFFICE, visit(host_hours=2.0))
    np.testing.assert_allclose(gained, [[0, 0, 3]] * 3, atol=1e-9)
    np.testing.assert_allclose(model.offers.seated, 3)
    assert model.institutions.ledger.hours["meetings"] == pytest.approx(2 * len(model.units))


def test_a_post_of_a_neighbourhood_meets_the_units_that_stand_there():
    _, gained = met(post(), visit(post="committee"))
    np.testing.assert_allclose(gained, [[3, 0, 0], [0, 3, 0], [0, 0, 0]], atol=1e-9)


def test_it_is_held_when_it_is_due():
    assert not met(OFFICE, visit(every=13))[1].any()


def test_who_has_no_hours_meets_nobody_and_few_hours_are_for_few():
    assert not met(post("office", area="subdistrict", heads=1, hours=0.5), visit())[1].any()
    model, _ = met(post("office", area="subdistrict", heads=1, hours=2), visit(host_hours=1.0))
    assert (model.offers.seated > 0).sum() == 2


def test_a_share_of_the_units_is_part_of_it_always_the_same():
    first, second = (met(OFFICE, visit(share=0.5), week=week)[0] for week in (4, 8))
    came = first.offers.seated > 0
    assert 0 < came.sum() < len(came)
    np.testing.assert_array_equal(came, second.offers.seated > 0)


def test_rank_keeps_heads_away_and_nobody_else():
    far = {"deliberate": {"attend": 0.0, "attend_tie": 0.0, "attend_rank": 100.0}}
    assert not met(OFFICE, visit(), rank=2.0, **far)[1].any()
    model, _ = met(OFFICE, visit(who="people"), rank=2.0, **far)
    assert 0 < (model.offers.seated > 0).sum() < len(model.units)
    assert (met(OFFICE, visit(who="officers"), rank=2.0, **far)[0].offers.seated > 0).all()


def test_hours_with_those_who_do_not_decide_are_no_contact():
    model, gained = met(OFFICE, visit(contact=0.25))
    np.testing.assert_allclose(gained[:, 2], 0.75)
    np.testing.assert_allclose(model.offers.seated, 3)
    assert not met(OFFICE, visit(contact=0.0))[1].any()


def test_officers_are_there_every_week_and_only_where_the_rule_has_them():
    model, gained = met(OFFICE, visit(who="officers", every=13), week=5)
    assert model.agreements.officer.all()
    assert not gained.any()
    assert not met(OFFICE, visit())[0].agreements.officer.any()


@pytest.mark.parametrize(("sits", "comes"), [(True, True), (False, False)])
def test_an_officer_sits_for_a_head_who_ranks_too_high(sits, comes):
    table = council(name="committee_of_units", seats=("units",))
    officers = visit(who="officers", sits=sits)
    model, _ = met(OFFICE, table, officers, rank=2.0, homes=(0, 1, 2))
    model.parameters = situation(OFFICE, deliberate={"attend": 5.0, "attend_rank": 50.0}).parameters
    councils = model.institutions.councils
    there = attendance(model, councils, [np.zeros(council.area.n, dtype=int) for council in councils])
    assert there[0].any() == comes


def test_only_officers_sit_for_others():
    with pytest.raises(DesignError, match="are of officers"):
        visit(who="heads", sits=True)
