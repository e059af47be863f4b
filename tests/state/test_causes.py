"""Causes breed issues until they are mended, and nothing else changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov.kit.errors import CogovError
from cogov.processes.arise import arise
from cogov.processes.births import Arise
from cogov.state.causes import Breeding, Causes
from cogov.state.issues import BORN, BORN_BY_DEPARTMENT
from cogov.terms import Cause, Kind
from tests.helpers import post, situation, small

BUSY = {kind.label: {"rate": 20.0} for kind in Kind}


def test_levels_are_what_age_and_parking_make_of_them():
    places = small().build(1).places
    causes, compounds = Causes(places, Breeding()), places.compounds
    age = compounds.year_built.max() - compounds.year_built
    np.testing.assert_allclose(causes.level[Cause.FABRIC], (0.3 + 0.4 * age / 40).clip(0, 1))
    short = (1 - compounds.parking / 0.9).clip(0)
    np.testing.assert_allclose(causes.level[Cause.PARKING], short, rtol=1e-6)
    np.testing.assert_allclose(causes.level[Cause.CONDUCT], 0.5)


def test_where_causes_are_as_usual_births_come_as_often_as_stated():
    model = situation(arise=BUSY | {"causes": {"fabric": {"worsens": 0.0}, "lighting": {"worsens": 0.0}}})
    model.causes.level[:] = [[root.usual] for root in Breeding().roots()]
    born, stated = np.zeros(len(Kind)), 40 * model.world.rates.sum(1) / Breeding().rise()
    for week in range(1, 41):
        issues = model.world.births(week)
        stands = model.causes.breed(issues["cause"], issues["compound"], issues["root"])
        born += np.bincount(issues["kind"][stands], minlength=len(Kind))
    assert (np.abs(born - stated) < 4 * np.sqrt(stated)).all()


def test_an_issue_is_bred_by_the_shares_and_its_own_number_is_uniform():
    breeding, number = Breeding(), (np.arange(20_000) + 0.5) / 20_000
    kind = np.full(len(number), Kind.SANITATION)
    cause, own = breeding.bred_by(kind, number)
    highest = breeding.highest()[:, Kind.SANITATION] / breeding.rise()[Kind.SANITATION]
    for each in Cause:
        assert np.mean(cause == each) == pytest.approx(highest[each], abs=1e-3)
        if highest[each]:
            mine = np.sort(own[cause == each])
            np.testing.assert_allclose(mine, (np.arange(len(mine)) + 0.5) / len(mine), atol=1e-3)


@given(st.sampled_from(list(Cause)), st.integers(0, 5), st.floats(0, 1))
def test_mending_a_cause_ends_its_stream_there_and_leaves_all_others_to_the_bit(cause, compound, to):
    one, other = situation(seed=2, arise=BUSY), situation(seed=2, arise=BUSY)
    other.causes.lower(cause, compound, to)
    for model in (one, other):
        for week in (1, 2):
            model.week = week
            arise(model)
    before, after = one.issues, other.issues
    gone = np.isin(before.id, after.id, invert=True)
    assert (before.cause[gone] == cause).all()
    assert (before.compound[gone] == compound).all()
    assert (before.root[gone] >= min(to, 0.01 + to)).all()
    assert np.isin(after.id, before.id).all()
    if to == 0:
        assert gone.sum() == ((before.cause == cause) & (before.compound == compound)).sum()
    for name in (*BORN, *BORN_BY_DEPARTMENT):
        np.testing.assert_array_equal(getattr(before, name)[~gone], getattr(after, name))


def test_settling_its_issues_one_by_one_leaves_a_cause_as_it_is():
    model = situation(post(handles=Kind.labels(), heads=1000), arise=BUSY)
    before = model.causes.level.copy()
    for week in range(1, 4):
        model.week = week
        arise(model)
        model.issues.state[:] = 5
    assert (model.causes.level >= before).all()
    assert (model.issues.cause >= 0).any()


def test_what_was_mended_worsens_again_by_its_stated_rate():
    model = situation()
    model.causes.lower(Cause.FABRIC, np.arange(6), 0.1)
    for _ in range(52):
        model.causes.worsen()
    np.testing.assert_allclose(model.causes.level[Cause.FABRIC], 0.102)
    np.testing.assert_allclose(model.causes.level[Cause.CONDUCT], 0.5)


def test_lowering_never_raises_and_a_wrong_level_is_refused():
    model = situation()
    model.causes.lower(Cause.CONDUCT, 0, 0.9)
    assert model.causes.level[Cause.CONDUCT, 0] == 0.5
    with pytest.raises(CogovError, match=r"conduct: to = 1\.5 must be between 0 and 1"):
        model.causes.lower(Cause.CONDUCT, 0, 1.5)


def test_causes_breed_no_more_than_all_issues_of_a_kind():
    many = {"parking": {"breeds": [0, 0.8, 0, 0, 0, 0, 0, 0]}}
    with pytest.raises(CogovError, match=r"breed 1\.05 of the issues of kind 'sanitation'"):
        Arise.from_mapping({"causes": many})
