"""Services brought to the doorstep, with what they cost (服务)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.fields import param
from cogov.mechanisms.base import Mechanism
from cogov.rules.kinds import Boundary, Position, Rule


@dataclass(frozen=True, kw_only=True)
class AgeingInPlace(Mechanism):
    """Care at home, day rooms, a canteen and advisers, so that old people can stay where they live."""

    name, zh, seed, family = "ageing_in_place", "原居安老支持计划", "001", "services"
    zero = {"carers": 0.0, "cooks": 0.0}

    carers: float = param(1.5, low=0, unit="heads", doc="care workers of a neighbourhood")
    cooks: float = param(0.5, low=0, unit="heads", doc="staff of the canteen for a neighbourhood")
    guests: float = param(5.0, low=1, doc="people the canteen serves at a time")
    wage: float = param(35.0, low=0, unit="yuan/h", doc="wage of both")

    def rules(self) -> tuple[Rule, ...]:
        return (
            Position(
                name="carer",
                area="neighbourhood",
                heads=self.carers,
                hours=36.0,
                admin_share=0.1,
                care=1.0,
                services=("elder_care", "elder_care", "elder_care", "health"),
                wage=self.wage,
                keeper="committee",
                upkeep=1.0,
            ),
            Boundary(name="carer", post="carer", weeks_to_fill=26),
            Position(
                name="canteen",
                area="neighbourhood",
                heads=self.cooks,
                hours=30.0,
                care=1.0,
                group=self.guests,
                services=("elder_care",),
                wage=self.wage,
            ),
            Boundary(name="canteen", post="canteen", weeks_to_fill=26),
        )


@dataclass(frozen=True, kw_only=True)
class AfterSchoolCare(Mechanism):
    """Children are looked after between school and their parents' return."""

    name, zh, seed, family = "after_school_care", "爱心晚托班", "001", "services"
    zero = {"minders": 0.0}

    minders: float = param(2.0, low=0, unit="heads", doc="minders of a neighbourhood")
    hours: float = param(15.0, low=0, high=40, unit="h/week", doc="hours of each")
    children: float = param(8.0, low=1, doc="children a minder looks after at a time")
    wage: float = param(40.0, low=0, unit="yuan/h", doc="wage of a minder")

    def rules(self) -> tuple[Rule, ...]:
        return (
            Position(
                name="minder",
                area="neighbourhood",
                heads=self.minders,
                hours=self.hours,
                care=1.0,
                group=self.children,
                services=("child_care",),
                wage=self.wage,
                keeper="committee",
                upkeep=0.5,
            ),
            Boundary(name="minder", post="minder", weeks_to_fill=13),
        )


@dataclass(frozen=True, kw_only=True)
class NpoIncubation(Mechanism):
    """Social organisations are hosted, trained and shown at fairs until they serve on their own."""

    name, zh, seed, family = "npo_incubation", "社会组织培育", "001", "services"
    zero = {"workers": 0.0}

    workers: float = param(4.0, low=0, unit="heads", doc="full-time workers for 10,000 households once grown")
    wage: float = param(40.0, low=0, unit="yuan/h", doc="what an hour costs the budget")
    weeks: int = param(52, low=0, unit="weeks", doc="weeks until an organisation stands")

    def rules(self) -> tuple[Rule, ...]:
        return (
            Position(
                name="npo",
                area="subdistrict",
                heads=self.workers,
                per_households=10_000,
                hours=36.0,
                admin_share=0.25,
                care=0.85,
                host=0.15,
                group=2.0,
                services=("culture", "advice", "environment", "elder_care", "child_care"),
                wage=self.wage,
                keeper="office",
                upkeep=6.0,
            ),
            Boundary(name="npo", post="npo", weeks_to_fill=self.weeks),
        )
