"""Validated parameters: frozen dataclasses whose fields know their range, unit and source.

A parameter is declared once, with everything a user wants to know of it::

    @dataclass(frozen=True, kw_only=True)
    class Sense(Parameters):
        report_rate: float = param(0.02, low=0, high=1, unit="1/week", doc="...", source="assumed")

Wrong values are refused when the object is made, from Python and from files alike, and all problems
are listed at once.
"""

from __future__ import annotations

import dataclasses
import math
import numbers
import types
import typing
from collections.abc import Mapping
from typing import Any, ClassVar, Self, get_args, get_origin

from cogov.kit.errors import CogovError, ConfigError, nearest, shown
from cogov.kit.reading import unprintable

HIGHEST: dict[str, float] = {
    "": 1000,
    "1/(household x year)": 1000,
    "1/week": 100,
    "buildings": 1000,
    "h": 10_000,
    "h/week": 10_000,
    "h/week/1000 households": 10_000,
    "heads": 1000,
    "households": 100_000,
    "items/meeting": 1000,
    "meetings": 5200,
    "rungs": 10,
    "units/month": 10_000,
    "week": 5200,
    "weeks": 5200,
    "yuan": 1e9,
    "yuan/h": 10_000,
    "yuan/household/year": 1e6,
}
"""By unit, the highest value of a parameter that declares none: far beyond all that there is, and finite."""
HIGHEST_ELSE = 1e6
"""The same for a unit that is not among them."""
SMALLEST = 1e-9
"""A number nearer to 0 than this is written 0: 1 divided by it would be no number any more."""
RATIOS = 3.0
"""A plausible range this many times as high as low is one of ratios, unless it says otherwise."""
RATIOS_OF_SHARES = 8.0
"""The same of a number without unit that is at most 1."""
MOST_ENTRIES = 100_000
"""Of a list."""
MOST_LETTERS = 500
"""Of a name."""


def param(
    default: Any = dataclasses.MISSING,
    *,
    doc: str,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] | None = None,
    length: tuple[int, int] | None = None,
    unit: str = "",
    source: str = "assumed",
    plausible: tuple[float, float] | None = None,
    log: bool | None = None,
    fold: str = "",
) -> Any:
    """Declare a validated field.

    Parameters
    ----------
    default : any
        Default value; without one the field is required.
    doc : str
        What it means, in one sentence.
    low, high : float, optional
        Inclusive range. A number has both; the highest is that of its unit (`HIGHEST`) unless given.
    choices : tuple of str, optional
        The allowed words.
    length : tuple of int, optional
        Fewest and most entries of a list.
    unit : str
        Unit shown in tables ("h/week", "1/week", "yuan").
    source : str
        Where the default is from: ``seed 001``, ``facts`` or ``assumed``.
    plausible : tuple of float, optional
        For an assumed number: the range in which it may well lie, within its limits; all draws of the
        assumptions (see *How sure can I be?*) are from it. Of a list of numbers, and of a number without a
        default, the range of a factor on whatever is given (`is_factor`). What is 0, off, by default may have
        the range in which it lies where it is on.
    log : bool, optional
        Whether equal ratios, not equal differences, are equally likely within that range; unless given, where
        its highest is three times its lowest or more (`RATIOS`), of a share eight times (`RATIOS_OF_SHARES`).
    fold : str
        For fields of rules: how changes that others make to it combine (see ``cogov.rules.amend``); a field
        without it is closed.
    """
    if low is not None and high is None:
        high = HIGHEST.get(unit, HIGHEST_ELSE)
    if log is None:
        ratios = RATIOS_OF_SHARES if high == 1 and not unit else RATIOS
        log = plausible is not None and plausible[0] > 0 and plausible[1] >= ratios * plausible[0]
    metadata = {
        "doc": doc,
        "low": low,
        "high": high,
        "choices": choices,
        "length": length,
        "unit": unit,
        "source": source,
        "plausible": plausible,
        "log": log,
        "fold": fold,
    }
    return dataclasses.field(default=default, metadata=metadata)


def is_factor(field: dataclasses.Field[Any], value: Any) -> bool:
    """Whether the plausible range of a field of such a value is that of a factor on it."""
    return field.default is dataclasses.MISSING or isinstance(value, tuple)


def check_value(value: Any, annotation: Any, metadata: Mapping[str, Any]) -> tuple[Any, str]:
    """Return the value coerced to its annotation and the complaint about it ("" if none)."""
    low, high, choices = metadata.get("low"), metadata.get("high"), metadata.get("choices")
    if isinstance(annotation, types.UnionType):
        if value is None and type(None) in get_args(annotation):
            return None, ""
        options = [option for option in get_args(annotation) if option is not type(None)]
        tried = [check_value(value, option, metadata) for option in options]
        return next((pair for pair in tried if not pair[1]), tried[0])
    if get_origin(annotation) is tuple:
        if not isinstance(value, (list, tuple)):
            return value, "must be a list"
        fewest, most = metadata.get("length") or (0, MOST_ENTRIES)
        if not fewest <= len(value) <= most:
            return value, f"must have {fewest if fewest == most else f'{fewest} to {most:,}'} entries"
        item = get_args(annotation)[0]
        pairs = [check_value(entry, item, metadata) for entry in value]
        complaint = next((message for _, message in pairs if message), "")
        return tuple(entry for entry, _ in pairs), complaint
    if isinstance(annotation, type) and issubclass(annotation, Parameters):
        return value, "" if isinstance(value, annotation) else f"must be a mapping of {annotation.__name__}"
    if annotation is bool:
        return value, "" if isinstance(value, bool) else "must be true or false"
    if annotation in (int, float):
        real = isinstance(value, numbers.Real) and not isinstance(value, bool)
        if not real:
            return value, f"must be {'a whole number' if annotation is int else 'a number'}"
        if not _finite(value):
            return value, "must be a finite number"
        if annotation is int and value != int(value):
            return value, "must be a whole number"
        value = int(value) if annotation is int else float(value)
        if (low is not None and value < low) or (high is not None and value > high):
            return value, f"must be {_range(low, high)}"
        if 0 < abs(value) < SMALLEST:
            return value, f"must be 0, or at least {SMALLEST:g} in size"
        return value, ""
    if annotation is str:
        if not isinstance(value, str):
            return value, "must be text"
        if choices and value not in choices:
            return value, f"must be one of {', '.join(choices)}{nearest(value, choices)}"
        if fault := unprintable(value):
            return value, f"must not have {fault}"
    return value, ""


def name_fault(name: object) -> str:
    """What is wrong with the name of a community, a design or a study; "" if nothing.

    A name is one line of text and no path: it stands in tables, and files are named after it.

    >>> name_fault("A/B test"), name_fault("x/../../y")
    ('', 'must be a name, not a path')
    """
    if not isinstance(name, str):
        return "must be text; put it in quotes"
    if fault := unprintable(name) or ("a line break or a tab" if set(name) & set("\n\r\t") else ""):
        return f"must not have {fault}"
    if not name.strip() or name != name.strip():
        return "must not be empty, nor begin or end with a blank"
    if len(name) > MOST_LETTERS:
        return f"must have at most {MOST_LETTERS} letters"
    if any(part in ("", ".", "..") for part in name.replace("\\", "/").split("/")) or name[0] == "~":
        return "must be a name, not a path"
    return ""


_HINTS: dict[type, dict[str, Any]] = {}
"""Types of the fields of every class that has been used: a design makes many rules."""


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]


def _finite(value: Any) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond all floats
        return False


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:g}"
    if high is None:
        return f"at least {low:g}"
    return f"between {low:g} and {high:g}"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Parameters:
    """Base of every validated, frozen parameter set."""

    error: ClassVar[type[CogovError]] = ConfigError

    def __post_init__(self) -> None:
        hints = _hints(type(self))
        problems = []
        for field in dataclasses.fields(self):
            given = getattr(self, field.name)
            value, complaint = check_value(given, hints[field.name], field.metadata)
            if complaint:
                problems.append(f"{self.title()}.{field.name} = {shown(given)}: {complaint}")
            else:
                object.__setattr__(self, field.name, value)
        if problems:
            raise self.error("\n".join(problems))

    @classmethod
    def title(cls) -> str:
        """The name used in messages."""
        return cls.__name__

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any] | None, where: str = "") -> Self:
        """Build from a mapping, refusing unknown and missing keys with the nearest valid name.

        Raises
        ------
        CogovError
            Of the class's own kind (``cls.error``), listing every problem at once.
        """
        place = f"{where}: " if where else ""
        if values is None:
            values = {}
        if not isinstance(values, Mapping):
            raise cls.error(f"{place}{cls.title()} must be a mapping of parameters, not {shown(values)}")
        fields = {field.name: field for field in dataclasses.fields(cls)}
        problems = [
            f"{place}{cls.title()} has no parameter {shown(key)}{nearest(str(key), fields)}"
            f" (allowed: {', '.join(fields) or 'none'})"
            for key in values
            if key not in fields
        ]
        problems += [
            f"{place}{cls.title()} needs a value for {name!r}"
            for name, field in fields.items()
            if name not in values
            and field.default is dataclasses.MISSING
            and field.default_factory is dataclasses.MISSING
        ]
        if problems:
            raise cls.error("\n".join(problems))
        given = {str(key): value for key, value in values.items()}
        for name, value in given.items():
            default = fields[name].default
            if isinstance(default, Parameters) and isinstance(value, Mapping):
                given[name] = default.updated(value, f"{place}{cls.title()}.{name}")
        try:
            return cls(**given)
        except cls.error as error:
            raise cls.error("\n".join(place + line for line in str(error).splitlines())) from None

    def updated(self, values: Mapping[str, Any], where: str = "") -> Self:
        """A copy with the given values in place of these, checked in the same way."""
        mine = self.as_dict()
        new = {
            key: mine[key].updated(value, f"{where}.{key}" if where else key)
            if isinstance(mine.get(key), Parameters) and isinstance(value, Mapping)
            else value
            for key, value in values.items()
        }
        return type(self).from_mapping({**mine, **new}, where)

    def as_dict(self) -> dict[str, Any]:
        """The values, by name."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
