"""Tables for the terminal."""

import pandas as pd
import pytest

from cogov.cli import describing, printing
from cogov.rules import Amend, Design, Listing, Position, When, Where
from tests.helpers import on_a_terminal, post, written

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


@pytest.mark.parametrize(
    ("more", "said"),
    [(1.0, "(+1 replicate)"), (2.0, "(+2 replicates)"), (1500.0, "(+1,500 replicates)"), (float("nan"), "")],
)
def test_how_many_more_replicates_agrees_in_number(more, said):
    told = printing._finding(pd.Series(ROW | {"more": more}))
    assert told.endswith(said)
    assert ("(" in told) == bool(said)


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


@pytest.mark.parametrize(
    ("saved", "said"),
    [(0.5, "2.0"), (0.95, "20"), (0.9991, "more than 1,000"), (1.0, "more than 1,000")],
)
def test_what_pairing_spares_is_said_in_numbers_one_can_read(saved, said):
    table = pd.DataFrame({"outcome": ["satisfaction"], "variance_saved": [saved]})
    assert f" takes {said} times as many replicates." in printing.pairing(table)


def test_pairing_says_the_same_as_the_report(comparison):
    other = {**ROW, "outcome": "cost", "design": "wuliqiao_2020", "blocks": 1, "variance_saved": 0.5}
    table = pd.concat([comparison, pd.DataFrame([other])])
    assert "saved 70 % of the variance of differences" in printing.pairing(table)
    assert "takes 3.3 times" in printing.pairing(table)


# ---------------------------------------------------------------- designs with amendments

BRIEF = Amend(name="brief", of=Position, target="committee", field="handles", by=("repair",))
RELIEF = Amend(
    name="relief",
    of=Position,
    target="committee",
    field="wage",
    by=0.8,
    keeper="committee",
    upkeep=1.0,
    where=Where(homes=("old",)),
    when=When(length=26),
)
IDLE = Amend(name="menu", of=Listing, target="menu", field="share", by=0.3)


@pytest.fixture(scope="module")
def amended() -> tuple[Design, Design]:
    """A design, and the same as another mechanism amends it, also in a list that it does not have."""
    base = post(wage=0.5, handles=("dispute",))
    return written(base), written(base, RELIEF, BRIEF, IDLE)


def lines_of(parts, width, monkeypatch, capsys) -> list[str]:
    on_a_terminal(monkeypatch, width)
    printing.show(parts)
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines() if line.strip()]


def test_a_design_shows_what_a_rule_comes_to_and_who_made_it_so(amended, monkeypatch, capsys):
    lines = lines_of(describing.design_tables(amended[1]), 160, monkeypatch, capsys)
    at = next(index for index, line in enumerate(lines) if line.startswith("committee "))
    assert "wage 0.4" in lines[at]
    assert "handles dispute + repair" in lines[at]
    assert lines[at + 1] == "~ handles written: and repair"
    assert lines[at + 2] == (
        "~ wage written: x 0.8, keeper committee, upkeep 1, where homes are old, for 26 weeks"
    )
    assert lines[-2:] == [
        "amendment 修订",
        "menu written: idle, there is no listing menu (share covers 0.3)",
    ]


def test_a_diff_shows_only_what_differs_and_who_made_it_so(amended, monkeypatch, capsys):
    old, new = amended
    lines = lines_of([describing.diff_table(old.diff(new))], 160, monkeypatch, capsys)
    (text,) = [line for line in lines if line.startswith("~ committee")]
    assert "handles dispute → dispute + repair; wage 0.5 → 0.4" in text
    assert "hours" not in text
    (back,) = (row[3] for row in new.diff(old).rows())
    assert "no longer handles amended by written: and repair" in back
    assert lines_of([describing.diff_table(new.diff(new))], 160, monkeypatch, capsys) == [
        "written → written: no difference in rules"
    ]
