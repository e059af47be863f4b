"""Hours that go from one post to another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import LINES, Rule


@dataclass(frozen=True, kw_only=True)
class Move(Rule):
    """Hours moved from one post to another every week (抽调、下沉): what one gains the other lacks.

    The giver may be a department: its hours of the district, which it then lacks for everybody else. What
    arrives is what left less the ``loss``; no hour is made on the way. It is laid over the smaller areas
    of the two posts: a post of a larger area gives to, or gets from, all those in it that are in force, a
    ``share`` of its hours in proportion to their households. Where several moves want more hours of a post
    than it has left when the rules of the week are kept, each gets the same part of what it wants.
    """

    kind: ClassVar[str] = "move"
    zh: ClassVar[str] = "抽调"
    framework: ClassVar[str] = "position"

    out_of: str = param(doc="post, or department by its name, that gives the hours")
    into: str = param(doc="post that gets them")
    share: float = param(0.0, low=0, high=1, doc="share of the giver's hours that is moved", fold="add")
    hours: float = param(0.0, low=0, high=10_000, unit="h/week per area", doc="hours moved", fold="scale")
    per_households: int = param(
        0, low=0, high=1_000_000, doc="if set, hours are for so many households of the area"
    )
    loss: float = param(
        0.1, low=0, high=1, doc="share of them that goes into travel and learning", fold="scale"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.out_of == self.into:
            raise DesignError(f"move {self.name}: out_of and into are both {self.into!r}: name two posts")

    @property
    def from_line(self) -> bool:
        """Whether a department gives the hours."""
        return self.out_of in LINES

    @property
    def null(self) -> bool:
        return self.share == 0 and self.hours == 0

    def idle(self, posts: Collection[str], councils: Collection[str]) -> bool:
        return not {self.out_of, self.into} <= {*posts, *LINES}
