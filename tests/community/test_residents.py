from __future__ import annotations

import numpy as np
import pytest

from cogov.community import load_community
from cogov.terms import ADULT, ELDER, Age, Party


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("name", ["small", "wuliqiao"])
def test_shares_are_the_profiles_to_half_a_point(name, seed):
    profile = load_community(name)
    residents = profile.build(seed).residents
    shares = {
        "elder_share": np.mean(residents.age >= ELDER),
        "child_share": np.mean(residents.age == Age.UNDER_12),
        "teen_share": np.mean(residents.age == Age.AGE_12_17),
        "party_share": np.mean(residents.party != Party.NONE),
        "volunteer_share": np.mean(residents.volunteering),
    }
    for key, share in shares.items():
        assert share == pytest.approx(getattr(profile, key), abs=0.005), key


def test_seed_001_ages(wuliqiao):
    assert np.mean(wuliqiao.residents.age >= ELDER) == pytest.approx(0.3884, abs=0.005)
    assert np.mean(wuliqiao.residents.age == Age.UNDER_12) == pytest.approx(0.089, abs=0.005)


def test_bands_within_elders_and_adults(wuliqiao):
    age, profile = wuliqiao.residents.age, wuliqiao.profile
    numbers = np.bincount(age, minlength=8)
    assert numbers[5:] / numbers[5:].sum() == pytest.approx(profile.elder_split, abs=0.005)
    assert numbers[2:5] / numbers[2:5].sum() == pytest.approx(profile.adult_split, abs=0.005)


@pytest.mark.parametrize("name", ["small", "wuliqiao"])
def test_who_may_be_what(name, request):
    community = request.getfixturevalue(name)
    residents, places = community.residents, community.places
    minor = residents.age < ADULT
    assert np.all(residents.age[places.household_rows[:-1]] >= ADULT), "heads of households are adults"
    assert not np.any(residents.volunteering & minor)
    assert np.all(residents.party[minor] == Party.NONE)
    assert np.all(residents.skill[minor] == -1)
    employed = residents.employer >= 0
    assert not np.any(employed & (minor | (residents.age >= ELDER)))
    assert residents.employer.max() < len(community.units)
    assert np.all(residents.age[residents.party == Party.IN_SERVICE] < ELDER)
    heads = residents.owner[places.household_rows[:-1]]
    assert np.array_equal(residents.owner, heads[residents.household]), "tenure is the household's"
    assert np.all((residents.free_hours >= 0) & (residents.free_hours <= 112))


def test_members_are_mostly_old_and_in_service_members_are_not(wuliqiao):
    age, party = wuliqiao.residents.age, wuliqiao.residents.party
    assert np.mean(age[party == Party.BRANCH] >= ELDER) > 0.6
    in_service = np.count_nonzero(party == Party.IN_SERVICE) / np.count_nonzero(party)
    assert in_service == pytest.approx(wuliqiao.profile.in_service_share, abs=0.005)


def test_children_live_with_parents_rather_than_with_the_old(wuliqiao):
    residents = wuliqiao.residents
    heads = residents.age[wuliqiao.places.household_rows[:-1]][residents.household]
    with_child = heads[residents.age == Age.UNDER_12]
    assert np.mean((with_child >= Age.AGE_18_29) & (with_child <= Age.AGE_45_59)) > 0.8


def test_levels_are_the_profiles(wuliqiao):
    for name in ("trust_committee", "trust_firm", "trust_neighbours", "satisfaction", "belonging"):
        level = getattr(wuliqiao.residents, name)
        assert level.mean() == pytest.approx(getattr(wuliqiao.profile, name), abs=0.01)
        assert 0.1 < level.std() < 0.3
        assert (level.min() >= 0) & (level.max() <= 1)


def test_realised_shares_of_compounds(small):
    rows, age = small.places.compound_rows, small.residents.age
    for compound in range(len(small.places.compounds)):
        ages = age[rows[compound] : rows[compound + 1]]
        assert small.places.compounds.elder_share[compound] == pytest.approx(np.mean(ages >= ELDER))
        assert small.places.compounds.child_share[compound] == pytest.approx(np.mean(ages == Age.UNDER_12))
    party = np.add.reduceat(small.residents.party > 0, rows[:-1], dtype=int) / np.diff(rows)
    assert small.places.compounds.party_share == pytest.approx(party)


def test_memory_and_types(small):
    types = {
        "building": "int32", "household": "int32", "floor": "int8", "age": "int8", "owner": "bool",
        "party": "int8", "employer": "int16", "skill": "int8", "marks": "int8", "free_hours": "float32",
        "trust_committee": "float32", "trust_firm": "float32", "trust_neighbours": "float32",
        "satisfaction": "float32", "belonging": "float32", "volunteering": "bool",
    }  # fmt: skip
    assert {name: str(column.dtype) for name, column in vars(small.residents).items()} == types
    assert small.residents.nbytes <= 48 * len(small.residents)
    assert small.residents.nbytes + small.ties.nbytes < 150 * len(small.residents)
