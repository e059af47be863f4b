"""Who meets about what, and what a meeting may settle (议事)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, agenda_hours, referred
from cogov.rules.kinds import Appraisal, Council, Payoff, Rule
from cogov.rules.kinds.base import per_area


@dataclass(frozen=True, kw_only=True)
class ZeroDistanceCouncil(Mechanism):
    """A council in every neighbourhood: owners' committees, firms, units and residents at one table.

    It agrees to public matters. No sentence gives it authority over conflicts, and no department sits there
    that could be called; that the parties of an issue handle it together has no rule yet.
    """

    name, zh, seed, family = "zero_distance_council", "零距离家园理事会", "001", "councils"
    zero = {"slots": 0.0}

    slots: float = param(2.0, low=0, high=1000, unit="items/meeting", doc="agenda slots")
    quorum: float = param(0.5, low=0, high=1, doc="share of the seats present that must support an item")
    agenda: float = agenda_hours()

    def rules(self) -> tuple[Rule, ...]:
        return (
            Council(
                name="home_council",
                area="neighbourhood",
                seats=("owners", "firms", "units", "residents"),
                slots=self.slots,
                quorum=self.quorum,
                keeper="committee",
                upkeep=self.agenda,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class ThreeMeetings(Mechanism):
    """Hearings of residents and owners, and appraisal meetings, in every neighbourhood.

    At the appraisal meeting (评议会) residents drawn from the neighbourhood score the firms whose work they
    lived through since the last one; what they say is made public. Coordination (协调会) has no rule yet:
    it is a mediator's hours on a dispute and no power to decree.
    """

    name, zh, seed, family = "three_meetings", "三会制度（听证会、协调会、评议会）", "001", "councils"
    zero = {"slots": 0.0, "representatives": 0, "weight": 0.0}

    slots: float = param(1.0, low=0, high=1000, unit="items/meeting", doc="agenda slots of the hearing")
    quorum: float = param(0.6, low=0, high=1, doc="share of the seats present that must support an item")
    representatives: int = param(
        15, low=0, high=40, doc="residents at an appraisal meeting (5 to 40 are plausible)"
    )
    every: int = param(26, low=13, high=52, unit="weeks", doc="weeks between appraisal meetings")
    sitting: float = param(2.0, low=0.5, high=8, unit="h", doc="hours it takes each of them")
    publish: bool = param(True, doc="whether its scores are made public")
    weight: float = param(0.3, low=0, high=1, doc="weight of the score in a firm's decision")
    invite: float = param(
        0.3,
        low=0,
        high=10,
        unit="h",
        doc="committee hours to invite an appraiser, count and publish (0.1 to 1 plausible)",
        source="assumed",
    )
    follow_up: float = param(
        2.0,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to hold a firm to a score, at weight 1 (0.5 to 8 plausible)",
        source="assumed",
    )
    agenda: float = agenda_hours()

    def rules(self) -> tuple[Rule, ...]:
        return (
            Council(
                name="hearing",
                area="neighbourhood",
                seats=("residents", "owners"),
                slots=self.slots,
                quorum=self.quorum,
                keeper="committee",
                upkeep=self.agenda,
            ),
            Appraisal(
                name="appraisal_meeting",
                of="firms",
                by="residents",
                heads=self.representatives,
                every=self.every,
                hours=self.sitting,
                publish=self.publish,
                keeper="committee",
                upkeep=self.invite,
            ),
            Payoff(
                name="appraisal_meeting",
                to="firms",
                term="appraisal",
                weight=self.weight,
                keeper="committee",
                upkeep=self.follow_up,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class ThreePlusXCommittee(Mechanism):
    """The block's 3+X committee: neighbourhoods, units and residents bring and settle block matters.

    It is to collect and to solve public matters at the block (推动议题在街区层面的收集和解决): what
    neighbourhoods could not settle comes to it.
    """

    name, zh, seed, family = "three_plus_x_committee", "“3+X”委员会", "001", "councils"
    zero = {"slots": 0.0}

    slots: float = param(4.0, low=0, high=1000, unit="items/meeting", doc="agenda slots")
    per: str = per_area(
        "whether each block has these slots, or all blocks of a subdistrict together, by households"
    )
    referred: bool = referred(True, "neighbourhoods")
    quorum: float = param(0.5, low=0, high=1, doc="share of the seats present that must support an item")
    agenda: float = agenda_hours()

    def rules(self) -> tuple[Rule, ...]:
        return (
            Council(
                name="three_plus_x",
                area="block",
                seats=("neighbourhoods", "units", "residents"),
                slots=self.slots,
                per=self.per,
                referred=self.referred,
                quorum=self.quorum,
                keeper="office",
                upkeep=self.agenda,
            ),
        )
