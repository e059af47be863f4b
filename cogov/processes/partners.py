"""Partners (结对): units and neighbourhoods agree to work together, and what nobody keeps lapses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cogov.kit.fields import Parameters, param
from cogov.kit.runs import occurrence
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Listing
from cogov.rules.laid import Laid
from cogov.terms import MONTH


@dataclass(frozen=True, kw_only=True)
class Partners(Parameters):
    """How partners agree."""

    hours: float = param(
        4.0, low=0.5, high=40, unit="h", doc="hours of each side to come to an agreement", plausible=(2, 8)
    )
    least: float = param(
        2.0,
        low=0,
        high=40,
        unit="h",
        doc="contact of the two below which their agreement lapses",
        plausible=(1, 4),
    )


@process(
    reads=("units", "neighbourhood_needs", "institutions.posts", "institutions.listings"),
    writes=("agreements", "contacts", "offers", "institutions.ledger"),
)
def agree(model: ModelState) -> None:
    """End agreements that nobody keeps; once a month committees ask units for the lists of partners."""
    units, agreements, parameters = model.units, model.agreements, model.parameters.partners
    bound = np.flatnonzero(agreements.partner >= 0)
    kept = model.contacts.hours(bound, agreements.partner[bound]) >= parameters.least
    agreements.lapse(bound[~kept])
    posts = model.institutions.posts
    if model.week % MONTH:
        return
    for laid in model.institutions.listings:
        if not laid.rule.paired or "committee" not in posts.start:
            continue
        asked = np.flatnonzero((agreements.partner < 0) & (model.offers.weekly.sum(1) > 0))
        place = proposed(model, laid, asked)
        draws = model.streams.generator("partners", model.week).random(len(units))
        willing = (place >= 0) & (draws[asked] < units.engagement[asked])
        asked, place = asked[willing], place[willing]
        # A committee talks to those first who have most to give, as far as its hours reach.
        most = partial(model.offers.weekly[asked].sum, 1)
        payer = posts.row("committee", place)
        met = model.institutions.ledger.spend_each(payer, parameters.hours, "meetings", most)
        asked, place = asked[met], place[met]
        model.offers.sit(asked, parameters.hours)
        model.contacts.meet(asked, place, parameters.hours)
        agreements.make(asked, place)


def proposed(model: ModelState, laid: Laid[Listing], asked: NDArray[np.intp]) -> NDArray[np.int64]:
    """The neighbourhood that asks each unit, -1 none: where it stands, or else where it is needed most.

    A unit outside goes where what it offers is most wanted for each household, the less the more partners a
    neighbourhood has already; by fit all units do. In turn they are dealt out, whatever they have.
    """
    units, in_force, rule = model.units, laid.force > 0, laid.rule
    stands = units.neighbourhood[asked] >= 0
    place = units.neighbourhood[asked].astype(np.int64)
    if rule.pairing == "fit":
        place[:] = -1
    elif rule.pairing == "turn":
        place = in_turn(model)[asked]
    households = np.diff(model.places.neighbourhood_households)
    wanted = model.neighbourhood_needs / households[:, None]
    wanted = wanted / np.maximum(wanted.mean(0), 1e-12)
    partner = model.agreements.partner
    partners = np.bincount(partner[partner >= 0], minlength=len(wanted)).astype(float)
    for at in np.flatnonzero((place < 0) & (stands | rule.outside)):
        fit = (wanted * model.offers.weekly[asked[at]]).sum(1) / (1 + partners)
        fit[~in_force | (model.places.neighbourhood_subdistrict != units.subdistrict[asked[at]])] = -1
        place[at] = int(fit.argmax())
        partners[place[at]] += 1
    return np.where(in_force[place] & (stands | rule.outside), place, -1)


def in_turn(model: ModelState) -> NDArray[np.int64]:
    """The neighbourhood of each unit where they are dealt out one after another within a subdistrict."""
    units, first = model.units, model.places.subdistrict_neighbourhoods
    number = np.diff(first)[units.subdistrict]
    return np.asarray(first[units.subdistrict] + occurrence(units.subdistrict) % number, dtype=np.int64)
