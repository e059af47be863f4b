"""What tests of the command line share."""

from __future__ import annotations

import pytest

from cogov.cli import main


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    """Type a command in an empty folder: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)

    def typed(*argv: str) -> tuple[int, str, str]:
        code = main(argv)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return typed
