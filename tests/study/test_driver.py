"""The driver: what is made, in which stages, what is told meanwhile, and how it is interrupted."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cogov.kit.errors import ConfigError, StudyError
from cogov.study import Cell, RunResult, Study
from cogov.study.driver import Progress, run_study
from cogov.study.engines import Engine
from tests.study.synthetic import made_up
from tests.study.synthetic import made_up_study as compose

made_up_study = cache(compose)
"""Studies are values, so that one of a kind is enough; to compose one takes a while."""


@dataclass(frozen=True, kw_only=True)
class MadeUp(Engine):
    """Makes up results at once, in a shuffled order."""

    name = "made_up"

    def __post_init__(self) -> None:
        super().__post_init__()
        self.__dict__.update(opened=[], made=[], order=random.Random(0), on_run=lambda cell: "")

    @contextmanager
    def open(self, runs: int) -> Iterator[MadeUp]:
        self.opened.append(runs)
        yield self

    @property
    def workers(self) -> int:
        return 3

    def results(self, study: Study, cells: Iterable[Cell]) -> Iterator[RunResult]:
        waiting: list[Cell] = []
        for cell in cells:
            waiting.append(cell)
            if len(waiting) == 5:
                yield self.make(study, waiting)
        while waiting:
            yield self.make(study, waiting)

    def make(self, study: Study, waiting: list[Cell]) -> RunResult:
        cell = waiting.pop(self.order.randrange(len(waiting)))
        self.made.append(cell)
        result = made_up(study, cell, error=self.on_run(cell) or "")
        if result.outcomes:  # run ids, which decide the rest, change with the model; stages must not
            rng = np.random.default_rng([3, cell.replicate, cell.design])
            result.outcomes["satisfaction"] = float(rng.normal())
        return result

    def when(self, on_run: Callable[[Cell], Any]) -> MadeUp:
        self.__dict__["on_run"] = on_run
        return self


def digest_of(study: Study, folder: Path) -> str:
    """The digest of a study that nothing disturbed."""
    return run_study(study, folder, engine=MadeUp()).digest()


def interrupted(after: int) -> MadeUp:
    """An engine in whose run Ctrl-C is pressed."""

    def interrupt(_: Cell) -> None:
        if len(engine.made) == after:
            raise KeyboardInterrupt

    engine = MadeUp().when(interrupt)
    return engine


class TestPlan:
    def test_only_what_is_missing_is_made(self, tmp_path: Path) -> None:
        study, engine = made_up_study(), MadeUp()
        run_study(study, tmp_path / "a", engine=engine)
        assert set(engine.made) == set(study.cells())
        again = MadeUp()
        run_study(study, tmp_path / "a", engine=again)
        assert not again.opened
        more = MadeUp()
        run_study(study.with_(replicates=5), tmp_path / "a", engine=more)
        assert {cell.replicate for cell in more.made} == {4}

    def test_same_in_any_order_and_in_shards(self, tmp_path: Path) -> None:
        study = made_up_study()
        whole = digest_of(study, tmp_path / "whole")
        for name, order in (("up", (1, 2, 3)), ("mixed", (3, 1, 2))):
            sizes = []
            for index in order:
                stored = run_study(study, tmp_path / name, engine=(engine := MadeUp()), shard=f"{index}/3")
                sizes.append(len(engine.made))
            assert sum(sizes) == len(study.cells())
            assert max(sizes) - min(sizes) <= 1
            assert stored.digest() == whole

    def test_failed_runs_are_rows_and_are_made_again_on_request(self, tmp_path: Path) -> None:
        study = made_up_study()
        broken = MadeUp().when(lambda cell: "Broken: on purpose" if cell.replicate == 1 else "")
        stored = run_study(study, tmp_path, engine=broken)
        failed = stored.runs[stored.runs["status"] == "failed"]
        assert set(failed["replicate"]) == {1}
        assert set(failed["error"]) == {"Broken: on purpose"}
        run_study(study, tmp_path, engine=(engine := MadeUp()))
        assert not engine.made
        stored = run_study(study, tmp_path, engine=engine, retry_failed=True)
        assert {cell.replicate for cell in engine.made} == {1}
        assert set(stored.runs["status"]) == {"done"}
        assert stored.digest() == digest_of(study, tmp_path / "another")

    def test_no_more_workers_than_runs(self, tmp_path: Path) -> None:
        run_study(made_up_study(), tmp_path, engine=(engine := MadeUp()))
        assert engine.opened == [len(made_up_study().cells())]

    def test_wrong(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="must be like 3/16"):
            run_study(made_up_study(), tmp_path, shard="three")
        with pytest.raises(ConfigError, match="unknown engine 'cereal'; did you mean 'serial'"):
            run_study(made_up_study(), tmp_path, engine="cereal")
        assert not list(tmp_path.iterdir())


class TestPrecision:
    """Replicates until the differences are known well enough."""

    RULE = {"precision": 0.9, "of": ["satisfaction"], "at_least": 6, "at_most": 40}

    def study(self, **rule: Any) -> Study:
        return made_up_study().with_(parameters={}, replicates={**self.RULE, **rule})

    def test_adds_until_it_is_reached(self, tmp_path: Path) -> None:
        planned: list[int] = []
        stored = run_study(
            self.study(), tmp_path, engine=MadeUp(), on_progress=lambda told: planned.append(told.planned)
        )
        stages = list(dict.fromkeys(planned))
        assert stages[0] == 12
        assert len(stages) > 2
        assert stages == sorted(stages)
        assert len(stored.runs) == stages[-1] < 80
        assert stored.compare("satisfaction")[["low", "high"]].diff(axis=1)["high"].item() <= 1.8

    def test_stops_at_the_most(self, tmp_path: Path) -> None:
        stored = run_study(self.study(precision=1e-6, at_most=7), tmp_path, engine=MadeUp())
        assert len(stored.runs) == 14

    def test_a_study_that_was_interrupted_takes_the_same_steps(self, tmp_path: Path) -> None:
        whole = digest_of(self.study(), tmp_path / "whole")
        for stop in (2, 13, 17):
            with pytest.raises(KeyboardInterrupt):
                run_study(self.study(), tmp_path / "again", engine=interrupted(stop))
        assert run_study(self.study(), tmp_path / "again", engine=MadeUp()).digest() == whole

    def test_not_in_shards(self, tmp_path: Path) -> None:
        with pytest.raises(StudyError, match="without shards, or with a fixed number of replicates"):
            run_study(self.study(), tmp_path, engine=MadeUp(), shard="1/2")


class TestProgress:
    def test_counts(self, tmp_path: Path) -> None:
        study = made_up_study()
        told: list[Progress] = []
        broken = MadeUp().when(lambda cell: "Broken: on purpose" if cell.replicate == 1 else "")
        run_study(study, tmp_path, engine=broken, on_progress=told.append, shard="1/2")
        of_shard = told[-1].planned
        told.clear()
        run_study(study, tmp_path, engine=broken, on_progress=told.append)
        planned = len(study.cells())
        assert {progress.planned for progress in told} == {planned}
        assert {progress.skipped for progress in told} == {of_shard}
        assert told[0].made == 0
        assert told[0].seconds_left is None
        assert told[0].done + told[0].failed == of_shard
        assert max(progress.running for progress in told) == 3
        last = told[-1]
        assert (last.done, last.failed, last.running, last.workers) == (planned - 3, 3, 0, 0)
        assert last.made == planned - of_shard
        assert last.seconds_left == 0
        seconds = [progress.seconds for progress in told]
        assert seconds == sorted(seconds)

    def test_time_moves_while_nothing_ends(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cogov.study.driver.TICK", 0.02)
        study = made_up_study().with_(parameters={}, replicates=1)
        told: list[Progress] = []
        run_study(study, tmp_path, engine=MadeUp().when(lambda _: time.sleep(0.3)), on_progress=told.append)
        assert len(told) > 15
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("cogov")]

    def test_what_telling_raises_is_raised(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cogov.study.driver.TICK", 0.02)

        def tell(progress: Progress) -> None:
            if threading.current_thread() is not threading.main_thread():
                raise ZeroDivisionError

        engine = MadeUp().when(lambda _: time.sleep(0.1))
        with pytest.raises(ZeroDivisionError):
            run_study(made_up_study(), tmp_path, engine=engine, on_progress=tell)


class TestSignals:
    @pytest.mark.parametrize(
        ("number", "error"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]
    )
    def test_what_is_finished_is_kept(
        self, number: signal.Signals, error: type[BaseException], tmp_path: Path
    ) -> None:
        study = made_up_study()
        before = signal.getsignal(number)

        def interrupt(_: Cell) -> None:
            if len(engine.made) == 6:
                os.kill(os.getpid(), number)

        engine = MadeUp().when(interrupt)
        with pytest.raises(error) as caught:
            run_study(study, tmp_path / "a", engine=engine)
        if error is SystemExit:
            assert caught.value.code == 143  # type: ignore[attr-defined]
        assert signal.getsignal(number) is before
        rest = MadeUp()
        stored = run_study(study, tmp_path / "a", engine=rest)
        assert len(rest.made) == len(study.cells()) - 5
        assert stored.digest() == digest_of(study, tmp_path / "b")

    def test_a_store_that_writes_is_not_disturbed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from cogov.study.store import Store

        add = Store.add

        def interrupted(store: Store, result: RunResult) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            np.arange(10).sum()  # a moment for the handler
            add(store, result)

        monkeypatch.setattr(Store, "add", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run_study(made_up_study(), tmp_path, engine=MadeUp())
        monkeypatch.undo()
        rest = MadeUp()
        run_study(made_up_study(), tmp_path, engine=rest)
        assert len(rest.made) == len(made_up_study().cells()) - 1

    def test_elsewhere_than_in_the_main_thread(self, tmp_path: Path) -> None:
        thread = threading.Thread(
            target=run_study, args=(made_up_study(), tmp_path), kwargs={"engine": MadeUp()}
        )
        thread.start()
        thread.join()
        assert run_study(made_up_study(), tmp_path, engine=MadeUp()).runs["status"].eq("done").all()


def test_an_engine_that_ends_does_not_lose_results(tmp_path: Path) -> None:
    def fail(_: Cell) -> None:
        if len(engine.made) == 4:
            raise StudyError("engine: the scheduler is gone")

    engine = MadeUp().when(fail)
    with pytest.raises(StudyError, match="the scheduler is gone"):
        run_study(made_up_study(), tmp_path, engine=engine)
    run_study(made_up_study(), tmp_path, engine=(rest := MadeUp()))
    assert len(rest.made) == len(made_up_study().cells()) - 3
