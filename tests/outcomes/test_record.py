"""The record of a run: tables, outcomes, digest."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from cogov import GovernanceModel
from cogov.kit.errors import ConfigError
from cogov.outcomes import BY_COMPOUND, BY_GROUP, MEASURES, WEEKLY, Record
from cogov.outcomes.record import BOOKS
from cogov.outcomes.tally import LONGEST
from cogov.rules import Scope
from cogov.rules.areas import draw_areas
from cogov.terms import Age
from tests.helpers import small

WEEKS = 30


@pytest.fixture(scope="module")
def model() -> GovernanceModel:
    """A run of two quarters and a bit, recorded by the processes."""
    model = GovernanceModel(small(residents=400), "quyang_2014", rng=2, weeks=WEEKS, reform_week=4)
    model.run_until(WEEKS)
    return model


@pytest.fixture(scope="module")
def community():
    return small(residents=300).build(1)


def written(community, *weeks, reform_week=0, durations=(), capacity=None, **series) -> Record:
    """A record in which only the given measures are not zero, a value for each week."""
    length = max([len(values) for values in series.values()] + [len(durations), len(weeks), 1])
    record = Record(community, capacity or length, reform_week)
    compounds = len(community.places.compounds)
    for week in range(length):
        given = {name: float(entries[week]) for name, entries in series.items() if name not in BOOKS}
        values = dict.fromkeys(WEEKLY, 0.0) | given
        places = {name: np.full(compounds, week + index / 8) for index, name in enumerate(BY_COMPOUND)}
        ended = np.bincount(durations[week] if week < len(durations) else [], minlength=LONGEST)
        books = {name: float(series[name][week]) if name in series else 0.0 for name in BOOKS}
        record.write(values, places, ended, books, {})
    return record


# ---------------------------------------------------------------- tables


def test_the_frame_has_a_row_a_week_and_a_column_a_measure(model):
    frame = model.record.to_frame()
    assert frame.index.equals(pd.RangeIndex(1, WEEKS + 1, name="week"))
    assert tuple(frame.columns) == WEEKLY
    assert np.array_equal(frame.to_numpy(), model.record.series[:WEEKS])
    frame.iloc[0, 0] = -1.0  # the frame is the reader's own
    assert model.record.series[0, 0] != -1.0


def test_by_compound(model):
    table = model.record.by_compound("arrived")
    assert table.shape == (WEEKS, 6)
    assert table.columns.tolist() == model.places.compounds.names
    assert table.columns.name == "compound"
    assert table.sum(axis=1).tolist() == model.record.to_frame()["arrived"].tolist()
    levels = model.record.by_compound("satisfaction").iloc[-1]
    residents = np.diff(model.places.compound_rows)
    assert np.average(levels, weights=residents) == pytest.approx(
        model.residents.satisfaction.mean(), rel=1e-5
    )


@pytest.mark.parametrize("measure", ["arived", "offered", "weeks_to_resolve_median", 3])
def test_a_measure_not_recorded_by_compound_is_named(model, measure):
    with pytest.raises(ConfigError, match=f"unknown measure by compound {measure!r}"):
        model.record.by_compound(measure)
    with pytest.raises(ConfigError, match="arrived"):
        model.record.by_area(measure, model.institutions.areas["neighbourhood"])


def test_by_area_adds_up_counts_and_averages_levels_over_residents(model):
    record, areas = model.record, model.institutions.areas
    arrived = record.by_compound("arrived").to_numpy()
    table = record.by_area("arrived", areas["neighbourhood"])
    assert table.columns.name == "neighbourhood"
    assert table.to_numpy() == pytest.approx(arrived[:, [0, 2, 4]] + arrived[:, [1, 3, 5]])
    residents = np.diff(model.places.compound_rows)
    trust = record.by_compound("trust_firm").to_numpy(dtype=float)
    first = (trust[:, 0] * residents[0] + trust[:, 1] * residents[1]) / (residents[0] + residents[1])
    assert record.by_area("trust_firm", areas["neighbourhood"])[0].to_numpy() == pytest.approx(first)
    whole = record.by_area("trust_firm", areas["subdistrict"])
    assert whole[0].to_numpy() == pytest.approx(record.to_frame()["trust_firm"].to_numpy(), rel=1e-5)
    blocks = draw_areas([Scope(name="block", number=2)], model.community)["block"]
    assert record.by_area("latent", blocks).sum(axis=1).tolist() == record.to_frame()["latent"].tolist()


@pytest.mark.parametrize("area", ["building", "micro_grid"])
def test_areas_within_compounds_are_not_recorded(model, area):
    with pytest.raises(ConfigError, match=f"a {area} is part of a compound"):
        model.record.by_area("arrived", draw_areas([Scope(name="g", households=20)], model.community)[area])


def test_by_group_has_every_age_and_tenure_each_quarter(model):
    table = model.record.by_group()
    assert table.columns.tolist() == ["quarter", "age", "tenure", *BY_GROUP]
    assert len(table) == 2 * len(Age) * 2  # two quarters are complete
    residents = model.residents
    last = model.record.by_group().query("quarter == 2").set_index(["age", "tenure"])
    for age in Age:
        for owner, tenure in enumerate(("tenant", "owner")):
            mine = (residents.age == age) & (residents.owner == owner)
            assert math.isnan(last.loc[(age.label, tenure), "belonging"]) == (not mine.any())


def test_groups_are_means_of_those_in_them():
    model = GovernanceModel(small(residents=300), rng=1, weeks=13)
    model.run_until(13)
    residents = model.residents
    table = model.record.by_group().set_index(["age", "tenure"])
    mine = (residents.age == Age.AGE_60_69) & residents.owner
    row = table.loc[("age_60_69", "owner")]
    assert row["belonging"] == pytest.approx(residents.belonging[mine].mean(), rel=1e-5)
    assert row["participation"] == pytest.approx(residents.volunteering[mine].mean())


# ---------------------------------------------------------------- written beyond its plan


def test_a_record_grows_beyond_its_plan(community):
    weeks = list(range(200))
    record = written(community, *weeks, capacity=3, orders=weeks)
    assert record.weeks == 200
    assert record.to_frame()["orders"].tolist() == weeks
    assert record.by_compound("noticed").iloc[:, 0].tolist() == [week + 1 / 8 for week in weeks]
    for quarter in range(7):
        record.weeks = 13 * (quarter + 1)
        record.write_groups(np.full(record.groups.shape[1:], float(quarter)))
    assert record.by_group().groupby("quarter")["belonging"].first().tolist() == list(range(7))
    assert record.digest() != written(community, *weeks[:-1], capacity=3, orders=weeks[:-1]).digest()


def test_the_digest_does_not_depend_on_the_plan(community):
    assert (
        written(community, orders=[1, 2, 3]).digest()
        == written(community, orders=[1, 2, 3], capacity=90).digest()
    )
    assert written(community, orders=[1, 2, 3]).digest() != written(community, orders=[1, 3, 2]).digest()


# ---------------------------------------------------------------- outcomes


def test_outcomes_are_of_the_weeks_after_the_reform(community):
    record = written(
        community,
        reform_week=2,
        satisfaction=[0.9, 0.9, 0.2, 0.4],
        lost=[7, 7, 1, 2],
        met=[0, 0, 30, 10],
        needed=[9, 9, 40, 40],
        orders=[5, 5, 3, 4],
        noticed=[5, 5, 10, 4],
    )
    found = record.outcomes()
    assert found["satisfaction"] == pytest.approx(0.3)
    assert found["lost"] == 3
    assert found["needs_met"] == pytest.approx(0.5)  # 40 / 80, not the mean of 0.75 and 0.25
    assert found["hotline_share"] == pytest.approx(0.5)
    households = community.places.households
    assert found["hotline_orders"] == pytest.approx(7 / households * 1000 / (2 / 52))
    assert "orders" not in found  # weekly only


def test_before_the_reform_outcomes_are_of_all_weeks(community):
    assert written(community, reform_week=5, satisfaction=[0.2, 0.4]).outcomes()[
        "satisfaction"
    ] == pytest.approx(0.3)
    assert written(community, reform_week=2, lost=[1, 2]).outcomes()["lost"] == 3
    assert Record(community, 5, 0).outcomes() == {}


def test_the_cost_of_a_run_is_by_household_and_year(community):
    found = written(
        community, money_from_budget=[100] * 26, money_from_fees=[20] * 26, money_from_grant=[0] * 25 + [2600]
    )
    assert found.outcomes()["cost"] == pytest.approx((120 * 26 + 2600) / community.places.households / 0.5)


@pytest.mark.parametrize(
    ("weeks", "median", "ninetieth"),
    [
        ([[4]], 4, 4),
        ([[0, 0, 0, 0, 0, 0, 0, 0, 0, 9]], 0, 0),
        ([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10]], 5, 9),
        ([[1, 1, 1, 1, 1, 20, 20, 20, 20, 20]], 1, 20),
        ([[LONGEST - 1]], LONGEST - 1, LONGEST - 1),
    ],
)
def test_percentiles_of_weeks_to_resolution(community, weeks, median, ninetieth):
    found = written(community, durations=weeks).outcomes()
    assert (found["weeks_to_resolve_median"], found["weeks_to_resolve_p90"]) == (median, ninetieth)


def test_a_rate_of_nothing_does_not_exist(community):
    found = written(community, satisfaction=[0.5]).outcomes()
    nothing = {name for name, value in found.items() if math.isnan(value)}
    rates = {name for name, measure in MEASURES.items() if measure.how == "rate"}
    over_the_run = {"weeks_to_resolve_median", "weeks_to_resolve_p90"}
    assert nothing == rates | over_the_run | {"money_paid", "hours_paid"}


def test_every_outcome_is_there(model):
    expected = {name for name, measure in MEASURES.items() if measure.outcome}
    without_shock = {name for name in expected if name.startswith("shock_")}
    assert set(model.outcomes()) == expected - without_shock
    assert model.outcomes() == model.record.outcomes()


# ---------------------------------------------------------------- under a shock


@pytest.mark.parametrize(
    ("short", "depth", "recovery", "area"),
    [
        ([0.0, 0.0, 0.0], 0.0, 0, 0.0),
        ([-0.1, -0.2, -0.1], 0.0, 0, 0.0),  # better than without the shock: nothing was lost
        ([0.0, 0.1, 0.2, 0.1, 0.0, 0.0], 0.2, 4, 0.4),
        ([0.2, 0.004, 0.2, 0.0], 0.2, 3, 0.404),  # back within 0.005, but not for good
        ([0.1, -0.3, 0.15], 0.15, 3, 0.25),  # not back to the end; gains make nothing good
        ([0.003, 0.002, 0.0], 0.003, 0, 0.005),  # hardly noticed
    ],
)
def test_depth_recovery_and_loss_are_against_the_twin(community, short, depth, recovery, area):
    calm = [0.2, 0.5, 0.6, *np.linspace(0.4, 0.8, len(short))]  # it need not stand still
    struck = [0.2, 0.5, 0.6, *(level - less for level, less in zip(calm[3:], short, strict=True))]
    twin, record = (written(community, satisfaction=levels) for levels in (calm, struck))
    found = record.outcomes(twin, struck=4)
    assert found["shock_depth"] == pytest.approx(depth)
    assert found["shock_area"] == pytest.approx(area)
    assert found["shock_recovery"] == recovery


def test_without_a_twin_there_are_no_outcomes_of_a_shock(community):
    found = written(community, satisfaction=[0.5, 0.4]).outcomes()
    assert not any(name.startswith("shock_") for name in found)


# ---------------------------------------------------------------- the books


def test_the_books_say_whether_cost_is_an_input(community):
    found = written(
        community,
        money_paid=[80, 100, 100],
        hours_upkeep=[4, 6, 6],
        money_wanted=[80, 125, 200],
        hours_wanted=[8, 12, 12],
    ).outcomes()
    assert found["money_paid"] == pytest.approx(280 / 405)
    assert found["hours_paid"] == pytest.approx(0.5)
