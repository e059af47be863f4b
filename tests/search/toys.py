"""A search whose truth is known: what designs come to is written down, nothing is simulated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cogov.analysis.intervals import Array
from cogov.analysis.racing import dominates
from cogov.rules import Design
from cogov.search.search import Search

OVER = ("great_linkage", "home_visits", "micro_ventures", "service_menu", "three_meetings")
SHORT = {"weeks": 8, "reform_week": 2, "run_in": 0}


def asked(**changes: Any) -> Search:
    """A search over five mechanisms in the small community."""
    given: dict[str, Any] = {
        "community": "small",
        "over": OVER,
        "goals": ("satisfaction", "needs_met"),
        "matters": {"satisfaction": 0.001, "needs_met": 0.001},
        "batch": 6,
        "screening": 4,
        "shortlist": 8,
        "replicates": 16,
        "fresh": 8,
    }
    return Search(**given | SHORT | changes)


class Toy:
    """What designs come to: sums over mechanisms and pairs of them, and noise that designs partly share.

    Attributes
    ----------
    runs : int
        Runs asked for so far.
    """

    def __init__(self, search: Search, seed: int = 0, noise: float = 0.01) -> None:
        self.search, self.noise, self.runs = search, noise, 0
        draw = np.random.default_rng(seed)
        self.names = [mechanism.name for mechanism in search.space.mechanisms]
        self._alone = draw.normal(0.02, 0.05, (len(self.names), len(search.goals)))
        self._pairs = draw.normal(0, 0.02, (len(self.names), len(self.names), len(search.goals)))
        self._costs = draw.uniform(20, 100, len(self.names))
        self._seed = seed

    def truth(self, design: Design) -> Array:
        """Measures without noise: the goals, then what it takes."""
        on = np.array([any(m.name == name for m in design.mechanisms) for name in self.names], dtype=float)
        goals = 0.5 + (on[:, None] * self._alone).sum(0)
        goals += (on[:, None, None] * on[None, :, None] * self._pairs).sum((0, 1)) / 2
        costs = {"cost_money": float((on * self._costs).sum())}
        rest = self.search.measured[len(self.search.goals) :]
        return np.array([*goals, *(costs.get(name, 0.0) for name in rest)])

    def __call__(self, designs: Sequence[Design], replicates: range) -> Array:
        rows = []
        for replicate in replicates:
            shared = np.random.default_rng([self._seed, replicate]).normal(0, 5 * self.noise, 2)
            row = []
            for design in designs:
                own = np.random.default_rng([self._seed, replicate, *design.name.encode()])
                values = self.truth(design)
                values[:2] += shared + own.normal(0, self.noise, 2)
                row.append(values)
            rows.append(row)
        self.runs += len(replicates) * len(designs)
        return np.array(rows)

    def front(self) -> set[str]:
        """Names of the designs that are best within the budget, all being looked at."""
        search = self.search
        designs = [search.space.design(point) for point in search.space.every()]
        values = np.array([self.truth(design) for design in designs])
        column = search.measured.index("cost_money")
        good = values[:, column] <= search.budget.get("yuan", np.inf)
        goals = values[good][:, : len(search.goals)]
        best = ~dominates(goals).any(0)
        return {d.name for d, one in zip(np.array(designs, dtype=object)[good], best, strict=True) if one}
