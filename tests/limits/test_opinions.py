"""What the limits of opinions (`tests.limits.opinions`) leave to say."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from cogov.processes.consent import exchange
from tests.helpers import tied
from tests.limits.opinions import exact_clusters, settled


def test_who_is_out_of_reach_is_not_heard():
    # First round: 0 hears 0.2, 0.2 hears both sides, 0.4 hears 0.2; then all three are within reach.
    first = exchange(np.array([0, 0.2, 0.4, 1]), tied(np.ones((4, 4))), 0.25, 1.0)
    np.testing.assert_allclose(first, [0.1, 0.2, 0.3, 1])
    np.testing.assert_allclose(settled(first, 0.25), [0.2, 0.2, 0.2, 1])


@pytest.mark.parametrize(("confidence", "clusters"), [(Fraction(10, 100), 3), (Fraction(15, 100), 3)])
def test_published_counts_of_clusters_rest_on_rounding(confidence, clusters):
    """Published as 4 and 2 (facts). The middle one of an odd number stays at 1/2: exact counts are odd."""
    assert exact_clusters(201, confidence) == clusters
