"""Every design in every community for ten years: run by name, since it takes hours.

``python -m pytest -m slow tests/test_everywhere.py``
"""

from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel, load_community, load_design
from cogov.kit import resources
from cogov.outcomes import MEASURES
from cogov.terms import YEAR

GROWS = 4.0
"""Times as many open problems as a year after the beginning: a queue that grows without bound."""


@pytest.mark.slow
@pytest.mark.parametrize("community", resources.names("community"))
@pytest.mark.parametrize("design", resources.names("design"))
def test_ten_years(community, design):
    model = GovernanceModel(
        load_community(community), load_design(design), reform_week=0, run_in=0, rng=1, weeks=10 * YEAR
    )
    model.run_until(10 * YEAR)
    series = model.record.to_frame()
    ended = series["resolved"].cumsum() + series["lost"].cumsum()
    assert (series["arrived"].cumsum() == ended + series["latent"] + series["open"]).all()
    shares = [
        name
        for name, measure in MEASURES.items()
        if measure.unit == "0-1" and name in series and not name.startswith("satisfaction_")  # parts of it
    ]
    for name in shares:
        values = series[name].to_numpy(dtype=float)
        values = values[np.isfinite(values)]
        assert ((values >= 0) & (values <= 1)).all(), name
    assert np.isfinite(series[["satisfaction", "open"]].to_numpy(dtype=float)).all()
    first, last = (series["open"].iloc[part].mean() for part in (slice(YEAR, 2 * YEAR), slice(-YEAR, None)))
    assert last < GROWS * max(first, 10)
