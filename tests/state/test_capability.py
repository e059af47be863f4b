"""Capability by domain and kind of place: learned where it is used, carried over by likeness."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.processes.secretaries import count_cases, secretaries_learn
from cogov.rules import Recruitment
from cogov.state.capability import Capabilities
from cogov.state.issues import State
from cogov.terms import Capability, Kind, Site
from tests.helpers import post, put, situation

HERE, THERE = Site.OLD_PUBLIC, Site.COMMERCIAL
STAY = {"turnover": 0.0}


def two(similarity=0.4):
    return Capabilities(
        np.full((2, 4), 0.5), np.array([HERE, THERE]), np.array([10, 20]), similarity=similarity
    )


def test_at_the_start_what_they_can_do_elsewhere_is_what_is_alike():
    both = two()
    np.testing.assert_allclose(both.own(Capability.EMPATHY), [0.5, 0.5])
    np.testing.assert_allclose(both.level[0, :, THERE], 0.2)


def test_learning_closes_the_gap_where_it_is_used_and_less_of_it_elsewhere():
    both = two()
    both.learn(np.array([0]), Capability.EMPATHY, HERE, np.array([0.1]))
    assert both.level[0, Capability.EMPATHY, HERE] == pytest.approx(0.55)
    assert both.level[0, Capability.EMPATHY, THERE] == pytest.approx(0.2 + 0.04 * 0.8)
    np.testing.assert_allclose(both.level[0, Capability.LEADERSHIP, HERE], 0.5)
    np.testing.assert_allclose(both.level[1, :, THERE], 0.5)


def test_who_can_do_more_learns_nothing_and_forgets_nothing():
    both = two()
    both.learn(np.array([0, 1]), Capability.EMPATHY, HERE, np.array([0.5, 0.5]), towards=0.3)
    assert both.level[0, Capability.EMPATHY, HERE] == 0.5
    assert both.level[1, Capability.EMPATHY, HERE] == pytest.approx(0.25)


@pytest.mark.parametrize("similarity", [0.0, 0.8])
def test_likeness_decides_what_is_carried_over(similarity):
    both = two(similarity)
    before = both.level[0, Capability.EMPATHY, THERE]
    both.learn(np.array([0]), Capability.EMPATHY, HERE, np.array([0.1]))
    gained = both.level[0, Capability.EMPATHY, THERE] - before
    assert gained == pytest.approx(0.1 * similarity * (1 - before))


def cases(kind, **processes):
    """A quarter in which the committee of the first neighbourhood settles forty cases of a kind."""
    model = situation(post(), week=13, secretaries=STAY | processes)
    row = put(model, kind=kind, copies=40, state=State.RESOLVED, closed=13, server=0)
    assert row == 39
    before = model.secretaries.level.copy()
    count_cases(model)
    secretaries_learn(model)
    return model, model.secretaries.level - before


def test_secretaries_learn_by_the_cases_of_a_domain_where_they_are():
    model, gained = cases(Kind.DISPUTE)
    site = model.secretaries.site[0]
    assert gained[0, Capability.EMPATHY].argmax() == site
    assert gained[0, :, site].argmax() == Capability.EMPATHY
    assert not gained[1:].any()
    assert not model.secretaries.cases.any()  # a new quarter


def test_cut_cases_that_others_handle_teach_the_secretary_nothing():
    model = situation(post(), post("office", area="subdistrict"), week=13, secretaries=STAY)
    put(model, copies=40, state=State.RESOLVED, closed=13, server=model.institutions.posts.at("office").start)
    before = model.secretaries.level.copy()
    count_cases(model)
    secretaries_learn(model)
    np.testing.assert_array_equal(model.secretaries.level, before)


def test_a_new_secretary_brings_what_the_channel_in_force_gives():
    sent = Recruitment(
        name="sent", share=1.0, lowest=(0, 0, 0.8, 0), highest=(0, 0, 0.9, 0), site="commercial", leaves=2.0
    )
    model = situation(post(), sent, week=13, secretaries={"turnover": 1.0})
    secretaries_learn(model)
    level = model.secretaries.level[:, Capability.PROFESSIONAL]
    assert ((level[:, Site.COMMERCIAL] >= 0.8) & (level[:, Site.COMMERCIAL] <= 0.9)).all()
    elsewhere = [site for site in Site if site != Site.COMMERCIAL]
    np.testing.assert_allclose(level[:, elsewhere], 0.4 * level[:, [Site.COMMERCIAL]] * np.ones(3))
    assert not model.secretaries.level[:, Capability.EMPATHY].any()
    assert (model.secretaries.tenure == 0).all()
    assert (model.secretaries.leaves == 2).all()


def test_channels_are_used_by_their_shares():
    good = Recruitment(name="good", share=0.3, lowest=(1, 1, 1, 1), highest=(1, 1, 1, 1))
    poor = Recruitment(name="poor", share=0.1, lowest=(0, 0, 0, 0), highest=(0, 0, 0, 0))
    profile = {"neighbourhoods": 200, "compounds": 200, "residents": 20_000}
    model = situation(post(), good, poor, week=13, profile=profile, secretaries={"turnover": 1.0})
    secretaries_learn(model)
    assert np.mean(model.secretaries.own(Capability.EMPATHY) == 1) == pytest.approx(0.75, abs=0.1)
