"""A SLURM for real: job arrays of shards, and the engine that submits jobs.

    .venv/bin/python -m pytest -m slow tests/cluster/test_slurm.py

It uses the SLURM that is there; where there is none, but its packages are installed, it starts one of a
single node (see single_node_slurm.sh).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cogov.kit.errors import StudyError
from cogov.study import Study
from cogov.study.driver import run_study

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).with_name("single_node_slurm.sh")
ROOT = Path(__file__).parents[2]
ENGINE = {"name": "slurm", "jobs": 2, "memory": "1GB", "walltime": "00:10:00"}


@pytest.fixture(scope="module", autouse=True)
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    if shutil.which("sinfo") and subprocess.run(["sinfo"], capture_output=True).returncode == 0:
        yield
        return
    if not shutil.which("slurmctld") or not shutil.which("munged") or os.geteuid():
        pytest.skip("no SLURM here, and none can be started: needs root and the packages slurm-wlm and munge")
    folder = tmp_path_factory.mktemp("slurm")
    with pytest.MonkeyPatch.context() as patch:
        try:
            started = subprocess.run([SCRIPT, "start", folder], capture_output=True, text=True)
            assert started.returncode == 0, started.stderr
            patch.setenv("SLURM_CONF", str(folder / "slurm.conf"))
            yield
        finally:
            subprocess.run([SCRIPT, "stop", folder])


def study(replicates: int = 4) -> Study:
    return Study(
        name="blocks",
        communities=["small"],
        designs=["wuliqiao_2020"],
        parameters={"design.mechanisms.three_level_platform.blocks": [2, 3]},
        replicates=replicates,
        weeks=20,
        reform_week=5,
        run_in=0,
    )


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of the study, made in this process."""
    return run_study(study(), tmp_path_factory.mktemp("whole"), engine="serial").digest()


def jobs() -> list[str]:
    """Jobs of ours, waiting or running."""
    return subprocess.run(
        ["squeue", "--noheader", "--me", "--states=PD,R", "--format=%i"], capture_output=True, text=True
    ).stdout.split()


def wait(condition: object, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_job_array(tmp_path: Path, digest: str) -> None:
    """The script of docs/on-a-cluster.md, with a smaller study."""
    text = (ROOT / "docs" / "on-a-cluster.md").read_text(encoding="utf-8")
    script = "#!/bin/sh" + text.split("```bash\n#!/bin/sh")[1].split("```")[0]
    changes = {
        "experiment=compare_designs replicates=200": "name=blocks communities=[small] designs=[wuliqiao_2020]"
        " 'parameters.design.mechanisms.three_level_platform.blocks=[2,3]' replicates=4 weeks=20"
        f" reform_week=5 run_in=0 question='' places=false results={tmp_path}",
        "--array=1-16": "--array=1-3",
        "_ID/16": "_ID/3",
        "--mem=2G": "--mem=1G",
    }
    for old, new in changes.items():
        assert old in script
        script = script.replace(old, new)
    job = tmp_path / "job.sh"
    job.write_text(script)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["sbatch", "--wait", job],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    said = "".join(file.read_text() for file in tmp_path.glob("slurm-*.out"))
    assert done.returncode == 0, said
    from cogov.study.stored import open_study

    stored = open_study(tmp_path / "blocks")
    assert stored.status().parts == 3
    assert stored.digest() == digest


def test_engine(tmp_path: Path, digest: str) -> None:
    engine = {**ENGINE, "logs": str(tmp_path / "logs")}
    assert run_study(study(), tmp_path / "study", engine=engine).digest() == digest
    wait(lambda: not jobs())


def test_refused_job(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"the cluster did not start: .*[Ii]nvalid partition"):
        run_study(study(), tmp_path, engine={**ENGINE, "queue": "no_such_partition"})
    assert not jobs()


def test_jobs_end_with_a_killed_driver_and_are_followed_by_others(tmp_path: Path) -> None:
    command = (
        "from cogov.study.driver import run_study; from tests.cluster.test_slurm import study, ENGINE;"
        f"run_study(study(400), {str(tmp_path / 'study')!r}, engine={{**ENGINE, 'logs': {str(tmp_path)!r}}},"
        " on_progress=lambda p: print(p.made, flush=True))"
    )
    driver = subprocess.Popen(
        [sys.executable, "-c", command], cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert driver.stdout
    with driver, driver.stdout:
        while int(driver.stdout.readline()) < 3:
            pass
        first = jobs()
        assert len(first) == 2
        subprocess.run(["scancel", first[0]], check=True)
        wait(lambda: len(jobs()) == 2 and set(jobs()) != set(first))
        driver.send_signal(signal.SIGKILL)
    wait(lambda: not jobs(), 15)
