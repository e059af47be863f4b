"""Joint-building units: what they offer, who sees it, and what it brings them (单位共建)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import (
    Mechanism,
    list_hours,
)
from cogov.rules.kinds import (
    PAIRINGS,
    SERVICES,
    Listing,
    Payoff,
    Rule,
)


@dataclass(frozen=True, kw_only=True)
class JointBuilding(Mechanism):
    """Units agree with a neighbourhood to serve it; the benefit goes one way.

    A neighbourhood asks, and a unit agrees as it is engaged; what nobody keeps up lapses.
    """

    name, zh, seed, family = "joint_building", "三联五共·结对共建", "004, 001, 000", "units"
    zero = {"share": 0.0}
    words = {
        "004": "三聯:聯合、聯動、聯創，五共:共識、共建、共治、共享、共榮……單位資源共享……社區民生服務“雙結對"
        "”……支部結對共建……"
        "推動街道黨工委與駐區單位大口黨委，居民區黨組織與所在地單位黨組織建立共建協議",
        "001": "上海音乐学院、华东医院等辖区外党建联建、团建联建单位,"
        "通过举办音乐会、医疗科普讲座等形式将优质资源带到社区",
        "000": "建立共驻共建机制",
    }
    reading = (
        "That a neighbourhood pairs with the units that stand in it is said (居民區……所在地單位); that it"
        " could ask those whose offer fits, or be dealt units in turn, is what pairing compares. Units from"
        " outside are of document 001: outside = False leaves them out. An agreement has no list of hours"
        " and no year, and lapses when nobody keeps it up. Agreements of the subdistrict with units' higher"
        " bodies (大口黨委) are not in it, nor poor relief and jobs; that the community serves units in"
        " return is two_way_service."
    )
    why = (
        "Relational contracts: an agreement holds as long as both keep meeting (Macaulay 1963; Baker,"
        " Gibbons and Murphy 2002, from memory)."
    )

    share: float = param(
        0.5, low=0, high=1, doc="share of a unit's offer that its partner knows of", plausible=(0.3, 0.7)
    )
    pairing: str = param(
        "place",
        choices=PAIRINGS,
        doc="which neighbourhood asks a unit: the one it stands in, the one that it fits, or each in turn",
        source="seed 004: units of the place",
    )
    outside: bool = param(True, doc="whether units from outside pair as well", source="seed 001")
    upkeep: float = list_hours(1.1)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Listing(
                name="pairing",
                area="neighbourhood",
                share=self.share,
                paired=True,
                pairing=self.pairing,
                outside=self.outside,
                keeper="committee",
                upkeep=self.upkeep,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class ResponsibilityDay(Mechanism):
    """Units take turns at a monthly day of service, open to the whole subdistrict.

    With a theme, part of their hours is given as hands where need is known to be largest, whatever they have.
    """

    name, zh, seed, family = "responsibility_day", "企事业单位社会责任日", "001", "units"
    zero = {"units": 0, "recognition": 0.0}
    words = {
        "001": "专门设立“企事业单位社会责任日”,通过党组织带动、党员带头,驻区单位、“两新”组织利用各自优势、"
        "结合社区需求,"
        "每月一次轮值开展主题公益活动"
    }
    reading = (
        "That being seen counts with a unit is an interpretation: recognition = 0 leaves it out. The words"
        " have both what units are good at (利用各自优势) and what is needed (结合社区需求): theme says how"
        " much of a unit's hours follows need, and is 0 by default, as before it was there. That members of"
        " the unit lead the hands of others is not in it."
    )
    why = (
        "Image motivation: what is given in public is given more (Ariely, Bracha and Meier 2009, American"
        " Economic Review 99:1, from memory)."
    )

    units: int = param(
        6, low=0, unit="units/month", doc="units on duty each month, in turn", plausible=(3, 12)
    )
    recognition: float = param(
        0.3,
        low=0,
        high=10,
        doc="weight of having given hours in public in a unit's decision",
        plausible=(0.1, 0.6),
    )
    theme: float = param(
        0.0,
        low=0,
        high=1,
        doc="share of a unit's hours that follows known need; at 1 it takes the upkeep twice, to find out",
        source="seed 001: 结合社区需求; how much assumed",
        plausible=(0.2, 0.7),
    )
    themes: tuple[str, ...] = param(
        ("elder_care", "culture", "environment"),
        choices=SERVICES,
        doc="needs that hands without a skill can serve",
    )
    upkeep: float = param(
        0.65,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours for every unit on duty in a month",
        plausible=(0.2, 4),
    )
    telling: float = param(
        0.1,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to tell of what a unit gave, at recognition 1",
        plausible=(0.02, 0.5),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Listing(
                name="responsibility_day",
                area="subdistrict",
                share=1 if self.units else 0,
                rota=self.units,
                theme=self.theme,
                themes=self.themes,
                keeper="office",
                upkeep=self.upkeep * (1 + self.theme),
            ),
            Payoff(
                name="seen_on_the_day",
                to="units",
                term="recognition",
                weight=self.recognition,
                keeper="office",
                upkeep=self.telling,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class UnitPartyBuilding(Mechanism):
    """Units organise within themselves: what they could offer stays unseen, rank keeps them apart."""

    name, zh, seed, family = "unit_party_building", "单位党建", "004", "units"
    standing = True
    zero = {"rank": 0.0, "effort": 0.0, "peers": 0.0, "share": 0.0}
    words = {
        "004": "單位制黨建資源分散、力量分化、建設模式封閉和活力不足……一些駐區單位屬地意識缺乏，習慣于單位"
        "條線管理，"
        "與居民區結對共建的積極性、主動性不高……一些駐區單位往往有著比所在轄區黨委更高的行政級別和社會影響力"
    }
    reading = (
        "That rank keeps units away is said (rank = 0 leaves it out), that service to others takes its"
        " price and that units look at each other is read into 積極性不高 (effort = 0, peers = 0). That"
        " something is known by acquaintance all the same is assumed (share = 0)."
    )
    why = (
        "Bodies of one rank cannot order each other (Lieberthal and Oksenberg 1988); organisations do what"
        " their peers do (DiMaggio and Powell 1983)."
    )

    rank: float = param(0.8, low=0, doc="weight of the rank gap in a unit's decision", plausible=(0.4, 1.4))
    effort: float = param(
        1.0, low=0, doc="weight of the hours given in a unit's decision", plausible=(0.5, 2)
    )
    peers: float = param(2.5, low=0, doc="weight of what other units do", plausible=(1.5, 3.5))
    share: float = param(
        0.1,
        low=0,
        high=1,
        doc="share of offers known to the neighbourhood by acquaintance",
        plausible=(0.05, 0.2),
    )
    upkeep: float = list_hours(0.5)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Payoff(name="rank_gap", to="units", term="rank", weight=self.rank),
            Payoff(name="own_effort", to="units", term="effort", weight=self.effort),
            Payoff(name="peers", to="units", term="peers", weight=self.peers),
            Listing(
                name="acquaintance",
                area="neighbourhood",
                share=self.share,
                keeper="committee",
                upkeep=self.upkeep,
            ),
        )
