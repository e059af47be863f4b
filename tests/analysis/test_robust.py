"""Differences over draws of the assumptions: the interval, the shares, who is best, what chance has in it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cogov.analysis.findings import Finding
from cogov.analysis.robust import LEAST_DRAWS, interval, robust
from cogov.study.draws import unit

MATTERS = {"satisfaction": 0.1}


def runs(**values) -> pd.DataFrame:
    """Runs of designs, a value a draw."""
    parts = [
        pd.DataFrame({"design": design, "replicate": range(len(each)), "satisfaction": each})
        for design, each in values.items()
    ]
    return pd.concat(parts, ignore_index=True)


def of(table: pd.DataFrame, design: str) -> pd.Series:
    return table.set_index("design").loc[design]


def test_shares_are_of_draws_and_ties_count_half():
    base = np.zeros(64)
    good = np.array([0.2] * 32 + [0.05] * 16 + [0.0] * 8 + [-0.2] * 8)
    row = of(robust(runs(base=base, good=good), ["satisfaction"], "base", matters=MATTERS), "good")
    assert row["draws"] == 64
    assert row["difference"] == pytest.approx(good.mean())
    assert row["holds"] == pytest.approx((48 + 4) / 64)
    assert (row["better"], row["worse"]) == (0.5, 0.125)
    assert row["prob_best"] == pytest.approx((48 + 4) / 64)
    assert row["order"] == pytest.approx(56 / 64)
    assert row["holds_low"] < row["holds"] < row["holds_high"]


@pytest.mark.parametrize(
    ("shift", "spread", "finding"),
    [
        (0.5, 0.1, Finding.BETTER),
        (-0.5, 0.1, Finding.WORSE),
        (0.0, 0.02, Finding.SMALL),
        (0.1, 0.1, Finding.OPEN),
    ],
)
def test_the_finding_is_of_the_whole_interval(shift, spread, finding):
    each = shift + spread * np.linspace(-1, 1, 64)
    row = of(robust(runs(base=np.zeros(64), other=each), ["satisfaction"], "base", matters=MATTERS), "other")
    assert row["finding"] == finding


def test_few_draws_carry_no_interval():
    few = robust(runs(base=np.zeros(38), other=np.arange(38.0)), ["satisfaction"], "base")
    assert of(few, "other")["finding"] == Finding.FEW
    assert np.isnan(interval(np.arange(38.0))[0])
    assert np.isfinite(interval(np.arange(float(LEAST_DRAWS)))).all()


def test_a_draw_that_failed_under_one_design_counts_for_no_pair():
    table = runs(base=np.zeros(64), other=np.ones(64)).assign(status="done")
    table.loc[table.index[:4], "status"] = "failed"
    assert of(robust(table, ["satisfaction"], "base"), "other")["draws"] == 60


def test_the_part_of_chance_is_what_seeds_do_at_the_default_values():
    rng = np.random.default_rng(1)
    each = rng.normal(0, 2, 4000) + rng.normal(0, 1, 4000)
    seeds = runs(base=np.zeros(2000), other=rng.normal(0, 1, 2000))
    row = of(robust(runs(base=np.zeros(4000), other=each), ["satisfaction"], "base", seeds), "other")
    assert row["chance"] == pytest.approx(0.2, abs=0.03)


def test_three_designs_have_shares_that_add_up_and_one_order():
    draws = 200
    rng = np.random.default_rng(2)
    table = robust(
        runs(base=np.zeros(draws), a=rng.normal(0.3, 1, draws), b=rng.normal(-0.3, 1, draws)),
        ["satisfaction"],
        "base",
    )
    assert 0 < table["prob_best"].sum() < 1
    assert table["order"].nunique() == 1
    assert 0.05 < table["order"].iloc[0] < 0.6


def coverage(studies: int, draws: int) -> float:
    """How often one more draw of a skewed difference lies in the interval over assumptions."""
    held = 0
    for study in range(studies):
        points = unit([f"p{k}" for k in range(6)], draws, study)
        noise = np.random.default_rng(study)
        each = np.exp(points[:, :4].sum(1)) - 20 * points[:, 4] * points[:, 5] + noise.normal(0, 1, draws)
        low, high = interval(each)
        more = noise.random((200, 6))
        fresh = np.exp(more[:, :4].sum(1)) - 20 * more[:, 4] * more[:, 5] + noise.normal(0, 1, 200)
        held += ((fresh >= low) & (fresh <= high)).sum()
    return held / studies / 200


def test_the_interval_over_assumptions_holds_one_more_draw():
    assert 0.94 < coverage(60, 64) < 0.98


@pytest.mark.slow
@pytest.mark.parametrize("draws", [64, 128, 256])
def test_the_interval_over_assumptions_covers_what_it_says(draws):
    assert 0.945 < coverage(1000, draws) < 0.975


@pytest.mark.slow
def test_the_share_of_draws_has_an_interval_that_covers():
    rng = np.random.default_rng(3)
    for chance in (0.5, 0.9, 0.98):
        held = 0
        for _ in range(400):
            each = np.where(rng.random(128) < chance, 1.0, -1.0)
            row = of(robust(runs(base=np.zeros(128), other=each), ["satisfaction"], "base"), "other")
            held += row["prob_best_low"] <= chance <= row["prob_best_high"]
        assert held >= stats.binom.ppf(0.001, 400, 0.95)
