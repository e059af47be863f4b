"""On a small model whose best designs are known because all were run, a search finds them with fewer runs."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.analysis.racing import dominates
from cogov.search.runs import Simulated
from cogov.search.seek import Scale, seek
from tests.search.toys import asked


@pytest.mark.slow
def test_the_front_of_all_sixteen_designs_is_found_with_fewer_runs(tmp_path) -> None:
    search = asked(
        over=["after_school_care", "ageing_in_place", "home_visits", "service_menu"],
        goals=["satisfaction", "cost"],
        matters={},
        budget={"yuan": 90},
        evaluations=16,
        batch=6,
        screening=2,
        shortlist=6,
        replicates=8,
        fresh=6,
        weeks=26,
    )
    with Simulated(search, tmp_path, "serial") as evaluate:
        found = seek(search, evaluate)
        runs = sum(one.replicates for one in found.candidates.values())
        every = [search.space.design(point) for point in search.space.every()]
        values = evaluate(every, range(search.screening, search.screening + search.replicates))
    names = [design.name for design in every]
    goals, excess = (part.mean(0) for part in Scale(search)(values, values[:, names.index("line_hierarchy")]))
    within = (excess <= 0).all(1)
    assert 1 < within.sum() < len(every)
    mine = goals[[names.index(name) for name in found.front]]
    best = np.flatnonzero(within)[~dominates(goals[within]).any(0)]
    for one in best:  # none is missed by more than what matters
        assert (mine >= goals[one] - search.matter).all(1).any(), names[one]
    assert not dominates(np.vstack([mine, goals[within]]), search.matter)[:, : len(mine)].any()
    assert runs < len(every) * search.most / 2
