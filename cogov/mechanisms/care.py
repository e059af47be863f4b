"""Who looks after whom by name: guardians of people at risk, and special care (守护与关爱)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism
from cogov.rules.conditions import When
from cogov.rules.kinds import KINDS, SERVICES, Boundary, Enquiry, Observation, Position, Rule
from cogov.rules.pools import UNPAID


@dataclass(frozen=True, kw_only=True)
class HealthGuard(Mechanism):
    """People at risk are on a list, and a neighbour calls each of them every week, in a surge every day.

    A call comes upon an emergency of somebody on the list; who is not on it gets none. The list is as good as
    the hours of the committee that keeps it.
    """

    name, zh, seed, family = "health_guard", "健康守护", "002", "services"
    zero = {"guardians": 0.0}
    words = {
        "002": "围绕疫情防控常态化中的社会动员工作，积极用好“专程报到、专项报告”“特派援”等机制，……开展好"
        "“楼组党建”“健康守护”“特殊关爱”三个专项行动，强化平急转换，共建互助闭环"
    }
    reading = (
        "The document gives the name. A list, a guardian for each few and weekly calls are interpretation,"
        " the daily calls are its switch from ordinary times to an emergency (surge_calls = 0: left out)."
        " That a list goes out of date over months is not told apart from hours missing today; residents have"
        " no mark of risk, so that the listed are a share of emergencies (listed), not persons."
    )
    why = (
        "Triage by known risk: emergencies befall few, who can be known beforehand; who is called is found"
        " sooner. Yinhang counts 8,818 disabled, 6.4 % of its residents (People's Daily Online 2022-02-28)."
    )

    guardians: float = param(
        170.0,
        low=0,
        high=5000,
        unit="heads",
        doc="guardians for 10,000 households: 3 % of the residents at risk, four for each",
        source="assumed: 1 to 8 % at risk; People's Daily Online 2022-02-28 (6.4 % disabled)",
        plausible=(57, 450),
    )
    each: float = param(
        4.0, low=1, high=100, unit="people", doc="people a guardian looks after", plausible=(2, 8)
    )
    calls: float = param(
        1.0, low=0, high=14, unit="1/week", doc="calls each of them gets", plausible=(0.5, 3)
    )
    surge_calls: float = param(
        6.0, low=0, high=14, unit="1/week", doc="more calls in a surge", plausible=(0, 7)
    )
    call_hours: float = param(
        0.3, low=0, high=4, unit="h", doc="hours of a call or a visit", plausible=(0.1, 0.5)
    )
    surge: float = param(
        2.0,
        low=1,
        high=100,
        doc="a surge is when emergencies noticed exceed so many times their mean",
        plausible=(1.5, 4),
    )
    listed: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of emergencies that befall people on the list",
        plausible=(0.1, 0.6),
    )
    speed: float = param(
        3.3,
        low=0,
        high=100,
        unit="buildings/h",
        doc="buildings they get through in an hour: a call in each",
        plausible=(1, 6),
    )
    kinds: tuple[str, ...] = param(("emergency",), choices=KINDS, doc="what they come upon")
    pools: tuple[str, ...] = param(
        ("members", "volunteers"), choices=UNPAID, doc="who they are, the first first"
    )
    willing: float = param(
        0.15,
        low=0,
        high=1,
        doc="share of the active among them who take it on",
        plausible=(0.05, 0.3),
    )
    list_hours: float = param(
        0.8,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to keep the list",
        source="assumed: 10 h a quarter",
        plausible=(0.4, 1.6),
    )

    def rules(self) -> tuple[Rule, ...]:
        surge = When(surge=self.surge)
        posts = (("guardian", self.calls, When()), ("guardian_daily", self.surge_calls, surge))
        return tuple(
            rule
            for name, calls, when in posts
            for rule in (
                Position(
                    name=name,
                    area="neighbourhood",
                    heads=self.guardians,
                    per_households=PER,
                    hours=calls * self.call_hours * self.each,
                    observe=1,
                    when=when,
                ),
                Boundary(name=name, post=name, pools=self.pools, willing=self.willing),
                Observation(
                    name=name,
                    post=name,
                    speed=self.speed,
                    share=self.listed,
                    kinds=self.kinds,
                    keeper="committee",
                    upkeep=self.list_hours,
                    when=when,
                ),
            )
        )


@dataclass(frozen=True, kw_only=True)
class SpecialCare(Mechanism):
    """Members and volunteers see to people in hardship, and in a surge fetch food and medicine for them.

    Whoever helps at somebody's door hears what else is needed there. Their hours are those they would have
    given elsewhere.
    """

    name, zh, seed, family = "special_care", "特殊关爱", "002", "services"
    zero = {"helpers": 0.0, "runners": 0.0}
    words = {
        "002": "开展好“楼组党建”“健康守护”“特殊关爱”三个专项行动，强化平急转换，共建互助闭环……"
        "结合“美好社区 先锋行动”的项目，……结合项目中的“关爱”主题，融合楼组党建、睦邻守望互助等元素，"
        "把党组织作用发挥与群众工作紧密结合起来，"
        "解决实际问题，提供实在服务，满足居民群众的需求"
    }
    reading = (
        "The document gives names and a theme. Who helps whom with what is interpretation: helpers in"
        " ordinary times (helpers = 0 leaves them out), runs for food and medicine in a surge (runners = 0)."
        " Mutual watch and help among neighbours is in every design and no mechanism's."
    )
    why = (
        "Need of people alone is often unknown need; whoever is at the door hears of it. Volunteers give to"
        " one thing what they do not give to another (Musick and Wilson 2008)."
    )

    helpers: float = param(
        40.0, low=0, high=5000, unit="heads", doc="helpers for 10,000 households", plausible=(10, 150)
    )
    helper_hours: float = param(
        1.5, low=0, high=40, unit="h/week", doc="hours each of them gives", plausible=(0.5, 3)
    )
    runners: float = param(
        100.0,
        low=0,
        high=5000,
        unit="heads",
        doc="people who run errands in a surge, for 10,000 households",
        plausible=(0, 400),
    )
    runner_hours: float = param(
        5.0, low=0, high=40, unit="h/week", doc="hours each of them gives then", plausible=(2, 10)
    )
    surge: float = param(
        2.0,
        low=1,
        high=100,
        doc="a surge is when emergencies noticed exceed so many times their mean",
        plausible=(1.5, 4),
    )
    care_services: tuple[str, ...] = param(
        ("elder_care", "health"), choices=SERVICES, doc="needs they serve, in equal parts"
    )
    pools: tuple[str, ...] = param(
        ("members", "volunteers"), choices=UNPAID, doc="who they are, the first first"
    )
    willing: float = param(
        0.1, low=0, high=1, doc="share of the active among them who take it on", plausible=(0.05, 0.3)
    )
    hears: float = param(
        1.0,
        low=0,
        high=100,
        unit="households/h",
        doc="households heard in an hour",
        plausible=(0.3, 2),
    )
    upkeep: float = param(
        0.02,
        low=0,
        high=10,
        unit="h/week",
        doc="committee hours for each of them",
        plausible=(0.01, 0.1),
    )

    def rules(self) -> tuple[Rule, ...]:
        surge = When(surge=self.surge)
        posts = (
            ("hardship_helper", self.helpers, self.helper_hours, When()),
            ("errand_runner", self.runners, self.runner_hours, surge),
        )
        return tuple(
            rule
            for name, heads, hours, when in posts
            for rule in (
                Position(
                    name=name,
                    area="neighbourhood",
                    heads=heads,
                    per_households=PER,
                    hours=hours,
                    care=1,
                    services=self.care_services,
                    keeper="committee",
                    upkeep=self.upkeep,
                    when=when,
                ),
                Boundary(name=name, post=name, pools=self.pools, willing=self.willing),
                Enquiry(
                    name=name,
                    post=name,
                    during="care",
                    speed=self.hears,
                    services=self.care_services,
                    when=when,
                ),
            )
        )
