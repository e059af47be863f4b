"""Who may fill a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule
from cogov.rules.kinds.information import DURING
from cogov.rules.pools import POOLS, STAFF, VOLUNTEERS


@dataclass(frozen=True, kw_only=True)
class Boundary(Rule):
    """Who may fill a post, from which pools, how recruited (边界规则).

    Pools are people by what they are (`cogov.rules.pools`); those of a post's area who are active fill it,
    first those of the first pool. Where they have to be found, the post has no more than were found and have
    not given it up. For ``post="volunteers"``, volunteering itself, the pools are asked to take
    part, all alike, and the asking is done by the keeper.
    """

    kind: ClassVar[str] = "boundary"
    zh: ClassVar[str] = "边界"
    framework: ClassVar[str] = "boundary"

    post: str = param(doc="the post to be filled; 'volunteers' for volunteering itself")
    pools: tuple[str, ...] = param(
        (STAFF,), choices=tuple(POOLS), length=(1, len(POOLS)), doc="who is eligible, the first first"
    )
    willing: float = param(
        1.0, low=0, high=1, doc="share of the active in the pools who accept the post", fold="cover"
    )
    together: float = param(
        0.0,
        low=0,
        high=1000,
        unit="heads",
        doc="fewest who must accept in an area for anybody to hold it there",
    )
    weeks_to_fill: float = param(
        0.0, low=0, high=520, unit="weeks", doc="weeks until staff are recruited and trained", fold="scale"
    )
    asked: float = param(
        0.0, low=0, high=1, unit="1/month", doc="share of the pools asked by their organisation", fold="cover"
    )
    finder: str = param(
        "", doc="post whose hours find those who hold it, one after another; empty: they come by themselves"
    )
    during: str = param("observing", choices=DURING, doc="the duty in which the finder finds them")
    found: float = param(
        0.0, low=0, high=10, unit="heads/h", doc="heads found in an hour of that duty", fold="scale"
    )
    quits: float = param(
        0.0, low=0, high=1, unit="1/year", doc="hazard that one of those found gives it up", fold="scale"
    )
    matched: bool = param(False, doc="the keeper finds each a duty that fits what they can and want")

    @property
    def posts(self) -> tuple[str, ...]:
        return (*super().posts, *([self.finder] if self.finder else []))

    @property
    def null(self) -> bool:
        # Where nobody is willing the post stands empty; a post without a boundary would be full.
        return self.post == "volunteers" and self.asked == 0

    @property
    def unions(self) -> tuple[tuple[str, ...], ...]:
        """The first pool, the first two, the first three ..."""
        return tuple(self.pools[: number + 1] for number in range(len(self.pools)))

    def __post_init__(self) -> None:
        super().__post_init__()
        where = f"boundary {self.name}"
        if len(set(self.pools)) < len(self.pools):
            raise DesignError(f"{where}: pools = {list(self.pools)}: must name each pool once")
        if STAFF in self.pools and len(self.pools) > 1:
            raise DesignError(f"{where}: pools = {list(self.pools)}: staff are no volunteers")
        if bool(self.finder) != bool(self.found) or (self.quits and not self.finder):
            raise DesignError(
                f"{where}: finder, found and quits go together; finder = {self.finder!r}, found ="
                f" {self.found:g}, quits = {self.quits:g}"
            )
        if self.finder and (STAFF in self.pools or self.post == "volunteers"):
            raise DesignError(
                f"{where}: only those who hold a post unpaid are found one by one; leave finder out"
            )
        if self.post != "volunteers":
            self._refuse_unread("a post is not asked for", "asked", "matched")
            if STAFF in self.pools:
                self._refuse_unread("staff are hired", "willing", "together")
            else:
                self._refuse_unread("only staff are recruited over weeks", "weeks_to_fill")
            self._refuse_costs()
            return
        self._refuse_unread(
            "people are asked, and decide for themselves", "willing", "together", "weeks_to_fill"
        )
        if refused := {STAFF, VOLUNTEERS} & set(self.pools):
            raise DesignError(
                f"{where}: volunteering is asked of people who do not volunteer yet; pools ="
                f" {list(self.pools)}: leave {', '.join(sorted(refused))} out"
            )
        if self.matched and not self.keeper:
            raise DesignError(f"{where}: to find a duty that fits takes hours; matched = True needs a keeper")

    def _refuse_unread(self, why: str, *fields: str) -> None:
        """Refuse values of fields that nothing would read."""
        for field in fields:
            if getattr(self, field) not in (type(self).__dataclass_fields__[field].default, 0):
                raise DesignError(
                    f"boundary {self.name}: {field} = {getattr(self, field)!r}: {why}; leave it out"
                )
