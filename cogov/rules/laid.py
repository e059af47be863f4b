"""A rule laid over its areas: where it is in force, how far it was paid for, and how much it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.kit.errors import DesignError, nearest
from cogov.rules.amend import Amend
from cogov.rules.areas import Area, same
from cogov.rules.conditions import Where
from cogov.rules.kinds import Rule
from cogov.rules.kinds.base import DIVIDED
from cogov.terms import Level

Floats = NDArray[np.float64]
SURGE_OFF = 2
"""Weeks below the threshold after which a surge is over."""
MEAN_OVER = 13
"""Weeks over which the mean of noticed emergencies is taken."""


class Laid[R: Rule]:
    """One rule over the areas of its kind.

    Attributes
    ----------
    rule : Rule
    area : Area
        The areas it is laid over; ``n`` below is their number.
    amendments : list of Laid
        Those of this rule, over the same areas.
    before : int
        Weeks for which it was in its design before the present one was adopted.
    """

    def __init__(self, rule: R, area: Area) -> None:
        self.rule, self.area = rule, area
        self._active, self._paid = np.ones(area.n, dtype=bool), np.ones(area.n)
        self._force: Floats | None = None
        self.amendments: list[Laid[Amend]] = []
        self.before = 0
        self._base: dict[str, Floats] = {}
        self._value: dict[str, Floats] = {}
        self._chosen = np.ones(area.n, dtype=bool)
        self._surge = np.zeros(area.n, dtype=bool)
        self._below = np.zeros(area.n, dtype=np.int64)
        self._since = np.full(area.n, np.inf)

    @property
    def active(self) -> NDArray[np.bool_]:
        """Where it is in force by its own ``where`` and ``when``, shape (n,); to be set as a whole."""
        return self._active

    @active.setter
    def active(self, where: NDArray[np.bool_]) -> None:
        self._active, self._force = where, None

    @property
    def paid(self) -> Floats:
        """Share of the hours and money it takes that was paid, shape (n,); to be set as a whole."""
        return self._paid

    @paid.setter
    def paid(self, share: Floats) -> None:
        self._paid, self._force = share, None

    @property
    def force(self) -> Floats:
        """How far it is in force in each area, in [0, 1]: shape (n,), not to be written to."""
        if self._force is None:
            self._force = self._active * self._paid
            self._force.flags.writeable = False
        return self._force

    def base(self, field: str) -> Floats:
        """A field without amendments, by area."""
        if field not in self._base:
            self._base[field] = float(getattr(self.rule, field)) * self.part(field)
        return self._base[field]

    def part(self, field: str) -> Floats:
        """The part of what a field says that is each area's, shape (n,): 1, or what areas divide."""
        divides = field in DIVIDED and self.rule.divided
        return self.area.part if divides else np.ones(self.area.n)

    def value(self, field: str) -> Floats:
        """A number of the rule as amended, by area: shape (n,). Not scaled by the rule's own force."""
        if field not in self._value:
            self._value[field] = self._amended(field)
        return self._value[field]

    @property
    def amended(self) -> set[str]:
        """Fields that amendments change."""
        return {laid.rule.field for laid in self.amendments}

    def _amended(self, field: str) -> Floats:
        base = self.base(field)
        mine = [laid for laid in self.amendments if laid.rule.field == field]
        if not mine:
            return base
        fold = mine[0].rule.fold
        by = np.array([laid.rule.by for laid in mine], dtype=float)[:, None]
        force = np.array([laid.force for laid in mine])
        # Sorted area by area, so that the order of amendments cannot matter to the bit.
        if fold == "scale":
            return np.asarray(base * np.multiply.reduce(np.sort(1 + force * (by - 1), axis=0)))
        if fold == "add":
            return np.asarray(base + np.add.reduce(np.sort(force * by * self.part(field), axis=0)))
        return np.asarray(base + (1 - base) * (1 - np.multiply.reduce(np.sort(1 - force * by, axis=0))))

    def reread(self) -> None:
        """Work amended fields out anew, since an amendment's force has changed."""
        for field in self.amended:
            self._value.pop(field, None)

    def go_on(self, old: Laid[R], weeks: int) -> None:
        """Take over where the same rule of the design before stands, which was in force for so many weeks.

        Its calendar and its surges do not begin again because something else was adopted.
        """
        if self.rule != old.rule or not same(self.area, old.area):
            return
        self.before, self.active = weeks + old.before, old.active
        self._chosen, self._surge = old._chosen, old._surge
        self._below, self._since = old._below, old._since

    def look(
        self,
        week: int,
        noticed: Callable[[Area], tuple[Floats, Floats]],
        open_issues: Floats,
        practices: Mapping[str, NDArray[np.bool_]],
        community: Community,
        built: Mapping[str, NDArray[np.bool_]] | None = None,
    ) -> bool:
        """Find out where it is in force in a week; says whether that has changed.

        Parameters
        ----------
        week : int
            Weeks from the adoption of the design; the first is 1. Those ``before`` are added.
        noticed : callable
            Emergencies noticed in each of some areas, shape (n,): last week, and the mean of those before.
        open_issues : ndarray, shape (buildings,)
            Issues on record that have not ended.
        practices : mapping of str to ndarray of bool, shape (neighbourhoods,)
            Where each practice is held and at home.
        community : Community
        built : mapping of str to ndarray of bool, shape (neighbourhoods,)
            Where a work of each programme stands.
        """
        where, when, week = self.rule.where, self.rule.when, week + self.before
        if where.everywhere and not when.surge and when.calendar(week) == self.active.any():
            return False  # in all areas or none, as before
        if not where.everywhere and (
            week == 1
            or when.begins(week)
            or where.practice
            or where.built
            # A time once begun is for the places picked as it began.
            or (where.worst and not when.length and week % MEAN_OVER == 1)
        ):
            self._chosen = chosen(where, self.area, open_issues, practices, community, self.rule, built or {})
        active = self._chosen & when.calendar(week)
        if when.surge:
            active &= self._surging(*noticed(self.area))
        changed = bool((active != self.active).any())
        self.active = active
        return changed

    def _surging(self, last: Floats, mean: Floats) -> NDArray[np.bool_]:
        above = (last > self.rule.when.surge * mean) & (last >= self.rule.when.least)
        self._below = np.where(above, 0, self._below + 1)
        self._surge = above | (self._surge & (self._below < SURGE_OFF))
        if not self.rule.when.after:
            return self._surge
        self._since = np.where(self._surge, 0.0, self._since + 1)
        return np.asarray((self._since > 0) & (self._since <= self.rule.when.after))


def noticed_in(area: Area, by_building: NDArray[np.integer]) -> tuple[Floats, Floats]:
    """Of weekly numbers of buildings, the latest first: the last by area, and the mean of those before it."""
    last, before = by_building[0], by_building[1:]
    number, total = (np.bincount(area.of_building, each, area.n) for each in (last, before.sum(0)))
    return number, total / max(len(before), 1)


def chosen(
    where: Where,
    area: Area,
    open_issues: Floats,
    practices: Mapping[str, NDArray[np.bool_]],
    community: Community,
    rule: Rule,
    built: Mapping[str, NDArray[np.bool_]],
) -> NDArray[np.bool_]:
    """Areas that a selector picks, from lists, kinds of homes, works and issues on record; shape (n,)."""
    places = community.places
    picked = np.ones(area.n, dtype=bool)
    if where.names:
        picked &= named(rule, where.names, area, community)
    if where.first:
        sites = places.building_neighbourhood < where.first
        picked &= np.bincount(area.of_building[sites], minlength=area.n) > 0
    for name, there in ((where.practice, practices), (where.built, built)):
        if not name:
            continue
        held = there.get(name, np.zeros(len(places.neighbourhoods), dtype=bool))
        households = places.households_by_building * held[places.building_neighbourhood]
        picked &= np.bincount(area.of_building, households, area.n) > area.households / 2
    if where.homes:
        households = places.households_by_building
        old = np.asarray(places.compounds.old, dtype=bool)[places.building_compound]
        share = np.bincount(area.of_building, households * old, area.n) / area.households.clip(1)
        picked &= ((share > 0.5) & ("old" in where.homes)) | ((share <= 0.5) & ("new" in where.homes))
    if where.worst:
        load = np.bincount(area.of_building, open_issues, area.n) / area.households.clip(1)
        worst = np.zeros(area.n, dtype=bool)
        whole = area.level >= Level.SUBDISTRICT
        for part in [slice(0, area.n)] if whole else area.parts:
            order = np.argsort(np.where(picked, -load, np.inf)[part], kind="stable")[: where.worst]
            worst[part.start + order] = True
        picked &= worst
    return picked


def named(rule: Rule, names: Sequence[str], area: Area, community: Community) -> NDArray[np.bool_]:
    """Areas that have a compound or neighbourhood of these names, shape (n,).

    Raises
    ------
    DesignError
        If the community has none of a name, naming the rule and the nearest.
    """
    places = community.places
    compounds, neighbourhoods = list(places.compounds.names), list(places.neighbourhoods.names)
    hit = np.zeros(area.n, dtype=bool)
    for name in names:
        if name in compounds:
            hit[area.of_building[places.building_compound == compounds.index(name)]] = True
        elif name in neighbourhoods:
            hit[area.of_building[places.building_neighbourhood == neighbourhoods.index(name)]] = True
        else:
            raise DesignError(
                f"{rule.kind} {rule.name!r}: {community.name} has no compound or neighbourhood"
                f" {name!r}{nearest(name, [*compounds, *neighbourhoods])}"
            )
    return hit


def together(rule_area: Area, keeper_area: Area) -> NDArray[np.intp]:
    """Areas of a rule and rows of its keeper that belong together, shape (2, pairs).

    An area of the rule is looked after by the keeper in whose area it lies; where there are more keepers, by
    all of them.
    """
    coarse, fine = (rule_area, keeper_area) if rule_area.n <= keeper_area.n else (keeper_area, rule_area)
    pairs = np.stack([coarse.of_building[fine.first].astype(np.intp), np.arange(fine.n)])
    return pairs[::-1] if coarse is keeper_area and fine is rule_area else pairs


def lay(amendments: Sequence[Laid[Amend]], rules: Mapping[tuple[str, str], Laid[Rule]]) -> None:
    """Hang amendments on the rules they change."""
    for laid in amendments:
        rules[laid.rule.changes].amendments.append(laid)
