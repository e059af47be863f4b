"""How precise the comparisons are, and how many replicates it takes to make them as precise as asked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cogov.analysis.arms import lay_out
from cogov.analysis.intervals import CONFIDENCE, LEAST, means, sizes
from cogov.kit.errors import ConfigError, StudyError, unknown
from cogov.kit.fields import Parameters, param
from cogov.outcomes import MEASURES

STEP = 1.5
"""Times as many replicates from one look to the next, at least; at most twice as many."""


@dataclass(frozen=True, kw_only=True)
class Replicates(Parameters):
    """Replicates are added until the paired differences are known as precisely as asked.

    Who looks again and again and stops at a narrow interval stops at the lucky ones. The error of 5 % is
    therefore shared out over the looks there can be, which are known beforehand: each is at the level at
    which the chance that *any* of their intervals misses is at most 5 % (Bonferroni, so whatever they have in
    common).
    """

    precision: float = param(
        low=0,
        high=1e9,
        doc="half-width of the 95 % interval of a paired difference, in the outcome's unit",
    )
    of: tuple[str, ...] = param(length=(1, 1000), doc="outcomes that have to be as precise")
    at_least: int = param(8, low=LEAST + 1, high=1_000_000, doc="replicates to begin with")
    at_most: int = param(200, low=LEAST + 1, high=1_000_000, doc="replicates to end with in any case")

    def __post_init__(self) -> None:
        super().__post_init__()
        allowed = [name for name, measure in MEASURES.items() if measure.outcome]
        problems = [
            unknown("outcome", name, allowed, "replicates.of") for name in self.of if name not in allowed
        ]
        if self.precision == 0:
            problems.append("replicates.precision = 0: must be more than 0")
        if self.at_most < self.at_least:
            problems.append(
                f"replicates.at_most = {self.at_most}: must be at least at_least = {self.at_least}"
            )
        if problems:
            raise ConfigError("\n".join(problems))

    @classmethod
    def title(cls) -> str:
        return "replicates"

    @property
    def looks(self) -> int:
        """How often there can be a look, at most."""
        return 1 + math.ceil(math.log(self.at_most / self.at_least) / math.log(STEP) - 1e-9)

    @property
    def confidence(self) -> float:
        """Level of the interval at each look."""
        return 1 - (1 - CONFIDENCE) / self.looks


def half_widths(
    runs: pd.DataFrame,
    outcomes: Sequence[str],
    baseline: str,
    parameters: Sequence[str] = (),
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """Half-widths of the intervals that `cogov.analysis.compare` would give, without the rest of it.

    Parameters
    ----------
    confidence : float
        Level of the intervals, in place of theirs.

    Returns
    -------
    DataFrame
        One row per outcome, community, parameter values and other design: ``pairs``, ``half_width`` (NaN
        where the pairs cannot carry an interval).
    """
    arms = lay_out(runs, outcomes, baseline, parameters)
    base, other = arms.pairs()
    tables = []
    for position, outcome in enumerate(outcomes):
        mine, its = base[:, :, position], other[:, :, position]
        low, high = means(its - mine, sizes(mine, its)).interval(confidence)
        pairs = np.isfinite(mine).sum(0)
        table = arms.cells.assign(pairs=pairs, half_width=(high - low) / 2)
        table.insert(0, "outcome", outcome)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def next_replicates(
    runs: pd.DataFrame, rule: Replicates, baseline: str, parameters: Sequence[str] = ()
) -> int | None:
    """How many replicates to have next; None if they are enough, or there are to be no more.

    The steps are gone through from the first one, each looking only at the replicates it had: what it says
    depends on nothing else, so a study that was killed takes the same steps when it goes on, and runs of
    later replicates that it had begun change nothing. Call it when all runs of the number it said last
    (at first ``rule.at_least``) are there, failed or done.

    From n replicates with a largest half-width h it goes on to n (h / precision)², the number at which the
    half-width is as asked if the spread stays; at least half more, at most twice as many. Where the pairs of
    some arm cannot carry an interval it doubles: differences that do not vary are no precision. Arms without
    any pair (every run failed) ask for none.

    Parameters
    ----------
    runs : DataFrame
        As for `cogov.analysis.compare`; failed runs are rows too.
    rule : Replicates
    baseline : str
    parameters : sequence of str

    Raises
    ------
    StudyError
        If there is no design besides the baseline, or for what `cogov.analysis.compare` refuses.
    """
    place = ["community"] if "community" in runs else []
    arms = runs.drop_duplicates([*place, *parameters, "design"])
    if (arms["design"] == baseline).all():
        raise StudyError(f"replicates.precision needs a design to compare with {baseline}")
    there = runs.groupby("replicate").size().reindex(range(rule.at_most), fill_value=0)
    complete = int((there >= len(arms)).cumprod().sum())
    number = rule.at_least
    while complete >= number:
        table = half_widths(runs[runs["replicate"] < number], rule.of, baseline, parameters, rule.confidence)
        widths = table.loc[table["pairs"] > 0, "half_width"]
        largest = widths.fillna(math.inf).max() if len(widths) else 0.0
        if largest <= rule.precision or number == rule.at_most:
            return None
        wanted = number * min((largest / rule.precision) ** 2, 2.0)
        number = min(max(math.ceil(wanted), math.ceil(STEP * number)), rule.at_most)
    return number


def precision_reached(
    runs: pd.DataFrame, rule: Replicates, baseline: str, parameters: Sequence[str] = ()
) -> pd.DataFrame:
    """What precision all runs at hand have reached.

    Returns
    -------
    DataFrame
        One row per outcome of the rule, for the arm in which it is known least precisely: the columns of
        `half_widths`, at the level of the rule's looks, then ``precision`` (as asked) and ``reached``. An arm
        whose pairs cannot carry an interval has no half-width and is the least precise of all.
    """
    table = half_widths(runs, rule.of, baseline, parameters, rule.confidence)
    order = table["half_width"].fillna(math.inf).sort_values(ascending=False, kind="stable").index
    worst = table.loc[order].drop_duplicates("outcome").set_index("outcome").loc[list(rule.of)].reset_index()
    return worst.assign(precision=rule.precision, reached=worst["half_width"] <= rule.precision)
