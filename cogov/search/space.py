"""The designs a search chooses from: mechanisms on or off, and levels of their parameters."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from cogov.community import Profile
from cogov.kit.errors import ConfigError, DesignError, unknown
from cogov.mechanisms import Mechanism, registry
from cogov.rules import Design
from cogov.rules.areas import check_fits
from cogov.study.identity import fingerprint
from cogov.study.parameters import Level, Levels, Path, Range, at, parse

type Point = tuple[int, ...]
"""For every mechanism 1 if it is on, else 0; then for every parameter the position of its level."""


@dataclass(frozen=True)
class Space:
    """Designs to choose from.

    Attributes
    ----------
    base : Design
        What all have in common, but for those of ``mechanisms`` that it has.
    mechanisms : tuple of Mechanism
        That may be on or off, with the values of the parameters that do not vary.
    parameters : dict of str to tuple
        Levels by path, in order.
    community : Profile
        Where a design must fit.
    known : tuple of Design
        Designs with a name: what has their mechanisms is them.
    """

    base: Design
    mechanisms: tuple[Mechanism, ...]
    parameters: Mapping[str, tuple[Level, ...]]
    community: Profile
    known: tuple[Design, ...] = ()

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """The parameters that vary."""
        return tuple(parse(text) for text in self.parameters)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the entries of a point are called."""
        return (*(mechanism.name for mechanism in self.mechanisms), *self.parameters)

    @cached_property
    def size(self) -> int:
        """How many different designs there are, those included that cannot be put together."""
        levels = self._levels_of
        own = math.prod(1 + levels.pop(mechanism.name, 1) for mechanism in self.mechanisms)
        return own * math.prod(levels.values())

    @property
    def _levels_of(self) -> dict[str, int]:
        """By mechanism, in how many ways it can be on."""
        found: dict[str, int] = {}
        for text, levels in self.parameters.items():
            name = text.split(".")[2]
            found[name] = found.get(name, 1) * len(levels)
        return found

    def every(self) -> Iterator[Point]:
        """All points, one for each design."""
        switches = itertools.product((0, 1), repeat=len(self.mechanisms))
        levels = [range(len(entry)) for entry in self.parameters.values()]
        points = (self.plain((*on, *chosen)) for on in switches for chosen in itertools.product(*levels))
        yield from dict.fromkeys(points)

    def plain(self, point: Sequence[int]) -> Point:
        """The point with parameters of mechanisms that are off at their first level: one for each design."""
        on = {m.name for m, there in zip(self.mechanisms, point, strict=False) if there}
        on |= {m.name for m in self.base.mechanisms} - {m.name for m in self.mechanisms}
        chosen = point[len(self.mechanisms) :]
        kept = (
            level if path.text.split(".")[2] in on else 0
            for path, level in zip(self.paths, chosen, strict=True)
        )
        return (*point[: len(self.mechanisms)], *kept)

    def design(self, point: Sequence[int]) -> Design:
        """The design of a point.

        Raises
        ------
        DesignError
            If its mechanisms do not go together, or do not fit the community.
        """
        made = {mechanism.name: mechanism for mechanism in self.base.mechanisms}
        for mechanism, on in zip(self.mechanisms, point, strict=False):
            if on:
                made[mechanism.name] = mechanism
            else:
                made.pop(mechanism.name, None)
        chosen = point[len(self.mechanisms) :]
        for path, levels, level in zip(self.paths, self.parameters.values(), chosen, strict=True):
            _, _, name, key = path.text.split(".")
            if name in made:
                made[name] = made[name].updated({key: levels[level]}, f"parameters.{path.text}")
        mark = marked(made.values())
        for design in (self.base, *self.known):
            if marked(design.mechanisms) == mark:
                return design
        design = Design(mechanisms=tuple(made.values()), name=f"design_{mark[:10]}")
        check_fits(design.rules(), self.community.name, self.community.neighbourhoods_by_subdistrict())
        return design

    def point(self, design: Design) -> Point | None:
        """The point of a design, if it has one."""
        has = {mechanism.name: mechanism for mechanism in design.mechanisms}
        point = [int(mechanism.name in has) for mechanism in self.mechanisms]
        for path, levels in zip(self.paths, self.parameters.values(), strict=True):
            _, _, name, key = path.text.split(".")
            value = getattr(has[name], key) if name in has else levels[0]
            if value not in levels:
                return None
            point.append(levels.index(value))
        try:
            found = self.design(point)
        except DesignError:
            return None
        return self.plain(point) if marked(found.mechanisms) == marked(design.mechanisms) else None


def marked(mechanisms: Any) -> str:
    """A hash of mechanisms and their parameters, whatever the design is called."""
    return fingerprint({mechanism.name: mechanism for mechanism in mechanisms})


def read_over(names: Sequence[Any], base: Design, designs: Mapping[str, Design]) -> tuple[Mechanism, ...]:
    """The mechanisms that may be on or off.

    Parameters
    ----------
    names : sequence
        Mechanisms, their names, and designs or their names, which stand for what they have and the base has
        not. Where two give a mechanism other parameters, the first counts.
    designs : mapping
        Designs that were named, by what they were called.

    Raises
    ------
    ConfigError
        For a name that is neither.
    """
    found: dict[str, Mechanism] = {}
    own = {mechanism.name: mechanism for mechanism in base.mechanisms}
    for entry in names:
        if isinstance(entry, Mechanism):
            more = [entry]
        elif entry in registry():
            more = [own.get(entry) or registry()[entry]()]
        elif entry in designs:
            more = [m for m in designs[entry].mechanisms if own.get(m.name) != m]
        else:
            raise ConfigError(unknown("mechanism or design", str(entry), [*registry(), *designs], "over"))
        for mechanism in more:
            found.setdefault(mechanism.name, mechanism)
    if not found:
        raise ConfigError("over: names nothing that the base does not have; name mechanisms or designs")
    return tuple(found.values())


def read_levels(
    parameters: Mapping[str, Levels], steps: int, mechanisms: Sequence[Mechanism], base: Design
) -> dict[str, tuple[Level, ...]]:
    """Levels of the parameters that vary: a range becomes so many steps, evenly apart.

    Raises
    ------
    ConfigError
        If one is no parameter of a mechanism that may be on, or the mechanism refuses a level.
    """
    there = {mechanism.name: mechanism for mechanism in (*base.mechanisms, *mechanisms)}
    found: dict[str, tuple[Level, ...]] = {}
    for text, entry in parameters.items():
        path = parse(text)
        if not text.startswith("design."):
            raise ConfigError(f"parameters.{text}: must be design.mechanisms.MECHANISM.PARAMETER")
        name, key = text.split(".")[2:]
        if name not in there:
            raise ConfigError(unknown("mechanism", name, there, f"parameters.{text}"))
        levels = tuple(entry) if not isinstance(entry, Range) else _steps(path, entry, steps)
        for level in levels:
            there[name].updated({key: level}, f"parameters.{text}")
        found[text] = levels
    return found


def _steps(path: Path, entry: Range, steps: int) -> tuple[Level, ...]:
    if path.kind is int:
        steps = min(steps, int(entry.high - entry.low) + 1)
        unit = (np.arange(steps) + 0.5) / steps if not entry.log else np.linspace(0, 1, steps)
        if not entry.log and steps < entry.high - entry.low + 1:
            unit = np.linspace(0, 1, steps)
    else:
        unit = np.linspace(0, 1, steps)
    return tuple(dict.fromkeys(at(path, entry, unit)))
