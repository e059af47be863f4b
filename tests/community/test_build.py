from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cogov.community import load_community
from cogov.terms import ADULT, Age, Party
from tests.helpers import reals

SMALL = load_community("small")


def test_same_seed_same_bytes(digest):
    one, again, other = (digest(SMALL.build(seed)) for seed in (1, 1, 2))
    assert one == again
    assert one != other


def test_same_bytes_in_another_process(small):
    program = (
        "import hashlib; from cogov.community import load_community as load; c = load('small').build(1);"
        "print(hashlib.sha256(c.residents.age.tobytes() + c.ties.neighbour.tobytes()).hexdigest())"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    expected = hashlib.sha256(small.residents.age.tobytes() + small.ties.neighbour.tobytes()).hexdigest()
    assert out.strip() == expected


def test_a_number_changes_only_what_it_is_about(small, arrays):
    other = replace(SMALL, skill_share=0.5, unit_tie=0.9).build(1)
    before, after = arrays(small), arrays(other)
    changed = {path for path in before if not np.array_equal(before[path], after[path])}
    assert changed == {".residents.skill", ".residents.free_hours", ".units.tie"}


@pytest.mark.parametrize("scale", [2, 5])
def test_scale_multiplies(small, scale):
    large = replace(SMALL, scale=scale).build(1)
    assert len(large.places.neighbourhoods) == scale * 3
    assert len(large.places.compounds) == scale * 6
    assert len(large.firms) == scale * 3
    assert len(large.units) == scale * 8
    assert len(large.committees) == scale * 3
    assert len(large.residents) == pytest.approx(scale * len(small.residents), rel=0.05)
    assert large.departments.hours == pytest.approx(scale * small.departments.hours, rel=0.01)
    assert large.ties.degree().mean() == pytest.approx(small.ties.degree().mean(), rel=0.05)
    assert len(set(large.places.compounds.names)) == scale * 6


EMPTY = {
    "no party members": {"party_share": 0},
    "no units": {"unit_rates": [0] * 8, "units": ()},
    "one household": {"residents": 1, "compounds": 1, "neighbourhoods": 1},
    "one person": {"residents": 1, "compounds": 1, "neighbourhoods": 1, "household_sizes": [1]},
    "a household a compound": {"residents": 6},
    "no children": {"child_share": 0, "teen_share": 0},
    "children only": {"child_share": 1, "elder_share": 0, "teen_share": 0},
    "elders only": {"elder_share": 1, "child_share": 0, "teen_share": 0},
    "no ties": {"tie_degree": 0},
    "all isolates": {"isolates": 1, "tie_spare": 0},
    "no isolates": {"isolates": 0},
    "no firms": {"founding_firms": [], "old_share": 1, "without_firm_old": 1},
    "no owners' committees": {"owners_committee_old": 0, "owners_committee_new": 0},
    "no skills": {"skill_weights": [0] * 8},
    "no volunteers": {"volunteer_share": 0},
    "everybody volunteers": {"volunteer_share": 1},
    "all old": {"old_share": 1},
    "none old": {"old_share": 0, "lifts_built": 100_000},
    "bungalows": {"storeys_old": [1, 1], "storeys_new": [1, 1]},
    "certain levels": {"trust_committee": 0, "satisfaction": 1, "tie_strength": 0},
    "nothing spread": {"share_spread": 0, "compound_spread": 0, "exposure_spread": 0, "free_hours_spread": 0},
}


def check(community) -> None:
    """What is true of every community, whatever its numbers."""
    residents, places, ties = community.residents, community.places, community.ties
    assert len(residents) == places.household_rows[-1] > 0
    assert np.all(residents.age[places.household_rows[:-1]] >= ADULT)
    minor = residents.age < ADULT
    assert not np.any(residents.volunteering & minor)
    assert not np.any((residents.party != Party.NONE) & minor)
    for level in (
        residents.trust_committee,
        residents.satisfaction,
        community.firms.quality,
        community.units.tie,
    ):
        assert np.all((level >= 0) & (level <= 1))
    for share in ("elder_share", "child_share", "party_share"):
        values = getattr(places.compounds, share)
        assert np.all((values >= 0) & (values <= 1))
    assert np.all(places.compounds.firm < len(community.firms))
    assert np.all(residents.floor <= places.buildings.storeys[residents.building])
    assert np.all(residents.floor >= 1)
    filled = np.flatnonzero(ties.strength > 0)
    i, j = ties.owners(filled), ties.neighbour[filled]
    there = np.sort(i * np.int64(ties.n) + j)
    assert np.all(np.diff(there) > 0)
    assert np.array_equal(there, np.sort(j * np.int64(ties.n) + i))
    assert not np.any(residents.household[i] == residents.household[j])
    empty = ties.strength == 0
    assert np.array_equal(ties.neighbour[empty], ties.owners(np.flatnonzero(empty)))
    assert ties.degree().sum() == len(filled)


@pytest.mark.parametrize("given", EMPTY.values(), ids=EMPTY.keys())
def test_extreme_communities(given):
    check(replace(SMALL, ranges={}, **given).build(1))


def test_the_empty_is_empty():
    def build(name):
        return replace(SMALL, ranges={}, **EMPTY[name]).build(1)

    assert not build("no party members").residents.party.any()
    assert len(build("no units").units) == 0
    assert build("no units").units.hours.shape == (0, 8)
    assert np.all(build("no units").residents.employer == -1)
    one = build("one household")
    assert (one.places.households, one.ties.degree().sum()) == (1, 0)
    assert len(build("one person").residents) == 1
    assert build("no children").residents.age.min() >= ADULT
    assert np.all(build("children only").residents.age <= Age.AGE_45_59)
    assert build("elders only").residents.age.min() >= Age.AGE_60_69
    assert build("no ties").ties.degree().max() == 0
    assert len(build("all isolates").ties.strength) == 0
    assert np.mean(build("no isolates").ties.degree() == 0) < 0.01
    assert len(build("no firms").firms) == 0
    assert len(build("no owners' committees").owners_committees) == 0
    assert not build("no volunteers").residents.volunteering.any()


SHARE = reals(0, 1)
DESCRIPTIONS = st.fixed_dictionaries(
    {
        "neighbourhoods": st.integers(1, 4),
        "compounds": st.integers(4, 9),
        "residents": st.integers(1, 900),
        "old_share": SHARE,
        "elder_share": reals(0, 0.5),
        "child_share": reals(0, 0.4),
        "party_share": SHARE,
        "in_service_share": SHARE,
        "owner_share_old": SHARE,
        "share_spread": reals(0, 3),
        "compound_spread": reals(0, 3),
        "volunteer_share": SHARE,
        "isolates": SHARE,
        "tie_degree": reals(0, 20),
        "tie_spread": reals(0, 1.5),
        "tie_spare": st.integers(0, 4),
        "household_sizes": st.sampled_from([[1], [0, 0, 1], [0.5, 0.5], [0.25, 0.36, 0.24, 0.10, 0.05]]),
        "unit_rates": st.lists(reals(0, 2), min_size=8, max_size=8),
        "compounds_per_firm": reals(0.1, 20),
        "scale": st.integers(1, 2),
    }
)


@settings(max_examples=40)
@given(DESCRIPTIONS, st.integers(0, 2**31))
def test_any_community_is_sound(given, seed):
    check(replace(SMALL, ranges={}, **given).build(seed))
