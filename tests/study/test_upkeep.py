"""Looking after a study's folder: status, merging parts, handing tables to other programs."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cogov.cli import main
from cogov.kit.errors import StudyError
from cogov.study import parts, upkeep
from cogov.study import store as store_module
from cogov.study.store import Store
from cogov.study.tables import Tables
from cogov.study.upkeep import compact, compact_many, digest, export, status
from tests.study.synthetic import made_up, made_up_study

STUDY = made_up_study(places=True, replicates=5)
FAILED = STUDY.cells()[4].run


def fill(folder: Path, seed: int, per_part: int = 4) -> Path:
    """All runs in some order, one failed."""
    with Store.open(folder, STUDY) as store:
        cells = STUDY.cells()
        for number, position in enumerate(np.random.default_rng(seed).permutation(len(cells)), 1):
            error = "ValueError: wrong" if cells[position].run == FAILED else ""
            store.add(made_up(STUDY, cells[position], error=error))
            if number % per_part == 0:
                store.flush()
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("upkeep") / "study", 1)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        f"{path.parent.name}/{path.name}": path.read_bytes()
        for table in ("series", "groups", "places")
        for path in (folder / table).iterdir()
    }


def test_status_says_what_is_there_and_what_is_missing(folder, tmp_path):
    found = status(folder)
    assert (found.planned, found.done, found.failed, found.missing) == (15, 14, 1, 0)
    assert found.designs["design"].tolist() == ["line_hierarchy", "wuliqiao_2020"]
    assert found.designs["planned"].tolist() == [5, 10]
    assert (found.parts, found.problems) == (4, ())
    assert found.bytes == sum(path.stat().st_size for path in folder.glob("*/*.parquet"))
    copy = shutil.copytree(folder, tmp_path / "study")
    (copy / "runs" / "notes.txt").write_text("x", encoding="utf-8")
    path = sorted((copy / "runs").glob("*.parquet"))[0]
    path.write_bytes(b"")
    found = status(copy)
    assert (found.done + found.failed, found.missing, found.parts, len(found.problems)) == (11, 4, 3, 2)


def test_status_while_a_driver_is_at_work(tmp_path):
    with Store.open(tmp_path, STUDY) as store:
        store.add(made_up(STUDY, STUDY.cells()[0]))
        store.flush()
        store.add(made_up(STUDY, STUDY.cells()[1]))
        assert status(tmp_path).done == 1


def test_the_digest_is_of_results_alone(folder, tmp_path, monkeypatch):
    assert digest(Tables(fill(tmp_path / "other", 2, per_part=6))) == digest(Tables(folder))
    changed = made_up_study(places=True, replicates=5)
    with Store.open(tmp_path / "changed", changed) as store:
        for cell in changed.cells():
            result = made_up(changed, cell, error="ValueError: wrong" if cell.run == FAILED else "")
            if result.series is not None and cell.replicate == 3 and cell.design == 0:
                result.series[2, 5] = np.nextafter(result.series[2, 5], 2)
            store.add(result)
    assert digest(Tables(tmp_path / "changed")) != digest(Tables(folder))


def test_compacting_keeps_every_row_in_few_parts(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(upkeep, "PER_PART", 9)
    copy = shutil.copytree(folder, tmp_path / "study")
    before = Tables(copy)
    frames = before.runs(), before.series(), before.groups(), before.places()
    done = compact(copy)
    after = Tables(copy)
    assert (done.parts, len(after.parts)) == ((4, 2), 2)
    assert str(done).startswith("4 parts")
    for old, new in zip(frames, (after.runs(), after.series(), after.groups(), after.places()), strict=True):
        pd.testing.assert_frame_equal(old, new)
    assert digest(after) == digest(Tables(folder))
    files = {path: path.stat().st_mtime_ns for path in copy.rglob("*.parquet")}
    assert compact(copy).parts == (2, 2)
    assert {path: path.stat().st_mtime_ns for path in copy.rglob("*.parquet")} == files


@pytest.mark.parametrize("chunk", [3, 200])
def test_compacted_files_of_equal_studies_are_equal_bytes(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr("cogov.study.tables.CHUNK", chunk)
    monkeypatch.setattr(upkeep, "PER_PART", 3 * chunk)
    found = []
    for seed, per_part in ((1, 4), (2, 7)):
        copy = fill(tmp_path / f"{seed}", seed, per_part)
        compact(copy)
        found.append(contents(copy))
    assert found[0] == found[1]
    assert len(found[0]) == 3 * -(-15 // (3 * chunk))


def test_a_merged_study_is_extended_and_merged_again(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "study")
    compact(copy)
    more = STUDY.with_(replicates=7)
    with Store.open(copy, more) as store:
        assert (len(store.done), len(store.failed)) == (14, 1)
        for cell in more.cells():
            store.add(made_up(more, cell))
    assert status(copy).parts == 2
    assert compact(copy).parts == (2, 1)
    found = status(copy)
    assert (found.done, found.failed, found.missing, found.problems) == (21, 0, 0, ())
    assert Tables(copy).series()["run"].nunique() == 21


def test_damaged_parts_are_left_alone_by_compacting(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "study")
    path = sorted((copy / "series").iterdir())[0]
    path.write_bytes(path.read_bytes()[:-100])
    compact(copy)
    assert path.exists()
    assert len(status(copy).problems) == 1
    assert status(copy).missing == 4


def test_a_study_that_is_running_is_not_compacted(tmp_path):
    with Store.open(tmp_path, STUDY), pytest.raises(StudyError, match=f"by process {os.getpid()}"):
        compact(tmp_path)


def test_a_reader_that_meets_a_merger_looks_again(folder, tmp_path, monkeypatch):
    copy = shutil.copytree(folder, tmp_path / "study")
    first = [True]

    def interrupted(*args):
        if first:
            first.clear()
            compact(copy)
        return read(*args)

    read = parts._part
    monkeypatch.setattr(parts, "_part", interrupted)
    tables = Tables(copy)
    assert (len(tables.runs()), len(tables.parts), tables.problems) == (15, 1, [])

    def gone(*_):
        raise parts._GoneError

    monkeypatch.setattr(parts, "_find_parts", gone)
    with pytest.raises(StudyError, match="changes while it is read"):
        Tables(copy)


def test_a_reader_is_not_misled_while_parts_go_away(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "study")
    reader = Tables(copy)
    compact(copy)
    with pytest.raises(StudyError, match="has gone while the study was read; read it again"):
        reader.runs()


def test_what_is_no_study_is_not_compacted(tmp_path):
    with pytest.raises(StudyError, match="is not the folder of a study"):
        compact(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_exported_tables_are_the_tables(folder, tmp_path, monkeypatch, format):
    monkeypatch.setattr("cogov.study.tables.CHUNK", 4)
    paths = export(folder, format, tmp_path / "出 out")
    assert [path.name for path in paths] == [f"{t}.{format}" for t in ("runs", "series", "groups", "places")]
    tables = Tables(folder)
    mine = {
        "runs": tables.runs(),
        "series": tables.series(keys=True),
        "groups": tables.groups(keys=True),
        "places": tables.places(keys=True),
    }
    for path in paths:
        read = pd.read_csv if format == "csv" else pd.read_parquet
        found = read(path).sort_values("run", kind="stable", ignore_index=True)
        wanted = mine[path.stem].astype({"run": str, "community": str, "design": str})
        wanted = wanted.sort_values("run", kind="stable", ignore_index=True)[list(found.columns)]
        assert set(found.columns) == set(mine[path.stem].columns)
        if path.stem == "places":
            found["block"] = found["block"].fillna("")
        pd.testing.assert_frame_equal(found, wanted, check_dtype=False, check_exact=True)
    assert paths[0].read_bytes()[:5] == (b'"run"' if format == "csv" else b"PAR1\x15")


def test_an_export_replaces_the_one_before_and_is_no_part_of_the_study(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "study")
    for _ in range(2):
        paths = export(copy)
    assert {path.parent for path in paths} == {copy / "export"}
    assert len(list((copy / "export").iterdir())) == 4
    assert status(copy).problems == ()


@pytest.mark.parametrize(
    ("format", "to", "said"),
    [("xlsx", None, "unknown format 'xlsx'"), ("csv", "file/below", "cannot be made: ")],
)
def test_what_cannot_be_exported_is_an_error(folder, tmp_path, format, to, said):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StudyError, match=said):
        export(folder, format, tmp_path / to if to else None)


def test_buffers_are_as_large_as_the_documentation_says():
    assert (store_module.RUNS, store_module.SECONDS) == (200, 30.0)


def test_a_folder_with_only_failed_runs_is_looked_after(tmp_path, capsys):
    """And its name may have the sign that settings have."""
    folder = tmp_path / "weeks=5"
    with Store.open(folder, STUDY) as store:
        for cell in STUDY.cells():
            store.add(made_up(STUDY, cell, error="ValueError: wrong"))
    for command in ("status", "export", "compact", "status"):
        assert main(["study", command, str(folder)]) == 0
    assert main(["study", "status", str(folder), "format=json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["failed"] == len(STUDY.cells())
    assert main(["report", str(folder)]) == 0


def test_many_parts_are_merged_when_a_study_is_complete(folder, tmp_path, monkeypatch):
    copy = shutil.copytree(folder, tmp_path / "study")
    compact_many(copy, STUDY)
    assert len(Tables(copy).parts) == 4  # few enough
    monkeypatch.setattr(upkeep, "MANY", 3)
    compact_many(copy, STUDY.with_(replicates=6))  # runs are missing
    with Store.open(copy, STUDY):
        compact_many(copy, STUDY)  # somebody is at work
    assert len(Tables(copy).parts) == 4
    compact_many(copy, STUDY)
    assert len(Tables(copy).parts) == 1
    assert digest(Tables(copy)) == digest(Tables(folder))
