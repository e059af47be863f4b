"""Sensitivity: Sobol' indices and Morris screening."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cogov.figures import screening, sensitivity
from cogov.kit.errors import StudyError
from tests.figures.frames import BLOCKS, UPKEEP, clashes, legend, note, picture, points

REPORTS = "processes.sense.report_rate"
MANY = (
    BLOCKS,
    UPKEEP,
    REPORTS,
    "community.elder_share",
    *(f"processes.appraise.number_{i}" for i in range(16)),
)


def indices(parameters=(BLOCKS, UPKEEP, REPORTS)) -> pd.DataFrame:
    """First order 0, 0.2, 0.4 ...; total order 0.1 more; all 0.05 wide to both sides."""
    first = 0.2 * np.arange(len(parameters))
    table = pd.DataFrame({"parameter": parameters, "first": first, "total": first + 0.1})
    for order in ("first", "total"):
        table[f"{order}_low"], table[f"{order}_high"] = table[order] - 0.05, table[order] + 0.05
    return table.assign(outcome="satisfaction")


def morris(parameters=(BLOCKS, UPKEEP, REPORTS)) -> pd.DataFrame:
    """Sizes 0, 1, 2 ... with half as much spread."""
    size = np.arange(len(parameters), dtype=float)
    table = pd.DataFrame({"parameter": parameters, "mu_star": size, "sigma": size / 2})
    return table.assign(mu=size, mu_star_low=size - 0.2, mu_star_high=size + 0.2, outcome="cost")


def test_first_and_total_order_with_their_intervals():
    figure = sensitivity(indices(), outcome="satisfaction")
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "sense: report_rate",
        "three_level_platform: upkeep",
        "three_level_platform: blocks",
    ]
    np.testing.assert_allclose([bar.get_width() for bar in axes.patches], [0.4, 0.2, 0, 0.5, 0.3, 0.1])
    segments = [segment for lines in axes.collections for segment in lines.get_segments()]
    np.testing.assert_allclose(segments[0][:, 0], [0.35, 0.45])
    np.testing.assert_allclose(segments[-1][:, 0], [0.05, 0.15])
    assert axes.get_xlabel() == "share of the variance"
    assert legend(figure) == [
        "first order: by itself",
        "total order: with its interactions",
        "bar: 95 % interval",
    ]
    assert note(figure) == "Satisfaction: which parameters its spread comes from"


def test_indices_that_are_no_numbers():
    table = indices()
    table.loc[2, "total"] = np.nan
    (axes,) = sensitivity(table, outcome="satisfaction").axes
    assert [label.get_text() for label in axes.get_yticklabels()][-1] == "sense: report_rate"
    with pytest.raises(StudyError, match="sensitivity indices: none of 'satisfaction' is a number"):
        sensitivity(table.assign(first=np.nan, total=np.nan), outcome="satisfaction")


def test_other_frames_are_refused():
    with pytest.raises(StudyError, match="sensitivity indices: unknown outcome 'cost'"):
        sensitivity(indices(), outcome="cost")
    with pytest.raises(StudyError, match="Morris screening: no column 'sigma'"):
        screening(morris().drop(columns="sigma"), outcome="cost")
    with pytest.raises(StudyError, match="Morris screening: no effect on 'cost' is a number"):
        screening(morris().assign(sigma=np.nan), outcome="cost")
    with pytest.raises(StudyError, match=f"several rows for outcome 'cost', parameter '{BLOCKS}'"):
        screening(pd.concat([morris(), morris()]), outcome="cost")


def test_screening_numbers_parameters_by_size():
    figure = screening(morris(), outcome="cost")
    (axes,) = figure.axes
    assert points(axes) == [(2, 1), (1, 0.5), (0, 0)]
    assert [text.get_text() for text in axes.texts] == ["1", "2", "3"]
    assert legend(figure) == [
        "1  sense: report_rate",
        "2  three_level_platform: upkeep",
        "3  three_level_platform: blocks",
    ]
    assert axes.get_xlabel() == "mean size of the effect, μ* (yuan/(household x year))"
    assert axes.get_ylabel() == "spread of the effect, σ (yuan/(household x year))"


def test_screening_leaves_out_what_is_no_number_but_names_it():
    table = morris()
    table.loc[0, ["mu_star", "sigma"]] = np.nan
    figure = screening(table, outcome="cost")
    assert points(figure.axes[0]) == [(2, 1), (1, 0.5)]
    assert legend(figure)[-1] == "3  three_level_platform: blocks"
    flat = screening(
        morris().assign(mu_star=0.0, mu_star_low=0.0, mu_star_high=0.0, sigma=0.0), outcome="cost"
    )
    assert flat.axes[0].get_xlim()[1] == 1


def test_twenty_parameters_cover_nothing():
    assert clashes(sensitivity(indices(MANY), outcome="satisfaction", lang="zh")) == []
    assert clashes(screening(morris(MANY), outcome="cost")) == []


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_sensitivity(lang):
    return sensitivity(indices(), outcome="satisfaction", lang=lang)


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_screening(lang):
    return screening(morris(), outcome="cost", lang=lang)
