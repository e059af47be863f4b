"""Studio, mutual learning, demonstration, pipeline: hours are booked, and what follows follows from them."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.mechanisms import DemonstrationMeeting, MutualLearning, SecretaryPipeline, SecretaryStudio
from cogov.processes.attention import priority
from cogov.processes.books import open_books
from cogov.processes.route import departments
from cogov.processes.secretaries import secretaries_learn
from cogov.processes.visits import hold_visits
from cogov.rules import Tasks
from cogov.state.issues import State
from cogov.terms import Capability, Kind, Line, Site
from tests.helpers import NEVER, post, put, situation

PROFILE = {"neighbourhoods": 4, "compounds": 8}
KINDS = [Site.OLD_PUBLIC, Site.OLD_PUBLIC, Site.COMMERCIAL, Site.COMMERCIAL]


def at(mechanism, *rules, hours=40, week=0, **values):
    """Four neighbourhoods, two of each of two kinds; the first has the longest-serving, ablest secretary."""
    office = post("office", area="subdistrict", heads=10, hours=40)
    model = situation(
        post(hours=hours), office, *mechanism.rules(), *rules, week=week, profile=PROFILE, **values
    )
    model.secretaries.site[:] = KINDS
    model.secretaries.level[:] = 0.3
    model.secretaries.level[0] = 0.9
    model.secretaries.tenure[:] = [900, 1, 2, 1]
    return model


def weeks(model, n):
    for _ in range(n):
        model.week += 1
        open_books(model)
        hold_visits(model)


def learned(model):
    return model.secretaries.at_home().mean(1) - 0.3


ONLY_SESSIONS = {"peers": 0.0, "cases": 0, "days": 0.0}


def test_pupils_of_a_mentor_of_their_kind_learn_from_sessions():
    model = at(SecretaryStudio(**ONLY_SESSIONS, teach=0.3, topics=0))
    weeks(model, 40)
    gained = learned(model)
    assert gained[1] > 0.02  # the other old compound: from the mentor
    assert gained[2] == gained[3] == 0  # new compounds: from one of their own, who can do no more


def test_all_kinds_together_learn_less_of_one_who_is_of_another_kind():
    together = at(SecretaryStudio(**ONLY_SESSIONS, teach=0.3, topics=0, by_type=False))
    weeks(together, 40)
    gained = learned(together)
    assert gained[1] > gained[2] > 0
    apart = at(SecretaryStudio(**ONLY_SESSIONS, teach=0.3, topics=0))
    weeks(apart, 40)
    assert learned(apart)[1] > gained[1]  # three share a mentor's hours, one has them alone


def test_the_mentors_own_neighbourhood_loses_the_hours_of_a_session():
    model = at(SecretaryStudio(**ONLY_SESSIONS), hours=10, week=3)
    weeks(model, 1)
    ledger, committee = model.institutions.ledger, model.institutions.posts.at("committee")
    assert ledger.spent["visits"][committee].tolist() == [6, 3, 6, 3]


def test_retired_mentors_give_their_own_hours_instead_and_none_without_hours():
    studio = SecretaryStudio(**ONLY_SESSIONS, retired=200.0, teach=0.3, topics=0)
    model = at(studio, hours=10, week=3)
    weeks(model, 1)
    ledger, posts = model.institutions.ledger, model.institutions.posts
    assert ledger.spent["visits"][posts.at("committee")].tolist() == [0, 3, 0, 3]
    assert ledger.spent["visits"][posts.at("retired_mentor")].tolist() == [12]
    assert learned(model)[1] > 0
    tired = at(studio.updated({"retired_hours": 0.1, "retired": 0.01}), week=3)
    weeks(tired, 1)
    assert learned(tired)[1] < learned(model)[1] / 10


def test_topics_follow_the_open_cases_of_the_guests():
    model = at(SecretaryStudio(**ONLY_SESSIONS, teach=0.3))
    home = model.places.building_neighbourhood
    household = int(model.places.building_households[np.flatnonzero(home == 1)[0]])
    for _ in range(5):
        put(model, household=household, kind=Kind.DISPUTE, state=State.SERVICE, server=0)
    weeks(model, 4)
    gained = model.secretaries.at_home()[1] - 0.3
    assert gained[Capability.EMPATHY] > 0
    assert gained.sum() == pytest.approx(gained[Capability.EMPATHY])


def test_cut_without_mentors_only_peers_teach_and_a_new_secretary_begins_anew():
    model = at(SecretaryStudio(mentors=0, cases=0, peers=0.3))
    weeks(model, 40)
    peers = learned(model)
    assert peers[1] > 0
    silent = at(SecretaryStudio(mentors=0, cases=0, peers=0.0))
    weeks(silent, 40)
    assert not learned(silent)[1:].any()
    model.secretaries.succeed(1, np.full(len(Capability), 0.3), Site.OLD_PUBLIC, 1.0)
    assert learned(model)[1] == 0


def test_days_in_the_mentors_neighbourhood_teach_and_take_hours():
    model = at(SecretaryStudio(mentors=1, teach=0.0, peers=0.0, cases=0, days=5.0), week=25)
    weeks(model, 1)
    assert learned(model)[1] > 0
    spent = model.institutions.ledger.spent["visits"][model.institutions.posts.at("committee")]
    assert spent[1] == 30


@pytest.mark.parametrize("line", [True, False])
def test_at_the_answer_desk_the_oldest_cases_come_first_in_its_week(line):
    def first(mechanism, week):
        model = at(mechanism)
        rows = [put(model, state=State.SERVICE, seen=seen, born=0) for seen in (5, 1, 2, 3, 4)]
        model.week = week
        open_books(model)
        where = np.zeros(len(rows), dtype=int)
        about = {"line": where + Line.HOUSING} if line else {"post": where + 1}  # committee, office
        return priority(model, np.array(rows), **about)

    studio = SecretaryStudio(mentors=0, peers=0.0, days=0.0, cases=2, weight=2.0)
    sitting, between = first(studio, 4), first(studio, 5)
    raised = sitting - first(studio.at_zero(), 4)
    np.testing.assert_allclose(raised, [0, 2, 2, 0, 0])
    np.testing.assert_allclose(between, first(studio.at_zero(), 5))


@pytest.mark.parametrize("joint", [True, False])
def test_departments_at_the_desk_answer_together(joint):
    desk = SecretaryStudio(mentors=0, peers=0.0, days=0.0, cases=1, joint=joint)
    model = at(desk, week=4)
    row = put(
        model,
        state=State.DEPARTMENTS,
        line=(Line.HOUSING, Line.URBAN_MANAGEMENT, -1),
        share=(1.0, 1.0, 0.0),
        wait=(50.0, 50.0, NEVER),
        seen=1,
    )
    departments(model)
    waits = model.issues.wait[row]
    assert waits[0] < 50
    assert (waits[1] < 50) == joint
    model.week = 5  # the desk is closed
    open_books(model)
    before = float(model.issues.wait[row][1])
    departments(model)
    assert model.issues.wait[row][1] == before


def test_the_answer_desk_takes_the_office_hours():
    model = at(SecretaryStudio(mentors=0, peers=0.0, days=0.0, cases=2, look=0.5), week=4)
    assert model.institutions.ledger.spent["upkeep"].sum() == 4 * 2 * 0.5


# ---------------------------------------------------------------- mutual learning, demonstration

SURE = {"adopt": 1.0, "visible": 1.0, "setup": 4.0}


def test_what_is_seen_on_a_visit_is_copied_set_up_and_holds_conduct_down():
    model = at(MutualLearning(**SURE, sites=1, every=4, tours=0, lunches=0, misjudge=0.0))
    weeks(model, 4)
    held = model.practices.held("tended_stairways")
    assert held.tolist() == [True, True, False, False]  # in new compounds stairs are tended already
    open_books(model)
    model.week += 1
    open_books(model)
    (compact,) = model.institutions.compacts
    home = model.places.compound_neighbourhood
    assert (compact.force > 0).tolist() == np.isin(home, [0, 1]).tolist()


def test_wrongly_copied_it_costs_the_same_and_holds_nothing_down():
    model = at(MutualLearning(**SURE, sites=1, every=4, tours=0, lunches=0, misjudge=1.0))
    weeks(model, 5)
    assert model.practices.held("tended_stairways").all()
    open_books(model)
    (compact,) = model.institutions.compacts
    assert not compact.force[np.isin(model.places.compound_neighbourhood, [2, 3])].any()


def test_tours_spread_too_and_lunches_only_teach():
    tour = at(MutualLearning(**SURE, sites=0, tours=4, tours_every=4, lunches=0, misjudge=0.0))
    weeks(tour, 4)
    assert tour.practices.held("tended_stairways").sum() == 2
    lunch = at(MutualLearning(**SURE, sites=0, tours=0, lunches=4, lunches_every=1, teach=0.3))
    weeks(lunch, 8)
    assert lunch.practices.held("tended_stairways").sum() == 1
    assert learned(lunch)[1] > 0


def test_cut_without_hours_to_set_it_up_nothing_is_adopted():
    model = at(MutualLearning(adopt=1.0, visible=1.0, setup=1000.0, sites=1, every=1, tours=0, lunches=0))
    weeks(model, 12)
    assert model.practices.held("tended_stairways").sum() == 1


def test_cut_without_visits_nothing_spreads():
    model = at(MutualLearning(**SURE, sites=0, tours=0, lunches=0))
    weeks(model, 30)
    assert model.practices.held("tended_stairways").sum() == 1
    np.testing.assert_array_equal(learned(model)[1:], 0)


def test_at_the_demonstration_all_are_to_do_likewise_once_whether_or_not_it_fits():
    model = at(DemonstrationMeeting(week=4, adopt=1.0, visible=1.0, setup=8.0, shown=1))
    weeks(model, 3)
    assert model.practices.held("neighbourly_work").sum() == 1
    weeks(model, 1)
    committee = model.institutions.posts.at("committee")
    assert model.institutions.ledger.spent["visits"][committee].sum() == pytest.approx(60 + 3 * (4 + 4))
    weeks(model, 4)
    assert model.practices.held("neighbourly_work").all()
    assert not model.institutions.ledger.spent.get("visits", np.zeros(1)).any()  # once, and no more
    np.testing.assert_allclose(model.institutions.posts.host[committee], [0.05, 0.05, 0, 0])


def test_cut_adoption_without_set_up_hours_yields_the_name_only():
    model = at(DemonstrationMeeting(adopt=1.0, visible=1.0, setup=8.0), Tasks(name="all", source="housing"))
    weeks(model, 3)
    model.week += 1
    open_books(model)
    ledger, committee = model.institutions.ledger, model.institutions.posts.at("committee")
    hold_visits(model)
    taken = np.isfinite(model.practices.to_do["neighbourly_work"])
    assert taken.all()
    for _ in range(8):  # committees that have other things to do
        model.week += 1
        open_books(model)
        ledger.spend(committee, ledger.left[committee], "handling")
        hold_visits(model)
    assert model.practices.held("neighbourly_work").sum() == 1
    assert (model.institutions.posts.host[committee] > 0).sum() == 1


# ---------------------------------------------------------------- pipeline


def recruits(mechanism, n=40):
    """Capabilities at home of those who came in some quarters in which all went."""
    model = at(mechanism, secretaries={"turnover": 1.0})
    found, leaves = [], []
    for quarter in range(1, n + 1):
        model.week = quarter * 13
        open_books(model)
        secretaries_learn(model)
        new = model.secretaries.tenure == 0
        found.append(model.secretaries.at_home()[new])
        leaves.append(model.secretaries.leaves[new])
    return np.concatenate(found), np.concatenate(leaves)


NO_CHANNEL = {"kept": 0.0, "sent": 0.0, "soldiers": 0.0, "firms": 0.0, "reserve": 0.0}


@pytest.mark.parametrize(
    ("channel", "strong"),
    [
        ("sent", Capability.PROFESSIONAL),
        ("soldiers", Capability.LEADERSHIP),
        ("firms", Capability.PROFESSIONAL),
        ("reserve", Capability.EMPATHY),
    ],
)
def test_each_channel_brings_its_own(channel, strong):
    found, _ = recruits(SecretaryPipeline(**NO_CHANNEL | {channel: 0.5}, more=0.3, career=1.0))
    means = found.mean(0)
    assert means.argmax() == strong
    assert means[strong] - np.delete(means, strong).max() > 0.15


def test_the_experienced_bring_most_and_leave_soonest_and_a_career_keeps_people():
    old, soon = recruits(SecretaryPipeline(**NO_CHANNEL | {"kept": 0.5}, career=1.0), 20)
    new, stay = recruits(SecretaryPipeline(**NO_CHANNEL | {"reserve": 0.5}, career=1.0), 20)
    assert old.mean() > new.mean() + 0.1
    assert (soon > stay[0]).all()
    _, cared = recruits(SecretaryPipeline(**NO_CHANNEL | {"reserve": 0.5}, career=0.5, purse=60.0), 20)
    np.testing.assert_allclose(cared, 0.5 * stay[0])


def test_cut_a_career_that_nobody_pays_for_keeps_nobody():
    _, cared = recruits(SecretaryPipeline(**NO_CHANNEL | {"reserve": 0.5}, career=0.5, purse=0.0), 10)
    assert (cared == 0.7).all()


def test_cut_without_channels_and_plans_they_come_by_open_selection():
    found, leaves = recruits(SecretaryPipeline().at_zero())
    assert found.max() <= 0.6
    assert (leaves == 1).all()


def test_each_plan_teaches_its_own():
    none = {**NO_CHANNEL, "career": 1.0, "guidance": 0.0, "breadth": 0.0, "practice": 0.0, "teach": 0.3}
    guided, broad = (
        at(SecretaryPipeline(**none | {plan: 20.0}), hours=80) for plan in ("guidance", "breadth")
    )
    for model in (guided, broad):
        weeks(model, 4 * 13)
    gained = guided.secretaries.at_home()[1] - 0.3
    assert (gained > 0).all()
    gained = broad.secretaries.at_home()[1] - 0.3
    assert gained[Capability.PROFESSIONAL] > 0
    assert gained[Capability.EMPATHY] == 0
    practised = at(SecretaryPipeline(**none | {"practice": 20.0}), hours=80, week=25)
    weeks(practised, 1)
    assert practised.institutions.ledger.spent["visits"].sum() > 0
