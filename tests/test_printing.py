"""Tables for the terminal."""

import pandas as pd
import pytest

from cogov import printing
from tests.helpers import on_a_terminal

ROW = {
    "outcome": "resolution_rate",
    "community": "small",
    "baseline": 0.8034,
    "mean": 0.7972,
    "difference": -0.0062,
    "low": -0.0102,
    "high": -0.0016,
    "matters": 0.005,
    "finding": "open",
    "more": 12.0,
    "variance_saved": 0.9,
}


@pytest.fixture
def comparison():
    return pd.DataFrame([{**ROW, "design": "wuliqiao_2020", "blocks": blocks} for blocks in (1, 2)])


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_width_of_the_screen_cuts_digits_off(comparison, width, monkeypatch, capsys):
    on_a_terminal(monkeypatch, width)
    printing.show([printing.comparison_table(comparison, "line_hierarchy", ["blocks"])])
    lines = capsys.readouterr().out.splitlines()
    row = next(line for line in lines if "wuliqiao_2020, 2" in line)
    assert row.split()[2:6] == ["0.7972", "-0.0062", "[-0.0102,", "-0.0016]"]


def test_a_difference_says_what_it_comes_to_and_what_would_tell(comparison, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "100")
    printing.show([printing.comparison_table(comparison, "line_hierarchy", ["blocks"])])
    out = capsys.readouterr().out
    assert out.count("not decided yet (+12 replicates)") == 2
    assert "matters from 0.005" in out


def test_the_mean_of_the_baseline_is_shown_over_the_levels_of_a_parameter(comparison, capsys):
    printing.show([printing.comparison_table(comparison, "line_hierarchy", ["blocks"])])
    assert "line_hierarchy    0.8034" in capsys.readouterr().out
    comparison.loc[1, "baseline"] = 0.7  # one that has the parameter itself has no single mean
    printing.show([printing.comparison_table(comparison, "line_hierarchy", ["blocks"])])
    assert capsys.readouterr().out.count("line_hierarchy") == 1


def test_a_path_longer_than_the_screen_stays_whole(monkeypatch, capsys):
    on_a_terminal(monkeypatch, 40)
    path = "results/" + "a" * 60
    printing.show([f"32 of 32 runs done → {path}"])
    assert path in capsys.readouterr().out


def test_pairing_says_the_same_as_the_report(comparison):
    other = {**ROW, "outcome": "cost", "design": "wuliqiao_2020", "blocks": 1, "variance_saved": 0.5}
    table = pd.concat([comparison, pd.DataFrame([other])])
    assert "saved 70 % of the variance of differences" in printing.pairing(table)
    assert "takes 3.3 times" in printing.pairing(table)
