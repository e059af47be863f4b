"""Contacts (联系): hours that two parties have spent together, forgotten as time goes by.

Only hours that somebody booked add to a contact: a seat taken at a table, hours given to a neighbourhood, an
agreement talked over. A tie is what such hours come to, 1 - exp(-hours / ``enough``).

Source: J. Hall, How many hours does it take to make a friend? (2018): 40 to 60 h to a casual friend; for
two people who speak for organisations a third to a half of it is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import exp, log1p, power
from cogov.kit.fields import Parameters, param
from cogov.terms import Level

Floats = NDArray[np.float64]
Rows = NDArray[np.integer]
SUBDISTRICT = -1
"""Stands for the subdistrict office where a neighbourhood is asked for."""
FADED = 1e-100
"""Below this the common factor of all contacts is put back into them, lest it come to nothing."""


@dataclass(frozen=True, kw_only=True)
class Contact(Parameters):
    """How contact wears off and when it ties."""

    half_life: float = param(
        26.0,
        low=13,
        high=52,
        unit="weeks",
        doc="weeks after which half of a contact is forgotten",
        plausible=(13, 52),
    )
    enough: float = param(
        20.0,
        low=5,
        high=60,
        unit="h",
        doc="hours together that make a tie of 1 - 1/e",
        plausible=(10, 40),
    )


class Contacts:
    """Hours together of every unit with every neighbourhood and with the subdistrict.

    Where a neighbourhood is asked for, ``SUBDISTRICT`` (-1) stands for the subdistrict's office.

    Parameters
    ----------
    stands : ndarray of int, shape (units,)
        Neighbourhood in which each unit stands, -1 outside.
    tie : ndarray, shape (units,)
        Tie of each unit at the start, with the office and with the neighbourhood it stands in, in [0, 1].
    neighbourhoods : int
    parameters : Contact
    """

    def __init__(self, stands: Rows, tie: NDArray[np.floating], neighbourhoods: int, parameters: Contact):
        self.parameters = parameters
        self._keep = power(0.5, 1 / parameters.half_life)
        # Forgetting is the same share of all, so it is one factor and costs nothing a pair.
        self._scale = 1.0
        self._of_units = np.zeros((len(stands), neighbourhoods + 1))
        known = -parameters.enough * log1p(-np.asarray(tie, dtype=float).clip(max=1 - 1e-9))
        everybody, inside = np.arange(len(stands)), np.flatnonzero(stands >= 0)
        self.meet(everybody, np.full(len(stands), SUBDISTRICT), known)
        self.meet(inside, stands[inside], known[inside])

    def forget(self) -> None:
        """A week goes by."""
        self._scale *= self._keep
        if self._scale < FADED:
            self._of_units *= self._scale
            self._scale = 1.0

    def meet(self, units: Rows, neighbourhoods: Rows, hours: Floats | float) -> None:
        """Add hours that units spent with neighbourhoods or the subdistrict; pairs may be repeated."""
        np.add.at(self._of_units, (units, neighbourhoods), np.asarray(hours, dtype=float) / self._scale)

    def hours(self, units: Rows, neighbourhoods: Rows) -> Floats:
        """Hours remembered of each pair."""
        return np.asarray(self._of_units[units, neighbourhoods] * self._scale)

    def tie(self, units: Rows, neighbourhoods: Rows) -> Floats:
        """Tie of each pair, in [0, 1)."""
        return self.tied(self.hours(units, neighbourhoods))

    def in_all(self) -> Floats:
        """Hours that each unit remembers with everybody, shape (units,)."""
        return np.asarray(self._of_units.sum(1) * self._scale)

    def tied(self, hours: Floats) -> Floats:
        """The tie that so many hours are."""
        return np.asarray(1 - exp(-np.asarray(hours, dtype=float) / self.parameters.enough))


def convener(level: Level, neighbourhoods: Rows) -> NDArray[np.int64]:
    """With whom contact is made at an area's table: its neighbourhood, or for larger areas the office."""
    if level <= Level.NEIGHBOURHOOD:
        return np.asarray(neighbourhoods, dtype=np.int64)
    return np.full(len(neighbourhoods), SUBDISTRICT, dtype=np.int64)
