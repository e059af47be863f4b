"""Two subdistricts of a district: each has its own of everything but departments and the district's post."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest

from cogov.community import Profile
from cogov.model import GovernanceModel
from cogov.processes.attention import pressing
from cogov.processes.deliver import work_departments
from cogov.processes.offers import on_list
from cogov.processes.sense import sense
from cogov.rules import Listing, Reports, Scope
from cogov.rules.areas import draw_areas
from cogov.rules.shipped import load_design
from cogov.state.issues import State
from cogov.terms import Level
from tests.helpers import council, post, put, situation, small

TWO = {"subdistricts": 2, "neighbourhoods": 6, "compounds": 12, "residents": 2400}


@cache
def two(**numbers: object) -> Profile:
    return small(**TWO | numbers)


def of(model: GovernanceModel, subdistrict: int) -> np.ndarray:
    """Households of a subdistrict."""
    first, last = model.places.subdistrict_households[subdistrict : subdistrict + 2]
    return np.arange(first, last)


# ---------------------------------------------------------------- areas


def test_there_is_an_area_for_each_subdistrict_and_one_district():
    community = two().build(1)
    areas = draw_areas([], community)
    assert (areas["subdistrict"].n, areas["block"].n, areas["district"].n) == (2, 2, 1)
    assert areas["subdistrict"].of_neighbourhood.tolist() == [0, 0, 0, 1, 1, 1]
    assert areas["subdistrict"].parts == (slice(0, 1), slice(1, 2))
    assert areas["neighbourhood"].parts == (slice(0, 3), slice(3, 6))
    assert areas["district"].parts == (slice(0, 1), slice(0, 1))


@pytest.mark.parametrize("grouping", ["similar", "adjacent", "random"])
def test_blocks_are_drawn_within_each_subdistrict(grouping):
    community = two().build(1)
    block = draw_areas([Scope(name="block", number=2, grouping=grouping)], community)["block"]
    assert block.n == 4
    assert set(block.of_neighbourhood[:3]) == {0, 1}
    assert set(block.of_neighbourhood[3:]) == {2, 3}
    assert block.parts == (slice(0, 2), slice(2, 4))


# ---------------------------------------------------------------- each its own


def test_a_flood_of_calls_keeps_the_office_of_its_own_subdistrict_busy_and_no_other():
    rules = (
        post("office", area="subdistrict", heads=1, hours=3),
        post(),
        Reports(name="hotline", channel="hotline", share=1.0),
    )
    model = situation(*rules, profile=TWO, sense={"order_hours": 0.5})
    here, there = of(model, 0)[0], of(model, 1)[0]
    put(model, household=int(here), copies=20, call=0.0)
    put(model, household=int(there), copies=4, call=0.0)
    sense(model)
    taken = model.places.compound_subdistrict[model.issues.compound[model.issues.hotline]]
    assert np.bincount(taken).tolist() == [6, 4]  # three hours of half-hour calls, and all of the other's
    office = model.institutions.posts.at("office")
    assert model.institutions.ledger.left[office] == pytest.approx([0.0, 1.0])


def test_a_flood_makes_the_departments_slower_for_the_other_subdistrict():
    def served(flood: int) -> float:
        model = situation(post(), post("office", area="subdistrict"), profile=TWO)
        waiting = {"state": State.DEPARTMENTS, "at": Level.SUBDISTRICT, "line": (1, -1, -1)}
        waiting |= {"share": (5.0, 0.0, 0.0), "wait": (0.0, np.inf, np.inf)}
        if flood:
            put(model, household=int(of(model, 0)[0]), copies=flood, urgency=0.9, **waiting)
        row = put(model, household=int(of(model, 1)[0]), urgency=0.5, **waiting)
        work_departments(model, pressing(model))
        return float(5.0 - model.issues.share[row, 0])

    alone = served(0)
    assert alone > 0
    assert served(1) < alone
    assert served(50) == 0


def test_units_are_listed_and_paired_in_their_own_subdistrict_and_take_turns_there():
    model = situation(
        post(),
        Listing(name="menu", area="subdistrict", share=1.0),
        Listing(name="day", area="subdistrict", share=0.5, rota=1),
        profile=TWO,
    )
    units = model.units
    menu, day = (model.institutions.laid["listing", name] for name in ("menu", "day"))
    left = np.ones((len(units), 8))
    shown, home = on_list(model, menu, left)
    assert np.array_equal(home, units.subdistrict)
    assert (shown > 0).all()
    shown, _ = on_list(model, day, left)
    assert np.bincount(units.subdistrict, shown[:, 0] > 0).tolist() == [1, 1]


def test_a_council_of_each_subdistrict_seats_its_own_and_decides_on_its_own():
    model = situation(post(), council(quorum=0.0), profile=TWO)
    table = model.institutions.councils[0]
    assert table.area.n == 2
    assert np.bincount(table.seat_area).tolist() == [3, 3]


# ---------------------------------------------------------------- one does not touch the other


PLENTY = {"department_hours": (10_000.0,) * 5}
"""Enough for all of what subdistricts share."""


def run(design: str, shaken: bool, weeks: int = 40, **numbers: object) -> dict[str, np.ndarray]:
    """What the second subdistrict has come to; the first is as built, or nobody there trusts anybody."""
    of_design = load_design(design)
    if design == "wuliqiao_2020":  # three neighbourhoods make two blocks
        platform = dataclasses.replace(of_design.mechanism("three_level_platform"), blocks=2)
        of_design = of_design.with_(platform, name=design)
    given = {"weeks": weeks, "reform_week": 0, "baseline": of_design}
    model = GovernanceModel(two(**numbers).build(2), of_design, rng=2, **given)
    first = model.places.household_rows[model.places.subdistrict_households[1]]
    if shaken:
        for name in ("trust_committee", "trust_firm", "trust_neighbours", "belonging"):
            getattr(model.residents, name)[:first] = 0.0
        model.units.engagement[model.units.subdistrict == 0] = 1.0
        model.offers.refresh()
    model.run_until(weeks)
    found = {name: getattr(model.residents, name)[first:] for name in type(model.residents).CHANGES}
    mine = model.places.compound_subdistrict == 1
    found |= {"by compound": model.record.places[:, :, mine], "firm": model.homes.firm[mine]}
    found |= {"engagement": model.units.engagement[model.units.subdistrict == 1]}
    firms = model.firms.subdistricts[:, 1]
    return found | {"quality": model.firms.quality[firms], "reputation": model.firms.reputation[firms]}


def differing(design: str, **numbers: object) -> set[str]:
    calm, shaken = (run(design, shaken, **numbers) for shaken in (False, True))
    return {name for name in calm if not np.array_equal(calm[name], shaken[name])}


@pytest.mark.parametrize("design", ["line_hierarchy", "quyang_2014", "wuliqiao_2020"])
def test_what_befalls_one_does_not_touch_the_other_where_departments_have_time_for_both(design):
    assert differing(design, **PLENTY) == set()


def test_what_befalls_one_touches_the_other_through_departments():
    assert "by compound" in differing("line_hierarchy", **PLENTY | {"department_hours": (2.0,) * 5})
