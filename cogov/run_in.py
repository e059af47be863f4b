"""Run-in (预运行): weeks under the baseline before the first one that counts, till the levels stand still."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cogov.outcomes import Record
from cogov.outcomes.stationary import LEAST, moved
from cogov.processes.model_state import ModelState
from cogov.terms import YEAR

RUN_IN = 10 * YEAR
"""The most weeks of a run-in, unless another number is given."""
RUN_IN_DOC = "most weeks of run-in under the baseline, which ends when the levels stand still; 0 for none"
BEFORE = -(2**32)
"""Start of the births' count in a run-in: its problems are none of the weeks that count."""


def live_in(model: ModelState, live: Callable[[], None], most: int) -> dict[str, float]:
    """Let a model live under the design in force, year by year, until all that is watched stands still.

    Parameters
    ----------
    model : ModelState
        In its beginning; the record of the run-in is then its record.
    live : callable
        Lives a week of it.
    most : int
        Weeks after which it is enough; whole years.

    Returns
    -------
    dict of str to float
        What still moves at the end, and by how much in the last year.
    """
    model.record = Record(model.community, most, 0)
    model.world.begin(BEFORE)
    unsettled: dict[str, float] = {}
    while model.week < most:
        for _ in range(YEAR):
            live()
        if model.week >= LEAST:
            unsettled = moved(model.record)
            if not unsettled:
                break
    return unsettled


def misfit_run_in(most: int, where: str = "") -> Iterator[str]:
    """What is wrong with the most weeks of a run-in, and what would do.

    Whole years keep the phases of months and quarters; of fewer than two nothing can be told.

    Parameters
    ----------
    most : int
        As given; at least 0.
    where : str
        Put before the name of the setting.
    """
    if most % YEAR or 0 < most < LEAST:
        near = max(round(most / YEAR) * YEAR, LEAST)
        yield (
            f"{where}run_in = {most}: must be 0 (none) or whole years of {YEAR} weeks, {LEAST} at least, such"
            f" as run_in={near} or run_in=0"
        )
