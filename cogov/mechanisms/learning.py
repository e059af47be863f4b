"""Secretaries who learn from each other by seeing what others do (互学、观摩)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism
from cogov.rules import Amend, When, Where
from cogov.rules.kinds import (
    Compact,
    Position,
    Practice,
    Rule,
    Visit,
)
from cogov.terms import Site


@dataclass(frozen=True, kw_only=True)
class MutualLearning(Mechanism):
    """Secretaries follow the advanced, tour each other, and talk over lunch; what they saw they may copy.

    The practice it brings is the tended stairway (美丽楼道), which visitors remarked on: a compact on
    conduct, kept by neighbours who are reminded of it. All other practices of a design are seen on the same
    visits.
    """

    name, zh, seed, family = "mutual_learning", "“三互学”", "003", "party"
    zero = {"sites": 0, "tours": 0, "lunches": 0, "holders": 0}
    words = {
        "003": "长宁区虹桥街道16个居民区党总支书记、副书记,由萍聚工作室领衔人朱国萍带队,走进徐汇区梅陇六村和"
        "长宁区虹旭小区两个在创新治理方面的先进社区,在“跟着先进学先进”中开阔眼界……加装电梯、美丽楼道建设,同样"
        "令书记们眼前一亮……还包括即将推出的书记巡游观摩学、干部午餐会谈心学"
    }
    reading = (
        "Sites are the neighbourhoods known for most practices (or with fewest open issues on record:"
        " known_for); one of the two visited lies in another district, which the model does not have. That"
        " the visited take up something by what they see and judge what fits at home by little is assumed"
        " (misjudge = 0: who judges well). What a tended stairway is in rules is an interpretation (holders ="
        " 0 leaves it out). Tours and lunches were announced, not held, when the document was written (tours"
        " = 0, lunches = 0)."
    )
    why = (
        "Imitation of visible success with little knowledge of its causes (Strang, Macy 2001, from memory);"
        " better peers, larger gains (Cai, Szeidl 2018)."
    )

    sites: int = param(
        2, low=0, high=100, doc="advanced neighbourhoods that all visit each time", plausible=(1, 4)
    )
    known_for: str = param(
        "examples",
        choices=("examples", "best"),
        doc="what makes them advanced: practices held, or the record",
    )
    every: int = param(
        26, low=1, high=520, unit="weeks", doc="weeks between visits to the advanced", plausible=(13, 52)
    )
    tours: int = param(2, low=0, high=100, doc="neighbourhoods on each tour, all in turn", plausible=(1, 4))
    tours_every: int = param(13, low=1, high=520, unit="weeks", doc="weeks between tours", plausible=(6, 26))
    hours: float = param(
        6.0,
        low=0.1,
        high=40,
        unit="h",
        doc="hours of a visitor at each place, with the way",
        plausible=(4, 8),
    )
    hosting: float = param(6.0, low=0, high=100, unit="h", doc="hours of a host", plausible=(3, 12))
    adopt: float = param(
        0.1,
        low=0,
        high=1,
        doc="chance to take up a practice that was seen and fits at home",
        plausible=(0.02, 0.3),
    )
    misjudge: float = param(
        0.4, low=0, high=1, doc="the same for one that does not fit, against one that does", plausible=(0, 1)
    )
    teach: float = param(
        0.02,
        low=0,
        high=1,
        doc="share of the gap to a well-known host that a meeting closes",
        plausible=(0.01, 0.05),
    )
    lunches: int = param(
        1, low=0, high=100, doc="colleagues with whom all talk at each lunch, in turn", plausible=(1, 3)
    )
    lunches_every: int = param(
        4, low=1, high=520, unit="weeks", doc="weeks between lunches", plausible=(2, 8)
    )
    lunch: float = param(
        2.0, low=0.1, high=40, unit="h", doc="hours of a lunch, of all who come", plausible=(1, 3)
    )
    holders: int = param(
        1, low=0, high=100, doc="neighbourhoods with tended stairways at the start", plausible=(1, 3)
    )
    setup: float = param(40.0, low=0, high=1000, unit="h", doc="hours to begin with it", plausible=(20, 80))
    visible: float = param(
        0.8, low=0, high=1, doc="chance that a visitor sees it: built things more", plausible=(0.6, 0.95)
    )
    fits: tuple[str, ...] = param(
        ("old_public", "mixed", "relocated"),
        choices=Site.labels(),
        doc="where stairs are shared and untended",
    )
    effect: float = param(
        0.2,
        low=0,
        high=1,
        doc="share of bad conduct it holds down if everybody keeps it",
        plausible=(0.1, 0.4),
    )
    remind: float = param(
        0.3,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to keep it up in each compound",
        plausible=(0.1, 1),
    )

    def rules(self) -> tuple[Rule, ...]:
        taught: dict[str, Any] = {"adopt": self.adopt, "misjudge": self.misjudge, "teach": self.teach}
        seen: dict[str, Any] = {"hours": self.hours, "host_hours": self.hosting, **taught}
        return (
            Visit(name="follow_the_advanced", to=self.known_for, number=self.sites, every=self.every, **seen),
            Visit(name="touring", to="turn", number=self.tours, every=self.tours_every, **seen),
            Visit(
                name="lunch_talk",
                to="turn",
                number=self.lunches,
                every=self.lunches_every,
                hours=self.lunch,
                host_hours=self.lunch,
                adopt=0,
                teach=self.teach,
            ),
            Practice(
                name="tended_stairways",
                fits=self.fits,
                setup=self.setup,
                visible=self.visible,
                pilots=self.holders,
            ),
            Compact(
                name="tended_stairways",
                effect=self.effect if self.holders else 0,
                keeper="committee",
                upkeep=self.remind,
                where=Where(practice="tended_stairways"),
            ),
        )


@dataclass(frozen=True, kw_only=True)
class DemonstrationMeeting(Mechanism):
    """All secretaries are shown one neighbourhood on one day, and are to do likewise.

    What is shown is its neighbourly work (大睦邻): a committee that spends more of its hours on joint
    activity.
    """

    name, zh, seed, family = "demonstration_meeting", "工作现场会", "000, 002", "party"
    zero = {"hours": 0.0, "shown": 0}
    words = {
        "000": "召开国定一居民区“大总支、大睦邻、大联动”工作现场会……各居民区党组织书记……会议交流推广了国定一"
        "居民区“大总支、大睦邻、大联动”睦邻党建工作的新经验、新成果……在32个居民区、149个小区落地生根,形成更"
        "多案例",
        "002": "通过将基层治理转化出一个个真实生动的典型实践案例,将矛盾问题的化解转化为一个个可讲动听的故事",
    }
    reading = (
        "Pressure to do likewise whether or not it fits (misjudge below 1 lets them judge; adopt as in a"
        " visit leaves the pressure out). The host is a neighbourhood that holds most practices. That"
        " neighbourly work is more joint activity is an interpretation (shown = 0)."
    )
    why = "Ceremonial adoption under pressure from above (DiMaggio, Powell 1983, from memory)."

    week: int = param(
        4,
        low=0,
        high=520,
        unit="weeks",
        doc="weeks from the start to the meeting, and between",
        plausible=(2, 13),
    )
    meetings: int = param(
        1, low=1, high=100, doc="how often it is held, each time so many weeks later", plausible=(1, 2)
    )
    hours: float = param(
        4.0, low=0, high=40, unit="h", doc="hours of each who comes: half a day", plausible=(3, 8)
    )
    prepare: float = param(
        60.0, low=0, high=1000, unit="h", doc="hours of the host to prepare it", plausible=(20, 200)
    )
    adopt: float = param(
        0.5,
        low=0,
        high=1,
        doc="chance to take up what was seen, under pressure from above",
        plausible=(0.2, 0.9),
    )
    misjudge: float = param(
        1.0, low=0, high=1, doc="the same where it does not fit, against where it does", plausible=(0.3, 1)
    )
    shown: int = param(
        1, low=0, high=100, doc="neighbourhoods with such neighbourly work at the start", plausible=(1, 3)
    )
    fits: tuple[str, ...] = param(
        ("old_public", "mixed"), choices=Site.labels(), doc="where it is of use: like the place it is from"
    )
    setup: float = param(60.0, low=0, high=1000, unit="h", doc="hours to begin with it", plausible=(20, 80))
    visible: float = param(
        0.9, low=0, high=1, doc="chance that a visitor sees it: it is what is shown", plausible=(0.7, 1)
    )
    host: float = param(
        0.05,
        low=0,
        high=0.5,
        doc="share of a committee's hours more that go to joint activity with it",
        plausible=(0.02, 0.1),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Visit(
                name="demonstration_meeting",
                to="examples",
                number=1,
                every=max(self.week, 1),
                hours=self.hours,
                host_hours=self.prepare if self.hours else 0,
                adopt=self.adopt,
                misjudge=self.misjudge,
                when=When(length=max(self.week, 1) * self.meetings),
            ),
            Practice(
                name="neighbourly_work",
                fits=self.fits,
                setup=self.setup,
                visible=self.visible,
                pilots=self.shown,
            ),
            Amend(
                name="neighbourly_work",
                of=Position,
                target="committee",
                field="host",
                by=self.host if self.shown else 0,
                where=Where(practice="neighbourly_work"),
            ),
        )
