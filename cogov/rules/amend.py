"""Amendments: how much of a rule that another mechanism brought (修订).

What exists is a set of rules; beside it stands a bag of amendments, which say *how much*. A field of a rule
says itself how changes to it combine:

==========  ================================================  =======================================
fold        result                                            for
==========  ================================================  =======================================
``scale``   base x Π factors                                  burdens, prices, weights, speeds
``add``     base + Σ terms                                    slots, shares of a post's own hours
``cover``   1 - (1 - base) Π (1 - p)                          chances and shares of a whole
``union``   base and every item named                         lists of kinds, fields, seats
==========  ================================================  =======================================

A field without fold is closed: heads, hours and administration, because people and their time cannot be made
by a factor, and what a law or a map fixes. The order of amendments cannot matter, to the bit: they are sorted
before they are combined.
An amendment whose keeper or budget is short works at the share that was paid for:
a factor f at share s is 1 + s (f - 1), a term or a chance s times itself.

Source: the distinction of constitutive and parametric change follows E. Ostrom, *Understanding Institutional
Diversity* (2005), ch. 8; combination declared by the owner of a value is the value pipeline of Vivarium.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cogov.kit.errors import DesignError, nearest, unknown
from cogov.kit.fields import param
from cogov.rules.kinds import RULE_KINDS, Rule, said, word

NEUTRAL: Mapping[str, Any] = {"scale": 1.0, "add": 0.0, "cover": 0.0, "union": ()}
"""The change that is none, by fold."""


@dataclass(frozen=True, kw_only=True)
class Amend(Rule):
    """A change to how much of one open field of another rule (修订规则)."""

    kind = "amendment"
    zh = "修订"

    of: type[Rule] = param(doc="class of the rule that is changed")
    target: str = param(doc="name of the rule that is changed")
    field: str = param(doc="its field")
    by: float | tuple[str, ...] = param(
        low=-1e6, high=1e6, doc="factor, term, chance or items, as the field's fold has it"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.of not in RULE_KINDS:
            raise DesignError(
                f"amendment {self.name}: of = {self.of!r} must be a class of rule:"
                f" {', '.join(kind.__name__ for kind in RULE_KINDS)}"
            )
        allowed = open_fields(self.of)
        if self.field not in self.of.__dataclass_fields__:
            raise DesignError(f"amendment {self.name}: {unknown('field', self.field, allowed, self.of.kind)}")
        if self.field not in allowed:
            raise DesignError(
                f"amendment {self.name}: {self.of.kind} {self.target!r}: {self.field} is closed"
                f"{nearest(self.field, allowed)}; open are {', '.join(allowed) or 'none'}"
            )
        if isinstance(self.by, tuple) != (self.fold == "union"):
            what = "a list of words" if self.fold == "union" else "a number"
            raise DesignError(f"amendment {self.name}: by = {self.by!r} must be {what} ({self.fold})")
        high = 1.0 if self.fold == "cover" else math.inf
        if not isinstance(self.by, tuple) and self.fold != "add" and not 0 <= self.by <= high:
            limits = "between 0 and 1" if self.fold == "cover" else "at least 0"
            raise DesignError(f"amendment {self.name}: by = {self.by:g} must be {limits} ({self.fold})")
        if self.fold == "union":
            self._refuse_costs()
            self._refuse_conditions()

    @property
    def placed(self) -> bool:
        return not isinstance(self.by, tuple)

    @cached_property
    def fold(self) -> str:
        """How it combines with other changes of the field."""
        return open_fields(self.of)[self.field]

    @property
    def changes(self) -> tuple[str, str]:
        """Key of the rule that is changed."""
        return self.of.kind, self.target

    @property
    def null(self) -> bool:
        return bool(self.by == NEUTRAL[self.fold])

    def share(self) -> str:
        """What it does to the field, and what that takes: ``x 0.8, keeper office, upkeep 2``."""
        sign = {"scale": "x", "add": "+", "cover": "covers", "union": "and"}[self.fold]
        by = "+".join(self.by) if isinstance(self.by, tuple) else f"{self.by:.4g}"
        about = {key: getattr(self, key) for key in ("keeper", "upkeep", "money", "purse", "where", "when")}
        given = {
            key: value
            for key, value in about.items()
            if value != type(self).__dataclass_fields__[key].default
        }
        return ", ".join([f"{sign} {by}", *(said(key, value) for key, value in given.items())])

    def lacking(self) -> str:
        return f"there is no {self.of.kind} {self.target} ({self.field} {self.share()})"

    def force(self) -> str:
        return f"{self.of.kind} {self.target}.{self.field} {self.share()}"


def open_fields(kind: type[Rule]) -> dict[str, str]:
    """Fields of a class of rule that may be amended, with their folds."""
    return {
        name: field.metadata["fold"]
        for name, field in kind.__dataclass_fields__.items()
        if field.metadata.get("fold")
    }


def combined(base: Any, fold: str, changes: Iterable[Any]) -> Any:
    """A value with all changes made to it, the same to the bit in whatever order they come.

    >>> combined(0.5, "scale", [0.8, 0.5])
    0.2
    >>> combined(0.5, "cover", [0.5])
    0.75
    """
    if fold == "union":
        return tuple(dict.fromkeys([*base, *sorted({item for items in changes for item in items})]))
    ordered = sorted(changes)
    if fold == "scale":
        return base * math.prod(ordered)
    if fold == "add":
        return math.fsum([base, *ordered])
    # Written so that nothing covered leaves the base as it is, to the bit.
    return base + (1 - base) * (1 - math.prod(1 - change for change in ordered))


@dataclass(frozen=True)
class Amended:
    """A rule and what amendments make of it where all of them are in force and paid for.

    Attributes
    ----------
    rule : Rule
        As its own mechanism brought it, and with the items that amendments add to its lists.
    result : Rule
        As it is where all amendments are in force and paid for.
    by : tuple of (str, Amend)
        Mechanisms and the amendments they contribute.
    """

    rule: Rule
    result: Rule
    by: tuple[tuple[str, Amend], ...]

    def says(self) -> str:
        """What the rule comes to, and who made it so: for tables and diffs."""
        made = "; ".join(self.contributions())
        return self.result.force() + (f" [{made}]" if made else "")

    def contributions(self) -> list[str]:
        """Who amends which field, and how."""
        return [f"{entry.field} amended by {name}: {entry.share()}" for name, entry in self.by]

    def difference(self, other: Amended) -> str:
        """What ``other``, of the same rule, says differently: fields and amendments that are not alike."""
        before, after = self.result.as_dict(), other.result.as_dict()
        parts = [
            f"{said(key, before[key]) or f'no {key}'} → {word(after[key]) or 'none'}"
            for key in after
            if before[key] != after[key]
        ]
        mine, theirs = self.contributions(), other.contributions()
        parts += [f"no longer {entry}" for entry in mine if entry not in theirs]
        parts += [entry for entry in theirs if entry not in mine]
        return "; ".join(parts)


def amend(rule: Rule, changes: Sequence[tuple[str, Amend]], where: str = "") -> Amended:
    """Lay all amendments of a rule over it and check what comes out by the rule's own validation.

    What only the raising ones, or only the lowering ones, would give is checked as well, since others may not
    be in force everywhere, always or in full.

    Raises
    ------
    DesignError
        If the result is not allowed; the message names every contributor.
    """
    ordered = tuple(sorted(changes, key=lambda entry: (entry[1].field, entry[0], str(entry[1]))))
    sides = (
        ("together", lambda entry: True),
        ("where only they are in force", lambda entry: not _lowers(entry)),
        ("where only they are in force", _lowers),
    )
    results = []
    for when, chosen in sides:
        part = [(name, entry) for name, entry in ordered if chosen(entry)]
        values = {}
        for field, fold in open_fields(type(rule)).items():
            by = [entry.by for _, entry in part if entry.field == field]
            if by:
                values[field] = combined(getattr(rule, field), fold, by)
        try:
            results.append(rule.updated(values) if values else rule)
        except DesignError as error:
            names = "; ".join(f"{name} ({entry.force()})" for name, entry in part)
            raise DesignError(
                f"{where}{rule.kind} {rule.name!r}, amended by {names} {when}: {error}"
            ) from None
    lists = {
        field: getattr(results[0], field)
        for field, fold in open_fields(type(rule)).items()
        if fold == "union" and any(entry.field == field for _, entry in ordered)
    }
    return Amended(rule.updated(lists) if lists else rule, results[0], ordered)


def _lowers(amendment: Amend) -> bool:
    return not isinstance(amendment.by, tuple) and amendment.by < NEUTRAL[amendment.fold]
