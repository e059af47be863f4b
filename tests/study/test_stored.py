"""A stored study: its tables, and what can be asked of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cogov
from cogov.analysis import compare, gains
from cogov.kit.errors import CogovError, StudyError
from cogov.study import Study
from cogov.study.attribution import attribute_design
from cogov.study.driver import run_study

BLOCKS = "design.mechanisms.three_level_platform.blocks"
ELDERS = "community.elder_share"
RATE = "processes.sense.report_rate"


def study(**changes) -> Study:
    given = {"communities": ["small"], "designs": ["wuliqiao_2020"], "weeks": 6, "reform_week": 2}
    return Study(**{**given, "replicates": 2, **changes})


@pytest.fixture(scope="module")
def swept(tmp_path_factory) -> cogov.StoredStudy:
    """Three blocks, two shares of elders, a baseline without blocks."""
    varied = study(parameters={BLOCKS: [1, 2, 3], ELDERS: [0.2, 0.4]}, places=True)
    return run_study(varied, tmp_path_factory.mktemp("swept") / "study", engine="serial")


def test_tables_say_what_a_run_is_of(swept):
    assert swept.baseline == "line_hierarchy"
    assert swept.designs == ["line_hierarchy", "wuliqiao_2020"]
    assert swept.parameters == [ELDERS, BLOCKS]
    assert len(swept.runs) == 2 * (2 + 6)
    assert swept.runs.loc[swept.runs["design"] == "line_hierarchy", BLOCKS].isna().all()
    keys = ["community", "design", ELDERS, BLOCKS, "replicate"]
    assert set(keys) <= set(swept.series) & set(swept.groups) & set(swept.places)
    assert len(swept.series) == len(swept.runs) * 6


def test_comparisons_are_those_of_the_tables(swept):
    found = swept.compare("satisfaction")
    pd.testing.assert_frame_equal(
        found, compare(swept.runs, ["satisfaction"], "line_hierarchy", swept.parameters)
    )
    assert len(found) == 6
    assert (found["pairs"] == 2).all()
    assert list(swept.compare()["outcome"].unique()) == swept.config["outcomes"]
    reverse = swept.compare("satisfaction", baseline="wuliqiao_2020")
    assert set(reverse["design"]) == {"line_hierarchy"}
    pd.testing.assert_frame_equal(
        swept.gains("satisfaction"),
        gains(swept.runs, swept.tables.groups(), "line_hierarchy", ["satisfaction"], swept.parameters),
    )


def test_wrong_names_are_told(swept):
    with pytest.raises(CogovError, match="did you mean 'satisfaction'"):
        swept.compare("satisfactoin")
    with pytest.raises(CogovError, match="did you mean 'wuliqiao_2020'"):
        swept.compare(baseline="wuliqao_2020")
    with pytest.raises(CogovError, match="did you mean 'wuliqiao_2020'"):
        attribute_design(swept, "wuliqao_2020")
    with pytest.raises(CogovError, match="unknown community 'smal'; did you mean 'small'"):
        attribute_design(swept, "wuliqiao_2020", community="smal")
    with pytest.raises(StudyError, match="saltelli or morris, not grid"):
        swept.sensitivity("satisfaction")
    with pytest.raises(StudyError, match="not the folder of a study"):
        cogov.open_study(swept.folder / "runs")


def test_arrays_are_labelled(swept):
    weeks = swept.to_xarray(["satisfaction"])["satisfaction"]
    assert dict(weeks.sizes) == {
        "community": 1,
        "design": 2,
        ELDERS: 2,
        BLOCKS: 3,
        "replicate": 2,
        "week": 6,
    }
    one = {"design": "wuliqiao_2020", ELDERS: 0.4, BLOCKS: 2, "replicate": 1}
    rows = swept.series
    for key, value in one.items():
        rows = rows[rows[key] == value]
    np.testing.assert_array_equal(weeks.sel(one).squeeze(), rows["satisfaction"])


def test_it_can_be_opened_extended_and_named(swept):
    again = cogov.open_study(swept.folder)
    assert again.study == swept.study
    assert again.digest() == swept.digest()
    assert again.names("zh")["wuliqiao_2020"] == "五里桥街道2020"
    assert again.names("en")["wuliqiao_2020"] == "wuliqiao_2020"
    assert again.precision() is None
    more = run_study(again.study.with_(replicates=3), swept.folder, engine="serial")
    assert len(more.runs) == 3 * (2 + 6)
    assert (more.compare("satisfaction")["pairs"] == 3).all()


RANGES = {
    ELDERS: {"low": 0.2, "high": 0.5},
    RATE: {"low": 0.01, "high": 0.1, "log": True},
    BLOCKS: {"low": 1, "high": 3},
}


def test_sensitivity_takes_runs_in_the_order_of_the_plan(tmp_path):
    """Outcomes put in the place of those that were simulated: known functions of the parameters."""
    plan = {"kind": "saltelli", "samples": 64}
    sampled = study(parameters=RANGES, plan=plan, replicates=1, weeks=3)
    few = sampled.with_(plan={"kind": "saltelli", "samples": 2})
    stored = run_study(few, tmp_path / "study", engine="serial")
    assert len(few.points) == 2 * (3 + 2)
    rows = stored.runs
    ids = {condition.values: None for condition in sampled.conditions if condition.design == 1}
    values = pd.DataFrame(list(ids), columns=stored.parameters)
    stored.runs = pd.concat(
        [rows.iloc[[-1] * len(values)].drop(columns=stored.parameters).reset_index(drop=True), values], axis=1
    ).sample(frac=1, random_state=1)
    stored.runs["satisfaction"] = 2 * stored.runs[ELDERS] + 0 * stored.runs[RATE]
    stored.study = sampled
    found = stored.sensitivity("satisfaction").set_index("parameter")
    assert found.loc[ELDERS, "first"] == pytest.approx(1, abs=0.05)
    assert found.loc[ELDERS, "total"] == pytest.approx(1, abs=0.05)
    assert found.loc[[RATE, BLOCKS], "total"].to_numpy() == pytest.approx(0, abs=1e-12)


def test_a_plan_that_was_run_has_indices(tmp_path):
    plan = {"kind": "morris", "samples": 2}
    stored = run_study(
        study(parameters=RANGES, plan=plan, replicates=1, weeks=3), tmp_path / "s", engine="serial"
    )
    found = stored.sensitivity(["satisfaction", "participation"])
    assert list(found["parameter"].unique()) == sorted(RANGES)
    assert np.isfinite(found["mu_star"]).all()
    assert (found["mu_star"] > 0).any()


def test_differences_at_times_after_adoption(tmp_path):
    stored = run_study(study(weeks=60, replicates=1), tmp_path / "long", engine="serial")
    table = stored.horizons(["satisfaction", "arrived"], years=[1])
    assert table["years"].tolist() == [1, 1]
    weeks = stored.series.query("28 < week <= 54").groupby("run", observed=True)["satisfaction"].mean()
    by_design = stored.runs.set_index("design")["run"].map(weeks)
    assert table["mean"].iloc[0] == pytest.approx(by_design["wuliqiao_2020"])
    assert table["difference"].iloc[1] == pytest.approx(
        stored.series.query("2 < week <= 54").groupby("run", observed=True)["arrived"].sum().diff().iloc[-1]
    )
    assert set(stored.horizons()["outcome"]) == set(stored.study.outcomes) - {"cost"}
    with pytest.raises(StudyError, match="no run is done that lasts 3 years"):
        stored.horizons(years=[3, 10])
