"""Running the coalitions of mechanisms whose worth an attribution needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cogov.analysis.attribute import (
    EXACT,
    SAMPLES,
    Attribution,
    attribute,
    coalition,
    coalitions,
    permutations,
    players,
)
from cogov.errors import StudyError, unknown
from cogov.rules import Design
from cogov.study.study import Study
from cogov.study.tables import Tables

if TYPE_CHECKING:
    from cogov.study.stored import StoredStudy

FOLDER = "attribution"
"""Where the studies of coalitions are, in the folder of the study they are of."""
MOST = 1000
"""Orders that are looked for in what is stored."""
ORDERS = 0
"""Seed of the orders in which mechanisms join, where there are too many for all."""


def attribute_design(
    stored: StoredStudy,
    design: str,
    outcomes: list[str],
    *,
    replicates: int | None = None,
    community: str | None = None,
    samples: int = SAMPLES,
    **how: Any,
) -> Attribution:
    """Run what is missing of the coalitions of a design's mechanisms, and share out its effect.

    Parameters
    ----------
    design : str
        Name of a design of the study. Swept parameters are left at the design's own values.
    outcomes : list of str
    replicates : int, optional
        The study's own number unless another is asked for.
    community : str, optional
        The first one unless another is asked for.
    samples : int
        Orders in which the mechanisms join, where more than ten make all coalitions too many.
    **how
        As for `cogov.study.run_study`: ``engine``, ``on_progress`` ...

    Raises
    ------
    StudyError
        If the study has no such design or community, or runs failed.
    """
    study = stored.study
    arms = {arm.name: arm for arm in study.arms}
    if design not in arms:
        raise StudyError(unknown("design", design, arms, "attribute"))
    communities = {profile.name: profile for profile in study.communities}
    community = community or study.communities[0].name
    if community not in communities:
        raise StudyError(unknown("community", community, communities, "attribute"))
    target = arms[design]
    orders = _orders(len(players(study.baseline, target)), samples)
    members = _members(study.baseline, target, orders)
    others = {one.name: one for one in members if one.name != study.baseline.name}
    number = replicates or (
        study.replicates if isinstance(study.replicates, int) else study.replicates.at_least
    )
    part = study.with_(
        name=design,
        question=f"How much does each mechanism of {design} contribute?",
        communities=(communities[community],),
        designs=tuple(others.values()),
        parameters={},
        plan="grid",
        replicates=number,
        places=False,
    )
    folder = stored.folder / FOLDER / (design if len(communities) == 1 else f"{design}-{community}")
    runs = part.run(folder, **how).runs
    failed = runs[runs["status"] != "done"]
    if len(failed):
        raise StudyError(f"{folder}: {len(failed)} runs failed, the first with {failed['error'].iloc[0]}")
    return attribute(_worth(runs, members, outcomes), players(study.baseline, target), outcomes, orders)


def stored_attributions(stored: StoredStudy, outcomes: list[str]) -> dict[str, Attribution]:
    """The attributions whose runs are there, by the name of their folder; nothing is run."""
    found = {}
    for folder in sorted((stored.folder / FOLDER).glob("*/")):
        tables = Tables(folder)
        study = Study.from_mapping(tables.config, str(folder))
        target = next(arm for arm in stored.study.arms if arm.name == study.name)
        everyone = players(study.baseline, target)
        runs = tables.runs()
        present = set(runs.loc[runs["status"] == "done", "design"])
        orders = _stored_orders(study.baseline, target, present)
        if orders is not None and len(orders) < 4:
            continue
        members = _members(study.baseline, target, orders)
        if {one.name for one in members} <= present:
            found[folder.name] = attribute(_worth(runs, members, outcomes), everyone, outcomes, orders)
    return found


def _orders(number: int, samples: int) -> NDArray[np.int64] | None:
    return permutations(number, samples, ORDERS) if number > EXACT else None


def _stored_orders(baseline: Design, target: Design, present: set[str]) -> NDArray[np.int64] | None:
    """The orders all of whose coalitions were run; None if all coalitions are needed."""
    names = players(baseline, target)
    orders = _orders(len(names), MOST)
    if orders is None:
        return None
    whole = 0
    for order in orders.tolist():
        joined = [
            coalition(baseline, target, [names[player] for player in order[:size]])
            for size in range(len(names) + 1)
        ]
        if not {one.name for one in joined} <= present:
            break
        whole += 1
    return orders[: whole - whole % 2]


def _members(baseline: Design, target: Design, orders: NDArray[np.int64] | None) -> list[Design]:
    """The design of every coalition, in the order in which `attribute` wants them."""
    names = players(baseline, target)
    needed = coalitions(len(names), orders)
    return [coalition(baseline, target, [names[player] for player in some]) for some in needed]


def _worth(runs: pd.DataFrame, members: list[Design], outcomes: list[str]) -> NDArray[np.float64]:
    """Outcomes of coalitions, shape (coalitions, replicates, outcomes); NaN for runs there are not."""
    table = runs.set_index(["design", "replicate"])[outcomes].unstack("replicate")
    by_outcome = [table[outcome].reindex([one.name for one in members]).to_numpy() for outcome in outcomes]
    return np.stack(by_outcome, axis=-1)
