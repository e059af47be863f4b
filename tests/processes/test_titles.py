from __future__ import annotations

import numpy as np
import pytest

from cogov.kit.errors import DesignError
from cogov.processes.titles import award_titles, within_reach
from cogov.rules import Title
from cogov.terms import UnitKind
from tests.helpers import post, situation

TITLE = Title(name="title", every=52, counts=26, share=0.5, bar=0.2)


def contest(*gave, week=52, rule=TITLE, kind=UnitKind.SCHOOL, began=0.0):
    """Units that have given these shares of their hours since they began to count; the others nothing."""
    model = situation(post(), rule, week=26)
    units = model.units
    units.kind[:] = UnitKind.SOCIAL_ORGANISATION
    units.kind[: len(gave)] = kind
    units.hours[:] = 1.0
    model.verdicts.hours[0, :] = began
    award_titles(model)
    model.week = week
    given = np.array(gave) * units.hours.sum(1)[0] * rule.counts
    model.verdicts.hours[0, : len(gave)] += given
    return model


def awarded(*gave, **values):
    model = contest(*gave, **values)
    award_titles(model)
    return model


def test_the_best_for_their_size_are_awarded_it_and_the_bar_is_theirs():
    model = awarded(0.1, 0.4, 0.3, 0.2)
    state = model.titles.contests["title"]
    assert state.holders[:4].tolist() == [False, True, True, False]
    np.testing.assert_allclose(state.enough, 0.3)


def test_hours_given_before_they_count_do_not():
    assert not awarded(0.0, 0.0, began=500.0).titles.contests["title"].holders.any()


def test_papers_take_hours_of_those_whose_superior_asks():
    model = awarded(0.1, 0.4)
    np.testing.assert_allclose(model.offers.seated[:3], [20, 20, 0])
    assert not awarded(0.1, 0.4, kind=UnitKind.SOCIAL_ORGANISATION).offers.seated.any()


def test_a_title_is_within_reach_of_those_who_can_still_win_or_lose_it():
    chance = within_reach(contest(0.0, 0.15, 0.9, week=39))
    assert chance[1] > chance[2]  # who has it anyway does not move
    assert (within_reach(contest(0.0, 0.15, 0.9, week=51))[:3] < chance[:3] + 1e-12).all()
    assert chance[3:].max() == 0


def test_the_lost_give_up_and_before_hours_count_nobody_moves():
    far = within_reach(contest(0.0, week=51))[0]
    near = within_reach(contest(0.18, week=51))[0]
    assert near > far
    assert not within_reach(contest(0.1, week=60)).any()


def test_no_more_weeks_count_than_lie_between():
    with pytest.raises(DesignError, match="counts = 60"):
        Title(name="title", every=52, counts=60, share=0.1)
