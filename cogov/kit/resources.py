"""Where the shipped configuration is, and composing it with Hydra."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from cogov.kit.errors import CogovError, ConfigError, shown, unknown
from cogov.kit.reading import interpolation

GIVEN = "_given"
"""Name under which Hydra sees what was given as a file."""


def shipped(folder: str) -> Path:
    """Return the folder ``configs`` or ``experiments``, from the checkout or from inside the wheel."""
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "_resources" / folder, package.parent / folder):
        if candidate.is_dir():
            return candidate
    raise ConfigError(f"the shipped folder {folder!r} is missing; reinstall cogov")


def names(group: str, config_dirs: Sequence[Path] = ()) -> list[str]:
    """Names of the options of a Hydra group (``community``, ``design``, ...), sorted.

    Those of ``config_dirs`` and of Hydra search-path plugins are among them.
    """
    _exist(config_dirs)
    with _hydra() as hydra:
        found = set(hydra.config_loader.get_group_options(group))
    found |= {path.stem for folder in config_dirs for path in (folder / group).glob("*.yaml")}
    return sorted(name for name in found if name[0] != "_")


def compose(
    config_name: str | None,
    overrides: Sequence[str] = (),
    config_dirs: Sequence[Path] = (),
    files: Mapping[str, Path] | None = None,
) -> dict[str, Any]:
    """Compose a configuration with Hydra into plain Python values.

    Parameters
    ----------
    config_name : str or None
        The root file without its ending (``run``, ``study``), or None to compose overrides alone.
    overrides : sequence of str
        In Hydra's grammar.
    config_dirs : sequence of Path
        Folders searched after the shipped one, each laid out like ``configs/``.
    files : mapping of str to Path, optional
        Files by group: each is the option `GIVEN` of its group.

    Raises
    ------
    CogovError
        For whatever Hydra, OmegaConf or YAML refuse, and for ``${...}``: a value is what stands there.
    """
    from hydra import compose as hydra_compose

    _exist(config_dirs)
    places = [f"cogov-given://{group}/{GIVEN}/{path}" for group, path in (files or {}).items()]
    places += [f"cogov://{folder.resolve()}" for folder in config_dirs]
    for place in places:
        if "${" in place:
            raise ConfigError(f"{shown(place.partition('//')[2])}: a path must not have ${{ in it")
    search = [f"hydra.searchpath=[{','.join(map(quoted, places))}]"] if places else []
    with _hydra():
        try:
            composed = hydra_compose(config_name, overrides=[*overrides, *search])
        except CogovError:
            raise
        except Exception as error:  # Hydra lets errors of a dozen unrelated classes through
            raise ConfigError(_plain(error)) from None
    return values_of(composed)


def values_of(composed: Any) -> dict[str, Any]:
    """A composed configuration in plain values, by key.

    Raises
    ------
    ConfigError
        If it asks for something from elsewhere (``${...}``): the environment must not come into results.
    """
    from omegaconf import OmegaConf

    values = OmegaConf.to_container(composed, resolve=False)
    assert isinstance(values, dict)
    if found := interpolation(values):
        raise ConfigError(
            f"{found}: nothing is read from elsewhere; write the value in the place of ${{...}}"
        )
    return {str(key): value for key, value in values.items()}


@contextlib.contextmanager
def _hydra() -> Iterator[Any]:
    """Hydra over the shipped configuration; a caller's own ``@hydra.main`` application keeps its Hydra."""
    from hydra.core.global_hydra import GlobalHydra

    from cogov.kit.configsource import start

    outer = GlobalHydra.instance().hydra
    GlobalHydra.instance().clear()
    try:
        start(shipped("configs"))
        yield GlobalHydra.instance().hydra
    finally:
        GlobalHydra.instance().hydra = outer


def _exist(config_dirs: Sequence[Path]) -> None:
    for folder in config_dirs:
        if not folder.is_dir():
            raise ConfigError(f"the configuration folder {str(folder)!r} does not exist")


def compose_group(group: str, name: str, config_dirs: Sequence[Path] = ()) -> dict[str, Any]:
    """Compose one option of one group, defaults list included, into plain Python values.

    Raises
    ------
    ConfigError
        If the group has no such option; the message names the nearest one.
    """
    allowed = names(group, config_dirs)
    if name not in allowed:
        raise ConfigError(unknown(group, name, allowed))
    return option(group, name, config_dirs)


def option(
    group: str, name: str, config_dirs: Sequence[Path] = (), files: Mapping[str, Path] | None = None
) -> dict[str, Any]:
    """The values of one existing option of a group; parameters as for `compose`."""
    if config_dirs or files:
        return _option(group, name, config_dirs, files)
    return copy.deepcopy(_shipped_option(group, name))


@cache
def _shipped_option(group: str, name: str) -> dict[str, Any]:
    """What is shipped does not change while a process lasts, and takes Hydra a quarter of a second."""
    return _option(group, name, (), None)


def _option(
    group: str, name: str, config_dirs: Sequence[Path], files: Mapping[str, Path] | None
) -> dict[str, Any]:
    values = compose(None, [f"+{group}={quoted(name)}"], config_dirs, files).get(group)
    if not isinstance(values, dict):
        raise ConfigError(f"{group} {name!r} must be a mapping of keys to values")
    return {str(key): value for key, value in values.items()}


def quoted(text: str) -> str:
    """Quote text for Hydra's override grammar, whose bare words are ASCII without spaces."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _plain(error: Exception) -> str:
    """Hydra's complaint without its links and its advice for another command line."""
    lines = [line.strip() for line in str(error).splitlines()]
    noise = (
        "See https://",
        "To append to your",
        "full_key:",
        "object_type=",
        "Config search path",
        "provider=",
    )
    kept = [line for line in lines if line and not line.startswith(noise)]
    return "configuration: " + ("; ".join(kept) or type(error).__name__)
