"""Property firms: how they learn from each other, and who ranks them (物业)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, own_purse
from cogov.rules.conditions import When
from cogov.rules.kinds import (
    KINDS,
    Appraisal,
    Exchange,
    Move,
    Payoff,
    Position,
    Priority,
    Purse,
    Rule,
)


@dataclass(frozen=True, kw_only=True)
class RedPropertyAlliance(Mechanism):
    """Property firms with a party base meet, see how the others work, and compare where they stand.

    Further parts, each off by default: others join after some weeks; firms lend people to a pool of
    specialists for repairs (优势互补); in a surge all firms pay overtime, so that posts stay manned
    (满岗上班).
    """

    name, zh, seed, family = "red_property_alliance", "红色物业联盟", "001, 002", "property"
    zero = {"hours": 0.0, "learning": 0.0, "reputation": 0.0, "lend": 0.0, "standby": 0.0}
    words = {
        "001": "针对居民普遍反映的物业服务问题,成立红色物业联盟,将有一定党建工作基础的永理、上实、中海、"
        "爱仁等4家物业服务企业纳入首批成员,整合区域物业服务资源,形成经验共享、优势互补的物业工作平台……"
        "红色物业联盟向全体物业服务企业、业主及各界人士发出倡议……春节以来辖区各物业公司满岗上班,日均上岗"
        "人员达989名",
        "002": "推进红色物业创建",
    }
    reading = (
        "That what is seen makes quality cheaper is a reading of sharing experience (learning = 0), that"
        " firms mind standing behind one of platform (reputation = 0), that they lend people one of"
        " complementing each other (lend = 0). Full manning followed an appeal to all firms; that overtime is"
        " paid for it by somebody is a reading (standby = 0): no sentence says who paid. The surge is read"
        " from noticed emergencies and ends with them. Firms lend and stand by alike, members or not."
    )
    why = (
        "Firms in monthly meetings raised revenue by 8 % (Cai and Szeidl 2018); plants that were shown better"
        " practice raised productivity by 17 % (Bloom and others 2013)."
    )

    hours: float = param(
        3.0, low=0, high=40, unit="h", doc="hours of each member's manager for a meeting", plausible=(2, 5)
    )
    every: int = param(4, low=1, high=52, unit="weeks", doc="weeks between meetings", plausible=(2, 8))
    rivals: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of what it knows that a member shows one that serves the same place",
        plausible=(0.1, 0.6),
    )
    learning: float = param(
        0.04,
        low=0,
        high=1,
        doc="share of the gap in the cost of quality to the best seen that closes a quarter",
        source="assumed: 0.15 a year; Cai and Szeidl (2018), firms that met monthly",
        plausible=(0.02, 0.08),
    )
    reputation: float = param(
        0.1,
        low=0,
        high=10,
        doc="weight of standing behind the best seen in a firm's decision",
        plausible=(0.03, 0.3),
    )
    upkeep: float = param(
        0.5,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to prepare a monthly meeting, for every firm there is",
        plausible=(0.2, 2),
    )
    coaching: float = param(
        5.0,
        low=0,
        high=400,
        unit="h/week",
        doc="office hours to help a firm with what it saw, at learning 1",
        plausible=(1, 20),
    )
    comparing: float = param(
        1.5,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to compare where a firm stands, at reputation 1",
        plausible=(0.5, 6),
    )
    joining: int = param(
        0,
        low=0,
        high=520,
        unit="weeks",
        doc="weeks after which all firms are members; 0: never",
        plausible=(52, 208),
    )
    lend: float = param(
        0.0,
        low=0,
        high=1,
        doc="share of firms' hours lent to the pool of specialists",
        plausible=(0.02, 0.1),
    )
    lend_loss: float = param(
        0.1, low=0, high=1, doc="share of what is lent that is lost on the way", plausible=(0.05, 0.2)
    )
    lent_kinds: tuple[str, ...] = param(("repair",), choices=KINDS, doc="what the specialists work on")
    lent_small: float = param(
        16.0, low=0.1, high=1000, unit="h", doc="largest case that they take on", plausible=(8, 32)
    )
    specialists: float = param(
        0.8,
        low=0,
        high=1,
        doc="competence of the pool: electricians, lift mechanics, pest control",
        plausible=(0.65, 0.9),
    )
    standby: float = param(
        0.0,
        low=0,
        high=1000,
        unit="heads",
        doc="people for 10,000 households whose worth firms work overtime in a surge",
        source="assumed: a quarter of those at the posts, as many as an epidemic keeps at home (12; 5 to 30)",
        plausible=(5, 30),
    )
    standby_hours: float = param(
        40.0, low=0, high=80, unit="h/week", doc="hours of one of them", plausible=(36, 48)
    )
    overtime: float = param(
        60.0,
        low=0,
        high=1000,
        unit="yuan/h",
        doc="paid for an hour of overtime",
        source="assumed: twice the wage of a firm's people (1.5 to 2 times)",
        plausible=(45, 70),
    )
    surge: float = param(
        2.0,
        low=1,
        high=100,
        doc="a surge is more emergencies noticed than so many times the mean",
        plausible=(1.5, 4),
    )
    calling: float = param(
        0.1,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to call up one of them",
        plausible=(0.05, 0.2),
    )
    purse: float = own_purse(150.0)

    def rules(self) -> tuple[Rule, ...]:
        in_surge = When(surge=self.surge)
        return (
            Exchange(
                name="alliance",
                hours=self.hours,
                every=self.every,
                rivals=self.rivals,
                keeper="office",
                upkeep=self.upkeep,
                when=When(length=self.joining),
            ),
            Exchange(
                name="alliance_joined",
                members="all",
                hours=self.hours if self.joining else 0,
                every=self.every,
                rivals=self.rivals,
                keeper="office",
                upkeep=self.upkeep,
                when=When(start=self.joining),
            ),
            Payoff(
                name="alliance_learning",
                to="firms",
                term="learning",
                weight=self.learning,
                keeper="office",
                upkeep=self.coaching,
            ),
            Payoff(
                name="alliance_standing",
                to="firms",
                term="reputation",
                weight=self.reputation,
                keeper="office",
                upkeep=self.comparing,
            ),
            Position(
                name="specialists",
                area="subdistrict",
                handles=self.lent_kinds,
                small=self.lent_small,
                competence=self.specialists,
            ),
            Move(name="specialists", out_of="firm", into="specialists", share=self.lend, loss=self.lend_loss),
            Purse(
                name="alliance_pledge",
                income=self.purse if self.standby else 0,
                pays=("wages",),
                keeps=False,
            ),
            Position(
                name="alliance_standby",
                area="subdistrict",
                heads=self.standby,
                per_households=PER,
                hours=self.standby_hours,
                wage=self.overtime,
                purse="alliance_pledge",
                keeper="office",
                upkeep=self.calling,
                when=in_surge,
            ),
            Move(name="alliance_pledge", out_of="alliance_standby", into="firm", share=1, loss=0),
        )


@dataclass(frozen=True, kw_only=True)
class RedBlackList(Mechanism):
    """Firms are ranked in public each quarter by their cases on record; the lowest stand on a black list.

    It reaches a firm through owners' committees alone: those of a firm on the black list look for another,
    all choose by what was published, and a firm minds its verdict for the share of its fees that owners able
    to change it pay. Where there is no owners' committee it takes hours and changes nothing else.
    """

    name, zh, seed, family = "red_black_list", "物业企业“红黑榜”", "002", "property"
    zero = {"judges": 0, "weight": 0.0, "counted": 0.0}
    words = {"002": "着眼党建引领物业治理,深化业委会“执行秘书”、物业企业“红黑榜”等机制"}
    reading = (
        "The document has the list's name and no more. That a place on it costs contracts is a reading (black"
        " = 0 and weight = 0), as is who judges (committees, by cases closed in time, late or lost) and that"
        " firms take first what is counted, for which there is no sentence at all and which is off (counted"
        " = 0). The measure has no noise of its own beyond what was recorded, and a firm has one quality, not"
        " one for each kind of case."
    )
    why = (
        "Grade cards in restaurant windows raised hygiene and made demand react (Jin and Leslie 2003); what"
        " is not counted suffers (Holmstrom and Milgrom 1991). A firm expects of better work what its own"
        " verdicts have taught it."
    )

    judges: int = param(1, low=0, high=1, doc="whether committees judge firms: 1 or 0")
    every: int = param(13, low=4, high=52, unit="weeks", doc="weeks between lists", plausible=(6, 26))
    sitting: float = param(
        1.0,
        low=0.1,
        high=8,
        unit="h",
        doc="committee hours to go through a quarter's cases",
        plausible=(0.5, 2),
    )
    compiling: float = param(
        20.0,
        low=0,
        high=400,
        unit="h/week",
        doc="office hours for a list, were there one a week",
        plausible=(5, 40),
    )
    publish: bool = param(True, doc="whether the list is public; a black list nobody sees is none")
    black: float = param(0.1, low=0, high=1, doc="share of firms on the black list", plausible=(0.05, 0.2))
    weight: float = param(
        1.0,
        low=0,
        high=10,
        doc="weight of the verdict for contracts that owners could give to another",
        plausible=(0.5, 2),
    )
    reminding: float = param(
        0.5,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to bring a list before owners and firms, for each firm, at weight 1",
        plausible=(0.1, 2),
    )
    counted: float = param(
        0.0, low=0, high=10, doc="urgency that firms add to what the list counts", plausible=(0, 1)
    )
    counted_kinds: tuple[str, ...] = param(
        ("repair", "sanitation"), choices=KINDS, doc="what firms take first because it is counted"
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Appraisal(
                name="red_black_list",
                of="firms",
                by="committees",
                area="subdistrict",
                heads=self.judges,
                every=self.every,
                hours=self.sitting,
                publish=self.publish,
                black=self.black if self.publish else 0,
                keeper="office",
                upkeep=self.compiling,
            ),
            Payoff(
                name="red_black_list",
                to="firms",
                term="contracts",
                weight=self.weight,
                keeper="office",
                upkeep=self.reminding,
            ),
            Priority(
                name="counted_first",
                servers=("firm",),
                area="compound",
                kinds=self.counted_kinds,
                weight=self.counted,
            ),
        )
