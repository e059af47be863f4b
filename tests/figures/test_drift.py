"""Drift: changes by half-year, the noise of the replicates, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.figures import drift
from cogov.figures.drift import changes
from cogov.kit.errors import StudyError
from cogov.outcomes import MEASURES
from tests.figures.frames import NAMES, note, series


def yearly(replicates: int = 3, weeks: int = 104):
    """Satisfaction that rises by replicate x week in one design."""
    table = series(("line_hierarchy",), replicates, weeks)
    return table.assign(satisfaction=0.01 * table["replicate"] * table["week"])


def test_changes_are_of_half_years_since_the_first():
    table = changes(yearly(), "satisfaction")
    np.testing.assert_allclose(table.index, [0.25, 0.75, 1.25, 1.75])
    np.testing.assert_allclose(table[0], 0)
    np.testing.assert_allclose(table[2], [0, 0.52, 1.04, 1.56])  # 2 x 26 weeks x 0.01


def test_the_mean_its_noise_and_what_matters_are_drawn():
    figure = drift(yearly(), ["satisfaction"])
    (axes,) = figure.axes
    *single, mean, zero, low, high = axes.get_lines()
    assert len(single) == 3
    np.testing.assert_allclose(mean.get_ydata(), [0, 0.26, 0.52, 0.78])
    assert set(zero.get_ydata()) == {0}
    matters = MEASURES["satisfaction"].matters
    assert (low.get_ydata()[0], high.get_ydata()[0]) == (-matters, matters)
    band = axes.collections[0].get_paths()[0].vertices[:, 1]
    assert band.max() == pytest.approx(0.78 + 2 * 0.78)  # standard deviation of 0, 0.78 and 1.56
    assert note(figure).startswith("Change since the first half-year, by half-year; 3 replicates; band:")


def test_a_single_replicate_has_no_band():
    figure = drift(yearly(replicates=1), ["satisfaction"])
    assert not figure.axes[0].collections
    assert "no interval" in note(figure)


def test_chinese():
    figure = drift(yearly(), ["satisfaction"], lang="zh", names=NAMES)
    assert figure.axes[0].get_xlabel() == "记录年数"
    assert "方案：条线科层" in note(figure).replace(" ", "")


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(StudyError, match="several designs"):
        drift(series(weeks=60), ["satisfaction"])
    with pytest.raises(StudyError, match="has 51 weeks; a drift shows after 52"):
        drift(yearly(weeks=51), ["satisfaction"])
    with pytest.raises(StudyError, match="did you mean 'satisfaction'"):
        drift(yearly(), ["satisfacton"])
