"""Parameters of a study: paths into the configuration of a run, and the levels they take."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, fields
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from cogov.community.quantities import Quantities
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
    def title(cls) -> str:
        return "range"


type Levels = tuple[Level, ...] | Range


@dataclass(frozen=True)
class Path:
    """A parameter by its path in the configuration of a run; made by `parse`."""

    text: str
    kind: type
    """int, float, str or bool."""

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
        head, *rest = self.text.split(".")
        if head == "design":
            design = arguments["design"]
            mechanism = design.mechanism(rest[1]).updated({rest[2]: value}, f"parameters.{self.text}")
            arguments["design"] = design.with_(mechanism, name=design.name)
        elif head == "community":
            arguments["community"] = arguments["community"].with_(**{rest[0]: value})
        elif head == "processes":
            arguments["processes"] = arguments["processes"].updated({rest[0]: {rest[1]: value}}, head)
        else:
            arguments[head] = value

    def patch(self, contents: dict[str, Any], value: Level) -> str:
        """Put a value where `put` would, into the plain contents of the arguments; returns which it was.

        Mappings on the way are replaced, not changed: others may share them.
        """
        head, *rest = self.text.split(".")
        place = contents
        for key in [head, *rest][:-1]:
            place[key] = dict(place[key])
            place = place[key]
        place[[head, *rest][-1]] = value
        return head


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
        If there is no such parameter, naming the nearest, or its value is a list.
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
        case ["processes", process, _]:
            found = {name: type(entry) for name, entry in Processes().as_dict().items()}
            if process not in found:
                raise ConfigError(unknown("process", process, found, where))
            owner = found[process]
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
    low, high = np.log([levels.low, levels.high]) if levels.log else (levels.low, levels.high)
    if path.kind is int and not levels.log:
        values = np.minimum(np.floor(low + unit * (high - low + 1)), high)
    else:
        values = low + unit * (high - low)
        values = np.exp(values) if levels.log else values
    return [path.level(float(round(value)) if path.kind is int else float(value)) for value in values]
