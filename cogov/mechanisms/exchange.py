"""What units are given for what they give, and who judges it (双向服务、评议)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism
from cogov.rules.amend import Amend
from cogov.rules.kinds import WANTS, Appraisal, Boundary, Payoff, Position, Rule, Title


@dataclass(frozen=True, kw_only=True)
class TwoWayService(Mechanism):
    """The community serves the units in it as they serve the community.

    Committees, the office and volunteers give hours to what units want: permits, care of their people's
    children and parents, hands for an event. Those hours serve no resident. A unit weighs what it was given
    itself of what it wants, in the quarter it was given in.
    """

    name, zh, seed, family = "two_way_service", "双向服务、互惠互利", "004, 001", "units"
    zero = {"committee": 0.0, "office": 0.0, "helpers": 0.0, "weight": 0.0}
    words = {
        "004": "組織開展“社區服務企業、企業服務社區”的雙向服務活動，整合社區行政資源，幫助企業解決實際困難……"
        "建立街道與駐區單位“雙向服務”對接機制……"
        "對于如何充分運用社區資源服務駐區單位從而形成互利互惠的利益共同體的認識還不夠",
        "001": "推进社区党建、单位党建、行业党建互联互动,实现资源共享、活动共办、互惠互利",
    }
    reading = (
        "No document says who serves units. That committees do is left out with committee = 0, that the"
        " office does (“整合社區行政資源”) with office = 0, that volunteers help out with helpers = 0; that"
        " units answer to it with weight = 0. Exchange is general: nobody counts what is given against what"
        " is got, item by item. Places (parking by night, seats at lunch) are hours of who arranges them,"
        " as wants are."
    )
    why = (
        "Reciprocity and resource dependence: who was given something gives more (Falk 2007, Econometrica"
        " 75:5, donations +17 % with a small gift, +75 % with a large one; Pfeffer and Salancik 1978; Fehr"
        " and Gächter 2000)."
    )

    committee: float = param(
        0.04,
        low=0,
        high=0.3,
        doc="share of committee hours given to units in the neighbourhood, some 4 h/week",
        plausible=(0, 0.12),
    )
    office: float = param(
        0.02,
        low=0,
        high=0.3,
        doc="share of office hours given to units of the subdistrict, those from outside as well",
        plausible=(0.004, 0.1),
    )
    helpers: float = param(
        2.0,
        low=0,
        high=100,
        unit="heads",
        doc="volunteers of a neighbourhood who help units out",
        plausible=(0, 6),
    )
    hours: float = param(1.0, low=0, high=40, unit="h/week", doc="hours of each of them", plausible=(0.5, 3))
    willing: float = param(
        0.05,
        low=0,
        high=1,
        doc="share of active volunteers who would help units out",
        plausible=(0.01, 0.2),
    )
    lends: tuple[str, ...] = param(
        ("volunteers", "child_care", "elder_care", "order"),
        choices=WANTS,
        doc="wants that volunteers can serve; parking, lunch and permits are not theirs to give",
    )
    weight: float = param(
        1.0,
        low=0,
        high=10,
        doc="weight of the share of its wants that it was given in a unit's decision",
        plausible=(0, 2),
    )
    upkeep: float = param(
        0.1,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to look after a helper",
        plausible=(0.05, 0.2),
    )
    telling: float = param(
        0.05,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to keep the account of a unit, at weight 1",
        plausible=(0.01, 0.2),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Amend(name="committee_serves", of=Position, target="committee", field="serve", by=self.committee),
            Amend(name="office_serves", of=Position, target="office", field="serve", by=self.office),
            Position(
                name="unit_helper",
                area="neighbourhood",
                heads=self.helpers,
                hours=self.hours,
                serve=1,
                wants=self.lends,
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Boundary(name="unit_helper", post="unit_helper", pools=("volunteers",), willing=self.willing),
            Payoff(
                name="service_received",
                to="units",
                term="service",
                weight=self.weight,
                keeper="office",
                upkeep=self.telling,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class UnitAppraisal(Mechanism):
    """Committees score the units they dealt with, and the score goes to a unit's superior.

    It counts with those whose superior asks for it: public bodies wholly, firms of the state in part, private
    ones not, unless it is made public. Who gave a neighbourhood hours or sat at its table is scored there.
    """

    name, zh, seed, family = "unit_appraisal", "驻区单位责任纳入居委会评议", "004", "units"
    zero = {"held": False, "weight": 0.0}
    words = {
        "004": "要將駐區單位履行區域化黨建責任納入居委會評議黨風政風工作中，"
        "進一步密切區域化黨建工作中單位與社區的聯系和互動"
    }
    reading = (
        "That committees judge units is said; how, and what follows, is not. The score is hours that came"
        " and seats that were taken, against what is enough. That it reaches a unit's superior is what the"
        " appraisal of party conduct (評議黨風政風) is for; weight = 0 leaves that out, publish = False"
        " that others hear of it. Agreements do not list hours yet, so that hours are not held against what"
        " was promised."
    )
    why = (
        "Accountability to the line: a body answers to who decides on its head (Lieberthal and Oksenberg"
        " 1988; what is scored moves up, Holmström and Milgrom 1991)."
    )

    held: bool = param(True, doc="whether committees sit and score")
    every: int = param(52, low=13, high=520, unit="weeks", doc="weeks between sittings", plausible=(13, 52))
    sitting: float = param(
        2.0,
        low=0.5,
        high=40,
        unit="h",
        doc="hours of each committee for a sitting, some units an hour each",
        plausible=(1, 6),
    )
    publish: bool = param(False, doc="whether scores are made public as well")
    weight: float = param(
        0.5, low=0, high=10, doc="weight of the score in a unit's decision", plausible=(0, 1.5)
    )
    papers: float = param(
        10.0,
        low=0,
        high=400,
        unit="h",
        doc="office hours to prepare a sitting of all committees, spread over the weeks before it",
        plausible=(4, 40),
    )
    report: float = param(
        0.02,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to bring a unit's score before its superior, at weight 1",
        plausible=(0.005, 0.1),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Appraisal(
                name="unit_appraisal",
                of="units",
                by="committees",
                area="subdistrict",
                heads=int(self.held),
                every=self.every,
                hours=self.sitting,
                publish=self.publish,
                keeper="office",
                upkeep=self.papers,
            ),
            Payoff(
                name="unit_appraisal",
                to="units",
                term="appraisal",
                weight=self.weight,
                keeper="office",
                upkeep=self.report,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class CivilisedTitle(Mechanism):
    """Every two years units compete for a title, for which service to the community counts in part.

    Who is neither sure of it nor out of the running gives more while hours count, and no longer after.
    """

    name, zh, seed, family = "civilised_title", "文明联创、文明单位创建", "004", "units"
    zero = {"awarded": 0.0, "worth": 0.0}
    words = {
        "004": "四是文明聯創。深入開展和諧社區共建、文明新風共樹、社區精神共育、精神文明共創等活動，"
        "推動文明社區和文明單位創建的互相融合、互相促進"
    }
    reading = (
        "That a title rewards service to the community is read into 互相融合、互相促進: service = 0 leaves"
        " it out, and papers are all that is left. That units want it, staff of public bodies being paid"
        " more for it, is left out with worth = 0. Titles of communities are not in it."
    )
    why = (
        "A contest moves those near the bar and while it counts (Lazear and Rosen 1981, Journal of"
        " Political Economy 89:5; effort bunches before a count, Oyer 1998, from memory)."
    )

    awarded: float = param(
        0.4, low=0, high=1, doc="share of those who compete that are awarded it", plausible=(0.1, 0.8)
    )
    every: int = param(104, low=26, high=520, unit="weeks", doc="weeks between awards", plausible=(52, 156))
    counts: int = param(
        52, low=1, high=520, unit="weeks", doc="weeks before an award that count", plausible=(26, 104)
    )
    worth: float = param(
        1.5,
        low=0,
        high=10,
        doc="weight of the title in a unit's decision, as far as its superior asks for it",
        plausible=(0, 3),
    )
    service: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of service to the community among what is counted",
        plausible=(0.1, 0.6),
    )
    papers: float = param(
        20.0, low=0, high=1000, unit="h", doc="hours of papers of a unit", plausible=(8, 80)
    )
    bar: float = param(
        0.2,
        low=0,
        high=1,
        doc="share of its hours that a unit takes to be enough before the first award",
        plausible=(0.05, 0.5),
    )
    checking: float = param(
        1.0,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to check papers, in a subdistrict",
        plausible=(0.3, 4),
    )
    telling: float = param(
        0.02,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to keep it before a unit, at weight 1",
        plausible=(0.005, 0.1),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Title(
                name="civilised_unit",
                every=self.every,
                counts=min(self.counts, self.every),
                share=self.awarded,
                hours=self.papers,
                bar=self.bar,
                keeper="office",
                upkeep=self.checking,
            ),
            Payoff(
                name="civilised_title",
                to="units",
                term="title",
                weight=self.worth * self.service,
                keeper="office",
                upkeep=self.telling,
            ),
        )
