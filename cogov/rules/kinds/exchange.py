"""Firms that meet and learn from each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.fields import param
from cogov.rules.kinds.base import Floats, Rule
from cogov.terms import MONTH


@dataclass(frozen=True, kw_only=True)
class Exchange(Rule):
    """Meetings at which property firms see how others work (信息规则·交流).

    What a manager sees there is what those present do; what it is worth a payoff says (``learning``,
    ``reputation``). A meeting takes hours of the firm in its compounds, and who has none is not there. Its
    upkeep is for every firm of its place, at a meeting a month: invitations, papers, minutes.
    """

    kind: ClassVar[str] = "exchange"
    zh: ClassVar[str] = "交流"
    framework: ClassVar[str] = "information"

    members: str = param(
        "founding", choices=("founding", "all"), doc="firms with a base of party building, or all"
    )
    every: int = param(4, low=1, high=520, unit="weeks", doc="weeks between meetings")
    hours: float = param(0.0, low=0, high=100, unit="h", doc="hours of each firm for a meeting", fold="scale")
    rivals: float = param(
        0.3, low=0, high=1, doc="share of what it knows that a firm shows another in the same neighbourhood"
    )

    @property
    def null(self) -> bool:
        return self.hours == 0

    @property
    def upkeep_per(self) -> str:
        return "firm"

    def dose(self, value: Callable[[str], Floats]) -> Floats | float:
        return MONTH / self.every
