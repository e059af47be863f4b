"""Who may call, assign, decide and withdraw: lines and levels set to each other anew (赋权、联动、减负)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, own_purse
from cogov.rules.amend import Amend
from cogov.rules.kinds import (
    KINDS,
    LINES,
    Boundary,
    Choice,
    Move,
    Position,
    Priority,
    Purse,
    Rule,
    Tasks,
)


@dataclass(frozen=True, kw_only=True)
class GreatLinkage(Mechanism):
    """Neighbourhoods summon departments together; a working group says who does what by when.

    Three parts (大联动): the summons (社区发现和约请), in hours of the neighbourhood; the working group
    (大联动工作小组), in hours of departments and of the office; and what neighbourhoods say of the summoned
    cases, which moves these up with the departments and all others down. How often a neighbourhood may
    summon is not limited.
    """

    name, zh, seed, family = "great_linkage", "大联动", "000, 002", "structure"
    zero = {"kinds": (), "group": 0.0, "verdict": 0.0}
    words = {
        "000": "以大联动赋权扩能,通过社区发现和约请、部门响应和协同……大联动工作小组成员",
        "002": "强化条块协商、基层约请等机制,扩大基层治理参与面",
    }
    reading = (
        "The documents name the summons, the answer and the working group. That the group gives a day is read"
        " into them (due = 0 leaves it out), that it ends sendings-back as well (clear = shared = 0), and so"
        " is the verdict that moves summoned cases up (verdict = 0)."
    )
    why = (
        "What is handed from one to the next loses time and responsibility (model: one after another against"
        " together); what is counted gets done first (Holmstrom and Milgrom 1991, Journal of Law, Economics"
        " and Organization 7: 24-52)."
    )

    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue it may summon for")
    least: int = param(
        2, low=1, high=3, doc="departments that a case must need to be summoned for", plausible=(1, 3)
    )
    hours: float = param(
        2.0,
        low=0,
        high=40,
        unit="h",
        doc="hours of the neighbourhood for a summons",
        plausible=(1, 4),
    )
    lines: tuple[str, ...] = param(LINES, choices=LINES, doc="departments in the working group")
    group: float = param(
        0.2,
        low=0,
        high=40,
        unit="h/week",
        doc="hours of each department in the working group for 10,000 households",
        source="assumed; some two hours every second week in a subdistrict as large as that of seed 000",
        plausible=(0.1, 0.5),
    )
    section: float = param(
        0.2,
        low=0,
        high=40,
        unit="h/week",
        doc="hours of the office in it for 10,000 households",
        plausible=(0.1, 0.5),
    )
    sitting: float = param(
        0.5,
        low=0.05,
        high=40,
        unit="h",
        doc="hours of the group on a case for each department",
        plausible=(0.25, 1.5),
    )
    clear: float = param(
        0.7,
        low=0,
        high=1,
        doc="share of sendings-back that it ends, where one department answers",
        plausible=(0, 0.9),
    )
    shared: float = param(
        0.5, low=0, high=1, doc="the same where several departments answer", plausible=(0, 0.9)
    )
    due: float = param(
        2.0,
        low=0,
        high=52,
        unit="weeks",
        doc="weeks it gives departments to answer",
        plausible=(1, 6),
    )
    verdict: float = param(
        0.3,
        low=0,
        high=100,
        doc="what neighbourhoods' verdict adds to the urgency of summoned cases with departments",
        plausible=(0, 1),
    )
    judging: float = param(
        0.3,
        low=0,
        high=40,
        unit="h/week",
        doc="hours of a neighbourhood to follow and judge what it summoned for, at verdict 1",
        plausible=(0.1, 1),
    )

    def rules(self) -> tuple[Rule, ...]:
        group = self.group if self.kinds else 0
        there = bool(group and self.lines)
        return (
            Choice(
                name="great_linkage",
                level="neighbourhood",
                power="summon",
                kinds=self.kinds,
                hours=self.hours,
                parts=self.least,
                panel="linkage_group" if there else "",
                sitting=self.sitting if there else 0,
                clear=self.clear if there else 0,
                shared=self.shared if there else 0,
                due=self.due if there else 0,
            ),
            Position(name="linkage_group", area="subdistrict"),
            *(
                Move(
                    name=f"linkage_{line}",
                    out_of=line,
                    into="linkage_group",
                    hours=group,
                    per_households=PER,
                    loss=0,
                )
                for line in self.lines
            ),
            Move(
                name="linkage_office",
                out_of="office",
                into="linkage_group",
                hours=self.section if there else 0,
                per_households=PER,
                loss=0,
            ),
            Priority(
                name="summoned_first",
                lines=self.lines,
                kinds=self.kinds,
                cases=("summoned",),
                weight=self.verdict,
                keeper="committee",
                upkeep=self.judging * self.verdict,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class SingleGrid(Mechanism):
    """One centre for operation and party grids says by written rules whose a case is (一网统管、多格合一).

    The centre takes a case before departments are called and says who answers; where its hours end, cases go
    on as before. Committees report once instead of to each line. Standards are written and kept in the
    hours that its administration takes. Merging the grids themselves changes nothing by itself: rounds of
    every grid see all types already.
    """

    name, zh, seed, family = "single_grid", "多格合一·一网统管", "002, 004", "structure"
    zero = {"kinds": (), "heads": 0.0, "saved": 0.0}
    words = {
        "002": "强化党建对“一网统管工作”的引领……在推进城市运行“多格合一”时,要注重城运网格与党建网格的融合……"
        "紧紧把握“高效处置一件事”的目标,融合线上线下加快推进城运业务中台的建设,开展业务流程标准化建设,"
        "理清条块关系、厘清职责边界,切实为基层减负增能",
        "004": "將區域化黨建工作納入社區綜合管理服務平臺",
    }
    reading = (
        "That clear duty ends part of the sendings-back, less where several departments answer, is read into"
        " the words (clear = shared = 0); so is that one report stands for several (saved = 0)."
    )
    why = (
        "Ambiguity about whose a case is makes it bounce; rules settle it the better, the simpler the case"
        " (Hart and Moore 1988, Econometrica 56: 755-785: what is not foreseen cannot be written down)."
    )

    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue whose rules are written")
    heads: float = param(
        2.0,
        low=0,
        high=1000,
        unit="heads",
        doc="posts of the centre for 10,000 households",
        source="assumed; centres of subdistricts have 5 to 15",
        plausible=(1, 4),
    )
    hours: float = param(40.0, low=0, high=80, unit="h/week", doc="hours of each", plausible=(36, 44))
    admin_share: float = param(
        0.4,
        low=0,
        high=1,
        doc="share of them that writing and keeping standards takes",
        source="assumed; 200 hours a type of issue every second year, and meetings about them",
        plausible=(0.2, 0.6),
    )
    wage: float = param(45.0, low=0, high=1000, unit="yuan/h", doc="wage", plausible=(30, 80))
    purse: float = own_purse(20.0)
    weeks_to_fill: int = param(
        13, low=0, high=520, unit="weeks", doc="weeks until it is staffed", plausible=(4, 26)
    )
    sitting: float = param(
        0.25,
        low=0.05,
        high=40,
        unit="h",
        doc="hours of the centre on a case for each department",
        plausible=(0.1, 1),
    )
    clear: float = param(
        0.5,
        low=0,
        high=1,
        doc="share of sendings-back that clear duty ends, where one department answers",
        plausible=(0, 0.9),
    )
    shared: float = param(
        0.2, low=0, high=1, doc="the same where several departments answer", plausible=(0, 0.5)
    )
    due: float = param(
        4.0, low=0, high=52, unit="weeks", doc="weeks in which they have to answer", plausible=(1, 8)
    )
    saved: float = param(
        0.2,
        low=0,
        high=1,
        doc="share of tasks of lines that one report saves committees",
        plausible=(0, 0.5),
    )
    lines: tuple[str, ...] = param(LINES, choices=LINES, doc="departments that take the one report")
    sharing: float = param(
        0.5,
        low=0,
        high=40,
        unit="h/week",
        doc="hours of the centre for each neighbourhood and line to pass reports on, if all are saved",
        plausible=(0.2, 2),
    )

    def rules(self) -> tuple[Rule, ...]:
        assigns = bool(self.kinds and self.heads)
        return (
            Purse(
                name="operation_centre",
                income=self.purse if self.heads else 0,
                pays=("wages",),
                keeps=False,
            ),
            Position(
                name="operation_centre",
                area="subdistrict",
                heads=self.heads,
                per_households=PER,
                hours=self.hours,
                admin_share=self.admin_share,
                wage=self.wage,
                purse="operation_centre",
            ),
            Choice(
                name="clear_duty",
                level="subdistrict",
                power="assign",
                kinds=self.kinds if assigns else (),
                panel="operation_centre",
                sitting=self.sitting,
                clear=self.clear,
                shared=self.shared,
                due=self.due,
            ),
            *(
                Amend(
                    name=f"one_report_{line}",
                    of=Tasks,
                    target=line,
                    field="load",
                    by=1 - (self.saved if self.heads else 0),
                    keeper="operation_centre",
                    upkeep=self.sharing * self.saved,
                )
                for line in self.lines
            ),
            Boundary(name="operation_centre", post="operation_centre", weeks_to_fill=self.weeks_to_fill),
        )
