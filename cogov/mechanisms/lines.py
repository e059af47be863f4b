"""Hours of departments and cadres that go where the problems are (下沉、联勤、一线工作法)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism
from cogov.rules.conditions import When
from cogov.rules.kinds import KINDS, LINES, Move, Observation, Position, Priority, Rule
from cogov.rules.kinds.priority import CASES
from cogov.terms import MONTH, YEAR


@dataclass(frozen=True, kw_only=True)
class SunkTeams(Mechanism):
    """Departments post part of their people to subdistricts, and send some to neighbourhoods on duty days.

    A team does on the spot what needs only departments that are there: nobody forwards it or waits for an
    answer. No hour is made: the desk of the district has less for all other cases, and a team whose place
    has nothing to do stands idle.
    """

    name, zh, seed, family = "sunk_teams", "队伍下沉", "002, 000", "structure"
    zero = {"share": 0.0, "duty": 0.0}
    words = {
        "002": "区级层面各委办局专业赋能、执法支撑、队伍下沉",
        "000": "实现行政管理力量和社会资源聚焦到居民区",
    }
    reading = (
        "Teams that stay at the subdistrict (share = 0 leaves them out) and duty days in neighbourhoods"
        " (duty = 0) are two readings of moving down. That teams train others is not built."
    )
    why = (
        "Nearness saves handing over and sending back; a divided pool of servers queues worse than one (Smith"
        " and Whitt 1981, Bell System Technical Journal 60: 39-55)."
    )

    lines: tuple[str, ...] = param(LINES, choices=LINES, doc="departments that post people")
    share: float = param(
        0.2,
        low=0,
        high=1,
        doc="share of their hours that stands with subdistricts, by households",
        plausible=(0, 0.5),
    )
    duty: float = param(
        0.1,
        low=0,
        high=1,
        doc="share of their hours of a duty week that goes to neighbourhoods",
        plausible=(0, 0.4),
    )
    every: int = param(
        4, low=2, high=52, unit="weeks", doc="weeks from duty day to duty day", plausible=(2, 13)
    )
    loss: float = param(
        0.1,
        low=0,
        high=1,
        doc="share of them that travel and supervision take",
        plausible=(0.05, 0.2),
    )
    desk: float = param(
        0.3,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to look after each department's people",
        plausible=(0.1, 1),
    )
    room: float = param(
        0.3,
        low=0,
        high=40,
        unit="h",
        doc="committee hours to prepare a duty day for each department",
        plausible=(0.1, 1),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Position(name="line_team", area="subdistrict", lines=self.lines),
            Position(name="duty_desk", area="neighbourhood", lines=self.lines),
            *(
                Move(
                    name=f"posted_{line}",
                    out_of=line,
                    into="line_team",
                    share=self.share,
                    loss=self.loss,
                    keeper="office",
                    upkeep=self.desk,
                )
                for line in self.lines
            ),
            *(
                Move(
                    name=f"duty_day_{line}",
                    out_of=line,
                    into="duty_desk",
                    share=self.duty,
                    loss=self.loss,
                    keeper="committee",
                    upkeep=self.room,
                    when=When(length=1, every=self.every),
                )
                for line in self.lines
            ),
        )


@dataclass(frozen=True, kw_only=True)
class JointDuty(Mechanism):
    """Stations under two masters patrol together and settle on the spot what is theirs (管理联勤).

    Their hours leave the desks of their departments. The subdistrict judges its stations by what it has given
    them a day for, which moves such cases up there and others down.
    """

    name, zh, seed, family = "joint_duty", "管理联勤", "004", "structure"
    zero = {"share": 0.0, "verdict": 0.0}
    words = {
        "004": "進一步落實街道對“雙重管理”單位的指導管理督促職能,建立“大聯勤”管理機制,"
        "深化網格化管理,與駐區單位自我管理、居民自治有效銜接"
    }
    reading = (
        "Patrols together are read into “聯勤” (share = 0 leaves them out), a verdict that counts into “督促”"
        " (verdict = 0). The joining with self-management of units and residents is that grid leaders and"
        " volunteers stay as they are."
    )
    why = (
        "Being in one place stands in for handing over; a second master weakens each (Bernheim and Whinston"
        " 1986, Econometrica 54: 923-942, on common agency)."
    )

    lines: tuple[str, ...] = param(
        ("urban_management", "public_security", "housing"),
        choices=LINES,
        doc="departments whose stations patrol together",
        source="assumed: 2 to 5 of them",
    )
    share: float = param(0.1, low=0, high=1, doc="share of their hours on joint duty", plausible=(0.05, 0.25))
    loss: float = param(
        0.1, low=0, high=1, doc="share of them that waiting for each other takes", plausible=(0, 0.3)
    )
    observe: float = param(
        0.4, low=0, high=1, doc="share of the team's hours on patrol", plausible=(0.2, 0.7)
    )
    speed: float = param(
        2.0, low=0, high=100, unit="buildings/h", doc="buildings a patrol covers in an hour", plausible=(1, 4)
    )
    sees: tuple[str, ...] = param(
        ("sanitation", "safety", "public_space"), choices=KINDS, doc="types of issue that patrols see"
    )
    dispatch: float = param(
        4.0,
        low=0,
        high=80,
        unit="h/week",
        doc="office hours to plan the team's duty",
        plausible=(2, 8),
    )
    verdict: float = param(
        0.2,
        low=0,
        high=100,
        doc="what the subdistrict's verdict adds to the urgency of cases it counts",
        plausible=(0.04, 1),
    )
    counted: tuple[str, ...] = param(("dated",), choices=CASES, doc="cases that the verdict counts")
    judging: float = param(
        5.0,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to judge its stations, at verdict 1",
        plausible=(2, 20),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Position(name="joint_team", area="subdistrict", lines=self.lines, observe=self.observe),
            Observation(
                name="joint_patrols",
                post="joint_team",
                speed=self.speed if self.share else 0,
                kinds=self.sees,
            ),
            *(
                Move(
                    name=f"joint_duty_{line}",
                    out_of=line,
                    into="joint_team",
                    share=self.share,
                    loss=self.loss,
                    keeper="office",
                    upkeep=self.dispatch / len(self.lines),
                )
                for line in self.lines
            ),
            Priority(
                name="double_management",
                lines=self.lines,
                area="subdistrict",
                cases=self.counted,
                weight=self.verdict,
                keeper="office",
                upkeep=self.judging * self.verdict,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class FrontLineMethod(Mechanism):
    """District leaders stand behind the oldest cases of a subdistrict; every cadre sees one through a year.

    A case that a leader has taken on is neither given up nor sent back and comes first with departments; all
    others come later. Leaders' hours are the district's, cadres' those of departments. That fixed leaders
    come to know a place better than changing ones is not built.
    """

    name, zh, seed, family = "front_line_method", "一线工作法", "002, 000", "structure"
    zero = {"leaders": 0.0, "cadres": 0.0}
    words = {
        "002": "深化拓展“一线工作法”,进一步完善区领导联系街道机制,"
        "全区每个街道由2-3位相对固定的区领导联系走访,压紧压实区、街道领导干部包保包联责任……"
        "在全区科级干部中开展“为杨浦献一计、为群众办一事、为基层解一难”活动……为基层解决至少一件难题",
        "000": "坚持下基层、下一线、下现场",
    }
    reading = (
        "That responsibility for a place (包保包联) means its oldest cases is a reading (adopt = 0 leaves"
        " visits alone), and so is that these come first with departments (weight = 0 leaves them only held)."
    )
    why = (
        "The word of a superior passes between lines where peers' does not (Lieberthal and Oksenberg 1988,"
        " Policy Making in China); attention given to one case is taken from another (Jones and Baumgartner"
        " 2005, The Politics of Attention)."
    )

    leaders: float = param(
        2.5, low=0, high=100, doc="district leaders for each subdistrict", source="seed 002 (2 to 3)"
    )
    visit: float = param(
        4.0,
        low=0,
        high=168,
        unit="h/month",
        doc="hours of each in place",
        plausible=(2, 12),
    )
    observe: float = param(0.5, low=0, high=1, doc="share of these hours on rounds", plausible=(0.2, 0.8))
    speed: float = param(
        1.0,
        low=0,
        high=100,
        unit="buildings/h",
        doc="buildings a round covers in an hour",
        plausible=(0.5, 2),
    )
    adopt: float = param(2.0, low=0, high=100, doc="cases that each has taken on at a time", plausible=(1, 6))
    case_hours: float = param(
        0.125,
        low=0,
        high=40,
        unit="h/week",
        doc="district hours for each case taken on, and as many more for every 1 of weight",
        source="assumed; three hours in a quarter at weight 1",
        plausible=(0.05, 0.5),
    )
    weight: float = param(
        1.0,
        low=0,
        high=100,
        doc="what it adds to the urgency of a case that a leader has taken on",
        plausible=(0, 3),
    )
    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue that leaders take on")
    servers: tuple[str, ...] = param(
        ("committee", "office", "district"), doc="posts that take such cases first, beside departments"
    )
    lines: tuple[str, ...] = param(LINES, choices=LINES, doc="departments that do, and that send cadres")
    cadres: float = param(
        10.0,
        low=0,
        high=1000,
        doc="section-level cadres of departments for 10,000 households",
        source="assumed; 40 in a subdistrict as large as those of seed 002",
        plausible=(0, 20),
    )
    errand: float = param(
        12.0,
        low=0,
        high=200,
        unit="h/year",
        doc="hours in which each of them sees a case through",
        source="assumed; seed 002 (at least one)",
        plausible=(8, 16),
    )
    tending: float = param(
        0.5,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to find the cadres their cases",
        plausible=(0.2, 2),
    )

    def rules(self) -> tuple[Rule, ...]:
        oldest = round(self.leaders * self.adopt)
        sent = self.cadres * self.errand / (YEAR * len(self.lines)) if self.lines else 0
        return (
            Position(name="leader", area="subdistrict", observe=self.observe),
            Move(
                name="leaders_visit",
                out_of="district",
                into="leader",
                hours=self.leaders * self.visit / MONTH,
                loss=0,
            ),
            Observation(name="leaders_rounds", post="leader", speed=self.speed if self.leaders else 0),
            Priority(
                name="taken_on",
                lines=self.lines,
                servers=self.servers,
                area="subdistrict",
                kinds=self.kinds,
                oldest=oldest,
                holds=bool(oldest),
                weight=self.weight if oldest else 0,
                keeper="district",
                upkeep=oldest * self.case_hours * (1 + self.weight),
            ),
            Position(
                name="cadre",
                area="subdistrict",
                lines=self.lines,
                small=self.errand,
                handles=self.kinds,
            ),
            *(
                Move(
                    name=f"cadres_{line}",
                    out_of=line,
                    into="cadre",
                    hours=sent,
                    per_households=PER,
                    loss=0,
                    keeper="office",
                    upkeep=self.tending / len(self.lines),
                )
                for line in self.lines
            ),
        )
