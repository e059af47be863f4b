"""Gardens that residents plan and look after (社区花园)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, own_purse
from cogov.mechanisms.gatherings import FOUNDATION, asking_owners, majority, paid_by, turnout
from cogov.rules.conditions import Where
from cogov.rules.kinds import Boundary, OwnersConsent, Position, Programme, Purse, Rule


@dataclass(frozen=True, kw_only=True)
class CommunityGarden(Mechanism):
    """Gardens that residents plan with a planner and look after themselves; without gardeners they go wild.

    A garden without gardeners is neglected and gone; that it breeds complaints by then is left out.
    """

    name, zh, seed, family = "community_garden", "社区花园与社区规划师", "000, 002, 003", "neighbourliness"
    zero = {"gardens": 0.0, "planner": 0.0}
    words = {
        "000": "五角场街道社区规划师、同济大学社区花园与社区营造实验中心主任刘悦来",
        "002": "引导更多的社区政工师、规划师、健康师……下沉基层社区……口袋花园等基层治理的绽放地带",
        "003": "我们也正在打造一座生境花园，我希望能以这座花园为契机，在党建引领下，调动社区居民的自治意愿和"
        "激情",
    }
    reading = (
        "That a planner drafts with residents, so that a plan takes less from those who object, is a reading"
        " of 社区营造 (workshops 0 leaves it out); so is one planner for a whole subdistrict, with a queue"
        " (planner 0: gardens are laid out without one). No document says who gardens: volunteers, who hold"
        " their hours as joint activity (together 0 leaves the company out)."
    )
    why = (
        "Gardening and meetings each go with more bonding and linking capital, taking part oneself more than"
        " living near (Alaimo, Reischl and Allen 2010, N = 1,916, cross-section)."
    )

    gardens: float = param(
        1.0, low=0, high=20, unit="sites", doc="gardens a neighbourhood works on at a time", plausible=(1, 2)
    )
    proposed: float = param(
        0.1,
        low=0,
        high=1,
        unit="1/year",
        doc="chance that a willing compound proposes one",
        plausible=(0.03, 0.3),
    )
    planner: float = param(
        3.0,
        low=0,
        high=40,
        unit="h/week",
        doc="hours of a subdistrict's planner",
        source="assumed: 8 to 16 a month",
        plausible=(2, 4),
    )
    wage: float = param(
        300.0, low=0, high=10_000, unit="yuan/h", doc="fee of the planner", plausible=(150, 500)
    )
    draft: float = param(
        24.0,
        low=0.1,
        high=1000,
        unit="h",
        doc="planner's hours for a plan without workshops",
        plausible=(12, 48),
    )
    workshops: int = param(3, low=0, high=8, doc="workshops with residents for each plan", plausible=(2, 6))
    workshop: float = param(6.0, low=0, high=100, unit="h", doc="planner's hours for each", plausible=(4, 10))
    fits: float = param(
        0.2,
        low=0,
        high=1,
        doc="share of what objectors lose that a workshop finds a way to spare",
        plausible=(0.05, 0.3),
    )
    refit: float = param(
        2.0,
        low=0,
        high=100,
        unit="h",
        doc="committee hours more for a meeting at which the plan is re-fitted",
        plausible=(1, 4),
    )
    turnout: float = turnout()
    majority: float = majority()
    meeting: float = asking_owners()
    cost: float = param(
        100_000.0,
        low=0,
        high=1e7,
        unit="yuan",
        doc="works of one: 300 to 1,000 yuan for each of 100 to 500 m²",
        plausible=(30_000, 300_000),
    )
    weeks: int = param(8, low=1, high=104, unit="weeks", doc="weeks of laying out", plausible=(4, 16))
    people: int = param(
        20,
        low=1,
        high=1000,
        unit="people",
        doc="people who garden or sit there at a time",
        plausible=(10, 40),
    )
    opening: float = param(
        9.0,
        low=0,
        high=168,
        unit="h/week",
        doc="hours in which there is gardening together",
        plausible=(4, 20),
    )
    gardeners: float = param(
        12.0, low=1, high=30, doc="gardeners of a neighbourhood that has a garden", plausible=(6, 24)
    )
    garden_hours: float = param(1.5, low=0.1, high=40, unit="h/week", doc="hours of each", plausible=(1, 2))
    would_garden: float = param(
        0.15, low=0, high=1, doc="share of active volunteers who would garden", plausible=(0.05, 0.3)
    )
    together: float = param(
        0.5, low=0, high=1, doc="share of a gardener's hours that is joint activity", plausible=(0.3, 0.7)
    )
    tending: float = param(
        6.0, low=0.1, high=100, unit="h/week", doc="hours a garden takes", plausible=(3, 12)
    )
    seedlings: float = param(
        5_000.0,
        low=0,
        high=1e6,
        unit="yuan/year",
        doc="seedlings and tools of a garden",
        plausible=(2500, 10_000),
    )
    lasts: int = param(
        26,
        low=1,
        high=520,
        unit="weeks",
        doc="weeks until a garden that nobody tends is wild",
        plausible=(13, 52),
    )
    paid_by: str = paid_by()
    purse: float = own_purse(12.0)

    def rules(self) -> tuple[Rule, ...]:
        gifts = self.paid_by == FOUNDATION
        drafts = self.draft + self.workshops * self.workshop
        return (
            Purse(
                name="community_garden",
                income=self.purse if self.gardens or self.planner else 0,
                pays=("wages", "rules") if gifts else ("wages", "rules", "works"),
            ),
            Position(
                name="community_planner",
                area="subdistrict",
                heads=1,
                hours=self.planner,
                wage=self.wage,
                purse="community_garden",
            ),
            Programme(
                name="community_garden",
                what="garden",
                slots=self.gardens,
                promote=self.proposed,
                designer="community_planner" if self.planner else "",
                plan_hours=drafts if self.planner else 0,
                consent="community_garden",
                purse=FOUNDATION if gifts else "community_garden",
                cost=self.cost,
                weeks=(self.weeks, self.weeks),
                people=self.people,
                hours=self.opening,
                tended_by="gardener",
                tending=self.tending,
                running=self.seedlings,
                lasts=self.lasts,
            ),
            OwnersConsent(
                name="community_garden",
                hours=self.meeting,
                turnout=self.turnout,
                majority=self.majority,
                revision=min(self.workshops * self.fits, 1) if self.planner else 0,
                plan_hours=self.refit,
            ),
            Position(
                name="gardener",
                heads=self.gardeners if self.gardens else 0,
                hours=self.garden_hours,
                host=self.together,
                where=Where(built="community_garden"),
            ),
            Boundary(name="gardener", post="gardener", pools=("volunteers",), willing=self.would_garden),
        )
