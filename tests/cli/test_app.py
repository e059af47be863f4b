"""The command line as typed: output, exit codes, and nothing left behind by a mistake."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest

from cogov.cli import main
from cogov.cli.catalogue import THINGS
from cogov.outcomes import MEASURES
from tests.helpers import on_a_terminal

QUICK = ("community=small", "weeks=12", "reform_week=4", "run_in=0")
KEYS = {
    "community": str,
    "design": str,
    "seed": int,
    "weeks": int,
    "residents": int,
    "run_in": int,
    "unsettled": dict,
    "outcomes": dict,
    "build_seconds": float,
    "run_seconds": float,
    "peak_mb": float,
    "digest": str,
}


def call(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    try:
        code = main(argv)
    except SystemExit as leave:  # argparse's own: help, version, bad usage
        code = int(leave.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def command(*argv: str) -> list[str]:
    return [sys.executable, "-m", "cogov", *argv]


def test_run_prints_one_json_object(capsys):
    code, out, err = call(capsys, "run", *QUICK, "design=wuliqiao_2020", "seed=1", "format=json")
    result = json.loads(out)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert {key: type(value) for key, value in result.items()} == KEYS
    assert (result["community"], result["design"], result["seed"]) == ("small", "wuliqiao_2020", 1)
    assert len(result["digest"]) == 64
    assert int(result["digest"], 16) >= 0
    assert set(result["outcomes"]) <= set(MEASURES)


def test_run_prints_every_outcome_in_80_columns(capsys, monkeypatch):
    on_a_terminal(monkeypatch, 80)
    code, out, _ = call(capsys, "run", *QUICK, "seed=1")
    out = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", out)
    assert code == 0
    shown = [name for name, measure in MEASURES.items() if measure.outcome and not name.startswith("shock_")]
    assert all(name in out for name in shown)
    assert max(map(len, out.splitlines())) <= 80
    assert "digest" in out


def test_same_seed_same_digest_in_another_process(capsys):
    _, here, _ = call(capsys, "run", *QUICK, "seed=1", "format=json")
    _, other_seed, _ = call(capsys, "run", *QUICK, "seed=2", "format=json")
    done = subprocess.run(
        command("run", *QUICK, "seed=1", "format=json"), capture_output=True, text=True, check=True
    )
    digests = [json.loads(text)["digest"] for text in (here, done.stdout, other_seed)]
    assert digests[0] == digests[1] != digests[2]


def test_a_run_too_short_for_its_reform_is_refused(capsys):
    code, _, err = call(capsys, "run", "community=small", "weeks=4", "run_in=0", "format=json")
    assert code == 2
    assert "reform_week = 26: must be before the end (weeks = 4)" in err


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("mechanisms", ("grid_linkage", "三级网格", "three_level_platform")),
        ("designs", ("line_hierarchy", "quyang_2014", "wuliqiao_2020")),
        ("communities", ("small", "wuliqiao", "五里桥")),
        ("measures", ("satisfaction",)),
        ("processes", ("sense", "epidemic")),
        ("experiments", ("compare_designs", "Which design works better")),
        ("sources", ("001", "五里桥", "whb.cn 2017-04-20")),
    ],
)
def test_list(capsys, what, found):
    code, out, _ = call(capsys, "list", what)
    assert code == 0
    assert all(word in out for word in found)


def test_list_assumptions_of_a_design_and_a_community(capsys):
    code, out, _ = call(capsys, "list", "assumptions", "design=quyang_2014", "community=small", "format=json")
    assert code == 0
    found = {row["name"]: row for row in json.loads(out)}
    about = found["design.mechanisms.joint_building.share"]
    assert (about["low"], about["default"], about["high"], about["log"]) == (0.3, 0.5, 0.7, False)
    assert about["zh"] == "三联五共·结对共建"
    assert not any(name.startswith("design.mechanisms.grid_linkage.") for name in found)
    _, out, _ = call(capsys, "list", "assumptions", "format=json")
    everything = {row["name"] for row in json.loads(out)}
    assert "design.mechanisms.grid_linkage.hours" in everything
    assert len(everything) > len(found)


def test_list_alone_lists_what_can_be_listed(capsys):
    code, out, _ = call(capsys, "list")
    assert code == 0
    assert all(thing.plural in out for thing in THINGS.values())


EVERYTHING = [
    ("list",),
    *(("list", thing.plural) for thing in THINGS.values()),
    ("show", "mechanism", "grid_linkage"),
    ("show", "design", "wuliqiao_2020"),
    ("show", "community", "small"),
    ("show", "measure", "cost"),
    ("show", "process", "arise"),
    ("show", "experiment", "block_size"),
    ("show", "source", "001"),
    ("show", "assumption", "processes.sense.report_rate"),
    ("list", "assumptions", "design=quyang_2014", "community=small"),
    ("diff", "line_hierarchy", "wuliqiao_2020"),
]


@pytest.mark.parametrize("argv", EVERYTHING, ids=" ".join)
def test_lists_things_and_differences_as_json_and_csv_and_whole_in_a_pipe(capsys, monkeypatch, argv):
    monkeypatch.setenv("FORCE_COLOR", "1")  # a pipe is no place for colours
    monkeypatch.setenv("COLUMNS", "30")
    code, out, err = call(capsys, *argv)
    assert (code, err) == (0, "")
    assert "\x1b" not in out
    assert not [line for line in out.splitlines() if line != line.rstrip()]

    code, text, err = call(capsys, *argv, "format=json")
    assert (code, err, text.count("\n")) == (0, "", 1)
    content = json.loads(text)
    rows = content if isinstance(content, list) else None
    code, text, err = call(capsys, *argv, "format=csv")
    assert (code, err) == (0, "")
    table = list(csv.DictReader(io.StringIO(text)))
    assert table
    assert all(None not in row and None not in row.values() for row in table)  # as many cells as heads
    if rows is None:
        parts = [
            part for part in content.values() if isinstance(part, list) and part and type(part[0]) is dict
        ]
        assert len(table) == (sum(map(len, parts)) if parts else 1)
    else:
        assert [row["name"] for row in table] == [row["name"] for row in rows]
        assert all(" ".join(row["summary"].split()) in " ".join(out.split()) for row in rows)
        lines = out.splitlines()
        assert all(any(row["name"] in line and row["summary"] in line for line in lines) for row in rows)


def test_a_difference_in_plain_values(capsys, tmp_path):
    _, text, _ = call(capsys, "diff", "line_hierarchy", "wuliqiao_2020", "format=json")
    diff = json.loads(text)
    assert (diff["old"], diff["new"]) == ("line_hierarchy", "wuliqiao_2020")
    blocks = {"name": "block", "content": "number 3, grouping four_traits"}
    assert {"change": "added", "kind": "scope", **blocks} in diff["rules"]
    wider = tmp_path / "wider.yaml"
    wider.write_text("defaults: [wuliqiao_2020, _self_]\nmechanisms: {three_level_platform: {blocks: 6}}\n")
    _, text, _ = call(capsys, "diff", "wuliqiao_2020", str(wider), "format=json")
    (rule,) = (rule for rule in json.loads(text)["rules"] if rule["change"] == "changed")
    assert (rule["name"], rule["before"], rule["content"]) == (
        "block",
        "number 3, grouping four_traits",
        "number 6, grouping four_traits",
    )
    _, text, _ = call(capsys, "diff", "quyang_2014", "quyang_2014", "format=csv")
    assert text.strip() == ""


def test_show_community_gives_every_number_its_source(capsys):
    code, out, _ = call(capsys, "show", "community", "wuliqiao")
    assert code == 0
    assert "0.3884" in out
    assert "seed 001" in out


def test_show_design_lists_mechanisms_and_rules(capsys):
    code, out, _ = call(capsys, "show", "design", "wuliqiao_2020")
    assert code == 0
    assert all(
        word in out for word in ("three_level_platform", "blocks=3", "三级联动", "001", "scope", "payoff")
    )


def test_show_mechanism_and_measure(capsys):
    code, out, _ = call(capsys, "show", "mechanism", "grid_linkage")
    assert code == 0
    assert all(word in out for word in ("households", "三级网格", "assumed"))
    name = next(iter(MEASURES))
    code, out, _ = call(capsys, "show", "measure", name)
    assert code == 0
    assert MEASURES[name].doc in " ".join(out.split())


def test_diff(capsys):
    code, out, _ = call(capsys, "diff", "line_hierarchy", "wuliqiao_2020")
    assert code == 0
    assert "+ block" in out
    code, out, _ = call(capsys, "diff", "quyang_2014", "quyang_2014")
    assert code == 0
    assert "no difference" in out


@pytest.mark.parametrize(
    "argv", [("--help",), *((verb, "--help") for verb in ("run", "study", "report", "show"))]
)
def test_help_shows_examples(capsys, argv):
    code, out, _ = call(capsys, *argv)
    assert code == 0
    assert "cogov" in out
    assert len(argv) == 1 or "examples:" in out


def test_settings_and_options_in_any_order(capsys, tmp_path):
    (tmp_path / "design").mkdir()
    (tmp_path / "design" / "pilot.yaml").write_text("defaults: [quyang_2014, _self_]\nname: pilot\n")
    code, out, _ = call(
        capsys, "run", *QUICK, "--config-dir", str(tmp_path), "design=pilot", "seed=1", "format=json"
    )
    assert (code, json.loads(out)["design"]) == (0, "pilot")
    assert "pilot" in call(capsys, "list", "designs", "--config-dir", str(tmp_path))[1]


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("run", "community=smal"), "did you mean 'small'"),
        (("run", "wekks=3"), "did you mean 'weeks'"),
        (("run", *QUICK, "--seed", "3"), "name=value"),
        (("run", *QUICK, "design.mechanisms.three_level_platform.blocks=40"), "blocks"),
        (("list", "designs", "seed=002"), "by --seed 002, not by seed=002"),
        (("study",), "experiment=NAME with one of ablation, block_size"),
        (("study", "designs=[wuliqao]"), "did you mean 'wuliqiao_2020'"),
        (("study", "design=wuliqiao_2020"), "did you mean 'designs'"),
        (("study", "community.elder_share=0.3"), "parameters.community.elder_share=0.3"),
        (("study", "parameters.community.elder_shar=0.3"), "did you mean 'elder_share'"),
        (("study", "experiment=compare"), "did you mean 'compare_designs'"),
        (("study", "experiment=nowhere.yaml"), "nowhere.yaml: there is no such file"),
        (("study", "engine=dsk"), "did you mean 'dask'"),
        (("study", "engine.workers=0"), "workers"),
        (("study", "shard=17/16"), "17/16"),
        (("study", "shard=a"), "3/16"),
        (("study", "plan=gird"), "did you mean 'grid'"),
        (("study", "retry=faild"), "did you mean 'failed'"),
        (("study", "replicates={precision: 0.1}"), "'of'"),
        (("study", "status"), "name the folder"),
        (("study", "status", "nowhere"), "not the folder of a study"),
        (("study", "export", "nowhere", "format=csv"), "not the folder of a study"),
        (("report", "nowhere"), "not the folder of a study"),
        (("show", "design", "wuliqao_2020"), "did you mean 'wuliqiao_2020'"),
        (("show", "community", "smal"), "did you mean 'small'"),
        (("show", "community", "nowhere.csv"), "nowhere.csv"),
        (("show", "mechanism", "grid_linkge"), "did you mean 'grid_linkage'"),
        (("show", "measure", "satisfactoin"), "did you mean"),
        (("diff", "line_hierarchy", "wuliqao_2020"), "did you mean 'wuliqiao_2020'"),
        (("list", "designs", "--config-dir", "/nowhere"), "does not exist"),
        (("list", "thinks"), "Allowed: assumptions, claims, communities"),
        (("list", "desings"), "did you mean 'designs'"),
        (("list", "designs", "format=jsn"), "did you mean 'json'"),
        (("list", "designs", "fromat=json"), "did you mean 'format'"),
        (("list", "assumptions", "desing=quyang_2014"), "did you mean 'design'"),
        (("list", "assumptions", "design=quyang"), "unknown design 'quyang'"),
        (("list", "assumptions", "--seed", "002"), "assumptions are not of one document"),
        (("show",), "there are mechanism, design, community"),
        (("show", "designs"), "did you mean 'design'"),
        (("show", "design"), "name one of beicai_red_sail, everything"),
        (("show", "design", "format=json"), "name one of beicai_red_sail, everything"),
        (("show", "designs", "quyang_2014"), "did you mean 'design'"),
        (("show", "process", "sens"), "did you mean 'sense'"),
        (("show", "source", "001x"), "did you mean '001'"),
        (("diff", "line_hierarchy", "quyang_2014", "format=xml"), "unknown format 'xml'"),
        (("rn",), "invalid choice"),
        ((), "required"),
    ],
)
def test_wrong_input_is_told_and_exits_with_2(capsys, tmp_path, monkeypatch, argv, message):
    monkeypatch.chdir(tmp_path)
    code, out, err = call(capsys, *argv)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


TABLE = "compound,neighbourhood,households,year_built,storeys,fee,property_firm,owners_committee\n"


def test_a_community_from_tables(capsys, tmp_path):
    table = tmp_path / "小区 表.csv"
    table.write_text(
        TABLE + "甲,东,120,1985,6,0.8,永理,no\n乙,东,300,2004,18,2.6,中海,yes\n", encoding="utf-8"
    )
    settings = ("weeks=8", "reform_week=2", "run_in=0", "design=quyang_2014", "format=json")
    code, out, err = call(capsys, "run", f"community={table}", *settings)
    assert (code, err) == (0, "")
    assert 600 < json.loads(out)["residents"] < 2000


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (TABLE.encode(), "row"),
        (b"compound,neighbourhood\na,b\n", "households"),
        (TABLE.encode() + b"a,n,120,1985,6,0.8,f,no\na,n,120,1985,6,0.8,f,no\n", "a"),
        (TABLE.encode() + b"a,n,-5,1985,6,0.8,f,no\n", "households"),
        (TABLE.encode() + b"a,n,nan,1985,6,0.8,f,no\n", "households"),
        (TABLE.encode() + b"a,n,many,1985,6,0.8,f,no\n", "households"),
    ],
)
def test_a_wrong_table_is_told_with_its_place(capsys, tmp_path, content, message):
    table = tmp_path / "compounds.csv"
    table.write_bytes(content)
    code, out, err = call(capsys, "run", f"community={table}", "weeks=8", "reform_week=2")
    assert (code, out) == (2, "")
    assert "compounds.csv" in err
    assert message in err
    assert "Traceback" not in err


def test_a_reader_who_leaves_early_is_no_error():
    done = subprocess.run(
        f"{sys.executable} -m cogov show design wuliqiao_2020 | head -1; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[1] == "0"


def test_output_survives_a_terminal_without_chinese():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(command("list", "designs"), env=environment, capture_output=True, check=True)
    assert b"line_hierarchy" in done.stdout
