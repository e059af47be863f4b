"""What is known from data, and by whom (数据赋能)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, own_purse
from cogov.rules.amend import Amend
from cogov.rules.kinds import Enquiry, Position, Purse, Reports, Rule, Tasks
from cogov.terms import Source


@dataclass(frozen=True, kw_only=True)
class SmallestUnit(Mechanism):
    """One board of data for each compound: what one body knows others see, and forms are filled once.

    What firms come by on their patrols and volunteers where they help is entered and known to those who lay
    out services; tasks from above that ask for the same again fall. Entering takes hours of the committee:
    where it has none the data are stale and nothing is shared. It may take more than it saves.
    """

    name, zh, seed, family = "smallest_unit", "“一网通管”最小治理单元", "002", "digital"
    zero = {"sharing": 0.0}
    words = {
        "002": "依靠数字技术,提升我们的服务技能,做好“一网通管”最小治理单元这个课题……加强不同来源数据“聚、"
        "通、用”,推动感知、网络、算力等数字技术与基层治理深度融合,为基层减负增能"
    }
    reading = (
        "Whose data are joined no sentence says: those of firms and volunteers here. That forms are"
        " filled once is a reading of relieving the grassroots (once = 0); what they would tell upper levels"
        " falls with them."
    )
    why = (
        "Unmet need is often unknown need: to find out, and to fill in, is a cost that falls on somebody"
        " (Herd and Moynihan 2018)."
    )

    sharing: float = param(
        0.5, low=0, high=1, doc="share of what bodies know that is entered and shared", plausible=(0.3, 0.7)
    )
    doors: float = param(
        0.6,
        low=0,
        high=100,
        unit="households/h",
        doc="households that one who is among people hears from",
        plausible=(0.3, 1.5),
    )
    once: float = param(
        0.2,
        low=0,
        high=1,
        doc="share of tasks that shared data spare, if all is shared",
        plausible=(0.1, 0.4),
    )
    lines: tuple[str, ...] = param(
        Source.labels(), choices=Source.labels(), length=(1, len(Source)), doc="whose tasks those are"
    )
    entry: float = param(
        4.0,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours of a neighbourhood to enter data, if all is shared",
        plausible=(1, 8),
    )
    board: float = param(
        200.0,
        low=0,
        high=100_000,
        unit="yuan/week",
        doc="what the board of a compound costs",
        source="assumed: 50,000 yuan for five years",
        plausible=(100, 400),
    )
    purse: float = own_purse(60.0)

    def rules(self) -> tuple[Rule, ...]:
        bodies = len(self.lines) + 1 + 1
        each = self.sharing * self.entry / bodies
        return (
            Purse(
                name="smallest_unit", income=self.purse if self.sharing else 0, pays=("rules",), keeps=False
            ),
            Enquiry(
                name="data_of_firms",
                post="firm",
                during="observing",
                speed=self.sharing * self.doors,
                keeper="committee",
                upkeep=each,
                money=self.board if self.sharing else 0,
                purse="smallest_unit",
            ),
            Enquiry(
                name="data_of_volunteers",
                post="volunteers",
                during="care",
                speed=self.sharing * self.doors,
                keeper="committee",
                upkeep=each,
            ),
            *(
                Amend(
                    name=f"once_{line}",
                    of=Tasks,
                    target=line,
                    field="load",
                    by=1 - self.sharing * self.once,
                    keeper="committee",
                    upkeep=each,
                )
                for line in self.lines
            ),
        )


@dataclass(frozen=True, kw_only=True)
class VitalSigns(Mechanism):
    """Upper levels read the state of places from records, without asking committees for reports.

    It has no effect of its own: what is known above is of use to rules alone that choose places by it
    (``where.worst``), which else go by the last report. Places are still chosen anew once a quarter.
    """

    name, zh, seed, family = "vital_signs", "城区生命体征（数字孪生试点）", "002", "digital"
    zero = {"read": 0.0, "heads": 0.0}
    words = {"002": "完善城区生命体征指标体系,进一步做实网格化治理,提升治理实效……开展殷行街道等数字孪生试点"}
    reading = (
        "What the indicators are of and who reads them no sentence says: open cases on record here. That a"
        " twin lets a subdistrict rehearse how it sends people in an emergency is not in it."
    )
    why = "Better data help who decides by them and nobody else: to choose the worst by old records errs."

    read: float = param(
        0.9,
        low=0,
        high=1,
        doc="share of what is new in a neighbourhood's records that is read in a week",
        plausible=(0.6, 1),
    )
    heads: float = param(
        0.5,
        low=0,
        high=1000,
        unit="heads",
        doc="people of the centre for 10,000 households",
        plausible=(0.25, 1),
    )
    hours: float = param(36.0, low=0, high=80, unit="h/week", doc="hours of each", plausible=(32, 40))
    wage: float = param(60.0, low=0, high=1000, unit="yuan/h", doc="their wage", plausible=(42, 90))
    keeping: float = param(
        1.0,
        low=0,
        high=40,
        unit="h/week",
        doc="hours of the centre to keep the data of a neighbourhood true",
        plausible=(0.3, 4),
    )
    systems: float = param(
        500.0,
        low=0,
        high=1e6,
        unit="yuan/week",
        doc="what systems cost for a neighbourhood",
        source="assumed: 1 to 5 million yuan a year for a district",
        plausible=(250, 1000),
    )
    purse: float = own_purse(45.0)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Purse(
                name="vital_signs",
                income=self.purse if self.read or self.heads else 0,
                pays=("wages", "rules"),
                keeps=False,
            ),
            Position(
                name="vital_signs_centre",
                area="subdistrict",
                heads=self.heads,
                per_households=PER,
                hours=self.hours,
                wage=self.wage,
                purse="vital_signs",
            ),
            Reports(
                name="vital_signs",
                channel="record",
                share=self.read if self.heads else 0,
                keeper="vital_signs_centre" if self.heads else "",
                upkeep=self.keeping,
                money=self.systems,
                purse="vital_signs",
            ),
        )
