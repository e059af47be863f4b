"""Who is called on at events of life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule
from cogov.terms import Event


@dataclass(frozen=True, kw_only=True)
class Regard(Rule):
    """A post that calls on people at events of their lives, with a small gift (信息规则·关怀).

    Of what happens a share is heard of, of that a share is called on, as far as the post has hours and the
    purse money, and not every door opens. Who was called on has been seen by the committee, once: who is used
    to it takes it for granted.
    """

    kind: ClassVar[str] = "regard"
    zh: ClassVar[str] = "关怀"
    framework: ClassVar[str] = "information"

    post: str = param(doc="the post that calls")
    events: tuple[str, ...] = param(
        Event.labels(), choices=Event.labels(), doc="events at which it does", fold="union"
    )
    heard: float = param(
        0.5, low=0, high=1, doc="share of events that it hears of, through leaders and counters", fold="cover"
    )
    share: float = param(
        0.0, low=0, high=1, doc="share of those heard of that it would call on", fold="cover"
    )
    hours: float = param(1.0, low=0.01, high=100, unit="h", doc="hours of a call, with the way", fold="scale")
    gift: float = param(0.0, low=0, high=10_000, unit="yuan", doc="price of the gift", fold="scale")

    @property
    def null(self) -> bool:
        return self.share * self.heard == 0 or not self.events
