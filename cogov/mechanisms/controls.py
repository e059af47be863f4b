"""Controls: what no document names and comparisons need (对照)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, visit_doors, visit_speed
from cogov.rules.kinds import KINDS, SERVICES, Boundary, Enquiry, Observation, Position, Purse, Rule
from cogov.terms import YEAR


@dataclass(frozen=True, kw_only=True)
class ExtraStaff(Mechanism):
    """Staff of neighbourhoods without any institution: what the same money buys by itself.

    Whatever takes hours or money may work because it brings them. This is what to compare it with: hired
    people who do what a committee does, and half of the time serve needs that are known.
    """

    name, zh, seed, family = "extra_staff", "同等人力（对照）", "all", "controls"
    zero = {"heads": 0.0}

    heads: float = param(
        1.0, low=0, high=10_000, unit="heads", doc="hired for 10,000 households", plausible=(0.5, 2)
    )
    hours: float = param(40.0, low=0, high=80, unit="h/week", doc="hours of each", plausible=(36, 44))
    wage: float = param(45.0, low=0, high=1000, unit="yuan/h", doc="wage", plausible=(25, 80))
    observe: float = param(0.1, low=0, high=0.3, doc="share of hours spent on visits", plausible=(0.05, 0.2))
    care: float = param(
        0.45, low=0, high=0.7, doc="share of hours that serves known needs", plausible=(0.3, 0.6)
    )
    competence: float = param(
        0.6, low=0, high=1, doc="chance that what they finish holds", plausible=(0.45, 0.75)
    )
    handles: tuple[str, ...] = param(KINDS, choices=KINDS, doc="issues they handle")
    services: tuple[str, ...] = param(SERVICES, choices=SERVICES, doc="needs they serve, in equal parts")
    speed: float = visit_speed()
    doors: float = visit_doors()
    weeks_to_fill: int = param(0, low=0, high=520, unit="weeks", doc="weeks until they are found")

    @classmethod
    def worth(cls, cost: float) -> Self:
        """As many as a cost of so many yuan a household and year pays."""
        one = cls()
        return cls(heads=cost * PER / (one.hours * one.wage * YEAR))

    def rules(self) -> tuple[Rule, ...]:
        return (
            Purse(
                name="extra_staff",
                income=self.heads * self.hours * self.wage * YEAR / PER,
                pays=("wages",),
                keeps=False,
            ),
            Position(
                name="extra_staff",
                area="neighbourhood",
                heads=self.heads,
                per_households=PER,
                hours=self.hours,
                observe=self.observe,
                care=self.care,
                competence=self.competence,
                handles=self.handles,
                services=self.services,
                wage=self.wage,
                purse="extra_staff",
            ),
            Boundary(name="extra_staff", post="extra_staff", weeks_to_fill=self.weeks_to_fill),
            Observation(
                name="extra_staff", post="extra_staff", speed=self.speed if self.heads and self.observe else 0
            ),
            Enquiry(
                name="extra_staff", post="extra_staff", speed=self.doors if self.heads and self.observe else 0
            ),
        )
