"""Units of weekly values and of what a run comes to."""

from __future__ import annotations

from cogov.words import better, label, outcome_unit, weekly_unit


def test_a_sum_over_weeks_is_no_longer_per_week():
    assert (weekly_unit("lifts_built"), outcome_unit("lifts_built")) == ("lifts/week", "lifts")
    assert (weekly_unit("offered"), outcome_unit("offered")) == ("h/week", "h/week")


def test_words():
    assert label("trust_committee") == "Trust committee"
    assert (better("cost"), better("satisfaction")) == ("less is better", "more is better")
