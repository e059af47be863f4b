"""The runs of a search: what is stored already is read, what is missing is made."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from cogov.analysis.intervals import Array
from cogov.kit.fields import param
from cogov.rules import Design
from cogov.search.search import Search
from cogov.study.driver import Progress, run_study
from cogov.study.engines import Engine, Pool, read_engine
from cogov.study.folder import CONFIG
from cogov.study.stored import open_study
from cogov.study.tables import Tables

RUNS = "runs"
"""The study of all designs tried, in the folder of a search."""


class Evaluate(Protocol):
    """What runs designs."""

    def __call__(self, designs: Sequence[Design], replicates: range) -> Array:
        """Measures of runs; shape (replicates, designs, measures), NaN where a run failed."""


@dataclass(frozen=True, kw_only=True)
class Open(Engine):
    """An engine that has been started already: workers stay from one batch of designs to the next."""

    name = "open"
    pool: Any = param(doc="the workers")

    @contextlib.contextmanager
    def open(self, runs: int) -> Iterator[Pool]:
        yield self.pool


class Simulated:
    """Designs run by an engine and kept in a study, which has every run once.

    Parameters
    ----------
    search : Search
    folder : Path
        Of the search.
    engine : str, mapping or Engine
    on_progress : callable, optional
        As for `cogov.run_study`, batch by batch.

    Attributes
    ----------
    made : int
        Runs made since it was opened.
    """

    def __init__(
        self,
        search: Search,
        folder: Path,
        engine: Any = "dask",
        on_progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self._search, self.folder = search, folder / RUNS
        self._engine = read_engine(engine)
        self._tell = on_progress
        self._known: dict[str, Design] = {}
        self._values: dict[str, tuple[float, ...]] = {}
        self._stack = contextlib.ExitStack()
        self._open: Engine | None = None
        self._most = search.most
        self.made = 0
        if (self.folder / CONFIG).exists():
            stored = open_study(self.folder).study
            self._known = {design.name: design for design in stored.designs}
            self._most = max(search.most, stored.most)
            self._read()

    def __enter__(self) -> Simulated:
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    @property
    def there(self) -> set[str]:
        """Ids of the runs that are stored."""
        return set(self._values)

    def __call__(self, designs: Sequence[Design], replicates: range) -> Array:
        study = self._search.study(designs)
        position = {arm.name: place for place, arm in enumerate(study.arms)}
        ids = {
            (cell.replicate, cell.design): cell.run
            for cell in study.cells(replicates.stop)
            if cell.replicate in replicates
        }
        wanted = {ids[replicate, position[design.name]] for replicate in replicates for design in designs}
        if missing := wanted - self._values.keys():
            self._make(designs, missing)
        rows = [[self._values[ids[r, position[design.name]]] for design in designs] for r in replicates]
        return np.array(rows, dtype=float).reshape(len(replicates), len(designs), -1)

    def _make(self, designs: Sequence[Design], missing: set[str]) -> None:
        self._known |= {design.name: design for design in designs}
        if self._open is None:
            self._open = Open(pool=self._stack.enter_context(self._engine.open(len(missing))))
        study = self._search.study(list(self._known.values())).with_(replicates=self._most)
        run_study(study, self.folder, engine=self._open, only=missing, on_progress=self._tell)
        self.made += len(missing)
        self._read()

    def _read(self) -> None:
        runs = Tables(self.folder).runs()
        done = runs["status"].eq("done").to_numpy()
        values = np.full((len(runs), len(self._search.measured)), np.nan)
        for column, name in enumerate(self._search.measured):
            values[done, column] = runs.loc[done, name].to_numpy(dtype=float, na_value=np.nan)
        self._values = dict(zip(runs["run"].astype(str), map(tuple, values.tolist()), strict=True))
