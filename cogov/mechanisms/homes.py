"""The homes that people live in: lifts for walk-ups, renewal of what is old (住房)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import (
    PER,
    Mechanism,
    law_of_works,
    own_purse,
    permit_bodies,
    permit_hours,
    permit_weeks,
    prepared_sites,
)
from cogov.rules.amend import Amend
from cogov.rules.kinds import LIFT_FUND, OwnersConsent, Position, Programme, Purse, Rule
from cogov.terms import LAWS, Cause


@dataclass(frozen=True, kw_only=True)
class LiftProgramme(Mechanism):
    """Lifts for old walk-ups: guided meetings, and a plan re-fitted to those who object.

    Further parts, each off by default: a handbook (指导手册) that saves meetings, an organisation (社会组织)
    whose organisers hold the talks in place of the committee, what is seen of the first lift (恭房小区), and
    permits that are asked for together. Lifts need no upkeep here; a plan never fails a permit.
    """

    name, zh, seed, family = "lift_programme", "加梯“五里模式”（一梯一策）", "001, 002, 003", "property"
    zero = {"slots": 0.0, "handbook": 0.0, "organisers": 0.0, "seen": 0.0}
    words = {
        "001": "总结恭房小区作为全区首个自主加装电梯小区的成功经验,以党建整合资源、以协商推进共识,制定指导"
        "手册、成立社会组织、做好群众工作,逐渐形成“党建引领、民主协商、因地制宜、一梯一策”的加梯“五里模式”,"
        "目前成功加装7部电梯",
        "002": "把零星旧改、旧住房更新改造、加装电梯、美丽家园建设作为民生工程、发展工程加速推进",
        "003": "就连大家熟悉的加装电梯、美丽楼道建设,同样令书记们眼前一亮",
    }
    reading = (
        "One lift, one plan is read as repaying losers (revision = 0). What the handbook saves (handbook ="
        " 0), that the organisation has paid organisers who chair (organisers = 0), that a lift in sight"
        " makes owners begin (seen = 0) and permits asked for together (parallel = no) are readings."
    )
    why = (
        "Worth and cost differ by floor, so that what re-fits the plan to losers decides; owners of roofs"
        " with solar panels nearby adopted sooner (Bollinger and Gillingham 2012)."
    )

    consent: str = param(
        "date",
        choices=("date", *LAWS),
        doc="the law by which owners agree: that of the community's date, or another",
        source="facts: 沪建房管联〔2020〕801号",
    )
    slots: float = param(
        2.0, low=0, unit="buildings", doc="buildings a neighbourhood works on at a time", plausible=(1, 4)
    )
    revision: float = param(
        0.6, low=0, high=1, doc="share of an objector's loss that a new plan may repay", plausible=(0.4, 0.8)
    )
    promote: float = param(
        0.05,
        low=0,
        high=1,
        unit="1/year",
        doc="chance that a willing building is taken up",
        plausible=(0.02, 0.15),
    )
    hours: float = param(
        3.0, low=0, high=100, unit="h", doc="the chair's hours for a round of meetings", plausible=(2, 5)
    )
    every: int = param(
        2, low=1, high=52, unit="weeks", doc="weeks between rounds of meetings", plausible=(1, 4)
    )
    permits: int = permit_bodies()
    permit_weeks: float = permit_weeks()
    permit_hours: float = permit_hours()
    parallel: bool = param(False, doc="whether all bodies are asked at once, not one after another")
    plan_hours: float = param(
        2.0,
        low=0,
        high=100,
        unit="h",
        doc="more for a round at which the plan is re-fitted, at revision 1",
        plausible=(0.5, 8),
    )
    handbook: float = param(
        0.0,
        low=0,
        high=1,
        doc="share of the meetings to a plan that a handbook saves (three of eight)",
        plausible=(0.2, 0.5),
    )
    editing: float = param(
        0.1,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours to keep the handbook true, for each neighbourhood",
        plausible=(0.02, 0.5),
    )
    organisers: float = param(
        0.0, low=0, high=20, unit="heads", doc="paid organisers for 10,000 households", plausible=(0.3, 1)
    )
    organiser_hours: float = param(
        36.0, low=0, high=80, unit="h/week", doc="hours of each", plausible=(32, 40)
    )
    organiser_skill: float = param(
        0.6, low=0, high=1, doc="how well they hold a talk, as a secretary deliberates", plausible=(0.4, 0.8)
    )
    wage: float = param(45.0, low=0, high=1000, unit="yuan/h", doc="wage of an organiser", plausible=(31, 68))
    purse: float = own_purse(10.0)
    seen: float = param(
        0.0,
        low=0,
        high=10,
        doc="what a lift in sight adds to the chance, as a share of it",
        plausible=(0.25, 4),
    )
    near: float = param(
        300.0, low=0, high=10_000, unit="m", doc="how far off a new lift is seen", plausible=(100, 600)
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Programme(
                name="lift_programme",
                what="lift",
                slots=self.slots,
                promote=self.promote,
                seen=self.seen,
                near=self.near,
                consent="lift_programme",
                purse=LIFT_FUND,
                permits=self.permits,
                permit_weeks=self.permit_weeks,
                permit_hours=self.permit_hours,
                parallel=self.parallel,
            ),
            OwnersConsent(
                name="lift_programme",
                every=self.every,
                hours=self.hours,
                revision=self.revision,
                law=self.consent,
                plan_hours=self.plan_hours,
                chair="lift_organiser" if self.organisers else "",
            ),
            Amend(
                name="lift_handbook",
                of=OwnersConsent,
                target="lift_programme",
                field="guided",
                by=self.handbook,
                keeper="office",
                upkeep=self.editing,
            ),
            Purse(
                name="lift_organisers",
                income=self.purse if self.organisers else 0,
                pays=("wages",),
                keeps=False,
            ),
            Position(
                name="lift_organiser",
                area="subdistrict",
                heads=self.organisers,
                per_households=PER,
                hours=self.organiser_hours,
                competence=self.organiser_skill,
                wage=self.wage,
                purse="lift_organisers",
            ),
        )


@dataclass(frozen=True, kw_only=True)
class HomeRenewal(Mechanism):
    """Old homes are renewed, compound by compound: roofs, pipes and charging; and neighbours do up stairways.

    What breeds problems is mended, once owners agree and the purse has the money; while works last, those
    next to them live with noise and dust. Stairways (美丽楼道) are a small work of their own, for light.
    """

    name, zh, seed, family = "home_renewal", "旧住房更新改造（美丽家园）", "002, 003", "property"
    zero = {"slots": 0.0, "stairs": 0.0}
    words = {
        "002": "把零星旧改、旧住房更新改造、加装电梯、美丽家园建设作为民生工程、发展工程加速推进……形成旧住房"
        "更新改造与区域功能发展、历史风貌保护、社区治理创新有机结合的更多鲜活样本",
        "003": "就连大家熟悉的加装电梯、美丽楼道建设,同样令书记们眼前一亮",
    }
    reading = (
        "What is renewed, who pays and how many a year no sentence says: the purse is the quota. Stairways"
        " are done up without owners' consent and out of the same money (stairs = 0). Protection of historic"
        " quarters is in the number of permits alone, since no place is marked as historic. No hours of the"
        " committee go into accompanying works; noise and dust show among issues of conduct (nuisance = 0)."
    )
    why = (
        "Repairs follow the condition of a building: what is mended stops breeding them, what is patched not."
    )

    slots: float = prepared_sites()
    promote: float = param(
        0.3, low=0, high=1, unit="1/year", doc="chance that a willing compound applies", plausible=(0.1, 0.6)
    )
    bad: float = param(
        0.6,
        low=0,
        high=1,
        doc="condition of roofs and pipes, 1 the worst, from which homes are renewed",
        plausible=(0.45, 0.75),
    )
    mends: tuple[str, ...] = param(
        ("fabric", "charging"), choices=Cause.labels(), length=(1, len(Cause)), doc="causes that it mends"
    )
    left: float = param(
        0.15,
        low=0,
        high=1,
        doc="level of them that is left: births of repairs halve in old homes",
        plausible=(0, 0.4),
    )
    each: float = param(
        10_000.0,
        low=0,
        high=1e6,
        unit="yuan/household",
        doc="what it costs",
        plausible=(5000, 20_000),
    )
    shortest: int = param(
        26, low=1, high=520, unit="weeks", doc="weeks that works last at least", plausible=(13, 39)
    )
    longest: int = param(
        52, low=1, high=520, unit="weeks", doc="weeks that they last at most", plausible=(40, 78)
    )
    nuisance: float = param(
        0.5,
        low=0,
        high=1,
        doc="how much noise and dust add to issues of conduct, 1: the most there are",
        plausible=(0.25, 0.8),
    )
    consent: str = law_of_works()
    meeting_hours: float = param(
        3.0, low=0, high=100, unit="h", doc="committee hours for a round of meetings", plausible=(1.5, 6)
    )
    every: int = param(
        4, low=1, high=52, unit="weeks", doc="weeks between rounds of meetings", plausible=(2, 8)
    )
    permits: int = param(
        3, low=0, high=100, unit="bodies", doc="bodies that must permit it", plausible=(2, 6)
    )
    permit_weeks: float = permit_weeks()
    permit_hours: float = permit_hours()
    applying: float = param(
        0.5,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to keep applications moving",
        plausible=(0.25, 1),
    )
    stairs: float = param(
        1.0,
        low=0,
        high=1000,
        unit="sites",
        doc="stairways a neighbourhood does up at a time",
        plausible=(1, 2),
    )
    stairs_each: float = param(
        100.0,
        low=0,
        high=10_000,
        unit="yuan/household",
        doc="what light and paint of its stairways cost a compound",
        source="assumed: 2,000 to 10,000 yuan a stairway",
        plausible=(40, 200),
    )
    stairs_mend: str = param("lighting", choices=Cause.labels(), doc="what doing them up mends")
    purse: float = param(
        250.0,
        low=0,
        unit="yuan/household/year",
        doc="grant of its own, which is saved until it is enough: two or three compounds a year",
        source="assumed: 0 to 6 compounds of a subdistrict a year",
        plausible=(100, 600),
    )

    def rules(self) -> tuple[Rule, ...]:
        first, *further = self.mends
        return (
            Purse(
                name="home_renewal", income=self.purse if self.slots or self.stairs else 0, pays=("works",)
            ),
            Programme(
                name="home_renewal",
                what="renewal",
                slots=self.slots,
                promote=self.promote,
                bad=self.bad,
                consent="home_renewal",
                purse="home_renewal",
                each=self.each,
                permits=self.permits,
                permit_weeks=self.permit_weeks,
                permit_hours=self.permit_hours,
                weeks=(self.shortest, self.longest),
                nuisance=self.nuisance,
                mends=first,
                also=tuple(further),
                left=self.left,
                keeper="committee",
                upkeep=self.applying,
            ),
            OwnersConsent(name="home_renewal", every=self.every, hours=self.meeting_hours, law=self.consent),
            Programme(
                name="stairways",
                what="stairs",
                slots=self.stairs,
                promote=self.promote,
                purse="home_renewal",
                each=self.stairs_each,
                mends=self.stairs_mend,
                left=self.left,
                keeper="committee",
                upkeep=self.applying,
            ),
        )
