"""Where and when a rule is in force: by what is recorded and by the calendar, never by what nobody observes.

Selectors read lists, kinds of place and open issues on record; surges read emergencies that were *noticed*.
Satisfaction and trust are observed by nobody, and a shock is not known before its cases are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import CogovError, DesignError
from cogov.kit.fields import Parameters, param


@dataclass(frozen=True, kw_only=True)
class Where(Parameters):
    """Areas in which a rule is in force (选点): those that meet everything that is asked for here."""

    error: ClassVar[type[CogovError]] = DesignError

    names: tuple[str, ...] = param((), doc="compounds or neighbourhoods listed by name")
    first: int = param(
        0, low=0, high=32_767, doc="only the first so many neighbourhoods of the list: pilot sites (试点)"
    )
    homes: tuple[str, ...] = param(
        (), choices=("old", "new"), doc="kind of compound most households of the area live in"
    )
    practice: str = param("", doc="areas where most households live in places that hold this practice")
    built: str = param("", doc="areas where most households live in places with a work of this programme")
    worst: int = param(
        0,
        low=0,
        high=100_000,
        doc="only so many areas of each subdistrict (of the district, if they are subdistricts), those with"
        " most open issues for each household",
    )

    @property
    def everywhere(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.names or self.first or self.homes or self.practice or self.built or self.worst)

    def __str__(self) -> str:
        said = [f"in {', '.join(self.names)}"] if self.names else []
        said += [f"in the first {self.first} neighbourhoods"] if self.first else []
        said += [f"where homes are {' or '.join(self.homes)}"] if self.homes else []
        said += [f"where {self.practice} is held"] if self.practice else []
        said += [f"where {self.built} has built"] if self.built else []
        said += [f"in the {self.worst} areas with most open issues for each household"] if self.worst else []
        return " ".join(said) or "everywhere"


@dataclass(frozen=True, kw_only=True)
class When(Parameters):
    """Weeks in which a rule is in force (时限), counted from the adoption of its design; or surges.

    Asked for both, it is in force in a surge within these weeks.
    """

    error: ClassVar[type[CogovError]] = DesignError

    start: int = param(0, low=0, high=5200, unit="weeks", doc="weeks from adoption to the first one in force")
    length: int = param(0, low=0, high=5200, unit="weeks", doc="weeks in force; 0: for good")
    every: int = param(0, low=0, high=5200, unit="weeks", doc="begins again after so many weeks; 0: once")
    surge: float = param(
        0.0,
        low=0,
        high=100,
        doc="only while emergencies noticed in the area exceed so many times their 13-week mean (1.5 to 4 are"
        " plausible), until two weeks below; 0: always",
    )
    after: int = param(
        0,
        low=0,
        high=520,
        unit="weeks",
        doc="with a surge: in so many weeks after one and not in it; 0: in it",
    )
    least: int = param(3, low=1, high=1000, doc="emergencies a week fewer than which are no surge")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.every and not 0 < self.length < self.every:
            raise DesignError(
                f"When.every = {self.every}: length = {self.length} must be from 1 to {self.every - 1} weeks,"
                " so that there is a time without"
            )
        if not self.surge and self.least != type(self).least:
            raise DesignError(f"When.least = {self.least}: only a surge has a least; give surge as well")
        if not self.surge and self.after:
            raise DesignError(f"When.after = {self.after}: it is after a surge; give surge as well")

    @property
    def always(self) -> bool:
        """Whether it holds in every week."""
        return not (self.start or self.length or self.surge)

    def calendar(self, week: int) -> bool:
        """Whether the calendar has it in force in a week from adoption (the first is 1)."""
        since = week - 1 - self.start
        if since < 0:
            return False
        if self.every:
            since %= self.every
        return not self.length or since < self.length

    def begins(self, week: int) -> bool:
        """Whether this week is the first of a time in force."""
        return self.calendar(week) and not self.calendar(week - 1)

    def __str__(self) -> str:
        said = [f"from week {self.start + 1}"] if self.start else []
        said += [f"for {self.length} weeks"] if self.length else []
        said += [f"every {self.every} weeks"] if self.every else []
        where = f"for {self.after} weeks after" if self.after else "in"
        said += [f"{where} a surge ({self.surge:g} times the mean)"] if self.surge else []
        return " ".join(said) or "always"


EVERYWHERE, ALWAYS = Where(), When()
