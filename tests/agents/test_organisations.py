"""Organisations are Mesa agents over rows, and decide for themselves."""

from __future__ import annotations

import math
from dataclasses import replace

import mesa
import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.agents import (
    Committee,
    Department,
    JointUnit,
    OwnersCommittee,
    PropertyFirm,
)
from cogov.processes.firms import FirmDecisions, Standing
from cogov.processes.units import Incentives, UnitDecisions
from cogov.state.contacts import SUBDISTRICT
from cogov.terms import Capability, Line, UnitKind
from tests.helpers import loose, small


@pytest.fixture
def model() -> GovernanceModel:
    return loose(GovernanceModel(small(residents=300), rng=1))


def test_every_organisation_is_an_agent_found_by_its_type(model):
    community = model.community
    tables = {
        Committee: community.committees,
        PropertyFirm: model.firms,
        JointUnit: model.units,
        OwnersCommittee: community.owners_committees,
        Department: community.departments,
    }
    assert {kind: len(agents) for kind, agents in model.agents_by_type.items()} == {
        kind: len(table) for kind, table in tables.items()
    }
    assert len(model.agents) == sum(len(table) for table in tables.values())
    for kind, table in tables.items():
        for row, agent in enumerate(model.agents_by_type[kind]):
            assert isinstance(agent, mesa.Agent)
            assert (agent.table, agent.row) == (table, row)


def test_an_organisation_is_a_live_view_of_its_row(model):
    community = model.community
    firm, unit = model.property_firms[1], model.joint_units[2]
    assert (firm.name, unit.name) == (model.firms.names[1], model.units.names[2])
    assert unit.unit_kind == UnitKind(model.units.kind[2])
    firm.quality = 0.25
    assert model.firms.quality[1] == 0.25
    model.units.engagement[2] = 0.5
    assert unit.engagement == 0.5
    committee = model.neighbourhood_committees[0]
    model.secretaries.level[0, Capability.DELIBERATION] = 0.4
    assert committee.skill(Capability.DELIBERATION) == pytest.approx(0.4)
    assert [department.line for department in model.departments] == list(Line)
    assert model.departments[1].answer == pytest.approx(float(community.departments.answer[1]))
    owners = model.owners_committees[0]
    assert community.places.compounds.owners_committee[owners.compound] == 0


# ---------------------------------------------------------------- a unit

UNIT = UnitDecisions(base=-1.0, consciousness=2.0, speed=0.5, learning=0.25)
QUARTER = Incentives(
    recognition=0.0,
    peers=0.0,
    rank=0.0,
    effort=0.0,
    service=0.0,
    appraisal=0.0,
    others=0.5,
    given=0.0,
    seen=False,
    received=0.0,
    lead=0.0,
    known=0.0,
    title=0.0,
    chance=0.0,
)


def decided(model, *, above=0.0, **quarter) -> JointUnit:
    """The first unit after a quarter: engagement and consciousness, from 0.4 and 0.5."""
    unit = model.joint_units[0]
    unit.engagement, unit.consciousness, unit.rank = 0.4, 0.5, above
    unit.decide(replace(QUARTER, **quarter), UNIT)
    return unit


@pytest.mark.parametrize(
    ("quarter", "urge"),
    [
        ({}, 0.0),  # -1 + 2 x 0.5
        ({"above": 2.0}, 0.0),  # nobody minds
        ({"rank": 0.3, "above": 2.0}, -0.6),
        ({"recognition": 0.3}, 0.0),  # not seen
        ({"recognition": 0.3, "seen": True}, 0.3),
        ({"peers": 2.0, "others": 0.9}, 1.6),  # 2 x (2 x 0.9 - 1): most take part
        ({"peers": 2.0, "others": 0.1}, -1.6),
        ({"effort": 0.8, "given": 0.25}, -0.2),  # a quarter of its hours
        ({"service": 0.5}, 0.0),  # nobody served it
        ({"service": 0.5, "received": 0.4}, 0.2),
        ({"appraisal": 2.0, "lead": -0.1}, -0.2),  # scored below its peers
    ],
)
def test_a_units_engagement_goes_towards_what_was_worth_while(model, quarter, urge):
    unit = decided(model, **quarter)
    assert unit.engagement == pytest.approx(0.4 + 0.5 * (1 / (1 + math.exp(-urge)) - 0.4))


def test_a_units_consciousness_follows_contact(model):
    assert decided(model, known=0.6).consciousness == pytest.approx(0.5 + 0.25 * (0.6 - 0.5))
    assert decided(model).consciousness == pytest.approx(0.375)  # without any it fades


def test_a_units_tie_is_with_the_subdistrict(model):
    unit, before = model.joint_units[1], model.joint_units[0].tie
    model.contacts.meet(np.array([1]), np.array([SUBDISTRICT]), 1e9)
    assert unit.tie == pytest.approx(1)
    assert model.joint_units[0].tie == before


# ---------------------------------------------------------------- a firm

FIRM = {"foresight": 0.5, "cost": 0.5, "margin": 0.1, "speed": 0.2}
UNSEEN = Standing(reputation=0.0, learning=0.0, appraisal=0.0, behind=0.4, better=0.2, slope=0.5)


def quality(model, *, collection=0.8, start=0.5, efficiency=1.0, fixed=0.0, **standing):
    firm = model.property_firms[0]
    firm.quality, firm.efficiency = start, efficiency
    firm.decide(collection, replace(UNSEEN, **standing), FirmDecisions(**FIRM, fixed=fixed), 8.0)
    return firm.quality


def test_a_firm_follows_its_profit(model):
    # 8 x 0.5 x 0.8 x 0.2 - 2 x 0.5 x 0.5 = 0.14
    assert quality(model) == pytest.approx(0.5 + 0.2 * 0.14)
    # where nearly everybody pays, quality does not: 4 x 0.95 x 0.05 - 0.5 = -0.31
    assert quality(model, collection=0.95) == pytest.approx(0.5 - 0.2 * 0.31)
    # at twice the cost: 0.64 - 2 x 1 x 0.5 = -0.36
    assert quality(model, efficiency=2.0) == pytest.approx(0.5 - 0.2 * 0.36)


def test_a_firm_minds_its_standing_and_its_verdicts(model):
    assert quality(model, reputation=0.5) == pytest.approx(0.5 + 0.2 * (0.14 + 0.5 * 0.4))
    assert quality(model, reputation=0.5, behind=0.0) == pytest.approx(0.5 + 0.2 * 0.14)
    assert quality(model, appraisal=0.3) == pytest.approx(0.5 + 0.2 * (0.14 + 0.3 * 0.5))
    assert quality(model, appraisal=0.3, slope=0.0) == pytest.approx(0.5 + 0.2 * 0.14)


def test_what_a_firm_learns_makes_quality_cheaper(model):
    # a cost of 0.5 x (1 - 0.25 x 0.2): 0.64 - 2 x 0.475 x 0.5 = 0.165
    assert quality(model, learning=0.25) == pytest.approx(0.5 + 0.2 * 0.165)
    assert model.property_firms[0].efficiency == pytest.approx(0.95)


def test_a_firm_does_no_better_than_it_is_paid_for(model):
    eager = {"reputation": 100.0, "behind": 1.0}
    # collection 0.1: (0.1 x 0.9) / 0.5 = 0.18 of quality squared
    assert quality(model, collection=0.1, **eager) == pytest.approx(math.sqrt(0.18))
    # fixed costs come first: (0.5 x 0.9 - 0.3) / 0.5 = 0.3
    assert quality(model, collection=0.5, fixed=0.3, **eager) == pytest.approx(math.sqrt(0.3))
    assert quality(model, collection=0.3, fixed=0.3, **eager) == 0
    assert quality(model, collection=0.0, **eager) == 0
    assert quality(model, collection=1.0, **eager) == 1
    assert quality(model, collection=1.0, start=0.05, efficiency=30.0) >= 0


# ---------------------------------------------------------------- owners


@pytest.mark.parametrize(
    ("trust", "draw", "replaces"),
    [(0.29, 0.19, True), (0.31, 0.0, False), (0.29, 0.21, False), (0.0, 0.99, False)],
)
def test_owners_replace_a_firm_they_do_not_trust_if_they_can(model, trust, draw, replaces):
    owners = model.owners_committees[0]
    owners.competence = 0.5
    assert owners.replaces(trust, draw, FirmDecisions(replace_below=0.3, replace_rate=0.4)) is replaces


def test_every_organisation_says_which_it_is(model):
    places = model.places
    assert f"neighbourhood {places.neighbourhoods.names[1]}" in repr(model.neighbourhood_committees[1])
    assert model.property_firms[0].name in repr(model.property_firms[0])
    unit = model.joint_units[0]
    assert unit.name in repr(unit)
    assert unit.unit_kind.label in repr(unit)
    owners = model.owners_committees[0]
    assert f"compound {places.compounds.names[owners.compound]}" in repr(owners)
    assert Line(0).label in repr(model.departments[0])
    for agent in model.agents:
        assert repr(agent).startswith(f"<{type(agent).__name__} {agent.row}: ")
        assert len(repr(agent)) < 200
