"""The engine for PBS."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.study.engines.jobqueue import JobQueueEngine


@dataclass(frozen=True, kw_only=True)
class PbsEngine(JobQueueEngine):
    """Jobs of PBS or Torque."""

    name = "pbs"
    cluster = "PBSCluster"
    submit = "qsub"
