"""What units offer, have promised and gave (单位供给)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.community import Units
from cogov.terms import Service

Floats = NDArray[np.float64]


class Offers:
    """What units offer a week, what they have promised to councils, and what they gave.

    Attributes
    ----------
    weekly : ndarray, shape (units, services)
        Hours offered a week: engagement times capacity.
    promised : ndarray, shape (units, services)
        Hours promised to issues and not yet given.
    owed : ndarray, shape (units, neighbourhoods)
        The same hours by the neighbourhood they were promised to.
    given : ndarray, shape (units,)
        Hours given in the quarter so far (meetings included).
    seated : ndarray, shape (units,)
        Hours at council tables this week, which are not there to offer.
    seen : ndarray of bool, shape (units,)
        Whether the unit gave hours at its turn on a public day in the quarter.
    """

    def __init__(self, units: Units, neighbourhoods: int) -> None:
        self.units = units
        self.owed = np.zeros((len(units), neighbourhoods))
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

    def promise(self, units: NDArray[np.integer], field: int, hours: Floats, neighbourhood: int) -> None:
        """Promise hours of a field, by distinct units, to an issue of a neighbourhood."""
        self.promised[units, field] += hours
        self.owed[units, neighbourhood] += hours

    def keep_promises(self) -> tuple[Floats, Floats]:
        """Give a week's hours to what was promised.

        Returns
        -------
        left : ndarray, shape (units, services)
            What promises and meetings leave of the week to offer.
        kept : ndarray, shape (units, neighbourhoods)
            Hours given to each neighbourhood.
        """
        paid = np.minimum(self.promised, self.weekly)
        owed, given = self.promised.sum(1), paid.sum(1)
        kept = self.owed * np.divide(given, owed, out=np.zeros_like(owed), where=owed > 0)[:, None]
        self.promised -= paid
        self.owed -= kept
        self.given += given
        left = self.weekly - paid
        hours = left.sum(1)
        free = np.divide(hours - self.seated, hours, out=np.zeros_like(hours), where=hours > 0)
        self.seated[:] = 0
        return np.asarray(left * np.maximum(free, 0)[:, None]), kept
