"""Joint-building units: what they offer, who sees it, and what it brings them (单位共建)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, list_hours
from cogov.rules.kinds import Listing, Payoff, Rule


@dataclass(frozen=True, kw_only=True)
class JointBuilding(Mechanism):
    """Units agree with the neighbourhood they stand in to serve it; the benefit goes one way."""

    name, zh, seed, family = "joint_building", "三联五共·结对共建", "004", "units"
    zero = {"share": 0.0}

    share: float = param(0.5, low=0, high=1, doc="share of a unit's offer that its partner knows of")
    upkeep: float = list_hours(1.1)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Listing(
                name="pairing",
                area="neighbourhood",
                share=self.share,
                paired=True,
                keeper="committee",
                upkeep=self.upkeep,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class ResponsibilityDay(Mechanism):
    """Units take turns at a monthly day of service, open to the whole subdistrict."""

    name, zh, seed, family = "responsibility_day", "企事业单位社会责任日", "001", "units"
    zero = {"units": 0, "recognition": 0.0}

    units: int = param(6, low=0, unit="units/month", doc="units on duty each month, in turn")
    recognition: float = param(
        0.3, low=0, high=10, doc="weight of having given hours in public in a unit's decision"
    )
    upkeep: float = param(
        0.65,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours for every unit on duty in a month (0.2 to 4 plausible)",
        source="assumed",
    )
    telling: float = param(
        0.1,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to tell of what a unit gave, at recognition 1 (0.02 to 0.5 plausible)",
        source="assumed",
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Listing(
                name="responsibility_day",
                area="subdistrict",
                share=1 if self.units else 0,
                rota=self.units,
                keeper="office",
                upkeep=self.upkeep,
            ),
            Payoff(
                name="seen_on_the_day",
                to="units",
                term="recognition",
                weight=self.recognition,
                keeper="office",
                upkeep=self.telling,
            ),
        )
