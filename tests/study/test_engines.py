"""Engines: how they are named, that they give the same results, and that they leave nothing behind."""

from __future__ import annotations

import os
import random
import resource
import socket
import ssl
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import distributed
import numpy as np
import psutil
import pytest
import yaml
from distributed.security import Security

from cogov.kit.errors import CogovError, ConfigError, StudyError
from cogov.kit.resources import shipped
from cogov.study import Cell, RunResult, Study
from cogov.study.engines import (
    DaskEngine,
    Engine,
    PbsEngine,
    SerialEngine,
    SlurmEngine,
    read_engine,
    registry,
)
from cogov.study.engines.base import TOGETHER, together
from cogov.study.engines.jobqueue import JobQueueEngine
from cogov.study.engines.pool import ONE_THREAD, DaskPool
from cogov.study.execute import execute
from tests.study.faults import broken

OWN = ("serial", "dask", "slurm", "pbs")


def little(**changes: object) -> Study:
    """Three designs, eight weeks: runs of a few hundredths of a second."""
    values = {
        "name": "little",
        "communities": ["small"],
        "designs": ["quyang_2014", "wuliqiao_2020"],
        "replicates": 2,
        "weeks": 8,
        "reform_week": 3,
    }
    return Study(**{**values, **changes})


def plain(result: RunResult) -> tuple[object, ...]:
    """What must not depend on the engine."""
    assert result.outcomes is not None
    assert result.series is not None
    assert result.groups is not None
    return (
        result.cell,
        result.error,
        result.digest,
        repr(result.outcomes),
        result.series.tobytes(),
        result.groups.to_csv(),
    )


def offspring() -> set[int]:
    """Processes that come from this one."""
    return {child.pid for child in psutil.Process().children(recursive=True)}


class TestNames:
    def test_registry(self) -> None:
        assert set(OWN) <= registry().keys()

    @pytest.mark.parametrize("name", OWN)
    def test_shipped_configuration_is_the_default(self, name: str) -> None:
        values = yaml.safe_load((shipped("configs") / "engine" / f"{name}.yaml").read_text())
        assert read_engine(values) == read_engine(name)

    def test_read(self) -> None:
        engine = DaskEngine(workers=3)
        assert read_engine(engine) is engine
        assert read_engine({"name": "dask", "workers": 3}) == engine
        assert read_engine({"workers": 3}) == engine
        assert read_engine("serial") == SerialEngine()

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ("dusk", "unknown engine 'dusk'; did you mean 'dask'"),
            ({"name": "dask", "worker": 2}, "no parameter 'worker'; did you mean 'workers'"),
            ({"name": "dask", "workers": 0}, "engine dask.workers = 0: must be between"),
            ({"name": "dask", "address": "host:8786"}, "must be like tls://HOST:PORT"),
            ({"name": "dask", "address": "tcp://host:8786", "workers": 2}, "has its own"),
            ({"address": "tcp://host:1", "tls_ca": "ca.pem"}, "begins with tls://, and need both tls_ca"),
            ({"name": "serial", "workers": 2}, "engine serial has no parameter 'workers'"),
            ({"name": "slurm", "walltime": "1h"}, "engine slurm.walltime = '1h': must be like 01:30:00"),
            ({"name": "pbs", "memory": "much"}, "engine pbs.memory = 'much': must be like 500MB"),
        ],
    )
    def test_wrong(self, value: object, message: str) -> None:
        with pytest.raises(ConfigError, match=message):
            read_engine(value)  # type: ignore[arg-type]

    def test_somebody_elses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Entry:
            name, value = "mine", "my.package:thing"
            thing: object = type("Mine", (Engine,), {"name": "mine"})

            def load(self) -> object:
                return self.thing

        entry = Entry()
        monkeypatch.setattr("cogov.kit.plugins.entry_points", lambda group: [entry])
        registry.cache_clear()
        try:
            assert registry()["mine"] is entry.thing
            for thing, message in (
                (int, "is not a cogov Engine"),
                (SerialEngine, "the name 'serial' is taken"),
            ):
                registry.cache_clear()
                entry.thing = thing
                with pytest.raises(ConfigError, match=message):
                    registry()
        finally:
            monkeypatch.undo()
            registry.cache_clear()


@pytest.fixture(scope="module")
def pool() -> Iterator[DaskPool]:
    """Two workers, which all tests here share: to start them takes seconds."""
    with DaskEngine(workers=2).open(100) as pool:
        yield pool


def test_runs_of_one_world_go_together_where_they_share_a_run_in() -> None:
    levels = {"design.mechanisms.three_level_platform.blocks": [1, 2], "community.elder_share": [0.3, 0.4]}
    study = little(designs=["wuliqiao_2020"], parameters=levels, replicates=2, run_in=104)
    bundles = list(together(study, study.cells()))
    assert [cell for bundle in bundles for cell in bundle] == study.cells()
    for bundle in bundles:
        assert len(bundle) <= TOGETHER
        assert len({study.world(cell) for cell in bundle}) == 1
    assert max(map(len, bundles)) > 1
    assert {len(bundle) for bundle in together(study.with_(run_in=0), study.cells())} == {1}


class TestDask:
    def test_a_shared_run_in_changes_no_result(self, pool: DaskPool) -> None:
        study = little(run_in=104, replicates=1)
        found = {result.cell: plain(result) for result in pool.results(study, study.cells())}
        assert found == {cell: plain(execute(study, cell)) for cell in study.cells()}

    def test_results_are_those_of_the_serial_engine(self, pool: DaskPool) -> None:
        study = little()
        cells = study.cells()
        shuffled = random.Random(1).sample(cells, len(cells))
        found = {result.cell: plain(result) for result in pool.results(study, shuffled)}
        assert found == {cell: plain(execute(study, cell)) for cell in cells}

    def test_cells_are_taken_as_needed(self, pool: DaskPool) -> None:
        study = little(replicates=8)
        taken: list[Cell] = []

        def cells() -> Iterator[Cell]:
            for cell in study.cells():
                taken.append(cell)
                yield cell

        results = pool.results(study, cells())
        for number in range(1, 4):
            next(results)
            assert len(taken) <= number + 2 * pool.workers + 2
        results.close()
        assert len(taken) < len(study.cells())

    def test_a_failing_run_is_a_result(self, pool: DaskPool) -> None:
        study = little(designs=[broken("raise")], replicates=1)
        results = {result.cell.design: result for result in pool.results(study, study.cells())}
        assert results[0].status == "done"
        assert results[1].error.startswith("RuntimeError: the mechanism is broken (faults.py:")

    def test_workers_have_one_thread_and_no_ear_for_ctrl_c(self, pool: DaskPool) -> None:
        workers = pool.client.run(lambda: ({name: os.environ.get(name) for name in ONE_THREAD}, os.getsid(0)))
        assert len(workers) == pool.workers == 2
        for environment, session in workers.values():
            assert environment == ONE_THREAD
            assert session != os.getsid(0)

    def test_only_this_machine_can_reach_them(self, pool: DaskPool) -> None:
        for pid in offspring():
            for connection in psutil.Process(pid).net_connections():
                assert connection.laddr.ip == "127.0.0.1"

    def test_nobody_without_the_certificate_is_let_in(self, pool: DaskPool) -> None:
        """Neither by what they send, nor by a certificate of their own; and there are no other ports."""
        address = pool.client.scheduler.address
        assert address.startswith("tls://")
        for claimed, security in (
            (address.replace("tls:", "tcp:"), None),
            (address, Security.temporary()),
        ):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with pytest.raises(OSError, match=r"Timed out|closed|certificate|SSL"):
                    distributed.Client(claimed, security=security, timeout=0.5, set_as_default=False)
        ports = {
            connection.laddr.port
            for pid in offspring()
            for connection in psutil.Process(pid).net_connections()
            if connection.status == psutil.CONN_LISTEN
        }
        assert len(ports) == 1 + 2 * pool.workers  # the scheduler, the workers and who starts them again
        anybody = ssl._create_unverified_context()
        for port in ports:
            with (
                socket.create_connection(("127.0.0.1", port)) as bare,
                anybody.wrap_socket(bare) as wrapped,
                pytest.raises(ssl.SSLError, match="CERTIFICATE_REQUIRED"),
            ):
                wrapped.recv(1)

    def test_memory_that_comes_and_goes_is_kept(self, pool: DaskPool) -> None:
        """Dask's own setting of the allocator costs 390 page faults for each of these arrays."""

        def faults() -> int:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
            for _ in range(200):
                np.ones(200_000).sum()
            return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

        assert all(count < 5_000 for count in pool.client.run(faults).values())


def test_nothing_is_left(capfd: pytest.CaptureFixture[str]) -> None:
    before = dict(os.environ), offspring(), set(threading.enumerate())
    study = little(replicates=1)
    with DaskEngine(workers=5).open(1) as pool:
        assert pool.workers == 1  # as there is one run
        assert len(list(pool.results(study, study.cells()))) == 3
        assert offspring() > before[1]
    assert (dict(os.environ), offspring(), set(threading.enumerate())) == before
    assert capfd.readouterr() == ("", "")


class TestErrors:
    def test_no_scheduler(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cogov.study.engines.pool.CONNECT", 0.2)
        with (
            pytest.raises(StudyError, match="no dask scheduler can be reached at tcp://127"),
            DaskEngine(address="tcp://127.0.0.1:9").open(1),
        ):
            pass

    def test_certificates_that_are_not_there(self, tmp_path: Path) -> None:
        files = {"tls_ca": str(tmp_path / "ca.pem"), "tls_cert": str(tmp_path / "me.pem")}
        with (
            pytest.raises(ConfigError, match=r"ca\.pem: there is no such file"),
            DaskEngine(address="tls://127.0.0.1:9", **files).open(1),
        ):
            pass
        for file in files.values():
            Path(file).write_text("nonsense", encoding="utf-8")
        with (
            pytest.raises(StudyError, match="no dask scheduler can be reached at tls://127"),
            DaskEngine(address="tls://127.0.0.1:9", **files).open(1),
        ):
            pass

    def test_cluster_does_not_start(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DASK_DISTRIBUTED__COMM__DEFAULT_SCHEME", "smoke")
        monkeypatch.setattr(sys, "path", ["/nowhere"])
        monkeypatch.setattr(sys, "executable", "/bin/false")
        with pytest.raises(StudyError, match="the cluster did not start"), DaskEngine(workers=1).open(1):
            pass

    def test_jobs_need_a_package_and_a_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        with pytest.raises(CogovError, match="no command 'sbatch' here"), SlurmEngine().open(1):
            pass
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
        with pytest.raises(CogovError, match=r"pip install 'cogov\[cluster\]'"), SlurmEngine().open(1):
            pass


def test_jobs_as_the_queueing_system_gets_them(tmp_path: Path) -> None:
    import dask_jobqueue

    engine = SlurmEngine(
        cores=4, walltime="1-02:00:00", queue="short", account="me", directives=("--constraint=avx2",),
        before=("module load python",),
    )  # fmt: skip
    script = dask_jobqueue.slurm.SLURMJob("tcp://1.2.3.4:5", "cogov-0", **job_options(engine)).job_script()
    for text in (
        "#SBATCH -p short", "#SBATCH -A me", "#SBATCH --cpus-per-task=4", "#SBATCH -t 1-02:00:00",
        "#SBATCH --constraint=avx2", "export OMP_NUM_THREADS=1", "module load python", "--nworkers 4",
        "--nthreads 1", "--lifetime 84240s",
    ):  # fmt: skip
        assert text in script

    script = dask_jobqueue.pbs.PBSJob("tcp://1.2.3.4:5", "0", **job_options(PbsEngine(cores=4))).job_script()
    for text in ("#PBS -l select=1:ncpus=4:mem=1908MB", "#PBS -l walltime=01:00:00", "--nworkers 4"):
        assert text in script


def job_options(engine: JobQueueEngine) -> dict[str, object]:
    """What of the options is a job's."""
    options = engine.options()
    del options["scheduler_options"]
    return options


@pytest.mark.parametrize("value", [3, ["dask"], 1.5])
def test_what_is_no_engine_is_refused(value):
    with pytest.raises(ConfigError, match="engine must be a name, or a mapping"):
        read_engine(value)
