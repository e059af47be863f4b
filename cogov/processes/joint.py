"""Joint handling (共同处置): those whom a case concerns settle at one table what would go up between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.processes.attention import priority
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import marked
from cogov.rules.seats import SeatedCouncil, holders
from cogov.state.issues import State

Cases = tuple[NDArray[np.intp], NDArray[np.intp]]


def on_the_table(
    model: ModelState, councils: Sequence[SeatedCouncil], free: Sequence[NDArray[np.integer]]
) -> list[Cases]:
    """Cases that each council of a rung has time for, in order of priority: rows, and areas they are of.

    Those it may settle jointly, that somebody above would have to decide and for which no department is
    waited for. Of several councils the first in their order takes a case.

    Parameters
    ----------
    free : sequence of ndarray of int, shape (areas,)
        Slots of each that public matters have left.
    """
    issues, found = model.issues, []
    taken = np.zeros(len(issues), dtype=bool)
    for council, slots in zip(councils, free, strict=True):
        if not council.rule.joint:
            found.append((np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)))
            continue
        open_ = (issues.state == State.MOVING) | (issues.state == State.SERVICE)
        open_ &= marked(council.rule.joint)[issues.kind] & (issues.level > council.area.level) & ~taken
        rows = np.flatnonzero(open_)
        rows = rows[issues.parts(rows) == 0]
        area = council.area.of_building[issues.building[rows]].astype(np.intp)
        order = np.lexsort((issues.id[rows], -priority(model, rows), area))
        rows, area = rows[order], area[order]
        first = np.arange(len(rows)) - np.searchsorted(area, area) < slots[area]
        taken[rows[first]] = True
        found.append((rows[first], area[first]))
    return found


def settle_jointly(
    model: ModelState, council: SeatedCouncil, present: NDArray[np.bool_], cases: Cases
) -> None:
    """Decide cases whose parties are there: from now on they are the business of the council's own level.

    No work is done by it: who handles such cases on that level does it, with the hours there are.
    """
    rows, area = cases
    if not len(rows):
        return
    issues, rule = model.issues, council.rule
    there = np.mean([sits(model, council, present, party, rows, area) for party in rule.parties], axis=0)
    settled = rows[there >= rule.needed - 1e-9]
    issues.level[settled] = council.area.level
    issues.state[settled] = State.MOVING
    model.tally.count("settled_jointly", len(settled))
    if model.trace:
        names = [f"{rule.name} {table}" for table in area[there >= rule.needed - 1e-9].tolist()]
        model.trace.note(act.SETTLED_JOINTLY, settled, by=names, rule=rule)


def sits(
    model: ModelState,
    council: SeatedCouncil,
    present: NDArray[np.bool_],
    party: str,
    rows: NDArray[np.intp],
    area: NDArray[np.intp],
) -> NDArray[np.bool_]:
    """Whether somebody of a party of each case is at the table of its area, shape (cases,)."""
    issues, first = model.issues, holders(model.community)
    compound = issues.compound[rows]
    kinds = list(first)
    start, stop = first[party], first[kinds[kinds.index(party) + 1]]
    mine = present & (council.holder >= start) & (council.holder < stop)
    holder, table = council.holder[mine] - start, council.seat_area[mine]
    if party == "firms":
        firm = model.homes.firm.astype(np.int64)
        who, whose = firm[holder], firm[compound]
    elif party in ("owners", "residents"):
        who, whose = holder, compound.astype(np.int64)
    else:
        who, whose = holder, model.places.compound_neighbourhood[compound].astype(np.int64)
    at_table = (table[None, :] == area[:, None]) & (who[None, :] == whose[:, None]) & (whose >= 0)[:, None]
    return np.asarray(at_table.any(1))
