"""People of units who meet a post: heads on visits, staff at a fair, officers for liaison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule

SENT = ("heads", "people", "officers")
"""Whom a unit sends: its head, whose rank keeps him away; others of its people; an officer, who comes."""


@dataclass(frozen=True, kw_only=True)
class Liaison(Rule):
    """Meetings of units with a post, in the hours of both (信息规则·联络).

    What comes of them is contact, and of officers that somebody in the unit knows what it has to offer, and
    may sit at tables in the place of its head.
    """

    kind: ClassVar[str] = "liaison"
    zh: ClassVar[str] = "联络"
    framework: ClassVar[str] = "information"

    post: str = param(doc="the post they meet, of the place they stand in or of the whole subdistrict")
    who: str = param("heads", choices=SENT, doc="whom units send")
    share: float = param(0.0, low=0, high=1, doc="share of the units that are part of it", fold="cover")
    every: int = param(4, low=1, high=520, unit="weeks", doc="weeks between meetings")
    hours: float = param(2.0, low=0, high=100, unit="h", doc="hours of a unit each time", fold="scale")
    host_hours: float = param(
        1.0, low=0, high=100, unit="h", doc="hours of the post for each unit that comes", fold="scale"
    )
    contact: float = param(
        1.0, low=0, high=1, doc="share of a unit's hours that are hours with those who decide in it"
    )
    sits: bool = param(False, doc="an officer may sit for the head at tables of councils")
    officer_rank: float = param(0.0, low=-1, high=3, doc="administrative rank of an officer")

    @property
    def null(self) -> bool:
        return self.share == 0 or self.hours == 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.who != "officers" and (self.sits or self.officer_rank):
            raise DesignError(
                f"liaison {self.name}: sits and officer_rank ({self.officer_rank:g}) are of officers; leave"
                " them out, or let who be 'officers'"
            )
