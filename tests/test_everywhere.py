"""Every design in every community for ten years: run by name, since it takes hours.

``python -m pytest -m slow tests/test_everywhere.py``, or a part of it: ``-k "wuliqiao_2020 and quyang"``.
"""

from __future__ import annotations

import math
import pickle
from itertools import product
from typing import Any

import pytest

from cogov import GovernanceModel, load_community, load_design
from cogov.kit import resources
from cogov.kit.errors import DesignError
from cogov.outcomes import MEASURES
from cogov.outcomes.record import BOOKS
from cogov.rules.areas import check_fits
from cogov.state.purses import Pledge
from cogov.terms import YEAR
from tests.laws import live

QUEUES = ("latent", "open", "files", "tasks")
"""What waits for somebody's hours, with nothing but these to bound it."""
GROWS = 1.5
"""Times as much as half the run before. What grows by the same every year from nothing on comes to 1.9."""
FEW = 10
"""More of a queue than half the run before is chance."""
SLACK = 100_000
"""Bytes more are chance too: tables have room to spare."""
WITHOUT = {
    "money_paid": "money_wanted",
    "hours_paid": "hours_wanted",
    "weeks_to_resolve_median": "resolved",
    "weeks_to_resolve_p90": "resolved",
}
"""What there must be none of for an outcome to be missing, beside rates of nothing."""


TOO_SMALL = {(design, "guoding1") for design in ("everything", "joint_common_lite", "wuliqiao_2020")}
"""Designs with three blocks, and the community of one neighbourhood."""
EVERYWHERE = sorted({*product(resources.names("design"), resources.names("community"))} - TOO_SMALL)


class Scale:
    """A file that only counts what is written."""

    def __init__(self) -> None:
        self.bytes = 0

    def write(self, part: Any) -> None:
        self.bytes += memoryview(part).nbytes


class Weigher(pickle.Pickler):
    """Packs a part of a model without the whole, and without what grows by intention: the records."""

    def __init__(self, scale: Scale, model: GovernanceModel) -> None:
        super().__init__(scale, protocol=5)
        self.apart = {id(part) for part in (model, model.community, model.record, model.datacollector)}

    def persistent_id(self, part: object) -> int | None:
        return id(part) if id(part) in self.apart else None


def weighed(model: GovernanceModel) -> dict[str, int]:
    """Bytes of every part of a model's state."""
    found = {}
    for name, part in vars(model).items():
        scale = Scale()
        Weigher(scale, model).dump(part)
        found[name] = scale.bytes
    return found


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Parts of the state that a run has made heavier, with the bytes before and after."""
    return {
        name: (before.get(name, 0), heavy)
        for name, heavy in after.items()
        if heavy > GROWS * before.get(name, 0) + SLACK
    }


@pytest.mark.slow
@pytest.mark.parametrize(("design", "community"), EVERYWHERE)
def test_ten_years(design, community):
    """Sound and conserved every week, no outcome missing but rates of nothing, nothing that piles up."""
    bytes_after = {}

    def look(model: GovernanceModel) -> None:
        if model.week in (5 * YEAR, 10 * YEAR):
            bytes_after[model.week] = weighed(model)

    model = live(
        10 * YEAR,
        look,
        community=load_community(community),
        design=load_design(design),
        reform_week=0,
        run_in=0,
        rng=1,
    )
    weeks = model.record.to_frame()
    weeks[list(BOOKS)] = model.record.books
    weeks["tasks"] = (weeks["tasks_arrived"] - weeks["tasks_done"]).cumsum()
    for name in QUEUES:
        before, after = (weeks[name].iloc[end - YEAR : end].mean() for end in (5 * YEAR, 10 * YEAR))
        assert after <= max(GROWS * before, before + FEW), name
    assert grown(*bytes_after.values()) == {}
    nothing = set(weeks.columns[(weeks == 0).all()])
    for name, value in model.outcomes().items():
        measure = MEASURES[name]
        whole = measure.over[1] if measure.over else WITHOUT.get(name)
        assert whole in nothing if math.isnan(value) else math.isfinite(value), name


def test_every_design_fits_every_community_but_for_blocks_of_less_than_a_neighbourhood():
    profiles = [load_community(name) for name in resources.names("community")]
    refused = set()
    for name in resources.names("design"):
        rules = load_design(name).rules()
        for profile in profiles:
            try:
                check_fits(rules, profile.name, profile.neighbourhoods_by_subdistrict())
            except DesignError:
                refused.add((name, profile.name))
    assert refused == TOO_SMALL


def test_what_piles_up_is_seen():
    """A heap in a part of the state, by the name of that part; records may grow."""
    model = GovernanceModel("small", rng=1, run_in=0, weeks=9)
    model.run_until(4)
    before = weighed(model)
    model.run_until(8)
    assert not grown(before, weighed(model))
    model.purses.pledges.extend(Pledge("budget", 0, amount, "works") for amount in range(10_000))
    assert set(grown(before, weighed(model))) == {"purses"}
