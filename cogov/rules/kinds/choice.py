"""What a level may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import KINDS, Rule

POWERS = ("resolve", "summon", "dispatch", "take_over", "assign")


@dataclass(frozen=True, kw_only=True)
class Choice(Rule):
    """What a level may do (选择规则): resolve, summon, dispatch with a deadline, take over, assign.

    A level takes over (提级办理) what has been known for ``weeks`` and still stands with a post below it: the
    case is its own from then on, with the work that is left. That takes its post ``hours`` for each case.

    A level assigns (定责) where a ``panel`` says whose a case is before departments are called one after
    another; of those summoned together such a group may say it too. It sits ``sitting`` hours on a case for
    each department; those who were told that a case is theirs send it back less often, and answer by a day.
    """

    kind: ClassVar[str] = "choice"
    zh: ClassVar[str] = "选择"
    framework: ClassVar[str] = "choice"

    level: str = param(choices=("compound", "neighbourhood", "block", "subdistrict"), doc="who may")
    power: str = param(choices=POWERS, doc="what it may do")
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

    parts: int = param(
        1, low=1, high=3, doc="departments that a case must need to be summoned for or assigned"
    )
    panel: str = param("", doc="post that says whose a summoned or assigned case is, and by when it is due")
    sitting: float = param(
        0.0, low=0, high=1000, unit="h", doc="hours of the group on a case, for each department", fold="scale"
    )
    clear: float = param(
        0.0, low=0, high=1, doc="share of sendings-back that it ends, where one department answers",
        fold="cover",
    )  # fmt: skip
    shared: float = param(0.0, low=0, high=1, doc="the same where several departments answer", fold="cover")
    due: float = param(0.0, low=0, high=520, unit="weeks", doc="weeks it gives them to answer; 0: no date")

    @property
    def null(self) -> bool:
        return not self.kinds

    @property
    def posts(self) -> tuple[str, ...]:
        return (*super().posts, *([self.panel] if self.panel else []))

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refuse_costs()
        if self.parts != 1 and self.power not in ("summon", "assign"):
            raise DesignError(
                f"choice {self.name}: parts = {self.parts} is of those who call departments; leave it out"
            )
        if self.panel and self.power not in ("summon", "assign"):
            raise DesignError(f"choice {self.name}: no group sits on what a level may {self.power}")
        if bool(self.panel) != bool(self.sitting) or (self.power == "assign" and not self.panel):
            raise DesignError(
                f"choice {self.name}: a group and its sitting go together, and to assign takes both; panel ="
                f" {self.panel!r}, sitting = {self.sitting:g}"
            )
        if (self.clear or self.shared or self.due) and not self.panel:
            raise DesignError(f"choice {self.name}: clear, shared and due are what a group says; name one")
