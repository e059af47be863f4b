"""Studies: common seeds, the same result with any number of workers, files whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from cogov.analysis import compare
from cogov.cli import main
from cogov.config import load_design
from cogov.errors import CogovError, ConfigError, StudyError
from cogov.outcomes import MEASURES
from cogov.simulation import simulate
from cogov.study import check_writable, compose_study, read_study, run_study, write_study

SMALL = ("community=small", "weeks=10", "reform_week=3", "replicates=2", "seed=5")


@pytest.fixture(scope="module")
def study():
    return run_study(compose_study([*SMALL, "workers=1"]))


def test_the_shipped_experiment_compares_three_designs_on_wuliqiao():
    config = compose_study()
    assert config.community.name == "wuliqiao"
    assert [design.name for design in config.arms] == ["line_hierarchy", "quyang_2014", "wuliqiao_2020"]
    assert (config.replicates, config.folder) == (8, Path("results/compare_designs"))


def test_the_baseline_is_run_in_any_case_and_first():
    config = compose_study([*SMALL, "designs=[quyang_2014]"])
    assert [design.name for design in config.arms] == ["line_hierarchy", "quyang_2014"]


def test_replicates_have_common_seeds(study):
    seeds = study.runs.pivot(index="replicate", columns="design", values="seed")
    assert (seeds.nunique(axis=1) == 1).all()
    assert list(seeds.iloc[:, 0]) == [5, 6]
    assert study.runs["digest"].nunique() == len(study.runs) == 6


def test_a_run_of_a_study_is_the_run_of_its_seed(study):
    row = study.runs[(study.runs["design"] == "quyang_2014") & (study.runs["replicate"] == 1)].iloc[0]
    run = simulate("small", "quyang_2014", 6, weeks=10, reform_week=3)
    assert run.digest == row["digest"]
    part = study.series[(study.series["design"] == "quyang_2014") & (study.series["replicate"] == 1)]
    assert len(part) == 10
    first = run.series.columns[0]
    np.testing.assert_array_equal(part[first], run.series[first])


def test_workers_do_not_change_the_result(study, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    ends: list[int] = []
    parallel = run_study(compose_study([*SMALL, "workers=2"]), lambda: ends.append(1))
    assert len(ends) == 6
    pd.testing.assert_frame_equal(parallel.runs, study.runs)
    pd.testing.assert_frame_equal(parallel.series, study.series)
    assert parallel.baseline == "line_hierarchy"
    # one thread each was for the workers alone
    assert os.environ["OMP_NUM_THREADS"] == "3"
    assert "MKL_NUM_THREADS" not in os.environ


def test_an_error_in_a_worker_is_an_error_here():
    config = compose_study([*SMALL, "workers=2"])
    platform = load_design("wuliqiao_2020").mechanism("three_level_platform")
    too_many = config.designs[0].with_(type(platform)(blocks=40), name="too_many")
    fields = {**config.as_dict(), "designs": (too_many,)}
    with pytest.raises(CogovError, match="blocks"):
        run_study(type(config)(**fields))


def test_writing_and_reading_back(study, tmp_path):
    folder = tmp_path / "研究"
    paths = write_study(study, folder)
    assert sorted(path.name for path in paths) == sorted(path.name for path in folder.iterdir())
    again = read_study(folder)
    pd.testing.assert_frame_equal(again.runs, study.runs)
    pd.testing.assert_frame_equal(again.series, study.series)
    assert again.config == json.loads(json.dumps(study.config))
    outcome = study.config["outcomes"][0]
    pd.testing.assert_frame_equal(
        compare(again.runs, [outcome], again.baseline), compare(study.runs, [outcome], study.baseline)
    )


def test_the_files_are_the_same_byte_for_byte(study, tmp_path):
    for folder in ("a", "b"):
        write_study(study, tmp_path / folder)
    for name in ("runs.parquet", "series.parquet", "config.yaml"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_floats_are_split_by_byte_under_zstd(study, tmp_path):
    write_study(study, tmp_path)
    group = pq.ParquetFile(tmp_path / "series.parquet").metadata.row_group(0)
    columns = [group.column(position) for position in range(group.num_columns)]
    assert {column.compression for column in columns} == {"ZSTD"}
    assert any("BYTE_STREAM_SPLIT" in column.encodings for column in columns)


def test_a_failed_write_leaves_the_old_file_and_no_other(study, tmp_path, monkeypatch):
    write_study(study, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(StudyError, match="No space left"):
        write_study(study, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("content", [None, b"", b"a: [", b"name: x\n"])
def test_reading_what_is_no_study(tmp_path, content):
    if content is not None:
        (tmp_path / "config.yaml").write_bytes(content)
    with pytest.raises(StudyError, match="not the folder of a study"):
        read_study(tmp_path)


def test_a_folder_in_which_nothing_can_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StudyError, match="cannot be written there"):
        check_writable(tmp_path / "file" / "study")
    check_writable(tmp_path / "new" / "study")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("replicates=0", "replicates"),
        ("replicates=two", "whole number"),
        ("workers=0", "workers"),
        ("designs=[]", "at least one design"),
        ("designs=[line_hierarchy]", "at least one design"),
        ("designs=quyang_2014", "list"),
        ("designs=[quyang_2014, quyang_2014]", "more than once"),
        ("designs=[quyang_2041]", "did you mean 'quyang_2014'"),
        ("outcomes=[]", "at least one measure"),
        ("outcomes=[nothing_like_it]", "unknown measure"),
        ("trajectories=[nothing_like_it]", "unknown measure"),
        ("outcomes=[shock_depth]", "unknown measure"),
        ("reform_week=10", "before the end"),
        ("name=a/b", "name of a folder"),
        ("name=..", "name of a folder"),
        ("replicate=3", "did you mean 'replicates'"),
    ],
)
def test_wrong_settings_are_named(override, message):
    with pytest.raises(ConfigError, match=message):
        compose_study([*SMALL, override])


def test_the_command_prints_a_table_and_writes_everything(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["study", "experiment=compare_designs", *SMALL, "workers=1"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert max(map(len, out.splitlines())) <= 80
    assert all(word in out for word in ("difference", "line_hierarchy", "wuliqiao_2020"))
    written = {path.name for path in (tmp_path / "results" / "compare_designs").iterdir()}
    assert written == {
        "config.yaml",
        "runs.parquet",
        "series.parquet",
        "timings.parquet",
        "trajectories.png",
        "effects.png",
    }
    assert all(name in out for name in written)


def test_the_command_prints_json(capsys, tmp_path):
    assert main(["study", *SMALL, "workers=1", f"results={tmp_path}", "name=试", "format=json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["study"] == "试"
    assert {row["design"] for row in result["comparison"]} == {"quyang_2014", "wuliqiao_2020"}
    assert {row["outcome"] for row in result["comparison"]} <= set(MEASURES)
    assert all(Path(path).is_file() for path in result["files"])


def test_an_unwritable_folder_is_told_before_anything_runs(capsys, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("cogov.study.run_study", lambda *_: pytest.fail("it ran"))
    assert main(["study", *SMALL, f"results={tmp_path / 'file'}"]) == 2
    assert "cannot be written there" in capsys.readouterr().err
