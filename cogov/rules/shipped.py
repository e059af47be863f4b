"""Designs by name, from the shipped configuration or a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cogov.kit import resources
from cogov.rules.design import Design


def is_file(name: str) -> bool:
    """Whether a word is the path of a YAML file rather than a name."""
    return name.endswith((".yaml", ".yml"))


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
    if not is_file(name):
        return Design.from_mapping(resources.compose_group("design", name, folders), f"design {name}")
    return Design.from_mapping(
        resources.option("design", resources.GIVEN, folders, {"design": Path(name)}), name
    )
