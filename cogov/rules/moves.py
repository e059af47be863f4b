"""Moves: hours that go from the rows of one post to those of another when a week's books are opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cogov.rules.areas import Area
from cogov.rules.kinds import Move, Position
from cogov.rules.laid import Laid
from cogov.rules.posts import Floats, Posts
from cogov.state.ledger import Ledger


def smaller(rule: Move, positions: Mapping[str, Position], areas: Mapping[str, Area]) -> Area:
    """The areas a move is laid over: of the two posts' areas the smaller ones."""
    giver, taker = areas[positions[rule.out_of].area], areas[positions[rule.into].area]
    return giver if giver.n > taker.n else taker


def transfer(moves: Sequence[Laid[Move]], posts: Posts, ledger: Ledger) -> None:
    """Move hours between posts, all at once, so that no hour is moved twice and no order matters.

    What a row gives is at most what it has left; what arrives is that less the loss, which the giver spends
    on the way.
    """
    if not moves:
        return
    pairs = [_pairs(laid, posts) for laid in moves]
    wanted = [_wanted(laid, giver, posts, ledger) for laid, (giver, _) in zip(moves, pairs, strict=True)]
    asked = np.zeros(posts.rows)
    for (giver, _), hours in zip(pairs, wanted, strict=True):
        asked += np.bincount(giver, hours, posts.rows)
    granted = np.divide(np.minimum(asked, ledger.left), asked, out=np.zeros(posts.rows), where=asked > 0)
    for laid, (giver, taker), hours in zip(moves, pairs, wanted, strict=True):
        given = hours * granted[giver]
        lost = given * laid.value("loss").clip(max=1)
        ledger.pass_on(giver, taker, given - lost)
        ledger.spend(slice(None), np.bincount(giver, lost, posts.rows), "moving")


def _pairs(laid: Laid[Move], posts: Posts) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows that give and take in each area of a move."""
    first = np.unique(laid.area.of_building, return_index=True)[1]  # a building of each area

    def rows(post: str) -> NDArray[np.intp]:
        area = next(entry.area for entry in posts.laid if entry.rule.name == post)
        return np.asarray(posts.at(post).start + area.of_building[first].astype(np.intp))

    return rows(laid.rule.out_of), rows(laid.rule.into)


def _wanted(laid: Laid[Move], giver: NDArray[np.intp], posts: Posts, ledger: Ledger) -> Floats:
    """Hours a move wants in each of its areas: shape (areas,)."""
    weight = laid.area.households * laid.active
    whole = np.bincount(giver, weight, posts.rows)[giver]
    part = np.divide(weight, whole, out=np.zeros(laid.area.n), where=whole > 0)
    of_hours = laid.value("share") * ledger.own(giver) * part
    return np.asarray((of_hours + laid.value("hours") * laid.active) * laid.paid)
