"""Campus, park and street share what they have (校区、园区、街区联动)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.alliances import asked_by_day
from cogov.mechanisms.base import (
    PER,
    Mechanism,
    own_purse,
)
from cogov.rules.conditions import When
from cogov.rules.kinds import (
    SERVICES,
    Boundary,
    Compact,
    Position,
    Purse,
    Rule,
)


@dataclass(frozen=True, kw_only=True)
class CampusParkStreet(Mechanism):
    """Campus, park and street linked: students in term, experts of units, shops that keep their frontage.

    A liaison finds and places them; without one nobody comes. There is no university among the kinds of unit,
    and no shop: students are residents who study, experts and shopkeepers are people of units by day.
    """

    name, zh, seed, family = "campus_park_street", "三区联动、创智坊—大学路街区", "002", "structure"
    zero = {"students": 0.0, "experts": 0.0, "shops": 0.0}
    words = {
        "002": (
            "进一步发挥“三区联动、三城融合”的优势……积极联动区域高校和专业社会组织……"
            "激活创智坊、大学路周边的社区家庭、商户单元、高校学子,推动街区治理共建共治共享"
        )
    }
    reading = (
        "That there is a liaison, and what each of the three does: students = 0, experts = 0 and shops = 0"
        " leave them out one by one. That shops keep a compact on what is done in front of them: effect ="
        " 0."
    )
    why = (
        "Surplus skill near by, in supply by season (N. Cnaan and others on student volunteering, from"
        " memory); those who gain by a street keep it (J. Jacobs, The Death and Life of Great American"
        " Cities, 1961)."
    )

    students: float = param(
        80.0,
        low=0,
        high=10_000,
        unit="heads",
        doc="places for students for 10,000 households",
        plausible=(20, 400),
    )
    student_hours: float = param(
        2.0, low=0, high=40, unit="h/week", doc="hours of each in term", plausible=(1, 4)
    )
    tutored: tuple[str, ...] = param(
        ("child_care", "culture"), choices=SERVICES, doc="needs that students serve, in equal parts"
    )
    term: int = param(
        18,
        low=1,
        high=519,
        unit="weeks",
        doc="weeks of a term",
        source="assumed: 36 of 52",
        plausible=(16, 20),
    )
    half_year: int = param(
        26, low=2, high=520, unit="weeks", doc="weeks from one term to the next", source="derived: two a year"
    )
    experts: float = param(
        10.0, low=0, high=10_000, unit="heads", doc="experts for 10,000 households", plausible=(2, 40)
    )
    expert_hours: float = param(1.0, low=0, high=40, unit="h/week", doc="hours of each", plausible=(0.5, 3))
    expertise: tuple[str, ...] = param(
        ("advice", "health", "environment"), choices=SERVICES, doc="needs that experts serve, in equal parts"
    )
    shops: float = param(
        40.0,
        low=0,
        high=10_000,
        unit="heads",
        doc="shopkeepers for 10,000 households who join",
        plausible=(10, 200),
    )
    shop_hours: float = param(
        0.5, low=0, high=40, unit="h/week", doc="hours of each to mind the street", plausible=(0.2, 2)
    )
    effect: float = param(
        0.1,
        low=0,
        high=1,
        doc="share of what conduct breeds that is held down where all keep to it",
        source="assumed: a frontage is a small part of a neighbourhood",
        plausible=(0.02, 0.3),
    )
    minding: float = param(
        1.0,
        low=0,
        high=40,
        unit="h/week",
        doc="hours of a neighbourhood's shopkeepers that it takes",
        plausible=(0.3, 4),
    )
    meetings: float = param(
        6.0, low=0, high=1000, unit="h", doc="hours of shopkeepers until it is agreed on", plausible=(3, 12)
    )
    willing: float = param(0.2, low=0, high=1, doc="share of the active who accept", plausible=(0.05, 0.5))
    liaison: float = param(
        0.5, low=0, high=20, unit="heads", doc="liaison staff for 10,000 households", plausible=(0.1, 2)
    )
    liaison_hours: float = param(20.0, low=0, high=80, unit="h/week", doc="hours of each", plausible=(10, 40))
    placing: float = param(
        0.05,
        low=0,
        high=40,
        unit="h/week",
        doc="liaison hours for each student, expert or shopkeeper",
        plausible=(0.025, 0.1),
    )
    asked: float = asked_by_day(0.02)
    wage: float = param(40.0, low=0, high=1000, unit="yuan/h", doc="wage of a liaison", plausible=(28, 60))
    purse: float = own_purse(2.0)

    def rules(self) -> tuple[Rule, ...]:
        wanted = bool(self.students or self.experts or self.shops)
        there = 1 if wanted and self.liaison * self.liaison_hours else 0
        term = When(length=min(self.term, self.half_year - 1), every=self.half_year)
        kept: dict[str, Any] = {"keeper": "campus_liaison", "upkeep": self.placing} if there else {}
        return (
            Purse(
                name="campus_park_street",
                income=self.purse * there,
                pays=("wages", "rules"),
                keeps=False,
            ),
            Position(
                name="campus_liaison",
                area="subdistrict",
                heads=self.liaison * there,
                per_households=PER,
                hours=self.liaison_hours,
                wage=self.wage,
                purse="campus_park_street",
            ),
            Boundary(
                name="people_of_campus_and_park",
                post="volunteers",
                pools=("employees",),
                asked=self.asked * there,
                keeper="campus_liaison" if there else "",
            ),
            Position(
                name="student_helper",
                heads=self.students * there,
                per_households=PER,
                hours=self.student_hours,
                care=1,
                services=self.tutored,
                when=term,
                **kept,
            ),
            Boundary(
                name="student_helper",
                post="student_helper",
                pools=("students",),
                willing=self.willing,
                when=term,
            ),
            Position(
                name="campus_expert",
                area="subdistrict",
                heads=self.experts * there,
                per_households=PER,
                hours=self.expert_hours,
                care=1,
                services=self.expertise,
                **kept,
            ),
            Boundary(name="campus_expert", post="campus_expert", pools=("employees",), willing=self.willing),
            Position(
                name="shopkeeper",
                heads=self.shops * there,
                per_households=PER,
                hours=self.shop_hours,
                **kept,
            ),
            Boundary(name="shopkeeper", post="shopkeeper", pools=("employees",), willing=self.willing),
            Compact(
                name="frontage",
                area="neighbourhood",
                cause="conduct",
                effect=self.effect,
                meetings=self.meetings,
                keeper="shopkeeper" if self.shops * self.shop_hours * there else "",
                upkeep=self.minding,
            ),
        )
