"""Plans of a lift: what they conserve."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cogov.processes.consent import cost_shares, revise

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
