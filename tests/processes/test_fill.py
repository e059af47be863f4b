"""Who holds which post: pools in their order, people where they are, and hours given once."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.processes.fill import fill_posts
from cogov.rules import Boundary
from cogov.terms import Age, Party, Service
from tests.helpers import post, situation

VOLUNTEERS = post("volunteers", staffed_by="volunteers", handles=())


def town(*rules, given=0.1):
    """Idle adults of 30-44 with ten free hours, no party and no skill."""
    model = situation(post(), VOLUNTEERS, *rules, participate={"given": given})
    residents, n = model.residents, len(model.residents)
    residents.age = np.full(n, Age.AGE_30_44, dtype=np.int8)
    residents.party = np.full(n, Party.NONE, dtype=np.int8)
    residents.skill = np.full(n, -1, dtype=np.int8)
    residents.free_hours = np.full(n, 10, dtype=np.float32)
    residents.volunteering[:] = False
    return model


def active(model, building: int, number: int) -> int:
    """Let so many of a building volunteer; returns the first one's row."""
    first = int(model.places.building_rows[building])
    model.residents.volunteering[first : first + number] = True
    return first


def fill(model, *posts):
    """Fill the posts; returns the shares of heads by area of those named, and of the volunteers' hours."""
    given = model.parameters.participate.given
    model.volunteers.look_at(model.residents, model.places, given, *model.institutions.pools())
    fill_posts(model)
    rows = model.institutions.posts
    return (*(rows.filled[rows.at(name)] for name in posts), rows.gross[rows.at("volunteers")])


def leader(name="leader", area="building", heads=1.0, hours=1.0, **rule):
    return (
        post(name, area=area, heads=heads, hours=hours, handles=()),
        Boundary(**{"name": name, "post": name, "pools": ("volunteers",)} | rule),
    )


def test_the_first_pool_comes_first_and_the_others_fill_what_is_vacant():
    model = town(*leader(heads=4, pools=("branch_members", "volunteers")))
    first = active(model, 0, 6)
    model.residents.party[first : first + 3] = Party.BRANCH
    model.residents.skill[first : first + 3] = Service.HEALTH
    filled, left = fill(model, "leader")
    assert filled[0] == 1
    assert left[0] == pytest.approx(6 - 4)
    # all three members, and one of the three others: no skilled hour is left
    np.testing.assert_allclose(model.volunteers.left[0, 0, [0, 1 + Service.HEALTH]], [2, 0], atol=1e-12)


def test_the_order_of_pools_says_whose_hours_are_left():
    model = town(*leader(heads=3, pools=("tenants", "branch_members")))
    first = active(model, 0, 6)
    model.residents.owner = np.ones(len(model.residents), dtype=bool)
    model.residents.owner[first + 3 : first + 6] = False
    model.residents.party[first : first + 3] = Party.BRANCH
    model.residents.skill[first : first + 3] = Service.HEALTH
    fill(model, "leader")
    np.testing.assert_allclose(model.volunteers.left[0, 0, [0, 1 + Service.HEALTH]], [0, 3], atol=1e-12)


def test_a_member_of_two_pools_is_counted_once():
    model = town(*leader(heads=4, pools=("branch_members", "members", "volunteers")))
    first = active(model, 0, 2)
    model.residents.party[first] = Party.BRANCH
    filled, left = fill(model, "leader")
    assert filled[0] == pytest.approx(0.5)
    assert left[0] == pytest.approx(0)


def test_who_is_willing_is_a_share_of_every_pool():
    model = town(*leader(heads=4, pools=("branch_members", "volunteers"), willing=0.5))
    first = active(model, 0, 6)
    model.residents.party[first : first + 2] = Party.BRANCH
    assert fill(model, "leader")[0][0] == pytest.approx((1 + 2) / 4)


@pytest.mark.parametrize("area", ["building", "micro_grid", "compound", "neighbourhood", "subdistrict"])
def test_hours_are_conserved_wherever_a_post_stands(area):
    model = town(
        *leader(area=area, heads=3, hours=2.0), *leader("other", area="compound", heads=2, hours=1.5)
    )
    for building, number in ((0, 3), (2, 2), (9, 5), (20, 4)):
        active(model, building, number)
    *filled, left = fill(model, "leader", "other")
    posts = model.institutions.posts
    given = sum(
        (share * posts.gross[posts.at(name)]).sum()
        for name, share in zip(("leader", "other"), filled, strict=True)
    )
    assert given > 0
    assert given + left.sum() == pytest.approx(14)  # an hour each
    assert (left >= 0).all()


def test_people_of_a_wide_area_give_hours_where_they_live():
    model = town(*leader(area="subdistrict", heads=2, hours=1.0))
    homes = model.places.building_neighbourhood
    active(model, int(np.flatnonzero(homes == 0)[0]), 3)
    active(model, int(np.flatnonzero(homes == 1)[0]), 1)
    filled, left = fill(model, "leader")
    np.testing.assert_allclose(filled, [1])
    np.testing.assert_allclose(left, [3 - 1.5, 1 - 0.5, 0])


def test_two_posts_that_want_more_than_there_is_get_the_same_share():
    model = town(*leader(hours=3.0), *leader("other", hours=1.0))
    active(model, 0, 2)  # two hours for four
    one, other, left = fill(model, "leader", "other")
    assert one[0] == other[0] == pytest.approx(0.5)
    assert left[0] == pytest.approx(0)


def test_members_are_short_where_others_have_hours():
    model = town(*leader(hours=3.0, pools=("branch_members",)), *leader("other", hours=1.0))
    first = active(model, 0, 3)
    model.residents.party[first] = Party.BRANCH
    one, other, left = fill(model, "leader", "other")
    # the member has an hour for three; the other post is filled by whoever is there
    assert one[0] == pytest.approx(1 / 3)
    assert other[0] == pytest.approx(1)
    assert left[0] == pytest.approx(3 - 2)


def test_people_of_units_fill_posts_of_the_neighbourhood_they_are_in():
    model = town(*leader(area="neighbourhood", heads=4, hours=0.5, pools=("volunteers", "employees")))
    active(model, 0, 1)
    model.day.heads[:] = 0
    model.day.heads[0], model.day.home[0], model.day.active[0] = 20, 1, 0.1
    filled, left = fill(model, "leader")
    np.testing.assert_allclose(filled, [0.25, 0.5, 0])
    each = model.parameters.participate.day_hours
    np.testing.assert_allclose(left, [1 - 0.5, 2 * each - 1, 0], atol=1e-12)


def test_people_of_units_live_in_no_building():
    model = town(*leader(area="building", pools=("employees",)))
    model.day.heads[:], model.day.active[:] = 20, 0.5
    assert not fill(model, "leader")[0].any()
