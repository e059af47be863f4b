"""Joint-building units: what they offer, who sees it, and what it brings them (单位共建)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.fields import param
from cogov.mechanisms.base import Mechanism
from cogov.rules.kinds import Information, Payoff, Rule


@dataclass(frozen=True, kw_only=True)
class JointBuilding(Mechanism):
    """Units pair with a neighbourhood and serve that partner; the benefit goes one way."""

    name, zh, seed, family = "joint_building", "三联五共·结对共建", "004", "units"
    zero = {"share": 0.0}

    share: float = param(0.5, low=0, high=1, doc="share of a unit's offer that its partner knows of")

    def rules(self) -> tuple[Rule, ...]:
        return (
            Information(
                name="pairing",
                about="offers",
                area="neighbourhood",
                share=self.share,
                paired=True,
                keeper="committee",
                upkeep=1.5,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class ResponsibilityDay(Mechanism):
    """Units take turns at a monthly day of service, open to the whole subdistrict."""

    name, zh, seed, family = "responsibility_day", "企事业单位社会责任日", "001", "units"
    zero = {"units": 0, "recognition": 0.0}

    units: int = param(6, low=0, unit="units/month", doc="units on duty each month, in turn")
    recognition: float = param(0.3, low=0, doc="weight of having been seen in a unit's decision")

    def rules(self) -> tuple[Rule, ...]:
        return (
            Information(
                name="responsibility_day",
                about="offers",
                area="subdistrict",
                share=1.0 if self.units else 0.0,
                rota=self.units,
                keeper="office",
                upkeep=4.0,
            ),
            Payoff(name="seen_on_the_day", to="units", term="recognition", weight=self.recognition),
        )
