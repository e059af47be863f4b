"""What behaviour brings and costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import SERVED, TERMS, Floats, Rule


@dataclass(frozen=True, kw_only=True)
class Payoff(Rule):
    """What behaviour brings and costs (收益规则). It weighs something that happened, never nothing.

    Its upkeep is for everybody it is paid to, at weight 1: what is to count with them somebody must bring
    before them, again and again.
    """

    kind: ClassVar[str] = "payoff"
    zh: ClassVar[str] = "收益"
    framework: ClassVar[str] = "payoff"

    to: str = param(choices=tuple(TERMS), doc="who is paid")
    term: str = param(
        choices=tuple(dict.fromkeys(term for terms in TERMS.values() for term in terms)),
        doc="which term of their decision",
    )
    area: str = param("subdistrict", choices=SERVED, doc="areas in which it may be in force or not")
    weight: float = param(0.0, low=0, high=100, doc="its weight", fold="scale")

    @property
    def null(self) -> bool:
        return self.weight == 0

    @property
    def upkeep_per(self) -> str:
        return {"units": "unit", "firms": "firm"}.get(self.to, "area")

    def dose(self, value: Callable[[str], Floats]) -> Floats | float:
        return value("weight")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.term not in TERMS[self.to]:
            raise DesignError(
                f"payoff {self.name}: {self.to} do not weigh {self.term!r};"
                f" they weigh {', '.join(TERMS[self.to])}"
            )
