"""What the engines of queueing systems have in common: workers that are jobs (作业)."""

from __future__ import annotations

import importlib.util
import math
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from cogov.kit.errors import ConfigError, StudyError
from cogov.kit.fields import param
from cogov.study.engines.base import Engine
from cogov.study.engines.pool import NO_DASHBOARD, ONE_THREAD, DaskPool, hosted

WALLTIME = re.compile(r"(?:(\d+)-)?(\d+):([0-5]\d):([0-5]\d)")
MEMORY = re.compile(r"\d+(\.\d+)? ?[kMGT]i?B")


@dataclass(frozen=True, kw_only=True)
class JobQueueEngine(Engine):
    """Workers are jobs that the driver submits and cancels (dask-jobqueue)."""

    cluster: ClassVar[str]
    """Class of dask_jobqueue."""
    submit: ClassVar[str]
    """Command that submits a job."""

    jobs: int = param(
        1, low=1, high=10_000, unit="jobs", doc="jobs at a time; one that ends is followed by another"
    )
    cores: int = param(1, low=1, high=1024, unit="cores", doc="cores of a job; each makes one run at a time")
    memory: str = param("2GB", doc="memory of a job, as 2GB; about 0.5GB a core is plenty for a subdistrict")
    walltime: str = param("01:00:00", doc="longest time of a job, as HH:MM:SS or D-HH:MM:SS")
    queue: str = param("", doc="queue, or partition; empty: the system's default")
    account: str = param("", doc="account that is charged; empty: the user's default")
    directives: tuple[str, ...] = param((), doc="further options of a job, as --constraint=avx2")
    before: tuple[str, ...] = param((), doc="shell commands before a worker starts, as module load python")
    interface: str = param("", doc="network interface that nodes reach the driver by, as ib0; empty: any")
    shared: str = param(
        "", doc="folder that all nodes see, for the certificates of the study while it runs; empty: the home"
    )
    logs: str = param("", doc="folder for what jobs print; empty: where the driver was started")

    def __post_init__(self) -> None:
        super().__post_init__()
        problems = []
        if not WALLTIME.fullmatch(self.walltime):
            problems.append(f"walltime = {self.walltime!r}: must be like 01:30:00 or 2-00:00:00")
        if not MEMORY.fullmatch(self.memory):
            problems.append(f"memory = {self.memory!r}: must be like 500MB or 2GB")
        if problems:
            raise ConfigError("\n".join(f"{self.title()}.{problem}" for problem in problems))

    @property
    def expected(self) -> int:
        return self.jobs * self.cores

    @contextmanager
    def open(self, runs: int) -> Iterator[DaskPool]:
        if importlib.util.find_spec("dask_jobqueue") is None:
            raise StudyError(f"{self.title()} needs dask-jobqueue: pip install 'cogov[cluster]'")
        if shutil.which(self.submit) is None:
            raise StudyError(
                f"{self.title()}: there is no command {self.submit!r} here; start the driver where jobs are"
                " submitted, or use engine=dask"
            )
        jobs = min(self.jobs, math.ceil(runs / self.cores))
        shared = Path(self.shared).expanduser() if self.shared else Path.home()
        with (
            hosted(self.cluster, self.options(), jobs, shared) as (address, security),
            DaskPool.connected(address, security, expected=False) as pool,
        ):
            yield pool

    def options(self) -> dict[str, Any]:
        """Arguments of the class of dask_jobqueue."""
        match = WALLTIME.fullmatch(self.walltime)
        assert match
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
        given: dict[str, Any] = {
            "cores": self.cores,
            "processes": self.cores,
            "memory": self.memory,
            "walltime": self.walltime,
            "queue": self.queue or None,
            "account": self.account or None,
            "interface": self.interface or None,
            "job_extra_directives": list(self.directives),
            "job_script_prologue": [f"export {name}={value}" for name, value in ONE_THREAD.items()]
            + list(self.before),
            # Workers leave before the system ends them in the middle of a run.
            "worker_extra_args": ["--lifetime", f"{int(total * 0.9)}s"],
            "job_name": "cogov",
            "log_directory": self.logs or None,
            "scheduler_options": NO_DASHBOARD,
        }
        return {key: value for key, value in given.items() if value is not None}
