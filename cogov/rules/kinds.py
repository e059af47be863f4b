"""The seven kinds of rule of Ostrom's Institutional Analysis and Development framework.

A governance design is a set of these values; processes read rules and nothing else about a mechanism.
A rule may cost: ``upkeep`` hours a week of the post ``keeper`` for each area of the rule or of the keeper,
whichever are more, and ``money`` yuan a week for each area of the rule. A rule whose keeper or budget is
short works at the share that was paid for; scopes and powers, which cannot work in part, have no keeper. A
rule without force (no hours, no slots, no weight ...) is ``null`` and dropped with its costs.

Source: E. Ostrom, *Understanding Institutional Diversity* (2005), ch. 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from cogov.errors import CogovError, DesignError
from cogov.fields import Parameters, param
from cogov.terms import Kind, Service

AREAS = ("building", "micro_grid", "compound", "neighbourhood", "block", "subdistrict", "district")
"""Names of areas, from small to large. ``micro_grid`` and ``block`` exist only where a scope rule draws
them: without one, a micro grid is the whole compound and a block the whole subdistrict."""
SERVED = ("neighbourhood", "block", "subdistrict")
"""Areas in which needs are matched and activities held."""
KINDS = Kind.labels()
SERVICES = Service.labels()
WORKPLACES = {"committee": "neighbourhood", "firm": "compound", "volunteers": "neighbourhood"}
"""Areas in which organisations that staff a post have their people."""


@cache
def marked(kinds: tuple[str, ...]) -> NDArray[np.bool_]:
    """A table by ``Kind``: true for the kinds named. Shared, so it cannot be written to."""
    table = np.isin(np.array(KINDS), kinds)
    table.flags.writeable = False
    return table


@dataclass(frozen=True, kw_only=True)
class Rule(Parameters):
    """Base of the seven kinds; ``name`` identifies a rule within its kind."""

    error: ClassVar[type[CogovError]] = DesignError
    kind: ClassVar[str] = "rule"
    zh: ClassVar[str] = "规则"

    name: str = param(doc="identifies the rule within its kind")
    keeper: str = param("", doc="post whose hours keep the rule alive")
    upkeep: float = param(0.0, low=0, unit="h/week per area", doc="hours it takes")
    money: float = param(0.0, low=0, unit="yuan/week per area", doc="money it takes from the budget")

    @property
    def key(self) -> tuple[str, str]:
        """Kind and name: two rules of a design with one key must be equal."""
        return self.kind, self.name

    @property
    def null(self) -> bool:
        """Whether the rule has no force at all."""
        return False

    def _refuse_costs(self) -> None:
        if self.keeper or self.upkeep or self.money:
            raise DesignError(
                f"{self.kind} {self.name}: it works whole or not at all, so it has no keeper, upkeep or"
                " money; let the post or council it belongs to pay"
            )

    def force(self) -> str:
        """The fields that differ from their defaults, for tables and diffs."""
        fields = self.__dataclass_fields__
        shown = {
            key: value
            for key, value in self.as_dict().items()
            if key != "name" and value != fields[key].default and value not in ("", ())
        }
        return ", ".join(f"{key} {_word(value)}" for key, value in shown.items())

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {self.force()}"


def _word(value: object) -> str:
    if isinstance(value, tuple):
        return "+".join(str(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


@dataclass(frozen=True, kw_only=True)
class Scope(Rule):
    """How places are pooled into areas (范围规则)."""

    kind: ClassVar[str] = "scope"
    zh: ClassVar[str] = "范围"

    number: int = param(0, low=0, high=32_767, doc="blocks to pool the neighbourhoods into")
    grouping: str = param("similar", choices=("similar", "adjacent", "random"), doc="which are pooled")
    households: int = param(
        0, low=0, high=1_000_000, unit="households", doc="size a micro grid of buildings aims at"
    )

    @property
    def null(self) -> bool:
        return self.number == 0 and self.households == 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refuse_costs()


@dataclass(frozen=True, kw_only=True)
class Position(Rule):
    """A post (岗位规则): where it stands, how many heads, their hours and what they do with them.

    Hours of a week are heads x hours x (1 - admin_share). The rules it keeps, orders and meetings take
    theirs first, issues what they need of the rest; the shares ``observe``, ``ask``, ``host`` and ``care``
    are taken of all hours, as far as they are left when their turn in the week comes.
    """

    kind: ClassVar[str] = "position"
    zh: ClassVar[str] = "岗位"

    area: str = param("neighbourhood", choices=AREAS, doc="one group of heads for each such area")
    staffed_by: str = param(
        "rule",
        choices=("rule", "committee", "firm", "volunteers"),
        doc="whether heads and hours stand in the rule or come from an organisation",
    )
    heads: float = param(0.0, low=0, high=1e6, doc="people for each area")
    per_households: int = param(
        0, low=0, high=1_000_000, doc="if set, heads are for so many households of the area"
    )
    least: float = param(
        0.0, low=0, high=1e6, doc="with per_households: at least so many heads for each area"
    )
    hours: float = param(0.0, low=0, high=80, unit="h/week", doc="hours of each")
    admin_share: float = param(0.0, low=0, high=1, doc="share of hours lost to administration")
    competence: float = param(0.6, low=0, high=1, doc="chance that finished work holds, before skill")
    observe: float = param(0.0, low=0, high=1, doc="share of hours spent looking for problems")
    ask: float = param(0.0, low=0, high=1, doc="share of hours spent asking people to take part")
    host: float = param(0.0, low=0, high=1, doc="share of hours spent hosting joint activity")
    care: float = param(0.0, low=0, high=1, doc="share of hours offered to service needs")
    services: tuple[str, ...] = param((), choices=SERVICES, doc="types of need it serves, in equal parts")
    group: float = param(1.0, low=1, doc="people served at a time: an hour given meets so many hours of need")
    handles: tuple[str, ...] = param((), choices=KINDS, doc="types of issue it may handle")
    small: float = param(0.0, low=0, unit="h", doc="helps others with issues up to this size; 0: does not")
    wage: float = param(0.0, low=0, unit="yuan/h", doc="paid from the governance budget")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.observe + self.ask + self.host + self.care > 1 + 1e-9:
            raise DesignError(f"position {self.name}: the shares of its hours add up to more than 1")
        if (self.host or self.care) and self.area not in SERVED:
            raise DesignError(
                f"position {self.name}: hosting and care serve neighbourhoods or more; area = {self.area!r}"
                f" must be one of {', '.join(SERVED)}"
            )
        where = WORKPLACES.get(self.staffed_by, self.area)
        if self.area != where:
            raise DesignError(
                f"position {self.name}: staffed_by {self.staffed_by!r} needs area {where!r}, not {self.area}"
            )

    @property
    def null(self) -> bool:
        return self.staffed_by == "rule" and self.heads * self.hours == 0


@dataclass(frozen=True, kw_only=True)
class Boundary(Rule):
    """Who may fill a post, from which pool, how recruited (边界规则)."""

    kind: ClassVar[str] = "boundary"
    zh: ClassVar[str] = "边界"

    post: str = param(doc="the post to be filled; 'volunteers' for volunteering itself")
    pool: str = param(
        "staff", choices=("staff", "volunteers", "branch_members", "in_service"), doc="who is eligible"
    )
    willing: float = param(1.0, low=0, high=1, doc="share of the active in the pool who accept the post")
    weeks_to_fill: int = param(0, low=0, unit="weeks", doc="weeks until staff are recruited and trained")
    asked: float = param(
        0.0, low=0, high=1, unit="1/month", doc="share of the pool asked by their own branch"
    )
    matched: bool = param(False, doc="duties matched to skill and wishes")

    @property
    def null(self) -> bool:
        return self.willing == 0 or (self.post == "volunteers" and self.asked == 0)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.post != "volunteers":
            self._refuse_costs()
        elif self.pool not in ("branch_members", "in_service"):
            raise DesignError(
                f"boundary {self.name}: volunteering is asked for by party branches;"
                f" pool = {self.pool!r} must be one of branch_members, in_service"
            )


@dataclass(frozen=True, kw_only=True)
class Choice(Rule):
    """What a level may do (选择规则): resolve by itself, summon departments, dispatch with a deadline."""

    kind: ClassVar[str] = "choice"
    zh: ClassVar[str] = "选择"

    level: str = param(choices=("compound", "neighbourhood", "block", "subdistrict"), doc="who may")
    power: str = param(choices=("resolve", "summon", "dispatch"), doc="what it may do")
    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue it covers")
    weeks: float = param(2.0, low=0, unit="weeks", doc="deadline of a dispatched order")
    hours: float = param(0.0, low=0, unit="h", doc="hours of the summoning post for each summons")

    @property
    def null(self) -> bool:
        return not self.kinds

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refuse_costs()


@dataclass(frozen=True, kw_only=True)
class Aggregation(Rule):
    """How a group decides (聚合规则): a council's agenda, or the consent of owners."""

    kind: ClassVar[str] = "aggregation"
    zh: ClassVar[str] = "聚合"

    subject: str = param("agenda", choices=("agenda", "consent"), doc="what is decided")
    area: str = param("neighbourhood", choices=AREAS, doc="one council for each such area")
    seats: tuple[str, ...] = param(
        (), choices=("neighbourhoods", "units", "owners", "firms", "residents"), doc="who has seats"
    )
    every: int = param(4, low=1, unit="weeks", doc="weeks between meetings")
    slots: float = param(
        0.0, low=0, high=1e6, unit="items/meeting", doc="agenda slots, or projects at a time"
    )
    quorum: float = param(0.5, low=0, high=1, doc="support needed, share of the seats present")
    hours: float = param(1.5, low=0, unit="h", doc="hours a meeting costs each seat")
    item_hours: float = param(0.25, low=0, unit="h", doc="more for every item on the agenda")
    rank: float = param(0.0, low=0, high=4, doc="administrative rank of the convener")
    turnout: float = param(1.0, low=0, high=1, doc="consent: share of owners who must take part")
    majority: float = param(0.9, low=0, high=1, doc="consent: share of those taking part who must agree")
    veto: bool = param(False, doc="consent: one lasting objection blocks")
    revision: float = param(
        0.0, low=0, high=1, doc="consent: share of an objector's loss a new plan may repay"
    )
    promote: float = param(
        0.0, low=0, high=1, doc="consent: chance a year that a willing building is taken up"
    )

    @property
    def null(self) -> bool:
        return self.slots == 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.subject == "consent":
            self._refuse_costs()


@dataclass(frozen=True, kw_only=True)
class Information(Rule):
    """Who sees what (信息规则): reports, observers, lists of offers, public rankings."""

    kind: ClassVar[str] = "information"
    zh: ClassVar[str] = "信息"

    about: str = param(choices=("reports", "hotline", "observation", "offers"), doc="what is seen")
    area: str = param("neighbourhood", choices=AREAS, doc="where a list of offers is visible")
    post: str = param("", doc="the observing post")
    speed: float = param(4.0, low=0, unit="buildings/h", doc="buildings an observer gets through in an hour")
    share: float = param(1.0, low=0, high=1, doc="share of what there is that is seen")
    rota: int = param(0, low=0, unit="units/month", doc="offers: only so many units a month, in turn; 0: all")
    paired: bool = param(False, doc="offers: each unit serves one partner neighbourhood")
    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue seen")

    @property
    def null(self) -> bool:
        return self.share == 0 or (self.about == "observation" and self.speed == 0)


@dataclass(frozen=True, kw_only=True)
class Payoff(Rule):
    """What behaviour brings and costs (收益规则)."""

    kind: ClassVar[str] = "payoff"
    zh: ClassVar[str] = "收益"

    to: str = param(choices=("units", "firms", "volunteers", "departments"), doc="who is paid")
    term: str = param(
        choices=(
            "appraisal",
            "service",
            "peers",
            "rank",
            "effort",
            "reputation",
            "learning",
            "recognition",
            "response",
        ),
        doc="which term of their decision",
    )
    weight: float = param(0.0, low=0, high=1e6, doc="its weight")

    @property
    def null(self) -> bool:
        return self.weight == 0


RULE_KINDS: tuple[type[Rule], ...] = (Scope, Position, Boundary, Choice, Aggregation, Information, Payoff)
