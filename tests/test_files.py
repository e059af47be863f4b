"""Files are written whole or not at all."""

from __future__ import annotations

import pytest

from cogov.errors import StudyError
from cogov.files import whole


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
