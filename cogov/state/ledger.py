"""The ledger (工时台账): hours of a week by post and duty; all that is spent is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.state.duties import duty as named

Floats = NDArray[np.float64]
ENOUGH = 1e-9
"""Hours by which a post may fall short of an event and still have paid for it: rounding."""
OVER = 1e-6
"""Hours by which a server must have more than it is asked for to have enough: far more than rounding."""

type Ranking = Callable[[], NDArray[Any]]
"""Says who comes first, higher first; asked only where somebody has to wait."""


def asked_before(
    need: NDArray[np.floating], server: NDArray[np.integer], priority: NDArray[Any] | None
) -> tuple[NDArray[np.intp], Floats]:
    """Queue items before their servers.

    Returns
    -------
    order : ndarray of int, shape (items,)
        Items server by server, higher priority first; ties, and all without one, in the order given.
    before : ndarray, shape (items,)
        Hours that those ahead in the same queue ask for, in that order.
    """
    order = np.argsort(server, kind="stable") if priority is None else np.lexsort((-priority, server))
    wanted, who = need[order].astype(float), server[order]
    before = wanted.cumsum() - wanted
    return order, before - before[who.searchsorted(who)]


def serve(
    need: NDArray[np.floating],
    server: NDArray[np.integer],
    priority: Ranking,
    hours: NDArray[np.floating],
    most: NDArray[np.floating] | None = None,
) -> Floats:
    """Hand out hours in order of priority: the queue of every server at once.

    A server of c people is c servers with one queue: with ``most`` at the hours of one of them, c items at a
    time are worked on, and hours that nobody waits for are left.

    Parameters
    ----------
    need : ndarray, shape (items,)
        Hours each item still needs.
    server : ndarray of int, shape (items,)
        Who serves it.
    priority : callable that returns an ndarray, shape (items,)
        Higher first; ties in the order given.
    hours : ndarray, shape (servers,)
        Hours each server has.
    most : ndarray, shape (items,), optional
        Hours that go into each item at most, since one person works on it; without it, all there are.

    Returns
    -------
    ndarray, shape (items,)
        Hours each item gets: no more than it needs, no more in all than its server has.
    """
    if most is not None:
        need = np.minimum(need, most)
    wanted = np.bincount(server, need, len(hours))
    if (wanted <= np.maximum(hours - OVER, 0)).all():  # nobody waits for anybody
        return need.astype(float)
    order, before = asked_before(need, server, priority())
    given = np.empty(len(need))
    given[order] = np.minimum(np.maximum(hours[server[order]] - before, 0), need[order])
    return given


class Ledger:
    """Hours of a week by post row and duty.

    Attributes
    ----------
    available, left : ndarray, shape (rows,)
        Hours of each post this week, and what is left of them.
    spent : dict of str to ndarray, shape (rows,)
        Hours spent this week on each duty: in all what is available less what is left, row by row.
    wanted : dict of str to float
        What the week began with (``cogov.outcomes.record.BOOKS``): the upkeep hours that rules wanted.
    """

    def __init__(self, rows: int) -> None:
        self.available = np.zeros(rows)
        self.left = np.zeros(rows)
        self.spent: dict[str, Floats] = {}
        self.wanted: dict[str, float] = {}

    @property
    def hours(self) -> dict[str, float]:
        """Hours spent this week by duty, over all posts."""
        return {duty: float(hours.sum()) for duty, hours in self.spent.items()}

    def open(self, available: Floats, wanted: dict[str, float]) -> None:
        """Start a week with these hours, and with what is wanted of them."""
        self.available = available
        self.left = available.copy()
        self.spent = {}
        self.wanted = wanted

    def cut(self, rows: slice | NDArray[np.intp], share: Floats) -> None:
        """Leave a share of their hours to distinct ``rows``; what is spent was there."""
        spent = self.available[rows] - self.left[rows]
        self.available[rows] = np.maximum(self.available[rows] * share, spent)
        self.left[rows] = self.available[rows] - spent

    def own(self, rows: slice | NDArray[np.intp]) -> Floats:
        """Hours of ``rows`` this week that no task from above takes: what shares of a post are shares of."""
        tasks = self.spent.get("tasks")
        return np.asarray(self.available[rows] - (0.0 if tasks is None else tasks[rows]))

    def spend(self, rows: slice | NDArray[np.intp], hours: Floats | float, duty: str) -> Floats:
        """Take up to ``hours`` from distinct ``rows`` for a duty; returns what each really gave.

        Raises
        ------
        ConfigError
            If there is no such duty.
        """
        left = self.left[rows]
        granted = np.minimum(left, hours)
        if duty not in self.spent:
            self.spent[named(duty).name] = np.zeros(len(self.left))
        self.left[rows] = left - granted
        self.spent[duty][rows] += granted
        return np.asarray(granted)

    def spend_in_turn(self, rows: NDArray[np.intp], hours: Floats, duty: str) -> Floats:
        """Take up to ``hours`` from distinct ``rows``, one asker after another; returns what each was given.

        As `spend` once for each asker, all at once.

        Parameters
        ----------
        rows : ndarray of int, shape (rows,)
        hours : ndarray, shape (askers, rows)
            At least 0.
        duty : str
        """
        if duty not in self.spent:
            self.spent[named(duty).name] = np.zeros(len(self.left))
        left = np.subtract.accumulate(np.concatenate([self.left[None, rows], hours])).clip(0)
        granted = np.minimum(left[:-1], hours)
        self.left[rows] = left[-1]
        spent = np.concatenate([self.spent[duty][None, rows], granted])
        self.spent[duty][rows] = np.add.accumulate(spent)[-1]
        return np.asarray(granted)

    def spend_each(
        self,
        rows: NDArray[np.integer],
        hours: Floats | float,
        duty: str,
        priority: Ranking | None = None,
    ) -> NDArray[np.bool_]:
        """Take the hours of single events, each whole or not at all; says which were paid.

        Parameters
        ----------
        rows : ndarray of int, shape (events,)
            Post row that pays, possibly repeated; -1 where nobody could, so that nothing comes of it.
        hours : ndarray, shape (events,), or float
        duty : str
        priority : callable that returns an ndarray, shape (events,), optional
            Higher first; ties, and all without it, in the order given.
        """
        paid = np.zeros(len(rows), dtype=bool)
        asked = (rows >= 0).nonzero()[0]
        if not len(asked):
            return paid
        payer = rows[asked]
        need = hours[asked] if isinstance(hours, np.ndarray) else np.full(len(asked), hours)
        wanted = np.bincount(payer, need, len(self.left))
        # Where nobody waits no order matters, but the one in which hours that differ add up.
        if (wanted <= self.left).all() and (priority is None or (need == need[0]).all()):
            paid[asked] = True
            self.spend(slice(None), wanted, duty)
            return paid
        order, before = asked_before(need, payer, None if priority is None else priority()[asked])
        payer, need = payer[order], need[order]
        whole = before + need <= self.left[payer] + ENOUGH
        paid[asked[order[whole]]] = True
        if whole.any():
            self.spend(slice(None), np.bincount(payer[whole], need[whole], len(self.left)), duty)
        return paid

    def spend_whole(self, row: int, hours: float, duty: str) -> bool:
        """Take the hours of one event from one post row, whole or not at all; says whether it was paid.

        As `spend_each` of one event, without its arrays: nobody pays where ``row`` is -1.
        """
        paid = row >= 0 and bool(hours <= self.left[row] + ENOUGH)
        if paid:
            self.spend(slice(row, row + 1), hours, duty)
        return paid

    def receive(self, rows: NDArray[np.integer], hours: Floats) -> None:
        """Put hours that come from departments into rows, possibly repeated."""
        np.add.at(self.available, rows, hours)
        np.add.at(self.left, rows, hours)

    def pass_on(self, giver: NDArray[np.integer], taker: NDArray[np.integer], hours: Floats) -> None:
        """Take hours that are left from some rows and put them into others; both possibly repeated."""
        gone = np.minimum(np.bincount(giver, hours, len(self.left)), self.left)
        came = np.bincount(taker, hours, len(self.left))
        self.available = self.available - gone + came
        self.left = self.left - gone + came
