"""One driver a folder: locks that the system takes back when their process ends, however it ends."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import logging
import os
import socket
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from cogov.kit.errors import StudyError
from cogov.kit.files import NO_LOCKS

FOLDER = ".lock"
DOOR = 120.0
"""Seconds in which a driver sets a folder in order; others wait that long for one and the same driver."""
SAY = 5.0
"""Seconds of waiting after which it is said for whom."""
LOOK = 0.1
"""Seconds between looks."""

_LOGGER = logging.getLogger(__name__)


class Lock:
    """The right to write into a folder: of one driver alone, or shared by shards of one study.

    Locks are `fcntl.flock` on files in ``.lock``: they end with the process, be it by SIGKILL, and so
    never have to be removed by hand. Linux passes them on to NFS servers, so that drivers on several
    machines see each other; a mount with ``nolock`` or ``local_lock`` keeps them to its machine. A child
    process made by ``fork`` alone would inherit them: workers are to be spawned.

    Parameters
    ----------
    folder : Path
        Of the study.
    shard : tuple of int, optional
        Index and count.
    wait : callable
        Waits for so many seconds while somebody else takes a lock; what it raises ends that.

    Attributes
    ----------
    alone : bool
        Whether nobody else had a right to the folder when the lock was taken.
    works : bool
        False if the file system has no locks, so that other drivers are not noticed.
    """

    def __init__(
        self,
        folder: Path,
        shard: tuple[int, int] | None = None,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._folder = folder / FOLDER
        self._where = folder
        self._shard = shard
        self._wait = wait
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
            If another driver is at work: who, where, since when, and what to do. Also if one that is just
            opening the folder does not come to an end of that.
        """
        self._folder.mkdir(exist_ok=True)
        with self._opened("door") as door:
            self._enter(door)
            try:
                self._take()
                yield
            except BaseException:
                self.release()
                raise

    def _enter(self, door: IO[str]) -> None:
        """Pass the door once nobody else stands in it: shards of a job array all start in one moment."""
        who, since, said = None, time.monotonic(), False
        while not self._flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB):
            now = time.monotonic()
            if (found := _read(door)) != who:
                who, since, said = found, now, False
            waiting = f"{self._where}: another driver is opening it ({_who(found)})"
            if now - since > DOOR:
                raise StudyError(
                    f"{waiting}, and has not come to an end of that for {DOOR:.0f} s. If it was stopped, let"
                    " it go on (kill -CONT) or end it; or give this study another folder"
                )
            if now - since > SAY and not said:
                _LOGGER.warning("cogov: %s; waiting for it", waiting)
                said = True
            self._wait(LOOK)
        self._sign(door)

    def release(self) -> None:
        """Give the lock back."""
        while self._files:
            self._files.pop().close()

    def _take(self) -> None:
        study = self._held("study")
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
        mine = self._held(f"shard-{index}-of-{count}")
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

    def _held(self, name: str) -> IO[str]:
        file = self._opened(name)
        self._files.append(file)
        return file

    def _opened(self, name: str) -> IO[str]:
        """A file of ours, made if need be; a link is not followed: what it leads to would be overwritten."""
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
        path = self._folder / name
        try:
            return open(path, "r+", encoding="utf-8", opener=lambda name, _: os.open(name, flags, 0o666))
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise StudyError(f"{path}: is a link, and must be a file of cogov's own; remove it") from None
            raise

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
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _who(found: dict[str, Any]) -> str:
    if not found:
        return "by a process that has not said who it is"
    return f"by process {found.get('pid')} on {found.get('host')} since {found.get('since')}"
