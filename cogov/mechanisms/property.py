"""Property firms and the homes they serve (物业)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, permit_bodies, permit_hours, permit_weeks
from cogov.rules.kinds import LIFT_FUND, Exchange, OwnersConsent, Payoff, Programme, Rule
from cogov.terms import LAWS


@dataclass(frozen=True, kw_only=True)
class RedPropertyAlliance(Mechanism):
    """Property firms with a party base meet, see how the others work, and compare where they stand."""

    name, zh, seed, family = "red_property_alliance", "红色物业联盟", "001", "property"
    zero = {"hours": 0.0, "learning": 0.0, "reputation": 0.0}

    hours: float = param(3.0, low=0, high=40, unit="h", doc="hours of each member's manager for a meeting")
    every: int = param(4, low=1, high=52, unit="weeks", doc="weeks between meetings")
    rivals: float = param(
        0.3, low=0, high=1, doc="share of what it knows that a member shows one that serves the same place"
    )
    learning: float = param(
        0.04,
        low=0,
        high=1,
        doc="share of the gap in the cost of quality to the best seen that closes a quarter",
        source="assumed: 0.15 a year; Cai and Szeidl (2018), firms that met monthly",
    )
    reputation: float = param(
        0.1, low=0, high=10, doc="weight of standing behind the best seen in a firm's decision"
    )
    upkeep: float = param(
        0.5,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to prepare a monthly meeting, for every firm there is (0.2 to 2 plausible)",
        source="assumed",
    )
    coaching: float = param(
        5.0,
        low=0,
        high=400,
        unit="h/week",
        doc="office hours to help a firm with what it saw, at learning 1 (1 to 20 plausible)",
        source="assumed",
    )
    comparing: float = param(
        1.5,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to compare where a firm stands, at reputation 1 (0.5 to 6 plausible)",
        source="assumed",
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Exchange(
                name="alliance",
                hours=self.hours,
                every=self.every,
                rivals=self.rivals,
                keeper="office",
                upkeep=self.upkeep,
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
        )


@dataclass(frozen=True, kw_only=True)
class LiftProgramme(Mechanism):
    """Lifts for old walk-ups: guided meetings, and a plan re-fitted to those who object."""

    name, zh, seed, family = "lift_programme", "加梯“五里模式”（一梯一策）", "001", "property"
    zero = {"slots": 0.0}

    consent: str = param(
        "date",
        choices=("date", *LAWS),
        doc="the law by which owners agree: that of the community's date, or another",
        source="facts: 沪建房管联〔2020〕801号",
    )
    slots: float = param(2.0, low=0, unit="buildings", doc="buildings a neighbourhood works on at a time")
    revision: float = param(0.6, low=0, high=1, doc="share of an objector's loss that a new plan may repay")
    promote: float = param(
        0.05, low=0, high=1, unit="1/year", doc="chance that a willing building is taken up"
    )
    hours: float = param(3.0, low=0, high=100, unit="h", doc="committee hours for a round of meetings")
    every: int = param(2, low=1, high=52, unit="weeks", doc="weeks between rounds of meetings")
    permits: int = permit_bodies()
    permit_weeks: float = permit_weeks()
    permit_hours: float = permit_hours()
    plan_hours: float = param(
        2.0,
        low=0,
        high=100,
        unit="h",
        doc="more for a round at which the plan is re-fitted, at revision 1 (0.5 to 8 plausible)",
        source="assumed",
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Programme(
                name="lift_programme",
                what="lift",
                slots=self.slots,
                promote=self.promote,
                consent="lift_programme",
                purse=LIFT_FUND,
                permits=self.permits,
                permit_weeks=self.permit_weeks,
                permit_hours=self.permit_hours,
            ),
            OwnersConsent(
                name="lift_programme",
                every=self.every,
                hours=self.hours,
                revision=self.revision,
                law=self.consent,
                plan_hours=self.plan_hours,
            ),
        )
