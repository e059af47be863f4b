"""People of units in the branch of a neighbourhood, and three who own a case (大总支、三驾马车)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, agenda_hours, list_hours
from cogov.mechanisms.councils import NOTHING_PUBLIC
from cogov.mechanisms.party import ASKED, pool_names
from cogov.rules.kinds import (
    KINDS,
    PUBLIC,
    Appraisal,
    Boundary,
    Council,
    Enquiry,
    Listing,
    Observation,
    Payoff,
    Position,
    Rule,
)
from cogov.rules.kinds.aggregation import PARTIES


@dataclass(frozen=True, kw_only=True)
class GeneralBranch(Mechanism):
    """People of units are part-time members of the neighbourhood's branch (大总支兼职委员).

    They sit there in person, so that the rank of their unit does not count; what they know of it is on a
    list as far as unit and neighbourhood are tied by the hours spent at that table; once a year committees
    say what came of it, and the unit's superior hears.
    """

    name, zh, seed, family = "general_branch", "大总支", "000", "councils"
    zero = {"members": 0, "listing": 0.0, "weight": 0.0}
    words = {
        "000": "以大总支引领驱动,建立共驻共建机制、协调议事机制、述职评议机制……国定一居民区党总支兼职委员、"
        "政立路第二小学总务处主任……促进区域化党建向居民区拓展"
    }
    reading = (
        "That the branch is a monthly table with a seat for each part-time member, and that these make their"
        " unit's rooms and people known is read into 共驻共建 and 协调议事 (members 0, listing 0). Of whom"
        " the duty report is and who hears it the words leave open: here committees score all units that"
        " they saw, not members alone, residents have no voice in it, and superiors ask for the score"
        " (weight 0 leaves it out)."
    )
    why = "boundary spanners and embeddedness: Granovetter (1985), American Journal of Sociology 91:481-510"

    members: int = param(
        4,
        low=0,
        high=20,
        doc="part-time members of a branch, of units that stand there",
        plausible=(0, 8),
    )
    slots: float = param(
        1.0, low=0, high=1000, unit="items/meeting", doc="agenda slots of its meeting", plausible=(0.5, 2)
    )
    quorum: float = param(
        0.5, low=0, high=1, doc="share of the seats present that must support an item", plausible=(0.34, 0.67)
    )
    hours: float = param(
        3.0,
        low=0,
        high=40,
        unit="h/month",
        doc="hours it takes each seat, the meeting among them",
        plausible=(1, 6),
    )
    listing: float = param(
        0.5,
        low=0,
        high=1,
        doc="share of their unit's offer that a fully tied member makes known",
        plausible=(0.2, 0.8),
    )
    weight: float = param(
        0.3,
        low=0,
        high=10,
        doc="weight of the review in a unit's decision",
        plausible=(0, 1),
    )
    every: int = param(52, low=13, high=260, unit="weeks", doc="weeks between reviews", plausible=(26, 104))
    sitting: float = param(
        3.0, low=0.5, high=40, unit="h", doc="hours a review takes each committee", plausible=(1.5, 6)
    )
    agenda: float = agenda_hours(2.0)
    asking: float = list_hours(0.5)
    report: float = param(
        0.1,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to gather the reports, for itself",
        plausible=(0.02, 0.5),
    )
    follow_up: float = param(
        0.1,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to bring the score before a unit's superior, at weight 1",
        plausible=(0.02, 0.5),
    )

    def rules(self) -> tuple[Rule, ...]:
        there = self.members > 0
        return (
            Council(
                name="branch_meeting",
                area="neighbourhood",
                seats=("neighbourhoods", "part_timers") if there else ("neighbourhoods",),
                part_timers=self.members,
                slots=self.slots if there else 0,
                quorum=self.quorum,
                hours=self.hours,
                keeper="committee",
                upkeep=self.agenda,
            ),
            Listing(
                name="told_by_members",
                area="neighbourhood",
                share=self.listing,
                council="branch_meeting",
                keeper="committee",
                upkeep=self.asking,
            ),
            Appraisal(
                name="duty_review",
                of="units",
                by="committees",
                heads=1 if self.weight else 0,
                every=self.every,
                hours=self.sitting,
                publish=False,
                keeper="committee",
                upkeep=self.report,
            ),
            Payoff(
                name="duty_review",
                to="units",
                term="appraisal",
                weight=self.weight,
                keeper="office",
                upkeep=self.follow_up,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class Troika(Mechanism):
    """Committee, owners' committee and firm of a compound settle at one table what lies between them.

    Only where all three are there. What they settle is from then on the compound's own business and done
    there, in the hours of whoever handles it; what departments must do stays with them.
    """

    name, zh, seed, family = "troika", "“三驾马车”同向发力", "000, 002", "councils"
    zero = {"slots": 0.0}
    words = {
        "000": "推动“三驾马车”同向发力",
        "002": "坚持以党建引领“三驾马车”……坚持“三驾马车”同向发力",
    }
    reading = (
        "A regular session with cases is an interpretation; slots 0 leaves it out. That the three decide what"
        " a level above would else decide follows from who owns the matter, not from a sentence. Payment out"
        " of the compound's maintenance fund is not in it: works are paid by purses, issues by hours."
    )
    why = "veto players (Tsebelis 2002) who see the same facts; nothing is settled while one is away"

    slots: float = param(
        2.0, low=0, high=100, unit="items/meeting", doc="cases a session gets through", plausible=(1, 4)
    )
    every: int = param(2, low=1, high=52, unit="weeks", doc="weeks between sessions", plausible=(1, 4))
    hours: float = param(
        1.5, low=0, high=40, unit="h", doc="hours a session takes each of the three", plausible=(0.75, 3)
    )
    shared: tuple[str, ...] = param(
        ("property_conflict", "sanitation", "repair", "safety"),
        choices=tuple(kind for kind in KINDS if kind not in PUBLIC),
        doc="types of issue that two or three of them own, parking among them",
    )
    needed: float = param(1.0, low=0, high=1, doc="share of the three who must be there", plausible=(0.67, 1))
    agenda: float = agenda_hours(0.1)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Council(
                name="troika_session",
                area="compound",
                seats=("neighbourhoods", "owners", "firms"),
                kinds=NOTHING_PUBLIC,
                joint=self.shared,
                parties=PARTIES,
                needed=self.needed,
                every=self.every,
                slots=self.slots,
                hours=self.hours,
                keeper="committee",
                upkeep=self.agenda,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class BuildingPartyGroups(Mechanism):
    """Members of a building form a group that knocks at doors, looks round, and asks neighbours to take part.

    They can only be as many as live there and are active, so a building without members has no group.
    """

    name, zh, seed, family = "building_party_groups", "楼组党建", "002", "party"
    zero = {"hours": 0.0}
    words = {
        "002": "开展好“楼组党建”“健康守护”“特殊关爱”三个专项行动……融合楼组党建、睦邻守望互助等元素,把党组织作"
        "用发挥与群众工作紧密结合起来"
    }
    reading = (
        "What a group does is not said: finding out who needs what (observe or doors = 0), noticing problems"
        " (seen = 0), asking neighbours (ask = 0). That it takes some members to make a group is not"
        " expressed: fewer do less. Reminding neighbours of compacts and looking in on those who live alone"
        " are not in it."
    )
    why = "Nearness and legitimacy: who lives there is let in, and comes by without going anywhere."

    members: float = param(3.0, low=0.1, high=100, unit="heads", doc="members of a group", plausible=(2, 6))
    hours: float = param(1.0, low=0, high=40, unit="h/week", doc="hours of each", plausible=(0.5, 2))
    least: float = param(
        2.0,
        low=0,
        high=100,
        unit="heads",
        doc="fewest who must join for there to be a group",
        plausible=(0, 6),
    )
    willing: float = param(
        0.4, low=0, high=1, doc="share of the active members of a building who join", plausible=(0.2, 0.6)
    )
    pools: tuple[str, ...] = pool_names("branch_members", "in_service")
    observe: float = param(
        0.5, low=0, high=0.6, doc="share of their hours at doors and on the stairs", plausible=(0.3, 0.6)
    )
    ask: float = param(
        0.3,
        low=0,
        high=0.4,
        doc="share of their hours spent asking neighbours to take part",
        plausible=(0.15, 0.4),
    )
    doors: float = param(
        4.0,
        low=0,
        high=100,
        unit="households/h",
        doc="households that an hour at doors hears from: two a week for each member",
        plausible=(2, 8),
    )
    speed: float = param(
        2.0,
        low=0,
        high=100,
        unit="buildings/h",
        doc="buildings an hour gets round: it is one's own",
        plausible=(1, 4),
    )
    seen: float = param(
        0.7, low=0, high=1, doc="share of what can be seen there that they notice", plausible=(0.5, 0.85)
    )
    upkeep: float = param(
        0.01,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours for each place in a group",
        plausible=(0.005, 0.02),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Position(
                name="building_group",
                area="building",
                heads=self.members if self.pools else 0,
                hours=self.hours,
                observe=self.observe,
                ask=self.ask,
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Boundary(
                name="building_group",
                post="building_group",
                pools=self.pools or ASKED,
                willing=self.willing,
                together=self.least,
            ),
            Observation(name="building_groups", post="building_group", speed=self.speed, share=self.seen),
            Enquiry(name="building_groups", post="building_group", speed=self.doors if self.observe else 0),
        )
