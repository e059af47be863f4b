"""Deliberate (议事): councils take up public issues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import expit
from cogov.kit.fields import Parameters, param
from cogov.processes.attention import priority
from cogov.processes.declared import process
from cogov.processes.enquire import hear
from cogov.processes.model_state import ModelState
from cogov.rules.seats import SeatedCouncil, holders
from cogov.state.contacts import convener
from cogov.state.issues import State
from cogov.terms import MONTH, Capability, Service


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
    reads=("institutions", "units", "secretaries"),
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
def deliberate(model: ModelState) -> None:
    """Hold the councils that meet this week, from the smallest area up."""
    councils = model.institutions.councils
    meeting = [bit for bit, council in enumerate(councils) if model.week % council.rule.every == 0]
    for _, together in groupby(meeting, key=lambda bit: councils[bit].area.level):
        meet(model, list(together))


def meet(model: ModelState, bits: Sequence[int]) -> None:
    """One round of meetings on one rung: all councils (by their bits) that meet, in all their areas, at once.

    An item passes if seats present want its field in at least the quorum's share and the units of the area
    can give the hours it needs. It then has authority at the council's level. A refused item goes on to
    another council of the rung that takes it up, or to a wider one.
    """
    issues, councils = model.issues, [model.institutions.councils[bit] for bit in bits]
    taken = agenda(model, bits)
    rows = np.array([row for row, _ in taken], dtype=np.intp)
    of = np.array([council for _, council in taken], dtype=np.intp)
    where = np.zeros(len(rows), dtype=np.intp)
    for index, council in enumerate(councils):
        where[of == index] = council.area.of_building[issues.building[rows[of == index]]]
    items = [
        np.bincount(where[of == index], minlength=council.area.n) for index, council in enumerate(councils)
    ]
    present = attendance(model, councils, items)
    for council, there in zip(councils, present, strict=True):
        hear(model, council, there)
    field = issues.field[rows].astype(np.int64)
    wanted = np.zeros(len(rows), dtype=bool)
    for index, council in enumerate(councils):
        mine = of == index
        wanted[mine] = supported(council, present[index], where[mine], field[mine])
    for (row, index), area, passes in zip(taken, where.tolist(), wanted.tolist(), strict=True):
        council = councils[index]
        if passes and reserve(model, council, row, area):
            issues.agreed[row] = True
            issues.level[row] = council.area.level
        else:
            issues.refused[row] |= 1 << bits[index]
    issues.state[rows] = State.MOVING
    model.tally.count("agenda_items", len(rows))
    model.tally.count("agenda_passed", int(issues.agreed[rows].sum()))


def agenda(model: ModelState, bits: Sequence[int]) -> list[tuple[int, int]]:
    """Which waiting issues councils of a rung take up, in order of priority: (row, which council) for each.

    An issue goes to a council of its area that takes up its kind, has not refused it, and has a place left;
    if several do, its own number says which.
    """
    issues, powers = model.issues, model.institutions.powers
    councils = [model.institutions.councils[bit] for bit in bits]
    level = councils[0].area.level
    rows = issues.where(State.COUNCIL)
    rows = rows[issues.at[rows] == level]
    rows = rows[np.lexsort((issues.id[rows], -priority(model, rows)))]
    able = powers.councils[issues.kind[rows], level, issues.compound[rows]] & ~issues.refused[rows]
    areas = [council.area.of_building[issues.building[rows]].tolist() for council in councils]
    places = [slots(model, council).tolist() for council in councils]
    left, taken = sum(sum(free) for free in places), []
    for item, (row, able_bits, number) in enumerate(
        zip(rows.tolist(), able.tolist(), issues.id[rows].tolist(), strict=True)
    ):
        if not left:
            break
        open_to = [
            index
            for index, bit in enumerate(bits)
            if able_bits >> bit & 1 and places[index][areas[index][item]] > 0
        ]
        if open_to:
            chosen = open_to[number % len(open_to)]
            places[chosen][areas[chosen][item]] -= 1
            left -= 1
            taken.append((row, chosen))
    return taken


def attendance(
    model: ModelState, councils: Sequence[SeatedCouncil], items: Sequence[NDArray[np.integer]]
) -> list[NDArray[np.bool_]]:
    """Who attends; a seat costs its payer hours, and a payer who has none left does not come.

    Whether somebody has time is drawn once a week and rung, whatever seats they hold there.

    Parameters
    ----------
    items : sequence of ndarray of int, shape (areas,)
        Items on the agenda of each area of each council: more take longer.
    """
    parameters, units, ledger = model.parameters.deliberate, model.units, model.institutions.ledger
    level = councils[0].area.level
    free = model.streams.generator(f"deliberate/{level.label}", model.week)
    draws = free.random(holders(model.community)["all"])
    seats, coming, cost = [], [], []
    for council, on_agenda in zip(councils, items, strict=True):
        odds = np.full(len(council.unit), parameters.attend_others)
        held = council.unit >= 0
        unit = council.unit[held]
        gap = np.maximum(units.rank[unit] - council.rule.convener, 0)
        tie = parameters.attend_tie * model.contacts.tie(unit, convener(level, units.neighbourhood[unit]))
        odds[held] = parameters.attend + tie - parameters.attend_rank * gap
        hours_of = council.laid.value("hours") + council.laid.value("item_hours") * on_agenda
        seats.append((council.laid.force > 0)[council.seat_area])  # nobody is called to what nobody prepared
        coming.append(seats[-1] & (draws[council.holder] < expit(odds)))
        cost.append(hours_of[council.seat_area])
    payer = np.concatenate([council.payer for council in councils])
    unit = np.concatenate([council.unit for council in councils])
    called, present, hours = np.concatenate(seats), np.concatenate(coming), np.concatenate(cost)
    paid = np.flatnonzero(present & (payer >= 0))
    # Who pays for several seats fills as many as there are hours for.
    present[paid] = ledger.spend_each(payer[paid], hours[paid], "meetings")
    held = unit >= 0
    unit, came, spent = unit[held], present[held], hours[held]
    host = convener(level, units.neighbourhood[unit])
    model.offers.sit(unit[came], spent[came])
    model.contacts.meet(unit[came], host[came], spent[came])
    model.verdicts.seat(unit, host, came, called[held])
    model.tally.count("unit_hours", float(spent[came].sum()))
    model.tally.count("seats", int(called.sum()))
    model.tally.count("seats_present", int(present.sum()))
    model.tally.count("seat_hours", float(hours[present].sum()))
    return np.split(present, np.cumsum([len(council.unit) for council in councils])[:-1])


def supported(
    council: SeatedCouncil,
    present: NDArray[np.bool_],
    where: NDArray[np.int64],
    field: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Which items of these areas and fields the seats present want in at least the quorum's share."""
    area, weight = council.area, present.astype(float)
    n_present = np.bincount(council.seat_area, weight, area.n)
    wants = [
        np.bincount(council.seat_area, weight * council.wants[:, service], area.n)
        for service in range(len(Service))
    ]
    support = np.stack(wants, 1) / np.maximum(n_present, 1)[:, None]
    enough = support[where, field] >= council.laid.value("quorum")[where] - 1e-9
    return np.asarray(enough & (n_present[where] > 0))


def slots(model: ModelState, council: SeatedCouncil) -> NDArray[np.int64]:
    """Items each council gets through: as far as its agenda is prepared, more with a skilled chair.

    Fractions carry over to later meetings.
    """
    parameters, rule, area = model.parameters.deliberate, council.rule, council.area
    chair = model.secretaries.own(Capability.DELIBERATION)
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


def reserve(model: ModelState, council: SeatedCouncil, row: int, area: int) -> bool:
    """Reserve the unit hours that an item needs from the units of its area; says whether they could be had.

    Units can promise what they offer over a month, less what they have promised already.
    """
    issues, offers, units = model.issues, model.offers, model.units
    need, field = float(issues.resource[row]), issues.field[row]
    if need <= 0:
        return True
    near = np.flatnonzero(units.neighbourhood >= 0)
    members = near[council.area.of_neighbourhood[units.neighbourhood[near]] == area]
    spare = (MONTH * offers.weekly[members, field] - offers.promised[members, field]).clip(0)
    if spare.sum() < need:
        return False
    home = int(model.places.compound_neighbourhood[issues.compound[row]])
    offers.promise(members, field, spare * (need / spare.sum()), home)
    return True
