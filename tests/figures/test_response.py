"""Response to one parameter: curves, bands, words, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cogov.figures import response
from cogov.kit.errors import StudyError
from tests.figures.frames import (
    BLOCKS,
    GROUPING,
    LONG,
    MANY,
    NAMES,
    UPKEEP,
    clashes,
    legend,
    note,
    picture,
    points,
    runs,
    swept,
)

HALF = stats.t.ppf(0.975, 2) / np.sqrt(3)  # of the interval of 0, 1, 2


def one_upkeep():
    table = swept()
    return table[table[UPKEEP].isna() | (table[UPKEEP] == 1)]


def test_the_mean_over_the_values_of_a_parameter():
    figure = response(one_upkeep(), "satisfaction", BLOCKS)
    (axes,) = figure.axes
    assert points(axes) == [(2, 13), (6, 17)]  # in the order of the values, not of the runs
    band = axes.collections[0].get_paths()[0].vertices
    assert {tuple(np.round(point, 6)) for point in band} >= {
        (x, round(y + sign * HALF, 6)) for x, y in ((2, 13), (6, 17)) for sign in (-1, 1)
    }
    assert axes.get_xlabel() == "three_level_platform: blocks"
    assert axes.get_ylabel() == "0-1, more is better"
    assert [label.get_text() for label in axes.get_xticklabels()] == ["2", "6"]
    assert legend(figure) == ["line_hierarchy", "wuliqiao_2020"]
    assert note(figure) == (
        "Mean of 3 replicates; band: 95 % interval of the mean; horizontal: a design without this parameter;"
        " community: small; three_level_platform: upkeep = 1"
    )


def test_a_design_without_the_parameter_is_a_horizontal_band():
    (axes,) = response(one_upkeep(), "satisfaction", BLOCKS).axes
    (flat,) = (line for line in axes.get_lines() if line.get_marker() in ("None", None, ""))
    assert list(flat.get_ydata()) == [21, 21]
    (band,) = axes.patches
    assert (band.get_y(), band.get_height()) == pytest.approx((21 - HALF, 2 * HALF))


def test_units_of_the_parameter():
    table = swept()
    table = table[table[BLOCKS].isna() | (table[BLOCKS] == 2)]
    assert (
        response(table, "satisfaction", UPKEEP).axes[0].get_xlabel()
        == "three_level_platform: upkeep (h/week)"
    )


def test_words_stand_side_by_side():
    table = one_upkeep().drop(columns=[BLOCKS, UPKEEP])
    words = np.array([None, "similar", "adjacent"] * 3)
    figure = response(table.assign(**{GROUPING: words}), ["satisfaction"], GROUPING)
    (axes,) = figure.axes
    assert points(axes) == [(0, 17), (1, 13)]  # in the order of the runs
    assert [label.get_text() for label in axes.get_xticklabels()] == ["similar", "adjacent"]
    assert "bar: 95 % interval" in note(figure)


def test_one_replicate_failed_runs_and_missing_outcomes():
    table = one_upkeep()
    table = table.assign(cost=np.nan)
    table.loc[table["replicate"] > 0, "status"] = "failed"
    figure = response(table, ["satisfaction", "cost"], BLOCKS)
    assert points(figure.axes[0]) == [(2, 12), (6, 16)]
    assert len(figure.axes[0].collections) == len(figure.axes[0].patches) == 0
    assert note(figure).startswith("One replicate, no interval")
    assert [text.get_text() for text in figure.axes[1].texts] == ["no value"]


def test_a_second_parameter_is_not_averaged_over():
    with pytest.raises(
        StudyError, match=r"upkeep' has several values \(1, 3\).*\.isna\(\) \| \(.*== 1\.0\)\]$"
    ):
        response(swept(), "satisfaction", BLOCKS)


def test_communities_are_not_averaged_over():
    table = one_upkeep()
    table.loc[table["replicate"] == 1, "community"] = "large"
    with pytest.raises(StudyError, match="'community' has several values"):
        response(table, "satisfaction", BLOCKS)


def test_a_parameter_that_was_not_varied_is_refused():
    with pytest.raises(StudyError, match=r"no column 'design\.nothing'"):
        response(runs(), "satisfaction", "design.nothing")
    with pytest.raises(StudyError, match="no run that is done has a value of"):
        response(runs().assign(**{BLOCKS: np.nan}), "satisfaction", BLOCKS)
    with pytest.raises(StudyError, match=r"unknown measure 'satisfactoin'; did you mean 'satisfaction'"):
        response(one_upkeep(), "satisfactoin", BLOCKS)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_twelve_designs_with_long_names_cover_nothing(lang):
    table = runs(MANY)
    table[GROUPING] = np.where(table["design"] == MANY[0], None, "a word")
    assert clashes(response(table, ["satisfaction", "cost"], GROUPING, lang=lang, names=LONG)) == []


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_response(lang):
    return response(one_upkeep(), "satisfaction", BLOCKS, lang=lang, names=NAMES)
