"""Communities of several subdistricts: by number, and by a column of a table."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.community import Community, load_community
from cogov.kit.errors import ProfileError

HEADER = "compound,neighbourhood,households,year_built,storeys,fee,property_firm,owners_committee,subdistrict"
ROWS = [
    "A1,a,120,1985,6,0.8,One,no,East",
    "B1,b,90,2004,18,2.9,Two,yes,West",
    "A2,a,60,1975,6,0.5,,no,East",
    "C1,c,80,1990,6,0.7,One,yes,East",
    "B2,b,70,2009,18,3.2,One,yes,West",
]
UNITS = [
    "unit,kind,rank,neighbourhood,subdistrict,venue",
    "School,school,0.5,b,,12",
    "Bank,bank,0,outside,West,3",
    "Museum,museum,1,,East,3",
]


@pytest.fixture
def write(tmp_path):
    def to(lines: list[str], name: str = "mine.csv") -> str:
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return str(path)

    return to


def problems(*given: object, **more: object) -> str:
    with pytest.raises(ProfileError) as caught:
        load_community(*given, **more)
    return str(caught.value)


def district(**numbers: object) -> Community:
    given = {"subdistricts": 3, "neighbourhoods": 8, "compounds": 20, "residents": 3000} | numbers
    return load_community("small", **given).build(1)


def test_a_community_is_one_subdistrict_unless_told_otherwise(small):
    assert small.places.subdistricts.names == ["small"]
    assert small.places.subdistrict_neighbourhoods.tolist() == [0, 3]
    assert not small.places.building_subdistrict.any()
    assert not small.units.subdistrict.any()
    assert small.firms.subdistricts.all()


def test_neighbourhoods_are_divided_in_order_and_equally():
    places = district().places
    assert places.subdistricts.names == ["S01", "S02", "S03"]
    assert np.diff(places.subdistrict_neighbourhoods).tolist() == [3, 3, 2]
    assert places.neighbourhood_subdistrict.tolist() == [0, 0, 0, 1, 1, 1, 2, 2]
    assert np.array_equal(
        places.compound_subdistrict, places.neighbourhood_subdistrict[places.compound_neighbourhood]
    )
    assert np.array_equal(
        places.building_subdistrict, places.neighbourhood_subdistrict[places.building_neighbourhood]
    )
    households = np.bincount(places.building_subdistrict, np.diff(places.building_households))
    assert np.diff(places.subdistrict_households).tolist() == households.tolist()


def test_each_firm_of_a_profile_serves_one_subdistrict_and_each_subdistrict_has_firms():
    community = district()
    firm, around = community.places.compounds.firm, community.places.compound_subdistrict
    assert (community.firms.subdistricts.sum(1) == 1).all()
    for row in np.unique(firm[firm >= 0]):
        assert set(around[firm == row]) == set(np.flatnonzero(community.firms.subdistricts[row]))
    assert set(around[firm >= 0]) == {0, 1, 2}


def test_units_are_of_the_subdistrict_they_stand_in():
    community = district()
    inside = community.units.neighbourhood >= 0
    home = community.places.neighbourhood_subdistrict[community.units.neighbourhood[inside]]
    assert np.array_equal(community.units.subdistrict[inside], home)
    assert len(set(home)) == 3


def test_scale_makes_subdistricts_larger_not_more():
    places = district(scale=2).places
    assert np.diff(places.subdistrict_neighbourhoods).tolist() == [6, 6, 4]
    assert places.neighbourhoods.names[:7] == ["N01", "N02", "N03", "N01 (2)", "N02 (2)", "N03 (2)", "N04"]
    assert len(set(places.compounds.names)) == 40
    for name, home in zip(places.compounds.names, places.compound_neighbourhood, strict=True):
        label, _, copy = places.neighbourhoods.names[home].partition(" ")
        assert name.startswith(f"{label}C")
        assert name.endswith(copy)


def test_a_table_says_which_neighbourhood_is_where(write):
    profile = load_community(write([HEADER, *ROWS]), units=write(UNITS, "units.csv"))
    assert (profile.subdistricts, profile.neighbourhoods) == (2, 3)
    assert profile.neighbourhoods_by_subdistrict() == [2, 1]
    community = profile.build(1)
    places, units = community.places, community.units
    assert places.subdistricts.names == ["East", "West"]
    assert places.neighbourhoods.names == ["a", "c", "b"]
    assert places.compounds.names == ["A1", "A2", "C1", "B1", "B2"]
    assert places.compound_subdistrict.tolist() == [0, 0, 0, 1, 1]
    assert community.firms.names == ["One", "Two"]
    assert community.firms.subdistricts.tolist() == [[True, True], [False, True]]
    assert units.neighbourhood.tolist() == [2, -1, -1]
    assert units.subdistrict.tolist() == [1, 1, 0]


def test_copies_of_a_table_stand_beside_each_other_in_their_subdistrict(write):
    community = load_community(write([HEADER, *ROWS]), units=write(UNITS, "units.csv"), scale=2).build(1)
    places = community.places
    assert places.neighbourhoods.names == ["a", "c", "a (2)", "c (2)", "b", "b (2)"]
    assert places.neighbourhood_subdistrict.tolist() == [0, 0, 0, 0, 1, 1]
    assert places.compounds.names[:6] == ["A1", "A2", "C1", "A1 (2)", "A2 (2)", "C1 (2)"]
    firms = [community.firms.names[row] if row >= 0 else "" for row in places.compounds.firm]
    assert firms[:6] == ["One", "", "One", "One (2)", "", "One (2)"]
    assert community.units.neighbourhood.tolist() == [4, -1, -1, 5, -1, -1]


def test_a_profile_with_a_table_survives_being_written_plainly(write):
    profile = load_community(write([HEADER, *ROWS]), units=write(UNITS, "units.csv"))
    again = type(profile).from_mapping(profile.plain())
    assert again.build(3).places.subdistricts.names == ["East", "West"]
    assert again == profile


def test_what_a_table_of_several_subdistricts_must_not_say(write):
    path = write([HEADER, *ROWS[:2], "A2,a,60,1975,6,0.5,,no,", "C1,b,80,1990,6,0.7,One,yes,East"])
    assert problems(path).splitlines() == [
        f"{path}, line 4, column subdistrict: '' must not be empty where other lines name one",
        f"{path}, line 5, column subdistrict: 'East' must be 'West', in which neighbourhood 'b' is on a line"
        " above",
    ]
    assert "subdistricts: the table" in problems(write([HEADER, *ROWS]), subdistricts=3)


def test_units_must_stand_in_subdistricts_that_there_are(write):
    path = write([HEADER, *ROWS])
    wrong = [UNITS[0], "School,school,0.5,b,Wset,12", "Bank,bank,0,b,East,3"]
    found = problems(path, units=write(wrong, "units.csv")).splitlines()
    assert "unknown subdistrict 'Wset'" in found[0]
    assert "did you mean 'West'" in found[0]
    assert "subdistrict = 'East', but neighbourhood 'b' is in 'West'" in found[1]


def test_no_subdistrict_is_without_a_neighbourhood():
    assert "subdistricts = 4: must be at most the number of neighbourhoods, 3" in problems(
        "small", subdistricts=4
    )
