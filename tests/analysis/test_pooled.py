"""Many settings as one question, and levels against each other."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.anova import AnovaRM

from cogov.analysis import contrast, pooled
from cogov.analysis.contrasts import omnibus
from cogov.kit.errors import StudyError

BLOCKS, RATES = (1, 2, 3, 4), (1.0, 2.0, 3.0)


def runs(effect, replicates: int = 8, noise: float = 0.002, seed: int = 0) -> pd.DataFrame:
    """A baseline without blocks, and design b whose difference from it is ``effect(blocks, rate)``."""
    draw, rows = np.random.default_rng(seed), []
    for replicate, rate in itertools.product(range(replicates), RATES):
        world = 0.5 + 0.05 * math.sin(replicate) + 0.01 * rate
        about = {"community": "x", "replicate": replicate, "rate": rate}
        rows.append({**about, "design": "a", "blocks": math.nan, "satisfaction": world})
        for blocks in BLOCKS:
            value = world + effect(blocks, rate) + noise * draw.normal()
            rows.append({**about, "design": "b", "blocks": blocks, "satisfaction": value})
    return pd.DataFrame(rows)


PARAMETERS = ["rate", "blocks"]


def test_settings_share_replicates():
    """The interval is that of means over settings, one value a replicate: not of 96 values."""
    table = runs(lambda blocks, rate: 0.02)
    found = pooled(table, ["satisfaction"], "a", PARAMETERS).effects.iloc[0]
    wide = table.pivot(index="replicate", columns=["design", "rate", "blocks"], values="satisfaction")
    means = np.array(
        [
            [row["b", rate, b] - row["a", rate, math.nan] for rate in RATES for b in BLOCKS]
            for _, row in wide.iterrows()
        ]
    ).mean(1)
    assert (found.settings, found.pairs, found.covers) == (12, 8, "seeds")
    assert found.difference == pytest.approx(means.mean())
    expected = stats.t.interval(0.95, 7, loc=means.mean(), scale=stats.sem(means))
    assert (found.low, found.high) == pytest.approx(expected)
    assert (found.finding, found.above, found.below, found.more_than_matters) == ("better", 12, 0, 12)


def test_where_it_turns():
    found = pooled(runs(lambda blocks, rate: 0.02 * (blocks - 2.6)), ["satisfaction"], "a", PARAMETERS)
    row = found.effects.iloc[0]
    assert (row.above, row.below, row.more_than_matters, row.less_than_matters) == (6, 6, 3, 6)
    turns = found.turns.set_index("parameter")
    assert turns.loc["blocks", "split"] == 2.5
    assert turns.loc["blocks", "turns"]
    assert turns.loc["blocks", "correlation"] > 0.9
    assert turns.loc["blocks", "explained"] == pytest.approx(0.8, abs=0.03)
    assert turns.loc["rate", "explained"] < 0.05
    levels = found.levels[found.levels.parameter == "blocks"].set_index("level")
    assert levels.finding[[1, 4]].tolist() == ["worse", "better"]
    assert levels.difference.to_numpy() == pytest.approx([-0.032, -0.012, 0.008, 0.028], abs=0.002)


def test_drawn_settings_are_a_sample_too():
    table = runs(lambda blocks, rate: 0.02 * (blocks - 2))
    fixed = pooled(table, ["satisfaction"], "a", PARAMETERS).effects.iloc[0]
    drawn = pooled(table, ["satisfaction"], "a", PARAMETERS, sampled=True).effects.iloc[0]
    assert drawn.covers == "seeds and settings"
    assert drawn.high - drawn.low > 5 * (fixed.high - fixed.low)
    assert math.isnan(drawn.more)
    single = pooled(
        table[table.replicate == 0], ["satisfaction"], "a", PARAMETERS, sampled=True
    ).effects.iloc[0]
    assert (single.covers, single.pairs) == ("settings", 1)


def test_communities_are_apart_or_together():
    table = pd.concat(
        [runs(lambda *_: 0.02), runs(lambda *_: -0.02, seed=1).assign(community="y")], ignore_index=True
    )
    apart = pooled(table, ["satisfaction"], "a", PARAMETERS).effects
    assert apart.community.tolist() == ["x", "y"]
    assert apart.finding.tolist() == ["better", "worse"]
    whole = pooled(table, ["satisfaction"], "a", PARAMETERS, together=True)
    assert whole.effects.settings.tolist() == [24]
    assert whole.turns.set_index("parameter").loc["community", "turns"]


def test_nothing_varies():
    with pytest.raises(StudyError, match="no parameter varies"):
        pooled(runs(lambda *_: 0.0).query("rate == 1 and not blocks > 1"), ["satisfaction"], "a", [])


# ---------------------------------------------------------------- levels against each other


def test_levels_are_paired_by_replicate_and_other_settings():
    table = runs(lambda blocks, rate: 0.02 * blocks + 0.1 * rate)
    found = contrast(table, ["satisfaction"], "blocks", PARAMETERS)
    assert len(found.pairs) == 6
    row = found.pairs[(found.pairs.level == 3) & (found.pairs.reference == 1)].iloc[0]
    b = table[table.design == "b"].pivot(index=["replicate", "rate"], columns="blocks", values="satisfaction")
    means = (b[3] - b[1]).groupby("replicate").mean()
    assert row.difference == pytest.approx(means.mean())
    assert (row.low, row.high) == pytest.approx(stats.t.interval(0.95, 7, means.mean(), stats.sem(means)))
    assert (found.pairs.finding == "better").all()
    whole = found.whole.iloc[0]
    assert (whole.lowest, whole.highest, whole.finding) == (1, 4, "differs")
    assert whole.range == pytest.approx(0.06, abs=0.003)


def test_levels_that_make_no_difference_that_matters():
    found = contrast(runs(lambda blocks, rate: 0.001 * blocks), ["satisfaction"], "blocks", PARAMETERS)
    assert found.whole.finding.tolist() == ["small"]
    assert (
        contrast(runs(lambda *_: 0.0, noise=0.0), ["satisfaction"], "blocks", PARAMETERS).whole.finding[0]
        == "same"
    )
    assert (
        contrast(runs(lambda *_: 0.0, replicates=3), ["satisfaction"], "blocks", PARAMETERS).whole.finding[0]
        == "few"
    )


def test_a_reference_and_mistakes():
    table = runs(lambda blocks, rate: 0.02 * blocks)
    found = contrast(table, ["satisfaction"], "blocks", PARAMETERS, reference=2)
    assert found.pairs[["level", "reference"]].to_numpy().tolist() == [[1, 2], [3, 2], [4, 2]]
    with pytest.raises(StudyError, match="unknown level '7'"):
        contrast(table, ["satisfaction"], "blocks", PARAMETERS, reference=7)
    with pytest.raises(StudyError, match=r"unknown parameter 'block'; did you mean 'blocks'\?"):
        contrast(table, ["satisfaction"], "block", PARAMETERS)
    with pytest.raises(StudyError, match="has 1 levels"):
        contrast(table[table.rate == 1], ["satisfaction"], "rate", PARAMETERS)


def test_the_test_of_all_levels_is_that_of_repeated_measures():
    values = np.random.default_rng(0).normal(size=(9, 2))
    assert omnibus(values) == pytest.approx(stats.ttest_rel(*values.T).pvalue)  # epsilon of two levels is 1
    values = np.random.default_rng(0).normal(size=(300, 4))
    frame = pd.DataFrame([(i, k, value) for (i, k), value in np.ndenumerate(values)], columns=["s", "k", "y"])
    expected = AnovaRM(frame, "y", "s", ["k"]).fit().anova_table["Pr > F"].iloc[0]
    assert omnibus(values) == pytest.approx(expected, rel=0.05)  # epsilon is nearly 1
    assert math.isnan(omnibus(values[:5]))


@pytest.mark.slow
def test_the_test_of_all_levels_keeps_its_level():
    """Levels that vary more the further they are apart: 3,000 studies of 8 replicates."""
    draw = np.random.default_rng(5)
    p = [omnibus(draw.normal(size=(8, 5)).cumsum(1)) for _ in range(3000)]
    assert 0.03 < np.mean(np.array(p) < 0.05) < 0.065
