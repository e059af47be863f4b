"""One driver a folder: locks that the system takes back when their process ends, however it ends."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from cogov.errors import StudyError

FOLDER = ".lock"
NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP)
"""What file systems say that have no locks (some cluster file systems, unless mounted with ``flock``)."""


class Lock:
    """The right to write into a folder: of one driver alone, or shared by shards of one study.

    Locks are `fcntl.flock` on files in ``.lock``: they end with the process, be it by SIGKILL, and so
    never have to be removed by hand. Linux passes them on to NFS servers, so that drivers on several
    machines see each other; a mount with ``nolock`` or ``local_lock`` keeps them to its machine. A child
    process made by ``fork`` alone would inherit them: workers are to be spawned.

    Attributes
    ----------
    alone : bool
        Whether nobody else had a right to the folder when the lock was taken.
    works : bool
        False if the file system has no locks, so that other drivers are not noticed.
    """

    def __init__(self, folder: Path, shard: tuple[int, int] | None = None) -> None:
        self._folder = folder / FOLDER
        self._where = folder
        self._shard = shard
        self._files: list[IO[str]] = []
        self.alone = True
        self.works = True

    @contextlib.contextmanager
    def taking(self) -> Iterator[None]:
        """Take the lock and hold up everybody else who wants one until the block has ended.

        The block sets the folder in order. If it fails, the lock is given back.

        Raises
        ------
        StudyError
            If another driver is at work: who, where, since when, and what to do.
        """
        self._folder.mkdir(exist_ok=True)
        with (self._folder / "door").open("a+", encoding="utf-8") as door:
            self._flock(door, fcntl.LOCK_EX)  # waits: shards of a job array all start in the same moment
            try:
                self._take()
                yield
            except BaseException:
                self.release()
                raise

    def release(self) -> None:
        """Give the lock back."""
        while self._files:
            self._files.pop().close()

    def _take(self) -> None:
        study = self._open("study")
        exclusive = self._flock(study, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.alone = exclusive
        if self._shard is None:
            if not exclusive:
                raise StudyError(self._taken(study))
            self._sign(study)
            return
        if exclusive:  # not atomic, but everybody who would come between waits at the door
            self._sign(study)
        if not self._flock(study, fcntl.LOCK_SH | fcntl.LOCK_NB):
            raise StudyError(self._taken(study))
        index, count = self._shard
        theirs = _read(study).get("shards")
        if theirs not in (None, count):
            raise StudyError(
                f"{self._where}: is being run in {theirs} shards ({self._sharers()}); shards of one study"
                f" have one count: shard={min(index, theirs)}/{theirs}, or wait until those have ended"
            )
        mine = self._open(f"shard-{index}-of-{count}")
        if not self._flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB):
            raise StudyError(
                f"{self._where}: shard {index}/{count} is being run already ({_who(_read(mine))});"
                " run another shard, or wait until it has ended"
            )
        self._sign(mine)

    def _taken(self, file: IO[str]) -> str:
        found = _read(file)
        what = f"is being run in {found['shards']} shards" if found.get("shards") else "is in use"
        who = self._sharers() if found.get("shards") else _who(found)
        return (
            f"{self._where}: {what} ({who}); wait until that has ended, end it, or give this study"
            " another folder. Several drivers share a folder by shards (shard=1/2, shard=2/2)"
        )

    def _sharers(self) -> str:
        """The shards at work now: those whose own locks are held."""
        found = []
        for path in sorted(self._folder.glob("shard-*")):
            with path.open("r", encoding="utf-8") as file:
                if not self._flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB):
                    found.append(f"{path.name.replace('-', ' ')} {_who(_read(file))}")
        return "; ".join(found) or "a shard that is just beginning"

    def _open(self, name: str) -> IO[str]:
        path = self._folder / name
        path.touch()
        file = path.open("r+", encoding="utf-8")
        self._files.append(file)
        return file

    def _flock(self, file: IO[str], how: int) -> bool:
        try:
            fcntl.flock(file, how)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise StudyError(f"{self._where}: cannot be locked: {error.strerror}") from error
            self.works = False
        return True

    def _sign(self, file: IO[str]) -> None:
        me = {
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "since": datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"),
            "shards": self._shard and self._shard[1],
        }
        file.seek(0)
        file.truncate()
        json.dump(me, file)
        file.flush()


def _read(file: IO[str]) -> dict[str, Any]:
    """What the holder of a lock wrote about itself; nothing if it has not yet."""
    file.seek(0)
    try:
        found = json.load(file)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _who(found: dict[str, Any]) -> str:
    if not found:
        return "by a process that has not said who it is"
    return f"by process {found.get('pid')} on {found.get('host')} since {found.get('since')}"
