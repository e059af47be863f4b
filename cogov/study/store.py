"""Writing a study into its folder: results are buffered and flushed as parts, none lost, none twice."""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa

from cogov.kit.errors import ConfigError, StudyError
from cogov.study.cell import Cell, RunResult
from cogov.study.folder import check_place, prepare
from cogov.study.lock import Lock
from cogov.study.parts import Found, clear, remove_part, superseded, write_part
from cogov.study.rows import Rows
from cogov.study.study import Study

RUNS = 200
"""Results that are flushed together."""
SECONDS = 30.0
"""After this long results are flushed even if they are fewer."""
GO_ON = "See that there is room on the disk, then give the same command again: it makes only what is missing"
"""What to do when results could not be written."""


def wanted(cells: list[Cell], part: Shard | None, only: Collection[str] | None) -> list[Cell]:
    """The cells that a call is about: of all (``only`` is None) or of some runs, those of a share."""
    cells = [cell for cell in cells if only is None or cell.run in only]
    return part.of(cells) if part else cells


@dataclass(frozen=True)
class Shard:
    """A share of a study's runs (分片), for job arrays: the third sixteenth is ``Shard(3, 16)``."""

    index: int
    count: int

    def __post_init__(self) -> None:
        if not 1 <= self.index <= self.count:
            raise ConfigError(f"shard = {self}: must be between 1/{self.count} and {self.count}/{self.count}")

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read ``3/16``.

        Raises
        ------
        ConfigError
            If it is not a share.
        """
        match = re.fullmatch(r"\s*(\d+)\s*/\s*(\d+)\s*", str(text))
        if not match or not int(match[2]):
            raise ConfigError(f"shard = {text!r}: must be like 3/16, the third sixteenth")
        return cls(int(match[1]), int(match[2]))

    def of(self, cells: Iterable[Cell]) -> list[Cell]:
        """The cells of this share, in the order given; every cell is in one share, and shares are even."""
        cells = list(cells)
        mine = {cell.run for cell in sorted(cells, key=lambda cell: cell.run)[self.index - 1 :: self.count]}
        return [cell for cell in cells if cell.run in mine]


class NotWrittenError(StudyError):
    """Results could not be written, for want of room perhaps.

    Parameters
    ----------
    why : str
    waiting : int
        Finished runs that are in memory.
    kept : int
        Runs that are on disk.
    """

    def __init__(self, why: str, waiting: int, kept: int) -> None:
        self._given = why, waiting, kept
        super().__init__(
            f"{why}; {_runs(waiting)} not on disk: kept in memory, and the next flush tries again"
        )

    def at_the_end(self) -> StudyError:
        """What to say when there will be no next flush."""
        why, waiting, kept = self._given
        return StudyError(
            f"{why}; the study has ended here. {_runs(waiting)} lost, and made again when it is continued;"
            f" the {kept:,} on disk are kept. {GO_ON}"
        )

    def after_all(self, kept: int) -> StudyError:
        """What to say when the results were written after all, and the study has ended over it."""
        return StudyError(
            f"{self._given[0]}; the study has ended here. A second attempt could write: nothing is lost, the"
            f" {_runs(kept)} on disk. {GO_ON}"
        )


def _runs(number: int) -> str:
    return f"{number:,} finished run{'s are' if number > 1 else ' is'}"


class Store:
    """The folder of a study, opened for writing by one driver; `Store.open` makes it.

    A result given to `add` is on disk after `flush`, after 200 results, or 30 seconds later, whichever comes
    first. Methods can be called from several threads.

    Attributes
    ----------
    folder : Path
    done, failed : set of str
        Ids of the runs on disk, done or failed.
    problems : list of str
        Files in the folder that are damaged or not ours, in words; they are left alone.
    """

    def __init__(
        self, folder: Path, study: Study, identity: str, found: Found, lock: Lock, writer: str
    ) -> None:
        self.folder = folder
        self.problems = found.problems
        self.done: set[str] = set()
        self.failed: set[str] = set()
        for part in found.parts:
            rows = part.rows.select(["run", "status"]).filter(pa.array(part.kept)).to_pydict()
            for run, state in zip(rows["run"], rows["status"], strict=True):
                (self.done if state == "done" else self.failed).add(run)
        self._rows = Rows(study)
        self._identity = identity
        self._lock = lock
        # The token keeps names apart where locks do not work, and of folders that are copied together.
        self._name = f"part-{writer}-{secrets.token_hex(4)}"
        self._number = 0
        self._buffer: dict[str, RunResult] = {}
        self._since = 0.0
        self._failure: StudyError | None = None
        self._closed = False
        self._turn = threading.Condition(threading.RLock())
        self._timer = threading.Thread(target=self._flush_in_time, name="cogov-store", daemon=True)
        self._timer.start()

    @classmethod
    def open(
        cls,
        folder: str | Path,
        study: Study,
        shard: Shard | None = None,
        wait: Callable[[float], object] = time.sleep,
    ) -> Store:
        """Open the folder of a study for writing, and make it if need be.

        What a killed driver left unfinished is removed. A study with more replicates, levels, designs or
        communities than the folder's extends it.

        Parameters
        ----------
        wait : callable
            Waits for so many seconds, if another driver is just opening the folder; what it raises ends that.

        Raises
        ------
        StudyError
            If the folder cannot be written, another driver is at work in it, or it holds another study,
            saying what differs.
        """
        folder = Path(folder)
        pair = (shard.index, shard.count) if shard else None
        writer = f"shard-{shard.index}of{shard.count}" if shard else "driver"
        lock = Lock(folder, pair, wait)
        try:
            check_place(folder)
            folder.mkdir(parents=True, exist_ok=True)
            with lock.taking():
                identity, found = prepare(folder, study, lock.alone)
                if lock.works:
                    clear(folder, found, None if lock.alone else writer)
                    for part in superseded(found.parts) if lock.alone else ():
                        remove_part(folder, part.name)
                else:
                    found.problems.append(
                        f"{folder}: the file system has no locks; see to it that no other driver runs there"
                    )
        except OSError as error:
            raise StudyError(
                f"{folder}: results cannot be written there: {error.strerror or error}"
            ) from error
        return cls(folder, study, identity, found, lock, writer)

    def add(self, result: RunResult) -> None:
        """Take a result; one whose run is on disk already is dropped.

        Raises
        ------
        NotWrittenError
            If results could not be written, be it now or by the timer since the last call. All of them,
            this one too, are still here and are written by the next flush that succeeds.
        """
        with self._turn:
            if self._closed:
                raise StudyError(f"{self.folder}: the store is closed")
            if result.cell.run in self.done:
                return
            self._rows.check(result)
            if not self._buffer:
                self._since = time.monotonic()
                self._turn.notify()
            self._buffer[result.cell.run] = result
            self._raise_failure()
            if len(self._buffer) >= RUNS:
                self._write()

    def flush(self) -> None:
        """Write what has been added.

        Raises
        ------
        NotWrittenError
            If it cannot be written; it is kept for the next flush.
        """
        with self._turn:
            self._failure = None  # what failed is tried again here
            self._write()

    def close(self) -> None:
        """Write what has been added, and give the folder back.

        Raises
        ------
        NotWrittenError
            If results cannot be written; they are lost.
        """
        with self._turn:
            if self._closed:
                return
            self._closed = True
            self._turn.notify()
        try:
            self._timer.join()
            self._write()
        except NotWrittenError as error:
            raise error.at_the_end() from error.__cause__
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
            return
        try:
            self.close()
        except StudyError as another:
            if isinstance(error, NotWrittenError):
                raise another from error.__cause__  # it knows how that ended
            error.add_note(str(another))  # the first error is the one to raise
        else:
            if isinstance(error, NotWrittenError):
                raise error.after_all(len(self.done) + len(self.failed)) from error.__cause__

    def _raise_failure(self) -> None:
        if self._failure:
            failure, self._failure = self._failure, None
            raise failure

    def _write(self) -> None:
        """Write the buffer as one part; only then is it emptied."""
        if not self._buffer:
            return
        results = list(self._buffer.values())
        self._number += 1
        name = f"{self._name}-{self._number:05d}"
        try:
            tables = {table: [rows] for table, rows in self._rows.tables(results).items()}
            write_part(self.folder, name, tables, self._rows.schemas, self._identity)
        except StudyError as error:
            self._since = time.monotonic()
            raise NotWrittenError(str(error), len(results), len(self.done) + len(self.failed)) from error
        for result in results:
            known, other = (self.failed, self.done) if result.error else (self.done, self.failed)
            known.add(result.cell.run)
            other.discard(result.cell.run)
        self._buffer.clear()
        self._failure = None

    def _flush_in_time(self) -> None:
        """Flush what is older than 30 seconds; runs in a thread of its own."""
        with self._turn:
            while not self._closed:
                wait = self._since + SECONDS - time.monotonic() if self._buffer else None
                if wait is None or wait > 0:
                    self._turn.wait(wait)
                    continue
                try:
                    self._write()
                except Exception as error:
                    self._since = time.monotonic()
                    self._failure = (
                        error
                        if isinstance(error, StudyError)
                        else StudyError(f"{type(error).__name__}: {error}")
                    )
