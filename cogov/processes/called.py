"""Called in (列席): units that know and own what an item takes are called to it, seat or none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import expit
from cogov.processes.model_state import ModelState
from cogov.rules.seats import SeatedCouncil, holders, top
from cogov.state.contacts import convener

Rows = NDArray[np.intp]


def call_in(model: ModelState, council: SeatedCouncil, rows: Rows, area: Rows) -> list[Rows]:
    """Units without a seat that come to each of some items: those around that offer most in its field.

    They come by the odds of any unit there, and give the hours of a seat once, however many items they are
    called to.

    Parameters
    ----------
    rows, area : ndarray of int, shape (items,)
        Items on the agenda of a council, and the areas they are of.
    """
    none = np.zeros(0, dtype=np.intp)
    if not council.rule.called or not len(rows):
        return [none] * len(rows)
    issues, units, places = model.issues, model.units, model.places
    level, first = council.area.level, holders(model.community)["units"]
    host = convener(level, units.neighbourhood)
    everybody = np.arange(len(units))
    sent = np.minimum(units.rank, model.agreements.sends)
    gap = np.maximum(sent - council.rule.convener, 0)
    parameters = model.parameters.deliberate
    odds = parameters.attend + parameters.attend_tie * model.contacts.tie(everybody, host)
    draws = model.streams.generator(f"deliberate/{level.label}", model.week).random(first + len(units))
    comes = draws[first:] < expit(odds - parameters.attend_rank * gap)
    guests: list[Rows] = []
    came, hours = np.zeros((2, len(units)))
    for row, at in zip(rows.tolist(), area.tolist(), strict=True):
        field = int(issues.field[row])
        offered = model.offers.weekly[:, field]
        around = units.subdistrict == places.compound_subdistrict[issues.compound[row]]
        seated = np.isin(everybody, council.unit[council.seat_area == at])
        free = np.flatnonzero(around & ~seated & (offered > 0))
        asked = free[np.lexsort((free, -offered[free]))][: council.rule.called]
        guests.append(asked[comes[asked]])
        came[guests[-1]] = 1
        hours[guests[-1]] = council.laid.value("hours")[at]
    there = np.flatnonzero(came)
    model.offers.sit(there, hours[there])
    model.contacts.meet(there, host[there], hours[there])
    model.tally.count("unit_hours", float(hours[there].sum()))
    model.tally.count("seat_hours", float(hours[there].sum()))
    return guests


def in_favour(model: ModelState, rows: Rows, guests: Sequence[Rows]) -> NDArray[np.int64]:
    """How many of those called to each item want what it is about, shape (items,)."""
    if not any(map(len, guests)):
        return np.zeros(len(rows), dtype=np.int64)
    wants = top(model.units.hours, 2) & (model.units.hours > 0)
    return np.array(
        [int(wants[units, model.issues.field[row]].sum()) for row, units in zip(rows, guests, strict=True)],
        dtype=np.int64,
    )
