"""What is called clear."""

import math

import pytest

from cogov.analysis.findings import Finding
from cogov.report.numbers import Quantity, chance, per_cent, probability, share
from cogov.report.verdicts import VERDICTS, Verdict, verdict

NAN = math.nan


@pytest.mark.parametrize("finding", [kind for kind in Finding if kind != Finding.DIFFERS])
def test_every_finding_has_a_verdict(finding):
    assert verdict({"finding": finding, "difference": 0.1}) == VERDICTS[finding]


def test_differences_without_findings_are_untested():
    assert verdict({"finding": NAN, "difference": 9.0}) == Verdict.UNTESTED
    assert verdict({"finding": NAN, "difference": NAN}) == Verdict.NONE


@pytest.mark.parametrize(
    ("outcome", "numbers", "text"),
    [
        ("satisfaction", (0.0312, 0.0101, 0.0523), "+0.031 (95 % interval +0.010 to +0.052)"),
        ("resolution_rate", (0.031, 0.01, 0.05), "+3.1 percentage points (95 % interval +1.0 to +5.0)"),
        ("weeks_to_resolve", (-1.5, -2, -1), "−1.5 weeks (95 % interval −2.0 to −1.0)"),
        ("cost", (120, 120, 120), "+120 yuan per household and year (the same in every pair)"),
        ("cost", (120, NAN, NAN), "+120 yuan per household and year"),
    ],
)
def test_differences_in_words(outcome, numbers, text):
    assert (
        Quantity.of(outcome, [value for value in numbers if value == value], "en").sentence(*numbers) == text
    )


def test_chinese_numbers():
    quantity = Quantity.of("resolution_rate", [0.031], "zh")
    assert quantity.sentence(0.031, 0.01, 0.05) == "+3.1个百分点（95%置信区间+1.0至+5.0）"
    assert quantity.level_with_unit(0.7031) == "70.3%"


def test_an_end_that_is_not_0_does_not_look_like_0():
    numbers = [12.0, 0.04, 24.0]
    assert Quantity.of("cost", numbers, "en").interval(0.04, 24) == "0 to +24"
    assert Quantity.of("cost", numbers, "en", numbers).interval(0.04, 24) == "+0.04 to +24.00"


def test_probabilities_do_not_claim_to_be_certain():
    assert chance(1.0, "en") == ">99 %"
    assert chance(0.0, "en") == "<1 %"
    assert chance(NAN, "en") == "–"
    assert (share(1.0, "zh"), share(0.999, "zh"), share(0.5, "en")) == ("100%", ">99%", "50 %")
    assert (probability(0.0), probability(0.05), probability(NAN)) == ("<0.001", "0.050", "–")
    assert per_cent(-12.34, "en") == "−12 %"
