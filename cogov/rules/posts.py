"""Posts: every position rule laid over its areas, as rows of arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.kit.elementary import log1p
from cogov.rules.areas import Area
from cogov.rules.kinds import SERVICES, Position
from cogov.rules.laid import Laid
from cogov.terms import Service

Floats = NDArray[np.float64]
READ = ("competence", "observe", "ask", "host", "care", "serve", "raises", "wage", "supplies", "group")
"""Fields of a position that stand in arrays, row by row, as amended."""
HOURS = "admin_share"
"""The one that their hours come from."""
SELF_STAFFED = ("firm", "volunteers", "moves")
"""What sets the hours of its posts itself: organisations, and moves, which bring them from other posts."""


class Posts:
    """All posts of a design, one row for each area of each position rule.

    Attributes
    ----------
    rules : tuple of Position
        The position rules, in order.
    start : dict of str to slice
        Rows of a post.
    area : dict of str to Area
        The areas of a post.
    rule_of, area_of : ndarray of int, shape (rows,)
        Which rule a row is from and which of the rule's areas it serves.
    gross : ndarray, shape (rows,)
        Hours a week after administration if every head is there.
    each : ndarray, shape (rows,)
        Hours a week after administration of one of its people: no job gets more of a week, since one person
        works on it. Infinite for volunteers, who come together to small jobs.
    contract : ndarray, shape (rows,)
        Hours a week that they are paid for, administration included.
    filled : ndarray, shape (rows,)
        Share of heads present, in [0, 1].
    trained : ndarray, shape (rows,)
        What those who hold a post add to its competence.
    active : ndarray of bool, shape (rows,)
        Where the post is in force this week.
    competence, observe, ask, host, care, serve, raises, wage, supplies, group : ndarray, shape (rows,)
        The rule's fields as amended, row by row.
    services : ndarray, shape (rows, services)
        How the care hours are divided over services (rows sum to 1, or 0 without care).
    """

    def __init__(self, laid: Sequence[Laid[Position]], areas: dict[str, Area], community: Community) -> None:
        self.laid = tuple(laid)
        self.rules = tuple(entry.rule for entry in laid)
        self.start: dict[str, slice] = {}
        self.areas, self.community = areas, community
        self._heads: dict[str, Floats] = {}
        self.area = {entry.rule.name: entry.area for entry in laid}
        rows = 0
        for entry in laid:
            self.start[entry.rule.name] = slice(rows, rows + entry.area.n)
            rows += entry.area.n
        self.rows = rows
        sizes = [entry.area.n for entry in laid]
        self.rule_of = np.repeat(np.arange(len(sizes)), sizes)
        self.area_of = np.concatenate([np.arange(n) for n in sizes] or [np.zeros(0, np.intp)])
        self.observe, self.ask, self.host, self.care, self.serve, self.raises = np.zeros((6, rows))
        self.wage, self.supplies, self.group = np.zeros((3, rows))
        self.competence, self.trained = np.zeros((2, rows))
        self.active = np.ones(rows, dtype=bool)
        self.filled = np.ones(rows)
        self.gross, self._contract = np.zeros((2, rows))
        self.each = np.full(rows, np.inf)
        own = [rule.staffed_by in SELF_STAFFED for rule in self.rules]
        self._self_staffed = np.repeat(np.array(own, dtype=bool), sizes)
        divided = np.zeros((len(sizes), len(Service)))
        for index, rule in enumerate(self.rules):
            for service in rule.services:
                divided[index, SERVICES.index(service)] += 1 / len(rule.services)
        self.services = divided[self.rule_of]
        self._able, self._holding = np.zeros((2, rows))
        for entry in laid:
            self._read(entry, (*READ, HOURS))

    def read(self, entries: Iterable[Laid[Any]]) -> None:
        """Take over what amendments and conditions have changed in some of the posts."""
        for entry in entries:
            self._read(entry, entry.amended)

    def _read(self, entry: Laid[Position], fields: Collection[str]) -> None:
        """Take over fields of a laid rule, row by row. Organisations that set hours do it themselves."""
        rule, where = entry.rule, self.start[entry.rule.name]
        self.active[where] = entry.active
        for field in READ:
            if field in fields:
                getattr(self, field)[where] = entry.value(field)
        if HOURS in fields and rule.staffed_by not in SELF_STAFFED:
            each = self._each(rule)
            self._contract[where] = self.heads(rule) * each
            self.each[where] = each * (1 - entry.value(HOURS))
            self.gross[where] = self.heads(rule) * self.each[where]

    @property
    def contract(self) -> Floats:
        """Hours that are paid for, shape (rows,); of organisations that set their hours, those they set."""
        return np.where(self._self_staffed, self.gross, self._contract)

    @property
    def used_up(self) -> Floats:
        """Yuan an hour that those served use up, shape (rows,)."""
        return np.asarray(self.supplies * self.care * self.group)

    @property
    def skill(self) -> Floats:
        """Chance that finished work holds, shape (rows,): the rule's competence and what its people add."""
        return np.asarray(self.competence + self.trained)

    @property
    def holding(self) -> Floats:
        """Hazard that finished work holds, shape (rows,): by skill, worked out anew when that has changed."""
        skill = self.skill
        if not np.array_equal(skill, self._able):
            self._able, self._holding = skill, -log1p(-np.minimum(skill, 0.999999))
        return self._holding

    def _each(self, rule: Position) -> Floats | float:
        """Hours a week of each head."""
        if rule.staffed_by == "committee":
            return np.asarray(self.community.committees.hours, dtype=float)
        return rule.hours

    def heads(self, rule: Position) -> Floats:
        """Heads that a post has in each of its areas when all are there: not to be written to."""
        if rule.name not in self._heads:
            self._heads[rule.name] = self._counted(rule)
            self._heads[rule.name].flags.writeable = False
        return self._heads[rule.name]

    def _counted(self, rule: Position) -> Floats:
        area = self.areas[rule.area]
        if rule.staffed_by == "committee":
            return np.array(self.community.committees.staff, dtype=float)
        if not rule.per_households:
            return rule.heads * area.part if rule.divided else np.full(area.n, float(rule.heads))
        # Nobody is there for a rule without heads, whatever the least.
        least = rule.least if rule.heads else 0.0
        return np.maximum(rule.heads * area.households / rule.per_households, least)

    def those(self, hours: Floats) -> list[Position]:
        """The position rules of which some row has any of these hours, or shares; shape (rows,)."""
        rows = np.bincount(self.rule_of[hours.nonzero()[0]])
        return [self.rules[rule] for rule in rows.nonzero()[0].tolist()]

    def row(self, name: str, area: NDArray[np.integer]) -> NDArray[np.intp]:
        """Row of the post of that name in each of some of its areas; -1 if the design has no such post."""
        where = self.at(name)
        if where.stop == where.start:
            return np.full(len(area), -1, dtype=np.intp)
        return np.asarray(where.start + area.astype(np.intp))

    def at(self, name: str) -> slice:
        """Rows of the post of that name (none if the design has no such post)."""
        return self.start.get(name, slice(0, 0))
