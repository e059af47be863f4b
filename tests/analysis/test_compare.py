"""Paired differences, worked out by hand or by another route."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from cogov.analysis import compare
from cogov.analysis.compare import STATISTICS
from cogov.kit.errors import StudyError

NAN = math.nan


def runs(**designs: list[float]) -> pd.DataFrame:
    """Runs of designs with one outcome, in its own good direction."""
    return pd.DataFrame(
        [
            {"design": design, "replicate": replicate, "satisfaction": value}
            for design, values in designs.items()
            for replicate, value in enumerate(values)
        ]
    )


def one(table: pd.DataFrame, **options):
    """The only row of a comparison of satisfaction with design a."""
    (row,) = compare(table, ["satisfaction"], "a", **options).itertuples()
    return row


def noisy(designs: int, replicates: int, seed: int = 0, **columns: float) -> pd.DataFrame:
    """Designs a, b, c ... that share most of their noise; b is better by 0.1, c by 0.2, and so on."""
    draw = np.random.default_rng(seed)
    common = draw.normal(size=replicates)
    own = 0.3 * draw.normal(size=(designs, replicates))
    names = "abcdefgh"[:designs]
    return runs(**{name: (common + own[i] + 0.1 * i).tolist() for i, name in enumerate(names)}).assign(
        **columns
    )


# ---------------------------------------------------------------- the statistics


def test_every_statistic_of_one_difference():
    table = noisy(2, 40)
    row = one(table)
    a, b = (table.loc[table.design == name, "satisfaction"].to_numpy() for name in "ab")
    assert (row.outcome, row.design, row.pairs) == ("satisfaction", "b", 40)
    assert (row.baseline, row.mean) == pytest.approx((a.mean(), b.mean()))
    assert row.difference == pytest.approx((b - a).mean())
    assert (row.low, row.high) == pytest.approx(tuple(stats.ttest_rel(b, a).confidence_interval()))
    assert row.per_cent == pytest.approx(100 * (b - a).mean() / abs(a.mean()))
    assert row.effect_size == pytest.approx((b - a).mean() / (b - a).std(ddof=1))
    assert row.p == pytest.approx(stats.ttest_rel(b, a).pvalue)
    # var(b - a) = var(a) + var(b) - 2 cov(a, b)
    saved = 2 * np.cov(a, b)[0, 1] / (a.var(ddof=1) + b.var(ddof=1))
    assert row.variance_saved == pytest.approx(saved)
    assert saved > 0.8


def test_by_hand():
    row = one(runs(a=[1.0, 2.0, 4.0], b=[2.0, 4.0, 5.0]))
    assert row.difference == pytest.approx(4 / 3)
    assert row.per_cent == pytest.approx(100 * 4 / 7)
    assert row.effect_size == pytest.approx((4 / 3) / math.sqrt(1 / 3))  # of differences 1, 2, 1
    assert row.variance_saved == pytest.approx(1 - (1 / 3) / (7 / 3 + 7 / 3))
    assert row.finding == "few"
    assert math.isnan(row.prob_best)


def test_the_same_numbers_always_and_in_whatever_order_the_runs_are():
    table = noisy(3, 10)
    first = compare(table, ["satisfaction"], "a")
    assert list(first.columns) == ["outcome", "design", *STATISTICS]
    pd.testing.assert_frame_equal(first, compare(table, ["satisfaction"], "a"), check_exact=True)
    shuffled = compare(table.sample(frac=1, random_state=0), ["satisfaction"], "a")
    shuffled = shuffled.set_index("design").loc[["b", "c"]].reset_index()[list(first.columns)]
    pd.testing.assert_frame_equal(first, shuffled, rtol=1e-12)


def test_pairs_are_made_by_replicate_and_not_by_order():
    table = runs(a=[1.0, 2.0, 3.0], b=[11.0, 12.0, 13.0])
    shuffled = pd.concat([table[table.design == "a"], table[table.design == "b"][::-1]])
    row = one(shuffled)
    assert row.difference == 10
    assert row.effect_size != row.effect_size  # the same in every pair


def test_rows_are_by_outcome_then_by_arm_in_order_of_appearance():
    table = pd.concat([noisy(3, 4, community="y"), noisy(3, 4, community="x")])
    table = table.assign(cost=table.satisfaction * 2)
    found = compare(table, ["cost", "satisfaction"], "b")
    assert found[["outcome", "community", "design"]].to_numpy().tolist() == [
        [outcome, place, design] for outcome in ("cost", "satisfaction") for place in "yx" for design in "ac"
    ]


# ---------------------------------------------------------------- the limits


def test_without_spread():
    row = one(runs(a=[0.1, 0.2, 0.3], b=[0.3, 0.4, 0.5]))  # differences of 0.2 but for rounding
    assert row.difference == pytest.approx(0.2)
    for name in ("effect_size", "low", "high", "p", "p_holm"):
        assert math.isnan(getattr(row, name)), name
    assert row.finding == "few"
    assert row.variance_saved == pytest.approx(1)
    row = one(runs(a=[0.1, 0.2], b=[0.1, 0.2]))
    assert (row.difference, row.per_cent, row.finding) == (0, 0, "same")
    row = one(runs(a=[5.0, 5.0], b=[6.0, 6.0]))
    assert math.isnan(row.variance_saved)  # nothing there to be saved
    assert math.isnan(row.prob_best)
    assert one(runs(a=[5.0] * 6, b=[6.0] * 6)).prob_best == 1


def test_one_pair_has_a_difference_and_nothing_else():
    row = one(runs(a=[1.0], b=[3.0]))
    assert (row.pairs, row.difference, row.per_cent) == (1, 2, 200)
    for name in ("low", "high", "effect_size", "p", "p_holm", "prob_best", "variance_saved"):
        assert math.isnan(getattr(row, name)), name


@pytest.mark.parametrize("pairs", [2, 3, 5, 6])
def test_without_any_effect_few_pairs_claim_nothing(pairs):
    """Ten outcomes that never differ but by luck, of which many are equal in all pairs: 50 studies."""
    draw, claimed = np.random.default_rng(pairs), 0
    names = ["satisfaction", "belonging", "lifts_built", "cost", "lost", "turnout", "isolates", "deficit"]
    for _ in range(50):
        table = runs(a=[0.0] * pairs, b=[0.0] * pairs)
        for name in names:
            table[name] = (draw.random(len(table)) < 0.3) * draw.choice([-1.0, 1.0], len(table))
        found = compare(table, names, "a")
        claimed += (found.sign != 0).any() or found.finding.isin(["better", "worse", "small"]).any()
    assert claimed <= 5


@pytest.mark.parametrize("nothing", [NAN, math.inf, -math.inf])
def test_a_missing_value_leaves_no_pair(nothing):
    row = one(runs(a=[1.0, nothing, 2.0], b=[3.0, 4.0, nothing]))
    assert (row.pairs, row.baseline, row.mean) == (1, 1, 3)
    row = one(runs(a=[nothing], b=[3.0]))
    assert row.pairs == 0
    assert math.isnan(row.difference)


def test_failed_runs_have_no_values_and_do_not_disappear():
    table = runs(a=[1.0, 2.0, 3.0], b=[2.0, 3.5, 4.0], c=[9.0, 9.0, 9.0])
    table["status"] = "done"
    table.loc[[1, 3], "status"] = "failed"  # replicate 1 of a, 0 of b
    table.loc[table.design == "c", "status"] = "failed"
    b, c = compare(table, ["satisfaction"], "a").itertuples()
    assert (b.pairs, b.baseline, b.difference) == (1, 3, 1)
    assert (c.design, c.pairs) == ("c", 0)
    assert math.isnan(c.mean)


def test_a_difference_from_nothing_has_no_percentage_and_one_from_less_than_nothing_has():
    assert math.isnan(one(runs(a=[-1.0, 1.0], b=[2.0, 3.0])).per_cent)
    assert one(runs(a=[-2.0, -2.0], b=[-1.0, -1.0])).per_cent == 50


# ---------------------------------------------------------------- many at once


def test_holm_goes_over_all_designs_and_outcomes():
    table = noisy(4, 12)
    table["cost"] = np.random.default_rng(3).normal(size=len(table))
    table["trust_firm"] = [NAN] * len(table)
    found = compare(table, ["satisfaction", "cost", "trust_firm"], "a")
    there = found[found.outcome != "trust_firm"]
    p = np.sort(there.p.to_numpy())
    by_hand = np.minimum(np.maximum.accumulate(p * (len(p) - np.arange(len(p)))), 1)
    assert np.sort(there.p_holm.to_numpy()) == pytest.approx(by_hand)
    assert there.p_holm.to_numpy() == pytest.approx(multipletests(there.p, method="holm")[1])
    assert found[found.outcome == "trust_firm"].p_holm.isna().all()


def test_the_probability_of_being_best():
    table = noisy(4, 12, seed=5)
    table["cost"] = table["satisfaction"]
    table["arrived"] = table["satisfaction"]
    found = compare(table, ["satisfaction", "cost", "arrived"], "a")
    wide = table.pivot(index="replicate", columns="design", values="satisfaction")
    draws = np.random.default_rng(9).integers(0, 12, (20_000, 12))
    means = wide.to_numpy()[draws].mean(1)
    for outcome, best in (("satisfaction", means.argmax(1)), ("cost", means.argmin(1))):
        expected = np.bincount(best, minlength=4)[1:] / len(draws)
        assert found[found.outcome == outcome].prob_best.to_numpy() == pytest.approx(expected, abs=0.015)
    assert found[found.outcome == "arrived"].prob_best.isna().all()  # neither more nor less is better


def test_the_probability_of_being_best_is_over_complete_replicates():
    # with replicate 2, c would be best in some resamples
    table = runs(
        a=[*np.linspace(1, 2, 8), NAN],
        b=[*np.linspace(2, 4, 8), 2.0],
        c=[*np.linspace(0, 1.5, 8), 99.0],
        d=[NAN] * 9,
    )
    found = compare(table, ["satisfaction"], "a").set_index("design")["prob_best"]
    assert (found["b"], found["c"]) == (1, 0)
    assert math.isnan(found["d"])


def test_communities_are_apart():
    table = pd.concat([noisy(3, 8, community="x"), noisy(3, 8, seed=1, community="y")])
    found = compare(table, ["satisfaction"], "a")
    for place in "xy":
        alone = compare(table[table.community == place], ["satisfaction"], "a")
        mine = found[found.community == place].reset_index(drop=True)
        adjusted = ["p_holm", "p_beyond", "p_within", "more", "finding", "sign"]
        pd.testing.assert_frame_equal(mine.drop(columns=adjusted), alone.drop(columns=adjusted))


# ---------------------------------------------------------------- parameters


def arm(design: str, value: float, **parameters: object) -> pd.DataFrame:
    table = runs(**{design: [value + world for world in range(6)]})
    return table.assign(community="x", **parameters)


def test_the_partner_has_equal_values_in_what_applies_to_the_baseline():
    """``rate`` is a process's and applies to all; ``blocks`` is a mechanism's that only b has."""
    table = pd.concat(
        [arm("a", 10 * rate, rate=rate, blocks=NAN) for rate in (1.0, 2.0)]
        + [
            arm("b", 10 * rate + blocks, rate=rate, blocks=blocks)
            for rate in (1.0, 2.0)
            for blocks in (3.0, 4.0)
        ]
        + [arm("c", 10 * rate + 3.5, rate=rate, blocks=NAN) for rate in (2.0, 5.0)],
        ignore_index=True,
    )
    found = compare(table, ["satisfaction"], "a", ["rate", "blocks"])
    assert list(found.columns) == ["outcome", "community", "rate", "blocks", "design", *STATISTICS]
    rows = found[["design", "rate", "blocks", "pairs", "difference"]].to_numpy(dtype=object).tolist()
    assert rows[:4] == [["b", rate, blocks, 6, blocks] for rate in (1.0, 2.0) for blocks in (3.0, 4.0)]
    assert [row[3:] for row in rows[4:]] == [[6, 3.5], [0, pytest.approx(NAN, nan_ok=True)]]
    # c (3.5) beats b with 3 blocks, not with 4; it is compared with both, as blocks do not apply to it
    best = found.set_index(["design", "rate", "blocks"])["prob_best"]
    assert best["b", 2.0].tolist() == [0, 1]
    assert best["c", 2.0].tolist() == [0]
    assert best["b", 1.0].tolist() == [1, 1]


def test_words_are_parameters_as_well():
    table = pd.concat(
        [arm("a", 1.0, grouping=None)]
        + [arm("b", 2.0 + i, grouping=word) for i, word in enumerate(("similar", "random"))],
        ignore_index=True,
    )
    found = compare(table, ["satisfaction"], "a", ["grouping"])
    assert found[["grouping", "difference"]].to_numpy().tolist() == [["similar", 1.0], ["random", 2.0]]


# ---------------------------------------------------------------- refused


def test_unknown_names_are_answered_with_the_nearest():
    table = noisy(2, 2, community="x", blocks=1.0)
    with pytest.raises(StudyError, match=r"unknown outcome 'satisfactoin'; did you mean 'satisfaction'\?"):
        compare(table, ["satisfactoin"], "a")
    with pytest.raises(StudyError, match="unknown outcome 'replicate'"):
        compare(table, ["replicate"], "a")
    with pytest.raises(StudyError, match="unknown outcome 'community'"):
        compare(table, ["community"], "a")
    with pytest.raises(StudyError, match=r"unknown design 'z'. Allowed: a, b"):
        compare(table, ["satisfaction"], "z")
    with pytest.raises(StudyError, match=r"unknown parameter 'block'; did you mean 'blocks'\?"):
        compare(table, ["satisfaction"], "a", ["block"])
    with pytest.raises(StudyError, match="parameter 'p' is called like a column"):
        compare(table.assign(p=1), ["satisfaction"], "a", ["p"])


def test_a_parameter_left_out_is_told():
    table = pd.concat([arm("a", 1.0, blocks=1.0), arm("a", 1.0, blocks=2.0)])
    with pytest.raises(StudyError, match="design 'a' has several runs of replicate 0: name all parameters"):
        compare(table, ["satisfaction"], "a")


def test_the_baseline_alone_compares_with_nothing():
    found = compare(runs(a=[1.0, 2.0]), ["satisfaction"], "a")
    assert len(found) == 0
    assert list(found.columns) == ["outcome", "design", *STATISTICS]
