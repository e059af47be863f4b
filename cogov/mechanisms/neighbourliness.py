"""What brings neighbours together (睦邻)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, own_purse
from cogov.rules.kinds import Boundary, Position, Purse, Rule
from cogov.terms import YEAR


@dataclass(frozen=True, kw_only=True)
class MicroVentures(Mechanism):
    """Small grants for residents' own projects, run by teams of volunteers."""

    name, zh, seed, family = "micro_ventures", "社区微创投", "001", "neighbourliness"
    zero = {"teams": 0.0}

    teams: float = param(2.0, low=0, doc="funded projects of a neighbourhood at a time")
    members: float = param(4.0, low=1, doc="volunteers of a project team")
    hours: float = param(1.5, low=0, high=40, unit="h/week", doc="hours each of them gives to it")
    willing: float = param(0.05, low=0, high=1, doc="share of active volunteers who would join a team")
    host: float = param(0.8, low=0, high=1, doc="share of a team's hours spent on joint activity")
    ask: float = param(0.1, low=0, high=1, doc="share of them spent asking residents to take part")
    grant: float = param(20_000.0, low=0, high=1e6, unit="yuan/year", doc="what one project costs the budget")
    upkeep: float = param(0.5, low=0, high=40, unit="h/week", doc="committee hours for a team")
    purse: float = own_purse(26.0)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Purse(
                name="micro_ventures",
                income=self.purse if self.teams else 0,
                pays=("rules",),
                keeps=False,
            ),
            Position(
                name="venture_team",
                area="neighbourhood",
                heads=self.teams * self.members,
                hours=self.hours,
                host=self.host,
                ask=self.ask,
                money=self.teams * self.grant / YEAR,
                purse="micro_ventures",
                keeper="committee",
                upkeep=self.upkeep / self.members,
            ),
            Boundary(name="venture_team", post="venture_team", pools=("volunteers",), willing=self.willing),
        )
