"""The sentences of the answer, from outcomes made up for it."""

import numpy as np
import pandas as pd
import pytest

from cogov import load_design
from cogov.report.answer import answer, cautions
from cogov.report.texts import Words

LUCK = np.random.default_rng(3).normal(0, 1, 300)


def gains(**effects):
    """Outcomes of designs that differ from the baseline by these (satisfaction, cost), with some noise."""

    def value(design, replicate, outcome):
        size = {"satisfaction": (0.5, 0.001), "cost": (200, 1)}[outcome]
        effect = effects.get(design, (0, 0))[outcome == "cost"]
        noise = LUCK[replicate + 40 * (hash_of(design) + (outcome == "cost"))]
        return size[0] + LUCK[replicate] * 5 * size[1] + effect + noise * size[1]

    return value


def hash_of(design):
    return ["line_hierarchy", "quyang_2014", "wuliqiao_2020"].index(design)


def said(stored, lang="en"):
    return answer(stored.facts(lang), Words(lang))


@pytest.mark.parametrize(
    ("effect", "headline"),
    [
        (
            (0.05, -30),
            "wuliqiao_2020 is clearly better than line_hierarchy in 2 of 2 outcomes, and clearly worse",
        ),
        ((0.05, 30), "clearly better than line_hierarchy in 1 of 2 outcomes and clearly worse in 1. Which"),
        (
            (-0.05, 30),
            "wuliqiao_2020 is clearly worse than line_hierarchy in 2 of 2 outcomes, and clearly better",
        ),
        (
            (0, 0),
            "There is no clear difference between wuliqiao_2020 and line_hierarchy in any of 2 outcomes",
        ),
        ((0.05, 0), "and clearly worse in none. Not clear: 1."),
    ],
)
def test_headlines_of_one_design(made, effect, headline):
    found = said(made(gains(wuliqiao_2020=effect)))
    assert headline in found.headlines[0][0]
    assert not found.best
    assert found.tested


def test_statements_stand_under_what_they_are(made):
    found = said(made(gains(wuliqiao_2020=(0.05, 30))))
    (card,) = found.cards
    assert [head for _, head, _ in card.groups] == ["Clearly better", "Clearly worse"]
    assert card.groups[0][2][0].startswith("Satisfaction: 0.5")
    assert "instead of" in card.groups[0][2][0]
    assert "95 % interval +0.0" in card.groups[0][2][0]
    assert [cell.verdict for _, line in found.glances[0].lines for cell in line] == ["better", "worse"]


def test_designs_are_told_apart_and_the_best_is_named(made):
    effects = {"quyang_2014": (0.02, 30), "wuliqiao_2020": (0.05, -30)}
    found = said(made(gains(**effects), designs=list(effects)))
    assert [items for _, items in found.headlines] == [
        ["wuliqiao_2020: better in 2 of 2, not clear in 0"],
        ["quyang_2014: better in 1 of 2, worse in 1, not clear in 0"],
    ]
    assert "Satisfaction: wuliqiao_2020 is the best of all 3 designs (probability >99 %)." in found.best


def test_nothing_is_the_best_that_is_not_clear(made):
    found = said(made(gains(), designs=["quyang_2014", "wuliqiao_2020"]))
    assert not any("is the best" in text for text in found.best)


def test_designs_that_are_equal_share_the_first_place(made):
    found = said(made(lambda design, replicate, outcome: 1.0, designs=["quyang_2014", "wuliqiao_2020"]))
    assert (
        found.best[0]
        == "Satisfaction: quyang_2014, wuliqiao_2020, line_hierarchy share the first place of 3 designs."
    )


def test_one_replicate_says_nothing_of_sureness(made, words):
    stored = made(gains(wuliqiao_2020=(0.05, 30)), replicates=1)
    found = said(stored)
    assert "nothing can be said about how sure" in found.headlines[0][0]
    assert not found.tested
    assert [head for _, head, _ in found.cards[0].groups] == [
        "Better in this run; may be chance",
        "Worse in this run; may be chance",
    ]
    assert any("single pair" in text for text in cautions(stored.facts(), words, (0, 9), 0, 0))
    assert not any("clear" in text for _, _, texts in found.cards[0].groups for text in texts)


def test_an_outcome_without_values_is_said_to_have_none(made):
    value = gains(wuliqiao_2020=(0.05, 0))
    found = said(made(lambda *of: value(*of) if of[0] == "line_hierarchy" or of[2] == "cost" else np.nan))
    assert ("none", "No value", ["Satisfaction"]) in found.cards[0].groups


def test_settings_are_summed_up(made):
    path = "design.mechanisms.three_level_platform.blocks"
    found = said(made(gains(wuliqiao_2020=(0.05, 0)), parameters={path: [1, 2, 3]}))
    (text, cost) = found.cards[0].groups[0][2]
    assert text == "Satisfaction: about +0.050 at all 3 settings"
    assert "not clear at 3 of 3 settings" in cost or "about" in cost
    assert "comparisons (outcomes at every setting)" in found.headlines[0][0]
    assert not found.glances


def test_a_plan_that_runs_each_point_once_counts_signs(made, words):
    path = "design.mechanisms.three_level_platform.slots"
    settings = {"parameters": {path: {"low": 0, "high": 9}}, "plan": {"kind": "sobol", "samples": 4}}
    stored = made(gains(wuliqiao_2020=(0.05, 0)), replicates=1, **settings)
    found = said(stored)
    assert "only once" in found.headlines[0][0]
    assert "better in 100 % of" in found.cards[0].groups[0][2][0] or "about" in found.cards[0].groups[0][2][0]
    assert any("not tested" in text for text in cautions(stored.facts(), words, (0, 9), 0, 0))


def test_cautions(made, words):
    reached = pd.DataFrame({"outcome": ["satisfaction"], "reached": [False]})
    stored = made(gains(), replicates=4, absent=2, failed={("wuliqiao_2020", 0): "boom"}, reached=reached)
    found = cautions(stored.facts(), words, (3, 4), 1, 2)
    for part in ("2 of 8 runs (25 %)", "failed: 1", "only 2 pairs", "satisfaction", "3 of 4 numbers behind"):
        assert any(part in text for text in found), part
    assert not cautions(made(gains()).facts(), words, (0, 4), 0, 0)


def test_nothing_to_compare(made):
    assert said(made(gains(), absent=24)).headlines[0][0].startswith("No run of this study is done")
    found = said(made(gains(), designs=["line_hierarchy"]))
    assert "nothing is compared" in found.headlines[0][0]


def test_variants_of_a_design_are_told_apart_in_chinese(made):
    design = load_design("wuliqiao_2020")
    other = design.without("report_in", name="other")
    stored = made(lambda *of: 1.0, designs=[design, other])
    assert stored.facts("zh").called("other") == "五里桥街道2020（other）"
    assert stored.facts("zh").called("line_hierarchy") == "条线治理（基准）"
