"""Issues: discrete problems, one row each, with their own numbers from birth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.kit.runs import expand

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Bytes = NDArray[np.int8]


class State:
    """Where an issue is in its life.

    Plain numbers: columns are compared with them dozens of times a week, and with members of an enumeration
    that takes twice as long.
    """

    LATENT = 0  # nobody in charge knows of it
    MOVING = 1  # on its way to the level that may act on it
    DEPARTMENTS = 2  # waits for departments to answer and do their part
    COUNCIL = 3  # waits for a place on an agenda
    SERVICE = 4  # with the post that works on it
    ANSWER = 5  # done, but whoever called has not been told
    RESOLVED = 6
    LOST = 7


FATES = ("tell", "call", "spot", "lose", "bounce", "hold", "grow")
"""One number of an issue for each decision, drawn at birth: exponential with mean 1. It counts down by the
hazards the issue meets; what happens to it happens when its number is used up. So it is the same issue under
every design, and in each week the event has its hazard's probability, exactly."""

BORN: dict[str, str] = {
    "id": "i8",
    "kind": "i1",
    "level": "i1",
    "field": "i1",
    "building": "i4",
    "compound": "i4",
    "household": "i4",
    "households": "i4",
    "row0": "i4",
    "row1": "i4",
    "urgency": "f4",
    "work": "f4",
    "task": "f4",
    "resource": "f4",
    "born": "i4",
    "firm": "f4",
    "cause": "i1",
    "root": "f4",
    **dict.fromkeys(FATES, "f4"),
}
BORN_BY_DEPARTMENT: dict[str, str] = {"line": "i1", "wait": "f4", "share": "f4"}
CHANGING: dict[str, tuple[str, Any]] = {
    "state": ("i1", State.LATENT),
    "at": ("i1", -1),
    "target": ("i1", -1),
    "server": ("i4", -1),
    "seen": ("i4", -1),
    "closed": ("i4", -1),
    "due": ("f4", np.inf),
    "hotline": ("?", False),
    "agreed": ("?", False),
    "joint": ("?", False),
    "refused": ("i8", 0),
    "returned": ("i1", 0),
}
SCHEMA = {**BORN, **{name: dtype for name, (dtype, _) in CHANGING.items()}}
COLUMNS_OF = {
    dtype: tuple(name for name in SCHEMA if SCHEMA[name] == dtype) for dtype in dict.fromkeys(SCHEMA.values())
}
"""Names of the columns of each type."""
PLACE_OF = {name: names.index(name) for names in COLUMNS_OF.values() for name in names}
"""Where each column is among those of its type."""
AT_BIRTH = {
    dtype: np.array([[CHANGING[name][1] if name in CHANGING else 0] for name in names], dtype)
    for dtype, names in COLUMNS_OF.items()
}
"""What columns that change begin with, by type, shape (columns, 1); 0 where births say."""


class Births(Mapping[str, NDArray[Any]]):
    """Issues as they are born: the columns of ``BORN`` and ``BORN_BY_DEPARTMENT`` by name.

    They lie as `Issues` keeps them, so that births are taken in block by block, not column by column.

    Attributes
    ----------
    blocks : dict of str to ndarray, shape (columns, births)
        All columns of one type, those that change as they begin.
    by_department : dict of str to ndarray, shape (births, 3)
    """

    def __init__(self, blocks: dict[str, NDArray[Any]], by_department: dict[str, NDArray[Any]]) -> None:
        self.blocks, self.by_department = blocks, by_department

    @classmethod
    def of(cls, columns: Mapping[str, NDArray[Any]]) -> Births:
        """Put columns of any type together."""
        blocks = {}
        for dtype, names in COLUMNS_OF.items():
            blocks[dtype] = block = np.empty((len(names), len(columns["id"])), dtype)
            block[:] = AT_BIRTH[dtype]
            for index, name in enumerate(names):
                if name in columns:
                    block[index] = columns[name]
        return cls(blocks, {name: columns[name].astype(to) for name, to in BORN_BY_DEPARTMENT.items()})

    def part(self, of: slice) -> Births:
        """Some of them, one after another."""
        return Births(
            {dtype: block[:, of] for dtype, block in self.blocks.items()},
            {name: column[of] for name, column in self.by_department.items()},
        )

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name in self.by_department:
            return self.by_department[name]
        return np.asarray(self.blocks[BORN[name]][PLACE_OF[name]])

    def __iter__(self) -> Iterator[str]:
        return iter((*BORN, *BORN_BY_DEPARTMENT))

    def __len__(self) -> int:
        return len(BORN) + len(BORN_BY_DEPARTMENT)


CLUTTER = 4
"""Closed issues leave when they are one in so many: until then their rows stay, for issues to keep theirs."""


class Issues:
    """The latent and open issues, and some that have been closed and still have to leave.

    Every attribute is an array with one row per issue.

    Given at birth: ``id``; ``kind`` (Kind); ``level`` (Level with authority over it); ``field`` (Service it
    is about, -1 none) and ``resource`` (unit hours of that field it needs); ``building`` and ``compound`` of
    origin; ``household`` and ``households`` (first affected household, how many); ``row0`` and ``row1`` (the
    affected residents are rows row0 to row1 - 1); ``urgency`` in (0, 1]; ``work`` (hours left) and ``task``
    (hours at birth); ``born`` (week); the fates; ``firm``, the uniform number by which a good property firm,
    or neighbours on good terms, prevent it; ``cause`` (Cause that bred it, -1 none) and ``root``, its own
    number against that cause's level; ``line``, ``wait``, ``share`` of shape (issues, 3): departments needed
    (Line, -1 none), what is left of the wait for their answer, and hours left of their part.

    Changing: ``state``; ``at`` (Level where it sits); ``target`` (Level where it can be acted on);
    ``server`` (row of the post that works on it); ``seen`` and ``closed`` (weeks, -1 not yet); ``due`` (week,
    inf none); ``hotline`` (came as an order); ``agreed`` (a council granted it, or the office where there is
    none); ``joint`` (departments were summoned together); ``refused`` (which councils are done with it, a bit
    each, in the order of `Institutions.councils`); ``returned`` (times it came back since the last of them).
    ``resource``, ``work`` and ``task`` change where what units do not give is left to who works on it.
    Write into the columns, do not replace them.
    """

    id: NDArray[np.int64]
    kind: Bytes
    level: Bytes
    field: Bytes
    building: Ints
    compound: Ints
    household: Ints
    households: Ints
    row0: Ints
    row1: Ints
    urgency: Floats
    work: Floats
    task: Floats
    resource: Floats
    born: Ints
    tell: Floats
    call: Floats
    spot: Floats
    lose: Floats
    bounce: Floats
    hold: Floats
    grow: Floats
    firm: Floats
    cause: Bytes
    root: Floats
    line: Bytes
    wait: Floats
    share: Floats
    state: Bytes
    at: Bytes
    target: Bytes
    server: Ints
    seen: Ints
    closed: Ints
    due: Floats
    hotline: NDArray[np.bool_]
    agreed: NDArray[np.bool_]
    joint: NDArray[np.bool_]
    refused: NDArray[np.int64]
    returned: Bytes

    def __init__(self) -> None:
        # Columns of one type are rows of one block, with room for more issues: so a renewal writes into a few
        # arrays, not into forty.
        self._blocks = {dtype: np.zeros((len(names), 0), dtype) for dtype, names in COLUMNS_OF.items()}
        self._by_department = {name: np.zeros((0, 3), dtype) for name, dtype in BORN_BY_DEPARTMENT.items()}
        self._name_columns(0)

    def _name_columns(self, n: int) -> None:
        """Give the columns of the first ``n`` rows their names: attributes are views of the blocks."""
        for dtype, names in COLUMNS_OF.items():
            vars(self).update(zip(names, self._blocks[dtype][:, :n], strict=True))
        vars(self).update({name: block[:n] for name, block in self._by_department.items()})

    def __getstate__(self) -> dict[str, Any]:
        """What a copy takes over: blocks, not the views of them, which would be other arrays there."""
        return {"blocks": self._blocks, "by_department": self._by_department, "n": len(self)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._blocks, self._by_department = state["blocks"], state["by_department"]
        self._name_columns(state["n"])

    def __repr__(self) -> str:
        """In one line; its columns are its attributes."""
        return f"<Issues: {np.count_nonzero(self.state < State.RESOLVED):,} latent or open>"

    def __len__(self) -> int:
        return len(self.id)

    def renew(self, born: Births, stands: NDArray[np.intp] | None = None) -> None:
        """Take in what was born, after those there are; rows stay in order of age.

        Parameters
        ----------
        born : Births
        stands : ndarray of int, optional
            Which of them to take in; all without it.
        """
        stands = np.arange(len(born["id"])) if stands is None else stands
        stays, n = self.state < State.RESOLVED, len(self)
        closed = n - int(np.count_nonzero(stays))
        if closed * CLUTTER > n or n + len(stands) > len(self._by_department["line"]):
            n -= closed
            self._move(stays.nonzero()[0], len(stands))
        rows = slice(n, n + len(stands))
        for dtype, block in self._blocks.items():
            block[:, rows] = born.blocks[dtype].take(stands, 1)
        for name, column in self._by_department.items():
            column[rows] = born.by_department[name].take(stands, 0)
        self._name_columns(rows.stop)

    def _move(self, keep: NDArray[np.intp], more: int) -> None:
        """Let those leave that are not kept, and make room for at least so many more."""
        kept = len(keep)
        room = kept + more + (kept + more) // CLUTTER
        for dtype, block in self._blocks.items():
            self._blocks[dtype] = moved = np.zeros((len(block), room), dtype)
            moved[:, :kept] = block.take(keep, 1, mode="clip")  # no check is faster
        for name, column in self._by_department.items():
            self._by_department[name] = into = np.zeros((room, 3), column.dtype)
            into[:kept] = column.take(keep, 0)

    def where(self, state: int) -> NDArray[np.intp]:
        """Rows in a state."""
        return np.asarray((self.state == state).nonzero()[0])

    def parts(self, rows: NDArray[np.intp]) -> Bytes:
        """How many departments still have a part in each of some issues."""
        # Column by column, since along so short an axis a sum is slow.
        return np.asarray(sum((self.share.take(rows, 0) > 0).T.view(np.int8)))

    def do_without_units(self, rows: NDArray[np.intp], share: float) -> None:
        """Leave a share of the unit hours that issues need to whoever works on them."""
        hours = np.float32(share) * self.resource[rows]
        self.resource[rows] -= hours
        self.work[rows] += hours
        self.task[rows] += hours

    def carry_refusals(self, before: Sequence[str], after: Sequence[str]) -> None:
        """Give refusals the bits of other councils: those of the same name stay, others are forgotten.

        Parameters
        ----------
        before, after : sequence of str
            Names of the councils that the bits were of, and that they are to be of.
        """
        old, self.refused[:] = self.refused.copy(), 0
        for bit, name in enumerate(after):
            if name in before:
                self.refused |= ((old >> before.index(name)) & 1) << bit

    def affected(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Expand issues into residents: (resident rows, position in ``rows`` each belongs to)."""
        return expand(self.row0[rows], self.row1[rows])
