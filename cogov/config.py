"""From what a user types to validated objects: Hydra composes, the dataclasses here check."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cogov.community import Profile, load_community
from cogov.kit import resources
from cogov.kit.errors import ConfigError, DesignError, nearest, shown, unknown
from cogov.kit.fields import Parameters, param
from cogov.kit.reading import MOST_DEPTH, unprintable
from cogov.mechanisms import registry
from cogov.processes import Epidemic, Processes, read_shocks
from cogov.rules import Design
from cogov.schedule import misfits

if TYPE_CHECKING:
    from hydra.core.override_parser.types import Override

GROUPS = ("community", "design", "experiment", "engine")
MOST_LETTERS = 20_000
"""Of an override; the time that Hydra's grammar takes grows with their square."""
CHANGED = " (changed)"
"""Added to the name of a design whose mechanisms were overridden."""


@dataclass(frozen=True, kw_only=True)
class RunConfig(Parameters):
    """One run: a community, a design and possibly others on a timeline.

    Its values come from ``configs/run.yaml``, so nothing here has a default.
    """

    community: Profile = param(doc="where it takes place")
    design: Design = param(doc="the design studied")
    timeline: dict[int, Design] = param(doc="designs by week of adoption, besides the design studied")
    baseline: Design = param(doc="design of the warm-up")
    processes: Processes = param(doc="parameters of the ten processes")
    shocks: tuple[Epidemic, ...] = param(doc="what comes from outside")
    seed: int = param(low=0, high=2**63 - 1, doc="seed")
    weeks: int = param(low=1, high=5200, unit="weeks", doc="length of the run, warm-up included")
    reform_week: int = param(low=0, high=5200, unit="weeks", doc="week in which the design is adopted")
    format: str = param(choices=("table", "json"), doc="how results are printed")

    def __post_init__(self) -> None:
        super().__post_init__()
        plan = (self.weeks, self.reform_week, [self.design], self.baseline, self.timeline, self.shocks)
        if problems := list(misfits(*plan, where="run.")):
            raise ConfigError("\n".join(problems))

    @classmethod
    def title(cls) -> str:
        return "run"

    def settings(self) -> dict[str, Any]:
        """The keyword arguments of `cogov.model.GovernanceModel` besides community and design."""
        keys = ("weeks", "reform_week", "baseline", "processes", "shocks")
        return {**{key: getattr(self, key) for key in keys}, "timeline": self.timeline or None}


def compose(
    overrides: Sequence[str] = (), config_name: str = "run", config_dirs: Sequence[Path] = ()
) -> RunConfig:
    """Compose and check the configuration of one run.

    Parameters
    ----------
    overrides : sequence of str
        As typed after ``cogov run``: ``community=small``, ``community=compounds.csv``,
        ``community.elder_share=0.3``, ``design.mechanisms.micro_ventures.projects=4``,
        ``+design.mechanisms.grid_linkage={}``, ``~design.mechanisms.report_in``, ``seed=3``.
    config_name : str
        Root configuration in ``configs/``.
    config_dirs : sequence of Path
        Further folders laid out like ``configs/``.

    Raises
    ------
    CogovError
        For anything wrong; the message names the key, the value and what is allowed.
    """
    allowed = [field.name for field in fields(RunConfig)]
    values = compose_values(overrides, config_name, allowed, config_dirs)
    return RunConfig.from_mapping(resolve(values, config_dirs))


def compose_values(
    overrides: Sequence[str], config_name: str, allowed: Sequence[str], config_dirs: Sequence[Path] = ()
) -> dict[str, Any]:
    """Compose a root configuration into plain values, still names and numbers, for others to check.

    A community given as a table appears as ``{"table": path, ...overridden keys}``.

    Parameters
    ----------
    allowed : sequence of str
        The settings there are.
    """
    parsed = [_parse(text) for text in overrides]
    table = ""
    choices: list[str] = []
    settings: list[str] = []
    files: dict[str, Path] = {}
    for override in parsed:
        key, line = override.key_or_group, str(override.input_line)
        head = re.split(r"[./@]", key)[0]
        if head not in allowed:
            raise ConfigError(unknown("setting", head, allowed))
        if key in GROUPS and not override.is_delete():
            name = _text(override)
            if key == "community" and name.endswith(".csv"):
                table = name
                choices.append("~community")
            elif key in ("design", "experiment") and _is_file(name):
                files[key] = Path(name)
                choices.append(f"{key}={resources.GIVEN}")
            else:
                _check_option(key, name, config_dirs)
                choices.append(f"{key}={resources.quoted(name)}")
        elif override.is_delete() or override.is_add():
            settings.append(line)
        else:  # forced: what a profile, a mechanism or a process may be given is theirs to say
            settings.append(f"++{line.lstrip('+')}")
    mechanisms = [o for o in parsed if o.key_or_group.startswith("design.mechanisms.")]
    if mechanisms:
        design = resources.compose(config_name, choices, config_dirs, files).get("design")
        _check_mechanisms(mechanisms, design)
    values = resources.compose(config_name, [*choices, *settings], config_dirs, files)
    if mechanisms and isinstance(values.get("design"), dict) and "name" in values["design"]:
        values["design"]["name"] += CHANGED  # a result must not pass for the shipped design's
    if table:
        values["community"] = {"table": table, **values.get("community", {})}
    return values


def resolve(values: Mapping[str, Any], config_dirs: Sequence[Path] = ()) -> dict[str, Any]:
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


def load_design(name_or_path: str | Path, config_dirs: Sequence[str | Path] = ()) -> Design:
    """Load a design by its name or from a YAML file.

    Parameters
    ----------
    name_or_path : str or Path
        ``"wuliqiao_2020"``, or the path of a file that ends in ``.yaml`` (its defaults list may
        name shipped designs).
    config_dirs : sequence of str or Path
        Further folders laid out like ``configs/``.

    Raises
    ------
    CogovError
        If there is no such design or it is wrong.
    """
    name, folders = str(name_or_path), [Path(folder) for folder in config_dirs]
    if not _is_file(name):
        return Design.from_mapping(resources.compose_group("design", name, folders), f"design {name}")
    return Design.from_mapping(
        resources.option("design", resources.GIVEN, folders, {"design": Path(name)}), name
    )


def _parse(text: str) -> Override:
    """Parse one override; a bare word that Hydra's grammar cannot read is taken as text."""
    from hydra.core.override_parser.overrides_parser import OverridesParser

    said = shown(text)
    if len(text) > MOST_LETTERS:
        raise ConfigError(f"{said}: has more than {MOST_LETTERS:,} letters; write it in a file")
    if fault := unprintable(text):
        raise ConfigError(f"{said}: has {fault}")
    depth = itertools.accumulate((letter in "[{(") - (letter in ")}]") for letter in text)
    if max(depth, default=0) > MOST_DEPTH:
        raise ConfigError(f"{said}: has more than {MOST_DEPTH} brackets within each other")
    parser = OverridesParser.create()
    try:
        override = parser.parse_override(text)
    except Exception:  # of the grammar's own and of Python's: a number of 4,300 digits
        key, equals, value = text.partition("=")
        if not equals or not key or not value:
            raise ConfigError(f"{said} is not a setting; settings are written name=value") from None
        if value[0] in "[{\"'":
            raise ConfigError(
                f"{said}: the value cannot be read; close every bracket and quote, and put a blank after"
                " the colon in {name: value}"
            ) from None
        try:
            override = parser.parse_override(f"{key}={resources.quoted(value)}")
        except Exception:
            raise ConfigError(f"{said} is not a setting; settings are written name=value") from None
    if override.is_sweep_override():
        raise ConfigError(f"{said}: give one value; a list is written [a,b], a text with commas 'a,b'")
    return override


def _text(override: Override) -> str:
    value = override.value()
    if not isinstance(value, (str, int, float)):
        raise ConfigError(f"{override.input_line}: must be a name or a path")
    return str(value)


def _is_file(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))


def _check_option(group: str, name: str, config_dirs: Sequence[Path]) -> None:
    allowed = resources.names(group, config_dirs)
    if name not in allowed:
        raise ConfigError(unknown(group, name, allowed))


def _check_mechanisms(overrides: Sequence[Override], design: Any) -> None:
    """Refuse parameters and removals of mechanisms that the composed design does not have."""
    composed = design.get("mechanisms") if isinstance(design, Mapping) else None
    paths = [override.key_or_group.split(".") for override in overrides]
    present = set(composed) if isinstance(composed, Mapping) else set()
    present |= {
        path[2] for o, path in zip(overrides, paths, strict=True) if not o.is_delete() and len(path) == 3
    }
    for override, path in zip(overrides, paths, strict=True):
        name = path[2]
        if name in present:
            continue
        if not override.is_delete() and name not in registry():
            raise DesignError(unknown("mechanism", name, registry(), str(override.input_line)))
        advice = "" if override.is_delete() else f"; add it with '+design.mechanisms.{name}={{}}'"
        raise DesignError(
            f"{override.input_line}: the design has no mechanism {name!r}{nearest(name, present)}{advice}"
        )


def _list(value: Any) -> Sequence[Any]:
    """A list, or the one entry that a user need not put in brackets."""
    return value if isinstance(value, (list, tuple)) else [value]


def _community(value: Any, config_dirs: Sequence[Path]) -> Profile:
    if isinstance(value, Profile):
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
    return Design.from_mapping(value, where)


def _processes(value: Any) -> Processes:
    return value if isinstance(value, Processes) else Processes.from_mapping(value, "processes")


def _timeline(value: Any, config_dirs: Sequence[Path]) -> dict[int, Design]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"timeline must map weeks to designs, like {{26: quyang_2014}}, not {shown(value)}")
    for week in value:
        if isinstance(week, bool) or not isinstance(week, int) or week < 0:
            raise ConfigError(f"timeline: {shown(week)} must be a week, a whole number from 0")
    return {week: _design(entry, config_dirs, f"timeline.{week}") for week, entry in value.items()}
