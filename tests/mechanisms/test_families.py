"""Every mechanism there is: documented, bounded, with a cost, and no parameter without a use."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

import pytest

from cogov import GovernanceModel, load_community
from cogov.kit import resources
from cogov.kit.errors import DesignError
from cogov.mechanisms import (
    OWN,
    AfterSchoolCare,
    AgeingInPlace,
    GridLinkage,
    LiftProgramme,
    Mechanism,
    MicroVentures,
    NeighbourhoodCommittee,
    NpoIncubation,
    ReportIn,
    ResponsibilityDay,
    ThreeLevelPlatform,
    ThreeMeetings,
    ZeroDistanceCouncil,
    registry,
)
from cogov.processes.books import open_books
from cogov.rules import Choice, OwnersConsent, Position, Purse, Rule
from cogov.rules.shipped import load_design
from cogov.terms import LAWS
from tests.helpers import own, small

BASE = ("neighbourhood_committee", "property_service", "hotline", "line_departments", "unit_party_building")


def rule(mechanism: Mechanism, kind: str, name: str) -> Any:
    """The rule of that kind and name that a mechanism brings."""
    return next(rule for rule in mechanism.rules() if rule.key == (kind, name))


@pytest.fixture(params=registry().values(), ids=registry())
def kind(request) -> type[Mechanism]:
    return request.param


# ---------------------------------------------------------------- all of them


def test_it_says_what_it_is_and_where_it_is_from(kind):
    assert kind.summary().endswith(".")
    assert kind.zh
    assert kind.seed in ("all", "facts") or all(
        number in "000 001 002 003 004" for number in kind.seed.split(", ")
    )
    assert kind.__module__.startswith("cogov.mechanisms")
    for field in own(kind):
        assert field.metadata["doc"], field.name
        assert field.metadata["source"], field.name


def test_its_rules_are_rules_with_names_of_their_own(kind):
    rules = kind().rules()
    assert all(isinstance(entry, Rule) for entry in rules)
    assert len({entry.key for entry in rules}) == len(rules)
    assert any(not entry.null for entry in rules)


def test_zero_strength_is_said_in_its_own_parameters(kind):
    names = {field.name for field in dataclasses.fields(kind)}
    assert set(kind.zero) <= names
    assert kind.zero
    assert kind().at_zero() != kind()


def test_the_rules_of_different_mechanisms_do_not_meet():
    keys = [entry.key for kind in registry().values() for entry in kind().rules()]
    assert len(set(keys)) == len(keys)


def another(value: Any, field: dataclasses.Field[Any], annotation: Any) -> Any:
    """Another allowed value of a parameter."""
    about = field.metadata
    if annotation is bool:
        return not value
    if annotation is str:
        return next(choice for choice in about["choices"] if choice != value)
    if annotation in (int, float):
        half = value / 2 if annotation is float else value // 2
        return half if half >= (about["low"] or 0) and half != value else value + 1
    return value[:-1]


AT_WORK = {
    "lift_programme": {"organisers": 1.0},
    "hundred_day_campaign": {"works": 1.0},
    "red_property_alliance": {"standby": 1.0},
}
"""What is off by default, and has money of its own where it is on."""


def test_no_parameter_is_without_use(kind):
    hints = typing.get_type_hints(kind)
    mechanism = kind(**AT_WORK.get(kind.name, {}))
    for field in own(kind):
        value = another(getattr(mechanism, field.name), field, hints[field.name])
        changed = dataclasses.replace(mechanism, **{field.name: value})
        assert changed.rules() != mechanism.rules(), field.name


def test_everything_costs(kind):
    if kind.name == "unit_party_building":  # how units are without anybody doing anything
        return

    def costs(entry: Rule) -> bool:
        if entry.upkeep or entry.money:
            return True
        if isinstance(entry, Position):
            return entry.staffed_by != "rule" or entry.heads * entry.hours > 0
        if isinstance(entry, Choice):
            return entry.hours > 0 or entry.power == "dispatch"  # each order takes hours
        return getattr(entry, "hours", 0) > 0  # of meetings, visits, officers

    assert any(costs(entry) for entry in kind().rules())


def test_parameters_have_bounds(kind):
    hints = typing.get_type_hints(kind)
    for field in own(kind):
        if hints[field.name] in (int, float):
            for wrong in (-1, float("nan"), float("inf"), "1", None, True):
                with pytest.raises(DesignError, match=rf"{kind.name}\.{field.name} = "):
                    kind(**{field.name: wrong})


# ---------------------------------------------------------------- one by one


def test_shipped_designs_have_what_their_document_names():
    def names(design: str) -> set[str]:
        return {mechanism.name for mechanism in load_design(design).mechanisms}

    assert names("line_hierarchy") == set(BASE)
    assert names("wuliqiao_2020") - set(BASE) == {
        "three_level_platform", "regional_party_building", "community_congress", "red_property_alliance",
        "block_alliance", "three_plus_x_committee", "zero_distance_council", "deputy_channels",
        "professional_advisers", "three_meetings", "micro_ventures", "npo_incubation", "service_menu",
        "responsibility_day", "joint_building", "sector_alliance", "ageing_in_place", "after_school_care",
        "child_services", "lift_programme", "open_facilities",
    }  # fmt: skip
    assert names("quyang_2014") - set(BASE) == {
        "regional_party_building", "business_circle_centre", "joint_building", "party_visits",
        "party_service_stations", "recognition",
    }  # fmt: skip
    assert names("everything") | {"extra_staff"} == {kind.name for kind in OWN}
    for design in resources.names("design"):
        assert set(BASE) <= names(design)
        named = {number for kind in load_design(design).mechanisms for number in kind.seed.split(", ")}
        assert set(load_design(design).seed.split(", ")) - {"all"} <= named, design
    platform = load_design("wuliqiao_2020").mechanism("three_level_platform")
    assert (platform.blocks, platform.grouping) == (3, "four_traits")
    assert load_design("wuliqiao_2020").mechanism("lift_programme").consent == "date"
    assert load_community("wuliqiao").consent_law == "two_thirds_no_objection"


@pytest.mark.parametrize(
    ("consent", "turnout", "majority", "veto"),
    [
        ("unanimity", 1, 1, True),
        ("ninety", 1, 0.9, True),
        ("two_thirds_no_objection", 1, 2 / 3, True),
        ("two_thirds", 1, 2 / 3, False),
        ("civil_code", 2 / 3, 0.75, False),
    ],
)
def test_the_consent_rules_for_a_lift(consent, turnout, majority, veto):
    programme = LiftProgramme(consent=consent, slots=3, revision=0.4)
    found = rule(programme, "consent", "lift_programme").at_law("unanimity")
    assert (found.turnout, found.majority, found.veto, found.revision) == (turnout, majority, veto, 0.4)
    lifts = rule(programme, "programme", "lift_programme")
    assert (lifts.slots, lifts.consent, lifts.purse) == (3, "lift_programme", "lift_fund")


def test_what_counts_as_agreement_is_the_law_of_the_date_under_every_design():
    for mechanism, name in (
        (LiftProgramme(), "lift_programme"),
        (NeighbourhoodCommittee(), "owners_consent"),
    ):
        consent = rule(mechanism, "consent", name)
        for law, numbers in LAWS.items():
            found = consent.at_law(law)
            assert (found.turnout, found.majority, found.veto) == numbers
    with pytest.raises(DesignError, match="law = 'date' says who must agree"):
        OwnersConsent(name="law", law="date", majority=0.5)


@pytest.mark.parametrize("kind", [ThreeLevelPlatform, ThreeMeetings, ZeroDistanceCouncil])
def test_no_posts_and_no_powers_but_those_a_source_names(kind):
    assert not [entry for entry in kind().rules() if isinstance(entry, Choice | Position)]


def test_blocks_and_grids_are_drawn_as_asked():
    scope = rule(ThreeLevelPlatform(blocks=4, grouping="random"), "scope", "block")
    assert (scope.number, scope.grouping) == (4, "random")
    grids = GridLinkage(households=60, hours=3, willing=0.1)
    assert rule(grids, "scope", "micro_grid").households == 60
    leader = rule(grids, "position", "grid_leader")
    assert (leader.area, leader.heads, leader.hours) == ("micro_grid", 1, 3)
    assert rule(grids, "boundary", "grid_leader").willing == 0.1
    assert leader.upkeep > 0


def test_carers_minders_and_organisations_are_paid_for_what_they_do():
    ageing = AgeingInPlace(carers=2, canteens=0.5, cooks=4, meal_points=3, servers=1, guests=7, wage=30)
    carer, canteen = (rule(ageing, "position", name) for name in ("carer", "canteen"))
    assert (carer.heads, carer.wage, carer.care) == (2, 30, 1)
    assert (canteen.heads, canteen.per_households, canteen.wage, canteen.group) == (5, 10_000, 30, 7)
    minder = rule(AfterSchoolCare(minders=3, hours=10, children=6), "position", "minder")
    assert (minder.heads, minder.hours, minder.group, minder.services) == (3, 10, 6, ("child_care",))
    npo = NpoIncubation(workers=5, weeks=40)
    assert rule(npo, "position", "npo").heads == 5
    assert rule(npo, "boundary", "npo").weeks_to_fill == 40


def test_what_a_venture_costs_in_a_year():
    team = rule(MicroVentures(teams=3, members=5, hours=2), "position", "venture_team")
    assert (team.heads, team.hours) == (15, 2)
    assert 52 * team.money == pytest.approx(60_000)  # three teams of 20,000 yuan
    assert team.upkeep > 0


def test_units_take_turns_on_the_day():
    day = ResponsibilityDay(units=4, recognition=0.5)
    assert rule(day, "listing", "responsibility_day").rota == 4
    assert rule(day, "payoff", "seen_on_the_day").weight == 0.5


def test_who_is_called_and_who_meets():
    called = rule(ReportIn(asked=0.4, matched=False), "boundary", "report_in")
    assert (called.post, called.pools, called.asked, called.matched) == (
        "volunteers",
        ("in_service",),
        0.4,
        False,
    )
    council = ZeroDistanceCouncil(slots=1.5, quorum=0.7)
    meets = rule(council, "council", "home_council")
    assert (meets.slots, meets.quorum, "units" in meets.seats) == (1.5, 0.7, True)


def test_a_further_paid_programme_takes_nothing_from_the_others():
    base = load_design("line_hierarchy").with_("ageing_in_place", weeks_to_fill=0)
    more = base.with_({"after_school_care": {}, "micro_ventures": {}, "npo_incubation": {}})
    hours = []
    for design in (base, more):
        model = GovernanceModel(small(), design, baseline=design, reform_week=0, rng=1, weeks=2)
        open_books(model)
        institutions = model.institutions
        hours.append(institutions.ledger.available[institutions.posts.at("carer")].tolist())
    assert hours[0] == hours[1]
    assert hours[0][0] > 0


def test_a_programme_has_a_purse_only_while_something_draws_on_it():
    """By default, as shipped designs have it, and at zero strength."""
    meant = {kind() for kind in registry().values()}
    meant |= {mechanism for name in resources.names("design") for mechanism in load_design(name).mechanisms}
    for mechanism in meant | {mechanism.at_zero() for mechanism in meant}:
        rules = [rule for rule in mechanism.rules() if not rule.null]
        drawn = {rule.purse for rule in rules if not isinstance(rule, Purse)}
        assert {rule.name for rule in rules if isinstance(rule, Purse)} <= drawn, mechanism
