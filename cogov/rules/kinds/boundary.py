"""Who may fill a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule


@dataclass(frozen=True, kw_only=True)
class Boundary(Rule):
    """Who may fill a post, from which pool, how recruited (边界规则)."""

    kind: ClassVar[str] = "boundary"
    zh: ClassVar[str] = "边界"
    framework: ClassVar[str] = "boundary"

    post: str = param(doc="the post to be filled; 'volunteers' for volunteering itself")
    pool: str = param(
        "staff", choices=("staff", "volunteers", "branch_members", "in_service"), doc="who is eligible"
    )
    willing: float = param(
        1.0, low=0, high=1, doc="share of the active in the pool who accept the post", fold="cover"
    )
    weeks_to_fill: int = param(
        0, low=0, high=520, unit="weeks", doc="weeks until staff are recruited and trained"
    )
    asked: float = param(
        0.0, low=0, high=1, unit="1/month", doc="share of the pool asked by their own branch", fold="cover"
    )
    matched: bool = param(False, doc="duties matched to skill and wishes")

    @property
    def null(self) -> bool:
        return self.willing == 0 or (self.post == "volunteers" and self.asked == 0)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.post != "volunteers":
            self._refuse_costs()
        elif self.pool not in ("branch_members", "in_service"):
            raise DesignError(
                f"boundary {self.name}: volunteering is asked for by party branches;"
                f" pool = {self.pool!r} must be one of branch_members, in_service"
            )
