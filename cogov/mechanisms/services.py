"""Services brought to the doorstep, with what they cost (服务)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, own_purse, supplies
from cogov.rules.kinds import SERVICES, Boundary, Position, Purse, Rule


@dataclass(frozen=True, kw_only=True)
class AgeingInPlace(Mechanism):
    """Carers at home, and canteens with their meal points for several neighbourhoods together.

    Of the five services that the document names these are two. Day care, advisers (who find out what people
    need) and the staff of care homes are not in it.
    """

    name, zh, seed, family = "ageing_in_place", "原居安老支持计划", "001", "services"
    zero = {"carers": 0.0, "canteens": 0.0, "meal_points": 0.0}

    carers: float = param(1.5, low=0, unit="heads", doc="care workers of a neighbourhood")
    canteens: float = param(
        0.4,
        low=0,
        doc="canteens for 10,000 households: one or two a subdistrict, not one in every neighbourhood",
        source="assumed, from 400 planned in Shanghai by 2025 (syq.gov.cn mirror)",
    )
    meal_points: float = param(
        2.0,
        low=0,
        doc="meal points for 10,000 households, to which canteens deliver",
        source="assumed, from 2,000 planned in Shanghai by 2025 (syq.gov.cn mirror)",
    )
    cooks: float = param(4.0, low=0, unit="heads", doc="staff of a canteen")
    servers: float = param(0.5, low=0, unit="heads", doc="staff of a meal point")
    guests: float = param(5.0, low=1, doc="people each of them serves at a time")
    wage: float = param(35.0, low=0, high=1000, unit="yuan/h", doc="wage of all")
    hours: float = param(36.0, low=0, high=80, unit="h/week", doc="hours of a carer")
    admin_share: float = param(0.1, low=0, high=1, doc="share of a carer's hours lost to administration")
    carer_services: tuple[str, ...] = param(
        ("elder_care", "elder_care", "elder_care", "health"),
        choices=SERVICES,
        doc="needs that carers serve, in equal parts",
    )
    canteen_hours: float = param(30.0, low=0, high=80, unit="h/week", doc="hours of a cook or server")
    weeks_to_fill: int = param(
        26, low=0, high=520, unit="weeks", doc="weeks until staff are found and trained"
    )
    upkeep: float = param(0.67, low=0, high=40, unit="h/week", doc="committee hours for a carer")
    meals: float = supplies(4.0)
    purse: float = own_purse(85.0)

    def rules(self) -> tuple[Rule, ...]:
        canteen_staff = self.canteens * self.cooks + self.meal_points * self.servers
        return (
            Purse(
                name="ageing_in_place",
                income=self.purse if self.carers or canteen_staff else 0,
                pays=("wages", "rules"),
                keeps=False,
            ),
            Position(
                name="carer",
                area="neighbourhood",
                heads=self.carers,
                hours=self.hours,
                admin_share=self.admin_share,
                care=1,
                services=self.carer_services,
                wage=self.wage,
                purse="ageing_in_place",
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Boundary(name="carer", post="carer", weeks_to_fill=self.weeks_to_fill),
            Position(
                name="canteen",
                area="subdistrict",
                heads=canteen_staff,
                per_households=PER,
                hours=self.canteen_hours,
                care=1,
                group=self.guests,
                services=("elder_care",),
                wage=self.wage,
                supplies=self.meals,
                purse="ageing_in_place",
            ),
            Boundary(name="canteen", post="canteen", weeks_to_fill=self.weeks_to_fill),
        )


@dataclass(frozen=True, kw_only=True)
class AfterSchoolCare(Mechanism):
    """Children are looked after between school and their parents' return."""

    name, zh, seed, family = "after_school_care", "爱心晚托班", "001", "services"
    zero = {"minders": 0.0}

    minders: float = param(2.0, low=0, unit="heads", doc="minders of a neighbourhood")
    hours: float = param(15.0, low=0, high=40, unit="h/week", doc="hours of each")
    children: float = param(8.0, low=1, doc="children a minder looks after at a time")
    wage: float = param(40.0, low=0, high=1000, unit="yuan/h", doc="wage of a minder")
    weeks_to_fill: int = param(13, low=0, high=520, unit="weeks", doc="weeks until minders are found")
    upkeep: float = param(0.25, low=0, high=40, unit="h/week", doc="committee hours for a minder")
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
class NpoIncubation(Mechanism):
    """Social organisations are hosted, trained and shown at fairs until they serve on their own."""

    name, zh, seed, family = "npo_incubation", "社会组织培育", "001", "services"
    zero = {"workers": 0.0}

    workers: float = param(4.0, low=0, unit="heads", doc="full-time workers for 10,000 households once grown")
    wage: float = param(40.0, low=0, unit="yuan/h", doc="what an hour costs the budget")
    weeks: int = param(52, low=0, high=520, unit="weeks", doc="weeks until an organisation stands")
    hours: float = param(36.0, low=0, high=80, unit="h/week", doc="hours of a worker")
    admin_share: float = param(0.25, low=0, high=1, doc="share of them lost to administration")
    care: float = param(0.85, low=0, high=1, doc="share of them given to service needs")
    host: float = param(0.15, low=0, high=1, doc="share of them spent hosting activities")
    group: float = param(2.0, low=1, high=1000, doc="people a worker serves at a time")
    services: tuple[str, ...] = param(
        ("culture", "advice", "environment", "elder_care", "child_care"),
        choices=SERVICES,
        doc="needs that organisations serve, in equal parts",
    )
    upkeep: float = param(0.5, low=0, high=40, unit="h/week", doc="office hours to host and train a worker")
    material: float = supplies(2.0)
    purse: float = own_purse(32.0)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Purse(
                name="npo_incubation",
                income=self.purse if self.workers else 0,
                pays=("wages", "rules"),
                keeps=False,
            ),
            Position(
                name="npo",
                area="subdistrict",
                heads=self.workers,
                per_households=PER,
                hours=self.hours,
                admin_share=self.admin_share,
                care=self.care,
                host=self.host,
                group=self.group,
                services=self.services,
                wage=self.wage,
                supplies=self.material,
                purse="npo_incubation",
                keeper="office",
                upkeep=self.upkeep,
            ),
            Boundary(name="npo", post="npo", weeks_to_fill=self.weeks),
        )
