"""Posts: where they stand, their heads, hours and what they do with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import AREAS, KINDS, LINES, SERVED, SERVICES, WANTS, WORKPLACES, Rule, per_area
from cogov.rules.kinds.information import UNIT_KINDS


@dataclass(frozen=True, kw_only=True)
class Position(Rule):
    """A post (岗位规则): where it stands, how many heads, their hours and what they do with them.

    Hours of a week are heads x hours x (1 - admin_share). The rules it keeps, orders and meetings take
    theirs first, issues what they need of the rest; the shares ``observe``, ``ask``, ``host``, ``care``,
    ``serve`` and ``raises`` are taken of all hours, as far as they are left when their turn comes.

    Its upkeep is for every head. Everybody served uses ``supplies``, so that a larger group costs more.

    Heads, hours and administration are closed: people and their time are not made by a factor. An
    organisation that staffs a post brings its own.
    """

    kind: ClassVar[str] = "position"
    zh: ClassVar[str] = "岗位"
    framework: ClassVar[str] = "position"

    area: str = param("neighbourhood", choices=AREAS, doc="one group of heads for each such area")
    staffed_by: str = param(
        "rule",
        choices=("rule", "committee", "firm", "volunteers", "moves"),
        doc="whether heads and hours stand in the rule, come from an organisation, or are moved to it",
    )
    heads: float = param(0.0, low=0, high=1e6, doc="people for each area")
    per_households: int = param(
        0, low=0, high=1_000_000, doc="if set, heads are for so many households of the area"
    )
    per: str = per_area()
    least: float = param(
        0.0, low=0, high=1e6, doc="with per_households: at least so many heads for each area"
    )
    hours: float = param(0.0, low=0, high=80, unit="h/week", doc="hours of each")
    admin_share: float = param(0.0, low=0, high=1, doc="share of hours lost to administration")
    competence: float = param(
        0.6, low=0, high=1, doc="chance that finished work holds, before skill", fold="cover"
    )
    observe: float = param(0.0, low=0, high=1, doc="share of hours spent looking for problems", fold="add")
    ask: float = param(0.0, low=0, high=1, doc="share of hours spent asking people to take part", fold="add")
    host: float = param(0.0, low=0, high=1, doc="share of hours spent hosting joint activity", fold="add")
    together: bool = param(
        False,
        doc="what it hosts is for people of its whole area at once, not in each neighbourhood by itself",
    )
    care: float = param(0.0, low=0, high=1, doc="share of hours offered to service needs", fold="add")
    services: tuple[str, ...] = param((), choices=SERVICES, doc="types of need it serves, in equal parts")
    group: float = param(
        1.0, low=1, high=1000, doc="people served at a time: an hour meets so many of need", fold="scale"
    )
    serve: float = param(0.0, low=0, high=1, doc="share of hours spent on what units want", fold="add")
    wants: tuple[str, ...] = param(
        WANTS, choices=WANTS, doc="wants of units it serves; none: it only calls on them", fold="union"
    )
    unit_kinds: tuple[str, ...] = param(
        UNIT_KINDS, choices=UNIT_KINDS, doc="kinds of units it serves", fold="union"
    )
    raises: float = param(
        0.0, low=0, high=1, doc="share of hours spent asking units for gifts to works", fold="add"
    )
    handles: tuple[str, ...] = param((), choices=KINDS, doc="types of issue it may handle", fold="union")
    small: float = param(
        0.0, low=0, high=1000, unit="h", doc="helps others with issues up to this size; 0: does not"
    )
    lines: tuple[str, ...] = param(
        (), choices=LINES, doc="departments whose part of a case it may do where it stands", fold="union"
    )
    wage: float = param(
        0.0, low=0, high=10_000, unit="yuan/h", doc="paid for contract hours, from its purse", fold="scale"
    )
    supplies: float = param(
        0.0,
        low=0,
        high=10_000,
        unit="yuan/h",
        doc="what each of those served at a time uses up: food, material; paid from its purse",
        fold="scale",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.observe + self.ask + self.host + self.care + self.serve + self.raises > 1 + 1e-9:
            raise DesignError(f"position {self.name}: the shares of its hours add up to more than 1")
        if (self.host or self.care or self.serve) and self.area not in SERVED:
            raise DesignError(
                f"position {self.name}: hosting, care and service are for neighbourhoods or more; area ="
                f" {self.area!r} must be one of {', '.join(SERVED)}"
            )
        if self.raises and self.area != "subdistrict":
            raise DesignError(
                f"position {self.name}: units are asked for gifts by the subdistrict; area = {self.area!r}"
                " must be 'subdistrict', or raises 0"
            )
        where = WORKPLACES.get(self.staffed_by, self.area)
        if self.area != where:
            raise DesignError(
                f"position {self.name}: staffed_by {self.staffed_by!r} needs area {where!r}, not {self.area}"
            )
        self._refuse_divided(self.area)
        if self.divided and (self.per_households or self.staffed_by != "rule"):
            held = "per_households" if self.per_households else f"staffed_by {self.staffed_by!r}"
            raise DesignError(
                f"position {self.name}: per = 'subdistrict' divides heads that the rule gives; {held} says"
                " otherwise how many there are in each area: leave one of the two out"
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
    def upkeep_per(self) -> str:
        return "head"

    @property
    def null(self) -> bool:
        return self.staffed_by == "rule" and self.heads * self.hours == 0
