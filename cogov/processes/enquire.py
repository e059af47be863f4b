"""Enquire (摸排): those who are among people find out what they need; in time it is out of date."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import at_once, exp, log1p, power
from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.rules.areas import Area
from cogov.rules.kinds import SERVICES, marked
from cogov.rules.seats import SeatedCouncil
from cogov.terms import YEAR, Level

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Enquire(Parameters):
    """What is known of needs without anybody asking, and how long what was found out holds."""

    by_themselves: float = param(
        0.5,
        low=0,
        high=1,
        doc="share of need that is known because people come by themselves",
        plausible=(0.3, 0.7),
    )
    half_life: float = param(
        52.0,
        low=1,
        high=5200,
        unit="weeks",
        doc="after so long half of what was found out is out of date",
        plausible=(26, 156),
    )
    start: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of the rest known at the start: near where the baseline settles",
        plausible=(0.15, 0.45),
    )


@process(reads=("institutions",), writes=("known", "found", "institutions.ledger"))
def enquire(model: ModelState) -> None:
    """Forget a little; find out from the households that posts came by this week."""
    institutions, known = model.institutions, model.known
    posts, ledger = institutions.posts, institutions.ledger
    none, met = np.zeros(posts.rows), []
    known.forget(power(0.5, 1 / model.parameters.enquire.half_life))
    for laid in institutions.enquiries:
        rule, area, where = laid.rule, laid.area, posts.at(laid.rule.post)
        if rule.during == "observing":  # an adviser looks round for people, not for issues
            looked = ledger.spent.get(rule.during, none)[where]
            wanted = posts.observe[where] * ledger.own(where) - looked
            ledger.spend(where, wanted.clip(0), rule.during)
        hours = ledger.spent.get(rule.during, none)[where]
        met.append(hours * laid.value("speed") * laid.force / np.maximum(area.households, 1))
    for laid, reached in zip(institutions.enquiries, at_once(lambda x: 1 - exp(-x), met), strict=True):
        found = in_neighbourhoods(model, laid.area, reached)
        known.find(found[:, None] * marked(laid.rule.services, SERVICES))
    find_people(model)


def find_people(model: ModelState) -> None:
    """Those who are among people find some who would hold a post; others who were found give it up."""
    institutions, places = model.institutions, model.places
    posts, households = institutions.posts, places.households_by_building
    for laid in institutions.boundaries.values():
        rule, area = laid.rule, laid.area
        if not rule.finder:
            continue
        theirs = institutions.areas[institutions.positions[rule.finder].area]
        spent = institutions.ledger.spent.get(rule.during, np.zeros(posts.rows))[posts.at(rule.finder)]
        # Hours of a wider area are divided by households, those of smaller ones come together.
        at_home = (spent / np.maximum(theirs.households, 1))[theirs.of_building] * households
        hours = np.bincount(area.of_building, at_home, area.n)
        left = (1 - laid.value("quits") / YEAR) * model.found.get(rule.post, np.zeros(area.n))
        heads = posts.heads(institutions.positions[rule.post])
        model.found[rule.post] = np.minimum(left + laid.value("found") * laid.force * hours, heads)


def in_neighbourhoods(model: ModelState, area: Area, share: Floats) -> Floats:
    """Mean over the households of each neighbourhood of a share by area, shape (neighbourhoods,)."""
    if area.level >= Level.NEIGHBOURHOOD:
        return np.asarray(share[area.of_neighbourhood])
    home = model.places.building_neighbourhood
    households = model.places.households_by_building
    reached = np.bincount(home, households * share[area.of_building])
    return np.asarray(reached / np.bincount(home, households))


def hear(model: ModelState, council: SeatedCouncil, present: NDArray[np.bool_]) -> None:
    """Let those present at a council tell what the people of their neighbourhood need."""
    speaks = present & (council.speaks_for >= 0)
    table, neighbourhood = council.seat_area[speaks], council.speaks_for[speaks]
    for laid in model.institutions.hearings:
        if laid.rule.council == council.rule.name:
            told = np.minimum(laid.value("share") * laid.force * council.laid.force, 0.999999)[table]
            untold = np.bincount(neighbourhood, log1p(-told), len(model.known.found)).astype(float)
            model.known.find((1 - exp(untold))[:, None] * marked(laid.rule.services, SERVICES))
