"""What a report says of draws of the assumptions: first how sure, then what decides and what to find out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cogov.report.answer import answer
from cogov.report.facts import Facts
from cogov.report.tables import over_table
from cogov.report.texts import Words
from cogov.study.draws import unit

REPORT = "processes.sense.report_rate"
NAMES = [REPORT, *(f"processes.sense.other{k}" for k in range(30))]


def at_draws(draws: int = 128) -> dict[str, pd.DataFrame]:
    """A design whose gain in satisfaction follows one assumption, and is below 0 where that is low."""
    values = pd.DataFrame(unit(NAMES, draws, 0), columns=NAMES)
    parts = []
    for design in ("line_hierarchy", "wuliqiao_2020"):
        gain = 0.1 * (values[REPORT] - 0.3) if design == "wuliqiao_2020" else 0.0
        part = values.assign(community="small", design=design, replicate=range(draws), status="done")
        parts.append(part.assign(satisfaction=0.5 + gain))
    return {"small": pd.concat(parts, ignore_index=True)}


def said(made, lang: str = "en", **changes):
    def value(design: str, replicate: int, outcome: str) -> float:
        return 0.5 + 0.05 * (design == "wuliqiao_2020") + 0.01 * np.sin(7 * replicate + len(design))

    stored = made(value, outcomes=["satisfaction"], replicates=8, **changes)
    return stored if lang == "" else answer(stored.facts(lang), Words(lang), (3, 4))


def parts(found) -> dict[str, str]:
    return {part.kind: part.text for part in found.headlines[0].parts}


def test_the_interval_over_assumptions_comes_first(made):
    found = said(made, at_draws=at_draws())
    first = found.headlines[0].parts[0]
    assert first.kind == "assumed"
    assert "+0.020" in first.text
    assert "70 % of draws" in first.text
    assert "128 draws of all that is assumed" in first.text
    assert "Over 128 draws of all that is assumed, satisfaction is +0.0" in found.headlines[0].lead
    assert "the first interval is over assumptions" in found.notes[0]


def test_what_decides_and_what_to_find_out_are_said_with_the_command(made):
    found = said(made, at_draws=at_draws())
    told = parts(found)
    assert "report_rate" in told["decides"]
    assert "turn the ranking" in told["decides"]
    assert "wrong in 30 %" in told["find"]
    command = next(part.command for part in found.headlines[0].parts if part.kind == "decides")
    assert "study robustness" in command


def test_the_glance_says_in_how_many_draws_a_sign_holds(made):
    cell = said(made, at_draws=at_draws()).glances[0].lines[0][1][0]
    assert "sign holds in 70 %" in cell.word
    assert cell.change == "+0.020"  # over the draws; over seeds it is +0.05
    assert "at the default values +0.05" in cell.word


def test_who_is_best_is_said_over_draws(made):
    def best(**changes):
        two = ["wuliqiao_2020", "quyang_2014"]
        return said(made, designs=two, **changes).best

    drawn = at_draws()["small"]
    third = drawn[drawn["design"] == "line_hierarchy"].assign(design="quyang_2014")
    third["satisfaction"] += 0.005
    assert "probability" in best()[0]  # over seeds
    (over,) = best(at_draws={"small": pd.concat([drawn, third], ignore_index=True)})
    # The gain of 0.1 (u - 0.3) is above 0.005 in 65 % of the draws.
    assert "wuliqiao_2020 is the best of 3 designs most often, in 65 %" in over
    # In a place whose draws have not been run yet it is said over seeds.
    half = best(
        communities=["small", "xinhong"], at_draws={"small": pd.concat([drawn, third], ignore_index=True)}
    )
    assert "most often, in 65 %" in half[0]
    assert "probability" in half[1]


def test_without_draws_nothing_is_said_of_them(made):
    found = said(made)
    assert not {"assumed", "decides", "find"} & set(parts(found))
    assert "pairs of runs with the same seeds" in found.notes[0]
    assert over_table(said(made, "").facts("en"), Words("en")) is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_has_both_intervals(made, lang):
    stored = said(made, "", at_draws=at_draws())
    table = over_table(Facts(stored, lang, "line_hierarchy"), Words(lang))
    assert len(table.columns) == 1 + 9
    assert len(table.groups[0][1][0].cells) == len(table.columns)


def test_it_is_all_said_in_chinese(made):
    told = parts(said(made, "zh", at_draws=at_draws()))
    assert told["assumed"].startswith("获得感")
    assert "排名翻转" in told["decides"]
