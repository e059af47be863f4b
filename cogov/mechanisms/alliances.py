"""Alliances of those who are in one place: a business circle, a block, a campus and its street (联盟)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, list_hours, own_purse
from cogov.rules.kinds import (
    UNIT_KINDS,
    WANTS,
    Boundary,
    Hearing,
    Listing,
    Position,
    Purse,
    Rule,
)


def asked_by_day(default: float) -> Any:
    """The parameter that says how many people of units are asked to take part."""
    return param(
        default,
        low=0,
        high=1,
        unit="1/month",
        doc="share of the people of units who are asked to take part",
        plausible=(0.02, 0.3),
    )


@dataclass(frozen=True, kw_only=True)
class BusinessCircleCentre(Mechanism):
    """Organisers of a business circle go from firm to firm, help, and list what firms offer.

    They answer for companies, banks and social organisations, ask their people by day to take part, and give
    firms part of their hours for what these want. What that is worth to a firm beside knowing each other is a
    payoff that other mechanisms bring. A circle is not on the map: organisers reach the whole subdistrict.
    """

    name, zh, seed, family = "business_circle_centre", "大柏树商圈党建中心", "004, 003", "structure"
    zero = {"organisers": 0.0}
    words = {
        "004": (
            "大柏樹商圈黨建中心為“一圈”……綜合黨委……整合社區行政資源,幫助企業解決實際困難……"
            "積極支撐社區、駐區單位和園區的區域化黨建工作"
        ),
        "003": "持续推动金融政策、金融服务、金融知识进社区、进楼宇、进企业",
    }
    reading = (
        "That the centre has paid organisers, and what they do: the document names the centre alone. serve"
        " = 0 leaves their help out, listing = 0 their list, asked = 0 their asking."
    )
    why = (
        "Small firms without rank or a habit of sharing join by being visited and helped (K. Provan and P."
        " Kenis, Modes of Network Governance, 2008, on network administrators; from memory)."
    )

    organisers: float = param(
        0.6, low=0, high=20, unit="heads", doc="organisers for 10,000 households", plausible=(0, 2)
    )
    hours: float = param(36.0, low=0, high=80, unit="h/week", doc="hours of each", plausible=(32, 40))
    admin_share: float = param(
        0.25, low=0, high=1, doc="share of them lost to administration", plausible=(0.1, 0.4)
    )
    serve: float = param(
        0.4, low=0, high=1, doc="share of their hours for what firms want", plausible=(0.2, 0.7)
    )
    wants: tuple[str, ...] = param(WANTS, choices=WANTS, doc="wants that they serve")
    members: tuple[str, ...] = param(
        ("company", "bank", "social_organisation"),
        choices=UNIT_KINDS,
        doc="kinds of units of the circle",
        source="seed 004: 綜合黨委, of new economic and social organisations",
    )
    listing: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of what they offer that is listed in the subdistrict",
        plausible=(0, 0.6),
    )
    upkeep: float = list_hours(0.5)
    asked: float = asked_by_day(0.03)
    wage: float = param(40.0, low=0, high=1000, unit="yuan/h", doc="wage of an organiser", plausible=(28, 60))
    weeks_to_fill: int = param(
        13, low=0, high=520, unit="weeks", doc="weeks until they are found", plausible=(4, 26)
    )
    purse: float = own_purse(5.0)

    def rules(self) -> tuple[Rule, ...]:
        there = 1 if self.organisers * self.hours else 0
        keeper = "circle_organiser" if there else ""
        return (
            Purse(
                name="business_circle_centre",
                income=self.purse * there,
                pays=("wages", "rules"),
                keeps=False,
            ),
            Position(
                name="circle_organiser",
                area="subdistrict",
                heads=self.organisers,
                per_households=PER,
                hours=self.hours,
                admin_share=self.admin_share,
                serve=self.serve,
                wants=self.wants,
                unit_kinds=self.members,
                wage=self.wage,
                purse="business_circle_centre",
            ),
            Boundary(name="circle_organiser", post="circle_organiser", weeks_to_fill=self.weeks_to_fill),
            Listing(
                name="business_circle",
                area="subdistrict",
                share=self.listing * there,
                unit_kinds=self.members,
                keeper=keeper,
                upkeep=self.upkeep,
            ),
            Boundary(
                name="people_of_the_circle",
                post="volunteers",
                pools=("employees",),
                asked=self.asked * there,
                keeper=keeper,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class BlockAlliance(Mechanism):
    """The block's alliance of units and persons: joint works of members, residents and people by day.

    So many of each of the three groups give hours to a thing they make together, such as a wall to paint.
    What one group gives is of use as far as the others come: with one of them absent nothing is held, and the
    hours of the others are gone. Who comes to a work is of anywhere in the block, so that ties cross the
    borders of neighbourhoods; the wall itself is not a work that stands. Its board is the 3+X committee,
    where members say what their people need.
    """

    name, zh, seed, family = "block_alliance", "党建（共治）联盟", "001", "structure"
    zero = {"people": 0.0, "hearing": 0.0}
    words = {
        "001": (
            "在街区层面,成立党建(共治)联盟,参与成员分为单位成员和个人成员……个人成员由街区内的报到党员、"
            "社区居民代表、街区顾问等构成……创意家园街区党建(共治)联盟发动小区居民、园区白领和学校学生共同绘制"
            "涂鸦墙美化街区环境……街区党建(共治)联盟、居民区零距离家园理事会等工作平台,广泛听取意见建议"
        )
    }
    reading = (
        "That works are repeated (one wall is named) and need all three groups: people = 0 leaves them out."
        " That office workers and pupils are one group, people of units by day. That opinions heard are needs"
        " told: hearing = 0. That members are a group of their own: members = volunteers."
    )
    why = (
        "Shared work on a visible object makes ties among those who would not meet (S. Feld, The Focused"
        " Organization of Social Ties, 1981; Alaimo and others 2010 on gardening)."
    )

    people: float = param(
        10.0,
        low=0,
        high=1000,
        unit="people",
        doc="of each group who are needed at a work",
        plausible=(5, 30),
    )
    hours: float = param(
        3.0, low=0, high=40, unit="h", doc="hours of each of them for a work", plausible=(2, 8)
    )
    every: int = param(
        17, low=1, high=520, unit="weeks", doc="weeks between works of a block", plausible=(8, 52)
    )
    members: tuple[str, ...] = param(
        ("in_service", "branch_members", "deputies"),
        choices=("in_service", "branch_members", "deputies", "volunteers"),
        length=(1, 4),
        doc="personal members who come, the first first",
        source="seed 001: 报到党员、社区居民代表",
    )
    willing: float = param(
        0.2, low=0, high=1, doc="share of the active of each group who would come", plausible=(0.05, 0.5)
    )
    asked: float = asked_by_day(0.02)
    material: float = param(
        5_000.0, low=0, high=1e6, unit="yuan", doc="paint and tools of a work", plausible=(5000, 20_000)
    )
    purse: float = own_purse(2.0)
    hearing: float = param(
        0.1,
        low=0,
        high=1,
        doc="share of its neighbourhood's need that a seat tells",
        plausible=(0.02, 0.3),
    )

    def rules(self) -> tuple[Rule, ...]:
        works = 1 if self.people * self.hours else 0
        each = self.hours / self.every
        groups = (
            # By name in the order in which each is kept by the one before: who comes last holds the work.
            ("joint_work_1_members", self.members, ""),
            ("joint_work_2_residents", ("volunteers",), "joint_work_1_members"),
            ("joint_work_3_by_day", ("employees",), "joint_work_2_residents"),
        )
        rules: list[Rule] = [
            Purse(name="block_alliance", income=self.purse * works, pays=("rules",), keeps=False),
            Boundary(
                name="people_of_the_block",
                post="volunteers",
                pools=("employees",),
                asked=self.asked * works,
                keeper="committee" if works else "",
            ),
            Hearing(name="block_alliance", council="three_plus_x", share=self.hearing),
        ]
        for name, pools, keeper in groups:
            last = pools == ("employees",)
            rules += [
                Position(
                    name=name,
                    area="block",
                    heads=self.people,
                    hours=each,
                    host=1 if last else 0,
                    together=last,
                    keeper=keeper if works else "",
                    upkeep=each if keeper else 0,
                    money=self.material / self.every if last else 0,
                    purse="block_alliance",
                ),
                Boundary(name=name, post=name, pools=pools, willing=self.willing),
            ]
        return tuple(rules)
