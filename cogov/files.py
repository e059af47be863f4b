"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from cogov.errors import StudyError

LONGEST = 120
"""Bytes of a folder's name, at most: file systems take 255, and more is put behind it."""


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
        If it cannot be written; nothing is left behind, and what was at ``path`` stays. Its cause is the
        `OSError`.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else error
        raise StudyError(f"{path}: cannot be written: {reason}") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return path


def intended(path: Path) -> str:
    """The name a file was to get from `whole`, if it is what a killed process left; else ""."""
    match = re.fullmatch(r"\.(.+)\.\d+", path.name)
    return match[1] if match else ""


def folder_name(text: str) -> str:
    """A name for a folder, made of the name of a study, community or design.

    Letters and digits of any script and ``_ - . , =`` stay. Where anything else was replaced, or the name
    shortened, a few figures of its hash follow, so that two names have two folders.

    >>> folder_name("wuliqiao_2020"), folder_name("五里桥")
    ('wuliqiao_2020', '五里桥')
    >>> folder_name("A/B test"), folder_name("../x")
    ('A_B_test-9b16f7e5', '_x-d6b96a97')
    """
    kept = re.sub(r"[^\w.,=-]+", "_", text).lstrip(".-")
    while len(kept.encode()) > LONGEST:
        kept = kept[:-1]
    if kept and kept == text:
        return kept
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{kept}-{digest}" if kept else digest


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk, so that a file renamed there is still there after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
