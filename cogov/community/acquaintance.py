"""Who knows whom at the start: ties drawn by matching, neighbourhood by neighbourhood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cogov.community.draws import levels
from cogov.community.ties import EVERYDAY, Ties
from cogov.kit.elementary import exp
from cogov.kit.streams import normal

if TYPE_CHECKING:
    from cogov.community.places import Places
    from cogov.community.quantities import Quantities
    from cogov.community.residents import Residents
    from cogov.kit.streams import Streams

Ints = NDArray[np.integer]
_ROUNDS = 8
"""Rounds of matching on each rung; what is left then goes to the next rung, at last to empty slots."""


def acquaint(numbers: Quantities, places: Places, residents: Residents, streams: Streams) -> Ties:
    """Draw the ties: first how many each resident has, then with whom.

    A tie joins residents of different households. Pairs are matched within the building, across the
    buildings of a compound, and across the compounds of a neighbourhood.
    """
    wanted = _wanted(numbers, len(residents), streams)
    ties = Ties.empty(wanted + np.int32(numbers.tie_spare))
    rows = places.neighbourhood_rows
    for neighbourhood in range(len(places.neighbourhoods)):
        draw = streams.generator("community/ties", neighbourhood)
        here = slice(rows[neighbourhood], rows[neighbourhood + 1])
        household, building = residents.household[here], residents.building[here]
        compound = places.building_compound[building]
        nest = [place - place[0] for place in (household, building, compound, np.zeros_like(compound))]
        pairs = _match(draw, _by_rung(draw, numbers.tie_places, wanted[here], nest), nest)
        strength = levels(draw, len(pairs), numbers.tie_strength, numbers.tie_concentration)
        _fill(ties, rows[neighbourhood], pairs, np.maximum(np.rint(strength * EVERYDAY), 1))
    ties.weigh()
    return ties


def _wanted(numbers: Quantities, residents: int, streams: Streams) -> NDArray[np.int32]:
    """Ties that each resident would have: none for isolates, a heavy-tailed number for the others."""
    draw = streams.generator("community/sociability")
    if numbers.isolates == 1:
        return np.zeros(residents, dtype=np.int32)
    mean = numbers.tie_degree / (1 - numbers.isolates)
    wanted = exp(numbers.tie_spread * normal(draw, residents) - numbers.tie_spread * numbers.tie_spread / 2)
    wanted *= mean
    np.rint(wanted, out=wanted)
    np.clip(wanted, min(mean, 1), numbers.tie_most, out=wanted)
    wanted[draw.random(residents, dtype=np.float32) < numbers.isolates] = 0
    return wanted.astype(np.int32)


def _by_rung(
    draw: np.random.Generator, shares: tuple[float, ...], wanted: Ints, nest: list[NDArray[np.int32]]
) -> NDArray[np.intp]:
    """Ties wanted in the building, the rest of the compound, the rest of the neighbourhood, shape (3, n).

    Where a rung has nobody else (one household in a building, one building in a compound ...), its
    share goes to the others.
    """
    people = np.stack([np.bincount(place)[place] for place in nest])
    others = np.diff(people, axis=0)
    weights = np.array(shares)[:, None] * (others > 0)
    beyond = np.cumsum(weights[::-1], axis=0)[::-1]
    left = wanted.astype(np.intp)
    split = np.zeros((3, len(wanted)), dtype=np.intp)
    for rung in range(3):
        part = np.divide(weights[rung], beyond[rung], out=np.zeros(len(left)), where=beyond[rung] > 0)
        split[rung] = np.minimum(left, (left * part + draw.random(len(left))).astype(np.intp))
        left -= split[rung]
    return split


def _match(
    draw: np.random.Generator, wanted: NDArray[np.intp], nest: list[NDArray[np.int32]]
) -> NDArray[np.int64]:
    """Pairs of residents of one neighbourhood, numbered from its first, shape (pairs, 2).

    ``nest`` gives each resident's household, building, compound and neighbourhood: a pair of rung k
    shares place k + 1 and differs in place k. Every resident enters once for each tie wanted; entries
    are shuffled within place k + 1 and taken two by two; those of refused pairs enter the next round.
    """
    size = wanted.shape[1]
    everybody = np.arange(size, dtype=np.int64)  # pairs are told apart by size squared
    found: list[NDArray[np.int64]] = []
    left = np.zeros(size, dtype=np.intp)
    for rung in range(3):
        inner, outer, left = nest[rung], nest[rung + 1], left + wanted[rung]
        known = np.empty(0, dtype=np.int64)
        for _ in range(_ROUNDS):
            entries = np.repeat(everybody, left)
            entries = entries[np.argsort(outer[entries] + draw.random(len(entries)), kind="stable")]
            pairs = np.sort(entries[: len(entries) // 2 * 2].reshape(-1, 2), axis=1)
            one, other = pairs[
                (outer[pairs[:, 0]] == outer[pairs[:, 1]]) & (inner[pairs[:, 0]] != inner[pairs[:, 1]])
            ].T
            codes = np.sort(one * size + other)
            codes = codes[np.diff(codes, prepend=-1) > 0]
            codes = codes[~np.isin(codes, known, assume_unique=True)]
            known = np.concatenate([known, codes])
            for end in np.divmod(codes, size):
                left -= np.bincount(end.astype(np.intp), minlength=size)
        found.append(known)
    return np.stack(np.divmod(np.concatenate(found), size), axis=1)


def _fill(ties: Ties, first: int, pairs: NDArray[np.int64], strength: NDArray[np.float32]) -> None:
    """Enter the pairs of one neighbourhood, numbered from its first resident, in both directions.

    Strengths are in 255ths.
    """
    if not len(pairs):
        return
    ends, partners = pairs.T.ravel(), pairs[:, ::-1].T.ravel()
    order = np.argsort(ends * (ends.max() + 1) + partners, kind="stable")
    ends, partners = ends[order], partners[order]
    starts = ties.indptr[ties.row(ends + first)]
    slots = starts + np.arange(len(ends)) - np.searchsorted(ends, ends)
    ties.first[slots] = partners + first
    ties.everyday[slots] = np.tile(strength, 2)[order]
