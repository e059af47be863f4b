"""What areas have each, and what the areas of a subdistrict divide among them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov import load_design
from cogov.kit.errors import DesignError
from cogov.rules import Amend, Council, Scope
from tests.helpers import council, post, situation

BLOCKS = Scope(name="block", number=2)
OFFICE = post("office", area="subdistrict")


def laid(*rules, key=("council", "council")):
    return situation(post(), OFFICE, BLOCKS, *rules).institutions.laid[key]


def block_council(**values):
    return council(**{"area": "block", "slots": 6.0, "keeper": "office", "upkeep": 3.0} | values)


def test_each_block_has_its_slots_and_costs_or_the_blocks_divide_them_by_households():
    each, in_all = laid(block_council()), laid(block_council(per="subdistrict"))
    part = each.area.households / each.area.households.sum()
    assert each.value("slots").tolist() == [6, 6]
    np.testing.assert_allclose(in_all.value("slots"), 6 * part)
    assert in_all.value("upkeep").tolist() == each.value("upkeep").tolist() == [3, 3]  # for a slot of a month
    np.testing.assert_array_equal(in_all.value("quorum"), each.value("quorum"))  # a share is no quantity


@given(st.integers(1, 3), st.integers(0, 20), st.floats(0.5, 20))
def test_what_is_divided_is_the_same_in_all_whatever_the_number_of_blocks(number, slots, more):
    amended = Amend(name="more", of=Council, target="council", field="slots", by=more)
    blocks = Scope(name="block", number=number)
    rule = block_council(per="subdistrict", slots=slots, upkeep=0.5)
    institutions = situation(post(), OFFICE, blocks, rule, *[amended] * (slots > 0)).institutions
    if slots:
        found = institutions.laid["council", "council"]
        assert found.value("slots").sum() == pytest.approx(slots + more)
        assert institutions.hours_wanted(found).sum() == pytest.approx(0.5 * (slots + more))


def test_a_council_that_divides_its_slots_takes_the_hours_of_one():
    spent = []
    for per in ("area", "subdistrict"):
        model = situation(post(), OFFICE, BLOCKS, block_council(per=per, upkeep=0.5))
        spent.append(float(model.institutions.ledger.spent["upkeep"].sum()))
    assert spent == pytest.approx([6, 3])


def test_heads_of_each_block_or_of_all():
    for per, heads in (("area", 2 * 4.0), ("subdistrict", 4.0)):
        model = situation(post(), BLOCKS, post("worker", area="block", heads=4, hours=10, per=per))
        rows = model.institutions.posts.at("worker")
        assert model.institutions.posts.gross[rows].sum() == pytest.approx(10 * heads)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: council(per="subdistrict"), "per = 'subdistrict' divides among areas smaller than that"),
        (lambda: council(area="block", per="block"), "per"),
        (lambda: post("x", area="district", per="subdistrict"), "must be one of building, micro_grid"),
        (lambda: post("x", area="block", per="subdistrict", per_households=1000), "per_households says"),
        (lambda: post(staffed_by="committee", per="subdistrict"), "staffed_by 'committee' says"),
    ],
)
def test_what_cannot_be_divided_is_refused(make, message):
    with pytest.raises(DesignError, match=message):
        make()


def test_the_blocks_of_three_plus_x_have_their_slots_either_way():
    design = load_design("wuliqiao_2020")
    assert design.diff(design.with_("three_plus_x_committee", per="area", x_seats=2)).rows() == []
    changed = design.diff(design.with_("three_plus_x_committee", per="subdistrict", x_seats=2))
    assert "subdistrict" in str(changed)
