"""Upkeep (维持工时): how much of what a rule keeps there is, so that twice as much takes twice the hours.

A rule says what an hour of its ``upkeep`` is for (``upkeep_per``) and how much of it is kept (``dose``); the
community says how many there are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.kit.runs import whole
from cogov.rules.areas import Area
from cogov.rules.kinds import UNIT_KINDS, Listing, Position, marked
from cogov.rules.laid import Floats, Laid, together
from cogov.rules.posts import SELF_STAFFED, Posts
from cogov.terms import Level


class Upkeep:
    """The hours that one rule takes of its keeper.

    Attributes
    ----------
    wanted : ndarray, shape (areas of the keeper,)
        Hours wanted of each row of it this week.
    asked : ndarray, shape (areas of the rule,)
        The same for each area, so far as hours of a row count for it.
    rows : ndarray of int
        Rows of the keeper in the ledger.
    area, row : ndarray of int, shape (pairs,)
        Areas of the rule and areas of its keeper that belong together.
    """

    def __init__(
        self, entry: Laid[Any], keeper: Area, posts: Posts, community: Community, firm: NDArray[np.integer]
    ) -> None:
        where = posts.at(entry.rule.keeper)
        self.rows = whole(where)
        self.area, self.row = together(entry.area, keeper)
        self._entry, self._number = entry, None
        if entry.rule.upkeep_per != "area":  # what there is, divided among those who keep it
            self._number = kept(entry, posts, community, firm)
            self._keepers = np.bincount(self.area, minlength=entry.area.n)
        self.read()

    def read(self) -> None:
        """Work out what is wanted by what the rule says now, and where it is in force."""
        entry = self._entry
        each = entry.value("upkeep") * entry.rule.dose(entry.value) * entry.active
        if self._number is not None:
            each = each * self._number / self._keepers
        self.wanted = np.bincount(self.row, each[self.area], len(self.rows))
        self.asked = np.bincount(self.area, self.wanted[self.row], entry.area.n)
        self.in_all = float(self.wanted.sum())


def kept(entry: Laid[Position], posts: Posts, community: Community, firm: NDArray[np.integer]) -> Floats:
    """How many of what its upkeep is for a rule has in each of its areas, shape (n,).

    Parameters
    ----------
    entry : Laid
        A rule whose ``upkeep_per`` is not ``area``.
    posts : Posts
    community : Community
    firm : ndarray of int, shape (compounds,)
        Row of the firm that serves each compound, -1 none.
    """
    rule, area = entry.rule, entry.area
    if rule.upkeep_per == "head":
        return np.ones(area.n) if rule.staffed_by in SELF_STAFFED else posts.heads(rule)
    if rule.upkeep_per == "firm":
        return firms_in(area, firm)
    if rule.upkeep_per == "owners":
        sitting = community.places.compounds.owners_committee >= 0
        return np.bincount(area.of_compound[sitting], minlength=area.n).astype(float)
    listed = rule.unit_kinds if isinstance(rule, Listing) else UNIT_KINDS
    number = units_in(area, community, listed)
    return np.minimum(number, rule.rota) if isinstance(rule, Listing) and rule.rota else number


def units_in(area: Area, community: Community, kinds: tuple[str, ...] = UNIT_KINDS) -> Floats:
    """Units of some kinds that stand in each area; from outside as well where a whole subdistrict is one."""
    units = community.units
    about = marked(kinds, UNIT_KINDS)[units.kind]
    if area.level >= Level.SUBDISTRICT:
        first = np.array([part.start for part in area.parts])
        return np.bincount(first[units.subdistrict[about]], minlength=area.n).astype(float)
    inside = units.neighbourhood[(units.neighbourhood >= 0) & about]
    return np.bincount(area.of_neighbourhood[inside], minlength=area.n).astype(float)


def firms_in(area: Area, firm: NDArray[np.integer]) -> Floats:
    """Firms that serve a compound of each area, each once."""
    served = np.flatnonzero(firm >= 0)
    pairs = np.unique(np.stack([area.of_compound[served], firm[served]]), axis=1)
    return np.bincount(pairs[0], minlength=area.n).astype(float)
