"""What a study's runs came to at the points of its plan, in the plan's order."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cogov.study.opened import OpenedStudy


def at_points(stored: OpenedStudy, outcomes: Sequence[str], design: str) -> pd.DataFrame:
    """Outcomes under a design at the points of a sampling plan.

    Replicates are averaged: their seeds are the same at every point. Of a screening each point has the seed
    of its trajectory.

    Parameters
    ----------
    stored : OpenedStudy
        Of one community.
    outcomes : sequence of str
    design : str

    Returns
    -------
    DataFrame, shape (points, outcomes)
        NaN where there is no run yet, or it failed.
    """
    study, names = stored.study, list(stored.parameters)
    runs = stored.runs[(stored.runs["design"] == design) & (stored.runs["status"] == "done")]
    position = stored.designs.index(design)
    values = [study.at(position, point) for point in study.points]
    points = pd.DataFrame(values, columns=names).astype(runs[names].dtypes.to_dict())
    if study.plan.kind == "screening":
        trajectories = pd.Series([number for number, _ in study.numbered], name="replicate")
        points = pd.concat([points, trajectories.astype(runs["replicate"].dtype)], axis=1)
    # Hundreds of columns make a key: to group or merge by each takes minutes.
    key, wanted = (pd.util.hash_pandas_object(table, index=False) for table in (runs[list(points)], points))
    means = runs[list(outcomes)].groupby(key.to_numpy()).mean()
    return means.reindex(wanted.to_numpy()).reset_index(drop=True)
