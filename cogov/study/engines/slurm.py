"""The engine for SLURM."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.study.engines.jobqueue import JobQueueEngine


@dataclass(frozen=True, kw_only=True)
class SlurmEngine(JobQueueEngine):
    """Jobs of SLURM."""

    name = "slurm"
    cluster = "SLURMCluster"
    submit = "sbatch"
