"""Above (上级): who gives committees tasks, and how many there are whatever institutions do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.community import Committees
from cogov.kit.fields import Parameters, param
from cogov.kit.runs import runs
from cogov.kit.streams import Poisson, Streams, exponential_of
from cogov.processes.ahead import Ahead
from cogov.rules.kinds.tasks import MOST
from cogov.state.tasks import Coming
from cogov.terms import Source

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Administer(Parameters):
    """What comes from above. How much of it there is stands in the community's profile (``admin_share``)."""

    mix: tuple[float, ...] = param(
        (0.15, 0.15, 0.15, 0.15, 0.20, 0.20),
        low=0,
        high=1,
        length=(len(Source), len(Source)),
        doc="how much of the tasks each source gives, relative to each other, in the order of Source",
    )
    hours: float = param(
        4.0,
        low=0.1,
        unit="h",
        doc="hours a task takes, mean",
        source="derived: two committees recorded 1,852 and 1,886 tasks in a year (huaboedu.com, 2003)",
    )
    weeks: int = param(
        2, low=0, unit="weeks", doc="weeks after its arrival in which a task is in time", plausible=(1, 4)
    )
    report: float = param(
        0.04,
        low=0,
        high=1,
        doc="share of tasks that report what is open: about one a month for each source",
        plausible=(0.02, 0.08),
    )


class Above(Ahead[Coming]):
    """Whoever gives tasks, and how many at the highest load, whatever institutions do.

    On average all tasks take the share of a committee's hours that the profile says, times `MOST`.

    Parameters
    ----------
    parameters : Administer
    committees : Committees
    streams : Streams
    """

    def __init__(self, parameters: Administer, committees: Committees, streams: Streams) -> None:
        self.parameters, self.streams = parameters, streams
        burden = committees.admin_share.astype(float) * committees.staff * committees.hours  # hours a week
        mix = np.array(parameters.mix, dtype=float)
        self._law = Poisson(MOST * burden[:, None] * (mix / max(mix.sum(), 1e-12)) / parameters.hours)

    def gives(self, week: int) -> Coming:
        """All tasks of a week at the highest load."""
        return self._in_week(week)

    def _of_weeks(self, weeks: range) -> list[Coming]:
        drawn = [self._draw(week) for week in weeks]
        by_whom, numbers = (np.concatenate(parts, axis=-1) for parts in zip(*drawn, strict=True))
        home, source = (part.astype(np.int32) for part in np.divmod(by_whom, len(Source)))
        own, report, long = numbers[0].astype(np.float32), *numbers[1:]
        hours, report = self.parameters.hours * exponential_of(long), report < self.parameters.report
        of_week = runs(len(whose) for whose, _ in drawn)
        return [Coming(home[of], source[of], own[of], hours[of], report[of]) for of in of_week]

    def _draw(self, week: int) -> tuple[NDArray[np.intp], Floats]:
        """By whom tasks of a week come to whom, a cell each, and three uniform numbers of each of them."""
        draws = self.streams.generator("tasks", week)
        number = self._law.draw(draws)
        by_whom = np.arange(number.size).repeat(number.ravel())
        return by_whom, draws.random((3, len(by_whom)))
