"""Participation: thresholds, adoption, and the mean field of influence between neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit

from cogov.community.ties import FULL, Changed, Ties
from cogov.processes.books import open_books
from cogov.processes.participate import participate
from cogov.rules import Boundary
from cogov.terms import COHORTS, Age, Party
from tests.helpers import connect, post, situation
from tests.limits.limit import Row, limit

TERMS = ("volunteer", "member", "neighbours", "invite", "trust", "belonging", "asked", "habit", "time")
NOTHING: dict[str, object] = dict.fromkeys(TERMS, 0.0) | {"age": [0.0] * len(Age)}
CROWD = 100
VOLUNTEERS = post("volunteers", staffed_by="volunteers", handles=())


def crowd(thresholds: NDArray[np.integer]) -> int:
    """How many of a crowd in which everybody sees everybody else are active in the end.

    Ties only, no noise: the odds are next to infinite either way. With a weight W on neighbours and on trust
    and a base of -W (1 - 1 / (2 (n - 1))), a person of trust 1 - k / (n - 1) joins if and only if at least
    k others are active.
    """
    n, certain = len(thresholds), 1e5
    base = -certain * (1 - 0.5 / (n - 1))
    odds = {"volunteer": base, "neighbours": certain, "trust": 2 * certain}  # half of it tells in beginning
    model = situation(post(), VOLUNTEERS, participate=NOTHING | odds, bond={"circle": 0.0})
    residents = model.residents
    model.ties = type(model.ties).empty(np.where(np.arange(len(residents)) < n, n - 1, 0))
    pairs = np.triu_indices(n, 1)
    assert connect(model.ties, *pairs, 0.5) == len(pairs[0])
    residents.age[:] = Age.AGE_30_44
    residents.volunteering[:] = False
    residents.trust_committee[:] = 0.0
    residents.trust_committee[:n] = 1 - thresholds / (n - 1)
    active = -1
    while active != (active := int(residents.volunteering.sum())):
        for _ in range(COHORTS):
            model.week += 1
            participate(model)
    assert not residents.volunteering[n:].any()
    return active


def end_of(thresholds: NDArray[np.integer]) -> int:
    """Where the thresholds say that a crowd ends."""
    active = 0
    while active != (active := int((thresholds <= active).sum())):
        pass
    return active


@limit("Thresholds", "n ← number of those with θ ≤ n", "Granovetter (1978)")
def granovetter() -> Iterator[Row]:
    """A hundred who all know each other, without noise: who sees θ others active joins. `participate` until
    nobody moves."""
    every = np.arange(CROWD)
    one_more = every.copy()
    one_more[1] = 2
    yield Row("thresholds 0, 1, …, 99: join", CROWD, crowd(every))
    yield Row("threshold 1 put to 2: join", 1, crowd(one_more))
    for seed in (78, 123):
        thresholds = np.maximum(np.random.default_rng(seed).normal(30, 22, CROWD).round().astype(int), 0)
        yield Row(
            f"thresholds of mean 30, deviation 22 (draw {seed}): join", end_of(thresholds), crowd(thresholds)
        )


def bass(time: NDArray[np.float64], p: float, q: float) -> NDArray[np.float64]:
    """Share that has adopted, in closed form."""
    decay = np.exp(-(p + q) * time)
    return (1 - decay) / (1 + q / p * decay)


P, Q, STEP = 0.03, 0.38, 0.05


def adoption(seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times, and the share that has joined, in a community where only who is asked joins, and stays."""
    ask_hours = 0.1
    only_if_asked = {
        "volunteer": -100.0,
        "asked": 200.0,
        "habit": 400.0,
        "given": 1.0,
        "ask_hours": ask_hours,
    }
    model = situation(
        post(),
        VOLUNTEERS,
        post("asker", area="subdistrict", heads=9, per_households=1, hours=Q * STEP * ask_hours / COHORTS,
             ask=1.0, handles=()),
        Boundary(name="asker", post="asker", pools=("volunteers",)),
        Boundary(name="call", post="volunteers", pools=("in_service",), asked=P * STEP),
        seed=seed,
        profile={"residents": 12_000},
        participate=NOTHING | only_if_asked,
    )  # fmt: skip
    residents = model.residents
    residents.age[:] = Age.AGE_30_44
    residents.party[:] = Party.IN_SERVICE
    residents.free_hours[:] = 1.0
    residents.volunteering[:] = False
    model.adults_by_building = np.diff(model.places.building_rows)
    model.adopt(model.design)  # counts volunteers anew
    share = []
    for model.week in range(1, int(12 / STEP) * COHORTS + 1):
        open_books(model)
        participate(model)
        if model.week % COHORTS == 0:
            share.append(residents.volunteering.mean())
    return STEP * np.arange(1, len(share) + 1), np.array(share)


@limit(
    "Adoption",
    "F(t) = (1 − e^−(p+q)t) / (1 + (q/p) e^−(p+q)t), p = 0.03, q = 0.38;"
    " its steepest point t = ln(q/p) / (p + q)",
    "Bass (1969). Who joins first decides by chance how early it starts: 12,000 people, so that ±2.5 points",
    least=0.25,
)
def adopting() -> Iterator[Row]:
    """Only who is asked joins, and stays. Between two looks at volunteering, a twentieth of the unit of
    time, the branches call up p of their members, and volunteers have a post that does nothing but ask and
    whose hours reach q F of everybody. `participate`."""
    time, share = adoption(1)
    for t in (3.0, np.log(Q / P) / (P + Q), 9.0):
        exact = float(bass(np.array([t]), P, Q)[0])
        yield Row(f"joined by t = {t:.2f}", exact, float(np.interp(t, time, share)), within=0.025 / exact)


TIED = 2.0
"""Strength of all ties of each one, where everybody is tied to everybody."""


def dense(n: int) -> Ties:
    """Ties of everybody with everybody, so weak that all of one's together weigh `TIED`."""
    ties = Ties.empty(np.full(n, n))
    other = np.tile(np.arange(n, dtype=np.int32), n)
    slot = np.flatnonzero(other != ties.first).astype(np.int32)  # all slots were empty
    weak = np.full(len(slot), round(TIED / (n - 1) * FULL), dtype=np.uint16)
    ties.settled = Changed(slot, ties.first[slot], other[slot], weak)
    ties.weigh()
    return ties


LOG_ODDS = {"volunteer": -2.5, "habit": 2.0, "asked": 1.0}
INVITE = 0.5
BANDS = np.array([-1.0, 0.0, 1.0])
"""What age adds: a third of the people each."""
NEIGHBOURS = (0.0, 1.0, 2.0)
"""What all one's neighbours add."""


@dataclass(frozen=True)
class Followed:
    """Share that takes part, its standard error (of batches of weeks), and how strongly each one is tied."""

    share: float
    error: float
    tied: NDArray[np.floating]


def follow(neighbours: float, *, local: bool, weeks: int = 500, seed: int = 1) -> Followed:
    """Everybody reconsiders by age, by what is usual around them, and whether a neighbour asks.

    Ties are those of the community or of everybody with everybody.
    """
    age = np.zeros(len(Age))
    age[[Age.AGE_18_29, Age.AGE_30_44, Age.AGE_45_59]] = BANDS
    odds = LOG_ODDS | {"invite": INVITE, "neighbours": neighbours, "age": age.tolist()}
    people = {} if local else {"residents": 1_000}
    model = situation(post(), participate=NOTHING | odds, seed=seed, profile=people, bond={"circle": 1.0})
    residents, n = model.residents, len(model.residents)
    residents.age[:] = np.array([Age.AGE_18_29, Age.AGE_30_44, Age.AGE_45_59])[np.arange(n) // COHORTS % 3]
    residents.volunteering[:] = np.arange(n) % 7 == 0
    if not local:
        model.ties = dense(n)
    share = []
    for model.week in range(1, weeks + 1):
        participate(model)
        share.append(residents.volunteering.mean())
    batches = np.array(share[weeks // 5 :]).reshape(8, -1).mean(1)
    return Followed(
        float(batches.mean()), float(batches.std(ddof=1) / np.sqrt(len(batches))), model.ties.tied / FULL
    )


def mean_field(neighbours: float, tied: NDArray[np.floating]) -> float:
    """Share that takes part where everybody's ties see the mean, weighed by how strongly people are tied."""
    w = tied[:, None].astype(float)

    def take_part(seen: float) -> NDArray[np.float64]:
        logit = LOG_ODDS["volunteer"] + BANDS / 2 + neighbours * seen * w / (1 + w)
        asked = 1 - np.exp(-INVITE * seen * w)
        join = asked * expit(logit + LOG_ODDS["asked"]) + (1 - asked) * expit(logit)
        stay = expit(logit + LOG_ODDS["habit"])
        return np.asarray((join / (1 + join - stay)).mean(1))

    seen = brentq(lambda seen: np.average(take_part(seen), weights=tied) - seen, 0, 1)
    return float(take_part(seen).mean())


@limit(
    "Influence between neighbours: the mean field",
    "x = mean over ages of j / (1 + j − s); s = σ(u + h), j = q σ(u + c) + (1 − q) σ(u),"
    " u = b + a / 2 + n x w / (1 + w), q = 1 − e^(−v w x)",
    "mean field of a binary choice with interactions: Brock and Durlauf (2001), with habit h and neighbours"
    " who ask (c, at hazard v); exact as ties become many, to 2 % with 1,000 each",
    least=0.15,
)
def everybody_tied() -> Iterator[Row]:
    """1,000 people of three ages (a = −1, 0, 1; b = −2.5, h = 2, c = 1, v = 0.5) who all know each other, all
    of one's ties together of strength w = 2; `participate`, 500 weeks."""
    for neighbours in NEIGHBOURS:
        found = follow(neighbours, local=False)
        exact = mean_field(neighbours, np.array([TIED]))
        yield Row(f"n = {neighbours:g}: share that takes part", exact, found.share, found.error, within=0.02)


@limit(
    "How far local ties depart from the mean field",
    "as before, averaged over the strength w of each one's ties",
    "an approximation: clusters of neighbours feed themselves, so it is to be off, by less than a fifth here",
    least=0.35,
)
def locally_tied() -> Iterator[Row]:
    """The same with the community's own ties, some eight each, most of them in the house."""
    for neighbours in NEIGHBOURS[1:]:
        found = follow(neighbours, local=True)
        exact = mean_field(neighbours, found.tied)
        yield Row(f"n = {neighbours:g}: share that takes part", exact, found.share, found.error, within=0.2)


def years_of(start: float, years: int, **parameters: float) -> NDArray[np.float64]:
    """Share of adults who volunteer, year by year, as people are by default and no post asks anybody."""
    model = situation(post(), VOLUNTEERS, profile={"residents": 6000}, participate=parameters)
    residents, adult = model.residents, model.residents.age >= Age.AGE_18_29
    residents.volunteering[:] = adult & (np.random.default_rng(5).random(len(adult)) < start)
    share = [start]
    for model.week in range(1, 52 * years + 1):
        open_books(model)
        participate(model)
        if model.week % 52 == 0:
            share.append(float(residents.volunteering[adult].mean()))
    return np.array(share)


@limit(
    "One level of volunteering, from nobody and from everybody",
    "a third of 27.4 % of residents, over the 87 % who are adults: 10.5 %",
    "Bass's ceiling of registered volunteers in Shanghai 2013 to 2023 (facts); that a third is active is"
    " assumed. No formula: what is tested is that both ways lead to one level, near that",
    least=0.3,
)
def one_level() -> Iterator[Row]:
    """People as they are by default, without any post that asks; means of years 19 to 24. `participate`."""
    level = 0.274 / 3 / 0.87
    for start, name in ((0.0, "nobody"), (1.0, "everybody")):
        share = years_of(start, 24)[-6:].mean()
        yield Row(f"from {name}: share of adults", level, float(share), within=0.025 / level)


LIMITS = (granovetter, adopting, everybody_tied, locally_tied, one_level)
