"""Places where neighbours meet: what is built, who makes something of it, and what is cut without them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from cogov import GovernanceModel, load_design
from cogov.kit.errors import DesignError
from cogov.mechanisms import CommunityGarden, GreatNeighbourliness, Mechanism, NeighbourlyGate
from cogov.processes.bond import bond
from cogov.processes.books import open_books
from cogov.processes.gifts import ask_units
from cogov.processes.projects import projects
from cogov.rules import Notice, Position, Programme, Purse
from cogov.state.works import beyond_the_wall
from tests.helpers import built, post, situation, small

BASE = load_design("line_hierarchy")
GLAD = {"work_worth": 9_000.0, "first_vote": 1}
"""Owners who would all have a work, and say so at their first meeting."""


def rule(mechanism: Mechanism, kind: str, name: str) -> Any:
    return next(entry for entry in mechanism.rules() if entry.key == (kind, name))


def run(given: Mapping[str, Any], weeks: int = 30, venues: int = 0, **processes: Any) -> GovernanceModel:
    """The baseline with these mechanisms for some weeks, in a community with no place to meet."""
    design = BASE.with_(given) if given else BASE
    model = GovernanceModel(
        small(residents=900, venues=venues),
        design,
        baseline=design,
        reform_week=0,
        run_in=0,
        rng=1,
        weeks=weeks,
        processes={"projects": {"consent": GLAD}} | processes,
    )
    model.run_until(weeks)
    return model


@cache
def plain() -> GovernanceModel:
    """The same without any of them."""
    return run({})


def total(model: GovernanceModel, measure: str) -> float:
    return float(model.record.to_frame()[measure].sum())


# ------------------------------------------------------------ great neighbourliness

RICH = {"proposed": 1.0, "purse": 2_000.0, "weeks": 1}
ALONE = {"members": 0.0, "pavilions": 0.0, "talents": 0.0, "heard": 0.0}
"""None of the four parts."""


def test_without_its_parts_great_neighbourliness_is_nothing():
    none = GreatNeighbourliness(**ALONE)
    assert none.at_zero() == none
    assert BASE.with_(none).rules() == BASE.rules()


def test_pavilions_are_built_and_activities_move_into_them():
    model = run({"great_neighbourliness": ALONE | RICH | {"pavilions": 2.0}})
    pavilions = [work for work in model.works.built if work.programme == "pavilion"]
    assert len(pavilions) == total(model, "works_built") > 0
    assert total(model, "small_activities") < total(model, "activities")
    without = plain()
    assert total(without, "small_activities") == total(without, "activities") > 0  # tables in the yard
    # a place alone brings nobody who would host there
    assert total(model, "hours_hosting") == pytest.approx(total(without, "hours_hosting"), rel=0.02)
    assert total(model, "attendance") > total(without, "attendance")


def test_a_pavilion_without_hosts_stands_empty():
    idle = {"neighbourhood_committee": {"host": 0.0}}
    model = run(idle | {"great_neighbourliness": ALONE | RICH | {"pavilions": 2.0}})
    assert total(model, "works_built") > 0
    assert total(model, "activities") == total(model, "attendance") == 0


def test_talents_are_found_by_visits_and_host():
    talents = ALONE | {"talents": 3.0, "talent_willing": 1.0, "found": 0.05}
    model, without = run({"great_neighbourliness": talents}), plain()
    assert 0 < model.found["neighbourly_talent"].max() <= 3
    assert total(model, "hours_hosting") > total(without, "hours_hosting")
    unseen = {"neighbourhood_committee": {"observe": 0.0}}
    cut = run(unseen | {"great_neighbourliness": talents}), run(unseen)
    assert cut[0].found["neighbourly_talent"].max() == 0
    assert total(cut[0], "hours_hosting") == pytest.approx(total(cut[1], "hours_hosting"), rel=0.01)


def test_the_committee_hosts_and_holds_a_council():
    seated = ALONE | {"members": 9.0, "member_willing": 1.0}
    model, without = run({"great_neighbourliness": seated}), plain()
    assert "neighbourly_council" in model.institutions.council_names
    assert total(model, "hours_hosting") > total(without, "hours_hosting")
    unwilling = run({"great_neighbourliness": seated | {"member_willing": 0.0}})
    assert total(unwilling, "hours_hosting") == pytest.approx(total(without, "hours_hosting"), rel=0.01)


def activity(*rules, kept: int = 26, people: int = 1_000) -> GovernanceModel:
    """A week with one activity in every neighbourhood, in a hall, after so many weeks at a fixed time."""
    hall = {"people": people, "hours": 6.0}
    model = situation(post(host=0.5), *rules, profile={"venues": 0})
    for home in range(3):
        building = int(np.flatnonzero(model.places.building_neighbourhood == home)[0])
        reach = np.flatnonzero(model.places.building_neighbourhood == home)
        model.works.add("venue", building, reach=reach, **hall)
    model.regular[:] = kept
    bond(model)
    return model


BRAND = Notice(name="brand", heard=1.0, regular=26)


def test_a_fixed_time_is_known_after_weeks_of_regularity():
    came = {kept: activity(BRAND, kept=kept).tally.total["attendance"] for kept in (0, 13, 26)}
    alone = activity().tally.total["attendance"]
    assert came[0] == alone  # nobody knows of it yet
    assert alone < came[13] < came[26]
    assert activity(BRAND, kept=3).regular.tolist() == [4, 4, 4]
    idle = situation(post(), BRAND)
    idle.regular[:] = 3
    bond(idle)
    assert idle.regular.tolist() == [2, 2, 2]  # a week without is forgotten


def test_where_a_place_is_full_nobody_more_comes():
    crowded = [activity(*rules, people=8).tally.total["attendance"] for rules in ((), (BRAND,))]
    assert crowded[0] == crowded[1] == 24


def test_messages_reach_the_young():
    message = Notice(name="groups", heard=10.0, online=True)
    model, silent = activity(message), activity(message.updated({"heard": 0.0}))
    assert model.tally.total["attendance"] > silent.tally.total["attendance"]
    nobody = situation(post(host=0.5), message, bond={"online": (0.0,) * 8})
    bond(nobody)
    plain = situation(post(host=0.5))
    bond(plain)
    assert nobody.tally.total["attendance"] == plain.tally.total["attendance"]


# ------------------------------------------------------------ community garden

GARDEN = {"proposed": 1.0, "purse": 2_000.0, "weeks": 1, "planner": 20.0}


def test_a_garden_has_gardeners_once_it_is_there():
    model = run({"community_garden": GARDEN | {"would_garden": 1.0, "garden_hours": 4.0}})
    gardens = [work for work in model.works.built if work.programme == "community_garden"]
    assert gardens
    there = model.institutions.posts.active[model.institutions.posts.at("gardener")]
    assert set(np.flatnonzero(there)) == {work.neighbourhood for work in gardens}
    assert total(model, "hours_hosting") > total(plain(), "hours_hosting")


def test_without_gardeners_a_garden_goes_wild():
    wild = GARDEN | {"would_garden": 0.0, "lasts": 4}
    model = run({"community_garden": wild})
    assert total(model, "works_built") > 0
    assert all(
        model.week - work.since <= 4 for work in model.works.built if work.programme == "community_garden"
    )
    assert total(model, "hours_hosting") == pytest.approx(total(plain(), "hours_hosting"), rel=0.01)


def test_one_planner_is_a_queue():
    done = [
        total(run({"community_garden": GARDEN | {"planner": hours}}), "works_built") for hours in (0.5, 20.0)
    ]
    assert done[0] < done[1]


def test_workshops_make_plans_fit_and_take_the_planners_hours():
    plain, talked = CommunityGarden(workshops=0), CommunityGarden(workshops=3)
    assert rule(plain, "consent", "community_garden").revision == 0
    assert rule(talked, "consent", "community_garden").revision == pytest.approx(0.6)
    hours = [rule(garden, "programme", "community_garden").plan_hours for garden in (plain, talked)]
    assert hours[1] - hours[0] == 18
    unplanned = rule(CommunityGarden(planner=0.0), "programme", "community_garden")
    assert (unplanned.designer, unplanned.plan_hours) == ("", 0)


# ------------------------------------------------------------ neighbourly gate


def test_a_gate_opens_what_stands_on_either_side():
    places = built().places
    model = situation(post())
    works = model.works
    works.built.clear()
    pavilion = works.add("venue", 0, people=20, hours=9.0, reach=works.around(0, "compound"))
    other = beyond_the_wall(places, 0)
    assert places.compound_neighbourhood[other] == places.compound_neighbourhood[0]
    mine = set(np.flatnonzero(places.building_compound == 0))
    theirs = set(np.flatnonzero(places.building_compound == other))
    assert set(works.reached(pavilion)) == mine
    before = works.rooms(3.0).reach.tolist()
    gate = works.add("gate", int(places.compound_buildings[other]), programme="gate", across=0)
    assert set(works.reached(pavilion)) == mine | theirs
    assert works.rooms(3.0).reach[0] > before[0]
    works.keep(gate, 0.2)  # nobody opens it
    assert set(works.reached(pavilion)) == mine
    hut = works.add("venue", 0, people=20, hours=9.0, reach=works.around(0, "building"))
    works.keep(gate, 1.0)
    assert set(works.reached(hut)) == {0}  # who keeps a room to a house keeps it so


def test_both_sides_must_agree_to_a_gate():
    gate = NeighbourlyGate()
    rules = (rule(gate, "programme", "neighbourly_gate"), rule(gate, "consent", "neighbourly_gate"))
    firm = post("firm", area="compound", heads=1, hours=5)
    model = situation(
        post(), firm, *gate.rules()[:1], rules[0].updated({"promote": 1.0, "slots": 9.0}), rules[1],
        week=8, projects={"consent": GLAD},
    )  # fmt: skip
    projects(model)
    talks = [project.talk for project in model.works.projects]
    assert len(talks) == 3  # one for two compounds, of which every neighbourhood has two
    talk = talks[0]
    assert len(np.unique(talk.side)) == 2
    assert talk.agreed(model.parameters.projects.consent)
    talk.opinion[talk.side == 1] = -1.0
    assert not talk.agreed(model.parameters.projects.consent)
    talk.opinion[talk.side == 0] = 2.0
    assert not talk.willing


def test_a_gate_is_guarded_by_the_firm_and_locked_without():
    given = {"neighbourly_gate": {"proposed": 1.0, "purse": 2_000.0, "weeks": 1, "permits": 0, "lasts": 4}}
    model = run(given)
    gates = [work for work in model.works.built if work.programme == "neighbourly_gate"]
    assert gates
    assert all(work.across >= 0 for work in gates)
    given["neighbourly_gate"] |= {"opening": 168.0, "guard": 1.0}  # more hours than a firm has there
    absent = run(given)
    assert all(
        absent.week - work.since <= 4 for work in absent.works.built if work.programme == "neighbourly_gate"
    )


# ------------------------------------------------------------ gifts


def asked(
    engagement: float = 1.0, raises: float = 1.0, price: float = 40_000.0, **gifts: Any
) -> GovernanceModel:
    """A work that waits for gifts, and somebody who asks units for them."""
    model = situation(
        post(),
        Position(name="secretary", area="subdistrict", heads=1, hours=15.0, raises=raises),
        Programme(
            name="gardens", what="garden", slots=1, promote=1.0, purse="gifts", cost=price, weeks=(1, 1)
        ),
        Purse(name="gifts", source="gifts", pays=("works",)),
        week=8,
        projects={"gifts": {"may_give": (1.0,) * 8} | gifts},
    )
    model.units.engagement[:] = engagement
    projects(model)
    model.week = 9
    open_books(model)
    return model


def test_units_that_are_asked_give_as_far_as_they_are_engaged():
    model = asked()
    before = model.contacts.in_all().copy()
    ask_units(model)
    appeal = model.purses.appeals[0]
    assert appeal.total == appeal.threshold == 40_000_00
    assert model.offers.seen.sum() == 3  # one for each of three neighbourhoods' works
    assert (model.contacts.in_all() > before).sum() == 3
    assert model.institutions.ledger.spent["asking"].sum() == 9
    refused = asked(engagement=0.0)
    ask_units(refused)
    assert not refused.offers.seen.any()
    assert all(appeal.total == 0 for appeal in refused.purses.appeals)
    assert refused.institutions.ledger.spent["asking"].sum() == 15  # five were asked in vain


def test_nobody_is_asked_by_who_has_no_hours_for_it_and_nobody_twice_a_year():
    idle = asked(raises=0.0)
    ask_units(idle)
    assert not idle.works.asked
    model = asked(engagement=0.0)
    for model.week in range(9, 19):
        open_books(model)
        ask_units(model)
    assert len(model.works.asked) == len(model.units)
    assert set(model.works.asked.values()) <= {61, 62}


def test_gifts_that_do_not_suffice_go_back():
    model = asked(price=9e6)
    for model.week in range(9, 40):
        open_books(model)
        projects(model)
    account = model.purses.account("gifts")
    assert model.tally.total.get("works_built", 0) == 0
    assert account.received.sum() == account.returned.sum() > 0


def test_only_a_subdistrict_asks_units_for_gifts():
    with pytest.raises(DesignError, match="asked for gifts by the subdistrict"):
        Position(name="secretary", heads=1, hours=5, raises=0.5)
