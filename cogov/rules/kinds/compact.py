"""Compacts (微规约): a rule of conduct that residents agree on and remind each other of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule
from cogov.terms import Cause


@dataclass(frozen=True, kw_only=True)
class Compact(Rule):
    """A compact on conduct that breeds issues, kept as far as neighbours keep it and are reminded.

    The keeper's upkeep is first the agreeing, then the reminding: a compact without a keeper is none, and one
    whose keeper has no hours left holds only where trust among neighbours carries it.
    """

    kind: ClassVar[str] = "compact"
    zh: ClassVar[str] = "规约"
    framework: ClassVar[str] = "choice"

    area: str = param("compound", choices=("compound", "neighbourhood"), doc="one compact for each such area")
    cause: str = param("conduct", choices=Cause.labels(), doc="what breeds the issues it is about")
    effect: float = param(
        0.4, low=0, high=1, doc="share of them that it holds down if everybody keeps it", fold="cover"
    )
    meetings: float = param(
        6.0, low=0, high=1000, unit="h", doc="hours of its keeper until each is agreed on", fold="scale"
    )

    @property
    def null(self) -> bool:
        return self.effect == 0 or not (self.keeper and self.upkeep)
