"""Twelve owners who agree independently with probability p, all voting: the tails of the binomial."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from cogov.processes.consent import cost_shares, passes, revise
from cogov.rules import OwnersConsent

OWNERS = 12


def chance(p: float, majority: float) -> float:
    rule = OwnersConsent(name="count", turnout=1.0, majority=majority)
    agree = np.arange(OWNERS + 1)
    enough = [passes(int(k), OWNERS, OWNERS, rule) for k in agree]
    return float(stats.binom.pmf(agree, OWNERS, p)[enough].sum())


@pytest.mark.parametrize(
    ("p", "majority", "expected"),
    [
        (0.9, 1.0, 0.2824),
        (0.9, 0.9, 0.6590),
        (0.9, 2 / 3, 0.9957),
        (0.8, 1.0, 0.0687),
        (0.8, 0.9, 0.2749),
        (0.8, 2 / 3, 0.9274),
    ],
)
def test_consent_is_the_tail_of_a_binomial(p, majority, expected):
    assert chance(p, majority) == pytest.approx(expected, abs=5e-5)


YUAN = st.floats(-1e6, 1e6)


@given(gain=hnp.arrays(float, st.integers(1, 30), elements=YUAN), repaid=st.floats(0, 1))
def test_a_new_plan_conserves_the_sum_and_turns_nobody_into_a_loser(gain, repaid):
    new = revise(gain, repaid)
    assert new.sum() == pytest.approx(gain.sum(), abs=1e-6 * np.abs(gain).sum() + 1e-9)
    small = 1e-9 * np.abs(gain).sum() + 1e-12
    assert (new[gain >= 0] >= -small).all()  # winners may be left with nothing, not with a loss
    assert (new[gain <= 0] >= gain[gain <= 0] - small).all()
    assert (new[gain <= 0] <= small).all()  # losers are repaid at most their loss
    if gain.sum() >= 0 and repaid == 1:
        assert (new >= -small).all()  # a plan that is worth it can be made good for all


@given(floors=hnp.arrays(int, st.integers(1, 40), elements=st.integers(1, 30)),
       table=st.lists(st.floats(0, 100), min_size=2, max_size=8))  # fmt: skip
def test_cost_shares_sum_to_the_cost(floors, table):
    shares = cost_shares(floors, table)
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()
