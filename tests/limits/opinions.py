"""Opinions of owners who talk: with and without a bound of confidence, with and without an anchor."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from cogov.processes.consent import Consent, about_a_lift, exchange, passes
from cogov.rules import OwnersConsent
from tests.helpers import post, situation, tied, weights_of
from tests.limits.limit import Row, limit

DEGROOT = tied([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])
INFLUENCE = np.array([0.25, 0.5, 0.25])
OWNERS = 12


@limit(
    "Opinions without a bound",
    "x ← Wx; all come to Σ vᵢxᵢ(0), v = vW; the error shrinks by |λ₂|",
    "DeGroot (1974)",
)
def degroot() -> Iterator[Row]:
    """Three owners with the weights ½ ½ 0, ¼ ½ ¼, 0 ½ ½; `exchange` without a bound, 60 rounds."""
    for person, weight in enumerate(INFLUENCE):
        opinion = np.eye(3)[person]
        for _ in range(60):
            opinion = exchange(opinion, DEGROOT, np.inf, 1.0)
        yield Row(f"weight of owner {person + 1} in the end", weight, float(opinion[0]))
    opinion = np.array([0.3, -1.2, 1.9])
    agreed = float((INFLUENCE * opinion).sum())
    for _ in range(20):
        before, opinion = opinion, exchange(opinion, DEGROOT, np.inf, 1.0)
    shrunk = np.abs(opinion - agreed).max() / np.abs(before - agreed).max()
    yield Row("the error after a round, of that before", 0.5, float(shrunk), within=1e-6)


def settled(opinion: NDArray[np.float64], confidence: float) -> NDArray[np.float64]:
    """Opinions of people who all hear each other within a bound, in the end."""
    everybody = tied(np.ones((len(opinion), len(opinion))))
    for _ in range(60):
        before, opinion = opinion, exchange(opinion, everybody, confidence, 1.0)
    np.testing.assert_allclose(opinion, before, atol=1e-12)
    return opinion


def exact_clusters(people: int, confidence: Fraction) -> int:
    """Clusters in the end among evenly spaced opinions, in rational numbers: nothing is rounded."""
    opinion = [Fraction(k, people - 1) for k in range(people)]
    while True:
        total = [Fraction(0)]
        for own in opinion:
            total.append(total[-1] + own)
        new, low, high = [], 0, 0  # opinions stay in their order
        for own in opinion:
            while own - opinion[low] > confidence:
                low += 1
            while high < people and opinion[high] - own <= confidence:
                high += 1
            new.append((total[high] - total[low]) / (high - low))
        if new == opinion:
            return len(set(opinion))
        opinion = new


@limit(
    "Opinions within a bound",
    "x ← mean of all within ε; clusters in the end",
    "Hegselmann and Krause (2002), 201 opinions evenly spaced on [0, 1]. Their published counts at ε = 0.10"
    " and 0.15 are 4 and 2. They rest on rounding: these bounds are distances between opinions, and a sum"
    " decides who is heard. In rational numbers it is 3 and 3; an odd number of opinions around ½ ends in an"
    " odd number of clusters",
)
def hegselmann_krause() -> Iterator[Row]:
    """`exchange` among 201 who all hear each other; the exact values are worked out in rational numbers."""
    for confidence in (Fraction(825, 10_000), Fraction(1225, 10_000), Fraction(2225, 10_000)):
        found = len(np.unique(settled(np.linspace(0, 1, 201), float(confidence)).round(6)))
        yield Row(f"ε = {float(confidence):g}: clusters", exact_clusters(201, confidence), found)


@limit(
    "Opinions with an anchor",
    "x* = (I − (1 − a) ((1 − w) I + wW))⁻¹ a s",
    "Friedkin and Johnsen (1990)",
)
def friedkin_johnsen() -> Iterator[Row]:
    """The owners of the largest house of the small community talk about a lift along their ties, all within
    reach; s is what their own gain makes each think, a the anchor, w the persuasion. `Talk.meet`, 400
    meetings without a new plan."""
    model = situation(post())
    rule = OwnersConsent(name="talk", revision=0.0)
    houses = np.diff(model.places.building_households)
    talk = about_a_lift(model, rule, int(houses.argmax()))
    own, n = talk.own.copy(), len(talk.own)
    talk.opinion = -own  # wherever they begin
    consent = Consent(confidence=4.0, anchor=0.1, persuasion=0.4)
    ties = weights_of(talk.ties, n)
    weights = ties / ties.sum(1, keepdims=True)
    anchor, weight = consent.anchor, consent.persuasion
    moved = (1 - anchor) * ((1 - weight) * np.eye(n) + weight * weights)
    exact = np.linalg.solve(np.eye(n) - moved, anchor * own)
    for _ in range(400):
        talk.meet(consent, skill=1.0)
    for name, value, found in (
        ("mean", exact.mean(), talk.opinion.mean()),
        ("spread", exact.std(), talk.opinion.std()),
        ("of the most against", exact.min(), talk.opinion.min()),
    ):
        yield Row(f"{n} owners, opinion: {name}", float(value), float(found))
    yield Row("largest difference of an owner's opinion", 0.0, float(np.abs(exact - talk.opinion).max()))


@limit(
    "Consent of owners who agree by chance",
    "P = Σ C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ over the k that are enough",
    "binomial; the rules: facts on lifts (unanimity, nine tenths, two thirds)",
)
def consent() -> Iterator[Row]:
    """Twelve owners, each for it with chance p, all voting: the counts that `passes` lets pass."""
    agree = np.arange(OWNERS + 1)
    for p in (0.9, 0.8):
        for name, majority, least in (("all", 1.0, 12), ("nine tenths", 0.9, 11), ("two thirds", 2 / 3, 8)):
            rule = OwnersConsent(name="count", turnout=1.0, majority=majority)
            enough = [passes(int(k), OWNERS, OWNERS, rule) for k in agree]
            found = stats.binom.pmf(agree, OWNERS, p)[enough].sum()
            yield Row(f"p = {p:g}, {name}", float(stats.binom.sf(least - 1, OWNERS, p)), float(found))


LIMITS = (degroot, hegselmann_krause, friedkin_johnsen, consent)
