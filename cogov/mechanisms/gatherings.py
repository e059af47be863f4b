"""Places where neighbours meet, and those who make something of them (睦邻空间)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, agenda_hours, own_purse
from cogov.rules.kinds import Boundary, Council, Notice, OwnersConsent, Position, Programme, Purse, Rule
from cogov.terms import YEAR

FOUNDATION = "community_foundation"
"""The purse of gifts, which the mechanism of that name brings."""


def paid_by() -> Any:
    """The parameter of works that says whose money they are built with."""
    return param(
        "grant",
        choices=("grant", FOUNDATION),
        doc="whether its works are paid from a grant of its own, or from gifts to the community foundation",
    )


def turnout() -> Any:
    """The share of owners who must take part where a work on common ground is decided on."""
    return param(
        0.67,
        low=0,
        high=1,
        doc="share of owners who must take part",
        source="derived: two thirds, Civil Code 278",
    )


def majority() -> Any:
    """The share of them who must agree."""
    return param(
        0.5,
        low=0,
        high=1,
        doc="share of those taking part who must agree",
        source="derived: more than half for ordinary matters of common ground, Civil Code 278",
    )


def asking_owners() -> Any:
    """Hours of a meeting of owners about a work on common ground."""
    return param(
        2.0,
        low=0,
        high=100,
        unit="h",
        doc="committee hours for a meeting of owners about it",
        plausible=(1, 4),
    )


@dataclass(frozen=True, kw_only=True)
class GreatNeighbourliness(Mechanism):
    """A neighbourly committee, a pavilion, talents who are looked for, and a fixed time with a name.

    Four parts that can each be left out. Pavilions raise who can meet, not what anybody feels. What the
    committee might save by keeping hosts from clashing is left out: activities of one neighbourhood hardly
    take people from each other here.
    """

    name, zh, seed, family = "great_neighbourliness", "大睦邻", "000", "neighbourliness"
    zero = {"members": 0.0, "pavilions": 0.0, "talents": 0.0, "heard": 0.0}
    words = {
        "000": "以大睦邻辐射融合，通过完善组织领导强化睦邻建设整合度，打造空间阵地强化睦邻建设显示度，培养人"
        "才队伍注重睦邻建设参与度，打造文化品牌提高睦邻建设认同度……睦邻委员会成员……它的背后是以亭会友"
        "，以亭为媒，以亭促治……有好的机制去发现、去培育、去鼓励社区的能人、贤人、达人和好人……完善睦邻"
        "自治民主协商机制",
    }
    reading = (
        "What the committee does is not said: that it hosts, looks after the pavilion and holds a council of"
        " neighbours are readings (members 0 leaves it out, slots 0 the council). That talents are found by"
        " the committee's visits and give up again, too (found, quits). A brand is read as nothing but"
        " regularity by which more hear of what goes on in a venue (heard 0 leaves it out); where venues are"
        " small it can come to nothing, since they are full."
    )
    why = (
        "Ties form around shared places and repeated meetings (Feld 1981, from memory; Alaimo, Reischl and"
        " Allen 2010), and take hours together (Hall 2018); that co-government follows runs through ties or"
        " not at all."
    )

    members: float = param(
        5.0, low=0, high=50, doc="members of the neighbourly committee of a neighbourhood", plausible=(3, 9)
    )
    member_hours: float = param(1.5, low=0, high=40, unit="h/week", doc="hours of each", plausible=(1, 3))
    member_host: float = param(
        0.4, low=0, high=1, doc="share of a member's hours spent hosting activities", plausible=(0.2, 0.6)
    )
    member_willing: float = param(
        0.1, low=0, high=1, doc="share of active volunteers who would sit on it", plausible=(0.03, 0.3)
    )
    slots: float = param(
        1.0,
        low=0,
        high=100,
        unit="items/meeting",
        doc="slots of its council of neighbours",
        plausible=(0.5, 2),
    )
    quorum: float = param(
        0.5, low=0, high=1, doc="share of the seats present that must support an item", plausible=(0.34, 0.67)
    )
    agenda: float = agenda_hours()
    pavilions: float = param(
        1.0,
        low=0,
        high=20,
        unit="sites",
        doc="pavilions a neighbourhood works on at a time, one a compound",
        plausible=(1, 2),
    )
    proposed: float = param(
        0.3,
        low=0,
        high=1,
        unit="1/year",
        doc="chance that a willing compound proposes one",
        plausible=(0.1, 0.6),
    )
    cost: float = param(
        150_000.0, low=0, high=1e7, unit="yuan", doc="price of one", plausible=(50_000, 400_000)
    )
    people: int = param(15, low=1, high=1000, unit="people", doc="people it has room for", plausible=(12, 20))
    opening: float = param(20.0, low=0, high=168, unit="h/week", doc="hours it is open", plausible=(10, 40))
    weeks: int = param(8, low=1, high=104, unit="weeks", doc="weeks of building", plausible=(4, 26))
    lasts: int = param(
        52,
        low=1,
        high=520,
        unit="weeks",
        doc="weeks it stands when nobody looks after it",
        plausible=(26, 104),
    )
    tending: float = param(
        1.0, low=0.1, high=40, unit="h/week", doc="hours to look after one", plausible=(0.5, 2)
    )
    running: float = param(
        3_000.0,
        low=0,
        high=1e6,
        unit="yuan/year",
        doc="light, cleaning and repairs of one",
        plausible=(1500, 6000),
    )
    turnout: float = turnout()
    majority: float = majority()
    meeting: float = asking_owners()
    paid_by: str = paid_by()
    talents: float = param(
        3.0, low=0, high=10, doc="talents of a neighbourhood that are backed", plausible=(1.5, 6)
    )
    talent_hours: float = param(2.0, low=0, high=40, unit="h/week", doc="hours of each", plausible=(1, 4))
    talent_host: float = param(
        0.7, low=0, high=1, doc="share of a talent's hours spent hosting", plausible=(0.5, 0.7)
    )
    talent_ask: float = param(
        0.3, low=0, high=0.3, doc="share of them spent asking others", plausible=(0.1, 0.3)
    )
    talent_willing: float = param(
        0.3, low=0, high=1, doc="share of active people with a skill who would be one", plausible=(0.1, 0.5)
    )
    found: float = param(
        0.01,
        low=1e-6,
        high=1,
        unit="heads/h",
        doc="talents found in an hour of visits",
        plausible=(0.003, 0.05),
    )
    quits: float = param(
        0.24, low=0, high=1, unit="1/year", doc="hazard that one burns out", plausible=(0.1, 0.5)
    )
    budget: float = param(
        1_000.0, low=0, high=1e5, unit="yuan/year", doc="money for what a talent does", plausible=(300, 3000)
    )
    heard: float = param(
        1.0,
        low=0,
        high=3,
        doc="further residents who hear of an activity at the fixed time, against those who hear anyway",
        plausible=(0.5, 2),
    )
    regular: int = param(
        26,
        low=1,
        high=520,
        unit="weeks",
        doc="weeks with an activity in a venue until everybody knows the time",
        plausible=(13, 52),
    )
    notice: float = param(
        1.0,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to keep the brand up, at heard 1",
        plausible=(0.5, 2),
    )
    posters: float = param(
        3_000.0,
        low=0,
        high=1e6,
        unit="yuan/year",
        doc="posters and boards of a neighbourhood",
        plausible=(1500, 6000),
    )
    purse: float = own_purse(20.0)

    def rules(self) -> tuple[Rule, ...]:
        gifts = self.paid_by == FOUNDATION
        works = FOUNDATION if gifts else "great_neighbourliness"
        strong = self.pavilions or self.talents or self.heard
        return (
            Purse(
                name="great_neighbourliness",
                area="neighbourhood",
                income=self.purse if strong else 0,
                pays=("rules",) if gifts else ("rules", "works"),
            ),
            Position(
                name="neighbourly_committee",
                heads=self.members,
                hours=self.member_hours,
                host=self.member_host,
            ),
            Boundary(
                name="neighbourly_committee",
                post="neighbourly_committee",
                pools=("volunteers",),
                willing=self.member_willing,
            ),
            Council(
                name="neighbourly_council",
                seats=("residents", "owners"),
                slots=self.slots if self.members else 0,
                quorum=self.quorum,
                keeper="neighbourly_committee" if self.members else "",
                upkeep=self.agenda,
            ),
            Programme(
                name="pavilion",
                what="venue",
                slots=self.pavilions,
                promote=self.proposed,
                consent="pavilion",
                purse=works,
                cost=self.cost,
                weeks=(self.weeks, self.weeks),
                people=self.people,
                hours=self.opening,
                # Without a neighbourly committee the committee has one more thing to look after.
                tended_by="neighbourly_committee" if self.members else "committee",
                tending=self.tending,
                running=self.running,
                lasts=self.lasts,
            ),
            OwnersConsent(name="pavilion", hours=self.meeting, turnout=self.turnout, majority=self.majority),
            Position(
                name="neighbourly_talent",
                heads=self.talents,
                hours=self.talent_hours,
                host=self.talent_host,
                ask=self.talent_ask,
                money=self.talents * self.budget / YEAR,
                purse="great_neighbourliness",
            ),
            Boundary(
                name="neighbourly_talent",
                post="neighbourly_talent",
                pools=("skilled",),
                willing=self.talent_willing,
                finder="committee",
                found=self.found,
                quits=self.quits,
            ),
            Notice(
                name="neighbourly_brand",
                heard=self.heard,
                regular=self.regular,
                keeper="committee",
                upkeep=self.notice,
                money=self.posters / YEAR if self.heard else 0,
                purse="great_neighbourliness",
            ),
        )


@dataclass(frozen=True, kw_only=True)
class NeighbourlyGate(Mechanism):
    """A gate in the wall between two compounds: each counts what stands on the other side as its own.

    It opens a way to venues of one compound for those of the other, and to nothing else: who meets whom
    changes where there is a venue and something goes on in it.
    """

    name, zh, seed, family = "neighbourly_gate", "睦邻门", "000", "neighbourliness"
    zero = {"gates": 0.0}
    words = {
        "000": "在睦邻门升级过程中，人大代表、驻区单位积极参与、主动融入",
    }
    reading = (
        "That the gate stands between closed compounds, that both must agree, and that somebody must guard"
        " it as long as it is open are readings; what 升级 was, no document says. Gates to a campus or a"
        " park are left out, as are what deputies and units gave to it (see deputies and gifts)."
    )
    why = (
        "Barriers cut encounters: people meet whom their ways bring together (Festinger, Schachter and Back"
        " 1950, from memory). Fear of strangers next to it is that of any work on common ground here."
    )

    gates: float = param(
        1.0, low=0, high=20, unit="sites", doc="gates a neighbourhood works on at a time", plausible=(1, 2)
    )
    proposed: float = param(
        0.1,
        low=0,
        high=1,
        unit="1/year",
        doc="chance that a willing pair proposes one",
        plausible=(0.03, 0.3),
    )
    cost: float = param(
        100_000.0, low=0, high=1e7, unit="yuan", doc="price of one", plausible=(50_000, 200_000)
    )
    permits: int = param(1, low=0, high=20, unit="bodies", doc="bodies that must permit it", plausible=(1, 3))
    permit_weeks: float = param(
        4.0, low=0, high=52, unit="weeks", doc="weeks each takes at least", plausible=(2, 8)
    )
    permit_hours: float = param(
        8.0, low=0, high=200, unit="h", doc="hours of its department", plausible=(2, 40)
    )
    weeks: int = param(6, low=1, high=104, unit="weeks", doc="weeks of building", plausible=(3, 12))
    turnout: float = turnout()
    majority: float = majority()
    meeting: float = asking_owners()
    opening: float = param(
        84.0,
        low=1,
        high=168,
        unit="h/week",
        doc="hours it is open",
        source="assumed: 12 a day",
        plausible=(56, 112),
    )
    guard: float = param(
        0.05,
        low=0.001,
        high=1,
        doc="hours of the property firm for an hour open: to unlock it and to look at it",
        plausible=(0.02, 0.1),
    )
    lasts: int = param(
        13,
        low=1,
        high=520,
        unit="weeks",
        doc="weeks after which one that nobody guards is locked up",
        plausible=(6, 26),
    )
    paid_by: str = paid_by()
    purse: float = own_purse(8.0)

    def rules(self) -> tuple[Rule, ...]:
        gifts = self.paid_by == FOUNDATION
        return (
            Purse(
                name="neighbourly_gate",
                income=0 if gifts or not self.gates else self.purse,
                pays=("works",),
            ),
            Programme(
                name="neighbourly_gate",
                what="gate",
                slots=self.gates,
                promote=self.proposed,
                consent="neighbourly_gate",
                purse=FOUNDATION if gifts else "neighbourly_gate",
                cost=self.cost,
                permits=self.permits,
                permit_weeks=self.permit_weeks,
                permit_hours=self.permit_hours,
                weeks=(self.weeks, self.weeks),
                tended_by="firm",
                tending=self.opening * self.guard,
                lasts=self.lasts,
            ),
            OwnersConsent(
                name="neighbourly_gate", hours=self.meeting, turnout=self.turnout, majority=self.majority
            ),
        )
