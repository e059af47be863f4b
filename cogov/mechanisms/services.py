"""Services brought to the doorstep, with what they cost (服务)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, own_purse, supplies
from cogov.rules.amend import Amend
from cogov.rules.conditions import When
from cogov.rules.kinds import BUDGET, SERVICES, Boundary, Enquiry, Position, Purse, Rule


@dataclass(frozen=True, kw_only=True)
class AgeingInPlace(Mechanism):
    """Care at home, day care, advisers, and canteens with their meal points.

    Each has its own knob. Carers and canteens are the two that a design has unless it says otherwise; staff
    of care homes outside their busy hours, day care and advisers are there as far as it asks for them.
    """

    name, zh, seed, family = "ageing_in_place", "原居安老支持计划", "001", "services"
    zero = {
        "carers": 0.0,
        "canteens": 0.0,
        "meal_points": 0.0,
        "lent": 0.0,
        "day_care": 0.0,
        "advisers": 0.0,
    }
    words = {
        "001": "居家养老是老人们的普遍愿望。……大力推行“原居安老支持计划”，通过将机构养老资源辐射至家庭、"
        "完善日托所等养老服务设施、推行养老顾问2.0模式、开设社区长者食堂等多重举措，"
        "推动居家养老服务多样化、专业化、精准化、智能化"
    }
    reading = (
        "How many of what is interpretation. Carers who are no staff of a care home (carers) no sentence"
        " names; staff whom homes lend (lent) one does. What the people in the homes lack meanwhile is not"
        " counted, and nobody pays a fee. Day care asks for rooms in money, not for a place that is built;"
        " that one must be able to walk there is the way across the subdistrict. An adviser finds out who"
        " needs what and gives no care; advice to families is not in it. A canteen is no place to meet."
        " Precision and devices belong to other mechanisms."
    )
    why = (
        "Unmet need is often unknown need: advisers without services and services without advisers do little,"
        " both together more. Shanghai plans for nine in ten at home; at the end of 2018 it had 641 day-care"
        " centres and 155 small care homes (report of 2020, syq.gov.cn mirror)."
    )

    carers: float = param(
        1.5, low=0, unit="heads", doc="care workers of a neighbourhood", plausible=(0.75, 3)
    )
    canteens: float = param(
        0.4,
        low=0,
        doc="canteens for 10,000 households: one or two a subdistrict, not one in every neighbourhood",
        source="assumed, from 400 planned in Shanghai by 2025 (syq.gov.cn mirror)",
        plausible=(0.2, 0.8),
    )
    meal_points: float = param(
        2.0,
        low=0,
        doc="meal points for 10,000 households, to which canteens deliver",
        source="assumed, from 2,000 planned in Shanghai by 2025 (syq.gov.cn mirror)",
        plausible=(1, 4),
    )
    cooks: float = param(4.0, low=0, unit="heads", doc="staff of a canteen", plausible=(2, 8))
    servers: float = param(0.5, low=0, unit="heads", doc="staff of a meal point", plausible=(0.25, 1))
    guests: float = param(5.0, low=1, doc="people each of them serves at a time", plausible=(3, 8))
    wage: float = param(35.0, low=0, high=1000, unit="yuan/h", doc="wage of all", plausible=(24, 52))
    hours: float = param(36.0, low=0, high=80, unit="h/week", doc="hours of a carer", plausible=(32, 40))
    admin_share: float = param(
        0.1, low=0, high=1, doc="share of a carer's hours lost to administration", plausible=(0.05, 0.2)
    )
    carer_services: tuple[str, ...] = param(
        ("elder_care", "elder_care", "elder_care", "health"),
        choices=SERVICES,
        doc="needs that carers serve, in equal parts",
    )
    canteen_hours: float = param(
        30.0, low=0, high=80, unit="h/week", doc="hours of a cook or server", plausible=(25, 40)
    )
    weeks_to_fill: int = param(
        26, low=0, high=520, unit="weeks", doc="weeks until staff are found and trained", plausible=(8, 52)
    )
    upkeep: float = param(
        0.67, low=0, high=40, unit="h/week", doc="committee hours for a carer", plausible=(0.34, 1.3)
    )
    lent: float = param(
        0.0,
        low=0,
        high=100,
        unit="heads",
        doc="staff of care homes, in full-time posts, who serve at home, for 10,000 households",
        source="assumed; a home of twelve staff in a subdistrict, 10 to 20 % of their hours",
        plausible=(0.1, 2),
    )
    lent_services: tuple[str, ...] = param(
        ("elder_care", "health"), choices=SERVICES, doc="needs that they serve, in equal parts"
    )
    day_care: float = param(
        0.0,
        low=0,
        high=100,
        unit="heads",
        doc="staff of day-care centres for 10,000 households",
        source="assumed; about three centres in a subdistrict (report of 2020, syq.gov.cn mirror)",
        plausible=(0.5, 9),
    )
    day_guests: float = param(6.0, low=1, doc="people each of them looks after", plausible=(4, 8))
    rooms: float = param(
        1500.0,
        low=0,
        high=1e6,
        unit="yuan/week",
        doc="what rooms of day care cost a subdistrict",
        plausible=(500, 5000),
    )
    advisers: float = param(
        0.0,
        low=0,
        high=100,
        unit="heads",
        doc="advisers of a neighbourhood, who find out what people need",
        plausible=(0.2, 1),
    )
    advised: float = param(
        0.6,
        low=0,
        high=100,
        unit="households/h",
        doc="households an adviser hears from in an hour: half an hour each, every second door opens",
        plausible=(0.3, 1.5),
    )
    meals: float = supplies(4.0)
    purse: float = own_purse(85.0)

    def rules(self) -> tuple[Rule, ...]:
        canteen_staff = self.canteens * self.cooks + self.meal_points * self.servers
        anybody = self.carers + canteen_staff + self.lent + self.day_care + self.advisers
        return (
            Purse(
                name="ageing_in_place",
                income=self.purse if anybody else 0,
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
            Position(
                name="lent_carer",
                area="subdistrict",
                heads=self.lent,
                per_households=PER,
                hours=self.hours,
                admin_share=self.admin_share,
                care=1,
                services=self.lent_services,
                wage=self.wage,
                purse="ageing_in_place",
            ),
            Position(
                name="day_care",
                area="subdistrict",
                heads=self.day_care,
                per_households=PER,
                hours=self.hours,
                care=1,
                group=self.day_guests,
                services=("elder_care",),
                wage=self.wage,
                supplies=self.meals,
                money=self.rooms,
                purse="ageing_in_place",
            ),
            Boundary(name="day_care", post="day_care", weeks_to_fill=self.weeks_to_fill),
            Position(
                name="care_adviser",
                area="neighbourhood",
                heads=self.advisers,
                hours=self.hours,
                admin_share=self.admin_share,
                observe=1,
                wage=self.wage,
                purse="ageing_in_place",
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Boundary(name="care_adviser", post="care_adviser", weeks_to_fill=self.weeks_to_fill),
            Enquiry(
                name="care_adviser", post="care_adviser", speed=self.advised, services=self.lent_services
            ),
        )


@dataclass(frozen=True, kw_only=True)
class NpoIncubation(Mechanism):
    """Social organisations are hosted, trained and shown at fairs until they serve on their own.

    Rooms of a base let them serve more people at a time; at the yearly fair they hear what is needed; what
    the subdistrict buys of them every year comes out of its budget, where other things want money too.
    """

    name, zh, seed, family = "npo_incubation", "社会组织培育", "001, 002, 004", "services"
    zero = {"workers": 0.0, "base": 0.0, "fair": 0.0, "bought": 0.0}
    words = {
        "001": "培育社会组织，发布“社会组织发展20条”、建成“五创-883”五里桥街道社会治理创新项目实践基地，"
        "每年通过公益伙伴日、需求对接会等形式为社会组织提供展示、交流、合作的平台，引导社会组织参与社区治理",
        "002": "积极联动区域高校和专业社会组织",
        "004": "培育和積極引進社會公益組織和公益項目，提供更為個性化和專業化的社區公共服務",
    }
    reading = (
        "That organisations live on grants (workers) is interpretation: the documents name rules, a base and"
        " fairs. Base, fair and purchases (base, fair, bought) are off unless asked for. Organisations are"
        " posts here and no agents: none dies when its money ends, they only go unpaid from that week on;"
        " gifts and fees they have none, and the twenty rules are not told apart."
    )
    why = (
        "Who lives on one buyer depends on it (Pfeffer and Salancik 1978). An organisation serves the need it"
        " knows of, so that a fair matters as far as need is unknown."
    )

    workers: float = param(
        4.0, low=0, unit="heads", doc="full-time workers for 10,000 households once grown", plausible=(2, 8)
    )
    wage: float = param(40.0, low=0, unit="yuan/h", doc="what an hour costs the budget", plausible=(28, 60))
    weeks: int = param(
        52, low=0, high=520, unit="weeks", doc="weeks until an organisation stands", plausible=(26, 104)
    )
    hours: float = param(36.0, low=0, high=80, unit="h/week", doc="hours of a worker", plausible=(32, 40))
    admin_share: float = param(
        0.25, low=0, high=1, doc="share of them lost to administration", plausible=(0.1, 0.4)
    )
    care: float = param(
        0.85, low=0, high=1, doc="share of them given to service needs", plausible=(0.7, 0.85)
    )
    host: float = param(
        0.15, low=0, high=1, doc="share of them spent hosting activities", plausible=(0.05, 0.15)
    )
    group: float = param(2.0, low=1, high=1000, doc="people a worker serves at a time", plausible=(1.3, 4))
    services: tuple[str, ...] = param(
        ("culture", "advice", "environment", "elder_care", "child_care"),
        choices=SERVICES,
        doc="needs that organisations serve, in equal parts",
    )
    upkeep: float = param(
        0.5, low=0, high=40, unit="h/week", doc="office hours to host and train a worker", plausible=(0.25, 1)
    )
    material: float = supplies(2.0)
    base: float = param(
        0.0,
        low=0,
        high=9,
        doc="more people served at a time where organisations have rooms of the base; 1: twice as many",
        plausible=(0.2, 1.5),
    )
    base_rent: float = param(
        1000.0, low=0, high=1e6, unit="yuan/week", doc="what those rooms cost", plausible=(500, 5000)
    )
    fair: float = param(
        0.0,
        low=0,
        high=1000,
        unit="households/h",
        doc="households heard in an hour that workers host at the fair; 0: there is none",
        plausible=(0.5, 20),
    )
    fair_weeks: int = param(1, low=1, high=13, unit="weeks", doc="weeks a fair takes", plausible=(1, 2))
    fair_every: int = param(52, low=14, high=520, unit="weeks", doc="weeks between fairs", source="seed 001")
    fair_hours: float = param(
        20.0,
        low=0,
        high=400,
        unit="h/week",
        doc="office hours of a week of the fair",
        plausible=(10, 80),
    )
    bought: float = param(
        0.0,
        low=0,
        high=100,
        unit="heads",
        doc="workers for 10,000 households whose services the subdistrict buys out of its budget",
        plausible=(1, 6),
    )
    purse: float = own_purse(32.0)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Purse(
                name="npo_incubation",
                income=self.purse if self.workers else 0,
                pays=("wages", "rules"),
                keeps=False,
            ),
            self._workers("npo", self.workers, "npo_incubation"),
            Boundary(name="npo", post="npo", weeks_to_fill=self.weeks),
            Amend(
                name="npo_base",
                of=Position,
                target="npo",
                field="group",
                by=1 + self.base,
                money=self.base_rent,
                purse="npo_incubation",
            ),
            Enquiry(
                name="npo_fair",
                post="npo",
                during="hosting",
                speed=self.fair,
                services=self.services,
                keeper="office",
                upkeep=self.fair_hours,
                when=When(length=self.fair_weeks, every=self.fair_every),
            ),
            self._workers("npo_contract", self.bought, BUDGET),
            Boundary(name="npo_contract", post="npo_contract", weeks_to_fill=self.weeks),
        )

    def _workers(self, name: str, heads: float, purse: str) -> Position:
        return Position(
            name=name,
            area="subdistrict",
            heads=heads,
            per_households=PER,
            hours=self.hours,
            admin_share=self.admin_share,
            care=self.care,
            host=self.host,
            group=self.group,
            services=self.services,
            wage=self.wage,
            supplies=self.material,
            purse=purse,
            keeper="office",
            upkeep=self.upkeep,
        )
