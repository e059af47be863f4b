"""Three issues told event by event: one for each of the classes that make most of the difference."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cogov.reasons.cases import REMAINDER
from cogov.reasons.paths import ONLY_A, ONLY_B, OTHER, SAME
from cogov.trace.story import told

MOST = 3
COLUMNS = (
    "story",
    "seed",
    "case_id",
    "kind",
    "people",
    "path",
    "by",
    "side",
    "week",
    "role",
    "activity",
    "says",
    "says_zh",
)


def stories(
    classes: pd.DataFrame, cases: pd.DataFrame, seed: int, events: Sequence[pd.DataFrame]
) -> pd.DataFrame:
    """Tell an issue of each of the largest classes.

    Of a class, the issue that went with it, for or against, in the way in which the class as a whole did,
    and whose waiting differs for most people.

    Parameters
    ----------
    classes, cases : DataFrame
        As `cogov.reasons.cases` makes them; the issues of one seed.
    events : sequence of DataFrame
        What happened under A and under B.

    Returns
    -------
    DataFrame
        With `COLUMNS`, a row an event: first those that both have in common, then those of A, then of B.
    """
    rows: list[tuple[object, ...]] = []
    number = 0
    for one in classes.to_dict("records"):
        if number == MOST:
            break
        if one["path"] in (SAME, OTHER, ONLY_A, ONLY_B, REMAINDER):
            continue
        mine = cases[(cases["path"] == one["path"]) & (cases["by"] == one["by"])]
        mine = mine[mine["difference"] * one["difference"] > 0]
        if mine.empty:
            continue
        case = mine["person_weeks"].abs().idxmax()
        number += 1
        about = mine.loc[case]
        head = (number, seed, case, about["kind"], int(about["people"]), one["path"], one["by"])
        lived = [table[table["case_id"] == case].to_dict("records") for table in events]
        turn = int(about["turn"])
        for side, part in (("both", lived[0][:turn]), ("a", lived[0][turn:]), ("b", lived[1][turn:])):
            rows += [
                (*head, side, row["week"], row["role"], row["activity"], told(row, "en"), told(row, "zh"))
                for row in part
            ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
