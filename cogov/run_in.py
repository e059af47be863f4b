"""Run-in (预运行): weeks under the baseline before the first one that counts, till the levels stand still."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cogov.outcomes import Record
from cogov.outcomes.stationary import LEAST, moved
from cogov.terms import YEAR

if TYPE_CHECKING:
    from cogov.model import GovernanceModel

RUN_IN = 10 * YEAR
"""The most weeks of a run-in, unless another number is given."""
RUN_IN_DOC = "most weeks of run-in under the baseline, which ends when the levels stand still; 0 for none"
BEFORE = -(2**32)
"""Start of the births' count in a run-in: its problems are none of the weeks that count."""


def live_in(model: GovernanceModel, most: int) -> None:
    """Let a model live under the design in force, year by year, until all that is watched stands still.

    What still moves after ``most`` weeks is in ``model.unsettled``.
    """
    model.run_in = model.record = Record(model.community, most, 0)
    model.world.begin(BEFORE)
    while model.week < most:
        for _ in range(YEAR):
            model.live()
        if model.week >= LEAST:
            model.unsettled = moved(model.record)
            if not model.unsettled:
                break
    model.start = model.week


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
