"""Proposing designs: a kept optimiser that is asked for points and told what they came to."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence

import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, IntDistribution

from cogov.search.space import Point, Space

PATIENCE = 20
"""Batches without a new point after which nothing more is expected."""
MANY = 1e9
"""By how much a design is over the budget that cannot be put together at all, or has no value."""


class Proposer:
    """NSGA-II (Deb et al. 2002) as Optuna has it, asked for one generation at a time.

    What it proposes is a function of its seed and of what it was told, in order: told the same again it
    proposes the same. Of a mechanism off or on either parent's is taken, and so of a parameter's level.

    Parameters
    ----------
    space : Space
    goals : int
        How many goals there are; more is better in all.
    seed : int
    batch : int
        Points of a generation.
    first : sequence of Point
        Points to begin with.
    """

    def __init__(self, space: Space, goals: int, seed: int, batch: int, first: Sequence[Point] = ()) -> None:
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        self._space, self._batch = space, batch
        sampler = optuna.samplers.NSGAIISampler(population_size=batch, seed=seed)
        self._study = optuna.create_study(directions=["maximize"] * goals, sampler=sampler)
        self._kinds: dict[str, BaseDistribution] = {
            mechanism.name: CategoricalDistribution([0, 1]) for mechanism in space.mechanisms
        }
        for path, levels in space.parameters.items():
            self._kinds[path] = IntDistribution(0, len(levels) - 1)
        for point in first:
            self._study.enqueue_trial(dict(zip(space.names, point, strict=True)))
        self._told: dict[Point, tuple[Sequence[float], Sequence[float]]] = {}
        self._asked: list[tuple[optuna.trial.Trial, Point]] = []

    def ask(self) -> list[Point]:
        """Points that have not been told yet, each once; fewer than a batch if others come again, or none."""
        for _ in range(PATIENCE):
            self._asked = [self._ask() for _ in range(self._batch)]
            if new := [
                point for point in dict.fromkeys(p for _, p in self._asked) if point not in self._told
            ]:
                return new
            self._tell()
        return []

    def tell(self, points: dict[Point, tuple[Sequence[float], Sequence[float]]]) -> None:
        """Tell what the points that were asked for came to: goals, and what is beyond each limit."""
        self._told |= points
        self._tell()

    def _ask(self) -> tuple[optuna.trial.Trial, Point]:
        trial = self._study.ask(self._kinds)
        return trial, self._space.plain([trial.params[name] for name in self._space.names])

    def _tell(self) -> None:
        for trial, point in self._asked:
            goals, beyond = self._told[point]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
                for number, value in enumerate(beyond):
                    trial.set_constraint(str(number), float(value))
            self._study.tell(trial, [float(value) for value in goals])


def proposed(space: Space, batch: int) -> Iterator[list[Point]]:
    """All points of a small space, batch by batch."""
    points = list(space.every())
    yield from (points[start : start + batch] for start in range(0, len(points), batch))
