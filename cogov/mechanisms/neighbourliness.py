"""What brings neighbours together (睦邻)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.fields import param
from cogov.mechanisms.base import Mechanism
from cogov.rules.kinds import Boundary, Position, Rule

GRANT = 20_000.0
"""What one project costs the budget, yuan a year (assumed): a price, so nothing to choose."""


@dataclass(frozen=True, kw_only=True)
class MicroVentures(Mechanism):
    """Small grants for residents' own projects, run by teams of volunteers."""

    name, zh, seed, family = "micro_ventures", "社区微创投", "001", "neighbourliness"
    zero = {"teams": 0.0}

    teams: float = param(2.0, low=0, doc="funded projects of a neighbourhood at a time")
    members: float = param(4.0, low=1, doc="volunteers of a project team")
    hours: float = param(1.5, low=0, unit="h/week", doc="hours each of them gives to it")

    def rules(self) -> tuple[Rule, ...]:
        return (
            Position(
                name="venture_team",
                area="neighbourhood",
                heads=self.teams * self.members,
                hours=self.hours,
                host=0.8,
                ask=0.1,
                money=self.teams * GRANT / 52,
                keeper="committee",
                upkeep=0.5 * self.teams,
            ),
            Boundary(name="venture_team", post="venture_team", pool="volunteers", willing=0.05),
        )
