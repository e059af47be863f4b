"""Ties between neighbours: a sparse symmetric graph whose strengths and partners change.

Stored as compressed rows with spare slots, cohort after cohort, so that those of the quarter of the residents
who take stock in a week lie together. An empty slot points at its own resident with strength 0 and so adds
nothing to a sum.

Who meets on the same stairs stays acquainted: every tie that was there at the start has an everyday
strength, to which it returns. What is raised above it, or made anew, is lost with time. Only such ties are
kept by a run, beside the graph of the start that all runs share: a tie that nothing happens to costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cogov.community.cohorts import BLOCK, ROUND, Cohort, cohort_of, place_of, rows_of
from cogov.kit.runs import expand, occurrence
from cogov.terms import COHORTS

Ints = NDArray[np.integer]
Floats = NDArray[np.floating]


FULL = np.float32(255)
"""Everyday strengths are whole 255ths: a byte each, and sums of them are exact in any order."""
_AT_ONCE = 2**10
"""Residents whose slots are looked at at a time: of all of them they would be as much memory as the graph."""
NEAR = np.float32(0.003)
"""A tie so near to its everyday strength has it."""


@dataclass(frozen=True, eq=False)
class Near:
    """Slots of some residents, resident after resident: a copy, to change and to give back (`Ties.keep`)."""

    residents: Ints
    """rows of these residents"""
    slot: Ints
    """positions in ``first`` and ``everyday``"""
    owner: Ints
    """position in ``residents`` of whose each is, ascending"""
    other: NDArray[np.int32]
    """resident at the other end, or the own one where a slot is empty"""
    everyday: NDArray[np.float32]
    """strength at which everyday contact keeps it, [0, 1]"""
    now: NDArray[np.float32]
    """strength, (0, 1], or 0 where a slot is empty"""
    there: Ints
    """which of these slots are not as they were at the start"""
    place: Ints
    """where each of those stands among all that changed"""
    touched: NDArray[np.bool_]
    """which of these slots were changed in the copy"""


class Followed:
    """Some residents who change, and how strong everybody's everyday ties to them are.

    In whole 255ths, which add up exactly in any order: so the sums are kept as the residents change, a few a
    week, and a look at them costs nothing a tie.

    Attributes
    ----------
    who : ndarray of bool, shape (residents,)
        Those followed, as they were last seen.
    everyday : ndarray of uint16, shape (residents,)
        Strength of each one's everyday ties to them; room for 257 full ones.
    """

    def __init__(self, residents: int) -> None:
        self.who = np.zeros(residents, dtype=bool)
        self.everyday = np.zeros(residents, dtype=np.uint16)

    def see(self, ties: Ties, who: NDArray[np.bool_]) -> None:
        """See who they are now."""
        changed = np.flatnonzero(who != self.who)
        self.who[changed] = who[changed]
        for start in range(0, len(changed), _AT_ONCE):
            some = changed[start : start + _AT_ONCE]
            rows = ties.row(some)
            slot, owner = expand(ties.indptr[rows], ties.indptr[rows + 1])
            other, strength = ties.first[slot], ties.everyday[slot].astype(np.uint16)
            came = who[some][owner]
            # ties are mutual: at the other end they are as strong
            np.add.at(self.everyday, other[came], strength[came])
            np.subtract.at(self.everyday, other[~came], strength[~came])


@dataclass(eq=False)
class Ties:
    """Symmetric neighbour graph of ``n`` residents.

    Resident ``i`` has the slots ``indptr[r]:indptr[r + 1]`` with ``r = row(i)``.
    """

    CHANGES: ClassVar[tuple[str, ...]] = ("changed", "other", "now", "tied")

    n: int
    stride: int
    """rows per cohort: 64 for each whole or begun round of 256 residents"""
    indptr: NDArray[np.int32]
    """shape (4 * stride + 1,); rows beyond the last resident have no slots"""
    first: NDArray[np.int32]
    """resident at the other end at the start, or the own one where the slot was empty"""
    everyday: NDArray[np.uint8]
    """strength at which everyday contact keeps a tie, in 255ths; 0 in slots that were empty at the start"""
    changed: NDArray[np.int32]
    """slots that are not as they were at the start, ascending"""
    other: NDArray[np.int32]
    """resident at the other end of each of these"""
    now: NDArray[np.float32]
    """strength of each of these, (0, 1]"""
    tied: NDArray[np.float32]
    """strength of all ties of each resident, shape (n,)"""
    at_first: NDArray[np.float32]
    """the same at the start: what all runs share"""

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
        changed, other = np.zeros((2, 0), dtype=np.int32)
        now, (tied, at_first) = np.zeros(0, dtype=np.float32), np.zeros((2, n), dtype=np.float32)
        return cls(n, stride, indptr, first, everyday, changed, other, now, tied, at_first)

    def row(self, residents: ArrayLike) -> NDArray[np.int64]:
        """Row of each resident."""
        residents = np.asarray(residents)
        return np.asarray(cohort_of(residents) * np.int64(self.stride) + place_of(residents))

    @property
    def nbytes(self) -> int:
        """Memory of the graph in bytes, with what all runs share."""
        return sum(value.nbytes for value in vars(self).values() if isinstance(value, np.ndarray))

    @property
    def neighbour(self) -> NDArray[np.int32]:
        """Resident at the other end of every slot, or the own one where it is empty: a copy, to look at."""
        return self._whole(self.first, self.other)

    @property
    def strength(self) -> NDArray[np.float32]:
        """Strength of every slot, (0, 1], or 0 where it is empty: a copy, to look at."""
        return self._whole(self.kept(slice(None)), self.now)

    def kept(self, slots: slice | Ints) -> NDArray[np.float32]:
        """Strength at which everyday contact keeps the ties of some slots, [0, 1]."""
        return np.asarray(self.everyday[slots] / FULL)

    def _whole[T: np.generic](self, given: NDArray[T], changes: NDArray[T]) -> NDArray[T]:
        whole = given.copy()
        whole[self.changed] = changes
        whole.flags.writeable = False
        return whole

    def near(self, residents: Ints) -> Near:
        """All slots of some residents as they are now, empty ones included."""
        rows = self.row(residents)
        starts, ends = self.indptr[rows], self.indptr[rows + 1]
        counts = ends - starts
        slot, owner = expand(starts, ends)
        other, everyday = self.first.take(slot), self.kept(slot)
        now = everyday.copy()
        # where what changed of each resident begins and ends: two searches a resident, not one a slot
        place, whose = expand(np.searchsorted(self.changed, starts), np.searchsorted(self.changed, ends))
        there = self.changed[place] - starts[whose] + (np.cumsum(counts) - counts)[whose]
        other[there], now[there] = self.other[place], self.now[place]
        touched = np.zeros(len(slot), dtype=bool)
        return Near(residents, slot, owner, other, everyday, now, there, place, touched)

    def _insert(self, slots: Ints, other: NDArray[np.int32], now: NDArray[np.float32]) -> None:
        """Let slots change that are as they were at the start, each of them once."""
        order = np.argsort(slots, kind="stable")
        new = slots[order].astype(np.int32)
        at = self.changed.searchsorted(new) + np.arange(len(new))
        old = np.ones(len(self.changed) + len(new), dtype=bool)
        old[at] = False
        for name, values in (("changed", new), ("other", other[order]), ("now", now[order])):
            column = getattr(self, name)
            whole = np.empty(len(old), dtype=column.dtype)
            whole[old], whole[at] = column, values
            setattr(self, name, whole)

    def around(self, q: int, some: Followed) -> NDArray[np.float32]:
        """Strength of the ties of each resident of a cohort to some residents, shape (n_q,).

        By the everyday ties as they lie there, and by what has come on top of them.
        """
        found = Cohort(q).of(some.everyday).astype(np.float32)
        found /= FULL
        indptr = self.indptr[q * self.stride :][: len(found) + 1]
        mine = slice(*self.changed.searchsorted(indptr[[0, -1]]))
        theirs = mine.start + np.flatnonzero(some.who[self.other[mine]])
        slots = self.changed[theirs]
        whose = np.searchsorted(indptr, slots, side="right") - 1
        found += np.bincount(whose, self.now[theirs] - self.kept(slots), len(found)).astype(np.float32)
        return found

    def owners(self, slots: Ints) -> NDArray[np.int64]:
        """Residents to whom slots belong."""
        rows = np.searchsorted(self.indptr, slots, side="right") - 1
        cohort, place = np.divmod(rows, self.stride)
        return np.asarray(rows_of(cohort, place))

    def degree(self) -> NDArray[np.int32]:
        """Ties of every resident, shape (n,)."""
        before = np.concatenate(([0], np.cumsum(self.strength > 0, dtype=np.int32)))
        return np.asarray(np.diff(before[self.indptr])[self.row(np.arange(self.n))])

    def start(self) -> None:
        """Take the everyday ties for all there were at the start; a run takes a copy that it can change."""
        strength = np.empty(self.n, dtype=np.float32)
        for q in range(COHORTS):
            mine = Cohort(q)
            indptr = self.indptr[q * self.stride :][: mine.size(self.n) + 1]
            before = np.zeros(indptr[-1] - indptr[0] + 1, dtype=np.int32)
            np.cumsum(self.everyday[indptr[0] : indptr[-1]], out=before[1:])
            mine.put(strength, np.diff(before[indptr - indptr[0]]))
        strength /= FULL
        strength.flags.writeable = False
        self.tied = self.at_first = strength

    def weigh(self) -> None:
        """Add up anew the strength of everybody's ties."""
        more = np.bincount(self.owners(self.changed), self.now - self.kept(self.changed), self.n)
        self.tied = self.at_first + more.astype(np.float32)

    def strengthen(self, near: Near, which: NDArray[np.bool_], share: float) -> None:
        """Let ties, each in both directions, close a share of their gap to 1.

        Parameters
        ----------
        near : Near
            Slots of all who are tied so.
        which : ndarray of bool
            Its slots that hold these ties.
        """
        near.now[which] += np.float32(share) * (1 - near.now[which])
        near.touched[which] = True

    def keep(self, near: Near) -> None:
        """Take back slots of residents who differ, as they are now; the copy is of no use afterwards."""
        old, new = near.touched[near.there], near.touched.copy()
        self.now[near.place[old]] = near.now[near.there[old]]
        new[near.there] = False
        self._insert(near.slot[new], near.other[new], near.now[new])
        n = len(near.residents)
        whose = np.bincount(near.owner[near.touched], minlength=n) > 0
        more = np.bincount(near.owner, near.now - near.everyday, n).astype(np.float32)
        rows = near.residents[whose]
        self.tied[rows] = self.at_first[rows] + more[whose]

    def settle(self, share: float, dissolve_below: float) -> None:
        """Let ties close a share of the way back to their everyday strength; without one the weakest go.

        Both directions of a tie undergo the same operations, so the graph stays exactly symmetric.
        """
        everyday = self.kept(self.changed)
        self.now += np.float32(share) * (everyday - self.now)
        gone = (everyday == 0) & (self.now < max(dissolve_below, float(np.finfo(np.float32).tiny)))
        back = gone | ((everyday > 0) & (np.abs(self.now - everyday) < NEAR))
        self.changed, self.other, self.now = self.changed[~back], self.other[~back], self.now[~back]
        self.weigh()

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
        weight = np.broadcast_to(np.asarray(strength, dtype=np.float32), i.shape)
        if (weight <= 0).any():
            raise ValueError("the strength of a new tie must be positive")
        residents = near.residents
        code, first = np.unique(np.minimum(i, j) * self.n + np.maximum(i, j), return_index=True)
        low, high = np.divmod(code, self.n)
        have = np.sort(residents[near.owner] * self.n + near.other)  # an empty slot is with oneself
        tied = have.searchsorted(code, side="right") > have.searchsorted(code)
        new = np.flatnonzero(~tied & (low != high))
        new = new[np.argsort(first[new], kind="stable")]
        weight = weight[first[new]]
        pairs = np.searchsorted(residents, np.array([low[new], high[new]])).T
        empty = np.flatnonzero(near.other == residents[near.owner])
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
