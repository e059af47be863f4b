"""From what a user types after ``cogov search`` to a search and how it is run; and searching."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from cogov.config import compose_values
from cogov.kit.errors import DesignError
from cogov.kit.fields import Parameters, param
from cogov.kit.files import folder_name
from cogov.search.found import SearchResult
from cogov.search.runs import RUNS, Simulated
from cogov.search.search import Search
from cogov.search.seek import seek
from cogov.study.driver import Progress
from cogov.study.engines import Engine, read_engine
from cogov.study.estimate import estimate


@dataclass(frozen=True, kw_only=True)
class Execution(Parameters):
    """How a search is run: nothing here changes a result."""

    engine: Engine = param(doc="what the runs are made with")
    results: str = param(doc="folder in which the search's own folder is made")
    dry_run: bool = param(doc="whether only the price is said")
    format: str = param(choices=("table", "json"), doc="how results are printed")

    @classmethod
    def title(cls) -> str:
        return "search"

    def folder(self, search: Search) -> Path:
        """Where a search is kept."""
        return Path(self.results) / folder_name(search.name)


def compose_search(
    overrides: Sequence[str] = (), config_dirs: Sequence[Path] = ()
) -> tuple[Search, Execution]:
    """Compose and check a search; `cogov.config.compose` says how overrides read.

    Raises
    ------
    CogovError
        For anything wrong; the message names the key, the value and what is allowed.
    """
    how = {field.name for field in fields(Execution)}
    values = compose_values(overrides, "search", [*(f.name for f in fields(Search)), *how], config_dirs)
    execution = {key: value for key, value in values.items() if key in how}
    execution["engine"] = read_engine(execution.get("engine") or "dask")
    asked = {key: value for key, value in values.items() if key not in how}
    return Search.from_mapping(Search.resolved(asked, config_dirs)), Execution.from_mapping(execution)


def search_designs(
    search: Search,
    folder: str | Path | None = None,
    *,
    engine: str | Mapping[str, Any] | Engine = "dask",
    on_progress: Callable[[Progress], None] | None = None,
) -> SearchResult:
    """Search for the best designs; what the folder has already is not run again.

    The same search with the same results goes the same way, so that one that was interrupted goes on where it
    ended.

    Parameters
    ----------
    search : Search
    folder : str or Path, optional
        ``results/NAME`` unless another is given.
    engine : str, mapping or Engine
        As for `cogov.run_study`.
    on_progress : callable, optional
        Called with a `cogov.study.driver.Progress` of the batch of designs that is being run.

    Returns
    -------
    SearchResult
        Its designs are also written to ``FOLDER/front``.

    Raises
    ------
    CogovError
        If runs cannot be made or kept; what was finished is kept.

    Examples
    --------
    >>> found = search_designs(search, engine="serial")  # doctest: +SKIP
    >>> found.points  # doctest: +SKIP
    """
    place = Path(folder or Path("results") / folder_name(search.name))
    with Simulated(search, place, engine, on_progress) as evaluate:
        found = SearchResult(search, seek(search, evaluate), place)
    found.write()
    return found


@dataclass(frozen=True)
class Price:
    """What a search would take, at most.

    Attributes
    ----------
    designs : int
        Tried at most, of ``space`` that there are.
    screening, race, fresh : int
        Runs of each phase, at most.
    there : int
        Runs that the folder has already, of any.
    seconds : float
        Of the run that was timed.
    hours : float
        In all, at most, if none were there.
    """

    space: int
    designs: int
    screening: int
    race: int
    fresh: int
    there: int
    seconds: float
    hours: float

    @property
    def runs(self) -> int:
        """Runs in all, at most."""
        return self.screening + self.race + self.fresh


def price(search: Search, engine: Engine, folder: Path) -> Price:
    """Time one run, of everything that may be on if that goes together, and count.

    Raises
    ------
    StudyError
        If that run fails.
    """
    designs = min(search.evaluations, search.space.size)
    named = len(search.designs) + 1
    entrants = min(search.shortlist, designs) + named
    timed = search.study([_heaviest(search)]).with_(replicates=1)
    one = estimate(timed, engine, folder / RUNS)
    screening, race = (designs + named) * search.screening, entrants * search.replicates
    fresh = entrants * search.fresh
    worlds = search.most * math.ceil((designs + named) / search.batch) if search.run_in else 0
    workers = one.workers or 1
    seconds = (screening + race + fresh) / workers * one.seconds + worlds / workers * one.run_in
    with Simulated(search, folder, engine) as stored:
        there = stored.there
    size, hours = search.space.size, seconds / 3600
    return Price(size, designs + named, screening, race, fresh, there, one.seconds, hours)


def _heaviest(search: Search) -> Any:
    space = search.space
    everything = [1] * len(space.mechanisms) + [len(levels) - 1 for levels in space.parameters.values()]
    try:
        return space.design(everything)
    except DesignError:
        return (search.designs or (search.baseline,))[0]
