"""What a study runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cogov.community import Profile
from cogov.config import Scenario, compose_values, resolve
from cogov.errors import ConfigError, unknown
from cogov.fields import Parameters, param
from cogov.outcomes import MEASURES
from cogov.rules import Design


@dataclass(frozen=True, kw_only=True)
class StudyConfig(Scenario):
    """Designs compared with the baseline; replicate r has seed + r under every design."""

    name: str = param(doc="name of the study, and of its folder")
    designs: tuple[Design, ...] = param(doc="the designs; the baseline is run with them in any case")
    replicates: int = param(low=1, high=1_000_000, doc="runs of each design")
    workers: int | None = param(low=1, high=4096, doc="processes at work; none: one a core")
    outcomes: tuple[str, ...] = param(doc="outcomes to compare")
    trajectories: tuple[str, ...] = param(doc="weekly measures to draw")
    results: str = param(doc="folder in which the study's own folder is made")

    def __post_init__(self) -> None:
        super().__post_init__()
        names = [design.name for design in self.designs]
        problems = [
            f"study.designs: {name!r} is given more than once"
            for name in sorted(set(names))
            if names.count(name) > 1
        ]
        if not self.name or Path(self.name).name != self.name or self.name.startswith("."):
            problems.append(f"study.name = {self.name!r}: must be the name of a folder")
        for key, kind in (("outcomes", "outcome"), ("trajectories", "weekly")):
            allowed = [
                name
                for name, measure in MEASURES.items()
                if getattr(measure, kind) and (self.shocks or not name.startswith("shock_"))
            ]
            given = getattr(self, key)
            problems += [
                unknown("measure", name, allowed, f"study.{key}") for name in given if name not in allowed
            ]
            if not given:
                problems.append(f"study.{key}: must name at least one measure")
        if all(name == self.baseline.name for name in names):
            problems.append("study.designs: must name at least one design besides the baseline")
        if self.reform_week >= self.weeks:
            problems.append(
                f"study.reform_week = {self.reform_week}: must be before the end (weeks = {self.weeks})"
            )
        if problems:
            raise ConfigError("\n".join(problems))

    @classmethod
    def title(cls) -> str:
        return "study"

    @property
    def arms(self) -> tuple[Design, ...]:
        """The baseline and then the other designs, as given."""
        return (self.baseline, *(design for design in self.designs if design.name != self.baseline.name))

    def plain(self) -> dict[str, Any]:
        """Everything in plain values, down to the last parameter: what a study's folder keeps."""
        plain: dict[str, Any] = _plain(self)
        return plain

    @property
    def folder(self) -> Path:
        """Where the study is kept."""
        return Path(self.results) / self.name


def _plain(value: Any) -> Any:
    if isinstance(value, Design):
        about = {key: getattr(value, key) for key in ("name", "zh", "summary", "seed")}
        return {**about, "mechanisms": {m.name: _plain(m) for m in value.mechanisms}}
    if isinstance(value, Profile):
        rows = {row.key: {"value": _plain(row.value), "source": row.source} for row in value.rows()}
        return {"name": value.name, "zh": value.zh, "summary": value.summary, **rows}
    if isinstance(value, Parameters):
        return {key: _plain(entry) for key, entry in value.as_dict().items()}
    return [_plain(entry) for entry in value] if isinstance(value, (list, tuple)) else value


def compose_study(
    overrides: Sequence[str] = (), config_name: str = "study", config_dirs: Sequence[Path] = ()
) -> StudyConfig:
    """Compose and check the configuration of a study; `cogov.config.compose` says how overrides read.

    Raises
    ------
    CogovError
        For anything wrong; the message names the key, the value and what is allowed.
    """
    values = compose_values(overrides, config_name, StudyConfig, config_dirs)
    return StudyConfig.from_mapping(resolve(values, config_dirs))
