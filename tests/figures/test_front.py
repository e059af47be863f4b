"""The front of a search: numbers, names, what was tried, and which goals can be drawn."""

from __future__ import annotations

import pandas as pd
import pytest

from cogov.figures import front
from cogov.kit.errors import StudyError
from tests.figures.frames import clashes, legend, note

NAMES = {"line_hierarchy": "条线治理", "wuliqiao_2020": "五里桥2020"}


def points() -> pd.DataFrame:
    """Two designs of the front, one that was named, and the baseline."""
    found = {"a": (1, 0.06, 300.0), "b": (2, 0.03, 100.0), "wuliqiao_2020": (0, 0.07, 800.0)}
    rows = [
        {"design": name, "front": number, "measure": measure, "difference": value, "low": value * 0.9,
         "high": value * 1.1}
        for name, (number, x, y) in found.items()
        for measure, value in (("satisfaction", x), ("cost", y), ("hours", 3.0))
    ]  # fmt: skip
    base = {"design": "line_hierarchy", "front": 0, "difference": 0.0, "low": float("nan")}
    rows += [base | {"measure": name, "high": float("nan")} for name in ("satisfaction", "cost", "hours")]
    return pd.DataFrame(rows)


def tried() -> pd.DataFrame:
    rows = [
        ("a", "front", 0.06, 300.0), ("b", "front", 0.03, 100.0), ("wuliqiao_2020", "over", 0.07, 800.0),
        ("line_hierarchy", "beaten", 0.0, 0.0), ("c", "screened", 0.01, 200.0), ("d", "over", 0.05, 700.0),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["design", "fate", "satisfaction", "cost"])


def drawn(lang: str = "en", **more):
    return front(
        points(), tried(), "satisfaction", "cost", baseline="line_hierarchy", lang=lang, names=NAMES, **more
    )


def test_the_front_is_numbered_and_the_named_designs_are_named():
    figure = drawn()
    (axes,) = figure.axes
    assert sorted(text.get_text() for text in axes.texts) == ["1", "2", "wuliqiao_2020"]
    (line,) = (line for line in axes.get_lines() if line.get_linestyle() == "--")
    assert [*zip(*line.get_data(), strict=True)] == [(0.03, 100), (0.06, 300)]
    assert axes.get_ylabel() == "Cost (yuan/(household x year), less is better)"
    assert note(figure).startswith("Difference from line_hierarchy, same seeds; bar: 95 % interval")
    assert not clashes(figure)


def test_what_was_tried_is_faint_and_what_is_over_the_budget_fainter():
    figure = drawn()
    (axes,) = figure.axes
    dots = [
        line for line in axes.get_lines() if line.get_linestyle() == "None" and len(line.get_xdata()) == 1
    ]
    assert {(line.get_xdata()[0], line.get_color()) for line in dots} >= {
        (0.01, "#B9B9B9"),
        (0.05, "#E3E3E3"),
    }
    assert legend(figure)[-2:] == ["tried, screening runs only", "tried, over the budget"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [3.35, 8.0])
def test_it_fits_a_column_in_both_languages(lang, width):
    figure = drawn(lang, figsize=(width, None))
    assert figure.get_figwidth() == width
    if lang == "zh":
        assert "五里桥2020" in legend(figure)


def test_only_two_different_goals_can_be_drawn():
    with pytest.raises(StudyError, match="unknown goal 'hours'"):
        front(points(), tried(), "satisfaction", "hours", baseline="line_hierarchy")
    with pytest.raises(StudyError, match="name two goals"):
        front(points(), tried(), "cost", "cost", baseline="line_hierarchy")
