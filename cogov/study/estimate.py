"""What a study would take, from one run that is timed."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from cogov.kit.errors import StudyError
from cogov.study.cell import Cell
from cogov.study.drawn import drawn, refusals
from cogov.study.engines import Engine
from cogov.study.engines.base import together
from cogov.study.execute import execute
from cogov.study.parts import find_parts
from cogov.study.plan import ALL_AT_ONCE
from cogov.study.store import Shard, Store, wanted
from cogov.study.study import Study


@dataclass(frozen=True)
class Estimate:
    """A plan in numbers.

    Attributes
    ----------
    runs, there : int
        Runs of the plan (of the shard), and how many of them the folder has.
    seconds, bytes : float
        Of the run that was timed, after its run-in.
    run_in : float
        Seconds of the run-in that was timed.
    run_ins : int
        How many run-ins the missing runs need; those of one world share some.
    workers : int or None
        That the engine will have; None if that is not known beforehand.
    drawn, screened : int
        How many of the runs are at draws of the assumptions, and at points of a screening.
    groups : int
        That a screening moves (in the community that has most).
    assumptions : int
        That are drawn (in the community that has most).
    refused : tuple of str
        Draws that are left out, in words.
    """

    study: Study
    folder: Path
    runs: int
    there: int
    seconds: float
    bytes: float
    run_in: float
    run_ins: int
    workers: int | None
    drawn: int = 0
    screened: int = 0
    groups: int = 0
    assumptions: int = 0
    refused: tuple[str, ...] = ()

    @property
    def core_hours(self) -> float:
        """Of one processor at work, until all that is missing is made."""
        return ((self.runs - self.there) * self.seconds + self.run_ins * self.run_in) / 3600

    @property
    def hours(self) -> float:
        """Until all that is missing is made; with one worker if their number is not known."""
        workers = self.workers or 1
        weeks = math.ceil((self.runs - self.there) / workers) * self.seconds
        return (weeks + math.ceil(self.run_ins / workers) * self.run_in) / 3600

    def as_dict(self) -> dict[str, Any]:
        """The plan in plain values."""
        study = self.study
        return {
            "study": study.name,
            "folder": str(self.folder),
            "communities": [community.name for community in study.communities],
            "designs": [design.name for design in study.arms],
            "parameters": [path.text for path in study.paths],
            "plan": study.plan.kind,
            "points": len(study.points),
            "conditions": len(study.conditions),
            "replicates": study.most,
            "robustness": None if study.robustness is None else study.robustness.draws,
            "assumptions": self.assumptions,
            "refused": list(self.refused),
            "runs_at_draws": self.drawn,
            "screening": 0 if study.robustness is None else study.robustness.screening,
            "groups": self.groups,
            "runs_of_screening": self.screened,
            "runs": self.runs,
            "there": self.there,
            "seconds_a_run": round(self.seconds, 3),
            "seconds_a_run_in": round(self.run_in, 3),
            "run_ins": self.run_ins,
            "workers": self.workers,
            "hours": round(self.hours, 4),
            "core_hours": round(self.core_hours, 4),
            "megabytes": round((self.runs - self.there) * self.bytes / 2**20, 3),
        }


def estimate(
    study: Study,
    engine: Engine,
    folder: Path,
    shard: Shard | None = None,
    only: Collection[str] | None = None,
) -> Estimate:
    """Time one run, of the last condition, and see what is there already; nothing is written to the folder.

    With a run-in it is made a second time, which shares the run-in: so the two are told apart.

    Parameters
    ----------
    only : collection of str, optional
        Ids of runs: no others count.

    Raises
    ------
    StudyError
        If that run fails.
    """
    parts = {folder: study, **drawn(study, folder)}
    mine = {place: wanted(part.cells(), shard, only) for place, part in parts.items()}
    result = execute(study, study.cells(1)[-1])
    if result.error:
        raise StudyError(f"the run that was to be timed failed: {result.error}")
    seconds = result.seconds
    if study.run_in:
        seconds = min(seconds, execute(study, study.cells(1)[-1]).seconds)
    with tempfile.TemporaryDirectory() as place:
        with Store.open(Path(place) / "timed", study) as store:
            store.add(result)
        files = [pq.ParquetFile(path) for path in Path(place).rglob("*.parquet")]
        # Without the footers, which a part of hundreds of runs has as well, but only once.
        size = sum(
            file.metadata.row_group(group).column(column).total_compressed_size
            for file in files
            for group in range(file.num_row_groups)
            for column in range(file.metadata.num_columns)
        )
    missing = {place: _missing(place, cells) for place, cells in mine.items()}
    runs, lacking = (sum(map(len, cells.values())) for cells in (mine, missing))
    ins = [list(together(parts[place], cells)) for place, cells in missing.items()] if study.run_in else []
    runs_of = dict.fromkeys(ALL_AT_ONCE, 0)
    groups = 0
    for where, part in parts.items():
        if where != folder:
            runs_of[part.plan.kind] += len(mine[where])
            groups = max(groups, part.plan.run_length(list(part.parameters)) - 1)
    return Estimate(
        study,
        folder,
        runs,
        runs - lacking,
        seconds,
        size,
        result.seconds - seconds,
        sum(map(len, ins)),
        engine.expected,
        runs_of["draws"],
        runs_of["screening"],
        groups,
        max((len(part.paths) for place, part in parts.items() if place != folder), default=0),
        tuple(refusals(part for place, part in parts.items() if place != folder)),
    )


def _missing(folder: Path, cells: list[Cell]) -> list[Cell]:
    """The cells whose runs a folder does not have."""
    parts = find_parts(folder, None).parts if folder.exists() else []
    done = {run for part in parts for run in part.rows["run"].to_pylist()}
    return [cell for cell in cells if cell.run not in done]
