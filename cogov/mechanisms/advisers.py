"""Professionals on call in the neighbourhoods of a subdistrict (三师三顾问)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, own_purse
from cogov.rules import Amend
from cogov.rules.kinds import KINDS, SERVICES, Council, Enquiry, Move, Position, Purse, Rule, Visit


def per_ten_thousand(default: float, who: str, zh: str) -> Any:
    """The parameter that says how many of one sort there are."""
    return param(
        default,
        low=0,
        unit="heads",
        doc=f"{who} ({zh}) for 10,000 households",
        source="assumed: one for some five neighbourhoods",
        plausible=(default / 2, default * 2),
    )


@dataclass(frozen=True, kw_only=True)
class ProfessionalAdvisers(Mechanism):
    """Six sorts of professional, each with few hours, each on one step and on no other.

    Legal advisers, planners and political workers take cases of their field off the posts that have them,
    with the competence of their trade; legal and health advisers give consultations, and health advisers find
    out who needs what; advisers on party building help the mentors of a studio to teach, and advisers on
    governance prepare what councils talk about, so that an item takes less of everybody's time.
    """

    name, zh, seed, family = "professional_advisers", "三师三顾问", "000, 001, 002", "party"
    zero = {
        "legal": 0.0, "planners": 0.0, "health": 0.0, "mediators": 0.0, "party": 0.0, "governance": 0.0,
    }  # fmt: skip
    words = {
        "002": "引导更多的社区政工师、规划师、健康师和社区党建顾问、治理顾问、法律顾问等“三师三顾问”下沉基层"
        "社区",
        "001": "在居民区层面,建立零距离家园理事会,吸纳业委会、物业公司、驻区单位、两新组织、两代表一委员、法"
        "律顾问等各方力量",
        "000": "五角场街道党建顾问、五角场街道社区治理顾问刘建军……专家们从不同角度出发,为五角场街道进一步深"
        "化党建引领基层社会治理,加强社区睦邻党建工作提出了专业性意见和建议",
    }
    reading = (
        "The documents name the six and not what they do: each has the step that its trade is about, and a"
        " knob that leaves it out (its heads 0). That councils are prepared by the adviser on governance, and"
        " by none for a seat alone, is an interpretation (councils empty). Universities may lend them (wage ="
        " 0). Advice to owners' committees and on tenders is not in it."
    )
    why = (
        "Specialised knowledge at the point of use, in hours that queue: whoever is advised is served better"
        " and others wait (Kleinrock 1975, from memory)."
    )

    legal: float = per_ten_thousand(1.3, "legal advisers", "法律顾问")
    planners: float = per_ten_thousand(0.5, "planners", "规划师")
    gardens: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of planners' hours for the planner of gardens, where there is one",
        plausible=(0.15, 0.5),
    )
    way: float = param(
        0.1, low=0, high=1, doc="share of these hours that is lost on the way", plausible=(0.053, 0.18)
    )
    health: float = per_ten_thousand(1.0, "health advisers", "健康师")
    mediators: float = per_ten_thousand(1.0, "political workers, who mediate", "政工师")
    party: float = per_ten_thousand(0.5, "advisers on party building", "党建顾问")
    governance: float = per_ten_thousand(0.5, "advisers on governance", "治理顾问")
    hours: float = param(
        2.0,
        low=0.1,
        high=40,
        unit="h/week",
        doc="hours of each",
        source="assumed: 4 to 8 a month",
        plausible=(1, 2),
    )
    wage: float = param(
        100.0,
        low=0,
        high=1000,
        unit="yuan/h",
        doc="what an hour costs; nothing where they are lent",
        plausible=(70, 150),
    )
    purse: float = own_purse(6.0)
    competence: float = param(
        0.85, low=0, high=1, doc="chance that what they finish holds", plausible=(0.7, 0.95)
    )
    small: float = param(
        6.0, low=0.1, high=1000, unit="h", doc="largest case that they take", plausible=(3, 12)
    )
    consult: float = param(
        0.4,
        low=0,
        high=0.5,
        doc="share of a legal or health adviser's hours for consultations",
        plausible=(0.2, 0.5),
    )
    group: float = param(
        3.0, low=1, high=1000, doc="people whom an hour of consultation is for", plausible=(1.5, 6)
    )
    legal_handles: tuple[str, ...] = param(
        ("property_conflict",), choices=KINDS, doc="cases that legal advisers take"
    )
    planners_handle: tuple[str, ...] = param(
        ("public_space", "renewal"), choices=KINDS, doc="cases that planners take"
    )
    mediators_handle: tuple[str, ...] = param(
        ("dispute",), choices=KINDS, doc="cases that political workers take"
    )
    legal_services: tuple[str, ...] = param(
        ("advice",), choices=SERVICES, doc="what legal advisers consult on"
    )
    health_services: tuple[str, ...] = param(
        ("health",), choices=SERVICES, doc="what health advisers consult on"
    )
    finds_out: tuple[str, ...] = param(
        ("health", "elder_care"), choices=SERVICES, doc="needs that health advisers find out about"
    )
    round: float = param(
        0.4, low=0, high=0.5, doc="share of a health adviser's hours on rounds", plausible=(0.2, 0.5)
    )
    doors: float = param(
        1.5,
        low=0,
        high=100,
        unit="households/h",
        doc="households a round hears from in an hour",
        plausible=(0.5, 3),
    )
    teach: float = param(
        0.03,
        low=0,
        high=1,
        doc="what an adviser on party building adds to the learning of a session",
        plausible=(0.01, 0.06),
    )
    sessions: float = param(
        1.5,
        low=0,
        high=40,
        unit="h/week",
        doc="hours that takes for each neighbourhood, for each part of all there is to learn",
        plausible=(0.75, 3),
    )
    councils: tuple[str, ...] = param(
        ("home_council", "three_plus_x"),
        choices=(
            "home_council",
            "three_plus_x",
            "hearing",
            "community_committee",
            "coordination_committee",
        ),
        doc="councils that advisers on governance prepare, of those there are",
    )
    item: float = param(
        0.7,
        low=0,
        high=1,
        doc="time an item takes that was prepared, against one that was not",
        plausible=(0.5, 0.9),
    )
    papers: float = param(
        0.3,
        low=0,
        high=40,
        unit="h/week",
        doc="hours for each council to prepare all that items take",
        plausible=(0.15, 0.6),
    )

    def post(self, title: str, heads: float, **work: Any) -> Position:
        """One sort of adviser as a post."""
        return Position(
            name=title,
            area="subdistrict",
            heads=heads,
            per_households=PER,
            hours=self.hours,
            competence=self.competence,
            wage=self.wage,
            purse="professional_advisers",
            **work,
        )

    def rules(self) -> tuple[Rule, ...]:
        heads = self.legal + self.planners + self.health + self.mediators + self.party + self.governance
        consults: dict[str, Any] = {"care": self.consult, "group": self.group} if self.consult else {}
        helps = {
            "legal_adviser": (self.legal, self.legal_handles),
            "planner": (self.planners, self.planners_handle),
            "political_worker": (self.mediators, self.mediators_handle),
        }
        return (
            Purse(
                name="professional_advisers",
                income=self.purse if heads else 0,
                pays=("wages",),
                keeps=False,
            ),
            *(
                self.post(
                    title,
                    number,
                    small=self.small,
                    handles=kinds,
                    **(
                        consults | {"services": self.legal_services}
                        if title == "legal_adviser" and consults
                        else {}
                    ),
                )
                for title, (number, kinds) in helps.items()
            ),
            Move(
                name="planners_for_gardens",
                out_of="planner",
                into="community_planner",
                share=self.gardens if self.planners else 0,
                loss=self.way,
            ),
            self.post(
                "health_adviser",
                self.health,
                observe=self.round,
                **(consults | {"services": self.health_services} if consults else {}),
            ),
            Enquiry(
                name="health_rounds",
                post="health_adviser",
                speed=self.doors if self.round else 0,
                services=self.finds_out,
            ),
            self.post("party_building_adviser", self.party),
            Amend(
                name="advised_sessions",
                of=Visit,
                target="studio_session",
                field="teach",
                by=self.teach if self.party else 0,
                keeper="party_building_adviser",
                upkeep=self.sessions * self.teach,
            ),
            self.post("governance_adviser", self.governance),
            *(
                Amend(
                    name=f"prepared_{council}",
                    of=Council,
                    target=council,
                    field="item_hours",
                    by=self.item if self.governance else 1,
                    keeper="governance_adviser",
                    upkeep=self.papers * (1 - self.item),
                )
                for council in self.councils
            ),
        )
