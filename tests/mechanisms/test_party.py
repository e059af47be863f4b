"""Report-in, groups in buildings, reserves, stations, branches: who is reached, by whose hours."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cogov.community.cohorts import Cohort
from cogov.mechanisms import (
    BranchLife,
    BuildingPartyGroups,
    PartyServiceStations,
    QualityEvaluation,
    ReportIn,
    VanguardReserve,
)
from cogov.processes.bond import earn_hosting
from cogov.processes.books import open_books
from cogov.processes.deliver import deliver
from cogov.processes.enquire import enquire
from cogov.processes.fill import fill_posts
from cogov.processes.participate import asked_this_month, find_duties
from cogov.processes.projects import projects
from cogov.processes.sense import sense
from cogov.processes.tasks import load
from cogov.rules import Tasks
from cogov.state.issues import State
from cogov.terms import Age, Kind, Party
from tests.helpers import NEVER, post, put, situation

VOLUNTEERS = post("volunteers", staffed_by="volunteers", handles=())


def town(mechanism, *rules, party=Party.IN_SERVICE, committee=40, **values):
    """Idle adults with ten free hours, all members of one sort, under a committee and a mechanism."""
    model = situation(
        post(hours=committee, observe=0.1),
        VOLUNTEERS,
        post("office", area="subdistrict", heads=5, hours=40, handles=()),
        *mechanism.rules(),
        *rules,
        **{"participate": {"given": 0.5}, "week": 4} | values,
    )
    residents, n = model.residents, len(model.residents)
    residents.age = np.full(n, Age.AGE_30_44, dtype=np.int8)
    residents.party = np.full(n, party, dtype=np.int8)
    residents.skill = np.full(n, -1, dtype=np.int8)
    residents.free_hours = np.full(n, 10, dtype=np.float32)
    residents.volunteering[:] = False
    look(model)
    return model


def look(model):
    """Count who is active, and fill the posts from them."""
    given = model.parameters.participate.given
    model.volunteers.look_at(model.residents, model.places, given, *model.institutions.pools())
    model.adults_by_building[:] = np.bincount(
        model.residents.building, minlength=len(model.adults_by_building)
    )
    fill_posts(model)


def week(model, emergencies=0):
    """The next week, in which so many emergencies are noticed in the first building."""
    model.alarms.notice(np.zeros(emergencies, dtype=np.int64))
    model.alarms.close_week()
    model.week += 1
    open_books(model)


def asked(model):
    """Who is asked this month, of a cohort, and to whom a duty that fits is offered."""
    mine = Cohort.in_week(model.week)
    found, offered = asked_this_month(model, mine, mine.of(model.tied_to.volunteers.strength))
    return found, offered, mine


def spent(model, duty, name):
    hours = model.institutions.ledger.spent.get(duty, np.zeros(model.institutions.posts.rows))
    return hours[model.institutions.posts.at(name)].sum()


def filled(model, name):
    return model.institutions.posts.filled[model.institutions.posts.at(name)]


# ---------------------------------------------------------------- report-in

NO_CALL = {"asked": 0.0, "upkeep": 0.0}


def test_other_groups_are_called_upon_and_nobody_else():
    model = town(ReportIn(**NO_CALL, wider=1.0, groups=("young",)), party=Party.NONE)
    model.residents.age[::2] = Age.AGE_18_29
    look(model)
    found, _, mine = asked(model)
    young = mine.of(model.residents.age) == Age.AGE_18_29
    assert found[young].mean() > 0.5
    assert not found[~young].any()
    assert spent(model, "asking", "committee") > 0


def test_every_committee_keeps_the_list_of_each_call():
    hours = {}
    for name, calls in {"members": {"asked": 0.1}, "both": {"asked": 0.1, "wider": 0.1}}.items():
        model = town(ReportIn(**calls, upkeep=0.5))
        hours[name] = spent(model, "upkeep", "committee") / len(model.places.neighbourhoods)
    assert hours == pytest.approx({"members": 0.5, "both": 1.0})


def test_a_special_report_in_is_for_the_surge():
    model = town(ReportIn(**NO_CALL, special=1.0))
    assert not asked(model)[0].any()
    week(model, emergencies=9)
    assert asked(model)[0].mean() > 0.2
    assert spent(model, "asking", "committee") > 0


def test_those_who_come_have_a_duty_for_emergencies_while_they_last():
    model = town(ReportIn(**NO_CALL, duty=30.0, accept=1.0), committee=1)
    model.residents.volunteering[:] = True
    look(model)
    assert not filled(model, "emergency_duty").any()  # nobody waits for one
    week(model, emergencies=9)
    look(model)
    assert filled(model, "emergency_duty")[0] == 1
    week(model, emergencies=9)
    rows = [put(model, kind=kind, state=State.SERVICE, server=0) for kind in (Kind.EMERGENCY, Kind.DISPUTE)]
    deliver(model)
    emergency, dispute = model.issues.work[rows]
    assert emergency < dispute


def test_after_a_surge_they_are_asked_again_with_a_duty_that_fits_for_some_weeks():
    model = town(ReportIn(**NO_CALL, again=1.0, again_weeks=2))
    model.residents.party[np.arange(len(model.residents)) % 20 > 3] = Party.NONE
    model.residents.volunteering[:] = True
    look(model)
    offers, kept = [], []
    for emergencies in (9, 0, 0, 0, 0, 0):
        week(model, emergencies)
        _, offered, mine = asked(model)
        offers.append(bool(offered.any()))
        volunteers = mine.who(model.residents.volunteering)
        kept.append(len(find_duties(model, volunteers, np.zeros(len(offered), dtype=bool))) > 0)
    assert offers == kept == [False, False, True, True, False, False]


def test_cut_without_committee_hours_nobody_is_placed():
    model = town(ReportIn(asked=1.0, matched=True), committee=0.001)
    found, offered, _ = asked(model)
    assert not found.any()
    assert not offered.any()


# ---------------------------------------------------------------- groups in buildings


def test_a_group_looks_after_its_own_building_only_where_members_live():
    model = town(BuildingPartyGroups(willing=1.0), party=Party.NONE)
    members = model.residents.building == 1
    model.residents.party[members] = Party.BRANCH
    model.residents.volunteering[members] = True
    look(model)
    week(model)
    held = filled(model, "building_group")
    assert held[1] == 1
    assert not np.delete(held, 1).any()
    household = model.places.building_households
    near, far = (put(model, household=int(household[place]), spot=0.01, tell=NEVER) for place in (1, 2))
    sense(model)
    assert model.issues.state[near] != State.LATENT
    assert model.issues.state[far] == State.LATENT


def test_groups_find_out_needs_and_ask_neighbours_and_do_not_without_members():
    found, reached = [], []
    for party in (Party.BRANCH, Party.NONE):
        model = town(BuildingPartyGroups(willing=1.0), party=party)
        model.residents.volunteering[::3] = True
        look(model)
        week(model)
        before = model.known.found.copy()
        reached.append(int(asked(model)[0].sum()))
        enquire(model)
        found.append(float((model.known.found - before).mean()))
    assert found[0] > 0 > found[1]
    assert reached[0] > 0 == reached[1]


def test_too_few_members_make_no_group():
    held = []
    for least in (3.0, 0.0):
        model = town(BuildingPartyGroups(willing=1.0, least=least), party=Party.NONE)
        two = np.flatnonzero(model.residents.building == 1)[:2]
        model.residents.party[two] = Party.BRANCH
        model.residents.volunteering[two] = True
        look(model)
        held.append(float(filled(model, "building_group")[1]))
    assert held == pytest.approx([0, 2 / 3])


# ---------------------------------------------------------------- vanguard reserve

ONE_TEAM = {"reserve": 0.0, "sent": 0.0, "teams": 1.0, "willing": 1.0}


def mustered(mechanism, emergencies):
    """A town of active members some weeks on, with an emergency a week too large for the committee."""
    model = town(mechanism, committee=1)
    model.residents.volunteering[:] = True
    look(model)
    for _ in range(3):
        week(model, emergencies)
        look(model)
    return model


def test_teams_are_called_in_a_surge_and_take_emergencies_off_the_committee():
    model = mustered(VanguardReserve(**ONE_TEAM), emergencies=9)
    assert filled(model, "vanguard_team")[0] > 0
    row = put(model, kind=Kind.EMERGENCY, state=State.SERVICE, server=0, work=6.0)
    deliver(model)
    assert model.issues.work[row] < 5.0
    assert spent(model, "handling", "vanguard_team") > 0


def test_below_the_threshold_they_are_never_called_and_only_train():
    model = mustered(VanguardReserve(**ONE_TEAM), emergencies=0)
    assert not filled(model, "vanguard_team").any()
    assert spent(model, "upkeep", "vanguard_team_drill") > 0
    before = model.volunteers.left.sum()
    free = mustered(VanguardReserve(**ONE_TEAM, training=0.0), emergencies=0)
    assert free.volunteers.left.sum() > before  # drill takes hours that volunteers had for others


def test_cut_untrained_they_do_half_as_well():
    skill = []
    for training in (4.0, 0.0):
        model = mustered(VanguardReserve(**ONE_TEAM, training=training), emergencies=9)
        posts = model.institutions.posts
        skill.append(float(posts.skill[posts.at("vanguard_team")][0]))
    assert skill == pytest.approx([1 - 0.6 * (1 - 0.6 * (1 - math.exp(-2))), 0.4])


def test_the_districts_reserve_and_sent_helpers_come_too_each_by_its_own_knob():
    model = mustered(
        VanguardReserve(**ONE_TEAM | {"teams": 0.0, "reserve": 20.0, "sent": 2.0}), emergencies=9
    )
    posts = model.institutions.posts
    assert "vanguard_team" not in posts.start
    assert filled(model, "district_reserve")[0] > 0
    helpers = posts.at("special_helper")
    assert model.institutions.ledger.available[helpers].sum() == 2 * 20
    calm = mustered(VanguardReserve(**ONE_TEAM | {"sent": 2.0}), emergencies=0)
    assert not calm.institutions.ledger.available[calm.institutions.posts.at("special_helper")].any()


# ---------------------------------------------------------------- stations, branches, evaluation


def test_a_station_opens_a_room_in_each_neighbourhood_and_no_second_one():
    model = town(PartyServiceStations(chance=0.99, weeks=1, purse=1000.0, found=0))
    before = len(model.works.built)
    assert not model.institutions.ledger.available[model.institutions.posts.at("station_staff")].any()
    for _ in range(60):
        week(model)
        fill_posts(model)
        projects(model)
    mine = [work for work in model.works.built if work.programme == "service_station"]
    home = model.places.building_neighbourhood[[work.building for work in mine]]
    assert sorted(home) == sorted(set(home))
    assert len(mine) == len(model.places.neighbourhoods)
    assert len(model.works.built) == before + len(mine)
    assert spent(model, "building", "station_staff") > 0


def at_the_counter(**values):
    model = town(PartyServiceStations(**{"purse": 1000.0, "found": 0, "stations": 0} | values))
    week(model)
    row = put(model, spot=0.001)
    before = model.known.found.copy()
    for _ in range(4):
        sense(model)
        enquire(model)
        week(model)
    earn_hosting(model)
    known = model.issues.state[row] != State.LATENT
    return known, float((model.known.found - before).mean()), float(model.hosting.sum())


def test_at_the_counter_staff_hear_of_problems_and_needs_and_they_host():
    known, found, hosting = at_the_counter()
    assert known
    assert found > 0
    assert hosting > 0


def test_cut_open_when_nobody_is_free_and_no_counter_hears_of_anything():
    for cut in ({"free": 0.0}, {"counter": 0.0}, {"staff": 0.0}):
        known, found, hosting = at_the_counter(**cut)
        assert not known
        assert found < 0
        assert (hosting > 0) == ("staff" not in cut)


def test_branch_members_are_asked_at_their_meeting_in_its_own_hours():
    model = town(BranchLife(asked=0.5), party=Party.BRANCH)
    model.residents.volunteering[::2] = True
    look(model)
    week(model)
    found, _, _ = asked(model)
    assert found.mean() > 0.1
    assert spent(model, "asking", "branch_meeting") > 0
    assert spent(model, "asking", "committee") == 0


@pytest.mark.parametrize("cut", [{"asked": 0.0}, {"hours": 0.0}, {"willing": 0.0}])
def test_cut_a_meeting_at_which_nobody_is_asked_or_nobody_is_has_no_effect(cut):
    model = town(BranchLife(**{"asked": 0.5} | cut), party=Party.BRANCH)
    model.residents.volunteering[::2] = True
    look(model)
    week(model)
    assert not asked(model)[0].any()


def test_what_is_scored_gets_hours_and_what_is_not_loses_them():
    plain = town(QualityEvaluation().at_zero(), Tasks(name="subdistrict", source="subdistrict"))
    scored = town(QualityEvaluation(papers=0.2), Tasks(name="subdistrict", source="subdistrict"))
    assert (load(scored) - load(plain)).max() == pytest.approx(0.2)
    base = [model.institutions.posts for model in (plain, scored)]
    at = base[0].at("committee")
    assert (base[1].host[at] - base[0].host[at]).tolist() == pytest.approx([0.03] * 3)
    assert base[0].gross[at].sum() == base[1].gross[at].sum()  # nobody has more of them
    assert spent(scored, "upkeep", "office") == pytest.approx(3 * 0.2)


def test_cut_an_office_without_hours_asks_for_no_papers():
    model = situation(
        post(observe=0.1),
        post("office", area="subdistrict", heads=1, hours=0.001, handles=()),
        *QualityEvaluation(papers=0.5).rules(),
    )
    assert load(model).max() < 0.01
