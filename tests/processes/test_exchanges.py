from __future__ import annotations

import numpy as np
import pytest

from cogov.processes.exchanges import hold_exchanges, rivals
from cogov.processes.firms import compared, firms_decide
from cogov.rules import Exchange, Payoff
from tests.helpers import post, situation

FIRM = post("firm", area="compound", staffed_by="firm")
LEARN = Payoff(name="learning", to="firms", term="learning", weight=0.5)
STAND = Payoff(name="standing", to="firms", term="reputation", weight=2.0)


def met(*rules, serves=(0, 1, 0, 1, 2, 2), founding=(True, True, False), week=4, **profile):
    """Three firms that serve two compounds each; the first two share two neighbourhoods."""
    model = situation(FIRM, *rules, week=week, profile={"compounds_per_firm": 2.0} | profile)
    assert len(model.firms) >= 3
    model.homes.firm[:] = serves
    model.firms.founding = np.zeros(len(model.firms), dtype=bool)
    model.firms.founding[:3] = founding
    model.institutions.ledger.left[:] = 50.0
    hold_exchanges(model)
    return model


def test_members_who_come_see_each_other():
    model = met(Exchange(name="alliance", hours=3.0, rivals=0.4))
    shown = model.exchanges.shown()
    assert shown[0, 1] == shown[1, 0] == pytest.approx(0.4)
    assert shown[2].sum() == shown[:, 2].sum() == 0
    assert model.institutions.ledger.hours["meetings"] == pytest.approx(6)


def test_firms_of_different_places_show_each_other_everything():
    model = met(Exchange(name="alliance", members="all", hours=3.0, rivals=0.4))
    assert model.exchanges.shown()[0, 2] == 1
    assert rivals(model)[0, :3].tolist() == [True, True, False]


def test_it_meets_when_it_is_due():
    assert met(Exchange(name="alliance", hours=3.0, every=4), week=5).exchanges.held == 0


@pytest.mark.parametrize("hours", [0.0, 3.0])
def test_who_has_no_hours_is_not_there(hours):
    model = situation(FIRM, Exchange(name="alliance", members="all", hours=3.0), week=4)
    model.institutions.ledger.left[:] = hours
    hold_exchanges(model)
    assert bool(model.exchanges.seen.any()) == (hours > 0)


def test_a_firm_learns_what_quality_costs_the_best_it_saw():
    model = met(Exchange(name="alliance", members="all", hours=3.0, rivals=1.0), LEARN)
    model.firms.efficiency[:3] = [1.2, 0.8, 1.0]
    firms_decide(model)
    np.testing.assert_allclose(model.firms.efficiency[:3], [1.0, 0.8, 0.9], rtol=1e-6)
    firms_decide(model)  # nobody has met since
    np.testing.assert_allclose(model.firms.efficiency[:3], [1.0, 0.8, 0.9], rtol=1e-6)


@pytest.mark.parametrize("rule", [LEARN, STAND], ids=["learning", "reputation"])
def test_firms_that_never_met_learn_nothing_and_mind_nothing(rule):
    alone, without = met(rule), met()
    for model in (alone, without):
        firms_decide(model)
    for column in ("efficiency", "quality", "reputation"):
        np.testing.assert_array_equal(getattr(alone.firms, column), getattr(without.firms, column))


def test_a_firm_minds_standing_behind_the_best_it_saw_or_that_was_published():
    model = met(Exchange(name="alliance", members="all", hours=3.0, rivals=0.5))
    model.firms.quality[:3] = [0.2, 0.6, 0.6]
    behind, _ = compared(model)
    assert behind[0] == pytest.approx(0.4)  # of the third all is shown
    assert behind[1] == 0
