"""One driver a folder, or several shards of one count; a lock ends with its process."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from cogov.kit.errors import ConfigError, StudyError
from cogov.study import lock
from cogov.study.store import Shard, Store
from tests.study.synthetic import made_up_study

STUDY = made_up_study()


def test_a_second_driver_is_told_who_is_at_work_and_what_to_do(tmp_path):
    with Store.open(tmp_path, STUDY), pytest.raises(StudyError) as caught:
        Store.open(tmp_path, STUDY)
    message = str(caught.value)
    assert f"process {os.getpid()} on {socket.gethostname()} since 20" in message
    assert "another folder" in message
    Store.open(tmp_path, STUDY).close()


def test_shards_of_one_count_share_a_folder(tmp_path):
    with Store.open(tmp_path, STUDY, Shard(1, 3)), Store.open(tmp_path, STUDY, Shard(3, 3)):
        with pytest.raises(StudyError, match=rf"shard 1/3 is being run already .by process {os.getpid()}"):
            Store.open(tmp_path, STUDY, Shard(1, 3))
        with pytest.raises(StudyError, match=r"in 3 shards .shard 1 of 3 by process .*; shard 3 of 3 by"):
            Store.open(tmp_path, STUDY, Shard(2, 4))
        with pytest.raises(StudyError, match="is being run in 3 shards"):
            Store.open(tmp_path, STUDY)
        with Store.open(tmp_path, STUDY, Shard(2, 3)):
            pass
    Store.open(tmp_path, STUDY, Shard(2, 4)).close()


def test_a_shard_waits_for_a_driver_of_the_whole(tmp_path):
    with Store.open(tmp_path, STUDY), pytest.raises(StudyError, match=f"is in use .by process {os.getpid()}"):
        Store.open(tmp_path, STUDY, Shard(1, 2))


def test_the_first_shard_may_end_before_the_others(tmp_path):
    first = Store.open(tmp_path, STUDY, Shard(1, 2))
    with Store.open(tmp_path, STUDY, Shard(2, 2)):
        first.close()
        with pytest.raises(StudyError, match="shard 2 of 2"):
            Store.open(tmp_path, STUDY)
        with pytest.raises(StudyError, match="2 shards"):
            Store.open(tmp_path, STUDY, Shard(1, 3))


def test_a_lock_ends_with_its_process(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from cogov.study.lock import Lock\n"
        "lock = Lock(Path(sys.argv[1]))\n"
        "with lock.taking(): print('taken', flush=True)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(StudyError, match=f"by process {process.pid} on"):
            Store.open(tmp_path, STUDY)
        process.send_signal(signal.SIGKILL)
        process.wait()
    Store.open(tmp_path, STUDY).close()


def test_a_file_system_without_locks_is_a_problem_and_no_obstacle(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with Store.open(tmp_path, STUDY) as store:
        assert "no locks" in store.problems[0]


def test_another_failure_to_lock_is_an_error(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(StudyError, match="cannot be locked: Input/output error"):
        Store.open(tmp_path, STUDY)


def test_shards_are_even_and_every_cell_is_in_one():
    cells = made_up_study(replicates=7).cells()
    shares = [Shard(index, 4).of(cells) for index in range(1, 5)]
    assert sorted(cell.run for share in shares for cell in share) == sorted(cell.run for cell in cells)
    assert {len(share) for share in shares} <= {len(cells) // 4, len(cells) // 4 + 1}
    order = {cell.run: position for position, cell in enumerate(cells)}
    assert all([order[cell.run] for cell in share] == sorted(order[c.run] for c in share) for share in shares)


@pytest.mark.parametrize("text", ["0/4", "5/4", "1/0", "1", "a/b", "1/2/3", "-1/2", ""])
def test_what_is_no_shard_is_refused(text):
    with pytest.raises(ConfigError, match="shard"):
        Shard.parse(text)


def test_a_shard_is_read_as_it_is_written():
    assert Shard.parse(" 3/16 ") == Shard(3, 16)
    assert str(Shard(3, 16)) == "3/16"


def test_a_driver_stopped_at_the_door_is_named_and_not_waited_for_for_ever(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(lock, "DOOR", 0.4)
    monkeypatch.setattr(lock, "SAY", 0.1)
    waited = []

    def interrupt(seconds):
        raise KeyboardInterrupt

    tmp_path.mkdir(exist_ok=True)
    first = lock.Lock(tmp_path)
    with first.taking():
        with pytest.raises(KeyboardInterrupt):
            Store.open(tmp_path, STUDY, wait=interrupt)
        with pytest.raises(
            StudyError, match=rf"opening it .by process {os.getpid()} on .* since 20.*kill -CONT"
        ):
            Store.open(tmp_path, STUDY, wait=lambda seconds: waited.append(time.sleep(seconds)))
    first.release()
    assert len(waited) >= 2
    assert f"by process {os.getpid()}" in caplog.text
    Store.open(tmp_path, STUDY).close()


def test_a_lock_that_is_a_link_is_not_followed(tmp_path):
    (tmp_path / "study" / ".lock").mkdir(parents=True)
    mine = tmp_path / "mine"
    mine.write_text("precious", encoding="utf-8")
    (tmp_path / "study" / ".lock" / "study").symlink_to(mine)
    with pytest.raises(StudyError, match=r"\.lock/study: is a link"):
        Store.open(tmp_path / "study", STUDY)
    assert mine.read_text("utf-8") == "precious"
