"""Who is honoured in public for what they gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule


@dataclass(frozen=True, kw_only=True)
class Honour(Rule):
    """A post that honours volunteers now and then (表彰规则): names are read out, as far as it has the hours.

    What being honoured is worth to those it befell a payoff says (``volunteers``, ``recognition``).
    """

    kind: ClassVar[str] = "honour"
    zh: ClassVar[str] = "表彰"
    framework: ClassVar[str] = "information"

    post: str = param(doc="the post that holds it, in each of its areas")
    every: int = param(26, low=1, high=520, unit="weeks", doc="weeks between ceremonies")
    share: float = param(
        0.0, low=0, high=1, doc="share of those active on record who are honoured", fold="add"
    )
    hours: float = param(
        20.0, low=0.1, high=1000, unit="h", doc="hours of the post in each of its areas", fold="scale"
    )

    @property
    def null(self) -> bool:
        return self.share == 0
