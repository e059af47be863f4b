"""Verdicts on claims: size, certainty, and whether the effect goes with its cause."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from cogov.claims import claims, to_markdown
from cogov.claims.trial import Found
from cogov.claims.verdict import Contrast, Tried, Verdict, overall, together

NOISE = np.array([-3, -2, -1, 0, 1, 2, 3, 0.5]) / 1000


@cache
def contrast(size: float | None) -> Contrast | None:
    """Eight pairs around a size; each interval is worked out once for all that ask for it."""
    return None if size is None else Contrast.of(np.zeros(8), size + NOISE, "satisfaction")


def tried(effect: float, *, cut: float | None = None, control: float | None = None, sign: int = 1) -> Tried:
    found = contrast(effect)
    assert found is not None
    return Tried(
        "small", "satisfaction", sign, 0.5, 0.5 + effect, found, contrast(cut), contrast(control), 10
    )


@pytest.mark.parametrize(
    ("effect", "sign", "verdict"),
    [
        (0.1, 1, Verdict.HOLDS),
        (0.1, -1, Verdict.NOT),
        (-0.1, -1, Verdict.HOLDS),
        (0.005, 1, Verdict.SMALL),
        (0.0, 1, Verdict.NOT),  # the interval excludes what would matter
        (-0.005, 1, Verdict.NOT),
    ],
)
def test_size_and_side_decide(effect, sign, verdict):
    assert tried(effect, sign=sign).verdict is verdict


def test_a_wide_interval_decides_nothing():
    wide = Contrast.of(np.zeros(8), NOISE * 100, "satisfaction")
    assert Tried("small", "satisfaction", 1, 0, 0, wide, None, None, 0).verdict is Verdict.OPEN


def test_no_difference_in_any_pair_is_no_effect():
    none = Contrast.of(np.ones(8), np.ones(8), "satisfaction")
    assert Tried("small", "satisfaction", 1, 0, 0, none, None, None, 0).verdict is Verdict.NOT


def test_what_survives_its_cut_is_a_defect():
    assert tried(0.1, cut=0.08).defect
    assert not tried(0.1, cut=0.02).defect
    assert not tried(0.1, cut=-0.1).defect
    assert not tried(0.0, cut=0.1).defect  # nothing is claimed to be there


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        (0.0, "the effect is not there any more"),
        (0.02, "20 % of the effect is still there"),
        (0.08, "80 % of the effect is still there"),
        (-0.1, "the effect is not there any more"),
    ],
)
def test_the_page_says_what_share_of_an_effect_its_cut_leaves(cut, said):
    page = to_markdown([Found(claims()["E07"], (tried(0.1, cut=cut),))], 8, "")
    assert said in page
    assert ("survive the cut" in page) == (cut == 0.08)


def test_what_staff_for_the_same_money_does_as_well_is_said():
    assert tried(0.1, control=0.0).bought
    assert not tried(0.1, control=0.05).bought
    assert not tried(0.1).bought


def test_all_places_must_agree():
    holds, small, none = tried(0.1), tried(0.005), tried(-0.1)
    assert overall([holds, holds]) is Verdict.HOLDS
    assert overall([holds, none]) is Verdict.ONLY_IF
    assert overall([small, small]) is Verdict.SMALL
    assert overall([none, small]) is Verdict.NOT


def test_parts_together_are_judged_beyond_their_sum():
    before, first, second = np.zeros(8), 1 + NOISE, 2 + NOISE
    added = together(before, first + second + NOISE, [first, second], "satisfaction")
    assert added.difference == pytest.approx(NOISE.mean())
    assert together(before, first + second + 1, [first, second], "satisfaction").difference == pytest.approx(
        1
    )
