"""How much each mechanism of a design contributes: Shapley values over the same seeds.

The players are the mechanisms in which a design differs from the baseline; a coalition is the baseline
with some of them as in the design; its worth is an outcome in a replicate. A player's Shapley value is its
marginal contribution, averaged over all orders in which the players can join: the values add up to the
difference between the design and the baseline, in every replicate.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cogov.analysis.intervals import Array, crossed, means
from cogov.kit.errors import DesignError, StudyError, unknown
from cogov.rules import Design

EXACT = 10
"""Up to so many players every coalition is run: 1,024."""
SAMPLES = 40
"""Orders in which the players join, where there are more players."""


@dataclass(frozen=True, eq=False)
class Attribution:
    """What each mechanism contributes to the difference between a design and the baseline.

    Attributes
    ----------
    effects : DataFrame
        ``outcome, mechanism, value, low, high, sampling_error``: Shapley value, its 95 % interval, and the
        standard error that comes from not having gone through all orders (0 if exact).
    interactions : DataFrame
        ``outcome, first, second, value, low, high``: Shapley interaction index, which is what two mechanisms
        bring together beyond what each brings without the other. Above 0 there is more of the outcome (of
        one that is good: synergy), below 0 less (crowding out). Empty if orders were sampled.
    total : DataFrame
        ``outcome, replicates, baseline, mean, difference, low, high``: what the values add up to.
    """

    effects: pd.DataFrame
    interactions: pd.DataFrame
    total: pd.DataFrame


# ---------------------------------------------------------------- coalitions of mechanisms


def players(baseline: Design, design: Design) -> tuple[str, ...]:
    """Names of the mechanisms in which two designs differ: added, removed or with other parameters.

    Raises
    ------
    StudyError
        If there are none.
    """
    old, new = ({m.name: m for m in entry.mechanisms} for entry in (baseline, design))
    found = tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))
    if not found:
        raise StudyError(
            f"{design.name} has the mechanisms of {baseline.name}: there is nothing to attribute"
        )
    return found


def coalition(baseline: Design, design: Design, subset: Iterable[str]) -> Design:
    """The baseline with some mechanisms as they are in a design, as far as that loads.

    A mechanism can depend on another one of the design: its rules need a post that the other brings, or
    they contradict a mechanism of the baseline that the design takes away. Where its conditions are not
    met it is without force, so the coalition is the largest part of the subset that loads. It is found by
    adding mechanisms, one or two at a time, as long as any can be added; if the order in which that is
    tried makes a difference there is no single largest part, which is an error.

    Parameters
    ----------
    baseline, design : Design
    subset : iterable of str
        Names of some `players`.

    Returns
    -------
    Design
        The baseline or the design themselves if nothing or everything is in force; subsets with the same
        mechanisms in force give equal designs, named after these.

    Raises
    ------
    StudyError
        For a name that is no player, or if there is no single largest part.
    """
    names = players(baseline, design)
    wanted = sorted(set(subset))
    for name in wanted:
        if name not in names:
            raise StudyError(unknown("mechanism", name, names, f"coalition of {design.name}"))
    try:
        return _with(baseline, design, wanted)
    except DesignError:
        found = {frozenset(_grown(baseline, design, order)) for order in (wanted, wanted[::-1])}
    if len(found) > 1:
        parts = " or ".join(f"{{{', '.join(sorted(part))}}}" for part in sorted(found, key=sorted))
        raise StudyError(
            f"{design.name}: of {', '.join(wanted)} either {parts} can be in force over {baseline.name},"
            " not both; what each contributes is not defined"
        )
    return _with(baseline, design, sorted(found.pop()))


def _with(baseline: Design, design: Design, names: Sequence[str]) -> Design:
    """The baseline with exactly these mechanisms as in the design."""
    if not names:
        return baseline
    if len(names) == len(players(baseline, design)):
        return design
    kept = [mechanism for mechanism in baseline.mechanisms if mechanism.name not in names]
    new = [mechanism for mechanism in design.mechanisms if mechanism.name in names]
    label = f"{design.name}: {' + '.join(names)}"
    return Design((*kept, *new), label, summary=f"{baseline.name} with {', '.join(names)} of {design.name}")


def _grown(baseline: Design, design: Design, order: Sequence[str]) -> list[str]:
    """What can be put in force of some mechanisms, one or two at a time, tried in this order."""
    force: list[str] = []
    grew = True
    while grew:
        grew = False
        left = [name for name in order if name not in force]
        for more in itertools.chain(itertools.combinations(left, 1), itertools.combinations(left, 2)):
            try:
                _with(baseline, design, sorted([*force, *more]))
            except DesignError:
                continue
            force += more
            grew = True
            break
    return force


# ---------------------------------------------------------------- which coalitions are needed


def permutations(n_players: int, samples: int, seed: int) -> NDArray[np.int64]:
    """Orders in which players join, in antithetic pairs: each is followed by its reverse.

    Parameters
    ----------
    n_players : int
    samples : int
        Number of orders, even, at least 4; more of them begin with the same.
    seed : int

    Returns
    -------
    ndarray, shape (samples, n_players)

    Raises
    ------
    StudyError
        If ``samples`` is odd or less than 4.
    """
    if samples < 4 or samples % 2:
        raise StudyError(
            f"samples = {samples}: must be an even number of at least 4 (orders and their reverses)"
        )
    draw = np.random.default_rng(seed)
    forth = np.array([draw.permutation(n_players) for _ in range(samples // 2)], dtype=np.int64)
    return np.stack([forth, forth[:, ::-1]], axis=1).reshape(samples, n_players)


def coalitions(n_players: int, orders: NDArray[np.int64] | None = None) -> list[frozenset[int]]:
    """The coalitions whose worth is needed, as sets of positions of players.

    All of them, the smaller first; given orders (see `permutations`), those through which the orders pass.

    Raises
    ------
    StudyError
        If all are asked for of more than 10 players.
    """
    if orders is not None:
        passed = (frozenset(order[:size]) for order in orders.tolist() for size in range(n_players + 1))
        return list(dict.fromkeys(passed))
    if n_players > EXACT:
        raise StudyError(
            f"{n_players} mechanisms have {2**n_players:,} coalitions: more than {EXACT} mechanisms need"
            " orders that are sampled (permutations)"
        )
    sizes = range(n_players + 1)
    return [frozenset(some) for size in sizes for some in itertools.combinations(range(n_players), size)]


# ---------------------------------------------------------------- the values


def attribute(
    values: Array,
    names: Sequence[str],
    outcomes: Sequence[str],
    orders: NDArray[np.int64] | None = None,
) -> Attribution:
    """Shapley values and pairwise interactions from the worth of coalitions.

    Exact, over all coalitions: intervals are Student's over replicates, as in `cogov.analysis.compare`. With
    sampled orders they hold both kinds of doubt, that of replicates and that of pairs of orders
    (`cogov.analysis.intervals.crossed`); they are, if anything, too wide. There are none (NaN) where
    replicates or orders are too few to tell. Interactions are then left out: the worth of a coalition without
    the first but with the second of two players that join one after the other would take as many runs again.

    Parameters
    ----------
    values : ndarray, shape (coalitions, replicates, outcomes)
        Worth, with coalitions in the order of ``coalitions(len(names), orders)``. A replicate in which any
        coalition has no value (NaN) is left out for that outcome.
    names : sequence of str
        Names of the players.
    outcomes : sequence of str
    orders : ndarray, shape (samples, players), optional
        As `permutations` gives them; without them the values are exact.

    Raises
    ------
    StudyError
        If the number of coalitions is not what it has to be, or for what `coalitions` refuses.
    """
    needed = coalitions(len(names), orders)
    if values.shape[0] != len(needed) or values.shape[2] != len(outcomes):
        raise StudyError(
            f"values of shape {values.shape}: must be those of {len(needed)} coalitions, of replicates,"
            f" and of {len(outcomes)} outcomes"
        )
    row = {members: position for position, members in enumerate(needed)}
    effects, interactions, total = [], [], []
    for position, outcome in enumerate(outcomes):
        worth = values[:, :, position]
        worth = worth[:, np.isfinite(worth).all(0)]
        nothing, everything = worth[0], worth[row[frozenset(range(len(names)))]]
        total.append((outcome, worth.shape[1], *_means(nothing, everything, everything - nothing, worth)))
        if orders is None:
            found = _estimate(_shapley(row, len(names)) @ worth, worth)
            effects += [(outcome, *entry, 0.0) for entry in zip(names, *found, strict=True)]
            pairs = list(itertools.combinations(names, 2))
            found = _estimate(_interaction(row, len(names)) @ worth, worth)
            interactions += [(outcome, *pair, *entry) for pair, *entry in zip(pairs, *found, strict=True)]
        else:
            sampled = _sampled(worth, row, orders)
            effects += [(outcome, *entry) for entry in zip(names, *sampled, strict=True)]
    return Attribution(
        pd.DataFrame(effects, columns=["outcome", "mechanism", "value", "low", "high", "sampling_error"]),
        pd.DataFrame(interactions, columns=["outcome", "first", "second", "value", "low", "high"]),
        pd.DataFrame(
            total, columns=["outcome", "replicates", "baseline", "mean", "difference", "low", "high"]
        ),
    )


def attribute_along(
    paths: Array, orders: NDArray[np.int64], names: Sequence[str], outcomes: Sequence[str]
) -> Attribution:
    """Shapley values from orders that every replicate draws for itself.

    A replicate's value of a player is the mean of its contributions along the replicate's orders, which is
    unbiased whatever their number. Replicates differ by seed and by orders, independently of each other: the
    usual interval over replicates holds both kinds of doubt, and few orders make it wide, not wrong.

    Parameters
    ----------
    paths : ndarray, shape (replicates, orders, players + 1, outcomes)
        Worth as players join. A replicate in which any is NaN is left out for that outcome.
    orders : ndarray, shape (replicates, orders, players)
        Positions of players as they join; each order is followed by its reverse.
    names : sequence of str
        Names of the players.
    outcomes : sequence of str
    """
    replicates, samples, n = orders.shape
    effects, total = [], []
    contributions = np.empty((replicates, samples, n, len(outcomes)))
    np.put_along_axis(contributions, orders[..., None], np.diff(paths, axis=2), axis=2)
    for position, outcome in enumerate(outcomes):
        whole = np.isfinite(paths[..., position]).all((1, 2))
        worth = paths[whole, ..., position]
        nothing, everything = worth[:, 0, 0], worth[:, 0, -1]
        scale = worth.reshape(len(worth), -1).T
        total.append((outcome, len(worth), *_means(nothing, everything, everything - nothing, scale)))
        pairs = contributions[whole, ..., position].reshape(-1, samples // 2, 2, n).mean(2)
        error = np.full(n, np.nan)
        if samples > 2 and len(worth):
            error = np.sqrt(pairs.var(1, ddof=1).mean(0) / (samples // 2 * len(worth)))
        found = _estimate(pairs.mean(1).T, scale)
        effects += [(outcome, *entry) for entry in zip(names, *found, error, strict=True)]
    return Attribution(
        pd.DataFrame(effects, columns=["outcome", "mechanism", "value", "low", "high", "sampling_error"]),
        pd.DataFrame(columns=["outcome", "first", "second", "value", "low", "high"]),
        pd.DataFrame(
            total, columns=["outcome", "replicates", "baseline", "mean", "difference", "low", "high"]
        ),
    )


def _shapley(row: dict[frozenset[int], int], n: int) -> Array:
    """Shapley's weights, shape (players, coalitions): values are weights times worth."""
    found = np.zeros((n, len(row)))
    for members, position in row.items():
        for player in range(n):
            others = len(members - {player})
            weight = 1 / (n * math.comb(n - 1, others))
            found[player, position] = weight if player in members else -weight
    return found


def _interaction(row: dict[frozenset[int], int], n: int) -> Array:
    """Weights of the Shapley interaction index (Grabisch and Roubens 1999), shape (pairs, coalitions)."""
    pairs = list(itertools.combinations(range(n), 2))
    found = np.zeros((len(pairs), len(row)))
    for members, position in row.items():
        for index, pair in enumerate(pairs):
            others = len(members.difference(pair))
            sign = -1 if len(members.intersection(pair)) == 1 else 1
            found[index, position] = sign / ((n - 1) * math.comb(n - 2, others))
    return found


def _estimate(by_replicate: Array, worth: Array) -> tuple[Array, Array, Array]:
    """Mean and interval of rows over replicates; NaN without any."""
    if not by_replicate.shape[1]:
        return _nothing(len(by_replicate)), _nothing(len(by_replicate)), _nothing(len(by_replicate))
    found = means(by_replicate.T, np.full(len(by_replicate), np.abs(worth).max()))
    return found.mean, *found.interval()


def _nothing(size: int) -> Array:
    return np.full(size, np.nan)


def _means(nothing: Array, everything: Array, difference: Array, worth: Array) -> tuple[float, ...]:
    """Means of the baseline and the design, mean difference and its interval."""
    (value,), (low,), (high,) = _estimate(difference[None], worth)
    if not len(difference):
        return (math.nan,) * 5
    return float(nothing.mean()), float(everything.mean()), float(value), float(low), float(high)


def _sampled(
    worth: Array, row: dict[frozenset[int], int], orders: NDArray[np.int64]
) -> tuple[Array, Array, Array, Array]:
    """Values, their intervals and sampling errors from marginal contributions along orders."""
    samples, n = orders.shape
    replicates = worth.shape[1]
    marginal = np.empty((replicates, samples, n))
    for sample, order in enumerate(orders.tolist()):
        path = worth[[row[frozenset(order[:size])] for size in range(n + 1)]]
        marginal[:, sample, order] = np.diff(path, axis=0).T
    marginal = marginal.reshape(replicates, samples // 2, 2, n).mean(2)
    if not replicates:
        return _nothing(n), _nothing(n), _nothing(n), _nothing(n)
    found = crossed(marginal, np.full(n, np.abs(worth).max()))
    error = marginal.mean(0).std(0, ddof=1) / math.sqrt(samples // 2)
    return found.mean, *found.interval(), error
