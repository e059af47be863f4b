"""Keeping a study: Parquet tables and its configuration, written whole or not at all."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from cogov.errors import StudyError
from cogov.files import whole

TABLES = ("runs", "series", "timings")
CONFIG = "config.yaml"


@dataclass(frozen=True)
class Study:
    """A study that was run, or read from its folder."""

    config: dict[str, Any]
    """The whole configuration in plain values, as `StudyConfig.plain` gives it."""
    runs: pd.DataFrame
    """One row a run: ``design, replicate, seed, residents, weeks, digest`` and the outcomes."""
    series: pd.DataFrame
    """One row per run and week: ``design, replicate, week`` and the weekly measures."""
    timings: pd.DataFrame
    """One row a run: ``design, replicate, seed, build_seconds, run_seconds, peak_mb``."""

    @property
    def baseline(self) -> str:
        """Name of the design the others are compared with."""
        return str(self.config["baseline"]["name"])


def check_writable(folder: Path) -> None:
    """See that files could be written in a folder, before hours are spent on runs; leaves no trace.

    Raises
    ------
    StudyError
        If not.
    """
    try:
        place = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        raise StudyError(f"{folder}: results cannot be written there: {error.strerror}") from None


def write_study(study: Study, folder: Path) -> list[Path]:
    """Write configuration and tables; returns their paths.

    Raises
    ------
    StudyError
        If they cannot be written; no file is left half-written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudyError(f"{folder}: cannot be made: {error.strerror}") from None
    config = yaml.safe_dump(study.config, allow_unicode=True, sort_keys=False, width=110)
    paths = [whole(folder / CONFIG, lambda path: path.write_text(config, encoding="utf-8"))]
    for name in TABLES:
        table = pa.Table.from_pandas(getattr(study, name), preserve_index=False)
        paths.append(whole(folder / f"{name}.parquet", partial(_parquet, table)))
    return paths


def read_study(folder: str | Path) -> Study:
    """Read a study from its folder.

    Raises
    ------
    StudyError
        If the folder holds no study.
    """
    folder = Path(folder)
    try:
        config = yaml.safe_load((folder / CONFIG).read_text(encoding="utf-8"))
        tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    except (OSError, UnicodeError, yaml.YAMLError, pa.ArrowException) as error:
        raise StudyError(f"{folder}: is not the folder of a study: {error}") from None
    return Study(config=config, **tables)


def _parquet(table: pa.Table, path: Path) -> None:
    """Floats split by byte (their high bytes repeat), the rest by dictionary."""
    floats = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    others = [field.name for field in table.schema if field.name not in floats]
    pq.write_table(
        table, path, compression="zstd", use_dictionary=others, use_byte_stream_split=floats, version="2.6"
    )
