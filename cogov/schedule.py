"""What happens when in a run: one check for the model, a run and a study."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cogov.processes import Epidemic
    from cogov.rules import Design


def misfits(
    weeks: int,
    reform_week: int,
    designs: Iterable[Design],
    baseline: Design,
    timeline: Iterable[int] = (),
    shocks: Iterable[Epidemic] = (),
    where: str = "",
) -> Iterator[str]:
    """What would never happen because the run has ended by then, and what to change.

    A run whose only design has the mechanisms of the baseline adopts nothing, and may end at any time.

    Parameters
    ----------
    weeks, reform_week : int
    designs : iterable of Design
        Those adopted after ``reform_week`` weeks.
    timeline : iterable of int
        Weeks after which further designs are adopted.
    shocks : iterable of Epidemic
    where : str
        Put before the names of settings: ``"study."``.
    """
    if reform_week >= weeks and any(design.mechanisms != baseline.mechanisms for design in designs):
        yield (
            f"{where}reform_week = {reform_week}: must be before the end (weeks = {weeks}), or the design is"
            f" never adopted; give more weeks or an earlier reform_week, such as"
            f" weeks={reform_week + 156} or reform_week={weeks // 7}"
        )
    for week in timeline:
        if week >= weeks:
            yield (
                f"{where}timeline: week {week} is not before the end (weeks = {weeks}); its design is never"
                " adopted: give more weeks or an earlier week"
            )
    for shock in shocks:
        if shock.week > weeks:
            yield (
                f"{where}shocks: {type(shock).__name__.lower()} in week {shock.week}, after the last week"
                f" (weeks = {weeks}): give more weeks or an earlier week, from 1 to {weeks}"
            )
