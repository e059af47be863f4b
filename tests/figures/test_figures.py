"""Figures: what is drawn, from tables made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from PIL import Image
from scipy import stats

from cogov.errors import StudyError
from cogov.figures import effects, save, trajectories
from cogov.outcomes import MEASURES

DESIGNS = ("line_hierarchy", "quyang_2014", "wuliqiao_2020")
WEEKLY = [name for name, measure in MEASURES.items() if measure.weekly]
TOTALS = [name for name, measure in MEASURES.items() if measure.outcome]


def series(replicates: int = 3, weeks: int = 8) -> pd.DataFrame:
    """Measure = week + 10 x design + replicate."""
    rows = [
        {"design": design, "replicate": replicate, "week": week, WEEKLY[0]: week + 10 * arm + replicate}
        for arm, design in enumerate(DESIGNS)
        for replicate in range(replicates)
        for week in range(weeks)
    ]
    return pd.DataFrame(rows)


def comparison(outcomes: int = 4) -> pd.DataFrame:
    rows = [
        (outcome, design, 3, 1.0, 1.5, 0.5, 0.2, 0.8)
        for outcome in TOTALS[:outcomes]
        for design in DESIGNS[1:]
    ]
    return pd.DataFrame(
        rows, columns=["outcome", "design", "pairs", "baseline", "mean", "difference", "low", "high"]
    )


def test_trajectories_draw_the_mean_and_its_interval():
    figure = trajectories(series(), WEEKLY[:1], reform_week=3, smooth=1)
    (axes,) = figure.axes
    lines = axes.get_lines()
    assert len(lines) == len(DESIGNS) + 1  # and the reform
    np.testing.assert_allclose(lines[1].get_ydata(), np.arange(8) + 11)
    band = axes.collections[0].get_paths()[0].vertices[:, 1]
    half = stats.t.ppf(0.975, 2) / np.sqrt(3)  # standard deviation of 0, 1, 2 is 1
    assert band.min() == pytest.approx(0 + 1 - half)
    assert band.max() == pytest.approx(7 + 1 + half)
    assert set(lines[-1].get_xdata()) == {3}
    assert axes.get_ylabel() == MEASURES[WEEKLY[0]].unit
    assert [text.get_text() for text in figure.legends[0].get_texts()] == list(DESIGNS)


def test_trajectories_of_one_replicate_have_no_band():
    figure = trajectories(series(replicates=1), WEEKLY[:1], reform_week=3)
    assert len(figure.axes[0].collections) == 0


def test_trajectories_name_an_unknown_measure():
    with pytest.raises(StudyError, match="unknown weekly measure"):
        trajectories(series(), ["nothing"], reform_week=3)


def test_effects_draw_the_difference_and_its_interval():
    figure = effects(comparison(1), DESIGNS[0])
    (axes,) = figure.axes
    points = [line for line in axes.get_lines() if line.get_marker() not in ("None", None, "")]
    assert [float(line.get_xdata()[0]) for line in points] == [0.5, 0.5]
    assert [segment.tolist() for bar in axes.collections for segment in bar.get_segments()] == [
        [[0.2, 0], [0.8, 0]],
        [[0.2, 1], [0.8, 1]],
    ]
    assert [label.get_text() for label in axes.get_yticklabels()] == list(DESIGNS[1:])
    assert MEASURES[TOTALS[0]].unit in axes.get_xlabel()


def test_effects_without_interval_or_value():
    table = comparison(1)
    table.loc[0, ["low", "high"]] = np.nan
    table.loc[1, ["difference", "low", "high"]] = np.nan
    assert len(effects(table).axes[0].collections) == 0


def test_panels_left_over_are_empty():
    figure = effects(comparison(4))
    assert [axes.axison for axes in figure.axes] == [True] * 4 + [False] * 2


def test_designs_have_colours_and_lines_of_their_own():
    lines = trajectories(series(), WEEKLY[:1], reform_week=3).axes[0].get_lines()[:3]
    assert len({to_hex(line.get_color()) for line in lines}) == 3


def test_a_saved_figure_is_a_picture_at_150_dpi(tmp_path):
    path = save(effects(comparison(2)), tmp_path / "图.png")
    with Image.open(path) as picture:
        assert picture.size[0] > 600
    assert [entry.name for entry in tmp_path.iterdir()] == ["图.png"]
