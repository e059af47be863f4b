"""What every design starts from (条线治理): committee, property service, hotline, line departments."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import (
    PER,
    Mechanism,
    agenda_hours,
    permit_bodies,
    permit_hours,
    permit_weeks,
    visit_doors,
    visit_speed,
)
from cogov.rules.kinds import (
    KINDS,
    LIFT_FUND,
    Choice,
    Council,
    Enquiry,
    Observation,
    OwnersConsent,
    Position,
    Programme,
    Reports,
    Rule,
    Tasks,
)
from cogov.rules.kinds.tasks import MOST
from cogov.terms import Source

FIRMS = ("repair", "sanitation", "safety", "property_conflict")
"""Types of issue that property firms handle."""


@dataclass(frozen=True, kw_only=True)
class NeighbourhoodCommittee(Mechanism):
    """The residents' committee with its staff, visits and registered volunteers."""

    name, zh, seed, family = "neighbourhood_committee", "居民委员会", "all", "councils"
    standing = True
    zero = {
        "observe": 0.0,
        "ask": 0.0,
        "host": 0.0,
        "handles": (),
        "small": 0.0,
        "care": 0.0,
        "share": 0.0,
        "promote": 0.0,
    }
    words = {
        "002": "让社区工作者真正走近居民家里，走进居民心里……"
        "让居民区“两委”扎实开展好“进百家门、听百家言、知百家忧、解百家困、暖百家心”",
    }
    reading = (
        "The documents take the committee and its staff for granted; shares of its hours and how it works are"
        " assumed, and in every design the same unless one amends them."
    )
    why = "A committee of salaried staff does what it has hours for, and hears from whom it visits."

    observe: float = param(
        0.10, low=0, high=0.3, doc="share of staff hours spent on visits", plausible=(0.05, 0.2)
    )
    ask: float = param(
        0.05,
        low=0,
        high=0.3,
        doc="share of staff hours spent asking residents to take part",
        plausible=(0.02, 0.1),
    )
    host: float = param(
        0.08, low=0, high=0.3, doc="share of staff hours spent hosting activities", plausible=(0.04, 0.15)
    )
    handles: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue the committee handles")
    small: float = param(
        3.0, low=0, unit="h", doc="largest issue that volunteers take on", plausible=(1.5, 6)
    )
    care: float = param(
        0.7, low=0, high=1, doc="share of volunteer hours that goes to service needs", plausible=(0.5, 0.85)
    )
    share: float = param(
        1.0, low=0, high=1, doc="share of residents' reports that the committee takes", plausible=(0.8, 1)
    )
    promote: float = param(
        0.01,
        low=0,
        high=1,
        unit="1/year",
        doc="chance that owners of a building try a lift",
        plausible=(0.005, 0.03),
    )
    competence: float = param(
        0.6, low=0, high=1, doc="chance that what the committee finishes holds", plausible=(0.45, 0.75)
    )
    volunteers_competence: float = param(
        0.7, low=0, high=1, doc="the same for volunteers", plausible=(0.5, 0.85)
    )
    volunteers_handle: tuple[str, ...] = param(
        ("repair", "sanitation", "dispute", "emergency"), choices=KINDS, doc="issues volunteers help with"
    )
    speed: float = visit_speed()
    doors: float = visit_doors()
    meeting_hours: float = param(
        2.0,
        low=0,
        high=100,
        unit="h",
        doc="committee hours for a meeting of owners about a lift",
        plausible=(1, 4),
    )
    meeting_every: int = param(
        4, low=1, high=52, unit="weeks", doc="weeks between such meetings", plausible=(2, 8)
    )
    permits: int = permit_bodies()
    permit_weeks: float = permit_weeks()
    permit_hours: float = permit_hours()

    def rules(self) -> tuple[Rule, ...]:
        staffed = "committee" if self.observe + self.ask + self.host or self.handles else "rule"
        return (
            Position(
                name="committee",
                area="neighbourhood",
                staffed_by=staffed,
                observe=self.observe,
                ask=self.ask,
                host=self.host,
                handles=self.handles,
                competence=self.competence,
            ),
            Position(
                name="volunteers",
                area="neighbourhood",
                staffed_by="volunteers" if self.small or self.care else "rule",
                small=self.small,
                care=self.care,
                handles=self.volunteers_handle,
                competence=self.volunteers_competence,
            ),
            Reports(name="report_to_committee", channel="committee", share=self.share),
            Observation(name="visits", post="committee", speed=self.speed if self.observe else 0),
            Enquiry(name="visits", post="committee", speed=self.doors if self.observe else 0),
            Programme(
                name="owners_lifts",
                what="lift",
                slots=1 if self.promote else 0,
                promote=self.promote,
                consent="owners_consent",
                purse=LIFT_FUND,
                permits=self.permits,
                permit_weeks=self.permit_weeks,
                permit_hours=self.permit_hours,
            ),
            OwnersConsent(
                name="owners_consent",
                every=self.meeting_every,
                hours=self.meeting_hours,
                law="date",
            ),
        )


@dataclass(frozen=True, kw_only=True)
class PropertyService(Mechanism):
    """Property firms serve their compounds from the fees they collect."""

    name, zh, seed, family = "property_service", "物业服务", "all", "property"
    standing = True
    zero = {"staffed": False, "speed": 0.0}
    words = {
        "001": "针对居民普遍反映的物业服务问题",
        "002": "着眼党建引领物业治理，深化业委会“执行秘书”、物业企业“红黑榜”等机制",
    }
    reading = "That firms serve their compounds, and not all well, is the documents'; how is assumed."
    why = "A firm has the hours that its fees pay for; quality costs it effort that owners see late."

    staffed: bool = param(True, doc="whether firms staff their compounds")
    speed: float = param(
        1.0,
        low=0,
        high=100,
        unit="buildings/h",
        doc="buildings a patrol covers in an hour",
        plausible=(0.5, 2),
    )
    observe: float = param(0.1, low=0, high=1, doc="share of a firm's hours on patrol", plausible=(0.05, 0.2))
    competence: float = param(
        0.5,
        low=0,
        high=1,
        doc="chance that what a firm without quality finishes holds",
        plausible=(0.35, 0.65),
    )
    handles: tuple[str, ...] = param(FIRMS, choices=KINDS, doc="issues firms handle")
    sees: tuple[str, ...] = param(("repair", "sanitation", "safety"), choices=KINDS, doc="issues patrols see")

    def rules(self) -> tuple[Rule, ...]:
        if not self.staffed:  # nor a post into which others could send people of theirs
            return ()
        return (
            Position(
                name="firm",
                area="compound",
                staffed_by="firm",
                handles=self.handles,
                observe=self.observe,
                competence=self.competence,
            ),
            Observation(name="patrols", post="firm", speed=self.speed, kinds=self.sees),
        )


@dataclass(frozen=True, kw_only=True)
class Hotline(Mechanism):
    """The citizens' hotline: calls land at the subdistrict as orders with a deadline."""

    name, zh, seed, family = "hotline", "12345热线派单", "facts", "structure"
    standing = True
    zero = {"share": 0.0, "kinds": ()}
    reading = (
        "No document names the hotline; it is how residents reached departments in all five years and places"
        " (facts). share = 0 leaves it out."
    )
    why = "Who calls needs no trust in the committee, and an order with a deadline comes before other work."

    share: float = param(1.0, low=0, high=1, doc="share of calls that are taken", plausible=(0.8, 1))
    weeks: float = param(2.0, low=0.5, unit="weeks", doc="deadline of a dispatched order", plausible=(1, 4))
    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue dispatched with a deadline")

    def rules(self) -> tuple[Rule, ...]:
        return (
            Reports(name="hotline", channel="hotline", share=self.share),
            Choice(
                name="dispatch", level="subdistrict", power="dispatch", kinds=self.kinds, weeks=self.weeks
            ),
        )


@dataclass(frozen=True, kw_only=True)
class LineDepartments(Mechanism):
    """The office forwards to departments one after another, decides on public matters, and gives tasks."""

    name, zh, seed, family = "line_departments", "街道与条线部门", "all", "structure"
    standing = True
    zero = {"heads": 0.0, "district_heads": 0.0, "slots": 0.0, "tasks": 0.0}
    words = {
        "002": "基层治理涉及面宽、量大、事多，往往呈现出社区“一根针”面对居民群众“百家心”和具体事务“千条线”"
    }
    reading = (
        "One needle and a thousand lines are the document's; heads, deadlines and meetings of the office are"
        " assumed."
    )
    why = "Departments answer out of finite hours, and each line gives tasks without seeing the others'."

    heads: float = param(
        10.0, low=0, doc="heads of the subdistrict office for 10,000 households", plausible=(6, 16)
    )
    district_heads: float = param(
        0.6, low=0, doc="heads of the district for 10,000 households", plausible=(0.3, 1.2)
    )
    admin_share: float = param(
        0.5, low=0, high=1, doc="share of their hours lost to administration", plausible=(0.3, 0.65)
    )
    slots: float = param(
        3.0, low=0, high=1000, doc="public matters the office meeting takes up, a meeting", plausible=(1.5, 6)
    )
    hours: float = param(
        40.0, low=0, high=80, unit="h/week", doc="contract hours of office and district", plausible=(36, 44)
    )
    least: float = param(
        2.0, low=0, high=1000, unit="heads", doc="fewest heads of a subdistrict office", plausible=(1, 4)
    )
    competence: float = param(
        0.75, low=0, high=1, doc="chance that what the office finishes holds", plausible=(0.6, 0.9)
    )
    district_competence: float = param(
        0.8, low=0, high=1, doc="the same for the district", plausible=(0.65, 0.9)
    )
    quorum: float = param(
        0.34,
        low=0,
        high=1,
        doc="share of neighbourhoods present that must support a matter",
        plausible=(0.25, 0.5),
    )
    every: int = param(4, low=1, high=52, unit="weeks", doc="weeks between office meetings", plausible=(2, 8))
    agenda: float = agenda_hours()
    overdue: float = param(
        8.0,
        low=0,
        high=520,
        unit="weeks",
        doc="weeks after which the office takes over what firms have not got done",
        plausible=(4, 26),
    )
    taking: float = param(
        1.0, low=0, high=100, unit="h", doc="office hours to take over a case", plausible=(0.5, 3)
    )
    tasks: float = param(
        1.0,
        low=0,
        high=MOST,
        doc="tasks that lines and office give committees, relative to the profile's",
        plausible=(0.7, 1.4),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            *(Tasks(name=source, source=source, load=self.tasks) for source in Source.labels()),
            Position(
                name="office",
                area="subdistrict",
                heads=self.heads,
                per_households=PER,
                least=self.least,
                hours=self.hours,
                admin_share=self.admin_share,
                handles=KINDS,
                competence=self.competence,
            ),
            Position(
                name="district",
                area="district",
                heads=self.district_heads,
                per_households=PER,
                hours=self.hours,
                admin_share=self.admin_share,
                handles=KINDS,
                competence=self.district_competence,
            ),
            Council(
                name="office_meeting",
                area="subdistrict",
                seats=("neighbourhoods",),
                every=self.every,
                slots=self.slots,
                quorum=self.quorum,
                keeper="office" if self.heads else "",
                upkeep=self.agenda,
            ),
            Choice(
                name="take_over",
                level="subdistrict",
                power="take_over",
                kinds=FIRMS if self.heads else (),
                weeks=self.overdue,
                hours=self.taking,
            ),
        )
