"""cogov trace: what it follows, says, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cogov.cli import main
from cogov.trace import read_events

SHORT = ("community=small", "design=wuliqiao_2020", "seed=1", "weeks=6", "reform_week=0", "run_in=0")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("events") / "events.parquet"
    assert main(["trace", *SHORT, "issues=all", "organisations=u3", f"write={path}"]) == 0
    return path


def test_counts_what_was_followed_and_says_where_it_was_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "some.parquet"
    assert main(["trace", *SHORT, f"write={path}"]) == 0
    out = capsys.readouterr().out
    events = read_events(path)
    assert "issues sample:200" in out
    assert f"{events.case_id.nunique()} cases followed, {len(events):,} events" in out
    assert f"written: {path}" in out.replace("\n", "")


def test_a_story_is_the_same_from_the_run_and_from_its_file(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    case = read_events(file).case_id.iloc[0]
    assert main(["trace", *SHORT, f"issue={case}"]) == 0
    told = capsys.readouterr().out
    assert main(["trace", str(file), f"issue={case}"]) == 0
    assert capsys.readouterr().out == told
    assert told.startswith(f"Issue {case}: ")
    assert main(["trace", str(file), f"issue={case}", "lang=zh"]) == 0
    assert capsys.readouterr().out.startswith(f"个案 {case}：")
    assert main(["trace", str(file), f"issue={case}", "format=json"]) == 0
    events = json.loads(capsys.readouterr().out)
    assert {event["case_id"] for event in events} == {case}


def test_the_table_of_a_file_is_in_chinese_too(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert main(["trace", str(file), "lang=zh"]) == 0
    assert "跟踪个案" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*SHORT, "issus=all"), "did you mean 'issues'"),
        ((*SHORT, "issue=w1n99999"), "nothing happened"),
        ((*SHORT, "issue=99"), "must be all"),
        ((*SHORT, "issue=w1n1", "resident=r1"), "one story at a time"),
        ((*SHORT, "residents=r999999"), "there are"),
        ((*SHORT, "organisations=r1"), "u3 or f1"),
        ((*SHORT, "write=events.csv"), ".parquet"),
        ((*SHORT, "write=nowhere/events.parquet"), "no folder"),
        ((*SHORT, "lang=fr"), "unknown language"),
        ((*SHORT, "format=csv"), "unknown format"),
        ((*SHORT, "start=monday"), "must be a date"),
        (("none.parquet",), "no such file"),
        (("none.parquet", "seed=1"), "leave settings of a run out"),
    ],
)
def test_wrong_input_is_told_and_exits_with_2(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert main(["trace", *words]) == 2
    assert said in capsys.readouterr().err
