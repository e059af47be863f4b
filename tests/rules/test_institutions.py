"""Rules laid over a community, as the tables that processes read."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.community import Community
from cogov.rules import (
    Appraisal,
    Boundary,
    Choice,
    Council,
    Exchange,
    Listing,
    OwnersConsent,
    Payoff,
    Programme,
    Reports,
    Rule,
    Scope,
)
from cogov.rules.institutions import Institutions
from cogov.rules.powers import PUBLIC
from cogov.rules.seats import top
from cogov.terms import Kind, Level, Service
from tests.helpers import built, post, written

LEVELS = len(Level)


@pytest.fixture
def community() -> Community:
    return built()


def lay(community: Community, *rules: Rule, needs: np.ndarray | None = None) -> Institutions:
    compounds = len(community.places.compounds)
    return Institutions(
        written(*rules),
        community,
        np.ones((compounds, len(Service))) if needs is None else needs,
        community.places.compounds.firm,
    )


# ---------------------------------------------------------------- who handles what, and who may


def test_a_kind_is_handled_on_a_level_by_the_post_of_the_compounds_area(community):
    institutions = lay(
        community, post(handles=("repair",)), post("office", area="subdistrict", handles=("repair", "safety"))
    )
    handler = institutions.powers.handler
    start = institutions.posts.start["committee"].start
    assert handler[Kind.REPAIR, Level.NEIGHBOURHOOD].tolist() == [start + n for n in (0, 0, 1, 1, 2, 2)]
    assert handler[Kind.SAFETY, Level.NEIGHBOURHOOD].tolist() == [-1] * 6
    assert handler[Kind.SAFETY, Level.SUBDISTRICT].tolist() == [institutions.posts.start["office"].start] * 6
    assert handler.shape == (len(Kind), LEVELS, 6)
    assert (handler >= 0).sum() == 3 * 6


def test_of_two_posts_on_a_level_the_more_competent_handles(community):
    able = post("able", competence=0.9, handles=("repair",))
    institutions = lay(community, able, post("zealous", competence=0.5, handles=("repair", "dispute")))
    posts, handler = institutions.posts, institutions.powers.handler[:, Level.NEIGHBOURHOOD, 0]
    assert handler[Kind.REPAIR] == posts.start["able"].start
    assert handler[Kind.DISPUTE] == posts.start["zealous"].start


def test_helpers_with_small_issues_handle_none(community):
    assert np.all(lay(community, post("leader", small=2.0)).powers.handler == -1)


def test_a_firm_handles_only_where_it_serves(community):
    community.places.compounds.firm[:] = [0, -1, 1, 1, -1, 2]
    institutions = lay(community, post("firm", staffed_by="firm", area="compound", handles=("repair",)))
    assert institutions.powers.handler[Kind.REPAIR, Level.COMPOUND].tolist() == [0, -1, 2, 3, -1, 5]


def test_a_power_to_resolve_brings_authority_down_at_the_price_of_its_hours(community):
    institutions = lay(
        community, Choice(name="court", level="neighbourhood", power="resolve", kinds=("dispute",), hours=1.5)
    )
    # by the level where authority lies otherwise: building, compound ... district
    assert institutions.powers.authority[Kind.DISPUTE, :, 0].tolist() == [0, 1, 2, 2, 2, 5]
    assert institutions.powers.settling[Kind.DISPUTE, :, 0].tolist() == [0, 0, 0, 1.5, 1.5, 0]
    assert institutions.powers.authority[Kind.REPAIR, :, 0].tolist() == [0, 1, 2, 3, 4, 5]
    assert not institutions.powers.settling[Kind.REPAIR].any()


@pytest.mark.parametrize(("low", "high"), [("a", "b"), ("b", "a")])
def test_of_two_powers_to_resolve_the_lower_has_it_and_of_two_on_a_level_the_cheaper(community, low, high):
    resolve = {"power": "resolve", "kinds": ("dispute",)}
    institutions = lay(
        community,
        Choice(name=low, level="compound", hours=2.0, **resolve),
        Choice(name="dear", level="compound", hours=3.0, **resolve),
        Choice(name=high, level="block", hours=1.0, **resolve),
    )
    assert institutions.powers.authority[Kind.DISPUTE, :, 0].tolist() == [0, 1, 1, 1, 1, 5]
    assert institutions.powers.settling[Kind.DISPUTE, :, 0].tolist() == [0, 0, 2, 2, 2, 0]


def test_summons_and_deadlines_stand_where_a_rule_grants_them(community):
    institutions = lay(
        community,
        Choice(name="a", level="block", power="summon", kinds=("safety",), hours=0.5),
        Choice(name="z", level="block", power="summon", kinds=("safety",), hours=0.7),
        Choice(name="b", level="subdistrict", power="dispatch", kinds=("safety", "repair"), weeks=3),
        Choice(name="c", level="subdistrict", power="dispatch", kinds=("safety",), weeks=1),
        Choice(name="d", level="subdistrict", power="dispatch", kinds=("safety",), weeks=2),
    )
    assert institutions.powers.summons[Level.BLOCK, Kind.SAFETY].tolist() == [0.5] * 6
    assert np.isnan(institutions.powers.summons)[:, :, 0].sum() == LEVELS * len(Kind) - 1
    expected = np.full(len(Kind), np.inf)
    expected[Kind.REPAIR], expected[Kind.SAFETY] = 3, 1
    assert np.array_equal(institutions.powers.deadlines[:, 0], expected)


def test_a_case_goes_where_there_is_authority_a_post_and_the_power_to_call_those_it_needs(community):
    summons = Choice(
        name="summons", level="neighbourhood", power="summon", kinds=("safety",), parts=2, hours=0.5
    )
    target = lay(community, post(), post("office", area="subdistrict"), summons).powers.target[:, Kind.SAFETY]
    # by the level with authority: up from the neighbourhood; one department from the subdistrict, two or more
    # from the neighbourhood; public matters from the subdistrict on
    assert target[0, :, 0].tolist() == [2, 2, 2, 4, 4, 5]
    assert target[1, :, 0].tolist() == [4, 4, 4, 4, 4, 5]
    assert target[2, :, 0].tolist() == target[3, :, 0].tolist() == [2, 2, 2, 4, 4, 5]
    assert target[PUBLIC, :, 0].tolist() == [4, 4, 4, 4, 4, 5]


def test_the_next_rung_is_the_next_with_somebody_on_it(community):
    institutions = lay(community, post(), post("office", area="subdistrict"))
    assert institutions.powers.next_rung[Kind.REPAIR, :, 0].tolist() == [2, 2, 4, 4, 5, 5]
    assert (lay(community).powers.next_rung == 5).all()


def test_a_rung_that_does_not_handle_the_kind_is_skipped(community):
    block = post("block_centre", area="block", handles=("renewal",))
    rungs = lay(community, post(), block, post("office", area="subdistrict")).powers.next_rung
    assert rungs[Kind.RENEWAL, :, 0].tolist() == [2, 2, 3, 4, 5, 5]
    assert rungs[Kind.REPAIR, :, 0].tolist() == [2, 2, 4, 4, 5, 5]


# ---------------------------------------------------------------- costs, information, payoffs


def test_upkeep_falls_on_the_keeper_of_the_area(community):
    community.places.compounds.firm[:] = 0
    institutions = lay(
        community,
        post(),
        post("guide", area="compound", heads=2, keeper="committee", upkeep=2.0),
        post("office", area="subdistrict", heads=3, keeper="committee", upkeep=3.0),
        Council(name="hall", seats=("firms",), slots=1.5, every=2, keeper="committee", upkeep=0.5),
        Payoff(name="pay", to="units", term="peers", weight=1),
    )
    wanted = {
        laid.rule.name: institutions.hours_wanted(laid)
        for laid in institutions.laid.values()
        if laid.rule.keeper
    }
    assert {name: hours.tolist() for name, hours in wanted.items()} == {
        "guide": [8, 8, 8],  # two heads in each of two compounds of each neighbourhood
        "office": [3, 3, 3],  # three heads, looked after by all of them together
        "hall": [1.5, 1.5, 1.5],  # 1.5 slots, two meetings a month
    }


def test_who_keeps_more_gives_more_hours(community):
    community.places.compounds.firm[:] = [0, 0, 0, 1, 2, 2]
    clerk = post("clerk", area="subdistrict")
    kept = {"keeper": "clerk", "upkeep": 2.0}

    def hours(rule: Rule) -> float:
        institutions = lay(community, clerk, rule)
        return float(institutions.hours_wanted(institutions.laid[rule.key]).sum())

    units = len(community.units)
    menu = Listing(name="menu", area="subdistrict", share=0.25, **kept)
    assert hours(menu) == pytest.approx(2 * units * 0.25)
    assert hours(menu.updated({"share": 1.0})) == pytest.approx(2 * units)
    assert hours(menu.updated({"rota": 3})) == pytest.approx(2 * 3 * 0.25)
    assert hours(Exchange(name="a", hours=1.0, every=8, **kept)) == pytest.approx(2 * 3 / 2)
    assert hours(Payoff(name="a", to="firms", term="learning", weight=0.5, **kept)) == pytest.approx(
        2 * 3 * 0.5
    )
    assert hours(Payoff(name="a", to="units", term="recognition", weight=0.5, **kept)) == pytest.approx(units)
    sitting = Appraisal(name="a", of="firms", by="residents", area="subdistrict", heads=20, every=10, **kept)
    assert hours(sitting) == pytest.approx(2 * 20 / 10)


def test_a_payoff_counts_as_far_as_it_is_paid_for(community):
    institutions = lay(
        community,
        Payoff(name="a", to="firms", term="learning", weight=0.4),
        Payoff(name="b", to="firms", term="learning", weight=0.2),
        Payoff(name="c", to="firms", term="reputation", weight=0.7),
        Payoff(name="d", to="units", term="effort", weight=0.9),
    )
    institutions.laid["payoff", "b"].paid[:] = 0.5
    assert institutions.payoff("firms", "learning") == pytest.approx(0.5)
    assert institutions.payoff("units", "effort").tolist() == [0.9] * len(
        institutions.payoff("units", "effort")
    )
    assert not institutions.payoff("units", "rank").any()


def test_information_and_admission_by_what_they_are_about(community):
    institutions = lay(
        community,
        post("guide"),
        Listing(name="list"),
        Listing(name="day", rota=2),
        Reports(name="tell", channel="committee"),
        Boundary(name="guide", post="guide", pools=("volunteers",)),
        Boundary(name="call", post="volunteers", pools=("in_service",), asked=0.2),
    )
    assert [laid.rule.name for laid in institutions.listings] == ["day", "list"]
    assert [laid.rule.name for laid in institutions.reports] == ["tell"]
    assert [laid.rule.name for laid in institutions.boundaries.values()] == ["guide"]
    assert [laid.rule.name for laid in institutions.admissions] == ["call"]


# ---------------------------------------------------------------- seats


def council(community: Community, *seats: str, area: str = "neighbourhood", rules=(), needs=None):
    rule = Council(name="council", area=area, seats=seats, slots=1)
    (found,) = lay(community, *rules, rule, needs=needs).councils
    return found


def test_a_neighbourhoods_seat_is_paid_by_its_committee_and_wants_what_it_needs_most(community):
    needs = np.ones((6, len(Service)))
    # by household, the first neighbourhood needs culture, health and advice more than the others do
    needs[0, [Service.CULTURE, Service.HEALTH, Service.ADVICE]] = 1000
    needs[2:, [Service.VENUE]] = 500
    found = council(community, "neighbourhoods", area="subdistrict", rules=(post("aid"), post()), needs=needs)
    assert found.seat_area.tolist() == [0, 0, 0]
    assert found.unit.tolist() == [-1, -1, -1]
    assert found.payer.tolist() == [3, 4, 5]  # the rows of the committee, after those of "aid"
    assert np.flatnonzero(found.wants[0]).tolist() == [Service.HEALTH, Service.CULTURE, Service.ADVICE]
    assert found.wants[1, Service.VENUE]
    assert np.all(found.wants.sum(1) == 3)
    assert council(community, "neighbourhoods").payer.tolist() == [-1, -1, -1]  # nobody there to pay


def test_a_units_seat_is_where_it_stands_and_wants_its_own_field(community):
    units = community.units
    units.neighbourhood[:] = -1
    units.neighbourhood[[1, 4]] = [2, 0]
    units.hours[:] = 0
    units.hours[1, [Service.HEALTH, Service.VENUE, Service.CULTURE]] = [9, 5, 1]
    units.hours[4, Service.ADVICE] = 3
    found = council(community, "units")
    assert found.unit.tolist() == [1, 4]
    assert found.seat_area.tolist() == [2, 0]
    assert found.payer.tolist() == [-1, -1]
    assert [np.flatnonzero(row).tolist() for row in found.wants] == [
        [Service.HEALTH, Service.VENUE],
        [Service.ADVICE],
    ]


def test_owners_firms_and_residents_have_seats(community):
    compounds = community.places.compounds
    compounds.owners_committee[:] = [0, -1, 1, 2, -1, -1]
    compounds.firm[:] = [0, 0, 1, 2, -1, -1]
    assert council(community, "owners").seat_area.tolist() == [0, 1, 1]
    assert council(community, "firms").seat_area.tolist() == [0, 1, 1]  # once where it serves two compounds
    assert council(community, "firms", area="subdistrict").seat_area.tolist() == [0, 0, 0]
    firm = council(community, "firms").wants[0]
    assert np.flatnonzero(firm).tolist() == [Service.VENUE, Service.REPAIR_HELP, Service.ENVIRONMENT]
    assert council(community, "residents").seat_area.tolist() == [0, 0, 1, 1, 2, 2]
    assert len(council(community, "residents", "owners", "firms", "neighbourhoods").unit) == 15


def test_residents_speak_for_the_two_largest_compounds():
    community = built(neighbourhoods=1, compounds=4)
    size = np.diff(community.places.compound_households)
    needs = np.ones((4, len(Service)))
    for compound in range(4):  # each compound wants something of its own
        needs[compound, compound] = 50
    found = council(community, "residents", needs=needs)
    largest = set(np.argsort(-size, kind="stable")[:2].tolist())
    assert {
        field for field in range(4) if found.wants[:, field].any() and found.wants[:, field].sum() == 1
    } >= largest
    assert len(found.seat_area) == 2


def test_a_council_may_have_no_seats(community):
    for seats in ((), ("units",)):
        if seats:
            community.units.neighbourhood[:] = -1
        found = council(community, *seats)
        assert found.wants.shape == (0, len(Service))
        assert len(found.seat_area) == len(found.unit) == len(found.payer) == 0


def test_councils_go_from_the_smallest_area_up(community):
    rules = [
        Council(name="a", area="subdistrict", slots=1),
        Council(name="c", area="block", slots=1),
        Council(name="b", area="block", slots=1),
        Council(name="d", area="compound", slots=1),
        OwnersConsent(name="e"),
        OwnersConsent(name="f"),
        Programme(name="lifts", what="lift", slots=1, consent="e"),
    ]
    institutions = lay(community, Scope(name="block", number=2), *rules)
    assert [found.rule.name for found in institutions.councils] == ["d", "b", "c", "a"]
    assert list(institutions.consents) == ["e"]  # no programme goes by the other
    assert [laid.rule.name for laid in institutions.programmes] == ["lifts"]


def test_top_entries_ties_going_to_the_earlier():
    marks = top(np.array([[1.0, 5.0, 5.0, 5.0, 5.0], [3.0, 0.0, 2.0, 0.0, 1.0]]), 3)
    assert marks.astype(int).tolist() == [[0, 1, 1, 1, 0], [1, 0, 1, 0, 1]]
