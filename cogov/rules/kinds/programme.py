"""What may be built, and on which way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule
from cogov.terms import Cause

WORKS = ("venue", "lift", "garden", "gate", "shed", "parking", "sensors", "renewal", "stairs")
"""Things that are built and then stand: activity venue (活动场地), lift (电梯), garden (花园), gate (睦邻门),
charging shed (充电棚), parking places (停车位), sensors (感知设备), renewal of homes (旧住房修缮), stairways
done up (美丽楼道)."""
PLACES = ("venue", "garden")
"""Works in which people meet."""
REACHES = ("building", "compound", "neighbourhood")
"""Whose residents may count a venue as theirs."""


@dataclass(frozen=True, kw_only=True)
class Programme(Rule):
    """Works that may be proposed, and their way to standing (选择规则·项目).

    Proposed by the residents of a willing site; planned by a designer (a post, ``plan_hours``); agreed to by
    owners (the consent rule named); promised the money of its ``purse``, which is paid as works begin;
    permitted by ``permits`` bodies, in the hours of departments; built in some weeks. Then it stands, as long
    as it is looked after. A stage that asks for nothing takes no time.

    A lift stands in a building, everything else in a compound, once.
    """

    kind: ClassVar[str] = "programme"
    zh: ClassVar[str] = "项目"
    framework: ClassVar[str] = "choice"

    what: str = param(choices=WORKS, doc="what is built")
    slots: float = param(
        0.0, low=0, high=1e6, unit="sites", doc="sites a neighbourhood plans and talks about at a time",
        fold="add",
    )  # fmt: skip
    most: int = param(
        0, low=0, high=1_000_000, doc="works of it that a neighbourhood has at most; 0: one for each site"
    )
    promote: float = param(
        0.0, low=0, high=1, unit="1/year", doc="chance that a willing site is taken up", fold="cover"
    )
    suggested: float = param(
        0.0, low=0, high=1, unit="1/month",
        doc="chance that a case which its cause bred, and which stands on record in the compound, leads"
        " somebody to suggest the work",
        fold="cover",
    )  # fmt: skip
    seen: float = param(
        0.0, low=0, high=10, doc="what that chance rises by, as a share of it, where one is seen nearby",
        fold="add",
    )  # fmt: skip
    near: float = param(300.0, low=0, high=10_000, unit="m", doc="how far from a compound one is seen")
    bad: float = param(
        0.0, low=0, high=1, doc="level of the cause it mends from which a compound may have it, as surveyed"
    )
    designer: str = param("", doc="post that plans it")
    plan_hours: float = param(0.0, low=0, high=10_000, unit="h", doc="hours a plan takes", fold="scale")
    consent: str = param("", doc="consent rule by which owners agree; empty: they are not asked")
    cost: float | None = param(
        None,
        low=0,
        high=1e9,
        unit="yuan",
        doc="what its purse pays; by default the profile's subsidy of a lift",
    )
    each: float = param(
        0.0,
        low=0,
        high=1e6,
        unit="yuan/household",
        doc="what it pays more for each household of the site",
        fold="scale",
    )
    deadline: int = param(26, low=1, high=520, unit="weeks", doc="weeks in which gifts must come together")
    permits: int = param(0, low=0, high=100, unit="bodies", doc="bodies that must permit it")
    permit_weeks: float = param(
        1.0,
        low=0,
        high=520,
        unit="weeks",
        doc="weeks each takes at least: more where its department has no hours",
        fold="scale",
    )
    permit_hours: float = param(
        0.0, low=0, high=1000, unit="h", doc="hours of a department for each permit", fold="scale"
    )
    parallel: bool = param(False, doc="bodies look at it at the same time, not one after another")
    weeks: tuple[int, ...] = param(
        (13, 22),
        low=1,
        high=520,
        length=(2, 2),
        unit="weeks",
        doc="shortest and longest building",
        source="facts: shine.cn 2111278737 (a lift: 3-5 months)",
    )
    nuisance: float = param(
        0.0,
        low=0,
        high=1,
        doc="noise and dust while it is built, which show among issues of conduct: 1, as many as can be",
        fold="scale",
    )
    people: int = param(0, low=0, high=10_000, unit="people", doc="of a venue: people at a time")
    hours: float = param(0.0, low=0, high=168, unit="h/week", doc="of a venue: open hours", fold="add")
    reach: str = param("compound", choices=REACHES, doc="of a venue: whose residents count it as theirs")
    mends: str = param(
        "", choices=("", *Cause.labels()), doc="cause of problems in its compound that it mends when it opens"
    )
    also: tuple[str, ...] = param(
        (), choices=Cause.labels(), doc="further causes that it mends", fold="union"
    )
    left: float = param(0.0, low=0, high=1, doc="level of what it mends that is left")
    tended_by: str = param("", doc="post that looks after what stands")
    tending: float = param(
        0.0, low=0, high=168, unit="h/week", doc="hours that takes for each work", fold="scale"
    )
    running: float = param(
        0.0, low=0, high=1e7, unit="yuan/year", doc="money that takes for each work", fold="scale"
    )
    lasts: int = param(26, low=1, high=5200, unit="weeks", doc="weeks a work stands that nobody looks after")

    @property
    def null(self) -> bool:
        return self.slots == 0

    @property
    def posts(self) -> tuple[str, ...]:
        return (*super().posts, *(post for post in (self.designer, self.tended_by) if post))

    def __post_init__(self) -> None:
        super().__post_init__()
        if bool(self.designer) != bool(self.plan_hours):
            raise DesignError(
                f"programme {self.name}: a designer and plan_hours go together; designer = {self.designer!r},"
                f" plan_hours = {self.plan_hours:g}"
            )
        if bool(self.tended_by) != bool(self.tending):
            raise DesignError(
                f"programme {self.name}: tended_by and tending go together; tended_by = {self.tended_by!r},"
                f" tending = {self.tending:g}"
            )
        if (self.people or self.hours) and self.what not in PLACES:
            raise DesignError(
                f"programme {self.name}: nobody meets in a {self.what}; people and hours are of"
                f" {' and '.join(PLACES)}"
            )
        if self.suggested and not self.mends:
            raise DesignError(
                f"programme {self.name}: suggested = {self.suggested:g}: it is for a cause that it mends; say"
                " which, or leave it out"
            )
        for field in ("left", "bad", "also"):
            if getattr(self, field) and not self.mends:
                value = getattr(self, field)
                shown = list(value) if isinstance(value, tuple) else f"{value:g}"
                raise DesignError(f"programme {self.name}: {field} = {shown}: it mends nothing; leave it out")
        if self.weeks[0] > self.weeks[-1]:
            raise DesignError(
                f"programme {self.name}: weeks = {list(self.weeks)}: the first must not be longer"
            )
