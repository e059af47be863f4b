"""Who helps owners' committees to their work, and who may bring a case before the district itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.fields import param
from cogov.rules.kinds.base import KINDS, SERVED, Rule


@dataclass(frozen=True, kw_only=True)
class Backing(Rule):
    """Help that owners' committees get with their papers, tenders and accounts (扶持业委会).

    Its upkeep is for every owners' committee of its area; one that is helped in part gets as much less done.
    """

    kind: ClassVar[str] = "backing"
    zh: ClassVar[str] = "扶持业委会"
    framework: ClassVar[str] = "choice"

    area: str = param("neighbourhood", choices=SERVED, doc="the areas it is kept by")
    gain: float = param(
        0.0, low=0, high=1, doc="share that it adds of what a committee lacks in competence", fold="cover"
    )

    @property
    def null(self) -> bool:
        return self.gain == 0 or not (self.keeper and self.upkeep)

    @property
    def upkeep_per(self) -> str:
        return "owners"


@dataclass(frozen=True, kw_only=True)
class Proposal(Rule):
    """A post that brings cases before the district, which must answer by a day (建议提案).

    A case of the district's own goes there at once, past all desks between; one that departments sit on gets
    a day by which they must have answered. A case that the district has no hours to look into waits.
    """

    kind: ClassVar[str] = "proposal"
    zh: ClassVar[str] = "建议提案"
    framework: ClassVar[str] = "choice"

    post: str = param(doc="the post that may propose, in each of its areas")
    number: float = param(
        0.0, low=0, high=1000, unit="cases/year", doc="cases each of its people brings", fold="add"
    )
    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue it is about", fold="union")
    hours: float = param(1.0, low=0, high=1000, unit="h", doc="hours of the post for a case", fold="scale")
    answer: float = param(4.0, low=0, high=1000, unit="h", doc="district hours to answer one", fold="scale")
    weeks: float = param(13.0, low=1, high=520, unit="weeks", doc="weeks in which it is due", fold="scale")

    @property
    def null(self) -> bool:
        return self.number == 0 or not self.kinds

    def idle(self, posts: Collection[str], councils: Collection[str]) -> bool:
        return self.post not in posts
