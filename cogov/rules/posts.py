"""Posts: every position rule laid over its areas, as rows of arrays, and the ledger of their hours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.rules.areas import Area
from cogov.rules.kinds import SERVICES, Position
from cogov.terms import Service

Floats = NDArray[np.float64]


class Posts:
    """All posts of a design, one row for each area of each position rule.

    Attributes
    ----------
    rules : tuple of Position
        The position rules, in order.
    start : dict of str to slice
        Rows of a post.
    rule_of, area_of : ndarray of int, shape (rows,)
        Which rule a row is from and which of the rule's areas it serves.
    gross : ndarray, shape (rows,)
        Hours a week after administration if every head is there.
    filled : ndarray, shape (rows,)
        Share of heads present, in [0, 1].
    skill : ndarray, shape (rows,)
        Chance that finished work holds, in [0, 1].
    observe, ask, host, care, wage, small, group : ndarray, shape (rows,)
        The rule's fields, row by row.
    services : ndarray, shape (rows, services)
        How the care hours are divided over services (rows sum to 1, or 0 without care).
    """

    def __init__(self, rules: Sequence[Position], areas: dict[str, Area], community: Community) -> None:
        self.rules = tuple(rules)
        self.start: dict[str, slice] = {}
        self.areas = areas
        rows = 0
        for rule in rules:
            n = areas[rule.area].n
            self.start[rule.name] = slice(rows, rows + n)
            rows += n
        self.rows = rows
        sizes = [areas[rule.area].n for rule in rules]
        self.rule_of = np.repeat(np.arange(len(sizes)), sizes)
        self.area_of = np.concatenate([np.arange(n) for n in sizes] or [np.zeros(0, np.int64)])
        for field in ("observe", "ask", "host", "care", "wage", "small", "group"):
            values = [getattr(rule, field) for rule in rules]
            setattr(self, field, np.repeat(np.array(values, dtype=float), sizes))
        self.skill = np.repeat(np.array([rule.competence for rule in rules]), sizes)
        self.filled = np.ones(rows)
        self.gross = np.zeros(rows)
        divided = np.zeros((len(sizes), len(Service)))
        for index, rule in enumerate(rules):
            for service in rule.services:
                divided[index, SERVICES.index(service)] += 1 / len(rule.services)
            self.gross[self.start[rule.name]] = self._hours(rule, community)
        self.services = divided[self.rule_of]

    observe: Floats
    ask: Floats
    host: Floats
    care: Floats
    wage: Floats
    small: Floats
    group: Floats

    def _hours(self, rule: Position, community: Community) -> Floats | float:
        """Weekly hours of a post's rows; organisations that set their own hours start at none."""
        if rule.staffed_by == "committee":
            committees = community.committees
            return np.asarray(committees.staff * committees.hours * (1 - committees.admin_share), dtype=float)
        if rule.staffed_by in ("firm", "volunteers"):
            return 0.0
        return np.asarray(self.heads(rule) * rule.hours * (1 - rule.admin_share), dtype=float)

    def heads(self, rule: Position) -> Floats:
        """Heads that a post has in each of its areas when all are there."""
        area = self.areas[rule.area]
        if not rule.per_households:
            return np.full(area.n, rule.heads)
        # Nobody is there for a rule without heads, whatever the least.
        least = rule.least if rule.heads else 0.0
        return np.maximum(rule.heads * area.households / rule.per_households, least)

    def at(self, name: str) -> slice:
        """Rows of the post of that name (none if the design has no such post)."""
        return self.start.get(name, slice(0, 0))


class Ledger:
    """Hours of a week by post, and money by purpose: nothing is spent that is not there.

    Attributes
    ----------
    available, left : ndarray, shape (rows,)
        Hours of each post this week, and what is left of them.
    hours : dict of str to float
        Hours spent this week by purpose.
    money : dict of str to float
        Yuan spent this week by purpose.
    wanted : dict of str to float
        What the week began with (``cogov.outcomes.record.BOOKS``): the budget, and the money and upkeep hours
        that posts and rules wanted.
    """

    def __init__(self, rows: int) -> None:
        self.available = np.zeros(rows)
        self.left = np.zeros(rows)
        self.hours: dict[str, float] = {}
        self.money: dict[str, float] = {}
        self.wanted: dict[str, float] = {}

    def open(self, available: Floats, wanted: dict[str, float]) -> None:
        """Start a week with these hours, and with what is wanted of them and of the budget."""
        self.available = available
        self.left = available.copy()
        self.hours = {}
        self.money = {}
        self.wanted = wanted

    def spend(self, rows: slice | NDArray[np.intp], hours: Floats | float, purpose: str) -> Floats:
        """Take up to ``hours`` from distinct ``rows``; returns what each really gave."""
        granted = np.minimum(self.left[rows], hours)
        self.left[rows] -= granted
        self.hours[purpose] = self.hours.get(purpose, 0.0) + float(granted.sum())
        return np.asarray(granted)

    def spend_each(self, rows: NDArray[np.intp], hours: Floats | float, purpose: str) -> None:
        """Take hours for single events, ``rows`` possibly repeated and -1 where nobody pays."""
        paid = rows >= 0
        if paid.any():
            amount = np.broadcast_to(hours, rows.shape)[paid]
            self.spend(slice(None), np.bincount(rows[paid], amount, len(self.left)), purpose)

    def pay(self, yuan: float, purpose: str) -> None:
        """Book money."""
        self.money[purpose] = self.money.get(purpose, 0.0) + float(yuan)
