"""Rules: what is allowed in them, and when they have no force."""

from __future__ import annotations

import dataclasses
import math

import pytest

from cogov.kit.errors import DesignError
from cogov.rules import (
    RULE_KINDS,
    Boundary,
    Choice,
    Council,
    Enquiry,
    Hearing,
    Listing,
    Observation,
    OwnersConsent,
    Payoff,
    Position,
    Programme,
    Purse,
    Reports,
    Rule,
    Scope,
    Where,
)
from cogov.rules.kinds import KINDS, marked
from cogov.terms import Kind


def test_there_are_ostroms_seven():
    assert list(dict.fromkeys(kind.framework for kind in RULE_KINDS)) == [
        "scope",
        "position",
        "boundary",
        "choice",
        "aggregation",
        "information",
        "payoff",
    ]
    assert len({kind.kind for kind in RULE_KINDS}) == len(RULE_KINDS)
    assert all(issubclass(kind, Rule) and kind.zh for kind in RULE_KINDS)


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        (Scope, {"number": -1}, "Scope.number = -1: must be between 0 and"),
        (Scope, {"number": 2.5}, "must be a whole number"),
        (
            Scope,
            {"grouping": "similr"},
            "must be one of four_traits, similar, adjacent, random; did you mean 'similar'?",
        ),
        (Position, {"hours": 100}, "must be between 0 and 80"),
        (Position, {"competence": 1.1}, "must be between 0 and 1"),
        (Position, {"heads": math.nan}, "must be a finite number"),
        (Position, {"heads": math.inf}, "must be a finite number"),
        (Position, {"heads": True}, "must be a number"),
        (Position, {"heads": "2"}, "must be a number"),
        (Position, {"area": "nighbourhood"}, "did you mean 'neighbourhood'?"),
        (Position, {"handles": ("repair", "dispte")}, "did you mean 'dispute'?"),
        (Position, {"handles": "repair"}, "must be a list"),
        (Position, {"services": ("repair",)}, "must be one of elder_care"),
        (Position, {"group": 0.5}, "must be between 1 and 1000"),
        (Boundary, {"post": "x", "willing": -0.1}, "must be between 0 and 1"),
        (Boundary, {"post": "x", "matched": 1}, "must be true or false"),
        (Choice, {"level": "district", "power": "resolve"}, "Choice.level = 'district': must be one of"),
        (Choice, {"level": "block", "power": "decide"}, "must be one of resolve, summon, dispatch"),
        (Council, {"every": 0}, "must be between 1 and 520"),
        (Council, {"seats": ("owner",)}, "did you mean 'owners'?"),
        (Council, {"rank": -2.0}, "must be between -1 and 3"),
        (OwnersConsent, {"majority": 1.5}, "must be between 0 and 1"),
        (Reports, {"channel": "secrets"}, "must be one of committee, hotline"),
        (Enquiry, {"post": "p", "during": "observe"}, "must be one of observing, asking, hosting, care"),
        (Hearing, {"council": "c", "share": 2.0}, "must be between 0 and 1"),
        (Listing, {"rota": -2}, "must be between 0 and 100000"),
        (Listing, {"area": "block", "paired": True}, "units pair with neighbourhoods"),
        (Payoff, {"to": "cadres", "term": "rank"}, "must be one of units, firms"),
        (Payoff, {"to": "units", "term": "salary"}, "must be one of peers, rank, effort"),
        (
            Payoff,
            {"to": "firms", "term": "rank"},
            "firms do not weigh 'rank'; they weigh reputation",
        ),
        (Payoff, {"to": "units", "term": "rank", "weight": -1.0}, "must be between 0 and 100"),
        (Position, {"staffed_by": "committee", "heads": 2}, "committee staffs it and brings its own heads"),
        (Position, {"staffed_by": "committee", "admin_share": 0.2}, "brings its own admin_share"),
        (Position, {"services": ("health",)}, "services need a share of hours for care"),
        (Scope, {"number": 2, "where": Where(homes=("old",))}, "it stands as long as its design"),
    ],
)
def test_a_wrong_value_is_refused_and_what_is_allowed_said(kind, values, message):
    with pytest.raises(DesignError) as refused:
        kind(name="rule", **values)
    assert message in str(refused.value)


def test_every_wrong_value_is_told_at_once():
    with pytest.raises(DesignError) as refused:
        Position(name="post", hours=-1, heads=math.nan, area="village")
    assert len(str(refused.value).splitlines()) == 3


def test_shares_of_a_post_add_up_to_one_at_most():
    assert Position(name="post", observe=0.4, ask=0.3, host=0.2, care=0.1).care == 0.1
    with pytest.raises(DesignError, match="position post: the shares of its hours add up to more than 1"):
        Position(name="post", observe=0.4, ask=0.3, host=0.2, care=0.2)


@pytest.mark.parametrize(
    ("staffed_by", "area"), [("committee", "compound"), ("firm", "neighbourhood"), ("volunteers", "building")]
)
def test_a_post_staffed_by_an_organisation_stands_where_it_works(staffed_by, area):
    with pytest.raises(DesignError, match=f"position post: staffed_by {staffed_by!r} needs area "):
        Position(name="post", staffed_by=staffed_by, area=area)


@pytest.mark.parametrize(
    ("null", "real"),
    [
        (Scope(name="x"), Scope(name="x", number=2)),
        (Scope(name="x", grouping="random"), Scope(name="x", households=50)),
        (Position(name="x", heads=3), Position(name="x", heads=3, hours=1)),
        (Position(name="x", hours=3), Position(name="x", staffed_by="committee")),
        (
            Boundary(name="x", post="volunteers", pools=("in_service",)),
            Boundary(name="x", post="volunteers", pools=("in_service",), asked=0.1),
        ),
        (
            Choice(name="x", level="block", power="summon", kinds=()),
            Choice(name="x", level="block", power="summon", kinds=("repair",)),
        ),
        (Council(name="x", seats=("units",)), Council(name="x", slots=0.5)),
        (Programme(name="x", what="lift"), Programme(name="x", what="lift", slots=1)),
        (Purse(name="x"), Purse(name="x", start=1)),
        (Purse(name="x", keeps=False), Purse(name="x", source="gifts")),
        (Reports(name="x", channel="hotline", share=0), Reports(name="x", channel="hotline")),
        (Listing(name="x", share=0), Listing(name="x", share=0.1)),
        (
            Observation(name="x", post="p", speed=0),
            Observation(name="x", post="p", speed=1),
        ),
        (Enquiry(name="x", post="p", speed=0), Enquiry(name="x", post="p")),
        (Hearing(name="x", council="c", share=0), Hearing(name="x", council="c")),
        (Payoff(name="x", to="units", term="rank"), Payoff(name="x", to="units", term="rank", weight=0.1)),
    ],
    ids=lambda rule: str(rule),
)
def test_a_rule_without_force_is_null(null, real):
    assert null.null
    assert not real.null


def test_a_rule_says_what_differs_from_the_usual():
    rule = Position(name="guide", area="block", heads=2, hours=7.5, handles=("repair", "dispute"))
    assert rule.key == ("position", "guide")
    assert rule.force() == "area block, heads 2, hours 7.5, handles repair+dispute"
    assert str(rule) == f"position guide: {rule.force()}"
    assert Boundary(name="x", post="guide", weeks_to_fill=4).force() == "post guide, weeks_to_fill 4"


def test_rules_are_values():
    rule = Scope(name="block", number=3)
    assert rule == Scope(name="block", number=3.0)
    assert hash(rule) == hash(Scope(name="block", number=3))
    with pytest.raises(dataclasses.FrozenInstanceError):
        rule.number = 4


def test_the_table_of_kinds_named():
    table = marked(("repair", "emergency"))
    assert [KINDS[kind] for kind in range(len(KINDS)) if table[kind]] == ["repair", "emergency"]
    assert not marked(()).any()
    with pytest.raises(ValueError, match="read-only"):
        table[Kind.DISPUTE] = True


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"post": "guide", "pools": ("members",), "weeks_to_fill": 4}, "only staff are recruited over weeks"),
        ({"post": "guide", "willing": 0.5}, "staff are hired"),
        ({"post": "guide", "asked": 0.5}, "a post is not asked for"),
        (
            {"post": "volunteers", "pools": ("members",), "asked": 0.5, "willing": 0.5},
            "decide for themselves",
        ),
    ],
)
def test_a_boundary_holds_no_field_that_nothing_reads(values, message):
    with pytest.raises(DesignError, match=message):
        Boundary(name="x", **values)
