"""Small versions of the experiments: the shape of each pattern where the model has it, over several seeds.

Where a pattern is not there, or cannot be told apart from nothing, the limits page says so, and here stands
what the model does have: for P1 the two ends between which a best size would lie; for P10 that members who
report in do not help by themselves; for P11 that who began with more still has more years later.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pandas as pd

from cogov import Epidemic, load_community, load_design
from cogov.analysis.attribute import coalition, players
from cogov.study.execute import execute
from cogov.study.settings import load_study
from tests.helpers import small

SEEDS = 3
PLATFORM = "design.mechanisms.three_level_platform"


def run(name: str, *designs: str, seeds: int = SEEDS, **changes) -> pd.DataFrame:
    """Outcomes of an experiment in the small community: a row a run, settings by their last word.

    ``designs`` are those of the experiment that are run, all if none is named.
    """
    study = load_study(name).with_(**{"communities": (small(),), "reform_week": 0, "run_in": 0} | changes)
    rows = []
    for cell in study.with_(replicates=seeds).cells():
        design = study.arms[cell.design].name
        if designs and design not in designs:
            continue
        result = execute(study, cell)
        assert not result.error, result.error
        given = {
            path.text.rpartition(".")[2]: value for path, value in zip(study.paths, cell.values, strict=True)
        }
        rows.append(
            {"seed": cell.seed, "design": design} | result.outcomes | {f"at_{k}": v for k, v in given.items()}
        )
    return pd.DataFrame(rows)


def gains(table: pd.DataFrame, key: str, more: object, fewer: object, outcome: str) -> pd.Series:
    """How much larger an outcome is where ``key`` is ``more`` than where it is ``fewer``, by seed."""
    by = table.pivot_table(index="seed", columns=key, values=outcome)
    return by[more] - by[fewer]


def test_block_size_few_blocks_match_more_and_many_get_more_onto_their_agendas():
    six = load_community("small", residents=3000, neighbourhoods=6, compounds=12, unit_rates=[0.5] * 8)
    table = run("block_size", "wuliqiao_2020", communities=(six,), weeks=78, parameters={
        f"{PLATFORM}.blocks": [1, 6], "design.mechanisms.three_plus_x_committee.per": ["area"]})  # fmt: skip
    assert gains(table, "at_blocks", 1, 6, "matched").min() > 0
    assert gains(table, "at_blocks", 6, 1, "agenda_success").mean() > 0


def test_unit_engagement_is_held_where_it_began_and_only_service_both_ways_leaves_the_low_state():
    table = run("unit_engagement", "line_hierarchy", "quyang_2014", "quyang_four_joint", seeds=2, weeks=78,
                parameters={"community.unit_engagement": [0.05, 0.9]})  # fmt: skip
    low, high = table[table.at_unit_engagement == 0.05], table[table.at_unit_engagement == 0.9]
    for design in ("line_hierarchy", "quyang_2014"):
        ends = [part[part.design == design].unit_engagement for part in (low, high)]
        assert ends[1].min() - ends[0].max() > 0.5
    one_way = gains(low, "design", "quyang_2014", "line_hierarchy", "unit_engagement")
    both_ways = gains(low, "design", "quyang_four_joint", "line_hierarchy", "unit_engagement")
    assert (both_ways > 2 * one_way.abs()).all()


def test_service_matching_most_finds_no_need_and_what_is_seen_finds_more():
    chosen = ("line_hierarchy", "pairs", "rota", "menu", "menu_and_service_both_ways")
    table = run("service_matching", *chosen, seeds=2, weeks=78)
    base = table[table.design == "line_hierarchy"]
    assert (base.unused > 2 * base.matched).all()
    for design in chosen[1:]:
        assert gains(table, "design", design, "line_hierarchy", "matched").min() > 0
    assert gains(table, "design", chosen[4], "menu", "matched").min() > 0


def test_micro_grids_find_problems_sooner_and_the_smallest_have_nobody_to_lead_them():
    table = run("micro_grids", weeks=52, parameters={
        "design.mechanisms.grid_linkage.households": [10, 40, 400]})  # fmt: skip
    sooner = gains(table.fillna({"at_households": 0}), "at_households", 0, 400, "weeks_to_notice")
    assert sooner.min() > 0
    assert gains(table, "at_households", 400, 40, "weeks_to_notice").mean() > 0
    # four times as many grids have no more hours: those who would lead them are all leading
    hours = table.groupby("at_households").hours_posts.mean()
    assert hours[10] < 1.1 * hours[40]


def test_participation_comes_nearer_from_both_ends_and_has_not_met_after_two_years():
    table = run("participation", seeds=2, weeks=104, parameters={"community.volunteer_share": [0.003, 0.15]})
    apart = gains(table, "at_volunteer_share", 0.15, 0.003, "participation")
    assert ((apart > 0.02) & (apart < 0.147)).all()


def test_lift_consent_more_agree_under_a_lower_threshold():
    rules = ["unanimity", "ninety", "civil_code", "two_thirds"]
    table = run("lift_consent", "lifts", weeks=104, parameters={
        "design.mechanisms.lift_programme.consent": rules})  # fmt: skip
    passed = table.groupby("at_consent").consents_passed.sum()
    assert passed["unanimity"] <= passed["ninety"] < passed["civil_code"] <= passed["two_thirds"]


def test_property_trap_firms_that_began_poor_stay_below_and_have_a_way_out():
    table = run("property_trap", "line_hierarchy", seeds=2, weeks=104,
                parameters={"community.firm_quality": [0.05, 0.6]})  # fmt: skip
    apart = gains(table, "at_firm_quality", 0.6, 0.05, "firm_quality")
    assert (apart > 0.02).all()
    assert table[table.at_firm_quality == 0.05].firm_quality.min() > 0.05


def test_epidemic_costs_and_a_reserve_that_is_ready_makes_it_less_while_reporting_in_does_not():
    table = run("epidemic", "line_hierarchy", "report_in", "reserve", weeks=60, shocks=[Epidemic(week=13)])
    assert table.shock_area.min() > 0
    assert gains(table, "design", "line_hierarchy", "reserve", "shock_area").min() > 0
    without = table[table.design == "line_hierarchy"].shock_area.mean()
    reports = gains(table, "design", "report_in", "line_hierarchy", "shock_area")
    assert abs(reports.mean()) < 0.1 * without


def test_burden_rises_with_what_is_added_and_relief_takes_some_away_at_either_budget():
    steps = ("line_hierarchy", "a4", "a8", "all12")
    table = run("burden", *steps, "all12_equal", "all12_relief", "all12_equal_relief", seeds=2, weeks=52)
    for fewer, more in pairwise(steps):
        assert gains(table, "design", more, fewer, "committee_load").min() > 0
    for design in ("all12", "all12_equal"):
        assert gains(table, "design", design, f"{design}_relief", "committee_load").min() > 0
    # a purse that does not grow meets fewer needs with the same mechanisms
    assert gains(table, "design", "all12", "all12_equal", "needs_met").min() > 0


def test_mentoring_what_secretaries_can_do_is_lost_with_them():
    table = run("mentoring", "line_hierarchy", "pipeline", weeks=104,
                parameters={"processes.secretaries.turnover": [0.05, 0.3]})  # fmt: skip
    base = table[table.design == "line_hierarchy"]
    assert gains(base, "at_turnover", 0.05, 0.3, "secretary_capability").mean() > 0
    assert gains(table, "design", "pipeline", "line_hierarchy", "secretary_capability").mean() > 0


def test_scale_up_shares_the_planner_and_takes_volunteers_from_care_site_by_site():
    sites = [
        {"name": f"pilot_{n}", "extends": "guoding1_three_greats", "pilot": {"first": n}} for n in (1, 3)
    ]
    table = run("scale_up", seeds=2, weeks=52, designs=sites)
    assert gains(table, "design", "pilot_3", "pilot_1", "money_wages").abs().max() < 1e-9
    assert gains(table, "design", "pilot_1", "line_hierarchy", "money_wages").min() > 0
    for fewer, more in (("line_hierarchy", "pilot_1"), ("pilot_1", "pilot_3")):
        assert gains(table, "design", more, fewer, "hours_meetings").min() > 0
        assert gains(table, "design", fewer, more, "volunteer_care_hours").min() > 0


def test_campaign_moves_hours_and_leaves_no_more_solved_than_without():
    table = run("campaign", "line_hierarchy", "campaign", weeks=78, reform_week=26)
    assert table[table.design == "campaign"].hours_moving.min() > 0
    assert gains(table, "design", "campaign", "line_hierarchy", "resolution_rate").mean() < 0.01


def test_ablation_services_carry_the_needs_that_are_met_and_no_other_family_does():
    base, whole = load_design("line_hierarchy"), load_design("wuliqiao_2020")
    new = players(base, whole)
    family = {mechanism.name: mechanism.family for mechanism in (*base.mechanisms, *whole.mechanisms)}
    without = {
        f"without_{one}": coalition(base, whole, [name for name in new if family[name] != one])
        for one in sorted({family[name] for name in new})
    }
    designs = (whole, *(replace(design, name=name) for name, design in without.items()))
    table = run("ablation", designs=designs, seeds=2, weeks=39)
    lost = {name: gains(table, "design", "wuliqiao_2020", name, "needs_met").mean() for name in without}
    services = lost.pop("without_services")
    assert services > 0.1
    assert max(lost.values()) < services / 2
