"""Matching within one area reaches the optimum of the transport problem."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cogov.processes.offers import allocate, match_units
from cogov.rules import Listing
from cogov.terms import Service
from tests.helpers import post, situation
from tests.limits.shares import optimum

N = len(Service)
HOURS = st.floats(0, 100)


@settings(max_examples=40)
@given(
    supply=hnp.arrays(float, (1, N), elements=HOURS),
    need=hnp.arrays(float, (3, N), elements=HOURS),
    distance=st.floats(0.3, 1.0),
)
def test_one_area_meets_as_much_need_as_can_be_met(supply, need, distance):
    met, used = allocate(supply, need, np.zeros(3, dtype=int), distance)
    assert met.sum() == pytest.approx(np.minimum(supply[0] * distance, need.sum(0)).sum(), abs=1e-6)
    assert met.sum() == pytest.approx(optimum(supply, need, distance), abs=1e-5)
    assert (met <= need + 1e-9).all()
    assert (used <= supply + 1e-9).all()
    np.testing.assert_allclose(used * distance, met.sum(0, keepdims=True), atol=1e-6)


@pytest.fixture(scope="module")
def listed():
    """Units whose offers are all on one list of the whole subdistrict."""
    everything = Listing(name="menu", area="subdistrict")
    return situation(post(), everything, match={"distance_subdistrict": 0.85})


@settings(max_examples=20)
@given(data=st.data())
def test_a_full_list_of_all_units_meets_as_much_need_as_can_be_met(listed, data):
    units, places = len(listed.community.units), 3
    offers = data.draw(hnp.arrays(float, (units, N), elements=HOURS))
    need = data.draw(hnp.arrays(float, (places, N), elements=HOURS))
    listed.offers.weekly = offers
    listed.offers.given[:] = 0
    left = match_units(listed, need)
    met = need - left
    assert (left >= -1e-9).all()
    assert met.sum() == pytest.approx(optimum(offers, need, 0.85), abs=1e-5)
    assert (listed.offers.given <= offers.sum(1) + 1e-6).all()
    assert listed.offers.given.sum() * 0.85 == pytest.approx(met.sum(), abs=1e-5)
