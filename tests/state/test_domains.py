from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov import GovernanceModel
from cogov.community.cohorts import ROUND, Cohort
from cogov.state.domains import UNCHANGED, Domains, Weights
from tests.helpers import reals

WEIGHTS = Weights(0.5, 0.4, 0.1)
PEOPLE, CELLS = ROUND + 70, 3


def domains(start=0.5):
    return Domains(
        np.full(PEOPLE, start, np.float32), np.arange(PEOPLE, dtype=np.int32) % CELLS, CELLS, WEIGHTS
    )


def everybody(now):
    return now.satisfaction(np.arange(PEOPLE))


def parts(now):
    return now.channels(float(now.ease.mean(dtype=float)), float(now.home.mean(dtype=float)))


def test_people_begin_as_satisfied_as_they_were():
    now = domains(0.3)
    np.testing.assert_allclose(everybody(now), 0.3, rtol=1e-6)
    assert parts(now) == pytest.approx({"reference": 0.3, "services": 0, "issues": 0, "works": 0}, abs=1e-6)


def test_they_come_to_judge_by_how_things_are():
    now = domains(0.3)
    met = np.array([[0.2, 0.4, 0.9]])
    for week in range(400):
        now.take_stock(Cohort.in_week(week), met, 0.8)
    expected = 0.5 * met[0, np.arange(PEOPLE) % CELLS] + 0.4 + 0.1 * UNCHANGED
    np.testing.assert_allclose(everybody(now), expected, rtol=1e-5)
    assert parts(now)["reference"] == pytest.approx(0.45)
    assert parts(now)["issues"] == pytest.approx(0, abs=1e-6)


def test_a_quarter_takes_stock():
    now = domains()
    level = now.take_stock(Cohort(1), np.ones((1, CELLS)), 0.5)
    moved, rows = everybody(now), [*range(64, 128), *range(ROUND + 64, ROUND + 70)]
    np.testing.assert_array_equal(moved[rows], level)
    np.testing.assert_allclose(moved[rows], 0.5 + 0.5 * (0.95 - 0.5))
    np.testing.assert_allclose(np.delete(moved, rows), 0.5)


@given(
    reals(0, 1),
    st.lists(
        st.tuples(st.integers(0, 3), reals(0, 1), reals(0, 1), st.integers(0, PEOPLE - 1), reals(0, 1)),
        max_size=20,
    ),
)
def test_channels_add_up_and_levels_stay_in_bounds(start, weeks):
    now = domains(start)
    for cohort, met, kept, row, left in weeks:
        now.ease[row] *= np.float32(left)
        now.home[-row] = left
        now.take_stock(Cohort(cohort), np.full((1, CELLS), met), kept)
        level = everybody(now)
        assert ((level >= 0) & (level <= 1)).all()
        assert sum(parts(now).values()) == pytest.approx(float(level.mean(dtype=float)), abs=1e-6)
        assert parts(now)["issues"] <= 1e-6


def test_the_parts_of_a_run_add_up_to_its_satisfaction_and_to_the_difference_of_designs():
    runs = []
    for design in ("line_hierarchy", "wuliqiao_2020"):
        model = GovernanceModel("small", design, rng=3, weeks=60, reform_week=8)
        for _ in range(60):
            model.step()
        runs.append(model.record.to_frame())
    names = [f"satisfaction_{name}" for name in ("reference", "services", "issues", "works")]
    for run in runs:
        np.testing.assert_allclose(run[names].sum(axis=1), run["satisfaction"], atol=1e-6)
        assert (run["satisfaction_issues"] <= 1e-6).all()
    np.testing.assert_array_equal(runs[0]["satisfaction_reference"], runs[1]["satisfaction_reference"])
    assert (runs[1]["satisfaction_services"] != runs[0]["satisfaction_services"])[8:].any()
