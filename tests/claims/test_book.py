"""The book of claims: every claim names designs that load, a cut that cuts, an outcome there is."""

from __future__ import annotations

import pytest

from cogov.claims import Claim, claims
from cogov.kit.errors import ConfigError
from cogov.sources import sources

GOOD = {
    "name": "E99",
    "seed": "001",
    "words": "……",
    "says": "A list leaves less unused.",
    "communities": ["small"],
    "adds": {"joint_building": {}},
    "outcome": "matched",
    "direction": "more",
    "cut": {"joint_building": {"share": 0}},
    "cut_says": "nobody is paired",
}


@pytest.fixture(params=claims().values(), ids=claims())
def claim(request) -> Claim:
    return request.param


def test_it_says_what_is_compared(claim):
    if claim.varies:
        assert claim.designs() == [claim.before()]
        assert set(claim.cut) - set(claim.varies)  # something else than what varies is held
        return
    before, after, *rest = claim.designs()
    assert before.rules() != after.rules()
    assert set(claim.seed.split(", ")) <= set(sources())
    assert claim.says.endswith(".")
    if claim.interaction:
        assert len(rest) == len(claim.parts) > 1
    else:
        base, cut = rest
        assert (base == before) == (not claim.pilot and not set(claim.cut) & set(claim.given))
        assert cut.amended() != after.amended()
        assert cut.amended() != before.amended()  # what is not there cannot be cut


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"outcome": "matchd"}, "did you mean 'matched'"),
        ({"direction": "up"}, "direction"),
        ({"cut": {}}, "what must make the effect vanish"),
        ({"cut": {"grid_linkage": {}}}, "which it does not add"),
        ({"adds": {}}, "either adds or parts or varies"),
        ({"varies": {"community.capability": [0.2, 0.8]}}, "either adds or parts or varies"),
        ({"cut": {"joint_building": 0}}, "must give parameters of that mechanism"),
        ({"pilot": 1}, "outcome kept by compound"),
        ({"outcome": "offered", "direction": "no_less"}, "which difference in offered matters"),
        ({"typo": 1}, "typo"),
    ],
)
def test_a_wrong_claim_says_what_is_wrong(change, said):
    with pytest.raises(ConfigError, match=said):
        Claim.from_mapping(GOOD | change, "claims.yaml")


CONDITIONS = {key: value for key, value in GOOD.items() if key != "adds"} | {
    "varies": {"community.capability": [0.25, 0.75]},
    "outcome": "satisfaction",
    "cut": {"processes.secretaries.skill": 0.0},
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"varies": {"community.capabilty": [0.2, 0.8]}}, "capability"),
        ({"varies": {"community.capability": 0.2}}, "must be two levels, from and to"),
        ({"varies": {"community.capability": ["low", "high"]}}, "both numbers"),
        ({"outcome": "satisfction", "direction": "no_less"}, "did you mean 'satisfaction'"),
        ({"cut": {"processes.secretaries.skil": 0}}, "did you mean 'skill'"),
        ({"cut": {}}, "what must make the effect vanish"),
    ],
)
def test_a_wrong_claim_about_conditions_says_what_is_wrong(change, said):
    Claim.from_mapping(CONDITIONS, "claims.yaml")
    with pytest.raises(ConfigError, match=said):
        Claim.from_mapping(CONDITIONS | change, "claims.yaml")


def test_before_a_pilot_goes_on_everywhere_it_is_in_its_neighbourhoods_only():
    given = GOOD | {"pilot": 2, "outcome": "satisfaction"}
    claim = Claim.from_mapping(given, "claims.yaml")
    before, after = claim.before().mechanism("joint_building"), claim.after().mechanism("joint_building")
    assert (before.where.first, after.where.first) == (2, 0)
    assert claim.without_cause()[0].mechanism("joint_building").where.first == 2


def test_the_cut_changes_only_what_it_names():
    claim = Claim.from_mapping(GOOD, "claims.yaml")
    base, cut = claim.without_cause()
    assert base == claim.before()
    diff = claim.after().diff(cut)
    assert [rule.name for rule in diff.removed] == ["pairing"]
    assert not diff.added


def test_a_cut_of_what_both_designs_have_is_laid_on_both():
    given = GOOD | {"given": {"joint_building": {}}, "adds": {"responsibility_day": {}}}
    claim = Claim.from_mapping(given, "claims.yaml")
    base, cut = claim.without_cause()
    assert "pairing" in {rule.name for rule in claim.before().rules()}
    assert "pairing" not in {rule.name for rule in (*base.rules(), *cut.rules())}
    assert [rule.key for rule in base.diff(cut).added] == [
        rule.key for rule in claim.before().diff(claim.after()).added
    ]
