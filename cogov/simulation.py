"""One simulation from a community and a design to outcomes, timed and measured."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cogov.community import Community, Profile
from cogov.kit.errors import ConfigError
from cogov.kit.memory import peak_mb
from cogov.outcomes import group_table, place_table
from cogov.rules import Design, Scope
from cogov.run import Run

if TYPE_CHECKING:
    import pandas as pd

    from cogov.trace import Trace


MAIN = ("resolution_rate", "satisfaction", "trust_committee", "participation", "needs_met", "cost")
"""Outcomes by which a run is told in a line."""


@dataclass(frozen=True)
class Result:
    """What came out of one simulation."""

    community: str
    design: str
    seed: int
    weeks: int
    residents: int
    outcomes: dict[str, float]
    """Run outcomes by name; `cogov.outcomes.MEASURES` says what each is."""
    series: pd.DataFrame
    """Weekly measures, one row a week."""
    twin: pd.DataFrame | None
    """Weekly measures of the same run without its shocks, equal until the first; None without a shock."""
    groups: pd.DataFrame
    """Means after the reform by age, tenure, age of compound and start: `cogov.outcomes.group_table`."""
    places: pd.DataFrame
    """Measures after the reform by compound: `cogov.outcomes.place_table`."""
    run_in: pd.DataFrame | None
    """Weekly measures of the run-in, up to week 0; None without one."""
    unsettled: dict[str, float]
    """Levels that still moved when the record began, by how much in a year; empty without a run-in."""
    build_seconds: float
    """To the first recorded week; short where the run-in had been lived through for the run before."""
    run_seconds: float
    peak_mb: float
    """Highest resident memory of the process so far, in MiB."""
    digest: str
    """SHA-256 of the record's bytes, in hexadecimal: equal for equal runs."""
    events: pd.DataFrame | None = None
    """What happened to the issues that were followed (`cogov.trace.SCHEMA`); None where none were."""

    def __repr__(self) -> str:
        """In one line; ``print`` gives the main outcomes line by line."""
        told = ", ".join(f"{name} {self.outcomes[name]:.4g}" for name in MAIN if name in self.outcomes)
        return (
            f"<Result {self.community}, {self.design}, seed {self.seed}, {self.weeks} weeks: {told};"
            f" digest {self.digest[:12]}>"
        )

    def __str__(self) -> str:
        head = f"{self.community} · {self.design} · seed {self.seed} · {self.weeks} weeks"
        told = [f"  {name:<16} {self.outcomes[name]:.4g}" for name in MAIN if name in self.outcomes]
        told.append(f"  and {len(self.outcomes) - len(told)} more in .outcomes; weeks in .series")
        if self.unsettled:
            told.append(f"not stationary when the record began: {', '.join(self.unsettled)}")
        return "\n".join([head, *told, f"digest {self.digest}"])

    def as_dict(self) -> dict[str, Any]:
        """Everything but the tables, in plain values; an outcome that does not exist is None."""
        outcomes = {
            key: float(value) if math.isfinite(value) else None for key, value in self.outcomes.items()
        }
        return {
            "community": self.community,
            "design": self.design,
            "seed": self.seed,
            "weeks": self.weeks,
            "residents": self.residents,
            "run_in": 0 if self.run_in is None else len(self.run_in),
            "unsettled": self.unsettled,
            "outcomes": outcomes,
            "build_seconds": round(self.build_seconds, 4),
            "run_seconds": round(self.run_seconds, 4),
            "peak_mb": round(self.peak_mb, 1),
            "digest": self.digest,
        }

    def to_json(self) -> str:
        """`as_dict` as one JSON object, in UTF-8 letters."""
        return json.dumps(self.as_dict(), ensure_ascii=False, allow_nan=False)


def simulate(
    community: str | Path | Profile | Community | Run,
    design: str | Path | Design | None = None,
    seed: int = 7,
    *,
    on_week: Callable[[int], None] | None = None,
    trace: Trace | None = None,
    **settings: Any,
) -> Result:
    """Run one design on one community.

    Parameters
    ----------
    community : str, Path, Profile, Community or Run
        Name of a shipped profile, path of a table of compounds, or the thing itself; or a whole run, and then
        nothing besides.
    design : str, Path or Design
        Name of a shipped design, path of a YAML file, or the design itself.
    seed : int
        Seed of the run, at least 0. The same seed gives the same run, to the bit.
    on_week : callable, optional
        Called after every week with the number of weeks done.
    trace : Trace, optional
        What is to be followed; the events are in ``Result.events``, and nothing else is changed by it.
    **settings
        As for `cogov.model.GovernanceModel`: ``weeks``, ``reform_week``, ``baseline``, ``timeline``,
        ``processes``, ``shocks``, ``run_in``. Runs one after the other with the same community, seed,
        baseline, processes and run-in share the run-in, with the same results as if each had its own.

    Raises
    ------
    CogovError
        If anything given cannot be used.

    Examples
    --------
    >>> run = simulate("small", "wuliqiao_2020", seed=1, weeks=30)
    >>> run.weeks
    30
    """
    # Here, and before the clock starts: Mesa takes longer to import than all else together, and whoever
    # plans, reads or reports studies needs none of it.
    import pandas as pd

    from cogov.model import GovernanceModel

    if isinstance(community, Run) and (settings or design is not None):
        raise ConfigError(f"{community!r} is a whole run: give nothing besides it")
    started = time.perf_counter()
    if isinstance(community, Run):
        run = community
    else:
        run = Run.of(community=community, design=design or "line_hierarchy", seed=seed, **settings)
    model = GovernanceModel.of(run)
    if trace is not None:
        model.follow(trace)
    built = time.perf_counter()
    for week in range(1, model.last_week + 1):
        model.run_until(week)
        if on_week is not None:
            on_week(week)
    ended = time.perf_counter()
    before = None
    if model.run_in is not None:
        before = model.run_in.to_frame().set_axis(pd.RangeIndex(1 - model.start, 1, name="week"))
    drawn = any(isinstance(rule, Scope) and rule.number for rule in model.institutions.rules)
    return Result(
        community=model.community.name,
        design=model.design.name,
        seed=model.settings.seed,
        weeks=model.last_week,
        residents=len(model.residents),
        outcomes=model.outcomes(),
        series=model.record.to_frame(),
        twin=None if model.twin is None else model.twin.record.to_frame(),
        groups=group_table(model.record),
        places=place_table(model.record, model.institutions.areas["block"] if drawn else None),
        run_in=before,
        unsettled=dict(model.unsettled),
        build_seconds=built - started,
        run_seconds=ended - built,
        peak_mb=peak_mb(),
        digest=model.record.digest(),
        events=None if model.trace is None else model.trace.to_frame(),
    )
