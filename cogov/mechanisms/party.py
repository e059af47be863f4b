"""Party members and organisations as people who can be asked (党建)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism
from cogov.rules.kinds import Boundary, Rule


@dataclass(frozen=True, kw_only=True)
class ReportIn(Mechanism):
    """In-service members report to the neighbourhood they live in and are asked to take part there.

    Document 001 has them take personal seats in the alliance of a block; that they are called up to serve
    is an interpretation of it, and wish and skill, by which duties are matched, are words of 002. So the
    default is a low call-up without matching; ``matched`` takes committee hours for each who serves.
    """

    name, zh, seed, family = "report_in", "双报到", "001, 002", "party"
    zero = {"asked": 0.0}

    asked: float = param(
        0.1,
        low=0,
        high=1,
        unit="1/month",
        doc="share of in-service members called up a month; no document says how many",
    )
    matched: bool = param(False, doc="duties matched to skill and wishes (002)")
    upkeep: float = param(0.5, low=0, high=40, unit="h/week", doc="hours of each committee to keep the list")

    def rules(self) -> tuple[Rule, ...]:
        return (
            Boundary(
                name="report_in",
                post="volunteers",
                pools=("in_service",),
                asked=self.asked,
                matched=self.matched,
                keeper="committee",
                upkeep=self.upkeep,
            ),
        )
