"""Parts: the Parquet files a study is kept in, each written once and never changed (分块).

A part is one file in each table's folder, all of one name: ``runs/part-driver-9c1f02aa-00003.parquet``,
``series/part-driver-9c1f02aa-00003.parquet`` and so on. The one in ``runs`` is written last: without it the
others do not count. So there is no moment in which a run is half there.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cogov.kit.errors import StudyError
from cogov.kit.files import intended, sync_folder, tidy, whole
from cogov.study.seal import read_about, read_seal, seal, unsealed

TABLES = ("runs", "series", "groups", "places")
"""Folders of a study; the first commits the others."""
BESIDE = ("study.yaml", "versions.json", "README.md")
"""Files beside them."""
EXPORT = "export"
"""Folder beside them, for exported files."""
COMPACT = "compact"
"""First word of the names of merged parts; the names of others sort after it."""
FORMAT = 2
TRIES = 5
"""Times that a folder is looked through while parts go away."""
_NAME = re.compile(r"part-[0-9a-z-]+\.parquet")
_LAST = "weeks"
"""Column of ``runs`` up to which all are read that say which run a row is of."""
_LONG = ("seed", "error", "seconds", "peak_mb", "residents")
"""Columns before it that do not."""


@dataclass(frozen=True)
class Part:
    """A part that is whole.

    Attributes
    ----------
    folder : Path
        Of the study.
    name : str
        Of its files, without ending.
    study : str
        Identity of its study.
    tables : tuple of str
        Tables it has, ``runs`` first.
    bytes : int
        Of all its files.
    rows : Table
        What its runs are of: ``run``, community, design, replicate, parameters, ``status``, ``weeks``.
    groups : tuple of int
        Runs in each row group; the same in all tables.
    kept : ndarray of bool, shape (runs,)
        The runs that count here; the others are in other parts as well, and count there.
    """

    folder: Path
    name: str
    study: str
    tables: tuple[str, ...]
    bytes: int
    rows: pa.Table
    groups: tuple[int, ...]
    kept: NDArray[np.bool_]

    def path(self, table: str) -> Path:
        """Its file of a table."""
        return self.folder / table / f"{self.name}.parquet"

    def runs(self) -> list[str]:
        """Ids of the runs that count here."""
        found: list[str] = self.rows["run"].filter(pa.array(self.kept)).to_pylist()
        return found

    def schema(self, table: str) -> pa.Schema:
        """Columns of its file of a table."""
        with self._opened(table) as file:
            return file.schema_arrow

    def read(
        self, table: str, columns: list[str] | None = None, wanted: frozenset[str] | set[str] | None = None
    ) -> Iterator[pa.Table]:
        """The rows of its runs, a row group at a time; row groups without a wanted run are not read.

        Parameters
        ----------
        columns : list of str, optional
            Only these, besides ``run``; names that the file does not have are left out.
        wanted : set of str, optional
            Only these runs.

        Raises
        ------
        StudyError
            If the file is damaged, or has gone meanwhile.
        """
        chosen = self.kept
        if wanted is not None:
            named = pc.is_in(self.rows["run"], pa.array(sorted(wanted), pa.string()))
            chosen = chosen & named.to_numpy(zero_copy_only=False)
        if not chosen.any():
            return
        with self._opened(table) as file:
            names = file.schema_arrow.names
            if columns is not None:
                names = ["run", *(name for name in columns if name in names and name != "run")]
            for group, end in enumerate(np.cumsum(self.groups)):
                here = slice(end - self.groups[group], end)
                if chosen[here].any():
                    found = file.read_row_group(group, columns=names)
                    if not chosen[here].all():
                        ids = self.rows["run"][here].filter(pa.array(chosen[here]))
                        found = found.filter(pc.is_in(found["run"], ids.combine_chunks()))
                    yield found

    @contextlib.contextmanager
    def _opened(self, table: str) -> Iterator[pq.ParquetFile]:
        path = self.path(table)
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                yield file
        except FileNotFoundError:
            raise StudyError(f"{path}: has gone while the study was read; read it again") from None
        except (OSError, ValueError, pa.ArrowException) as error:
            raise StudyError(
                f"{path}: is damaged ({_first_line(error)}); move the files of that name out of the"
                " folder and continue the study, which makes their runs again"
            ) from None


class Found(NamedTuple):
    """What there is in the folder of a study."""

    parts: list[Part]
    """Whole ones, by name."""
    problems: list[str]
    """Files that are damaged or not ours, in words."""
    unfinished: list[Path]
    """Files of writers that were killed or are at work: their part never came, or has not yet."""


def write_part(
    folder: Path,
    name: str,
    tables: Mapping[str, Iterable[pa.Table]],
    schemas: Mapping[str, pa.Schema],
    study: str,
) -> int:
    """Write one part; it is there when this returns, or not at all.

    Parameters
    ----------
    tables : mapping of str to iterable of Table
        Rows by table, ``runs`` among them. Each becomes a row group, those of one position of the same runs.
    schemas : mapping of str to Schema
        Columns by table.
    study : str
        Identity of the study: parts of another one are not ours.

    Returns
    -------
    bytes : int

    Raises
    ------
    StudyError
        If it cannot be written; nothing of it is left behind.
    """
    first, *others = (table for table in TABLES if table in tables)
    written: dict[str, list[Any]] = {}
    try:
        for table in (*others, first):
            path = folder / table / f"{name}.parquet"
            if not path.parent.exists():
                path.parent.mkdir()
                sync_folder(folder)
            about: dict[str, Any] = {"format": FORMAT, "table": table, "part": name}
            if table == first:
                about |= {"study": study, "with": written}
            seals: list[str] = []
            whole(path, partial(_write, tables[table], unsealed(schemas[table], about), seals))
            written[table] = [path.stat().st_size, *seals]
    except BaseException as error:
        remove_part(folder, name)
        if isinstance(error, OSError):
            raise StudyError(f"{folder}: cannot be written: {error.strerror or error}") from error
        raise
    return sum(size for size, _ in written.values())


def remove_part(folder: Path, name: str) -> None:
    """Remove a part, if it is there; the file that commits the others goes first."""
    for table in TABLES:
        with contextlib.suppress(OSError):
            (folder / table / f"{name}.parquet").unlink(missing_ok=True)


def clear(folder: Path, found: Found, writer: str | None = None) -> None:
    """Remove what killed writers left, also of exports and reports; the caller holds the folder's lock.

    Parameters
    ----------
    found : Found
        What there is.
    writer : str, optional
        The only one whose unfinished parts go: those of others may be at work.
    """
    for place in (".", *TABLES, EXPORT):
        tidy(folder / place)
    for path in found.unfinished:
        if writer is None or path.name.startswith(f"part-{writer}-"):
            path.unlink(missing_ok=True)


def superseded(parts: list[Part]) -> list[Part]:
    """Parts whose runs are all in merged ones: what a killed `compact` had still to remove."""
    merged = {run for part in parts if part.name.startswith(f"part-{COMPACT}-") for run in part.runs()}
    return [part for part in parts if not part.kept.any() and merged.issuperset(part.rows["run"].to_pylist())]


def _write(tables: Iterable[pa.Table], schema: pa.Schema, seals: list[str], file: BinaryIO) -> None:
    """Floats split by byte (their high bytes repeat), the rest by dictionary."""
    floats = [field.name for field in schema if pa.types.is_floating(field.type)]
    others = [field.name for field in schema if field.name not in floats]
    with pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        use_dictionary=others,
        use_byte_stream_split=floats,
        write_page_checksum=True,
    ) as writer:
        for table in tables:
            writer.write_table(table, row_group_size=max(1, len(table)))
    seals.append(seal(file))


def find_parts(folder: Path, study: str | None) -> Found:
    """Look through the folder of a study.

    Every run counts in one part: one that was done before one that failed, then by the names of parts.

    Parameters
    ----------
    study : str, optional
        Identity of the study; None takes that of the first part.
    """
    for _ in range(TRIES):
        with contextlib.suppress(_GoneError):
            return _find_parts(folder, study)
    raise StudyError(f"{folder}: changes while it is read; read it again when it is not being compacted")


def _find_parts(folder: Path, study: str | None) -> Found:
    problems: list[str] = []
    unfinished: list[Path] = []
    whole_parts: list[Part] = []
    present: dict[str, set[str]] = {}
    for table in TABLES:
        present[table] = set()
        for path in _entries(folder / table):
            if intended(path):
                continue  # being written, or for `clear`
            if _NAME.fullmatch(path.name) and path.is_file():
                present[table].add(path.stem)
            elif path.name != ".DS_Store":
                problems.append(f"{path}: is not of this study; left alone")
    for name in sorted(present["runs"]):
        path = folder / TABLES[0] / f"{name}.parquet"
        try:
            whole_parts.append(_part(folder, name, study))
            study = whole_parts[0].study
        except _NotOursError as error:
            problems.append(str(error))
        except FileNotFoundError as error:
            if not path.exists():
                raise _GoneError from None
            problems.append(f"{error.filename}: is missing; the runs of {path} are made again")
    for table in TABLES[1:]:
        for name in sorted(present[table] - present["runs"]):
            path = folder / table / f"{name}.parquet"
            try:
                with _checked(path, table, name):
                    unfinished.append(path)
            except _NotOursError as error:
                problems.append(str(error))
    return Found(_count_once(whole_parts), problems, unfinished)


class _NotOursError(Exception):
    """A file that does not count, and why."""


class _GoneError(Exception):
    """A part was removed after its name was read: what it had is in another, which came after that."""


def _part(folder: Path, name: str, study: str | None) -> Part:
    path = folder / TABLES[0] / f"{name}.parquet"
    with _checked(path, TABLES[0], name) as (file, about, size):
        if study is not None and about.get("study") != study:
            raise _NotOursError(f"{path}: is of another study; left alone")
        names = file.schema_arrow.names
        names = names[: names.index(_LAST) + 1]
        rows = file.read([column for column in names if column not in _LONG])
        groups = tuple(file.metadata.row_group(group).num_rows for group in range(file.num_row_groups))
    sizes = {TABLES[0]: size}
    for table in TABLES[1:]:
        if table not in about["with"]:
            continue
        other = folder / table / path.name
        size, mark = about["with"][table]
        try:
            found, sizes[table] = read_seal(other)
        except FileNotFoundError:
            raise
        except (OSError, ValueError) as error:
            raise _damaged(other, error, path) from None
        if sizes[table] != size:
            raise _damaged(other, ValueError(f"it has {sizes[table]:,} bytes of {size:,}"), path)
        if found != mark:
            raise _damaged(other, ValueError("it is not the file that was written"), path)
    kept = np.ones(len(rows), dtype=bool)
    return Part(folder, name, about["study"], tuple(sizes), sum(sizes.values()), rows, groups, kept)


@contextlib.contextmanager
def _checked(path: Path, table: str, name: str) -> Iterator[tuple[pq.ParquetFile, dict[str, Any], int]]:
    """A file that is ours and in its place, what was written about it, and its size."""
    try:
        seal, size = read_seal(path)
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            about = read_about(file.metadata)
            if not about.keys() >= {"format", "table", "part"}:
                raise _NotOursError(f"{path}: was not written by cogov; left alone")
            if about["format"] != FORMAT:
                version = f"another version of cogov (format {about['format']})"
                raise _NotOursError(f"{path}: was written by {version}; left alone")
            if not seal:
                raise ValueError("its footer has no seal")
            place = about["table"], about["part"]
            if place != (table, name):
                raise _NotOursError(f"{path}: is a copy of {place[0]}/{place[1]}.parquet; left alone")
            yield file, about, size
    except FileNotFoundError:
        raise
    except (OSError, ValueError, pa.ArrowException) as error:
        raise _damaged(path, error) from None


def _damaged(path: Path, error: Exception, part: Path | None = None) -> _NotOursError:
    what = "cannot be read" if isinstance(error, PermissionError) else "is damaged"
    runs = f"the runs of {part}" if part else "its runs"
    return _NotOursError(f"{path}: {what} ({_first_line(error)}); left alone, {runs} are made again")


def _count_once(parts: list[Part]) -> list[Part]:
    """Mark which runs count in which part."""
    if not parts:
        return parts
    rows = pa.concat_tables([part.rows.select(["run", "status"]) for part in parts]).to_pandas()
    rows["failed"] = rows["status"] != "done"
    first = rows.sort_values("failed", kind="stable").drop_duplicates("run").index
    counts = np.zeros(len(rows), dtype=bool)
    counts[first] = True
    ends = np.cumsum([len(part.rows) for part in parts])
    return [
        replace(part, kept=counts[end - len(part.rows) : end]) for part, end in zip(parts, ends, strict=True)
    ]


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _first_line(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error).strip() or type(error).__name__
    return str(text.splitlines()[0].rstrip("."))
