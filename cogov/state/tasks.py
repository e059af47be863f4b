"""Tasks from above (上级交办事务), and what upper levels learn by them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cogov.terms import Kind, Source

Floats = NDArray[np.float64]
RECORDS: Mapping[Kind, Source] = {
    Kind.REPAIR: Source.HOUSING,
    Kind.SANITATION: Source.URBAN_MANAGEMENT,
    Kind.DISPUTE: Source.PUBLIC_SECURITY,
    Kind.SAFETY: Source.EMERGENCY_MANAGEMENT,
    Kind.PUBLIC_SPACE: Source.CIVIL_AFFAIRS,
    Kind.PROPERTY_CONFLICT: Source.HOUSING,
    Kind.RENEWAL: Source.SUBDISTRICT,
    Kind.EMERGENCY: Source.EMERGENCY_MANAGEMENT,
}
"""Who keeps the records of each kind of issue (assumed)."""
KEEPS_RECORD = np.array([RECORDS[kind] for kind in Kind])
DTYPES = {"home": "i4", "source": "i4", "hours": "f8", "due": "i4", "report": "?", "late": "?"}


class Coming(NamedTuple):
    """The tasks of a week at the highest load: they come from outside, the same under every design.

    Attributes
    ----------
    home, source : ndarray of int, shape (tasks,)
        Neighbourhood of the committee, and who gives it (``Source``).
    own : ndarray, shape (tasks,)
        The number by which it is thinned, uniform in [0, 1).
    hours : ndarray, shape (tasks,)
    report : ndarray of bool, shape (tasks,)
        Whether it asks what is open in the neighbourhood.
    """

    home: NDArray[np.int32]
    source: NDArray[np.int32]
    own: NDArray[np.float32]
    hours: Floats
    report: NDArray[np.bool_]


class OpenTasks:
    """The tasks that committees have not done yet, one row each, and the records that reports carried up.

    Attributes
    ----------
    home : ndarray of int, shape (tasks,)
        Neighbourhood of the committee that has to do it.
    source : ndarray of int, shape (tasks,)
        Who gave it (``Source``).
    hours : ndarray, shape (tasks,)
        Hours it still takes.
    due : ndarray of int, shape (tasks,)
        Last week in which it is in time.
    report : ndarray of bool, shape (tasks,)
        Whether it asks what is open in the neighbourhood.
    late : ndarray of bool, shape (tasks,)
        Whether its time has passed.
    reported : ndarray of int, shape (neighbourhoods, sources)
        Week of the last report, 0 before the first.
    known : ndarray, shape (sources, buildings)
        Issues open in each building as they were last reported to each source.
    """

    home: NDArray[np.int32]
    source: NDArray[np.int32]
    hours: Floats
    due: NDArray[np.int32]
    report: NDArray[np.bool_]
    late: NDArray[np.bool_]

    def __init__(self, building_neighbourhood: NDArray[np.integer], neighbourhoods: int) -> None:
        self._home_of = building_neighbourhood
        for name, dtype in DTYPES.items():
            setattr(self, name, np.zeros(0, dtype))
        self.reported = np.zeros((neighbourhoods, len(Source)), dtype=np.int64)
        self.known = np.zeros((len(Source), len(building_neighbourhood)))

    def __len__(self) -> int:
        return len(self.home)

    def __repr__(self) -> str:
        """In one line; its columns are its attributes."""
        return f"<OpenTasks: {len(self):,}, {int(self.late.sum()):,} of them late>"

    def arrive(
        self,
        home: NDArray[np.integer],
        source: NDArray[np.integer],
        hours: Floats,
        report: NDArray[np.bool_],
        due: int,
    ) -> None:
        """Take in tasks, all due in one week."""
        new = {"home": home, "source": source, "hours": hours, "report": report}
        new |= {"due": np.full(len(home), due), "late": np.zeros(len(home), bool)}
        for name, dtype in DTYPES.items():
            setattr(self, name, np.concatenate([getattr(self, name), new[name].astype(dtype, copy=False)]))

    def work(self, given: Floats, week: int) -> tuple[NDArray[np.intp], int]:
        """Put hours into the tasks; returns the rows that are done, and how many are late from now on."""
        self.hours -= given
        done = self.hours <= 1e-6
        newly = ~done & ~self.late & (self.due <= week)
        self.late |= newly
        return done.nonzero()[0], int(np.count_nonzero(newly))

    def learn(self, rows: NDArray[np.intp], open_issues: NDArray[np.integer], week: int) -> None:
        """Let sources know what those of these tasks that are reports say.

        Parameters
        ----------
        rows : ndarray of int
        open_issues : ndarray of int, shape (sources, buildings)
            Issues that each source keeps records of and that are known in the neighbourhood, as it is now.
        """
        reports = rows[self.report[rows]]
        self.reported[self.home[reports], self.source[reports]] = week
        told = np.zeros(self.reported.T.shape, dtype=bool)
        told[self.source[reports], self.home[reports]] = True
        np.copyto(self.known, open_issues, where=told.take(self._home_of, 1))

    def read(self, open_issues: NDArray[np.integer], share: Floats, week: int) -> None:
        """Let all sources know a share of what is new in each neighbourhood's records, without a report."""
        self.known += share[self._home_of] * (open_issues - self.known)
        self.reported += np.round(share[:, None] * (week - self.reported)).astype(np.int64)

    def drop(self, rows: NDArray[np.intp]) -> None:
        """Take rows out."""
        kept = np.ones(len(self), dtype=bool)
        kept[rows] = False
        for name in DTYPES:
            setattr(self, name, getattr(self, name)[kept])
