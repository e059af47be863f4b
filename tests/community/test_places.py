from __future__ import annotations

import numpy as np
import pytest


@pytest.mark.parametrize("name", ["small", "wuliqiao"])
def test_places_are_nested_and_contiguous(name, request):
    community = request.getfixturevalue(name)
    places, residents = community.places, community.residents
    chain = [
        (places.neighbourhood_compounds, len(places.neighbourhoods), len(places.compounds)),
        (places.compound_buildings, len(places.compounds), len(places.buildings)),
        (places.building_households, len(places.buildings), places.households),
        (places.household_rows, places.households, len(residents)),
    ]
    for offsets, groups, members in chain:
        assert (offsets[0], offsets[-1], len(offsets)) == (0, members, groups + 1)
        assert np.all(np.diff(offsets) > 0), "no place is empty"
    rows = np.arange(len(residents))
    assert np.array_equal(residents.household, np.searchsorted(places.household_rows, rows, "right") - 1)
    assert np.array_equal(residents.building, np.searchsorted(places.building_rows, rows, "right") - 1)
    compound = places.building_compound[residents.building]
    assert np.array_equal(compound, np.searchsorted(places.compound_rows, rows, "right") - 1)
    home = places.building_neighbourhood[residents.building]
    assert np.array_equal(home, np.searchsorted(places.neighbourhood_rows, rows, "right") - 1)
    assert np.array_equal(home, places.compound_neighbourhood[compound])


def test_wuliqiao_is_as_its_seed_says(wuliqiao):
    places = wuliqiao.places
    assert len(places.compounds) == 81
    assert len(places.neighbourhoods) == 19
    assert len(wuliqiao.residents) == pytest.approx(70_000, rel=0.02)
    assert 0.45 <= places.compounds.old.mean() < 0.5
    assert wuliqiao.firms.names[:4] == ["永理", "上实", "中海", "爱仁"]
    assert wuliqiao.firms.founding.sum() == 4
    assert "乒乓球博物馆" in wuliqiao.units.names
    outside = dict(zip(wuliqiao.units.names, wuliqiao.units.neighbourhood, strict=True))
    assert (outside["上海音乐学院"], outside["华东医院"]) == (-1, -1)
    low = places.buildings.storeys < 7
    assert (low & places.buildings.has_lift).sum() == 7
    assert places.buildings.has_lift[~low].all()


def test_old_compounds_are_walk_ups_of_six_floors_and_two_flats(wuliqiao):
    places, residents = wuliqiao.places, wuliqiao.residents
    old = places.compounds.old[places.building_compound]
    assert np.all(places.buildings.storeys[old] == 6)
    flats = np.diff(places.building_households)
    assert flats[old].max() == 12
    full = np.flatnonzero(old & (flats == 12))[0]
    heads = places.household_rows[places.building_households[full] : places.building_households[full + 1]]
    assert residents.floor[heads].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]
    assert residents.floor.min() == 1
    assert np.all(residents.floor <= places.buildings.storeys[residents.building])


def test_old_compounds_differ_from_others(wuliqiao):
    compounds = wuliqiao.places.compounds
    old = compounds.old
    assert np.array_equal(old, compounds.year_built < 2000)
    assert compounds.fee[old].mean() == pytest.approx(0.8, rel=0.1)
    assert compounds.fee[~old].mean() == pytest.approx(2.7, rel=0.1)
    assert compounds.elder_share[old].mean() > compounds.elder_share[~old].mean()
    assert np.all(compounds.firm[~old] >= 0)
    assert np.any(compounds.firm[old] < 0)


def test_exposure_has_mean_one(wuliqiao):
    assert wuliqiao.places.compounds.exposure.mean() == pytest.approx(1, abs=0.25)
    assert np.all(wuliqiao.places.compounds.exposure > 0)


def test_organisations_refer_to_existing_rows(wuliqiao):
    compounds, owners = wuliqiao.places.compounds, wuliqiao.owners_committees
    assert set(range(len(wuliqiao.firms))) == set(compounds.firm[compounds.firm >= 0])
    with_committee = np.flatnonzero(compounds.owners_committee >= 0)
    assert np.array_equal(owners.compound, with_committee)
    assert np.array_equal(compounds.owners_committee[with_committee], np.arange(len(owners)))
    assert wuliqiao.units.hours.shape == (len(wuliqiao.units), 8)
    assert wuliqiao.units.neighbourhood.max() < len(wuliqiao.places.neighbourhoods)
    staff = wuliqiao.committees.staff
    assert (staff.min() >= 5) & (staff.max() <= 9)
    assert wuliqiao.committees.capability.shape == (19, 4)
    assert wuliqiao.departments.hours[0] == pytest.approx(5.4 * wuliqiao.places.households / 1000)
