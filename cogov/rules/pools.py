"""Pools: the people whom a boundary rule may name, by what they are (边界规则·人选来源).

A pool says who somebody is, not where: a post of a micro grid is filled by those of its pool who live in that
micro grid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.community.residents import Mark, Residents
from cogov.terms import ADULT, ELDER, Party

Rows = NDArray[np.intp] | slice
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Pool:
    """People of one sort.

    Attributes
    ----------
    name, zh, doc : str
    who : callable or None
        Of residents and rows: which of these adults belong to it. None where they are no residents.
    """

    name: str
    zh: str
    doc: str
    who: Callable[[Residents, Rows], Mask] | None = None


def _marked(mark: Mark) -> Callable[[Residents, Rows], Mask]:
    return lambda residents, rows: (residents.marks[rows] & mark) != 0


STAFF, VOLUNTEERS, EMPLOYEES = "staff", "volunteers", "employees"
"""Pools of which only some uses make sense: hired people, whoever is active, and people of units by day."""

POOLS: dict[str, Pool] = {
    pool.name: pool
    for pool in (
        Pool(STAFF, "专职人员", "hired, and paid or not by the post"),
        Pool(VOLUNTEERS, "志愿者", "any resident", lambda residents, rows: residents.age[rows] >= ADULT),
        Pool("members", "党员", "party members", lambda residents, rows: residents.party[rows] != Party.NONE),
        Pool(
            "branch_members",
            "居民区党员",
            "party members of the branch here",
            lambda residents, rows: residents.party[rows] == Party.BRANCH,
        ),
        Pool(
            "in_service",
            "在职党员",
            "party members organised at their workplace",
            lambda residents, rows: residents.party[rows] == Party.IN_SERVICE,
        ),
        Pool("owners", "业主", "live in a flat of their own", lambda residents, rows: residents.owner[rows]),
        Pool("tenants", "租户", "live for rent", lambda residents, rows: ~residents.owner[rows]),
        Pool("young", "青年", "aged 18-29", lambda residents, rows: residents.age[rows] == ADULT),
        Pool("retired", "退休居民", "aged 60 and over", lambda residents, rows: residents.age[rows] >= ELDER),
        Pool(
            "skilled",
            "有专长者",
            "have a skill of use to neighbours",
            lambda residents, rows: residents.skill[rows] >= 0,
        ),
        Pool(
            "locally_employed",
            "就近就业者",
            "live here and work at a unit of the subdistrict",
            lambda residents, rows: residents.employer[rows] >= 0,
        ),
        Pool("veterans", "退役军人", "have served in the army", _marked(Mark.VETERAN)),
        Pool(
            "deputies",
            "代表委员",
            "sit in a congress or a consultative conference",
            _marked(Mark.DEPUTY),
        ),
        Pool("students", "大学生", "study", _marked(Mark.STUDENT)),
        Pool(EMPLOYEES, "驻区单位人员", "workers, pupils and shopkeepers of units, here by day only"),
    )
}
"""All pools by name."""
UNPAID = tuple(name for name in POOLS if name not in (STAFF, EMPLOYEES))
"""Pools of residents, who may look after neighbours without being paid."""


def of_each(residents: Residents, rows: Rows, pools: Iterable[str]) -> dict[str, Mask]:
    """Which of some residents are in each of these pools (minors are in none)."""
    adult = residents.age[rows] >= ADULT
    found = {}
    for name in pools:
        who = POOLS[name].who
        found[name] = np.zeros_like(adult) if who is None else adult & who(residents, rows)
    return found


def belong(residents: Residents, rows: Rows, pools: Iterable[str]) -> Mask:
    """Which of some residents are in at least one of these pools."""
    return np.asarray(np.logical_or.reduce(list(of_each(residents, rows, pools).values())), dtype=bool)
