"""Secretaries of neighbourhoods: how they are found, taught, and shown what others do (书记队伍)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism
from cogov.rules import When
from cogov.rules.conditions import ALWAYS
from cogov.rules.kinds import (
    LINES,
    Position,
    Priority,
    Rule,
    Visit,
)


def one_week_in(every: int) -> When:
    """In force in one week of so many: the week of a sitting."""
    return When(start=every - 1, length=1, every=every) if every > 1 else ALWAYS


@dataclass(frozen=True, kw_only=True)
class SecretaryStudio(Mechanism):
    """Veteran secretaries teach the others at regular sessions, on what their open cases call for.

    Four parts, each with a knob: sessions with mentors (带教), exchange among those who come (研讨), an
    answer desk at which office and departments take up the oldest cases of each neighbourhood (现场答疑), and
    days that secretaries spend in a mentor's neighbourhood (实习实践).
    """

    name, zh, seed, family = "secretary_studio", "书记工作室、传帮带", "003", "party"
    zero = {"mentors": 0, "peers": 0.0, "cases": 0, "days": 0.0}
    words = {
        "003": "依托“书记工作室”平台,发挥老书记传帮带作用,培育新“头雁”队伍能力……要定期召开带教、研讨等例会,使"
        "“红帆书记工作室”始终成为居村书记实习实践的“基地”……参加会议的16位居民区书记围绕如何在党建引领下推进小"
        "区治理、业委会规范建设等内容分享工作经验……镇领导、职能部门负责人和“红帆书记工作室”带教书记进行现场答"
        "疑……在接待、走访居村过程中发现、汇总、梳理了一些普遍存在的问题和矛盾,将根据不同类型的居民区和村,按课"
        "题进行带教、分析和研讨"
    }
    reading = (
        "That a mentor's hours leave the mentor's own neighbourhood (retired above 0: they are given by"
        " retired ones instead, who know as much). Mentors are those longest in office, the better for being"
        " so only as far as they are. Topics follow open cases (topics = 0: everything), pupils go to mentors"
        " of their own kind of neighbourhood (by_type = False: all to all). Departments at the desk look at"
        " its cases before others and together, in their usual hours (cases = 0, joint). Deputies, whom one"
        " studio teaches, are not in the model."
    )
    why = (
        "Learning is limited by the gap, the contact and the match of places; peers share more where they do"
        " not compete (Cai, Szeidl 2018); attention at the top is finite (Jones, Baumgartner 2005, from"
        " memory)."
    )

    mentors: int = param(
        1,
        low=0,
        high=100,
        doc="mentors for each kind of neighbourhood, or in all: 1 to 4 in a subdistrict",
        plausible=(1, 3),
    )
    by_type: bool = param(True, doc="whether pupils go to mentors of their own kind of neighbourhood (003)")
    topics: int = param(
        1, low=0, high=4, doc="domains a session is about, by open cases; 0: all of them", plausible=(1, 3)
    )
    every: int = param(4, low=1, high=52, unit="weeks", doc="weeks between sessions", plausible=(2, 13))
    hours: float = param(3.0, low=0, high=40, unit="h", doc="hours of a pupil at a session", plausible=(2, 5))
    prepare: float = param(
        3.0, low=0, high=40, unit="h", doc="hours more of a mentor to prepare it", plausible=(1.5, 6)
    )
    retired: float = param(
        0.0,
        low=0,
        unit="heads",
        doc="retired mentors for 10,000 households, who give the hours of mentors",
        plausible=(0.3, 2),
    )
    retired_hours: float = param(
        8.0, low=0.1, high=40, unit="h/week", doc="hours that each has, unpaid", plausible=(4, 16)
    )
    teach: float = param(
        0.06,
        low=0,
        high=1,
        doc="share of the gap to a mentor whom one knows well that a session closes",
        plausible=(0.01, 0.15),
    )
    peers: float = param(
        0.02,
        low=0,
        high=1,
        doc="share of the gap to a colleague that listening to one closes",
        source="assumed: less than from a mentor",
        plausible=(0.01, 0.05),
    )
    speak: float = param(
        1.0,
        low=0,
        high=40,
        unit="h",
        doc="hours a colleague tells the others of the own work",
        plausible=(0.5, 2),
    )
    cases: int = param(
        3,
        low=0,
        high=100,
        doc="oldest open cases of each neighbourhood that are answered on the spot",
        plausible=(0, 8),
    )
    joint: bool = param(True, doc="whether departments answer there together, as if summoned")
    weight: float = param(
        2.0,
        low=0,
        high=100,
        doc="what that adds to their urgency, which is from 0 to 1, in its week",
        plausible=(1, 4),
    )
    look: float = param(
        0.25, low=0, high=40, unit="h", doc="office hours for each of these cases", plausible=(0.1, 1)
    )
    days: float = param(
        3.0,
        low=0,
        high=10,
        unit="days",
        doc="days each spends in a mentor's neighbourhood at a time",
        source="assumed: 0 to 20 a year",
        plausible=(1, 8),
    )
    day: float = param(
        6.0, low=0, high=10, unit="h", doc="hours of such a day, of guest and of host", plausible=(4, 8)
    )
    placed: float = param(
        0.1,
        low=0,
        high=1,
        doc="share of the gap to a well-known host that such a stay closes",
        plausible=(0.04, 0.2),
    )
    stays_every: int = param(
        26, low=1, high=520, unit="weeks", doc="weeks between such stays", plausible=(13, 52)
    )

    def rules(self) -> tuple[Rule, ...]:
        retired = self.retired if self.mentors else 0
        at_mentors: dict[str, Any] = {
            "to": "veterans",
            "number": self.mentors,
            "alike": self.by_type,
            "hosted_by": "retired_mentor" if retired else "committee",
            "adopt": 0,
        }
        return (
            Position(
                name="retired_mentor",
                area="subdistrict",
                heads=retired,
                per_households=PER,
                hours=self.retired_hours,
            ),
            Visit(
                name="studio_session",
                every=self.every,
                hours=self.hours,
                host_hours=self.hours + self.prepare if self.mentors else 0,
                teach=self.teach,
                topics=self.topics,
                **at_mentors,
            ),
            Visit(
                name="studio_exchange",
                to="turn",
                number=1 if self.peers else 0,
                every=self.every,
                hours=self.speak,
                host_hours=self.speak,
                adopt=0,
                teach=self.peers,
            ),
            Priority(
                name="answer_desk",
                lines=LINES,
                servers=("office",),
                oldest=self.cases,
                joint=self.joint,
                weight=self.weight if self.cases else 0,
                keeper="office",
                upkeep=self.look * self.cases,
                when=one_week_in(self.every),
            ),
            Visit(
                name="studio_placement",
                every=self.stays_every,
                hours=self.days * self.day,
                host_hours=self.days * self.day,
                teach=self.placed,
                **at_mentors,
            ),
        )
