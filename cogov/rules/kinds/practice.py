"""Practices (做法) that sites hold, and visits (互学) on which others see them and learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule, marked
from cogov.terms import Capability, Site


@dataclass(frozen=True, kw_only=True)
class Practice(Rule):
    """A named thing that a neighbourhood does, and others can copy (做法).

    What it changes stands in other rules and amendments, with ``where = Where(practice=its name)``: they are
    in force where the practice is held, set up and at home.
    """

    kind: ClassVar[str] = "practice"
    zh: ClassVar[str] = "做法"
    framework: ClassVar[str] = "choice"
    area: ClassVar[str] = "neighbourhood"

    fits: tuple[str, ...] = param(
        Site.labels(), choices=Site.labels(), doc="kinds of neighbourhood in which it is of use", fold="union"
    )
    setup: float = param(
        40.0, low=0, high=10_000, unit="h", doc="committee hours until it runs", fold="scale"
    )
    visible: float = param(
        0.5, low=0, high=1, doc="chance that a visitor sees it: built things more than routines", fold="cover"
    )
    sites: tuple[str, ...] = param((), doc="neighbourhoods that hold it from the start, by name")
    pilots: int = param(0, low=0, high=32_767, doc="further ones that do, of those it fits")

    @property
    def placed(self) -> bool:
        return False

    @property
    def null(self) -> bool:
        return not (self.sites or self.pilots)

    def fitting(self, site: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Which neighbourhoods it fits, by their `Site`."""
        return np.asarray(marked(self.fits, Site.labels())[site])

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refuse_costs()
        self._refuse_conditions()


@dataclass(frozen=True, kw_only=True)
class Visit(Rule):
    """Secretaries who go to see others (信息规则·互学): visits, tours, studios, demonstrations.

    Visitors and hosts give the hours; a host's are divided among all who come. Who comes may see practices
    and take one up, and learns from the host what is done there, as far as the two know each other.
    """

    kind: ClassVar[str] = "visit"
    zh: ClassVar[str] = "互学"
    framework: ClassVar[str] = "information"
    area: ClassVar[str] = "neighbourhood"

    to: str = param(
        "best", choices=("best", "examples", "veterans", "turn", "named"),
        doc="hosts: fewest open issues for each household, most practices held, longest in office, each in"
        " turn, or by name",
    )  # fmt: skip
    sites: tuple[str, ...] = param((), doc="hosts by name")
    alike: bool = param(
        False, doc="each goes to hosts of the own kind of neighbourhood, of which number is for each kind"
    )
    number: int = param(1, low=0, high=32_767, doc="hosts each time, unless by name")
    every: int = param(13, low=1, high=520, unit="weeks", doc="weeks between visits")
    hours: float = param(6.0, low=0, high=100, unit="h", doc="hours of a visitor at each host", fold="scale")
    host_hours: float = param(6.0, low=0, high=1000, unit="h", doc="hours of a host", fold="scale")
    hosted_by: str = param("committee", doc="post whose hours hosts give, in the hosts' places")
    adopt: float = param(0.1, low=0, high=1, doc="chance to take up a practice that was seen", fold="cover")
    misjudge: float = param(
        1.0, low=0, high=1, doc="the same for one that does not fit at home, against one that does",
        fold="scale",
    )  # fmt: skip
    teach: float = param(
        0.0, low=0, high=1, doc="share of the gap to the host that one who knows the host well closes",
        fold="cover",
    )  # fmt: skip
    domains: tuple[str, ...] = param(
        Capability.labels(), choices=Capability.labels(), doc="what is taught", fold="union"
    )
    topics: int = param(
        0, low=0, high=len(Capability),
        doc="only so many of them each time, what the guests' open cases call for most, and these in the time"
        " of all; 0: all",
    )  # fmt: skip

    @property
    def null(self) -> bool:
        return self.hours == 0 or not (self.sites or self.number) or not (self.adopt or self.teach)

    @property
    def posts(self) -> tuple[str, ...]:
        # Without committees nobody visits anybody; another post that is named must be there.
        own = () if self.hosted_by == "committee" else (self.hosted_by,)
        return (*super().posts, *own)

    def __post_init__(self) -> None:
        super().__post_init__()
        if bool(self.sites) != (self.to == "named"):
            raise DesignError(
                f"visit {self.name}: sites = {list(self.sites)} and to = {self.to!r}: sites are given"
                " where, and only where, to is 'named'"
            )
