"""``cogov search`` as a user types it."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from cogov import load_design, open_study
from cogov.cli import main
from cogov.search.opened import open_search

QUICK = (
    "community=small", "over=[home_visits,service_menu]", "designs=[quyang_2014]",
    "goals=[satisfaction,cost]", "budget.yuan=150", "weeks=4", "reform_week=1", "run_in=0", "batch=4",
    "screening=2", "shortlist=4", "replicates=8", "fresh=6", "engine=serial",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A quick search, made once."""
    folder = tmp_path_factory.mktemp("quick")
    assert main(["search", *QUICK, f"results={folder}"]) == 0
    return folder


@pytest.fixture
def made(folder, call, tmp_path):
    """Put the quick search where typing it would have put it."""
    return lambda: shutil.copytree(folder, tmp_path / "results")


def test_the_price_is_said_and_nothing_is_made(call, tmp_path):
    code, out, _ = call("search", *QUICK, "dry_run=true")
    assert code == 0
    assert "2 on or off, 0 parameters: 4 designs" in out
    assert "runs         96 at most (12 to screen, 48 in the race, 36 on fresh seeds); 0 are there" in out
    assert not (tmp_path / "results").exists()
    found = json.loads(call("search", *QUICK, "dry_run=true", "format=json")[1])
    assert found["runs"] == found["screening"] + found["race"] + found["fresh"]


def test_the_same_command_runs_nothing_twice_and_says_what_was_found(call, made, tmp_path):
    made()
    before = open_study(tmp_path / "results/search/runs").digest()
    parts = sorted((tmp_path / "results").rglob("*.parquet"))
    said = (tmp_path / "results/search/search.json").read_text(encoding="utf-8")
    code, out, _ = call("search", *QUICK)
    assert code == 0
    assert "tried in small" in out
    assert "Each interval alone covers" in out
    assert "next: cogov diff line_hierarchy results/search/front/1.yaml" in out
    assert sorted((tmp_path / "results").rglob("*.parquet")) == parts
    assert open_study(tmp_path / "results/search/runs").digest() == before
    now = (tmp_path / "results/search/search.json").read_text(encoding="utf-8")
    assert json.loads(now) | {"folder": ""} == json.loads(said) | {"folder": ""}


def test_a_search_that_was_interrupted_goes_on_to_the_same_end(call, folder, tmp_path, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("cogov.search.seek._race", stopped)
        assert call("search", *QUICK)[0] == 130
    place = tmp_path / "results/search/runs"
    assert len(open_study(place).runs) == 5 * 2
    assert call("search", *QUICK, "format=json")[0] == 0
    assert open_study(place).digest() == open_study(folder / "search/runs").digest()


def test_other_goals_use_the_runs_there_are(call, made, tmp_path):
    made()
    before = len(open_study(tmp_path / "results/search/runs").runs)
    assert call("search", *QUICK, "goals=[satisfaction,needs_met]", "format=json")[0] == 0
    after = len(open_study(tmp_path / "results/search/runs").runs)
    assert before <= after <= before + 3 * 14  # at most the race and fresh runs of who was left out
    code, _, err = call("search", *QUICK, "weeks=7")
    assert code == 2
    assert "weeks: 4 -> 7" in err


def test_every_design_of_the_front_is_a_file_that_other_commands_read(call, made, tmp_path):
    made()
    files = sorted((tmp_path / "results/search/front").glob("*.yaml"))
    found = json.loads((tmp_path / "results/search/search.json").read_text(encoding="utf-8"))
    assert [one["file"] for one in found["front"]] == [f"front/{path.name}" for path in files]
    assert files
    for path in files:
        assert load_design(path).mechanisms
        assert call("diff", "line_hierarchy", str(path))[0] == 0
    assert (
        call("run", "community=small", f"design={files[0]}", "weeks=4", "reform_week=1", "run_in=0")[0] == 0
    )


def test_all_designs_tried_are_in_a_table_and_the_front_in_figures(made, tmp_path):
    made()
    place = tmp_path / "results/search"
    tried = pd.read_csv(place / "tried.csv")
    assert set(tried["fate"]) <= {"front", "alike", "beaten", "over", "screened", "failed"}
    assert {"line_hierarchy", "quyang_2014"} < set(tried["design"])
    assert all((place / f"front-{lang}.png").stat().st_size > 10_000 for lang in ("en", "zh"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["over=[home_visit]"], "did you mean 'home_visits'"),
        (["goals=[satisfaction,resolved]"], "neither more nor less of 'resolved' is better"),
        (["budget.yuan=-1"], "must be at least 0"),
        (["budgets.yuan=1"], "unknown setting 'budgets'; did you mean 'budget'"),
        (["parameters.design.mechanisms.home_visits.visit=[0.1]"], "did you mean 'visits'"),
    ],
)
def test_bad_input_is_named(call, words, said):
    code, out, err = call("search", *QUICK, *words)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", ("What each adds to line_hierarchy", "The documents&#39; own designs", "Each interval alone")),
        ("zh", ("各方案在条线治理（基准）之上增加什么", "文件中的方案", "每个区间各自")),
    ],
)
def test_the_report_of_a_search_has_its_answer_front_and_price(call, made, tmp_path, lang, says):
    made()
    parts = sorted((tmp_path / "results").rglob("*.parquet"))
    code, out, _ = call("report", "results/search", f"lang={lang}", f"to={tmp_path / 'page.html'}")
    assert code == 0
    assert "written" in out
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert all(text in page for text in says)
    assert 'src="data:image/' in page
    assert "{" not in page.partition("</style>")[2]
    front = pd.read_csv(tmp_path / "results/search/front.csv")
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr")
    assert rows == front["front"].nunique()
    assert sorted((tmp_path / "results").rglob("*.parquet")) == parts  # nothing is run for it


def test_a_search_that_is_not_finished_has_no_report_yet(call, made, tmp_path):
    made()
    config = tmp_path / "results/search/search.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("fresh: 6", "fresh: 7"), encoding="utf-8")
    code, _, said = call("report", "results/search")
    assert code == 2
    assert "not finished" in said
    assert not list((tmp_path / "results/search").glob("report*"))


def test_a_search_is_opened_as_it_was_found(made, tmp_path):
    made()
    found = open_search(tmp_path / "results/search")
    said = json.loads((tmp_path / "results/search/search.json").read_text(encoding="utf-8"))
    now = json.loads(json.dumps(found.as_dict()))
    assert now | {"folder": ""} == said | {"folder": ""}
