"""Looking after the folder of a study: what is there, merging its parts, handing it to other programs."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from cogov.kit.errors import CogovError, StudyError, unknown
from cogov.kit.files import tidy, whole
from cogov.study.lock import Lock
from cogov.study.parts import COMPACT, EXPORT, TABLES, clear, find_parts, remove_part, write_part
from cogov.study.study import Study
from cogov.study.tables import CHUNK, Tables

PER_PART = 20 * CHUNK
"""Runs of a merged part."""
MANY = 64
"""Parts, merged ones aside, from which on a driver merges them when a study is complete."""
MEASURED = ("seconds", "peak_mb", "machine")
"""Columns that differ from machine to machine and from time to time."""
FORMATS = ("csv", "parquet")


@dataclass(frozen=True)
class Status:
    """What there is of a study.

    Attributes
    ----------
    folder : Path
    designs : DataFrame
        One row a design, ``planned, done, failed, missing``; planned and missing are null if this version
        of cogov cannot read the plan. Where replicates depend on the precision reached, planned is the most
        there may be.
    parts, bytes : int
        Parts that count, and their size.
    problems : tuple of str
        Files that are damaged or not of this study, in words.
    """

    folder: Path
    designs: pd.DataFrame
    parts: int
    bytes: int
    problems: tuple[str, ...]
    tables: Tables

    @property
    def planned(self) -> int | None:
        """Runs planned, if known."""
        return self._sum("planned")

    @property
    def done(self) -> int:
        """Runs done."""
        return self._sum("done") or 0

    @property
    def failed(self) -> int:
        """Runs failed."""
        return self._sum("failed") or 0

    @property
    def missing(self) -> int | None:
        """Runs not made yet, if known."""
        return self._sum("missing")

    @cached_property
    def digest(self) -> str:
        """See `digest`; computed when asked for, since it reads everything."""
        return digest(self.tables)

    def _sum(self, column: str) -> int | None:
        return None if self.designs[column].isna().any() else int(self.designs[column].sum())


def status(folder: str | Path) -> Status:
    """What there is of a study; it may still be running.

    Raises
    ------
    StudyError
        If the folder holds no study.
    """
    tables = Tables(folder)
    rows = tables.index
    designs = pd.DataFrame({"design": list(dict.fromkeys([*tables.designs, *rows["design"]]))})
    done = rows["status"] == "done"
    planned = _planned(tables)
    designs["planned"] = pd.array([planned.get(name) for name in designs["design"]], dtype="Int64")
    for column, some in (("done", rows[done]), ("failed", rows[~done])):
        counts = some["design"].value_counts()
        designs[column] = [int(counts.get(name, 0)) for name in designs["design"]]
    designs["missing"] = designs["planned"] - designs["done"] - designs["failed"]
    return Status(
        tables.folder,
        designs,
        len(tables.parts),
        sum(part.bytes for part in tables.parts),
        tuple(tables.problems),
        tables,
    )


def _planned(tables: Tables) -> dict[str, int]:
    """Runs planned by design; nothing if the configuration is of another version of cogov."""
    try:
        study = Study.from_mapping(tables.config)
    except CogovError:
        return {}
    names = [study.arms[condition.design].name for condition in study.conditions]
    return {name: names.count(name) * study.most for name in dict.fromkeys(names)}


def digest(tables: Tables) -> str:
    """SHA-256 of all tables, in hexadecimal, without what was measured or noted (seconds, memory, machine).

    Equal for equal studies in whatever order, parts and interruptions they were made. Every row is read, and
    its page checksums are checked; memory does not grow with the number of runs.

    Raises
    ------
    StudyError
        If a file is damaged.
    """
    rows = tables.index
    total = hashlib.sha256()
    for table in TABLES:
        names = [name for name in tables.columns(table) if name not in MEASURED]
        total.update("\n".join([table, *names, ""]).encode())
        found = np.zeros((len(rows), 32), dtype=np.uint8)
        for which, piece in tables.pieces(table, rows, names):
            columns = [_bytes(piece[name]) for name in names]
            starts = np.flatnonzero(np.diff(which, prepend=-1))  # the rows of a run are together
            for start, end in pairwise([*starts, len(which)]):
                text = b"".join(column(int(start), int(end)) for column in columns)
                found[which[start]] = np.frombuffer(hashlib.sha256(text).digest(), dtype=np.uint8)
        total.update(found.tobytes())
    return total.hexdigest()


def _bytes(column: pa.ChunkedArray) -> Callable[[int, int], bytes]:
    """A function that gives the values of some rows as bytes."""
    if pa.types.is_string(column.type):
        texts = column.to_pylist()
        return lambda start, end: json.dumps(texts[start:end]).encode()
    values = column.to_numpy()
    if values.dtype.kind == "f":
        values = np.where(np.isnan(values), np.nan, values)  # NaN has many forms
    return lambda start, end: values[start:end].tobytes()


@dataclass(frozen=True)
class Compacted:
    """How many parts and bytes there were, and are."""

    parts: tuple[int, int]
    bytes: tuple[int, int]

    def __str__(self) -> str:
        before, after = self.parts
        megabytes = [size / 2**20 for size in self.bytes]
        return f"{before} parts ({megabytes[0]:,.1f} MB) became {after} ({megabytes[1]:,.1f} MB)"


def compact(folder: str | Path) -> Compacted:
    """Merge the parts of a study into few, sorted by replicate, community, design and parameters.

    New parts are there before old ones go: a reader counts every run once at any moment, and what a kill
    interrupts is finished by the next call. Equal studies get equal files (but for what was measured).
    Memory does not grow with the number of runs.

    Raises
    ------
    StudyError
        If a driver is at work in the folder, a part is damaged inside, or there is no room for both the old
        and the new.
    """
    folder = Path(folder)
    Tables(folder)  # a folder that is no study's gets no lock
    lock = Lock(folder)
    try:
        with lock.taking():
            tables = Tables(folder)
        found = find_parts(folder, tables.versions.get("identity"))
        if lock.works:
            clear(folder, found)
        names = [_compact_part(tables, rows) for rows in _shares(tables.made)]
        for part in tables.parts:
            if part.name not in names:
                remove_part(folder, part.name)
        before, after = tables.parts, find_parts(folder, tables.versions.get("identity")).parts
        sizes = [sum(part.bytes for part in parts) for parts in (before, after)]
        return Compacted((len(before), len(after)), (sizes[0], sizes[1]))
    except OSError as error:
        raise StudyError(f"{folder}: cannot be compacted: {error.strerror or error}") from error
    finally:
        lock.release()


def compact_many(folder: Path, study: Study) -> None:
    """Merge the parts of a study that is complete, if there are many and nobody else is at work.

    Thousands of small files are slow to read. Nothing depends on it: what goes wrong leaves them as they are.
    """
    parts = [path for path in (folder / TABLES[0]).glob("part-*") if COMPACT not in path.name]
    if len(parts) <= MANY:
        return
    with contextlib.suppress(StudyError):
        # While runs are missing another shard may be about to start, and would find the folder taken.
        if not isinstance(study.replicates, int) or set(Tables(folder).index["run"]).issuperset(
            cell.run for cell in study.cells()
        ):
            compact(folder)


def _shares(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for start in range(0, len(rows), PER_PART):
        yield rows.iloc[start : start + PER_PART].reset_index(drop=True)


def _compact_part(tables: Tables, rows: pd.DataFrame) -> str:
    """Write a merged part, unless it is there; returns its name, which depends on its runs alone."""
    text = "\n".join([f"{run} {state}" for run, state in zip(rows["run"], rows["status"], strict=True)])
    name = f"part-{COMPACT}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    if any(part.name == name for part in tables.parts):
        return name
    present = [table for table in TABLES if any(table in part.tables for part in tables.parts)]
    schemas = {table: _schema(tables, table) for table in present}
    chunks = {table: tables.chunks(table, rows) for table in present}
    write_part(tables.folder, name, chunks, schemas, str(tables.versions.get("identity")))
    return name


def _schema(tables: Tables, table: str) -> pa.Schema:
    return next(part.schema(table) for part in tables.parts if table in part.tables)


def export(folder: str | Path, format: str = "csv", to: str | Path | None = None) -> list[Path]:
    """Write each table of a study into one file, for programs that read no folders of Parquet.

    Every table has community, design, parameters and replicate beside ``run``. Values that do not exist are
    empty. Memory does not grow with the number of runs.

    Parameters
    ----------
    format : str
        ``csv`` (UTF-8) or ``parquet``.
    to : str or Path, optional
        Folder; that of the study, ``export``, unless given.

    Returns
    -------
    paths : list of Path
        Of the files, which replace those of an earlier export.

    Raises
    ------
    StudyError
        For another format, a damaged part, or if a file cannot be written.
    """
    if format not in FORMATS:
        raise StudyError(unknown("format", format, FORMATS))
    tables = Tables(folder)
    target = Path(to) if to else tables.folder / EXPORT
    try:
        target.mkdir(parents=True, exist_ok=True)
        tidy(target)
    except OSError as error:
        raise StudyError(f"{target}: cannot be made: {error.strerror}") from None
    rows = tables.made
    keys = pa.Table.from_pandas(rows[["run", *tables.keys]], preserve_index=False)
    paths = []
    for table in TABLES:
        if tables.columns(table):
            write = partial(_export, tables, table, rows, keys, format)
            paths.append(whole(target / f"{table}.{format}", write))
    return paths


def _export(
    tables: Tables, table: str, rows: pd.DataFrame, keys: pa.Table, format: str, file: BinaryIO
) -> None:
    own = [field for field in _schema(tables, table) if field.name not in keys.column_names]
    schema = pa.schema([*keys.schema.remove_metadata(), *own])
    lookup = pd.Index(rows["run"])
    writer: Any = pa.csv.CSVWriter(file, schema) if format == "csv" else pq.ParquetWriter(file, schema)
    with writer:
        for chunk in tables.chunks(table, rows):
            which = lookup.get_indexer(pd.Index(chunk["run"].to_pandas()))
            about = keys.take(pa.array(which))
            columns = [(about if name in about.column_names else chunk)[name] for name in schema.names]
            writer.write_table(pa.table(columns, schema=schema))
