"""A study (对比研究): what is run, as a value."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple, Self

from cogov.analysis.findings import read_matters
from cogov.analysis.precision import Replicates
from cogov.kit.errors import CogovError, ConfigError, DesignError
from cogov.rules import Design, Scope
from cogov.rules.areas import check_fits
from cogov.run import resolved
from cogov.run_in import misfit_run_in
from cogov.schedule import misfits
from cogov.study import parameters as parameter
from cogov.study.asked import Asked
from cogov.study.cell import Cell, Value
from cogov.study.faults import faults
from cogov.study.identity import content, fingerprint, plain, versions_of
from cogov.study.plan import Plan
from cogov.study.robustness import Robustness

MOST_RUNS = 2_000_000
"""Of a study: its plan is kept in memory, run by run."""


class Condition(NamedTuple):
    """One community under one design with one combination of parameter values."""

    community: int
    design: int
    values: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Study(Asked):
    """Designs compared on communities, over levels of parameters and replicates.

    Names stand for what is shipped or lies in a file, so that ``Study(communities=["small"],
    designs=["wuliqiao_2020"])`` is a whole study; ``configs/experiment/*.yaml`` hold the same keys.

    Raises
    ------
    CogovError
        Listing what is wrong; every level has been tried on every design and community it applies to.

    Examples
    --------
    >>> study = Study(
    ...     communities=["small"],
    ...     designs=["wuliqiao_2020"],
    ...     parameters={"design.mechanisms.three_level_platform.blocks": [1, 2, 3]},
    ...     replicates=10,
    ... )
    >>> len(study.cells())  # the baseline has no platform, hence no blocks to vary
    40
    """

    def __post_init__(self) -> None:
        given = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        for key, value in self.resolved(given).items():
            object.__setattr__(self, key, value)
        super().__post_init__()
        plan = (self.weeks, self.reform_week, self.designs, self.baseline)
        late = misfits(*plan, shocks=self.shocks, where="study.")
        before = misfit_run_in(self.run_in, "study.")
        if problems := [*faults(self), *before, *late]:
            raise ConfigError("\n".join(problems))
        number = self.plan.size(self.parameters) * len(self.communities) * len(self.arms) * self.most
        if number > MOST_RUNS:
            raise ConfigError(
                f"study {self.name}: {number:,} runs are more than {MOST_RUNS:,}; give fewer levels or"
                " replicates, or make several studies of it"
            )
        self._try_levels()

    def __repr__(self) -> str:
        """In one line: every number of its communities and designs would fill pages."""
        communities = ", ".join(profile.name for profile in self.communities)
        designs = ", ".join(arm.name for arm in self.arms)
        return (
            f"<Study {self.name!r}: {designs} in {communities}; conditions: {len(self.conditions)},"
            f" runs: {len(self.conditions) * self.most}>"
        )

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to workers: not what the study has worked out, the plan, which can be long."""
        return self.as_dict()

    @staticmethod
    def resolved(values: Mapping[str, Any], config_dirs: Sequence[Path] = ()) -> dict[str, Any]:
        """Names, files and mappings turned into the objects they stand for."""
        found = resolved(values, config_dirs)
        if "parameters" in found:
            found["parameters"] = parameter.read_parameters(found["parameters"])
        if "plan" in found:
            found["plan"] = Plan.read(found["plan"])
        if found.get("robustness") is not None:
            found["robustness"] = Robustness.read(found["robustness"])
        if isinstance(found.get("replicates"), Mapping):
            found["replicates"] = Replicates.from_mapping(found["replicates"], "replicates")
        if "matters" in found:
            found["matters"] = read_matters(found["matters"], "study.matters")
        for key in ("outcomes", "trajectories"):
            if isinstance(found.get(key), str):
                found[key] = (found[key],)
        return found

    @classmethod
    def title(cls) -> str:
        return "study"

    def _try_levels(self) -> None:
        """Put levels one by one into what they apply to: a wrong one is refused before anything runs."""
        for place, path in enumerate(self.paths):
            if not any(path.applies(design) for design in self.arms):
                raise ConfigError(f"parameters.{path.text}: none of the designs has that mechanism")
            if path.text == "reform_week" and max(self._levels(place)) >= self.weeks:
                raise ConfigError(f"parameters.reform_week: must be before the end (weeks = {self.weeks})")
        if self.plan.all_at_once:  # values are tried together: `refused`
            return
        for place, path in enumerate(self.paths):
            designs = [design for design, arm in enumerate(self.arms) if path.applies(arm)]
            for level, design, community in product(
                self._levels(place), designs, range(len(self.communities))
            ):
                path.put(self._at(community, design), level)
        self._try_fits()

    def _try_fits(self) -> None:
        """See that every condition's designs fit its community; levels that draw no areas do not matter."""
        drawing = {
            mechanism.name
            for design in self.arms
            for mechanism in design.mechanisms
            if any(isinstance(rule, Scope) for rule in mechanism.rules())
        }
        names = {f"design.mechanisms.{name}" for name in drawing}
        matters = [
            path.text in ("community.subdistricts", "community.neighbourhoods", "community.scale")
            or path.text.rpartition(".")[0] in names
            for path in self.paths
        ]
        kept = {
            condition._replace(
                values=tuple(
                    value if on else None for value, on in zip(condition.values, matters, strict=True)
                )
            )
            for condition in self.conditions
        }
        for condition in sorted(kept, key=lambda condition: (condition.community, condition.design)):
            self._try_fit(self.arguments(condition))

    @staticmethod
    def _try_fit(arguments: Mapping[str, Any]) -> None:
        community = arguments["community"]
        neighbourhoods = community.neighbourhoods_by_subdistrict()
        for design in (arguments["baseline"], arguments["design"]):
            try:
                check_fits(design.rules(), community.name, neighbourhoods)
            except DesignError as error:
                raise DesignError(f"design {design.name}: {error}") from None

    def _levels(self, place: int) -> list[Any]:
        """Levels of a parameter; of many that were drawn from a range, the lowest and the highest."""
        levels = sorted({point[place] for point in self.points})
        drawn = isinstance(self.parameters.get(self.paths[place].text), parameter.Range)
        return [levels[0], levels[-1]] if drawn else levels

    @cached_property
    def paths(self) -> tuple[parameter.Path, ...]:
        """The parameters that vary."""
        return self.plan.paths(self.parameters)

    @cached_property
    def points(self) -> list[tuple[parameter.Level, ...]]:
        """Combinations of levels, in the order of the plan."""
        return self.plan.combinations(self.parameters)

    def at(self, design: int, point: Sequence[parameter.Level]) -> tuple[Value, ...]:
        """The values of a point as far as a design has the parameters; None for the others."""
        applies = self._applies[design]
        return tuple(value if on else None for value, on in zip(point, applies, strict=True))

    @cached_property
    def _applies(self) -> list[list[bool]]:
        if not self.plan.all_at_once:
            return [[path.applies(design) for path in self.paths] for design in self.arms]
        # Every run begins under the baseline, whose mechanisms have the same assumptions.
        return [
            [path.applies(mine) or path.applies(self._alive[0]) for path in self.paths]
            for mine in self._alive
        ]

    @cached_property
    def _alive(self) -> list[Design]:
        """The designs without mechanisms that have no force: nothing is assumed of these."""
        return [parameter.alive(design) for design in self.arms]

    @cached_property
    def conditions(self) -> list[Condition]:
        """Every community under every design at every point, each once, in the order of the plan.

        Of a plan of draws every draw that is not `refused`, one after the other; so of trajectories.
        """
        if self.plan.all_at_once:
            return [condition for _, condition in self._draws]
        found = {
            Condition(community, design, self.at(design, point)): None
            for community in range(len(self.communities))
            for point in self.points
            for design in range(len(self.arms))
        }
        return list(found)

    @cached_property
    def refused(self) -> dict[int, str]:
        """Draws at which a value does not go with another under one of the designs, and why.

        Of a screening, trajectories with such a point. They are run under none of them: designs are compared
        over the same draws.
        """
        found: dict[int, str] = {}
        for draw, point in self.numbered if self.plan.all_at_once else ():
            if draw in found:
                continue
            for community, design in product(range(len(self.communities)), range(len(self.arms))):
                try:
                    self._try_fit(self.arguments(Condition(community, design, self.at(design, point))))
                except CogovError as error:
                    found[draw] = f"design {self.arms[design].name}: {error}"
                    break
        if found and len(found) == self.plan.samples:
            raise ConfigError(
                f"plan.{self.plan.kind}: none of {len(found)} can be run; the first: {found[0]}"
            )
        return found

    @property
    def numbered(self) -> Iterator[tuple[int, tuple[parameter.Level, ...]]]:
        """Points, each with the number of its draw, or of its trajectory."""
        length = self.plan.run_length([path.text for path in self.paths])
        return ((place // length, point) for place, point in enumerate(self.points))

    @cached_property
    def _draws(self) -> list[tuple[int, Condition]]:
        """The conditions of a plan of draws, each with its draw.

        Under a design, a step of a trajectory that moves only what the design does not have is no other run.
        """
        found = {
            (draw, Condition(community, design, self.at(design, point))): None
            for draw, point in self.numbered
            if draw not in self.refused
            for community in range(len(self.communities))
            for design in range(len(self.arms))
        }
        return list(found)

    @property
    def most(self) -> int:
        """Replicates of each condition, at most."""
        return self.replicates if isinstance(self.replicates, int) else self.replicates.at_most

    def cells(self, replicates: int | None = None) -> list[Cell]:
        """Every run, in the order in which they are made: replicate after replicate.

        Parameters
        ----------
        replicates : int, optional
            Only the first so many; otherwise all.
        """
        if self.plan.all_at_once:
            conditions = zip(self._draws, self._keys, strict=True)
            return [self._cell(condition, key, draw) for (draw, condition), key in conditions]
        return [
            self._cell(condition, key, replicate)
            for replicate in range(self.most if replicates is None else replicates)
            for condition, key in zip(self.conditions, self._keys, strict=True)
        ]

    def _cell(self, condition: Condition, key: str, replicate: int) -> Cell:
        seed = self.seed + replicate
        return Cell(fingerprint([key, seed])[:16], *condition, replicate=replicate, seed=seed)

    @cached_property
    def _keys(self) -> list[str]:
        """For every condition, the hash of everything but the seed that determines its results."""
        places = {(condition.community, condition.design) for condition in self.conditions}
        base = {at: {name: content(part) for name, part in self._at(*at).items()} for at in places}
        hashes = {at: {name: fingerprint(part) for name, part in base[at].items()} for at in places}
        versions = [versions_of([self.baseline, arm]) for arm in self.arms]
        keys = []
        for condition in self.conditions:
            # The plain contents are patched: making the objects of a thousand points takes seconds.
            contents = dict(base[condition[:2]])
            changed = {
                path.patch(contents, value, head)
                for path, value in zip(self.paths, condition.values, strict=True)
                if value is not None
                for head in self._heads(path, condition.design)
            }
            parts = {**hashes[condition[:2]], **{name: fingerprint(contents[name]) for name in changed}}
            keys.append(fingerprint([versions[condition.design], parts]))
        return keys

    def world(self, cell: Cell) -> tuple[object, ...]:
        """What of a cell its run-in depends on: runs of one world share it if they follow each other."""
        place = [value for path, value in zip(self.paths, cell.values, strict=True) if path.of_world]
        return (cell.community, cell.seed, *place)

    def arguments(self, condition: Condition | Cell) -> dict[str, Any]:
        """The arguments of `cogov.simulate`, without the seed."""
        arguments = self._at(condition.community, condition.design)
        pairs = zip(self.paths, condition.values, strict=True)
        designs = ("baseline", "design") if self.plan.all_at_once else ("design",)
        parameter.put(arguments, [(path, value) for path, value in pairs if value is not None], designs)
        return arguments

    def _heads(self, path: parameter.Path, design: int) -> list[str]:
        """The arguments that a value is put into."""
        head = path.text.split(".")[0]
        if head != "design" or not self.plan.all_at_once:
            return [head]
        both = {"baseline": self._alive[0], "design": self._alive[design]}
        return [name for name, arm in both.items() if path.applies(arm)]

    def _at(self, community: int, design: int) -> dict[str, Any]:
        """Arguments before any parameter is put in."""
        keys = ("weeks", "reform_week", "run_in", "baseline", "processes", "shocks")
        settings = {key: getattr(self, key) for key in keys}
        return {**settings, "community": self.communities[community], "design": self.arms[design]}

    def plain(self) -> dict[str, Any]:
        """The study in plain values, down to the last number; ``Study(**plain)`` makes it again."""
        values = self.as_dict()
        values["parameters"] = {
            path: parameter.plain_levels(levels) for path, levels in self.parameters.items()
        }
        found: dict[str, Any] = plain(values)
        return found

    def with_(self, **changes: Any) -> Self:
        """A study with these keys in the place of its own."""
        return dataclasses.replace(self, **changes)
