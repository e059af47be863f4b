"""Paths of an issue: who has it, who looks in, how it ends."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from cogov import simulate
from cogov.figures import paths
from cogov.figures.paths import IN_PASSING
from cogov.kit.errors import StudyError
from cogov.trace import ACTIVITIES, Trace
from tests.figures.frames import NAMES, clashes
from tests.helpers import built

CASE = "w3n16"
"""An issue that the office's meeting drops, and a neighbourhood's own council has done."""


@cache
def events() -> dict[str, pd.DataFrame]:
    return {
        design: simulate(built(), design, 1, weeks=16, reform_week=0, run_in=0, trace=Trace([CASE])).events
        for design in ("line_hierarchy", "wuliqiao_2020")
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_panel_a_design_with_the_same_lanes_and_every_event(lang):
    figure = paths(events(), CASE, lang=lang, names=NAMES)
    assert clashes(figure) == []
    assert len(figure.axes) == 2
    lanes = [[label.get_text() for label in axes.get_yticklabels()] for axes in figure.axes]
    assert lanes[0][0] == ("尚无人知" if lang == "zh" else "nobody yet")
    assert ("零距离家园理事会" if lang == "zh" else "home council") in [
        lane.replace("\n", "") for lane in lanes[0]
    ]
    for axes, frame in zip(figure.axes, events().values(), strict=True):
        line, *dots = axes.get_lines()
        assert len(dots) == len(frame)
        assert dots[-1].get_marker() == ("s" if frame.activity.iloc[-1] == "resolved" else "X")
        hollow = [dot for dot in dots if dot.get_markerfacecolor() == "white"]
        assert len(hollow) == frame.activity.isin(IN_PASSING).sum()
        assert list(line.get_xdata()) == sorted(line.get_xdata())


def test_an_issue_that_is_still_open_goes_on_in_an_arrow():
    frames = events() | {"line_hierarchy": events()["line_hierarchy"].iloc[:-1]}
    figure = paths(frames, CASE)
    marks = [[line.get_marker() for line in axes.get_lines()] for axes in figure.axes]
    assert [">" in marks[0], ">" in marks[1]] == [True, False]
    assert "open at the end" in [text.get_text() for text in figure.legends[0].get_texts()]


def test_who_looks_in_is_some_of_what_can_happen():
    assert set(IN_PASSING) <= set(ACTIVITIES)


def test_an_issue_of_which_nothing_is_known_is_refused():
    with pytest.raises(StudyError, match="nothing happened to issue 'w9n99'"):
        paths(events(), "w9n99")


def test_where_it_never_arose_the_panel_says_so():
    first, second = events()
    figure = paths({first: events()[first], second: events()[second].iloc[:0]}, CASE)
    assert [text.get_text() for text in figure.axes[1].texts] == ["no value"]
