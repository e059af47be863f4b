"""Issues: discrete problems, one row each, with their own numbers from birth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.kit.runs import expand

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Bytes = NDArray[np.int8]


class State(IntEnum):
    """Where an issue is in its life."""

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
AT_BIRTH = {
    dtype: np.array([[CHANGING[name][1] if name in CHANGING else 0] for name in names], dtype)
    for dtype, names in COLUMNS_OF.items()
}
"""What columns that change begin with, by type, shape (columns, 1); 0 where births say."""


class Issues:
    """The latent and open issues; closed ones leave at the start of the next week.

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
        # Columns of one type are rows of one block, so that a week's renewal moves a few arrays, not forty.
        self._blocks = {dtype: np.zeros((len(names), 0), dtype) for dtype, names in COLUMNS_OF.items()}
        for name, dtype in BORN_BY_DEPARTMENT.items():
            setattr(self, name, np.zeros((0, 3), dtype))
        self._name_columns()

    def _name_columns(self) -> None:
        """Give every column its name: attributes are views of the blocks."""
        for dtype, names in COLUMNS_OF.items():
            vars(self).update(zip(names, self._blocks[dtype], strict=True))

    def __repr__(self) -> str:
        """In one line; its columns are its attributes."""
        return f"<Issues: {len(self):,} latent or open>"

    def __len__(self) -> int:
        return len(self.id)

    def renew(self, born: Mapping[str, NDArray[Any]], stands: NDArray[np.intp] | None = None) -> None:
        """Drop what is closed and take in what was born.

        Parameters
        ----------
        born : mapping
            The columns of ``BORN`` and ``BORN_BY_DEPARTMENT``.
        stands : ndarray of int, optional
            Which of them to take in; all without it.
        """
        stands = np.arange(len(born["id"])) if stands is None else stands
        keep = (self.state < State.RESOLVED).nonzero()[0]
        kept = len(keep)
        for name, dtype in BORN_BY_DEPARTMENT.items():
            new = born[name].take(stands, 0).astype(dtype, copy=False)
            setattr(self, name, np.concatenate([getattr(self, name).take(keep, 0), new]))
        for dtype, names in COLUMNS_OF.items():
            block = np.empty((len(names), kept + len(stands)), dtype)
            block[:, :kept] = self._blocks[dtype].take(keep, 1, mode="clip")  # no check is faster
            block[:, kept:] = AT_BIRTH[dtype]
            for index, name in enumerate(names):
                if name in born:
                    block[index, kept:] = born[name].take(stands)
            self._blocks[dtype] = block
        self._name_columns()

    def where(self, state: State) -> NDArray[np.intp]:
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
