from __future__ import annotations

import numpy as np
import pytest

from cogov.state.contacts import SUBDISTRICT, Contact, Contacts, convener
from cogov.terms import Level

HOURS = Contact(half_life=26.0, enough=20.0)


def contacts(tie=0.0, **parameters) -> Contacts:
    """Three units, two in the first and second of two neighbourhoods, one outside."""
    return Contacts(np.array([0, 1, -1]), np.full(3, tie), 2, HOURS.updated(parameters))


def test_only_hours_together_tie_and_only_those_two():
    known = contacts()
    known.meet(np.array([0, 0]), np.array([1, 1]), np.array([15.0, 5.0]))
    np.testing.assert_allclose(known.hours(np.array([0, 0, 1]), np.array([1, 0, 1])), [20, 0, 0])
    np.testing.assert_allclose(known.tie(np.array([0, 0]), np.array([1, SUBDISTRICT])), [1 - np.exp(-1), 0])
    np.testing.assert_allclose(known.in_all(), [20, 0, 0])


def test_half_of_a_contact_is_forgotten_in_its_half_life():
    known = contacts()
    known.meet(np.array([2]), np.array([SUBDISTRICT]), 8.0)
    for _ in range(26):
        known.forget()
    known.meet(np.array([2]), np.array([SUBDISTRICT]), 1.0)
    assert known.hours(np.array([2]), np.array([SUBDISTRICT]))[0] == pytest.approx(5)
    for _ in range(13):
        known.forget()
    assert known.hours(np.array([2]), np.array([SUBDISTRICT]))[0] == pytest.approx(5 * 2**-0.5)


def test_a_unit_begins_with_ties_to_the_office_and_to_where_it_stands():
    known = contacts(tie=0.3)
    everybody = np.arange(3)
    np.testing.assert_allclose(known.tie(everybody, np.full(3, SUBDISTRICT)), 0.3)
    np.testing.assert_allclose(known.tie(everybody, np.zeros(3, int)), [0.3, 0, 0])


def test_forgetting_for_thousands_of_weeks_is_still_exact():
    known = contacts(half_life=13.0)
    known.meet(np.array([0]), np.array([0]), 1.0)
    for _ in range(6_000):
        known.forget()
    known.meet(np.array([0]), np.array([0]), 3.0)
    assert known.hours(np.array([0]), np.array([0]))[0] == pytest.approx(3)


def test_larger_areas_than_a_neighbourhood_are_convened_by_the_office():
    places = np.array([0, 1])
    assert convener(Level.COMPOUND, places).tolist() == [0, 1]
    assert convener(Level.NEIGHBOURHOOD, places).tolist() == [0, 1]
    assert convener(Level.BLOCK, places).tolist() == [SUBDISTRICT, SUBDISTRICT]
    assert convener(Level.DISTRICT, places).tolist() == [SUBDISTRICT, SUBDISTRICT]
