from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.patches import PathPatch, Rectangle

from cogov.figures import flow
from cogov.kit.errors import StudyError
from tests.figures.frames import clashes

FLOWS = pd.DataFrame(
    {
        "who": ["committee", "committee", "office"],
        "what": ["issues", "meetings", "issues"],
        "value": [30.0, 10.0, 20.0],
    }
)


def drawn(panels=None, **more):
    return flow(panels or {"A": FLOWS}, ("who", "what"), heads=("who", "on what"), **more)


def bars(axes):
    return [bar.get_height() for bar in axes.patches if isinstance(bar, Rectangle)]


def test_bars_are_as_high_as_what_flows_and_all_panels_are_to_one_scale():
    half = FLOWS.assign(value=FLOWS["value"] / 2)
    one, other = drawn({"A": FLOWS, "B": half}).axes
    heights = bars(one)
    assert [height / heights[0] for height in heights] == pytest.approx([1, 0.5, 1.25, 0.25])
    assert bars(other) == pytest.approx([height / 2 for height in heights])
    assert len([band for band in one.patches if isinstance(band, PathPatch)]) == 3


def test_no_bar_touches_the_edge():
    low, high = drawn().axes[0].get_ylim()
    ends = [bar.get_y() + bar.get_height() for bar in drawn().axes[0].patches if isinstance(bar, Rectangle)]
    assert high < 0 < max(ends) < low


def test_no_two_names_share_a_colour_but_grey():
    many = pd.DataFrame({"who": [f"post {n}" for n in range(9)], "what": "issues", "value": 1.0})
    bands = [
        band.get_facecolor() for band in drawn({"A": many}).axes[0].patches if isinstance(band, PathPatch)
    ]
    assert len(set(bands)) == 7
    assert len(set(bands[6:])) == 1


def test_names_and_amounts_are_written():
    texts = [text.get_text() for text in drawn().axes[0].texts]
    assert "committee  40" in texts
    assert "issues  50" in texts


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_many_small_flows_leave_room_for_their_names(lang):
    many = pd.DataFrame(
        {"who": "somebody", "what": [f"what takes a while {n}" for n in range(9)], "value": 1.0}
    )
    many.loc[0, "value"] = 1000.0
    assert clashes(drawn({"A": many, "B": many}, lang=lang)) == []


def test_a_categorical_column_says_the_order():
    table = FLOWS.assign(what=pd.Categorical(FLOWS["what"], ["unused", "meetings", "issues"]))
    texts = [text.get_text() for text in drawn({"A": table}).axes[0].texts]
    assert texts.index("meetings  10") < texts.index("issues  50")
    assert not any(text.startswith("unused") for text in texts)


def test_bands_go_on_through_three_stages():
    table = FLOWS.assign(end=["good", "bad", "good"])
    figure = flow({"": table}, ("who", "what", "end"), heads=("a", "b", "c"), lang="zh")
    assert len([band for band in figure.axes[0].patches if isinstance(band, PathPatch)]) == 6


def test_nothing_that_flows_is_said():
    assert drawn({"A": FLOWS.assign(value=0.0)}).axes[0].texts[0].get_text() == "no value"


@pytest.mark.parametrize(
    ("table", "says"), [(FLOWS.drop(columns="value"), "value"), (FLOWS.assign(value=-1.0), "at least 0")]
)
def test_what_cannot_flow_is_refused(table, says):
    with pytest.raises(StudyError, match=says):
        drawn({"A": table})
