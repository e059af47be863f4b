"""Owners, residents and deputies who speak and settle for themselves (自治与建言)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.base import (
    PER,
    Mechanism,
    law_of_works,
    own_purse,
    owners_meeting,
    permit_bodies,
    permit_hours,
    permit_weeks,
)
from cogov.rules.amend import Amend
from cogov.rules.kinds import (
    KINDS,
    Boundary,
    Compact,
    Council,
    Observation,
    OwnersConsent,
    Position,
    Programme,
    Proposal,
    Purse,
    Rule,
)


@dataclass(frozen=True, kw_only=True)
class ResidentsCompact(Mechanism):
    """Residents of a compound agree on rules of conduct and on parking, and remind each other (微规约).

    A compact holds down what breeds problems as far as neighbours keep it: where they trust each other and
    somebody reminds; else it erodes to nothing.
    """

    name, zh, seed, family = "residents_compact", "微规约", "002", "councils"
    zero = {"conduct": 0.0, "parking": 0.0}
    words = {"002": "探索实施微规约、微课堂、微公益等“新三微治理”……自我管理、自我服务、自我教育、自我监督"}
    reading = (
        "What compacts are about the words do not say: conduct (dogs, corridors, noise) and parking are read"
        " into them (conduct 0, parking 0). That volunteers remind is an interpretation of 自我监督."
    )
    why = (
        "rules that users make, monitor and sanction by degrees: Ostrom (1990), Governing the Commons, ch. 3"
    )

    conduct: float = param(
        0.4,
        low=0,
        high=1,
        doc="share of what habits breed that full compliance holds down",
        plausible=(0.1, 0.6),
    )
    parking: float = param(
        0.15,
        low=0,
        high=1,
        doc="the same of what lack of parking breeds; a rule makes no place",
        plausible=(0, 0.4),
    )
    meetings: float = param(
        6.0,
        low=0,
        high=100,
        unit="h",
        doc="hours until one is agreed on: three meetings of two hours",
        plausible=(3, 12),
    )
    remind: float = param(
        0.4,
        low=0,
        high=40,
        unit="h/week",
        doc="volunteer hours to remind in a compound, for each compact, 0.3 a breach",
        plausible=(0.1, 2),
    )

    def rules(self) -> tuple[Rule, ...]:
        def compact(cause: str, effect: float) -> Compact:
            return Compact(
                name=f"compact_on_{cause}",
                area="compound",
                cause=cause,
                effect=effect,
                meetings=self.meetings,
                keeper="volunteers",
                upkeep=self.remind,
            )

        return (compact("conduct", self.conduct), compact("parking", self.parking))


@dataclass(frozen=True, kw_only=True)
class DeputyChannels(Mechanism):
    """Deputies receive residents, bring cases before the district and sit in the home council (两代表一委员).

    What they bring must be answered by a day and passes no desk between. A contact point for legislation
    yields rules for a whole city and has no effect here.
    """

    name, zh, seed, family = "deputy_channels", "代表委员联系社区", "000, 001, 002", "councils"
    zero = {"deputies": 0.0, "seat": False}
    words = {
        "000": "人大代表、驻区单位积极参与、主动融入",
        "001": "吸纳业委会、物业公司、驻区单位、两新组织、两代表一委员、法律顾问等各方力量",
        "002": "充分发挥基层立法联系点、人大代表之家、“协商于民”政协委员工作站等平台作用……"
        "动员人大代表、政协委员……积极参与基层治理",
    }
    reading = (
        "The seat stands in 001 alone (seat false). That a deputy's case is answered in writing by a day is"
        " how such proposals are dealt with, not a sentence (cases 0); that deputies receive residents is"
        " read into 人大代表之家 (receiving 0). Deputies are those who live here; they give spare hours."
    )
    why = "a second channel upward that does not depend on the first (Hirschman 1970, on voice)"

    deputies: float = param(
        2.0, low=0, high=20, unit="heads", doc="deputies that a neighbourhood can turn to", plausible=(1, 3)
    )
    hours: float = param(
        0.75, low=0, high=40, unit="h/week", doc="hours of each: 3 a month", plausible=(0.4, 1.5)
    )
    willing: float = param(
        0.5, low=0, high=1, doc="share of the active among them who do it", plausible=(0.2, 0.8)
    )
    receiving: float = param(
        0.4, low=0, high=1, doc="share of their hours in which they receive residents", plausible=(0.2, 0.6)
    )
    speed: float = param(
        2.0,
        low=0,
        high=100,
        unit="buildings/h",
        doc="buildings whose residents come in an hour",
        plausible=(1, 4),
    )
    cases: float = param(2.0, low=0, high=100, unit="cases/year", doc="cases each brings", plausible=(0, 6))
    writing: float = param(
        1.0, low=0, high=40, unit="h", doc="hours of a deputy for a case", plausible=(0.5, 2)
    )
    answer: float = param(
        4.0, low=0, high=100, unit="h", doc="district hours to look into it and answer", plausible=(2, 8)
    )
    weeks: float = param(
        13.0,
        low=1,
        high=104,
        unit="weeks",
        doc="weeks in which it must be answered",
        source="assumed: from memory, deputies' suggestions are answered within three months",
        plausible=(8, 26),
    )
    seat: bool = param(True, doc="whether one of a neighbourhood sits in its home council")
    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue they bring")

    def rules(self) -> tuple[Rule, ...]:
        return (
            Position(
                name="deputy",
                area="neighbourhood",
                heads=self.deputies,
                hours=self.hours,
                observe=self.receiving,
            ),
            Boundary(name="deputy", post="deputy", pools=("deputies",), willing=self.willing),
            Observation(name="deputies_receive", post="deputy", speed=self.speed if self.receiving else 0),
            Proposal(
                name="deputies_cases",
                post="deputy",
                number=self.cases,
                kinds=self.kinds,
                hours=self.writing,
                answer=self.answer,
                weeks=self.weeks,
            ),
            Amend(
                name="deputy_channels",
                of=Council,
                target="home_council",
                field="seats",
                by=("deputies",) if self.seat else (),
            ),
        )


def _left(default: float, cause: str, low: float, high: float) -> Any:
    doc = f"level of {cause} that such a work leaves"
    return param(default, low=0, high=1, doc=doc, plausible=(low, high))


@dataclass(frozen=True, kw_only=True)
class SuggestionStation(Mechanism):
    """Residents suggest what would end a trouble that keeps coming back; a station works it out.

    Suggestions come from compounds where cases of one cause stand on record. The station plans as far as it
    has hours; owners must agree, the works have money of their own and need permits. What is settled case
    by case comes back; what ends its cause does not.
    """

    name, zh, seed, family = "suggestion_station", "人民建议征集工作站", "002", "councils"
    zero = {"staff": 0.0}
    words = {"002": "发挥好人民建议征集工作站……作用,切实把群众的“金点子”变成基层治理的“金钥匙”"}
    reading = (
        "That a suggestion is about a cause, and that the station gets it built, is an interpretation"
        " (suggested 0 leaves only the station). That unanswered suggestions dry up is not in it."
    )
    why = "voice that is answered (Hirschman 1970); whoever lives with a trouble knows its cause"

    staff: float = param(
        0.3, low=0, high=100, unit="heads", doc="staff for 10,000 households", plausible=(0.15, 0.6)
    )
    hours: float = param(36.0, low=0, high=80, unit="h/week", doc="hours of each", plausible=(32, 40))
    wage: float = param(50.0, low=0, high=1000, unit="yuan/h", doc="wage of the staff", plausible=(35, 75))
    suggested: float = param(
        0.02,
        low=0,
        high=1,
        unit="1/month",
        doc="chance that a standing case of one cause leads to a suggestion",
        source="assumed, so that a neighbourhood makes 3 to 5 a year, of which few are taken up",
        plausible=(0.002, 0.1),
    )
    working_out: float = param(
        12.0,
        low=1,
        high=400,
        unit="h",
        doc="hours to receive it, find the cause, answer and plan",
        plausible=(4, 40),
    )
    slots: float = param(
        2.0,
        low=0,
        high=100,
        unit="sites",
        doc="sites a neighbourhood talks about at a time",
        plausible=(1, 4),
    )
    consent: str = law_of_works()
    shed: float = param(
        60_000.0,
        low=0,
        high=1e7,
        unit="yuan",
        doc="cost of a charging shed (充电棚)",
        plausible=(30_000, 120_000),
    )
    shed_left: float = _left(0.1, "charging", 0.0, 0.3)
    places: float = param(
        80_000.0,
        low=0,
        high=1e7,
        unit="yuan",
        doc="cost of a new order of parking (停车位)",
        plausible=(40_000, 160_000),
    )
    places_left: float = _left(0.5, "lack of parking", 0.3, 0.8)
    permits: int = permit_bodies()
    permit_weeks: float = permit_weeks()
    permit_hours: float = permit_hours()
    every: int = param(
        4, low=1, high=52, unit="weeks", doc="weeks between meetings of owners", plausible=(2, 8)
    )
    meeting: float = owners_meeting()
    purse: float = own_purse(4.0)
    works: float = param(
        12.0,
        low=0,
        high=10_000,
        unit="yuan/household/year",
        doc="money for works, which is kept until it is spent",
        source="assumed: two works a year for 10,000 households",
        plausible=(6, 24),
    )

    def rules(self) -> tuple[Rule, ...]:
        there = self.staff * self.hours > 0

        def programme(what: str, mends: str, cost: float, left: float) -> Programme:
            return Programme(
                name=f"suggested_{what}",
                what=what,
                slots=self.slots if there else 0,
                suggested=self.suggested,
                designer="suggestion_station",
                plan_hours=self.working_out,
                consent="suggested_works",
                cost=cost,
                purse="suggested_works",
                permits=self.permits,
                permit_weeks=self.permit_weeks,
                permit_hours=self.permit_hours,
                mends=mends,
                left=left,
            )

        return (
            Purse(name="suggestion_station", income=self.purse if there else 0, pays=("wages",), keeps=False),
            Purse(name="suggested_works", income=self.works if there else 0, pays=("works",)),
            Position(
                name="suggestion_station",
                area="subdistrict",
                heads=self.staff,
                per_households=PER,
                hours=self.hours,
                wage=self.wage,
                purse="suggestion_station",
            ),
            programme("shed", "charging", self.shed, self.shed_left),
            programme("parking", "parking", self.places, self.places_left),
            OwnersConsent(name="suggested_works", every=self.every, hours=self.meeting, law=self.consent),
        )
