"""Scenario discovery (情景发现): in which corner of the assumptions a design loses.

CART, by scikit-learn, splits the space of assumptions into rectangles. PRIM (Friedman and Fisher 1999), by
the EMA Workbench's analysis part, peels thin slices off it until what is left, a box, holds mostly draws in
which the design loses (Bryant and Lempert 2010). The tree is shown only those assumptions that decide most
(among hundreds some would always look like a corner), and PRIM those that the tree splits by.
"""

from __future__ import annotations

import importlib
import warnings
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cogov.kit.errors import StudyError

MOST = 12
"""Assumptions that are shown to PRIM and CART."""
LEAST_MASS = 0.1
"""Share of the draws that a box has at least."""
CASES = 8
"""Draws in which the design loses, and wins, that it takes to look for a corner."""
LIMITS = ("parameter", "low", "high", "quasi_p")
LEAVES = ("rule", "draws", "density", "coverage")


@dataclass(frozen=True, eq=False)
class Corner:
    """A box of assumptions in which a design loses.

    Attributes
    ----------
    limits : DataFrame
        One row per assumption that bounds the box: ``low``, ``high`` (in its own unit; the end of its draws
        where it does not bound) and ``quasi_p``, the chance of as dense a box without this bound (binomial;
        a guide, no test, as the box was chosen to be dense).
    density : float
        Share of the draws in the box in which it loses.
    coverage : float
        Share of the draws in which it loses that are in the box.
    support : float
        Share of all draws that are in the box.
    loses : float
        Share of all draws in which it loses.
    draws : int
    inside : ndarray of bool, shape (draws,)
    leaves : DataFrame
        What CART finds: a row per leaf, the densest first: ``rule`` (in words), ``draws``, ``density``,
        ``coverage``.
    """

    limits: pd.DataFrame
    density: float
    coverage: float
    support: float
    loses: float
    draws: int
    inside: NDArray[np.bool_]
    leaves: pd.DataFrame


def corner(drawn: pd.DataFrame, loses: NDArray[np.bool_]) -> Corner | None:
    """Find the box in which a design loses.

    PRIM is shown what a small tree (CART) splits by: among many that matter little it loses the few that do.
    Of each box that it passes while it peels, bounds with a quasi-p above 0.05 are dropped, one by one, the
    worst first; then the box is taken whose density and coverage have the largest harmonic mean.

    Parameters
    ----------
    drawn : DataFrame, shape (draws, assumptions)
        The assumptions that decide most, at most 12: others are left out from the right.
    loses : ndarray of bool, shape (draws,)

    Returns
    -------
    Corner or None
        None if it loses, or wins, in fewer than eight draws: there is nothing to look for.

    Raises
    ------
    StudyError
        If the EMA Workbench is not installed.
    """
    table = drawn.iloc[:, :MOST].astype(float).reset_index(drop=True)
    table = table[[name for name in table if table[name].nunique() > 1]]
    loses = np.asarray(loses, dtype=bool)
    if min(loses.sum(), (~loses).sum()) < CASES or table.shape[1] == 0:
        return None
    tree = _tree(table, loses)
    used = [name for place, name in enumerate(table) if place in set(tree.tree_.feature)]
    boxes = [_needed(table, loses, box) for box in _boxes(table[used], loses)] if used else []
    bounds = max(boxes, key=lambda box: _worth(table, loses, box), default={})
    inside = _inside(table, bounds)
    limits = pd.DataFrame(
        [[name, *bounds[name], chance] for name, chance in _quasi_p(table, loses, bounds).items()],
        columns=list(LIMITS),
    )
    return Corner(
        limits.sort_values("quasi_p", kind="stable", ignore_index=True),
        float(loses[inside].mean()),
        float(inside[loses].mean()),
        float(inside.mean()),
        float(loses.mean()),
        len(table),
        inside,
        _leaves(tree, table, loses),
    )


type Box = dict[str, tuple[float, float]]
"""Bounds by assumption."""


def _boxes(table: pd.DataFrame, loses: NDArray[np.bool_]) -> list[Box]:
    """The boxes that PRIM passes, the widest first."""
    prim = _ema()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # The others stop where a slice makes the box no denser, as the first ones may not.
        densest = prim.PRIMObjectiveFunctions.ORIGINAL
        found = prim.Prim(table, loses.astype(int), obj_function=densest, mass_min=LEAST_MASS).find_box()
    return [
        {
            str(name): (float(limits[name].iloc[0]), float(limits[name].iloc[1]))
            for name in table
            if limits[name].iloc[0] > table[name].min() or limits[name].iloc[1] < table[name].max()
        }
        for limits in ([] if found is None else found.box_lims)
    ]


def _needed(table: pd.DataFrame, loses: NDArray[np.bool_], box: Box) -> Box:
    """A box without the bounds that say too little."""
    bounds = dict(box)
    while bounds:
        chances = _quasi_p(table, loses, bounds)
        worst = max(chances, key=lambda name: chances[name])
        if chances[worst] <= 0.05:
            break
        bounds.pop(worst)
    return bounds


def _worth(table: pd.DataFrame, loses: NDArray[np.bool_], box: Box) -> float:
    """The harmonic mean of density and coverage; 0 without bounds, which is no box."""
    inside = _inside(table, box)
    return 2 * float(loses[inside].sum()) / float(inside.sum() + loses.sum()) if box else 0.0


def _outside(table: pd.DataFrame, bounds: Box) -> NDArray[np.bool_]:
    """Which draws are beyond each of the bounds; shape (bounds, draws)."""
    values = table[list(bounds)].to_numpy().T
    low, high = (np.array([ends[side] for ends in bounds.values()])[:, None] for side in (0, 1))
    return np.asarray((values < low) | (values > high))


def _inside(table: pd.DataFrame, bounds: Box) -> NDArray[np.bool_]:
    return ~_outside(table, bounds).any(0) if bounds else np.ones(len(table), dtype=bool)


def _quasi_p(table: pd.DataFrame, loses: NDArray[np.bool_], bounds: Box) -> dict[str, float]:
    """By bound, the chance of as many losses in the box if it lost there as often as without that bound."""
    if not bounds:
        return {}
    outside = _outside(table, bounds)
    inside = ~outside.any(0)
    wider = outside.sum(0)[None] == outside  # beyond no other bound
    rate = (wider & loses).sum(1) / wider.sum(1)
    chances = stats.binom.sf(loses[inside].sum() - 1, inside.sum(), rate)
    return dict(zip(bounds, chances.tolist(), strict=True))


def _tree(table: pd.DataFrame, loses: NDArray[np.bool_]) -> Any:
    """A small tree."""
    least = max(int(np.ceil(LEAST_MASS * len(table))), 1)
    tree = _module("sklearn.tree")
    grown = tree.DecisionTreeClassifier(max_depth=3, min_samples_leaf=least, random_state=0)
    return grown.fit(table.to_numpy(), loses)


def _leaves(tree: Any, table: pd.DataFrame, loses: NDArray[np.bool_]) -> pd.DataFrame:
    """Leaves of the tree, the densest first."""
    found = tree.tree_
    rows = []
    leaf = tree.apply(table.to_numpy())

    def down(node: int, rule: list[str]) -> None:
        if found.children_left[node] < 0:
            mine = leaf == node
            share, part = float(loses[mine].mean()), float(mine[loses].mean())
            rows.append((", ".join(rule), int(mine.sum()), share, part))
            return
        name, cut = table.columns[found.feature[node]], found.threshold[node]
        down(found.children_left[node], [*rule, f"{name} <= {cut:.3g}"])
        down(found.children_right[node], [*rule, f"{name} > {cut:.3g}"])

    down(0, [])
    leaves = pd.DataFrame(rows, columns=list(LEAVES))
    return leaves.sort_values("density", ascending=False, kind="stable", ignore_index=True)


def _ema() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what the workbench does not find, and is not needed here
        return _module("ema_workbench.analysis.prim")


def _module(name: str) -> ModuleType:
    """A module of an extra that only this needs."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise StudyError("finding a corner needs the EMA Workbench: pip install 'cogov[discovery]'") from None
