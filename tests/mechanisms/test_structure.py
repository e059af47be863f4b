"""Grids, the three-level platform and the four nets: the chain of each, and the cut that makes it vanish."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.mechanisms import GridLinkage, Mechanism, RegionalPartyBuilding, ThreeLevelPlatform
from cogov.processes.enquire import enquire
from cogov.processes.offers import in_focus, on_list
from cogov.processes.sense import sense
from cogov.processes.serve_units import serve_units
from cogov.rules import Scope
from cogov.rules.areas import draw_areas
from cogov.rules.shipped import load_design
from cogov.state.contacts import SUBDISTRICT
from cogov.state.issues import State
from cogov.terms import YEAR, Kind, Level, Service, UnitKind
from tests.helpers import built, put, situation, small

BASE = load_design("line_hierarchy")


def opened(mechanism: Mechanism) -> GovernanceModel:
    """The baseline with one mechanism, its first week's books open and people there to give hours."""
    base = [rule for part in BASE.mechanisms for rule in part.rules() if not rule.null]
    return situation(*base, *mechanism.rules())


def ran(mechanism: Mechanism | None, weeks: int, **processes) -> GovernanceModel:
    design = BASE if mechanism is None else BASE.with_(mechanism)
    model = GovernanceModel(
        small(), design, baseline=design, reform_week=0, rng=3, weeks=weeks, processes=processes
    )
    model.run_until(weeks)
    return model


# ---------------------------------------------------------------- grids


def test_members_lead_grids_first_and_others_where_there_are_none():
    found = {}
    for pools in (("branch_members", "in_service", "volunteers"), ("volunteers",), ("branch_members",)):
        model = opened(GridLinkage(pools=pools, willing=0.2))
        posts = model.institutions.posts
        found[len(pools), pools[0]] = float(posts.filled[posts.at("grid_leader")].mean())
    assert 0 < found[1, "branch_members"] < found[3, "branch_members"]
    assert found[3, "branch_members"] == pytest.approx(found[1, "volunteers"], rel=0.2)


def test_what_leaders_see_is_a_report_that_takes_the_committees_hours():
    reports = {}
    for willing in (0.5, 0.0):
        model = ran(GridLinkage(willing=willing, observe=0.9, ask=0.0), 12)
        reports[willing] = float(model.record.to_frame()["hours_reports"].sum())
    assert reports[0.5] > reports[0.0]


def test_what_a_leader_saw_comes_to_the_committee_and_is_not_passed_up_from_the_building():
    model = opened(GridLinkage(willing=0.5, observe=0.9, ask=0.0, small=0.0))
    posts = model.institutions.posts
    for other in ("committee", "firm"):  # nobody else comes by
        posts.observe[posts.at(other)] = 0
    row = put(model, kind=Kind.SANITATION, level=Level.BUILDING, spot=1e-12)
    sense(model)
    assert model.issues.state[row] == State.MOVING
    assert model.issues.at[row] == Level.NEIGHBOURHOOD
    assert model.institutions.ledger.hours["reports"] == pytest.approx(0.2)


def test_leaders_hear_what_people_need_and_without_leaders_nobody_does():
    known = {}
    for name, mechanism in {
        "none": GridLinkage(doors=0.0, willing=0.5),
        "heard": GridLinkage(doors=4.0, willing=0.5),
        "cut": GridLinkage(doors=4.0, willing=0.0),
    }.items():
        model = opened(mechanism)
        model.known.found[:] = 0
        sense(model)
        enquire(model)
        known[name] = float(model.known.found.mean())
    assert known["heard"] > known["none"] == known["cut"] > 0  # the committee's visits hear of some as well


def test_leaders_tell_of_offers_in_their_own_hours_and_without_leaders_nobody_does():
    shown = {}
    for willing in (0.5, 0.0):
        model = opened(GridLinkage(willing=willing, telling=0.2))
        laid = next(entry for entry in model.institutions.listings if entry.rule.name == "told_by_leaders")
        visible, _ = on_list(model, laid, np.ones((len(model.units), len(Service))))
        shown[willing] = visible.sum()
    assert shown[0.5] > shown[0.0] == 0


def test_training_comes_out_of_what_leaders_give():
    hours = {}
    for training in (0.0, 26.0):
        posts = opened(GridLinkage(training=training, hours=2.5)).institutions.posts
        hours[training] = posts.gross[posts.at("grid_leader")].max()
    assert hours[26.0] == pytest.approx(hours[0.0] - 26 / YEAR)


# ---------------------------------------------------------------- blocks


def alike():
    """A community whose three neighbourhoods have every trait in common."""
    community = built()
    places = community.places
    for column in ("year_built", "old", "elder_share", "child_share", "fee"):
        getattr(places.compounds, column)[:] = getattr(places.compounds, column)[0]
    places.neighbourhoods.x[:] = places.neighbourhoods.y[:] = 0
    community.residents.employer[:] = -1
    community.residents.owner[:] = True
    community.units.neighbourhood[:] = -1
    return community


def two_blocks(community):
    area = draw_areas([Scope(name="block", number=2, grouping="four_traits")], community)["block"]
    return area.of_neighbourhood.tolist()


@pytest.mark.parametrize("trait", ["history", "geography", "production", "way_of_life"])
def test_each_of_the_four_traits_draws_blocks(trait):
    community, places = alike(), None
    places = community.places
    other = places.compound_neighbourhood == 1
    if trait == "history":
        places.compounds.year_built[other] += 20
    elif trait == "geography":
        places.neighbourhoods.x[1] = 2.0
    elif trait == "production":
        community.units.neighbourhood[0] = 1
        community.units.heads[0] = 400
    else:
        places.compounds.elder_share[other] += 0.2
    first, second, third = two_blocks(community)
    assert first == third != second


def test_a_trait_weighs_the_same_whatever_it_is_measured_in():
    community = built()
    before = two_blocks(community)
    community.places.neighbourhoods.x[:] *= 1000
    community.places.neighbourhoods.y[:] *= 1000
    assert two_blocks(community) == before


def test_a_theme_takes_its_room_on_the_list_from_the_rest():
    plain, themed = (opened(ThreeLevelPlatform(blocks=2, theme_share=theme)) for theme in (0.0, 0.25))
    offers = np.ones((len(plain.units), len(Service)))
    seen = []
    for model in (plain, themed):
        laid = next(entry for entry in model.institutions.listings if entry.rule.name == "block_platform")
        visible, home = on_list(model, laid, offers)
        seen.append(visible[home >= 0])
    assert len(seen[0])
    np.testing.assert_allclose(seen[1].sum(1), seen[0].sum(1))  # no more is seen in all
    first = in_focus(themed, laid)
    assert (first > 1).sum(1).tolist() == [3, 3]
    assert (first < 1).sum(1).tolist() == [5, 5]
    assert not np.array_equal(seen[0], seen[1])


def test_a_list_that_nobody_keeps_shows_nothing():
    model = opened(ThreeLevelPlatform())
    model.institutions.ledger.open(np.zeros(model.institutions.posts.rows), {})
    laid = next(entry for entry in model.institutions.listings if entry.rule.name == "block_platform")
    laid.paid = np.zeros(laid.area.n)
    assert on_list(model, laid, np.ones((len(model.units), len(Service))))[0].sum() == 0


# ---------------------------------------------------------------- nets

KINDS = {
    "administrative_hours": ("agency",),
    "general_hours": ("company", "bank", "social_organisation"),
    "unit_hours": ("school", "hospital", "museum", "conservatory"),
}
NONE = dict.fromkeys((*KINDS, "neighbourhood_hours"), 0.0)


@pytest.mark.parametrize("net", KINDS)
def test_a_net_calls_on_its_own_and_lists_what_they_offer_and_nobody_elses(net):
    model = opened(RegionalPartyBuilding(**NONE | {net: 6.0}, pledge=0.0, slots=0.0))
    units = np.arange(len(model.units))
    office = np.full(len(units), SUBDISTRICT)
    before = model.contacts.hours(units, office)
    serve_units(model)
    met = model.contacts.hours(units, office) - before
    mine = np.isin([UnitKind(kind).label for kind in model.units.kind], KINDS[net])
    assert mine.any()
    assert (met > 0).tolist() == mine.tolist()
    assert met.sum() == pytest.approx(6.0)  # the hours that the office gave, none lost
    assert model.accounts.received.sum() == 0  # it serves no want
    listed = {
        entry.rule.name for entry in model.institutions.listings if entry.rule.name not in ("acquaintance",)
    }
    assert len(listed) == 1
    laid = next(entry for entry in model.institutions.listings if entry.rule.name in listed)
    visible = on_list(model, laid, np.ones((len(units), len(Service))))[0].sum(1)
    assert ((visible > 0) == mine).all()


def test_nets_have_the_hours_that_the_office_lacks():
    with_nets, without = (opened(RegionalPartyBuilding(**nets)) for nets in ({}, NONE))
    left = [
        float(model.institutions.ledger.available[model.institutions.posts.at("office")].sum())
        for model in (without, with_nets)
    ]
    nets = ("administrative_net", "neighbourhood_net", "general_net", "unit_net")
    have = [
        float(with_nets.institutions.ledger.available[with_nets.institutions.posts.at(net)].sum())
        for net in nets
    ]
    assert have == pytest.approx([2.5] * 4)
    assert left[0] - left[1] == pytest.approx(10.0)


def test_the_net_of_neighbourhoods_brings_in_what_people_need():
    known = []
    for hours in (0.0, 10.0):
        model = opened(RegionalPartyBuilding(neighbourhood_hours=hours))
        model.known.found[:] = 0
        enquire(model)
        known.append(float(model.known.found.mean()))
    assert known[1] > known[0]


def test_a_plan_pledges_hours_in_its_fields_alone():
    model = opened(RegionalPartyBuilding(listing=0.0, pledge=0.5, plan_fields=("health",)))
    laid = next(entry for entry in model.institutions.listings if entry.rule.name == "community_plan")
    visible, _ = on_list(model, laid, np.ones((len(model.units), len(Service))))
    assert visible[:, Service.HEALTH].min() > 0
    assert visible.sum() == pytest.approx(visible[:, Service.HEALTH].sum())
