"""A run that is followed: what it came to, and by what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cogov.activities.cases import SERIAL
from cogov.outcomes import Record
from cogov.reasons.levels import Levels
from cogov.reasons.spread import spread
from cogov.run import Run
from cogov.state.issues import State
from cogov.terms import Kind
from cogov.trace import Trace, case_id

if TYPE_CHECKING:
    from cogov.model import GovernanceModel


@dataclass(frozen=True)
class Lived:
    """One run, followed.

    Attributes
    ----------
    outcomes : dict of str to float
        As of any run.
    channels, groups : DataFrame
        Where levels come from: `Levels`.
    hours : DataFrame
        ``post, duty, value``: hours a week, mean over the weeks that count.
    events : DataFrame
        What happened to every issue: `cogov.trace.SCHEMA`.
    issues : DataFrame
        By ``case_id``: ``kind``, ``compound``, ``born`` (week of the record) and ``people``, those affected.
    """

    outcomes: dict[str, float]
    channels: pd.DataFrame
    groups: pd.DataFrame
    hours: pd.DataFrame
    events: pd.DataFrame
    issues: pd.DataFrame

    def without_issues(self) -> Lived:
        """The same without what is as long as there are issues."""
        return replace(self, events=self.events.iloc[:0].copy(), issues=self.issues.iloc[:0].copy())


def live(run: Run) -> Lived:
    """Live through a run and follow it; what it comes to is what it comes to unfollowed."""
    from cogov.model import GovernanceModel  # with Mesa, which takes most of a second

    model = GovernanceModel.of(run)
    levels, trace = Levels(model, model.keep_channels()), model.follow(Trace("all"))
    first, issues = first_week(run), [standing(model, born_now=False)]
    for week in range(1, run.weeks + 1):
        model.run_until(week)
        issues.append(standing(model))
        if week > first:
            levels.add()
    outcomes = model.outcomes() | {"weeks": float(run.weeks - first)}
    return Lived(
        outcomes,
        levels.channels(),
        levels.groups(),
        hours(model.record, first),
        trace.to_frame(),
        pd.concat(issues),
    )


def standing(model: GovernanceModel, born_now: bool = True) -> pd.DataFrame:
    """Issues by case: those born in the week just lived, or all that are open."""
    issues, start = model.issues, model.start
    rows = np.flatnonzero(issues.born == model.week if born_now else issues.state < State.RESOLVED)
    numbers = issues.id[rows] - (start << SERIAL)
    return pd.DataFrame(
        {
            "kind": [Kind(kind).label for kind in issues.kind[rows].tolist()],
            "compound": issues.compound[rows],
            "born": issues.born[rows] - start,
            "people": issues.row1[rows] - issues.row0[rows],
        },
        index=pd.Index([case_id(number) for number in numbers.tolist()], name="case_id", dtype=object),
    )


def first_week(run: Run) -> int:
    """Recorded weeks before those that count, as for the outcomes of a run."""
    return run.reform_week if run.weeks > run.reform_week else 0


def hours(record: Record, first: int) -> pd.DataFrame:
    """Hours a week that each post spent on each duty, those of departments among them."""
    table = record.hours_by_post()
    weeks = record.weeks - first
    found = table[table["week"] > first].groupby(["post", "duty"])["hours"].sum().div(weeks).reset_index()
    departments = float(record.to_frame()["hours_departments"].iloc[first:].mean())
    found = found.rename(columns={"hours": "value"})
    line = pd.DataFrame([("departments", "handling", departments)], columns=list(found))
    return pd.concat([found, line], ignore_index=True)


def paired(
    pairs: Sequence[tuple[pd.DataFrame, pd.DataFrame]], keys: Sequence[str], value: str = "value"
) -> pd.DataFrame:
    """Two designs side by side over seeds.

    Parameters
    ----------
    pairs : sequence of (DataFrame, DataFrame)
        ``value`` (or another column) by ``keys`` under A and B, a pair a seed; what one does not have is 0.

    Returns
    -------
    DataFrame
        ``keys``, ``a``, ``b``, means over seeds, and what `cogov.reasons.spread.spread` says of B - A.
    """
    named, place = list(keys), dict[tuple[str, ...], int]()
    for table in (side for both in pairs for side in both):
        for key in table[named].itertuples(index=False, name=None):
            place.setdefault(key, len(place))
    found = np.zeros((2, len(pairs), len(place)))
    for seed, both in enumerate(pairs):
        for side, table in enumerate(both):
            rows = [place[key] for key in table[named].itertuples(index=False, name=None)]
            np.add.at(found[side, seed], rows, table[value].to_numpy(dtype=float))
    a, b = found
    known = {"a": a.mean(0), "b": b.mean(0)} | spread(b - a, np.abs(found).max((0, 1), initial=0.0))
    return pd.concat([pd.DataFrame(list(place), columns=named), pd.DataFrame(known)], axis=1)
