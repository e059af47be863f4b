"""What a level may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.fields import param
from cogov.rules.kinds.base import KINDS, Rule


@dataclass(frozen=True, kw_only=True)
class Choice(Rule):
    """What a level may do (选择规则): resolve by itself, summon, dispatch with a deadline, take over.

    A level takes over (提级办理) what has been known for ``weeks`` and still stands with a post below it: the
    case is its own from then on, with the work that is left. That takes its post ``hours`` for each case.
    """

    kind: ClassVar[str] = "choice"
    zh: ClassVar[str] = "选择"
    framework: ClassVar[str] = "choice"

    level: str = param(choices=("compound", "neighbourhood", "block", "subdistrict"), doc="who may")
    power: str = param(choices=("resolve", "summon", "dispatch", "take_over"), doc="what it may do")
    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue it covers", fold="union")
    weeks: float = param(
        2.0,
        low=0,
        high=520,
        unit="weeks",
        doc="deadline of a dispatched order; how long a case stands below before it is taken over",
        fold="scale",
    )
    hours: float = param(
        0.0,
        low=0,
        high=1000,
        unit="h",
        doc="hours of its post for each summons, for each case taken over, more work of what it resolves",
        fold="scale",
    )

    @property
    def null(self) -> bool:
        return not self.kinds

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refuse_costs()
