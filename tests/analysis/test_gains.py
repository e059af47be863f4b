"""Who gains and who loses, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from cogov.analysis import compare, gains, losers, who_loses
from cogov.analysis.findings import COLUMNS
from cogov.analysis.gains import group_in_words
from cogov.kit.errors import StudyError

OWNERS = [0.50, 0.60, 0.55, 0.58, 0.52, 0.57, 0.61]
TENANTS = [0.40, 0.50, 0.45, 0.47, 0.42, 0.49, 0.51]


def tables(**shifts: tuple[float, float]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Runs of designs and their groups: owners and tenants are moved by so much from the baseline."""
    runs, groups = [], []
    for design, moves in {"a": (0.0, 0.0), **shifts}.items():
        for replicate in range(7):
            run = f"{design}{replicate}"
            runs.append({"run": run, "community": "x", "design": design, "replicate": replicate})
            for group, levels, move, people in (
                ("owner", OWNERS, moves[0], 700 + replicate),
                ("tenant", TENANTS, moves[1], 300 - replicate),
            ):
                wave = 0.002 * replicate * bool(move)
                level = levels[replicate] + move + wave
                values = {"satisfaction": level, "belonging": 1 - level, "isolates": 1 - level}
                groups.append({"run": run, "by": "tenure", "group": group, "residents": people, **values})
    return pd.DataFrame(runs).assign(status="done"), pd.DataFrame(groups)


def test_differences_by_group():
    table = gains(*tables(b=(0.1, -0.05)), "a")
    assert list(table.columns) == [
        *("outcome", "community", "design", "by", "group", "pairs", "residents"),
        *("baseline", "mean", "difference", "low", "high", *COLUMNS),
    ]
    owner, tenant = table.itertuples()
    assert (owner.design, owner.by, owner.group, owner.pairs) == ("b", "tenure", "owner", 7)
    assert (owner.residents, tenant.residents) == (703, 297)
    assert (owner.baseline, tenant.baseline) == pytest.approx((np.mean(OWNERS), np.mean(TENANTS)))
    assert (owner.difference, tenant.difference) == pytest.approx((0.106, -0.044))
    assert owner.low < owner.difference < owner.high


def test_a_group_is_compared_as_a_whole_study_would_be():
    runs, groups = tables(b=(0.1, -0.05), c=(0.0, 0.02))
    table = gains(runs, groups, "a", ["satisfaction", "belonging"])
    tenants = runs.merge(groups[groups.group == "tenant"], on="run").drop(columns=["by", "group"])
    whole = compare(tenants, ["satisfaction", "belonging"], "a")
    columns = ["outcome", "design", "pairs", "difference", "low", "high"]
    mine = table.loc[table.group == "tenant", columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, whole[columns], rtol=1e-9)


def test_groups_that_a_run_does_not_have_leave_no_pair():
    runs, groups = tables(b=(0.1, -0.05))
    groups = groups[~((groups.run == "a1") & (groups.group == "tenant"))]
    groups.loc[(groups.run == "b2") & (groups.group == "owner"), "satisfaction"] = math.nan
    runs.loc[runs.run == "b3", "status"] = "failed"
    owner, tenant = gains(runs, groups, "a").itertuples()
    assert (owner.pairs, tenant.pairs) == (5, 5)
    assert owner.residents == pytest.approx(700 + (0 + 1 + 4 + 5 + 6) / 5)  # without 2 and 3
    assert tenant.baseline == pytest.approx((0.40 + 0.45 + 0.42 + 0.49 + 0.51) / 5)


def test_parameters_tell_arms_apart():
    parts = [tables(b=(0.1 * blocks, -0.1 * blocks)) for blocks in (1, 2)]
    runs = pd.concat(
        [
            part.assign(run=part.run + str(i), blocks=np.where(part.design == "b", i, math.nan))
            for i, (part, _) in enumerate(parts, 1)
        ]
    )
    groups = pd.concat([part.assign(run=part.run + str(i)) for i, (_, part) in enumerate(parts, 1)])
    runs = runs[~((runs.design == "a") & runs.run.str.endswith("2"))]
    table = gains(runs, groups, "a", parameters=["blocks"])
    assert table[["blocks", "group"]].to_numpy().tolist() == [
        [1.0, "owner"],
        [1.0, "tenant"],
        [2.0, "owner"],
        [2.0, "tenant"],
    ]
    assert table.difference.tolist() == pytest.approx([0.106, -0.094, 0.206, -0.194])
    assert "blocks 2.0" in who_loses(table)[0]


def test_who_loses_for_certain():
    table = gains(*tables(b=(0.1, -0.05), c=(-0.001, 0.02)), "a", ["satisfaction", "isolates"])
    lost = losers(table)
    found = lost[["outcome", "design", "group"]].to_numpy().tolist()
    assert ["satisfaction", "b", "tenant"] in found
    assert ["isolates", "b", "tenant"] in found  # less of it is better, and there is more
    assert ["isolates", "b", "owner"] not in found
    assert ["satisfaction", "c", "owner"] not in found  # from -0.001 to +0.011
    sentences = who_loses(table)
    assert len(sentences) == len(found)
    assert sentences[0] == (
        "Under b (community x), satisfaction of tenants falls by 0.044 from 0.463 (95 % interval of the"
        f" difference {lost.iloc[0].low:.3g} to {lost.iloc[0].high:.3g}; 297 residents)."
    )
    assert "isolates of tenants rises by 0.044" in sentences[1]


def test_groups_put_together_from_others_are_compared_and_not_counted_again():
    runs, groups = tables(b=(0.1, -0.05))
    elders = groups[groups.group == "tenant"].assign(by="elders", group="age_60_plus")
    table = gains(runs, pd.concat([groups, elders]), "a")
    one, other = (table[table.group == group].iloc[0] for group in ("tenant", "age_60_plus"))
    assert one.difference == other.difference < 0
    assert losers(table).group.tolist() == ["tenant"]
    assert group_in_words("elders", "age_60_plus") == "people of 60 and over"


def test_nobody_loses_what_is_neither_good_nor_bad():
    runs, groups = tables(b=(-0.1, -0.1))
    table = gains(runs, groups.rename(columns={"satisfaction": "arrived"}), "a", ["arrived"])
    assert (table.high < 0).all()
    assert who_loses(table) == []


def test_unknown_measures_are_named():
    with pytest.raises(StudyError, match=r"unknown outcome 'satisfation'; did you mean 'satisfaction'\?"):
        gains(*tables(b=(0.1, 0.1)), "a", ["satisfation"])
    with pytest.raises(StudyError, match="unknown design 'z'"):
        gains(*tables(b=(0.1, 0.1)), "z")


@pytest.mark.slow
def test_without_any_effect_hardly_any_study_has_losers():
    """14 groups, two designs, 8 replicates: a group loses for certain in at most 5 % of 400 studies."""
    draw, wrong = np.random.default_rng(1), 0
    runs = pd.DataFrame(
        [{"run": f"{d}{r}", "design": d, "replicate": r, "status": "done"} for d in "abc" for r in range(8)]
    )
    keys = pd.DataFrame({"run": np.repeat(runs.run, 14), "by": "age", "residents": 100.0})
    keys["group"] = np.tile([f"age_{band}" for band in range(14)], len(runs))
    for _ in range(400):
        table = gains(runs, keys.assign(satisfaction=draw.normal(size=len(keys))), "a")
        wrong += len(losers(table)) > 0
    assert wrong <= 30
