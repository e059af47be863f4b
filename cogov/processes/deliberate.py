"""Deliberate (议事): councils take up public issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import expit
from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.enquire import hear
from cogov.rules.seats import SeatedCouncil
from cogov.state.contacts import convener
from cogov.state.issues import Issues, State
from cogov.terms import MONTH, Capability, Service

if TYPE_CHECKING:
    from cogov.model import GovernanceModel


@dataclass(frozen=True, kw_only=True)
class Deliberate(Parameters):
    """How councils meet."""

    attend: float = param(
        0.0, low=-100, high=100, doc="log odds that a unit without ties and rank gap attends"
    )
    attend_tie: float = param(2.0, low=0, doc="what a full tie to who convenes adds to a unit's log odds")
    attend_rank: float = param(1.2, low=0, doc="what each rank above the convener takes from them")
    attend_others: float = param(
        1.5, low=-100, high=100, doc="log odds that the holder of any other seat attends"
    )
    facilitation: float = param(
        0.5, low=0, high=1, doc="share of the slots that only a skilled chair gets through"
    )


@process(
    reads=("institutions", "units", "committees"),
    writes=(
        "issues",
        "institutions.ledger",
        "offers",
        "contacts",
        "verdicts",
        "known",
        "tally",
    ),
)
def deliberate(model: GovernanceModel) -> None:
    """Hold the councils that meet this week, from the smallest area up."""
    for council in model.institutions.councils:
        if model.week % council.rule.every == 0:
            meet(model, council)


def meet(model: GovernanceModel, council: SeatedCouncil) -> None:
    """One round of meetings of one kind of council, in all its areas.

    An item passes if seats present want its field in at least the quorum's share and the units of the area
    can give the hours it needs. It then has authority at the council's level. A refused item goes on to a
    wider council.
    """
    issues, area = model.issues, council.area
    rows = issues.where(State.COUNCIL)
    rows = rows[issues.at[rows] == area.level]
    where = area.of_compound[issues.compound[rows]]
    rows, where = first_in_each(rows, where, issues, slots(model, council))
    present = attendance(model, council, np.bincount(where, minlength=area.n))
    hear(model, council, present)
    weight = present.astype(float)
    n_present = np.bincount(council.seat_area, weight, area.n)
    support = (
        np.stack(
            [
                np.bincount(council.seat_area, weight * council.wants[:, field], area.n)
                for field in range(len(Service))
            ],
            1,
        )
        / np.maximum(n_present, 1)[:, None]
    )
    field = issues.field[rows].astype(np.int64)
    wanted = (support[where, field] >= council.laid.value("quorum")[where] - 1e-9) & (n_present[where] > 0)
    passed = np.zeros(len(rows), dtype=bool)
    passed[wanted] = reserve(model, council, rows[wanted], where[wanted])
    agreed, refused = rows[passed], rows[~passed]
    issues.agreed[agreed] = True
    issues.level[agreed] = area.level
    issues.tried[refused] = area.level
    issues.state[rows] = State.MOVING
    model.tally.count("agenda_items", len(rows))
    model.tally.count("agenda_passed", len(agreed))


def attendance(
    model: GovernanceModel, council: SeatedCouncil, items: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Who attends; a seat costs its payer hours, and a payer who has none left does not come.

    Parameters
    ----------
    items : ndarray of int, shape (areas,)
        Items on the agenda of each area: more take longer.
    """
    parameters, units, rule = model.parameters.deliberate, model.units, council.rule
    ledger = model.institutions.ledger
    odds = np.full(len(council.unit), parameters.attend_others)
    held = council.unit >= 0
    unit = council.unit[held]
    gap = np.maximum(units.rank[unit] - rule.convener, 0)
    host = convener(council.area.level, units.neighbourhood[unit])
    tie = model.contacts.tie(unit, host)
    odds[held] = parameters.attend + parameters.attend_tie * tie - parameters.attend_rank * gap
    draws = model.streams.generator(f"deliberate/{rule.name}", model.week).random(len(odds))
    hours = (council.laid.value("hours") + council.laid.value("item_hours") * items)[council.seat_area]
    called = (council.laid.force > 0)[council.seat_area]  # nobody is called to what nobody prepared
    present = called & (draws < expit(odds))
    paid = np.flatnonzero(present & (council.payer >= 0))
    # Who pays for several seats fills as many as there are hours for.
    present[paid] = ledger.spend_each(council.payer[paid], hours[paid], "meetings")
    came = present[held]
    model.offers.sit(unit[came], hours[held][came])
    model.contacts.meet(unit[came], host[came], hours[held][came])
    model.verdicts.seat(unit, host, came, called[held])
    model.tally.count("seats", int(called.sum()))
    model.tally.count("seats_present", int(present.sum()))
    model.tally.count("seat_hours", float(hours[present].sum()))
    return np.asarray(present)


def slots(model: GovernanceModel, council: SeatedCouncil) -> NDArray[np.int64]:
    """Items each council gets through: as far as its agenda is prepared, more with a skilled chair.

    Fractions carry over to later meetings.
    """
    parameters, rule, area = model.parameters.deliberate, council.rule, council.area
    chair = model.committees.capability[:, Capability.DELIBERATION].astype(float)
    members = np.bincount(area.of_neighbourhood, minlength=area.n).clip(1)
    skill = np.bincount(area.of_neighbourhood, chair, area.n) / members
    prepared = council.laid.force
    rate = (
        council.laid.value("slots")
        * prepared
        * (1 - parameters.facilitation + parameters.facilitation * skill)
    )
    meeting = model.week // rule.every
    return np.asarray(np.floor(rate * (meeting + 1)) - np.floor(rate * meeting), dtype=np.int64)


def first_in_each(
    rows: NDArray[np.intp], where: NDArray[np.int32], issues: Issues, places: NDArray[np.int64]
) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """The most urgent, then oldest, items of each area, as many as it has places for."""
    urgency, born = issues.urgency[rows], issues.born[rows]
    order = np.lexsort((born, -urgency, where))
    rows, where = rows[order], where[order]
    rank = np.arange(len(rows)) - np.searchsorted(where, where)
    taken = rank < places[where]
    return rows[taken], where[taken]


def reserve(
    model: GovernanceModel, council: SeatedCouncil, rows: NDArray[np.intp], where: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Reserve the unit hours that items need from the units of each area; says which could be had.

    Units can promise what they offer over a month, less what they have promised already.
    """
    issues, offers, units = model.issues, model.offers, model.units
    granted = issues.resource[rows] <= 0
    near = np.flatnonzero(units.neighbourhood >= 0)
    home = council.area.of_neighbourhood[units.neighbourhood[near]]
    for item in np.flatnonzero(~granted):
        field = issues.field[rows[item]]
        members = near[home == where[item]]
        spare = (MONTH * offers.weekly[members, field] - offers.promised[members, field]).clip(0)
        need = float(issues.resource[rows[item]])
        if spare.sum() >= need:
            home_of_item = int(model.places.compound_neighbourhood[issues.compound[rows[item]]])
            offers.promise(members, field, spare * (need / spare.sum()), home_of_item)
            granted[item] = True
    return granted
