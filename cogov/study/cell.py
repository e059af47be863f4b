"""One run of a study: which it is before it runs, and what came out of it."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cogov.kit.memory import peak_mb
from cogov.simulation import simulate
from cogov.study.machine import described

if TYPE_CHECKING:
    import pandas as pd

    from cogov.study.study import Study

type Value = float | str | None
"""A parameter's value: a number, a text, or None where the design does not have the parameter."""


@dataclass(frozen=True)
class Cell:
    """One run, before it runs.

    Attributes
    ----------
    run : str
        16 hexadecimal digits: the hash of everything that determines the result.
    community, design : int
        Positions in ``study.communities`` and ``study.arms`` (the baseline is 0).
    values : tuple
        Values of ``study.paths``; None where a parameter does not apply to the design.
    replicate, seed : int
        Runs of one replicate have one seed, under every design.
    """

    run: str
    community: int
    design: int
    values: tuple[Value, ...]
    replicate: int
    seed: int


@dataclass(frozen=True)
class RunResult:
    """What came out of one run; a failed one has an error and no measures."""

    cell: Cell
    seconds: float
    peak_mb: float
    machine: str = ""
    """What it was made on: `cogov.study.machine.described`."""
    error: str = ""
    """Empty if the run was done; else the exception and where it was raised."""
    residents: int = 0
    weeks: int = 0
    digest: str = ""
    run_in: int = 0
    """Weeks before the first recorded one."""
    unsettled: str = ""
    """Levels that still moved then, by name, with commas."""
    outcomes: dict[str, float] | None = None
    series: NDArray[np.float64] | None = None
    """Shape (weeks, len(WEEKLY))."""
    groups: pd.DataFrame | None = None
    places: pd.DataFrame | None = None
    """None unless the study keeps places."""

    @property
    def status(self) -> str:
        """``done`` or ``failed``."""
        return "failed" if self.error else "done"


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
