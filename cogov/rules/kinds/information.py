"""Who comes to know what: reports, rounds, lists."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import KINDS, SERVED, SERVICES, Floats, Rule
from cogov.rules.kinds.programme import WORKS
from cogov.terms import UnitKind

UNIT_KINDS = UnitKind.labels()
PAIRINGS = ("place", "fit", "turn")
"""How units find partners: those who stand there, those who have what is needed, or dealt out in turn."""
DURING = ("observing", "asking", "hosting", "care")
"""Duties in which a post is among people, and may hear of what they need."""


@dataclass(frozen=True, kw_only=True)
class Reports(Rule):
    """Residents' own reports that somebody takes, or records that are read from above (信息规则·上报).

    Where upper levels read the ``record`` themselves, what is open in a neighbourhood is known there without
    a task that asks for it. Of use it is to rules alone that choose places by what is known above.
    """

    kind: ClassVar[str] = "reports"
    zh: ClassVar[str] = "上报"
    framework: ClassVar[str] = "information"

    channel: str = param(
        choices=("committee", "hotline", "record"), doc="to whom residents turn, or what is read"
    )
    share: float = param(
        1.0, low=0, high=1, doc="share of reports taken, or of news read a week", fold="cover"
    )
    message: float = param(
        0.0,
        low=0,
        high=10,
        doc="how much more often those tell the committee who can write it a message (`bond.online`)",
        fold="add",
    )

    @property
    def null(self) -> bool:
        return self.share == 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.message and self.channel != "committee":
            raise DesignError(f"reports {self.name}: messages go to the committee; message must be 0")


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
    through: str = param(
        "", choices=("", *WORKS), doc="it sees only where such a work stands, as far as that is kept up"
    )
    devices: float = param(
        0.0,
        low=0,
        high=1,
        doc="it sees only at homes with somebody aged 80+ that have a device, this share of them, which calls"
        " the post at once: no speed and no visibility matter; 0: it goes round",
    )
    alarms: float = param(
        0.0,
        low=0,
        high=1000,
        unit="1/week",
        doc="false alarms of each such work or device; what is not checked for want of hours is not seen",
        fold="scale",
    )
    check: float = param(0.0, low=0, high=100, unit="h", doc="hours of its post for each", fold="scale")
    site: float = param(
        0.0, low=0, high=100, unit="h", doc="hours of the committee that goes to look for each", fold="scale"
    )

    @property
    def null(self) -> bool:
        return self.share == 0 or self.speed == 0 or not self.kinds

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.through and self.devices:
            raise DesignError(f"observation {self.name}: it sees through works or devices, not through both")
        if self.alarms and not (self.through or self.devices):
            raise DesignError(
                f"observation {self.name}: alarms = {self.alarms:g}: people who go round give none; name"
                " through or devices"
            )
        if (self.check or self.site) and not self.alarms:
            raise DesignError(f"observation {self.name}: check and site are for each alarm; alarms is 0")


@dataclass(frozen=True, kw_only=True)
class Listing(Rule):
    """A list on which offers of units are seen (信息规则·清单).

    Its upkeep is for every unit listed in full: who lists more of what there is asks and writes down more.
    """

    kind: ClassVar[str] = "listing"
    zh: ClassVar[str] = "清单"
    framework: ClassVar[str] = "information"

    area: str = param("neighbourhood", choices=SERVED, doc="where the list is visible")
    share: float = param(1.0, low=0, high=1, doc="share of what units offer that is on it", fold="cover")
    rota: int = param(
        0, low=0, high=100_000, unit="units/month", doc="only so many units a month, in turn; 0: all"
    )
    paired: bool = param(
        False, doc="a list of partners: units that have agreed to serve a neighbourhood, and no other"
    )
    pairing: str = param("place", choices=PAIRINGS, doc="of a list of partners: which neighbourhood asks")
    outside: bool = param(True, doc="of a list of partners: whether units from outside are asked as well")
    unit_kinds: tuple[str, ...] = param(
        UNIT_KINDS, choices=UNIT_KINDS, doc="kinds of units that are on it", fold="union"
    )
    services: tuple[str, ...] = param(
        SERVICES, choices=SERVICES, doc="types of hours that are on it", fold="union"
    )
    officers: bool = param(False, doc="only units that have a liaison officer, who knows what there is")
    group: float = param(
        1.0, low=1, high=1000, doc="people with the need who are served at a time, as at a lecture"
    )
    theme: float = param(
        0.0,
        low=0,
        high=1,
        doc="share of the hours that goes to what is known to be needed most, whatever units have",
    )
    themes: tuple[str, ...] = param(
        ("elder_care", "culture", "environment"),
        choices=SERVICES,
        doc="what hands without a skill can do, of which the theme is one",
        fold="union",
    )
    focus: float = param(
        0.0,
        low=0,
        high=1,
        doc="share of the list that is kept for what its area needs more of than others",
        fold="cover",
    )
    council: str = param(
        "",
        doc="a list of what those who sit in that council tell of their units: as far as the unit and who"
        " convenes are tied by hours spent together",
    )

    @property
    def null(self) -> bool:
        return self.share == 0 or not (self.unit_kinds and self.services)

    @property
    def upkeep_per(self) -> str:
        return "unit"

    def dose(self, value: Callable[[str], Floats]) -> Floats | float:
        return value("share")

    def idle(self, posts: Collection[str], councils: Collection[str]) -> bool:
        return bool(self.council) and self.council not in councils

    def lacking(self) -> str:
        return f"there is no council {self.council} ({self.force()})"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.paired and self.area != "neighbourhood":
            raise DesignError(
                f"listing {self.name}: units pair with neighbourhoods; area = {self.area!r} must be"
                " 'neighbourhood'"
            )
        if not self.paired and (self.pairing, self.outside) != ("place", True):
            raise DesignError(
                f"listing {self.name}: pairing = {self.pairing!r}, outside = {self.outside}: only lists of"
                " partners pair; leave them out, or let paired be true"
            )


@dataclass(frozen=True, kw_only=True)
class Enquiry(Rule):
    """A post that finds out what people need while it is among them (信息规则·摸排).

    It takes no hours of its own: those that the post gives to the duty reach households, at its speed.
    """

    kind: ClassVar[str] = "enquiry"
    zh: ClassVar[str] = "摸排"
    framework: ClassVar[str] = "information"

    post: str = param(doc="the post that finds out")
    during: str = param("observing", choices=DURING, doc="the duty in which it does")
    speed: float = param(
        0.6, low=0, high=10_000, unit="households/h", doc="households it hears from in an hour", fold="scale"
    )
    services: tuple[str, ...] = param(
        SERVICES, choices=SERVICES, doc="types of need it finds out about", fold="union"
    )

    @property
    def null(self) -> bool:
        return self.speed == 0 or not self.services


@dataclass(frozen=True, kw_only=True)
class Hearing(Rule):
    """A council at which those present say what the people of their place need (信息规则·听取意见).

    Seats of neighbourhoods, owners and residents speak for their neighbourhood, those of units and firms for
    nobody. The time it takes is that of the meeting.
    """

    kind: ClassVar[str] = "hearing"
    zh: ClassVar[str] = "听取意见"
    framework: ClassVar[str] = "information"

    council: str = param(doc="the council at which they say it")
    share: float = param(
        0.1, low=0, high=1, doc="share of its neighbourhood's need that a seat tells of", fold="cover"
    )
    services: tuple[str, ...] = param(
        SERVICES, choices=SERVICES, doc="types of need they tell of", fold="union"
    )

    @property
    def null(self) -> bool:
        return self.share == 0 or not self.services

    def idle(self, posts: Collection[str], councils: Collection[str]) -> bool:
        return self.council not in councils

    def lacking(self) -> str:
        return f"there is no council {self.council} ({self.force()})"
