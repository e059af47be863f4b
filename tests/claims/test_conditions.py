"""Claims about conditions and pilots: what is run, what is read, and what the cut leaves."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from cogov.claims import Claim, claims, run_claims, to_markdown
from cogov.claims.conditions import asked, points
from cogov.claims.trial import _of_pilot
from cogov.claims.verdict import Contrast, Tried, Verdict

SHORT = {"run_in": 0, "weeks": 30, "reform_week": 4}


def found(claim: Claim, folder, replicates: int = 2):
    (one,) = run_claims(
        [claim], folder, communities=["small"], replicates=replicates, engine="serial", settings=SHORT
    )
    return one


def test_each_number_is_run_at_its_ends_and_the_others_half_way():
    listed = points(claims()["E04"], {"community.admin_share": 0.9})
    assert len(listed) == 2 * len(claims()["E04"].varies)
    assert {point["community.admin_share"] for point in listed} == {0.9}
    assert [point["community.capability"] for point in listed[:3]] == [0.25, 0.75, 0.5]
    assert asked(claims()["E04"], {})["plan"]["kind"] == "list"


def test_what_weighs_nothing_moves_nothing(tmp_path):
    one = found(claims()["E47b"], tmp_path)
    (tried,) = one.tried
    assert tried.effect.difference < 0  # less sense of the place, less engagement
    assert tried.cut is not None
    assert tried.cut.difference == 0
    assert tried.cost is None
    page = to_markdown([one], 2, "In a small place.")
    assert "community.unit_consciousness from 0.6 to 0.1" in page
    assert "yuan" not in page.partition("## E47b")[2]


def test_with_rivals_it_is_what_it_moves_beyond_the_most_of_theirs(tmp_path):
    claim = replace(
        claims()["E04"],
        varies={"community.unit_consciousness": [0.1, 0.6], "community.firm_quality": [0.45, 0.55]},
        outcome="unit_engagement",
        cut={"processes.units.consciousness": 0.0},
    )
    (tried,) = found(claim, tmp_path).tried
    assert tried.after - tried.before == pytest.approx(tried.effect.difference, rel=0.2)
    assert tried.cut is not None
    assert tried.cut.difference <= 0  # nothing moves it then, and the other may by chance


def test_of_a_pilot_its_own_neighbourhood_is_read(tmp_path):
    claim = replace(
        claims()["E06"],
        adds={"great_neighbourliness": {}},
        cut={"great_neighbourliness": {"talents": 0, "members": 0}},
    )
    (tried,) = found(claim, tmp_path).tried
    whole = replace(claim, pilot=3)  # all there are: before and after are one design
    (same,) = found(whole, tmp_path / "whole").tried
    assert same.effect.difference == 0
    assert same.verdict is Verdict.HOLDS
    assert tried.before != same.before


def test_of_a_pilots_places_residents_count_alike():
    places = pd.DataFrame(
        {
            "replicate": [0, 0, 0, 1, 1, 1],
            "neighbourhood": ["N1", "N1", "N2"] * 2,
            "residents": [100, 300, 50] * 2,
            "satisfaction": [0.4, 0.8, 0.1, 0.2, 0.6, 0.9],
        }
    )
    assert _of_pilot(places, claims()["E06"]).tolist() == pytest.approx([0.7, 0.5])


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(-0.002, 0.03, Verdict.HOLDS), (-0.05, -0.03, Verdict.NOT), (-0.05, 0.01, Verdict.OPEN)],
)
def test_no_less_holds_where_a_loss_that_matters_is_excluded(low, high, verdict):
    effect = Contrast((low + high) / 2, low, high, 8)
    tried = Tried("small", "satisfaction", 1, 0.5, 0.5, effect, effect, None, 0.0, no_less=True)
    assert tried.verdict is verdict
    assert not tried.defect
