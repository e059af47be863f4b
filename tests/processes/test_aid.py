"""Mutual aid: who is helped by whom, with what, and that it needs ties, trust and time."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.processes import Epidemic
from cogov.processes.aid import help_cohort, lay_out_aid
from cogov.processes.match import match
from cogov.state.tied_to import TiedTo
from cogov.terms import COHORTS, Age, Service
from tests.helpers import connect, situation, small, untied

ELDERS, CHILDREN, MENDING = Service.ELDER_CARE, Service.CHILD_CARE, Service.REPAIR_HELP


def alone(**parameters):
    """Residents of 30-44 whom nobody knows, all with time for neighbours."""
    model = situation(aid=parameters, enquire={"by_themselves": 0.0, "start": 0.0})
    model.residents.age = np.full_like(model.residents.age, Age.AGE_30_44)
    model.residents.trust_neighbours[:] = 1.0
    model.ties = untied(model)
    model.aid = lay_out_aid(model)
    able(model, np.ones(len(model.residents), dtype=bool))
    return model


def able(model, who):
    """Have these residents time for neighbours."""
    model.tied_to.able.see(model.ties, who)


def helped(model):
    """Hours by service with which everybody is helped, as old as they are now."""
    model.aid, who = lay_out_aid(model), model.tied_to.able.who
    model.tied_to = TiedTo.nobody(len(who))
    able(model, who)
    for cohort in range(COHORTS):
        help_cohort(model, cohort)
    return model.aid.hours.sum((0, 1))


def test_nobody_is_helped_without_ties():
    model = alone()
    model.residents.age[:] = Age.AGE_80_PLUS
    assert not helped(model).any()


def test_the_old_are_helped_by_those_they_know_as_far_as_they_trust_them():
    model = alone(help=0.4, company=0.25)
    person, other, third = 5, 6, 7
    model.residents.age[person] = Age.AGE_80_PLUS
    assert connect(model.ties, [person, person], [other, third], [0.5, 0.2]) == 2
    need = model.parameters.arise.elder_care
    model.residents.trust_neighbours[person] = 0.6
    assert helped(model)[ELDERS] == pytest.approx(0.25 * need * (1 - np.exp(-0.4 * 0.6 * 0.7)))
    able(model, np.arange(len(model.residents)) != third)  # who has no time
    assert helped(model)[ELDERS] == pytest.approx(0.25 * need * (1 - np.exp(-0.4 * 0.6 * 0.5)))
    model.residents.age[person] = Age.AGE_70_79  # needs a quarter of it
    assert helped(model)[ELDERS] == pytest.approx(0.25 * need / 4 * (1 - np.exp(-0.4 * 0.6 * 0.5)))


def test_children_are_minded_and_things_mended_for_the_head_of_a_household():
    model = alone(help=1.0, minding=0.5, mending=0.5)
    arise, places = model.parameters.arise, model.places
    households = np.flatnonzero(np.diff(places.household_rows) > 1)
    head, other = (int(places.household_rows[household]) for household in households[[0, -1]])
    child = head + 1
    model.residents.age[child] = Age.UNDER_12
    connect(model.ties, [head, child], [other + 1, other + 1], [1.0, 1.0])
    model.residents.trust_neighbours[other + 1] = 0
    old = places.compounds.old[places.building_compound[model.residents.building[head]]]
    found = helped(model)
    assert found[CHILDREN] == pytest.approx(0.5 * arise.child_care * (1 - np.exp(-1)))
    assert found[MENDING] == pytest.approx(0.5 * arise.repair_help * (1 + old) * (1 - np.exp(-1)))
    assert found.sum() == pytest.approx(found[CHILDREN] + found[MENDING])


def test_weaker_ties_help_less_and_without_help_they_do_not_matter():
    hours = {}
    for strength in (0.5, 0.15):
        for chance in (0.3, 0.0):
            model = GovernanceModel(
                small(tie_strength=strength).build(1), processes={"aid": {"help": chance}}
            )
            hours[strength, chance] = model.aid.hours.sum()
    assert hours[0.15, 0.3] < 0.5 * hours[0.5, 0.3]
    assert hours[0.15, 0.0] == hours[0.5, 0.0] == 0


def test_who_helps_gives_no_more_than_a_share_of_what_is_needed():
    model = GovernanceModel("small", weeks=1)
    share = model.aid.share(model.neighbourhood_needs)
    parameters = model.parameters.aid
    for service, most in (
        (ELDERS, parameters.company),
        (CHILDREN, parameters.minding),
        (MENDING, parameters.mending),
    ):
        assert 0 < share[:, service].min() <= share[:, service].max() < most
    others = [service for service in Service if service not in (ELDERS, CHILDREN, MENDING)]
    assert not share[:, others].any()
    a_head = model.aid.hours.sum() / len(model.residents)
    assert a_head < 0.01 * model.residents.free_hours.mean()


def test_help_meets_need_that_nobody_else_knows_of():
    model = alone()
    model.aid.hours[0, 0, ELDERS] = 0.1 * model.neighbourhood_needs[0, ELDERS]
    match(model)
    np.testing.assert_allclose(model.met[:, ELDERS], [0.1, 0, 0])
    assert model.tally.total["aid_hours"] == pytest.approx(0.1 * model.neighbourhood_needs[0, ELDERS])


@pytest.mark.parametrize("cut", [{"tie_degree": 0.0, "isolates": 1.0}, {"trust_neighbours": 0.0}])
def test_without_ties_or_trust_there_is_no_aid_under_any_design(cut):
    model = GovernanceModel(small(**cut).build(1), weeks=4, rng=1)
    model.run_until(1)
    assert model.record.outcomes()["aid_hours"] == 0
    whole = GovernanceModel(small().build(1), weeks=4, rng=1)
    whole.run_until(1)
    assert whole.record.outcomes()["aid_hours"] > 0


def test_neighbours_help_on_when_staff_are_away():
    """The share that neighbours meet is of the need there is: in an epidemic it is of more."""
    shock = Epidemic(week=1, length=4, need_factor=2.0, staff_absent=0.9)
    struck, calm = situation(week=2, shocks=[shock]), situation(week=2)
    match(struck)
    match(calm)
    assert struck.tally.total["aid_hours"] > calm.tally.total["aid_hours"]
    np.testing.assert_allclose(struck.met, calm.met)  # nobody else serves, in either
