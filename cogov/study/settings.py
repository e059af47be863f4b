"""From what a user types after ``cogov study`` to a study and how it is run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from cogov.config import compose_values
from cogov.kit.errors import ConfigError
from cogov.kit.fields import Parameters, param
from cogov.kit.files import folder_name
from cogov.study.engines import Engine, read_engine
from cogov.study.store import Shard
from cogov.study.study import Study


@dataclass(frozen=True, kw_only=True)
class Execution(Parameters):
    """How a study is run: nothing here changes a result."""

    engine: Engine = param(doc="what the runs are made with")
    results: str = param(doc="folder in which the study's own folder is made")
    shard: Shard | None = param(doc="the part of the plan that is run; none: all of it")
    retry: str = param(choices=("missing", "failed"), doc="whether failed runs are made again")
    dry_run: bool = param(doc="whether the plan is only shown")
    format: str = param(choices=("table", "json"), doc="how results are printed")

    @classmethod
    def title(cls) -> str:
        return "study"

    def folder(self, study: Study) -> Path:
        """Where a study is kept."""
        return Path(self.results) / folder_name(study.name)


def compose_study(
    overrides: Sequence[str] = (), config_name: str = "study", config_dirs: Sequence[Path] = ()
) -> tuple[Study, Execution]:
    """Compose and check a study; `cogov.config.compose` says how overrides read.

    Raises
    ------
    CogovError
        For anything wrong; the message names the key, the value and what is allowed.
    """
    for override in overrides:
        head, dot, _ = override.lstrip("+~").partition("=")[0].partition(".")
        if dot and head in ("design", "community"):
            raise ConfigError(
                f"{override}: in a study parameters have levels; write 'parameters.{override.lstrip('+~')}'"
            )
    allowed = ["experiment", *(field.name for kind in (Study, Execution) for field in fields(kind))]
    return read_study(compose_values(overrides, config_name, allowed, config_dirs), config_dirs)


def read_study(values: Mapping[str, Any], config_dirs: Sequence[Path] = ()) -> tuple[Study, Execution]:
    """A study and how it is run from composed values.

    Raises
    ------
    CogovError
        For anything wrong.
    """
    how = {field.name for field in fields(Execution)}
    execution = {key: value for key, value in values.items() if key in how}
    execution["engine"] = read_engine(execution.get("engine") or "dask")
    if execution.get("shard") is not None:
        execution["shard"] = Shard.parse(execution["shard"])
    study = {key: value for key, value in values.items() if key not in how}
    return (
        Study.from_mapping(Study.resolved(study, config_dirs)),
        Execution.from_mapping(execution),
    )


def load_study(name_or_path: str | Path, *overrides: str, config_dirs: Sequence[str | Path] = ()) -> Study:
    """Load the study of an experiment by its name, or from a YAML file such as a study's folder holds.

    Parameters
    ----------
    name_or_path : str or Path
        ``"compare_designs"``, or the path of a file that ends in ``.yaml``.
    *overrides : str
        As on the command line: ``"replicates=20"``.

    Raises
    ------
    CogovError
        If there is no such experiment or it is wrong.

    Examples
    --------
    >>> study = load_study("compare_designs", "communities=small", "replicates=2")
    >>> len(study.cells())
    6
    """
    folders = [Path(folder) for folder in config_dirs]
    return compose_study([f"experiment={name_or_path}", *overrides], config_dirs=folders)[0]
