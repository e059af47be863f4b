"""What brings neighbours together (睦邻)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, own_purse
from cogov.rules.kinds import Boundary, Honour, Payoff, Position, Purse, Rule
from cogov.terms import YEAR


@dataclass(frozen=True, kw_only=True)
class MicroVentures(Mechanism):
    """Small grants for residents' own projects, run by teams of volunteers; some of them go on to lead.

    Teams and their leaders stand for the micro-classes and micro-charity of 002 as well. How residents choose
    among projects, and that a project which held no activities loses its money, are left out: grants here go
    to as many teams as there are volunteers for, and what a year's grant buys does not depend on what was
    shown of the last.
    """

    name, zh, seed, family = "micro_ventures", "社区微创投", "001, 002", "neighbourliness"
    zero = {"teams": 0.0, "leaders": 0.0}
    words = {
        "001": "同时深入开展社区微创投项目，在居民区党组织的指导下，形成“自治有主题、参与有平台、议事有规则"
        "、组织有骨干、成效有评估”的居民自治工作体系，积聚一大批自治骨干、自治团队和品牌自治项目",
        "002": "探索实施微规约、微课堂、微公益等“新三微治理”",
    }
    reading = (
        "积聚一大批自治骨干 is read as people found among those for whom teams hold activities, who stay for"
        " a while when grants end (leaders 0 leaves it out). Hours, money and size of a team are in no"
        " document. Of the five conditions two are here: a platform, and leaders; themes, rules of debate"
        " and evaluation change nothing by themselves."
    )
    why = (
        "People learn civic skills and norms by running things (Verba, Schlozman and Brady 1995, from"
        " memory); teams live on grants of 10,000 to 20,000 yuan a project (163.com, KIB876H6055040N3)."
    )

    teams: float = param(2.0, low=0, doc="funded projects of a neighbourhood at a time", plausible=(1, 4))
    members: float = param(4.0, low=1, doc="volunteers of a project team", plausible=(3, 8))
    hours: float = param(
        1.5, low=0, high=40, unit="h/week", doc="hours each of them gives to it", plausible=(1, 3)
    )
    willing: float = param(
        0.05, low=0, high=1, doc="share of active volunteers who would join a team", plausible=(0.01, 0.2)
    )
    host: float = param(
        0.8, low=0, high=1, doc="share of a team's hours spent on joint activity", plausible=(0.6, 0.85)
    )
    ask: float = param(
        0.1, low=0, high=1, doc="share of them spent asking residents to take part", plausible=(0.05, 0.15)
    )
    grant: float = param(
        20_000.0,
        low=0,
        high=1e6,
        unit="yuan/year",
        doc="what one project costs the budget",
        plausible=(10_000, 40_000),
    )
    upkeep: float = param(
        0.5, low=0, high=40, unit="h/week", doc="committee hours for a team", plausible=(0.25, 1)
    )
    leaders: float = param(
        0.0,
        low=0,
        high=30,
        doc="leaders of a neighbourhood at most, who go on without a grant",
        plausible=(0.5, 3),
    )
    leader_hours: float = param(
        2.0, low=0, high=40, unit="h/week", doc="hours of each, as of a talent", plausible=(1, 4)
    )
    leader_willing: float = param(
        0.05, low=0, high=1, doc="share of active volunteers who would be one", plausible=(0.01, 0.2)
    )
    grown: float = param(
        0.002,
        low=1e-6,
        high=1,
        unit="heads/h",
        doc="leaders who come out of an hour of joint activity of teams",
        source="assumed: a leader from every second project a year; 0.0005 to 0.01",
        plausible=(0.0005, 0.01),
    )
    quits: float = param(
        0.3, low=0, high=1, unit="1/year", doc="hazard that one gives up", plausible=(0.1, 0.5)
    )
    purse: float = own_purse(26.0)

    def rules(self) -> tuple[Rule, ...]:
        team = Position(
            name="venture_team",
            area="neighbourhood",
            heads=self.teams * self.members,
            hours=self.hours,
            host=self.host,
            ask=self.ask,
            money=self.teams * self.grant / YEAR,
            purse="micro_ventures",
            keeper="committee",
            upkeep=self.upkeep / self.members,
        )
        return (
            Purse(
                name="micro_ventures",
                income=self.purse if self.teams else 0,
                pays=("rules",),
                keeps=False,
            ),
            team,
            Boundary(name="venture_team", post="venture_team", pools=("volunteers",), willing=self.willing),
            Position(
                name="venture_leader",
                heads=0 if team.null else self.leaders,
                hours=self.leader_hours,
                host=self.host,
                ask=self.ask,
            ),
            Boundary(
                name="venture_leader",
                post="venture_leader",
                pools=("volunteers",),
                willing=self.leader_willing,
                finder="venture_team",
                during="hosting",
                found=self.grown,
                quits=self.quits,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class CommunityFoundation(Mechanism):
    """A foundation asks firms for gifts to works and holds them until they suffice.

    Works that name its purse are built from what is in it; where that is not enough gifts are asked for, and
    go back if they do not suffice in time. Its secretary-general is paid from the same money. That a large
    ask is refused more often, and that one gift moves the next, are left out; residents give where they met
    about a work and gain by it.
    """

    name, zh, seed, family = "community_foundation", "社区公益基金会", "000", "neighbourliness"
    zero = {"hours": 0.0, "fund": 0.0}
    words = {
        "000": "会议举行了国定一睦邻亭捐赠仪式。社区是我家，建设靠大家。社区建设离不开社会各方的大力支持……上"
        "海亚泰财富企业集团有限公司……上海星海时尚地产（集团）有限公司……上海大牧汗食品股份有限公司……五"
        "角场街道社区公益基金会秘书长周帆作为受赠方代表上台接受捐赠",
    }
    reading = (
        "That a foundation asks, and for one work at a time, is read from a ceremony at which three firms"
        " gave for a pavilion (hours 0: nobody asks). A fund of its own is in no document (fund 0 leaves it"
        " out); nor are refunds, which are those of every purse of gifts here."
    )
    why = (
        "Threshold public goods: a guarantee raises contributions (Cadsby and Maynes 1999; Rondeau, Schulze"
        " and Poe 1999); people and firms give when they are asked."
    )

    hours: float = param(
        15.0, low=0, high=40, unit="h/week", doc="hours of the secretary-general", plausible=(5, 40)
    )
    raises: float = param(
        0.6,
        low=0,
        high=1,
        doc="share of them spent asking for gifts; the rest is accounts",
        plausible=(0.4, 0.8),
    )
    wage: float = param(
        60.0,
        low=0,
        high=1000,
        unit="yuan/h",
        doc="what such an hour costs the foundation",
        plausible=(42, 90),
    )
    fund: float = param(
        50.0,
        low=0,
        high=10_000,
        unit="yuan/household",
        doc="what it begins with",
        source="derived: 2 million yuan, with which foundations begin (CRI 2017-06-09), if it is large",
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Purse(
                name="community_foundation",
                source="gifts" if self.hours or self.fund else "grant",
                start=self.fund,
                pays=("wages", "rules", "works"),
            ),
            Position(
                name="foundation_secretary",
                area="subdistrict",
                heads=1,
                hours=self.hours,
                raises=self.raises,
                wage=self.wage,
                purse="community_foundation",
            ),
        )


@dataclass(frozen=True, kw_only=True)
class Recognition(Mechanism):
    """Certificates handed out in public to those who gave most, residents and units.

    Only what is on record can be honoured. The more are, the less an honour is worth.
    """

    name, zh, seed, family = "recognition", "荣誉证书与评先", "000, 004", "neighbourliness"
    zero = {"awards": 0.0, "units": 0.0}
    words = {
        "000": "与会领导向捐赠单位和热心居民代表颁发了荣誉证书……有好的机制去发现、去培育、去鼓励社区的能人、"
        "贤人、达人和好人",
        "004": "先進黨組織和先進黨員",
    }
    reading = (
        "That who is honoured goes on longer is what 鼓励 is read to mean (weight 0 or awards 0 leaves it"
        " out); how often and how many is in no document. Of units those are seen who gave in public: at a"
        " ceremony for gifts or on a public day (units 0 leaves it out). Media that carry the names are left"
        " out."
    )
    why = (
        "A symbolic award kept 20 % more newcomers a month later, over four quarters (Gallus 2017); rarity"
        " is what it lives on."
    )

    awards: float = param(
        0.05, low=0, high=1, doc="share of the active honoured each time", plausible=(0.01, 0.2)
    )
    between: int = param(
        26, low=1, high=520, unit="weeks", doc="weeks between ceremonies", plausible=(13, 52)
    )
    ceremony: float = param(
        20.0, low=0.1, high=1000, unit="h", doc="office hours for a ceremony", plausible=(10, 40)
    )
    certificates: float = param(
        2_000.0,
        low=0,
        high=1e6,
        unit="yuan/year",
        doc="certificates and flowers of a subdistrict",
        plausible=(1000, 4000),
    )
    weight: float = param(
        1.0,
        low=0,
        high=10,
        doc="log odds to go on that a fresh honour adds, if nobody else had one",
        source="assumed; Gallus (2017): 20 % more stayed",
        plausible=(0.3, 2),
    )
    reading_out: float = param(
        1.0,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to keep record of who gave, at weight 1",
        plausible=(0.5, 2),
    )
    units: float = param(
        0.2,
        low=0,
        high=10,
        doc="weight of having given in public in a unit's decision",
        plausible=(0.05, 0.5),
    )
    telling: float = param(
        0.1,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to tell of what a unit gave, at weight 1",
        plausible=(0.05, 0.2),
    )
    purse: float = own_purse(3.0)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Purse(name="recognition", income=self.purse if self.awards else 0, pays=("rules",), keeps=False),
            Honour(
                name="certificates",
                post="office",
                every=self.between,
                share=self.awards,
                hours=self.ceremony,
                money=self.certificates / YEAR if self.awards else 0,
                purse="recognition",
            ),
            Payoff(
                name="certificates",
                to="volunteers",
                term="recognition",
                weight=self.weight if self.awards else 0,
                keeper="office",
                upkeep=self.reading_out,
            ),
            Payoff(
                name="certificates_of_units",
                to="units",
                term="recognition",
                weight=self.units,
                keeper="office",
                upkeep=self.telling,
            ),
        )
