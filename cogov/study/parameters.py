"""Parameters of a study: paths into the configuration of a run, and the levels they take."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Self, get_args, get_origin

import numpy as np
from numpy.typing import NDArray

from cogov.assumptions import Assumption
from cogov.community.quantities import Quantities
from cogov.kit.elementary import exp, log
from cogov.kit.errors import ConfigError, shown, unknown
from cogov.kit.fields import Parameters, param
from cogov.mechanisms import registry
from cogov.processes import Processes
from cogov.rules import Design

HEADS = ("design", "community", "processes", "reform_week")

type Level = float | str | bool
"""A value that a parameter takes: a number, a word, or yes or no."""


@dataclass(frozen=True, kw_only=True)
class Range(Parameters):
    """An interval that a sampling plan draws from; whole numbers where the parameter is one."""

    low: float = param(low=-1e12, high=1e12, doc="lowest value")
    high: float = param(low=-1e12, high=1e12, doc="highest value")
    log: bool = param(False, doc="whether equal ratios, not equal differences, are equally likely")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.low >= self.high or (self.log and self.low <= 0):
            rule = "0 < low < high" if self.log else "low < high"
            raise ConfigError(f"range [{self.low:g}, {self.high:g}]: must have {rule}")

    @classmethod
    def of(cls, assumption: Assumption) -> Self:
        """The range in which an assumed number may well lie."""
        return cls(low=assumption.low, high=assumption.high, log=assumption.log)

    @classmethod
    def title(cls) -> str:
        return "range"


type Levels = tuple[Level, ...] | Range


@dataclass(frozen=True)
class Path:
    """A parameter by its path in the configuration of a run; made by `parse`."""

    text: str
    kind: type
    """int, float, str or bool."""
    factor: bool = False
    """Whether it is a list of numbers: what is put in is a factor on all of them."""

    @property
    def of_world(self) -> bool:
        """Whether it says something about the community or its processes, and not about what is adopted."""
        return self.text.split(".")[0] in ("community", "processes")

    def applies(self, design: Design) -> bool:
        """Whether a design has the parameter; without its mechanism nothing varies for a design."""
        parts = self.text.split(".")
        return parts[0] != "design" or parts[2] in {mechanism.name for mechanism in design.mechanisms}

    def level(self, value: Any) -> Level:
        """A value in the parameter's own type: 2.0 is the whole number 2.

        Raises
        ------
        ConfigError
            If it is of another type; its range is for the object it is put into to check.
        """
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if self.kind is int and number and float(value).is_integer():
            return int(value)
        if self.kind is float and number:
            return float(value)
        if self.kind in (str, bool) and isinstance(value, self.kind):
            return typing.cast(Level, value)
        what = {int: "a whole number", float: "a number", str: "a word", bool: "true or false"}[self.kind]
        raise ConfigError(f"parameters.{self.text}: {shown(value)} must be {what}")

    def put(self, arguments: MutableMapping[str, Any], value: Level) -> None:
        """Put a value into the arguments of a run (``community``, ``design``, ``processes`` ...).

        Raises
        ------
        CogovError
            If the value is out of its range.
        """
        put(arguments, [(self, value)])

    def patch(self, contents: dict[str, Any], value: Level, head: str = "") -> str:
        """Put a value where `put` would, into the plain contents of the arguments; returns which it was.

        Mappings on the way are replaced, not changed: others may share them.

        Parameters
        ----------
        head : str
            Which argument, if not the one that the path begins with: a baseline is a design, too.
        """
        first, *rest = self.text.split(".")
        keys = [head or first, *rest]
        place = contents
        for key in keys[:-1]:
            place[key] = dict(place[key])
            place = place[key]
        place[keys[-1]] = _scaled(place[keys[-1]], value) if self.factor else value
        return keys[0]


def put(
    arguments: MutableMapping[str, Any],
    values: Iterable[tuple[Path, Level]],
    designs: Sequence[str] = ("design",),
) -> None:
    """Put values into the arguments of a run, those of one mechanism or process together.

    Parameters
    ----------
    arguments : mapping
        ``community``, ``design``, ``baseline``, ``processes`` ...
    values : iterable of (Path, value)
    designs : sequence of str
        The arguments that parameters of mechanisms are put into; one that has not all of the mechanisms
        gets those that it has and that have force, if there are several.

    Raises
    ------
    CogovError
        If a value is out of its range, or does not go with another.
    """
    changes: dict[str, Any] = {}
    for path, value in values:
        place = changes
        *way, last = path.text.split(".")
        for key in way:
            place = place.setdefault(key, {})
        place[last] = _Factor(value) if path.factor else value
    for head, change in changes.items():
        if head == "design":
            mechanisms = tuple((name, tuple(its.items())) for name, its in change["mechanisms"].items())
            for which in designs:
                arguments[which] = _design(arguments[which], mechanisms, len(designs) > 1)
        elif head == "community":
            mine = {key: getattr(arguments[head], key) for key in change}
            arguments[head] = arguments[head].with_(**_resolved(mine, change))
        elif head == "processes":
            arguments[head] = arguments[head].updated(_resolved(arguments[head].as_dict(), change), head)
        else:
            arguments[head] = change


@dataclass(frozen=True)
class _Factor:
    """What a list of numbers is multiplied by."""

    by: Any


def alive(design: Design) -> Design:
    """A design without the mechanisms that have no force."""
    dead = [mechanism for mechanism in design.mechanisms if mechanism == mechanism.at_zero()]
    return design.without(*dead, name=design.name) if dead else design


@lru_cache(maxsize=2)
def _design(design: Design, change: tuple[tuple[str, tuple[Any, ...]], ...], some: bool) -> Design:
    """A design with values in its mechanisms; what runs of one draw have in common is made once."""
    there = {mechanism.name for mechanism in (alive(design) if some else design).mechanisms}
    mechanisms = [
        design.mechanism(name).updated(
            _resolved(design.mechanism(name).as_dict(), dict(values)), f"parameters.design.mechanisms.{name}"
        )
        for name, values in change
        if name in there or not some
    ]
    return design.with_(*mechanisms, name=design.name) if mechanisms else design


def _resolved(mine: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """A change with the products in the place of factors."""
    found = {}
    for key, value in change.items():
        if isinstance(value, Mapping):
            value = _resolved(mine[key].as_dict(), value)
        found[key] = _scaled(mine[key], value.by) if isinstance(value, _Factor) else value
    return found


def _scaled(value: Any, factor: Any) -> Any:
    """A list of numbers times a factor; whole numbers stay whole."""
    if isinstance(value, (list, tuple)):
        return type(value)(_scaled(entry, factor) for entry in value)
    return round(value * factor) if isinstance(value, int) else value * factor


def parse(text: str) -> Path:
    """Find the parameter that a path leads to.

    Parameters
    ----------
    text : str
        ``design.mechanisms.MECHANISM.PARAMETER``, ``community.NUMBER``, ``processes.PROCESS.PARAMETER``
        or ``reform_week``.

    Raises
    ------
    ConfigError
        If there is no such parameter, naming the nearest, or its value is a list of words.
    """
    where, parts = f"parameters.{text}", text.split(".")
    if parts[0] not in HEADS:
        raise ConfigError(unknown("parameter", parts[0], HEADS, where))
    owner: type[Parameters]
    match parts:
        case ["reform_week"]:
            return Path(text, int)
        case ["community", "scale"]:
            return Path(text, int)
        case ["community", _]:
            owner = Quantities
        case ["processes", process, *within, _]:
            values: Parameters = Processes()
            for part in (process, *within):
                found = {name: its for name, its in values.as_dict().items() if isinstance(its, Parameters)}
                if part not in found:
                    what = "parameter" if part in within else "process"
                    raise ConfigError(unknown(what, part, found, where))
                values = found[part]
            owner = type(values)
        case ["design", "mechanisms", mechanism, _]:
            if mechanism not in registry():
                raise ConfigError(unknown("mechanism", mechanism, registry(), where))
            owner = registry()[mechanism]
        case _:
            raise ConfigError(
                f"{where}: must be design.mechanisms.MECHANISM.PARAMETER, community.NUMBER,"
                " processes.PROCESS.PARAMETER or reform_week"
            )
    types_of = typing.get_type_hints(owner)
    hints = {field.name: types_of[field.name] for field in fields(owner)}
    if parts[-1] not in hints:
        raise ConfigError(unknown("parameter", parts[-1], hints, where))
    kind = hints[parts[-1]]
    if isinstance(kind, types.UnionType):
        kind = next(option for option in get_args(kind) if option is not type(None))
    inner = kind
    while get_origin(inner) is tuple:
        inner = get_args(inner)[0]
    if inner is not kind and inner in (int, float):
        return Path(text, float, factor=True)
    if kind not in (int, float, str, bool):
        raise ConfigError(f"{where}: is a list; only single numbers and words can be varied")
    return Path(text, kind)


def read_parameters(values: Any) -> dict[str, Levels]:
    """Read ``{path: levels}``; nested mappings, as Hydra makes of overrides, are flattened.

    Levels are a list or an array of values, one value, or a range ``{low: 0.1, high: 0.5, log: false}``.
    Paths are sorted, so that a sampling plan does not depend on the order in which they are written.

    Raises
    ------
    ConfigError
        For an unknown path, an empty or repeated level, or a value of the wrong type.
    """
    found: dict[str, Levels] = {}
    for text, entry in sorted(_flat(values or {}, ""), key=lambda pair: pair[0]):
        path = parse(text)
        if isinstance(entry, Range):
            found[text] = entry
        elif isinstance(entry, Mapping):
            found[text] = Range.from_mapping(entry, f"parameters.{text}")
        elif path.factor:
            raise ConfigError(
                f"parameters.{text}: is a list; only single numbers and words have levels. Its numbers can be"
                " multiplied together: write a range {low: ..., high: ...} of the factor"
            )
        else:
            if isinstance(entry, (np.ndarray, range)):  # np.linspace(0.2, 0.4, 5)
                entry = np.asarray(entry).tolist()
            entries = entry if isinstance(entry, (list, tuple)) else [entry]
            levels = tuple(path.level(value) for value in entries)
            if not levels or len(set(levels)) < len(levels):
                raise ConfigError(f"parameters.{text} = {shown(list(levels))}: must be values, each once")
            found[text] = levels
        if isinstance(found[text], Range) and path.kind not in (int, float):
            raise ConfigError(f"parameters.{text}: is no number and has no range; list its values")
    return found


def _flat(values: Any, prefix: str) -> list[tuple[str, Any]]:
    if not isinstance(values, Mapping):
        raise ConfigError(f"parameters{prefix and '.'}{prefix} must map paths to values, not {shown(values)}")
    pairs: list[tuple[str, Any]] = []
    for key, entry in values.items():
        text = f"{prefix}.{key}" if prefix else str(key)
        if isinstance(entry, Mapping) and not {"low", "high"} & set(entry):
            if not entry:
                raise ConfigError(
                    f"parameters.{text}: has no levels; write a value, a list or {{low: ..., high: ...}}"
                )
            pairs += _flat(entry, text)
        else:
            pairs.append((text, entry))
    return pairs


def plain_levels(levels: Levels) -> Any:
    """Levels as they are written in YAML."""
    return levels.as_dict() if isinstance(levels, Range) else list(levels)


def at(path: Path, levels: Levels, unit: NDArray[np.float64]) -> list[Level]:
    """Levels at points of the unit interval.

    Parameters
    ----------
    unit : ndarray, shape (points,)
        In [0, 1]; of listed levels, and of whole numbers in a range, each is equally likely.
    """
    if not isinstance(levels, Range):
        positions = np.minimum((unit * len(levels)).astype(int), len(levels) - 1)
        return [levels[position] for position in positions]
    low, high = (float(log(end)) if levels.log else end for end in (levels.low, levels.high))
    if path.kind is int and not levels.log:
        values = np.minimum(np.floor(low + unit * (high - low + 1)), high)
    else:
        values = low + unit * (high - low)
        values = np.clip(exp(values), levels.low, levels.high) if levels.log else values
    return [path.level(float(round(value)) if path.kind is int else float(value)) for value in values]
