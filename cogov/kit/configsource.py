"""What Hydra reads configuration from: folders and files, all read by `cogov.kit.reading`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hydra._internal.hydra import Hydra
from hydra._internal.sources_registry import SourcesRegistry
from hydra._internal.utils import create_config_search_path
from hydra.core.object_type import ObjectType
from hydra.core.plugins import Plugins
from hydra.errors import ConfigCompositionException
from hydra.plugins.config_source import ConfigResult, ConfigSource
from hydra.version import setbase
from omegaconf import OmegaConf

from cogov.kit.errors import CogovError, ConfigError, DesignError, ProfileError, shown
from cogov.kit.reading import interpolation, parse_yaml, read_text

MOST_VALUES = 1_000_000
"""Of a file that Hydra composes, which takes its time."""
_ERRORS: dict[str, type[CogovError]] = {"design": DesignError, "community": ProfileError}


class FolderSource(ConfigSource):
    """A folder laid out like ``configs/``."""

    @staticmethod
    def scheme() -> str:
        return "cogov"

    def load_config(self, config_path: str) -> ConfigResult:
        return _read(self, self._place(f"{config_path.removesuffix('.yaml')}.yaml"), config_path)

    def available(self) -> bool:
        return self.is_group("")

    def is_group(self, config_path: str) -> bool:
        return self._inside(config_path) and self._place(config_path).is_dir()

    def is_config(self, config_path: str) -> bool:
        place = f"{config_path.removesuffix('.yaml')}.yaml"
        return self._inside(place) and self._place(place).is_file()

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        found = set()
        for entry in self._place(config_path).iterdir():
            if results_filter is not ObjectType.CONFIG and entry.is_dir():
                found.add(entry.name)
            if results_filter is not ObjectType.GROUP and entry.suffix == ".yaml" and entry.is_file():
                found.add(entry.stem)
        return sorted(found)

    def _place(self, config_path: str) -> Path:
        return Path(os.path.normpath(Path(self.path, config_path)))

    def _inside(self, config_path: str) -> bool:
        return self._place(config_path).is_relative_to(os.path.normpath(self.path))


class FileSource(FolderSource):
    """A folder of Hydra's own scheme, in an application: read with the same care."""

    @staticmethod
    def scheme() -> str:
        return "file"

    def __init__(self, provider: str, path: str) -> None:
        super().__init__(provider, path if "://" in path else f"file://{path}")

    def load_config(self, config_path: str) -> ConfigResult:
        try:
            return super().load_config(config_path)
        except CogovError as error:  # of a kind that an application of Hydra tells without a traceback
            raise ConfigCompositionException(str(error)) from None


class GivenSource(ConfigSource):
    """One file anywhere, as an option of a group; its path is ``cogov-given://GROUP/OPTION/PATH``."""

    def __init__(self, provider: str, path: str) -> None:
        super().__init__(provider, path)
        self.group, self.option, self.file = self.path.split("/", 2)

    @staticmethod
    def scheme() -> str:
        return "cogov-given"

    def load_config(self, config_path: str) -> ConfigResult:
        return _read(self, Path(self.file), config_path)

    def available(self) -> bool:
        return True

    def is_group(self, config_path: str) -> bool:
        return config_path in ("", self.group)

    def is_config(self, config_path: str) -> bool:
        return config_path.removesuffix(".yaml") == f"{self.group}/{self.option}"

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        return [self.option] if config_path == self.group and results_filter is not ObjectType.GROUP else []


def start(shipped: Path) -> None:
    """Make Hydra's global instance one over the shipped configuration."""
    setbase("1.3")
    Plugins.instance()
    for source in (FolderSource, GivenSource):
        SourcesRegistry.instance().register(source)
    search = create_config_search_path(f"cogov://{shipped}")
    Hydra.create_main_hydra2(task_name="cogov", config_search_path=search)


def guard() -> None:
    """Let Hydra read all folders of this process with the same care: for an application of its own."""
    Plugins.instance()
    SourcesRegistry.instance().types["file"] = FileSource


def _read(source: ConfigSource, path: Path, config_path: str) -> ConfigResult:
    group = config_path.split("/")[0]
    error = _ERRORS.get(group, ConfigError)
    text = read_text(path, error)
    content = parse_yaml(text, str(path), error, MOST_VALUES)
    given = isinstance(source, GivenSource)
    if not isinstance(content, dict) and (given or content is not None):
        what = (
            "a design is a mapping with a mapping 'mechanisms'" if group == "design" else "must be a mapping"
        )
        raise error(f"{path}: {what}, not {'empty' if content is None else shown(content)}")
    try:
        header = ConfigSource._get_header_dict(text[:512])
    except ValueError as problem:
        raise error(f"{path}, line 1: {problem}") from None
    if given and group == "experiment":  # its keys are those of the study, not of a group of its own
        header["package"] = "_global_"
    if source.provider != "main":
        _refuse_powers(path, content or {}, str(header["package"]), error)
    return ConfigResult(
        config=OmegaConf.create(content or {}),
        path=source.full_path(),
        provider=source.provider,
        header=header,
    )


def _refuse_powers(path: Path, content: Mapping[Any, Any], package: str, error: type[CogovError]) -> None:
    """Refuse in somebody's file what reaches beyond it: the environment, and Hydra's own settings."""
    if found := interpolation(content):
        raise error(
            f"{path}: {found}: nothing is read from elsewhere; write the value in the place of ${{...}}"
        )
    words = [package]
    defaults = content.get("defaults")
    for entry in defaults if isinstance(defaults, list) else ():
        words += (
            [str(word) for pair in entry.items() for word in pair]
            if isinstance(entry, dict)
            else [str(entry)]
        )
    if "hydra" in content or any(re.search(r"\bhydra\b", word) for word in words):
        raise error(f"{path}: settings of Hydra are not read in a file")
