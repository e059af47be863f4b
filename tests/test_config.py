"""From overrides to checked objects, and every wrong input named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cogov.config import compose as compose_run
from cogov.kit import resources
from cogov.kit.errors import CogovError, ConfigError, DesignError
from cogov.rules.shipped import load_design

SMALL = ("community=small", "weeks=12", "reform_week=4")


def compose(*overrides, **where):
    """The run that is composed, without how it is printed."""
    return compose_run(*overrides, **where)[0]


def names(config):
    return {mechanism.name for mechanism in config.design.mechanisms}


def test_defaults_are_the_full_size_run():
    config = compose()
    assert (config.community.name, config.design.name) == ("wuliqiao", "wuliqiao_2020")
    assert (config.weeks, config.reform_week, config.baseline.name) == (182, 26, "line_hierarchy")


def test_choices_and_numbers():
    config = compose(
        [*SMALL, "design=quyang_2014", "seed=3", "community.elder_share=0.3", "community.scale=2"]
    )
    assert config.community.elder_share == 0.3
    assert config.community.sources["elder_share"] == "given"
    assert config.community.scale == 2
    assert (config.design.name, config.seed, config.weeks) == ("quyang_2014", 3, 12)


def test_a_parameter_of_a_mechanism_needs_no_plus_even_if_the_file_does_not_list_it():
    config = compose([*SMALL, "design.mechanisms.micro_ventures.willing=0.5"])
    assert config.design.mechanism("micro_ventures").willing == 0.5
    blocks = compose([*SMALL, "design.mechanisms.three_level_platform.blocks=2"])
    assert blocks.design.mechanism("three_level_platform").blocks == 2
    assert blocks.design.mechanism("three_level_platform").grouping == "four_traits"


def test_mechanisms_are_added_and_taken_away():
    added = compose(
        [*SMALL, "+design.mechanisms.grid_linkage={}", "~design.mechanisms.red_property_alliance"]
    )
    assert "grid_linkage" in names(added)
    assert "red_property_alliance" not in names(added)
    tuned = compose([*SMALL, "+design.mechanisms.grid_linkage={households: 60}"])
    assert tuned.design.mechanism("grid_linkage").households == 60
    both = compose(
        [*SMALL, "+design.mechanisms.grid_linkage={}", "design.mechanisms.grid_linkage.households=50"]
    )
    assert both.design.mechanism("grid_linkage").households == 50


def test_processes_shocks_and_timeline():
    config = compose(
        [
            *SMALL,
            "processes.sense.report_rate=0.05",
            "shocks=[{epidemic: {week: 6, length: 3}}]",
            "timeline={8: quyang_2014, 10: wuliqiao_2020}",
        ]
    )
    assert config.processes.sense.report_rate == 0.05
    assert (config.shocks[0].week, config.shocks[0].length) == (6, 3)
    assert {week: design.name for week, design in config.timeline.items()} == {
        8: "quyang_2014",
        10: "wuliqiao_2020",
    }


def test_a_design_file_anywhere_under_any_name(tmp_path: Path):
    path = tmp_path / "我的 方案 (1).yaml"
    path.write_text(
        "defaults: [line_hierarchy, _self_]\nname: 试点\nmechanisms:\n  grid_linkage:\n", encoding="utf-8"
    )
    assert load_design(path).name == "试点"
    config = compose([*SMALL, f"design={path}", "design.mechanisms.grid_linkage.households=80"])
    assert config.design.mechanism("grid_linkage").households == 80
    assert {"grid_linkage", "hotline"} <= names(config)


def test_a_folder_of_configurations_is_searched_too(tmp_path: Path):
    (tmp_path / "design").mkdir()
    (tmp_path / "design" / "pilot.yaml").write_text("defaults: [quyang_2014, _self_]\nname: pilot\n")
    assert load_design("pilot", [tmp_path]).name == "pilot"
    assert compose([*SMALL, "design=pilot"], config_dirs=[tmp_path]).design.name == "pilot"


WRONG = [
    ("community=smal", "did you mean 'small'"),
    ("community=nowhere.csv", "nowhere.csv"),
    ("community.elder_shar=0.3", "did you mean 'elder_share'"),
    ("community.elder_share=1.3", "between 0 and 1"),
    ("community.elder_share=-0.1", "between 0 and 1"),
    ("community.elder_share=nan", "finite"),
    ("community.elder_share=many", "must be a number"),
    ("community.scale=0", "scale"),
    ("community.units=nowhere.csv", "nowhere.csv"),
    ("design=wuliqiao_2021", "did you mean 'wuliqiao_2020'"),
    ("design=nowhere.yaml", "no such file"),
    ("design.mechanisms.three_level_platform.bloks=3", "did you mean 'blocks'"),
    ("design.mechanisms.three_level_platform.blocks=-3", "between 0 and"),
    ("design.mechanisms.three_level_platform.blocks=1.5", "whole number"),
    ("design.mechanisms.three_level_platform.blocks=nan", "finite"),
    ("design.mechanisms.three_level_platform.blocks=many", "whole number"),
    ("design.mechanisms.three_level_platform.grouping=simlar", "did you mean 'similar'"),
    ("design.mechanisms.grid_linkage.households=60", "add it with '+design.mechanisms.grid_linkage={}'"),
    ("design.mechanisms.grid_linkge.households=60", "did you mean 'grid_linkage'"),
    ("+design.mechanisms.grid_linkge={}", "did you mean 'grid_linkage'"),
    ("+design.mechanisms.grid_linkage=3", "must be a mapping"),
    ("~design.mechanisms.red_property", "did you mean 'red_property_alliance'"),
    ("design.mechanism.report_in.asked=1", "did you mean 'mechanisms'"),
    ("processes.sens.report_rate=0.1", "did you mean 'sense'"),
    ("processes.sense.report_rat=0.1", "did you mean 'report_rate'"),
    ("processes.sense.report_rate=2", "between 0 and 1"),
    ("shocks=[{epidemi: {week: 6}}]", "did you mean 'epidemic'"),
    ("shocks=[{epidemic: {wek: 6}}]", "did you mean 'week'"),
    ("shocks=6", "list"),
    ("timeline={6: quyang_2041}", "did you mean 'quyang_2014'"),
    ("timeline={six: quyang_2014}", "must be a week"),
    ("timeline={600: quyang_2014}", "before the end"),
    ("timeline=6", "timeline"),
    ("baseline=line_hierachy", "did you mean 'line_hierarchy'"),
    ("weeks=0", "between 1"),
    ("weeks=-5", "between 1"),
    ("weeks=nan", "finite"),
    ("weeks=ten", "whole number"),
    ("weeks=(10", "whole number"),
    ("weeks=1.5", "whole number"),
    ("weeks=null", "whole number"),
    ("weeks=true", "whole number"),
    ("weeks=1,2", "one value"),
    ("reform_week=-1", "reform_week"),
    ("seed=-1", "seed"),
    ("format=xml", "table, json"),
    ("wekks=3", "did you mean 'weeks'"),
    ("hydra.verbose=true", "unknown setting"),
    ("seed", "name=value"),
    ("seed=[1,", "close every bracket"),
    ("seed=${nothing}", "nothing"),
]


@pytest.mark.parametrize(("override", "message"), WRONG, ids=[override for override, _ in WRONG])
def test_wrong_input_is_named(override: str, message: str):
    with pytest.raises(CogovError, match=re.escape(message)):
        compose([*SMALL, override])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "mapping"),
        (b"- a\n", "mapping"),
        (b"name: [1,\n", "not YAML"),
        ("name: 方案\n".encode("gbk"), "not UTF-8"),
        (b"name: x\n", "mechanisms"),
        (b"name: x\nmechanisms: {grid_linkge: {}}\n", "did you mean 'grid_linkage'"),
        (b"nam: x\nmechanisms: {}\n", "did you mean 'name'"),
        (b"defaults: [nowhere]\nname: x\nmechanisms: {}\n", "nowhere"),
    ],
)
def test_a_wrong_design_file_is_named(tmp_path: Path, content: bytes, message: str):
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    with pytest.raises(CogovError, match=message):
        load_design(path)


def test_a_folder_in_the_place_of_a_design_file(tmp_path: Path):
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    with pytest.raises(DesignError, match="cannot be read"):
        load_design(folder)


def test_a_missing_configuration_folder_is_named(tmp_path: Path):
    with pytest.raises(ConfigError, match="does not exist"):
        compose(SMALL, config_dirs=[tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("seed=" + "[" * 400, "more than 40 brackets"),
        ("seed=" + "(" * 400, "more than 40 brackets"),
        ("seed=" + "9" * 4300, "seed"),
        ("seed=" + "x" * 20_000, "more than 20,000 letters"),
        ("seed=a\0b", "control character"),
        ("seed=\ud800", "half of a letter"),
        ("seed=${oc.env:COGOV_SECRET}", "seed = '${oc.env:COGOV_SECRET}'"),
        ("timeline={8: '${oc.env:COGOV_SECRET}'}", "timeline.8"),
        ("shocks=[{epidemic: {week: '${weeks}'}}]", "shocks[0].epidemic.week"),
        ("design=${oc.env:COGOV_SECRET}/a.yaml", "must not have ${"),
        ("design.name='../../x'", "not a path"),
        ("community.name='x/../../y'", "not a path"),
        ("design.name=[a]", "must be text"),
        ("community.name=' '", "must not be empty"),
        ("processes.bond.hours=5e-324", "between"),
        ("community.lift_cost=5e-324", "must be 0, or at least 1e-09"),
        ("community.tie_degree=1e13", "between 0 and 100"),
        ("processes.bond.tables=100000000000", "between"),
        ("{community.scale: 3}=1", "not a setting"),
    ],
)
def test_hostile_overrides_are_named(monkeypatch, override: str, message: str):
    monkeypatch.setenv("COGOV_SECRET", "a-word-of-the-environment")
    with pytest.raises(CogovError) as refused:
        compose([*SMALL, override])
    assert message in str(refused.value)
    assert "a-word-of-the-environment" not in str(refused.value)
    assert len(str(refused.value)) < 600


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name: ${oc.env:COGOV_SECRET}\nmechanisms: {}\n", "name = '${oc.env:COGOV_SECRET}'"),
        ("defaults: ['${oc.env:COGOV_SECRET}']\nmechanisms: {}\n", "defaults[0]"),
        ("hydra: {callbacks: {x: {_target_: os.system}}}\nmechanisms: {}\n", "settings of Hydra"),
        ("# @package hydra.callbacks\nx: {_target_: os.system}\n", "settings of Hydra"),
        ("defaults: [{override hydra/launcher: joblib}]\nmechanisms: {}\n", "settings of Hydra"),
        ("defaults: [{design@hydra.callbacks: quyang_2014}]\nmechanisms: {}\n", "settings of Hydra"),
        ("defaults: [../../../etc/passwd]\nmechanisms: {}\n", "passwd"),
        ("mechanisms: {hotline: {_target_: os.system}}\n", "no parameter '_target_'"),
        ("mechanisms: !!python/object/apply:os.system [true]\n", "tags"),
        ("# @package\nmechanisms: {}\n", "line 1"),
        ("defaults: 3\nmechanisms: {}\n", "defaults"),
        ("name: 5\nmechanisms: {}\n", "must be text"),
    ],
)
def test_a_file_reaches_nothing_but_itself(tmp_path: Path, monkeypatch, content: str, message: str):
    monkeypatch.setenv("COGOV_SECRET", "a-word-of-the-environment")
    path = tmp_path / "mine.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CogovError) as refused:
        load_design(path)
    assert message in str(refused.value)
    assert "a-word-of-the-environment" not in str(refused.value)


def test_nothing_outside_a_folder_is_an_option_of_it(tmp_path: Path):
    (tmp_path / "mine" / "design").mkdir(parents=True)
    (tmp_path / "outside.yaml").write_text("name: outside\nmechanisms: {}\n")
    (tmp_path / "mine" / "design" / "up.yaml").write_text(
        "defaults: [../../outside, _self_]\nmechanisms: {}\n"
    )
    with pytest.raises(CogovError, match="outside"):
        load_design("up", [tmp_path / "mine"])


def test_what_is_shipped_is_composed_once_and_given_away_each_time():
    first = resources.option("design", "quyang_2014")
    first["mechanisms"].clear()
    assert resources.option("design", "quyang_2014")["mechanisms"]
