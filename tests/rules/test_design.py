"""Designs: made from mechanisms or mappings, changed, compared."""

from __future__ import annotations

import pytest

from cogov import GovernanceModel
from cogov.kit.errors import DesignError
from cogov.mechanisms import (
    GridLinkage,
    Hotline,
    JointBuilding,
    LineDepartments,
    NeighbourhoodCommittee,
    RedPropertyAlliance,
    ReportIn,
    ThreeLevelPlatform,
    ThreeMeetings,
)
from cogov.rules import Boundary, Choice, Council, Design, Hearing, Move, Observation, Position, Purse, Scope
from cogov.rules.shipped import load_design
from tests.helpers import Written, written


class Other(Written):
    """A second mechanism of rules written down."""

    name = "other"


# ---------------------------------------------------------------- made


def test_rules_come_by_kind_and_name_without_those_that_have_no_force():
    design = written(
        Choice(name="b", level="block", power="resolve"),
        Choice(name="a", level="block", power="resolve"),
        Choice(name="c", level="block", power="resolve", kinds=()),
        Position(name="guide", heads=1, hours=5),
        Scope(name="block", number=2),
    )
    assert [rule.key for rule in design.rules()] == [
        ("scope", "block"),
        ("position", "guide"),
        ("choice", "a"),
        ("choice", "b"),
    ]


def test_mechanisms_are_kept_by_name_in_any_order():
    one, other = (
        Design((Hotline(), GridLinkage(hours=0, head_hours=0))),
        Design([GridLinkage(hours=0, head_hours=0), Hotline()]),
    )
    assert one == other
    assert hash(one) == hash(other)
    assert [mechanism.name for mechanism in one.mechanisms] == ["grid_linkage", "hotline"]


def test_rules_about_a_post_without_force_go_with_it():
    design = written(
        Position(name="guide", heads=0, hours=5),
        Boundary(name="guide", post="guide", pools=("volunteers",)),
        Observation(name="guides", post="guide"),
    )
    assert design.rules() == ()


def test_volunteers_can_be_asked_where_they_have_no_post():
    called = Boundary(name="call", post="volunteers", pools=("in_service",), asked=0.2)
    assert written(called).rules() == (called,)


def test_one_rule_brought_twice_alike_is_one_rule():
    scope = Scope(name="block", number=2)
    assert Design((Written(given=(scope,)), Other(given=(scope,)))).rules() == (scope,)


@pytest.mark.parametrize(
    ("mechanisms", "message"),
    [
        (
            (Written(given=(Scope(name="block", number=2),)), Other(given=(Scope(name="block", number=3),))),
            "design d: other and written both set scope 'block', differently; leave one of them out",
        ),
        (
            (Written(given=(Scope(name="a", number=2),)), Other(given=(Scope(name="b", number=2),))),
            "design d: other and written draw blocks; leave one of them out",
        ),
        (
            (Written(given=(Scope(name="a", households=50), Scope(name="b", households=60, number=1))),),
            "design d: written and written draw micro grids",
        ),
        ((Hotline(), Hotline(share=0.5)), "design d: hotline given more than once"),
        ((Hotline(), "grid_linkage"), "design d: 'grid_linkage' is not a mechanism"),
        ((Hotline,), "is not a mechanism"),
        (
            (Written(given=(Boundary(name="b", post="gide"), Position(name="guide"))),),
            "boundary 'b' is about a post that no mechanism brings: unknown post 'gide'; did you mean",
        ),
        (
            (Written(given=(Council(name="hall", slots=1, keeper="offce", upkeep=1),)),),
            "council 'hall' needs the hours of a post that no mechanism brings: unknown post 'offce'",
        ),
        (
            (NeighbourhoodCommittee().at_zero(), JointBuilding()),
            "listing 'pairing' needs the hours of a post that no mechanism brings",
        ),
    ],
)
def test_what_does_not_go_together_is_named(mechanisms, message):
    with pytest.raises(DesignError) as refused:
        Design(mechanisms, name="d")
    assert message in str(refused.value)


def test_conflicts_among_shipped_mechanisms_would_be_found_when_a_design_is_changed():
    design = Design((Written(given=(Scope(name="block", number=2, grouping="four_traits"),)),), name="mine")
    with pytest.raises(DesignError, match="three_level_platform and written both set scope 'block'"):
        design.with_(NeighbourhoodCommittee(), LineDepartments(), ThreeLevelPlatform(blocks=3))
    agreed = design.with_(NeighbourhoodCommittee(), LineDepartments(), ThreeLevelPlatform(blocks=2))
    assert Scope(name="block", number=2, grouping="four_traits") in agreed.rules()


# ---------------------------------------------------------------- from a mapping


def test_from_what_a_file_holds():
    design = Design.from_mapping(
        {
            "name": "mine",
            "zh": "我的",
            "summary": None,
            "seed": 7,
            "mechanisms": {
                "hotline": None,
                "grid_linkage": {"households": 60},
                "neighbourhood_committee": {},
            },
        }
    )
    assert (design.name, design.zh, design.summary, design.seed) == ("mine", "我的", "", "7")
    assert design.mechanisms == (GridLinkage(households=60), Hotline(), NeighbourhoodCommittee())
    assert Design.from_mapping({"mechanisms": {}}).rules() == ()


@pytest.mark.parametrize(
    ("values", "messages"),
    [
        (None, ["here: a design is a mapping with a mapping 'mechanisms'"]),
        ("hotline", ["a design is a mapping"]),
        ({}, ["a mapping 'mechanisms'"]),
        ({"mechanisms": ["hotline"]}, ["a mapping 'mechanisms'"]),
        ({"mechanisms": {}, "nme": "x"}, ["here: unknown key 'nme'; did you mean 'name'?"]),
        ({"mechanisms": {"grid_linkge": {}}}, ["here: unknown mechanism 'grid_linkge'; did you mean"]),
        ({"mechanisms": {3: {}}}, ["unknown mechanism '3'"]),
        ({"mechanisms": {"hotline": 5}}, ["here: hotline must be a mapping of parameters, not 5"]),
        ({"mechanisms": {"hotline": ["share"]}}, ["hotline must be a mapping of parameters"]),
        ({"mechanisms": {"hotline": {"shre": 1}}}, ["hotline has no parameter 'shre'; did you mean 'share'"]),
        ({"mechanisms": {"hotline": {"share": 2}}}, ["here: hotline.share = 2: must be between 0 and 1"]),
        ({"mechanisms": {"hotline": {"share": float("nan")}}}, ["share = nan: must be a finite number"]),
        ({"mechanisms": {"hotline": {"share": "all"}}}, ["hotline.share = 'all': must be a number"]),
        ({"mechanisms": {"hotline": {"share": None}}}, ["hotline.share = None: must be a number"]),
        ({"mechanisms": {"hotline": {"share": True}}}, ["hotline.share = True: must be a number"]),
        ({"mechanisms": {"hotline": {"kinds": "repair"}}}, ["hotline.kinds = 'repair': must be a list"]),
        ({"mechanisms": {"property_service": {"staffed": "yes"}}}, ["must be true or false"]),
        ({"mechanisms": {"grid_linkage": {"households": 80.5}}}, ["must be a whole number"]),
        ({"mechanisms": {"grid_linkage": {"households": -80}}}, ["must be between 1 and 100000"]),
        ({"mechanisms": {"lift_programme": {"consent": "majority"}}}, ["must be one of date, unanimity"]),
        (
            {"sumary": "", "mechanisms": {"hotlin": {}, "grid_linkage": {"hours": -1, "willing": 2}}},
            ["unknown key 'sumary'", "unknown mechanism 'hotlin'", "linkage.hours", "linkage.willing"],
        ),
        ({"mechanisms": {"joint_building": {}}}, ["needs the hours of a post that no mechanism brings"]),
    ],
)  # fmt: skip
def test_everything_wrong_in_a_mapping_is_told_at_once(values, messages):
    with pytest.raises(DesignError) as refused:
        Design.from_mapping(values, "here")
    for message in messages:
        assert message in str(refused.value)


# ---------------------------------------------------------------- changed


def test_with_adds_or_replaces():
    base = load_design("line_hierarchy")
    finer = base.with_(GridLinkage(households=60))
    assert finer.name == "line_hierarchy+grid_linkage"
    assert len(finer.mechanisms) == len(base.mechanisms) + 1
    coarser = finer.with_(GridLinkage(households=300), name="coarser")
    assert coarser.name == "coarser"
    assert len(coarser.mechanisms) == len(finer.mechanisms)
    assert coarser.mechanism("grid_linkage").households == 300
    assert base.mechanisms == load_design("line_hierarchy").mechanisms  # itself unchanged


def test_mechanisms_are_given_by_name_too():
    base = load_design("line_hierarchy")
    assert base.with_("grid_linkage") == base.with_(GridLinkage())
    assert base.with_("grid_linkage", households=60) == base.with_(GridLinkage(households=60))
    several = {"grid_linkage": {"households": 60}, "report_in": None}
    assert base.with_(several, name="x") == base.with_(GridLinkage(households=60), ReportIn(), name="x")
    assert base.with_("report_in").without(ReportIn(), name=base.name) == base


@pytest.mark.parametrize(
    ("given", "parameters", "message"),
    [
        (["grid_linkge"], {}, "unknown mechanism 'grid_linkge'; did you mean 'grid_linkage'"),
        (["grid_linkage"], {"housholds": 3}, "no parameter 'housholds'; did you mean 'households'"),
        (["grid_linkage"], {"households": 0}, "households = 0: must be between 1 and"),
        (["grid_linkage", "report_in"], {"households": 3}, "one mechanism given by its name"),
        ([GridLinkage()], {"households": 3}, "one mechanism given by its name"),
        ([GridLinkage], {}, r"make one, GridLinkage\(\), or give its name"),
        ([{"grid_linkage": 3}], {}, "must be a mapping of parameters"),
        ([3], {}, "3 is not a mechanism"),
    ],
)
def test_with_says_what_it_takes(given, parameters, message):
    with pytest.raises(DesignError, match=message):
        load_design("line_hierarchy").with_(*given, **parameters)


def test_without_takes_away_what_is_there():
    reform = load_design("wuliqiao_2020")
    less = reform.without("micro_ventures", "responsibility_day")
    assert less.name == "wuliqiao_2020-micro_ventures-responsibility_day"
    assert {m.name for m in reform.mechanisms} - {m.name for m in less.mechanisms} == {
        "micro_ventures",
        "responsibility_day",
    }
    assert (
        less.with_(reform.mechanism("micro_ventures"), reform.mechanism("responsibility_day")).mechanisms
        == reform.mechanisms
    )
    with pytest.raises(DesignError, match="unknown mechanism 'micro'; did you mean 'micro_ventures'"):
        reform.without("micro")
    with pytest.raises(DesignError, match="needs the hours of a post that no mechanism brings"):
        reform.without("line_departments")
    with pytest.raises(DesignError, match=r"Allowed: hotline"):
        load_design("line_hierarchy").mechanism("zzz")


def test_a_design_prints_what_it_consists_of():
    text = str(load_design("quyang_2014"))
    assert text.startswith("quyang_2014 曲阳街道2014")
    assert "  joint_building 三联五共·结对共建 (share=" in text
    assert str(Design((ThreeMeetings(), NeighbourhoodCommittee()))).startswith(
        "custom\n  neighbourhood_committee"
    )


# ---------------------------------------------------------------- compared


@pytest.fixture(scope="module")
def pair() -> tuple[Design, Design]:
    """Two designs of which the second has one rule more, one less and one changed."""
    base = (NeighbourhoodCommittee(), LineDepartments(), Hotline(share=0.8))
    old = Design((*base, RedPropertyAlliance(learning=0.2, reputation=0, hours=0, purse=0)), "old")
    new = old.without("red_property_alliance").with_(Hotline(share=0.4), ReportIn(), name="new<2>")
    return old, new


def test_the_difference_rule_by_rule(pair):
    difference = pair[0].diff(pair[1])
    assert [rule.key for rule in difference.added] == [("boundary", "report_in")]
    assert [rule.key for rule in difference.removed] == [("payoff", "alliance_learning")]
    assert [(before.share, after.share) for before, after in difference.changed] == [(0.8, 0.4)]
    assert difference
    assert [row[:3] for row in difference.rows()] == [
        ("+", "boundary", "report_in"),
        ("~", "reports", "hotline"),
        ("-", "payoff", "alliance_learning"),
    ]


def test_the_difference_back_is_the_opposite(pair):
    there, back = pair[0].diff(pair[1]), pair[1].diff(pair[0])
    assert (back.added, back.removed) == (there.removed, there.added)
    assert back.changed == tuple((after, before) for before, after in there.changed)


def test_the_difference_in_a_terminal(pair):
    lines = str(pair[0].diff(pair[1])).splitlines()
    assert lines[0] == "old → new<2>"
    assert [line.split()[0] for line in lines[1:]] == ["boundary", "+", "reports", "~", "payoff", "-"]
    assert lines[4] == "  ~ hotline: share 0.8 → 0.4"


def test_the_difference_in_a_notebook(pair):
    table = pair[0].diff(pair[1])._repr_html_()
    assert table.startswith("<table><caption>old → new&lt;2&gt;</caption>")
    assert table.count("<tr>") == 4
    assert "<td>report_in</td>" in table


def test_no_difference(pair):
    design = pair[0]
    # the words of a design are not rules, nor is a mechanism at zero strength
    same = Design(design.mechanisms, "same", summary="other words").with_(ReportIn(asked=0), name="same")
    difference = design.diff(same)
    assert not difference
    assert str(difference) == "old → same\nno difference in rules"
    assert difference.rows() == []


def test_shipped_designs_differ_from_the_baseline_by_adding_only():
    base = load_design("line_hierarchy")
    for name in ("wuliqiao_2020", "quyang_2014"):
        difference = base.diff(load_design(name))
        assert difference.added
        assert not difference.removed
        # A hearing before a work re-fits the plan of whatever owners are asked about.
        assert {before.name for before, _ in difference.changed} <= {"owners_consent"}


def test_a_hearing_at_a_council_that_nobody_brings_is_idle():
    alone = Design((Written(given=(Hearing(name="voices", council="hall", share=0.3),)),), name="alone")
    ((mechanism, rule),) = alone.idle()
    assert (mechanism, rule.name) == ("written", "voices")
    assert "there is no council hall" in rule.lacking()
    assert not alone.rules()
    hall = Council(name="hall", seats=("neighbourhoods",), slots=1.0)
    held = Design((Written(given=(hall, Hearing(name="voices", council="hall", share=0.3))),))
    assert not held.idle()


def test_a_post_that_has_only_hours_moved_into_it_keeps_the_purse_that_supplies_it():
    lent = Position(name="gardener", heads=0.0, supplies=100.0, purse="garden")
    into = Move(name="gardeners", out_of="committee", into="gardener", share=0.1)
    purse = Purse(name="garden")  # with nothing in it
    design = load_design("line_hierarchy").with_(Written(given=(lent, into, purse)))
    assert "garden" in {rule.name for rule in design.rules() if isinstance(rule, Purse)}
    model = GovernanceModel("small", design, rng=1, weeks=3, reform_week=0, run_in=0)
    model.run_until(3)
