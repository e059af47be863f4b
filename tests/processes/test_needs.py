from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov.processes.births import Arise
from cogov.processes.needs import NeedHours, PersonalNeeds, classes, hours_of
from cogov.terms import Age, Service
from tests.helpers import loose, reals, small

NOTHING = dict.fromkeys(NeedHours().as_dict(), 0.0)


def test_needs_of_one_compound():
    community = loose(small().build(1))
    places, residents = community.places, community.residents
    people = slice(0, int(places.compound_rows[1]))
    residents.age[people] = Age.AGE_30_44
    residents.age[:6] = [Age.AGE_80_PLUS, Age.AGE_80_PLUS, Age.AGE_70_79, *3 * [Age.UNDER_12]]
    places.compounds.old[0] = True
    n, households = people.stop, int(places.compound_households[1])
    care = {"elder_care": 0.4, "child_care": 0.3, "health": 0.05, "culture": 0.02}
    rest = {"advice": 0.01, "venue": 0.02, "repair_help": 0.01, "environment": 0.03}
    hours = PersonalNeeds.of(community, NeedHours(**care, **rest)).of_compound[0]
    expected = {
        Service.ELDER_CARE: 0.4 * 2.25,  # two of 80 and over, and a quarter of one of 70-79
        Service.CHILD_CARE: 0.3 * 3,
        Service.HEALTH: 0.05 * 3,  # all three old people
        Service.CULTURE: 0.02 * (n - 1.5),  # half of the under-12s are under 6
        Service.ADVICE: 0.01 * (n - 3),
        Service.VENUE: 0.02 * (n - 3),
        Service.REPAIR_HELP: 0.01 * households * 2,  # old: double
        Service.ENVIRONMENT: 0.03 * households,
    }
    for service, value in expected.items():
        assert hours[service] == pytest.approx(value), service


@cache
def usual_needs():
    return PersonalNeeds.of(small().build(1), Arise())


def one(age, parameters, **about):
    """Hours that one resident needs: an adult who lives alone in a newer compound, unless told otherwise."""
    usual = {"children": 0, "adults": 1, "size": 1, "old": 0}
    row = {name: np.array([value]) for name, value in {"age": age, **(usual | about)}.items()}
    return hours_of(row, parameters)[0]


def test_what_a_household_needs_is_shared_by_its_members():
    parameters = NeedHours(repair_help=0.02, environment=0.03)
    alone = one(Age.AGE_30_44, parameters)
    assert (alone[Service.REPAIR_HELP], alone[Service.ENVIRONMENT]) == pytest.approx((0.02, 0.03))
    among = one(Age.AGE_30_44, parameters, size=3, adults=3, old=1)
    assert (among[Service.REPAIR_HELP], among[Service.ENVIRONMENT]) == pytest.approx((0.04 / 3, 0.01))


def test_care_for_children_is_shared_by_those_whom_it_frees():
    parameters = NeedHours(child_care=0.3)
    home = {"children": 2, "adults": 4, "size": 7}
    for age, share in ((Age.UNDER_12, 1), (Age.AGE_30_44, 1), (Age.AGE_70_79, 1), (Age.AGE_12_17, 0)):
        assert one(age, parameters, **home)[Service.CHILD_CARE] == pytest.approx(share * 0.1)
    assert one(Age.AGE_30_44, parameters)[Service.CHILD_CARE] == 0


def test_a_place_needs_what_its_people_need():
    community = small().build(1)
    needs = usual_needs()
    kind, about = classes(community)
    assert {name: column[kind].tolist() for name, column in about.items()}[
        "age"
    ] == community.residents.age.tolist()
    hours = needs.hours[kind]
    rows = community.places.compound_rows
    for compound in range(len(community.places.compounds)):
        here = hours[rows[compound] : rows[compound + 1]]
        np.testing.assert_allclose(needs.of_compound[compound], here.sum(0), rtol=1e-9)


@given(st.lists(reals(0, 1), min_size=8, max_size=8))
def test_services_count_by_the_hours_that_one_needs(met):
    needs = usual_needs()
    shares = np.tile(np.array(met), (3, 1))
    found = needs.share_met(shares)
    assert ((found >= min(met) - 1e-12) & (found <= max(met) + 1e-12)).all()
    expected = (needs.hours * np.array(met)).sum(1) / needs.hours.sum(1)
    np.testing.assert_allclose(found, np.tile(expected, (3, 1)), rtol=1e-9, atol=1e-12)


def test_who_needs_nothing_lacks_nothing():
    needs = PersonalNeeds.of(small().build(1), NeedHours(**NOTHING))
    assert (needs.share_met(np.zeros((3, len(Service)))) == 1).all()
    assert (needs.of_compound == 0).all()
