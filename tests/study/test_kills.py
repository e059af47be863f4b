"""Killed at any moment: nothing is lost, nothing counts twice, nothing is left running."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from cogov.study import Study
from cogov.study.driver import Progress, run_study
from cogov.study.store import Store
from tests.study.faults import broken

ROOT = Path(__file__).parents[2]


def study(replicates: int) -> Study:
    """The study of killed.py."""
    return Study(
        communities=["small"],
        designs=["quyang_2014", "wuliqiao_2020"],
        replicates=replicates,
        weeks=10,
        reform_week=3,
    )


class Driver:
    """A driver in a process of its own."""

    def __init__(self, folder: Path, replicates: int) -> None:
        self.made = self.failed = 0
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("killed.py")), str(folder), "2", str(replicates)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.made, self.failed = (int(number) for number in line.split())

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def wait_for(self, made: int) -> None:
        """Wait until so many runs have been made."""
        deadline = time.monotonic() + 120
        while self.made < made and self.running:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        assert self.running, self.process.stderr and self.process.stderr.read()

    def offspring(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def workers(self, named: str = "spawn_main") -> list[psutil.Process]:
        found = []
        for process in self.offspring():
            with contextlib.suppress(psutil.NoSuchProcess):
                if named in " ".join(process.cmdline()):
                    found.append(process)
        return found

    def end(self, number: signal.Signals | None = None) -> str:
        """Send a signal, or wait for the end; see that nothing is left; returns what it said."""
        offspring = self.offspring()
        if number:
            self.process.send_signal(number)
        self.process.wait(120)
        self._reader.join()
        assert self.process.stdout
        assert self.process.stderr
        said = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        deadline = time.monotonic() + 5
        while alive := [process for process in offspring if lives(process)]:
            assert time.monotonic() < deadline, alive
            time.sleep(0.01)
        return said


def lives(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


@contextmanager
def driver(folder: Path, replicates: int) -> Iterator[Driver]:
    started = Driver(folder, replicates)
    try:
        yield started
    finally:
        if started.running:
            started.end(signal.SIGKILL)


def test_worker_and_driver_are_killed(tmp_path: Path) -> None:
    replicates = 8
    with driver(tmp_path / "killed", replicates) as first:
        first.wait_for(2)
        first.workers()[0].kill()
        first.wait_for(9)
        assert first.end(signal.SIGKILL) == ""
    with Store.open(tmp_path / "killed", study(replicates)) as store:
        assert 9 <= len(store.done) < 24
        assert not store.failed
        assert not store.problems
    told: list[Progress] = []
    stored = run_study(study(replicates), tmp_path / "killed", engine="serial", on_progress=told.append)
    assert told[-1].skipped == len(store.done)
    assert stored.runs["status"].eq("done").all()
    assert stored.digest() == run_study(study(replicates), tmp_path / "whole", engine="serial").digest()


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, -2), (signal.SIGTERM, 143)])
def test_interrupted(number: signal.Signals, code: int, tmp_path: Path) -> None:
    with driver(tmp_path, 40) as first:
        first.wait_for(4)
        said = first.end(number)
        assert first.process.returncode == code
        assert said.strip().splitlines()[-1:] == (["KeyboardInterrupt"] if number == signal.SIGINT else [])
        with Store.open(tmp_path, study(40)) as store:
            assert len(store.done) >= first.made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("replicates", "run_in"), [(2, 0), (1, 104)]
)  # those that share a run-in go together
def test_a_run_that_kills_its_workers_does_not_end_the_study(
    replicates: int, run_in: int, tmp_path: Path
) -> None:
    given = study(replicates)
    deadly = given.with_(designs=[*given.designs, broken("die")], run_in=run_in)
    stored = run_study(deadly, tmp_path, engine={"name": "dask", "workers": 2})
    failed = stored.runs[stored.runs["status"] == "failed"]
    assert set(failed["design"]) == {"broken_die"}
    assert len(failed) == replicates
    assert set(failed["error"]) == {
        "WorkerDied: the worker died 3 times over this run, perhaps for want of memory"
    }


@pytest.mark.slow
def test_a_worker_that_dies_once_costs_no_run(tmp_path: Path) -> None:
    deadly = study(2).with_(designs=[broken("die", once=tmp_path / "it has happened")])
    stored = run_study(deadly, tmp_path / "study", engine={"name": "dask", "workers": 2})
    assert (tmp_path / "it has happened").exists()
    assert stored.runs["status"].eq("done").all()


@pytest.mark.slow
def test_killed_at_random(tmp_path: Path) -> None:
    """Drivers, what they start, and workers are killed at random moments until the study is there."""
    replicates, seed = 250, int(os.environ.get("COGOV_SEED", random.SystemRandom().randrange(10**6)))
    print(f"seed {seed}")
    rng = random.Random(seed)
    kills = {"driver": 0, "host": 0, "worker": 0, "signal": 0}
    folder = tmp_path / "killed"
    for _ in range(40):
        with driver(folder, replicates) as current:
            moment = time.monotonic() + rng.choice([rng.uniform(0, 8), rng.uniform(5, 25)])
            while current.running and time.monotonic() < moment:
                time.sleep(rng.uniform(0, 2))
                if rng.random() < 0.4 and (workers := current.workers()):
                    with contextlib.suppress(psutil.NoSuchProcess):
                        rng.choice(workers).kill()
                        kills["worker"] += 1
            if not current.running:
                said = current.end()
                if not said:
                    break
                assert "StudyError: engine: " in said  # killed too often as it started
                continue
            how = rng.choice(["driver", "driver", "host", "signal"])
            hosts = current.workers("host.py")
            kills[how] += 1
            if how == "host" and hosts:
                hosts[0].kill()
                assert "the scheduler is gone" in current.end() or not current.running
            else:
                current.end(signal.SIGTERM if how == "signal" else signal.SIGKILL)
    print(kills)
    stored = run_study(study(replicates), folder, engine="serial", retry_failed=True)
    assert not stored.tables.problems
    assert stored.runs["run"].is_unique
    assert stored.runs["status"].eq("done").all()
    assert stored.digest() == run_study(study(replicates), tmp_path / "whole", engine="serial").digest()
