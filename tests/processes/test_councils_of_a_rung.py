"""Councils of one rung: what one refuses another may take up, and names decide nothing."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from cogov import GovernanceModel, load_design
from cogov.processes.deliberate import agenda, deliberate
from cogov.processes.route import route
from cogov.rules import Amend, Council, Design, Scope
from cogov.state.issues import State
from cogov.terms import Kind, Level, Service
from tests.helpers import Written, council, post, put, situation, small, written

ALL_COME = {"attend": 50.0, "attend_tie": 0.0, "attend_rank": 0.0, "attend_others": 50.0}
OFFICE = post("office", area="subdistrict")
CITY = post("district", area="district")


def meeting(*rules, week=4, **parameters):
    """A week in which councils meet, everybody comes, wants culture, and chairs hold nothing up."""
    model = situation(
        post(), OFFICE, CITY, *rules, week=week, deliberate=ALL_COME | {"facilitation": 0.0} | parameters
    )
    for entry in model.institutions.councils:
        entry.wants[:] = False
        entry.wants[:, Service.CULTURE] = True
    return model


def item(model, **values):
    place = {
        "state": State.COUNCIL,
        "at": Level.SUBDISTRICT,
        "kind": Kind.PUBLIC_SPACE,
        "field": Service.CULTURE,
    }
    return put(model, **(place | values))


WEAK = council(name="weak", seats=("firms",), returns=0)  # firms do not want culture: it agrees to nothing


def test_what_one_council_refuses_another_of_the_rung_takes_up_and_then_it_is_dropped():
    model = meeting(WEAK, council(name="also_weak", seats=("firms",), returns=0, hours=1.0))
    for entry in model.institutions.councils:
        entry.wants[:] = False
    row = item(model)
    issues = model.issues
    for _ in range(2):
        assert (issues.state[row], issues.at[row]) == (State.COUNCIL, Level.SUBDISTRICT)
        deliberate(model)
        assert issues.state[row] == State.MOVING
        route(model)
    assert issues.refused[row] == 0b11
    assert (issues.state[row], issues.closed[row]) == (State.LOST, model.week)
    assert model.tally.total["agenda_dropped"] == 1


def test_a_weak_council_beside_a_strong_one_loses_no_items():
    def agreed(*rules) -> tuple[int, int]:
        model = meeting(*rules)
        for entry in model.institutions.councils:
            entry.wants[:] = entry.wants & (entry.rule.name == "strong")
        rows = [item(model) for _ in range(12)]
        for _ in range(6):
            deliberate(model)
            route(model)
        return int(model.issues.agreed[rows].sum()), int((model.issues.state[rows] == State.LOST).sum())

    strong = council(name="strong", slots=4.0)
    assert agreed(strong) == (12, 0)
    assert agreed(strong, WEAK) == (12, 0)
    assert agreed(WEAK) == (0, 12)


def test_an_issue_goes_to_a_council_that_takes_up_its_kind():
    gardens = council(name="gardens", kinds=("public_space",))
    homes = council(name="homes", kinds=("renewal",), slots=3.0)
    model = meeting(gardens, homes)
    kinds = (Kind.PUBLIC_SPACE, Kind.RENEWAL, Kind.PUBLIC_SPACE)
    rows = [item(model, kind=kind) for kind in kinds]
    taken = dict(agenda(model, [0, 1])[0])
    names = [model.institutions.councils[taken[row]].rule.name for row in rows]
    assert names == ["gardens", "homes", "gardens"]


def test_a_kind_that_no_council_of_the_rung_takes_up_goes_on():
    model = meeting(council(name="gardens", kinds=("public_space",)))
    row = item(model, kind=Kind.RENEWAL, state=State.MOVING)
    route(model)
    assert (model.issues.state[row], model.issues.agreed[row]) == (State.SERVICE, True)
    assert council(kinds=()).null


def test_where_several_could_take_it_its_own_number_says_which_while_they_have_places():
    model = meeting(council(name="a", slots=2.0), council(name="b", slots=2.0, hours=1.4))
    rows = [item(model) for _ in range(6)]
    taken, _ = agenda(model, [0, 1])
    assert [row for row, _ in taken] == rows[:4]  # of equals the first
    assert [which for _, which in taken] == [model.issues.id[row] % 2 for row in rows[:4]]
    model.issues.id[rows] = 0
    assert [which for _, which in agenda(model, [0, 1])[0]] == [0, 0, 1, 1]


def test_what_comes_first_on_an_agenda_is_what_comes_first_everywhere():
    model = meeting(council(slots=1.0))
    item(model, urgency=0.5)
    dated = item(model, urgency=0.5, due=5)
    assert [row for row, _ in agenda(model, [0])[0]] == [dated]


def test_refusals_stay_with_the_council_when_a_design_is_adopted():
    model = meeting(WEAK)
    model.institutions.councils[0].wants[:] = False
    row = item(model)
    deliberate(model)
    assert model.issues.refused[row] == 1
    model.adopt(written(post(), OFFICE, WEAK, council(name="another", slots=9.0)))
    bit = [entry.rule.name for entry in model.institutions.councils].index("weak")
    assert model.issues.refused[row] == 1 << bit
    model.adopt(written(post(), OFFICE, council(name="third")))
    assert model.issues.refused[row] == 0


def test_whether_somebody_has_time_does_not_depend_on_what_else_there_is():
    def present(*rules) -> list[bool]:
        model = meeting(*rules, attend_others=0.0)
        item(model)
        deliberate(model)
        spent = 20 - model.institutions.ledger.left[model.institutions.posts.at("committee")]
        return (spent > 0).tolist()

    alone = present(council(name="x", hours=1.0))
    assert present(council(name="y", hours=1.0)) == alone
    with_residents = council(name="x", hours=1.0, seats=("neighbourhoods", "residents"))
    assert present(with_residents) == alone


@cache
def digest(first: str, second: str, upkeep: float) -> str:
    """Digest of a year with two councils of the subdistrict and one of the block, under these names."""
    rules = (
        Scope(name="block", number=2),
        Council(
            name=first, area="subdistrict", seats=("neighbourhoods", "units"), slots=3.0, quorum=0.3,
            keeper="office", upkeep=upkeep, referred=True,
        ),
        Council(
            name=second, area="subdistrict", seats=("units", "owners"), slots=1.0, every=6, quorum=0.8,
            keeper="office", upkeep=upkeep, referred=True,
        ),
        Council(name="block", area="block", seats=("neighbourhoods",), slots=4.0, quorum=0.9, returns=0),
        Amend(name="more", of=Council, target=second, field="slots", by=1.0),
    )  # fmt: skip
    design = Design((*load_design("line_hierarchy").mechanisms, Written(given=rules)))
    model = GovernanceModel(
        small(neighbourhoods=5).build(3),
        design,
        baseline=design,
        reform_week=0,
        rng=3,
        weeks=52,
        processes={"arise": {"public_space": {"rate": 5.0}, "renewal": {"rate": 4.0}}},
    )
    model.run_until(52)
    assert model.outcomes()["agenda_items"] > 20
    return model.record.digest()


@pytest.mark.parametrize("upkeep", [0.5, 30.0], ids=["kept", "short of hours"])
def test_renaming_a_council_changes_nothing(upkeep):
    assert digest("a_first", "b_second", upkeep) == digest("z_first", "b_second", upkeep)
    assert digest("a_first", "b_second", upkeep) == digest("a_first", "aa", upkeep)


def test_no_more_councils_than_an_issue_has_bits():
    rules = [council(name=f"council_{index}") for index in range(64)]
    with pytest.raises(Exception, match="64 kinds of council; at most 63"):
        situation(post(), *rules)


def test_bits_follow_names():
    model = meeting(WEAK)
    rows = [item(model), item(model)]
    model.issues.refused[rows] = [0b011, 0b110]
    model.issues.carry_refusals(["a", "b", "c"], ["c", "x", "a"])
    np.testing.assert_array_equal(model.issues.refused[rows], [0b100, 0b001])
