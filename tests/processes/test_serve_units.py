from __future__ import annotations

import numpy as np
import pytest

from cogov.processes.serve_units import serve_units
from cogov.rules import Position
from cogov.state.contacts import SUBDISTRICT
from cogov.terms import Want
from tests.helpers import post, situation


def served(*rules, homes=(0, 1, -1), **wants):
    """The first three units, in these neighbourhoods, want ten hours a week of lunch; or what is said."""
    model = situation(*rules)
    units = model.units
    units.neighbourhood = np.full(len(units), -1, dtype=np.int16)
    units.neighbourhood[: len(homes)] = homes
    model.accounts.wanted[:] = 0
    for name, hours in (wants or {"lunch": 10.0}).items():
        model.accounts.wanted[: len(homes), Want[name.upper()]] = hours
    serve_units(model)
    return model


def test_nobody_serves_unless_a_post_has_hours_for_it():
    model = served(post())
    assert not model.accounts.received.any()
    assert "serving" not in model.institutions.ledger.hours


def test_a_neighbourhoods_post_serves_the_units_that_stand_there():
    model = served(post(serve=0.25))  # five hours in each of three neighbourhoods
    np.testing.assert_allclose(model.accounts.received[:3, Want.LUNCH], [5, 5, 0])
    assert model.institutions.ledger.hours["serving"] == pytest.approx(10)  # nobody wants the last five


def test_the_office_reaches_units_outside_and_shares_by_what_is_wanted():
    office = post("office", area="subdistrict", heads=1, hours=10, serve=0.6)
    model = served(office, lunch=np.array([4.0, 2.0, 6.0]))
    np.testing.assert_allclose(model.accounts.received[:3, Want.LUNCH], [2, 1, 3])


def test_no_more_is_given_than_is_wanted():
    model = served(post(serve=1.0), lunch=3.0)
    np.testing.assert_allclose(model.accounts.received[:2, Want.LUNCH], 3)
    np.testing.assert_allclose(model.institutions.ledger.left[:2], 17)


def test_a_post_serves_the_wants_it_is_there_for():
    helper = post("helper", heads=1, hours=8, serve=1.0, wants=("permits",), handles=())
    model = served(helper, lunch=10.0, permits=2.0)
    assert model.accounts.received[0, Want.PERMITS] == pytest.approx(2)
    assert model.accounts.received[0, Want.LUNCH] == 0


def test_hours_given_are_hours_together():
    before = served(post()).contacts
    after = served(post(serve=0.25)).contacts
    pairs = np.array([0, 0, 1]), np.array([0, SUBDISTRICT, 1])
    np.testing.assert_allclose(after.hours(*pairs) - before.hours(*pairs), [5, 0, 5])


def test_a_post_without_hours_left_serves_nobody():
    model = situation(post(serve=1.0))
    model.institutions.ledger.left[:] = 0
    serve_units(model)
    assert not model.accounts.received.any()


def test_service_is_for_neighbourhoods_or_larger_areas():
    with pytest.raises(Exception, match="service"):
        Position(name="x", area="compound", heads=1, hours=1, serve=0.5)
