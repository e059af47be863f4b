"""Shares: hours that find a need, issues that are noticed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from cogov.processes.books import open_books
from cogov.processes.offers import match_units
from cogov.processes.sense import sense
from cogov.rules import Listing, Observation, Reports
from cogov.state.issues import State
from cogov.terms import Service
from tests.helpers import post, put, situation
from tests.limits.limit import Row, limit

SERVICES = len(Service)
DISTANCE = 0.85
ISSUES = 20_000


def optimum(supply: NDArray[np.float64], need: NDArray[np.float64], distance: float) -> float:
    """Most hours of need that supplies (sources, services) can meet in places (places, services).

    A linear programme: x[u, p, s] hours of source u for place p, of which ``distance`` arrive.
    """
    sources, places = len(supply), len(need)
    index = np.arange(sources * places * SERVICES).reshape(sources, places, SERVICES)
    rows, bounds = [], []
    for cells, most in [
        *((index[u, :, s], supply[u, s]) for u in range(sources) for s in range(SERVICES)),
        *((index[:, p, s], need[p, s] / distance) for p in range(places) for s in range(SERVICES)),
    ]:
        row = np.zeros(index.size)
        row[cells.ravel()] = 1
        rows.append(row)
        bounds.append(most)
    found = linprog(-distance * np.ones(index.size), A_ub=np.array(rows), b_ub=bounds)
    assert found.success
    return float(-found.fun)


@limit(
    "Matching in one area",
    "Σₛ min(d Σᵤ offered, Σₚ needed), the optimum of max Σ d x subject to what is offered and needed",
    "linear programme of the transport problem (scipy.optimize.linprog)",
)
def matching() -> Iterator[Row]:
    """All units are on one list of the subdistrict; offers and needs of three neighbourhoods are drawn, d
    of an hour arrives. `match_units` against the linear programme."""
    model = situation(
        post(), Listing(name="menu", area="subdistrict"), match={"distance_subdistrict": DISTANCE}
    )
    draws = np.random.default_rng(8)
    for scarce in (0.2, 1.0, 5.0):
        offers = scarce * draws.exponential(10, (len(model.units), SERVICES))
        need = draws.exponential(30, (3, SERVICES))
        model.offers.weekly = offers
        met = float((need - match_units(model, need)).sum())
        yield Row(f"hours met, offered {offers.sum() / need.sum():.2f} of what is needed",
                  optimum(offers, need, DISTANCE), met, within=1e-7)  # fmt: skip


def many_issues(order_hours: float = 0.0):
    """Many issues of one person each, who may tell (0.06 a week), call (0.10) or be visited."""
    rules = (
        post(observe=0.5),
        post("office", area="subdistrict"),
        Reports(name="reports", channel="committee"),
        Reports(name="hotline", channel="hotline"),
        Observation(name="visits", post="committee", speed=0.5),
    )
    rates = {"report_rate": 0.1, "word": 0.0, "call_rate": 0.1, "growth": 0.0}
    hours = {"order_hours": order_hours, "report_hours": 0.0}
    model = situation(*rules, sense=rates | hours, arise={"dispute": {"visibility": 0.5}})
    model.residents.trust_committee[:] = 0.6
    fates = np.random.default_rng(3).standard_exponential((3, ISSUES))
    put(model, copies=ISSUES, urgency=1.0, **dict(zip(("tell", "call", "spot"), fates, strict=True)))
    model.issues.row1[:] = model.issues.row0 + 1
    return model


def chances(model) -> NDArray[np.float64]:
    """What each channel would notice by itself in a week."""
    buildings = model.institutions.areas["neighbourhood"].buildings[0]
    seen = 0.5 * (1 - np.exp(-10 * 0.5 / buildings))  # ten hours at 0.5 buildings an hour
    return np.array([0.06, 0.1, seen])


def binomial(share: float) -> tuple[float, float]:
    """A share of the issues, and its standard error."""
    return share, float(np.sqrt(share * (1 - share) / ISSUES))


@limit(
    "Channels by which issues are noticed",
    "1 − Πᵢ (1 − pᵢ) a week; channel i notices its share hᵢ / Σh of them, h = −log(1 − p)",
    "competing risks",
)
def noticing() -> Iterator[Row]:
    """20,000 issues of one person each, who tells the committee or calls; or staff on their rounds see it.
    `sense` for four weeks, and once more with nobody to take calls."""
    model = many_issues()
    p = chances(model)
    hazard = -np.log1p(-p)
    for model.week in range(1, 5):
        open_books(model)
        sense(model)
        if model.week == 1:
            called = float(model.issues.hotline.mean())
            exact = float((1 - np.prod(1 - p)) * hazard[1] / hazard.sum())
            yield Row("noticed by a call in the first week", exact, *binomial(called))
        noticed = float((model.issues.state != State.LATENT).mean())
        yield Row(
            f"noticed by week {model.week}", float(1 - np.prod(1 - p) ** model.week), *binomial(noticed)
        )
    model = many_issues(order_hours=1.0)
    model.institutions.ledger.left[model.institutions.posts.at("office")] = 0.0
    p = chances(model)[[0, 2]]
    sense(model)
    noticed = float((model.issues.state != State.LATENT).mean())
    yield Row("noticed in a week with nobody to take calls", float(1 - np.prod(1 - p)), *binomial(noticed))


LIMITS = (matching, noticing)
