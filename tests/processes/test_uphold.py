"""Compacts hold down what a cause breeds, where somebody reminds or neighbours trust each other."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.processes.books import open_books
from cogov.processes.uphold import uphold
from cogov.rules import Compact
from cogov.terms import Cause
from tests.helpers import post, situation

DOGS = Compact(name="dogs", keeper="steward", upkeep=1.0, meetings=4.0)
STEWARD = post("steward", area="compound", heads=1, hours=10)


def weeks(model, n, trust=0.5):
    model.residents.trust_neighbours[:] = trust
    for _ in range(n):
        model.week += 1
        open_books(model)
        uphold(model)


def test_a_compact_is_agreed_reminded_of_and_then_kept():
    model = situation(STEWARD, DOGS)
    weeks(model, 3)
    assert model.compacts.kept["dogs"].to_agree == pytest.approx(1.0)
    assert not model.causes.relief.any()
    weeks(model, 100)
    share = model.compacts.kept["dogs"].share
    assert (share > 0.8).all()
    np.testing.assert_allclose(model.causes.relief[Cause.CONDUCT], 0.4 * share)
    assert not model.causes.relief[Cause.PARKING].any()


def test_without_anybody_to_remind_it_is_never_agreed_on():
    model = situation(STEWARD, Compact(name="dogs", meetings=4.0))
    weeks(model, 60)
    assert not model.causes.relief.any()


def test_reminded_of_no_longer_it_erodes_where_neighbours_do_not_trust_each_other():
    kept = {}
    for trust in (0.2, 0.8):
        model = situation(STEWARD, DOGS)
        weeks(model, 100, trust)
        model.adopt(situation(STEWARD).design)
        weeks(model, 300, trust)
        kept[trust] = float(model.compacts.kept["dogs"].share.mean())
    assert kept[0.2] < 0.15
    assert kept[0.8] > 0.7


def test_hours_that_are_short_remind_less():
    full, short = (
        situation(STEWARD, DOGS),
        situation(post("steward", area="compound", heads=1, hours=0.2), DOGS),
    )
    for model in (full, short):
        weeks(model, 120, trust=0.2)
    assert full.causes.relief[Cause.CONDUCT].mean() > 2 * short.causes.relief[Cause.CONDUCT].mean()
