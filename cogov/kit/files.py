"""Files written whole or not at all, what killed processes left of them, names that stay in their folder."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import re
import secrets
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cogov.kit.errors import StudyError

LONGEST = 100
"""Bytes of the name of a folder that is made of a name."""
NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP)
"""What file systems say that have no locks (some cluster file systems, unless mounted with ``flock``)."""
_TEMPORARY = re.compile(r"\.(.+)\.cogov-[0-9a-f]{16}")
_SCRATCH = "cogov-"


def whole(path: Path, write: Callable[[BinaryIO], object]) -> Path:
    """Write a file under a temporary name, force it to disk, and only then give it its own name.

    Nobody can guess the temporary name, and a link that lies there is not followed. It is locked for as long
    as it is written, so that `tidy` knows what a killed process left.

    Parameters
    ----------
    path : Path
        Where the file is to be.
    write : callable
        Writes to the open file that it is given, and leaves it open.

    Raises
    ------
    StudyError
        If it cannot be written; nothing is left behind, and what was at ``path`` stays. Its cause is the
        `OSError`.
    """
    temporary = None
    try:
        temporary, file = _temporary(path)
        with file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
            temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else error
        raise StudyError(f"{path}: cannot be written: {reason}") from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    return path


def _temporary(path: Path) -> tuple[Path, BinaryIO]:
    while True:
        temporary = path.with_name(f".{path.name}.cogov-{secrets.token_hex(8)}")
        # O_EXCL makes a new file or none: it follows no link either.
        handle = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        if _held(handle):
            return temporary, os.fdopen(handle, "w+b")
        os.close(handle)


def _held(handle: int) -> bool:
    """Lock what is open, where there are locks; False if somebody has just tidied it away."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return os.fstat(handle).st_nlink > 0


def intended(path: Path) -> str:
    """The name a file was to get from `whole`, if it has a temporary one; else ""."""
    match = _TEMPORARY.fullmatch(path.name)
    return match[1] if match else ""


def tidy(folder: Path) -> None:
    """Remove the temporary files in a folder whose processes were killed; those being written stay."""
    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir()):
            if intended(path):
                with contextlib.suppress(OSError), _abandoned(path):
                    path.unlink()


@contextmanager
def scratch(parent: Path | None = None) -> Iterator[Path]:
    """A folder that only its owner can enter, and that is gone after the block.

    Those that killed processes of this user left in the same place are removed first.

    Parameters
    ----------
    parent : Path, optional
        Where it is made; the system's place for temporary files unless given.

    Raises
    ------
    StudyError
        If it cannot be made.
    """
    place = parent or Path(tempfile.gettempdir())
    _tidy_scratch(place)
    try:
        folder, handle = _private(place)
    except OSError as error:
        raise StudyError(f"{place}: no folder can be made there: {error.strerror or error}") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _private(place: Path) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=place))
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if _held(handle):
            return folder, handle
        os.close(handle)


def _tidy_scratch(place: Path) -> None:
    for folder in sorted(place.glob(f"{_SCRATCH}*")):
        with contextlib.suppress(OSError):
            about = folder.lstat()
            if stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid():
                with _abandoned(folder / "lock"):
                    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _abandoned(path: Path) -> Iterator[None]:
    """Hold a file that no process holds.

    Raises
    ------
    OSError
        If one does, it is no file, or there is no telling for want of locks.
    """
    handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


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
    if kept and kept == text and len(kept.encode()) <= LONGEST:
        return kept
    while len(kept.encode()) > LONGEST - 9:
        kept = kept[:-1]
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{kept}-{digest}" if kept else digest


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk, so that a file renamed there is still there after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
