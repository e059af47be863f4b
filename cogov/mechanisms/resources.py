"""What units have that a trade, a hall or a school of carers makes of use to many (资源)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, list_hours, own_purse
from cogov.rules.amend import Amend
from cogov.rules.kinds import (
    SERVICES,
    UNIT_KINDS,
    Boundary,
    Listing,
    Position,
    Programme,
    Purse,
    Rule,
)
from cogov.terms import YEAR


def lecture_audience() -> Any:
    """How many come to a lecture."""
    return param(30.0, low=1, high=1000, unit="people", doc="people at a lecture", plausible=(10, 60))


def lecture_need() -> Any:
    """How many of them it serves: most did not ask for it."""
    return param(0.2, low=0, high=1, doc="share of them who have the need", plausible=(0.1, 0.5))


def lecture_preparing() -> Any:
    """What a lecture takes besides being given."""
    return param(2.0, low=0, high=40, unit="h", doc="hours to prepare an hour of lecture", plausible=(1, 5))


def lecture(audience: float, in_need: float, preparing: float) -> float:
    """People with the need who are served by an hour of those who give a lecture, at least one."""
    return max(audience * in_need / (1 + preparing), 1)


@dataclass(frozen=True, kw_only=True)
class SectorAlliance(Mechanism):
    """Units of one trade pool what they know: banks and brokers lecture on money in the neighbourhoods.

    A lecture is for many, of whom few have the need. It is given whether it was asked for or not.
    """

    name, zh, seed, family = "sector_alliance", "金融行业党建联盟", "003, 001", "units"
    zero = {"share": 0.0}
    words = {
        "003": "金融行业党建联盟成立于2022年,致力金融反哺社会,持续推动金融政策、金融服务、金融知识进社区、"
        "进楼宇、进企业……"
        "旨在将防范金融风险知识送进社区",
        "001": "推进社区党建、单位党建、行业党建互联互动",
    }
    reading = (
        "What of it goes to buildings of offices and to firms (进楼宇、进企业) is not in it, since units"
        " have no need of advice. That a lecture serves many at a time is left out with audience = 1. That"
        " people fall for fraud less often is claimed by nobody in numbers, and no such process is there."
    )
    why = (
        "A trade pools what no member could give alone; what it gives is what it has, not what is needed"
        " (club goods, Buchanan 1965, from memory; supply-driven services)."
    )

    share: float = param(
        0.7,
        low=0,
        high=1,
        doc="share of what members could give that the alliance puts on its programme",
        plausible=(0.3, 1),
    )
    trade: tuple[str, ...] = param(("bank",), choices=UNIT_KINDS, doc="kinds of units that are members")
    topics: tuple[str, ...] = param(("advice",), choices=SERVICES, doc="needs that it serves")
    audience: float = lecture_audience()
    in_need: float = lecture_need()
    preparing: float = lecture_preparing()
    upkeep: float = list_hours(0.3)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Listing(
                name="sector_alliance",
                area="subdistrict",
                share=self.share,
                unit_kinds=self.trade,
                services=self.topics,
                group=lecture(self.audience, self.in_need, self.preparing),
                keeper="office",
                upkeep=self.upkeep,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class OpenFacilities(Mechanism):
    """Schools and offices open halls and courts to those around, and idle rooms are put to use.

    Somebody must keep the gate: where the guards are not paid, the gate stays shut.
    """

    name, zh, seed, family = "open_facilities", "优质资源向公众开放、盘活资源", "004, 001", "units"
    zero = {"share": 0.0, "rooms": 0.0, "guards": 0.0}
    words = {
        "004": "推進社區優質資源陸續向公眾開放……依托于黨員服務中心、文化活動中心、衛生服務中心、社區學校、"
        "居民活動室功能的發揮與拓展",
        "001": "通过积极盘活资源",
    }
    reading = (
        "That gates need guards is read into it, and left out with guarding = 0. What a unit opens meets"
        " the need of a place to be in its neighbourhood; that neighbours hold activities in it is not in"
        " it. They do in idle rooms, which are venues (rooms = 0 leaves them out). In document 001"
        " resources are put to use for child care. What becomes of the liability for accidents is not in"
        " it."
    )
    why = (
        "Places to meet and to be are scarce, and stand empty after hours; what keeps them shut is cost and"
        " liability (Klinenberg 2018, from memory)."
    )

    share: float = param(
        0.2,
        low=0,
        high=1,
        doc="share of the hours of their places that units open, as far as they are willing",
        plausible=(0, 0.6),
    )
    who: tuple[str, ...] = param(
        ("school", "museum", "agency", "conservatory"), choices=UNIT_KINDS, doc="kinds of units that open"
    )
    opens: tuple[str, ...] = param(("venue",), choices=SERVICES, doc="what is opened")
    guarding: float = param(
        20.0,
        low=0,
        high=168,
        unit="h/week",
        doc="guard hours for a unit that opens wholly: 4 at the default share",
        plausible=(10, 50),
    )
    wear: float = param(
        10_000.0,
        low=0,
        high=1e6,
        unit="yuan/year",
        doc="cleaning and wear in a neighbourhood",
        plausible=(4000, 30_000),
    )
    guards: float = param(
        1.5,
        low=0,
        high=100,
        unit="heads",
        doc="guards for 10,000 households",
        plausible=(0.5, 4),
    )
    hours: float = param(36.0, low=0, high=80, unit="h/week", doc="hours of each guard", plausible=(32, 40))
    wage: float = param(30.0, low=0, high=1000, unit="yuan/h", doc="wage of a guard", plausible=(21, 45))
    rooms: float = param(
        1.0,
        low=0,
        high=100,
        doc="idle rooms that a neighbourhood works on at a time, whole ones",
        plausible=(0, 2),
    )
    promote: float = param(
        0.1,
        low=0,
        high=1,
        unit="1/year",
        doc="chance that a compound with one takes it up",
        plausible=(0.05, 0.5),
    )
    cost: float = param(
        20_000.0,
        low=0,
        high=1e7,
        unit="yuan",
        doc="fitting out a room",
        plausible=(5000, 200_000),
    )
    people: int = param(
        25, low=1, high=1000, unit="people", doc="people in a room at a time", plausible=(15, 50)
    )
    open_hours: float = param(
        20.0, low=0, high=168, unit="h/week", doc="open hours of a room", plausible=(10, 50)
    )
    tending: float = param(
        2.0, low=0, high=168, unit="h/week", doc="guard hours for a room", plausible=(1, 10)
    )
    purse: float = own_purse(20.0)
    endowment: float = param(
        30.0,
        low=0,
        high=10_000,
        unit="yuan/household",
        doc="what is in its purse at first, for the first rooms",
        plausible=(0, 100),
    )

    def rules(self) -> tuple[Rule, ...]:
        wanted = self.share + self.rooms + self.guards
        return (
            Purse(
                name="open_facilities",
                income=self.purse if wanted else 0,
                start=self.endowment if wanted else 0,
            ),
            Position(
                name="gatekeeper",
                area="subdistrict",
                heads=self.guards,
                per_households=PER,
                hours=self.hours,
                wage=self.wage,
                purse="open_facilities",
            ),
            Listing(
                name="open_facilities",
                area="neighbourhood",
                share=self.share,
                unit_kinds=self.who,
                services=self.opens,
                keeper="gatekeeper" if self.guarding else "",
                upkeep=self.guarding,
                money=self.wear / YEAR,
                purse="open_facilities",
            ),
            Programme(
                name="idle_rooms",
                what="venue",
                slots=self.rooms,
                promote=self.promote,
                cost=self.cost,
                purse="open_facilities",
                people=self.people,
                hours=self.open_hours,
                reach="neighbourhood",
                tended_by="gatekeeper" if self.tending else "",
                tending=self.tending,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class TrainingBases(Mechanism):
    """Units train carers for the community, and are bases of education in science and health.

    Trained people are found sooner for posts of carers, where there are any. A base lectures to many, of whom
    few have the need.
    """

    name, zh, seed, family = "training_bases", "护工培训、科普与健康教育基地", "004", "units"
    zero = {"trainees": 0.0, "trainers": 0.0, "asked": 0.0, "education": 0.0}
    words = {
        "004": "依托駐區單位資源優勢建立社區科普教育基地、健康教育活動基地、“為老”護工培訓輪訓基地和促進就"
        "業基地等項目"
    }
    reading = (
        "That trained carers fill posts sooner is left out with faster = 0, lectures with education = 0."
        " That they care better, and jobs for those who look for one (促進就業基地), are not in it: no need"
        " is of employment. The internship of secretaries in document 003 is theirs, not that of units."
    )
    why = "Vacancies last for want of trained people; who is trained near home takes a post there (assumed)."

    trainees: float = param(
        1.0,
        low=0,
        high=100,
        unit="people",
        doc="trainees a year for each neighbourhood, some 20 in a subdistrict",
        plausible=(0.3, 3),
    )
    course: float = param(
        40.0, low=0, high=1000, unit="h", doc="hours of a trainer for each", plausible=(20, 160)
    )
    faster: float = param(
        0.4,
        low=0,
        high=1,
        doc="share of the weeks until carers are found that is saved where all courses are held",
        plausible=(0.1, 0.6),
    )
    trainers: float = param(
        8.0,
        low=0,
        high=1000,
        unit="heads",
        doc="people of units who train, for 10,000 households",
        plausible=(2, 20),
    )
    hours: float = param(2.0, low=0, high=40, unit="h/week", doc="hours of each of them", plausible=(1, 4))
    willing: float = param(
        0.2,
        low=0,
        high=1,
        doc="share of active people of units who would train",
        plausible=(0.05, 0.4),
    )
    asked: float = param(
        0.1,
        low=0,
        high=1,
        unit="1/month",
        doc="share of the people of units asked to take part; an engaged unit gives them leave",
        plausible=(0.02, 0.3),
    )
    education: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of what units could give that bases put on their programme",
        plausible=(0.1, 0.6),
    )
    bases: tuple[str, ...] = param(
        ("school", "hospital", "museum"), choices=UNIT_KINDS, doc="kinds of units that are bases"
    )
    topics: tuple[str, ...] = param(
        ("health", "culture"), choices=SERVICES, doc="needs served by lectures on health and science"
    )
    audience: float = lecture_audience()
    in_need: float = lecture_need()
    preparing: float = lecture_preparing()
    upkeep: float = list_hours(0.5)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Position(
                name="trainer",
                area="subdistrict",
                heads=self.trainers,
                per_households=PER,
                hours=self.hours,
            ),
            Boundary(name="trainer", post="trainer", pools=("employees",), willing=self.willing),
            Boundary(
                name="training_bases",
                post="volunteers",
                pools=("employees",),
                asked=self.asked,
                keeper="office",
            ),
            Amend(
                name="trained_carers",
                of=Boundary,
                target="carer",
                field="weeks_to_fill",
                by=1 - self.faster if self.trainees else 1,
                keeper="trainer",
                upkeep=self.trainees * self.course / YEAR,
            ),
            Listing(
                name="education_base",
                area="subdistrict",
                share=self.education,
                unit_kinds=self.bases,
                services=self.topics,
                group=lecture(self.audience, self.in_need, self.preparing),
                keeper="office",
                upkeep=self.upkeep,
            ),
        )
