"""What upper levels give committees to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule
from cogov.terms import Source

MOST = 2.0
"""Tasks of one source are at most so many times what the community's profile has."""


@dataclass(frozen=True, kw_only=True)
class Tasks(Rule):
    """What a line or the subdistrict gives committees to do (选择规则·交办): reports, ledgers, inspections.

    A choice rule that says *must*. What is not asked for is not done, and not learned above. Several rules of
    one source add up, to no more than twice what the profile has.
    """

    kind: ClassVar[str] = "tasks"
    zh: ClassVar[str] = "交办"
    framework: ClassVar[str] = "choice"

    source: str = param(choices=Source.labels(), doc="who gives them")
    load: float = param(
        1.0, low=0, high=MOST, doc="tasks, relative to what the community's profile has", fold="scale"
    )

    @property
    def null(self) -> bool:
        return self.load == 0
