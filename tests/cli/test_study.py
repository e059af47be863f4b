"""``cogov study`` and ``cogov report`` as a user types them."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import yaml

import cogov
from cogov import open_study
from cogov.cli import main
from cogov.kit.errors import DesignError
from cogov.report.account import assumed, numbers
from cogov.report.answer import answer
from cogov.report.facts import Facts
from cogov.report.texts import Words
from cogov.simulation import simulate
from cogov.study import Study, execute
from cogov.study.attribution import stored_attributions
from cogov.study.settings import compose_study, load_study

ROOT = Path(__file__).resolve().parents[2]
DESIGNS = "designs=[quyang_2014,wuliqiao_2020]"
QUICK = (
    "communities=small", DESIGNS, "weeks=8", "reform_week=2", "run_in=0", "replicates=2", "engine=serial",
)  # fmt: skip
BLOCKS = "design.mechanisms.three_level_platform.blocks"


@pytest.fixture(scope="module")
def quick(tmp_path_factory):
    """The folder of results of the quick study, run once for all that only need it to be there."""
    folder = tmp_path_factory.mktemp("quick")
    assert main(["study", *QUICK, f"results={folder}"]) == 0
    return folder


@pytest.fixture
def made(quick, call, tmp_path):
    """Put the quick study where typing it would have put it."""
    return lambda: shutil.copytree(quick, tmp_path / "results")


def test_the_shipped_experiment_compares_the_designs_of_five_documents_on_wuliqiao():
    study, how = compose_study()
    assert [profile.name for profile in study.communities] == ["wuliqiao"]
    documents = {number for arm in study.designs for number in arm.seed.split(", ")}
    assert documents == {"000", "001", "002", "003", "004"}
    assert all(arm.claim for arm in study.designs)
    assert (study.replicates, how.folder(study)) == (6, Path("results/compare_designs"))
    assert study == load_study("compare_designs")


def test_what_a_study_is_unless_told_otherwise_is_one_thing_in_python_and_on_the_command_line():
    typed, _ = compose_study(
        ["designs=quyang_2014", "communities=small", "replicates=8", "name=study", "run_in=0"]
    )
    asked = {"question": typed.question, "question_zh": typed.question_zh}
    written = Study(communities=["small"], designs=["quyang_2014"], places=True, **asked)
    assert typed == written


def test_a_study_is_run_continued_and_extended(call, tmp_path):
    code, out, err = call("study", *QUICK)
    assert (code, err) == (0, "")
    assert "6 of 6 runs done (6 now" in out
    assert "satisfaction" in out
    assert "Pairing by common seeds saved" in out
    assert "wuliqiao_2020 against line_hierarchy" in out
    assert "How sure" in out or "too few runs" in out
    parts = sorted(tmp_path.rglob("*.parquet"))
    assert "6 of 6 runs done (0 now" in call("study", *QUICK)[1]
    assert sorted(tmp_path.rglob("*.parquet")) == parts
    assert "9 of 9 runs done (3 now" in call("study", *QUICK, "replicates=3")[1]
    code, out, err = call("study", *QUICK, "replicates=3", "weeks=9")
    assert (code, out) == (2, "")
    assert "weeks: 8 -> 9" in err


def test_json_holds_what_the_table_says(call):
    code, out, _ = call("study", *QUICK, "outcomes=[satisfaction, cost]", "format=json")
    found = json.loads(out)
    assert code == 0
    assert found["runs"] == {"planned": 6, "done": 6, "failed": 0, "made_now": 6}
    assert {(row["outcome"], row["design"]) for row in found["comparison"]} == {
        (outcome, design)
        for outcome in ("satisfaction", "cost")
        for design in ("quyang_2014", "wuliqiao_2020")
    }
    assert all(row["finding"] for row in found["comparison"])
    assert {one["title"] for one in found["headline"]} == {
        "quyang_2014 against line_hierarchy",
        "wuliqiao_2020 against line_hierarchy",
    }


def test_the_terminal_has_the_sentences_of_the_report(call, monkeypatch):
    monkeypatch.setenv("COLUMNS", "2000")
    out = call("study", *QUICK)[1]
    facts, words = Facts.of(open_study("results/compare_designs"), "en", None), Words("en")
    for one in answer(facts, words, assumed(numbers(facts, words))).headlines:
        for text in (one.title, one.lead, *(part.text for part in one.parts)):
            assert text in out


def test_status_compact_and_export(call, made, tmp_path):
    made()
    folder = "results/compare_designs"
    before = json.loads(call("study", "status", folder, "format=json")[1])
    assert {key: before[key] for key in ("planned", "done", "failed", "missing")} == {
        "planned": 6,
        "done": 6,
        "failed": 0,
        "missing": 0,
    }
    assert "digest" in call("study", "status", folder)[1]
    assert "became 1" in call("study", "compact", folder)[1]
    after = json.loads(call("study", "status", folder, "format=json")[1])
    assert (after["parts"], after["digest"]) == (1, before["digest"])
    out = call("study", "export", folder, "format=csv", "to=tables")[1]
    assert "written: tables/runs.csv" in out
    assert len((tmp_path / "tables" / "runs.csv").read_text(encoding="utf-8").splitlines()) == 7
    assert call("study", "export", folder, "format=xlsx")[0] == 2
    assert call("study", "compact", folder, "hard=true")[0] == 2


def test_failed_runs_are_told_and_exit_with_3(call, monkeypatch):
    """What fails only in a run, whatever it is."""

    def breaks(*, design, **how):
        if design.name == "quyang_2014":
            raise DesignError("it breaks in the third week")
        return simulate(design=design, **how)

    monkeypatch.setitem(execute.__globals__, "simulate", breaks)
    settings = (*QUICK, "designs=quyang_2014", "name=failing")
    code, out, _ = call("study", *settings)
    assert code == 3
    assert "2 runs failed" in out
    assert "2 x DesignError" in out
    assert call("study", *settings)[0] == 3
    again = call("study", *settings, "retry=failed", "format=json")
    assert (again[0], json.loads(again[1])["runs"]["made_now"]) == (3, 2)


def test_a_dry_run_writes_nothing(call, made, tmp_path):
    code, out, err = call("study", *QUICK, f"parameters.{BLOCKS}=[1,2]", "dry_run=true")
    assert (code, err) == (0, "")
    assert "2 points; 4 conditions x 2 replicates" in out
    assert "8, of which 0 are there" in out
    assert list(tmp_path.iterdir()) == []
    made()
    plan = json.loads(call("study", *QUICK, "replicates=5", "dry_run=true", "format=json")[1])
    assert (plan["runs"], plan["there"], plan["workers"]) == (15, 6, 1)
    assert plan["megabytes"] > 0
    assert plan["hours"] == pytest.approx(9 * plan["seconds_a_run"] / 3600, rel=0.01, abs=1e-4)


def test_many_mechanisms_are_attributed_along_orders_and_the_price_is_said_before(call, tmp_path):
    call("study", *QUICK, "designs=wuliqiao_2020", "outcomes=[needs_met]")
    words = ("study", "attribute", "results/compare_designs", "design=wuliqiao_2020", "orders=2")
    words = (*words, "players=families", "engine.name=serial")
    price = json.loads(call(*words, "dry_run=true", "format=json")[1])
    assert not list(tmp_path.rglob("attribution"))
    assert (price["runs"], price["there"]) == (2 * 2 * 6, 0)  # replicates x orders x between none and all
    found = json.loads(call(*words, "format=json")[1])
    values = [row["value"] for row in found["effects"]]
    assert len(values) == 7
    assert sum(values) == pytest.approx(found["total"][0]["difference"], abs=1e-12)
    assert json.loads(call(*words, "dry_run=true", "format=json")[1])["there"] == price["runs"]
    attributions = stored_attributions(cogov.open_study("results/compare_designs"))
    assert list(attributions) == ["wuliqiao_2020 (families)"]
    again = attributions["wuliqiao_2020 (families)"].effects["value"]
    assert sorted(again) == pytest.approx(sorted(values))
    for wrong, message in {
        "orders=3": "must be even",
        "orders=x": "whole number",
        "players=all": "mechanisms",
        "engine.workers=x": "workers",
        "engine.wrkers=2": "wrkers",
        "dry_run=perhaps": "true or false",
    }.items():
        code, _, err = call(*words, wrong)
        assert (code, message in err) == (2, True), err


def test_the_effect_of_a_design_is_shared_out_among_its_mechanisms(call, tmp_path):
    brings = "{joint_building: {}, regional_party_building: {}}"
    two = f"{{name: two, extends: line_hierarchy, mechanisms: {brings}}}"
    call("study", *QUICK, f"designs=[{two}]", "outcomes=[satisfaction, unit_engagement]")
    words = ("study", "attribute", "results/compare_designs", "design=two", "engine=serial")
    found = json.loads(call(*words, "format=json")[1])
    assert {row["mechanism"] for row in found["effects"]} == {"joint_building", "regional_party_building"}
    for total in found["total"]:
        values = [row["value"] for row in found["effects"] if row["outcome"] == total["outcome"]]
        assert sum(values) == pytest.approx(total["difference"], abs=1e-12)
    parts = sorted(tmp_path.rglob("attribution/**/*.parquet"))
    assert "regional_party_building" in call(*words)[1]
    assert sorted(tmp_path.rglob("attribution/**/*.parquet")) == parts  # what was run is not run again
    assert list(stored_attributions(cogov.open_study("results/compare_designs"))) == ["two"]
    families = (*words, "players=families", "orders=2")
    price = json.loads(call(*families, "dry_run=true", "format=json")[1])
    assert (price["runs"], price["there"], price["workers"]) == (4, 0, 1)
    found = json.loads(call(*families, "format=json")[1])
    assert {row["mechanism"] for row in found["effects"]} == {"structure", "units"}
    for wrong, message in {
        "design=wuliqiao_2020": "two",
        "design=": "name=value",
        "engine=x": "design=",
    }.items():
        code, _, err = call(*words[:3], wrong)
        assert code == 2
        assert message in err


def test_shards_make_the_study_together(call):
    codes = [call("study", *QUICK, f"shard={part}/3")[0] for part in (3, 1, 2)]
    assert codes == [0, 0, 0]
    whole = call("study", *QUICK, "results=whole")
    assert whole[0] == 0
    folders = ("results/compare_designs", "whole/compare_designs")
    assert len({cogov.open_study(folder).digest() for folder in folders}) == 1


def test_precision_decides_on_replicates(call):
    rule = "replicates={precision: 0.5, of: [satisfaction], at_least: 6, at_most: 7}"
    code, out, _ = call("study", *QUICK[:5], "engine=serial", rule, "name=precise")
    assert code == 0
    assert "18 of 18 runs done" in out
    assert "precision of satisfaction" in out
    assert "NOT REACHED" not in out
    narrow = rule.replace("0.5", "1e-9")
    out = call("study", *QUICK[:5], "engine=serial", narrow, "name=narrow")[1]
    assert "21 of 21 runs done" in out
    assert "NOT REACHED with 7 replicates" in " ".join(out.split())


def test_a_study_from_a_file_and_from_the_folder_of_another(call, tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "defaults: [override /engine: serial]\nname: mine\nquestion: 哪个更好？\n"
        "communities: [small]\ndesigns: [quyang_2014]\n"
        "parameters:\n  design.mechanisms.joint_building.share: [0.3, 0.6]\n"
        "weeks: 8\nreform_week: 2\nrun_in: 0\nreplicates: 2\n",
        encoding="utf-8",
    )
    assert "6 of 6 runs done (6 now" in call("study", "experiment=mine.yaml")[1]
    again = call("study", "experiment=results/mine/study.yaml", "results=copy", "engine=serial")
    assert "6 of 6 runs done (6 now" in again[1]
    assert cogov.open_study("copy/mine").digest() == cogov.open_study("results/mine").digest()


def test_groups_of_ones_own_go_by_name(call, tmp_path):
    (tmp_path / "mine" / "experiment").mkdir(parents=True)
    (tmp_path / "mine" / "experiment" / "pilot.yaml").write_text(
        "# @package _global_\nname: pilot\ncommunities: [small]\ndesigns: [quyang_2014]\n", encoding="utf-8"
    )
    out = call("study", "--config-dir", "mine", "experiment=pilot", *QUICK, "dry_run=true")[1]
    assert "pilot → results/pilot" in out


def test_groups_of_a_search_path_plugin_go_by_name(tmp_path):
    """A package that is installed brings designs of its own, by Hydra's plugins."""
    plugins = tmp_path / "hydra_plugins" / "town"
    (tmp_path / "town" / "design").mkdir(parents=True)
    plugins.mkdir(parents=True)
    (tmp_path / "town" / "design" / "town_2030.yaml").write_text(
        "defaults: [quyang_2014, _self_]\nname: town_2030\n"
    )
    (plugins / "__init__.py").write_text(
        "from hydra.plugins.search_path_plugin import SearchPathPlugin\n"
        "class Town(SearchPathPlugin):\n    def manipulate_search_path(self, search_path):\n"
        f"        search_path.append('town', 'file://{tmp_path / 'town'}')\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "cogov", "study", *QUICK, "designs=town_2030", "dry_run=true"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "line_hierarchy, town_2030" in done.stdout


def test_experiments_are_hydra_applications(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def typed(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, ROOT / "experiments" / "compare_designs.py", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    quick = [word.replace("communities=small", "communities=[small]") for word in QUICK]
    done = typed("--multirun", *quick, "seed=3,4")
    assert (done.returncode, done.stderr) == (0, "")
    folders = sorted(path.name for path in (tmp_path / "results").glob("[!.]*"))
    assert len(folders) == 2
    assert [cogov.open_study(tmp_path / "results" / name).config["seed"] for name in folders] == [3, 4]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results"]
    script = shlex.join([sys.executable, f"{ROOT}/experiments/block_size.py", *quick[1:], "dry_run=true"])
    shell = f"{script} | head -1; echo ${{PIPESTATUS[0]}}"
    cut = subprocess.run(
        ["bash", "-c", shell], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert (cut.stdout.splitlines(), cut.stderr) == (["block_size → results/block_size", "0"], "")
    wrong = typed(*quick, "designs=[wuliqao]")
    assert wrong.returncode == 2
    assert "did you mean 'wuliqiao_2020'" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_ctrl_c_keeps_what_is_done_and_exits_with_130(tmp_path):
    words = (*QUICK, "replicates=9000")
    process = subprocess.Popen(
        [sys.executable, "-m", "cogov", "study", *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    folder = tmp_path / "results" / "compare_designs"
    deadline = time.monotonic() + 60
    while not (folder / "versions.json").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    worked = psutil.Process(process.pid).cpu_times
    until = worked().user + 4  # the model is imported, then runs of hundredths of a second; not on disk yet
    while worked().user < until and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    try:
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, out, err) == (130, "", "cogov: interrupted\n")
    assert cogov.open_study(folder).status().done > 0


def test_the_folder_says_what_it_is(made, tmp_path):
    made()
    folder = tmp_path / "results" / "compare_designs"
    config = yaml.safe_load((folder / "study.yaml").read_text(encoding="utf-8"))
    assert Study(**config) == cogov.open_study(folder).study
    assert "compare_designs" in (folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("study", *QUICK, "shard=3"), "shard = 3: must be like 3/16"),
        (("study", "staus", "results/x"), "unknown word after cogov study 'staus'; did you mean 'status'"),
        (("study", *QUICK, "shocks=[{"), "close every bracket and quote"),
        (("study", *QUICK, "trajectories=[resolution_rate]"), "unknown weekly measure 'resolution_rate'"),
        (("study", "status", "a_file"), "a_file: is not the folder of a study: it is a file"),
        (("study", "--config-dir", "none", "experiment=x"), "configuration folder 'none' does not exist"),
        (("report", "a_file"), "a_file: is not the folder of a study: it is a file"),
        (("study", "experiment=tabs.yaml"), "tabs.yaml, line 2: is not YAML"),
        (("study", "experiment=empty.yaml"), "empty.yaml: must be a mapping, not empty"),
    ],
)
def test_what_is_held_wrong_is_said_in_one_line(call, tmp_path, words, said):
    (tmp_path / "a_file").touch()
    (tmp_path / "empty.yaml").touch()
    (tmp_path / "tabs.yaml").write_text("name: x\n\tcommunities: [small]\n", encoding="utf-8")
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert "unicode string" not in err


def test_a_folder_with_a_blank_is_quoted_where_it_is_to_be_typed(call):
    out = call("study", *QUICK, "name=blocks", "results=研 究")[1]
    assert "next: cogov report '研 究/blocks'" in out
    assert "next: cogov report 研究/blocks" in call("study", *QUICK, "name=blocks", "results=研究")[1]


def test_an_export_of_nothing_says_so(call, made, tmp_path):
    made()
    for path in (tmp_path / "results" / "compare_designs").glob("*/*.parquet"):
        path.unlink()
    assert call("study", "export", "results/compare_designs")[1].startswith("nothing to export")
