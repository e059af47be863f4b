"""Which cases come first where there are more than anybody can look at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.fields import param
from cogov.rules.kinds.base import AREAS, KINDS, LINES, Rule

CASES = ("orders", "dated", "summoned")
"""What a case can be besides its kind: an order of the hotline, due by a day, or before departments that were
summoned together."""


@dataclass(frozen=True, kw_only=True)
class Priority(Rule):
    """Cases that departments or posts take before others (优先规则): what moves up moves others down.

    It is a rule of choice: it says what those who serve must take first, not how much they can. Nobody gets
    an hour more by it. A verdict that counts some cases, a leader who stands behind the oldest ones of a
    place, a date that is checked are such rules.
    """

    kind: ClassVar[str] = "priority"
    zh: ClassVar[str] = "优先"
    framework: ClassVar[str] = "choice"

    lines: tuple[str, ...] = param((), choices=LINES, doc="departments that take them first", fold="union")
    servers: tuple[str, ...] = param((), doc="posts that take them first, of those there are", fold="union")
    area: str = param("neighbourhood", choices=AREAS, doc="the areas it is kept and chosen by")
    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue it is about", fold="union")
    cases: tuple[str, ...] = param(
        (), choices=CASES, doc="only cases that are any of these; none named: all", fold="union"
    )
    oldest: int = param(
        0, low=0, high=1_000_000, doc="only so many open cases of each area, longest on record; 0: all"
    )
    holds: bool = param(False, doc="whether such cases are neither given up nor sent back")
    joint: bool = param(
        False, doc="departments take them up together, as if summoned, where it is in force in full"
    )
    weight: float = param(
        0.0, low=0, high=100, doc="what it adds to urgency, which is from 0 to 1", fold="add"
    )

    @property
    def null(self) -> bool:
        return (self.weight == 0 and not self.holds) or not self.kinds or not (self.lines or self.servers)

    def idle(self, posts: Collection[str], councils: Collection[str]) -> bool:
        return not self.lines and not set(self.servers) & set(posts)
