"""Why two designs came out differently: the parts account for the whole, and a user is told."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import cogov
from cogov import Why, simulate, why
from cogov.cli import main
from cogov.kit.errors import ConfigError
from cogov.reasons import words
from cogov.reasons.answer import LEVELS, TABLES
from cogov.reasons.cases import REMAINDER, classes
from cogov.reasons.hours import bought
from cogov.reasons.lived import paired
from cogov.reasons.pictures import channels, pictures
from cogov.reasons.spread import TOLD, spread, together
from cogov.reasons.telling import signed
from cogov.terms import Service
from tests.helpers import small

SHORT = {"weeks": 20, "reform_week": 4, "run_in": 0}
PLACE = small(residents=700)
A, B = "line_hierarchy", "wuliqiao_2020"


@cache
def of(design: str, seed: int) -> dict[str, float]:
    return simulate(PLACE, design, seed, **SHORT).outcomes


@pytest.fixture(scope="module")
def same() -> Why:
    return why(B, B, PLACE, seeds=(1,), **SHORT)


RECORDED = 1e-7
"""Means of levels are recorded in single precision."""


@pytest.fixture(scope="module")
def found() -> Why:
    return why(A, B, PLACE, seeds=(1, 2), outcome="resolution_rate", **SHORT)


def test_channels_account_for_the_whole_difference_of_what_runs_come_to(found):
    for level in (*LEVELS, "satisfaction_services"):
        gap = np.mean([of(B, seed)[level] - of(A, seed)[level] for seed in (1, 2)])
        if level == "satisfaction_services":  # as every run records it
            mine = found.channels[found.channels["outcome"] == "satisfaction"].set_index("channel")
            assert mine.loc[list(Service.labels()), "difference"].sum() == pytest.approx(gap, abs=1e-6)
            continue
        assert found.total(level)["difference"] == pytest.approx(gap, abs=RECORDED)
        mine = found.channels[found.channels["outcome"] == level]
        assert mine["difference"].sum() == pytest.approx(gap, abs=RECORDED)
        assert mine["a"].sum() == pytest.approx(found.total(level)["a"], abs=RECORDED)
        remainder = mine[mine["channel"] == "remainder"]
        assert abs(remainder["difference"].item()) < 1e-6


def test_classes_of_issues_account_for_every_difference_of_what_became_of_issues(found):
    rest = found.classes[found.classes["path"] == REMAINDER]
    assert found.classes["difference"].sum() == pytest.approx(found.total("resolution_rate")["difference"])
    assert abs(rest["difference"].item()) < 1e-12
    sums = found.classes[["resolved", "lost", "weeks"]].sum()
    for measure in ("resolved", "lost"):
        assert sums[measure] == pytest.approx(found.total(measure)["difference"])
    unsolved = [np.mean([of(design, seed)[name] for seed in (1, 2) for name in ("latent", "open")])
                for design in (A, B)]  # fmt: skip
    assert sums["weeks"] / 16 == pytest.approx(2 * (unsolved[1] - unsolved[0]))
    people = found.cases["weeks"] * found.cases["people"]
    assert found.cases["person_weeks"].tolist() == people.tolist()
    arrived = np.mean([of(A, seed)["arrived"] for seed in (1, 2)])
    assert found.classes["issues"].sum() > arrived > 0


@settings(max_examples=3, deadline=None)
@given(
    st.lists(st.sampled_from(("line_hierarchy", B, "quyang_2014", "everything")), min_size=2, max_size=2),
    st.sampled_from(("resolution_rate", "resolved", "lost")),
    st.integers(1, 5),
    st.sampled_from((3.0, 8.0)),
)
def test_the_parts_add_up_for_any_pair(designs, outcome, seed, norm):
    rest = {"weeks": 16, "reform_week": 2, "run_in": 0, "processes": {"appraise": {"norm": norm}}}
    found = why(*designs, small(residents=300), seeds=(seed,), outcome=outcome, **rest)
    remainder = found.classes.loc[found.classes["path"] == REMAINDER, "difference"].item()
    assert abs(remainder) < 1e-9
    for level in LEVELS:
        parts = found.channels.loc[found.channels["outcome"] == level]
        assert parts["difference"].sum() == pytest.approx(found.total(level)["difference"], abs=RECORDED)
        assert parts.loc[parts["channel"] == REMAINDER, "difference"].abs().max() < 1e-6


def test_stories_tell_one_issue_of_each_of_the_largest_classes(found):
    told = found.stories.groupby("story").first()
    assert 0 < len(told) <= 3
    assert told["case_id"].is_unique
    for _, one in found.stories.groupby("story"):
        assert set(one["side"]) <= {"both", "a", "b"}
        assert set(one["side"]) & {"a", "b"}
        for side in ("a", "b"):
            weeks = one.loc[one["side"].isin(["both", side]), "week"].tolist()
            assert weeks == sorted(weeks)
    case = found.cases[(found.cases["seed"] == 1) & (found.cases["case_id"] == told["case_id"].iloc[0])]
    assert case["path"].item() == told["path"].iloc[0]
    assert told["case_id"].iloc[0] in found.text()
    assert told["case_id"].iloc[0] in found.text("zh")


def test_groups_of_each_division_account_for_it_too(found):
    parts = found.groups.groupby(["outcome", "by"])["contribution"].sum()
    for (level, _), part in parts.items():
        assert part == pytest.approx(found.total(level)["difference"], abs=RECORDED)
    rows = found.groups[found.groups["by"] == "tenure"]
    mine = rows[rows["outcome"] == "satisfaction"]
    people = mine.drop_duplicates("group")["residents"].sum()
    np.testing.assert_allclose(
        (mine["difference"] * mine["residents"]).sum() / people, mine["contribution"].sum(), rtol=0.01
    )


def test_hours_are_all_that_posts_and_departments_spent(found):
    kinds = ("committee", "firm", "office", "volunteers", "posts", "departments")
    spent = np.mean([sum(of(B, seed)[f"hours_{kind}"] for kind in kinds) for seed in (1, 2)])
    assert found.hours["b"].sum() == pytest.approx(spent)


def test_a_design_against_itself_differs_in_nothing(same):
    assert set(same.classes["path"]) == {"same", REMAINDER}
    assert same.stories.empty
    for table in (same.totals, same.channels, same.groups, same.hours):
        assert (table["difference"] == 0).all()
    assert "0.000" in same.headline()


def test_groups_of_people_are_the_sum_of_their_channels(found):
    keys = ["outcome", "by", "group"]
    sums = found.groups.groupby(keys)[["difference", "contribution"]].sum()
    mine = found.people.set_index(keys)
    np.testing.assert_allclose(mine.loc[sums.index, sums.columns], sums, atol=1e-12)


def test_the_spread_is_over_seeds(found, same):
    for table in (found.totals, found.channels, found.hours):
        assert (table["least"] <= table["difference"] + 1e-12).all()
        assert (table["difference"] <= table["most"] + 1e-12).all()
    assert (found.totals["least"] < found.totals["most"]).any()
    assert found.totals["low"].isna().all()  # two seeds carry no interval
    assert "over 2 seeds: too few" in found.headline()
    assert "may be chance" in same.headline()
    assert "bracket" not in same.text()


@pytest.fixture(scope="module")
def seven() -> Why:
    rest = {"weeks": 12, "reform_week": 2, "run_in": 0}
    return why(A, B, small(residents=300), seeds=range(1, 8), **rest)


def students(gaps) -> tuple[float, float]:
    return stats.t.interval(0.95, len(gaps) - 1, np.mean(gaps), stats.sem(gaps))


def test_every_interval_is_students_of_the_difference_within_seeds():
    a, b = (
        np.random.default_rng(3).normal(size=(2, 8, 3)) + np.arange(8)[:, None]
    )  # seeds differ, gaps do not
    frames = [[pd.DataFrame({"channel": list("xyz"), "value": values}) for values in pair]
              for pair in zip(a, b, strict=True)]  # fmt: skip
    found = paired(frames, ["channel"])
    for place, row in enumerate(found.to_dict("records")):
        assert (row["low"], row["high"]) == pytest.approx(students((b - a)[:, place]))
        assert row["from_zero"] == ("apart" if row["low"] > 0 or row["high"] < 0 else "not_apart")
    wide = students(b[:, 0])[1] - students(b[:, 0])[0]
    assert found["high"][0] - found["low"][0] < wide  # what a seed does to both is in neither


def test_intervals_of_classes_are_over_seeds_those_without_an_issue_among_them():
    parts = [0.0, 1.0, 2.0, 0.5, 3.0, 1.5, 2.5]
    rest = dict.fromkeys(("resolved", "in_time", "lost", "weeks", "person_weeks"), 0.0)
    rows = [{"path": "same", "by": "", "difference": 0.0} | rest]
    more = {"path": "other", "by": "x"} | rest
    tables = [pd.DataFrame([*rows, *([more | {"difference": part}] if part else [])]) for part in parts]
    found = classes(tables, parts).set_index("path")
    assert found.loc["other", ["low", "high"]].tolist() == pytest.approx(students(parts))
    assert found["from_zero"].to_dict() == {"other": "apart", "same": "constant", REMAINDER: "constant"}


@pytest.mark.parametrize(
    ("lang", "covers", "unknown"),
    [("en", "not what is assumed of the model", "not told from 0"), ("zh", "不涵盖模型假设", "与0无法区分")],
)
def test_the_answer_says_what_intervals_cover_and_what_cannot_be_told_from_nothing(
    seven, lang, covers, unknown
):
    asked = replace(seven, outcome="satisfaction").text(lang)
    assert covers in asked
    table = seven.channels.assign(from_zero="not_apart")
    assert unknown in replace(seven, outcome="satisfaction", channels=table).text(lang)
    total = seven.total("satisfaction")
    assert signed(total["low"], 3) in asked.splitlines()[0]
    nothing = seven.totals.assign(from_zero="not_apart")
    assert {"en": "cannot be told from 0", "zh": "与0无法区分"}[lang] in replace(
        seven, totals=nothing
    ).headline(lang)


def test_tables_are_written_as_csv_and_parquet(seven, tmp_path):
    written = seven.write(tmp_path)
    assert {path.name for path in written} == {
        f"{name}.{end}" for name in TABLES for end in ("csv", "parquet")
    }
    for read, ending in ((pd.read_csv, "csv"), (pd.read_parquet, "parquet")):
        table = read(tmp_path / f"classes.{ending}")
        assert table["low"].to_numpy() == pytest.approx(seven.classes["low"].to_numpy(), nan_ok=True)
        assert table["from_zero"].tolist() == seven.classes["from_zero"].tolist()


def test_the_bars_of_a_figure_have_intervals_as_whiskers(seven):
    axes = channels(replace(seven, outcome="satisfaction")).axes[0]
    rows = seven.channels[(seven.channels["outcome"] == "satisfaction") & seven.channels["low"].notna()]
    ends = [line.get_segments()[0] for line in axes.collections]
    lengths = [np.ptp(end[:, 0]) for end in ends if np.isfinite(end).all() and end.ndim == 2]
    assert max(lengths) == pytest.approx((rows["high"] - rows["low"]).max())
    assert "bar: 95 % interval" in [text.get_text() for text in axes.figure.legends[0].get_texts()]


def test_what_one_design_does_not_have_is_nothing():
    a = pd.DataFrame({"post": ["x"], "value": [2.0]})
    b = pd.DataFrame({"post": ["y"], "value": [3.0]})
    found = paired([(a, b), (a, a)], ["post"])
    assert found.drop(columns=["low", "high"]).to_dict("list") == {
        "post": ["x", "y"], "a": [2.0, 0.0], "b": [1.0, 1.5], "difference": [-1.0, 1.5],
        "least": [-2.0, 0.0], "most": [0.0, 3.0], "from_zero": ["no_interval"] * 2,
    }  # fmt: skip


def test_it_is_said_why_there_is_no_interval():
    gaps = np.array([[1.0, 0.0, 2.0 + 1e-15 * seed, float(seed), float(seed) - 3] for seed in range(7)])
    gaps[0, 1] = 1.0
    assert spread(gaps)["from_zero"].tolist() == ["constant", "no_interval", "constant", "apart", "not_apart"]
    assert set(spread(gaps[:1])["from_zero"]) == {"one_seed"}
    assert {"constant", "no_interval", "apart", "not_apart", "one_seed"} == set(TOLD)


def test_hours_buy_what_comes_of_them_in_a_week(found):
    run = of(A, 1) | {"weeks": 16.0}
    table = bought([(run, run)]).set_index("duty")
    assert table.loc["tasks", "a"] == pytest.approx(run["tasks_done"] / 16)
    assert table.loc["tasks", "per_100_a"] == pytest.approx(100 * run["tasks_done"] / 16 / run["hours_tasks"])
    idle = run | {"hours_asking": 0.0, "hours_placing": 0.0}
    assert np.isnan(bought([(idle, idle)]).set_index("duty").loc["asking", "per_100_a"])


def test_everything_has_its_words_in_both_languages(found):
    for name in {*found.channels["channel"]}:
        assert words.channel(name, "zh") != words.channel(name)
    for name in {*found.groups["by"], *found.groups["group"]}:
        assert words.group(name, "zh") != words.group(name)
    assert set(found.bought["duty"]) == set(words.BOUGHT)
    assert "按期解决率" in found.text("zh")
    assert "获得感" in replace(found, outcome="satisfaction").text("zh")
    assert found.headline() == found.text().splitlines()[0]


def test_an_answer_is_plain_values(found):
    whole = json.loads(found.to_json())
    assert whole["a"] == A
    assert whole["seeds"] == [1, 2]
    assert len(whole["channels"]) == len(found.channels)


def test_every_story_has_a_figure_and_every_figure_is_drawn_in_both_languages(found):
    stories = {f"story_{number}" for number in found.stories["story"]}
    assert set(pictures(found)) == {"channels", "paths", "hours", *stories}
    assert channels(replace(found, outcome="satisfaction"), "zh").axes


def test_the_command_says_what_it_will_run_and_answers(capsys, tmp_path):
    short = ["weeks=6", "reform_week=2", "run_in=0", "community.residents=300"]
    words = ["why", A, B, "community=small", "seed=3", "replicates=1", "format=json", "outcome=satisfaction"]
    tables = tmp_path / "tables"
    assert main([*words, *short, f"figures={tmp_path}", f"tables={tables}"]) == 0
    assert (tables / "classes.csv").exists()
    out, told = capsys.readouterr()
    assert json.loads(out)["seeds"] == [3]
    assert told.startswith(f"2 runs: {A} and {B} on small")
    assert {"channels", "paths", "hours"} <= {path.stem for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["lin_hierarchy", B], "line_hierarchy"),
        ([A, B, "outcome=satisfactoin"], "did you mean 'satisfaction'"),
        ([A, B, "format=csv"], "json, text"),
        ([A, B, "replicates=none"], "whole number"),
        ([A, B, "design=everything"], "by name"),
        ([A, B, "weks=3"], "weeks"),
        ([A, B, "lang=fr"], "lang"),
    ],
)
def test_what_cannot_be_used_is_named_before_anything_runs(words, says, capsys):
    assert main(["why", *words]) == 2
    out, told = capsys.readouterr()
    assert not out
    assert says in told
    assert "Traceback" not in told


def test_without_a_seed_there_is_nothing_to_compare():
    with pytest.raises(ConfigError, match="seeds"):
        why(A, B, PLACE, seeds=())
    assert cogov.why is why


def test_the_answer_is_the_same_with_any_number_of_workers(found):
    told = []
    two = why(
        A,
        B,
        PLACE,
        seeds=(1, 2),
        outcome="resolution_rate",
        workers=2,
        on_run=lambda: told.append(1),
        **SHORT,
    )
    assert len(told) == 4
    assert two.to_json() == found.to_json()
    pd.testing.assert_frame_equal(two.cases, found.cases)
    for one, other in zip(two.events, found.events, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_no_english_name_of_a_design_or_community_is_left_in_chinese(found):
    text = found.text("zh")
    assert "条线治理（基准）" in text
    assert A not in text
    assert B not in text
    shown = {
        part.get_text()
        for figure in pictures(found, "zh").values()
        for part in figure.findobj(lambda part: hasattr(part, "get_text"))
    }
    assert "条线治理（基准）" in shown
    assert not any(A in part or B in part for part in shown)


def test_the_interval_of_all_others_is_of_their_sum_seed_by_seed():
    gaps = np.array([[1.0, -1.1], [5.0, -4.5], [-2.0, 2.1], [9.0, -9.3], [4.0, -4.2], [0.5, -0.1]])
    both = together(gaps)
    low, high = stats.ttest_1samp(gaps.sum(1), 0.0).confidence_interval()
    assert (both["low"], both["high"]) == pytest.approx((low, high))
    assert both["difference"] == pytest.approx(gaps.sum(1).mean())
