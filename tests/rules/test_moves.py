"""Hours that go from post to post: what one gains the other lacks, and no hour is made on the way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cogov.kit.errors import DesignError
from cogov.processes.deliver import deliver
from cogov.rules import Move, Position, Where
from cogov.state.issues import State
from tests.helpers import post, put, reals, situation, written

CITY = Position(name="city", area="district", heads=4, hours=25)
OFFICE = Position(name="office", area="subdistrict", heads=2, hours=20)
CARERS = post("carers", handles=(), heads=1, hours=10)


def sent(**values) -> Move:
    """Hours from the district to the committees of neighbourhoods, unless told otherwise."""
    return Move(**({"name": "sent", "out_of": "city", "into": "committee", "loss": 0.0} | values))


def left(model, name: str) -> np.ndarray:
    return model.institutions.ledger.left[model.institutions.posts.at(name)]


def test_what_one_gains_the_other_lacks():
    model = situation(post(), CITY, sent(hours=5.0))
    np.testing.assert_allclose(left(model, "committee"), [25, 25, 25])
    np.testing.assert_allclose(left(model, "city"), [85])
    np.testing.assert_allclose(model.institutions.ledger.available, [85, 25, 25, 25])


def test_a_share_of_hours_is_divided_by_households():
    model = situation(post(), CITY, sent(share=0.3))
    households = np.diff(model.places.neighbourhood_households)
    np.testing.assert_allclose(left(model, "committee"), 20 + 30 * households / households.sum())
    np.testing.assert_allclose(left(model, "city"), [70])


def test_hours_may_be_for_so_many_households():
    model = situation(post(), CITY, sent(hours=2.0, per_households=100))
    households = np.diff(model.places.neighbourhood_households)
    np.testing.assert_allclose(left(model, "committee"), 20 + 2 * households / 100)
    np.testing.assert_allclose(left(model, "city"), [100 - 2 * households.sum() / 100])


def test_a_smaller_place_gives_to_the_larger_it_lies_in():
    model = situation(post(), CITY, sent(out_of="committee", into="city", share=0.5))
    np.testing.assert_allclose(left(model, "committee"), [10, 10, 10])
    np.testing.assert_allclose(left(model, "city"), [130])


def test_what_is_lost_on_the_way_is_spent_by_the_giver():
    model = situation(post(), CITY, sent(hours=5.0, loss=0.2))
    np.testing.assert_array_equal(left(model, "committee"), np.full(3, 20 + (5.0 - 5.0 * 0.2)))
    np.testing.assert_allclose(left(model, "city"), [85])
    assert model.institutions.ledger.hours["moving"] == pytest.approx(3)


def test_only_places_in_force_get_any_and_they_get_the_whole_share():
    model = situation(post(), CITY)
    names = (model.places.neighbourhoods.names[2],)
    model = situation(post(), CITY, sent(share=0.3, where=Where(names=names)))
    np.testing.assert_allclose(left(model, "committee"), [20, 20, 50])


def test_a_move_works_as_far_as_its_keeper_has_hours():
    clerk = post("clerk", handles=(), heads=1, hours=2)
    model = situation(post(), CITY, clerk, sent(hours=10.0, keeper="clerk", upkeep=4.0))
    np.testing.assert_allclose(left(model, "committee"), [25, 25, 25])
    np.testing.assert_allclose(left(model, "clerk"), [0, 0, 0])


def test_a_post_that_is_promised_away_more_than_it_has_gives_to_each_in_proportion():
    rules = (sent(hours=40.0), sent(name="more", into="carers", hours=10.0))
    model = situation(post(), CARERS, CITY, *rules)
    np.testing.assert_allclose(left(model, "city"), [0], atol=1e-9)
    np.testing.assert_allclose(left(model, "committee"), 20 + np.full(3, 100 * 40 / 150))
    np.testing.assert_allclose(left(model, "carers"), 10 + np.full(3, 100 * 10 / 150))


def test_no_hour_is_moved_twice():
    rules = (sent(into="office", hours=10.0), sent(name="on", out_of="office", hours=20.0))
    model = situation(post(), OFFICE, CITY, *rules)
    np.testing.assert_allclose(left(model, "city"), [90])
    np.testing.assert_allclose(left(model, "office"), [10])  # its own forty are gone
    np.testing.assert_allclose(left(model, "committee"), 20 + np.full(3, 40 / 3))


def test_a_post_may_live_on_hours_moved_into_it():
    team = post("team", heads=0, hours=0)
    design = written(CITY, team, sent(into="team", hours=6.0))
    assert design.idle() == ()
    model = situation(CITY, team, sent(into="team", hours=6.0))
    np.testing.assert_allclose(left(model, "team"), [6, 6, 6])
    assert "team" not in {rule.name for rule in written(CITY, team).rules()}  # without the move it is none


def test_a_move_without_one_of_its_posts_is_idle_and_listed():
    design = written(post(), sent(hours=5.0))
    assert design.idle() == (("written", sent(hours=5.0)),)
    assert [rule.kind for rule in design.rules()] == ["position"]
    assert written(CITY, post("team", heads=0), sent(out_of="team", hours=5.0)).idle()  # from nobody


def test_a_move_of_nothing_is_none():
    assert written(post(), CITY, sent()).rules() == written(post(), CITY).rules()
    assert written(post(), CITY, sent()).idle() == ()


def test_a_move_needs_two_posts():
    with pytest.raises(DesignError, match="name two posts"):
        sent(into="city")


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_hours_are_conserved_but_for_what_is_lost_and_never_negative(data):
    names = ("city", "office", "committee", "carers")
    ways = [(giver, taker) for giver in names for taker in names if giver != taker]
    chosen = data.draw(st.lists(st.sampled_from(ways), min_size=1, max_size=4, unique=True))
    moves = [
        Move(
            name=f"move_{index}",
            out_of=giver,
            into=taker,
            share=data.draw(reals(0, 1)),
            hours=data.draw(reals(0, 60)),
            loss=data.draw(reals(0, 1)),
        )
        for index, (giver, taker) in enumerate(chosen)
    ]
    before = situation(post(), CARERS, OFFICE, CITY).institutions.ledger
    after = situation(post(), CARERS, OFFICE, CITY, *moves).institutions.ledger
    renamed = [move.updated({"name": f"way_{9 - index}"}) for index, move in enumerate(moves)]
    again = situation(post(), CARERS, OFFICE, CITY, *renamed).institutions.ledger
    lost = after.hours.get("moving", 0.0)
    assert after.left.sum() == pytest.approx(before.left.sum() - lost)
    assert (after.left >= 0).all()
    assert (after.available >= after.left - 1e-9).all()
    np.testing.assert_array_equal(again.left, after.left)


def test_a_post_staffed_by_moves_has_what_is_moved_to_it_and_nothing_of_its_own():
    team = Position(name="team", staffed_by="moves", handles=("dispute",))
    model = situation(post(), CITY, team, sent(into="team", hours=5.0, where=Where(worst=1)))
    assert sorted(left(model, "team").tolist()) == [0, 0, 5]
    assert left(situation(post(), CITY, team), "team").sum() == 0
    row = int(left(model, "team").argmax())
    issue = put(model, household=int(model.places.neighbourhood_households[row]), work=9.0)
    model.issues.state[issue] = State.SERVICE
    model.issues.server[issue] = model.institutions.posts.at("team").start + row
    deliver(model)
    assert model.issues.work[issue] == pytest.approx(4)
    with pytest.raises(DesignError, match="moves staffs it and brings its own heads"):
        Position(name="team", staffed_by="moves", heads=1)
