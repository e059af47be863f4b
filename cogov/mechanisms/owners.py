"""Owners who decide together (业委会)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, own_purse
from cogov.rules.kinds import (
    Backing,
    Boundary,
    Position,
    Purse,
    Rule,
)


@dataclass(frozen=True, kw_only=True)
class OwnersCommittees(Mechanism):
    """Owners' committees have a paid executive secretary, and the party organisation guides them (业委会).

    Members are unpaid; what they lack in competence a secretary does for them, in hours that several
    compounds share. What it comes to is the change of a firm that nobody trusts.
    """

    name, zh, seed, family = "owners_committee", "业委会“执行秘书”", "002, 003", "councils"
    zero = {"secretaries": 0.0, "guidance": 0.0}
    words = {
        "002": "深化业委会“执行秘书”……机制……加强业委会在党组织领导和监督下,更好地规范建章立制,"
        "引导委员履职尽责,为居民办实事、做好事",
        "003": "注重解决居民区业委会建设、小区治理等实际问题……业委会规范建设",
    }
    reading = (
        "What the secretary does and for how many compounds is an interpretation (secretaries 0). That"
        " guidance raises what a committee can do is another (guidance 0); that it prevents misuse of money"
        " is not in it, since no fund of a compound is spent. Elections are not: which compounds have one"
        " is a fact of the place."
    )
    why = (
        "public-good work of volunteers fails for lack of time and skill, and paid staff stands in: Olson"
        " (1965), The Logic of Collective Action"
    )

    secretaries: float = param(
        0.5,
        low=0,
        high=20,
        unit="heads",
        doc="executive secretaries of a neighbourhood",
        plausible=(0.25, 1),
    )
    hours: float = param(20.0, low=0, high=40, unit="h/week", doc="hours of each", plausible=(10, 40))
    service: float = param(
        3.3,
        low=0,
        high=40,
        unit="h/week",
        doc="hours an owners' committee needs of one: 10 for three of them",
        plausible=(2.7, 6.7),
    )
    gain: float = param(
        0.5,
        low=0,
        high=1,
        doc="share that a secretary adds of what a committee lacks in competence",
        plausible=(0.2, 0.8),
    )
    wage: float = param(50.0, low=0, high=1000, unit="yuan/h", doc="wage of a secretary", plausible=(40, 60))
    weeks_to_fill: int = param(
        13, low=0, high=520, unit="weeks", doc="weeks until one is found and trained", plausible=(4, 26)
    )
    guidance: float = param(
        0.15, low=0, high=1, doc="the same by guidance of the party organisation", plausible=(0, 0.3)
    )
    supervision: float = param(
        0.3,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to guide and check an owners' committee: 1 for three of them",
        plausible=(0.1, 1),
    )
    purse: float = own_purse(20.0)

    def rules(self) -> tuple[Rule, ...]:
        there = self.secretaries * self.hours > 0
        return (
            Purse(
                name="owners_committee",
                income=self.purse if there else 0,
                pays=("wages",),
                keeps=False,
            ),
            Position(
                name="executive_secretary",
                area="neighbourhood",
                heads=self.secretaries,
                hours=self.hours,
                wage=self.wage,
                purse="owners_committee",
            ),
            Boundary(
                name="executive_secretary", post="executive_secretary", weeks_to_fill=self.weeks_to_fill
            ),
            Backing(
                name="executive_secretary",
                gain=self.gain if there else 0,
                keeper="executive_secretary",
                upkeep=self.service,
            ),
            Backing(name="guidance", gain=self.guidance, keeper="committee", upkeep=self.supervision),
        )
