"""Frames made by hand, what was drawn of them, and the mark of a test that compares pictures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from cogov.figures import style

DESIGNS = ("line_hierarchy", "quyang_2014", "wuliqiao_2020")
NAMES = {"line_hierarchy": "条线科层", "quyang_2014": "曲阳", "wuliqiao_2020": "五里桥", "small": "小社区"}
BLOCKS = "design.mechanisms.three_level_platform.blocks"
UPKEEP = "design.mechanisms.three_level_platform.upkeep"
GROUPING = "design.mechanisms.three_level_platform.grouping"
MANY = (
    "line_hierarchy",
    *(f"line_hierarchy+a_mechanism_with_a_long_name_{letter}" for letter in "abcdefghijk"),
)
LONG = {name: f"条线科层＋街道-街区-居民区三级联动平台（第{turn}种）" for turn, name in enumerate(MANY)}

picture = pytest.mark.mpl_image_compare(savefig_kwargs={"dpi": 100})
"""Compared with tests/figures/baseline/, made by `pytest tests/figures --mpl-generate-path=DIR`."""


def series(designs: Sequence[str] = DESIGNS, replicates: int = 3, weeks: int = 8) -> pd.DataFrame:
    """Satisfaction = week + 10 x design + replicate."""
    rows = [
        {
            "design": design,
            "replicate": replicate,
            "week": week,
            "satisfaction": week + 10.0 * arm + replicate,
        }
        for arm, design in enumerate(designs)
        for replicate in range(replicates)
        for week in range(weeks)
    ]
    columns = ["design", "replicate", "week", "satisfaction"]
    return pd.DataFrame(rows, columns=columns).assign(community="small")


def runs(designs: Sequence[str] = DESIGNS, replicates: int = 3) -> pd.DataFrame:
    """Satisfaction = design + replicate; cost = 10 x design; 5 lifts."""
    rows = [
        {"design": design, "replicate": replicate, "satisfaction": float(arm + replicate), "cost": 10.0 * arm}
        for arm, design in enumerate(designs)
        for replicate in range(replicates)
    ]
    return pd.DataFrame(rows).assign(community="small", status="done", lifts_built=5.0)


def swept(replicates: int = 3) -> pd.DataFrame:
    """One run of the baseline, and of a reform with 6 or 2 blocks and upkeep 1 or 3, in each replicate.

    Satisfaction of the reform = blocks + 10 x upkeep + replicate x upkeep; of the baseline 20 + replicate.
    """
    rows = []
    for replicate in range(replicates):
        rows.append(("line_hierarchy", replicate, np.nan, np.nan, 20.0 + replicate))
        rows += [
            ("wuliqiao_2020", replicate, blocks, upkeep, blocks + 10 * upkeep + replicate * upkeep)
            for blocks in (6.0, 2.0)
            for upkeep in (1.0, 3.0)
        ]
    table = pd.DataFrame(rows, columns=["design", "replicate", BLOCKS, UPKEEP, "satisfaction"])
    return table.assign(community="small", status="done")


def comparison(
    outcomes: Sequence[str] = ("satisfaction",), designs: Sequence[str] = DESIGNS[1:]
) -> pd.DataFrame:
    """Three pairs each, with a difference of 0.5 from 0.2 to 0.8, where 0.1 matters."""
    rows = [(outcome, design) for outcome in outcomes for design in designs]
    table = pd.DataFrame(rows, columns=["outcome", "design"])
    table = table.assign(
        community="small", pairs=3, baseline=1.0, mean=1.5, difference=0.5, low=0.2, high=0.8
    )
    return table.assign(matters=0.1, finding="better")


def note(figure: Figure) -> str:
    """What is said above the panels, as one line."""
    return figure.get_suptitle().replace("\n", " ")


def points(axes: Axes) -> list[tuple[float, float]]:
    """Where markers are."""
    lines = [line for line in axes.get_lines() if line.get_marker() not in ("None", None, "")]
    return [(float(x), float(y)) for line in lines for x, y in zip(*line.get_data(), strict=True)]


def legend(figure: Figure) -> list[str]:
    """The texts of the legend, each as one line."""
    (drawn,) = (*figure.legends, *filter(None, (axes.get_legend() for axes in figure.axes)))
    return [text.get_text().replace("\n", "") for text in drawn.get_texts()]


def clashes(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that cover each other, and texts that reach beyond the figure."""
    figure.set_dpi(style.DPI)  # as it is saved
    figure.draw_without_rendering()  # names stand where they were drawn
    hidden = {
        id(label)
        for axes in figure.axes
        for axis, place in ((axes.xaxis, 0), (axes.yaxis, 1))
        for label in axis.get_ticklabels()
        if not axes.axison or not _between(label.get_position()[place], axis.get_view_interval())
    }
    texts = [text for text in figure.findobj(Text) if text.get_visible() and id(text) not in hidden]
    texts = [text for text in texts if text.get_text().strip()]
    boxes = [Text.get_window_extent(text).padded(-1) for text in texts]  # of a name without its leader
    whole = figure.bbox.padded(1)
    beyond = [
        (text.get_text(), "edge")
        for text, box in zip(texts, boxes, strict=True)
        if not (_between(box.x0, whole.intervalx) and _between(box.x1, whole.intervalx))
        or not (_between(box.y0, whole.intervaly) and _between(box.y1, whole.intervaly))
    ]
    return beyond + [
        (texts[i].get_text(), texts[j].get_text())
        for i in range(len(texts))
        for j in range(i)
        if boxes[i].overlaps(boxes[j])
    ]


def _between(value: float, interval: Sequence[float]) -> bool:
    return min(interval) <= value <= max(interval)
