"""Plans: which combinations of levels a study runs (试验设计)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from cogov.analysis.decides import groups_of
from cogov.analysis.sensitivity import morris, saltelli
from cogov.kit.errors import ConfigError
from cogov.kit.fields import Parameters, param
from cogov.study import draws
from cogov.study.parameters import Level, Levels, Path, Range, at, parse

LISTED = ("grid", "one_at_a_time", "list")
MOST_POINTS = 1_000_000
"""Of a plan: each is kept in memory, and is run under every design."""
ALL_AT_ONCE = ("draws", "screening")
"""Plans of all that is assumed, whose points are tried together, for every design."""
SAMPLED = ("latin_hypercube", "sobol", "saltelli", "morris", *ALL_AT_ONCE)


@dataclass(frozen=True, kw_only=True)
class Plan(Parameters):
    """How levels of several parameters are combined.

    - ``grid``: every level with every other.
    - ``one_at_a_time``: all parameters at their first level, then each at its others, one by one.
    - ``list``: the ``points`` given.
    - ``latin_hypercube``, ``sobol``: ``samples`` points that fill the ranges evenly
      (`scipy.stats.qmc`); a Sobol' sequence can be extended, a Latin hypercube cannot.
    - ``saltelli``: ``samples`` x (parameters + 2) points, for Sobol' indices.
    - ``morris``: ``samples`` trajectories of (parameters + 1) points, for screening (needs SALib).
    - ``draws``: ``samples`` points for hundreds of parameters (`cogov.study.draws`), each with a seed of its
      own, the same under every design; can be extended. Points at
      which a value does not go with another, under any design, are left out under all of them.
    - ``screening``: ``samples`` trajectories of (groups + 1) points, each with a seed of its own, which move
      one group of assumptions after the other (needs SALib); can be extended. Trajectories with such a
      point are left out.
    """

    kind: str = param("grid", choices=LISTED + SAMPLED, doc="how levels are combined")
    samples: int = param(64, low=1, high=2**24, doc="size of a sampling plan; for saltelli a power of two")
    seed: int = param(0, low=0, high=2**63 - 1, doc="seed of a sampling plan, not of the runs")
    points: tuple[dict[str, Any], ...] = param((), doc="for list: one mapping of paths to values a point")

    def __post_init__(self) -> None:
        super().__post_init__()
        if not all(isinstance(point, Mapping) for point in self.points):
            raise ConfigError("plan.points must be a list of mappings of paths to values")
        if any(not point for point in self.points):
            raise ConfigError("plan.points: every point must give the value of at least one parameter")
        if (self.kind == "list") != bool(self.points):
            raise ConfigError("plan: points are what a list has, and no other plan")
        names = [sorted(map(str, point)) for point in self.points]
        if any(name != names[0] for name in names):
            raise ConfigError("plan.points: every point must give the same parameters")

    @classmethod
    def title(cls) -> str:
        return "plan"

    @classmethod
    def read(cls, value: Any) -> Plan:
        """Read ``grid`` or ``{kind: sobol, samples: 128}``."""
        if isinstance(value, Plan):
            return value
        return cls.from_mapping({"kind": value} if isinstance(value, str) else value)

    def paths(self, parameters: Mapping[str, Levels]) -> tuple[Path, ...]:
        """The parameters that vary.

        Raises
        ------
        ConfigError
            If a list has parameters besides those of its points, or levels do not suit the plan.
        """
        if self.kind == "list":
            if parameters:
                raise ConfigError("parameters: a list plan has its values in plan.points, leave them out")
            return tuple(parse(str(text)) for text in sorted(self.points[0]))
        ranges = [text for text, levels in parameters.items() if isinstance(levels, Range)]
        if self.kind in LISTED and ranges:
            raise ConfigError(
                f"parameters.{ranges[0]}: a range is for plans that draw ({', '.join(SAMPLED)});"
                f" for {self.kind} list the values"
            )
        if self.kind != "grid" and not parameters:
            raise ConfigError(f"plan.kind = {self.kind}: there are no parameters to vary")
        return tuple(parse(text) for text in parameters)

    def size(self, parameters: Mapping[str, Levels]) -> int:
        """How many points there will be, known before they are made."""
        if self.kind == "list":
            return len(self.points)
        if self.kind in LISTED:
            numbers = [1 if isinstance(levels, Range) else len(levels) for levels in parameters.values()]
            return math.prod(numbers) if self.kind == "grid" else 1 + sum(number - 1 for number in numbers)
        return self.samples * self.run_length(list(parameters))

    def run_length(self, names: Sequence[str]) -> int:
        """How many points of a sampling plan go together: of a block, a trajectory; else 1."""
        if self.kind == "screening":
            return len(set(groups_of(names))) + 1
        return {"saltelli": len(names) + 2, "morris": len(names) + 1}.get(self.kind, 1)

    @property
    def all_at_once(self) -> bool:
        """Whether it is one of `ALL_AT_ONCE`."""
        return self.kind in ALL_AT_ONCE

    def combinations(self, parameters: Mapping[str, Levels]) -> list[tuple[Level, ...]]:
        """The points: values of the parameters that vary, in the plan's order (repeats are possible)."""
        paths, levels = self.paths(parameters), list(parameters.values())
        if (size := self.size(parameters)) > MOST_POINTS:
            raise ConfigError(
                f"plan = {self.kind}: {size:,} points are more than {MOST_POINTS:,}; give fewer"
            )
        if self.kind == "list":
            return [tuple(path.level(point[path.text]) for path in paths) for point in self.points]
        if self.kind in LISTED:
            values = [tuple(entry) for entry in levels if not isinstance(entry, Range)]
            if self.kind == "grid":
                return list(product(*values))
            first = tuple(entry[0] for entry in values)
            others = [
                (*first[:place], level, *first[place + 1 :])
                for place, entry in enumerate(values)
                for level in entry[1:]
            ]
            return [first, *others]
        unit = self.unit([path.text for path in paths])
        columns = [at(path, entry, column) for path, entry, column in zip(paths, levels, unit.T, strict=True)]
        return list(zip(*columns, strict=True))

    def unit(self, names: Sequence[str]) -> NDArray[np.float64]:
        """Points of a sampling plan in the unit cube; shape (points, parameters).

        Raises
        ------
        ConfigError
            If a plan made from a Sobol' sequence has not a power of two samples.
        """
        dimensions = len(names)
        if self.kind == "latin_hypercube":
            return np.asarray(qmc.LatinHypercube(dimensions, rng=self.seed).random(self.samples))
        if self.kind == "morris":
            return morris(dimensions, self.samples, self.seed)
        if self.kind == "screening":
            return morris(dimensions, self.samples, self.seed, groups_of(names))
        if self.samples & (self.samples - 1):
            raise ConfigError(f"plan.samples = {self.samples}: a Sobol' sequence needs a power of two")
        if self.kind == "draws":
            return draws.unit(names, self.samples, self.seed)
        if self.kind == "saltelli":
            return saltelli(dimensions, self.samples, self.seed)
        return np.asarray(qmc.Sobol(dimensions, rng=self.seed).random(self.samples))
