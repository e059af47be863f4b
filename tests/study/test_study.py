"""A study as a value: what it expands to, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from cogov.community import load_community
from cogov.kit.errors import CogovError, ConfigError, DesignError
from cogov.mechanisms import ThreeLevelPlatform
from cogov.rules.shipped import load_design
from cogov.simulation import simulate
from cogov.study import Study, execute, identity

BLOCKS = "design.mechanisms.three_level_platform.blocks"
ELDERS = "community.elder_share"


def study(**changes) -> Study:
    given = {"communities": ["small"], "designs": ["wuliqiao_2020"], "weeks": 10, "reform_week": 3}
    return Study(**{**given, "replicates": 2, **changes})


def test_names_and_what_they_stand_for_are_the_same_study():
    named = study(processes={"sense": {"report_rate": 0.3}})
    loaded = study(
        communities=[load_community("small")],
        designs=[load_design("wuliqiao_2020")],
        baseline=load_design("line_hierarchy"),
        processes=named.processes,
    )
    assert named == loaded
    assert [cell.run for cell in named.cells()] == [cell.run for cell in loaded.cells()]


def test_the_baseline_is_run_in_any_case_and_first():
    assert [design.name for design in study().arms] == ["line_hierarchy", "wuliqiao_2020"]
    both = study(designs=["wuliqiao_2020", "line_hierarchy"])
    assert [design.name for design in both.arms] == ["line_hierarchy", "wuliqiao_2020"]


def test_every_run_of_a_replicate_has_one_seed():
    cells = study(replicates=3, seed=5).cells()
    assert [(cell.replicate, cell.seed) for cell in cells] == [(0, 5), (0, 5), (1, 6), (1, 6), (2, 7), (2, 7)]
    assert len({cell.run for cell in cells}) == 6


def test_more_replicates_or_levels_keep_the_runs_there_were():
    few = {cell.run for cell in study(parameters={BLOCKS: [1, 2]}).cells()}
    assert few < {cell.run for cell in study(parameters={BLOCKS: [1, 2, 3]}, replicates=5).cells()}
    designs = ["quyang_2014", "wuliqiao_2020"]
    assert few < {cell.run for cell in study(parameters={BLOCKS: [2, 1]}, designs=designs).cells()}


def test_a_design_without_the_parameter_is_run_once():
    varied = study(parameters={BLOCKS: [1, 2, 3], ELDERS: [0.2, 0.4]})
    baseline = [condition.values for condition in varied.conditions if condition.design == 0]
    assert baseline == [(0.2, None), (0.4, None)]
    assert len(varied.cells()) == 2 * (2 + 6)


@pytest.mark.parametrize(
    "change",
    [
        {"weeks": 11},
        {"reform_week": 4},
        {"seed": 8},
        {"processes": {"sense": {"report_rate": 0.3}}},
        {"shocks": [{"epidemic": {"week": 5}}]},
        {"communities": [load_community("small", elder_share=0.31)]},
        {"designs": [load_design("wuliqiao_2020").without("micro_ventures", name="wuliqiao_2020")]},
    ],
)
def test_whatever_determines_a_result_is_in_the_name_of_its_run(change):
    design = [cell.run for cell in study().cells() if cell.design == 1]
    changed = [cell.run for cell in study(**change).cells() if cell.design == 1]
    assert design[0] not in changed


def test_what_determines_no_result_is_not():
    described = replace(load_design("wuliqiao_2020"), zh="别名", summary="Another word for it.")
    same = study(designs=[described], name="other", question="Why?", outcomes=["cost"], places=True)
    assert [cell.run for cell in same.cells()] == [cell.run for cell in study().cells()]


def test_another_model_makes_other_runs(monkeypatch):
    before = {cell.run for cell in study().cells()}
    monkeypatch.setattr("cogov.study.study.versions_of", lambda designs: {"model": "another"})
    assert not before & {cell.run for cell in study().cells()}


def test_the_model_version_follows_the_source(monkeypatch, tmp_path):
    version = identity.model_version()
    assert version == identity.model_version.__wrapped__()
    for folder in ("study", "mechanisms", "kit"):
        (tmp_path / "cogov" / folder).mkdir(parents=True)
    for name in identity.FILES:
        (tmp_path / "cogov" / name).write_text("changed")
    monkeypatch.setattr(identity, "__file__", str(tmp_path / "cogov" / "study" / "identity.py"))
    assert identity.model_version.__wrapped__() != version


def test_a_study_survives_being_written_down(tmp_path):
    table = tmp_path / "小区.csv"
    table.write_text(
        "compound,neighbourhood,households,year_built,storeys,fee,property_firm,owners_committee\n"
        "甲,N1,200,1990,6,1.0,F,yes\n乙,N2,300,2005,18,2.5,G,no\n",
        encoding="utf-8",
    )
    varied = study(
        communities=["small", table],
        parameters={BLOCKS: {"low": 1, "high": 2}, ELDERS: {"low": 0.2, "high": 0.4, "log": True}},
        plan={"kind": "sobol", "samples": 4},
        replicates={"precision": 0.02, "of": ["satisfaction"], "at_most": 9},
        shocks=[{"epidemic": {"week": 5}}],
        question="五里桥：哪个更好？",
    )
    again = Study(**yaml.safe_load(yaml.safe_dump(varied.plain(), allow_unicode=True)))
    assert again == varied
    assert [cell.run for cell in again.cells()] == [cell.run for cell in varied.cells()]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"designs": ["wuliqiao_2021"]}, ["'wuliqiao_2020'"]),
        ({"communities": []}, ["study.communities", "at least one"]),
        ({"communities": ["small", "small"]}, ["'small' is given more than once"]),
        ({"name": "../x"}, ["study.name", "not a path"]),
        ({"name": ""}, ["study.name", "must not be empty"]),
        ({"outcomes": ["satisfactoin"]}, ["study.outcomes", "did you mean 'satisfaction'"]),
        ({"trajectories": []}, ["study.trajectories", "at least one"]),
        ({"outcomes": ["shock_depth"]}, ["study.outcomes"]),
        ({"reform_week": 10}, ["study.reform_week", "before the end"]),
        ({"replicates": 0}, ["study.replicates", "between 1"]),
        ({"replicates": {"precision": 0.02}}, ["replicates", "'of'"]),
        (
            {"designs": ["line_hierarchy"], "replicates": {"precision": 0.02, "of": ["satisfaction"]}},
            ["study.replicates", "needs a design to compare with line_hierarchy"],
        ),
        ({"parameters": {"design.mechanisms.grid_linkage.households": [50]}}, ["none of the designs"]),
        ({"parameters": {ELDERS: [0.2, 1.4]}}, ["elder_share", "1.4", "between 0 and 1"]),
        ({"parameters": {BLOCKS: [-1]}}, ["blocks", "-1"]),
        ({"parameters": {"reform_week": [3, 10]}}, ["reform_week", "before the end"]),
        (
            {"parameters": {ELDERS: {"low": 0.2, "high": 1.4}}, "plan": {"kind": "sobol", "samples": 8}},
            ["between 0 and 1"],
        ),
        (
            {"designs": [replace(load_design("wuliqiao_2020"), name="line_hierarchy")]},
            ["'line_hierarchy' has the name of the baseline"],
        ),
    ],
)
def test_what_is_wrong_is_refused_before_anything_runs(change, words):
    with pytest.raises(CogovError) as caught:
        study(**change)
    for word in words:
        assert word in str(caught.value)


def test_a_run_of_a_study_is_the_run_of_its_seed():
    varied = study(parameters={BLOCKS: [1, 2]})
    cell = next(cell for cell in varied.cells() if cell.values == (2,) and cell.replicate == 1)
    result = execute(varied, cell)
    design = load_design("wuliqiao_2020")
    blocks = type(design.mechanism("three_level_platform"))(blocks=2)
    run = simulate("small", design.with_(blocks), seed=cell.seed, weeks=10, reform_week=3)
    assert result.status == "done"
    assert result.digest == run.digest
    assert result.outcomes == pytest.approx(run.outcomes, nan_ok=True)
    assert result.series.shape == (10, run.series.shape[1])
    assert (result.places is None, result.groups is None) == (True, False)
    assert execute(study(places=True), study().cells()[0]).places is not None


def test_a_run_that_fails_is_a_result(monkeypatch):
    def fails(**_):
        raise DesignError("it cannot be")

    monkeypatch.setitem(execute.__globals__, "simulate", fails)
    varied = study()
    result = execute(varied, varied.cells()[1])
    assert (result.status, result.outcomes, result.series) == ("failed", None, None)
    assert result.error.startswith("DesignError: it cannot be (test_study.py:")
    assert str(Path.cwd()) not in result.error


@pytest.mark.parametrize(
    "given",
    [
        {"parameters": {BLOCKS: [2, 40]}},
        {"designs": [load_design("wuliqiao_2020").with_(ThreeLevelPlatform(blocks=40), name="mine")]},
    ],
)
def test_more_blocks_than_neighbourhoods_are_refused_before_anything_runs(given):
    message = "blocks = 40, but small has only 3 neighbourhoods; allowed: 1 to 3"
    with pytest.raises(CogovError, match=message):
        study(**given)
    bigger = [load_community("small", scale=14)]
    assert study(communities=bigger, **given).conditions


def test_a_study_shows_itself_in_one_line():
    varied = study(parameters={BLOCKS: [1, 2]}, replicates=4)
    assert repr(varied).startswith(f"<Study {varied.name!r}: line_hierarchy, wuliqiao_2020")
    assert repr(varied).endswith(f"runs: {len(varied.cells())}>")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "../b"}, "not a path"),
        ({"name": "a\nb"}, "must not have a line break"),
        ({"name": "x" * 501}, "at most 500 letters"),
        ({"name": 5}, "must be text"),
        ({"name": ".."}, "not a path"),
        ({"name": " "}, "must not be empty"),
        ({"outcomes": ["cost", "cost"]}, "named once only"),
        ({"replicates": 1_000_000}, "3,000,000 runs are more than 2,000,000"),
        ({"parameters": {"community.scale": {}}}, "has no levels"),
    ],
)
def test_what_cannot_be_a_study_is_refused_by_name(change, message):
    given = {"communities": ["small"], "designs": ["wuliqiao_2020", "quyang_2014"], "replicates": 1}
    with pytest.raises(ConfigError, match=message):
        Study(**given | change)
