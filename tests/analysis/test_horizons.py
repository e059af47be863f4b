"""Outcomes at times after adoption, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from cogov.analysis import at_horizons, compare
from cogov.analysis.horizons import reached, read
from cogov.kit.errors import StudyError

OUTCOMES = ["satisfaction", "resolution_rate", "lifts_built"]


def series(weeks: int = 182, **columns: object) -> pd.DataFrame:
    """Two runs: satisfaction is the week (1,000 more in the second), a lift a week, in norm half and all."""
    week = np.arange(1, weeks + 1)
    runs = [
        pd.DataFrame(
            {
                "run": name,
                "design": name,
                "replicate": 0,
                "week": week,
                "satisfaction": week + 1000.0 * more,
                "in_norm": 1.0 + more,
                "due": 2.0,
                "lifts_built": 1.0,
            }
        )
        for more, name in enumerate("ab")
    ]
    return pd.concat(runs, ignore_index=True).assign(**columns)


def test_levels_and_ratios_are_of_the_half_year_before_and_counts_from_the_adoption_on():
    found = at_horizons(series(), OUTCOMES, 26).set_index(["run", "years"])
    # weeks 53 to 78 and 157 to 182
    assert found.loc[("a", 1), "satisfaction"] == pytest.approx(65.5)
    assert found.loc[("b", 1), "satisfaction"] == pytest.approx(1065.5)
    assert found.loc[("a", 3), "satisfaction"] == pytest.approx(169.5)
    assert found["resolution_rate"].tolist() == [0.5, 1.0, 0.5, 1.0]
    assert found["lifts_built"].tolist() == [52, 52, 156, 156]
    assert sorted(found.index.get_level_values("years").unique()) == [1, 3]  # ten are not reached


def test_the_week_of_adoption_may_differ_from_run_to_run():
    table = series()
    table["reform_week"] = np.where(table["run"] == "a", 26, 100)
    found = at_horizons(table, ["satisfaction"], 0, years=[1])
    assert found["satisfaction"].tolist() == [65.5, 1139.5]
    assert found["reform_week"].tolist() == [26, 100]


def test_times_are_compared_each_for_itself_and_adjusted_together():
    table = compare(at_horizons(series(), OUTCOMES, 26), OUTCOMES, "a", ["years"])
    assert table["years"].tolist() == [1, 3] * 3
    assert table["difference"].tolist() == pytest.approx([1000, 1000, 0.5, 0.5, 0, 0])


def test_a_ratio_of_nothing_does_not_exist():
    found = at_horizons(series(due=0.0), ["resolution_rate"], 26, years=[1])
    assert all(math.isnan(value) for value in found["resolution_rate"])


def test_order_does_not_matter():
    shuffled = series().sample(frac=1, random_state=0)
    found = at_horizons(shuffled, OUTCOMES, 26).sort_values(["years", "run"], ignore_index=True)
    pd.testing.assert_frame_equal(found, at_horizons(series(), OUTCOMES, 26))


def test_a_time_that_no_run_reaches_has_no_rows():
    assert at_horizons(series(weeks=77), ["satisfaction"], 26).empty
    assert len(at_horizons(series(weeks=78), ["satisfaction"], 26)) == 2
    assert (reached(77, 26), reached(78, 26), reached(182, 26), reached(546, 26)) == (
        [],
        [1],
        [1, 3],
        [1, 3, 10],
    )


def test_what_only_a_whole_run_has_is_refused():
    assert list(read(["satisfaction", "cost", "weeks_to_resolve_p90"])) == ["satisfaction"]
    with pytest.raises(StudyError, match="cost: known of a whole run only"):
        at_horizons(series(), ["satisfaction", "cost"], 26)
