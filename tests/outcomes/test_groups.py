"""What a run came to for groups of people and for places: by hand, and the parts against the whole."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel, load_design, simulate
from cogov.outcomes import BY_COMPOUND, BY_GROUP, WEEKLY, Record, group_table, place_table
from cogov.outcomes.record import BOOKS
from cogov.outcomes.tally import LONGEST
from cogov.terms import ADULT, ELDER, Age
from tests.helpers import small

WEEKS, REFORM = 45, 15
LEVELS = [name for name in BY_GROUP if name != "participation"]


@pytest.fixture(scope="module")
def model() -> GovernanceModel:
    """A run with two ends of quarters after the reform (weeks 26 and 39)."""
    model = GovernanceModel(small(), "wuliqiao_2020", rng=3, weeks=WEEKS, reform_week=REFORM)
    model.run_until(WEEKS)
    return model


@pytest.fixture(scope="module")
def community():
    return small(residents=300).build(1)


def written(community, levels, reform_week=0, groups=None) -> Record:
    """A record of the same levels, by week and compound, for every measure; a value for each quarter."""
    record = Record(community, len(levels), reform_week)
    for week, by_compound in enumerate(levels):
        places = {name: np.asarray(by_compound, dtype=float) for name in BY_COMPOUND}
        nothing = dict.fromkeys(BOOKS, 0.0)
        record.write(dict.fromkeys(WEEKLY, 0.0), places, np.zeros(LONGEST, dtype=np.int64), nothing, {})
        if (week + 1) % 13 == 0 and groups is not None:
            record.write_groups(np.full(record.groups.shape[1:], groups[week // 13]))
    return record


def of(table, by: str):
    return table[table.by == by].set_index("group")


# ---------------------------------------------------------------- the parts make up the whole


@pytest.mark.parametrize("by", ["age", "elders", "tenure"])
def test_ages_and_tenures_make_up_the_last_weeks_of_quarters(model, by):
    table = of(group_table(model.record), by)
    weeks = model.record.to_frame().loc[[26, 39]]
    assert table.residents.sum() == len(model.residents)
    for name in LEVELS:
        assert np.average(table[name], weights=table.residents) == pytest.approx(weeks[name].mean(), rel=1e-6)


@pytest.mark.parametrize("by", ["compound_age", "start"])
def test_groups_of_compounds_make_up_every_week_after_the_reform(model, by):
    table = of(group_table(model.record), by)
    outcomes = model.outcomes()
    assert table.residents.sum() == len(model.residents)
    for name in LEVELS:
        assert np.average(table[name], weights=table.residents) == pytest.approx(outcomes[name], rel=1e-6)


def test_participation_is_a_share_of_adults_in_every_group(model):
    table = group_table(model.record)
    adult = model.residents.age >= ADULT
    weeks = model.record.to_frame()["participation"]
    ages = of(table, "age")
    assert ages.loc[["under_12", "age_12_17"], "participation"].isna().all()
    elders = of(table, "elders").loc["age_60_plus"]
    assert elders.participation == pytest.approx(
        np.average(ages.participation.iloc[ELDER:], weights=ages.residents.iloc[ELDER:])
    )
    grown = ages.iloc[ADULT:]
    assert np.average(grown.participation, weights=grown.residents) == pytest.approx(weeks[[26, 39]].mean())
    adults = [(adult & (model.residents.owner == owner)).sum() for owner in (0, 1)]
    tenures = of(table, "tenure").loc[["tenant", "owner"], "participation"]
    assert np.average(tenures, weights=adults) == pytest.approx(weeks[[26, 39]].mean())
    of_building = model.places.compounds.old[model.places.building_compound]
    adults = [adult[of_building[model.residents.building] == old].sum() for old in (True, False)]
    halves = of(table, "compound_age").loc[["old", "new"], "participation"]
    assert np.average(halves, weights=adults) == pytest.approx(weeks[REFORM:].mean(), rel=1e-6)


def test_a_group_is_the_mean_of_those_in_it():
    model = GovernanceModel(small(residents=400), rng=1, weeks=13, reform_week=1)
    model.run_until(13)
    people, table = model.residents, group_table(model.record)
    for group, mine in (
        ("age_60_69", people.age == Age.AGE_60_69),
        ("age_60_plus", people.age >= Age.AGE_60_69),
        ("under_60", people.age < Age.AGE_60_69),
        ("tenant", ~people.owner),
    ):
        row = table[table.group == group].iloc[0]
        assert row.residents == mine.sum()
        assert row.belonging == pytest.approx(people.belonging[mine].mean(), rel=1e-6)
        active = people.volunteering[mine].sum() / (mine & (people.age >= ADULT)).sum()
        assert row.participation == pytest.approx(active)


# ---------------------------------------------------------------- by hand


def test_only_weeks_after_the_reform_count(community):
    record = written(community, [[week] * 6 for week in range(30)], reform_week=14, groups=[7.0, 9.0])
    table = group_table(record)
    assert of(table, "compound_age").satisfaction.tolist() == pytest.approx([21.5, 21.5])  # weeks 14..29
    assert of(table, "tenure").belonging.tolist() == [9.0, 9.0]  # the quarter that ended in week 26


def test_before_the_reform_all_weeks_count_and_nobody_has_started(community):
    table = group_table(written(community, [[week] * 6 for week in range(10)], reform_week=10))
    assert of(table, "compound_age").satisfaction.tolist() == pytest.approx([4.5, 4.5])
    assert "start" not in table.by.to_list()


def test_without_the_end_of_a_quarter_ages_and_tenures_have_no_value(community):
    record = written(community, [[0.5] * 6] * 20, reform_week=13, groups=[1.0])
    table = group_table(record)
    assert of(table, "age")[list(BY_GROUP)].isna().all(axis=None)
    assert of(table, "tenure").residents.sum() == len(community.residents)
    assert of(table, "start")[LEVELS].notna().all(axis=None)


@pytest.mark.parametrize("weeks_before", [4, 13, 20])
def test_the_worst_are_the_worst_of_the_quarter_before_the_reform(community, weeks_before):
    """Compound 4 is far worse, but longer ago."""
    worst = 2
    levels = np.full((weeks_before + 5, 6), 0.5)
    levels[:weeks_before, worst] = 0.3
    levels[: max(weeks_before - 13, 0), 4] = -9.0
    levels[weeks_before:] = np.arange(6) / 10
    record = written(community, levels, reform_week=weeks_before)
    start = of(group_table(record), "start")
    residents = np.diff(community.places.compound_rows)
    assert start.loc["worst_tenth", "residents"] == residents[worst]
    assert start.loc["worst_tenth", "satisfaction"] == pytest.approx(worst / 10)
    rest = np.arange(6) != worst
    assert start.loc["rest", "satisfaction"] == pytest.approx(
        np.average(np.arange(6)[rest] / 10, weights=residents[rest])
    )


def test_the_worst_are_the_same_under_every_design():
    settings = {"seed": 5, "weeks": 20, "reform_week": 16}
    tables = [simulate(small(), name, **settings).groups for name in ("line_hierarchy", "wuliqiao_2020")]
    first, second = (of(table, "start")["residents"].to_dict() for table in tables)
    assert first == second
    assert not tables[0].satisfaction.equals(tables[1].satisfaction)


# ---------------------------------------------------------------- places


def test_places_add_up_counts_and_average_levels(model):
    table = place_table(model.record, model.institutions.areas["block"])
    weeks, outcomes = model.record.to_frame().iloc[REFORM:], model.outcomes()
    assert table.compound.tolist() == model.places.compounds.names
    assert table.residents.sum() == len(model.residents)
    for name in ("arrived", "noticed", "resolved", "lost", "in_norm", "due"):
        assert table[name].sum() == weeks[name].sum()
    for name in ("latent", "open"):
        assert table[name].sum() == pytest.approx(outcomes[name])
    for name in LEVELS:
        assert np.average(table[name], weights=table.residents) == pytest.approx(outcomes[name], rel=1e-6)
    by_compound = model.record.by_compound("satisfaction").iloc[REFORM:].mean()
    assert table.satisfaction.tolist() == pytest.approx(by_compound.tolist())


def test_places_know_where_they_are(model):
    table = place_table(model.record, model.institutions.areas["block"])
    names = model.places.neighbourhoods.names
    assert table.neighbourhood.tolist() == [names[row] for row in model.places.compound_neighbourhood]
    assert table.old.tolist() == model.places.compounds.old.tolist()
    of_compound = model.institutions.areas["block"].of_compound
    assert table.block.tolist() == [f"block {number + 1}" for number in of_compound]
    assert (place_table(model.record, None).block == "").all()


def test_a_run_has_both_tables_and_blocks_where_its_design_draws_them():
    settings = {"seed": 2, "weeks": 14, "reform_week": 2}
    run = simulate(small(), "wuliqiao_2020", **settings)
    assert set(run.groups.by) == {"age", "elders", "tenure", "compound_age", "start"}
    assert run.groups.columns.tolist() == ["by", "group", "residents", *BY_GROUP]
    columns = ["compound", "neighbourhood", "block", "subdistrict", "old", "residents", *BY_COMPOUND]
    assert run.places.columns.tolist() == columns
    assert run.places.block.nunique() == load_design("wuliqiao_2020").mechanism("three_level_platform").blocks
    assert (simulate(small(), "line_hierarchy", **settings).places.block == "").all()
    assert not {"groups", "places"} & run.as_dict().keys()
