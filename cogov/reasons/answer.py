"""Why B came out otherwise than A (缘由): the question, the pairs of runs, the tables that answer it."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from cogov.kit.errors import ConfigError, unknown
from cogov.kit.files import whole
from cogov.reasons import telling
from cogov.reasons.cases import COUNTED, cases, classes
from cogov.reasons.found import Found
from cogov.reasons.hours import bought
from cogov.reasons.lived import Lived, first_week, live, paired
from cogov.reasons.stories import stories
from cogov.run import Run
from cogov.study.engines import DaskEngine, SerialEngine
from cogov.words import check_language

LEVELS = ("satisfaction", "trust_committee", "trust_firm", "trust_neighbours", "belonging")
"""Outcomes that are levels of residents: decomposed into channels and groups."""
TABLES = ("totals", "classes", "cases", "stories", "channels", "groups", "people", "hours", "bought")
"""Tables of an answer."""
OUTCOMES = (*COUNTED, *LEVELS)
"""What can be asked about."""


@dataclass(frozen=True, eq=False)
class Why(Found):
    """What makes the difference between two designs, from runs of the same worlds under both; it tells it."""

    def __repr__(self) -> str:
        """In one line; ``print`` gives the answer."""
        return f"<Why {self.b} against {self.a} on {self.community}: {self.outcome}, {len(self.seeds)} seeds>"

    def __str__(self) -> str:
        return self.text()

    def headline(self, lang: str = "en") -> str:
        """The answer in a sentence.

        Raises
        ------
        StudyError
            For an unknown language.
        """
        check_language(lang)
        return telling.headline(self, lang)

    def text(self, lang: str = "en") -> str:
        """The answer in words, line by line."""
        check_language(lang)
        return "\n".join(telling.lines(self, lang))

    def as_dict(self) -> dict[str, Any]:
        """Everything in plain values; what does not exist is None."""
        about: dict[str, Any] = {
            "community": self.community,
            "a": self.a,
            "b": self.b,
            "outcome": self.outcome,
        }
        about |= {"seeds": list(self.seeds), "weeks": self.weeks, "headline": self.headline()}
        return about | {name: _records(getattr(self, name)) for name in TABLES if name != "cases"}

    def to_json(self) -> str:
        """`as_dict` as one JSON object."""
        return json.dumps(self.as_dict(), ensure_ascii=False, allow_nan=False)

    def write(self, folder: str | Path) -> list[Path]:
        """Write every table of `TABLES` into a folder that is there, as CSV and as Parquet.

        Raises
        ------
        StudyError
            If one cannot be written.
        """
        written = []
        for name in TABLES:
            table: pd.DataFrame = getattr(self, name)
            for ending, write in (("csv", table.to_csv), ("parquet", table.to_parquet)):
                written.append(whole(Path(folder) / f"{name}.{ending}", partial(write, index=False)))
        return written


def why(
    a: Any,
    b: Any,
    community: Any = "small",
    *,
    seeds: Sequence[int] = (1,),
    outcome: str = "resolution_rate",
    workers: int = 1,
    on_run: Callable[[], None] | None = None,
    **settings: Any,
) -> Why:
    """Find out why design B came out otherwise than design A.

    Both are run on the same community with the same seeds, so that the same people meet the same problems.

    Parameters
    ----------
    a, b : str, Path or Design
        Name of a shipped design, path of a YAML file, or the design itself.
    community : str, Path, Profile or Community
    seeds : sequence of int
        A pair of runs for each.
    outcome : str
        What to explain: one of `OUTCOMES`.
    workers : int
        Processes that make the runs, as ``engine.workers`` of a study, from 1; the answer is the same with
        any number of them.
    on_run : callable, optional
        Called after every run.
    **settings
        As for `cogov.simulate`: ``weeks``, ``reform_week``, ``run_in`` ...

    Returns
    -------
    Why

    Raises
    ------
    CogovError
        If anything given cannot be used.
    """
    pairs = [
        tuple(Run.of(community=community, design=design, seed=seed, **settings) for design in (a, b))
        for seed in seeds
    ]
    return answer(pairs, outcome, workers, on_run)


def answer(
    pairs: Sequence[tuple[Run, ...]],
    outcome: str,
    workers: int = 1,
    on_run: Callable[[], None] | None = None,
) -> Why:
    """The answer from pairs of runs, A before B, that differ in the design alone.

    Raises
    ------
    ConfigError
        For an outcome that nothing is known to say about, without a pair, or without a worker.
    """
    check_outcome(outcome)
    if not pairs:
        raise ConfigError("seeds: there must be at least one")
    a, b = pairs[0]
    counted = outcome if outcome in COUNTED else COUNTED[0]
    weeks, norm = (first_week(a) + 1, a.weeks), a.processes.appraise.norm
    lived, issues, events = [], [], list[pd.DataFrame]()
    engine = SerialEngine() if workers == 1 else DaskEngine(workers=workers)
    with engine.open(2 * len(pairs)) as pool:
        runs = _counted(pool.each(live, itertools.chain.from_iterable(pairs)), on_run)
        for one, other in itertools.batched(runs, 2):
            issues.append(cases(one, other, weeks, norm, counted))
            events = events or [one.events, other.events]  # stories are told of the first seed
            lived.append((one.without_issues(), other.without_issues()))

    def both(table: str, keys: Sequence[str], value: str = "value") -> pd.DataFrame:
        return paired([(getattr(one, table), getattr(other, table)) for one, other in lived], keys, value)

    division = ("outcome", "by", "group", "channel")
    groups = both("groups", division)
    groups.insert(4, "residents", both("groups", division, "residents")["a"])
    groups["contribution"] = both("groups", division, "contribution")["difference"]
    people = both("groups", division[:3])
    people.insert(3, "residents", groups.groupby(list(division[:3]), sort=False)["residents"].first().array)
    people["contribution"] = both("groups", division[:3], "contribution")["difference"]
    parts = classes(issues, [other.outcomes[counted] - one.outcomes[counted] for one, other in lived])
    seeds = tuple(first.seed for first, _ in pairs)
    told = stories(parts, issues[0], seeds[0], events)
    return Why(
        community=a.community.name,
        zh={part.name: zh for part in (a.community, a.design, b.design) if (zh := getattr(part, "zh", ""))},
        a=a.design.name,
        b=b.design.name,
        outcome=outcome,
        seeds=seeds,
        weeks=a.weeks - first_week(a),
        totals=paired([(_outcomes(one), _outcomes(other)) for one, other in lived], ("outcome",)),
        cases=pd.concat(issues, keys=seeds, names=["seed"]).reset_index(),
        classes=parts,
        stories=told,
        events=tuple(table[table["case_id"].isin(told["case_id"])] for table in events),
        channels=both("channels", ("outcome", "channel")),
        channels_by_seed=_by_seed([(one.channels, other.channels) for one, other in lived], seeds),
        groups=groups,
        people=people,
        hours=both("hours", ("post", "duty")),
        bought=bought([(one.outcomes, other.outcomes) for one, other in lived]),
    )


def check_outcome(outcome: str) -> None:
    """See that something can be said about an outcome.

    Raises
    ------
    ConfigError
        If not, naming the nearest.
    """
    if outcome not in OUTCOMES:
        raise ConfigError(unknown("outcome that can be explained", outcome, OUTCOMES))


def _counted(runs: Iterable[Lived], on_run: Callable[[], None] | None) -> Iterator[Lived]:
    for run in runs:
        if on_run is not None:
            on_run()
        yield run


def _outcomes(run: Lived) -> pd.DataFrame:
    wanted = {name: value for name, value in run.outcomes.items() if name in OUTCOMES}
    return pd.DataFrame(wanted.items(), columns=["outcome", "value"])


def _by_seed(pairs: Sequence[tuple[pd.DataFrame, pd.DataFrame]], seeds: Sequence[int]) -> pd.DataFrame:
    """B - A by outcome and channel, in the order of both together; what one does not have is 0."""
    keys = ["outcome", "channel"]
    each = [[table.set_index(keys)["value"] for table in pair] for pair in pairs]
    return pd.concat([b.sub(a, fill_value=0.0) for a, b in each], axis=1, keys=seeds).fillna(0.0)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            str(key): None if isinstance(value, float) and not math.isfinite(value) else value
            for key, value in row.items()
        }
        for row in table.to_dict("records")
    ]
