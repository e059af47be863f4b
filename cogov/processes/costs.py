"""Costs (成本): what the hours of a week are worth, by who gives them; money that purses pay stands apart.

An hour is worth what it would cost to have somebody do the same for pay (replacement cost), whether anybody
is paid for it or not. Hours of posts whose wages a purse pays are in its money and not counted again.

Source of the method: Salamon, Sokolowski and Haddock (2011), Annals of Public and Cooperative Economics 82;
ILO, Manual on the Measurement of Volunteer Work (2011).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cogov.kit.fields import Parameters, param
from cogov.outcomes.measures import PAYERS
from cogov.processes.model_state import ModelState

POSTS = {"committee": "committee", "office": "office", "district": "office", "firm": "firms"}
"""Who pays for the posts that every community has."""


def _price(default: float, low: float, high: float, doc: str, source: str) -> Any:
    plausible = (low, high)
    return param(default, low=0, high=10_000, unit="yuan/h", doc=doc, source=source, plausible=plausible)


@dataclass(frozen=True, kw_only=True)
class Prices(Parameters):
    """What an hour is worth, whoever pays for it (Shanghai, about 2023; with contributions)."""

    committee: float = _price(
        60.0,
        40,
        90,
        "an hour of a committee's staff",
        "assumed: 120,000 yuan a year of a community worker with contributions, 2,000 hours",
    )
    office: float = _price(
        100.0,
        70,
        150,
        "an hour of the subdistrict office or the district",
        "assumed: 200,000 yuan a year of a civil servant with contributions, 2,000 hours",
    )
    departments: float = _price(100.0, 70, 150, "an hour of a department", "assumed: as of the office")
    firms: float = _price(
        35.0,
        25,
        60,
        "an hour of a property firm's people",
        "assumed: 70,000 yuan a year with contributions, 2,000 hours",
    )
    units: float = _price(
        70.0,
        40,
        110,
        "an hour that a joint-building unit gives",
        "assumed: mean pay in urban units of Shanghai 2022, 12,183 yuan a month, 174 hours",
    )
    volunteers: float = _price(
        24.0,
        0,
        60,
        "an hour of a volunteer, on duty, at a table or at a sitting",
        "assumed: the minimum wage by the hour, Shanghai from July 2023",
    )
    posts: float = _price(
        40.0,
        24,
        100,
        "an hour of any other post without a wage",
        "assumed: as of a carer or trainer",
    )


def costs(model: ModelState) -> dict[str, float]:
    """Yuan that the week's hours are worth, by payer (``cost_<payer>``)."""
    institutions, prices = model.institutions, model.parameters.costs
    posts, ledger = institutions.posts, institutions.ledger
    payer = np.full(posts.rows, PAYERS.index("posts"))
    payer[institutions.held_by_neighbours[: posts.rows]] = PAYERS.index("volunteers")
    for post, name in POSTS.items():
        payer[posts.at(post)] = PAYERS.index(name)
    for post in institutions.detached:  # whom departments sent is theirs still
        payer[posts.at(post)] = PAYERS.index("departments")
    spent = np.where(posts.wage > 0, 0.0, ledger.available - ledger.left)
    hours = np.bincount(payer, spent, len(PAYERS))
    hours[PAYERS.index("departments")] += model.tally.hours_by_line.sum()
    hours[PAYERS.index("units")] += model.tally.total.get("unit_hours", 0.0)
    return {f"cost_{name}": float(hours[at]) * getattr(prices, name) for at, name in enumerate(PAYERS)}
