"""A run (模拟) as one value: a community, designs and when they are adopted, processes, shocks, a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import numpy as np

from cogov.community import Community, Profile, load_community
from cogov.kit.errors import ConfigError, shown
from cogov.kit.fields import Parameters, param
from cogov.processes import Epidemic, Processes, read_shocks
from cogov.rules import Design
from cogov.rules.shipped import load_design
from cogov.run_in import RUN_IN, RUN_IN_DOC, misfit_run_in
from cogov.schedule import misfits

ELSE: Mapping[str, Any] = MappingProxyType(
    {
        "baseline": "line_hierarchy",
        "timeline": {},
        "processes": {},
        "shocks": (),
        "weeks": 182,
        "reform_week": 26,
    }
)
"""What a run has of what is not given."""


@dataclass(frozen=True, kw_only=True)
class Run(Parameters):
    """One run, before it is run: everything that determines its result.

    Raises
    ------
    ConfigError
        If something in it would never happen because the run has ended by then.
    """

    community: Profile | Community = param(doc="where it takes place")
    design: Design = param(doc="the design studied")
    baseline: Design = param(doc="design of the run-in and the first weeks")
    timeline: dict[int, Design] = param(doc="designs by week of adoption, besides the design studied")
    processes: Processes = param(doc="parameters of the processes")
    shocks: tuple[Epidemic, ...] = param(doc="what comes from outside")
    seed: int = param(low=0, high=2**63 - 1, doc="seed")
    weeks: int = param(
        low=1, high=5200, unit="weeks", doc="recorded weeks, those under the baseline included"
    )
    reform_week: int = param(low=0, high=5200, unit="weeks", doc="week in which the design is adopted")
    run_in: int = param(RUN_IN, low=0, high=5200, unit="weeks", doc=RUN_IN_DOC)

    def __post_init__(self) -> None:
        super().__post_init__()
        plan = (self.weeks, self.reform_week, [self.design], self.baseline, self.timeline, self.shocks)
        if problems := [*misfits(*plan), *misfit_run_in(self.run_in)]:
            raise ConfigError("\n".join(problems))

    @classmethod
    def title(cls) -> str:
        return "run"

    @classmethod
    def of(cls, **given: Any) -> Self:
        """A run from names, paths, mappings or the things themselves.

        Parameters
        ----------
        **given
            The fields; those of ``ELSE`` and ``run_in`` may be missing. A community is a profile, its name,
            the path of a table of compounds, or a community that was built; a design is one, its name or the
            path of a YAML file; processes and shocks may be plain mappings.

        Raises
        ------
        CogovError
            If anything given cannot be used; the message names it, what is allowed and the nearest name.
        """
        return cls.from_mapping(resolved({**ELSE, **given}))

    def __repr__(self) -> str:
        """In one line."""
        return (
            f"<Run of {self.design.name} on {self.community.name}: seed {self.seed}, {self.weeks} weeks,"
            f" adopted after {self.reform_week}>"
        )

    def same_run_in(self, other: Run) -> bool:
        """Whether another run has the same run-in."""
        names = ("community", "seed", "baseline", "processes", "run_in")
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def built(self) -> Community:
        """The community, built from its profile with the seed of the run unless one was given."""
        return self.community if isinstance(self.community, Community) else self.community.build(self.seed)

    def adopted(self) -> dict[int, Design]:
        """Every design by the week after which it is adopted."""
        return {0: self.baseline, self.reform_week: self.design} | self.timeline


def resolved(values: Mapping[str, Any], config_dirs: Sequence[Path] = ()) -> dict[str, Any]:
    """Turn the names and mappings of a configuration into checked objects; what is one stays as it is."""
    makers: dict[str, Callable[[Any], Any]] = {
        "community": lambda value: _community(value, config_dirs),
        "design": lambda value: _design(value, config_dirs, "design"),
        "communities": lambda value: tuple(_community(entry, config_dirs) for entry in _list(value)),
        "designs": lambda value: tuple(_design(entry, config_dirs, "designs") for entry in _list(value)),
        "baseline": lambda value: _design(value, config_dirs, "baseline"),
        "timeline": lambda value: _timeline(value, config_dirs),
        "processes": _processes,
        "shocks": read_shocks,
    }
    return {key: makers[key](value) if key in makers else value for key, value in values.items()}


def _list(value: Any) -> Sequence[Any]:
    """A list, or the one entry that a user need not put in brackets."""
    return value if isinstance(value, (list, tuple)) else [value]


def _community(value: Any, config_dirs: Sequence[Path]) -> Profile | Community:
    if isinstance(value, (Profile, Community)):
        return value
    if isinstance(value, (str, Path)):
        return load_community(value, config_dirs=config_dirs)
    if not isinstance(value, Mapping):
        raise ConfigError(f"community must be a name, a table or a mapping, not {shown(value)}")
    for key in ("table", "profile"):
        if isinstance(value.get(key), str):
            rest = {str(name): entry for name, entry in value.items() if name != key}
            return load_community(value[key], config_dirs=config_dirs, **rest)
    return Profile.from_mapping(value, "community")


def _design(value: Any, config_dirs: Sequence[Path], where: str) -> Design:
    if isinstance(value, Design):
        return value
    if isinstance(value, (str, Path)):
        return load_design(value, config_dirs)
    if isinstance(value, Mapping) and isinstance(value.get("extends"), str):
        whole = load_design(value["extends"], config_dirs)
        shared = {mechanism.name: mechanism.as_dict() for mechanism in whole.mechanisms}
        rest = {key: entry for key, entry in value.items() if key != "extends"}
        return Design.from_mapping(rest | {"mechanisms": shared | dict(rest.get("mechanisms") or {})}, where)
    return Design.from_mapping(value, where)


def _processes(value: Any) -> Processes:
    return value if isinstance(value, Processes) else Processes.from_mapping(value, "processes")


def _timeline(value: Any, config_dirs: Sequence[Path]) -> dict[int, Design]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"timeline must map weeks to designs, like {{26: quyang_2014}}, not {shown(value)}")
    for week in value:
        if isinstance(week, bool) or not isinstance(week, (int, np.integer)) or week < 0:
            raise ConfigError(f"timeline: {shown(week)} must be a week, a whole number from 0")
    return {int(week): _design(entry, config_dirs, f"timeline.{week}") for week, entry in value.items()}
