"""Participation in the limits of Granovetter, of Bass and of the mean field; how it spreads by default."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import expit

from cogov.processes.books import open_books
from cogov.processes.participate import participate
from cogov.rules import Boundary
from cogov.terms import COHORTS, Age, Party
from tests.helpers import post, situation

NOTHING = dict.fromkeys(
    ("volunteer", "member", "neighbours", "invite", "trust", "belonging", "asked", "habit", "time"), 0.0
)
CROWD = 100
VOLUNTEERS = post("volunteers", staffed_by="volunteers", handles=())


def crowd(thresholds: np.ndarray) -> int:
    """How many of a crowd in which everybody sees everybody else are active in the end.

    Ties only, no noise: the odds are next to infinite either way. With a weight W on neighbours and on trust
    and a base of -W (1 - 1 / (2 (n - 1))), a person of trust 1 - k / (n - 1) joins if and only if at least
    k others are active.
    """
    n, certain = len(thresholds), 1e5
    base = -certain * (1 - 0.5 / (n - 1))
    odds = {"volunteer": base, "neighbours": certain, "trust": 2 * certain}  # half of it tells in beginning
    model = situation(
        post(), VOLUNTEERS, participate=NOTHING | {"age": [0.0] * 8} | odds, bond={"circle": 0.0}
    )
    residents = model.residents
    model.ties = type(model.ties).empty(np.where(np.arange(len(residents)) < n, n - 1, 0))
    pairs = np.triu_indices(n, 1)
    assert model.ties.connect(*pairs, 0.5) == len(pairs[0])
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


def test_a_crowd_with_every_threshold_joins_to_the_last():
    assert crowd(np.arange(CROWD)) == CROWD


def test_one_threshold_more_and_only_the_instigator_is_left():
    thresholds = np.arange(CROWD)
    thresholds[1] = 2
    assert crowd(thresholds) == 1


@pytest.mark.parametrize("seed", range(4))
def test_a_crowd_ends_where_the_thresholds_say(seed):
    thresholds = np.random.default_rng(seed).binomial(40, 0.15, CROWD)
    active = 0
    while active != (active := int((thresholds <= active).sum())):
        pass
    assert crowd(thresholds) == active


def bass(time: np.ndarray, p: float, q: float) -> np.ndarray:
    """Share that has adopted, in closed form."""
    decay = np.exp(-(p + q) * time)
    return (1 - decay) / (1 + q / p * decay)


def test_asking_by_those_who_joined_is_adoption_through_a_complete_graph():
    # Only who is asked joins, and stays. Between two looks at volunteering, a twentieth of the unit of time,
    # the branches call up p of the members; and volunteers have a post that does nothing but ask, whose hours
    # are in proportion to the share F of them and so reach q F of everybody, wherever they live.
    p, q, step, ask_hours = 0.03, 0.38, 0.05, 0.1
    only_if_asked = {
        "volunteer": -100.0,
        "asked": 200.0,
        "habit": 400.0,
        "given": 1.0,
        "ask_hours": ask_hours,
    }
    hours = q * step * ask_hours / COHORTS
    model = situation(
        post(),
        VOLUNTEERS,
        post("asker", area="subdistrict", heads=9, per_households=1, hours=hours, ask=1.0, handles=()),
        Boundary(name="asker", post="asker", pools=("volunteers",)),
        Boundary(name="call", post="volunteers", pools=("in_service",), asked=p * step),
        profile={"residents": 20_000},
        participate=NOTHING | {"age": [0.0] * 8} | only_if_asked,
    )
    residents = model.residents
    residents.age[:] = Age.AGE_30_44
    residents.party[:] = Party.IN_SERVICE
    residents.free_hours[:] = 1.0
    residents.volunteering[:] = False
    model.adults_by_building = np.diff(model.places.building_rows)
    model.adopt(model.design)  # counts volunteers anew
    share = []
    for model.week in range(1, int(12 / step) * COHORTS + 1):
        open_books(model)
        participate(model)
        if model.week % COHORTS == 0:
            share.append(residents.volunteering.mean())
    time = step * np.arange(1, len(share) + 1)
    # among 20,000 the first who join decide by chance how early it starts, to about 0.1 of the unit of time
    np.testing.assert_allclose(share, bass(time, p, q), atol=0.025)
    joining = np.diff(share[:: round(0.5 / step)])
    assert abs(step + 0.25 + 0.5 * joining.argmax() - 6.19) < 0.8  # the peak is flat
    assert abs(np.interp(6.19, time, share) - 0.4605) < 0.025


def alike(model) -> None:
    """Make everybody an adult of 30-44 with ten free hours and without party."""
    residents = model.residents
    residents.age[:] = Age.AGE_30_44
    residents.party[:] = Party.NONE
    residents.free_hours[:] = 10.0
    model.adults_by_building = np.diff(model.places.building_rows)


def test_on_dense_ties_participation_is_that_of_the_mean_field():
    odds = {"volunteer": -3.5, "habit": 5.0, "neighbours": 1.0, "asked": 2.0, "invite": 0.5}
    model = situation(
        post(),
        VOLUNTEERS,
        profile={"residents": 3000},
        participate=NOTHING | {"age": [0.0] * 8} | odds,
        bond={"circle": 1.0},
    )
    alike(model)
    n, half, tied = len(model.residents), 60, 2.0
    model.ties = type(model.ties).empty(np.full(n, 4 * half))
    draw = np.random.default_rng(1)
    others = np.concatenate([draw.permutation(n) for _ in range(half)])
    model.ties.connect(np.tile(np.arange(n), half), others, tied / (2 * half))
    weight = float(model.ties.tied.mean())

    def moves(active: float) -> float:
        """How many more begin than stop in a month, if everybody has the same share of active neighbours."""
        usual = odds["neighbours"] * active * weight / (1 + weight)
        asked = 1 - np.exp(-odds["invite"] * active * weight)
        begin = asked * expit(odds["volunteer"] + usual + odds["asked"])
        begin += (1 - asked) * expit(odds["volunteer"] + usual)
        stay = expit(odds["volunteer"] + odds["habit"] + usual)
        return (1 - active) * begin - active * (1 - stay)

    expected = brentq(moves, 0, 1)
    assert 0.2 < expected < 0.6
    model.residents.volunteering[:] = draw.random(n) < expected
    share = []
    for model.week in range(1, 120 * COHORTS + 1):
        open_books(model)
        participate(model)
        share.append(model.residents.volunteering.mean())
    assert np.mean(share[100:]) == pytest.approx(expected, rel=0.02)


def years_of(start: float, years: int, **parameters: float) -> np.ndarray:
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


def test_volunteering_comes_to_one_level_from_nobody_and_from_everybody():
    below, above = years_of(0.0, 24), years_of(1.0, 24)
    assert below[-6:].mean() == pytest.approx(above[-6:].mean(), abs=0.015)
    # a third of Bass's ceiling of those registered, 27.4 % of residents, of whom 87 % are adults
    assert (below[-6:].mean() + above[-6:].mean()) / 2 == pytest.approx(0.274 / 3 / 0.87, abs=0.025)


def test_volunteering_spreads_as_an_s_curve_that_needs_neighbours_who_ask():
    spread, alone = years_of(0.0, 16), years_of(0.0, 8, invite=0.0)
    first, next_ones, last = spread[1], (spread[5] - spread[1]) / 4, (spread[16] - spread[12]) / 4
    assert next_ones > 1.5 * first
    assert next_ones > 1.5 * last
    assert alone[1] > 1.5 * (alone[5] - alone[1]) / 4  # as ever fewer are left who would of themselves
    assert alone[-3:].mean() < 0.2 * spread[-3:].mean()
