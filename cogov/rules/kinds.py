"""Rules, by the seven kinds of Ostrom's Institutional Analysis and Development framework.

A governance design is a set of these values; processes read rules and nothing else about a mechanism.
A rule may cost: ``upkeep`` hours a week of the post ``keeper`` for each area of the rule or of the keeper,
whichever are more, and ``money`` yuan a week for each area of the rule. Where the keeper's hours or the
budget are short, a rule works at the share that was paid there; scopes and powers, which cannot work in
part, have no keeper. A rule without force (no hours, no slots ...) is ``null`` and dropped with its costs.

Every kind but scopes may be in force in some places (``where``) and some weeks (``when``) only. A field with
a ``fold`` is open: other mechanisms may amend it (`cogov.rules.amend`).

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
from cogov.rules.conditions import ALWAYS, EVERYWHERE, When, Where
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
TERMS = {"units": ("peers", "rank", "effort", "recognition"), "firms": ("reputation", "learning")}
"""Terms of decisions that a payoff may weigh: each is something that happened in the quarter."""
RANKS = {"subdistrict": 0.0, "block": 0.0, "district": 1.0}
"""Administrative ranks of conveners by area, on one scale with units: neighbourhoods and below -1,
subdistricts 0, districts 1, cities 2, the nation 3. A block is convened by the subdistrict."""


@cache
def marked(kinds: tuple[str, ...]) -> NDArray[np.bool_]:
    """A table by ``Kind``: true for the kinds named. Shared, so it cannot be written to."""
    table = np.isin(np.array(KINDS), kinds)
    table.flags.writeable = False
    return table


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
    upkeep: float = param(0.0, low=0, unit="h/week per area", doc="hours it takes", fold="scale")
    money: float = param(0.0, low=0, unit="yuan/week per area", doc="money it takes", fold="scale")
    where: Where = param(EVERYWHERE, doc="areas in which it is in force")
    when: When = param(ALWAYS, doc="weeks in which it is in force")

    @property
    def key(self) -> tuple[str, str]:
        """Kind and name: two rules of a design with one key must be equal."""
        return self.kind, self.name

    @property
    def null(self) -> bool:
        """Whether the rule has no force at all."""
        return False

    @property
    def conditional(self) -> bool:
        """Whether it is in force in some places or weeks only."""
        return not (self.where.everywhere and self.when.always)

    def _refuse_costs(self) -> None:
        if self.keeper or self.upkeep or self.money:
            raise DesignError(
                f"{self.kind} {self.name}: it works whole or not at all, so it has no keeper, upkeep or"
                " money; let the post or council it belongs to pay"
            )

    def _refuse_conditions(self) -> None:
        if self.conditional:
            raise DesignError(
                f"{self.kind} {self.name}: it stands as long as its design, so it has no where or when"
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


@dataclass(frozen=True, kw_only=True)
class Scope(Rule):
    """How places are pooled into areas (范围规则)."""

    kind: ClassVar[str] = "scope"
    zh: ClassVar[str] = "范围"
    framework: ClassVar[str] = "scope"

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
        self._refuse_conditions()


@dataclass(frozen=True, kw_only=True)
class Position(Rule):
    """A post (岗位规则): where it stands, how many heads, their hours and what they do with them.

    Hours of a week are heads x hours x (1 - admin_share). The rules it keeps, orders and meetings take
    theirs first, issues what they need of the rest; the shares ``observe``, ``ask``, ``host`` and ``care``
    are taken of all hours, as far as they are left when their turn in the week comes.

    Heads and hours are closed: people and their time are not made by a factor. An organisation that staffs a
    post brings its own heads, hours and administration.
    """

    kind: ClassVar[str] = "position"
    zh: ClassVar[str] = "岗位"
    framework: ClassVar[str] = "position"

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
    admin_share: float = param(0.0, low=0, high=1, doc="share of hours lost to administration", fold="scale")
    competence: float = param(
        0.6, low=0, high=1, doc="chance that finished work holds, before skill", fold="cover"
    )
    observe: float = param(0.0, low=0, high=1, doc="share of hours spent looking for problems", fold="add")
    ask: float = param(0.0, low=0, high=1, doc="share of hours spent asking people to take part", fold="add")
    host: float = param(0.0, low=0, high=1, doc="share of hours spent hosting joint activity", fold="add")
    care: float = param(0.0, low=0, high=1, doc="share of hours offered to service needs", fold="add")
    services: tuple[str, ...] = param((), choices=SERVICES, doc="types of need it serves, in equal parts")
    group: float = param(
        1.0, low=1, high=1000, doc="people served at a time: an hour meets so many of need", fold="scale"
    )
    handles: tuple[str, ...] = param((), choices=KINDS, doc="types of issue it may handle", fold="union")
    small: float = param(
        0.0, low=0, high=1000, unit="h", doc="helps others with issues up to this size; 0: does not"
    )
    wage: float = param(
        0.0, low=0, high=10_000, unit="yuan/h", doc="paid from the governance budget", fold="scale"
    )

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
        own = [name for name in ("heads", "per_households", "least", "hours") if getattr(self, name)]
        if self.staffed_by != "rule" and (own := own + ["admin_share"] * bool(self.admin_share)):
            raise DesignError(
                f"position {self.name}: {self.staffed_by} staffs it and brings its own {own[0]}; leave"
                f" {', '.join(own)} out"
            )
        if self.services and not self.care:
            raise DesignError(f"position {self.name}: services need a share of hours for care")

    @property
    def null(self) -> bool:
        return self.staffed_by == "rule" and self.heads * self.hours == 0


@dataclass(frozen=True, kw_only=True)
class Boundary(Rule):
    """Who may fill a post, from which pool, how recruited (边界规则)."""

    kind: ClassVar[str] = "boundary"
    zh: ClassVar[str] = "边界"
    framework: ClassVar[str] = "boundary"

    post: str = param(doc="the post to be filled; 'volunteers' for volunteering itself")
    pool: str = param(
        "staff", choices=("staff", "volunteers", "branch_members", "in_service"), doc="who is eligible"
    )
    willing: float = param(
        1.0, low=0, high=1, doc="share of the active in the pool who accept the post", fold="cover"
    )
    weeks_to_fill: int = param(
        0, low=0, high=520, unit="weeks", doc="weeks until staff are recruited and trained"
    )
    asked: float = param(
        0.0, low=0, high=1, unit="1/month", doc="share of the pool asked by their own branch", fold="cover"
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
    framework: ClassVar[str] = "choice"

    level: str = param(choices=("compound", "neighbourhood", "block", "subdistrict"), doc="who may")
    power: str = param(choices=("resolve", "summon", "dispatch"), doc="what it may do")
    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue it covers", fold="union")
    weeks: float = param(
        2.0, low=0, high=520, unit="weeks", doc="deadline of a dispatched order", fold="scale"
    )
    hours: float = param(
        0.0, low=0, high=1000, unit="h", doc="hours of the summoning post for each summons", fold="scale"
    )

    @property
    def null(self) -> bool:
        return not self.kinds

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refuse_costs()


@dataclass(frozen=True, kw_only=True)
class Council(Rule):
    """How a group decides what comes before it (聚合规则·议事): seats, agenda, support needed."""

    kind: ClassVar[str] = "council"
    zh: ClassVar[str] = "议事"
    framework: ClassVar[str] = "aggregation"

    area: str = param("neighbourhood", choices=AREAS, doc="one council for each such area")
    seats: tuple[str, ...] = param(
        (), choices=("neighbourhoods", "units", "owners", "firms", "residents"), doc="who has seats",
        fold="union",
    )  # fmt: skip
    every: int = param(4, low=1, high=520, unit="weeks", doc="weeks between meetings")
    slots: float = param(0.0, low=0, high=1e6, unit="items/meeting", doc="agenda slots", fold="add")
    quorum: float = param(0.5, low=0, high=1, doc="support needed, share of the seats present", fold="scale")
    hours: float = param(1.5, low=0, high=1000, unit="h", doc="hours a meeting costs each seat", fold="scale")
    item_hours: float = param(
        0.25, low=0, high=1000, unit="h", doc="more for every item on the agenda", fold="scale"
    )
    rank: float | None = param(
        None, low=-1, high=3, doc="administrative rank of the convener; by default that of the area"
    )

    @property
    def null(self) -> bool:
        return self.slots == 0

    @property
    def convener(self) -> float:
        """Rank of the convener: neighbourhood -1, subdistrict 0, district 1, city 2, nation 3."""
        return RANKS.get(self.area, -1.0) if self.rank is None else self.rank


@dataclass(frozen=True, kw_only=True)
class OwnersConsent(Rule):
    """How the owners of a building agree to a lift (聚合规则·业主同意)."""

    kind: ClassVar[str] = "consent"
    zh: ClassVar[str] = "同意"
    framework: ClassVar[str] = "aggregation"

    every: int = param(4, low=1, high=520, unit="weeks", doc="weeks between meetings")
    slots: float = param(
        0.0, low=0, high=1e6, unit="buildings", doc="buildings a neighbourhood works on at a time", fold="add"
    )
    hours: float = param(
        2.0, low=0, high=1000, unit="h", doc="committee hours for a round of meetings", fold="scale"
    )
    turnout: float = param(1.0, low=0, high=1, doc="share of owners who must take part")
    majority: float = param(0.9, low=0, high=1, doc="share of those taking part who must agree")
    veto: bool = param(False, doc="one lasting objection blocks")
    revision: float = param(
        0.0, low=0, high=1, doc="share of an objector's loss that a new plan may repay", fold="cover"
    )
    promote: float = param(
        0.0, low=0, high=1, unit="1/year", doc="chance that a willing building is taken up", fold="cover"
    )

    @property
    def null(self) -> bool:
        return self.slots == 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refuse_costs()


@dataclass(frozen=True, kw_only=True)
class Reports(Rule):
    """Residents' own reports that somebody takes (信息规则·上报)."""

    kind: ClassVar[str] = "reports"
    zh: ClassVar[str] = "上报"
    framework: ClassVar[str] = "information"

    channel: str = param(choices=("committee", "hotline"), doc="to whom residents turn")
    share: float = param(1.0, low=0, high=1, doc="share of reports that is taken", fold="cover")

    @property
    def null(self) -> bool:
        return self.share == 0


@dataclass(frozen=True, kw_only=True)
class Observation(Rule):
    """A post that looks for problems (信息规则·巡查)."""

    kind: ClassVar[str] = "observation"
    zh: ClassVar[str] = "巡查"
    framework: ClassVar[str] = "information"

    post: str = param(doc="the observing post")
    speed: float = param(
        4.0, low=0, high=10_000, unit="buildings/h", doc="buildings it gets through in an hour", fold="scale"
    )
    share: float = param(1.0, low=0, high=1, doc="share that is seen of what can be seen there", fold="cover")
    kinds: tuple[str, ...] = param(KINDS, choices=KINDS, doc="types of issue seen", fold="union")

    @property
    def null(self) -> bool:
        return self.share == 0 or self.speed == 0 or not self.kinds


@dataclass(frozen=True, kw_only=True)
class Listing(Rule):
    """A list on which offers of units are seen (信息规则·清单)."""

    kind: ClassVar[str] = "listing"
    zh: ClassVar[str] = "清单"
    framework: ClassVar[str] = "information"

    area: str = param("neighbourhood", choices=SERVED, doc="where the list is visible")
    share: float = param(1.0, low=0, high=1, doc="share of what units offer that is on it", fold="cover")
    rota: int = param(
        0, low=0, high=100_000, unit="units/month", doc="only so many units a month, in turn; 0: all"
    )
    paired: bool = param(False, doc="each unit serves one partner neighbourhood")

    @property
    def null(self) -> bool:
        return self.share == 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.paired and self.area != "neighbourhood":
            raise DesignError(
                f"listing {self.name}: units pair with neighbourhoods; area = {self.area!r} must be"
                " 'neighbourhood'"
            )


@dataclass(frozen=True, kw_only=True)
class Payoff(Rule):
    """What behaviour brings and costs (收益规则). It weighs something that happened, never nothing."""

    kind: ClassVar[str] = "payoff"
    zh: ClassVar[str] = "收益"
    framework: ClassVar[str] = "payoff"

    to: str = param(choices=tuple(TERMS), doc="who is paid")
    term: str = param(
        choices=tuple(dict.fromkeys(term for terms in TERMS.values() for term in terms)),
        doc="which term of their decision",
    )
    weight: float = param(0.0, low=0, high=100, doc="its weight", fold="scale")

    @property
    def null(self) -> bool:
        return self.weight == 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.term not in TERMS[self.to]:
            raise DesignError(
                f"payoff {self.name}: {self.to} do not weigh {self.term!r};"
                f" they weigh {', '.join(TERMS[self.to])}"
            )


RULE_KINDS: tuple[type[Rule], ...] = (
    Scope,
    Position,
    Boundary,
    Choice,
    Council,
    OwnersConsent,
    Reports,
    Observation,
    Listing,
    Payoff,
)
