"""What stands, where, and who counts it as theirs."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.kit.errors import ConfigError
from cogov.state.works import runs
from tests.helpers import post, situation


def works(**profile):
    return situation(post(), profile=profile).works


def test_a_community_has_its_rooms_from_the_start():
    there = works(venues=2, venue_people=25, venue_hours=9.0)
    assert [work.what for work in there.built] == ["venue"] * 6
    assert there.standing("venue").sum() == 6  # two compounds a neighbourhood, each with one
    rooms = there.rooms(3.0)
    assert np.diff(rooms.start).tolist() == [6, 6, 6]
    assert rooms.people.tolist() == [25] * 6
    assert rooms.venue[:6].tolist() == [0, 1, 0, 1, 0, 1]  # in turn
    residents = np.diff(there.places.neighbourhood_rows)
    assert rooms.reach.tolist() == np.repeat(residents, 2).tolist()


def test_without_rooms_there_is_no_slot():
    assert works(venues=0).rooms(3.0).start.tolist() == [0, 0, 0, 0]


def test_a_venue_is_open_as_far_as_it_is_kept():
    there = works(venues=1, venue_hours=10.0)
    there.keep(there.built[0], 0.65)
    assert np.diff(there.rooms(2.0).start).tolist() == [3, 5, 5]


def test_residents_in_reach_are_counted_over_walls():
    there = works(venues=0)
    rows, buildings = there.places.building_rows, there.places.compound_buildings
    reach = np.concatenate([np.arange(buildings[0], buildings[1]), [buildings[3], buildings[3] + 1]])
    there.add("venue", 0, people=9, hours=2.0, reach=reach)
    rooms = there.rooms(2.0)
    everybody = rooms.residents(np.zeros(rooms.reach[0], dtype=np.int64), np.arange(rooms.reach[0]))
    expected = np.concatenate([np.arange(rows[building], rows[building + 1]) for building in reach])
    np.testing.assert_array_equal(everybody, expected)


def test_runs_of_buildings():
    first, last = runs(np.array([2, 3, 4, 8, 10, 11]))
    assert (first.tolist(), last.tolist()) == ([2, 8, 10], [5, 9, 12])
    assert runs(np.zeros(0, dtype=np.int64))[0].tolist() == []


def test_a_neglected_work_stands_for_so_long():
    there = works()
    shed = there.add("shed", 0, lasts=3, tended=True)
    stood = []
    for kept in (0.4, 0.0, 0.6, 0.4, 0.0, 0.4):
        there.keep(shed, kept)
        stood.append(bool(there.standing("shed")[0]))
    assert stood == [True, True, True, True, True, False]


def test_an_unknown_work_is_refused():
    with pytest.raises(ConfigError, match=r"work 'gardn'.*garden"):
        works().standing("gardn")
    with pytest.raises(ConfigError, match=r"work 'gardn'.*garden"):
        works().add("gardn", 0)
