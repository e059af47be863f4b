"""The sentences of the answer, from outcomes made up for it."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from cogov import load_design
from cogov.report.account import what_was_run
from cogov.report.answer import answer, cautions
from cogov.report.tables import horizons
from cogov.report.texts import Words
from cogov.report.when import not_reached
from cogov.words import label

LUCK = np.random.default_rng(3).normal(0, 1, 300)
BASE = {
    "satisfaction": (0.5, 0.001),
    "resolution_rate": (0.8, 0.001),
    "cost": (200, 1),
    "lifts_built": (3, 0.01),
}
"""Level and spread."""


def gains(**effects):
    """Outcomes of designs that differ from the baseline by these (by outcome), with some noise."""

    def value(design, replicate, outcome):
        level, spread = BASE[outcome]
        noise = LUCK[(replicate + 40 * (hash_of(design) + list(BASE).index(outcome))) % len(LUCK)]
        return level + spread * (5 * LUCK[replicate] + noise) + effects.get(design, {}).get(outcome, 0)

    return value


def hash_of(design):
    return ["line_hierarchy", "quyang_2014", "wuliqiao_2020"].index(design)


def said(stored, lang="en"):
    return answer(stored.facts(lang), Words(lang), (3, 4))


def parts(stored, design=0, lang="en"):
    """Texts of one design by their kind."""
    return {part.kind: part.text for part in said(stored, lang).headlines[design].parts}


def test_sizes_come_before_certainty(made):
    effects = {"satisfaction": 0.05, "resolution_rate": 0.005, "cost": 30}
    found = parts(made(gains(wuliqiao_2020=effects), outcomes=list(BASE)))
    assert found["better"] == (
        "Satisfaction 0.550 instead of 0.499, on a scale from 0 to 1"
        " (+0.050; 95 % interval +0.049 to +0.052)."
    )
    assert found["small"] == "Resolution rate, lifts built."  # certain, and too small to matter
    assert found["unharmed"] == "Nothing is found to get worse by a size that matters."
    assert found["cost"].startswith("230 yuan per household and year, against 2")
    assert "open" not in found


def test_what_matters_is_what_the_study_says(made):
    effects = {"wuliqiao_2020": {"satisfaction": 0.05}}
    found = parts(made(gains(**effects), outcomes=["satisfaction", "cost"], matters={"satisfaction": 0.1}))
    assert found["nothing"] == "No outcome is found to change by a size that matters."
    assert found["small"] == "Satisfaction."


def test_what_gets_worse_is_said(made):
    found = parts(made(gains(wuliqiao_2020={"satisfaction": -0.05}), outcomes=["satisfaction", "cost"]))
    assert found["worse"].startswith("Satisfaction 0.45")
    assert "better" not in found
    assert "No higher cost" in found["cost"]


def test_what_is_not_decided_says_what_would_decide(made):
    found = parts(made(gains(wuliqiao_2020={"satisfaction": 0.01}), outcomes=["satisfaction", "cost"]))
    assert "95 % interval" in found["open"]
    assert "more replicates would tell" in found["open"]
    assert {"better", "small"}.isdisjoint(found)


def test_a_change_in_satisfaction_is_said_to_come_from_services_problems_or_works(made):
    """The parts are differences like any other, and add up to the whole."""
    found = {"satisfaction": 0.05, "satisfaction_services": 0.04, "satisfaction_issues": 0.012}
    levels = {"satisfaction": 0.5, "satisfaction_services": 0.2, "satisfaction_issues": -0.1}
    levels["satisfaction_works"] = 0.01

    def of(changes):
        def value(design, replicate, outcome):
            change = changes.get(outcome, 0) if design == "wuliqiao_2020" else 0
            luck = LUCK[(replicate + 7 * hash_of(design)) % len(LUCK)]
            return levels[outcome] + luck * 1e-4 + change

        return made(value, outcomes=list(levels))

    stored = of(found | {"satisfaction_works": -0.002})
    assert parts(stored)["whence"] == (
        "Of the change in satisfaction (+0.050): services +0.040, problems +0.012,"
        " lifts and other works −0.002."
    )
    assert parts(stored, lang="zh")["whence"].startswith("获得感的变化（+0.050）中：服务+0.040")
    assert "whence" not in parts(of({"satisfaction": 0.001}))


def test_one_pair_is_shown_as_what_it_is(made, words):
    stored = made(gains(wuliqiao_2020={"satisfaction": 0.05}), replicates=1)
    found = parts(stored)
    assert found["single"].startswith("Satisfaction 0.5")
    assert {"better", "worse", "small", "open", "nothing"}.isdisjoint(found)
    assert any("too few runs" in text for text in said(stored).notes)
    assert any("single pair" in text for text in cautions(stored.facts(), words, (0, 9), 0, 0))


def test_an_outcome_without_values_is_said_to_have_none(made):
    value = gains()
    found = parts(made(lambda *of: value(*of) if of[0] == "line_hierarchy" or of[2] == "cost" else np.nan))
    assert found["none"] == "Satisfaction."


def of_people(stored, by_age):
    """Groups of people of every run of a stored study: the gain of the design in satisfaction by age."""
    rows = [
        (run.run, "age", age, people, 0.5 + LUCK[place] * 1e-3 + (run.design == "wuliqiao_2020") * gain)
        for place, run in enumerate(stored.runs.itertuples())
        for age, (people, gain) in by_age.items()
    ]
    table = pd.DataFrame(rows, columns=["run", "by", "group", "residents", "satisfaction"])
    others = ("trust_committee", "trust_firm", "trust_neighbours", "belonging", "participation")
    stored.groups = table.assign(**dict.fromkeys(others, 0.5))
    return stored


@pytest.mark.parametrize(
    ("by_age", "text"),
    [
        (
            {"under_12": (100.0, 0.3), "age_12_17": (300.0, 0.02), "age_18_29": (600.0, 0.02)},
            "Satisfaction rises mainly for children under 12 (+0.300): 10 % of residents have 63 % of the"
            " gain; others +0.020.",
        ),
        (
            {"under_12": (500.0, 0.05), "age_18_29": (500.0, 0.05)},
            "Satisfaction changes about alike for all groups",
        ),
        (
            {"under_12": (100.0, 0.3), "age_18_29": (100.0, -0.1)},
            "Losing by a size that matters: people of 18 to 29 (−0.100).",
        ),
        (
            {"under_12": (100.0, -0.3), "age_18_29": (300.0, -0.02)},
            "Satisfaction falls mainly for children under 12 (−0.300)",
        ),
    ],
)
def test_for_whom(made, by_age, text):
    found = parts(of_people(made(gains(wuliqiao_2020={"satisfaction": 0.05})), by_age))
    assert text in found["whom"]
    assert ("No group is found to lose" in found["whom"]) == ("−" not in found["whom"])


def test_mechanisms_that_carry_a_change_are_named(made):
    effects = pd.DataFrame(
        {
            "outcome": "satisfaction",
            "mechanism": ["ageing_in_place", "report_in", "three_meetings"],
            "value": [0.04, 0.001, 0.009],
            "low": [0.03, -0.001, 0.008],
            "high": [0.05, 0.003, 0.01],
        }
    )
    total = pd.DataFrame({"outcome": ["satisfaction"], "difference": [0.05]})
    stored = made(gains(wuliqiao_2020={"satisfaction": 0.05}))
    asked = next(part for part in said(stored).headlines[0].parts if part.kind == "through")
    assert asked.command.endswith("design=wuliqiao_2020 players=families orders=2")  # twelve mechanisms
    assert asked.command.startswith("cogov study attribute ")
    stored.attributed = {"wuliqiao_2020": SimpleNamespace(effects=effects, total=total)}
    assert (
        parts(stored)["through"]
        == "Satisfaction through ageing_in_place (+0.040), three_meetings (+0.009), of +0.050 in all."
    )


def test_families_of_mechanisms_are_named(made):
    effects = pd.DataFrame(
        {"outcome": "satisfaction", "mechanism": ["services"], "value": [0.04], "low": [0.03], "high": [0.05]}
    )
    total = pd.DataFrame({"outcome": ["satisfaction"], "difference": [0.05]})
    found = SimpleNamespace(effects=effects, total=total)
    stored = made(gains(wuliqiao_2020={"satisfaction": 0.05}))
    stored.attributed = {"wuliqiao_2020 (families)": found}
    assert parts(stored)["through"] == "Satisfaction through services (+0.040), of +0.050 in all."
    assert parts(stored, lang="zh")["through"] == "获得感靠专业服务（+0.040），合计+0.050。"
    assert stored.facts("zh").attributed("wuliqiao_2020 (families)") == "五里桥街道2020，按机制类别"


def test_purses_that_are_short_make_cost_an_input(made):
    stored = made(gains(wuliqiao_2020={"satisfaction": 0.05, "cost": 100}))
    stored.runs["money_paid"] = np.where(stored.runs["design"] == "wuliqiao_2020", 0.8, np.nan)
    found = parts(stored)["cost"]
    assert "Of the money that posts and rules want of their purses, 80 % is paid" in found
    assert "an input and not a finding" in found
    stored.runs["money_paid"] = 0.95
    assert "purses" not in parts(stored)["cost"]


def test_hours_of_whom(made):
    stored = made(gains(wuliqiao_2020={"satisfaction": 0.05}))
    reform = stored.runs["design"] == "wuliqiao_2020"
    stored.runs["hours_volunteers"] = 100.0 + 500 * reform + LUCK[: len(reform)]
    stored.runs["hours_committee"] = 300.0 - 100 * reform + LUCK[: len(reform)]
    stored.runs["hours_firm"] = 300.0 + 5 * reform + LUCK[: len(reform)] / 10  # certain, and next to nothing
    stored.runs["hours_care"] = 50.0 + 450 * reform + LUCK[: len(reform)]
    found = parts(stored)["cost"]
    assert (
        "a week 500 h of volunteers more; a week 100 h of committees less; most of it for service needs"
        " (+450 h)." in found
    )


def test_who_pays_and_how_much_of_it_is_money(made):
    stored = made(gains(wuliqiao_2020={"satisfaction": 0.05, "cost": 100}))
    reform = stored.runs["design"] == "wuliqiao_2020"
    stored.runs["cost_money"] = 10.0 + 40 * reform + LUCK[: len(reform)] / 10
    stored.runs["cost_units"] = 1_000.0 + 9_000 * reform + LUCK[: len(reform)]
    stored.runs["cost_office"] = 1_000.0 + 50 * reform + LUCK[: len(reform)] / 10  # next to nothing
    found = parts(stored)["cost"]
    assert "of it money of purses 50 yuan per household and year, against 10" in found
    assert "hours worth more a week of joint-building units (+9,000 yuan)" in found
    assert "office" not in found


def test_designs_are_told_apart_and_the_best_is_named(made):
    effects = {"quyang_2014": {"satisfaction": 0.02}, "wuliqiao_2020": {"satisfaction": 0.05}}
    stored = made(gains(**effects), designs=list(effects))
    found = said(stored)
    assert [one.title for one in found.headlines] == [
        f"{name} against line_hierarchy" for name in reversed(effects)
    ]
    assert found.headlines[0].lead.startswith("Over the 14 weeks after adoption: satisfaction +0.05")
    assert found.headlines[0].lead.endswith("at no higher cost.")
    assert found.best[0].startswith("Satisfaction: wuliqiao_2020 is the best of all 3 designs, by a size")
    assert found.best[1] == "Cost: all 3 designs are within what matters of each other."
    cells = [cell for _, line in found.glances[0].lines for cell in line]
    assert [cell.finding for cell in cells] == ["better", "better", "small", "small"]


def test_designs_that_differ_by_less_than_matters_share_the_first_place(made):
    effects = {"quyang_2014": {"satisfaction": 0.048}, "wuliqiao_2020": {"satisfaction": 0.05}}
    found = said(made(gains(**effects), designs=list(effects)))
    assert found.best[0].startswith(
        "Satisfaction: quyang_2014, wuliqiao_2020 are ahead of 3 designs and within"
    )


def test_of_many_designs_those_that_change_most_are_spoken_of(made):
    base = load_design("wuliqiao_2020")
    designs = [base.without("micro_ventures", name=f"design_{number}") for number in range(8)]
    value = gains()

    def of(design, replicate, outcome):
        gain = 0.1 * int(design[-1]) if design.startswith("design") and outcome == "satisfaction" else 0.0
        return value("line_hierarchy", replicate, outcome) + gain + 1e-4 * LUCK[replicate + len(design)]

    found = said(made(of, designs=designs))
    assert [one.title.split()[0] for one in found.headlines] == [
        f"design_{number}" for number in range(7, 1, -1)
    ]
    assert found.notes[0].startswith("Of 8 designs")
    assert "design_0" in found.notes[1]
    assert found.notes[2] == "The other one is in the tables."


SLOTS = "design.mechanisms.three_level_platform.slots"


def by_slots(effect):
    """Outcomes that follow the slots of the reform, not of the baseline."""
    value = gains()

    def of(design, replicate, outcome, slots):
        if design == "line_hierarchy":
            return value(design, replicate, outcome)
        noise = 1e-4 * LUCK[13 * replicate + int(slots)]
        gain = effect(slots) if outcome == "satisfaction" else 0.0
        return value(design, replicate, outcome) + gain + noise

    return of


def settings(made, effect, **given):
    """A study over slots; the runs of `Made` know nothing of parameters."""
    value = by_slots(effect)
    stored = made(lambda *of: 0.0, parameters={SLOTS: [1, 2, 3, 4]}, **given)
    for outcome in stored.study.outcomes:
        stored.runs[outcome] = [
            value(run["design"], run["replicate"], outcome, run[SLOTS])
            for run in stored.runs.to_dict("records")
        ]
    return stored


def test_many_settings_are_one_question(made):
    found = parts(settings(made, lambda slots: 0.02 + 0.01 * slots))
    assert found["better"].startswith("Satisfaction 0.54")
    assert "atisfaction better by a size that matters in 4 of 4 settings (from +0.03" in found["settings"]
    assert "it matters for satisfaction (by 0.03" in found["levels"]
    assert "least at 1, most at 4" in found["levels"]
    assert "turns" in found
    assert "keeps its sign" in found["turns"]


def test_where_it_turns_is_said(made):
    found = parts(settings(made, lambda slots: 0.1 if slots < 3 else -0.1))
    assert (
        "better by a size that matters in 2, worse by a size that matters in 2 of 4 settings"
        in found["settings"]
    )
    assert "atisfaction turns with three_level_platform: slots: +0.100 below 2.5, −0.100" in found["turns"]


def test_levels_that_do_not_matter_are_said_not_to(made):
    found = parts(settings(made, lambda slots: 0.05 + 0.0001 * slots))
    assert "No two levels differ by a size that matters in satisfaction, cost." in found["levels"]
    assert "turns" not in found


def test_cautions(made, words):
    reached = pd.DataFrame({"outcome": ["satisfaction"], "reached": [False]})
    stored = made(gains(), replicates=4, absent=2, failed={("wuliqiao_2020", 0): "boom"}, reached=reached)
    found = cautions(stored.facts(), words, (3, 4), 1, 2)
    for part in ("2 of 8 runs (25 %)", "failed: 1", "too few pairs", "satisfaction", "3 of 4 numbers behind"):
        assert any(part in text for text in found), part
    assert cautions(made(gains()).facts(), words, (0, 4), 0, 0) == [words("caution_no_run_in")]


def test_a_record_that_begins_before_levels_stand_still_is_a_caution(made, words):
    (text,) = cautions(made(gains(), run_in=104).facts(), words, (0, 4), 0, 0)
    assert "not stationary in 4 of 24 runs: what still moved was open, belonging." in text
    (told,) = (line for line in what_was_run(made(gains(), run_in=104).facts(), words) if "lived" in line)
    assert "lived 104 weeks" in told
    assert "in 20 of 24 runs they did" in told


# ---------------------------------------------------------------- when

LONG = {"weeks": 26 + 156, "reform_week": 26}


def test_it_is_said_when_what_changes_has_changed(made):
    effects = {"satisfaction": 0.05, "resolution_rate": 0.001}
    found = parts(made(gains(wuliqiao_2020=effects), outcomes=list(BASE), **LONG))
    assert found["when"] == "Satisfaction +0.050 after one year, +0.050 after 3 years."
    assert "when" not in parts(made(gains(wuliqiao_2020=effects), outcomes=list(BASE)))  # too short to tell


def test_a_table_has_every_time_that_is_reached(made, words):
    effects = {"satisfaction": 0.05}
    facts = made(gains(wuliqiao_2020=effects), outcomes=list(BASE), **LONG).facts()
    table = horizons(facts, words)
    assert table.columns == ["Design", "after one year", "after 3 years"]
    ((_, (line,)),) = [group for group in table.groups if group[0] == "Satisfaction"]
    assert line.cells[0] == "wuliqiao_2020"
    assert line.cells[1] == line.cells[2]
    assert line.cells[1].startswith("▲ +0.050 [")
    assert {head.partition(" (")[0] for head, _ in table.groups} == {
        label(name)
        for name in BASE
        if name != "cost"  # a whole run has a cost, a time has none
    }
    assert not_reached(facts, words) == [
        "The runs end 156 weeks after adoption, before 10 years have passed: give weeks=546 to look as far."
    ]


def test_runs_shorter_than_a_year_have_no_such_table_and_say_so(made, words):
    facts = made(gains()).facts()
    assert horizons(facts, words) is None
    (text,) = not_reached(facts, words)
    assert "end 14 weeks after adoption, before 1, 3, 10 years" in text


def test_nothing_to_compare(made):
    assert said(made(gains(), absent=24)).notes[0].startswith("No run of this study is done")
    found = said(made(gains(), designs=["line_hierarchy"]))
    assert "nothing is compared" in found.notes[0]
    assert not found.headlines


def test_no_headline_counts_wins(made):
    effects = {"satisfaction": 0.05, "resolution_rate": 0.1}
    texts = " ".join(parts(made(gains(wuliqiao_2020=effects), outcomes=list(BASE))).values())
    assert " of 4" not in texts
    assert "outcomes" not in texts


def test_variants_of_a_design_are_told_apart_in_chinese(made):
    design = load_design("wuliqiao_2020")
    other = design.without("micro_ventures", name="other")
    stored = made(lambda *of: 1.0, designs=[design, other])
    assert stored.facts("zh").called("other") == "五里桥街道2020（other）"
    assert stored.facts("zh").called("line_hierarchy") == "条线治理（基准）"
