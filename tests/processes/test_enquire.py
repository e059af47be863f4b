"""Known need: who finds it out, what is served of it, and that it is forgotten."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.processes.enquire import enquire, hear, in_neighbourhoods
from cogov.processes.match import match
from cogov.rules import Amend, Council, Enquiry, Hearing
from cogov.terms import Service
from tests.helpers import post, situation, small, written

ELDERS, HEALTH = Service.ELDER_CARE, Service.HEALTH
STILL = {"half_life": 5200.0, "start": 0.0}


def carer(hours: float = 80.0):
    """Care without end for the old and the ill of every neighbourhood."""
    return post(
        "carer", heads=100, hours=hours, care=1.0, services=("elder_care", "health"), handles=(), competence=0
    )


def adviser(heads: float = 1.0, hours: float = 20.0):
    return post("adviser", heads=heads, hours=hours, observe=1.0, handles=())


def run(*rules, weeks: int = 60, **enquire):
    """Share of elder care that is met, week by week, where nobody has ties."""
    design = written(*rules)
    model = GovernanceModel(
        small(tie_degree=0.0, isolates=1.0).build(2),
        design,
        baseline=design,
        reform_week=0,
        rng=2,
        weeks=weeks,
        processes={"enquire": enquire},
    )
    met = []
    for _ in range(weeks):
        model.step()
        met.append(model.met[:, ELDERS].mean())
    return model, met


def test_where_nobody_finds_out_need_is_known_by_those_who_come_and_no_more_is_met():
    model, met = run(carer(), by_themselves=0.3, half_life=4.0, start=0.8)
    assert met[0] == pytest.approx(0.3 + 0.7 * 0.8)
    assert np.all(np.diff(met) < 0)
    assert met[-1] == pytest.approx(0.3, abs=1e-3)
    assert model.record.outcomes()["needs_known"] <= 1


def test_half_of_what_was_found_out_is_out_of_date_after_the_half_life():
    model, _ = run(carer(), weeks=26, half_life=26.0, start=0.8)
    np.testing.assert_allclose(model.known.found, 0.4)


def test_an_adviser_raises_what_is_met_through_what_is_known_and_by_nothing_else():
    talks = Enquiry(name="talks", post="adviser", speed=3.0, services=("elder_care",))
    with_both, met = run(carer(), adviser(), talks, by_themselves=0.3, start=0.0)
    assert met[-1] > 0.5
    assert np.all(with_both.known.found[:, HEALTH] == 0)  # not asked about
    for cut in (
        (carer(), adviser()),  # has the hours, and asks nobody
        (carer(), adviser(hours=0), talks),  # asks, and has no hours
    ):
        _, met = run(*cut, by_themselves=0.3, start=0.0)
        assert met[-1] == pytest.approx(0.3)
    alone, met = run(adviser(), talks, by_themselves=0.3, start=0.0)  # who serves nobody
    assert max(met) == 0
    np.testing.assert_allclose(alone.known.found, with_both.known.found)


def test_a_rule_of_a_post_without_hours_leaves_the_run_as_it_is():
    talks = Enquiry(name="talks", post="adviser", speed=3.0)
    with_rule, _ = run(carer(), adviser(hours=0), talks, weeks=8)
    without, _ = run(carer(), weeks=8)
    assert with_rule.record.digest() == without.record.digest()


def test_an_hour_reaches_so_many_households():
    rule = Enquiry(name="talks", post="adviser", speed=2.0)
    model = situation(adviser(hours=10), rule, enquire=STILL | {"half_life": 5200.0})
    enquire(model)
    households = np.diff(model.places.neighbourhood_households)
    np.testing.assert_allclose(model.known.found[:, ELDERS], 1 - np.exp(-20 / households), rtol=1e-6)
    assert model.institutions.ledger.hours["observing"] == pytest.approx(30)
    half = situation(adviser(hours=10), rule, enquire=STILL)
    half.institutions.laid["enquiry", "talks"].paid[:] = 0.5
    enquire(half)
    np.testing.assert_allclose(half.known.found[:, ELDERS], 1 - np.exp(-10 / households), rtol=1e-6)


def test_hours_given_to_another_duty_find_out_as_well_and_none_are_taken_twice():
    rule = Enquiry(name="counter", post="carer", during="care", speed=2.0)
    model = situation(carer(hours=1), rule, enquire=STILL)
    enquire(model)
    assert not model.known.found.any()  # nobody has been cared for yet
    match(model)
    spent = model.institutions.ledger.hours["care"]
    enquire(model)
    assert model.known.found.min() > 0
    assert model.institutions.ledger.hours == {"care": spent}


def test_what_posts_of_small_areas_find_out_counts_by_households():
    model = situation(post("guide", area="building", heads=1, hours=1, handles=()))
    area = model.institutions.areas["building"]
    first = model.places.building_neighbourhood == 0
    households = np.diff(model.places.building_households)
    share = np.zeros(area.n)
    share[np.flatnonzero(first)[0]] = 1
    found = in_neighbourhoods(model, area, share)
    assert found[0] == pytest.approx(households[first][0] / households[first].sum())
    assert found[1:].max() == 0


def council(seats=("neighbourhoods", "residents"), **values):
    rule = Council(name="table", area="subdistrict", seats=seats, slots=1.0)
    return situation(
        rule, Hearing(**{"name": "voices", "council": "table", "share": 0.2} | values), enquire=STILL
    )


def test_those_present_tell_what_their_neighbourhood_needs():
    model = council(services=("health",))
    seated = model.institutions.councils[0]
    present = np.zeros(len(seated.seat_area), dtype=bool)
    hear(model, seated, present)
    assert not model.known.found.any()
    present[seated.speaks_for == 1] = True  # the committee and two speakers of the second neighbourhood
    hear(model, seated, present)
    assert present.sum() == 3
    np.testing.assert_allclose(model.known.found[:, HEALTH], [0, 1 - 0.8**3, 0])
    assert not model.known.found[:, ELDERS].any()


def test_units_and_firms_speak_for_nobody():
    model = council(seats=("units", "firms"))
    seated = model.institutions.councils[0]
    hear(model, seated, np.ones(len(seated.seat_area), dtype=bool))
    assert not model.known.found.any()


def test_a_hearing_at_a_council_that_never_meets_is_idle():
    rules = (carer(), post("office", area="subdistrict", heads=1, hours=10))
    hearing = Hearing(name="voices", council="table", keeper="office", upkeep=1.0)
    with_rule, _ = run(*rules, hearing, weeks=8)
    assert with_rule.record.digest() == run(*rules, weeks=8)[0].record.digest()


def test_a_council_that_hears_raises_what_is_met_and_one_that_does_not_meet_does_not():
    table = Council(name="table", area="neighbourhood", seats=("neighbourhoods",), slots=1.0, every=4)
    voices = Hearing(name="voices", council="table", share=0.3)
    heard, met = run(carer(), table, voices, weeks=26, by_themselves=0.3, start=0.0)
    assert met[-1] > 0.5
    assert heard.record.outcomes()["needs_known"] > 0.4
    for cut in ((table.updated({"slots": 0.0}), voices), (table,), (table, voices.updated({"share": 0.0}))):
        _, met = run(carer(), *cut, weeks=26, by_themselves=0.3, start=0.0)
        assert met[-1] == pytest.approx(0.3)


def test_speed_and_share_can_be_amended_and_what_nobody_keeps_amends_nothing():
    talks = Enquiry(name="talks", post="adviser", speed=1.0)
    faster = Amend(name="faster", of=Enquiry, target="talks", field="speed", by=3.0)
    plain, twice = (run(adviser(), talks, *more, weeks=4, start=0.0)[0] for more in ((), (faster,)))
    assert (twice.known.found > plain.known.found).all()
    nobody = post("clerk", area="subdistrict", heads=1, hours=0.001, handles=())
    kept = faster.updated({"keeper": "clerk", "upkeep": 1e6})
    slow = run(adviser(), talks, nobody, kept, weeks=4, start=0.0)[0]
    np.testing.assert_allclose(slow.known.found, plain.known.found, rtol=1e-6)
