"""Posts laid over areas, and the ledger of their hours."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.rules.institutions import Institutions
from cogov.rules.kinds import Position
from cogov.rules.posts import Posts
from cogov.terms import Service
from tests.helpers import small, written


@pytest.fixture(scope="module")
def community():
    return small().build(1)


def lay(community, *rules: Position) -> Posts:
    needs = np.ones((len(community.places.compounds), len(Service)))
    return Institutions(written(*rules), community, needs, community.places.compounds.firm).posts


def test_a_row_for_each_area_of_each_post(community):
    posts = lay(
        community,
        Position(name="guide", area="compound", heads=2, hours=10, observe=0.3, wage=5),
        Position(name="office", area="subdistrict", heads=1, hours=40, competence=0.9, small=2, group=3),
    )
    assert posts.rows == 7
    assert (posts.at("guide"), posts.at("office"), posts.at("nobody")) == (
        slice(0, 6),
        slice(6, 7),
        slice(0, 0),
    )
    assert posts.rule_of.tolist() == [0] * 6 + [1]
    assert posts.area_of.tolist() == [0, 1, 2, 3, 4, 5, 0]
    assert posts.observe.tolist() == [0.3] * 6 + [0]
    assert posts.wage.tolist() == [5] * 6 + [0]
    assert posts.group.tolist() == [1] * 6 + [3]
    assert posts.skill.tolist() == [0.6] * 6 + [0.9]
    assert posts.filled.tolist() == [1] * 7


def test_the_more_skilled_finish_for_good_whoever_they_were_before(community):
    posts = lay(community, Position(name="office", area="subdistrict", heads=1, hours=40, competence=0.5))
    np.testing.assert_allclose(posts.holding, np.log(2))  # a chance of a half
    posts.trained[:] = 0.25
    np.testing.assert_allclose(posts.holding, np.log(4))
    posts.trained[:] = 0.5  # it cannot fail: as good as certain
    np.testing.assert_allclose(posts.holding, -np.log(1e-6))


def test_hours_of_a_post_are_those_of_its_rule(community):
    posts = lay(
        community,
        Position(name="guide", area="neighbourhood", heads=1.5, hours=20, admin_share=0.4),
        Position(name="leader", area="compound", heads=2, per_households=100, hours=10),
    )
    assert posts.gross[posts.at("guide")] == pytest.approx([18, 18, 18])  # 1.5 x 20 x 0.6
    households = np.diff(community.places.compound_households)
    assert posts.gross[posts.at("leader")] == pytest.approx(households / 100 * 20)


def test_organisations_bring_their_own_hours(community):
    posts = lay(
        community,
        Position(name="committee", staffed_by="committee"),
        Position(name="firm", staffed_by="firm", area="compound"),
        Position(name="volunteers", staffed_by="volunteers"),
    )
    committees = community.committees
    expected = [
        float(staff) * float(hours) for staff, hours in zip(committees.staff, committees.hours, strict=True)
    ]
    assert posts.gross[posts.at("committee")] == pytest.approx(expected)
    assert not posts.gross[posts.at("firm")].any()  # until fees are collected
    assert not posts.gross[posts.at("volunteers")].any()  # until somebody volunteers


def test_care_is_divided_over_services_as_often_as_they_are_named(community):
    carer = Position(
        name="carer",
        area="subdistrict",
        heads=1,
        hours=1,
        care=1.0,
        services=("elder_care", "elder_care", "elder_care", "health"),
    )
    services = lay(community, carer, Position(name="guide", heads=1, hours=1)).services
    expected = np.zeros((4, len(Service)))
    expected[0, [Service.ELDER_CARE, Service.HEALTH]] = [0.75, 0.25]
    assert np.array_equal(services, expected)


def test_a_design_without_posts_has_no_rows(community):
    posts = lay(community)
    assert (posts.rows, len(posts.gross), posts.services.shape) == (0, 0, (0, len(Service)))
