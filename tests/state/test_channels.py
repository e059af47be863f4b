"""The parts of a level add up to it, whatever happens, and keeping account of them changes nothing."""

from __future__ import annotations

import copy
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cogov import Design, GovernanceModel
from cogov.kit.errors import DesignError
from cogov.mechanisms import OWN
from cogov.processes.appraise import blend
from cogov.state.channels import Account
from cogov.state.experiences import HOME, SOURCES, Experiences
from cogov.terms import Kind
from tests.helpers import reals, small

PEOPLE = 4
ROUNDING = 2e-6
"""Columns of residents are of single precision, and are rounded at each change."""


def model_of(design="line_hierarchy", weeks=20, **settings):
    profile = small(residents=400, lift_fund=400.0)
    return GovernanceModel(profile, design, rng=1, weeks=weeks, reform_week=2, run_in=0, **settings)


def adds_up(model):
    for level in model.channels.levels:
        whole = sum(brought for _, brought in model.channels.of(level))
        np.testing.assert_allclose(whole, getattr(model.residents, level), atol=ROUNDING)


@settings(max_examples=8, deadline=None)
@given(
    st.sampled_from(("line_hierarchy", "guoding1_three_greats", "wuliqiao_2020", "everything")),
    st.lists(st.sampled_from(OWN), max_size=12, unique=True),
)
def test_channels_add_up_to_their_level_under_any_design(base, more):
    model = model_of(base)
    for kind in more:  # as many as go together
        there = {mechanism.name: mechanism for mechanism in model.design.mechanisms}
        with suppress(DesignError):
            model = model_of(Design((*(there | {kind.name: kind()}).values(),), name="any"))
    model.keep_channels()
    model.run_until(20)
    adds_up(model)


@pytest.mark.parametrize("processes", [
    {"appraise": {"loss": 0.0, "memory": 1.0}},
    {"appraise": {"loss": 0.99, "recovery": 0.0, "forgetting": 1.0, "half_life": 1.0}},
    {"firms": {"replace_hours": 0.1}, "appraise": {"memory": 0.9}},
])  # fmt: skip
def test_they_add_up_at_the_ends_of_parameters(processes):
    model = model_of("wuliqiao_2020", 30, processes=processes)
    model.keep_channels()
    model.run_until(30)
    adds_up(model)


def test_to_keep_account_changes_no_bit_of_the_record():
    kept, free = model_of("everything"), model_of("everything")
    kept.keep_channels()
    for model in (kept, free):
        model.run_until(20)
    assert free.channels is None
    assert kept.record.digest() == free.record.digest()


def test_an_account_may_begin_at_any_week_and_be_copied_with_its_model():
    model = model_of("wuliqiao_2020", 30)
    model.run_until(10)
    model.keep_channels()
    adds_up(model)
    other = copy.deepcopy(model)
    for one in (model, other):
        one.run_until(30)
        adds_up(one)
    assert model.channels is not other.channels


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, PEOPLE - 1), reals(0, 1), st.sampled_from(range(len(SOURCES))))),
        max_size=5,
    ),
    reals(0, 1),
    reals(0, 1),
)
def test_experiences_are_booked_to_what_they_come_from(weeks, weight, reference):
    level = np.linspace(0, 1, PEOPLE, dtype=np.float32)
    account = Account(level, reference, SOURCES)
    for week in weeks:
        lived = Experiences(PEOPLE)
        for row, score, by in week:
            lived.add(np.array([row]), np.array([score]), of="committee", by=by)
        account.blend(*lived.each("committee"), weight)
        blend(level, lived.of("committee"), weight)
    np.testing.assert_allclose(reference + account.parts.sum(0), level, atol=ROUNDING)
    happened = {(1 + by, row) for week in weeks for row, _, by in week}
    silent = [place for place in np.ndindex(account.parts.shape) if place[0] and place not in happened]
    assert not any(account.parts[place] for place in silent)


def test_what_was_good_brings_more_and_what_was_bad_less_than_indifference():
    account = Account(np.full(2, 0.5, np.float32), 0.5, SOURCES)
    account.blend(np.array([0, 1]), np.array([1.0, 0.0]), np.array([Kind.REPAIR, Kind.SAFETY]), 0.2)
    assert account.parts[1 + Kind.REPAIR].tolist() == pytest.approx([0.1, 0])
    assert account.parts[1 + Kind.SAFETY].tolist() == pytest.approx([0, -0.1])
    account.blend(np.array([0]), np.array([0.5]), np.array([Kind.REPAIR]), 0.2)
    assert account.parts[1 + Kind.REPAIR, 0] == pytest.approx(0.08)  # what is older fades


def test_problems_share_what_they_take_by_how_bad_they_were():
    account = Account(np.ones(1, np.float32), 1.0, Kind.labels())
    rate = np.log([0.9, 0.9, 1.0, 0.5])
    kinds = np.array([Kind.REPAIR, Kind.SAFETY, Kind.DISPUTE, Kind.REPAIR])
    account.lose(np.zeros(4, int), rate, kinds, np.ones(1, np.float32))
    taken = account.parts[:, 0]
    assert taken.sum() == pytest.approx(0.9 * 0.9 * 0.5 - 1)
    assert taken[1 + Kind.DISPUTE] == 0
    assert taken[1 + Kind.REPAIR] / taken[1 + Kind.SAFETY] == pytest.approx(1 + np.log(0.5) / np.log(0.9))
    account.lose(np.zeros(0, int), np.zeros(0), np.zeros(0, int), np.ones(1, np.float32))
    assert account.parts[:, 0].tolist() == taken.tolist()


def test_without_services_their_channels_stay_empty_and_the_work_of_a_lift_is_a_work():
    model = model_of("wuliqiao_2020")
    channels = model.keep_channels()
    assert all(not np.any(brought) for name, brought in channels.of("satisfaction")
               if name not in ("reference", "start"))  # fmt: skip
    model.experiences.add(np.arange(3), np.ones(3), of=HOME, by=SOURCES.index("works"))
    model.run_until(1)
    works = dict(channels.of("satisfaction"))["works"]
    assert np.flatnonzero(works).tolist() == [0, 1, 2]
