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
from cogov.search.drawn import Draws
from cogov.search.search import Search
from cogov.study.driver import Progress, run_study
from cogov.study.engines import Engine, Pool, read_engine
from cogov.study.folder import CONFIG
from cogov.study.stored import open_study
from cogov.study.study import Study
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
    """Designs run by an engine and kept in studies, which have every run once.

    Parameters
    ----------
    search : Search
    folder : Path
        Of the search.
    engine : str, mapping or Engine
    on_progress : callable, optional
        As for `cogov.run_study`, batch by batch.
    """

    def __init__(
        self,
        search: Search,
        folder: Path,
        engine: Any = "dask",
        on_progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self._search, self._folder = search, folder / RUNS
        self._engine = read_engine(engine)
        self._tell = on_progress
        self._stack = contextlib.ExitStack()
        self._open: Engine | None = None
        self._draws = None if search.robustness is None else Draws(search)
        self._stores: dict[int, _Stored] = {}

    def __enter__(self) -> Simulated:
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    @property
    def there(self) -> int:
        """How many runs are stored."""
        replicates = range(self._search.most) if self._draws else [0]
        return sum(len(self._store(replicate).values) for replicate in replicates)

    def __call__(self, designs: Sequence[Design], replicates: range) -> Array:
        if self._draws is None:
            return self._store(0)(self._search.study(designs), designs, replicates)
        parts = [self._store(one)(self._draws.study(designs, one), designs, range(1)) for one in replicates]
        return np.concatenate(parts)

    def _store(self, replicate: int) -> _Stored:
        if replicate not in self._stores:
            folder = self._folder / f"draw-{replicate:04d}" if self._draws else self._folder
            self._stores[replicate] = _Stored(folder, self._search.measured, self._run)
        return self._stores[replicate]

    def _run(self, study: Study, folder: Path, missing: set[str]) -> None:
        if self._open is None:
            self._open = Open(pool=self._stack.enter_context(self._engine.open(len(missing))))
        run_study(study, folder, engine=self._open, only=missing, on_progress=self._tell)


class _Stored:
    """One study of a search: its values, and the designs it has so far."""

    def __init__(
        self, folder: Path, measured: Sequence[str], run: Callable[[Study, Path, set[str]], None]
    ) -> None:
        self._folder, self._measured, self._run = folder, measured, run
        self._known: dict[str, Design] = {}
        self._most = 1
        self.values: dict[str, tuple[float, ...]] = {}
        if (folder / CONFIG).exists():
            stored = open_study(folder).study
            self._known = {design.name: design for design in stored.designs}
            self._most = stored.most
            self._read()

    def __call__(self, study: Study, designs: Sequence[Design], replicates: range) -> Array:
        """Measures of designs, which the study has under the same names; NaN for those it has not."""
        names = [arm.name for arm in study.arms]
        ids = {
            (cell.replicate, names[cell.design]): cell.run
            for cell in study.cells(replicates.stop)
            if cell.replicate in replicates
        }
        keys = [[(replicate, design.name) for design in designs] for replicate in replicates]
        wanted = {ids[key] for row in keys for key in row if key in ids}
        if missing := wanted - self.values.keys():
            self._known |= {design.name: design for design in study.designs}
            self._most = max(self._most, study.most)
            every = study.with_(designs=tuple(self._known.values()), replicates=self._most)
            self._run(every, self._folder, missing)
            self._read()
        nothing = (np.nan,) * len(self._measured)
        rows = [[self.values[ids[key]] if key in ids else nothing for key in row] for row in keys]
        return np.array(rows, dtype=float).reshape(len(replicates), len(designs), -1)

    def _read(self) -> None:
        runs = Tables(self._folder).runs()
        done = runs["status"].eq("done").to_numpy()
        values = np.full((len(runs), len(self._measured)), np.nan)
        for column, name in enumerate(self._measured):
            values[done, column] = runs.loc[done, name].to_numpy(dtype=float, na_value=np.nan)
        self.values = dict(zip(runs["run"].astype(str), map(tuple, values.tolist()), strict=True))
