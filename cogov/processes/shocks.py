"""Shocks (冲击): what strikes a whole community at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cogov.kit.errors import ConfigError, unknown
from cogov.kit.fields import Parameters, param


@dataclass(frozen=True, kw_only=True)
class Epidemic(Parameters):
    """An epidemic multiplies emergencies and care needs, and keeps part of the staff at home.

    Sources: 001 and 002 (2020 and 2022); sizes assumed.
    """

    # As high as the longest run after the longest run-in: `after`.
    week: int = param(78, low=1, high=10_400, unit="week", doc="first week", source="given")
    length: int = param(10, low=1, unit="weeks", doc="how long it lasts", plausible=(4, 26))
    factor: float = param(6.0, low=1, doc="emergencies are so many times as frequent", plausible=(3, 12))
    need_factor: float = param(
        1.5, low=1, doc="elder care and health needs are so many times as large", plausible=(1.2, 2)
    )
    staff_absent: float = param(
        0.25, low=0, high=1, doc="share of every staffed post absent", plausible=(0.1, 0.4)
    )

    def after(self, weeks: int) -> Epidemic:
        """The same, so many weeks later."""
        return replace(self, week=self.week + weeks)

    def on(self, week: int) -> bool:
        """Whether it is on in that week."""
        return self.week <= week < self.week + self.length


SHOCKS: Mapping[str, type[Epidemic]] = {"epidemic": Epidemic}


def shock_factor(shocks: Iterable[Epidemic], week: int) -> float:
    """How many times as frequent emergencies are in a week."""
    factor = 1.0
    for shock in shocks:
        factor *= shock.factor if shock.on(week) else 1.0
    return factor


def read_shocks(entries: Any, where: str = "shocks") -> tuple[Epidemic, ...]:
    """Read ``[{epidemic: {week: 60}}]``; what is a shock already stays as it is.

    Raises
    ------
    ConfigError
        For an unknown shock or parameter, naming the nearest.
    """
    if not isinstance(entries, (list, tuple)):
        raise ConfigError(f"{where} must be a list such as [{{epidemic: {{week: 60}}}}], not {entries!r}")
    shocks = []
    for entry in entries:
        if isinstance(entry, Epidemic):
            shocks.append(entry)
            continue
        if not isinstance(entry, Mapping) or len(entry) != 1:
            raise ConfigError(
                f"{where}: each shock is a mapping of its name to its parameters, not {entry!r}"
            )
        ((name, values),) = entry.items()
        if name not in SHOCKS:
            raise ConfigError(unknown("shock", str(name), SHOCKS, where))
        shocks.append(SHOCKS[name].from_mapping(values, where))
    return tuple(shocks)
