"""Whether levels stand still: a drift is seen, noise and what is too small to matter are not."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cogov.outcomes import MEASURES, WEEKLY
from cogov.outcomes.stationary import LEAST, SURE, WATCHED, moved

WEEKS = np.arange(LEAST)


def record(before: int = 0, **levels: np.ndarray | float) -> SimpleNamespace:
    """A record in which all stands still at 0.5 but what is given for its last two years."""
    series = np.full((before + LEAST, len(WEEKLY)), 0.5)
    for name, values in levels.items():
        series[before:, WEEKLY.index(name)] = values
    return SimpleNamespace(series=series, weeks=before + LEAST)


def test_all_that_is_watched_is_recorded_every_week():
    assert set(WATCHED) <= set(WEEKLY)


def test_what_does_not_change_stands_still():
    assert moved(record()) == {}


@given(st.floats(-1, 1).filter(lambda slope: abs(slope) > 0.011), st.sampled_from(WATCHED))
def test_a_steady_drift_is_seen_however_small_its_steps(slope, name):
    # In a year by more than half of what matters, or a twentieth of itself.
    scale = MEASURES[name].matters or 0.5 / 10
    found = moved(record(**{name: 0.5 + scale * slope * WEEKS / 52 * 50}))
    assert found == {name: pytest.approx(scale * slope * 50)}


def test_a_drift_of_less_than_half_of_what_matters_in_a_year_is_none():
    matters = MEASURES["belonging"].matters
    assert moved(record(belonging=0.5 + 0.49 * matters * WEEKS / 52)) == {}
    assert moved(record(belonging=0.5 + 0.51 * matters * WEEKS / 52)).keys() == {"belonging"}


def test_a_level_without_a_size_that_matters_may_move_by_a_twentieth():
    assert MEASURES["open"].matters is None
    assert moved(record(open=1000 * (1 + 0.04 * WEEKS / 52))) == {}
    assert moved(record(open=1000 * (1 + 0.06 * WEEKS / 52))).keys() == {"open"}


def test_years_that_differ_less_than_their_own_quarters_do_are_noise():
    wave = np.where(WEEKS // 13 % 2, 0.1, -0.1)
    step = np.where(WEEKS < 52, 0.0, 0.1)
    assert moved(record(satisfaction=0.5 + wave + step)) == {}
    assert moved(record(satisfaction=0.5 + 0.1 * wave + step)).keys() == {"satisfaction"}


@given(st.integers(0, 2**32 - 1))
def test_the_statistic_is_students_t_of_quarters(seed):
    draw = np.random.default_rng(seed)
    quarters = draw.normal(0.5, 1.0, 8) + np.repeat([0.0, draw.normal(0, 4)], 4)
    found = moved(record(satisfaction=np.repeat(quarters, 13)))
    t = stats.ttest_ind(quarters[4:], quarters[:4])
    assert ("satisfaction" in found) == (t.pvalue < 0.01)
    assert pytest.approx(stats.t.ppf(0.995, 6), abs=1e-3) == SURE


def test_only_the_last_two_years_count():
    late = record(before=52)
    late.series[:52] = 9.0
    assert moved(late) == {}
