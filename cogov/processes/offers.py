"""Offers (单位供给): what units offer, to whom it is visible, and what of it meets a need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cogov.community import Units
from cogov.community.ties import occurrence
from cogov.rules.kinds import Listing
from cogov.rules.laid import Laid
from cogov.terms import MONTH, Level, Service

if TYPE_CHECKING:
    from cogov.model import GovernanceModel

Floats = NDArray[np.float64]


class Offers:
    """What units offer a week, what they have promised to councils, and what they gave.

    Attributes
    ----------
    weekly : ndarray, shape (units, services)
        Hours offered a week: engagement times capacity.
    promised : ndarray, shape (units, services)
        Hours promised to issues and not yet given.
    given : ndarray, shape (units,)
        Hours given in the quarter so far (meetings included).
    seated : ndarray, shape (units,)
        Hours at council tables this week, which are not there to offer.
    seen : ndarray of bool, shape (units,)
        Whether the unit took a turn at a public day in the quarter.
    """

    def __init__(self, units: Units) -> None:
        self.units = units
        self.promised = np.zeros((len(units), len(Service)))
        self.given = np.zeros(len(units))
        self.seated = np.zeros(len(units))
        self.seen = np.zeros(len(units), dtype=bool)
        self.refresh()

    def refresh(self) -> None:
        """Take over the units' engagement."""
        self.weekly = self.units.hours.astype(float) * self.units.engagement[:, None].astype(float)

    def sit(self, units: NDArray[np.integer], hours: Floats | float) -> None:
        """Book hours that units (rows, possibly repeated) spend at a council's table."""
        np.add.at(self.seated, units, hours)
        np.add.at(self.given, units, hours)

    def keep_promises(self) -> Floats:
        """Give a week's hours to what was promised; returns what meetings leave of the rest to offer."""
        paid = np.minimum(self.promised, self.weekly)
        self.promised -= paid
        self.given += paid.sum(1)
        left = self.weekly - paid
        hours = left.sum(1)
        free = np.divide(hours - self.seated, hours, out=np.zeros_like(hours), where=hours > 0)
        self.seated[:] = 0
        return np.asarray(left * np.maximum(free, 0)[:, None])


def allocate(
    supply: Floats, need: Floats, area_of: NDArray[np.integer], distance: float
) -> tuple[Floats, Floats]:
    """Serve needs from the supply of the area they are in, in proportion to need.

    Parameters
    ----------
    supply : ndarray, shape (areas, services)
        Hours.
    need : ndarray, shape (places, services)
        Hours.
    area_of : ndarray of int, shape (places,)
        Area of each place.
    distance : float
        Share of an hour left after travel.

    Returns
    -------
    met : ndarray, shape (places, services)
        Need met; in each area and type min(supply x distance, need) in all, which is the optimum of the
        transport problem within one area.
    used : ndarray, shape (areas, services)
        Supply used.
    """
    total = np.zeros_like(supply)
    np.add.at(total, area_of, need)
    arrives = np.minimum(supply * distance, total)
    share = np.divide(arrives, total, out=np.zeros_like(total), where=total > 0)
    return need * share[area_of], arrives / max(distance, 1e-12)


def match_units(model: GovernanceModel, need: Floats) -> Floats:
    """Match the offers of units that some list makes visible; returns the need that is left."""
    offers, institutions = model.offers, model.institutions
    left = offers.keep_promises()
    model.tally.count("offered", float(offers.weekly.sum()))
    for laid in institutions.listings:
        area = laid.area
        visible, home = on_list(model, laid, left)
        supply = np.zeros((area.n, len(Service)))
        listed = np.flatnonzero(home >= 0)
        np.add.at(supply, home[listed], visible[listed])
        met, used = allocate(supply, need, area.of_neighbourhood, model.parameters.match.distance(area.level))
        need = need - met
        share = np.divide(used, supply, out=np.zeros_like(used), where=supply > 0)
        given = visible * np.where(home[:, None] >= 0, share[home.clip(0)], 0)
        left = left - given
        offers.given += given.sum(1)
        model.tally.count("matched", float(given.sum()))
    model.tally.count("unused", float(left.sum()))
    return need


def on_list(model: GovernanceModel, laid: Laid[Listing], left: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """What one list shows: hours by unit and type, and the area each unit is listed in (-1 not)."""
    units, offers = model.units, model.offers
    area, rule = laid.area, laid.rule
    inside = units.neighbourhood >= 0
    first = np.array([part.start for part in area.parts])[units.subdistrict]
    turn = occurrence(units.subdistrict)
    if rule.paired:  # partners are assigned in turn, wherever in the subdistrict the unit stands
        many = np.array([part.stop - part.start for part in area.parts])[units.subdistrict]
        home = np.where(inside, first + turn % many, -1)
    elif area.level < Level.SUBDISTRICT:
        home = np.where(inside, area.of_neighbourhood[units.neighbourhood.clip(0)], -1).astype(np.intp)
    else:
        home = first
    if not rule.paired and not rule.rota and any(other.rule.paired for other in model.institutions.listings):
        home = np.where(inside, -1, home)  # a paired unit serves its partner only
    share = np.where(home >= 0, (laid.value("share") * laid.force)[home.clip(0)], 0.0)
    if rule.rota:
        everybody = np.bincount(units.subdistrict)[units.subdistrict]
        on_duty = (turn - model.week // MONTH * rule.rota) % everybody < rule.rota
        share = share * on_duty
        offers.seen |= on_duty
    return left * share[:, None], home
