"""What hours bought: what came of the hours spent on a duty, under two designs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

ON_ISSUES = ("observing", "reports", "orders", "summons", "taking_over", "handling", "travel", "replies")
BOUGHT: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("issues", ON_ISSUES, "resolved"),
    ("care", ("care",), "met_by_hours"),
    ("asking", ("asking", "placing"), "volunteer_hours"),
    ("meetings", ("meetings",), "agenda_passed"),
    ("hosting", ("hosting",), "attendance"),
    ("tasks", ("tasks",), "tasks_done"),
)
"""What some duties are for: their name together, the duties, and what comes of them, a measure.

Hours of need that are met do not count those that neighbours and units meet: no post spends hours on them.
"""


def bought(pairs: Sequence[tuple[Mapping[str, float], Mapping[str, float]]]) -> pd.DataFrame:
    """Hours and what came of them, under both designs, means over seeds.

    Parameters
    ----------
    pairs : sequence of (mapping, mapping)
        Outcomes of the runs under A and B, with ``weeks``, the weeks that count.

    Returns
    -------
    DataFrame
        ``duty, what``; ``hours_a``, ``hours_b`` (a week); ``a``, ``b`` (amount a week); ``per_100_a``,
        ``per_100_b``: amount for 100 hours, NaN without hours.
    """
    rows = []
    for duty, parts, what in BOUGHT:
        sides = []
        for side in (0, 1):
            hours = np.mean([sum(pair[side][f"hours_{part}"] for part in parts) for pair in pairs])
            amount = np.mean([_amount(pair[side], what) for pair in pairs])
            sides.append((float(hours), float(amount), float(100 * amount / hours) if hours else np.nan))
        (hours_a, a, per_a), (hours_b, b, per_b) = sides
        rows.append((duty, what, hours_a, hours_b, a, b, per_a, per_b))
    names = ["duty", "what", "hours_a", "hours_b", "a", "b", "per_100_a", "per_100_b"]
    return pd.DataFrame(rows, columns=names)


def _amount(outcomes: Mapping[str, float], what: str) -> float:
    """An amount a week: of what is summed over the run, its share of a week."""
    if what == "met_by_hours":
        return outcomes["care_hours"] + outcomes["volunteer_care_hours"]
    return outcomes[what] / (outcomes["weeks"] if what != "volunteer_hours" else 1.0)
