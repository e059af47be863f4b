"""What is done about the load of those at the base: tasks kept away, hands sent down (减负、力量下沉)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, agenda_hours, referred
from cogov.rules.amend import Amend
from cogov.rules.kinds import (
    LINES,
    PUBLIC,
    Council,
    Rule,
    Tasks,
)
from cogov.terms import Source


@dataclass(frozen=True, kw_only=True)
class UpwardExtension(Mechanism):
    """What exceeds the subdistrict goes to a conference that the district convenes (向上延伸).

    Its rank is that of the district, so that units which do not come to a subdistrict come to it; its agenda
    is one for all subdistricts. What goes up passes the levels between like any other case, and may be lost.
    """

    name, zh, seed, family = "upward_extension", "向上延伸", "004", "structure"
    zero = {"slots": 0.0}
    words = {
        "004": "將超出社區層面協調范圍、社區服務供給能力的事項及問題及時向上級黨委匯報,"
        "推動區域化黨建工作在區級層面有力整合"
    }
    reading = (
        "A conference with an agenda is read into “整合” (slots = 0 leaves it out); that it takes up what"
        " smaller councils refused is read into “超出社區層面” (referred = no)."
    )
    why = (
        "A convener of equal rank removes the gap between ranks (Lieberthal and Lampton 1992, Bureaucracy,"
        " Politics, and Decision Making in Post-Mao China); attention at the top is scarce (Jones and"
        " Baumgartner 2005, The Politics of Attention)."
    )

    slots: float = param(
        6.0,
        low=0,
        high=1000,
        unit="items/meeting",
        doc="matters it takes up at a meeting, for the whole district",
        plausible=(2, 20),
    )
    every: int = param(13, low=1, high=520, unit="weeks", doc="weeks between its meetings", plausible=(4, 26))
    rank: float = param(1.0, low=0, high=3, doc="administrative rank of who convenes it", source="seed 004")
    quorum: float = param(
        0.4, low=0, high=1, doc="share of the seats present that must support a matter", plausible=(0.3, 0.6)
    )
    kinds: tuple[str, ...] = param(PUBLIC, choices=PUBLIC, doc="types of issue it takes up")
    referred: bool = referred(True, "subdistricts and below")
    hours: float = param(
        3.0, low=0, high=40, unit="h", doc="hours a meeting costs each seat", plausible=(2, 4)
    )
    agenda: float = agenda_hours(6.0)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Council(
                name="district_conference",
                area="district",
                seats=("neighbourhoods", "units"),
                kinds=self.kinds,
                every=self.every,
                slots=self.slots,
                quorum=self.quorum,
                hours=self.hours,
                referred=self.referred,
                rank=self.rank,
                keeper="office",
                upkeep=self.agenda,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class BurdenRelief(Mechanism):
    """Subdistrict and lines withdraw tasks from committees (减负): what is not asked is not known above.

    Committees spend what they gain by their own order of duties, whatever that is. Its price is what upper
    levels learn later, and the hours in which the office finds out itself. That tasks grow back is left out.
    """

    name, zh, seed, family = "burden_relief", "减负", "002", "structure"
    zero = {"cut": 0.0, "own": 0.0}
    words = {"002": "积极做好为基层松绑减负的“减法”“除法”"}
    reading = (
        "“减法” is read as tasks withdrawn by lines (cut = 0 leaves it out), “除法” as the office taking its"
        " share of what it asked (own = 0)."
    )
    why = (
        "Who has more to do than hours rations by what is asked for from above (Lipsky 1980, Street-Level"
        " Bureaucracy); reporting serves who asks for it."
    )

    cut: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of the tasks of lines that is withdrawn",
        source="assumed; a list of 2015 fell from 140 kinds to 37 on paper",
        plausible=(0, 0.75),
    )
    own: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of the subdistrict's own tasks that is withdrawn",
        plausible=(0, 0.75),
    )
    lines: tuple[str, ...] = param(LINES, choices=LINES, doc="departments that withdraw tasks")
    finding: float = param(
        0.5,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours for each neighbourhood and source to find out what no longer is reported, if"
        " nothing is",
        plausible=(0.062, 4),
    )

    def rules(self) -> tuple[Rule, ...]:
        shares = dict.fromkeys(self.lines, self.cut) | {Source.SUBDISTRICT.label: self.own}
        return tuple(
            Amend(
                name=f"relief_{source}",
                of=Tasks,
                target=source,
                field="load",
                by=1 - share,
                keeper="office",
                upkeep=self.finding * share,
            )
            for source, share in shares.items()
        )
