"""Children, while their parents work (托育与儿童服务)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, own_purse, supplies
from cogov.rules.kinds import SERVICES, Boundary, Position, Purse, Rule
from cogov.rules.pools import UNPAID


@dataclass(frozen=True, kw_only=True)
class AfterSchoolCare(Mechanism):
    """Children are looked after between school and their parents' return."""

    name, zh, seed, family = "after_school_care", "爱心晚托班", "001", "services"
    zero = {"minders": 0.0}
    words = {
        "001": "街道双职工家庭多、二孩家庭多，……小学生放学后托管难等问题普遍存在。……"
        "开设“社区1+1”爱心晚托班、“330公益晚托班”，为社区儿童提供优质服务"
    }
    reading = (
        "Who minds, for how long and for what pay is interpretation; that parents pay a fee is not in it."
        " Need is of all children under twelve: their age and whether both parents work is not told apart."
    )
    why = "What children need of care is shared by the adults of their household, whom it frees."

    minders: float = param(2.0, low=0, unit="heads", doc="minders of a neighbourhood", plausible=(1, 4))
    hours: float = param(15.0, low=0, high=40, unit="h/week", doc="hours of each", plausible=(10, 20))
    children: float = param(8.0, low=1, doc="children a minder looks after at a time", plausible=(5, 12))
    wage: float = param(40.0, low=0, high=1000, unit="yuan/h", doc="wage of a minder", plausible=(28, 60))
    weeks_to_fill: int = param(
        13, low=0, high=520, unit="weeks", doc="weeks until minders are found", plausible=(4, 26)
    )
    upkeep: float = param(
        0.25, low=0, high=40, unit="h/week", doc="committee hours for a minder", plausible=(0.12, 0.5)
    )
    material: float = supplies(1.0)
    purse: float = own_purse(48.0)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Purse(
                name="after_school_care",
                income=self.purse if self.minders else 0,
                pays=("wages", "rules"),
                keeps=False,
            ),
            Position(
                name="minder",
                area="neighbourhood",
                heads=self.minders,
                hours=self.hours,
                care=1,
                group=self.children,
                services=("child_care",),
                wage=self.wage,
                supplies=self.material,
                purse="after_school_care",
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Boundary(name="minder", post="minder", weeks_to_fill=self.weeks_to_fill),
        )


@dataclass(frozen=True, kw_only=True)
class ChildServices(Mechanism):
    """A nursery for the youngest, a children's centre, and homes of neighbours open to children.

    The nursery and the centre are staffed and serve the whole subdistrict; the homes are near by and live on
    what neighbours have time for.
    """

    name, zh, seed, family = "child_services", "社区托育园、儿童服务中心和家中心", "001", "services"
    zero = {"nursery": 0.0, "centre": 0.0, "homes": 0.0}
    words = {
        "001": "学龄前儿童照顾难或小学生放学后托管难等问题普遍存在。街道党工委通过积极盘活资源，"
        "在建成全市首批社区托育园的基础上，推进儿童服务中心和家中心建设"
    }
    reading = (
        "The document gives three names. Who works there is interpretation (nursery, centre, homes, each 0"
        " leaves it out); that a home is one of neighbours open to children (家中心) is the least certain."
        " Need is of all children under twelve: ages and working parents are not told apart, nobody pays a"
        " fee, and rooms that stand are used (盘活资源)."
    )
    why = (
        "What children need of care is shared by the adults of their household, whom it frees; care near by"
        " loses nothing on the way."
    )

    nursery: float = param(
        2.5,
        low=0,
        high=100,
        unit="heads",
        doc="carers of nurseries for 10,000 households: 20 to 50 places in a subdistrict, one for five",
        plausible=(1, 6),
    )
    toddlers: float = param(5.0, low=1, doc="children a carer looks after at a time", plausible=(3, 7))
    centre: float = param(
        1.0,
        low=0,
        high=100,
        unit="heads",
        doc="staff of the centre for 10,000 households",
        plausible=(0.5, 3),
    )
    centre_children: float = param(
        10.0, low=1, doc="children each of them is with at a time", plausible=(6, 20)
    )
    centre_services: tuple[str, ...] = param(
        ("child_care", "culture"), choices=SERVICES, doc="needs the centre serves, in equal parts"
    )
    hours: float = param(36.0, low=0, high=80, unit="h/week", doc="hours of all staff", plausible=(32, 40))
    admin_share: float = param(
        0.1, low=0, high=1, doc="share of them lost to administration", plausible=(0.05, 0.2)
    )
    wage: float = param(40.0, low=0, high=1000, unit="yuan/h", doc="wage of all staff", plausible=(28, 60))
    weeks_to_fill: int = param(
        26, low=0, high=520, unit="weeks", doc="weeks until they are found", plausible=(8, 52)
    )
    homes: float = param(
        2.0, low=0, high=100, unit="heads", doc="neighbours with an open home", plausible=(0, 5)
    )
    home_hours: float = param(
        3.0, low=0, high=40, unit="h/week", doc="hours each of them gives", plausible=(1, 6)
    )
    home_children: float = param(3.0, low=1, doc="children at a time there", plausible=(2, 5))
    pools: tuple[str, ...] = param(
        ("retired", "volunteers"), choices=UNPAID, doc="who they are, the first first"
    )
    willing: float = param(
        0.05, low=0, high=1, doc="share of the active among them who do it", plausible=(0.01, 0.2)
    )
    upkeep: float = param(
        0.25,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours for an open home",
        plausible=(0.1, 1),
    )
    material: float = supplies(1.5)
    purse: float = own_purse(46.0)

    def rules(self) -> tuple[Rule, ...]:
        def staffed(name: str, heads: float, group: float, services: tuple[str, ...]) -> Position:
            return Position(
                name=name,
                area="subdistrict",
                heads=heads,
                per_households=PER,
                hours=self.hours,
                admin_share=self.admin_share,
                care=1,
                group=group,
                services=services,
                wage=self.wage,
                supplies=self.material,
                purse="child_services",
            )

        return (
            Purse(
                name="child_services",
                income=self.purse if self.nursery or self.centre else 0,
                pays=("wages", "rules"),
                keeps=False,
            ),
            staffed("nursery", self.nursery, self.toddlers, ("child_care",)),
            Boundary(name="nursery", post="nursery", weeks_to_fill=self.weeks_to_fill),
            staffed("children_centre", self.centre, self.centre_children, self.centre_services),
            Boundary(name="children_centre", post="children_centre", weeks_to_fill=self.weeks_to_fill),
            Position(
                name="open_home",
                area="neighbourhood",
                heads=self.homes,
                hours=self.home_hours,
                care=1,
                group=self.home_children,
                services=("child_care",),
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Boundary(name="open_home", post="open_home", pools=self.pools, willing=self.willing),
        )
