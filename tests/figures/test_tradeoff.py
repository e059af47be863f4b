"""Trade-off: points, intervals, the front, names that cover nothing."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from scipy import stats

from cogov.figures import style, tradeoff
from cogov.kit.errors import StudyError
from tests.figures.frames import LONG, MANY, NAMES, clashes, legend, note, picture, points, runs


def front(axes) -> list[tuple[float, float]]:
    """The corners of the dashed line."""
    (line,) = (line for line in axes.get_lines() if line.get_linestyle() == "--")
    return [(float(x), float(y)) for x, y in zip(*line.get_data(), strict=True)]


def names(axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def four():
    """A fourth design that costs as much as the third and satisfies less."""
    table = runs(("line_hierarchy", "quyang_2014", "wuliqiao_2020", "worse"))
    table.loc[table["design"] == "worse", "cost"] -= 10
    table.loc[table["design"] == "worse", "satisfaction"] -= 2.5
    return table


def test_means_of_two_outcomes_with_their_intervals():
    figure = tradeoff(runs(), "cost", "satisfaction")
    (axes,) = figure.axes
    assert sorted(points(axes)) == [(0, 1), (10, 2), (20, 3)]
    half = stats.t.ppf(0.975, 2) / np.sqrt(3)
    bars = [line.get_ydata() for line in axes.get_lines() if len(line.get_xdata()) == 2]
    assert any(bar == pytest.approx([1 - half, 1 + half]) for bar in bars)
    assert axes.get_xlabel() == "Cost (yuan/(household x year), less is better)"
    assert axes.get_ylabel() == "Satisfaction (0-1, more is better)"
    assert note(figure).startswith("Mean of 3 replicates; bar: 95 % interval of the mean; line: Pareto front")


def test_the_front_minds_which_way_is_better():
    table = four()
    figure = tradeoff(table, "cost", "satisfaction")
    (axes,) = figure.axes
    assert front(axes) == [(0, 1), (10, 2), (20, 3)]
    assert names(axes) == ["line_hierarchy", "quyang_2014", "wuliqiao_2020"]
    assert legend(figure) == [*names(axes), "worse"]
    table["needs_met"] = table["cost"]  # of which more is better: one design is best in both
    (axes,) = tradeoff(table, "needs_met", "satisfaction").axes
    assert names(axes) == ["wuliqiao_2020"]


def test_a_dominated_design_is_paler():
    handles = tradeoff(four(), "cost", "satisfaction").legends[0].legend_handles
    usual = [look.color for look in style.looks(["line_hierarchy", *"abc"]).values()]
    colours = [handle.get_color() for handle in handles]
    assert colours[:3] == usual[:3]
    assert sum(to_rgb(colours[3])) > sum(to_rgb(usual[3])) + 0.5


def test_equal_designs_do_not_dominate_each_other():
    table = runs().assign(cost=1.0, satisfaction=0.5)
    assert len(names(tradeoff(table, "cost", "satisfaction").axes[0])) == 3


def test_no_front_where_neither_more_nor_less_is_better():
    table = runs().assign(arrived=runs()["satisfaction"])
    figure = tradeoff(table, "arrived", "cost")
    assert "no Pareto front" in note(figure)
    assert names(figure.axes[0]) == []
    assert not [line for line in figure.axes[0].get_lines() if line.get_linestyle() == "--"]


def test_single_replicates_and_missing_outcomes():
    table = runs(replicates=1)
    table.loc[table["design"] == "quyang_2014", "cost"] = np.nan
    figure = tradeoff(table, "cost", "satisfaction")
    assert sorted(points(figure.axes[0])) == [(0, 0), (20, 2)]
    assert note(figure).startswith("One replicate, no interval")
    empty = tradeoff(runs().assign(cost=np.nan), "cost", "satisfaction")
    assert names(empty.axes[0]) == ["no value"]


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(StudyError, match="name two outcomes"):
        tradeoff(runs(), "cost", "cost")
    with pytest.raises(StudyError, match="unknown measure 'costs'; did you mean 'cost'"):
        tradeoff(runs(), "costs", "satisfaction")
    with pytest.raises(StudyError, match="no run that is done"):
        tradeoff(runs().assign(status="failed"), "cost", "satisfaction")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_twelve_designs_on_the_front_cover_nothing(lang):
    figure = tradeoff(runs(MANY), "cost", "satisfaction", lang=lang, names=LONG)
    assert len(names(figure.axes[0])) >= 4  # the others are left to the legend
    assert len(legend(figure)) == 12
    assert clashes(figure) == []


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_tradeoff(lang):
    return tradeoff(four(), "cost", "satisfaction", lang=lang, names=NAMES)
