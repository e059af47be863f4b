"""Owners look for another firm: what comes of it."""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.state.issues import State
from tests.helpers import loose, small

WEEKS = 78


def served(seed: int, rate: float) -> GovernanceModel:
    """A year and a half in which the worst firm serves every other compound, and the best one the others."""
    profile = small(residents=1500, without_firm_old=0.0, owners_committee_old=1.0, owners_committee_new=1.0)
    firms = {"speed": 0.0, "replace_rate": rate}
    model = loose(GovernanceModel(profile, rng=seed, weeks=WEEKS, processes={"firms": firms}))
    model.firms.quality[:], model.firms.reputation[:] = 0.9, 0.7
    model.firms.quality[0], model.firms.reputation[0] = 0.1, 0.2
    model.homes.firm[::2], model.homes.firm[1::2] = 0, 1
    model.community.owners_committees.competence[:] = 1.0
    compound = model.places.building_compound[model.residents.building]
    model.residents.trust_firm[compound % 2 == 0] = 0.1
    model.run_until(WEEKS)
    return model


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_better_firm_in_the_place_of_a_worse_one_helps(seed):
    kept, changed = served(seed, 0.0), served(seed, 1.0)
    assert kept.homes.firm[::2].tolist() == [0, 0, 0]
    moved = np.flatnonzero(changed.homes.firm != kept.homes.firm)
    assert len(moved)
    standing = [
        int(((model.issues.state < State.RESOLVED) & np.isin(model.issues.compound, moved)).sum())
        for model in (kept, changed)
    ]
    assert standing[1] < standing[0]
    trust = [model.compound_mean(model.residents.trust_firm)[moved].mean() for model in (kept, changed)]
    assert trust[1] > trust[0] + 0.1
    assert changed.collection[moved].mean() > kept.collection[moved].mean() + 0.1
