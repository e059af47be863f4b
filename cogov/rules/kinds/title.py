"""Titles that units compete for by what they gave the community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule


@dataclass(frozen=True, kw_only=True)
class Title(Rule):
    """A title awarded now and then to the units that gave the community most for their size (称号规则).

    What it is worth to a unit a payoff says (its term ``title``): as much as its giving could still change.
    """

    kind: ClassVar[str] = "title"
    zh: ClassVar[str] = "称号"
    framework: ClassVar[str] = "information"

    every: int = param(104, low=2, high=520, unit="weeks", doc="weeks between awards")
    counts: int = param(52, low=1, high=520, unit="weeks", doc="weeks before an award whose hours count")
    share: float = param(0.0, low=0, high=1, doc="share of the units that are awarded it", fold="scale")
    hours: float = param(20.0, low=0, high=1000, unit="h", doc="hours of papers of a unit", fold="scale")
    bar: float = param(
        0.2, low=0, high=1, doc="share of its hours that a unit takes to be enough before the first award"
    )

    @property
    def null(self) -> bool:
        return self.share == 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.counts > self.every:
            raise DesignError(
                f"title {self.name}: counts = {self.counts}: no more weeks can count than lie between awards"
                f" (every = {self.every})"
            )
