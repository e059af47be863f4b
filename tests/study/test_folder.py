"""Whether a study fits into a folder: what continues, what extends, what is refused and how it is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cogov.kit.errors import StudyError
from cogov.mechanisms import registry
from cogov.study import Study
from cogov.study import folder as folder_module
from cogov.study.folder import read_config
from cogov.study.machine import machine
from cogov.study.store import Shard, Store
from cogov.study.tables import Tables
from tests.study.synthetic import BLOCKS, made_up, made_up_study

STUDY = made_up_study()


def run(folder: Path, study: Study, most: int = 1_000_000) -> int:
    """Make up to so many missing runs; returns how many were there before."""
    with Store.open(folder, study) as store:
        before = len(store.done)
        for cell in study.cells()[:most]:
            store.add(made_up(study, cell))
    return before


@pytest.mark.parametrize(
    "changes",
    [
        {"replicates": 6},
        {"replicates": {"precision": 0.1, "of": ["satisfaction"], "at_most": 20}},
        {"parameters": {BLOCKS: [1, 2, 3]}},
        {"parameters": {BLOCKS: [3, 1, 2]}},
        {"designs": ["quyang_2014", "wuliqiao_2020"]},
        {"communities": ["wuliqiao", "small"]},
        {"question": "为什么？", "outcomes": ["cost"], "name": "another"},
    ],
    ids=str,
)
def test_a_study_is_extended(tmp_path, changes):
    run(tmp_path, STUDY)
    more = made_up_study(**changes)
    assert run(tmp_path, more, most=0) == len(STUDY.cells())
    assert Study.from_mapping(read_config(tmp_path)) == more
    assert more.question in (tmp_path / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"replicates": 2}, ["replicates: 4 -> 2"]),
        ({"weeks": 6}, ["weeks: 5 -> 6"]),
        ({"weeks": 6, "replicates": 9}, ["weeks: 5 -> 6", "replicates: 4 -> 9"]),
        ({"seed": 6, "replicates": 9}, ["seed: 7 -> 6"]),
        ({"parameters": {BLOCKS: [2]}}, [f"parameters.{BLOCKS}: [2, 3] -> [2]"]),
        ({"parameters": {}}, [f"parameters.{BLOCKS}: [2, 3] -> (not there)"]),
        ({"processes": {"sense": {"report_rate": 0.5}}}, ["processes.sense.report_rate: ", " -> 0.5"]),
        ({"places": True}, ["places: false -> true"]),
    ],
    ids=str,
)
def test_another_study_is_refused_with_what_differs(tmp_path, changes, said):
    run(tmp_path, STUDY, most=9)
    before = {path: path.read_bytes() for path in tmp_path.glob("[!.]*/*")}
    with pytest.raises(StudyError) as caught:
        Store.open(tmp_path, made_up_study(**changes))
    for line in [*said, "give a new name"]:
        assert line in str(caught.value)
    assert {path: path.read_bytes() for path in before} == before
    assert run(tmp_path, STUDY, most=0) == 9


def test_a_design_that_was_run_cannot_be_left_out(tmp_path):
    run(tmp_path, made_up_study(designs=["quyang_2014", "wuliqiao_2020"]))
    with pytest.raises(StudyError, match=r"designs\.quyang_2014: quyang_2014 -> .not there."):
        Store.open(tmp_path, STUDY)


def test_a_changed_community_is_refused_number_by_number(tmp_path):
    run(tmp_path, STUDY)
    changed = STUDY.communities[0].with_(elder_share=0.44)
    with pytest.raises(StudyError, match=r"communities\.small\.elder_share\.value: 0\.\d+ -> 0\.44"):
        Store.open(tmp_path, STUDY.with_(communities=(changed,)))


def test_a_second_parameter_is_another_study(tmp_path):
    """Runs at its default are the same, but the table does not say so."""
    run(tmp_path, STUDY)
    second = "design.mechanisms.three_level_platform.upkeep"
    with pytest.raises(StudyError, match=second):
        Store.open(tmp_path, made_up_study(parameters={BLOCKS: [2, 3], second: [2.0]}))


def test_a_study_of_which_nothing_was_made_is_replaced(tmp_path):
    run(tmp_path, STUDY, most=0)
    other = made_up_study(weeks=9, places=True)
    assert run(tmp_path, other) == 0
    assert Tables(tmp_path).config["weeks"] == 9
    assert run(tmp_path, other) == len(other.cells())


def test_another_model_is_refused_and_named(tmp_path, monkeypatch):
    run(tmp_path, STUDY)
    path = tmp_path / "versions.json"
    versions = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**versions, "model": "0.0.9+abc"}), encoding="utf-8")
    with pytest.raises(StudyError, match=r"made with model 0\.0\.9\+abc, this is 0\.1.*give a new name"):
        Store.open(tmp_path, STUDY)
    assert len(Tables(tmp_path).runs()) == len(STUDY.cells())


def test_other_libraries_are_noted_once(tmp_path, monkeypatch):
    run(tmp_path, STUDY, most=3)
    first = json.loads((tmp_path / "versions.json").read_text("utf-8"))
    environment = folder_module.environment()
    monkeypatch.setattr(folder_module, "environment", lambda: {**environment, "pyarrow": "99.0"})
    for _ in range(2):
        run(tmp_path, STUDY, most=5)
    versions = json.loads((tmp_path / "versions.json").read_text("utf-8"))
    assert {**versions, "continued": []} == first
    assert [entry["pyarrow"] for entry in versions["continued"]] == ["99.0"]


def test_lost_versions_and_readme_are_written_again(tmp_path):
    run(tmp_path, STUDY, most=3)
    for name in ("versions.json", "README.md"):
        (tmp_path / name).unlink()
    assert run(tmp_path, STUDY) == 3
    assert (tmp_path / "README.md").exists()
    assert Tables(tmp_path).versions["model"]


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "my thesis.tex").write_text("x", encoding="utf-8")
    with pytest.raises(
        StudyError, match=r"is not empty and not the folder of a study .it has my thesis\.tex."
    ):
        Store.open(tmp_path, STUDY)
    assert [path.name for path in tmp_path.iterdir()] == ["my thesis.tex"]


def test_tables_without_a_configuration_are_refused(tmp_path):
    run(tmp_path, STUDY, most=3)
    (tmp_path / "study.yaml").unlink()
    with pytest.raises(StudyError, match=r"has the tables of a study and no study\.yaml"):
        Store.open(tmp_path, STUDY)


@pytest.mark.parametrize("text", ["", "[1, 2]", "a: [", "communities: small\ndesigns: []\nbaseline: {}"])
def test_a_damaged_configuration_is_refused(tmp_path, text):
    (tmp_path / "study.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=r"study\.yaml"):
        Store.open(tmp_path, STUDY)


def test_a_folder_without_study_is_no_study(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StudyError, match=r"is not the folder of a study: it has no study\.yaml"):
            Tables(folder)
    assert list(tmp_path.iterdir()) == []


def test_shards_do_not_change_a_study_that_others_are_running(tmp_path):
    with Store.open(tmp_path, STUDY, Shard(1, 2)):
        with pytest.raises(
            StudyError, match=r"other shards are running this study as it was before\n.*4 -> 6"
        ):
            Store.open(tmp_path, made_up_study(replicates=6), Shard(2, 2))
        Store.open(tmp_path, STUDY, Shard(2, 2)).close()
    Store.open(tmp_path, made_up_study(replicates=6), Shard(2, 2)).close()


def noted(folder: Path, **changes: object) -> None:
    """Change what a study's folder says it was made with."""
    path = folder / "versions.json"
    versions = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**versions, **changes}), encoding="utf-8")


@pytest.mark.parametrize("name", ["architecture", "python", "numpy", "scipy"])
def test_what_may_round_otherwise_is_refused_and_named(tmp_path, name):
    run(tmp_path, STUDY, most=3)
    noted(tmp_path, **{name: "1.2.3"})
    with pytest.raises(StudyError, match=rf"round otherwise in the last digit\n  {name}: 1\.2\.3 -> "):
        Store.open(tmp_path, STUDY)


def test_another_processor_kernel_or_system_goes_on(tmp_path):
    run(tmp_path, STUDY, most=3)
    other = {"processor": "Another (6/85/7)", "blas": "openblas 0.3 SkylakeX", "libc": "musl", "system": "X"}
    micro = ".".join([*machine()["numpy"].split(".")[:2], "99"])
    noted(tmp_path, **other, numpy=micro)
    run(tmp_path, STUDY, most=2)
    versions = json.loads((tmp_path / "versions.json").read_text("utf-8"))
    assert versions["processor"] == "Another (6/85/7)"
    assert [entry["processor"] for entry in versions["continued"]] == [machine()["processor"]]


def test_a_changed_mechanism_is_refused_with_the_designs_that_have_it(tmp_path):
    run(tmp_path, STUDY, most=3)
    known = json.loads((tmp_path / "versions.json").read_text("utf-8"))["mechanisms"]
    assert {"three_level_platform", "hotline"} <= known.keys()
    assert "grid_linkage" not in known
    noted(tmp_path, mechanisms={**known, "three_level_platform": "abc", "grid_linkage": "def"})
    with pytest.raises(StudyError, match=r"three_level_platform: abc -> \w+ .in wuliqiao_2020.\n") as refused:
        Store.open(tmp_path, STUDY)
    assert "grid_linkage" not in str(refused.value)  # no design of the study has it


def test_mechanisms_of_later_designs_are_noted_too(tmp_path):
    run(tmp_path, STUDY, most=3)
    before = json.loads((tmp_path / "versions.json").read_text("utf-8"))
    more = registry()["grid_linkage"]()
    added = STUDY.designs[0].with_(more, name="with_grids")
    Store.open(tmp_path, STUDY.with_(designs=[*STUDY.designs, added])).close()
    after = json.loads((tmp_path / "versions.json").read_text("utf-8"))
    assert after["mechanisms"].keys() - before["mechanisms"].keys() == {"grid_linkage"}
    assert after["continued"] == []
