"""Parameters of a study: found by path, in their own type, or refused by name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov.community import load_community
from cogov.kit.errors import CogovError, ConfigError
from cogov.processes import Processes
from cogov.rules.shipped import load_design
from cogov.study.identity import content, fingerprint
from cogov.study.parameters import Range, at, parse, read_parameters

BLOCKS = "design.mechanisms.three_level_platform.blocks"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (BLOCKS, int),
        ("design.mechanisms.lift_programme.consent", str),
        ("design.mechanisms.property_service.staffed", bool),
        ("community.elder_share", float),
        ("community.residents", int),
        ("community.scale", int),
        ("processes.sense.report_rate", float),
        ("reform_week", int),
    ],
)
def test_a_path_knows_the_type_of_its_values(text, kind):
    assert parse(text).kind is kind


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("desing.mechanisms.hotline.share", ["'desing'", "did you mean 'design'"]),
        ("design.mechanisms.three_level_platfrm.blocks", ["did you mean 'three_level_platform'"]),
        ("design.mechanisms.three_level_platform.block", ["did you mean 'blocks'"]),
        ("design.three_level_platform.blocks", ["design.mechanisms.MECHANISM.PARAMETER"]),
        ("community.elder_shar", ["did you mean 'elder_share'"]),
        ("processes.secretaries.domains", ["is a list"]),
        ("processes.sens.report_rate", ["did you mean 'sense'"]),
        ("processes.sense", ["processes.PROCESS.PARAMETER"]),
        ("weeks", ["reform_week"]),
    ],
)
def test_a_path_that_leads_nowhere_is_refused_by_name(text, words):
    with pytest.raises(ConfigError) as caught:
        parse(text)
    for word in [f"parameters.{text}", *words]:
        assert word in str(caught.value)


def test_levels_take_the_type_of_the_parameter():
    assert read_parameters({BLOCKS: [1.0, 2]}) == {BLOCKS: (1, 2)}
    assert [type(level) for level in read_parameters({BLOCKS: [1.0, 2]})[BLOCKS]] == [int, int]
    assert read_parameters({"community.elder_share": 1}) == {"community.elder_share": (1.0,)}


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ([1.5], "must be a whole number"),
        ([], "each once"),
        ([2, 2.0], "each once"),
        (["two"], "must be a whole number"),
        ([True], "must be a whole number"),
        ({"low": 3, "high": 1}, "low < high"),
        ({"low": 0, "high": 5, "log": True}, "0 < low < high"),
        ({"low": 0, "hihg": 5}, "did you mean 'high'"),
    ],
)
def test_wrong_levels_are_refused(levels, words):
    with pytest.raises(ConfigError, match=words):
        read_parameters({BLOCKS: levels})


def test_a_word_has_no_range():
    with pytest.raises(ConfigError, match="has no range"):
        read_parameters({"design.mechanisms.lift_programme.consent": {"low": 0, "high": 1}})


def test_nested_mappings_are_paths_too():
    nested = {"design": {"mechanisms": {"three_level_platform": {"blocks": [1, 2]}}}, "reform_week": 4}
    assert read_parameters(nested) == {BLOCKS: (1, 2), "reform_week": (4,)}
    assert read_parameters(None) == {}
    with pytest.raises(ConfigError, match="must map paths"):
        read_parameters([1, 2])


def test_a_value_is_put_where_its_path_leads_and_nowhere_else():
    design, community = load_design("wuliqiao_2020"), load_community("small")
    given = {"design": design, "community": community, "processes": Processes(), "reform_week": 26}
    arguments = dict(given)
    parse(BLOCKS).put(arguments, 5)
    parse("community.elder_share").put(arguments, 0.5)
    parse("processes.sense.report_rate").put(arguments, 0.25)
    parse("reform_week").put(arguments, 10)
    assert arguments["design"].mechanism("three_level_platform").blocks == 5
    assert arguments["design"].name == design.name
    assert arguments["community"].elder_share == 0.5
    assert arguments["processes"].sense.report_rate == 0.25
    assert arguments["reform_week"] == 10
    parse(BLOCKS).put(arguments, design.mechanism("three_level_platform").blocks)
    parse("community.elder_share").put(arguments, community.elder_share)
    parse("processes.sense.report_rate").put(arguments, Processes().sense.report_rate)
    assert arguments["design"] == design
    assert arguments["processes"] == given["processes"]
    assert {**arguments["community"].plain(), "elder_share": 0} == {**community.plain(), "elder_share": 0}


@pytest.mark.parametrize(
    ("text", "value"),
    [(BLOCKS, 5), ("community.elder_share", 0.5), ("processes.sense.report_rate", 0.25), ("reform_week", 10)],
)
def test_plain_contents_are_patched_as_values_are_put(text, value):
    arguments = {
        "design": load_design("wuliqiao_2020"),
        "community": load_community("small"),
        "processes": Processes(),
        "reform_week": 26,
    }
    before = {name: content(part) for name, part in arguments.items()}
    patched = dict(before)
    head = parse(text).patch(patched, value)
    parse(text).put(arguments, value)
    assert {name: fingerprint(part) for name, part in patched.items()} == {
        name: fingerprint(part) for name, part in arguments.items()
    }
    assert fingerprint(patched[head]) != fingerprint(before[head])
    assert [name for name in before if patched[name] is not before[name]] == [head]


def test_a_value_out_of_its_range_is_refused_where_it_is_put():
    with pytest.raises(CogovError, match="between 0 and 1"):
        parse("community.elder_share").put({"community": load_community("small")}, 1.5)


def test_a_design_without_the_mechanism_does_not_have_the_parameter():
    assert parse(BLOCKS).applies(load_design("wuliqiao_2020"))
    assert not parse(BLOCKS).applies(load_design("line_hierarchy"))
    assert parse("community.elder_share").applies(load_design("line_hierarchy"))


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=20), st.booleans())
def test_drawn_values_stay_in_their_range_and_keep_their_order(unit, log):
    path, levels = parse("community.elder_share"), Range(low=0.1, high=0.6, log=log)
    drawn = at(path, levels, np.array(sorted(unit)))
    assert all(0.1 - 1e-12 <= value <= 0.6 + 1e-12 for value in drawn)
    assert drawn == sorted(drawn)


def test_whole_numbers_and_listed_levels_are_equally_likely():
    unit = (np.arange(600) + 0.5) / 600
    assert np.bincount(at(parse(BLOCKS), Range(low=1, high=6), unit)).tolist() == [0] + 6 * [100]
    listed = at(parse("design.mechanisms.lift_programme.consent"), ("ninety", "civil_code"), unit)
    assert (listed.count("ninety"), listed.count("civil_code")) == (300, 300)
    assert at(parse(BLOCKS), Range(low=1, high=6), np.array([0.0, 1.0])) == [1, 6]


def test_equal_ratios_are_equally_likely_on_a_logarithmic_range():
    drawn = at(parse("community.elder_share"), Range(low=0.01, high=1, log=True), np.array([0, 0.5, 1]))
    np.testing.assert_allclose(drawn, [0.01, 0.1, 1])


def test_levels_can_be_an_array_or_a_range():
    found = read_parameters(
        {"community.elder_share": np.linspace(0.2, 0.4, 3), "community.scale": range(1, 4)}
    )
    assert found["community.elder_share"] == pytest.approx((0.2, 0.3, 0.4))
    assert found["community.scale"] == (1, 2, 3)
