"""Trajectories: means, bands, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from scipy import stats

from cogov.figures import trajectories
from cogov.kit.errors import StudyError
from tests.figures.frames import BLOCKS, DESIGNS, LONG, MANY, NAMES, clashes, legend, note, picture, series


def test_the_mean_and_its_interval():
    figure = trajectories(series(), ["satisfaction"], 3, smooth=1)
    (axes,) = figure.axes
    lines = axes.get_lines()
    assert len(lines) == len(DESIGNS) + 1  # and the reform
    np.testing.assert_allclose(lines[1].get_ydata(), np.arange(8) + 11)
    band = axes.collections[0].get_paths()[0].vertices[:, 1]
    half = stats.t.ppf(0.975, 2) / np.sqrt(3)  # standard deviation of 0, 1, 2 is 1
    assert band.min() == pytest.approx(0 + 1 - half)
    assert band.max() == pytest.approx(7 + 1 + half)
    assert set(lines[-1].get_xdata()) == {3}
    assert (axes.get_ylabel(), axes.get_xlabel()) == ("0-1", "week")
    assert legend(figure) == list(DESIGNS)
    assert len({to_hex(line.get_color()) for line in lines[:3]}) == 3
    assert note(figure) == (
        "Mean of 3 replicates; band: 95 % interval of the mean; dashed line: reform in week 3;"
        " community: small"
    )


def test_a_trailing_mean_is_taken_run_by_run_in_the_order_of_weeks():
    shuffled = series().sample(frac=1, random_state=1)
    lines = trajectories(shuffled, ["satisfaction"], 3, smooth=3).axes[0].get_lines()
    drawn = {float(line.get_ydata()[0]): line.get_ydata() for line in lines[:3]}
    np.testing.assert_allclose(drawn[1.0], [1, 1.5, 2, 3, 4, 5, 6, 7])


def test_chinese():
    figure = trajectories(series(), ["satisfaction"], 3, lang="zh", names=NAMES)
    (axes,) = figure.axes
    assert (axes.get_title("left"), axes.get_ylabel(), axes.get_xlabel()) == ("获得感", "0–1", "周")
    assert legend(figure) == ["条线科层", "曲阳", "五里桥"]
    assert note(figure).startswith("3次重复的均值；")
    assert "社区：小社区" in note(figure).replace(" ", "")


def test_one_replicate_has_no_band():
    figure = trajectories(series(replicates=1), ["satisfaction"], 3)
    assert len(figure.axes[0].collections) == 0
    assert note(figure).startswith("One replicate, no interval; 4-week trailing mean")


def test_weeks_and_measures_without_values():
    table = series()
    table.loc[table["week"] == 2, "satisfaction"] = np.nan
    table["cost"] = np.nan
    figure = trajectories(table, ["satisfaction", "cost"], 3, smooth=1)
    assert np.isnan(figure.axes[0].get_lines()[0].get_ydata()[2])
    assert [text.get_text() for text in figure.axes[1].texts] == ["no value"]


def test_replicates_differ_between_designs():
    table = series()
    fewer = table[(table["design"] != DESIGNS[2]) | (table["replicate"] == 0)]
    assert note(trajectories(fewer, ["satisfaction"], 3)).startswith("Mean of 1–3 replicates")


def test_what_would_be_averaged_is_refused():
    table = series()
    with pytest.raises(StudyError, match=r"series: 'community' has several values \(small, large\).*select"):
        trajectories(pd.concat([table, table.assign(community="large")]), ["satisfaction"], 3)
    varied = pd.concat([table.assign(**{BLOCKS: blocks}) for blocks in (3, 6)])
    with pytest.raises(StudyError, match=r"blocks' has several values \(3, 6\)"):
        trajectories(varied, ["satisfaction"], 3)
    with pytest.raises(StudyError, match="several rows for design line_hierarchy, week 0, replicate 0"):
        trajectories(pd.concat([table, table]), ["satisfaction"], 3)


def test_an_unknown_measure_or_language_is_named():
    with pytest.raises(StudyError, match="series: unknown measure 'nothing'"):
        trajectories(series(), ["nothing"], 3)
    with pytest.raises(StudyError, match="unknown language 'fr'"):
        trajectories(series(), ["satisfaction"], 3, lang="fr")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_twelve_designs_with_long_names_cover_nothing(lang):
    figure = trajectories(series(MANY), ["satisfaction"] * 2, 3, lang=lang, names=LONG, columns=2)
    assert clashes(figure) == []


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_trajectories(lang):
    table = series()
    table["open"] = 3 * table["satisfaction"]
    return trajectories(table, ["satisfaction", "open"], 3, lang=lang, names=NAMES)
