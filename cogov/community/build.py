"""From a profile and a seed to a community."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cogov.community.acquaintance import acquaint
from cogov.community.organisations import (
    Committees,
    Departments,
    Firms,
    OwnersCommittees,
    Units,
    build_committees,
    build_departments,
    build_firms,
    build_owners_committees,
    build_units,
)
from cogov.community.places import Places
from cogov.community.plan import build_places, plan
from cogov.community.residents import Residents, settle
from cogov.community.ties import Ties
from cogov.community.venues import Venues, build_venues
from cogov.kit.streams import Streams

if TYPE_CHECKING:
    from cogov.community.described import Described


@dataclass(frozen=True, eq=False)
class Community:
    """What is given: places, residents, their ties and organisations, all as columns.

    Nothing writes into it: any number of models, one after another or side by side, may begin from it.
    """

    name: str
    profile: Described
    seed: int
    places: Places
    residents: Residents
    ties: Ties
    firms: Firms
    units: Units
    committees: Committees
    owners_committees: OwnersCommittees
    departments: Departments
    venues: Venues

    def __repr__(self) -> str:
        """In one line; its parts are columns."""
        size = f"{len(self.residents):,} residents in {len(self.places.compounds.names):,} compounds"
        return f"<Community {self.name!r}, seed {self.seed}: {size}>"

    def __deepcopy__(self, memo: dict[int, Any]) -> Community:
        return self

    def __post_init__(self) -> None:
        """Close every column: what is given stays as it is."""
        for column in self.columns():
            column.flags.writeable = False

    def columns(self) -> Iterator[np.ndarray]:
        """Every column of every table, which copies of a model share."""
        for part in vars(self).values():
            yield from _columns(part)


def _columns(part: Any) -> Iterator[np.ndarray]:
    """The arrays of a table, and of the tables in it."""
    for value in vars(part).values() if hasattr(part, "__dict__") else ():
        if isinstance(value, np.ndarray):
            yield value
        elif type(value).__module__.startswith("cogov.community."):
            yield from _columns(value)


def build(profile: Described, seed: int) -> Community:
    """Build a community; each part draws from its own streams, so the same seed gives the same bytes."""
    streams = Streams(seed)
    laid_out = plan(profile, streams)
    places = build_places(profile, laid_out, streams)
    units = build_units(profile, laid_out, streams)
    residents = settle(profile, laid_out, places, len(units), streams)
    return Community(
        name=profile.name,
        profile=profile,
        seed=seed,
        places=places,
        residents=residents,
        ties=acquaint(profile, places, residents, streams),
        firms=build_firms(profile, laid_out, streams),
        units=units,
        committees=build_committees(profile, places, streams),
        owners_committees=build_owners_committees(profile, laid_out, streams),
        departments=build_departments(profile, places),
        venues=build_venues(profile, places),
    )
