"""Ties between neighbours: a sparse symmetric graph whose strengths and partners change in place.

Stored as compressed rows with spare slots, cohort after cohort, so that the quarter of the residents who take
stock in a week are one contiguous sparse matrix. An empty slot points at its own resident with strength 0 and
so adds nothing to a matrix product.

Who meets on the same stairs stays acquainted: every tie that was there at the start has an everyday
strength, to which it returns. What is raised above it, or made anew, is lost with time. Only such ties are
looked at: a tie that nothing happens to costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from cogov.community.cohorts import BLOCK, ROUND, Cohort, cohort_of, place_of, rows_of
from cogov.terms import COHORTS

Ints = NDArray[np.integer]
Floats = NDArray[np.floating]


NEAR = np.float32(0.003)
"""A tie so near to its everyday strength has it."""


@dataclass(eq=False)
class Ties:
    """Symmetric neighbour graph of ``n`` residents.

    Resident ``i`` has the slots ``indptr[r]:indptr[r + 1]`` with ``r = row(i)``.
    """

    CHANGES: ClassVar[tuple[str, ...]] = ("neighbour", "strength", "tied", "away")

    n: int
    stride: int
    """rows per cohort: 64 for each whole or begun round of 256 residents"""
    indptr: NDArray[np.int32]
    """shape (4 * stride + 1,); rows beyond the last resident have no slots"""
    neighbour: NDArray[np.int32]
    """resident at the other end, or the own one where the slot is empty"""
    strength: NDArray[np.float32]
    """(0, 1], or 0 where the slot is empty"""
    everyday: NDArray[np.float32]
    """strength at which everyday contact keeps what was tied at the start; 0 in slots that were empty then"""
    tied: NDArray[np.float32]
    """strength of all ties of each resident, shape (n,)"""
    away: NDArray[np.bool_]
    """whether the strength of a slot may not be the everyday one"""

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
        neighbour = np.repeat(at_row, by_row)
        strength = np.zeros(len(neighbour), dtype=np.float32)
        everyday = np.zeros(len(neighbour), dtype=np.float32)  # of its own: `stay` lets go of it
        tied, away = np.zeros(n, dtype=np.float32), np.zeros(len(neighbour), dtype=bool)
        return cls(n, stride, indptr, neighbour, strength, everyday, tied, away)

    def row(self, residents: ArrayLike) -> NDArray[np.int64]:
        """Row of each resident."""
        residents = np.asarray(residents)
        return np.asarray(cohort_of(residents) * np.int64(self.stride) + place_of(residents))

    @property
    def nbytes(self) -> int:
        """Memory of the graph in bytes, without the everyday strengths, which all runs share."""
        arrays = (self.indptr, self.neighbour, self.strength, self.tied, self.away)
        return sum(array.nbytes for array in arrays)

    def _indptr_of(self, q: int) -> NDArray[np.int32]:
        """The part of ``indptr`` of a cohort, a view."""
        return self.indptr[q * self.stride :][: Cohort(q).size(self.n) + 1]

    def cohort(self, q: int) -> sparse.csr_array:
        """Strengths of a cohort's residents (rows) to everybody (columns), shape (n_q, n).

        A view, made once: it shares memory with the graph, and must not be changed itself.
        """
        if q not in self._matrices:
            self._matrices[q] = self._cohort(q)
        return self._matrices[q]

    def __post_init__(self) -> None:
        self._matrices: dict[int, sparse.csr_array] = {}

    def __getstate__(self) -> dict[str, object]:
        """What a copy takes over: not the views, which would go on seeing the memory of the original."""
        return {**vars(self), "_matrices": {}}

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state)

    def _cohort(self, q: int) -> sparse.csr_array:
        indptr = self._indptr_of(q)
        slots = slice(indptr[0], indptr[-1])
        cohort = sparse.csr_array((len(indptr) - 1, self.n), dtype=np.float32)
        # assigned one by one: the constructor copies arrays that are views of larger ones
        cohort.indptr = indptr - indptr[0]
        cohort.indices = self.neighbour[slots]
        cohort.data = self.strength[slots]
        return cohort

    def slots(self, residents: Ints) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """All slots of the given residents, empty ones included.

        Returns
        -------
        slots : ndarray of intp
            Positions in ``neighbour`` and ``strength``.
        owners : ndarray of intp
            For each slot, the position of its resident in ``residents``, ascending.
        """
        rows = self.row(residents)
        starts = self.indptr[rows]
        counts = self.indptr[rows + 1] - starts
        owners = np.repeat(np.arange(len(rows)), counts)
        before = np.cumsum(counts) - counts
        return np.arange(len(owners)) + (starts - before)[owners], owners

    def owners(self, slots: Ints) -> NDArray[np.int64]:
        """Residents to whom slots belong."""
        rows = np.searchsorted(self.indptr, slots, side="right") - 1
        cohort, place = np.divmod(rows, self.stride)
        return np.asarray(rows_of(cohort, place))

    def degree(self) -> NDArray[np.int32]:
        """Ties of every resident, shape (n,)."""
        degree = np.empty(self.n, dtype=np.int32)
        for q in range(COHORTS):
            indptr = self._indptr_of(q)
            tied = self.strength[indptr[0] : indptr[-1]] > 0
            before = np.concatenate(([0], np.cumsum(tied, dtype=np.int32)))
            Cohort(q).put(degree, np.diff(before[indptr - indptr[0]]))
        return degree

    def stay(self) -> None:
        """Make the present strengths the everyday ones, for good: a run has its own copy of the strengths."""
        self.everyday = self.strength
        self.weigh()

    def weigh(self) -> None:
        """Add up anew the strength of everybody's ties."""
        for q in range(COHORTS):
            Cohort(q).put(self.tied, self.cohort(q) @ np.ones(self.n, dtype=np.float32))

    def strengthen(self, slots: Ints, share: float) -> None:
        """Let ties, each in both directions, close a share of their gap to 1."""
        self.strength[slots] += np.float32(share) * (1 - self.strength[slots])
        self._changed(slots)

    def _changed(self, slots: Ints) -> None:
        self.away[slots] = True
        residents = np.unique(self.owners(slots))
        theirs, owners = self.slots(residents)
        self.tied[residents] = np.bincount(owners, self.strength[theirs], len(residents))

    def settle(self, share: float, dissolve_below: float) -> None:
        """Let ties close a share of the way back to their everyday strength; without one the weakest go.

        Both directions of a tie undergo the same operations, so the graph stays exactly symmetric.
        """
        slots = np.flatnonzero(self.away)
        everyday, strength = self.everyday[slots], self.strength[slots]
        strength += np.float32(share) * (everyday - strength)
        gone = (everyday == 0) & (strength < max(dissolve_below, float(np.finfo(np.float32).tiny)))
        back = gone | ((everyday > 0) & (np.abs(strength - everyday) < NEAR))
        self.strength[slots] = np.where(back, everyday, strength)
        self.neighbour[slots[gone]] = self.owners(slots[gone])
        self.away[slots[back]] = False
        self.weigh()

    def connect(self, i: ArrayLike, j: ArrayLike, strength: ArrayLike) -> int:
        """Tie pairs of residents where both have an empty slot and are not tied yet.

        Parameters
        ----------
        i, j : array of int, shape (k,)
            The pairs, those to be served first coming first; a resident may occur in many.
        strength : float or array of float, shape (k,)
            In (0, 1].

        Returns
        -------
        int
            Ties made. No pair is left of which both still have a slot.
        """
        i, j = np.asarray(i, dtype=np.int64), np.asarray(j, dtype=np.int64)
        weight = np.broadcast_to(np.asarray(strength, dtype=np.float32), i.shape)
        if np.any(weight <= 0):
            raise ValueError("the strength of a new tie must be positive")
        low, high = np.minimum(i, j), np.maximum(i, j)
        _, first = np.unique(low * self.n + high, return_index=True)
        first = np.sort(first[low[first] != high[first]])
        low, high, weight = low[first], high[first], weight[first]
        new = ~self._tied(low, high)
        low, high, weight = low[new], high[new], weight[new]
        made = 0
        filled: list[NDArray[np.intp]] = []
        while len(low):
            ends = np.stack([low, high], axis=1).ravel()
            residents, index = np.unique(ends, return_inverse=True)
            slots, owners = self.slots(residents)
            free = self.neighbour[slots] == residents[owners]
            slots, room = slots[free], np.bincount(owners[free], minlength=len(residents))
            able = (room[index] > 0).reshape(-1, 2).all(axis=1)
            low, high, weight, index = low[able], high[able], weight[able], index[np.repeat(able, 2)]
            turn = occurrence(index)
            served = (turn < room[index]).reshape(-1, 2).all(axis=1)
            ends, index = np.stack([low, high], axis=1)[served].ravel(), index[np.repeat(served, 2)]
            taken = slots[(np.cumsum(room) - room)[index] + occurrence(index)]
            self.neighbour[taken] = ends.reshape(-1, 2)[:, ::-1].ravel()
            self.strength[taken] = np.repeat(weight[served], 2)
            made += int(np.count_nonzero(served))
            filled.append(taken)
            low, high, weight = low[~served], high[~served], weight[~served]
        if made:
            self._changed(np.concatenate(filled))
        return made

    def _tied(self, i: Ints, j: Ints) -> NDArray[np.bool_]:
        """Whether the residents of each pair are tied."""
        slots, owners = self.slots(i)
        tied = np.zeros(len(i), dtype=bool)
        tied[owners[self.neighbour[slots] == j[owners]]] = True
        return tied


def occurrence(values: NDArray[np.integer]) -> NDArray[np.int64]:
    """How often each entry's value has occurred before it: 0, 0, 1 for a, b, a."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    first = np.searchsorted(ordered, ordered)
    occurrence = np.empty(len(values), dtype=np.int64)
    occurrence[order] = np.arange(len(values)) - first
    return occurrence
