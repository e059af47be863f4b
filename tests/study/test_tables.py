"""Reading a study: every run once, in the order of the study, by cogov and by others, whatever wrote it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import yaml

from cogov.kit.errors import StudyError
from cogov.outcomes import WEEKLY
from cogov.study.cube import cube
from cogov.study.parts import write_part
from cogov.study.rows import stored
from cogov.study.store import Store
from cogov.study.tables import Tables
from cogov.study.upkeep import status
from tests.study.synthetic import BLOCKS, GROUPS, made_up, made_up_study

STUDY = made_up_study(communities=["wuliqiao", "small"], places=True)
FAILED = STUDY.cells()[7].run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study in several parts, in no order, one run failed."""
    folder = tmp_path_factory.mktemp("tables") / "结果 tables"
    with Store.open(folder, STUDY) as store:
        cells = STUDY.cells()
        for number in np.random.default_rng(1).permutation(len(cells)):
            error = "OverflowError: too much" if cells[number].run == FAILED else ""
            store.add(made_up(STUDY, cells[number], error=error))
            if number % 5 == 0:
                store.flush()
    return folder


@pytest.fixture(scope="module")
def tables(folder: Path) -> Tables:
    return Tables(folder)


def expected(table: str) -> dict[str, pd.DataFrame]:
    """What runs gave, by run."""
    return {cell.run: getattr(made_up(STUDY, cell), table) for cell in STUDY.cells() if cell.run != FAILED}


def test_runs_are_what_was_added_in_the_order_of_the_study(tables):
    runs = tables.runs()
    assert list(runs["community"].unique()) == ["wuliqiao", "small"]
    assert list(runs["design"].unique()) == ["line_hierarchy", "wuliqiao_2020"]
    keys = [
        (cell.community, cell.design, cell.values[0] or 0, cell.replicate, cell.run) for cell in STUDY.cells()
    ]
    assert list(runs["run"]) == [key[-1] for key in sorted(keys)]
    for cell in STUDY.cells():
        row = runs[runs["run"] == cell.run].iloc[0]
        result = made_up(STUDY, cell)
        assert (row["replicate"], row["seed"]) == (cell.replicate, cell.seed)
        assert row[BLOCKS] == cell.values[0] or (np.isnan(row[BLOCKS]) and cell.values[0] is None)
        if cell.run == FAILED:
            assert (row["status"], row["error"]) == ("failed", "OverflowError: too much")
            assert np.isnan(row["satisfaction"])
        else:
            assert (row["status"], row["digest"], row["weeks"]) == ("done", result.digest, 5)
            assert pd.isna(row["error"])
            outcomes = result.outcomes or {}
            np.testing.assert_array_equal(row[list(outcomes)].astype(float), list(outcomes.values()))


def test_series_are_bit_by_bit_what_was_added(tables):
    series = tables.series()
    assert list(series.columns) == ["run", "week", *WEEKLY]
    for run, values in expected("series").items():
        rows = series[series["run"] == run]
        assert list(rows["week"]) == [1, 2, 3, 4, 5]
        np.testing.assert_array_equal(rows[list(WEEKLY)], values)
    order = tables.runs().query("status == 'done'")["run"]
    assert list(series["run"].astype(str).unique()) == list(order)


@pytest.mark.parametrize("table", ["groups", "places"])
def test_other_tables_are_what_was_added(tables, table):
    found = getattr(tables, table)()
    for run, values in expected(table).items():
        rows = found[found["run"] == run].drop(columns="run").reset_index(drop=True)
        pd.testing.assert_frame_equal(rows[list(values.columns)], values, check_dtype=False)
    assert found["run"].nunique() == len(STUDY.cells()) - 1


def test_keys_stand_beside_the_run_when_asked_for(tables):
    runs = tables.runs().set_index("run")
    for frame in (
        tables.series(["satisfaction"], keys=True),
        tables.groups(keys=True),
        tables.places(keys=True),
    ):
        assert list(frame.columns[1:5]) == ["community", "design", BLOCKS, "replicate"]
        for name in ("community", "design", BLOCKS, "replicate"):
            wanted = runs[name].reindex(frame["run"].astype(str))
            assert ((frame[name].to_numpy() == wanted.to_numpy()) | wanted.isna().to_numpy()).all()
    assert len(tables.groups()) == len(GROUPS) * (len(runs) - 1)


@pytest.mark.parametrize(
    ("where", "runs"),
    [
        ({"design": "wuliqiao_2020"}, 16),
        ({"design": ["wuliqiao_2020", "line_hierarchy"], "replicate": 2}, 6),
        ({BLOCKS: 2, "community": "small"}, 4),
        ({BLOCKS: None}, 8),
        ({BLOCKS: [None, 3.0]}, 16),
    ],
)
def test_only_what_is_wanted_is_read(tables, where, runs):
    series = tables.series(["satisfaction"], where)
    assert list(series.columns) == ["run", "week", "satisfaction"]
    full = tables.series(["satisfaction"])
    assert series["run"].nunique() in (runs, runs - 1)
    pd.testing.assert_frame_equal(
        series.astype({"run": str}),
        full[full["run"].isin(series["run"])].astype({"run": str}).reset_index(drop=True),
    )
    assert set(tables.groups(where)["run"]) == set(series["run"].astype(str))


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda t: t.series(["satisfction"]), "unknown measure 'satisfction'; did you mean 'satisfaction'"),
        (lambda t: t.series(where={"desing": "x"}), "unknown column 'desing'; did you mean 'design'"),
        (lambda t: t.groups({"design": "wuliqiao_2021"}), "unknown design 'wuliqiao_2021'; did you mean"),
        (lambda t: t.series(where={BLOCKS: 7}), "unknown .*blocks '7'"),
        (lambda t: t.places(["cost"]), "unknown measure 'cost'"),
        (lambda t: cube(t, ["cost"]), "unknown measure 'cost'"),
    ],
)
def test_what_does_not_exist_is_named(tables, ask, said):
    with pytest.raises(StudyError, match=said):
        ask(tables)


def test_a_study_without_places_says_so(tmp_path):
    Store.open(tmp_path, made_up_study()).close()
    with pytest.raises(StudyError, match="keeps no places"):
        Tables(tmp_path).places()


def test_a_study_of_which_nothing_was_made_can_be_read(tmp_path):
    Store.open(tmp_path, STUDY).close()
    empty = Tables(tmp_path)
    assert (
        len(empty.runs()) == len(empty.series(keys=True)) == len(empty.groups()) == len(empty.places()) == 0
    )
    assert {"run", "design", BLOCKS, "status", "satisfaction"} <= set(empty.runs())
    assert dict(cube(empty).sizes)["replicate"] == 0
    assert status(tmp_path).missing == len(STUDY.cells())


def test_words_and_yes_and_no_are_words_in_tables(tmp_path):
    words = "design.mechanisms.three_level_platform.grouping"
    yes = "design.mechanisms.three_meetings.publish"
    study = made_up_study(parameters={words: ["similar", "random"], yes: [True, False]}, replicates=1)
    with Store.open(tmp_path, study) as store:
        for cell in study.cells():
            store.add(made_up(study, cell))
    found = Tables(tmp_path)
    assert set(found.runs()[words].dropna()) == {"similar", "random"}
    assert set(found.runs()[yes].dropna()) == {"true", "false"}
    assert len(found.select({yes: True, words: "random"})) == 1
    assert cube(found, ["satisfaction"]).sizes[words] == 2
    Store.open(tmp_path, study.with_(replicates=2)).close()


def test_a_study_of_another_version_can_be_read(tmp_path):
    """Its measures, groups and mechanisms are none of ours."""
    config = {
        "name": "old",
        "communities": [{"name": "镇"}],
        "baseline": {"name": "then", "mechanisms": {"gone": {}}},
        "designs": [{"name": "now"}],
        "parameters": {"design.mechanisms.gone.x": [1, 2]},
        "outcomes": ["joy"],
    }
    (tmp_path / "study.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    runs = pa.table(
        {
            "run": ["b", "a"],
            "community": ["镇", "镇"],
            "design": ["now", "then"],
            "replicate": pa.array([0, 0], pa.int32()),
            "seed": [1, 1],
            "design.mechanisms.gone.x": [1.0, None],
            "status": ["done", "done"],
            "error": pa.nulls(2, pa.string()),
            "weeks": pa.array([1, 1], pa.int32()),
            "joy": [0.5, 0.25],
        }
    )
    series = pa.table({"run": ["b", "a"], "week": pa.array([1, 1], pa.int32()), "joy": [3.0, 4.0]})
    rows = {"runs": runs, "series": series}
    schemas = {name: table.schema for name, table in rows.items()}
    write_part(tmp_path, "part-driver-old-1", {name: [table] for name, table in rows.items()}, schemas, "x")
    old = Tables(tmp_path)
    assert old.parameters == ["design.mechanisms.gone.x"]
    assert old.runs()["run"].tolist() == ["a", "b"]
    assert old.series(["joy"], {"design": "now"})["joy"].tolist() == [3.0]
    assert cube(old)["joy"].sel(design="then").isel({"design.mechanisms.gone.x": 0}).item() == 4.0
    found = status(tmp_path)
    assert (found.planned, found.done, found.missing) == (None, 2, None)
    assert found.digest


# --- xarray


def test_arrays_hold_every_value_and_the_baseline_at_all_levels(tables):
    arrays = cube(tables, ["satisfaction", "open"])
    assert dict(arrays.sizes) == {"community": 2, "design": 2, BLOCKS: 2, "replicate": 4, "week": 5}
    series = tables.series(["satisfaction", "open"], keys=True)
    for row in series.sample(40, random_state=1).to_dict("records"):
        levels = arrays[BLOCKS].values if np.isnan(row[BLOCKS]) else [row[BLOCKS]]
        for level in levels:
            at = {name: row[name] for name in ("community", "design", "replicate", "week")}
            for name in ("satisfaction", "open"):
                assert arrays[name].sel({**at, BLOCKS: level}).item() == row[name]
    assert np.isnan(arrays["open"]).sum() == 5  # the failed run's weeks
    assert arrays["open"].attrs["units"] == "issues"


def test_sampled_levels_are_points(tmp_path):
    second = "design.mechanisms.three_level_platform.slots"
    ranges = {BLOCKS: {"low": 1, "high": 3}, second: {"low": 0.5, "high": 4.0}}
    study = made_up_study(parameters=ranges, plan={"kind": "sobol", "samples": 32}, replicates=2)
    with Store.open(tmp_path, study) as store:
        for cell in study.cells():
            store.add(made_up(study, cell))
    arrays = cube(Tables(tmp_path), ["satisfaction"])
    assert dict(arrays.sizes) == {"community": 1, "design": 2, "point": 32, "replicate": 2, "week": 5}
    assert arrays[second].dims == ("point",)
    assert not np.isnan(arrays["satisfaction"]).any()
    base = arrays["satisfaction"].sel(design="line_hierarchy")
    assert (base == base.isel(point=0)).all()


# --- Other programs


def test_duckdb_reads_the_same(tables, folder):
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT r.design, s.week, avg(s.satisfaction) AS mean FROM read_parquet($series) s"
            " JOIN read_parquet($runs) r USING (run) WHERE r.status = 'done' GROUP BY ALL ORDER BY ALL",
            {"series": f"{folder}/series/*.parquet", "runs": f"{folder}/runs/*.parquet"},
        ).fetchall()
    series = tables.series(["satisfaction"], keys=True)
    means = series.groupby(["design", "week"], observed=True)["satisfaction"].mean()
    assert [row[:2] for row in found] == list(means.index)
    np.testing.assert_allclose([row[2] for row in found], means.to_numpy())


def test_polars_reads_the_same(tables, folder):
    runs = pl.read_parquet(folder / "runs" / "*.parquet").sort("run")
    mine = tables.runs().sort_values("run")
    assert runs["run"].to_list() == mine["run"].tolist()
    np.testing.assert_array_equal(runs["satisfaction"].to_numpy(), mine["satisfaction"].to_numpy())
    series = pl.scan_parquet(folder / "series" / "*.parquet").select(pl.col("satisfaction").sum()).collect()
    np.testing.assert_allclose(series.item(), tables.series(["satisfaction"])["satisfaction"].sum())


def test_pandas_reads_the_same(tables, folder):
    runs = pd.read_parquet(folder / "runs").sort_values("run", ignore_index=True)
    mine = tables.runs().sort_values("run", ignore_index=True)
    pd.testing.assert_frame_equal(runs, mine)


def test_booleans_are_kept_as_words():
    assert [stored(value) for value in (True, False, 1, 2.5, "x", None)] == [
        "true",
        "false",
        1,
        2.5,
        "x",
        None,
    ]
