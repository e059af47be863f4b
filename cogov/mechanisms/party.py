"""Party members and organisations as people who can be asked (党建)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.elementary import exp
from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism
from cogov.rules import Amend, When
from cogov.rules.kinds import KINDS, SERVICES, Boundary, Position, Rule
from cogov.rules.pools import POOLS, STAFF, VOLUNTEERS
from cogov.terms import QUARTER


def surge_threshold() -> Any:
    """The parameter of what is for emergencies that says when there is one."""
    return param(
        2.0,
        low=0.1,
        high=100,
        doc="noticed emergencies of a week, against their mean of 13, from which on there is a surge",
        plausible=(1.5, 4),
    )


ASKED = tuple(name for name in POOLS if name not in (STAFF, VOLUNTEERS))
"""Pools of people who can be asked."""


def pool_names(*default: str) -> Any:
    """The parameter that says who is asked."""
    return param(default, choices=ASKED, doc="who is asked, or called; none named: nobody")


@dataclass(frozen=True, kw_only=True)
class ReportIn(Mechanism):
    """In-service members report to the neighbourhood they live in and are asked to take part there.

    Document 001 has them take personal seats in the alliance of a block; that they are called up to serve
    is an interpretation of it, and wish and skill, by which duties are matched, are words of 002. So the
    default is a low call-up without matching; ``matched`` takes committee hours for each who serves.

    The words of 002 are four more parts, all of them 0 by default: other groups that are called upon
    (``wider``), a report-in of its own for an emergency (``special``), with a duty for those who come
    (``duty``), and asking again in the weeks after it, with a duty that fits (``again``).
    """

    name, zh, seed, family = "report_in", "双报到", "001, 002", "party"
    zero = {"asked": 0.0, "wider": 0.0, "special": 0.0, "duty": 0.0, "again": 0.0}
    words = {
        "001": "个人成员由街区内的报到党员、社区居民代表、街区顾问等构成",
        "002": "完善党员“到社区报到、在社区服务”机制,动员人大代表、政协委员、团青骨干、退役军人、新社会阶层"
        "等各类群体积极参与基层治理,协助居民区党组织做好社区疫情防控、矛盾化解、发动群众等工作……积极用好“专"
        "程报到、专项报告”“特派援”等机制……我在想如何把疫情中的在职党员、青年才干继续凝聚一起……结合社区各类党"
        "员的服务意愿及专业专长",
    }
    reading = (
        "That those who report in are called up to serve (asked = 0); which pools stand for the groups of 002"
        " (those employed nearby for the new strata); that a special report-in is a call and a duty in a"
        " surge (special, duty = 0); that they are kept by being asked again with a duty that fits (again ="
        " 0). Who served in the surge is not told from who volunteers otherwise."
    )
    why = (
        "Being asked in person is the strongest single predictor of volunteering (Independent Sector 2001);"
        " fit keeps volunteers (Clary, Snyder 1999, from memory)."
    )

    asked: float = param(
        0.1,
        low=0,
        high=1,
        unit="1/month",
        doc="share of in-service members called up a month; no document says how many",
        plausible=(0.03, 0.3),
    )
    matched: bool = param(False, doc="duties matched to skill and wishes (002)")
    upkeep: float = param(
        0.5,
        low=0,
        high=40,
        unit="h/week",
        doc="hours of each committee to keep the list",
        plausible=(0.25, 1),
    )
    wider: float = param(
        0.0,
        low=0,
        high=1,
        unit="1/month",
        doc="share of the other groups called upon a month",
        plausible=(0.03, 0.3),
    )
    groups: tuple[str, ...] = pool_names("deputies", "young", "veterans", "locally_employed")
    special: float = param(
        0.0,
        low=0,
        high=1,
        unit="1/month",
        doc="share of in-service members called up in a surge",
        plausible=(0.1, 0.6),
    )
    surge: float = surge_threshold()
    duty: float = param(
        0.0,
        low=0,
        unit="heads",
        doc="duties of a neighbourhood in a surge for those who come",
        plausible=(0.3, 3),
    )
    accept: float = param(
        0.5, low=0, high=1, doc="share of active in-service members who take one", plausible=(0.2, 0.8)
    )
    hours: float = param(2.0, low=0.1, high=40, unit="h/week", doc="hours of such a duty", plausible=(1, 4))
    handles: tuple[str, ...] = param(("emergency",), choices=KINDS, doc="cases that such a duty is about")
    small: float = param(
        4.0, low=0.1, high=1000, unit="h", doc="largest case that they take on", plausible=(2, 8)
    )
    competence: float = param(
        0.6, low=0, high=1, doc="chance that what they finish holds", plausible=(0.45, 0.75)
    )
    again: float = param(
        0.0,
        low=0,
        high=1,
        unit="1/month",
        doc="share asked again a month after a surge",
        plausible=(0.1, 0.6),
    )
    again_weeks: int = param(
        8, low=1, high=52, unit="weeks", doc="weeks after a surge in which they are", plausible=(4, 13)
    )

    def rules(self) -> tuple[Rule, ...]:
        members = ("in_service",)
        volunteering: dict[str, Any] = {"post": "volunteers", "keeper": "committee"}
        emergency = When(surge=self.surge)
        return (
            Boundary(
                name="report_in",
                pools=members,
                asked=self.asked,
                matched=self.matched,
                upkeep=self.upkeep,
                **volunteering,
            ),
            Boundary(
                name="wider_groups",
                pools=self.groups or ASKED,
                asked=self.wider if self.groups else 0,
                matched=self.matched,
                upkeep=self.upkeep,
                **volunteering,
            ),
            Boundary(
                name="special_report_in",
                pools=members,
                asked=self.special,
                when=emergency,
                **volunteering,
            ),
            Position(
                name="emergency_duty",
                heads=self.duty,
                hours=self.hours,
                small=self.small,
                handles=self.handles,
                competence=self.competence,
                when=emergency,
            ),
            Boundary(
                name="emergency_duty",
                post="emergency_duty",
                pools=members,
                willing=self.accept,
                when=emergency,
            ),
            Boundary(
                name="asked_again",
                pools=members,
                asked=self.again,
                matched=True,
                when=When(surge=self.surge, after=self.again_weeks),
                **volunteering,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class VanguardReserve(Mechanism):
    """Teams of members in reserve, trained in ordinary weeks and called when an emergency is noticed.

    Teams of the subdistrict, a reserve of the district, and specially sent helpers with a scarce skill each
    have a knob. A call fills the teams in the week after a surge was noticed; between surges they only train.
    """

    name, zh, seed, family = "vanguard_reserve", "平急转换、先锋突击队、特派援", "000, 002", "party"
    zero = {"teams": 0.0, "reserve": 0.0, "sent": 0.0}
    words = {
        "002": "积极用好“专程报到、专项报告”“特派援”等机制,整建制储备区、街道两级党员先锋突击队员……强化平急"
        "转换,共建互助闭环",
        "000": "持续保持疫情防控的“定力”",
    }
    reading = (
        "That teams are trained before they are called (training = 0: they come untrained). What is trained"
        " lapses where drill stops, at once. What units lose whose people are called is not counted, nor is"
        " where a specially sent helper is missing."
    )
    why = (
        "Spare capacity shortens the backlog of a surge; skill without refresher fades: 40 % performed well a"
        " year after training (Wilson 1983), with refreshers there was no decline (Christenson 2007)."
    )

    teams: float = param(3.0, low=0, high=100, doc="teams of a subdistrict", plausible=(0, 10))
    size: float = param(
        30.0,
        low=1,
        high=1000,
        unit="heads",
        doc="members of a team",
        source="facts: teams of 34 (news.cctv.com 2022-04-07)",
    )
    reserve: float = param(
        100.0, low=0, high=1000, unit="heads", doc="the district's own", plausible=(0, 300)
    )
    sent: float = param(
        2.0, low=0, high=1000, unit="heads", doc="helpers specially sent to a subdistrict", plausible=(1, 4)
    )
    pools: tuple[str, ...] = pool_names("in_service", "veterans")
    willing: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of the active in these pools who belong to a team",
        plausible=(0.1, 0.5),
    )
    hours: float = param(
        20.0, low=0.1, high=40, unit="h/week", doc="hours of each who is called", plausible=(10, 40)
    )
    training: float = param(
        4.0, low=0, high=100, unit="h/quarter", doc="hours that each trains", plausible=(2, 8)
    )
    raw: float = param(
        0.4,
        low=0,
        high=1,
        doc="chance that what the untrained finish holds",
        source="facts: 40 % performed well a year after training (Wilson and others 1983)",
    )
    trained: float = param(
        0.6,
        low=0,
        high=1,
        doc="share of their failures that all the training there is avoids",
        plausible=(0.4, 0.8),
    )
    enough: float = param(
        2.0,
        low=0.1,
        high=100,
        unit="h/quarter",
        doc="hours of training that give 1 - 1/e of that",
        plausible=(1, 4),
    )
    expert: float = param(
        0.85, low=0, high=1, doc="chance that what a sent helper finishes holds", plausible=(0.7, 0.95)
    )
    care: float = param(
        0.5, low=0, high=1, doc="share of a sent helper's hours for those in need", plausible=(0.3, 0.7)
    )
    group: float = param(3.0, low=1, high=1000, doc="people whom an hour of it serves", plausible=(1.5, 6))
    expert_services: tuple[str, ...] = param(("health",), choices=SERVICES, doc="what sent helpers are for")
    small: float = param(
        8.0, low=0.1, high=1000, unit="h", doc="largest case that they take on", plausible=(4, 16)
    )
    handles: tuple[str, ...] = param(("emergency",), choices=KINDS, doc="cases that they take on")
    surge: float = surge_threshold()

    def rules(self) -> tuple[Rule, ...]:
        emergency = When(surge=self.surge)
        called: dict[str, Any] = {
            "hours": self.hours,
            "handles": self.handles,
            "small": self.small,
            "when": emergency,
        }
        heads = {"vanguard_team": self.teams * self.size, "district_reserve": self.reserve}
        drilled = self.training / QUARTER
        avoided = self.trained * (1 - float(exp(-self.training / self.enough)))
        posts = [
            (name, area)
            for name, area in zip(heads, ("subdistrict", "district"), strict=True)
            if heads[name] and self.pools
        ]
        return (
            *(
                rule
                for name, area in posts
                for rule in (
                    Position(name=name, area=area, heads=heads[name], competence=self.raw, **called),
                    Boundary(name=name, post=name, pools=self.pools, willing=self.willing, when=emergency),
                    Position(name=f"{name}_drill", area=area, heads=heads[name], hours=drilled),
                    Boundary(
                        name=f"{name}_drill", post=f"{name}_drill", pools=self.pools, willing=self.willing
                    ),
                    Amend(
                        name=f"{name}_drill",
                        of=Position,
                        target=name,
                        field="competence",
                        by=avoided,
                        keeper=f"{name}_drill",
                        upkeep=heads[name] * drilled,
                    ),
                )
            ),
            Position(
                name="special_helper",
                area="subdistrict",
                heads=self.sent,
                competence=self.expert,
                care=self.care,
                group=self.group,
                services=self.expert_services if self.care else (),
                **called,
            ),
        )
