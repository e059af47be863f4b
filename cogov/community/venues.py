"""Venues that are there before any programme: activity rooms (居民活动室) of neighbourhoods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from cogov.community.places import Places
    from cogov.community.quantities import Quantities


@dataclass(eq=False)
class Venues:
    """Columns over venues (活动场地), shape (n_v,); the whole neighbourhood counts them as its own."""

    compound: NDArray[np.int32]
    people: NDArray[np.int32]
    """at a time"""
    hours: NDArray[np.float32]
    """open for residents' activities, h/week"""

    def __len__(self) -> int:
        return len(self.compound)


def build_venues(numbers: Quantities, places: Places) -> Venues:
    """Give each neighbourhood its rooms, the first in its largest compound, the next in the next largest.

    Where a neighbourhood has more rooms than compounds, the largest have several.
    """
    offsets, households = places.neighbourhood_compounds, np.diff(places.compound_households)
    compound: list[int] = []
    for first, last in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True):
        by_size = first + np.argsort(-households[first:last], kind="stable")
        compound += np.resize(by_size, numbers.venues).tolist()
    n = len(compound)
    return Venues(
        compound=np.array(compound, dtype=np.int32),
        people=np.full(n, numbers.venue_people, dtype=np.int32),
        hours=np.full(n, numbers.venue_hours, dtype=np.float32),
    )
