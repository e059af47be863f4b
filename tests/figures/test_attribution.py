"""Attribution: bars of Shapley values, and the matrix of interactions."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from cogov.figures import attribution, interactions
from cogov.figures.attribution import BAD, GOOD
from cogov.kit.errors import StudyError
from cogov.mechanisms import registry
from tests.figures.frames import clashes, legend, note, picture

MECHANISMS = ("lift_programme", "report_in", "three_meetings")
TWELVE = tuple(sorted(registry(), key=lambda name: len(registry()[name].zh))[-12:])


def effects(mechanisms=MECHANISMS, outcome="satisfaction", step=0.02) -> pd.DataFrame:
    """Values -1, 0, 1 ... times the step, each a step wide to both sides; the first is the lowest."""
    value = (np.arange(len(mechanisms)) - 1.0) * step
    table = pd.DataFrame({"mechanism": mechanisms, "value": value, "low": value - 0.6 * step})
    return table.assign(high=value + 0.6 * step, outcome=outcome)


def total(outcome="satisfaction", difference=0.06) -> pd.DataFrame:
    table = pd.DataFrame({"outcome": [outcome], "baseline": 0.5, "difference": difference})
    return table.assign(mean=0.5 + difference, low=difference - 0.01, high=difference + 0.01)


def pairs(mechanisms=MECHANISMS, outcome="satisfaction", step=0.001) -> pd.DataFrame:
    """Values -1, 0, 1 ... times the step, each 0.6 steps wide to both sides."""
    rows = [
        (outcome, first, second, (at - 1) * step, (at - 1.6) * step, (at - 0.4) * step)
        for at, (first, second) in enumerate(combinations(mechanisms, 2))
    ]
    return pd.DataFrame(rows, columns=["outcome", "first", "second", "value", "low", "high"])


def bars(axes) -> list[tuple[float, tuple[float, ...], float | None]]:
    """Length, colour and opacity of bars, from the top."""
    return [(float(bar.get_width()), bar.get_facecolor()[:3], bar.get_alpha()) for bar in axes.patches]


def test_the_largest_contribution_is_first_and_the_total_last():
    figure = attribution(effects(), total(), outcome="satisfaction")
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [*MECHANISMS[::-1], "all together"]
    good, unsure, bad, whole = bars(axes)
    assert good == (pytest.approx(0.02), GOOD[:3], 1.0)
    assert (unsure[0], unsure[2]) == (0, 0.4)
    assert bad == (pytest.approx(-0.02), BAD[:3], 1.0)
    assert whole[0] == 0.06
    ends = [line.get_segments()[0][:, 0].tolist() for line in axes.collections]
    np.testing.assert_allclose(ends, [[0.008, 0.032], [-0.012, 0.012], [-0.032, -0.008], [0.05, 0.07]])
    assert [text.get_text() for text in axes.texts] == [
        "+0.0200  [+0.0080, +0.0320]",
        "0.0000  [−0.0120, +0.0120]",
        "−0.0200  [−0.0320, −0.0080]",
        "+0.0600  [+0.0500, +0.0700]",
    ]
    assert (
        note(figure) == "Satisfaction: what each mechanism contributes; 0.5000 without them, 0.5600 with all"
    )
    assert axes.get_xlabel() == "Shapley value (0-1)"
    assert legend(figure)[:2] == ["improves it", "worsens it"]


def test_less_is_better_for_some_outcomes_and_neither_for_others():
    cost = attribution(effects(outcome="cost"), total("cost"), outcome="cost")
    assert [colour for _, colour, _ in bars(cost.axes[0])][:3:2] == [BAD[:3], GOOD[:3]]
    arrived = attribution(effects(outcome="arrived"), total("arrived"), outcome="arrived")
    assert legend(arrived)[:2] == ["raises it", "lowers it"]


def test_a_contribution_without_interval_or_value():
    table = effects()
    table.loc[1, ["low", "high"]] = np.nan
    table.loc[2, ["value", "low", "high"]] = np.nan
    (axes,) = attribution(table, total().assign(low=np.nan, high=np.nan), outcome="satisfaction").axes
    assert [label.get_text() for label in axes.get_yticklabels()][2] == "three_meetings"
    assert [text.get_text() for text in axes.texts] == [
        "0.0000",
        "−0.0200  [−0.0320, −0.0080]",
        "–",
        "+0.0600",
    ]


def test_in_chinese_mechanisms_have_their_chinese_names():
    table = effects(("lift_programme", "mine", "other"))
    (axes,) = attribution(table, total(), outcome="satisfaction", lang="zh", names={"mine": "我的机制"}).axes
    found = [label.get_text() for label in axes.get_yticklabels()]
    assert found == ["other", "我的机制", registry()["lift_programme"].zh, "合计"]


def test_frames_that_do_not_have_the_outcome_are_refused():
    with pytest.raises(StudyError, match="effects of mechanisms: unknown outcome 'cost'"):
        attribution(effects(), total(), outcome="cost")
    with pytest.raises(StudyError, match="total effect: unknown outcome 'satisfaction'"):
        attribution(effects(), total("cost"), outcome="satisfaction")
    with pytest.raises(
        StudyError, match="several rows for outcome 'satisfaction', mechanism 'lift_programme'"
    ):
        attribution(pd.concat([effects(), effects()]), total(), outcome="satisfaction")


def cells(figure) -> dict[tuple[float, float], Rectangle]:
    """Cells by column and line."""
    rectangles = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    return {tuple(np.rint(cell.get_center()).tolist()): cell for cell in rectangles}


def said(bar) -> str:
    """The label of a scale, beside or below the panel, as one line."""
    return (bar.get_ylabel() or bar.get_xlabel()).replace("\n", " ")


def test_interactions_fill_the_lower_triangle():
    figure = interactions(pairs(), outcome="satisfaction")
    found = cells(figure)
    assert set(found) == {(0, 1), (0, 2), (1, 2)}
    widths = {place: cell.get_linewidth() for place, cell in found.items()}
    assert widths[0, 1] == widths[1, 2] > widths[0, 2]  # the interval of the middle one includes 0
    assert found[0, 2].get_facecolor()[:3] == pytest.approx((0.97, 0.97, 0.97), abs=0.01)
    numbers = [text.get_text() for text in figure.axes[0].texts if text.get_fontsize() == 7]
    assert numbers == ["−1.0", "0.0", "+1.0"]
    bar = figure.axes[1]
    assert said(bar) == "interaction × 1,000 (0-1) − crowding out, + synergy"
    assert (bar.get_ylim()[0], bar.get_ylim()[1]) == pytest.approx((-1, 1))


def test_what_is_synergy_depends_on_what_is_better():
    more, less = (interactions(pairs(outcome=name), outcome=name) for name in ("satisfaction", "cost"))
    assert said(less.axes[1]).endswith("− synergy, + crowding out")
    for place, other in (((0, 1), (1, 2)), ((1, 2), (0, 1))):
        assert cells(less)[place].get_facecolor() == pytest.approx(
            cells(more)[other].get_facecolor(), abs=0.02
        )
    neither = interactions(pairs(outcome="arrived"), outcome="arrived").axes[1]
    assert said(neither).endswith("− below the sum, + above the sum")


def test_large_and_lacking_values():
    table = pairs(step=200.0)
    table.loc[0, ["value", "low", "high"]] = np.nan
    figure = interactions(table, outcome="satisfaction")
    numbers = [text.get_text() for text in figure.axes[0].texts if text.get_fontsize() == 7]
    assert numbers == ["–", "0", "+200"]
    assert said(figure.axes[1]).startswith("interaction (0-1) − ")
    assert interactions(table.assign(value=0.0), outcome="satisfaction").axes[1].get_ylim() == (-1, 1)
    with pytest.raises(StudyError, match="interactions of mechanisms: none of 'satisfaction' is a number"):
        interactions(table.assign(value=np.nan), outcome="satisfaction")


def test_no_interactions_are_refused():
    with pytest.raises(StudyError, match="interactions of mechanisms: there are none; they are worked out"):
        interactions(pairs().iloc[:0], outcome="satisfaction")


def test_a_pair_twice_or_with_itself_is_refused():
    table = pairs()
    back = table.rename(columns={"first": "second", "second": "first"})
    with pytest.raises(StudyError, match="each pair of two mechanisms must be there once"):
        interactions(pd.concat([table, back]), outcome="satisfaction")
    with pytest.raises(StudyError, match="each pair of two mechanisms must be there once"):
        interactions(table[:1].assign(second=table["first"]), outcome="satisfaction")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_twelve_mechanisms_with_long_names_cover_nothing(lang):
    assert clashes(attribution(effects(TWELVE), total(), outcome="satisfaction", lang=lang)) == []
    assert clashes(interactions(pairs(TWELVE), outcome="satisfaction", lang=lang)) == []


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_attribution(lang):
    return attribution(effects(TWELVE[:5]), total(), outcome="satisfaction", lang=lang)


@picture
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_picture_of_interactions(lang):
    return interactions(pairs(TWELVE[:5]), outcome="satisfaction", lang=lang)
