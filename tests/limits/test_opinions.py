"""Exchanges of opinion: DeGroot's model without a bound of confidence, Hegselmann and Krause's with one."""

from __future__ import annotations

from fractions import Fraction

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


def in_exact_arithmetic(opinion: list[Fraction], confidence: Fraction) -> list[Fraction]:
    """Where bounded confidence leads, without any rounding."""
    while True:
        near = ([other for other in opinion if abs(other - own) <= confidence] for own in opinion)
        new = [sum(heard) / len(heard) for heard in near]
        if new == opinion:
            return new
        opinion = new


def settled(opinion: np.ndarray, confidence: float) -> np.ndarray:
    everybody = np.ones((len(opinion), len(opinion)))
    for _ in range(200):
        before, opinion = opinion, exchange(opinion, everybody, confidence, 1.0)
    np.testing.assert_allclose(opinion, before, atol=1e-12)
    return opinion


# Opinions 1/200 apart stand at distances of exactly 0.10 and 0.15. Where such a distance is compared without
# a tolerance, rounding decides who is heard: one side hears a neighbour that the other side does not, and
# four or two clusters come out that are not each other's mirror images, as they must be. Without rounding
# there are three.
@pytest.mark.parametrize(
    ("confidence", "sizes"), [(0.10, [48, 105, 48]), (0.15, [71, 59, 71]), (0.22, [201])]
)
def test_within_a_bound_opinions_gather_in_clusters(confidence, sizes):
    opinion = settled(np.linspace(0, 1, 201), confidence)
    np.testing.assert_allclose(opinion + opinion[::-1], 1, atol=1e-9)
    _, found = np.unique(opinion.round(6), return_counts=True)
    assert found.tolist() == sizes


def test_clusters_are_those_of_exact_arithmetic():
    exact = in_exact_arithmetic([Fraction(i, 100) for i in range(101)], Fraction(15, 100))
    found = settled(np.linspace(0, 1, 101), 0.15)
    np.testing.assert_allclose(found, [float(opinion) for opinion in exact], atol=1e-9)
