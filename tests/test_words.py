"""Words in both languages: every unit, every text, every path."""

from __future__ import annotations

import string
from dataclasses import fields

import pytest

from cogov.community.quantities import Quantities
from cogov.kit.errors import StudyError
from cogov.kit.fields import Parameters
from cogov.kit.names import PROCESSES, RULES, UNITS
from cogov.mechanisms import OWN, registry
from cogov.outcomes import MEASURES
from cogov.processes import Processes
from cogov.words import (
    LANGUAGES,
    TEXTS,
    better,
    design,
    generated,
    label,
    outcome_unit,
    parameter,
    parameter_unit,
    say,
    sentence,
    settings,
    weekly_unit,
    with_unit,
)

BLOCKS = "design.mechanisms.three_level_platform.blocks"


def test_a_sum_over_weeks_is_no_longer_per_week():
    assert (weekly_unit("lifts_built"), outcome_unit("lifts_built")) == ("lifts/week", "lifts")
    assert (weekly_unit("lifts_built", "zh"), outcome_unit("lifts_built", "zh")) == ("台/周", "台")
    assert (weekly_unit("activities"), outcome_unit("activities")) == ("1/week", "number")
    assert (weekly_unit("offered"), outcome_unit("offered")) == ("h/week", "h/week")


def test_words():
    assert label("trust_committee") == "Trust committee"
    assert label("trust_committee", "zh") == "对居委会信任"
    assert (better("cost"), better("satisfaction"), better("arrived")) == (
        "less is better",
        "more is better",
        "",
    )
    assert (better("cost", "zh"), better("satisfaction", "zh")) == ("越低越好", "越高越好")
    assert with_unit("cost", "yuan") == "cost (yuan)"
    assert with_unit("cost", "") == "cost"
    assert sentence(["mean of 3 replicates", "", "band"]) == "Mean of 3 replicates; band"


def test_every_unit_of_a_measure_or_parameter_has_its_chinese():
    owners = [*registry().values(), Quantities, *(type(field.default) for field in fields(Processes))]
    used = {field.metadata.get("unit", "") for owner in owners for field in fields(owner)}
    used |= {measure.unit for measure in MEASURES.values()}
    assert used <= set(UNITS)
    for name in MEASURES:
        assert bool(outcome_unit(name)) == bool(outcome_unit(name, "zh"))


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_has_the_same_values_in_both_languages(key):
    wanted = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in TEXTS[key]]
    assert wanted[0] == wanted[1]
    assert len(wanted) == len(LANGUAGES)


def test_a_design_is_called_by_its_chinese_name_where_there_is_one():
    names = {"wuliqiao_2020": "五里桥", "mine": ""}
    assert design("wuliqiao_2020", "zh", names) == "五里桥"
    assert [design(name, "zh", names) for name in ("mine", "other")] == ["mine", "other"]
    assert design("wuliqiao_2020", "en", names) == "wuliqiao_2020"


@pytest.mark.parametrize(
    ("path", "english", "chinese", "unit"),
    [
        (BLOCKS, "three_level_platform: blocks", "街道-街区-居民区三级联动平台：blocks", ""),
        ("design.mechanisms.three_level_platform.upkeep", "three_level_platform: upkeep", None, "h/week"),
        ("design.mechanisms.unheard.of", "unheard: of", "unheard：of", ""),
        ("processes.sense.report_rate", "sense: report_rate", "发现问题：report_rate", None),
        ("community.elder_share", "community: elder_share", "社区：elder_share", ""),
        ("reform_week", "reform_week", "reform_week", ""),
        ("community", "community", "社区", ""),
    ],
)
def test_paths_are_readable(path, english, chinese, unit):
    assert parameter(path) == english
    if chinese is not None:
        assert parameter(path, "zh") == chinese
    if unit is not None:
        assert parameter_unit(path) == unit


def test_a_unit_of_a_parameter_is_translated():
    assert parameter_unit("design.mechanisms.line_departments.least", "zh") == "人"


@pytest.mark.parametrize("function", [label, weekly_unit, outcome_unit, better, parameter, parameter_unit])
def test_another_language_is_refused(function):
    with pytest.raises(StudyError, match=r"unknown language 'fr'.*Allowed: en, zh"):
        function("satisfaction", lang="fr")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("N03", "3居"),
        ("N03C2 (2)", "3居2号小区（2）"),
        ("Firm 5", "物业公司5"),
        ("华东医院", "华东医院"),
        ("", ""),
    ],
)
def test_what_cogov_names_has_a_chinese_name(name, shown):
    assert generated(name, "zh") == shown
    assert generated(name) == name


def test_every_rule_of_an_own_mechanism_has_a_chinese_name():
    assert {rule.name for kind in OWN for rule in kind().rules()} <= RULES.keys()


def test_say_fills_in_values():
    assert say("reform", "en", week=52) == "dashed line: reform in week 52"
    assert say("reform", "zh", week=52) == "竖虚线：第52周改革"


def test_settings_of_one_thing_stand_together():
    pairs = [(BLOCKS, "3"), ("reform_week", "26"), (BLOCKS.replace("blocks", "upkeep"), "2")]
    assert settings(pairs) == ["three_level_platform: blocks = 3, upkeep = 2", "reform_week = 26"]
    assert settings(pairs, "zh")[0] == "街道-街区-居民区三级联动平台：blocks = 3，upkeep = 2"


def _groups(parameters: Parameters) -> set[str]:
    """Names of all groups of parameters within others."""
    within = {name: getattr(parameters, name) for name in parameters.__dataclass_fields__}
    parts = {name: part for name, part in within.items() if isinstance(part, Parameters)}
    return set(parts).union(*map(_groups, parts.values()))


def test_every_process_and_group_of_its_parameters_has_a_chinese_name_and_none_has_two():
    assert set(PROCESSES) == _groups(Processes())
    assert all(not name.isascii() for name in PROCESSES.values())
    assert parameter("processes.appraise.", "zh") == "体验与信任"
