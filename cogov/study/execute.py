"""Making one run of a study."""

from __future__ import annotations

import time
import traceback
from pathlib import Path
from typing import Any

from cogov.kit.memory import peak_mb
from cogov.simulation import simulate
from cogov.study.cell import Cell, RunResult
from cogov.study.machine import described
from cogov.study.study import Study


def execute(study: Study, cell: Cell) -> RunResult:
    """Run one cell; a run that fails is a result too, so that it does not end the study."""
    started = time.perf_counter()
    try:
        run = simulate(seed=cell.seed, **study.arguments(cell))
    except Exception as error:
        return RunResult(cell, time.perf_counter() - started, peak_mb(), described(), error=_described(error))
    return RunResult(
        cell,
        run.build_seconds + run.run_seconds,
        run.peak_mb,
        described(),
        residents=run.residents,
        weeks=run.weeks,
        digest=run.digest,
        run_in=0 if run.run_in is None else len(run.run_in),
        unsettled=", ".join(run.unsettled),
        outcomes=run.outcomes,
        series=run.series.to_numpy(),
        groups=run.groups,
        places=run.places if study.places else None,
    )


def _described(error: Exception) -> str:
    """The exception, and the line of code that raised it; files by name only, the same on any machine."""
    text: list[Any] = [f"{type(error).__name__}: {' '.join(str(error).split())}"]
    frames = traceback.extract_tb(error.__traceback__)
    if frames:
        text.append(f"({Path(frames[-1].filename).name}:{frames[-1].lineno})")
    return " ".join(text)
