"""Results of runs that nobody simulated, to try what keeps results."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from cogov.outcomes import MEASURES, WEEKLY
from cogov.outcomes.measures import BY_COMPOUND, BY_GROUP
from cogov.study import Cell, RunResult, Study
from cogov.terms import Age

BLOCKS = "design.mechanisms.three_level_platform.blocks"
OUTCOMES = [name for name, m in MEASURES.items() if m.outcome and not name.startswith("shock_")]
GROUPS = [*(("age", label) for label in Age.labels()), ("tenure", "tenant"), ("tenure", "owner")]


def made_up_study(**changes: Any) -> Study:
    """A study of two designs on one community: five weeks, one parameter with two levels, four replicates."""
    return _study().with_(**changes)


@cache
def _study() -> Study:
    return Study(
        name="made_up",
        question="居委会 or blocks?",
        communities=["small"],
        designs=["wuliqiao_2020"],
        parameters={BLOCKS: [2, 3]},
        replicates=4,
        weeks=5,
        reform_week=2,
        run_in=0,
    )


def made_up(study: Study, cell: Cell, *, error: str = "") -> RunResult:
    """The result of a run: the same for the same run, with something missing here and there."""
    rng = np.random.default_rng(int(cell.run, 16))
    seconds = float(np.random.default_rng().random())
    if error:
        return RunResult(cell, seconds, 100.0, error=error)
    outcomes = {name: float(rng.random()) for name in OUTCOMES}
    outcomes["weeks_to_consent"] = float("nan")
    groups = pd.DataFrame(GROUPS, columns=["by", "group"]).assign(
        residents=100.0, **{name: rng.random(len(GROUPS)) for name in BY_GROUP}
    )
    places = pd.DataFrame(
        {"compound": ["甲 1", "乙 2"], "neighbourhood": "n1", "block": ["b1", ""], "subdistrict": "s"}
    ).assign(old=[True, False], residents=[300, 200], **{name: rng.random(2) for name in BY_COMPOUND})
    return RunResult(
        cell,
        seconds,
        100.0,
        residents=500,
        weeks=study.weeks,
        digest=f"{rng.integers(2**62):x}",
        outcomes=outcomes,
        series=rng.random((study.weeks, len(WEEKLY))),
        groups=groups,
        places=places if study.places else None,
    )
