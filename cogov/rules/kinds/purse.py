"""What money there is for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule

SOURCES = ("budget", "grant", "fees", "gifts")
"""Where money of a purse is from: the governance budget of the subdistrict, money from above or outside for
a purpose, fees that households pay, gifts."""
PAYS = ("wages", "rules", "works")
"""What a purse may pay: wages of posts, running costs of rules, works and their upkeep."""
HOLDERS = ("compound", "neighbourhood", "block", "subdistrict")
"""Areas that may own a purse."""


@dataclass(frozen=True, kw_only=True)
class Purse(Rule):
    """Money for a purpose (收益规则·资金账户): who owns it, what comes in, what it may pay.

    Rules say which purse their money and wages come from; a purse that is short pays all of them at one
    share. Income from the budget is taken out of it, from fees as far as fees are paid. Gifts come by
    pledges alone.
    """

    kind: ClassVar[str] = "purse"
    zh: ClassVar[str] = "资金"
    framework: ClassVar[str] = "payoff"

    area: str = param("subdistrict", choices=HOLDERS, doc="one account for each such area")
    source: str = param("grant", choices=SOURCES, doc="where its money is from")
    income: float = param(0.0, low=0, unit="yuan/household/year", doc="what comes in", fold="scale")
    start: float = param(0.0, low=0, high=1e6, unit="yuan/household", doc="what is in it at first")
    pays: tuple[str, ...] = param(PAYS, choices=PAYS, doc="what it may be spent on", fold="union")
    keeps: bool = param(True, doc="what is left stays in it; else it goes back every week")

    @property
    def null(self) -> bool:
        return self.income == 0 and self.start == 0 and self.source != "gifts"

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refuse_costs()
        if self.source == "gifts" and self.income:
            raise DesignError(
                f"purse {self.name}: gifts come by pledges, not by themselves; income = {self.income:g}"
                " must be 0"
            )
