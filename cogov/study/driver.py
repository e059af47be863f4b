"""Running a study: what is missing in its folder is made by an engine and kept by the store."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any, Self

from cogov.analysis.precision import Replicates, next_replicates
from cogov.kit.errors import StudyError
from cogov.kit.files import folder_name
from cogov.study.cell import Cell, RunResult
from cogov.study.drawn import drawn, refusals
from cogov.study.engines import Engine, Pool, read_engine
from cogov.study.store import Shard, Store, wanted
from cogov.study.stored import StoredStudy, open_study
from cogov.study.study import Study
from cogov.study.tables import Tables
from cogov.study.upkeep import compact_many

TICK = 0.5
"""Seconds after which progress is told even if nothing has ended."""


@dataclass(frozen=True)
class Progress:
    """How far a study is.

    Attributes
    ----------
    planned : int
        Runs to be there in the end: of the plan, or of a shard of it; with a precision asked for, of the
        replicates decided on so far.
    done, failed : int
        Runs that are there, those from before included.
    skipped : int
        Runs that were there before and are not made again.
    running : int
        Runs that are being made.
    workers : int
        Processes at work; 0 while none has been started, or a cluster has none to give.
    seconds : float
        Since the call.
    """

    planned: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0
    running: int = 0
    workers: int = 0
    seconds: float = 0.0

    @property
    def made(self) -> int:
        """Runs made since the call, failed ones included."""
        return self.done + self.failed - self.skipped

    @property
    def missing(self) -> int:
        """Runs still to be made."""
        return self.planned - self.done - self.failed

    @property
    def seconds_left(self) -> float | None:
        """Seconds until all are there, judged by those made so far; None before the first."""
        return self.seconds * self.missing / self.made if self.made else None


def run_study(
    study: Study,
    folder: str | Path | None = None,
    *,
    engine: str | Mapping[str, Any] | Engine = "dask",
    shard: str | Shard | None = None,
    retry_failed: bool = False,
    only: Collection[str] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> StoredStudy:
    """Make the runs of a study that its folder does not have yet.

    The results depend on nothing but the study: not on the engine, the number of workers, the shards, or how
    often the study was interrupted and went on.

    Parameters
    ----------
    study : Study
    folder : str or Path
        ``results/NAME`` unless another is given. Made if it is not there; what it has of this study is
        kept, and not made again.
    engine : str, mapping or Engine
        ``"dask"`` (the cores of this machine), ``"serial"`` (this process), ``"slurm"``, ``"pbs"``, or with
        parameters: ``{"name": "dask", "workers": 2}``.
    shard : str or Shard, optional
        Only this share of the runs: ``"3/16"`` is the third sixteenth. Shards can run at the same time.
    retry_failed : bool
        Whether to make failed runs again.
    only : collection of str, optional
        Ids of runs: no others are made.
    on_progress : callable, optional
        Called with a `Progress` after every run and at least every half second, from one thread at a time;
        not always from the thread of the caller.

    Returns
    -------
    StoredStudy
        A failed run is a row with its error, and no exception.

    Raises
    ------
    CogovError
        If the study cannot be run or kept; what was finished is kept.
    KeyboardInterrupt, SystemExit
        On Ctrl-C and SIGTERM, after what was finished is kept and the workers are stopped.

    Examples
    --------
    >>> stored = run_study(study, "results/blocks", engine="serial")  # doctest: +SKIP
    """
    place = Path(folder or Path("results") / folder_name(study.name))
    chosen = read_engine(engine)
    part = shard if shard is None or isinstance(shard, Shard) else Shard.parse(shard)
    if part and isinstance(study.replicates, Replicates):
        raise StudyError(
            "shard: with replicates.precision what is run next depends on all that was run; run the study"
            " without shards, or with a fixed number of replicates"
        )
    draws = drawn(study, place)
    refusals(draws.values())
    studies = {place: study, **draws}
    before = Progress()
    later = {where: len(wanted(one.cells(), part, only)) for where, one in studies.items()}
    for where, one in studies.items():
        del later[where]
        report = _Report(on_progress, before, later=sum(later.values()))
        before = _run(one, where, chosen, part, retry_failed, only, report)
    return open_study(place)


def _run(
    study: Study,
    folder: Path,
    engine: Engine,
    part: Shard | None,
    retry_failed: bool,
    only: Collection[str] | None,
    report: _Report,
) -> Progress:
    """Make the missing runs of one folder; returns how far the call is then."""
    with (
        _Signals() as signals,
        Store.open(folder, study, part, lambda seconds: signals.during(time.sleep, seconds)) as store,
        report,
        contextlib.ExitStack() as stack,
    ):
        again = set(store.failed) if retry_failed else set()
        pool: Pool | None = None
        for stage in _stages(study, store):
            cells = wanted(stage, part, only)
            failed = {cell.run for cell in cells} & (store.failed - again)
            missing = [cell for cell in cells if cell.run not in store.done and cell.run not in failed]
            report.begin(len(cells), len(missing), len(failed))
            if not missing:
                continue
            if pool is None:
                fixed = isinstance(study.replicates, int)
                most = len(missing) if fixed else study.most * len(study.conditions)
                report.pool = pool = signals.during(stack.enter_context, engine.open(most))
            with contextlib.closing(pool.results(study, report.taken(missing))) as results:
                while (result := signals.during(next, results, None)) is not None:
                    store.add(result)
                    report.made(result)
            store.flush()
            again -= {cell.run for cell in cells}
    compact_many(folder, study)
    return report.whole


def _stages(study: Study, store: Store) -> Iterator[list[Cell]]:
    """What is to be there, stage after stage; which stage is next depends on what is stored only."""
    rule = study.replicates
    if isinstance(rule, int):
        yield study.cells()
        return
    number: int | None = rule.at_least
    while number is not None:
        yield study.cells(number)
        runs = Tables(store.folder).runs()
        number = next_replicates(runs, rule, study.baseline.name, [path.text for path in study.paths])


class _Report:
    """Tells progress, also while nothing ends: a clock that stands still looks like a study that hangs.

    Parameters
    ----------
    on_progress : callable, optional
    before : Progress
        Of the folders that are finished.
    later : int
        Runs of the folders that come after.
    """

    def __init__(self, on_progress: Callable[[Progress], None] | None, before: Progress, later: int) -> None:
        self.pool: Pool | None = None
        self._tell = on_progress
        self._before, self._later = before, later
        self._progress = Progress()
        self._started = time.monotonic()
        self._taken = 0
        self._error: Exception | None = None
        self._turn = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, name="cogov-progress", daemon=True)

    def __enter__(self) -> Self:
        if self._tell:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._over.set()
        if self._tell:
            self._thread.join()
        if kind is None:
            self.pool = None
            self._now()

    @property
    def whole(self) -> Progress:
        """What was done before, and this."""
        counts = ("planned", "done", "failed", "skipped")
        added = {name: getattr(self._before, name) + getattr(self._progress, name) for name in counts}
        return Progress(**added, seconds=self._before.seconds + time.monotonic() - self._started)

    def begin(self, planned: int, missing: int, failed: int) -> None:
        """Begin a stage of so many runs, of which some are missing, and some of the others have failed."""
        there = planned - missing
        skipped = there - self._progress.made
        self._progress = Progress(planned, done=there - failed, failed=failed, skipped=skipped)
        self._now()

    def taken(self, cells: list[Cell]) -> Iterator[Cell]:
        """Hand out cells and count them."""
        for cell in cells:
            self._taken += 1
            yield cell

    def made(self, result: RunResult) -> None:
        """Count a result."""
        now = self._progress
        failed = bool(result.error)
        self._progress = replace(now, done=now.done + (not failed), failed=now.failed + failed)
        self._now()

    def _tick(self) -> None:
        while not self._over.wait(TICK):
            try:
                self._now()
            except Exception as error:  # raised where the caller sees it: with the next result
                self._error = error
                return

    def _now(self) -> None:
        if self._error:
            raise self._error
        if self._tell:
            with self._turn:
                workers = self.pool.workers if self.pool else 0
                running = min(workers, self._taken - self._progress.made)
                planned = self.whole.planned + self._later
                self._tell(replace(self.whole, planned=planned, running=running, workers=workers))


class _Signals:
    """Lets Ctrl-C and SIGTERM end a study while it waits for a result or for workers, and at no other moment.

    A store that is writing, or workers that are being stopped, are not disturbed.
    """

    def __init__(self) -> None:
        self._errors: dict[int, BaseException] = {
            signal.SIGINT: KeyboardInterrupt(),
            signal.SIGTERM: SystemExit(128 + signal.SIGTERM),
            signal.SIGHUP: SystemExit(128 + signal.SIGHUP),
        }
        self._before: dict[int, Any] = {}
        self._waiting = False
        self._came: BaseException | None = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in self._errors:
                if signal.getsignal(number) not in (signal.SIG_IGN, None):  # as under nohup
                    self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if kind is None and self._came:
            raise self._came

    def during[**P, R](self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call something that a signal may end; one that came before ends it at once."""
        try:
            self._waiting = True
            if self._came:
                raise self._came
            return call(*args, **kwargs)
        finally:
            self._waiting = False

    def _handle(self, number: int, _: FrameType | None) -> None:
        if self._came is None:
            self._came = self._errors[number]
            if self._waiting:
                self._waiting = False  # what follows tidies up
                raise self._came
