"""Channels by which issues come to be noticed are competing risks: 1 - prod(1 - p) a week."""

from __future__ import annotations

import numpy as np

from cogov.processes.books import open_books
from cogov.processes.sense import sense
from cogov.rules import Observation, Reports
from cogov.state.issues import State
from tests.helpers import post, put, situation

ISSUES = 20_000


def many_issues(order_hours: float = 0.0):
    """Many issues of one person each, who may tell (0.06 a week), call (0.10) or be visited."""
    rules = (
        post(observe=0.5),
        post("office", area="subdistrict"),
        Reports(name="reports", channel="committee"),
        Reports(name="hotline", channel="hotline"),
        Observation(name="visits", post="committee", speed=0.5),
    )
    model = situation(
        *rules,
        sense={
            "report_rate": 0.1,
            "word": 0.0,
            "call_rate": 0.1,
            "growth": 0.0,
            "order_hours": order_hours,
            "report_hours": 0.0,
        },
        arise={"dispute": {"visibility": 0.5}},
    )
    model.residents.trust_committee[:] = 0.6
    fates = np.random.default_rng(3).standard_exponential((3, ISSUES))
    put(model, copies=ISSUES, urgency=1.0, **dict(zip(("tell", "call", "spot"), fates, strict=True)))
    model.issues.row1[:] = model.issues.row0 + 1
    return model


def chances(model):
    """What each channel would notice by itself in a week."""
    buildings = model.institutions.areas["neighbourhood"].buildings[0]
    seen = 0.5 * (1 - np.exp(-10 * 0.5 / buildings))  # ten hours at 0.5 buildings an hour
    return np.array([0.06, 0.1, seen])


def near(share: float, expected: float) -> bool:
    return abs(share - expected) < 4 * np.sqrt(expected * (1 - expected) / ISSUES)


def test_an_issue_is_noticed_by_any_of_its_channels():
    model = many_issues()
    p = chances(model)
    assert p.min() > 0.05
    kept = 1.0
    for week in range(1, 5):  # and what is left is noticed as often the next week
        model.week = week
        open_books(model)
        sense(model)
        kept *= np.prod(1 - p)
        assert near((model.issues.state != State.LATENT).mean(), 1 - kept)


def test_without_anybody_to_take_calls_the_other_channels_are_left():
    model = many_issues(order_hours=1.0)
    model.institutions.ledger.left[model.institutions.posts.at("office")] = 0.0
    p = chances(model)[[0, 2]]
    sense(model)
    assert near((model.issues.state != State.LATENT).mean(), 1 - np.prod(1 - p))
    assert not model.issues.hotline.any()


def test_channels_share_what_is_noticed_by_their_hazards():
    model = many_issues()
    p = chances(model)
    hazard = -np.log1p(-p)
    sense(model)
    noticed = 1 - np.prod(1 - p)
    assert near(model.issues.hotline.mean(), noticed * hazard[1] / hazard.sum())
