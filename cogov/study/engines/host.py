"""The process that a cluster lives in: its scheduler, and what starts and restarts its workers.

It stands between the driver and the workers so that the driver's environment, signals, standard error and
main module are no concern of the workers; and it ends, and all workers with it, when its standard input
does: however the driver dies, the operating system closes that.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import shutil
import sys
import threading
import time
from typing import Any

import dask

CONFIG = {
    # For short-lived programs that free much; an array that comes and goes would be mapped anew each time,
    # at a hundred times the page faults.
    "distributed.nanny.pre-spawn-environ": {"MALLOC_TRIM_THRESHOLD_": None},
    # Nothing is shown to a browser: see `_hide`.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # A run that kills its worker is tried on as many workers more before it counts as failed ...
    "distributed.scheduler.allowed-failures": 2,
    # ... and no other run is to be blamed: a worker has one at a time, the others wait at the scheduler.
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.scheduler.work-stealing": False,
    # Results are taken away at once, so there is nothing to write to disk, and a worker that grows is
    # grown by its run: pausing it would not help.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 0.95,
    "distributed.worker.multiprocessing-method": "spawn",
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
}

CLIENT = ("ca_file", "client_cert", "client_key")
"""What a client needs of the certificates."""
ATTEMPTS = 3
"""Attempts to start workers."""


def main() -> None:
    """Read what to start from standard input, print its address, and stay until standard input ends."""
    order = json.loads(sys.stdin.readline())
    scratch = order["scratch"]
    clusters: list[Any] = []
    threading.Thread(target=_end_with_driver, args=(clusters, scratch), daemon=True).start()
    dask.config.set(CONFIG | {"temporary-directory": scratch})
    try:
        security = _certificates()
        _start(order["kind"], {**order["options"], "security": security}, order["jobs"], clusters)
        _hide(clusters[0])
    except Exception as error:
        text = " ".join(str(error).split())
        print(json.dumps({"error": f"{type(error).__name__}: {text}"}), flush=True)
    else:
        # Who reads our standard output is the driver, and nobody else has the key.
        client = {f"tls_{key}": getattr(security, f"tls_{key}") for key in CLIENT}
        print(json.dumps({"address": clusters[0].scheduler_address, "security": client}), flush=True)
    threading.Event().wait()


def _certificates() -> Any:
    """A key and a certificate for this cluster alone: whoever has not got them is not talked to."""
    from distributed.security import Security

    return Security.temporary()  # type: ignore[no-untyped-call]


def _hide(cluster: Any) -> None:
    """Close the web servers that schedulers and workers have in any case: they know no certificates."""
    from distributed import WorkerPlugin
    from distributed.protocol.pickle import dumps

    class Hide(WorkerPlugin):
        def setup(self, worker: Any) -> None:
            worker.http_server.stop()

    async def hide() -> None:
        cluster.scheduler.http_server.stop()
        plugin = dumps(Hide())  # type: ignore[no-untyped-call]
        await cluster.scheduler.register_worker_plugin(None, plugin, name="hide", idempotent=False)

    cluster.sync(hide)


def _start(kind: str, options: dict[str, Any], jobs: int, clusters: list[Any]) -> None:
    if kind == "local":
        from distributed import LocalCluster

        for attempt in range(1, ATTEMPTS + 1):
            try:
                clusters.append(LocalCluster(**options))  # type: ignore[no-untyped-call]
                break
            except RuntimeError:  # a worker has died as it started; those of this attempt are ended
                if attempt == ATTEMPTS:
                    raise
    else:
        import dask_jobqueue

        # Workers on other machines read their configuration from their environment.
        config = f"export DASK_INTERNAL_INHERIT_CONFIG={dask.config.serialize(CONFIG)}"
        options["job_script_prologue"].append(config)
        clusters.append(getattr(dask_jobqueue, kind)(**options))  # known before it has jobs to cancel
        clusters[0].sync(_submit, clusters[0], jobs)
        threading.Thread(target=_keep_jobs, args=(clusters[0], jobs), daemon=True).start()


async def _submit(cluster: Any, jobs: int) -> None:
    """Submit jobs; raises what the queueing system says if it refuses them, as `scale` alone does not."""
    cluster.scale(jobs=jobs)
    await cluster._correct_state()


def _keep_jobs(cluster: Any, jobs: int) -> None:
    """Submit jobs, and others in the place of those that have ended: their time is limited."""
    while True:
        time.sleep(15)
        cluster.scale(jobs=jobs)


def _end_with_driver(clusters: list[Any], scratch: str) -> None:
    """End everything when the driver closes our input, or is dead."""
    sys.stdin.read()
    for cluster in clusters:
        if hasattr(cluster, "job_cls"):
            with contextlib.suppress(Exception):
                cluster.close(timeout=10)  # cancels its jobs
        else:
            for nanny in cluster.workers.values():
                nanny.close_gracefully("its driver has ended")  # which keeps it from starting another worker
    for child in multiprocessing.active_children():  # also of a cluster that is just being made
        child.kill()
        child.join()
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()
