"""Lorenz curves: known cases, weights, intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cogov.figures import lorenz
from cogov.figures.lorenz import cumulated, gini
from cogov.kit.errors import StudyError
from cogov.processes.record import gini as unweighted
from tests.figures.frames import DESIGNS, LONG, MANY, NAMES, clashes, legend, note, picture


def places(designs=DESIGNS, replicates: int = 3, compounds: int = 4) -> pd.DataFrame:
    """Satisfaction 0.1, 0.2 ... of compounds, nearer to 0.5 the later the design and replicate."""
    rows = [
        (design, replicate, f"C{compound}", 100 * (compound + 1), 0.1 * (compound + 1))
        for design in designs
        for replicate in range(replicates)
        for compound in range(compounds)
    ]
    table = pd.DataFrame(rows, columns=["design", "replicate", "compound", "residents", "satisfaction"])
    arm = table["design"].map({name: at for at, name in enumerate(designs)})
    nearer = 0.02 * table["replicate"] + 0.5 * arm / len(designs)
    table["satisfaction"] += nearer * (0.5 - table["satisfaction"])
    return table.assign(community="small", arrived=table["residents"] * 2.0)


@pytest.mark.parametrize(
    ("totals", "residents", "expected"),
    [
        ([5, 5, 5, 5], [1, 1, 1, 1], 0),
        ([10, 20, 30], [1, 2, 3], 0),  # the same for each resident
        ([0, 1], [1, 1], 0.5),
        ([0, 0, 0, 7], [1, 1, 1, 1], 0.75),  # one of n has all: 1 - 1/n
        ([0, 7], [3, 1], 0.75),  # three residents of four have nothing
        ([1, 2, 3, 4, 5], [1, 1, 1, 1, 1], 4 / 15),
    ],
)
def test_gini_of_known_cases(totals, residents, expected):
    curve = cumulated(np.array(totals, dtype=float), np.array(residents, dtype=float))
    assert gini(*curve) == pytest.approx(expected)


def test_without_weights_it_is_the_gini_of_the_record():
    values = np.random.default_rng(1).uniform(0, 1, 50)
    assert gini(*cumulated(values, np.ones(50))) == pytest.approx(unweighted(np.sort(values)))


def test_the_order_of_compounds_and_their_division_do_not_matter():
    totals, residents = np.array([3.0, 1.0, 8.0]), np.array([2.0, 4.0, 3.0])
    whole = gini(*cumulated(totals, residents))
    assert gini(*cumulated(totals[[2, 0, 1]], residents[[2, 0, 1]])) == pytest.approx(whole)
    assert gini(*cumulated(np.repeat(totals / 2, 2), np.repeat(residents / 2, 2))) == pytest.approx(whole)


def test_a_curve_a_design_with_its_band():
    figure = lorenz(places(), "satisfaction")
    left, right = figure.axes
    assert [len(axes.get_lines()) for axes in (left, right)] == [4, 4]  # and equality
    assert [len(axes.collections) for axes in (left, right)] == [3, 3]
    line, gap = left.get_lines()[1], right.get_lines()[1]
    people, have = (np.asarray(values, dtype=float) for values in line.get_data())
    assert (have[0], have[-1]) == pytest.approx((0, 1))
    assert (np.diff(have) >= 0).all()
    assert (have <= people + 1e-12).all()
    np.testing.assert_allclose(gap.get_ydata(), people - have)
    single = places(replicates=1)
    baseline = single[single["design"] == DESIGNS[0]]
    total = baseline["satisfaction"] * baseline["residents"]
    expected = np.interp(0.5, *cumulated(total.to_numpy(), baseline["residents"].to_numpy(dtype=float)))
    at_half = lorenz(single, "satisfaction").axes[0].get_lines()[1].get_ydata()[100]
    assert at_half == pytest.approx(expected)


def test_the_legend_has_gini_with_its_interval():
    table = places()
    found = legend(lorenz(table, "satisfaction"))
    assert found[0] == "equality"
    ginis = []
    for _, run in table[table["design"] == DESIGNS[0]].groupby("replicate"):
        residents = run["residents"].to_numpy(dtype=float)
        ginis.append(gini(*cumulated(run["satisfaction"].to_numpy() * residents, residents)))
    half = 4.302652729911275 * np.std(ginis, ddof=1) / np.sqrt(3)  # t with 2 degrees of freedom
    mean = np.mean(ginis)
    assert found[1] == f"line_hierarchy: Gini {mean:.3f}±{half:.3f}"
    assert note(lorenz(table, "satisfaction")) == (
        "Satisfaction: how evenly it is spread over compounds, by residents; community: small;"
        " mean of 3 replicates; band: 95 % interval of the mean;"
        " Gini ±: half-width of its 95 % interval"
    )


def test_one_replicate_has_no_interval():
    figure = lorenz(places(replicates=1), "satisfaction", lang="zh", names=NAMES)
    assert [len(axes.collections) for axes in figure.axes] == [0, 0]
    assert legend(figure)[1].startswith("条线科层：基尼系数 0.")
    assert "±" not in legend(figure)[1]
    assert "仅一次重复，无区间" in note(figure)


def test_counts_are_shared_as_they_are_and_levels_by_residents():
    assert legend(lorenz(places(), "arrived"))[1].startswith("line_hierarchy: Gini 0.000")
    equal = places().assign(satisfaction=0.4)
    assert legend(lorenz(equal, "satisfaction"))[1].startswith("line_hierarchy: Gini 0.000")


def test_empty_compounds_and_lacking_values_do_not_count():
    table = places(replicates=1)
    more = table.assign(compound=table["compound"] + "x", residents=0, satisfaction=0.9)
    lacking = table.assign(compound=table["compound"] + "y", satisfaction=np.nan)
    assert legend(lorenz(pd.concat([table, more, lacking]), "satisfaction")) == legend(
        lorenz(table, "satisfaction")
    )


def test_what_cannot_be_shared_is_refused():
    with pytest.raises(StudyError, match="places: 'satisfaction' is nowhere above 0"):
        lorenz(places().assign(satisfaction=0.0), "satisfaction")
    with pytest.raises(StudyError, match="places: 'satisfaction' is below 0 in a compound"):
        lorenz(places().assign(satisfaction=-0.1), "satisfaction")
    with pytest.raises(StudyError, match="places: no column 'trust'"):
        lorenz(places(), "trust")
    two = pd.concat([places(), places().assign(community="large")])
    with pytest.raises(StudyError, match="'community' has several values"):
        lorenz(two, "satisfaction")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_twelve_designs_with_long_names_cover_nothing(lang):
    assert clashes(lorenz(places(MANY), "satisfaction", lang=lang, names=LONG)) == []


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_lorenz(lang):
    return lorenz(places(), "satisfaction", lang=lang, names=NAMES)
