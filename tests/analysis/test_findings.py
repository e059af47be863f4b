"""What can be said of a difference: its size first, then how sure."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from cogov.analysis.findings import DECIDED, Finding, judge, margins, read_matters
from cogov.analysis.intervals import means
from cogov.kit.errors import ConfigError
from cogov.outcomes import MEASURES

SPREAD = np.array([-1.5, -1.0, -0.5, 0.0, 0.0, 0.5, 1.0, 1.5])
"""Differences around their mean; their standard error is 0.366."""


def one(outcome: str, values: np.ndarray, **options) -> dict:
    table = np.asarray(values, dtype=float)[:, None]
    return {name: column[0] for name, column in judge([outcome], means(table), np.ones(1), **options).items()}


@pytest.mark.parametrize(
    ("outcome", "mean", "scale", "finding", "sign"),
    [
        ("satisfaction", 0.02, 0.005, Finding.BETTER, 1),  # matters from 0.01
        ("satisfaction", -0.02, 0.005, Finding.WORSE, -1),
        ("cost", 40.0, 5.0, Finding.WORSE, 1),
        ("cost", -40.0, 5.0, Finding.BETTER, -1),
        ("satisfaction", 0.003, 0.001, Finding.SMALL, 1),  # for certain, and too small
        ("satisfaction", 0.0, 0.005, Finding.SMALL, 0),
        ("satisfaction", 0.01, 0.005, Finding.OPEN, 1),  # above 0; whether it matters is open
        ("satisfaction", 0.0, 0.05, Finding.OPEN, 0),
        ("weeks_to_resolve", 0.007, 0.002, Finding.SMALL, 1),
        ("weeks_to_resolve", 0.118, 0.2, Finding.SMALL, 0),
        ("committee_load", 0.02, 0.005, Finding.HIGHER, 1),  # neither good nor bad
        ("committee_load", -0.02, 0.005, Finding.LOWER, -1),
        ("committee_load", 0.0, 0.005, Finding.OPEN, 0),  # no size is too small if none matters
        ("open", 2.0, 1.0, Finding.WORSE, 1),
        ("somebody's own", 2.0, 1.0, Finding.HIGHER, 1),
    ],
)
def test_size_comes_before_certainty(outcome, mean, scale, finding, sign):
    found = one(outcome, mean + scale * SPREAD)
    assert found["finding"] == finding
    assert found["sign"] == sign
    at_the_border = finding == Finding.OPEN and mean in (0.0, 0.01) and scale == 0.005
    assert math.isnan(found["more"]) == (finding in DECIDED or at_the_border)


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ([], Finding.NONE),
        ([0.5], Finding.SINGLE),
        ([0.0, 0.0], Finding.SAME),
        ([0.0] * 30, Finding.SAME),
        ([0.5] * 30, Finding.FEW),  # equal, and not 0
        ([0.4, 0.5], Finding.FEW),
        ([0.1, 0.2, 0.3, 0.4, 0.5], Finding.FEW),
        ([0.0] * 26 + [1.0, 2.0, 3.0, 4.0], Finding.FEW),
    ],
)
def test_without_an_interval_nothing_is_claimed(values, finding):
    found = one("satisfaction", values)
    assert found["finding"] == finding
    assert found["sign"] == 0
    for name in ("p", "p_holm", "p_beyond", "p_within"):
        assert math.isnan(found[name]), name


def test_how_many_more():
    assert one("satisfaction", [0.5])["more"] == 5  # for an interval
    assert (
        one("satisfaction", [0.1, 0.2, 0.3, 0.4, 0.5])["more"] == 2
    )  # four of five differ from the commonest
    assert one("satisfaction", [0.0] * 9 + [1.0])["more"] == 40
    assert math.isnan(one("satisfaction", [0.5] * 9)["more"])
    values = 0.01 + 0.004 + 0.02 * np.random.default_rng(0).normal(size=20)
    found = one("satisfaction", values)
    gap = abs(values.mean()) - 0.01
    wanted = (values.std(ddof=1) * (1.959964 + 0.841621) / gap) ** 2
    assert found["more"] == max(math.ceil(wanted), 21) - 20
    assert math.isnan(one("satisfaction", 0.01 + 1e-6 + 0.02 * SPREAD)["more"])  # hopeless


@pytest.mark.slow
def test_so_many_more_decide():
    """With the replicates asked for at the true mean and spread, four questions in five are decided."""
    draw, decided = np.random.default_rng(8), []
    true, spread = 0.02, 0.03
    wanted = math.ceil((spread * (1.959964 + 0.841621) / (true - 0.01)) ** 2)
    for _ in range(400):
        found = one("satisfaction", true + spread * draw.normal(size=wanted))
        decided.append(found["finding"] == Finding.BETTER)
    assert 0.74 < np.mean(decided) < 0.86


def test_tests_are_of_what_is_claimed():
    draw = np.random.default_rng(2)
    names = ["satisfaction", "satisfaction", "cost", "committee_load"]
    values = draw.normal([0.02, 0.0, 30.0, 0.1], [0.02, 0.005, 20.0, 0.2], size=(12, 4))
    found = judge(names, means(values), np.ones(4))
    beyond, within = [], []
    for column, margin in zip(values.T, (0.01, 0.01, 20.0, 0.0), strict=True):
        above = stats.ttest_1samp(column, margin, alternative="greater").pvalue
        below = stats.ttest_1samp(column, -margin, alternative="less").pvalue
        beyond.append(min(2 * min(above, below), 1))
        if margin:
            low = stats.ttest_1samp(column, -margin, alternative="greater").pvalue
            within.append(max(low, stats.ttest_1samp(column, margin, alternative="less").pvalue))
    assert found["p_beyond"] == pytest.approx(multipletests(beyond, method="holm")[1])
    assert found["p_within"][:3] == pytest.approx(multipletests(within, method="holm")[1])
    assert math.isnan(found["p_within"][3])
    p = stats.ttest_1samp(values, 0.0, axis=0).pvalue
    assert found["p"] == pytest.approx(p)
    assert found["p_holm"] == pytest.approx(multipletests(p, method="holm")[1])


@pytest.mark.slow
@pytest.mark.parametrize(("true", "wrong"), [(0.0, "large"), (0.00999, "large"), (0.01001, "small")])
def test_wrong_claims_are_as_rare_as_said(true, wrong):
    """Tables of 30 rows, at and near the border of what matters: any wrong claim in 5 % of 300 at most."""
    draw = np.random.default_rng(3)
    any_wrong = 0
    for _ in range(300):
        values = true + 0.01 * draw.standard_normal((10, 30))
        found = judge(["satisfaction"] * 30, means(values), np.ones(30))["finding"]
        bad = {"large": (Finding.BETTER, Finding.WORSE), "small": (Finding.SMALL,)}[wrong]
        any_wrong += np.isin(found, bad).any()
    assert any_wrong <= 25


def test_what_matters_can_be_said_otherwise():
    values = 0.02 + 0.005 * SPREAD
    assert one("satisfaction", values, matters={"satisfaction": 0.05})["finding"] == Finding.SMALL
    assert one("committee_load", values, matters={"committee_load": 0.05})["finding"] == Finding.SMALL
    assert margins(["satisfaction", "open", "nothing"], {"open": 3}).tolist()[:2] == [0.01, 3.0]
    assert read_matters(None) == {}
    assert read_matters({"satisfaction": 1}) == {"satisfaction": 1.0}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"satisfactoin": 0.1}, "matters: unknown outcome 'satisfactoin'; did you mean 'satisfaction'?"),
        ({"orders": 0.1}, "unknown outcome 'orders'"),
        ({"cost": 0}, "matters.cost = 0: must be a number above 0"),
        ({"cost": -1.0, "satisfaction": "much"}, "matters.satisfaction = 'much': must be a number above 0"),
        ({"cost": True}, "must be a number above 0"),
        ({"cost": math.inf}, "must be a number above 0"),
        (0.5, "matters = 0.5: must be a mapping"),
    ],
)
def test_wrong_sizes_are_refused(value, message):
    with pytest.raises(ConfigError) as refused:
        read_matters(value)
    assert message in str(refused.value)


def test_every_measure_says_what_matters_and_why():
    for measure in MEASURES.values():
        assert measure.why, measure.name
        assert any("一" <= letter <= "鿿" for letter in measure.doc_zh), measure.name
        assert any("一" <= letter <= "鿿" for letter in measure.why_zh), measure.name
        if measure.matters is None:
            assert measure.better == 0 or measure.unit.startswith(("issues", "tasks")), measure.name
        else:
            assert measure.matters > 0
            assert measure.better, measure.name
