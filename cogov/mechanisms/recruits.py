"""Where the next secretaries come from, what they bring, and how they are trained (雁阵工程)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, own_purse
from cogov.rules import Amend
from cogov.rules.kinds import Purse, Recruitment, Rule, Visit
from cogov.terms import Capability

DOMAINS = Capability.labels()


def brought(low: float, high: float, more: float, domains: Sequence[str]) -> dict[str, Any]:
    """Least and most that those of a channel bring, and ``more`` of both in some domains."""
    return {
        name: tuple(min(level + more * (domain in domains), 1.0) for domain in DOMAINS)
        for name, level in (("lowest", low), ("highest", high))
    }


@dataclass(frozen=True, kw_only=True)
class SecretaryPipeline(Mechanism):
    """The next secretaries come by channels of their own, are trained by three plans, and have a career.

    Four ways (四选) bring five kinds (五雁): kept on, sent by offices, veterans, sent by a large firm, and
    from the own reserve. What each brings by its background, and how long it stays, is said here; the plans
    teach by visits: a veteran's guidance (引航), other domains (破壁), practice with the best (筑巢).
    """

    name, zh, seed, family = "secretary_pipeline", "书记“雁阵工程”", "002", "party"
    zero = {
        "kept": 0.0, "sent": 0.0, "soldiers": 0.0, "firms": 0.0, "reserve": 0.0,
        "guidance": 0.0, "breadth": 0.0, "practice": 0.0, "career": 1.0,
    }  # fmt: skip
    words = {
        "002": "以开展居民区党组织书记队伍建设“雁阵工程”为重点,打造形成“名雁领航、优雁高飞、新雁展翅”的居民区"
        "党组织书记“雁阵”梯队……着力用好基层选拔、社会选优、组织选派、退休选聘等“四选”渠道,抓好“老书记(优秀继"
        "续留任)、派书记(机关事业下派)、兵书记(退役军人中遴选)、宝书记(宝武集团选派)、新书记(基层储备培养)”等"
        "“五雁”齐飞……重点围绕带教提升“引航计划”、综合提升“破壁计划”、实战提升“筑巢计划”……积极抓好共情、引领、"
        "专业、协商等居民区党组织书记队伍的能力建设……持续拓展职业发展空间,加大关心关爱力度"
    }
    reading = (
        "What each kind brings (more = 0: all bring the same) and how long it stays (leaves 1: as long as"
        " others). That guidance, breadth and practice are visits to the longest in office, to all in turn,"
        " and to those with the best record (each plan's hours 0). That a career keeps those who came by"
        " these channels longer (career = 1). Tiers have no titles; the first teach where they are visited."
        " Elections of the two committees and what a body loses that sends somebody are not in it."
    )
    why = (
        "Human capital by origin, and pay and prospects that attract and keep, or take the good away upward"
        " (Dal Bó, Finan, Rossi 2013, from memory)."
    )

    kept: float = param(
        0.3,
        low=0,
        high=1,
        doc="weight of those kept on or rehired (老)",
        plausible=(0.15, 0.5),
    )
    sent: float = param(
        0.1,
        low=0,
        high=1,
        doc="weight of those sent by offices (派)",
        plausible=(0.05, 0.2),
    )
    soldiers: float = param(
        0.05,
        low=0,
        high=1,
        doc="weight of veterans of the army (兵)",
        plausible=(0.02, 0.1),
    )
    firms: float = param(
        0.05,
        low=0,
        high=1,
        doc="weight of those sent by a large firm (宝)",
        plausible=(0.02, 0.1),
    )
    reserve: float = param(0.5, low=0, high=1, doc="weight of the own reserve (新)", plausible=(0.3, 0.7))
    least: float = param(
        0.2, low=0, high=1, doc="least that anybody new brings, as by open selection", plausible=(0.1, 0.3)
    )
    spread: float = param(
        0.4, low=0, high=1, doc="how much more the ablest of the new bring", plausible=(0.2, 0.6)
    )
    more: float = param(
        0.2, low=0, high=1, doc="what a background adds to both in its domains", plausible=(0, 0.4)
    )
    kept_domains: tuple[str, ...] = param(DOMAINS, choices=DOMAINS, doc="what the experienced bring")
    sent_domains: tuple[str, ...] = param(
        ("professional",), choices=DOMAINS, doc="what people of offices bring"
    )
    soldier_domains: tuple[str, ...] = param(("leadership",), choices=DOMAINS, doc="what soldiers bring")
    firm_domains: tuple[str, ...] = param(
        ("professional",), choices=DOMAINS, doc="what people of firms bring"
    )
    reserve_domains: tuple[str, ...] = param(("empathy",), choices=DOMAINS, doc="what people from here bring")
    retiring: float = param(
        2.0, low=0, high=10, doc="chance that one kept on goes, against the usual", plausible=(1.3, 3)
    )
    lent: float = param(
        1.5, low=0, high=10, doc="the same for those whom others sent, and call back", plausible=(1, 2.5)
    )
    rooted: float = param(
        0.7, low=0, high=10, doc="the same for those from the own reserve", plausible=(0.4, 1)
    )
    selecting: float = param(
        0.2,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours for each neighbourhood to find and prepare those of all channels at weight 1",
        plausible=(0.1, 0.4),
    )
    career: float = param(
        0.7,
        low=0,
        high=1,
        doc="chance that they go, with a career and care, against without",
        plausible=(0.5, 1),
    )
    pay: float = param(
        150.0,
        low=0,
        high=10_000,
        unit="yuan/week",
        doc="what it costs for each neighbourhood to keep all who would go",
        plausible=(50, 500),
    )
    purse: float = own_purse(3.0)
    guidance: float = param(
        12.0, low=0, high=100, unit="h", doc="hours of guidance a quarter by a veteran", plausible=(6, 24)
    )
    breadth: float = param(
        6.0,
        low=0,
        high=100,
        unit="h",
        doc="hours a quarter with a colleague on other domains",
        plausible=(3, 12),
    )
    broader: tuple[str, ...] = param(
        ("professional", "deliberation"), choices=DOMAINS, doc="domains that the plan for breadth is about"
    )
    practice: float = param(
        10.0, low=0, high=100, unit="h", doc="hours of each time at work with the best", plausible=(5, 20)
    )
    guided: int = param(
        13,
        low=1,
        high=520,
        unit="weeks",
        doc="weeks between times of guidance and breadth",
        plausible=(8, 26),
    )
    practice_every: int = param(
        26, low=1, high=520, unit="weeks", doc="weeks between times of practice", plausible=(13, 52)
    )
    teach: float = param(
        0.06,
        low=0,
        high=1,
        doc="share of the gap to a well-known host that each such time closes",
        plausible=(0.01, 0.15),
    )

    def channels(self) -> tuple[tuple[str, float, tuple[str, ...], float], ...]:
        """Name, weight, domains and chance to go of each of the five kinds."""
        return (
            ("kept_on", self.kept, self.kept_domains, self.retiring),
            ("sent_by_offices", self.sent, self.sent_domains, self.lent),
            ("army_veterans", self.soldiers, self.soldier_domains, 1),
            ("sent_by_a_firm", self.firms, self.firm_domains, self.lent),
            ("own_reserve", self.reserve, self.reserve_domains, self.rooted),
        )

    def rules(self) -> tuple[Rule, ...]:
        found = self.channels()
        stays = 1 - self.career
        return (
            *(
                Recruitment(
                    name=name,
                    share=share,
                    leaves=leaves,
                    keeper="office",
                    upkeep=self.selecting * share,
                    **brought(self.least, self.least + self.spread, self.more, domains),
                )
                for name, share, domains, leaves in found
            ),
            Purse(name="secretary_pipeline", income=self.purse if stays else 0, pays=("rules",), keeps=False),
            *(
                Amend(
                    name=f"career_of_{name}",
                    of=Recruitment,
                    target=name,
                    field="leaves",
                    by=self.career,
                    money=self.pay * stays * share,
                    purse="secretary_pipeline",
                )
                for name, share, _, _ in found
            ),
            Visit(
                name="guidance_plan",
                to="veterans",
                every=self.guided,
                hours=self.guidance,
                host_hours=self.guidance,
                adopt=0,
                teach=self.teach,
            ),
            Visit(
                name="breadth_plan",
                to="turn",
                every=self.guided,
                hours=self.breadth,
                host_hours=self.breadth,
                adopt=0,
                teach=self.teach,
                domains=self.broader,
            ),
            Visit(
                name="practice_plan",
                to="best",
                every=self.practice_every,
                hours=self.practice,
                host_hours=self.practice,
                adopt=0,
                teach=self.teach,
            ),
        )
