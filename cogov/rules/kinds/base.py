"""What all rules have: a name, a keeper, costs, conditions."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from cogov.kit.errors import CogovError, DesignError
from cogov.kit.fields import Parameters, param
from cogov.rules.conditions import ALWAYS, EVERYWHERE, When, Where
from cogov.terms import Kind, Line, Service, Want

AREAS = ("building", "micro_grid", "compound", "neighbourhood", "block", "subdistrict", "district")
"""Names of areas, from small to large. ``micro_grid`` and ``block`` exist only where a scope rule draws
them: without one, a micro grid is the whole compound and a block the whole subdistrict."""
SERVED = ("neighbourhood", "block", "subdistrict")
"""Areas in which needs are matched and activities held."""
BUDGET = "budget"
"""The purse of the governance budget, which every community has and which pays what names no other."""
LIFT_FUND = "lift_fund"
"""The purse of subsidies to lifts, which every community has."""
KINDS = Kind.labels()
PUBLIC = (Kind.PUBLIC_SPACE.label, Kind.RENEWAL.label)
"""Types of issue that a council must agree to."""
SERVICES = Service.labels()
WANTS = Want.labels()
LINES = Line.labels()
WORKPLACES = {"committee": "neighbourhood", "firm": "compound", "volunteers": "neighbourhood"}
"""Areas in which organisations that staff a post have their people."""
TERMS = {
    "units": ("peers", "rank", "effort", "recognition", "service", "appraisal", "title"),
    "firms": ("reputation", "learning", "appraisal", "contracts"),
    "volunteers": ("recognition",),
}
"""Terms of decisions that a payoff may weigh: each is something that happened in the quarter."""
DIVIDED = ("slots", "money")
"""Fields that the areas of a subdistrict may divide among them, where a rule says so; heads with the post."""
RANKS = {"subdistrict": 0.0, "block": 0.0, "district": 1.0}
"""Administrative ranks of conveners by area, on one scale with units: neighbourhoods and below -1,
subdistricts 0, districts 1, cities 2, the nation 3. A block is convened by the subdistrict."""


Floats = NDArray[np.float64]


@cache
def marked(named: tuple[str, ...], among: tuple[str, ...] = KINDS) -> NDArray[np.bool_]:
    """A table by ``Kind``, or by other names: true for those named. Shared, so it cannot be written to."""
    table = np.isin(np.array(among), named)
    table.flags.writeable = False
    return table


def per_area(
    doc: str = "what slots, heads and money are for: each area, or a subdistrict, whose areas divide"
    " them by households",
) -> Any:
    """The parameter that says whether numbers are for each area, or for a subdistrict's areas together."""
    return param("area", choices=("area", "subdistrict"), doc=doc)


@dataclass(frozen=True, kw_only=True)
class Rule(Parameters):
    """Base of the kinds; ``name`` identifies a rule within its kind."""

    error: ClassVar[type[CogovError]] = DesignError
    kind: ClassVar[str] = "rule"
    zh: ClassVar[str] = "规则"
    framework: ClassVar[str] = ""
    """Which of the framework's seven kinds it belongs to."""

    name: str = param(doc="identifies the rule within its kind")
    keeper: str = param("", doc="post whose hours keep the rule alive")
    upkeep: float = param(
        0.0,
        low=0,
        high=1e9,
        unit="h/week",
        doc="hours it takes, for each area or each of what it keeps",
        fold="scale",
    )
    money: float = param(0.0, low=0, unit="yuan/week per area", doc="money it takes", fold="scale")
    purse: str = param(BUDGET, doc="purse that its money and wages come from")
    where: Where = param(EVERYWHERE, doc="areas in which it is in force")
    when: When = param(ALWAYS, doc="weeks in which it is in force")

    @property
    def key(self) -> tuple[str, str]:
        """Kind and name: two rules of a design with one key must be equal."""
        return self.kind, self.name

    @property
    def posts(self) -> tuple[str, ...]:
        """Posts whose hours it needs, and which a design must therefore have."""
        return (self.keeper,) if self.keeper else ()

    @property
    def null(self) -> bool:
        """Whether the rule has no force at all."""
        return False

    @property
    def upkeep_per(self) -> str:
        """What its upkeep is for: each ``area``, or each ``head``, ``unit`` or ``firm`` that it keeps."""
        return "area"

    def dose(self, value: Callable[[str], Floats]) -> Floats | float:
        """How much is kept of each: hours of upkeep for one unit of strength become hours for what it has.

        Parameters
        ----------
        value : callable
            A field of the rule as amended, by area.
        """
        return 1.0

    def idle(self, posts: Collection[str], councils: Collection[str]) -> bool:
        """Whether it is about what other mechanisms bring and is not among these, and so has no effect."""
        return False

    def lacking(self) -> str:
        """Why it is idle, where it is."""
        return f"without the posts it is about ({self.force()})"

    @property
    def placed(self) -> bool:
        """Whether it can be in force in some places only."""
        return True

    @property
    def divided(self) -> bool:
        """Whether the areas of a subdistrict divide its slots, heads and money, as `per_area` says."""
        return getattr(self, "per", "area") == "subdistrict"

    @property
    def conditional(self) -> bool:
        """Whether it is in force in some places or weeks only."""
        return not (self.where.everywhere and self.when.always)

    def _refuse_divided(self, area: str) -> None:
        if self.divided and area in ("subdistrict", "district"):
            raise DesignError(
                f"{self.kind} {self.name}: per = 'subdistrict' divides among areas smaller than that; area ="
                f" {area!r} must be one of {', '.join(AREAS[: AREAS.index('subdistrict')])}, or per = 'area'"
            )

    def _refuse_costs(self) -> None:
        if self.keeper or self.upkeep or self.money or self.purse != BUDGET:
            raise DesignError(
                f"{self.kind} {self.name}: it works whole or not at all, so it has no keeper, upkeep, money"
                " or purse; let the post or council it belongs to pay"
            )

    def _refuse_conditions(self) -> None:
        if self.conditional:
            raise DesignError(
                f"{self.kind} {self.name}: it stands as long as its design, or the rule that names it, so it"
                " has no where or when"
            )

    def force(self) -> str:
        """The fields that differ from their defaults, for tables and diffs."""
        fields = self.__dataclass_fields__
        shown = {
            key: value
            for key, value in self.as_dict().items()
            if key != "name" and value != fields[key].default and value not in ("", ())
        }
        return ", ".join(said(key, value) for key, value in shown.items())

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {self.force()}"


def said(field: str, value: object) -> str:
    """A field of a rule and its value, as tables show them; a condition says itself what it is."""
    return str(value) if isinstance(value, Where | When) else f"{field} {word(value)}"


def word(value: object) -> str:
    """A value of a rule as tables show it."""
    if isinstance(value, tuple):
        return "+".join(str(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
