"""Why B came out otherwise than A (缘由): the question, the pairs of runs, the tables that answer it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
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
    on_week: Callable[[], None] | None = None,
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
    on_week : callable, optional
        Called after every week of every run.
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
    return answer(pairs, outcome, on_week)


def answer(pairs: Sequence[tuple[Run, ...]], outcome: str, on_week: Callable[[], None] | None = None) -> Why:
    """The answer from pairs of runs, A before B, that differ in the design alone.

    Raises
    ------
    ConfigError
        For an outcome that nothing is known to say about, or without a pair.
    """
    check_outcome(outcome)
    if not pairs:
        raise ConfigError("seeds: there must be at least one")
    a, b = pairs[0]
    counted = outcome if outcome in COUNTED else COUNTED[0]
    weeks, norm = (first_week(a) + 1, a.weeks), a.processes.appraise.norm
    lived, issues, events = [], [], list[pd.DataFrame]()
    for pair in pairs:
        one, other = (live(run, on_week) for run in pair)
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


def _outcomes(run: Lived) -> pd.DataFrame:
    wanted = {name: value for name, value in run.outcomes.items() if name in OUTCOMES}
    return pd.DataFrame(wanted.items(), columns=["outcome", "value"])


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            str(key): None if isinstance(value, float) and not math.isfinite(value) else value
            for key, value in row.items()
        }
        for row in table.to_dict("records")
    ]
