from __future__ import annotations

import numpy as np
import pytest

from cogov.processes.match import match, staff_supply, volunteer_supply
from cogov.processes.offers import allocate, match_units, on_list
from cogov.processes.record import organisations
from cogov.rules import Listing, Scope
from cogov.terms import Kind, Service
from tests.helpers import post, situation

CULTURE, HEALTH, ELDERS = Service.CULTURE, Service.HEALTH, Service.ELDER_CARE
N = len(Service)


def offers(**values) -> Listing:
    return Listing(**({"name": "list", "area": "subdistrict"} | values))


def listed(*rules, hours=((0, CULTURE, 10.0),), homes=(0,), week=1, **parameters):
    """Units that offer hours a week and stand in these neighbourhoods (the others offer nothing).

    Every need is known, and neighbours do not help.
    """
    model = situation(
        post(),
        *rules,
        week=week,
        match={"distance_block": 1.0, "distance_subdistrict": 1.0} | parameters,
        enquire={"by_themselves": 1.0},
        aid={"help": 0.0},
    )
    units = model.units
    units.neighbourhood[:] = -1
    units.neighbourhood[: len(homes)] = homes
    model.offers.weekly[:] = 0
    for unit, service, amount in hours:
        model.offers.weekly[unit, service] = amount
    return model


def need(*entries) -> np.ndarray:
    """Needs of three neighbourhoods: (neighbourhood, service, hours)."""
    table = np.zeros((3, N))
    for place, service, hours in entries:
        table[place, service] = hours
    return table


def test_what_there_is_too_little_of_is_shared_by_need():
    supply, wanted = np.zeros((1, N)), need((0, CULTURE, 6.0), (1, CULTURE, 2.0), (2, HEALTH, 5.0))
    supply[0, [CULTURE, HEALTH, ELDERS]] = [4.0, 9.0, 3.0]
    met, used = allocate(supply, wanted, np.zeros(3, int), 1.0)
    np.testing.assert_allclose(met, need((0, CULTURE, 3.0), (1, CULTURE, 1.0), (2, HEALTH, 5.0)))
    np.testing.assert_allclose(used[0, [CULTURE, HEALTH, ELDERS]], [4, 5, 0])


def test_supply_serves_its_own_area_only():
    supply = np.zeros((2, N))
    supply[:, CULTURE] = [10.0, 1.0]
    wanted = need((0, CULTURE, 2.0), (1, CULTURE, 4.0), (2, CULTURE, 4.0))
    met, used = allocate(supply, wanted, np.array([0, 1, 1]), 1.0)
    np.testing.assert_allclose(met[:, CULTURE], [2, 0.5, 0.5])
    np.testing.assert_allclose(used[:, CULTURE], [2, 1])


def test_travel_takes_its_share_of_an_hour():
    supply = np.zeros((1, N))
    supply[0, [CULTURE, HEALTH]] = [10.0, 10.0]
    met, used = allocate(supply, need((0, CULTURE, 20.0), (0, HEALTH, 4.0)), np.zeros(3, int), 0.8)
    np.testing.assert_allclose(met[0, [CULTURE, HEALTH]], [8, 4])
    np.testing.assert_allclose(used[0, [CULTURE, HEALTH]], [10, 5])  # five hours for four that arrive


def test_care_workers_serve_their_types_in_parts_and_groups():
    types = ("elder_care", "elder_care", "elder_care", "health")
    carer = post("carer", heads=1, hours=8, care=0.5, services=types, group=2.0, handles=())
    model = situation(post(), carer)
    supply = staff_supply(model, "neighbourhood", model.institutions.posts.rules)
    # half of eight hours, two people at a time, three quarters of it for old people
    np.testing.assert_allclose(supply[:, ELDERS], 6)
    np.testing.assert_allclose(supply[:, HEALTH], 2)
    assert supply.sum() == pytest.approx(24)
    np.testing.assert_allclose(model.institutions.ledger.left[model.institutions.posts.at("carer")], 4)
    assert model.institutions.ledger.hours["care"] == pytest.approx(12)
    assert staff_supply(model, "block", model.institutions.posts.rules).sum() == 0


def volunteers(placed: bool):
    """Ten volunteer hours for care in the first neighbourhood, four of them by people skilled in advice."""
    rules = [post(), post("volunteers", staffed_by="volunteers", care=0.5, handles=())]
    model = situation(*rules, match={"elder_care": 0.3, "culture": 0.2, "unmatched_skill": 0.5})
    model.volunteers.left[:] = 0
    model.volunteers.left[0, 0, 0] = 6.0
    model.volunteers.left[0, int(placed), 1 + Service.ADVICE] = 4.0
    posts = model.institutions.posts
    model.institutions.ledger.available[posts.at("volunteers")] = [20.0, 0, 0]
    model.institutions.ledger.left[posts.at("volunteers")] = [20.0, 0, 0]
    return volunteer_supply(model)


def test_skilled_hours_are_put_to_use_where_somebody_found_a_duty_that_fits():
    # 0.4 of ten hours
    assert volunteers(placed=True)[0, Service.ADVICE] == pytest.approx(4)
    assert volunteers(placed=False)[0, Service.ADVICE] == pytest.approx(2)


def test_the_other_volunteer_hours_keep_company_play_and_clean():
    supply = volunteers(placed=False)
    rest = [supply[0, service] for service in (ELDERS, CULTURE, Service.ENVIRONMENT)]
    np.testing.assert_allclose(rest, [0.3 * 8, 0.2 * 8, 0.5 * 8])
    assert supply.sum() == pytest.approx(10)


def test_what_nobody_sees_goes_unused():
    model = listed()
    wanted = need((0, CULTURE, 5.0))
    np.testing.assert_array_equal(match_units(model, wanted), wanted)
    assert model.tally.total["offered"] == 10
    assert model.offers.given.sum() == 0


def test_a_list_shows_its_share_of_the_offers():
    model = listed(offers(share=0.4))
    left = match_units(model, need((1, CULTURE, 5.0)))
    assert left[1, CULTURE] == pytest.approx(1)  # four of the ten hours are on the list
    assert model.offers.given[0] == pytest.approx(4)
    assert model.tally.total["matched"] == pytest.approx(4)


def test_hours_at_a_councils_table_are_not_there_to_offer():
    model = listed(offers())
    model.offers.sit(np.array([0, 0]), 3.0)
    left = match_units(model, need((1, CULTURE, 20.0)))
    assert left[1, CULTURE] == pytest.approx(20 - 4)  # two seats of three hours leave four of ten
    assert model.offers.given[0] == pytest.approx(10)
    left = match_units(model, need((1, CULTURE, 20.0)))
    assert left[1, CULTURE] == pytest.approx(20 - 10)  # next week it has all of them again


def test_the_wrong_type_meets_no_need():
    model = listed(offers())
    assert match_units(model, need((0, HEALTH, 5.0)))[0, HEALTH] == 5
    assert model.offers.given.sum() == 0


def test_a_neighbourhoods_list_serves_the_neighbourhood_of_the_unit():
    model = listed(offers(area="neighbourhood"), homes=(1,))
    left = match_units(model, need((0, CULTURE, 5.0), (1, CULTURE, 5.0)))
    np.testing.assert_allclose(left[:, CULTURE], [5, 0, 0])


def test_a_unit_outside_the_subdistrict_is_on_its_list_and_on_no_smaller_one():
    near = listed(offers(area="neighbourhood"), homes=(-1,))
    assert match_units(near, need((0, CULTURE, 5.0)))[0, CULTURE] == 5
    wide = listed(offers(area="subdistrict"), homes=(-1,))
    assert match_units(wide, need((0, CULTURE, 5.0)))[0, CULTURE] == 0


def test_distance_grows_with_the_area_of_a_list():
    block = (Scope(name="block", number=1), offers(area="block"))
    for rules, factor in (
        (block, 0.9),
        ((offers(area="subdistrict"),), 0.7),
        ((offers(area="neighbourhood"),), 1.0),
    ):
        model = listed(*rules, distance_block=0.9, distance_subdistrict=0.7)
        left = match_units(model, need((0, CULTURE, 20.0)))
        assert 20 - left[0, CULTURE] == pytest.approx(10 * factor)
        assert model.offers.given[0] == pytest.approx(10)


def test_a_paired_unit_serves_its_partner_only():
    model = listed(offers(area="neighbourhood", paired=True), hours=((1, CULTURE, 10.0),), homes=(0, 0))
    model.agreements.make(np.array([1]), np.array([1]))  # and not where it stands
    left = match_units(model, need((0, CULTURE, 4.0), (1, CULTURE, 4.0)))
    np.testing.assert_allclose(left[:, CULTURE], [4, 0, 0])


def test_a_paired_unit_is_on_no_other_list_but_may_take_its_turn_on_a_public_day():
    pairing = offers(name="pairing", area="neighbourhood", paired=True, share=0.5)
    wanted = need((2, CULTURE, 20.0))  # not the partner's
    for other, met in ((offers(name="wide"), 0), (offers(name="day", rota=8), 10)):
        model = listed(pairing, other)
        model.agreements.make(np.array([0]), np.array([0]))
        assert 20 - match_units(model, wanted)[2, CULTURE] == pytest.approx(met)
    outside = listed(pairing, offers(name="wide"), homes=(-1,))  # has no partner
    assert 20 - match_units(outside, wanted)[2, CULTURE] == pytest.approx(10)


def test_units_take_turns_on_a_public_day():
    seen = []
    for week in (1, 4, 8, 16):
        model = listed(offers(rota=2), week=week)
        visible, _ = on_list(model, model.institutions.listings[0], np.ones((8, N)))
        seen.append(np.flatnonzero(visible[:, 0]).tolist())
    assert seen == [[0, 1], [2, 3], [4, 5], [0, 1]]  # eight units, two a month


def test_who_gave_hours_at_its_turn_was_seen_and_nobody_else():
    model = listed(offers(rota=2), hours=((0, CULTURE, 10.0), (2, CULTURE, 10.0)), week=1)
    match_units(model, need((0, CULTURE, 5.0)))
    assert np.flatnonzero(model.offers.seen).tolist() == [0]  # the second had its turn, and gave nothing
    alone = listed(offers(rota=2), week=1)
    match_units(alone, need((0, HEALTH, 5.0)))
    assert not alone.offers.seen.any()


def test_a_list_that_is_half_paid_for_shows_half():
    model = listed(offers(share=0.8))
    model.institutions.laid["listing", "list"].paid[:] = 0.5
    left = match_units(model, need((0, CULTURE, 10.0)))
    assert left[0, CULTURE] == pytest.approx(6)


def test_an_hour_is_not_given_twice():
    model = listed(offers(name="near", area="neighbourhood", share=0.5), offers(name="wide", share=1.0))
    left = match_units(model, need((0, CULTURE, 4.0), (1, CULTURE, 30.0)))
    # nearby four hours of five are used; all six that are left are on the wide list
    np.testing.assert_allclose(left[:, CULTURE], [0, 24, 0])
    assert model.offers.given[0] == pytest.approx(10)


def test_promises_are_kept_before_anything_else_is_offered():
    model = listed(offers())
    model.offers.promised[0, CULTURE] = 12.0
    left = match_units(model, need((0, CULTURE, 30.0)))
    assert left[0, CULTURE] == 30  # the whole week goes to the promise
    assert model.offers.promised[0, CULTURE] == pytest.approx(2)
    left = match_units(model, need((0, CULTURE, 30.0)))
    assert left[0, CULTURE] == pytest.approx(22)
    assert model.offers.given[0] == pytest.approx(20)


def test_hours_that_keep_a_promise_are_not_unused():
    model = listed(offers())
    model.offers.promised[0, CULTURE] = 4.0
    match_units(model, need((0, CULTURE, 5.0)))
    found = organisations(model)
    assert model.tally.total["offered"] == pytest.approx(10)
    assert model.tally.total["matched"] == pytest.approx(5)
    assert found["unused"] == pytest.approx(1)


def test_the_share_of_need_met_is_what_residents_live_with():
    model = listed(offers(), hours=((0, CULTURE, 3.0),))
    model.neighbourhood_needs[:] = need((0, CULTURE, 4.0), (1, CULTURE, 8.0))
    match(model)
    np.testing.assert_allclose(model.met[:2, CULTURE], 0.25)  # three hours of twelve
    assert model.met[2, CULTURE] == 1  # who needs nothing lacks nothing
    assert model.tally.total["needed"] == pytest.approx(12)
    assert model.tally.total["met"] == pytest.approx(3)
    assert organisations(model)["deficit"] == pytest.approx(9)


def test_near_help_comes_before_far_help():
    carer = post("carer", heads=1, hours=6, care=1.0, services=("culture",), handles=())
    model = listed(offers(), carer, hours=((0, CULTURE, 50.0),))
    model.neighbourhood_needs[:] = need((0, CULTURE, 10.0))
    match(model)
    assert model.met[0, CULTURE] == 1
    assert model.offers.given[0] == pytest.approx(4)  # the carer gave six
    assert model.tally.total["care_hours"] == pytest.approx(6)


def test_a_community_without_units():
    model = situation(post(), offers(), profile={"unit_rates": (0.0,) * len(Kind)})
    assert len(model.units) == 0
    wanted = need((0, CULTURE, 5.0))
    np.testing.assert_array_equal(match_units(model, wanted), wanted)


def test_volunteers_of_the_place_come_before_those_who_are_paid():
    carer = post("carer", heads=1, hours=40, care=0.5, services=("advice",), handles=())
    model = situation(carer, post("volunteers", staffed_by="volunteers", care=1.0, handles=()))
    model.volunteers.left[:] = 0
    model.volunteers.left[:, 1, 1 + Service.ADVICE] = 5.0  # all of them where they fit
    posts = model.institutions.posts
    for hours in (model.institutions.ledger.available, model.institutions.ledger.left):
        hours[posts.at("volunteers")] = 5.0
    model.neighbourhood_needs = need((0, Service.ADVICE, 8.0))
    model.known.found[:] = 1.0
    model.aid.hours[:] = 0
    match(model)
    assert model.tally.total["volunteer_care_hours"] == pytest.approx(5)
    assert model.tally.total["care_hours"] == pytest.approx(3)
