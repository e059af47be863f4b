"""The folder of a study, opened: what is in it, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from cogov.analysis.findings import read_matters
from cogov.kit.errors import StudyError, unknown
from cogov.outcomes import MEASURES
from cogov.study.cube import cube
from cogov.study.study import Study
from cogov.study.tables import Tables
from cogov.study.upkeep import Compacted, Status, compact, digest, export, status

if TYPE_CHECKING:
    import xarray as xr


class OpenedStudy:
    """A study in its folder, as it was when it was opened.

    Attributes
    ----------
    folder : Path
    tables : Tables
        The tables, column by column and run by run where they are too big to be read at once.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables = Tables(folder)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.folder)!r})"

    @property
    def config(self) -> dict[str, Any]:
        """The study in plain values."""
        return self.tables.config

    @property
    def versions(self) -> dict[str, Any]:
        """What the study was made with."""
        return self.tables.versions

    @cached_property
    def study(self) -> Study:
        """The study as a value, to be run further or changed."""
        return Study.from_mapping(self.config, str(self.folder))

    @property
    def baseline(self) -> str:
        """Name of the design the others are compared with."""
        return str(self.config["baseline"]["name"])

    @property
    def designs(self) -> list[str]:
        """Names of the designs, the baseline first."""
        return self.tables.designs

    @property
    def parameters(self) -> list[str]:
        """Paths of the parameters that vary: columns of every table."""
        return self.tables.parameters

    def names(self, lang: str = "en") -> dict[str, str]:
        """What designs and communities are called in a figure or report, by name."""
        named = [self.config["baseline"], *self.config["designs"], *self.config["communities"]]
        return {entry["name"]: (lang == "zh" and entry.get("zh")) or entry["name"] for entry in named}

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run: what it is of, whether it failed, how long it took, its outcomes."""
        return self.tables.runs()

    @property
    def series(self) -> pd.DataFrame:
        """One row per run and week, with what the run is of."""
        return self.tables.series(keys=True)

    @property
    def groups(self) -> pd.DataFrame:
        """One row per run and group of people (age, tenure, age of the compound, worst tenth)."""
        return self.tables.groups(keys=True)

    @property
    def places(self) -> pd.DataFrame:
        """One row per run and compound.

        Raises
        ------
        StudyError
            If the study keeps none (``places: true``).
        """
        return self.tables.places(keys=True)

    def to_xarray(
        self, measures: Sequence[str] | None = None, where: Mapping[str, Any] | None = None
    ) -> xr.Dataset:
        """Weekly measures as arrays over community, design, parameters, replicate and week."""
        return cube(self.tables, measures, where)

    def status(self) -> Status:
        """How far the study is."""
        return status(self.folder)

    def digest(self) -> str:
        """SHA-256 of all results, without measured seconds and memory: equal for equal studies."""
        return digest(self.tables)

    def compact(self) -> Compacted:
        """Merge the parts into few sorted ones; returns how many there were, and are."""
        done = compact(self.folder)
        self.tables = Tables(self.folder)
        return done

    def export(self, format: str = "csv", to: Path | None = None) -> list[Path]:
        """Write each table as one file; returns their paths."""
        return export(self.folder, format, to)

    @property
    def matters(self) -> dict[str, float]:
        """Smallest differences that matter where the study has others than the measures."""
        return read_matters(self.config.get("matters"), f"{self.folder}: matters")

    def matters_with(self, given: Mapping[str, float] | None) -> dict[str, float]:
        """The same, and others in the place of some."""
        return self.matters | read_matters(given)

    def known_outcomes(self, outcomes: str | Sequence[str] | None = None) -> list[str]:
        """Names of outcomes, which all must be among those of the runs; the study's own if none are given."""
        if isinstance(outcomes, str):
            outcomes = [outcomes]
        known = [name for name in self.runs if name in MEASURES]
        found = list(outcomes if outcomes is not None else self.config["outcomes"])
        for name in found:
            if name not in known:
                raise StudyError(unknown("outcome", name, known, str(self.folder)))
        return found
