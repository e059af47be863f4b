"""A trace tells what happened to issues, adds up to what was booked, and changes nothing."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cogov import Epidemic, GovernanceModel, load_design, simulate
from cogov.activities.cases import Choice
from cogov.kit.errors import CogovError
from cogov.processes.declared import DECLARED
from cogov.processes.projects import PERMITTING
from cogov.state.purses import YUAN, Pledge, Purses
from cogov.trace import ACTIVITIES, SCHEMA, Trace, case_id, issue_number, read_events, story
from cogov.trace.moved import LEVELS, MOVED_BY, STEP, TABLES, held
from tests.helpers import built

DESIGNS = ("line_hierarchy", "wuliqiao_2020", "yangpu_2022", "everything")
WHOLE = ("handling", "reports", "orders", "replies", "summons", "taking_over")
"""Duties whose hours are all spent on single issues."""
COUNTED = {
    "arisen": "arrived",
    "noticed": "noticed",
    "resolved": "resolved",
    "ordered": "orders",
    "bounced": "bounced",
    "rework": "reworked",
}
"""Activities and the weekly measures that count them."""
ENDS = [name for name, activity in ACTIVITIES.items() if activity.ends]
BEGINS = ["open_at_start", "arisen"]


def followed(design: str, trace: Trace | None, weeks: int = 30, **more: object) -> GovernanceModel:
    more = {"reform_week": 0, "run_in": 0, "rng": 1} | more
    model = GovernanceModel(built(), load_design(design), weeks=weeks, trace=trace, **more)
    model.run_until(weeks)
    return model


@pytest.fixture(scope="module", params=DESIGNS)
def model(request: pytest.FixtureRequest) -> GovernanceModel:
    return followed(request.param, Trace("all"))


def test_no_result_depends_on_a_trace(model: GovernanceModel) -> None:
    assert model.record.digest() == followed(model.design.name, None).record.digest()


def test_hours_of_events_are_what_the_ledger_booked(model: GovernanceModel) -> None:
    assert model.trace is not None
    events, series = model.trace.to_frame(), model.record.to_frame()
    spent = events.pivot_table(index="week", columns="duty", values="hours", aggfunc="sum", observed=True)
    spent = spent.reindex(series.index).fillna(0)
    for duty in WHOLE:
        found = spent[duty] if duty in spent else 0 * spent.sum(axis=1)
        np.testing.assert_allclose(found, series[f"hours_{duty}"], atol=1e-9, err_msg=duty)
    lines = spent.reindex(columns=["files", "parts"]).fillna(0).sum(axis=1)
    works = model.works.projects or model.works.built  # permits take departments' hours as well
    assert (lines <= series["hours_departments"] + 1e-9).all()
    if not works and not model.institutions.detached:
        np.testing.assert_allclose(lines, series["hours_departments"], atol=1e-9)


def test_counts_of_events_are_the_measures(model: GovernanceModel) -> None:
    assert model.trace is not None
    events, series = model.trace.to_frame(), model.record.to_frame()
    weekly = pd.crosstab(events.week, events.activity).reindex(series.index, fill_value=0)
    weekly = weekly.reindex(columns=list(ACTIVITIES), fill_value=0)
    for activity, measure in COUNTED.items():
        assert weekly[activity].tolist() == series[measure].tolist(), activity
    assert weekly[["given_up", "lost", "dropped"]].sum(axis=1).tolist() == series["lost"].tolist()


def test_every_case_begins_once_and_ends_at_most_once(model: GovernanceModel) -> None:
    assert model.trace is not None
    events = model.trace.to_frame()
    assert (events.groupby("case_id", observed=True).timestamp.diff().dropna() >= pd.Timedelta(0)).all()
    first = events.groupby("case_id", observed=True).activity.first()
    assert first.isin(BEGINS).all()
    begins = events[events.activity.isin(BEGINS)].case_id
    assert begins.is_unique
    ends = events[events.activity.isin(ENDS)]
    assert ends.case_id.is_unique
    last = events.groupby("case_id", observed=True).activity.last()
    assert (last[ends.case_id].to_numpy() == ends.activity.to_numpy()).all()
    open_ = np.unique(model.issues.id[model.issues.state < 6])
    assert set(events.case_id) - set(ends.case_id) == {case_id(number) for number in open_.tolist()}


def test_rules_of_events_are_rules_of_the_design(model: GovernanceModel) -> None:
    assert model.trace is not None
    events = model.trace.to_frame()
    rules = {f"{kind}/{name}" for kind, name in model.institutions.laid}
    assert set(events.rule) - {""} <= rules
    for activity in ("noticed", "handled", "assigned", "agreed", "summoned", "taken_over", "ordered"):
        assert (events.rule[events.activity == activity] != "").all(), activity


def test_a_sample_is_the_same_under_every_design_and_part_of_the_whole() -> None:
    whole = followed("wuliqiao_2020", Trace("all")).trace
    one, other = (followed(name, Trace("sample:60")).trace for name in ("wuliqiao_2020", "line_hierarchy"))
    assert whole is not None
    assert one is not None
    assert other is not None
    all_, mine, theirs = (trace.to_frame() for trace in (whole, one, other))
    assert 30 < mine.case_id.nunique() < 100
    # An issue that firms or neighbours prevent under one design alone is in one of them alone.
    different = set(mine.case_id) ^ set(theirs.case_id)
    assert len(different) < 0.2 * mine.case_id.nunique()
    both = set(mine.case_id) & set(theirs.case_id)
    births = [frame[frame.activity == "arisen"].set_index("case_id") for frame in (mine, theirs)]
    one_, other_ = (frame.loc[sorted(both), ["week", "compound", "kind", "value"]] for frame in births)
    pd.testing.assert_frame_equal(one_, other_, check_categorical=False)
    plain = ["case_id", "activity", "week", "resource", "rule", "hours"]
    part = all_[all_.case_id.isin(mine.case_id.unique())].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        part[plain].astype(str), mine.reset_index(drop=True)[plain].astype(str), check_dtype=False
    )


def test_named_cases_alone_are_followed() -> None:
    whole = followed("line_hierarchy", Trace("all"), 20).trace
    assert whole is not None
    cases = sorted(set(whole.to_frame().case_id))[:2]
    trace = followed("line_hierarchy", Trace(cases), 20).trace
    assert trace is not None
    assert sorted(set(trace.to_frame().case_id)) == cases


def test_a_trace_begins_after_the_run_in_with_what_is_open() -> None:
    run = {"reform_week": 4, "run_in": 104}
    model = followed("wuliqiao_2020", Trace("all"), 12, **run)
    assert model.trace is not None
    events = model.trace.to_frame()
    start = events[events.week == 0]
    assert (start.activity == "open_at_start").all()
    assert start.case_id.str.startswith("w-").any()
    assert events.week.max() == 12
    assert model.record.digest() == followed("wuliqiao_2020", None, 12, **run).record.digest()
    result = simulate(built(), "wuliqiao_2020", 1, weeks=12, trace=Trace("all"), **run)
    pd.testing.assert_frame_equal(result.events, events, check_categorical=False)


def test_the_twin_without_a_shock_has_a_trace_of_its_own() -> None:
    model = followed("line_hierarchy", Trace("all"), 20, shocks=(Epidemic(week=8, length=6, factor=8.0),))
    assert model.twin is not None
    assert model.trace is not None
    assert model.twin.trace is not None
    struck, calm = model.trace.to_frame(), model.twin.trace.to_frame()
    assert struck[struck.week < 8].astype(str).equals(calm[calm.week < 8].astype(str))
    assert len(struck) > len(calm)
    alone = copy.deepcopy(model)
    alone.last_week = 30
    assert alone.trace is not None
    before = model.trace.events
    alone.trace.note(ACTIVITIES["chased"], np.array([0]))
    assert (model.trace.events, alone.trace.events) == (before, before + 1)


def test_events_come_back_from_a_file_as_they_were(tmp_path: Path) -> None:
    trace = followed("line_hierarchy", Trace("all"), 8).trace
    assert trace is not None
    frame, back = trace.to_frame(), read_events(trace.to_parquet(tmp_path / "events.parquet"))
    assert list(back.columns) == list(SCHEMA)
    assert back.attrs == frame.attrs | {"start": "2024-01-01"}
    pd.testing.assert_frame_equal(back.astype(str), frame.astype(str), check_dtype=False)
    assert [path.name for path in tmp_path.iterdir()] == ["events.parquet"]
    with pytest.raises(CogovError, match="no such file"):
        read_events(tmp_path / "none.parquet")


@pytest.mark.parametrize("number", [0, 5, (31 << 32) + 5, (-2 << 32) + 7])
def test_a_case_is_read_back(number: int) -> None:
    assert issue_number(case_id(number)) == number


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("sample", "sample:200"),
        ("sample:0", "sample:200"),
        ("sampel:20", "must be all"),
        ("", "follows nothing"),
        ("w3", "w31n5"),
        (7, "must be all"),
        ([], "follows nothing"),
    ],
)
def test_what_cannot_be_followed_is_refused(given: object, said: str) -> None:
    with pytest.raises(CogovError, match=said):
        Trace(given)  # type: ignore[arg-type]


def test_weeks_begin_on_a_monday() -> None:
    with pytest.raises(CogovError, match="2024-02-26"):
        Trace("all", start="2024-03-01")


@pytest.fixture(scope="module")
def people() -> GovernanceModel:
    return followed("wuliqiao_2020", Trace("", residents="sample:40", organisations="all"), 27)


def test_what_moved_adds_up_to_where_it_stands(people: GovernanceModel) -> None:
    assert people.trace is not None
    events, start = people.trace.to_frame(), GovernanceModel(built(), "wuliqiao_2020", rng=1, run_in=0)
    assert people.record.digest() == followed("wuliqiao_2020", None, 27).record.digest()
    for of, table in TABLES.items():
        for name in LEVELS[of]:
            moved = events[(events.case_type == of) & (events.outcome == name) & ~events.before.isna()]
            first = moved.groupby("case_id", observed=True).before.first()
            last = moved.groupby("case_id", observed=True).value.last()
            row = first.index.str[1:].astype(int)
            assert first.tolist() == getattr(getattr(start, table), name)[row].astype(float).tolist()
            assert last.tolist() == getattr(getattr(people, table), name)[row].astype(float).tolist()
            after = moved.groupby("case_id", observed=True).value.shift()  # one follows on the other
            assert (after.dropna() == moved.before[after.notna()]).all()
    assert {"lived_through", "judged", "took_stock", "met", "asked", "weighed"} <= set(events.activity)


def test_whatever_can_move_is_looked_at() -> None:
    for of, table in TABLES.items():
        for said in DECLARED.values():
            for name in LEVELS[of]:
                if {table, f"{table}.{name}"} & set(said.writes):
                    assert said.name in MOVED_BY, f"{said.name} writes {table}.{name}"


def test_terms_of_a_unit_add_up_to_its_decision(people: GovernanceModel) -> None:
    assert people.trace is not None
    events = people.trace.to_frame()
    speed = people.parameters.units.speed
    units = events[events.case_type == "unit"]
    urge = units[units.activity == "weighed"].groupby(["case_id", "week"], observed=True).value.sum()
    moved = units[units.outcome == "engagement"].set_index(["case_id", "week"])
    expected = moved.before + speed * (1 / (1 + np.exp(-urge.loc[moved.index])) - moved.before)
    np.testing.assert_allclose(moved.value, expected, rtol=1e-5)


def test_who_is_not_there_cannot_be_followed() -> None:
    with pytest.raises(CogovError, match="firm f99: there are"):
        followed("line_hierarchy", Trace("", organisations=["f99"]), 1)


def test_a_story_tells_every_event_in_both_languages(model: GovernanceModel, people: GovernanceModel) -> None:
    for traced in (model, people):
        assert traced.trace is not None
        events = traced.trace.to_frame()
        longest = events.groupby("case_id", observed=True).size().sort_values().index[-25:]
        for case in longest:
            told = {lang: story(events, case, lang) for lang in ("en", "zh")}
            number = (events.case_id == case).sum()
            for lines in told.values():
                assert len(lines) - 1 in (number, number + 1)
                assert not [line for line in lines if re.search(r"\{|\bnan\b", line)]
            letters = "".join(told["zh"])
            assert "_" not in letters.replace("w-", ""), letters
    with pytest.raises(CogovError, match="not among"):
        story(events, "w99n99")


@pytest.fixture(scope="module")
def built_up() -> GovernanceModel:
    return followed("everything", Trace("", organisations="all", projects="all", posts="all"), 60)


def of_type(model: GovernanceModel, of: str) -> pd.DataFrame:
    assert model.trace is not None
    events = model.trace.to_frame()
    return events[events.case_type == of]


def test_no_result_depends_on_following_projects_posts_and_verdicts(built_up: GovernanceModel) -> None:
    assert built_up.record.digest() == followed("everything", None, 60).record.digest()


def test_a_project_begins_once_and_ends_when_it_stands_or_is_given_up(built_up: GovernanceModel) -> None:
    events = of_type(built_up, "project")
    cases = events.groupby("case_id", observed=True).activity
    assert (cases.first() == "brought_forward").all()
    ended = events[events.activity.isin(["stands", "abandoned"])].case_id
    assert ended.is_unique
    assert set(cases.last()[ended]) <= {"stands", "abandoned"}
    on_its_way = {
        f"{project.programme.what}{project.building}w{project.started}" for project in built_up.works.projects
    }
    assert set(events.case_id) - set(ended) == on_its_way
    stands = events[events.activity == "stands"]
    series = built_up.record.to_frame()
    assert len(stands) == series[["works_built", "lifts_built"]].to_numpy().sum() > 0
    assert (events.rule != "").all()
    rules = {f"{kind}/{name}" for kind, name in built_up.institutions.laid}
    assert set(events.rule) <= rules


def test_what_a_project_took_is_what_posts_and_purses_gave(monkeypatch: pytest.MonkeyPatch) -> None:
    paid: list[float] = []
    pay_out = Purses.pay_out

    def noted(purses: Purses, pledge: Pledge) -> None:
        paid.append(pledge.amount / YUAN)
        pay_out(purses, pledge)

    monkeypatch.setattr(Purses, "pay_out", noted)
    events = of_type(followed("everything", Trace("", projects="all"), 60), "project")
    begun = events[events.activity == "works_begun"]
    assert begun.yuan.tolist() == paid
    assert paid
    assert events.yuan.sum() == begun.yuan.sum()
    met = events[events.activity == "owners_met"]
    assert (met.hours > 0).all()
    assert (met.duty == "meetings").all()
    permits = [f"{line.label}" for line in PERMITTING]
    examined = events[events.activity == "examined"]
    assert set(examined.resource) <= set(permits)


def test_shares_of_a_post_follow_one_on_the_other(built_up: GovernanceModel) -> None:
    events = of_type(built_up, "post")
    moved = events[events.activity.isin(["filled", "vacated"])]
    assert len(moved) > 100
    assert ((moved.value > moved.before) == (moved.activity == "filled")).all()
    assert (abs(moved.value - moved.before) > STEP - 1e-6).all()
    after = moved.groupby("case_id", observed=True).value.shift()
    assert (after.dropna() == moved.before[after.notna()]).all()
    now = held(built_up, Choice(size=-1))
    for case, value in moved.groupby("case_id", observed=True).value.last().items():
        assert now[case][0] == pytest.approx(value, abs=STEP)


def test_a_post_that_a_reform_brings_or_ends_is_said_so() -> None:
    trace = Trace("", posts="all")
    model = GovernanceModel(
        built(), load_design("wuliqiao_2020"), rng=1, weeks=8, reform_week=4, run_in=0, trace=trace
    )
    model.run_until(8)
    events = of_type(model, "post")
    new = events[events.activity == "set_up"]
    assert set(new.week) == {5}
    assert "office" not in set(new.role)
    assert set(new.role) <= set(model.institutions.positions)


def test_verdicts_say_who_judged_and_what(built_up: GovernanceModel) -> None:
    assert built_up.trace is not None
    events = built_up.trace.to_frame()
    said = events[events.activity == "appraised"]
    assert set(said.case_type) <= {"unit", "firm"}
    rules = {laid.rule.name: laid.rule for laid in built_up.institutions.appraisals}
    assert len(said) > 0
    for row in said.to_dict("records"):
        rule = rules[row["rule"].removeprefix("appraisal/")]
        assert (row["resource"], row["week"] % rule.every) == (rule.by, 0)
        assert (row["outcome"] != "not_published") == rule.publish
        assert 0 <= row["value"] <= 1


def test_stories_of_projects_and_posts_are_in_both_languages(built_up: GovernanceModel) -> None:
    assert built_up.trace is not None
    events = built_up.trace.to_frame()
    for of in ("project", "post"):
        mine = events[events.case_type == of]
        cases = [*mine.drop_duplicates("activity").case_id, *mine.case_id[:5]]
        for case in cases:
            for lang in ("en", "zh"):
                told = "\n".join(story(events, case, lang))
                assert "{" not in told
                assert "nan" not in told
            assert "_" not in told.replace(case, ""), told


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"projects": "sample:5"}, "give all"),
        ({"projects": "w3n1"}, "lift120w31"),
        ({"posts": ["committee"]}, "committee 3"),
    ],
)
def test_projects_and_posts_are_named_as_they_are_written(given: dict[str, object], said: str) -> None:
    with pytest.raises(CogovError, match=said):
        Trace("", **given)  # type: ignore[arg-type]
