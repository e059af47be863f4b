"""One run of a study: which it is before it runs, and what came out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

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
