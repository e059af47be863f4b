"""What is called clear."""

import math

import pytest

from cogov.report.numbers import Quantity, chance, per_cent, probability, share
from cogov.report.verdicts import Verdict, verdict

NAN = math.nan


@pytest.mark.parametrize(
    ("outcome", "pairs", "difference", "low", "high", "p", "found"),
    [
        ("satisfaction", 12, 0.02, 0.01, 0.03, 0.001, Verdict.BETTER),
        ("satisfaction", 12, -0.02, -0.03, -0.01, 0.001, Verdict.WORSE),
        ("cost", 12, 20, 10, 30, 0.001, Verdict.WORSE),
        ("cost", 12, -20, -30, -10, 0.001, Verdict.BETTER),
        ("committee_load", 12, 0.2, 0.1, 0.3, 0.001, Verdict.HIGHER),
        ("committee_load", 12, -0.2, -0.3, -0.1, 0.001, Verdict.LOWER),
        # The interval excludes 0 but Holm's adjustment does not, and the other way round
        ("satisfaction", 12, 0.02, 0.001, 0.03, 0.05, Verdict.UNCLEAR),
        ("satisfaction", 12, 0.02, 0.0, 0.03, 0.001, Verdict.UNCLEAR),
        ("satisfaction", 12, 0.02, -0.01, 0.03, 0.4, Verdict.UNCLEAR),
        # Nothing varies: a count may do so by chance, a level does not
        ("lifts_built", 5, 1, 1, 1, 0.0, Verdict.UNCLEAR),
        ("lifts_built", 6, 1, 1, 1, 0.0, Verdict.BETTER),
        ("cost", 2, 120, 120, 120, 0.0, Verdict.WORSE),
        ("satisfaction", 12, 0.0, 0.0, 0.0, 1.0, Verdict.SAME),
        # One pair, or none
        ("satisfaction", 1, 0.5, NAN, NAN, NAN, Verdict.UNTESTED),
        ("satisfaction", 0, NAN, NAN, NAN, NAN, Verdict.NONE),
    ],
)
def test_what_is_clear(outcome, pairs, difference, low, high, p, found):
    row = {"outcome": outcome, "pairs": pairs, "difference": difference, "low": low, "high": high}
    assert verdict({**row, "p_holm": p}) == found


def test_no_interval_is_never_clear_whatever_p_says():
    row = {"outcome": "cost", "pairs": 1, "difference": 9.0, "low": NAN, "high": NAN, "p_holm": 0.0}
    assert verdict(row) == Verdict.UNTESTED


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
