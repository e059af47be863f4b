"""Results pinned to the last bit: a change that moves them is deliberate, and the changelog says why.

``make baseline`` writes ``tests/baseline.yaml`` anew.
"""

from pathlib import Path

import pytest
import yaml

import cogov
from cogov.kit import resources

BASELINE = Path(__file__).with_name("baseline.yaml")
DESIGNS = resources.names("design")
SHOWN = (
    "arrived",
    "resolution_rate",
    "satisfaction",
    "trust_committee",
    "participation",
    "needs_met",
    "tie_strength",
    "unit_engagement",
    "firm_quality",
    "cost",
)


def result(design: str) -> dict[str, str | float]:
    """Digest and main outcomes of two years of ``small`` after as many of run-in, with an epidemic."""
    shock = cogov.Epidemic(week=60, length=8)
    run = cogov.simulate("small", design, seed=2020, weeks=104, reform_week=13, run_in=104, shocks=(shock,))
    return {"digest": run.digest, **{name: round(run.outcomes[name], 6) for name in SHOWN}}


@pytest.mark.parametrize("design", DESIGNS)
def test_results_are_those_of_the_baseline(design):
    pinned = yaml.safe_load(BASELINE.read_text(encoding="utf-8"))
    # Outcomes first: they say what moved, the digest only that something did.
    found = result(design)
    assert {name: found[name] for name in SHOWN} == {name: pinned[design][name] for name in SHOWN}
    assert found["digest"] == pinned[design]["digest"]


if __name__ == "__main__":
    results = {design: result(design) for design in DESIGNS}
    BASELINE.write_text(yaml.safe_dump(results, sort_keys=False), encoding="utf-8")
