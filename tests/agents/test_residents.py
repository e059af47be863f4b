"""Residents: columns for the processes, Mesa agents for whoever asks."""

from __future__ import annotations

import mesa
import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.agents import Committee, PartyMember, PropertyFirm, Resident
from cogov.agents.base import RowAgent
from cogov.community.ties import Followed
from cogov.terms import ADULT, Age, Party
from tests.helpers import loose, small


@pytest.fixture
def model() -> GovernanceModel:
    return loose(GovernanceModel(small(residents=300), rng=1, weeks=8))


def test_an_agent_is_a_live_view_of_its_row(model):
    residents = model.residents
    agent = residents[7]
    assert isinstance(agent, mesa.Agent)
    assert agent.row == 7
    assert agent is residents[7]
    for name in vars(model.community.residents):
        assert getattr(agent, name) == getattr(residents, name)[7], name
        assert type(getattr(agent, name)) in (int, float, bool)  # plain values, not arrays
    agent.trust_committee = 0.25
    assert residents.trust_committee[7] == 0.25
    assert model.residents.trust_committee[7] == 0.25
    residents.trust_committee[7] = 0.75
    assert agent.trust_committee == 0.75
    agent.volunteering = True
    assert residents.volunteering[7]
    before = residents.satisfaction.copy()
    agent.satisfaction += 0.125
    assert np.flatnonzero(residents.satisfaction != before).tolist() == [7]


def test_an_agent_lives_through_the_run(model):
    agents = [model.residents[row] for row in range(0, 300, 50)]
    before = [agent.satisfaction for agent in agents]
    model.run_until(8)
    assert [agent.satisfaction for agent in agents] == model.residents.satisfaction[::50][
        : len(agents)
    ].tolist()
    assert [agent.satisfaction for agent in agents] != before


def test_a_party_member_is_one(model):
    residents = model.residents
    for row in range(len(residents)):
        member = residents.party[row] != Party.NONE
        assert type(residents[row]) is (PartyMember if member else Resident)
    branch, in_service = (
        int(np.flatnonzero(residents.party == kind)[0]) for kind in (Party.BRANCH, Party.IN_SERVICE)
    )
    assert not residents[branch].in_service
    assert residents[in_service].in_service


def test_an_agent_knows_its_age_and_its_neighbours(model):
    residents, ties = model.residents, model.ties
    row = int(ties.degree().argmax())
    agent = residents[row]
    assert agent.age_band == Age(residents.age[row])
    for at in agent.neighbours:
        other = Followed(ties.n)
        other.see(ties, at == np.arange(ties.n))
        assert other.strength[row] > 0
    assert len(agent.neighbours) == ties.degree()[row] > 0
    assert all(row in residents[int(other)].neighbours for other in agent.neighbours)
    alone = int(np.flatnonzero(ties.degree() == 0)[0])
    assert residents[alone].neighbours.tolist() == []


def test_rows_count_from_either_end_and_stop_there(model):
    residents = model.residents
    n = len(residents)
    assert residents[-1] is residents[n - 1]
    assert residents[-n] is residents[0]
    assert residents[np.int64(5)] is residents[5]
    for row in (n, n + 5, -n - 1):
        with pytest.raises(IndexError, match=rf"resident {row} does not exist; rows go from 0 to {n - 1}"):
            residents[row]
    for row in (slice(0, 3), "3", 1.5, None, [1, 2]):
        with pytest.raises(TypeError):
            residents[row]


def test_all_residents_can_be_gone_through(model):
    rows = [agent.row for agent in model.residents]
    assert rows == list(range(len(model.residents)))


def test_a_run_that_asks_for_no_agents_makes_none(model):
    model.run_until(8)
    assert not any(isinstance(agent, Resident) for agent in model.agents)
    model.residents[3]
    model.residents[3]
    assert len([agent for agent in model.agents if isinstance(agent, Resident)]) == 1
    assert sum(len(model.agents_by_type.get(kind, ())) for kind in (Resident, PartyMember)) == 1


def test_an_agent_says_who_that_is(model):
    row = int(np.flatnonzero(model.residents.party == Party.BRANCH)[0])
    member, places = model.residents[row], model.places
    text = repr(member)
    assert text.startswith(f"<PartyMember {row}: aged ")
    assert f"compound {places.compounds.names[places.building_compound[member.building]]}" in text
    assert f"floor {member.floor}" in text
    assert f"satisfaction {member.satisfaction:.2f}" in text
    assert ("owner" in text) == member.owner
    assert ("volunteers" in text) == member.volunteering
    assert "party member of the branch" in text
    assert len(text.splitlines()) == 1
    assert str(len(model.residents)) in repr(model.residents)


# ---------------------------------------------------------------- Mesa's DataCollector


REPORTERS = {"satisfaction": "satisfaction", "row": lambda agent: agent.row}


class Watched(GovernanceModel):
    """As a user of Mesa would write it."""

    def __init__(self, chosen=None, **collected):
        super().__init__(small(residents=300), rng=1, weeks=8)
        if chosen is not None:
            self.residents.agents(where=chosen)
        self.datacollector = mesa.DataCollector(**collected)

    def step(self):
        super().step()
        self.datacollector.collect(self)


def test_a_collector_reports_on_residents_week_by_week():
    model = Watched(agenttype_reporters={Resident: REPORTERS, PartyMember: REPORTERS})
    model.run_until(3)
    tables = [model.datacollector.get_agenttype_vars_dataframe(kind) for kind in (Resident, PartyMember)]
    last = {int(row): level for table in tables for _, level, row in table.loc[3].itertuples()}
    assert [last[row] for row in range(len(model.residents))] == model.residents.satisfaction.tolist()
    assert len(tables[0]) == 3 * np.count_nonzero(model.residents.party == Party.NONE)
    assert sorted(set(tables[1].index.get_level_values("Step"))) == [1, 2, 3]


def test_a_collector_reports_on_the_residents_that_were_chosen():
    model = Watched(chosen=[2, 5, 7], agenttype_reporters={RowAgent: {"row": "row"}, Resident: REPORTERS})
    model.run_until(2)
    assert model.residents.made == 3
    chosen = [row for row in (2, 5, 7) if model.residents.party[row] == Party.NONE]
    assert model.datacollector.get_agenttype_vars_dataframe(Resident).loc[2]["row"].tolist() == chosen
    everybody = model.datacollector.get_agenttype_vars_dataframe(RowAgent).loc[2]
    assert (
        len(everybody)
        == len(model.agents)
        == 3
        + sum(
            map(
                len,
                (
                    model.neighbourhood_committees,
                    model.property_firms,
                    model.joint_units,
                    model.owners_committees,
                ),
            )
        )
        + len(model.departments)
    )


def test_a_collector_reports_on_organisations_without_making_residents():
    model = Watched(
        agent_reporters={"kind": lambda agent: type(agent).__name__},
        agenttype_reporters={
            PropertyFirm: {"quality": "quality", "name": "name"},
            Committee: {"staff": "staff"},
        },
    )
    model.run_until(2)
    assert model.residents.made == 0
    firms = model.datacollector.get_agenttype_vars_dataframe(PropertyFirm).loc[2]
    assert firms["quality"].tolist() == model.firms.quality.tolist()
    assert firms["name"].tolist() == list(model.firms.names)
    kinds = set(model.datacollector.get_agent_vars_dataframe().loc[2]["kind"])
    assert kinds == {kind.__name__ for kind in model.agent_types}


def test_watching_changes_nothing(model):
    model.run_until(8)
    watched = Watched(agenttype_reporters={Resident: REPORTERS})
    watched.run_until(8)
    assert watched.record.digest() == model.record.digest()


# ---------------------------------------------------------------- sets of agents


def test_a_mask_selects_a_set_of_agents(model):
    residents = model.residents
    old = residents.agents(where=residents.age >= Age.AGE_70_79)
    assert isinstance(old, mesa.agent.AgentSet)
    assert [agent.row for agent in old] == np.flatnonzero(residents.age >= Age.AGE_70_79).tolist()
    assert {agent.row for agent in residents.agents(where=[2, 9])} == {2, 9}
    assert len(residents.agents(where=[])) == 0
    assert len(residents.agents(where=residents.age > 100)) == 0
    everybody = residents.agents()
    assert len(everybody) == len(residents)
    assert next(iter(everybody)) is residents[0]


def test_mesas_verbs_work_on_a_set(model):
    residents = model.residents
    volunteers = residents.agents(where=residents.volunteering)
    assert volunteers.agg("age", min) >= ADULT
    assert volunteers.get("volunteering") == [True] * len(volunteers)
    volunteers.set("belonging", 1.0)
    assert np.all(residents.belonging[residents.volunteering] == 1)
    assert not np.all(residents.belonging == 1)
    doubled = volunteers.map(lambda agent: 2 * agent.free_hours)
    assert doubled == pytest.approx((2 * residents.free_hours[residents.volunteering]).tolist())
    by_party = residents.agents().groupby("party").count()
    assert by_party == {kind: n for kind, n in enumerate(np.bincount(residents.party)) if n}
    members = residents.agents().select(agent_type=PartyMember)
    assert len(members) == np.count_nonzero(residents.party)


def test_a_mask_for_others_is_refused(model):
    n = len(model.residents)
    for wrong in (np.ones(n + 1, dtype=bool), np.ones(n - 1, dtype=bool), [n]):
        with pytest.raises(IndexError):
            model.residents.agents(where=wrong)


# ---------------------------------------------------------------- columns


def test_columns_are_those_of_the_community_within_the_memory_promised(model):
    residents = model.residents
    assert residents.trust_committee is model.residents.trust_committee
    assert residents.nbytes == model.residents.nbytes
    assert residents.nbytes <= 48 * len(residents)
