from __future__ import annotations

import numpy as np
import pytest

from cogov.kit.errors import ConfigError
from cogov.processes.match import weekly_need
from cogov.processes.shocks import Epidemic, read_shocks, shock_factor
from cogov.terms import Service
from tests.helpers import post, situation


def test_an_epidemic_lasts_from_its_first_week_for_its_length():
    shock = Epidemic(week=10, length=3)
    assert [week for week in range(20) if shock.on(week)] == [10, 11, 12]


def test_factors_of_shocks_that_overlap_multiply():
    shocks = (Epidemic(week=10, length=3, factor=2), Epidemic(week=12, length=3, factor=5))
    assert [shock_factor(shocks, week) for week in (9, 10, 12, 14, 15)] == [1, 2, 10, 5, 1]


def test_an_epidemic_keeps_staff_at_home_but_not_volunteers():
    rules = (post("committee"), post("volunteers", staffed_by="volunteers"))
    shock = Epidemic(week=5, length=1, staff_absent=0.25)
    calm, struck = (situation(*rules, week=week, shocks=(shock,)) for week in (4, 5))
    for name, share in (("committee", 0.75), ("volunteers", 1.0)):
        hours = [
            model.institutions.ledger.available[model.institutions.posts.at(name)] for model in (calm, struck)
        ]
        assert hours[0].min() > 0
        np.testing.assert_allclose(hours[1], share * hours[0])


def test_the_absent_are_paid_as_well():
    shock = Epidemic(week=5, length=1, staff_absent=0.5)
    rich = {"programme_budget": 1000.0}
    model = situation(post(wage=30.0), week=5, shocks=(shock,), profile=rich)
    assert model.institutions.ledger.available.sum() == pytest.approx(30)
    assert model.purses.spent_on["wages"] == 60 * 30 * 100


def test_an_epidemic_raises_the_need_for_care_and_no_other():
    model = situation(post(), week=5, shocks=(Epidemic(week=5, length=1, need_factor=1.5),))
    factor = weekly_need(model) / model.neighbourhood_needs
    raised = [Service.ELDER_CARE, Service.HEALTH]
    np.testing.assert_allclose(factor[:, raised], 1.5)
    np.testing.assert_array_equal(np.delete(factor, raised, axis=1), 1)
    model.week = 6
    np.testing.assert_array_equal(weekly_need(model), model.neighbourhood_needs)


def test_shocks_are_read_from_a_list():
    assert read_shocks([{"epidemic": {"week": 60, "factor": 3}}]) == (Epidemic(week=60, factor=3),)
    assert read_shocks([]) == ()


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"epidemic": {}}, "must be a list"),
        (["epidemic"], "mapping of its name"),
        ([{"epidemi": {}}], "epidemic"),
        ([{"epidemic": {"weak": 3}}], "week"),
        ([{"epidemic": {"staff_absent": 1.5}}], "between 0 and 1"),
    ],
)
def test_a_wrong_list_of_shocks_is_refused(entries, message):
    with pytest.raises(ConfigError, match=message):
        read_shocks(entries)
