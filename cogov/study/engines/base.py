"""What an engine is: it turns cells into results, in any order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from cogov.kit.fields import Parameters
from cogov.study.cell import Cell, RunResult

if TYPE_CHECKING:
    from cogov.study.study import Study

TOGETHER = 12
"""Runs of one world that a worker gets at once, if there is a run-in: they share it. More would leave workers
without work at the end of a study, and lose more when one dies."""


def together(study: Study, cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    """Cells as workers get them: one by one, or with a run-in some of one world that follow each other."""
    most = TOGETHER if study.run_in else 1
    for _, alike in itertools.groupby(cells, study.world):
        yield from map(list, itertools.batched(alike, most))


class Pool(Protocol):
    """An engine at work."""

    @property
    def workers(self) -> int:
        """Processes that can take a run at this moment; 0 while a cluster has none to give."""

    def results(self, study: Study, cells: Iterable[Cell]) -> Generator[RunResult]:
        """The results of cells as they come.

        Cells are taken from the iterable as they are needed, a few more than are running, so that memory
        does not grow with their number. A worker may get some of one world at once (`together`). A run
        that fails is a result; so is one that kills its worker again and again.

        Raises
        ------
        StudyError
            If no run can be made any more.
        """

    def each[T, R](self, function: Callable[[T], R], things: Iterable[T]) -> Generator[R]:
        """What a function of a module makes of things, in their order; for what is no run of a study.

        Raises
        ------
        CogovError
            What the function raises; StudyError if a worker dies over it.
        """


@dataclass(frozen=True, kw_only=True)
class Engine(Parameters):
    """Where runs are made.

    A subclass is a frozen dataclass with validated parameters (``cogov.kit.fields.param``), a one-line
    docstring, a ``name``, and the method ``open``. Results must not depend on the engine.
    """

    name: ClassVar[str]

    def open(self, runs: int) -> AbstractContextManager[Pool]:
        """Start whatever is needed for so many runs at most; leaving the context ends it all.

        Raises
        ------
        CogovError
            If it cannot be started.
        """
        raise NotImplementedError

    @property
    def expected(self) -> int | None:
        """Workers it will have; None if others decide that."""
        return None

    @classmethod
    def title(cls) -> str:
        return f"engine {cls.name}"
