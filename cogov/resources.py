"""Where the shipped configuration is, and composing one group of it with Hydra."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cogov.errors import ConfigError, unknown


def shipped(folder: str) -> Path:
    """Return the folder ``configs`` or ``experiments``, from the checkout or from inside the wheel."""
    package = Path(__file__).resolve().parent
    for candidate in (package / "_resources" / folder, package.parent / folder):
        if candidate.is_dir():
            return candidate
    raise ConfigError(f"the shipped folder {folder!r} is missing; reinstall cogov")


def names(group: str, config_dirs: Sequence[Path] = ()) -> list[str]:
    """Names of the options of a Hydra group (``community``, ``design``, ...), sorted."""
    folders = [folder / group for folder in (*config_dirs, shipped("configs"))]
    return sorted({path.stem for folder in folders for path in folder.glob("*.yaml") if path.stem[0] != "_"})


def compose_group(group: str, name: str, config_dirs: Sequence[Path] = ()) -> dict[str, Any]:
    """Compose one option of one group, defaults list included, into plain Python values.

    Raises
    ------
    ConfigError
        If the group has no such option; the message names the nearest one.
    """
    from hydra import compose, initialize_config_dir
    from omegaconf import OmegaConf

    allowed = names(group, config_dirs)
    if name not in allowed:
        raise ConfigError(unknown(group, name, allowed))
    search = [f"hydra.searchpath=[{','.join(f'file://{folder.resolve()}' for folder in config_dirs)}]"]
    with initialize_config_dir(version_base="1.3", config_dir=str(shipped("configs"))):
        composed = compose(overrides=[f"+{group}={name}", *(search if config_dirs else [])])
    values = OmegaConf.to_container(composed[group], resolve=True)
    assert isinstance(values, dict)
    return {str(key): value for key, value in values.items()}
