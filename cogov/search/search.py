"""A search (方案寻优): what is asked, as a value."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from cogov.analysis.findings import read_matters
from cogov.analysis.intervals import Array
from cogov.community import Profile
from cogov.kit.errors import ConfigError, shown, unknown
from cogov.kit.fields import Parameters, name_fault, param
from cogov.outcomes import MEASURES
from cogov.processes import Epidemic, Processes
from cogov.rules import Design
from cogov.run import resolved
from cogov.run_in import RUN_IN, RUN_IN_DOC
from cogov.search.space import Space, read_levels, read_over
from cogov.study.parameters import Levels, read_parameters
from cogov.study.robustness import Robustness
from cogov.study.study import Study

HOURS = ("hours_committee", "hours_office", "hours_departments", "hours_posts")
"""Hours of those who govern, which a budget of hours limits; volunteers' and firms' are their own."""
LIMITS: Mapping[str, tuple[str, ...]] = {"hours": HOURS, "yuan": ("cost_money",)}
"""What a budget limits by a short name, as measures added up."""
COSTS = ("cost", "hours_", "money_", "seat_hours")
"""How measures begin that a budget can limit under their own names."""


@dataclass(frozen=True, kw_only=True)
class Search(Parameters):
    """Which designs are best in one community, within a budget, against several goals.

    Raises
    ------
    CogovError
        Listing what is wrong, with the nearest name that is right.

    Examples
    --------
    >>> asked = Search(
    ...     community="small",
    ...     over=["great_linkage", "three_meetings"],
    ...     goals=["satisfaction", "needs_met"],
    ...     budget={"yuan": 200},
    ... )
    >>> asked.space.size
    4
    """

    name: str = param("search", doc="name of the search, and of its folder")
    community: Profile = param(doc="name, table or profile")
    baseline: Design = param("line_hierarchy", doc="what designs are compared with, and have in common")
    designs: tuple[Design, ...] = param((), doc="designs that take part in any case, such as the documents'")
    over: tuple[str, ...] = param(doc="mechanisms that may be on or off; a design stands for its own")
    parameters: dict[str, Levels] = param(None, doc="levels or ranges of parameters of mechanisms, by path")
    goals: tuple[str, ...] = param(("satisfaction", "needs_met"), doc="measures to be made better")
    budget: dict[str, float] = param(
        None, doc="most that a design may take beyond the baseline: hours a week, yuan a household and year"
    )
    matters: dict[str, float] = param(None, doc="smallest differences that matter, for the measures' own")
    evaluations: int = param(200, low=2, high=100_000, unit="designs", doc="designs tried, at most")
    batch: int = param(16, low=4, high=1000, unit="designs", doc="designs proposed together")
    steps: int = param(5, low=2, high=100, doc="levels of a range")
    screening: int = param(4, low=2, high=1000, doc="runs of every design tried")
    shortlist: int = param(16, low=2, high=1000, unit="designs", doc="designs that enter the race")
    replicates: int = param(32, low=8, high=10_000, doc="runs of a design in the race, at most, on new seeds")
    fresh: int = param(16, low=6, high=10_000, doc="runs of each design of the front, on new seeds again")
    robustness: Robustness | None = param(None, doc="draws of what is assumed, one a replicate")
    quantile: float | None = param(
        None,
        low=0,
        high=0.5,
        doc="judge goals by this quantile over draws, counted from the worst, in place of their mean",
    )
    seed: int = param(7, low=0, high=2**62, doc="seed of the first run, and of the optimiser")
    weeks: int = param(182, low=1, high=5200, unit="weeks", doc="recorded weeks of a run")
    reform_week: int = param(26, low=0, high=5200, unit="weeks", doc="week in which a design is adopted")
    run_in: int = param(RUN_IN, low=0, high=5200, unit="weeks", doc=RUN_IN_DOC)
    processes: Processes = param(Processes(), doc="parameters of the ten processes")
    shocks: tuple[Epidemic, ...] = param((), doc="what comes from outside")

    def __post_init__(self) -> None:
        for key, value in self.resolved(
            {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        ).items():
            object.__setattr__(self, key, value)
        super().__post_init__()
        if problems := [*self._problems()]:
            raise ConfigError("\n".join(problems))
        self.space.size  # noqa: B018 (whatever is wrong with the mechanisms or levels is said now)
        self.study(self.designs)

    @staticmethod
    def resolved(values: Mapping[str, Any], config_dirs: Sequence[Path] = ()) -> dict[str, Any]:
        """Names, files and mappings turned into the objects they stand for."""
        found = resolved(values, config_dirs)
        for key in ("over", "goals"):
            if isinstance(found.get(key), str):
                found[key] = (found[key],)
        found["parameters"] = read_parameters(found.get("parameters"))
        found["matters"] = read_matters(found.get("matters"), "matters")
        if found.get("robustness") is not None:
            found["robustness"] = Robustness.read(found["robustness"])
        found["budget"] = dict(found.get("budget") or {})
        return found

    @classmethod
    def title(cls) -> str:
        return "search"

    def __repr__(self) -> str:
        return f"<Search {self.name!r}: {', '.join(self.goals)} in {self.community.name}>"

    def _problems(self) -> Iterator[str]:
        if fault := name_fault(self.name):
            yield f"search.name = {shown(self.name)}: {fault}; its folder is named after it"
        directed = [name for name, m in MEASURES.items() if m.outcome and m.better]
        for goal in self.goals:
            if goal in MEASURES and MEASURES[goal].outcome and not MEASURES[goal].better:
                yield f"goals: neither more nor less of {goal!r} is better; see cogov show measure {goal}"
            elif goal not in directed:
                yield unknown("goal", goal, directed, "goals")
            elif goal.startswith("shock_") and not self.shocks:
                yield f"goals: {goal!r} needs a shock: shocks=[{{epidemic: {{week: 60, length: 8}}}}]"
        if len(set(self.goals)) != len(self.goals) or len(self.goals) < 2:
            yield "goals: must be two measures or more, each once; what a design costs is one too: cost"
        limited = [*LIMITS, *(name for name, m in MEASURES.items() if m.outcome and name.startswith(COSTS))]
        for key, most in self.budget.items():
            if key not in limited:
                yield unknown("limit", key, limited, "budget")
            elif isinstance(most, bool) or not isinstance(most, (int, float)) or not np.isfinite(most):
                yield f"budget.{key} = {shown(most)}: must be a number"
            elif most < 0:
                yield (
                    f"budget.{key} = {most:g}: must be at least 0: it is what a design may take beyond"
                    f" {self.baseline.name}, which would not keep to it itself"
                )
        if self.robustness is not None and self.robustness.draws < self.most:
            yield (
                f"robustness = {self.robustness.draws}: a design has up to {self.most} runs (screening,"
                " replicates, fresh), each with a draw of its own; give as many, a power of two"
            )
        if self.robustness is not None and self.robustness.screening:
            yield "robustness.screening: a search has none; screen its front as a study"
        if self.quantile is not None and not (isinstance(self.quantile, float) and 0 < self.quantile < 0.5):
            yield f"quantile = {shown(self.quantile)}: must be between 0 and 0.5, such as 0.1; null: the mean"
        elif self.quantile is not None and self.robustness is None:
            yield f"quantile = {self.quantile:g}: is over draws of what is assumed; add robustness=64"
        names = [design.name for design in self.designs]
        if len(set(names)) < len(names):
            yield "designs: one is given more than once"

    @cached_property
    def space(self) -> Space:
        """The designs to choose from."""
        named = {design.name: design for design in (self.baseline, *self.designs)}
        over = read_over(self.over, self.baseline, named)
        levels = read_levels(self.parameters, self.steps, over, self.baseline)
        return Space(self.baseline, over, levels, self.community, self.designs)

    @property
    def matter(self) -> Array:
        """Smallest differences of the goals that matter; 0 where no size is known."""
        own = (self.matters.get(goal, MEASURES[goal].matters) for goal in self.goals)
        return np.array([size or 0.0 for size in own])

    @property
    def limits(self) -> dict[str, tuple[str, ...]]:
        """The measures that each limit of the budget adds up."""
        return {key: LIMITS.get(key, (key,)) for key in self.budget}

    @property
    def measured(self) -> tuple[str, ...]:
        """All measures that are needed of a run, goals first."""
        costs = (name for names in (*LIMITS.values(), *self.limits.values()) for name in names)
        return tuple(dict.fromkeys((*self.goals, *costs)))

    @property
    def most(self) -> int:
        """Runs of one design in all phases."""
        return self.screening + self.replicates + self.fresh

    def study(self, designs: Sequence[Design], baseline: Design | None = None) -> Study:
        """A study of some designs with the settings of the search; its baseline at a draw if there is one."""
        base = baseline or self.baseline
        others = tuple(design for design in designs if design.name != base.name)
        return Study(
            name=self.name,
            question=f"Which designs are best in {self.community.name} for {', '.join(self.goals)}?",
            communities=(self.community,),
            designs=others or (base,),
            baseline=base,
            replicates=self.most,
            seed=self.seed,
            weeks=self.weeks,
            reform_week=self.reform_week,
            run_in=self.run_in,
            processes=self.processes,
            shocks=self.shocks,
            outcomes=self.measured,
        )
