"""The engine that needs nothing."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cogov.study.cell import Cell, RunResult
from cogov.study.engines.base import Engine
from cogov.study.execute import execute

if TYPE_CHECKING:
    from cogov.study.study import Study


@dataclass(frozen=True, kw_only=True)
class SerialEngine(Engine):
    """One run after the other in this process, for debugging."""

    name = "serial"
    expected = 1

    @contextmanager
    def open(self, runs: int) -> Iterator[SerialPool]:
        yield SerialPool()


class SerialPool:
    """The process that the driver is in."""

    workers = 1

    def results(self, study: Study, cells: Iterable[Cell]) -> Generator[RunResult]:
        for cell in cells:
            yield execute(study, cell)

    def each[T, R](self, function: Callable[[T], R], things: Iterable[T]) -> Generator[R]:
        yield from map(function, things)
