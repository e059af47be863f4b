"""Trials of claims, from designs to the page."""

from __future__ import annotations

from cogov.claims import claims, run_claims, to_markdown
from cogov.cli import main


def test_a_claim_is_tried_with_its_cut_and_its_control(tmp_path):
    claim = claims()["E07"]
    (found,) = run_claims(
        [claim],
        tmp_path,
        communities=["small"],
        replicates=5,
        engine="serial",
        settings={"run_in": 0, "weeks": 30, "reform_week": 4},
    )
    (tried,) = found.tried
    assert tried.after > tried.before
    assert tried.cut is not None
    assert tried.cut.difference == 0  # without the list there is nothing
    assert tried.cost > 0
    assert tried.control is not None
    assert tried.control.difference != tried.effect.difference
    page = to_markdown([found], 5, "In a small place.")
    assert claim.words in page
    assert f"**{tried.verdict}**" in page


def test_the_command_names_what_it_does_not_know(capsys):
    assert main(["claims", "E0"]) == 2
    assert "did you mean" in capsys.readouterr().err
    assert main(["claims", "replicates=none"]) == 2
    assert "replicates = 'none'" in capsys.readouterr().err
    assert main(["claims", "sise=2"]) == 2
    assert "setting of claims" in capsys.readouterr().err
