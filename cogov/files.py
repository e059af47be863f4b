"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from cogov.errors import StudyError


def whole(path: Path, write: Callable[[Path], object]) -> Path:
    """Write a file under a temporary name, force it to disk, and only then give it its own name.

    Parameters
    ----------
    path : Path
        Where the file is to be.
    write : callable
        Writes the file at the path it is given, which lies beside ``path``.

    Raises
    ------
    StudyError
        If it cannot be written; nothing is left behind, and what was at ``path`` stays.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise StudyError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        temporary.unlink(missing_ok=True)
    return path
