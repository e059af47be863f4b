"""What a mechanism is, and the registry of all there are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from cogov import GovernanceModel, load_community
from cogov.kit.errors import DesignError
from cogov.mechanisms import OWN, Hotline, Mechanism, registry
from cogov.rules import Design, Position, Where
from cogov.rules.shipped import load_design
from tests.helpers import Written


def test_the_registry_has_every_mechanism_by_name():
    assert set(OWN) <= set(registry().values())
    assert list(registry()) == sorted(registry())
    assert all(name == mechanism.name for name, mechanism in registry().items())


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EntryPoint]]:
    """Entry points as an installed package would bring them; fill the list before asking the registry."""
    entries: list[EntryPoint] = []
    monkeypatch.setattr("cogov.kit.plugins.entry_points", lambda group: entries)
    registry.cache_clear()
    yield entries
    registry.cache_clear()


def entry(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, "cogov.mechanisms")


def test_third_parties_bring_theirs_by_entry_point(installed):
    installed.append(entry("written", "tests.helpers:Written"))
    assert registry()["written"] is Written
    assert Design.from_mapping({"mechanisms": {"written": {}}}).rules() == ()
    assert list(registry()) == sorted(registry())


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("tests.helpers:small", r"entry point 'x' \(tests.helpers:small\) is not a cogov Mechanism"),
        ("cogov.rules:Scope", "is not a cogov Mechanism"),
        ("cogov.mechanisms:Hotline", "entry point 'x': the name 'hotline' is taken"),
    ],
)
def test_what_is_no_mechanism_or_has_a_name_taken_is_refused(installed, value, message):
    installed.append(entry("x", value))
    with pytest.raises(DesignError, match=message):
        load_design("line_hierarchy")


def test_an_entry_point_that_cannot_be_loaded_says_which(installed):
    installed.append(entry("gone", "no_such_package.mechanisms:Gone"))
    with pytest.raises(
        DesignError, match=r"entry point 'gone' .no_such_package.mechanisms:Gone. cannot be loaded"
    ):
        registry()


def test_a_mechanism_is_a_value():
    one = Hotline(share=0.5)
    assert one == Hotline(share=0.5)
    assert hash(one) == hash(Hotline(share=0.5))
    assert one != Hotline()
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.share = 1.0
    assert one.as_dict()["share"] == 0.5
    assert one.updated({"weeks": 3}) == Hotline(share=0.5, weeks=3)


def test_zero_strength_keeps_the_other_parameters():
    zero = Hotline(weeks=5, share=0.7).at_zero()
    assert (zero.weeks, zero.share, zero.kinds) == (5, 0, ())


def test_a_mechanism_without_rules_says_so():
    with pytest.raises(NotImplementedError):
        Mechanism().rules()


def test_a_pilot_is_in_force_in_its_places_only():
    names = load_community("small").neighbourhood_names()
    pilot = load_design("line_hierarchy").with_(
        {"micro_ventures": {"where": {"names": [names[0]]}}}, name="pilot"
    )
    model = GovernanceModel(load_community("small"), pilot, reform_week=0, run_in=0, rng=1, weeks=3)
    model.run_until(2)
    teams = model.institutions.laid["position", "venture_team"]
    assert teams.active.tolist() == [True, False, False]
    everywhere = load_design("line_hierarchy").with_("micro_ventures")
    assert "where" not in everywhere.mechanism("micro_ventures").as_dict()
    assert "where" in pilot.mechanism("micro_ventures").as_dict()
    (changed,) = [rule for _, rule in everywhere.diff(pilot).changed if rule.kind == "position"]
    assert changed.where.names == (names[0],)


def test_places_of_a_pilot_and_of_a_rule_both_count():
    rule = Position(name="team", heads=1, hours=1, where=Where(worst=1))
    both = Design((Written(given=(rule,), where=Where(first=2)),), name="both").rules()[0]
    assert both.where == Where(worst=1, first=2)
    with pytest.raises(DesignError, match="chooses places by worst itself"):
        Design((Written(given=(rule,), where=Where(worst=3)),), name="twice")


def test_a_design_file_may_be_a_pilot():
    standing = load_design("line_hierarchy").mechanisms
    given = {entry.name: {} for entry in standing} | {"micro_ventures": {}}
    values = {"name": "pilot", "pilot": {"first": 1}, "mechanisms": given}
    design = Design.from_mapping(values)
    assert design.mechanism("micro_ventures").where == Where(first=1)
    assert all(design.mechanism(entry.name).where == Where() for entry in standing)
    with pytest.raises(DesignError, match=r"design\.pilot: Where has no parameter 'frst'"):
        Design.from_mapping(values | {"pilot": {"frst": 1}})
