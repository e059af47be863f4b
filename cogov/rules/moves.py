"""Moves: hours that go from the rows of one post to those of another when a week's books are opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cogov.rules.areas import Area
from cogov.rules.kinds import Move, Position
from cogov.rules.laid import Laid
from cogov.rules.posts import Floats, Posts
from cogov.state.attention import Attention
from cogov.state.ledger import Ledger
from cogov.terms import Line


def smaller(rule: Move, positions: Mapping[str, Position], areas: Mapping[str, Area]) -> Area:
    """The areas a move is laid over: of the two posts' areas the smaller ones."""
    taker = areas[positions[rule.into].area]
    if rule.from_line:
        return taker
    giver = areas[positions[rule.out_of].area]
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
        lost = given * np.minimum(laid.value("loss"), 1)
        ledger.pass_on(giver, taker, given - lost)
        ledger.spend(slice(None), np.bincount(giver, lost, posts.rows), "moving")


def detach(moves: Sequence[Laid[Move]], posts: Posts, ledger: Ledger, attention: Attention) -> Floats:
    """Move hours of departments into posts: what a team in a place has, the desk of the district lacks.

    Where several moves want more of a department than it has, each gets the same part of what it wants. The
    loss is the department's: it supervises and travels in hours that answer no case. Returns that, by Line.
    """
    lost = np.zeros(len(Line))
    moves = [laid for laid in moves if laid.active.any()]
    if not moves:
        return lost
    first = [laid.area.first for laid in moves]
    lines = [Line[laid.rule.out_of.upper()] for laid in moves]
    wanted = [_wanted_of_line(laid, attention.left[line]) for laid, line in zip(moves, lines, strict=True)]
    asked = np.bincount(lines, [np.add.reduce(hours) for hours in wanted], len(Line))
    there = np.minimum(asked, attention.left)
    granted = np.divide(there, asked, out=np.zeros(len(Line)), where=asked > 0)
    rows, arrived = [], []
    for laid, line, building, hours in zip(moves, lines, first, wanted, strict=True):
        sent = hours * granted[line]
        arrives = sent * (1 - np.minimum(laid.value("loss"), 1))
        rows.append(_rows(laid.rule.into, building, posts))
        arrived.append(arrives)
        lost[line] += float(np.add.reduce(sent - arrives))
    ledger.receive(np.concatenate(rows), np.concatenate(arrived))
    attention.give(there)
    return lost


def _wanted_of_line(laid: Laid[Move], hours: float) -> Floats:
    """Hours a move wants of a department in each of its areas: shape (areas,)."""
    weight = laid.area.households * laid.active
    part = weight / max(float(weight.sum()), 1.0)
    return np.asarray((laid.value("share") * hours * part + _fixed(laid)) * laid.paid)


def _rows(post: str, building: NDArray[np.intp], posts: Posts) -> NDArray[np.intp]:
    """The rows of a post in the areas that some buildings lie in."""
    area = posts.area[post]
    return np.asarray(posts.at(post).start + area.of_building[building].astype(np.intp))


def _pairs(laid: Laid[Move], posts: Posts) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows that give and take in each area of a move."""
    first = laid.area.first
    return _rows(laid.rule.out_of, first, posts), _rows(laid.rule.into, first, posts)


def _wanted(laid: Laid[Move], giver: NDArray[np.intp], posts: Posts, ledger: Ledger) -> Floats:
    """Hours a move wants in each of its areas: shape (areas,)."""
    weight = laid.area.households * laid.active
    whole = np.bincount(giver, weight, posts.rows)[giver]
    part = np.divide(weight, whole, out=np.zeros(laid.area.n), where=whole > 0)
    of_hours = laid.value("share") * ledger.own(giver) * part
    return np.asarray((of_hours + _fixed(laid)) * laid.paid)


def _fixed(laid: Laid[Move]) -> Floats:
    """Hours a move names itself, where it is in force: shape (areas,)."""
    hours, per = laid.value("hours") * laid.active, laid.rule.per_households
    return hours * laid.area.households / per if per else hours
