"""Files are written whole or not at all."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov.kit.errors import StudyError
from cogov.kit.files import folder_name, intended, scratch, tidy, whole


def test_a_file_is_written_and_nothing_else(tmp_path):
    path = tmp_path / "图.txt"
    path.write_text("old", encoding="utf-8")
    assert whole(path, lambda file: file.write(b"new")) == path
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_what_was_there(tmp_path):
    path = tmp_path / "table.txt"
    path.write_text("old", encoding="utf-8")

    def fail(file):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(StudyError, match=r"table\.txt: cannot be written: No space left on device"):
        whole(path, fail)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_is_tidied_and_what_is_being_written_stays(tmp_path):
    left, held = (tmp_path / f".runs.csv.cogov-{digit * 16}" for digit in "ab")
    foreign = tmp_path / ".runs.csv.4711"
    link = tmp_path / f".link.cogov-{'c' * 16}"
    for path in (left, held, foreign):
        path.write_text("x", encoding="utf-8")
    link.symlink_to(left)

    def write(file):
        fcntl.flock(hold, fcntl.LOCK_EX)
        file.write(b"new")
        tidy(tmp_path)

    with held.open("rb+") as hold:
        assert whole(tmp_path / "table", write).read_bytes() == b"new"
    assert sorted(tmp_path.iterdir()) == sorted([held, foreign, link, tmp_path / "table"])
    assert intended(held) == "runs.csv"


def test_a_scratch_folder_is_private_and_goes_with_its_process(tmp_path):
    abandoned = tmp_path / "cogov-left"
    abandoned.mkdir()
    (abandoned / "lock").touch()
    strange = tmp_path / "cogov-strange"
    strange.symlink_to(abandoned)
    with scratch(tmp_path) as first, scratch(tmp_path) as second:
        assert first.is_dir()
        assert second.stat().st_mode & 0o077 == 0
        assert not abandoned.exists()
    assert list(tmp_path.iterdir()) == [strange]
    with pytest.raises(StudyError, match="no folder can be made there"), scratch(tmp_path / "nowhere"):
        pass


@given(st.text(), st.text())
def test_a_name_stays_in_its_folder(text, other):
    name = folder_name(text)
    assert Path(name).name == name
    assert name not in ("", ".", "..")
    assert "\0" not in name
    assert len(os.fsencode(name)) <= 100
    assert folder_name(name) == name
    assert text == other or folder_name(other) != name


@pytest.mark.parametrize("text", ["x/../../y", "..", "", "A/B test", "a" * 999, "社区" * 99, "~/.ssh"])
def test_a_name_that_cannot_be_a_folders_is_changed_and_told_apart(text):
    assert folder_name(text) != text
    assert "/" not in folder_name(text)
