"""How residents come to hear of what goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.fields import param
from cogov.rules.kinds.base import Floats, Rule


@dataclass(frozen=True, kw_only=True)
class Notice(Rule):
    """Further residents who hear of joint activities (信息规则·告知): a fixed time and a name, or a message.

    Who hears need not come, and where a place is full nobody more finds room. Its upkeep is for each
    neighbourhood, at ``heard`` 1: as many again as hear anyway.
    """

    kind: ClassVar[str] = "notice"
    zh: ClassVar[str] = "告知"
    framework: ClassVar[str] = "information"
    area: ClassVar[str] = "neighbourhood"

    heard: float = param(
        0.0, low=0, high=10, doc="further residents who hear of an activity, against those who do anyway",
        fold="add",
    )  # fmt: skip
    regular: int = param(
        0,
        low=0,
        high=520,
        unit="weeks",
        doc="weeks with an activity in a venue until its time is known; 0: told each time, in yards too",
    )
    online: bool = param(False, doc="only those hear who are in a group of messages, by age (`bond.online`)")

    @property
    def null(self) -> bool:
        return self.heard == 0

    def dose(self, value: Callable[[str], Floats]) -> Floats | float:
        return value("heard")
