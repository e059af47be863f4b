"""People of units by day: who is asked takes part where the unit stands, as far as it gives them leave."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel, load_community
from cogov.processes.participate import ask_by_day
from cogov.rules import Boundary
from cogov.terms import COHORTS, UnitKind
from tests.helpers import post, situation, small, written

VOLUNTEERS = post("volunteers", staffed_by="volunteers", care=1.0, handles=())


def call(**values):
    return Boundary(**{"name": "call", "post": "volunteers", "pools": ("employees",), "asked": 0.4} | values)


def by_day(*rules, **parameters):
    """A unit of fifty people in the second neighbourhood."""
    model = situation(VOLUNTEERS, post(), *rules, participate=parameters)
    model.day.heads[:] = 0
    model.day.heads[0], model.day.home[0] = 50, 1
    model.units.engagement[:] = 0.5
    return model


def test_who_is_asked_joins_as_far_as_the_unit_is_engaged():
    model = by_day(call(), day_join=0.2, day_leave=0.0)
    ask_by_day(model)
    assert model.day.active[0] == pytest.approx(0.4 / COHORTS * 0.2 * 0.5)
    np.testing.assert_allclose(model.day.people(), [0, 50 * 0.01, 0])


def test_a_month_of_leaving():
    model = by_day(day_leave=0.15)
    model.day.active[:] = 0.2
    for _ in range(COHORTS):
        ask_by_day(model)
    np.testing.assert_allclose(model.day.active, 0.2 * 0.85)


def test_asking_takes_the_hours_of_its_keeper():
    model = by_day(call(keeper="committee"), ask_hours=1.0, day_join=1.0)
    ask_by_day(model)
    assert model.institutions.ledger.hours["asking"] == pytest.approx(50 * 0.4 / COHORTS)
    short = by_day(call(keeper="committee"), ask_hours=100.0, day_join=1.0)  # 500 hours for 20
    ask_by_day(short)
    assert short.day.active[0] == pytest.approx(20 / 500 * model.day.active[0])


def run(*rules, **profile):
    design = written(VOLUNTEERS, post(ask=0.2), *rules)
    model = GovernanceModel(
        small(**profile).build(5), design, baseline=design, reform_week=0, rng=5, weeks=26
    )
    model.run_until(26)
    return model


def test_their_hours_serve_the_neighbourhood_where_the_unit_stands():
    with_call, without = run(call(keeper="committee")), run()
    people = with_call.day.people()
    assert people.sum() > 0
    assert with_call.record.outcomes()["needs_met"] > without.record.outcomes()["needs_met"]
    # they have no household and no vote, and are no volunteers among the residents
    assert with_call.record.outcomes()["turnout"] == pytest.approx(
        without.record.outcomes()["turnout"], abs=0.01
    )


@pytest.mark.parametrize(
    "cut", [{"unit_heads": (0.0,) * len(UnitKind)}, {"unit_rates": (0.0,) * len(UnitKind)}]
)
def test_where_there_is_nobody_by_day_nothing_comes_of_asking(cut):
    with_call, without = run(call(), **cut), run(**cut)
    assert with_call.record.digest() == without.record.digest()


def test_where_nobody_names_them_it_does_not_matter_how_many_they_are():
    assert run().record.digest() == run(unit_heads=(9.0,) * len(UnitKind)).record.digest()


def test_a_profile_says_how_many_there_are():
    units = load_community("wuliqiao", neighbourhoods=19).build(1).units
    inside = units.neighbourhood >= 0
    assert 3_000 < units.heads[inside].sum() < 50_000
    assert (units.heads > 0).all()
