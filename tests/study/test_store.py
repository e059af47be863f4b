"""What was flushed is there once, whatever happens to the driver, the disk and the files."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cogov.kit.errors import CogovError, StudyError
from cogov.study import RunResult, Study
from cogov.study import store as store_module
from cogov.study.parts import TABLES
from cogov.study.seal import read_seal
from cogov.study.store import Shard, Store
from cogov.study.tables import Tables
from cogov.study.upkeep import compact, digest, status
from tests.study.synthetic import BLOCKS, made_up, made_up_study

STUDY = made_up_study()
CELLS = STUDY.cells()
RESULTS = [made_up(STUDY, cell) for cell in CELLS]


def fill(folder: Path, results: list[RunResult], per_part: int = 5, study: Study = STUDY) -> None:
    with Store.open(folder, study) as store:
        for number, result in enumerate(results, 1):
            store.add(result)
            if number % per_part == 0:
                store.flush()


def files(folder: Path) -> list[Path]:
    """All files of the tables."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name in TABLES)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A study that nothing happened to, and its digest."""
    folder = tmp_path_factory.mktemp("whole") / "study"
    fill(folder, RESULTS)
    return folder, digest(Tables(folder))


def test_what_was_added_is_there_after_closing(tmp_path):
    folder = tmp_path / "研究 with spaces"
    with Store.open(folder, STUDY) as store:
        for result in RESULTS[:7]:
            store.add(result)
        assert store.done == set()
    assert sorted(path.name for path in folder.iterdir() if path.name[0] != ".") == [
        "README.md",
        "groups",
        "runs",
        "series",
        "study.yaml",
        "versions.json",
    ]
    with Store.open(folder, STUDY) as store:
        assert store.done == {cell.run for cell in CELLS[:7]}
        assert (store.failed, store.problems) == (set(), [])


def test_the_folder_says_what_it_is(whole):
    folder, _ = whole
    assert Study.from_mapping(yaml.safe_load((folder / "study.yaml").read_text("utf-8"))) == STUDY
    versions = json.loads((folder / "versions.json").read_text("utf-8"))
    assert {"cogov", "model", "python", "numpy", "pyarrow", "mesa", "architecture", "created"} <= set(
        versions
    )
    readme = (folder / "README.md").read_text("utf-8")
    assert STUDY.question in readme
    for table in ("runs", "series", "groups"):
        for name in pq.ParquetFile(next((folder / table).iterdir())).schema_arrow.names:
            assert f"| `{name}` |" in readme


def test_types_and_encodings_are_the_plans(whole):
    path = next((whole[0] / "runs").iterdir())
    with pq.ParquetFile(path) as file:
        types = {field.name: str(field.type) for field in file.schema_arrow}
        column = file.metadata.row_group(0).column(file.schema_arrow.get_field_index("satisfaction"))
    assert (types["replicate"], types["seed"], types[BLOCKS], types["error"]) == (
        "int32",
        "int64",
        "double",
        "string",
    )
    assert column.compression == "ZSTD"
    assert "BYTE_STREAM_SPLIT" in column.encodings


def test_a_full_buffer_is_flushed(tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "RUNS", 4)
    with Store.open(tmp_path, STUDY) as store:
        for number, result in enumerate(RESULTS[:9], 1):
            store.add(result)
            assert len(store.done) == number // 4 * 4


def test_an_old_buffer_is_flushed_by_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "SECONDS", 0.05)
    with Store.open(tmp_path, STUDY) as store:
        for count, result in enumerate(RESULTS[:2], 1):
            store.add(result)
            deadline = time.monotonic() + 10
            while len(Tables(tmp_path).parts) < count and time.monotonic() < deadline:
                time.sleep(0.01)
        assert len(store.done) == 2


def test_many_threads_may_add(tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "RUNS", 3)
    with Store.open(tmp_path, STUDY) as store:
        threads = [
            threading.Thread(target=lambda part: [store.add(r) for r in part], args=(RESULTS[i::4],))
            for i in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(Tables(tmp_path).runs()["run"]) == sorted(cell.run for cell in CELLS)


def test_a_run_given_twice_counts_once(tmp_path):
    with Store.open(tmp_path, STUDY) as store:
        store.add(RESULTS[0])
        store.add(RESULTS[0])
        store.flush()
        store.add(RESULTS[0])
        store.flush()
    assert len(Tables(tmp_path).runs()) == len(files(tmp_path)) // 3 == 1


def test_a_failed_run_gives_way_to_a_done_one(tmp_path):
    failed = made_up(STUDY, CELLS[0], error="ValueError: 坏了 (here.py:1)")
    fill(tmp_path, [failed, RESULTS[1]])
    with Store.open(tmp_path, STUDY) as store:
        assert (store.failed, store.done) == ({CELLS[0].run}, {CELLS[1].run})
        assert Tables(tmp_path).runs()["error"].dropna().tolist() == ["ValueError: 坏了 (here.py:1)"]
        store.add(RESULTS[0])
        store.flush()
        assert store.failed == set()
    with Store.open(tmp_path, STUDY) as store:
        assert (store.failed, store.done) == (set(), {CELLS[0].run, CELLS[1].run})
    assert set(Tables(tmp_path).runs()["status"]) == {"done"}
    assert len(Tables(tmp_path).series(["satisfaction"])) == 2 * STUDY.weeks


def test_what_cannot_be_written_is_refused_at_once(tmp_path):
    good = RESULTS[0]
    with Store.open(tmp_path, STUDY) as store:
        for change, message in (
            ({"series": None}, "its series must have 5 x"),
            ({"series": good.series[:-1]}, "its series must have 5 x"),
            ({"outcomes": {"happiness": 1.0}}, "happiness are no outcomes"),
            ({"groups": None}, "groups lacks rows"),
            ({"groups": good.groups.drop(columns=["by"])}, "groups lacks by"),
        ):
            with pytest.raises(StudyError, match=message):
                store.add(RunResult(**{**vars(good), **change}))
    assert Tables(tmp_path).parts == []
    with pytest.raises(StudyError, match="is closed"):
        store.add(good)


# --- Any order, any flushes


@settings(max_examples=8)
@given(order=st.permutations(range(len(CELLS))), cuts=st.sets(st.integers(1, len(CELLS))), data=st.data())
def test_order_parts_and_interruptions_do_not_show(tmp_path_factory, whole, order, cuts, data):
    folder = tmp_path_factory.mktemp("any") / "study"
    sessions = sorted({0, len(CELLS), *data.draw(st.sets(st.integers(1, len(CELLS)), max_size=2))})
    for begin, end in pairwise(sessions):
        with Store.open(folder, STUDY) as store:
            for number in range(begin, end):
                store.add(RESULTS[order[number]])
                if number in cuts:
                    store.flush()
    assert digest(Tables(folder)) == whole[1]


# --- What may lie in the folder


@pytest.mark.parametrize("table", ["runs", "series", "groups"])
@pytest.mark.parametrize("share", [0, 0.3, 0.9, "last byte"])
def test_a_truncated_part_is_reported_and_its_runs_are_made_again(tmp_path, whole, table, share):
    folder = shutil.copytree(whole[0], tmp_path / "study")
    path = sorted((folder / table).iterdir())[0]
    content = path.read_bytes()
    path.write_bytes(content[: -1 if share == "last byte" else int(len(content) * share)])
    damaged = path.read_bytes()
    lost = len(Tables(whole[0]).parts[0].rows)
    with Store.open(folder, STUDY) as store:
        assert len(store.problems) == 1
        assert path.name in store.problems[0]
        assert "damaged" in store.problems[0]
        assert "are made again" in store.problems[0]
        assert len(store.done) == len(CELLS) - lost
        for result in RESULTS:
            store.add(result)
    assert path.read_bytes() == damaged
    assert digest(Tables(folder)) == whole[1]


def test_a_missing_table_takes_its_part_along(tmp_path, whole):
    folder = shutil.copytree(whole[0], tmp_path / "study")
    sorted((folder / "series").iterdir())[0].unlink()
    with Store.open(folder, STUDY) as store:
        assert "is missing; the runs of" in store.problems[0]
        assert len(store.done) == len(CELLS) - 5


def test_damage_inside_is_noticed_when_it_is_read(tmp_path, whole):
    folder = shutil.copytree(whole[0], tmp_path / "study")
    path = sorted((folder / "series").iterdir())[0]
    content = bytearray(path.read_bytes())
    for place in range(200, 400):
        content[place] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(StudyError, match=r"part-.*is damaged .*continue the study, which makes their runs"):
        Tables(folder).series()


def test_foreign_files_are_reported_and_left_alone(tmp_path, whole):
    folder = shutil.copytree(whole[0], tmp_path / "study")
    part = sorted((folder / "runs").iterdir())[0]
    foreign = {
        folder / "runs" / "notes.txt": b"x",
        folder / "runs" / "part-driver-0-1 (copy).parquet": part.read_bytes(),
        folder / "runs" / "part-driver-copy-00001.parquet": part.read_bytes(),
        folder / "runs" / "part-driver-empty-00001.parquet": b"",
        folder / "series" / "part-driver-other-00001.parquet": b"PAR1 something PAR1",
        folder / "groups" / ".part-driver-x-00001.parquet.Ab3dE": b"rsync is at work",
    }
    for path, content in foreign.items():
        path.write_bytes(content)
    theirs = folder / "runs" / "part-driver-theirs-00001.parquet"
    pq.write_table(pq.read_table(part).replace_schema_metadata(), theirs)
    (folder / "series" / "part-driver-folder-00001.parquet").mkdir()
    with Store.open(folder, STUDY) as store:
        problems = "\n".join(store.problems)
        assert len(store.done) == len(CELLS)
    for path in [*foreign, theirs]:
        assert f"{path}: " in problems
    assert f"part-driver-copy-00001.parquet: is a copy of runs/{part.name}" in problems
    assert f"{theirs}: was not written by cogov" in problems
    assert len(problems.splitlines()) == len(foreign) + 2
    assert all(path.read_bytes() == content for path, content in foreign.items())
    assert Tables(folder).problems == store.problems
    assert digest(Tables(folder)) == whole[1]


def test_parts_of_another_study_do_not_count(tmp_path, whole):
    other = made_up_study(weeks=6)
    fill(tmp_path / "other", [made_up(other, cell) for cell in other.cells()], study=other)
    folder = shutil.copytree(whole[0], tmp_path / "study")
    for path in files(tmp_path / "other"):
        shutil.copy(path, folder / path.parent.name)
    with Store.open(folder, STUDY) as store:
        assert len(store.problems) == 3
        assert all("is of another study; left alone" in problem for problem in store.problems)
    assert digest(Tables(folder)) == whole[1]


def test_parts_of_one_study_from_two_machines_go_together(tmp_path, whole):
    for index in (1, 2):
        with Store.open(tmp_path / f"{index}", STUDY, Shard(index, 2)) as store:
            mine = {cell.run for cell in Shard(index, 2).of(CELLS)}
            for result in RESULTS:
                if result.cell.run in mine:
                    store.add(result)
    for path in files(tmp_path / "2"):
        shutil.copy(path, tmp_path / "1" / path.parent.name)
    assert digest(Tables(tmp_path / "1")) == whole[1]


# --- Disks


@pytest.mark.parametrize("call", ["fsync", "replace", "write"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_disk_is_an_error_and_costs_nothing(tmp_path, monkeypatch, whole, call, number):
    folder = tmp_path / "study"
    fill(folder, RESULTS[:5])
    before = files(folder)
    calls = iter(range(100))

    def fail(function):
        def failing(*args, **kwargs):
            if next(calls) == 2:
                raise OSError(number, os.strerror(number))
            return function(*args, **kwargs)

        return failing

    store = Store.open(folder, STUDY)
    for result in RESULTS[5:8]:
        store.add(result)
    with monkeypatch.context() as patch:
        owner = {"fsync": os, "replace": Path, "write": pq.ParquetWriter}[call]
        name = "write_table" if call == "write" else call
        patch.setattr(owner, name, fail(getattr(owner, name)))
        with pytest.raises(StudyError) as caught:
            store.flush()
    assert os.strerror(number) in str(caught.value)
    assert "3 finished runs are not on disk" in str(caught.value)
    assert files(folder) == before
    assert len(Tables(folder).runs()) == 5
    for result in RESULTS[8:]:
        store.add(result)
    store.close()
    assert digest(Tables(folder)) == whole[1]


def test_what_the_timer_could_not_write_is_told_by_the_next_call(tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "SECONDS", 0.02)
    tried = threading.Event()

    def fail(*_):
        tried.set()
        raise OSError(errno.ENOSPC, "No space left on device")

    with Store.open(tmp_path, STUDY) as store:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fail)
            store.add(RESULTS[0])
            assert tried.wait(10)
            time.sleep(0.05)
            with pytest.raises(StudyError, match="No space left on device"):
                store.add(RESULTS[1])
        store.flush()
        store.add(RESULTS[2])
    assert len(Tables(tmp_path).runs()) == 3


def test_an_error_of_the_driver_is_the_one_that_is_told(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    def drive():
        with Store.open(tmp_path, STUDY) as store:
            store.add(RESULTS[0])
            monkeypatch.setattr(os, "fsync", fail)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        drive()
    assert "makes only what is missing" in caught.value.__notes__[0]
    monkeypatch.undo()
    with Store.open(tmp_path, STUDY) as store:
        assert store.done == set()


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StudyError, match="results cannot be written there"):
        Store.open(tmp_path / "file", STUDY)
    with pytest.raises(StudyError, match="results cannot be written there"):
        Store.open(tmp_path / "file" / "below", STUDY)


@pytest.mark.slow
def test_a_disk_that_is_really_full(tmp_path):
    """Needs the right to mount."""
    mounted = tmp_path / "tiny"
    mounted.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", mounted], check=False).returncode:
        pytest.skip("may not mount")
    try:
        store = Store.open(mounted / "study", STUDY)

        def fill_up():
            for result in RESULTS:
                store.add(result)
                store.flush()

        with pytest.raises(StudyError, match=r"No space left on device; 1 finished runs? (is|are) not"):
            fill_up()
        committed = set(store.done)
        assert committed
        assert set(Tables(mounted / "study").runs()["run"]) == committed
        assert not [path for path in files(mounted) if path.name[0] == "."]
        subprocess.run(["mount", "-o", "remount,size=8m", mounted], check=True)
        store.close()
        assert len(Tables(mounted / "study").runs()) == len(committed) + 1
    finally:
        subprocess.run(["umount", mounted], check=True)


# --- Kills


class Moments:
    """Copies of a folder as a kill would leave it, after every step of writing."""

    def __init__(self, folder: Path, copies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.copies, self.kept = folder, copies, list[Path]()
        self._names: list[str] = []
        for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "unlink")):
            monkeypatch.setattr(owner, name, self._watched(getattr(owner, name)))

    def _watched(self, function):
        def watched(*args, **kwargs):
            try:
                return function(*args, **kwargs)
            finally:
                names = sorted(str(path) for path in self.folder.rglob("*"))
                if names != self._names:
                    self._names = names
                    self.kept.append(self.copies / f"{len(self.kept):03d}")
                    shutil.copytree(self.folder, self.kept[-1])

        return watched


def test_killed_at_any_step_of_a_flush(tmp_path, monkeypatch, whole):
    folder = tmp_path / "study"
    fill(folder, RESULTS[:4])
    with monkeypatch.context() as patch:
        moments = Moments(folder, tmp_path / "copies", patch)
        fill(folder, RESULTS[4:6])
    assert len(moments.kept) >= 6
    found = set()
    for copy in moments.kept:
        with Store.open(copy, STUDY) as store:
            found.add(len(store.done))
            assert store.problems == []
            assert {cell.run for cell in CELLS[:4]} <= store.done
            committed = {path.stem for path in (copy / "runs").iterdir()}
            assert {path.stem for path in files(copy)} == committed  # nothing is left over
            for result in RESULTS:
                store.add(result)
        assert digest(Tables(copy)) == whole[1]
    assert found == {4, 6}


def test_killed_at_any_step_of_compacting(tmp_path, monkeypatch, whole):
    folder = shutil.copytree(whole[0], tmp_path / "study")
    with monkeypatch.context() as patch:
        moments = Moments(folder, tmp_path / "copies", patch)
        compact(folder)
    assert len(moments.kept) > 12  # three tables written, nine files removed
    for number, copy in enumerate(moments.kept):
        assert digest(Tables(copy)) == whole[1]
        if number % 4 == 0:  # a driver and another compact finish what was begun
            with Store.open(copy, STUDY) as store:
                assert len(store.done) == len(CELLS)
            merged = list((copy / "runs").glob("part-compact-*.parquet"))
            assert len(files(copy)) == (3 if merged else len(files(whole[0])))
        elif number % 4 == 2:
            compact(copy)
            assert len(files(copy)) == 3
            assert digest(Tables(copy)) == whole[1]


def test_a_shard_that_is_not_alone_removes_only_what_it_left_itself(tmp_path):
    for index in (1, 2):  # killed before their first parts were committed
        with Store.open(tmp_path, STUDY, Shard(index, 2)) as store:
            store.add(RESULTS[index])
    with Store.open(tmp_path, STUDY, Shard(2, 2)):
        for path in (tmp_path / "runs").iterdir():
            path.rename(path.with_name(f".{path.name}.cogov-0123456789abcdef"))
        theirs = next((tmp_path / "runs").glob(".part-shard-2of2-*"))
        with theirs.open("rb+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # as while it is written
            Store.open(tmp_path, STUDY, Shard(1, 2)).close()
            assert len(files(tmp_path)) == 3
        with Store.open(tmp_path, STUDY, Shard(1, 2)) as store:
            assert len(files(tmp_path)) == 2
            assert all("part-shard-2of2-" in path.name for path in files(tmp_path))
            assert (store.done, store.problems) == (set(), [])
    Store.open(tmp_path, STUDY, Shard(1, 2)).close()
    assert files(tmp_path) == []


def test_killed_before_anything_was_written(tmp_path, monkeypatch):
    folder = tmp_path / "study"
    folder.mkdir()
    with monkeypatch.context() as patch:
        moments = Moments(folder, tmp_path / "copies", patch)
        Store.open(folder, STUDY).close()
    for copy in moments.kept:
        with Store.open(copy, STUDY):
            pass
        assert not [path for path in copy.iterdir() if path.is_file() and path.name[0] == "."]


def killed_writer(folder: Path, seconds: float, rows: int) -> int:
    """Start a process that flushes one run after another, kill it; returns how many it said were flushed."""
    script = Path(__file__).with_name("writer.py")
    with subprocess.Popen([sys.executable, script, folder], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(rows)]
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        said += process.stdout.readlines()
    return len([line for line in said if line.endswith("\n")])


def test_a_killed_writer_loses_nothing_that_was_flushed(tmp_path, whole):
    folder = tmp_path / "study"
    flushed = killed_writer(folder, 0.005, rows=3)
    with Store.open(folder, STUDY) as store:
        assert flushed <= len(store.done) <= flushed + 1
        assert store.done == {cell.run for cell in CELLS[: len(store.done)]}
        assert store.problems == []
        for result in RESULTS:
            store.add(result)
    assert not [path for path in folder.rglob("*") if path.name[0] == "." and path.name != ".lock"]
    assert digest(Tables(folder)) == whole[1]


@pytest.mark.slow
def test_a_writer_killed_many_times_ends_with_the_same_results(tmp_path, whole):
    folder, rng, done = tmp_path / "study", random.Random(1), 0
    for _ in range(25):
        flushed = killed_writer(folder, rng.uniform(0, 0.05), rows=rng.randrange(2)) + done
        done = len(Tables(folder).runs()) if (folder / "study.yaml").exists() else 0
        assert done >= min(flushed, len(CELLS))
    fill(folder, RESULTS)
    assert status(folder).problems == ()
    assert digest(Tables(folder)) == whole[1]


# --- How it is told


def test_the_last_word_after_a_full_disk_is_true(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    def heals(store):
        store.add(RESULTS[0])
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fail)
            store.flush()

    with pytest.raises(StudyError) as caught, Store.open(tmp_path / "heals", STUDY) as store:
        heals(store)
    assert "A second attempt could write: nothing is lost, the 1 finished run is on disk" in str(caught.value)
    assert len(Tables(tmp_path / "heals").runs()) == 1

    store = Store.open(tmp_path / "full", STUDY)
    store.add(RESULTS[0])
    store.flush()
    store.add(RESULTS[1])
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StudyError) as caught, store:
        store.flush()
    monkeypatch.undo()
    said = str(caught.value)
    assert "No space left on device; the study has ended here. 1 finished run is lost, and made again" in said
    assert "the 1 on disk are kept" in said
    assert said.endswith("then give the same command again: it makes only what is missing")
    assert "memory" not in said
    assert len(Tables(tmp_path / "full").runs()) == 1


# --- Damage of any kind


def test_no_byte_of_a_footer_changes_unnoticed(tmp_path, whole):
    folder = shutil.copytree(whole[0], tmp_path / "study")
    for table in ("runs", "series", "groups"):
        path = sorted((folder / table).iterdir())[0]
        good = path.read_bytes()
        length = int.from_bytes(good[-8:-4], "little") + 8
        seal = read_seal(path)[0]
        bad = bytearray(good)
        changed = tmp_path / path.name
        for place in range(len(good) - length, len(good), 1 if table == "groups" else 29):
            bad[place] ^= 1 << place % 8
            changed.write_bytes(bad)
            with contextlib.suppress(ValueError):
                assert read_seal(changed)[0] != seal
            bad[place] = good[place]
        for place in random.Random(1).sample(range(len(good) - length, len(good)), 4):
            bad[place] ^= 1 << place % 8
            path.write_bytes(bad)
            found = Tables(folder)
            assert len(found.problems) == 1
            assert str(path) in found.problems[0]
            assert len(found.index) == len(CELLS) - 5
            bad[place] = good[place]
        path.write_bytes(good)
    assert digest(Tables(folder)) == whole[1]


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_damaged_folder_is_read_or_refused_with_its_file(tmp_path_factory, whole, data):
    """Whatever was done to a file: what is left is right, or the error names the file; no traceback."""
    folder = shutil.copytree(whole[0], tmp_path_factory.mktemp("damaged") / "study")
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and ".lock" not in path.parts)
    path = paths[data.draw(st.integers(0, len(paths) - 1), label=str([p.name for p in paths]))]
    content = path.read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    match data.draw(st.sampled_from(["flip", "cut", "insert", "gone", "folder", "link", "other"])):
        case "flip":
            path.write_bytes(content[:place] + bytes([content[place] ^ 0x41]) + content[place + 1 :])
        case "cut":
            path.write_bytes(content[:place])
        case "insert":
            path.write_bytes(content[:place] + data.draw(st.binary(max_size=9)) + content[place:])
        case "gone":
            path.unlink()
        case "folder":
            path.unlink()
            path.mkdir()
        case "link":
            path.unlink()
            path.symlink_to(path)
        case "other":
            path.write_bytes(paths[place % len(paths)].read_bytes())
    try:
        found = status(folder)
        mark = found.digest
        compact(folder)
    except CogovError as error:
        assert str(folder) in str(error)  # noqa: PT017
    else:
        assert mark == whole[1] or found.done < len(CELLS) or path.parent == folder
