"""Exchanges of opinion: DeGroot's model without a bound of confidence, Hegselmann and Krause's with one."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.processes.consent import exchange

DEGROOT = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])
INFLUENCE = np.array([0.25, 0.5, 0.25])


def test_without_a_bound_all_come_to_the_weighted_mean():
    for person in range(3):
        opinion = np.eye(3)[person]
        for _ in range(60):
            opinion = exchange(opinion, DEGROOT, np.inf, 1.0)
        np.testing.assert_allclose(opinion, INFLUENCE[person], atol=1e-12)


def test_without_a_bound_the_error_shrinks_by_half_a_round():
    opinion = np.array([0.3, -1.2, 1.9])
    agreed = INFLUENCE @ opinion
    opinion = exchange(opinion, DEGROOT, np.inf, 1.0)  # the eigenvalue 0 is gone after one round, 1/2 is left
    for _ in range(20):
        error = np.abs(opinion - agreed).max()
        opinion = exchange(opinion, DEGROOT, np.inf, 1.0)
        assert np.abs(opinion - agreed).max() / error == pytest.approx(0.5, rel=1e-6)


def settled(opinion: np.ndarray, confidence: float) -> np.ndarray:
    everybody = np.ones((len(opinion), len(opinion)))
    for _ in range(200):
        before, opinion = opinion, exchange(opinion, everybody, confidence, 1.0)
    np.testing.assert_allclose(opinion, before, atol=1e-12)
    return opinion


# Opinions 1/200 apart stand at distances of exactly 0.10 and 0.15, where the rounding of a sum decides who is
# heard: the published counts for these bounds (4 and 2; facts) hang on it. A bound between two distances has
# one answer, its own mirror image, whatever the rounding.
@pytest.mark.parametrize(("confidence", "clusters"), [(0.1025, 4), (0.1525, 3), (0.2225, 1)])
def test_within_a_bound_opinions_gather_in_clusters(confidence, clusters):
    opinion = settled(np.linspace(0, 1, 201), confidence)
    assert len(np.unique(opinion.round(6))) == clusters


def test_who_is_out_of_reach_is_not_heard():
    # First round: 0 hears 0.2, 0.2 hears both sides, 0.4 hears 0.2; then all three are within reach.
    first = exchange(np.array([0, 0.2, 0.4, 1]), np.ones((4, 4)), 0.25, 1.0)
    np.testing.assert_allclose(first, [0.1, 0.2, 0.3, 1])
    np.testing.assert_allclose(settled(first, 0.25), [0.2, 0.2, 0.2, 1])
