"""What an engine costs: wall time x workers against the sum of what the runs themselves took.

``make bench`` runs it; it takes both cores of a small machine for some minutes, and says little if they are
not idle. ``extra_info`` has the overhead in per cent, seconds until the first result, and what the driver
takes of the processor for a run.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

import pytest

from cogov import load_design
from cogov.kit.errors import DesignError
from cogov.study import Study
from cogov.study.driver import Progress, run_study
from cogov.study.stored import open_study

WORKERS = 2


def eleven_designs(replicates: int) -> Study:
    """The three shipped designs, and the newest without one mechanism each."""
    whole = load_design("wuliqiao_2020")
    without = []
    for mechanism in whole.mechanisms:
        with contextlib.suppress(DesignError):  # others may need what it brings
            without.append(whole.without(mechanism.name, name=f"without_{mechanism.name}"))
    designs = ["line_hierarchy", "quyang_2014", whole, *without][:11]
    assert len(designs) == 11
    return Study(name="eleven", communities=["small"], designs=designs, replicates=replicates)


@pytest.mark.slow
@pytest.mark.benchmark(max_time=0, warmup=False)
def test_overhead(benchmark, tmp_path: Path) -> None:
    """11 designs x 100 replicates: under 5 % besides the runs."""
    study = eleven_designs(int(os.environ.get("COGOV_BENCH_REPLICATES", "100")))
    told: list[Progress] = []

    def run() -> float:
        started = time.perf_counter()
        run_study(study, tmp_path, engine={"name": "dask", "workers": WORKERS}, on_progress=told.append)
        return time.perf_counter() - started

    processor = time.process_time()
    wall = benchmark.pedantic(run, rounds=1)
    processor = time.process_time() - processor
    seconds = open_study(tmp_path).runs["seconds"]
    overhead = 100 * (wall * WORKERS / seconds.sum() - 1)
    benchmark.extra_info.update(
        runs=len(seconds),
        wall=round(wall, 1),
        mean_run_ms=round(1000 * float(seconds.mean()), 1),
        until_first_result=round(next(p.seconds for p in told if p.made), 2),
        driver_ms_per_run=round(1000 * processor / len(seconds), 2),
        overhead_percent=round(float(overhead), 2),
    )
    assert overhead < 5
