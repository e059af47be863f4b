"""Runs on the workers of a dask scheduler; and the process that a cluster of ours lives in."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import itertools
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, TYPE_CHECKING, Any

from cogov.kit.errors import CogovError, StudyError
from cogov.kit.files import scratch
from cogov.study.cell import Cell, RunResult
from cogov.study.engines.base import together

if TYPE_CHECKING:
    from cogov.study.engines.worker import StudyPlugin
    from cogov.study.study import Study

LIBRARIES = ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM", "NUMEXPR")
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in LIBRARIES}
"""Environment of a worker: the cores are taken by processes, linear algebra gets no threads beneath them."""
NO_DASHBOARD = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}
"""For a scheduler, which has a small web server in any case: on any free port, for this machine."""
ATTEMPTS = 5
"""Attempts to bring a study to workers some of which die meanwhile."""
CONNECT = 10.0
"""Seconds in which a scheduler must answer."""
LOOK = 1.0
"""Seconds between looks at how many workers there are."""
PATIENCE = 60.0
"""Seconds without a single worker after which workers of this machine are not waited for any longer."""


GONE = "engine: the scheduler is gone; what was run is kept, run the study again"


class DaskPool:
    """The workers of a scheduler.

    Attributes
    ----------
    workers : int
        How many there were when it last looked, about a second ago.
    """

    def __init__(self, client: Any, *, expected: bool):
        self.client = client
        self.workers = self._count()
        self._expected = expected
        self._seen = self._looked = time.monotonic()

    @classmethod
    @contextmanager
    def connected(
        cls, address: str, security: Mapping[str, str] | None = None, *, expected: bool
    ) -> Iterator[DaskPool]:
        """Connect to the scheduler at an address.

        Parameters
        ----------
        security : mapping of str to str, optional
            Certificates and key of a client, as `distributed.security.Security` names them; if there are
            none, those of dask's own configuration.
        expected : bool
            Whether its workers are here at once, so that it is an error if there are none for long.

        Raises
        ------
        StudyError
            If there is no scheduler, or none that speaks this version of dask.
        """
        import distributed
        from distributed.security import Security

        with _quiet():
            try:
                chosen = Security(True, **security) if security else None  # type: ignore[no-untyped-call]
                client: Any = distributed.Client(  # type: ignore[no-untyped-call]
                    address, set_as_default=False, timeout=CONNECT, security=chosen
                )
            except (OSError, ValueError, ImportError, RuntimeError, TypeError) as error:
                raise StudyError(f"engine: no dask scheduler can be reached at {address}: {error}") from None
            try:
                yield cls(client, expected=expected)
            finally:
                client.close(timeout=2)

    def _count(self) -> int:
        return int(self.client.scheduler_info(n_workers=0)["n_workers"])

    def results(self, study: Study, cells: Iterable[Cell]) -> Generator[RunResult]:
        """The results of cells as they come."""
        plugin = f"cogov-{uuid.uuid4().hex}"
        self._bring(study, plugin)
        try:
            yield from self._run(plugin, together(study, cells))
        finally:
            with contextlib.suppress(Exception):  # the scheduler may be what has gone
                self.client.unregister_worker_plugin(plugin)

    def each[T, R](self, function: Callable[[T], R], things: Iterable[T]) -> Generator[R]:
        """What a function makes of things, in their order; a few more are at work than are waited for."""
        rest, waiting = iter(things), deque[Any]()
        while True:
            for thing in itertools.islice(rest, max(1, 2 * self.workers) - len(waiting)):
                waiting.append(self.client.submit(function, thing, pure=False))
            if not waiting:
                return
            try:
                yield waiting.popleft().result()
            except CogovError:
                raise
            except (asyncio.CancelledError, concurrent.futures.CancelledError, OSError):
                raise StudyError(GONE) from None
            except Exception as error:
                raise StudyError(f"engine: a worker cannot make runs: {_text(error)}") from None

    def _bring(self, study: Study, plugin: str) -> None:
        """Bring the study to the workers there are; the scheduler brings it to those that start later."""
        from cogov.study.engines.worker import StudyPlugin

        brought = StudyPlugin(study)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self.client.register_plugin(brought, name=plugin)
            except OSError:  # a worker has died over it, or the scheduler
                if attempt == ATTEMPTS:
                    raise StudyError(GONE) from None
            except Exception as error:  # whatever a worker could not import or read
                raise StudyError(f"engine: the workers cannot take the study: {_text(error)}") from None
            else:
                return

    def _run(self, plugin: str, bundles: Iterator[list[Cell]]) -> Iterator[RunResult]:
        ended: SimpleQueue[tuple[Any, list[RunResult] | BaseException]] = SimpleQueue()

        from distributed import KilledWorker

        async def deliver(future: Any) -> None:
            try:
                ended.put((future, await future))
            except (Exception, asyncio.CancelledError) as error:
                ended.put((future, error))

        def run(*cells: Any) -> list[RunResult]:
            # Sent as it stands here, not by its name, and cells in plain values: the scheduler, which looks
            # into what it passes on, need not import cogov for it.
            from distributed import get_worker

            brought: StudyPlugin = get_worker().plugins[plugin]  # type: ignore[assignment]
            return brought.run(*cells)

        running: dict[Any, list[Cell]] = {}
        number = itertools.count()
        while True:
            for bundle in itertools.islice(bundles, max(0, 2 * self.workers + 2 - len(running))):
                plain = map(astuple, bundle)
                future = self.client.submit(run, *plain, key=(plugin, next(number)), pure=False)
                running[future] = bundle
                self.client.loop.add_callback(deliver, future)
            if not running:
                return
            if time.monotonic() > self._looked + LOOK:
                self._look_round()
            with contextlib.suppress(Empty):
                future, outcome = ended.get(timeout=LOOK)
                bundle = running.pop(future)
                if isinstance(outcome, KilledWorker) and len(bundle) > 1:  # one of them, so each by itself
                    bundles = itertools.chain(([cell] for cell in bundle), bundles)
                else:
                    yield from _results(bundle, outcome)

    def _look_round(self) -> None:
        """See who is at work, and give up if nothing can come any more."""
        self._looked = time.monotonic()
        try:
            self.workers = self._count()
        except (OSError, ValueError):
            raise StudyError(GONE) from None
        if self.workers:
            self._seen = self._looked
        elif self._expected and self._looked - self._seen > PATIENCE:
            raise StudyError(
                "engine: the workers die as soon as they start, perhaps for want of memory; try fewer"
            )


def _results(cells: list[Cell], outcome: list[RunResult] | BaseException) -> list[RunResult]:
    from distributed import KilledWorker

    match outcome:
        case list():
            return outcome
        case KilledWorker():
            died = outcome.allowed_failures + 1
            text = f"WorkerDied: the worker died {died} times over this run, perhaps for want of memory"
            return [RunResult(cell, seconds=0.0, peak_mb=0.0, error=text) for cell in cells]
        case StudyError():
            raise outcome
        case asyncio.CancelledError() | concurrent.futures.CancelledError() | OSError():
            raise StudyError(GONE)
        case _:
            raise StudyError(f"engine: a worker cannot make runs: {_text(outcome)}")


@contextmanager
def hosted(
    kind: str, options: dict[str, Any], jobs: int = 0, shared: Path | None = None
) -> Iterator[tuple[str, dict[str, str]]]:
    """Start a cluster in a process of its own, and end it.

    Parameters
    ----------
    kind : str
        ``local``, or the name of a class of dask_jobqueue.
    options : dict
        Its arguments.
    jobs : int
        Jobs to submit, of a class of dask_jobqueue.
    shared : Path, optional
        Folder that all machines of the cluster see, in which their certificates lie meanwhile, for their
        owner only.

    Yields
    ------
    address : str
        Of its scheduler.
    security : dict of str to str
        What a client needs to be let in; nobody else has it.

    Raises
    ------
    StudyError
        If it does not start.
    """
    path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(scratch())
        log = stack.enter_context(tempfile.TemporaryFile())
        if shared:
            options = {**options, "shared_temp_directory": str(stack.enter_context(scratch(shared)))}
        process = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("host.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": path, "TMPDIR": str(place)},
            start_new_session=True,  # Ctrl-C in a terminal is for the driver only
        )
        try:
            import distributed  # noqa: F401  # takes as long as the process does to start

            order = {"kind": kind, "options": options, "jobs": jobs, "scratch": str(place)}
            yield _address(process, order, log)
        finally:
            _end(process)


def _address(
    process: subprocess.Popen[str], order: dict[str, Any], log: IO[bytes]
) -> tuple[str, dict[str, str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
    line = process.stdout.readline()
    answer = json.loads(line) if line else {}
    if "address" in answer:
        return str(answer["address"]), answer["security"]
    log.seek(0)
    last = log.read().decode(errors="replace").strip().splitlines()[-1:]
    raise StudyError(f"engine: the cluster did not start: {answer.get('error') or ' '.join(last)}")


def _end(process: subprocess.Popen[str]) -> None:
    """End a cluster: its process ends its workers and itself when its input ends."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(20)
    if process.returncode != 0:  # it hangs, or was killed
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    process.stdout.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """What distributed has to say about workers that come and go is said by results and errors."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="distributed")
            yield
    finally:
        logger.setLevel(before)


def _text(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
