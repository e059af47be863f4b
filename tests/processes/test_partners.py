from __future__ import annotations

import numpy as np
import pytest

from cogov.kit.errors import DesignError
from cogov.processes.offers import match_units, on_list
from cogov.processes.partners import agree
from cogov.rules import Listing, When
from cogov.terms import Service, UnitKind
from tests.helpers import post, situation

PAIRED = Listing(name="pairing", paired=True, share=0.5)


def asked(*rules, homes=(0, 1, -1), week=4, engagement=1.0, **parameters):
    """Three units that would, offering ten hours of culture each, the other ones nothing."""
    model = situation(*(rules or (post(), PAIRED)), week=week, partners=parameters)
    units = model.units
    units.neighbourhood = np.full(len(units), -1, dtype=np.int16)
    units.neighbourhood[: len(homes)] = homes
    units.engagement[:] = engagement
    model.offers.weekly[:] = 0
    model.offers.weekly[: len(homes), Service.CULTURE] = 10.0
    agree(model)
    return model


def test_a_unit_agrees_with_the_neighbourhood_it_stands_in():
    assert asked().agreements.partner[:2].tolist() == [0, 1]


def test_a_unit_outside_is_asked_by_whom_it_fits_best():
    model = asked()
    households = np.diff(model.places.neighbourhood_households)
    culture = model.neighbourhood_needs[:, Service.CULTURE] / households
    partners = np.array([2, 2, 1])  # the first two have one already
    assert model.agreements.partner[2] == np.argmax(culture / partners)


def test_pairing_by_fit_asks_everybody_by_what_they_have():
    fitting = asked(post(), Listing(name="pairing", paired=True, pairing="fit"), homes=(0, 0, 0))
    households = np.diff(fitting.places.neighbourhood_households)
    culture = fitting.neighbourhood_needs[:, Service.CULTURE] / households
    assert fitting.agreements.partner[0] == np.argmax(culture)
    assert len(set(fitting.agreements.partner[:3].tolist())) > 1  # the more partners, the less it is asked


def test_pairing_in_turn_deals_units_out_wherever_they_stand():
    model = asked(post(), Listing(name="pairing", paired=True, pairing="turn"), homes=(0, 0, 0))
    assert model.agreements.partner[:3].tolist() == [0, 1, 2]


@pytest.mark.parametrize("pairing", ["place", "fit", "turn"])
def test_units_from_outside_are_left_out_where_the_rule_says_so(pairing):
    model = asked(post(), Listing(name="pairing", paired=True, pairing=pairing, outside=False))
    assert (model.agreements.partner[:2] >= 0).all()
    assert model.agreements.partner[2] == -1


def test_only_lists_of_partners_pair():
    with pytest.raises(DesignError, match="only lists of partners pair"):
        Listing(name="open", pairing="fit")


def test_an_agreement_takes_hours_of_both_sides():
    model = asked(hours=4.0, homes=(0, 1))
    np.testing.assert_allclose(model.institutions.ledger.left[:3], [16, 16, 20])
    np.testing.assert_allclose(model.offers.seated[:3], [4, 4, 0])
    np.testing.assert_allclose(model.offers.given[:3], [4, 4, 0])


def test_who_does_not_want_to_is_left_alone():
    assert (asked(engagement=0.0).agreements.partner == -1).all()


def test_a_committee_asks_as_many_as_it_has_hours_for():
    model = asked(post(heads=1, hours=10), PAIRED, homes=(0, 0, 0), hours=4.0)
    assert (model.agreements.partner >= 0).sum() == 2
    nobody = asked(post("office", area="subdistrict"), PAIRED)
    assert (nobody.agreements.partner == -1).all()


def test_committees_ask_once_a_month_and_only_for_a_list_of_partners():
    assert (asked(week=5).agreements.partner == -1).all()
    assert (asked(post(), Listing(name="open")).agreements.partner == -1).all()
    later = Listing(name="pairing", paired=True, when=When(start=10))
    assert (asked(post(), later).agreements.partner == -1).all()


def test_an_agreement_that_nobody_keeps_lapses():
    model = asked(hours=4.0, least=2.0, homes=(0, 1))
    model.contacts.meet(np.array([1]), np.array([1]), 20.0)
    model.week = 5
    for _ in range(90):  # contact of the first falls below two hours
        model.contacts.forget()
    agree(model)
    assert model.agreements.partner[:2].tolist() == [-1, 1]


def test_partners_know_of_the_offer_and_serve_nobody_else():
    model = asked(post(), PAIRED, Listing(name="town", area="subdistrict"), homes=(0, 1))
    left = model.offers.weekly
    paired, town = (entry for entry in model.institutions.listings)
    visible, home = on_list(model, paired, left)
    np.testing.assert_allclose(visible[:3, Service.CULTURE], [5, 5, 0])
    assert home[:3].tolist() == [0, 1, -1]
    model.agreements.lapse(np.array([1]))
    assert on_list(model, town, left)[1][:2].tolist() == [-1, 0]


def test_hours_matched_are_hours_with_the_neighbourhood_served():
    model = asked(homes=(0,))
    known = model.contacts.hours(np.array([0, 0]), np.array([0, 1]))
    need = np.zeros((3, len(Service)))
    need[:, Service.CULTURE] = 2.0
    match_units(model, need)
    gained = model.contacts.hours(np.array([0, 0]), np.array([0, 1])) - known
    np.testing.assert_allclose(gained, [2, 0], atol=1e-12)
    np.testing.assert_allclose(model.verdicts.hours[:, 0], [2, 0, 0])


def test_hours_on_a_wider_list_are_with_those_whose_need_they_met():
    model = asked(post(), Listing(name="town", area="subdistrict"), homes=(0,))
    need = np.zeros((3, len(Service)))
    need[:, Service.CULTURE] = [1.0, 3.0, 0.0]
    match_units(model, need)
    hours = model.verdicts.hours[:, 0]
    assert hours[1] == pytest.approx(3 * hours[0])
    assert hours[2] == 0
    assert hours.sum() == pytest.approx(model.offers.given[0])


def test_a_promise_is_kept_with_the_neighbourhood_it_was_made_to():
    model = asked(post(), homes=(0, 1), week=5)
    model.offers.promise(np.array([0, 1]), Service.CULTURE, np.array([4.0, 12.0]), 2)
    match_units(model, np.zeros((3, len(Service))))
    np.testing.assert_allclose(model.verdicts.hours[2, :2], [4, 10])
    match_units(model, np.zeros((3, len(Service))))
    np.testing.assert_allclose(model.verdicts.hours[2, :2], [4, 12])
    np.testing.assert_allclose(model.offers.owed, 0, atol=1e-12)


def given(rule, need, officer=(), **offers):
    """The first unit, a bank, gives what it offers on one list where so much is needed; what was met."""
    model = situation(post(), rule)
    units = model.units
    units.kind[:] = UnitKind.SCHOOL
    units.kind[0] = UnitKind.BANK
    units.neighbourhood[:] = 0
    model.offers.weekly[:] = 0
    for service, hours in offers.items():
        model.offers.weekly[:2, Service[service.upper()]] = hours
    model.agreements.officer[list(officer)] = True
    needed = np.zeros((3, len(Service)))
    for service, hours in need.items():
        needed[0, Service[service.upper()]] = hours
    left = match_units(model, needed.copy())
    return model, needed - left


def test_a_list_may_be_of_some_units_and_some_services():
    rule = Listing(name="alliance", unit_kinds=("bank",), services=("advice",))
    model, met = given(rule, {"advice": 50, "culture": 50}, advice=5, culture=5)
    assert met[0, Service.ADVICE] == pytest.approx(5)
    assert met.sum() == pytest.approx(5)
    assert model.offers.given[:2].tolist() == [5, 0]


def test_a_group_is_served_at_a_time_and_no_more_than_need_it():
    rule = Listing(name="lecture", group=4.0)
    model, met = given(rule, {"advice": 50}, advice=5)
    assert met.sum() == pytest.approx(40)
    assert model.offers.given.sum() == pytest.approx(10)
    model, met = given(rule, {"advice": 8}, advice=5)
    assert met.sum() == pytest.approx(8)
    assert model.offers.given.sum() == pytest.approx(2)


def test_a_list_of_officers_has_those_units_only():
    model, _ = given(Listing(name="known", officers=True), {"advice": 50}, officer=(1,), advice=5)
    assert model.offers.given[:2].tolist() == [0, 5]


def test_a_theme_gives_hands_where_they_are_needed():
    rule = Listing(name="day", theme=0.5)
    model, met = given(rule, {"environment": 50}, advice=8)
    assert met[0, Service.ENVIRONMENT] == pytest.approx(8)  # half the hours of two units
    assert model.offers.given.sum() == pytest.approx(8)
    assert given(Listing(name="day"), {"environment": 50}, advice=8)[1].sum() == 0
    assert given(rule, {"health": 50}, advice=8)[1].sum() == 0  # hands without a skill are no doctors


def test_hours_given_as_hands_are_not_there_for_the_next_list():
    model = situation(post(), Listing(name="day", theme=1.0), Listing(name="town", area="subdistrict"))
    model.units.neighbourhood[:] = 0
    model.offers.weekly[:] = 0
    model.offers.weekly[0, Service.ADVICE] = 8.0
    needed = np.zeros((3, len(Service)))
    needed[0, Service.ENVIRONMENT], needed[1, Service.ADVICE] = 6.0, 50.0
    match_units(model, needed.copy())
    assert model.offers.given[0] == pytest.approx(8)
