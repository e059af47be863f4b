from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from cogov import simulate
from cogov.community.cohorts import Cohort, cohort_of
from cogov.processes.appraise import (
    Appraise,
    appraise,
    blend,
    live_through_issues,
    see_what_was_built,
    suffer,
    take_stock,
)
from cogov.processes.fees import collect_fees
from cogov.processes.firms import firms_decide, owners_decide
from cogov.processes.secretaries import secretaries_learn, set_committee_skill
from cogov.processes.units import units_decide, verdicts_bind
from cogov.processes.week import EVERY_QUARTER, processes_of
from cogov.rules import Boundary, Payoff, Where
from cogov.state.contacts import Contacts
from cogov.state.experiences import HOME, JUDGED, PROBLEMS, WORKS, Experiences
from cogov.state.issues import State
from cogov.state.verdicts import Verdict
from cogov.terms import Age, Capability, Kind, Level, Service, UnitKind
from tests.helpers import post, put, reals, situation

LONG = 5200.0
MEMORY = {"expectation": 2.0, "patience": 4.0, "memory": 0.2, "loss": 0.2, "recovery": 1.0,
          "half_life": LONG, "forgetting": 0.0}  # fmt: skip
TRUSTS = ("trust_committee", "trust_firm", "trust_neighbours")
FIRM = post("firm", area="compound", staffed_by="firm", competence=0.5)


def living(*rules, week=10, **parameters):
    """Everybody half trusting and without problems, in a week that is no month's nor quarter's end."""
    groups = {"appraise": dict(MEMORY), "fees": {}, "units": {}, "firms": {}, "secretaries": {}}
    for name, value in parameters.items():  # fees_base is base of the fees, norm one of appraise
        group, _, key = name.partition("_")
        groups[group if group in groups else "appraise"][key if group in groups else name] = value
    model = situation(*(rules or (post(),)), week=week, **groups)
    for name in TRUSTS:
        getattr(model.residents, name)[:] = 0.5
    model.domains.ease[:], model.domains.home[:] = 1.0, 0.5
    return model


def ended(model, state=State.RESOLVED, **values):
    """An urgent issue of the first household that ended this week."""
    place = {"urgency": 1.0, "at": Level.NEIGHBOURHOOD, "closed": model.week}
    return put(model, **(place | {"state": state} | values))


def changed(model, name):
    """What a level of the first household has come to; nobody else's has moved."""
    column, size = getattr(model.residents, name), int(model.places.household_rows[1])
    assert (column[size:] == 0.5).all()
    assert (column[:size] == column[0]).all()
    return float(column[0])


def eased(model):
    """What the first household has left of a life without problems; everybody else has all of it."""
    size = int(model.places.household_rows[1])
    assert (model.domains.ease[size:] == 1).all()
    lowest = model.domains.ease[:size].min()  # who took stock this week has begun to forget
    np.testing.assert_allclose(model.domains.ease[:size], lowest, rtol=1e-3)
    return float(lowest)


# What residents live through


@pytest.mark.parametrize(
    ("waited", "urgency", "score"),
    [
        (2, 1.0, 1.0),  # as expected of an urgent issue
        (6, 1.0, np.exp(-1)),  # four weeks late
        (6, 0.5, np.exp(-0.5)),  # less urgent: four weeks are expected, two weeks late
        (8, 0.25, 1.0),
    ],
)
def test_what_was_solved_in_time_is_good_and_what_was_late_less_so(waited, urgency, score):
    model = living()
    ended(model, born=model.week - waited, urgency=urgency)
    appraise(model)
    assert changed(model, "trust_committee") == pytest.approx(0.5 + 0.2 * (score - 0.5), rel=1e-5)
    assert eased(model) == pytest.approx(0.8 ** (1 - score), rel=1e-5)  # at best as without it
    assert changed(model, "trust_firm") == changed(model, "trust_neighbours") == 0.5


def test_what_was_lost_is_bad():
    model = living()
    ended(model, State.LOST, born=9)
    appraise(model)
    assert changed(model, "trust_committee") == pytest.approx(0.4)
    assert eased(model) == pytest.approx(0.8)


def test_what_ended_last_week_is_not_lived_through_again():
    model = living(week=9)
    ended(model, State.LOST)
    appraise(model)
    once = eased(model)
    assert once < 1
    model.week = 10
    appraise(model)
    assert eased(model) == once


def test_what_drags_on_hurts_once_a_month():
    model = living(week=3, expectation=6.0)
    put(model, urgency=1.0, born=0, state=State.SERVICE, at=Level.NEIGHBOURHOOD)
    trusts, ease = [], []
    for model.week in range(3, 14):
        live_through_issues(model)
        blend(model.residents.trust_committee, model.experiences.of("committee"), 0.2)
        suffer(model)
        model.experiences.clear()
        trusts.append(float(model.residents.trust_committee[0]))
        ease.append(eased(model))
    # six weeks are expected: week 4 does not hurt, weeks 8 and 12 do
    expected = [0.5] * 5 + [0.4] * 4 + [0.32] * 2
    np.testing.assert_allclose(trusts, expected, rtol=1e-5)
    np.testing.assert_allclose(ease, [1.0] * 5 + [0.8] * 4 + [0.64] * 2, rtol=1e-5)


def test_two_experiences_of_one_week_count_for_two():
    # 1 - (1 - 0.2)^2 = 0.36 of the way from 0.5 to their mean
    for second, mean in ((State.RESOLVED, 1.0), (State.LOST, 0.5)):
        model = living()
        ended(model)
        ended(model, second)
        appraise(model)
        assert changed(model, "trust_committee") == pytest.approx(0.5 + 0.36 * (mean - 0.5), rel=1e-5)


@given(
    st.lists(
        st.tuples(st.sampled_from([*JUDGED, PROBLEMS, HOME]), st.integers(0, 3), reals(0, 1)), max_size=12
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_experiences_does_not_matter_to_the_bit(lived, shuffler):
    shuffled = lived.copy()
    shuffler.shuffle(shuffled)
    ends = []
    for experiences in (lived, shuffled):
        week, levels = Experiences(4), np.tile(np.linspace(0.1, 0.9, 4, dtype=np.float32), (3, 1))
        for what, row, score in experiences:
            week.add(np.array([row]), np.array([score]), of=what, by=0)
        model = alone(week, ease=levels[0], home=levels[1])
        blend(levels[2], week.of("committee"), 0.08)
        suffer(model)
        see_what_was_built(model)
        ends.append(levels)
    np.testing.assert_array_equal(*ends)


def alone(week, ease=None, home=None, **parameters):
    """A model of experiences and of what they do to two domains, and of nothing else."""
    groups = SimpleNamespace(appraise=Appraise(**parameters))
    return SimpleNamespace(experiences=week, parameters=groups, domains=SimpleNamespace(ease=ease, home=home))


@given(st.lists(reals(0, 1), max_size=6), reals(0, 1), reals(0, 0.99))
def test_no_problem_is_better_than_none(scores, recovery, loss):
    week, ease = Experiences(1), np.ones(1, dtype=np.float32)
    for score in scores:
        week.add(np.array([0]), np.array([score]), of=PROBLEMS, by=0)
    suffer(alone(week, ease, recovery=recovery, loss=loss))
    assert (1 - loss) ** len(scores) * (1 - 1e-5) <= ease[0] <= 1.0
    if not scores or (recovery == 1 and min(scores) == 1):
        assert ease[0] == 1.0  # nothing to make good, or all made good
    if recovery <= 0.9 and loss >= 0.01 and scores:
        assert ease[0] < 1.0


def test_what_a_good_solution_does_not_make_good_is_lost():
    model = living(recovery=0.75)
    ended(model)
    appraise(model)
    assert eased(model) == pytest.approx(0.8**0.25)
    assert changed(model, "trust_committee") == pytest.approx(0.6)  # who handled it well gains all the same


def test_a_solved_and_a_lost_problem_cost_what_the_lost_one_costs():
    model = living()
    ended(model)
    ended(model, State.LOST)
    appraise(model)
    assert eased(model) == pytest.approx(0.8)
    assert changed(model, "trust_committee") == 0.5


def test_satisfaction_is_the_weighted_mean_of_its_domains():
    model = living(services=0.6, homes=0.25)
    start = model.community.residents.satisfaction
    ended(model, State.LOST)
    n = int(model.places.household_rows[1])
    model.experiences.add(np.arange(n), np.ones(n), of=HOME, by=WORKS)
    appraise(model)
    expected = 0.6 * start + 0.3 * np.where(np.arange(len(start)) < n, 0.8, 1.0)
    expected += 0.1 * np.where(np.arange(len(start)) < n, 1.0, 0.5)
    judged = np.flatnonzero((np.arange(len(start)) < n) | (cohort_of(np.arange(len(start))) == 2))
    np.testing.assert_allclose(model.residents.satisfaction[judged], expected[judged], rtol=1e-3)


def test_a_loss_is_forgotten_with_time():
    model = living(week=2, half_life=4.0)
    ended(model, State.LOST)
    found = []
    for model.week in range(2, 13):
        appraise(model)
        found.append(eased(model))
    # they take stock in weeks 4, 8 and 12
    np.testing.assert_allclose(found, [0.8] * 2 + [0.9] * 4 + [0.95] * 4 + [0.975], rtol=1e-5)


def test_fewer_problems_make_people_more_satisfied():
    rates = {kind.label: getattr(situation(post()).parameters.arise, kind.label).rate for kind in Kind}
    found = []
    for share in (0.0, 0.25, 0.5, 1.0):
        arise = {kind: {"rate": share * rate} for kind, rate in rates.items()}
        run = simulate("small", "line_hierarchy", seed=3, weeks=78, processes={"arise": arise})
        found.append([run.outcomes[name] for name in ("satisfaction", "satisfaction_issues")])
    satisfaction, issues = np.array(found).T
    # Trust in who solved them moves volunteers, and so services, a little either way.
    assert satisfaction[-1] < satisfaction[0] - 0.02
    assert issues[0] == pytest.approx(0, abs=1e-7)
    assert (np.diff(issues) < 0).all()


def test_without_a_loss_problems_leave_satisfaction_alone():
    run = simulate("small", "line_hierarchy", seed=3, weeks=40, processes={"appraise": {"loss": 0.0}})
    assert run.outcomes["satisfaction_issues"] == pytest.approx(0, abs=1e-7)


def test_only_the_affected_live_through_it():
    model = living()
    ended(model, State.LOST, household=4, households=2)
    appraise(model)
    rows = slice(*model.places.household_rows[[4, 6]])
    hit = np.flatnonzero(model.domains.ease != 1)
    np.testing.assert_array_equal(hit, np.arange(rows.start, rows.stop))


# Whom they hold to account


def held_to_account(expected: str, *rules, **values):
    model = living(post(), *rules)
    if "by" in values:
        values["server"] = model.institutions.posts.at(values.pop("by")).start
    ended(model, **({"state": State.LOST} | values))
    appraise(model)
    moved = [name for name in TRUSTS if changed(model, name) != 0.5]
    assert moved == ([expected] if expected else [])
    assert eased(model) < 1 or values.get("state") == State.RESOLVED  # lived through all the same


def test_the_committee_answers_for_what_it_has():
    held_to_account("trust_committee", by="committee")
    held_to_account("trust_committee", server=-1)


def test_the_firm_answers_for_what_it_works_on_and_for_its_own_business():
    held_to_account("trust_firm", FIRM, by="firm", kind=Kind.SANITATION)
    held_to_account("trust_firm", FIRM, server=-1, kind=Kind.REPAIR)
    held_to_account("trust_firm", FIRM, server=-1, kind=Kind.PROPERTY_CONFLICT)
    held_to_account("trust_committee", FIRM, by="committee", kind=Kind.REPAIR)  # taken over


def test_neighbours_have_the_credit_for_what_they_solve():
    helpers = post("volunteers", staffed_by="volunteers", small=3.0, handles=("repair",))
    held_to_account("trust_neighbours", helpers, by="volunteers", state=State.RESOLVED)


def test_volunteers_who_hold_a_post_are_neighbours_too():
    leader = post("leader", area="building", heads=1, hours=2, small=3.0)
    willing = Boundary(name="leader", post="leader", pools=("volunteers",))
    held_to_account("trust_neighbours", leader, willing, by="leader", state=State.RESOLVED)


def test_nobody_answers_for_what_nobody_knows_of():
    model = living(week=8)
    put(model, urgency=1.0, born=0)  # latent, and overdue
    appraise(model)
    assert [changed(model, name) for name in TRUSTS] == [0.5] * 3
    assert eased(model) == pytest.approx(0.8, rel=1e-3)


# Services and forgetting


def test_people_judge_all_services_they_use_once_a_month():
    model = living(week=9, half_life=4.0)
    model.met[:] = 0.0
    before = model.domains.satisfaction(np.arange(len(model.residents)))
    model.met[:, Service.ADVICE] = 1.0
    take_stock(model)
    model.domains.kept[:] = 1.0  # only what services have brought since
    gain = model.domains.satisfaction(np.arange(len(model.residents))) - before
    adult = model.residents.age >= Age.AGE_18_29
    mine = cohort_of(np.arange(len(adult))) == 1  # the second quarter of them
    assert (gain[mine & adult] > 0).all()
    np.testing.assert_allclose(gain[~(mine & adult)], 0, atol=1e-6)


@pytest.mark.parametrize("service", list(Service))
def test_every_service_reaches_satisfaction(service):
    model = living(week=9)
    model.parameters = replace(model.parameters, appraise=replace(model.parameters.appraise, half_life=4.0))
    found = []
    for met in (0.0, 1.0):
        model.met[:] = 0.0
        model.met[:, service] = met
        take_stock(model)
        found.append(model.domains.channels(1.0, 0.5)["services"])
    assert found[1] > found[0]


def test_trust_without_experience_goes_back_to_indifference():
    model = living(week=8, forgetting=0.01, indifference=0.3)
    take_stock(model)
    expected = 0.5 - (1 - 0.99**4) * 0.2  # four weeks at once
    for name in ("trust_committee", "trust_firm"):
        column = getattr(model.residents, name)
        np.testing.assert_allclose(Cohort(0).of(column), expected, rtol=1e-6)
        assert (Cohort(1).of(column) == 0.5).all()
    assert (model.residents.trust_neighbours == 0.5).all()


# Firms


def fees(**parameters):
    usual = {"fees_base": -1.0, "fees_trust": 4.0, "fees_labour": 0.2, "fees_wage": 30.0}
    model = living(post(), FIRM, **(usual | parameters))
    compounds = model.places.compounds
    model.homes.firm[:] = [0, 0, 1, 1, 1, -1]
    compounds.fee[:], compounds.area[:] = 2.0, 60.0
    model.firms.quality[:2] = [0.5, 1.0]
    return model


def test_owners_pay_by_trust_and_income_buys_hours():
    model = fees()
    collect_fees(model)
    np.testing.assert_allclose(model.collection, expit(1.0))
    firm = model.institutions.posts.at("firm")
    households = np.diff(model.places.compound_households)
    # 120 yuan a month due of a household; a fifth of what is paid goes to people at 30 yuan an hour,
    # as much at quality 0.5 and double at quality 1; 52 / 12 weeks a month
    weekly = households * 120 * expit(1.0) * 0.2 / 30 / (52 / 12)
    np.testing.assert_allclose(model.institutions.posts.gross[firm], weekly * [1, 1, 2, 2, 2, 0], rtol=1e-5)
    assert model.institutions.posts.skill[firm][2] > model.institutions.posts.skill[firm][0]


def test_fees_are_collected_once_a_month():
    assert collect_fees not in processes_of(10)
    assert collect_fees in processes_of(12)


def deciding(learning=0.0, reputation=0.0, shown=1.0, **parameters):
    """Two firms that serve three compounds each, one that serves none; all were shown each other's ways."""
    weights = {"learning": learning, "reputation": reputation}
    rules = [Payoff(name=term, to="firms", term=term, weight=weight) for term, weight in weights.items()]
    usual = {
        "firms_cost": 0.5,
        "firms_margin": 0.1,
        "firms_speed": 0.2,
        "fees_trust": 4.0,
        "firms_replace_rate": 0.0,
    }
    usual |= {"firms_foresight": 1.0, "firms_fixed": 0.0, "firms_replace_hours": 0.0}
    model = living(post(), FIRM, *rules, **(usual | parameters))
    model.homes.firm[:] = [0, 0, 0, 1, 1, 1]
    firms = model.firms
    firms.efficiency[:], firms.founding[:] = 1.0, True
    firms.quality[:3] = [0.4, 0.7, 0.1]
    model.collection[:] = 0.8
    model.exchanges.meet(np.full((len(firms), len(firms)), shown))
    return model


def test_a_firm_follows_its_profit():
    model = deciding()
    firms_decide(model)
    owners_decide(model)
    # the marginal yuan 4 x 0.8 x 0.2 = 0.64, less 2 x 0.5 x quality; a fifth of a step along it
    np.testing.assert_allclose(model.firms.quality, [0.4 + 0.2 * 0.24, 0.7 - 0.2 * 0.06, 0.1], rtol=1e-5)


def test_a_firm_minds_standing_behind_the_best_it_was_shown():
    model = deciding(reputation=0.5)
    firms_decide(model)
    # 0.2 x 0.5 x (0.7 - 0.4)
    assert model.firms.quality[0] == pytest.approx(0.448 + 0.03, rel=1e-5)
    half = deciding(reputation=0.5, shown=0.5)
    firms_decide(half)
    assert half.firms.quality[0] == pytest.approx(0.448 + 0.015, rel=1e-5)


def test_a_firm_learns_what_makes_quality_cheap():
    model = deciding(learning=0.5)
    model.firms.efficiency[:3] = [1.0, 1.2, 0.8]
    firms_decide(model)
    np.testing.assert_allclose(model.firms.efficiency[:2], [0.9, 1.0], rtol=1e-5)  # half of the gap
    assert model.firms.efficiency[2] == pytest.approx(0.8)
    assert model.exchanges.held == 0  # the next quarter's meetings count anew


def test_a_published_verdict_is_read_by_all_and_makes_a_firms_name():
    model = deciding(reputation=0.5, shown=0.0)
    firms = model.firms
    firms.reputation[:] = 0.5
    score = np.full(len(firms), np.nan)
    score[:2] = [0.2, 0.8]
    model.verdicts.give("meeting", Verdict("firms", score, True, 99))
    firms_decide(model)
    assert firms.quality[0] == pytest.approx(0.448 + 0.2 * 0.5 * 0.6, rel=1e-5)
    np.testing.assert_allclose(firms.reputation[:3], [0.35, 0.65, 0.5], rtol=1e-5)
    secret = deciding(reputation=0.5, shown=0.0)
    secret.verdicts.give("meeting", Verdict("firms", score, False, 99))
    firms_decide(secret)
    assert secret.firms.quality[0] == pytest.approx(0.448, rel=1e-5)


def test_a_firm_answers_a_verdict_by_what_its_own_verdicts_taught_it():
    model = living(post(), FIRM, Payoff(name="a", to="firms", term="appraisal", weight=0.5))
    model.homes.firm[:] = [0, 0, 0, 1, 1, 1]
    score = np.full(len(model.firms), np.nan)
    score[:2] = [0.2, 0.8]
    model.firms.quality[:] = 0.5
    model.firms.efficiency[:] = 1.0
    model.collection[:] = 0.8
    model.lessons.note(model.firms.quality, score)
    firms_decide(model)
    unmoved = float(model.firms.quality[0])
    model.firms.quality[:] = 0.5
    model.verdicts.give("meeting", Verdict("firms", score, False, 99))
    firms_decide(model)
    speed = model.parameters.firms.speed
    gained = model.firms.quality[:2] - unmoved
    np.testing.assert_allclose(gained, speed * 0.5 * np.array([1.6, 0.4]), rtol=1e-5)


def test_a_firm_foresees_a_part_of_what_quality_brings():
    model = deciding(firms_foresight=0.5)
    firms_decide(model)
    owners_decide(model)
    assert model.firms.quality[0] == pytest.approx(0.4 + 0.2 * (0.32 - 0.4), rel=1e-5)


def test_fixed_costs_come_before_quality():
    model = deciding(reputation=50.0, firms_fixed=0.4)
    model.firms.quality[2] = 1.0
    firms_decide(model)  # 0.9 x 0.8 - 0.4 is left for 0.5 x quality^2
    np.testing.assert_allclose(model.firms.quality[:2], np.sqrt(0.32 / 0.5), rtol=1e-5)


def test_a_firm_cannot_spend_what_it_does_not_collect():
    model = deciding(reputation=50.0)
    model.firms.quality[2] = 1.0
    model.collection[:] = 0.2
    firms_decide(model)
    owners_decide(model)
    # quality costs 0.5 x quality^2 of at most 0.9 x 0.2
    np.testing.assert_allclose(model.firms.quality[:2], np.sqrt(0.18 / 0.5), rtol=1e-5)


def test_quality_stays_between_nothing_and_full():
    model = deciding(reputation=50.0, firms_cost=0.01)
    model.firms.quality[2] = 1.0
    firms_decide(model)
    owners_decide(model)
    assert model.firms.quality[:2].tolist() == [1, 1]
    model = deciding(firms_cost=90.0)
    firms_decide(model)
    owners_decide(model)
    assert model.firms.quality[:2].tolist() == [0, 0]


def test_owners_who_do_not_trust_their_firm_find_the_one_of_best_standing():
    model = deciding(firms_replace_rate=1.0, firms_replace_below=0.3, firms_replace_hours=6.0)
    owners, firms = model.community.owners_committees, model.firms
    owners.competence[:] = 1.0
    firms.reputation[:] = [0.9, 0.5, 0.7]
    first = slice(*model.places.compound_rows[[owners.compound[0], owners.compound[0] + 1]])
    model.residents.trust_firm[first] = 0.2
    before, trusted = model.homes.firm.copy(), model.residents.trust_firm.copy()
    firms_decide(model)
    known = float(firms.reputation[2])
    owners_decide(model)
    after = model.homes.firm
    assert after[owners.compound[0]] == 2  # standing of its own firm does not count
    np.testing.assert_array_equal(np.delete(after, owners.compound[0]), np.delete(before, owners.compound[0]))
    assert model.tally.total["firms_replaced"] == 1
    # they know the new one by its name alone; everybody else goes on as before
    np.testing.assert_array_equal(model.residents.trust_firm[first], np.float32(known))
    np.testing.assert_array_equal(np.delete(model.residents.trust_firm, first), np.delete(trusted, first))
    home = model.places.compound_neighbourhood[owners.compound[0]]
    left = model.institutions.ledger.left[model.institutions.posts.at("committee")]
    np.testing.assert_allclose(left, 20 - 6.0 * (np.arange(3) == home))  # the committee helped


def test_owners_keep_their_firm_where_they_know_of_none_better():
    model = deciding(firms_replace_rate=1.0, firms_replace_below=0.3)
    model.community.owners_committees.competence[:] = 1.0
    model.residents.trust_firm[:], model.firms.reputation[:] = 0.2, 0.2
    before = model.homes.firm.copy()
    owners_decide(model)
    assert model.homes.firm.tolist() == before.tolist()
    assert model.institutions.ledger.hours.get("replacing", 0.0) == 0


def test_owners_keep_their_firm_where_the_committee_has_no_hours_to_help():
    model = deciding(firms_replace_rate=1.0, firms_replace_below=0.3, firms_replace_hours=6.0)
    model.community.owners_committees.competence[:] = 1.0
    model.residents.trust_firm[:] = 0.2
    model.institutions.ledger.left[:] = 5.0
    before = model.homes.firm.copy()
    owners_decide(model)
    assert model.homes.firm.tolist() == before.tolist()
    assert model.institutions.ledger.left[:3].tolist() == [5, 5, 5]


def test_owners_without_competence_keep_their_firm():
    model = deciding(firms_replace_rate=1.0, firms_replace_below=0.3)
    model.community.owners_committees.competence[:] = 0.0
    model.residents.trust_firm[:] = 0.0
    before = model.homes.firm.copy()
    firms_decide(model)
    owners_decide(model)
    np.testing.assert_array_equal(model.homes.firm, before)


def test_owners_without_a_firm_have_none_to_replace():
    # a firm gets its posts when a design is adopted: one found here would take fees and answer for nothing
    model = deciding(firms_replace_rate=1.0, firms_replace_below=0.3)
    owners = model.community.owners_committees
    owners.competence[:] = 1.0
    model.residents.trust_firm[:] = 0.0
    model.homes.firm[owners.compound[0]] = -1
    firms_decide(model)
    owners_decide(model)
    assert model.homes.firm[owners.compound[0]] == -1
    assert model.tally.total["firms_replaced"] == len(owners) - 1


# Units


UNIT = {
    "units_base": -2.0,
    "units_consciousness": 3.0,
    "units_speed": 0.5,
    "units_learning": 0.1,
    "units_contact": 19.0,
}


def quarter_of_units(given=0.0, seen=False, served=0.0, lead=None, met=0.0, **weights):
    """What the first unit's engagement and consciousness come to, from 0.4 and 0.5."""
    rules = [Payoff(name=term, to="units", term=term, weight=weight) for term, weight in weights.items()]
    model = living(post(), *rules, **UNIT)
    units = model.units
    units.hours[:] = 0
    units.hours[0, 0] = 10.0  # 130 in a quarter
    units.rank[0] = 2.0
    units.engagement[:], units.consciousness[:] = 0.8, 0.5
    units.engagement[0] = 0.4
    model.offers.given[0], model.offers.seen[0] = given, seen
    model.accounts.open_week()
    model.accounts.give(served * model.accounts.wanted)
    if lead is not None:
        units.kind[:2] = UnitKind.SCHOOL
        score = np.array([0.5 + lead, 0.5, *(len(units) - 2) * [np.nan]])
        model.verdicts.give("yearly", Verdict("units", score, False, 99))
    model.contacts = Contacts(units.neighbourhood, 0 * units.tie, 3, model.parameters.contacts)
    model.contacts.meet(np.array([0, 0]), np.array([1, -1]), met / 2)
    units_decide(model)
    assert model.offers.given.sum() == model.accounts.received.sum() == 0
    assert not model.offers.seen.any()
    np.testing.assert_allclose(model.offers.weekly[0, 0], 10 * units.engagement[0], rtol=1e-6)
    return units.engagement[0], units.consciousness[0]


@pytest.mark.parametrize(
    ("situation_of_it", "urge"),
    [
        ({}, -0.5),  # -2 + 3 x 0.5
        ({"rank": 0.4}, -1.3),  # two ranks above
        ({"peers": 0.5}, -0.2),  # all others at 0.8: 0.5 x (0.8 - 0.2)
        ({"effort": 1.0, "given": 65.0}, -1.0),  # half of its hours
        ({"effort": 1.0, "given": 900.0}, -1.5),  # no more than all of them
        ({"recognition": 0.7}, -0.5),  # nobody has seen it
        ({"recognition": 0.7, "seen": True}, 0.2),
        ({"service": 0.8}, -0.5),  # nobody has served it
        ({"service": 0.8, "served": 0.25}, -0.3),
        ({"appraisal": 2.0}, -0.5),  # nobody has judged it
        ({"appraisal": 2.0, "lead": 0.3}, 0.1),
        ({"appraisal": 2.0, "lead": -0.3}, -1.1),
    ],
)
def test_a_unit_weighs_what_a_quarter_brought(situation_of_it, urge):
    engagement, _ = quarter_of_units(**situation_of_it)
    assert engagement == pytest.approx(0.4 + 0.5 * (expit(urge) - 0.4), rel=1e-5)


def test_consciousness_follows_contact_for_the_size_of_a_unit():
    _, consciousness = quarter_of_units(met=38.0)  # 3.8 weeks of all its hours, of 19
    assert consciousness == pytest.approx(0.5 + 0.1 * (1 - np.exp(-0.2) - 0.5))
    _, consciousness = quarter_of_units()  # none
    assert consciousness == pytest.approx(0.45)


def test_a_verdict_binds_a_unit_through_its_superior_or_in_public():
    model = living(post(), units_superior=(1.0, 0, 0, 0.25, 0, 0, 0, 0), units_public=0.5)
    kinds = [UnitKind.SCHOOL, UnitKind.COMPANY, UnitKind.BANK]
    model.units.kind[:3] = kinds
    score = np.full(len(model.units), np.nan)
    score[:3] = [0.9, 0.6, 0.3]
    for published, bound in ((False, [1.0, 0.25, 0.0]), (True, [1.0, 0.5, 0.5])):
        model.verdicts.give("yearly", Verdict("units", score, published, 99))
        found = verdicts_bind(model)[:3]
        np.testing.assert_allclose(found, np.array(bound) * [0.45, 0.0, -0.45], atol=1e-12)


def test_a_payoff_is_in_force_where_the_unit_stands():
    name = situation(post()).places.neighbourhoods.names[1]
    rule = Payoff(
        name="seen",
        to="units",
        term="recognition",
        weight=3.0,
        area="neighbourhood",
        where=Where(names=(name,)),
    )
    model = living(post(), rule, week=1)
    units = model.units
    units.neighbourhood[:3] = [0, 1, -1]
    units.engagement[:], units.consciousness[:], units.rank[:] = 0.4, 0.5, 0.0
    model.offers.seen[:3] = True
    units_decide(model)
    assert units.engagement[1] > units.engagement[2] > units.engagement[0]  # outside: a third of it


# Secretaries


def test_a_secretary_who_goes_is_followed_by_a_new_one():
    model = living(secretaries_turnover=1.0, secretaries_recruit=(0.2, 0.3))
    model.secretaries.level[:] = 0.9
    model.secretaries.tenure[:] = 300
    secretaries_learn(model)
    capability = model.secretaries.at_home()
    assert capability.min() >= 0.2
    assert capability.max() <= 0.3
    assert model.secretaries.tenure.tolist() == [0, 0, 0]


def test_a_capable_secretary_makes_work_hold():
    model = living(post(competence=0.5))
    model.secretaries.level[:, Capability.PROFESSIONAL] = [[0.0], [0.5], [1.0]]
    set_committee_skill(model)
    skill = model.institutions.posts.skill[model.institutions.posts.at("committee")]
    assert skill[0] == pytest.approx(0.5)
    assert skill[2] - skill[1] == pytest.approx(skill[1] - skill[0])
    assert skill[2] > skill[1]


def test_organisations_decide_at_the_end_of_a_quarter():
    for week in (12, 14):
        assert not set(EVERY_QUARTER) & set(processes_of(week))
    assert set(EVERY_QUARTER) <= set(processes_of(13))
