"""Meetings and committees of a subdistrict: congress, committees by field, meetings with units (共治平台)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, agenda_hours
from cogov.rules.conditions import When
from cogov.rules.kinds import (
    KINDS,
    LINES,
    PUBLIC,
    SERVICES,
    WANTS,
    Boundary,
    Choice,
    Council,
    Hearing,
    Move,
    Position,
    Priority,
    Rule,
)


def summons_hours() -> Any:
    """The parameter that says what calling departments together takes."""
    return param(
        1.5,
        low=0,
        high=100,
        unit="h",
        doc="office hours to call the departments of a case together",
        plausible=(1, 4),
    )


@dataclass(frozen=True, kw_only=True)
class CommunityCongress(Mechanism):
    """Once a year delegates of the subdistrict meet: needs are told, and the year's projects taken up.

    Neighbourhoods, residents and units hear each other out, agree to public matters, and departments take the
    oldest open practical cases of the subdistrict upon them for some weeks, before others. The community
    committee that sits in between is part of the three-level platform. A topic that is small everywhere and
    frequent in all (a blind spot) has no rule that finds it.
    """

    name, zh, seed, family = "community_congress", "社区代表会议", "001, 004", "councils"
    zero = {"projects": 0.0, "hearing": 0.0, "claim": 0.0}
    words = {
        "001": (
            "完善区域化党建联席会议制度与社区代表会议、社区委员会制度,进一步发挥好收集公共议题、发现治理盲"
            "点、解决焦点问题的作用……通过社区代表会议、街区党建(共治)联盟、居民区零距离家园理事会等工作平"
            "台,广泛听取意见建议"
        ),
        "004": "借助黨建協調委員會、社區代表會議、駐區單位宣傳欄等平臺,豐富項目載體",
    }
    reading = (
        "That it meets once a year and adopts a list; that departments claim cases of the list, as in"
        " Yinhang in 2022 (claim = 0 leaves it out); that opinions heard are needs told (hearing = 0)."
    )
    why = "What is on a public list is taken first (J. Kingdon, Agendas, Alternatives, 1984; from memory)."

    projects: float = param(
        10.0, low=0, high=1000, unit="items/meeting", doc="public matters of the list", plausible=(0, 20)
    )
    every: int = param(
        52, low=13, high=520, unit="weeks", doc="weeks between congresses", plausible=(26, 104)
    )
    quorum: float = param(
        0.4, low=0, high=1, doc="share of the seats present that must support a matter", plausible=(0.3, 0.6)
    )
    delegate_hours: float = param(
        4.0, low=0, high=100, unit="h", doc="hours of each delegate", plausible=(2, 8)
    )
    agenda: float = agenda_hours(1.0)
    hearing: float = param(
        0.2,
        low=0,
        high=1,
        doc="share of its neighbourhood's need that a seat tells of",
        plausible=(0.05, 0.4),
    )
    claim: float = param(
        1.0,
        low=0,
        high=100,
        doc="what a claimed case gains on others, whose urgency is 0 to 1",
        plausible=(0, 2),
    )
    claimed: int = param(
        10, low=1, high=1000, unit="cases", doc="oldest open cases that departments claim", plausible=(5, 20)
    )
    practical: tuple[str, ...] = param(
        ("repair", "sanitation", "safety"), choices=KINDS, doc="kinds of case that are claimed"
    )
    kept: int = param(
        13, low=1, high=51, unit="weeks", doc="weeks for which claims are kept up", plausible=(4, 26)
    )
    keeping: float = param(
        2.0,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to ask after what was claimed",
        plausible=(1, 8),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Council(
                name="community_congress",
                area="subdistrict",
                seats=("neighbourhoods", "residents", "units"),
                slots=self.projects,
                every=self.every,
                quorum=self.quorum,
                hours=self.delegate_hours,
                keeper="office",
                upkeep=self.agenda,
            ),
            Hearing(name="community_congress", council="community_congress", share=self.hearing),
            Priority(
                name="claimed_at_the_congress",
                area="subdistrict",
                lines=LINES,
                kinds=self.practical,
                oldest=self.claimed,
                weight=self.claim,
                keeper="office",
                upkeep=self.keeping,
                when=When(length=min(self.kept, self.every - 1), every=self.every),
            ),
        )


@dataclass(frozen=True, kw_only=True)
class SpecialCommittees(Mechanism):
    """Standing committees by field, and associations of members who give their own hours.

    The committee for streets (市政市容) agrees to matters of public space and nothing else; the one for
    order (综合治理) calls the departments of a safety case together; mediators of the one for conflicts
    (社区矛盾协调) take disputes up. Members of the associations (志愿者协会、科普文体协会) do and host.

    A case of two fields is not told apart: no issue has two.
    """

    name, zh, seed, family = (
        "special_committees",
        "综合治理、市政市容、矛盾协调委员会与协会",
        "004",
        "councils",
    )
    zero = {"slots": 0.0, "order": (), "mediators": 0.0, "members": 0.0}
    words = {
        "004": (
            "從組織保障、制度保障、財力保障上進一步把曲陽社區委員會、綜合治理委員會、市政市容管理委員會、"
            "社區矛盾協調委員會、志愿者協會、科普文化體育協會建設好"
        )
    }
    reading = (
        "What each committee may do is read from its name: order = () leaves out calling departments"
        " together, mediators = 0 mediation, slots = 0 the agenda of streets, members = 0 the"
        " associations."
    )
    why = (
        "Division of labour by field against fragmentation (H. Simon, Administrative Behavior, 1947, on"
        " specialisation; from memory)."
    )

    slots: float = param(
        2.0,
        low=0,
        high=1000,
        unit="items/meeting",
        doc="slots of the committee for streets",
        plausible=(1, 4),
    )
    streets: tuple[str, ...] = param(
        ("public_space",), choices=PUBLIC, doc="public matters of the committee for streets"
    )
    quorum: float = param(
        0.4, low=0, high=1, doc="share of the seats present that must support a matter", plausible=(0.3, 0.6)
    )
    agenda: float = agenda_hours()
    order: tuple[str, ...] = param(
        ("safety",), choices=KINDS, doc="cases whose departments the committee for order calls together"
    )
    summons: float = summons_hours()
    mediators: float = param(
        6.0, low=0, high=1000, unit="heads", doc="members of the committee for conflicts", plausible=(3, 15)
    )
    mediator_hours: float = param(
        2.0, low=0, high=40, unit="h/week", doc="hours of each mediator", plausible=(1, 6)
    )
    conflicts: tuple[str, ...] = param(
        ("dispute", "property_conflict"), choices=KINDS, doc="conflicts that they take up"
    )
    largest: float = param(
        12.0, low=0, high=1000, unit="h", doc="largest conflict that they take up", plausible=(6, 40)
    )
    competence: float = param(
        0.7, low=0, high=1, doc="chance that what they settle holds", plausible=(0.5, 0.85)
    )
    members: float = param(
        20.0, low=0, high=10_000, unit="heads", doc="active members of the associations", plausible=(5, 100)
    )
    member_hours: float = param(
        1.0, low=0, high=40, unit="h/week", doc="hours of each member", plausible=(0.5, 4)
    )
    host: float = param(
        0.3, low=0, high=1, doc="share of them that goes to activities", plausible=(0.15, 0.35)
    )
    care: float = param(0.6, low=0, high=1, doc="share of them that goes to needs", plausible=(0.4, 0.65))
    services: tuple[str, ...] = param(
        ("culture", "environment"), choices=SERVICES, doc="needs that members serve, in equal parts"
    )
    willing: float = param(
        0.05,
        low=0,
        high=1,
        doc="share of the active who would be a mediator or a member",
        plausible=(0.01, 0.2),
    )
    upkeep: float = param(
        0.05,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to look after a mediator or member",
        plausible=(0.025, 0.1),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Council(
                name="municipal_appearance_committee",
                area="subdistrict",
                seats=("neighbourhoods", "units", "firms"),
                kinds=self.streets,
                slots=self.slots,
                quorum=self.quorum,
                keeper="office",
                upkeep=self.agenda,
            ),
            Choice(
                name="comprehensive_governance_committee",
                level="subdistrict",
                power="summon",
                kinds=self.order,
                hours=self.summons,
            ),
            Position(
                name="conflict_mediator",
                area="subdistrict",
                heads=self.mediators,
                hours=self.mediator_hours,
                handles=self.conflicts,
                small=self.largest,
                competence=self.competence,
                keeper="office",
                upkeep=self.upkeep,
            ),
            Boundary(
                name="conflict_mediator",
                post="conflict_mediator",
                pools=("deputies", "retired", "volunteers"),
                willing=self.willing,
            ),
            Position(
                name="association_member",
                area="subdistrict",
                heads=self.members,
                hours=self.member_hours,
                host=self.host,
                care=self.care,
                services=self.services if self.care else (),
                keeper="office",
                upkeep=self.upkeep,
            ),
            Boundary(
                name="association_member",
                post="association_member",
                pools=("skilled", "retired", "volunteers"),
                willing=self.willing,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class CoordinationMeetings(Mechanism):
    """Three meetings of units and subdistrict: who does what now, what is to come, and what is in the way.

    At the work meeting (工作协同会) the departments of a case are called together; the development meeting
    (发展协商会) agrees to public matters, what units want among them; at the conflict meeting (矛盾协调会)
    the office settles with units what is in the way between them and their neighbours: order at the gate,
    parking. They are not the residents' three meetings (001), nor the party's. No kind of issue is one
    between a unit and a neighbourhood: the third meeting is seen in what units are given and in contact.
    """

    name, zh, seed, family = "coordination_meetings", "工作协同会、发展协商会、矛盾协调会", "004", "councils"
    zero = {"work": (), "slots": 0.0, "conflict_hours": 0.0}
    words = {"004": "探索建立區域化黨建“三會一課制度”(工作協同會、發展協商會、矛盾協調會、社區大黨課)"}
    reading = (
        "The document proposes them and says no more than their names. work = () leaves out the first,"
        " slots = 0 the second, conflict_hours = 0 the third; the lecture (社區大黨課) is not in it."
    )
    why = (
        "Those who need each other settle more at one table than one after another (C. Ansell and A. Gash,"
        " Collaborative Governance, 2008)."
    )

    work: tuple[str, ...] = param(
        ("sanitation", "safety", "public_space"),
        choices=KINDS,
        doc="kinds of case about which the work meeting calls departments together",
    )
    summons: float = summons_hours()
    slots: float = param(
        2.0, low=0, high=1000, unit="items/meeting", doc="slots of the development meeting", plausible=(1, 4)
    )
    every: int = param(
        13, low=1, high=520, unit="weeks", doc="weeks between development meetings", plausible=(6, 26)
    )
    quorum: float = param(
        0.4, low=0, high=1, doc="share of the seats present that must support a matter", plausible=(0.3, 0.6)
    )
    hours: float = param(1.5, low=0, high=100, unit="h", doc="hours of each seat", plausible=(1, 3))
    agenda: float = agenda_hours()
    conflict_hours: float = param(
        2.0,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours for conflict meetings",
        plausible=(0.5, 6),
    )
    conflicts: tuple[str, ...] = param(
        ("order", "parking"), choices=WANTS, doc="wants of units that stand in conflict with neighbours"
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Choice(
                name="work_meeting",
                level="subdistrict",
                power="summon",
                kinds=self.work,
                hours=self.summons,
            ),
            Council(
                name="development_meeting",
                area="subdistrict",
                seats=("neighbourhoods", "units"),
                slots=self.slots,
                every=self.every,
                quorum=self.quorum,
                hours=self.hours,
                keeper="office",
                upkeep=self.agenda,
            ),
            Position(name="conflict_meeting", area="subdistrict", heads=1, serve=1, wants=self.conflicts),
            Move(
                name="conflict_meeting",
                out_of="office",
                into="conflict_meeting",
                hours=self.conflict_hours,
                loss=0,
            ),
        )
