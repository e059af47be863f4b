"""A drive: hours go to the places with most on record, and are missing elsewhere and afterwards."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.mechanisms import HundredDayCampaign
from cogov.rules import Design, Programme
from cogov.rules.shipped import load_design
from cogov.state.issues import State
from cogov.terms import Cause
from tests.helpers import small

BEFORE, LENGTH, REST = 12, 14, 8
"""Weeks without it, weeks of the drive, weeks in which staff take their hours off."""
BASE = load_design("line_hierarchy")
MENDING = {
    "works": 2.0,
    "mend": "charging",
    "left": 0.0,
    "taken_up": 1.0,
    "cost": 10.0,
    "permits": 0,
    "building": 1,
}


@cache
def path(**values) -> dict[str, np.ndarray]:
    """Week by week: issues open on record by neighbourhood, hours of its posts and of the office."""
    with_it = Design((*BASE.mechanisms, HundredDayCampaign(**values)), name="drive")
    model = GovernanceModel(
        small(), with_it, baseline=BASE, reform_week=BEFORE, run_in=0, rng=1, weeks=BEFORE + LENGTH + 2 * REST
    )
    found: dict[str, list[np.ndarray]] = {}
    for week in range(1, BEFORE + LENGTH + 2 * REST + 1):
        model.run_until(week)
        issues, posts, ledger = model.issues, model.institutions.posts, model.institutions.ledger
        there = (issues.state > State.LATENT) & (issues.state < State.RESOLVED)
        home = model.places.compound_neighbourhood[issues.compound[there]]
        found.setdefault("open", []).append(np.bincount(home, minlength=3))
        for name in ("team", "overtime", "helpers"):
            hours = ledger.available[posts.at(f"campaign_{name}")]
            found.setdefault(name, []).append(hours if len(hours) else np.zeros(3))
        office = posts.at("office")
        found.setdefault("office", []).append(ledger.available[office])
        lost = ledger.spent.get("moving", np.zeros(posts.rows))
        found.setdefault("off", []).append(lost[office])
        worked = ledger.spent.get("handling", np.zeros(posts.rows))
        found.setdefault("worked", []).append(worked[posts.at("campaign_team")].sum(keepdims=True))
        found.setdefault("charging", []).append(model.causes.level[Cause.CHARGING].astype(float))
    return {name: np.array(values) for name, values in found.items()}


DURING = slice(BEFORE, BEFORE + LENGTH)
RESTING = slice(BEFORE + LENGTH, BEFORE + LENGTH + REST)


def test_one_place_with_most_on_record_gets_the_hours_for_a_hundred_days_and_no_longer():
    found = path(priority=0.0)
    target = found["team"][BEFORE].argmax()
    for name in ("team", "overtime", "helpers"):
        first = BEFORE + (name == "helpers")  # they are asked as it begins
        assert (found[name][first : DURING.stop, target] > 0).all()
        assert np.delete(found[name], target, axis=1).sum() == 0
        assert found[name][: DURING.start].sum() == found[name][DURING.stop :].sum() == 0
    assert found["worked"][DURING].sum() > 0


def test_what_the_team_gets_the_office_lacks_and_overtime_is_taken_off_afterwards():
    found = path(priority=0.0)
    whole = found["office"][0, 0]
    np.testing.assert_allclose(found["team"][DURING].sum(1), 0.9 * 0.3 * whole)
    np.testing.assert_allclose(found["office"][DURING, 0], (1 - 0.9 * 0.3) * whole)
    assert found["off"][RESTING].sum() == pytest.approx(found["overtime"].sum())
    assert found["off"][RESTING.stop :].sum() == 0


def test_its_backlog_falls_against_a_twin_and_that_of_the_others_does_not():
    with_it, without = path(priority=0.0, largest=100.0), path(**HundredDayCampaign.zero)
    target = with_it["team"][BEFORE].argmax()
    saved = (without["open"] - with_it["open"])[DURING]
    assert saved[:, target].mean() > 1
    assert np.delete(saved, target, axis=1).mean() < 0.2
    np.testing.assert_array_equal(without["open"][:BEFORE], with_it["open"][:BEFORE])


def test_without_hands_there_is_no_effect():
    cut = path(**HundredDayCampaign.zero | {"helpers": 10.0, "willing": 0.0, "purse": 5.0})
    np.testing.assert_array_equal(cut["open"], path(**HundredDayCampaign.zero)["open"])


def test_a_cause_is_mended_in_the_target_and_nowhere_else_and_only_if_asked_for():
    nobody = HundredDayCampaign.zero
    mended, left = path(**nobody | MENDING | {"purse": 500.0}), path(**nobody)
    better = mended["charging"][-1] < left["charging"][-1]
    assert better.any()
    assert not better.all()
    unpaid = path(**nobody | MENDING)["charging"]
    np.testing.assert_array_equal(unpaid, left["charging"])
    (works,) = [rule for rule in HundredDayCampaign().rules() if isinstance(rule, Programme)]
    assert works.null
