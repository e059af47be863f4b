"""What party organisations of neighbourhoods keep up: meetings, papers, open doors (党务与阵地)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, own_purse
from cogov.rules import Amend, Where
from cogov.rules.conditions import EVERYWHERE
from cogov.rules.kinds import (
    SERVICES,
    Boundary,
    Enquiry,
    Observation,
    Position,
    Programme,
    Purse,
    Rule,
    Tasks,
)
from cogov.rules.kinds.programme import REACHES
from cogov.rules.kinds.tasks import MOST
from cogov.terms import MONTH, Source


@dataclass(frozen=True, kw_only=True)
class PartyServiceStations(Mechanism):
    """A staffed open door in each neighbourhood: people drop in, say what they need, and meet.

    The room is a venue that others' activities may use too; at the counter staff hear of problems and needs,
    in as many of the open hours as residents are free to come.
    """

    name, zh, seed, family = "party_service_stations", "党群服务站、市民驿站", "003, 004", "party"
    zero = {"stations": 0, "staff": 0.0}
    words = {
        "003": "在闵行区新虹街道“初心驿·虹立方”党群服务中心二楼,一场内容丰富、满是“干货”的居民区党务指导培训"
        "会正在召开……党群服务站标准化建设等方面进行了全面系统的讲解和答疑",
        "004": "市民驛站服務內涵的不斷豐富……依托于黨員服務中心、文化活動中心、衛生服務中心、社區學校、居民活"
        "動室功能的發揮與拓展,進一步提升公共服務供給能力和供給水平",
    }
    reading = (
        "Neither document says what a station does: the room (stations = 0), the counter (counter = 0) and"
        " activities of its own (host = 0) are an interpretation. Rooms are given free of rent. That a"
        " counter hears more of those who live near is left out, and that a standard makes all alike is only"
        " its papers (admin_share). Staff are there from the day they are found, whether or not the room"
        " stands."
    )
    why = "Who need not go far comes; what a door is open for depends on when people are free."

    stations: int = param(1, low=0, high=100, doc="stations of a neighbourhood", plausible=(0, 2))
    chance: float = param(
        0.9,
        low=0,
        high=0.99,
        unit="1/year",
        doc="chance that a site that can have one is found for it",
        plausible=(0.5, 0.97),
    )
    fitting: float = param(
        30_000.0,
        low=0,
        high=1e7,
        unit="yuan",
        doc="what it takes to fit out its room",
        plausible=(15_000, 60_000),
    )
    weeks: int = param(8, low=1, high=520, unit="weeks", doc="weeks of fitting out", plausible=(4, 16))
    people: int = param(30, low=1, high=10_000, unit="people", doc="people at a time", plausible=(15, 60))
    opening: float = param(48.0, low=0, high=168, unit="h/week", doc="open hours", plausible=(40, 60))
    reach: str = param("neighbourhood", choices=REACHES, doc="whose residents count it as theirs")
    cleaning: float = param(
        2.0, low=0.1, high=168, unit="h/week", doc="hours of staff to look after the room", plausible=(1, 4)
    )
    staff: float = param(
        1.0, low=0, high=100, unit="heads", doc="staff of a neighbourhood's station: 1 to 2", plausible=(1, 2)
    )
    hours: float = param(38.0, low=0.1, high=80, unit="h/week", doc="hours of each", plausible=(35, 40))
    admin_share: float = param(
        0.1,
        low=0,
        high=1,
        doc="share of them for the papers of the standard: four hours a week",
        plausible=(0.05, 0.2),
    )
    wage: float = param(35.0, low=0, high=1000, unit="yuan/h", doc="wage", plausible=(24, 52))
    found: int = param(
        13, low=0, high=520, unit="weeks", doc="weeks until staff are found", plausible=(4, 26)
    )
    counter: float = param(
        0.5, low=0, high=0.7, doc="share of staff hours at the counter", plausible=(0.3, 0.7)
    )
    host: float = param(
        0.15, low=0, high=0.3, doc="share of staff hours for activities of its own", plausible=(0.07, 0.3)
    )
    free: float = param(
        0.4,
        low=0,
        high=1,
        doc="share of its open hours in which residents are free to come",
        plausible=(0.1, 0.8),
    )
    callers: float = param(
        1.0,
        low=0,
        high=100,
        unit="households/h",
        doc="households heard in an hour in which they are free to come",
        plausible=(0.3, 3),
    )
    tells: float = param(
        1.0,
        low=0,
        high=100,
        unit="buildings/h",
        doc="buildings whose problems are heard of in such an hour",
        plausible=(0.3, 3),
    )
    share: float = param(
        0.3, low=0, high=1, doc="share of what can be seen there that callers tell of", plausible=(0.1, 0.5)
    )
    services: tuple[str, ...] = param(SERVICES, choices=SERVICES, doc="needs that callers tell of")
    purse: float = own_purse(70.0)

    def rules(self) -> tuple[Rule, ...]:
        room = self.stations if self.staff else 0
        where = Where(built="service_station") if room else EVERYWHERE
        return (
            Purse(
                name="service_stations",
                income=self.purse if self.staff else 0,
                pays=("wages", "works"),
            ),
            Programme(
                name="service_station",
                what="venue",
                slots=room,
                most=self.stations,
                promote=self.chance,
                purse="service_stations",
                cost=self.fitting,
                weeks=(self.weeks, self.weeks),
                people=self.people,
                hours=self.opening,
                reach=self.reach,
                tended_by="station_staff",
                tending=self.cleaning,
            ),
            Position(
                name="station_staff",
                heads=self.staff,
                hours=self.hours,
                admin_share=self.admin_share,
                observe=self.counter,
                host=self.host,
                wage=self.wage,
                purse="service_stations",
                where=where,
            ),
            Boundary(name="station_staff", post="station_staff", weeks_to_fill=self.found),
            Observation(
                name="station_counter",
                post="station_staff",
                speed=self.tells * self.free if self.counter else 0,
                share=self.share,
            ),
            Enquiry(
                name="station_counter",
                post="station_staff",
                speed=self.callers * self.free if self.counter else 0,
                services=self.services,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class BranchLife(Mechanism):
    """Branches of the neighbourhoods meet every month, and those who come may be asked to take something on.

    The meeting itself takes hours and changes nothing else: no conviction is written into it.
    """

    name, zh, seed, family = "branch_life", "三会一课、党员组织生活", "002, 003", "party"
    zero = {"hours": 0.0, "asked": 0.0}
    words = {
        "003": "针对居民区开展“三会一课”党员组织生活中碰到的难点问题,结合实例进行答疑解惑、建议指导……规范党"
        "内组织生活",
        "002": "做好党支部组织力建设……加强社区党员队伍建设、增强党组织的凝聚力、使支部建设与时俱进",
    }
    reading = (
        "That those present are asked to take part (asked = 0). Attendance is that of members who volunteer"
        " already, who alone have hours in the model; who comes to the meeting and is active nowhere else is"
        " asked all the same, and the time for it is that of the meeting."
    )
    why = "An occasion to be asked in person, which is what makes people begin (Independent Sector 2001)."

    hours: float = param(
        2.0, low=0, high=40, unit="h/month", doc="hours of a month's meetings and lessons", plausible=(1, 4)
    )
    members: float = param(
        1000.0,
        low=0,
        high=100_000,
        unit="heads",
        doc="branch members for 10,000 households, at most: as many as there are come",
        plausible=(500, 2000),
    )
    willing: float = param(0.6, low=0, high=1, doc="share of the active who come", plausible=(0.3, 0.8))
    asked: float = param(
        0.2,
        low=0,
        high=1,
        unit="1/month",
        doc="share of branch members asked at a month's meetings",
        plausible=(0.07, 0.4),
    )

    def rules(self) -> tuple[Rule, ...]:
        branch, held = ("branch_members",), self.hours * self.members > 0
        return (
            Position(
                name="branch_meeting",
                heads=self.members,
                per_households=PER,
                hours=self.hours / MONTH,
            ),
            Boundary(name="branch_meeting", post="branch_meeting", pools=branch, willing=self.willing),
            Boundary(
                name="asked_at_the_branch",
                post="volunteers",
                pools=branch,
                asked=self.asked if held else 0,
                keeper="branch_meeting" if held else "",
            ),
        )


@dataclass(frozen=True, kw_only=True)
class QualityEvaluation(Mechanism):
    """The subdistrict scores each neighbourhood's party work, on papers and counted activities.

    What is scored gets hours, and what is not loses them: papers come first of all, activities are held, and
    doors are knocked at less. Nobody's hours become more.
    """

    name, zh, seed, family = "quality_evaluation", "发展力质量评估体系", "003", "party"
    zero = {"papers": 0.0, "counted": 0.0, "uncounted": 0.0}
    words = {
        "003": "从发展力质量评估体系、党费、规范党内组织生活、网评网宣、党群服务站标准化建设等方面进行了全面"
        "系统的讲解和答疑"
    }
    reading = (
        "The document has no more than the name. That it is scored on papers (papers = 0) and counted"
        " activities (counted = 0), for which visits give way (uncounted = 0), is an interpretation. Scores"
        " have no other consequence: nobody is promoted or paid by them here."
    )
    why = "Where only part of the work is measured, effort moves to that part (Holmström, Milgrom 1991)."

    papers: float = param(
        0.05,
        low=0,
        high=MOST,
        doc="tasks more, relative to what the profile has of this source: one or two hours a week",
        plausible=(0.02, 0.3),
    )
    gives: str = param("subdistrict", choices=Source.labels(), doc="who asks for the papers")
    scoring: float = param(
        0.2,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to score each neighbourhood",
        plausible=(0.1, 0.4),
    )
    counted: float = param(
        0.03,
        low=0,
        high=0.3,
        doc="share of a committee's hours that moves to joint activities",
        plausible=(0.01, 0.1),
    )
    uncounted: float = param(
        0.03,
        low=0,
        high=0.1,
        doc="share of a committee's hours that visits lose",
        plausible=(0.01, 0.05),  # visits cannot lose more than the least that they may well have
    )

    def rules(self) -> tuple[Rule, ...]:
        moved = (
            ("counted_activities", "host", self.counted),
            ("uncounted_visits", "observe", -self.uncounted),
        )
        return (
            Tasks(
                name="quality_papers",
                source=self.gives,
                load=self.papers,
                keeper="office",
                upkeep=self.scoring,
            ),
            *(
                Amend(name=name, of=Position, target="committee", field=field, by=by)
                for name, field, by in moved
            ),
        )
