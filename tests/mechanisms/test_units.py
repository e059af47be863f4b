"""Mechanisms about units: what each sets going, and the cut that stops it."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from cogov import GovernanceModel, load_design
from cogov.community import Community
from cogov.state.contacts import SUBDISTRICT
from cogov.terms import Service, UnitKind, Want
from tests.helpers import small

WEEKS = 27
"""Two quarters and a week, so that what units decided shows."""


@cache
def place() -> Community:
    """A small community without money troubles; nothing is written into it."""
    return small(residents=600, programme_budget=10_000.0).build(4)


def start(weeks: int = WEEKS, **mechanisms: dict[str, Any]) -> GovernanceModel:
    """The baseline with these mechanisms, at its beginning."""
    base = load_design("line_hierarchy")
    design = base.with_(mechanisms) if mechanisms else base
    return GovernanceModel(place(), design, baseline=design, reform_week=0, run_in=0, rng=4, weeks=weeks)


@cache
def _ran(weeks: int, given: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]) -> GovernanceModel:
    model = start(weeks, **{name: dict(values) for name, values in given})
    model.run_until(weeks)
    return model


def ran(weeks: int = WEEKS, **mechanisms: dict[str, Any]) -> GovernanceModel:
    """The same after so many weeks; each run is made once."""
    given = tuple((name, tuple(sorted(values.items()))) for name, values in sorted(mechanisms.items()))
    return _ran(weeks, given)


def total(model: GovernanceModel, measure: str) -> float:
    """A weekly measure, summed over the run."""
    return float(model.record.to_frame()[measure].sum())


def engagement(model: GovernanceModel) -> np.ndarray:
    return model.units.engagement.astype(float)


# ---------------------------------------------------------------- two-way service

SERVED = {"committee": 0.1, "office": 0.0, "helpers": 4.0, "hours": 2.0, "willing": 0.5}


def test_hours_for_units_come_from_committees_and_volunteers():
    served, alone = ran(two_way_service=SERVED), ran()
    assert total(served, "hours_serving") > 0
    assert total(alone, "hours_serving") == 0
    assert total(served, "volunteer_care_hours") < total(alone, "volunteer_care_hours")


def test_a_unit_answers_to_what_it_was_given_itself():
    served, unmoved = ran(two_way_service=SERVED), ran(two_way_service=SERVED | {"weight": 0.0})
    gain = engagement(served) - engagement(unmoved)
    inside = served.units.neighbourhood >= 0
    assert (gain[inside] > 0).all()
    assert gain[~inside].max(initial=0) < gain[inside].min()  # no post of theirs reaches those outside


def test_units_without_wants_do_not_react_and_nobody_serves_them():
    model, unmoved = start(two_way_service=SERVED), start(two_way_service=SERVED | {"weight": 0.0})
    for run in (model, unmoved):
        run.accounts.wanted[:] = 0
        run.run_until(14)
    assert total(model, "hours_serving") == 0
    np.testing.assert_array_equal(engagement(model), engagement(unmoved))


def test_without_hours_a_weight_moves_nobody():
    idle = ran(two_way_service={"committee": 0.0, "office": 0.0, "helpers": 0.0, "weight": 2.0})
    np.testing.assert_array_equal(engagement(idle), engagement(ran()))


def test_volunteers_give_what_is_theirs_to_give():
    model = ran(two_way_service={"committee": 0.0, "office": 0.0, "helpers": 4.0, "willing": 0.5}, weeks=12)
    given = model.accounts.received.sum(0)
    assert given[Want.ELDER_CARE] > 0
    assert given[Want.PERMITS] == given[Want.PARKING] == 0


# ---------------------------------------------------------------- appraisal of units

JUDGED = {"every": 13, "weight": 1.5}


def test_a_score_moves_public_bodies_and_not_private_firms():
    judged, unmoved = ran(unit_appraisal=JUDGED), ran(unit_appraisal=JUDGED | {"weight": 0.0})
    assert not np.isnan(judged.verdicts.score("units")).all()
    moved = np.abs(engagement(judged) - engagement(unmoved))
    kind = judged.units.kind
    public = np.isin(kind, [UnitKind.SCHOOL, UnitKind.HOSPITAL, UnitKind.AGENCY])
    private = kind == UnitKind.SOCIAL_ORGANISATION  # nobody's superior asks, and nothing is published
    assert moved[public].max() > 0.01
    assert moved[private].max() < moved[public].max() / 5  # what others do moves it, no verdict


def test_without_a_superior_who_asks_nothing_follows():
    base = load_design("line_hierarchy")
    nobody = {"units": {"superior": (0.0,) * len(UnitKind)}}
    ends = []
    for weight in (0.0, 1.5):
        design = base.with_("unit_appraisal", every=13, weight=weight)
        model = GovernanceModel(
            place(), design, baseline=design, reform_week=0, run_in=0, rng=4, weeks=27, processes=nobody
        )
        model.run_until(27)
        ends.append(engagement(model))
    np.testing.assert_array_equal(*ends)


def test_a_published_score_reaches_those_no_superior_asks():
    secret, open_to_all = ran(unit_appraisal=JUDGED), ran(unit_appraisal=JUDGED | {"publish": True})
    private = secret.units.kind == UnitKind.SOCIAL_ORGANISATION
    assert (engagement(secret)[private] != engagement(open_to_all)[private]).any()


# ---------------------------------------------------------------- liaison officers

OFFICERS = {"share": 1.0, "listing": 0.0}


def with_the_office(model: GovernanceModel) -> np.ndarray:
    """Hours that each unit remembers with the subdistrict office."""
    everybody = np.arange(len(model.units))
    return model.contacts.hours(everybody, np.full(len(everybody), SUBDISTRICT))


def test_officers_meet_the_liaison_office_in_hours_of_the_office():
    with_officers, without = ran(liaison_officers=OFFICERS), ran()
    assert with_officers.agreements.officer.all()
    assert (with_the_office(with_officers) > with_the_office(without)).all()
    posts = with_officers.institutions.posts
    assert with_officers.institutions.ledger.available[posts.at("liaison_office")].sum() > 0
    assert total(with_officers, "cost_units") > total(without, "cost_units")


def test_units_that_rank_high_come_to_tables_by_officer():
    tables = {"regional_party_building": {"every": 2, "listing": 0.0}}
    seats = [
        total(ran(liaison_officers=OFFICERS | {"contact": 0.0, "sits": sits}, **tables), "seats_present")
        for sits in (False, True)
    ]
    assert seats[1] > seats[0]


def test_what_officers_know_is_listed_and_nothing_without_officers():
    known = {"share": 1.0, "listing": 0.6, "upkeep": 0.0, "contact": 0.0, "sits": False}
    assert total(ran(liaison_officers=known), "matched") > 1.2 * total(ran(), "matched")
    nobody = ran(liaison_officers=known | {"share": 0.0})
    assert total(nobody, "matched") == pytest.approx(total(ran(), "matched"), rel=0.02)


def test_without_hours_of_an_office_nobody_is_met():
    idle = ran(liaison_officers=OFFICERS | {"office": 0.0, "sits": False})
    np.testing.assert_allclose(with_the_office(idle), with_the_office(ran()), rtol=0.02)


# ---------------------------------------------------------------- visits

VISITS = {"visits": 12, "share": 1.0, "deputies": 0.0, "lectures": 0}


def test_heads_who_visit_tie_and_the_tie_fades():
    visited, alone = ran(party_visits=VISITS), ran()
    gain = with_the_office(visited) - with_the_office(alone)
    assert gain.max() > 3.0
    assert (gain > -1e-9).sum() >= len(gain) - 1
    rank = visited.units.rank
    assert gain[rank <= 0.5].mean() > gain[rank > 0.5].mean()  # rank keeps heads away
    before = with_the_office(visited)
    for _ in range(26):
        visited.contacts.forget()
    np.testing.assert_allclose(with_the_office(visited), before / 2, rtol=1e-6)
    _ran.cache_clear()


def test_visits_by_deputies_and_lectures_take_hours_and_tie_nobody():
    for idle in (VISITS | {"deputies": 1.0}, VISITS | {"visits": 0, "lectures": 12}):
        model = ran(party_visits=idle)
        assert total(model, "cost_units") > 1.2 * total(ran(), "cost_units")
        assert with_the_office(model).sum() <= with_the_office(ran()).sum() * 1.01


# ---------------------------------------------------------------- menu, messages, fairs

NONE = {"listing": 0.0, "push": 0.0, "fairs": 0}


def test_a_menu_brings_unused_offers_to_unmet_needs():
    menu, without = ran(service_menu=NONE | {"listing": 0.6}), ran()
    assert total(menu, "matched") > total(without, "matched")
    assert total(menu, "unused") < total(without, "unused")


def test_a_menu_that_nobody_renews_is_none():
    dear = ran(service_menu=NONE | {"listing": 0.6, "upkeep": 40.0})
    kept = ran(service_menu=NONE | {"listing": 0.6})
    assert total(dear, "matched") < total(kept, "matched")


def test_a_message_reaches_those_who_follow():
    sent = {"push": 1.0, "sending": 0.0}
    nobody, some = (ran(service_menu=NONE | sent | {"follow": share}) for share in (0.0, 0.5))
    assert total(nobody, "matched") == total(ran(), "matched")
    assert total(some, "matched") > total(nobody, "matched")


def test_at_a_fair_units_and_committees_meet_and_for_some_weeks_know_more():
    fair = {"fairs": 4, "stands": 1.0, "known": 0.9, "remembered": 6, "noting": 0.0, "organise": 0.0}
    matched = [ran(service_menu=NONE | more).record.to_frame()["matched"] for more in (fair, {})]
    gain = (matched[0] - matched[1]).to_numpy()
    assert gain[13:19].mean() > 2 * abs(gain[:12].mean())
    assert gain[13:19].mean() > 2 * abs(gain[19:26].mean())
    inside = np.flatnonzero(ran().units.neighbourhood >= 0)
    home = ran().units.neighbourhood[inside]
    met, alone = (
        ran(service_menu=NONE | more | {"known": 0.0}).contacts.hours(inside, home) for more in (fair, {})
    )
    assert (met > alone + 1).any()


# ---------------------------------------------------------------- what a trade knows


def advice(model: GovernanceModel) -> float:
    return float(model.met[:, Service.ADVICE].mean())


def test_an_alliance_serves_its_own_need_and_no_other():
    alliance, without = ran(sector_alliance={"share": 1.0, "upkeep": 0.0}), ran()
    assert advice(alliance) > advice(without)
    others = [service for service in Service if service != Service.ADVICE]
    np.testing.assert_allclose(alliance.met[:, others], without.met[:, others], atol=0.03)


def test_a_lecture_is_for_many_and_nothing_where_nobody_needs_it():
    model = start(sector_alliance={"share": 1.0})
    model.neighbourhood_needs[:, Service.ADVICE] = 0.0
    model.run_until(8)
    bank = model.units.kind == UnitKind.BANK
    unneeded, needed = model.verdicts.hours[:, bank].sum(), ran(8, sector_alliance={"share": 1.0})
    assert unneeded < needed.verdicts.hours[:, bank].sum()
    few = ran(sector_alliance={"share": 1.0, "audience": 1.0})
    assert advice(few) <= advice(ran(sector_alliance={"share": 1.0}))


# ---------------------------------------------------------------- open facilities

OPEN = {"share": 0.6, "guards": 40.0, "rooms": 0.0, "purse": 10_000.0}


def places_met(model: GovernanceModel) -> float:
    return float(model.met[:, Service.VENUE].mean())


def test_open_gates_meet_the_need_of_a_place_as_long_as_guards_are_paid():
    open_gates, shut = ran(open_facilities=OPEN), ran(open_facilities=OPEN | {"purse": 0.0, "endowment": 0.0})
    assert places_met(open_gates) > places_met(ran())
    assert places_met(shut) == pytest.approx(places_met(ran()), abs=0.01)


def test_idle_rooms_become_venues_in_which_more_come_together():
    rooms = {"share": 0.0, "guards": 40.0, "rooms": 2.0, "promote": 1.0, "purse": 10_000.0}
    weeks = 60
    with_rooms = ran(weeks, open_facilities=rooms)
    assert any(work.programme == "idle_rooms" for work in with_rooms.works.built)
    assert not any(work.programme for work in ran(weeks).works.built if work.what == "venue")
    slots = [int(run.works.rooms(3.0).start[-1]) for run in (with_rooms, ran(weeks))]
    assert slots[0] > slots[1]  # more activities find room
    poor = ran(weeks, open_facilities=rooms | {"purse": 0.0, "endowment": 0.0})
    assert not any(work.programme == "idle_rooms" for work in poor.works.built)


# ---------------------------------------------------------------- training bases

CARE = {"carers": 3.0, "canteens": 0.0, "meal_points": 0.0, "weeks_to_fill": 40, "purse": 100_000.0}
COURSES = {"trainers": 500.0, "willing": 1.0, "asked": 0.5, "education": 0.0, "faster": 0.6, "trainees": 0.5}


def carers(model: GovernanceModel) -> float:
    posts = model.institutions.posts
    return float(posts.filled[posts.at("carer")].mean())


def test_trained_carers_fill_posts_sooner_and_only_where_people_of_units_train():
    alone = carers(ran(ageing_in_place=CARE))
    assert carers(ran(ageing_in_place=CARE, training_bases=COURSES)) > alone + 0.1
    nobody = COURSES | {"asked": 0.0}
    assert carers(ran(ageing_in_place=CARE, training_bases=nobody)) == pytest.approx(alone)


def test_without_vacancies_training_changes_nothing_for_carers():
    full = CARE | {"weeks_to_fill": 0}
    assert carers(ran(ageing_in_place=full, training_bases=COURSES)) == carers(ran(ageing_in_place=full)) == 1


def test_bases_lecture_on_health_and_science():
    base = {"trainees": 0.0, "trainers": 0.0, "asked": 0.0, "education": 1.0, "upkeep": 0.0}
    taught, without = ran(training_bases=base), ran()
    assert taught.met[:, Service.CULTURE].mean() > without.met[:, Service.CULTURE].mean()


# ---------------------------------------------------------------- joint building, responsibility day


@pytest.mark.parametrize("pairing", ["place", "fit", "turn"])
def test_partners_are_found_in_each_way_and_know_what_there_is(pairing):
    model = ran(joint_building={"pairing": pairing, "share": 0.9})
    paired = model.agreements.partner >= 0
    assert paired.any()
    here = model.agreements.partner == model.units.neighbourhood
    assert here[paired].all() == (pairing == "place")


def test_partners_that_nobody_keeps_up_are_lost_from_the_list():
    kept, dear = (ran(joint_building={"share": 0.9, "upkeep": upkeep}) for upkeep in (0.1, 40.0))
    assert total(dear, "matched") < total(kept, "matched")


def test_a_day_with_a_theme_gives_more_of_the_same_hours():
    gains = []
    for themes in (("elder_care", "culture", "environment"), ()):
        day = {"units": 8, "recognition": 0.0, "upkeep": 0.0, "theme": 0.7, "themes": themes}
        gains.append(total(ran(responsibility_day=day), "matched"))
    assert gains[0] > gains[1]


# ---------------------------------------------------------------- the civilised title

CONTEST = {"every": 52, "counts": 26, "worth": 5.0, "service": 0.6, "papers": 4.0}


def test_effort_bunches_before_the_award_and_falls_after():
    apart = {"unit_party_building": {"peers": 0.0}}  # where all follow others, what was begun goes on
    contest, none = (
        ran(79, civilised_title=CONTEST | more, **apart).record.to_frame()["unit_engagement"]
        for more in ({}, {"worth": 0.0})
    )
    gain = (contest - none).to_numpy()
    before, counting, after = gain[12], gain[50], gain[76]  # hours count from week 26 to 51
    assert before == pytest.approx(0, abs=1e-6)
    assert counting > 0.02
    assert after < 0.7 * counting


def test_where_service_is_not_counted_papers_are_all_that_is_left():
    contest = ran(79, civilised_title=CONTEST | {"service": 0.0})
    without = ran(79, civilised_title=CONTEST | {"worth": 0.0})
    np.testing.assert_array_equal(engagement(contest), engagement(without))
    assert total(contest, "cost_units") > total(ran(79), "cost_units")


def test_private_firms_do_not_compete():
    contest = ran(79, civilised_title=CONTEST)
    holders = contest.titles.contests["civilised_unit"].holders
    assert holders.any()
    assert not holders[contest.units.kind == UnitKind.SOCIAL_ORGANISATION].any()
