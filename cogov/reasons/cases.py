"""Issues in pairs: the same one under A and under B, where its paths part, and what that did to whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cogov.reasons.lived import Lived
from cogov.reasons.paths import ONLY_A, ONLY_B, SAME, Event, Fate, fate, histories, parting
from cogov.reasons.spread import spread

Floats = NDArray[np.float64]
COUNTED = ("resolution_rate", "resolved", "lost")
"""Outcomes that are decomposed into issues."""
SUMS = ("difference", "resolved", "in_time", "lost", "weeks", "person_weeks")
"""What is added up over the issues of a class, B - A."""
REMAINDER = "remainder"


def cases(a: Lived, b: Lived, weeks: tuple[int, int], norm: float, outcome: str) -> pd.DataFrame:
    """Every issue of a pair of runs.

    Parameters
    ----------
    weeks : tuple of int
        The first and last week that count.
    norm : float
        Weeks within which an issue is resolved in time.
    outcome : str
        One of `COUNTED`.

    Returns
    -------
    DataFrame
        By ``case_id``: ``kind``, ``compound``, ``born``, ``people``; ``path`` (the class), ``by`` (who or
        what decided where the paths part), ``turn``, ``week``; ``end_a`` and ``end_b``; and, B - A,
        ``difference`` (the issue's part in the difference of the outcome), ``resolved``, ``in_time``,
        ``lost``, ``weeks`` (without a solution) and ``person_weeks`` (times the people affected).
    """
    told = [histories(run.events) for run in (a, b)]
    about = pd.concat([a.issues, b.issues])
    about = about[~about.index.duplicated()]
    rows, fates = [], list[tuple[Fate, Fate]]()
    for case, born in about["born"].items():
        mine, theirs = (history.get(str(case), []) for history in told)
        rows.append(_part(mine, theirs))
        fates.append(
            tuple(fate(one, born, weeks, norm) if one else Fate("none") for one in (mine, theirs))  # type: ignore[arg-type]
        )
    table = about.join(pd.DataFrame(rows, columns=["path", "by", "turn", "week"], index=about.index))
    counts = np.array([[one[1:] for one in pair] for pair in fates], dtype=float).reshape(-1, 2, 5)
    resolved, lost, in_norm, _, open_weeks = (counts[:, 1] - counts[:, 0]).T
    table["end_a"], table["end_b"] = ([pair[side].end for pair in fates] for side in (0, 1))
    parts = {
        "resolved": resolved,
        "lost": lost,
        "resolution_rate": _of_rate(counts[:, :, 2], counts[:, :, 3]),
    }
    table["difference"] = parts[outcome]
    table["resolved"], table["in_time"], table["lost"], table["weeks"] = resolved, in_norm, lost, open_weeks
    table["person_weeks"] = open_weeks * table["people"]
    return table


def _part(mine: Sequence[Event], theirs: Sequence[Event]) -> tuple[str, str, int, int]:
    if not mine or not theirs:
        return (ONLY_A if mine else ONLY_B), "", 0, (mine or theirs)[0].week
    found = parting(mine, theirs)
    return tuple(found) if found else (SAME, "", len(mine), -1)  # type: ignore[return-value]


def _of_rate(in_norm: Floats, due: Floats) -> Floats:
    """What each issue does to the difference of two rates: they add up to it.

    With n of d issues in time, n_b / d_b - n_a / d_a = (n_b - n_a - r (d_b - d_a)) / d, where r is the mean
    of both rates and d that of both numbers due.
    """
    whole, part = due.sum(0), in_norm.sum(0)
    if not whole.all():
        return np.full(len(due), np.nan)
    rate, number = float((part / whole).mean()), float(whole.mean())
    return np.asarray((in_norm[:, 1] - in_norm[:, 0] - rate * (due[:, 1] - due[:, 0])) / number)


def classes(pairs: Sequence[pd.DataFrame], totals: Sequence[float]) -> pd.DataFrame:
    """Issues by where their paths part: means over seeds, and how well the difference is known.

    Parameters
    ----------
    pairs : sequence of DataFrame
        As of `cases`, one a seed.
    totals : sequence of float
        Difference of the outcome in each seed.

    Returns
    -------
    DataFrame
        By ``path, by``: ``issues``, the sums of `SUMS`, and of the difference what
        `cogov.reasons.spread.spread` says; the last row is the remainder.
    """
    each = [table.groupby(["path", "by"], sort=False)[list(SUMS)].sum() for table in pairs]
    counts = [table.groupby(["path", "by"], sort=False).size() for table in pairs]
    for table, total in zip(each, totals, strict=True):
        table.loc[(REMAINDER, ""), "difference"] = total - table["difference"].sum()
    order = pd.concat(each).index.drop_duplicates()
    stack = np.stack([table.reindex(order).fillna(0.0).to_numpy() for table in each])
    found = pd.DataFrame(stack.mean(0), index=order, columns=list(SUMS))
    found.insert(0, "issues", np.mean([count.reindex(order).fillna(0.0) for count in counts], axis=0))
    size = np.full(len(order), np.abs(stack[:, :, 0]).max())  # the remainder is rounding of all together
    known = spread(stack[:, :, 0], size)
    found = found.assign(**{name: values for name, values in known.items() if name not in found})
    rank = found["difference"].abs().where(found.index.get_level_values("path") != REMAINDER, -1.0)
    return found.loc[rank.sort_values(ascending=False, kind="stable").index].reset_index()
