"""Drives: for some weeks, in some places, hands from everywhere (专项行动)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, law_of_works, own_purse, owners_meeting, permit_hours
from cogov.rules.conditions import When, Where
from cogov.rules.kinds import (
    KINDS,
    LINES,
    Boundary,
    Move,
    OwnersConsent,
    Position,
    Priority,
    Programme,
    Purse,
    Rule,
)
from cogov.rules.pools import EMPLOYEES, POOLS, STAFF

MENDING = {"parking": "parking", "charging": "shed", "lighting": "sensors", "fabric": "renewal"}
"""Works by the cause of problems that they mend."""
HELPERS = tuple(name for name in POOLS if name != STAFF)
"""Pools of people who may help without being paid."""


@dataclass(frozen=True, kw_only=True)
class HundredDayCampaign(Mechanism):
    """For a hundred days hours of the subdistrict go to the neighbourhoods with most on record.

    A team in each target works on whatever stands there, at whichever desk; it has the hours that the office
    gives up, those that its staff work over and take off afterwards, and people who help. Departments take
    the target's cases first. What the target gains in hours the other places lack: only where a cause is
    mended does less come to be afterwards.
    """

    name, zh, seed, family = "hundred_day_campaign", "“梦·享·家”百日集中行动", "002, 004", "services"
    zero = {"share": 0.0, "staff": 0.0, "priority": 0.0, "helpers": 0.0, "works": 0.0, "purse": 0.0}
    words = {
        "002": "打造2022年杨浦区“梦·享·家”项目，计划在我区基层治理大会上推出开展为期100天集中行动，"
        "从12个街道中遴选出群众需求突出、矛盾集中的居民区项目，以街道为主体，整合区域高校、企业、社会等专业力量参与基层治理",
        "004": "以及“創衛”各項工作的順利推進等等，無不凝聚著社區各方面的支持和參與",
    }
    reading = (
        "That hours go to the target and are missing elsewhere (share), that staff work over and take it off"
        " afterwards (staff), and that departments take its cases first (priority) is interpretation: 002 has"
        " the subdistrict bring together universities, firms and society, who are the helpers here, as far as"
        " they live or work in the target; those from elsewhere are missing. Selection is by open issues on"
        " record for each household; needs are not in it. A drive for a sanitary city (004) is the same with"
        " kinds = sanitation. Mending of causes is off (works = 0), and that cases are told as examples is"
        " left to practices."
    )
    why = (
        "Campaign-style governance concentrates finite hours on what is checked and lets them go afterwards"
        " (Zhou 2012); effects of central inspections were short for some pollutants and lasting for others"
        " (Jia and Chen 2019; Feng and others 2023). Places picked as the worst"
        " improve by themselves: compare with the same weeks of a twin without it."
    )

    share: float = param(
        0.3, low=0, high=1, doc="share of the office's hours that goes to targets", plausible=(0, 0.6)
    )
    loss: float = param(
        0.1,
        low=0,
        high=1,
        doc="share of them that goes into travel and learning",
        plausible=(0.05, 0.3),
    )
    targets: int = param(
        1, low=1, high=1000, unit="neighbourhoods", doc="targets in each subdistrict", source="seed 002"
    )
    start: int = param(0, low=0, high=5200, unit="weeks", doc="weeks from adoption to its first one")
    length: int = param(14, low=1, high=520, unit="weeks", doc="weeks it takes", source="seed 002: 100 days")
    staff: float = param(
        4.0,
        low=0,
        high=1000,
        unit="heads",
        doc="staff who work over, for each target",
        plausible=(0.8, 20),
    )
    overtime: float = param(
        4.0, low=0, high=40, unit="h/week", doc="hours each of them works over", plausible=(2, 12)
    )
    repaid: float = param(
        1.0,
        low=0,
        high=2,
        doc="hours the office has less afterwards for each hour worked over",
        plausible=(0.5, 1.5),
    )
    rest: int = param(
        8, low=1, high=104, unit="weeks", doc="weeks in which they are taken off", plausible=(4, 13)
    )
    helpers: float = param(
        10.0, low=0, high=1000, unit="heads", doc="people who help in each target", plausible=(2, 50)
    )
    helper_hours: float = param(
        2.0, low=0, high=40, unit="h/week", doc="hours each of them gives", plausible=(1, 4)
    )
    helper_pools: tuple[str, ...] = param(
        ("students", "skilled", EMPLOYEES), choices=HELPERS, doc="who they are, the first first"
    )
    willing: float = param(
        0.3, low=0, high=1, doc="share of the active among them who would help", plausible=(0.1, 0.5)
    )
    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue it is about")
    largest: float = param(
        40.0,
        low=0,
        high=1000,
        unit="h",
        doc="largest issue that the team takes on",
        plausible=(10, 100),
    )
    competence: float = param(
        0.7, low=0, high=1, doc="chance that what they finish holds", plausible=(0.5, 0.9)
    )
    priority: float = param(
        0.5,
        low=0,
        high=100,
        doc="what it adds to the urgency of the target's cases with departments, which is from 0 to 1",
        plausible=(0, 2),
    )
    lines: tuple[str, ...] = param(LINES, choices=LINES, doc="departments that take them first")
    leading: float = param(
        4.0,
        low=0,
        high=200,
        unit="h/week",
        doc="office hours to lead the drive in a target, without which departments go on as before",
        plausible=(2, 20),
    )
    works: float = param(
        0.0,
        low=0,
        high=100,
        doc="compounds of a target in which a cause is worked on at a time; 0: none",
        plausible=(1, 3),
    )
    mend: str = param("parking", choices=tuple(MENDING), doc="cause of problems that works mend")
    left: float = param(0.3, low=0, high=1, doc="level of the cause that is left", plausible=(0.1, 0.6))
    taken_up: float = param(
        0.99,
        low=0,
        high=1,
        unit="1/year",
        doc="chance that a willing compound is taken up meanwhile",
        plausible=(0.5, 0.99),
    )
    cost: float = param(
        150_000.0,
        low=0,
        high=1e8,
        unit="yuan",
        doc="what a work costs",
        plausible=(50_000, 1_000_000),
    )
    permits: int = param(
        1,
        low=0,
        high=100,
        unit="bodies",
        doc="bodies that must permit it",
        plausible=(1, 3),
    )
    permit_hours: float = permit_hours()
    consent: str = law_of_works()
    meeting_hours: float = owners_meeting()
    meeting_every: int = param(2, low=1, high=52, unit="weeks", doc="weeks between them", plausible=(1, 4))
    building: int = param(8, low=1, high=520, unit="weeks", doc="weeks of building", plausible=(4, 20))
    purse: float = own_purse(5.0)

    def rules(self) -> tuple[Rule, ...]:
        where, when = Where(worst=self.targets), When(start=self.start, length=self.length)
        afterwards = When(start=self.start + self.length, length=self.rest)
        both: dict[str, Any] = {"area": "neighbourhood", "where": where, "when": when}
        able: dict[str, Any] = {"small": self.largest, "handles": self.kinds, "competence": self.competence}
        return (
            Position(name="campaign_team", staffed_by="moves" if self.share else "rule", **both, **able),
            Move(
                name="sent_to_campaign",
                out_of="office",
                into="campaign_team",
                share=self.share,
                loss=self.loss,
                where=where,
                when=when,
            ),
            Position(name="campaign_overtime", heads=self.staff, hours=self.overtime, **both, **able),
            # Time off: hours that the office has less and that arrive nowhere.
            Move(
                name="time_off_after_campaign",
                out_of="office",
                into="committee",
                hours=self.staff * self.overtime * self.repaid * self.length / self.rest,
                loss=1,
                where=where,
                when=afterwards,
            ),
            Position(name="campaign_helpers", heads=self.helpers, hours=self.helper_hours, **both, **able),
            Boundary(
                name="campaign_helpers",
                post="campaign_helpers",
                pools=self.helper_pools,
                willing=self.willing,
            ),
            Priority(
                name="campaign_first",
                lines=self.lines,
                kinds=self.kinds,
                weight=self.priority,
                keeper="office",
                upkeep=self.leading,
                **both,
            ),
            Purse(name="hundred_day_campaign", income=self.purse if self.works else 0, pays=("works",)),
            Programme(
                name="campaign_works",
                what=MENDING[self.mend],
                mends=self.mend,
                left=self.left,
                slots=self.works,
                promote=self.taken_up,
                consent="campaign_works",
                cost=self.cost,
                permits=self.permits,
                permit_hours=self.permit_hours,
                weeks=(self.building, self.building),
                purse="hundred_day_campaign",
                where=where,
                when=when,
            ),
            OwnersConsent(
                name="campaign_works",
                every=self.meeting_every,
                hours=self.meeting_hours,
                law=self.consent,
            ),
        )
