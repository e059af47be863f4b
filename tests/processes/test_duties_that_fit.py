"""Members who are found a duty that fits stay longer and give skilled hours; that takes somebody's hours."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.community.cohorts import Cohort
from cogov.processes.participate import find_duties, participate
from cogov.rules import Boundary
from cogov.terms import Age, Party
from tests.helpers import post, situation, small, written

VOLUNTEERS = post("volunteers", staffed_by="volunteers", care=1.0, handles=())
OFFICE = post("office", area="subdistrict", heads=5, hours=40, handles=())
CUT = {"fit": 0.0}


def report_in(**values):
    return Boundary(
        **{
            "name": "report_in",
            "post": "volunteers",
            "pools": ("in_service",),
            "asked": 0.5,
            "keeper": "office",
        }
        | values
    )


def run(rule, hours=40, weeks=40, unmatched_skill=0.0, **participate):
    """A community of members in service with skills, after some months under one rule."""
    design = written(VOLUNTEERS, OFFICE.updated({"hours": hours}), rule)
    profile = small(
        party_share=0.8, in_service_share=1.0, skill_share=1.0, skill_weights=(0, 0, 1, 0, 0, 0, 0, 0)
    )
    model = GovernanceModel(
        profile.build(4),
        design,
        baseline=design,
        reform_week=0,
        rng=4,
        weeks=weeks,
        processes={"match": {"unmatched_skill": unmatched_skill}, "participate": participate},
    )
    model.run_until(weeks)
    return model


def health(model) -> float:
    """Hours of health that volunteers have to give."""
    return float((model.volunteers.skills(0.0)[:, 2] * model.volunteers.left.sum((1, 2))).sum())


def test_matched_members_stay_and_give_skilled_hours():
    plain, matched = run(report_in()), run(report_in(matched=True))
    assert matched.record.outcomes()["participation"] > plain.record.outcomes()["participation"]
    assert health(plain) == 0
    assert health(matched) > 0.2 * matched.volunteers.hours.sum()  # of whom some are no members
    assert matched.record.outcomes()["hours_placing"] > 0
    assert matched.record.outcomes()["needs_met"] != plain.record.outcomes()["needs_met"]


def test_without_what_a_duty_that_fits_does_matching_only_takes_hours():
    plain = run(report_in(), unmatched_skill=1.0, **CUT)
    matched = run(report_in(matched=True), unmatched_skill=1.0, **CUT)
    for measure in ("participation", "volunteer_hours", "needs_met", "satisfaction"):
        assert matched.record.outcomes()[measure] == pytest.approx(plain.record.outcomes()[measure])
    assert matched.record.outcomes()["hours_placing"] > 0


def test_where_nobody_has_the_hours_to_find_duties_matching_is_nothing():
    plain, matched = (
        run(report_in(), hours=0.001, weeks=12),
        run(report_in(matched=True), hours=0.001, weeks=12),
    )
    assert health(matched) == pytest.approx(0, abs=0.5)
    assert matched.record.outcomes()["participation"] == pytest.approx(
        plain.record.outcomes()["participation"], abs=1e-3
    )


def cohort(*rules, **parameters):
    """The first cohort of a community of members in service, half of whom are active."""
    model = situation(VOLUNTEERS, OFFICE, *rules, week=4, participate=parameters)
    n = len(model.residents)
    model.residents.age[:] = Age.AGE_30_44
    model.residents.party[:] = Party.IN_SERVICE
    model.residents.volunteering[:] = np.arange(n) % 2 == 0
    return model


def volunteers(model):
    return Cohort(0).who(model.residents.volunteering)


def nobody(model):
    return np.zeros(Cohort(0).size(len(model.residents)), dtype=bool)


def test_who_is_offered_a_duty_that_fits_accepts_more_often_and_has_it():
    terms = dict.fromkeys(("member", "neighbours", "trust", "belonging", "asked", "habit", "time"), 0.0)
    model = cohort(report_in(matched=True, asked=1.0), volunteer=0.0, fit=1.0, age=[0.0] * 8, **terms)
    model.institutions.ledger.left[model.institutions.posts.at("office")] = 1e6
    model.residents.volunteering[:] = False
    participate(model)
    active = Cohort(0).of(model.residents.volunteering)
    assert abs(active.mean() - 1 / (1 + np.exp(-1))) < 4 * np.sqrt(0.2 / len(active))
    assert (Cohort(0).of(model.volunteers.placed) == active).all()
    hours = model.institutions.ledger.hours
    parameters = model.parameters.participate
    assert hours["placing"] / hours["asking"] == pytest.approx(parameters.place_hours / parameters.ask_hours)


def test_who_is_offered_one_is_not_looked_for_again():
    model = cohort(report_in(matched=True))
    everybody = ~nobody(model)
    assert len(find_duties(model, volunteers(model), everybody)) == np.count_nonzero(
        Cohort(0).of(model.residents.volunteering)
    )
    assert model.institutions.ledger.hours["placing"] == 0


def test_finding_and_keeping_a_duty_take_hours():
    model = cohort(report_in(matched=True), place_hours=0.25, keep_hours=0.5)
    active = np.count_nonzero(Cohort(0).of(model.residents.volunteering))
    rows = find_duties(model, volunteers(model), nobody(model))
    assert rows.tolist() == [
        row for row in range(len(model.residents)) if row // 64 % 4 == 0 and model.residents.volunteering[row]
    ]
    assert model.institutions.ledger.hours["placing"] == pytest.approx(0.25 * active)
    model.volunteers.place(0, rows[:10])
    find_duties(model, volunteers(model), nobody(model))
    assert model.institutions.ledger.hours["placing"] == pytest.approx((2 * active - 10) * 0.25 + 10 * 0.5)


def test_as_many_are_found_a_duty_as_there_are_hours():
    model = cohort(report_in(matched=True), place_hours=1.0)
    active = np.count_nonzero(Cohort(0).of(model.residents.volunteering))
    left = model.institutions.ledger.left
    left[:] = 0
    left[model.institutions.posts.at("office")] = 0.3 * active
    share = len(find_duties(model, volunteers(model), nobody(model))) / active
    assert abs(share - 0.3) < 4 * np.sqrt(0.21 / active)
    assert left.sum() == pytest.approx(0)


def test_nobody_is_found_a_duty_without_a_rule_that_says_so():
    idle = cohort(report_in())
    assert not len(find_duties(idle, volunteers(idle), nobody(idle)))


def test_who_stops_has_no_duty_any_more():
    model = cohort(report_in(matched=True), volunteer=-1e3)
    model.volunteers.placed[:] = True
    participate(model)
    assert not Cohort(0).of(model.volunteers.placed).any()
    assert Cohort(1).of(model.volunteers.placed).all()  # whose turn it is not
