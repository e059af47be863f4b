from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cogov.figures import waterfall
from cogov.kit.errors import StudyError

PARTS = pd.DataFrame(
    {
        "label": ["services", "issues", "nothing", *(f"part {number}" for number in range(14))],
        "difference": [0.1, -0.04, 0.0, *[0.001] * 14],
        "low": [0.08, -0.05, np.nan, *[-0.001] * 14],
        "high": [0.12, -0.03, np.nan, *[0.003] * 14],
    }
)


def drawn(parts=PARTS, **more):
    end = 0.5 + float(parts["difference"].sum())
    return waterfall(parts, ends=(0.5, end), names=("a", "b"), outcome="satisfaction", **more)


def bars(figure):
    return [bar for bar in figure.axes[0].patches if bar.get_height() > 0.5]


def test_bars_lead_from_one_value_to_the_other():
    found = bars(drawn())
    assert found[0].get_x() == pytest.approx(0.5)
    ends = [bar.get_x() + bar.get_width() for bar in found]
    assert [bar.get_x() for bar in found[1:]] == pytest.approx(ends[:-1])
    assert ends[-1] == pytest.approx(0.5 + PARTS["difference"].sum())


def test_the_largest_come_first_and_the_rest_is_one_bar():
    labels = [text.get_text() for text in drawn().axes[0].get_yticklabels()]
    assert labels[:3] == ["a", "services", "issues"]
    assert labels[-2:] == ["all others", "b"]
    assert "nothing" not in labels
    assert len(bars(drawn())) == 13


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_adds_up_to_nothing_is_drawn_too(lang):
    assert not bars(drawn(PARTS[PARTS["difference"] == 0], lang=lang))[1:]


def test_a_lacking_column_is_named():
    with pytest.raises(StudyError, match="low"):
        drawn(PARTS.drop(columns="low"))


def test_the_bar_of_all_others_has_the_interval_of_their_sum():
    asked = []

    def rest(places):
        asked.append(places)
        return 0.001, 0.009

    lines = [line.get_segments()[0][:, 0] for line in drawn(rest=rest).axes[0].collections]
    start = 0.5 + PARTS["difference"][[0, 1, *range(3, 13)]].sum()
    assert lines[-1] == pytest.approx([start + 0.001, start + 0.009])
    assert sorted(asked[0]) == [2, 13, 14, 15, 16]
