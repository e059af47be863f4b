"""Scenario discovery: a known box is found, noise has none, bounds that say nothing are dropped."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cogov.analysis.corner import corner
from cogov.study.draws import unit

NAMES = [f"processes.sense.a{k}" for k in range(10)]


def drawn(draws: int = 256, seed: int = 0) -> pd.DataFrame:
    return pd.DataFrame(unit(NAMES, draws, seed), columns=NAMES)


def test_a_known_box_is_found():
    values = drawn()
    inside = (values[NAMES[0]] > 0.6) & (values[NAMES[3]] < 0.5)
    found = corner(values, inside.to_numpy())
    assert set(found.limits["parameter"]) == {NAMES[0], NAMES[3]}
    bounds = found.limits.set_index("parameter")
    assert bounds.loc[NAMES[0], "low"] == pytest.approx(0.6, abs=0.05)
    assert bounds.loc[NAMES[3], "high"] == pytest.approx(0.5, abs=0.05)
    assert (bounds["quasi_p"] < 0.001).all()
    assert min(found.density, found.coverage) > 0.9
    assert found.support == pytest.approx(0.2, abs=0.04)
    assert found.loses == pytest.approx(inside.mean())


def test_a_box_is_found_through_noise():
    values = drawn()
    inside = ((values[NAMES[0]] > 0.6) & (values[NAMES[3]] < 0.5)).to_numpy()
    flipped = np.random.default_rng(1).random(len(values)) < 0.1
    found = corner(values, inside ^ flipped)
    assert {NAMES[0], NAMES[3]} <= set(found.limits["parameter"])
    assert found.density > 0.7
    assert found.coverage > 0.5


def test_a_tree_finds_the_same_corner():
    values = drawn()
    inside = (values[NAMES[0]] > 0.6) & (values[NAMES[3]] < 0.5)
    leaf = corner(values, inside.to_numpy()).leaves.iloc[0]
    assert NAMES[0] in leaf["rule"]
    assert NAMES[3] in leaf["rule"]
    assert leaf["density"] > 0.95


def test_where_a_design_hardly_ever_loses_there_is_no_corner():
    assert corner(drawn(), np.arange(256) < 7) is None
    assert corner(drawn(), np.arange(256) < 250) is None


def test_coverage_density_and_support_are_those_of_the_box():
    values = drawn(128, 3)
    loses = (values[NAMES[1]] + values[NAMES[2]] > 1.2).to_numpy()
    found = corner(values, loses)
    assert found.density == pytest.approx(loses[found.inside].mean())
    assert found.coverage == pytest.approx(found.inside[loses].mean())
    assert found.support == pytest.approx(found.inside.mean())
    assert found.support >= 0.1


def test_a_corner_of_few_losses_is_found_among_assumptions_that_do_not_matter():
    hits, false = 0, 0
    for seed in range(6):
        values = drawn(seed=seed)
        inside = ((values[NAMES[0]] > 0.65) & (values[NAMES[3]] < 0.35)).to_numpy()
        luck = np.random.default_rng(seed).random(len(values))
        found = corner(values, luck < np.where(inside, 0.8, 0.05))
        hits += {NAMES[0], NAMES[3]} <= set(found.limits["parameter"]) and found.density > 3 * found.loses
        false += len(set(found.limits["parameter"]) - {NAMES[0], NAMES[3]})
    assert hits >= 4  # shown all ten, it found one
    assert false <= 2
