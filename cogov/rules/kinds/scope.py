"""How places are pooled into areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule

GROUPINGS = ("four_traits", "similar", "adjacent", "random")
"""Which neighbourhoods go together: alike in history, place, production and way of life; alike in people and
homes alone; near each other; or any."""


@dataclass(frozen=True, kw_only=True)
class Scope(Rule):
    """How places are pooled into areas (范围规则)."""

    kind: ClassVar[str] = "scope"
    zh: ClassVar[str] = "范围"
    framework: ClassVar[str] = "scope"

    number: int = param(0, low=0, high=32_767, doc="blocks to pool the neighbourhoods into")
    grouping: str = param("similar", choices=GROUPINGS, doc="which are pooled")
    households: int = param(
        0, low=0, high=1_000_000, unit="households", doc="size a micro grid of buildings aims at"
    )

    @property
    def placed(self) -> bool:
        return False

    @property
    def null(self) -> bool:
        return self.number == 0 and self.households == 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refuse_costs()
        self._refuse_conditions()
