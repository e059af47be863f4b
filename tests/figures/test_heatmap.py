"""Heat map: cells, differences, holes, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import CenteredNorm
from scipy import stats

from cogov.analysis import compare
from cogov.figures import heatmap
from cogov.kit.errors import StudyError
from tests.figures.frames import BLOCKS, NAMES, UPKEEP, clashes, note, picture, swept

REFORM = "wuliqiao_2020"


def cells(axes) -> list[list[str]]:
    return [text.get_text().split("\n") for text in axes.texts]


def test_means_with_the_half_width_of_their_interval():
    figure = heatmap(swept(), "satisfaction", BLOCKS, UPKEEP, design=REFORM)
    axes, bar = figure.axes
    half = stats.t.ppf(0.975, 2) / np.sqrt(3)
    assert np.asarray(axes.collections[0].get_array()).tolist() == [[13, 17], [35, 39]]
    assert cells(axes) == [
        ["13.0", f"±{half:.1f}"],
        ["17.0", f"±{half:.1f}"],
        ["35.0", f"±{3 * half:.1f}"],
        ["39.0", f"±{3 * half:.1f}"],
    ]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["2", "6"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["1", "3"]
    assert axes.get_ylabel() == "three_level_platform:\nupkeep (h/week)"
    assert axes.get_title("left") == "Satisfaction: wuliqiao_2020"
    assert bar.get_xlabel() == "0-1, more is better"
    assert note(figure) == "Mean of 3 replicates; ± half-width of its 95 % interval; community: small"


def test_paired_differences_from_the_baseline_around_zero():
    table = swept(6)
    figure = heatmap(table, "satisfaction", BLOCKS, UPKEEP, design=REFORM, baseline="line_hierarchy")
    axes = figure.axes[0]
    mesh = axes.collections[0]
    # The same replicate has the same luck: with one hour of upkeep they have no spread and no interval.
    assert np.asarray(mesh.get_array()).tolist() == [[-8, -4], [17, 21]]
    assert isinstance(mesh.norm, CenteredNorm)
    assert (mesh.norm.vmin, mesh.norm.vmax) == (-21, 21)
    found = compare(table, ["satisfaction"], "line_hierarchy", [BLOCKS, UPKEEP]).set_index([UPKEEP, BLOCKS])
    half = (found["high"] - found["low"]).loc[(3, 2)] / 2
    assert cells(axes)[0] == ["−8.0"]
    assert cells(axes)[2] == ["+17.0", f"±{half:.1f}"]
    assert note(figure).startswith("Difference from line_hierarchy, same seeds; mean of 6 replicates")


def test_a_baseline_with_the_parameter_is_compared_at_the_same_value():
    rows = [
        (design, replicate, value, other, satisfaction)
        for replicate in range(2)
        for value in (1.0, 2.0)
        for other in (1.0, 2.0)
        for design, satisfaction in (("line_hierarchy", 10 * value), (REFORM, 10 * value + other))
    ]
    table = pd.DataFrame(
        rows, columns=["design", "replicate", "processes.sense.report_rate", UPKEEP, "satisfaction"]
    )
    table.loc[table["design"] == "line_hierarchy", UPKEEP] = np.nan
    table = table.drop_duplicates()
    figure = heatmap(
        table, "satisfaction", UPKEEP, "processes.sense.report_rate", design=REFORM, baseline="line_hierarchy"
    )
    assert np.asarray(figure.axes[0].collections[0].get_array()).tolist() == [[1, 2], [1, 2]]


def test_cells_without_runs_stay_empty_and_one_replicate_has_no_interval():
    table = swept(1)
    figure = heatmap(table[table["satisfaction"] != 13 - 1], "satisfaction", BLOCKS, UPKEEP, design=REFORM)
    assert cells(figure.axes[0]) == [["16.0"], ["32.0"], ["36.0"]]
    assert note(figure).startswith("One replicate, no interval")


def test_no_value_at_all():
    figure = heatmap(swept().assign(satisfaction=np.nan), "satisfaction", BLOCKS, UPKEEP, design=REFORM)
    assert cells(figure.axes[0]) == [["no value"]]


def test_what_cannot_be_drawn_is_refused():
    table = swept()
    with pytest.raises(StudyError, match=r"unknown design 'wuliqiao'; did you mean 'wuliqiao_2020'"):
        heatmap(table, "satisfaction", BLOCKS, UPKEEP, design="wuliqiao")
    with pytest.raises(StudyError, match="name two parameters"):
        heatmap(table, "satisfaction", BLOCKS, BLOCKS, design=REFORM)
    with pytest.raises(StudyError, match="'line_hierarchy' that is done has values of"):
        heatmap(table, "satisfaction", BLOCKS, UPKEEP, design="line_hierarchy")
    third = pd.concat([table.assign(reform_week=week) for week in (26, 52)])
    with pytest.raises(StudyError, match=r"'reform_week' has several values \(26, 52\)"):
        heatmap(third, "satisfaction", BLOCKS, UPKEEP, design=REFORM, baseline="line_hierarchy")


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_heatmap(lang):
    table = swept(6)
    holes = table[(table[BLOCKS] != 6) | (table[UPKEEP] != 3)]
    figure = heatmap(
        holes,
        "satisfaction",
        BLOCKS,
        UPKEEP,
        design=REFORM,
        baseline="line_hierarchy",
        lang=lang,
        names=NAMES,
    )
    assert clashes(figure) == []
    return figure
