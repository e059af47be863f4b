"""Ties between neighbours: a sparse symmetric graph whose strengths and partners change.

Stored as compressed rows with spare slots, cohort after cohort, so that those of the quarter of the residents
who take stock in a week lie together. An empty slot points at its own resident with strength 0 and so adds
nothing to a sum.

Who meets on the same stairs stays acquainted: every tie that was there at the start has an everyday
strength, to which it returns. What is raised above it, or made anew, is lost with time. Only such ties are
kept by a run, beside the graph of the start that all runs share: a tie that nothing happens to costs nothing.

Strengths are whole numbers of a small unit. So sums of them are exact in any order, and are kept as ties and
people change instead of being added up anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cogov.community.cohorts import BLOCK, ROUND, Cohort, cohort_of, place_of, rows_of
from cogov.kit.runs import expand, occurrence, picked
from cogov.terms import COHORTS

Ints = NDArray[np.integer]
EVERYDAY = 255
"""Everyday strengths are whole 255ths: a byte each."""
_FINER = 2**8
FULL = EVERYDAY * _FINER
"""Strength of a full tie, of 1, in the unit in which strengths are kept and added up."""
_AT_ONCE = 2**10
"""Residents whose slots are looked at at a time: of all of them they would be as much memory as the graph."""
NEAR = 0.003
"""A tie so near to its everyday strength has it."""


def in_parts(strength: NDArray[np.int32]) -> NDArray[np.int32]:
    """Strengths in the nearest whole parts of which `EVERYDAY` make a full tie."""
    return (strength + _FINER // 2) >> (_FINER.bit_length() - 1)


@dataclass(eq=False)
class Changed:
    """Slots that are not as they were at the start."""

    slot: NDArray[np.int32]
    """which, ascending"""
    owner: NDArray[np.int32]
    """resident whose each is"""
    other: NDArray[np.int32]
    """resident at the other end of each"""
    now: NDArray[np.uint16]
    """strength of each, 1 to `FULL`"""

    @classmethod
    def none(cls) -> Changed:
        """Where nothing has changed."""
        return cls(*np.zeros((3, 0), dtype=np.int32), np.zeros(0, dtype=np.uint16))  # type: ignore[call-arg]

    def copy(self) -> Changed:
        """The same, to change."""
        return Changed(self.slot.copy(), self.owner.copy(), self.other.copy(), self.now.copy())

    def __len__(self) -> int:
        return len(self.slot)

    def take_in(self, new: Changed) -> None:
        """Let further slots change, each of them once."""
        at = self.slot.searchsorted(new.slot) + np.arange(len(new))
        old = np.ones(len(self) + len(new), dtype=bool)
        old[at] = False
        for name, values in vars(new).items():
            column = getattr(self, name)
            whole = np.empty(len(old), dtype=column.dtype)
            whole[old], whole[at] = column, values
            setattr(self, name, whole)


@dataclass(frozen=True, eq=False)
class Near:
    """Slots of some residents, resident after resident: a copy, to change and to give back (`Ties.keep`)."""

    residents: Ints
    """rows of these residents"""
    slot: Ints
    """positions in ``first`` and ``everyday`` of the graph"""
    owner: Ints
    """position in ``residents`` of whose each is, ascending"""
    other: NDArray[np.int32]
    """resident at the other end, or the own one where a slot is empty"""
    before: NDArray[np.int32]
    """strength when they were looked up, 1 to `FULL`, or 0 where a slot is empty"""
    now: NDArray[np.int32]
    """strength as it is to be"""
    kept: tuple[tuple[Changed, Ints, Ints], ...]
    """where ties that have changed are kept: which of these slots they are, and their places there"""
    touched: NDArray[np.bool_]
    """which of these slots were changed in the copy"""


@dataclass(frozen=True, eq=False)
class Moved:
    """Slots of which the strength has changed."""

    owner: Ints
    """residents whose they are"""
    other: NDArray[np.int32]
    """resident at the other end of each"""
    by: NDArray[np.int32]
    """by how much it has changed"""


class Followed:
    """Some residents who change, and how strongly everybody is tied to them.

    Both ties and who is followed change a few a week, and the sums with them: a look costs nothing a tie.

    Attributes
    ----------
    who : ndarray of bool, shape (residents,)
        Those followed, as they were last seen.
    strength : ndarray of int32, shape (residents,)
        Of each one's ties to them, a full tie being `FULL`.
    """

    def __init__(self, residents: int) -> None:
        self.who = np.zeros(residents, dtype=bool)
        self.strength = np.zeros(residents, dtype=np.int32)

    def see(self, ties: Ties, who: NDArray[np.bool_]) -> None:
        """See who they are now."""
        changed = np.flatnonzero(who != self.who)
        self.who[changed] = who[changed]
        for start in range(0, len(changed), _AT_ONCE):
            some = changed[start : start + _AT_ONCE]
            near = ties.near(some)
            # ties are mutual: at the other end they are as strong
            np.add.at(self.strength, near.other, np.where(who[some][near.owner], near.now, -near.now))

    def take_over(self, moved: Moved) -> None:
        """Take over what has become of ties."""
        mine = self.who[moved.other]
        np.add.at(self.strength, moved.owner[mine], moved.by[mine])


@dataclass(eq=False)
class Ties:
    """Symmetric neighbour graph of ``n`` residents.

    Resident ``i`` has the slots ``indptr[r]:indptr[r + 1]`` with ``r = row(i)``.
    """

    CHANGES: ClassVar[tuple[str, ...]] = ("settled", "lately", "tied")

    n: int
    stride: int
    """rows per cohort: 64 for each whole or begun round of 256 residents"""
    indptr: NDArray[np.int32]
    """shape (4 * stride + 1,); rows beyond the last resident have no slots"""
    first: NDArray[np.int32]
    """resident at the other end at the start, or the own one where the slot was empty"""
    everyday: NDArray[np.uint8]
    """strength at which everyday contact keeps a tie, in `EVERYDAY` parts; 0 in slots empty at the start"""
    settled: Changed
    """slots that had changed when ties last settled"""
    lately: Changed
    """slots that have changed since then: so few that it costs little to take in some more"""
    tied: NDArray[np.int32]
    """strength of all ties of each resident, shape (n,), a full tie being `FULL`"""

    @classmethod
    def empty(cls, slots: NDArray[np.integer]) -> Ties:
        """A graph without ties in which resident ``i`` has ``slots[i]`` slots."""
        n = len(slots)
        stride = -(-n // ROUND) * BLOCK
        by_resident = np.zeros(stride * COHORTS, dtype=np.int32)
        by_resident[:n] = slots
        residents = np.arange(stride * COHORTS, dtype=np.int32)
        by_row, at_row = (
            np.concatenate([Cohort(q).of(column) for q in range(COHORTS)])
            for column in (by_resident, residents)
        )
        indptr = np.zeros(len(by_row) + 1, dtype=np.int32)
        np.cumsum(by_row, out=indptr[1:])
        first = np.repeat(at_row, by_row)
        everyday = np.zeros(len(first), dtype=np.uint8)
        tied = np.zeros(n, dtype=np.int32)
        return cls(n, stride, indptr, first, everyday, Changed.none(), Changed.none(), tied)

    def row(self, residents: ArrayLike) -> NDArray[np.int64]:
        """Row of each resident."""
        residents = np.asarray(residents)
        return np.asarray(cohort_of(residents) * np.int64(self.stride) + place_of(residents))

    @property
    def nbytes(self) -> int:
        """Memory of the graph in bytes, with what all runs share."""
        parts = (vars(self), vars(self.settled), vars(self.lately))
        return sum(value.nbytes for of in parts for value in of.values() if isinstance(value, np.ndarray))

    @property
    def neighbour(self) -> NDArray[np.int32]:
        """Resident at the other end of every slot, or the own one where it is empty: a copy, to look at."""
        return self._whole(self.first.copy(), "other")

    @property
    def strength(self) -> NDArray[np.float32]:
        """Strength of every slot, (0, 1], or 0 where it is empty: a copy, to look at."""
        whole = self._whole(self.everyday.astype(np.int32) * _FINER, "now")
        strength = np.divide(whole, FULL, dtype=np.float32)
        strength.flags.writeable = False
        return strength

    def _whole(self, column: NDArray[np.int32], name: str) -> NDArray[np.int32]:
        for part in (self.settled, self.lately):
            column[part.slot] = getattr(part, name)
        column.flags.writeable = False
        return column

    def _kept(self, slots: Ints) -> NDArray[np.int32]:
        """Strength at which everyday contact keeps the ties of some slots."""
        kept = picked(self.everyday, slots).astype(np.int32)
        kept *= _FINER
        return kept

    def near(self, residents: Ints) -> Near:
        """All slots of some residents as they are now, empty ones included."""
        rows = self.row(residents)
        starts, ends = self.indptr[rows], self.indptr[rows + 1]
        counts = ends - starts
        slot, owner = expand(starts, ends)
        other, now = picked(self.first, slot), self._kept(slot)
        shift, kept = np.cumsum(counts) - counts - starts, []
        for part in (self.settled, self.lately):
            # where what changed of each resident begins and ends: two searches a resident, not one a slot
            place, whose = expand(part.slot.searchsorted(starts), part.slot.searchsorted(ends))
            there = part.slot[place] + shift[whose]
            other[there], now[there] = part.other[place], part.now[place]
            kept.append((part, there, place))
        touched = np.zeros(len(slot), dtype=bool)
        return Near(residents, slot, owner, other, now.copy(), now, tuple(kept), touched)

    def owners(self, slots: Ints) -> NDArray[np.int64]:
        """Residents to whom slots belong."""
        rows = np.searchsorted(self.indptr, slots, side="right") - 1
        cohort, place = np.divmod(rows, self.stride)
        return np.asarray(rows_of(cohort, place))

    def degree(self) -> NDArray[np.int32]:
        """Ties of every resident, shape (n,)."""
        before = np.concatenate(([0], np.cumsum(self.strength > 0, dtype=np.int32)))
        return np.asarray(np.diff(before[self.indptr])[self.row(np.arange(self.n))])

    def weigh(self) -> None:
        """Add up the strength of everybody's ties from nothing."""
        self.tied = np.zeros(self.n, dtype=np.int32)
        for q in range(COHORTS):
            mine = Cohort(q)
            indptr = self.indptr[q * self.stride :][: mine.size(self.n) + 1]
            before = np.zeros(indptr[-1] - indptr[0] + 1, dtype=np.int32)
            np.cumsum(self.everyday[indptr[0] : indptr[-1]], out=before[1:])
            mine.put(self.tied, np.diff(before[indptr - indptr[0]]))
        self.tied *= _FINER
        for part in (self.settled, self.lately):
            np.add.at(self.tied, part.owner, part.now - self._kept(part.slot))

    def strengthen(self, near: Near, which: NDArray[np.bool_], share: float) -> None:
        """Let ties, each in both directions, close a share of their gap to 1.

        Parameters
        ----------
        near : Near
            Slots of all who are tied so.
        which : ndarray of bool
            Its slots that hold these ties.
        """
        near.now[which] += np.rint(share * (FULL - near.now[which])).astype(np.int32)
        near.touched[which] = True

    def keep(self, near: Near) -> Moved:
        """Take back slots of residents who differ, as they are now; the copy is of no use afterwards."""
        new = near.touched.copy()
        for part, there, place in near.kept:
            old = near.touched[there]
            part.now[place[old]] = near.now[there[old]]
            new[there] = False
        fresh = new.nonzero()[0]
        fresh = fresh[near.slot[fresh].argsort(kind="stable")]
        owner = near.residents[near.owner[fresh]].astype(np.int32)
        strength = near.now[fresh].astype(np.uint16)
        self.lately.take_in(Changed(near.slot[fresh].astype(np.int32), owner, near.other[fresh], strength))
        at = near.touched.nonzero()[0]
        whose = near.residents[near.owner[at]]
        return self._weighed(Moved(whose, near.other[at], near.now[at] - near.before[at]))

    def settle(self, share: float, dissolve_below: float) -> Moved:
        """Let ties close a share of the way back to their everyday strength; without one the weakest go.

        Both directions of a tie undergo the same operations, so the graph stays exactly symmetric.
        """
        changed = self.settled
        changed.take_in(self.lately)
        everyday = self._kept(changed.slot)
        gap = everyday - changed.now
        by = np.rint(share * gap).astype(np.int32)
        now = changed.now + by
        gone = (everyday == 0) & (now < max(dissolve_below * FULL, 1))
        back = gone | ((everyday > 0) & (np.abs(everyday - now) < NEAR * FULL))
        by[back] = gap[back]
        moved = self._weighed(Moved(changed.owner, changed.other, by))
        changed.now = now.astype(np.uint16)
        self.settled = Changed(*(column[~back] for column in vars(changed).values()))
        self.lately = Changed.none()
        return moved

    def _weighed(self, moved: Moved) -> Moved:
        np.add.at(self.tied, moved.owner, moved.by)
        return moved

    def connect(self, near: Near, i: ArrayLike, j: ArrayLike, strength: ArrayLike) -> int:
        """Tie pairs of residents where both have an empty slot and are not tied yet.

        Parameters
        ----------
        near : Near
            Slots of all of them, who stand there in ascending order.
        i, j : array of int, shape (k,)
            The pairs, those to be served first coming first; a resident may occur in many.
        strength : float or array of float, shape (k,)
            In (0, 1].

        Returns
        -------
        int
            Ties made. No pair is left of which both still have a slot.

        Raises
        ------
        ValueError
            If a strength is not positive.
        """
        i, j = np.asarray(i, dtype=np.int64), np.asarray(j, dtype=np.int64)
        weight = np.zeros(len(i), dtype=np.int32)
        weight[:] = np.rint(np.multiply(strength, FULL))
        if (weight <= 0).any():
            raise ValueError(f"the strength of a new tie must be positive: at least 1/{FULL}")
        residents = near.residents
        code, first = np.unique(np.minimum(i, j) * self.n + np.maximum(i, j), return_index=True)
        low, high = np.divmod(code, self.n)
        pairs = np.searchsorted(residents, np.array([low, high]))
        slot, pair = expand(*near.owner.searchsorted(np.array([pairs[0], pairs[0] + 1])))
        tied = low == high
        tied[pair[near.other[slot] == high[pair]]] = True
        new = np.flatnonzero(~tied)
        new = new[np.argsort(first[new], kind="stable")]
        weight, pairs = weight[first[new]], pairs.T[new]
        empty = np.flatnonzero(near.now == 0)
        room = np.bincount(near.owner[empty], minlength=len(residents))
        first = np.cumsum(room) - room  # the next empty slot of each
        made = 0
        while len(pairs):
            able = (room[pairs] > 0).all(axis=1)
            pairs, weight = pairs[able], weight[able]
            nth = occurrence(pairs.ravel())
            served = (nth.reshape(-1, 2) < room[pairs]).all(axis=1)
            ends = pairs[served].ravel()
            at = empty[first[ends] + (nth if served.all() else occurrence(ends))]
            near.other[at] = residents[pairs[served, ::-1].ravel()]
            near.now[at] = np.repeat(weight[served], 2)
            near.touched[at] = True
            made += len(at) // 2
            used = np.bincount(ends, minlength=len(residents))
            room, first = room - used, first + used
            pairs, weight = pairs[~served], weight[~served]
        return made
