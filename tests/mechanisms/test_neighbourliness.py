"""Ventures whose leaders stay, a foundation that asks, honours: what follows, and what is cut without."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from cogov import GovernanceModel, load_design
from cogov.rules import Design
from tests.helpers import small

BASE = load_design("line_hierarchy")
GLAD = {"work_worth": 9_000.0, "first_vote": 1}


def model(
    given: Mapping[str, Any], weeks: int, reform: Design | None = None, **processes: Any
) -> GovernanceModel:
    design = BASE.with_(given) if given else BASE
    return GovernanceModel(
        small(residents=900, unit_rates=(3.0,) * 8),
        reform or design,
        baseline=design,
        reform_week=weeks // 2 if reform else 0,
        run_in=0,
        rng=1,
        weeks=weeks,
        processes={"projects": {"consent": GLAD}} | processes,
    )


def run(given: Mapping[str, Any], weeks: int = 27, **more: Any) -> GovernanceModel:
    ran = model(given, weeks, **more)
    ran.run_until(weeks)
    return ran


@cache
def plain() -> GovernanceModel:
    return run({})


def total(ran: GovernanceModel, measure: str) -> float:
    return float(ran.record.to_frame()[measure].sum())


# ------------------------------------------------------------ ventures

TEAMS = {"leaders": 3.0, "grown": 0.01, "willing": 0.5, "leader_willing": 0.5}


def test_leaders_grow_out_of_what_teams_hold_and_go_on_without_a_grant():
    ended = BASE.with_({"micro_ventures": TEAMS | {"purse": 0.0}})
    teams = model({"micro_ventures": TEAMS}, 40, reform=ended)
    teams.run_until(20)
    grown = teams.found["venture_leader"].copy()
    assert grown.min() > 0.1
    teams.run_until(40)
    last = teams.record.to_frame().iloc[-1]
    posts, ledger = teams.institutions.posts, teams.institutions.ledger
    assert ledger.available[posts.at("venture_team")].sum() == 0  # no grant, no team
    left = teams.found["venture_leader"]
    assert (left < grown * 1.2).all()
    assert (left > grown / 2).all()  # leaders give up one by one
    assert last["hours_hosting"] > plain().record.to_frame()["hours_hosting"].iloc[-1]


def test_teams_that_hold_nothing_have_no_leaders():
    idle = run({"micro_ventures": TEAMS | {"host": 0.0}})
    assert idle.found["venture_leader"].max() == 0


# ------------------------------------------------------------ foundation

PAVILION = {
    "great_neighbourliness": {
        "members": 0.0, "talents": 0.0, "heard": 0.0, "proposed": 1.0, "weeks": 1, "cost": 150_000.0,
        "paid_by": "community_foundation",
    }
}  # fmt: skip
FOUNDATION = {"fund": 30.0, "wage": 0.0}
ENGAGED = {"units": {"base": 5.0}, "projects": {"consent": GLAD, "gift": 0.0}}


def founded(weeks: int = 40, **values: Any) -> GovernanceModel:
    return run(PAVILION | {"community_foundation": FOUNDATION | values}, weeks, **ENGAGED)


def test_a_pavilion_is_built_with_what_units_gave_and_not_where_nobody_asks():
    asked = founded()
    account = asked.purses.account("community_foundation")
    assert total(asked, "works_built") > 0
    begun = 30 * account.laid.area.households.sum() * 100
    assert account.received.sum() > 2 * begun
    assert account.spent.sum() >= 150_000_00
    silent = founded(hours=0.0)
    assert total(silent, "works_built") == 0
    assert silent.purses.account("community_foundation").spent.sum() == 0


def test_the_secretary_is_paid_from_what_there_is_to_build_with():
    dear = founded(weeks=27, wage=300.0)
    assert dear.purses.account("community_foundation").spent.sum() > 0
    assert total(dear, "works_built") <= total(founded(weeks=27), "works_built")
    assert dear.purses.account("community_foundation").balance.sum() < 100_00


# ------------------------------------------------------------ recognition


def test_who_is_honoured_goes_on_longer():
    honours = {"awards": 0.5, "between": 4, "weight": 10.0, "units": 0.0, "purse": 100.0}
    common = {"honours": {"common": 1.0}, "participate": {"habit": 8.5}}
    honoured, others = run({"recognition": honours}, **common), run({}, **common)
    assert len(honoured.honours.people) > 20
    assert honoured.residents.volunteering.sum() > others.residents.volunteering.sum()


@pytest.mark.parametrize("cut", [{"awards": 0.0}, {"weight": 0.0}, {"ceremony": 1_000.0}])
def test_without_a_ceremony_or_a_weight_nobody_goes_on_longer(cut):
    ran = run({"recognition": {"between": 4, "units": 0.0, "reading_out": 0.0} | cut})
    np.testing.assert_array_equal(ran.residents.volunteering, plain().residents.volunteering)


# ------------------------------------------------------------ all at zero

NEW = (
    "great_neighbourliness", "community_foundation", "community_garden", "neighbourly_gate", "recognition",
    "home_visits", "online_community", "festivals", "neighbour_watch", "micro_ventures",
)  # fmt: skip


def test_at_zero_none_of_them_changes_anything_and_all_go_together():
    from cogov.mechanisms import registry

    nothing = BASE.with_(*(registry()[name]().at_zero() for name in NEW))
    ran = model({}, 9, reform=None)
    zero = GovernanceModel(
        small(residents=900, unit_rates=(3.0,) * 8), nothing, baseline=nothing, reform_week=0, run_in=0,
        rng=1, weeks=9, processes={"projects": {"consent": GLAD}},
    )  # fmt: skip
    ran.run_until(9)
    zero.run_until(9)
    assert ran.record.digest() == zero.record.digest()
    together = run({name: {} for name in NEW}, 5)
    assert total(together, "hours_hosting") > 0
