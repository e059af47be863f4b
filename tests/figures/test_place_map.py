"""Map of places: tiles, their colours, blocks, and whose places they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib import colormaps
from matplotlib.patches import Rectangle

import cogov
from cogov.figures import place_map, style
from cogov.kit.errors import StudyError
from tests.figures.frames import DESIGNS, LONG, MANY, NAMES, clashes, legend, note, picture, points

BLOCK_OF = {"N1": "block 1", "N2": "block 2", "N3": "block 1"}


def places(designs=DESIGNS, replicates: int = 2, compounds: int = 2) -> pd.DataFrame:
    """Three neighbourhoods of two compounds each, the first of each old; blocks only in the last design.

    Satisfaction = 0.1 x (compound + 2 x design) + 0.02 x replicate.
    """
    rows = [
        (
            design,
            replicate,
            f"{home}C{compound}",
            home,
            compound == 0,
            100 * (place + compound + 4),
            arm,
            compound,
        )
        for arm, design in enumerate(designs)
        for replicate in range(replicates)
        for place, home in enumerate(BLOCK_OF)
        for compound in range(compounds)
    ]
    columns = ["design", "replicate", "compound", "neighbourhood", "old", "residents", "arm", "number"]
    table = pd.DataFrame(rows, columns=columns)
    table["satisfaction"] = 0.1 * (table["number"] + 2 * table["arm"]) + 0.02 * table["replicate"]
    table["block"] = table["neighbourhood"].map(BLOCK_OF).where(table["design"] == designs[-1], "")
    return table.assign(community="small", arrived=3.0).drop(columns=["arm", "number"])


def numbers(axes) -> list[str]:
    """What is written into tiles."""
    return [text.get_text() for text in axes.texts if text.get_position()[0] != 1.04]


def tiles(axes) -> list[tuple[float, float, float]]:
    """Left end, width and middle of tiles, row by row."""
    return [
        (tile.get_x(), tile.get_width(), round(tile.get_y() + tile.get_height() / 2, 2))
        for tile in axes.patches
        if isinstance(tile, Rectangle)
    ]


def test_a_tile_is_as_wide_as_the_compound_has_residents():
    panels = place_map(places(), "satisfaction").axes[:3]
    assert [axes.get_title("left") for axes in panels] == list(DESIGNS)
    for axes in panels:
        # N1 and N3 are one block in the last design, so they stand together in all of them.
        assert tiles(axes) == [
            (0, 400, 0),
            (400, 500, 0),
            (0, 500, 2.55),
            (500, 600, 2.55),
            (0, 600, 1),
            (600, 700, 1),
        ]
        assert axes.get_xlabel() == "residents"
    assert [label.get_text() for label in panels[0].get_yticklabels()] == ["N1", "N3", "N2"]


def test_blocks_are_named_only_in_designs_that_have_them():
    for lang, name in (("en", "block "), ("zh", "街区")):
        axes = place_map(places(), "satisfaction", lang=lang).axes
        found = [
            [text.get_text() for text in panel.texts if text.get_position()[0] == 1.04] for panel in axes[:3]
        ]
        assert found == [[], [], [f"{name}1", f"{name}2"]]
        assert [len(panel.collections) for panel in axes[:3]] == [0, 0, 2]


def test_colours_are_of_the_mean_on_one_scale():
    figure = place_map(places(), "satisfaction")
    values = [0.1 * (compound + 2 * design) + 0.01 for design in range(3) for compound in range(2)]
    scale = [(value - min(values)) / (max(values) - min(values)) for value in values]
    for arm, axes in enumerate(figure.axes[:3]):
        for tile, position in zip(axes.patches[:2], scale[2 * arm : 2 * arm + 2], strict=True):
            assert tile.get_facecolor() == pytest.approx(colormaps[style.SEQUENTIAL](position), abs=0.02)
        assert numbers(axes)[:2] == [f"{v:.2f}" for v in values[2 * arm :][:2]]
    assert figure.axes[3].get_ylabel() == "Satisfaction (0-1), more is\nbetter"
    assert place_map(places(), "arrived", lang="zh").axes[3].get_ylabel() == "新增问题（件）"


def test_old_compounds_have_a_dot():
    figure = place_map(places(), "satisfaction")
    assert [round(y, 2) for _, y in points(figure.axes[0])] == [0, 2.55, 1]
    assert legend(figure) == ["old compound"]
    assert place_map(places().assign(old=False), "satisfaction").legends == []


def test_replicates_with_the_same_places_are_averaged():
    table = places()
    table["residents"] += 3 * table["replicate"]  # people move, houses do not
    text = note(place_map(table, "satisfaction"))
    assert "mean of 2 replicates; 95 % interval of a compound: ± 0.127 (median)" in text  # 12.7 x 0.02 / 2


def test_replicates_with_places_of_their_own_are_not():
    for own in ("old", "residents", "block"):
        table = places(DESIGNS[1:], 3)
        later = table["replicate"] > 0
        if own == "old":
            table["old"] ^= later
        elif own == "residents":
            table.loc[later, "residents"] *= 2
        else:
            table.loc[later & (table["block"] != ""), "block"] = "block 3"
        figure = place_map(table, "satisfaction")
        assert "replicate 0 of 3, as each has places of its own" in note(figure)
        assert [text.get_text() for text in figure.axes[0].texts[:2]] == ["0.00", "0.10"]
    # If the first run of a design has failed, a replicate is shown that all designs have.
    table = table[(table["replicate"] > 0) | (table["design"] != DESIGNS[1])]
    assert "replicate 1 of 3" in note(place_map(table, "satisfaction"))


def test_one_replicate_one_design():
    figure = place_map(places(DESIGNS[:1], 1), "satisfaction")
    assert len(figure.axes) == 2
    assert "one replicate, no interval" in note(figure)
    flat = place_map(places(DESIGNS[:1], 1).assign(satisfaction=0.5), "satisfaction")
    assert numbers(flat.axes[0])[:2] == ["0.50", "0.50"]


def test_compounds_without_a_value_are_grey():
    table = places(replicates=1)
    table.loc[table["compound"] == "N1C1", "satisfaction"] = np.nan
    figure = place_map(table, "satisfaction")
    assert figure.axes[0].texts[1].get_text() == "–"
    assert legend(figure) == ["old compound", "no value"]
    with pytest.raises(StudyError, match="places: 'satisfaction' has no value in any compound"):
        place_map(table.assign(satisfaction=np.nan), "satisfaction")


def test_other_frames_are_refused():
    with pytest.raises(StudyError, match="places: no column 'block'"):
        place_map(places().drop(columns="block"), "satisfaction")
    two = pd.concat([places(), places().assign(community="large")])
    with pytest.raises(StudyError, match="'community' has several values"):
        place_map(two, "satisfaction")


def test_the_places_of_a_run_are_such_a_frame():
    run = cogov.simulate("small", "wuliqiao_2020", seed=1, weeks=6, reform_week=2)
    figure = place_map(run.places.assign(design=run.design, replicate=0), "satisfaction")
    (axes, _) = figure.axes
    assert sum(width for _, width, _ in tiles(axes)) == run.residents
    assert [text.get_text() for text in axes.texts if text.get_position()[0] == 1.04] == [
        "block 1",
        "block 2",
        "block 3",
    ]


def test_twelve_designs_with_long_names_cover_nothing():
    assert clashes(place_map(places(MANY, 1), "satisfaction", lang="zh", names=LONG)) == []


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_place_map(lang):
    return place_map(places(), "satisfaction", lang=lang, names=NAMES)
