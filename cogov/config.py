"""From what a user types to validated objects: Hydra composes, the dataclasses here check."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cogov.kit import resources
from cogov.kit.errors import ConfigError, DesignError, nearest, shown, unknown
from cogov.kit.reading import MOST_DEPTH, unprintable
from cogov.mechanisms import registry
from cogov.rules.shipped import is_file
from cogov.run import Run, resolved

if TYPE_CHECKING:
    from hydra.core.override_parser.types import Override

GROUPS = ("community", "design", "experiment", "engine")
MOST_LETTERS = 20_000
"""Of an override; the time that Hydra's grammar takes grows with their square."""
CHANGED = " (changed)"
"""Added to the name of a design whose mechanisms were overridden."""


FORMATS = ("table", "json")
"""How results of a run are printed."""


def compose(
    overrides: Sequence[str] = (), config_name: str = "run", config_dirs: Sequence[Path] = ()
) -> tuple[Run, str]:
    """Compose and check the configuration of one run: the run, and how it is printed.

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
    allowed = [*(field.name for field in fields(Run)), "format"]
    values = compose_values(overrides, config_name, allowed, config_dirs)
    how = values.pop("format", FORMATS[0])
    if how not in FORMATS:
        raise ConfigError(f"run.format = {shown(how)}: must be one of {', '.join(FORMATS)}")
    return Run.from_mapping(resolved(values, config_dirs)), how


def check_settings(command: str, words: Sequence[str], own: Iterable[str]) -> None:
    """Refuse words of a command that are settings neither of its own nor of a run.

    Raises
    ------
    ConfigError
        Naming both, and the nearest of them.
    """
    allowed = [*(field.name for field in fields(Run)), *own]
    for word in words:
        _known(word.lstrip("+~"), allowed, f"setting of {command}")


def _known(key: str, allowed: Sequence[str], what: str = "setting") -> None:
    """Refuse a key that is neither one of some settings nor in one."""
    head = re.split(r"[./@=]", key)[0]
    if head not in allowed:
        raise ConfigError(unknown(what, head, allowed))


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
        _known(key, allowed)
        if key in GROUPS and not override.is_delete():
            name = _text(override)
            if key == "community" and name.endswith(".csv"):
                table = name
                choices.append("~community")
            elif key in ("design", "experiment") and is_file(name):
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
