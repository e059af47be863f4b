"""Running a study: every run by itself, in as many processes as there are cores."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from typing import Any

import pandas as pd

from cogov.errors import StudyError
from cogov.simulation import Run, simulate
from cogov.study.plan import StudyConfig
from cogov.study.store import Study

BLAS_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
TIMINGS = ("build_seconds", "run_seconds", "peak_mb")


def run_study(config: StudyConfig, on_run: Callable[[], None] = lambda: None) -> Study:
    """Run every design with every seed; the result does not depend on the number of workers.

    Parameters
    ----------
    config : StudyConfig
    on_run : callable, optional
        Called whenever a run has ended.

    Raises
    ------
    CogovError
        If a run fails.
    """
    tasks = [(arm, replicate) for replicate in range(config.replicates) for arm in range(len(config.arms))]
    work = partial(_run, config)
    workers = min(config.workers or cores(), len(tasks))
    if workers == 1:
        runs = []
        for task in tasks:
            runs.append(work(task))
            on_run()
    else:
        runs = _parallel(work, tasks, workers, on_run)
    return _gather(config, tasks, runs)


def cores() -> int:
    """Cores this process may use."""
    return getattr(os, "process_cpu_count", os.cpu_count)() or 1


def _run(config: StudyConfig, task: tuple[int, int]) -> Run:
    arm, replicate = task
    return simulate(config.community, config.arms[arm], config.seed + replicate, **config.settings())


def _parallel(
    work: Callable[[tuple[int, int]], Run],
    tasks: list[tuple[int, int]],
    workers: int,
    on_run: Callable[[], None],
) -> list[Run]:
    """Run tasks in processes started afresh; results in the order of the tasks."""
    with _one_thread_each():
        pool = ProcessPoolExecutor(
            workers,
            mp_context=get_context("spawn"),
            initializer=signal.signal,  # Ctrl-C is the parent's to answer
            initargs=(signal.SIGINT, signal.SIG_IGN),
        )
        try:
            with _uninterrupted():  # a worker interrupted while it starts is waited for without end
                futures: list[Future[Run]] = [pool.submit(work, task) for task in tasks]
            for future in as_completed(futures):
                future.result()
                on_run()
            return [future.result() for future in futures]
        except BrokenProcessPool:
            raise StudyError("a worker process died, perhaps for want of memory; try fewer workers") from None
        finally:
            pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until the block has ended."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let workers start with single-threaded linear algebra: the cores are taken by processes."""
    before = {name: os.environ.get(name) for name in BLAS_THREADS}
    os.environ.update(dict.fromkeys(BLAS_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _gather(config: StudyConfig, tasks: list[tuple[int, int]], runs: list[Run]) -> Study:
    """Sort runs into tables; what differs from machine to machine has a table of its own."""
    keys: list[dict[str, Any]] = [
        {"design": run.design, "replicate": replicate, "seed": run.seed}
        for (_, replicate), run in zip(tasks, runs, strict=True)
    ]
    rows = [
        {**key, "residents": run.residents, "weeks": run.weeks, "digest": run.digest, **run.outcomes}
        for key, run in zip(keys, runs, strict=True)
    ]
    times = [
        {**key, **{name: getattr(run, name) for name in TIMINGS}} for key, run in zip(keys, runs, strict=True)
    ]
    weeks = []
    for key, run in zip(keys, runs, strict=True):
        frame = run.series.rename_axis("week").reset_index()
        frame.insert(0, "design", key["design"])
        frame.insert(1, "replicate", key["replicate"])
        weeks.append(frame)
    return Study(
        config=config.plain(),
        runs=pd.DataFrame(rows),
        series=pd.concat(weeks, ignore_index=True),
        timings=pd.DataFrame(times),
    )
