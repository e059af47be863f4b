"""Deliberate (议事): councils take up public issues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.kit.elementary import expit
from cogov.kit.fields import Parameters, param
from cogov.kit.runs import runs
from cogov.processes.attention import priority
from cogov.processes.called import call_in, in_favour
from cogov.processes.declared import process
from cogov.processes.enquire import hear
from cogov.processes.followed import note_meeting
from cogov.processes.joint import on_the_table, settle_jointly
from cogov.processes.model_state import ModelState
from cogov.rules.seats import SeatedCouncil, holders
from cogov.state.contacts import convener
from cogov.state.issues import State
from cogov.terms import MONTH, Capability, Level


@dataclass(frozen=True, kw_only=True)
class Deliberate(Parameters):
    """How councils meet."""

    attend: float = param(
        0.0,
        low=-100,
        high=100,
        doc="log odds that a unit without ties and rank gap attends",
        plausible=(-1, 1),
    )
    attend_tie: float = param(
        2.0, low=0, doc="what a full tie to who convenes adds to a unit's log odds", plausible=(1, 3)
    )
    attend_rank: float = param(
        1.2, low=0, doc="what each rank above the convener takes from them", plausible=(0.6, 2)
    )
    attend_others: float = param(
        1.5,
        low=-100,
        high=100,
        doc="log odds that the holder of any other seat attends",
        plausible=(0.7, 2.5),
    )
    facilitation: float = param(
        0.5,
        low=0,
        high=1,
        doc="share of the slots that only a skilled chair gets through",
        plausible=(0.3, 0.7),
    )
    revise_hours: float = param(
        4.0,
        low=0,
        high=100,
        unit="h",
        doc="committee hours to revise an item that units would not carry",
        source="assumed: an afternoon to redraw the plan and talk it over",
        plausible=(2, 10),
    )
    less: float = param(
        0.5,
        low=0,
        high=1,
        doc="share of the unit hours that a revised item does without",
        plausible=(0.2, 0.8),
    )


@process(
    reads=("institutions", "units", "secretaries", "agreements", "homes.firm"),
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

    An item passes if seats present support it in at least the quorum's share and the units of the area can
    give the hours it needs. It then has authority at the council's level. Where nobody came the item waits
    for the next meeting. What is refused comes back to one, as often as the council has it, revised if hours
    of units were wanting; then the council is done with it.
    """
    issues, councils = model.issues, [model.institutions.councils[bit] for bit in bits]
    taken, free = agenda(model, bits)
    rows = np.array([row for row, _ in taken], dtype=np.intp)
    of = np.array([council for _, council in taken], dtype=np.intp)
    where = np.zeros(len(rows), dtype=np.intp)
    for index, council in enumerate(councils):
        where[of == index] = council.area.of_building[issues.building[rows[of == index]]]
    items = [
        np.bincount(where[of == index], minlength=council.area.n) for index, council in enumerate(councils)
    ]
    cases = on_the_table(model, councils, free)
    items = [on + np.bincount(area, minlength=len(on)) for on, (_, area) in zip(items, cases, strict=True)]
    present = attendance(model, councils, items)
    for council, there, mine in zip(councils, present, cases, strict=True):
        hear(model, council, there)
        settle_jointly(model, council, there, mine)
    held, wanted = np.zeros((2, len(rows)), dtype=bool)
    called: dict[int, NDArray[np.intp]] = {}
    for index, council in enumerate(councils):
        mine = of == index
        guests = call_in(model, council, rows[mine], where[mine])
        called.update(zip(rows[mine].tolist(), guests, strict=True))
        held[mine], wanted[mine] = supported(model, council, present[index], where[mine], rows[mine], guests)
    agreed, short = np.zeros((2, len(rows)), dtype=bool)
    for item in np.flatnonzero(wanted).tolist():
        row = int(rows[item])
        agreed[item] = reserve(model, councils[of[item]], row, int(where[item]), called[row])
        short[item] = not agreed[item]
    passed = rows[agreed]
    issues.agreed[passed] = True
    issues.level[passed] = councils[0].area.level
    issues.state[passed] = State.MOVING
    returned = refuse(model, rows, held & ~agreed, np.array(bits, dtype=np.int64)[of])
    if model.trace:
        note_meeting(model, bits, rows, of, where, (held, agreed, returned, short))
    revise(model, rows[returned & short])
    for name, number in (("items", held), ("passed", agreed), ("returned", returned), ("postponed", ~held)):
        model.tally.count(f"agenda_{name}", int(np.count_nonzero(number)))


def refuse(
    model: ModelState, rows: NDArray[np.intp], refused: NDArray[np.bool_], bits: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Note what was refused by its council (a bit each); says which items will come back to a meeting."""
    issues, councils = model.issues, model.institutions.councils
    most = np.array([councils[bit].rule.returns for bit in bits.tolist()], dtype=np.int64)
    returned = refused & (issues.returned[rows] < most)
    issues.returned[rows[returned]] += 1
    ended = rows[refused & ~returned]
    issues.refused[ended] |= np.left_shift(1, bits[refused & ~returned])
    issues.returned[ended] = 0
    issues.state[ended] = State.MOVING
    return returned


def revise(model: ModelState, rows: NDArray[np.intp]) -> None:
    """Committees that have the hours ask less of units: what these do not give, who works on it will do."""
    parameters, posts = model.parameters.deliberate, model.institutions.posts
    home = model.places.compound_neighbourhood[model.issues.compound[rows]]
    payer = posts.row("committee", home)
    paid = model.institutions.ledger.spend_each(payer, parameters.revise_hours, "meetings")
    model.issues.do_without_units(rows[paid], parameters.less)
    if model.trace:
        model.trace.note(
            act.REVISED, rows[paid], by=payer[paid], duty="meetings", hours=parameters.revise_hours
        )


def agenda(model: ModelState, bits: Sequence[int]) -> tuple[list[tuple[int, int]], list[NDArray[np.int64]]]:
    """Which waiting issues councils of a rung take up, in order of priority, and what room that leaves.

    An issue goes to a council of its area that may take it up and has a place left; if several have, its own
    number says which.

    Returns
    -------
    taken : list of (int, int)
        Each issue's row, and which of the councils takes it up.
    free : list of ndarray of int, shape (areas,)
        Places that each council has left in its areas.
    """
    issues, powers = model.issues, model.institutions.powers
    councils = [model.institutions.councils[bit] for bit in bits]
    level = councils[0].area.level
    rows = issues.where(State.COUNCIL)
    rows = rows[issues.at[rows] == level]
    rows = rows[np.lexsort((issues.id[rows], -priority(model, rows)))]
    able = powers.open_councils(issues.kind[rows], issues.compound[rows], issues.refused[rows])[:, level]
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
    return taken, [np.array(free, dtype=np.int64) for free in places]


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
    seats = [len(council.unit) for council in councils]
    # Nobody is called to what nobody prepared.
    called = np.concatenate([(council.laid.force > 0)[council.seat_area] for council in councils])
    hours = np.concatenate(
        [
            (council.laid.value("hours") + council.laid.value("item_hours") * on_agenda)[council.seat_area]
            for council, on_agenda in zip(councils, items, strict=True)
        ]
    )
    payer, unit, holder, personal = (
        np.concatenate([getattr(council, name) for council in councils])
        for name in ("payer", "unit", "holder", "personal")
    )
    held = unit >= 0
    unit = unit[held]
    host = convener(level, units.neighbourhood[unit])
    sent = np.minimum(units.rank[unit], model.agreements.sends[unit])
    convened = np.array([council.rule.convener for council in councils], dtype=sent.dtype).repeat(seats)
    gap = np.maximum(sent - convened[held], 0) * ~personal[held]
    odds = np.full(len(held), parameters.attend_others)
    tie = parameters.attend_tie * model.contacts.tie(unit, host)
    odds[held] = parameters.attend + tie - parameters.attend_rank * gap
    present = called & (draws[holder] < expit(odds))
    paid = (present & (payer >= 0)).nonzero()[0]
    # Who pays for several seats fills as many as there are hours for.
    present[paid] = ledger.spend_each(payer[paid], hours[paid], "meetings")
    came, spent = present[held], hours[held]
    model.offers.sit(unit[came], spent[came])
    model.contacts.meet(unit[came], host[came], spent[came])
    model.verdicts.seat(unit, host, came, called[held])
    model.tally.count("unit_hours", float(spent[came].sum()))
    model.tally.count("seats", int(np.count_nonzero(called)))
    model.tally.count("seats_present", int(np.count_nonzero(present)))
    model.tally.count("seat_hours", float(hours[present].sum()))
    return [present[part] for part in runs(seats)]


def supported(
    model: ModelState,
    council: SeatedCouncil,
    present: NDArray[np.bool_],
    where: NDArray[np.intp],
    rows: NDArray[np.intp],
    guests: Sequence[NDArray[np.intp]],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """About which issues (rows) a meeting was held in their areas, and which of them have the support.

    A seat supports an item of the neighbourhood it speaks for, and one about what it wants itself. Those
    called to an item (``guests``) count there as a seat does, where a meeting is held at all.
    """
    issues = model.issues
    home = model.places.compound_neighbourhood[issues.compound[rows]]
    at_table = present & (council.seat_area == where[:, None])
    supports = (council.speaks_for == home[:, None]) | council.wants.T[issues.field[rows]]
    came, support = at_table.sum(1), (at_table & supports).sum(1)
    heard = came + np.array([len(units) for units in guests], dtype=np.int64)
    support = support + in_favour(model, rows, guests)
    enough = support / np.maximum(heard, 1) >= council.laid.value("quorum")[where] - 1e-9
    return came > 0, enough & (came > 0)


def slots(model: ModelState, council: SeatedCouncil) -> NDArray[np.int64]:
    """Items each council gets through: as far as its agenda is prepared, more with a skilled chair.

    Fractions carry over to later meetings.
    """
    parameters, rule, area = model.parameters.deliberate, council.rule, council.area
    chair = model.secretaries.own(Capability.DELIBERATION)
    if area.level < Level.NEIGHBOURHOOD:
        first = area.first
        skill = chair[model.places.building_neighbourhood[first]]
    else:
        skill = np.bincount(area.of_neighbourhood, chair, area.n) / area.neighbourhoods
    prepared = council.laid.force
    rate = (
        council.laid.value("slots")
        * prepared
        * (1 - parameters.facilitation + parameters.facilitation * skill)
    )
    meeting = model.week // rule.every
    return np.asarray(np.floor(rate * (meeting + 1)) - np.floor(rate * meeting), dtype=np.int64)


def reserve(model: ModelState, council: SeatedCouncil, row: int, area: int, guests: NDArray[np.intp]) -> bool:
    """Reserve the unit hours that an item needs from the units of its area and those called to it.

    Says whether they could be had.

    Units can promise what they offer over a month, less what they have promised already.
    """
    issues, offers, units = model.issues, model.offers, model.units
    need, field = float(issues.resource[row]), issues.field[row]
    if need <= 0:
        return True
    called = (units.neighbourhood >= 0) & (council.area.of_neighbourhood[units.neighbourhood] == area)
    called[guests] = True
    members = called.nonzero()[0]
    spare = np.maximum(MONTH * offers.weekly[members, field] - offers.promised[members, field], 0)
    total = spare.sum()
    if total < need:
        return False
    home = int(model.places.compound_neighbourhood[issues.compound[row]])
    offers.promise(members, field, spare * (need / total), home)
    return True
