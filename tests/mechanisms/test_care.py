"""Who looks after whom by name: those on a list are found sooner, those at the door are heard."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cogov.mechanisms import HealthGuard, HealthNetwork, Mechanism, SpecialCare
from cogov.processes.books import open_books
from cogov.processes.enquire import enquire
from cogov.processes.match import match
from cogov.processes.participate import participate
from cogov.processes.sense import observers_hazard
from cogov.rules import Purse
from cogov.terms import Kind, Service
from tests.helpers import post, put, situation

ELDERS, HEALTH = Service.ELDER_CARE, Service.HEALTH
VOLUNTEERS = post("volunteers", staffed_by="volunteers", handles=())
OFFICE = post("office", area="subdistrict", handles=())


def under(mechanism: Mechanism, *more, surge: bool = False, **committee):
    """The small community a week after the mechanism began: its posts are filled; in a surge or not."""
    model = situation(
        post(**{"handles": (), **committee}), VOLUNTEERS, OFFICE, *mechanism.rules(), *more, week=3,
        enquire={"start": 0.0},
    )  # fmt: skip
    if surge:
        for building in range(len(model.places.building_compound)):
            model.alarms.notice(np.full(5, building))
        model.alarms.close_week()
        open_books(model)
    participate(model)
    open_books(model)
    return model


def hours(model, name: str) -> float:
    return float(model.institutions.ledger.available[model.institutions.posts.at(name)].sum())


# ---------------------------------------------------------------- guardians


def hazards(model) -> dict[str, float]:
    """Chance of a week that somebody comes upon an issue, by kind."""
    rows = np.array([put(model, kind=kind) for kind in (Kind.EMERGENCY, Kind.REPAIR)])
    return dict(zip(("emergency", "repair"), observers_hazard(model, rows)[0].tolist(), strict=True))


def test_emergencies_of_people_on_the_list_are_come_upon_and_nothing_else_is():
    found = hazards(under(HealthGuard()))
    assert found["emergency"] > 0.01
    assert found["repair"] == 0


@pytest.mark.parametrize("cut", [{"listed": 0.0}, {"willing": 0.0}, {"calls": 0.0}])
def test_without_a_list_guardians_or_calls_nobody_is_come_upon(cut):
    assert hazards(under(HealthGuard(**cut)))["emergency"] == 0


def test_a_list_that_nobody_has_hours_to_keep_is_none():
    kept, half, none = (
        hazards(under(HealthGuard(), heads=1, hours=each))["emergency"] for each in (10.0, 0.4, 0.0001)
    )
    assert kept > half > none
    assert none < 0.001 * kept


def test_in_a_surge_they_call_every_day():
    calm, surge = under(HealthGuard()), under(HealthGuard(), surge=True)
    assert hours(calm, "guardian_daily") == 0
    assert hours(surge, "guardian_daily") > 2 * hours(surge, "guardian") > 0
    assert hazards(surge)["emergency"] > hazards(calm)["emergency"]
    assert hours(under(HealthGuard(surge_calls=0.0), surge=True), "guardian_daily") == 0


def test_guardians_are_volunteers_who_are_missing_elsewhere():
    some, none = under(HealthGuard()), under(HealthGuard(willing=0.0))
    assert hours(some, "guardian") > 0
    assert hours(some, "guardian") + hours(some, "volunteers") == pytest.approx(hours(none, "volunteers"))


# ---------------------------------------------------------------- special care


def helped(model) -> tuple[float, float]:
    """Hours of need of the old and ill that are met and that are known, after a week."""
    match(model)
    enquire(model)
    needed = model.neighbourhood_needs[:, [ELDERS, HEALTH]]
    return float((model.met[:, [ELDERS, HEALTH]] * needed).sum()), float(model.known.found[:, HEALTH].mean())


def test_helpers_meet_needs_and_hear_of_others_at_the_door():
    (met, heard), (nothing, silence) = (helped(under(SpecialCare(willing=share))) for share in (0.3, 0.0))
    assert met > nothing
    assert heard > silence == 0
    assert helped(under(SpecialCare(hears=0.0, willing=0.3)))[1] == 0


def test_food_and_medicine_are_fetched_in_a_surge_only():
    assert hours(under(SpecialCare()), "errand_runner") == 0
    assert hours(under(SpecialCare(), surge=True), "errand_runner") > 0
    assert hours(under(SpecialCare(runners=0.0), surge=True), "errand_runner") == 0


# ---------------------------------------------------------------- health network

NETWORK = HealthNetwork(
    weeks_to_fill=0, willing=0.3, points=1.0, point_hours=1.0, hours=2.0, community=0.0, purse=300.0
)


def parts(**without) -> np.ndarray:
    model = under(replace(NETWORK, **without))
    match(model)
    return model.met[:, HEALTH] * model.neighbourhood_needs[:, HEALTH]


def test_every_level_meets_need_for_health_and_all_at_zero_none():
    whole = parts().sum()
    for part in ("points", "nurses", "centre"):
        others = {name: 0.0 for name in ("points", "nurses", "centre") if name != part}
        assert 0 < parts(**others).sum() < whole
    assert parts(**HealthNetwork.zero).sum() == 0


def test_what_units_have_for_health_is_made_known_and_nothing_else_of_theirs_is():
    found = []
    for share in (1.0, 0.0):
        model = under(replace(NETWORK, points=0.0, nurses=0.0, centre=0.0, community=share))
        match(model)
        found.append((model.met * model.neighbourhood_needs).sum(0))
    more = found[0] - found[1]
    assert more[HEALTH] > 0
    assert np.delete(more, HEALTH).max() == 0


def test_points_are_in_their_neighbourhood_and_stations_in_their_area():
    model = under(replace(NETWORK, areas=2))
    posts, areas = model.institutions.posts, model.institutions.areas
    found = {name: posts.at(f"health_{name}") for name in ("point", "station", "centre")}
    assert [where.stop - where.start for where in found.values()] == [3, 2, 1]
    assert areas["block"].n == 2


def test_who_is_served_is_heard_and_what_is_not_paid_is_not_there():
    model = under(NETWORK)
    match(model)
    enquire(model)
    assert (model.known.found[:, HEALTH] > 0).all()
    assert model.known.found[:, ELDERS].sum() == 0
    unpaid = under(replace(NETWORK, purse=0.0), Purse(name="other", income=1.0))
    assert hours(unpaid, "health_centre") == 0
    assert hours(unpaid, "health_point") > 0
