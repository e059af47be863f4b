"""Pools: who belongs to which, and what a boundary may say of them."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.community.residents import Mark
from cogov.kit.errors import DesignError
from cogov.rules import Boundary
from cogov.rules.pools import EMPLOYEES, POOLS, STAFF, belong
from cogov.terms import ADULT, Party
from tests.helpers import small

NOBODY_HERE = {STAFF, EMPLOYEES}


@pytest.fixture(scope="module")
def residents():
    return small(veteran_share=0.2, deputy_share=0.1, student_share=0.5).build(1).residents


@pytest.mark.parametrize("name", POOLS)
def test_a_pool_has_a_name_and_people_who_are_adults(name, residents):
    pool = POOLS[name]
    assert pool.name == name
    assert pool.zh
    assert pool.doc
    mine = belong(residents, slice(None), (name,))
    assert mine.any() == (name not in NOBODY_HERE)
    assert (residents.age[mine] >= ADULT).all()


def test_pools_are_what_they_say(residents):
    everybody = slice(None)
    adult = residents.age >= ADULT
    assert (belong(residents, everybody, ("volunteers",)) == adult).all()
    assert (belong(residents, everybody, ("members",)) == (adult & (residents.party != Party.NONE))).all()
    assert (belong(residents, everybody, ("owners", "tenants")) == adult).all()
    branch, in_service = (belong(residents, everybody, (name,)) for name in ("branch_members", "in_service"))
    assert not (branch & in_service).any()
    assert (belong(residents, everybody, ("in_service", "branch_members")) == (branch | in_service)).all()
    veterans = belong(residents, everybody, ("veterans",))
    assert (veterans == ((residents.marks & Mark.VETERAN) != 0)).all()
    assert abs(veterans[adult].mean() - 0.2) < 4 * np.sqrt(0.16 / adult.sum())


def test_some_rows_only(residents):
    rows = np.array([0, 5, 9])
    whole = belong(residents, slice(None), ("owners",))
    assert belong(residents, rows, ("owners",)).tolist() == whole[rows].tolist()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"pools": ()}, "must have 1 to"),
        ({"pools": ("cadres",)}, "must be one of staff, volunteers, members"),
        ({"pools": ("retird",)}, "did you mean 'retired'?"),
        ({"pools": ("owners", "owners")}, "must name each pool once"),
        ({"pools": ("staff", "owners")}, "staff are no volunteers"),
        ({"post": "volunteers", "pools": ("volunteers",)}, "leave volunteers out"),
        ({"post": "volunteers", "pools": ("in_service",), "matched": True}, "needs a keeper"),
        ({"keeper": "committee", "upkeep": 1.0}, "has no keeper"),
    ],
)
def test_what_a_boundary_refuses(values, message):
    with pytest.raises(DesignError) as refused:
        Boundary(**{"name": "x", "post": "guide"} | values)
    assert message in str(refused.value)


def test_unions_of_the_first_pools():
    rule = Boundary(name="x", post="guide", pools=("members", "retired", "volunteers"))
    assert rule.unions == (("members",), ("members", "retired"), ("members", "retired", "volunteers"))
