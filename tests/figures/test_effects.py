"""Effects: differences, intervals, rows by circumstances."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import same_color

from cogov.figures import effects, style
from cogov.kit.errors import StudyError
from tests.figures.frames import (
    BLOCKS,
    DESIGNS,
    LONG,
    MANY,
    NAMES,
    clashes,
    comparison,
    legend,
    note,
    picture,
    points,
)

FOUR = ("satisfaction", "cost", "lifts_built", "arrived")


def rows(axes) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]


def test_the_difference_and_its_interval():
    figure = effects(comparison(), DESIGNS[0])
    (axes,) = figure.axes
    assert points(axes) == [(0.5, 0), (0.5, 1)]
    assert [segment.tolist() for bar in axes.collections for segment in bar.get_segments()] == [
        [[0.2, 0], [0.8, 0]],
        [[0.2, 1], [0.8, 1]],
    ]
    assert rows(axes) == list(DESIGNS[1:])
    assert axes.get_xlabel() == "0-1, more is better"
    assert note(figure) == (
        "Difference from line_hierarchy, same seeds; dot: mean; bar: 95 % interval (Student's t);"
        " 3 pairs; community: small"
    )


def test_every_panel_has_its_unit():
    found = [axes.get_xlabel() for axes in effects(comparison(FOUR), DESIGNS[0]).axes[:4]]
    assert found == [
        "0-1, more is better",
        "yuan/(household x year), less is better",
        "lifts, more is better",
        "issues",
    ]


def test_panels_left_over_are_empty():
    assert [axes.axison for axes in effects(comparison(FOUR), DESIGNS[0]).axes] == [True] * 4 + [False] * 2


def test_without_interval_or_value():
    table = comparison()
    table.loc[0, ["low", "high"]] = np.nan
    table.loc[1, ["difference", "low", "high"]] = np.nan
    (axes,) = effects(table, DESIGNS[0]).axes
    assert len(axes.collections) == 0
    assert points(axes) == [(0.5, 0)]
    assert [(text.get_text().strip(), text.get_position()[1]) for text in axes.texts] == [("no value", 1)]


def test_dots_say_what_is_found_and_the_band_what_is_too_small():
    table = comparison(FOUR[:2], MANY[1:4])
    table["finding"] = ["better", "open", "small"] * 2
    table.loc[table["outcome"] == "cost", "matters"] = np.nan
    figure = effects(table, MANY[0])
    first, second = figure.axes[:2]
    dots = [line for line in first.get_lines() if line.get_marker() != "None"]
    filled = [same_color(dot.get_color(), dot.get_markerfacecolor()) for dot in dots]
    assert filled == [True, False, True]
    assert [same_color(dot.get_color(), style.BASELINE) for dot in dots] == [False, False, True]
    assert [band.get_extents().transformed(first.transData.inverted()).x1 for band in first.patches] == [
        pytest.approx(0.1)
    ]
    assert not second.patches
    assert legend(figure) == [
        "by a size that matters",
        "not decided yet",
        "found too small to matter",
        "differences too small to matter",
    ]


def test_one_pair_has_no_interval():
    table = comparison().assign(pairs=1, low=np.nan, high=np.nan)
    assert "one pair, no interval" in note(effects(table, DESIGNS[0]))


def test_a_row_says_its_community_and_parameter_values_if_they_differ():
    parts = [
        comparison().assign(community=community).assign(**{BLOCKS: blocks})
        for community, blocks in (("small", 3.0), ("small", 6.0), ("large", 3.0), ("large", 6.0))
    ]
    table = pd.concat(parts)
    table.loc[table["design"] == "quyang_2014", BLOCKS] = np.nan
    table = table.drop_duplicates()
    (axes,) = effects(table, DESIGNS[0]).axes
    assert rows(axes)[:2] == ["quyang_2014\nsmall", "wuliqiao_2020\nsmall\nthree_level_platform:\nblocks = 3"]
    assert len(rows(axes)) == len(points(axes)) == 6
    colours = {line.get_color() for line in axes.get_lines() if line.get_marker() == "s"}
    assert len(colours) == 1  # one design, one colour


def test_the_same_row_twice_is_refused():
    with pytest.raises(StudyError, match="several rows for the same outcome, design, community"):
        effects(pd.concat([comparison(), comparison()]), DESIGNS[0])


def test_an_empty_table_or_another_table_is_refused():
    with pytest.raises(StudyError, match="comparison: has no rows"):
        effects(comparison().iloc[:0], DESIGNS[0])
    with pytest.raises(StudyError, match="comparison: no column 'low'"):
        effects(comparison().drop(columns="low"), DESIGNS[0])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_twelve_designs_with_long_names_cover_nothing(lang):
    figure = effects(comparison(FOUR, MANY[1:]), MANY[0], lang=lang, names=LONG)
    assert clashes(figure) == []


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_effects(lang):
    table = comparison(("satisfaction", "cost", "lifts_built"))
    table["difference"] *= np.arange(6) - 2
    table["low"], table["high"] = table["difference"] - 0.4, table["difference"] + 0.2
    table["finding"] = ["small", "better", "open", "better", "better", None]
    table.loc[5, ["difference", "low", "high"]] = np.nan
    return effects(table, DESIGNS[0], lang=lang, names=NAMES)
