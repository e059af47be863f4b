"""Nothing is for nothing: a stronger mechanism takes more of somebody's hours or money."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from cogov import GovernanceModel
from cogov.community import Community
from cogov.mechanisms import registry
from cogov.processes.books import open_books
from cogov.rules import Design
from cogov.rules.shipped import load_design
from tests.helpers import Written, small

WANTED = "wanted"
"""Hours of keepers, of posts and that departments send, and money that a week begins with."""
STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "neighbourhood_committee": {
        "observe": (0.05, 0.2, "hours_observing"),
        "ask": (0.02, 0.2, "hours_asking"),
        "host": (0.02, 0.2, "hours_hosting"),
        "small": (0.0, 8.0, "hours_volunteers"),
        "care": (0.1, 0.9, "hours_care"),
        "share": (0.2, 1.0, "hours_reports"),
        "promote": (0.0, 1.0, "hours_meetings"),
        "meeting_every": (26, 1, "hours_meetings"),
    },
    "property_service": {"observe": (0.02, 0.5, "hours_observing")},
    "hotline": {"share": (0.1, 1.0, "hours_orders"), "weeks": (26.0, 0.5, "hours_orders")},
    "line_departments": {
        "heads": (10.0, 60.0, WANTED),
        "district_heads": (0.5, 5.0, WANTED),
        "hours": (20.0, 40.0, WANTED),
        "least": (1.0, 3.0, WANTED),
        "slots": (1.0, 6.0, WANTED),
        "every": (13, 2, WANTED),
        "overdue": (40.0, 2.0, "hours_taking_over"),
    },
    "unit_party_building": {"share": (0.1, 0.9, WANTED)},
    "zero_distance_council": {"slots": (1.0, 6.0, WANTED)},
    "three_meetings": {
        "slots": (1.0, 6.0, WANTED),
        "representatives": (5, 30, WANTED),
        "every": (52, 13, WANTED),
        "weight": (0.1, 0.9, WANTED),
    },
    "three_plus_x_committee": {"slots": (1.0, 6.0, WANTED)},
    "red_property_alliance": {
        "every": (13, 2, WANTED),
        "hours": (1.0, 6.0, "hours_meetings"),
        "learning": (0.02, 0.5, WANTED),
        "reputation": (0.05, 1.0, WANTED),
    },
    "lift_programme": {
        "slots": (1.0, 4.0, "hours_meetings"),
        "promote": (0.01, 1.0, "hours_meetings"),
        "revision": (0.0, 1.0, "hours_meetings"),
        "every": (13, 1, "hours_meetings"),
        "hours": (1.0, 6.0, "hours_meetings"),
    },
    "micro_ventures": {
        "teams": (1.0, 4.0, WANTED),
        "members": (2.0, 8.0, WANTED),
        "hours": (0.5, 4.0, WANTED),
        "willing": (0.0, 0.5, "hours_posts"),
        "host": (0.1, 0.8, "hours_hosting"),
        "ask": (0.0, 0.2, "hours_asking"),
        "grant": (10_000.0, 40_000.0, WANTED),
        "leaders": (1.0, 4.0, WANTED),
    },
    "joint_building": {"share": (0.1, 0.9, WANTED)},
    "responsibility_day": {"units": (2, 6, WANTED), "recognition": (0.1, 3.0, WANTED)},
}
"""By mechanism and parameter: a weak and a strong value, and what must be more at the strong one."""
PRICE = {
    "upkeep", "agenda", "wage", "purse", "meeting_hours", "sitting", "invite", "follow_up", "coaching",
    "comparing", "plan_hours", "telling", "meals", "material", "admin_share", "tasks",
    "taking", "permits", "permit_weeks", "permit_hours",
}  # fmt: skip
"""What something takes: more of it is dearer and no stronger."""
FACT = {
    "competence", "volunteers_competence", "district_competence", "speed", "doors", "rivals", "rank",
    "effort", "peers",
}  # fmt: skip
"""How people and places are, which no design sets: how much an hour does, what a unit minds."""
LAW = {
    "majority", "quorum", "consent", "blocks", "grouping", "handles", "volunteers_handle", "head_handles",
    "referred", "per", "returns", "sees", "kinds", "services", "carer_services", "staffed", "publish",
}  # fmt: skip
"""What is said and not how much: who decides by what share, what a post is about, what goes together."""
WITH: dict[str, dict[str, Any]] = {}
"""By mechanism: how it is set where its strength is to show in the small community."""
for _page in sorted(Path(__file__).parent.glob("costs_*.py")):
    # A page for each family: what its parameters take, in these four tables.
    _said = import_module(f"tests.mechanisms.{_page.stem}")
    STRENGTHS |= _said.STRENGTHS
    PRICE |= _said.PRICE
    FACT |= _said.FACT
    LAW |= _said.LAW
    WITH |= getattr(_said, "WITH", {})
CASES = [(name, field) for name, found in STRENGTHS.items() for field in found]
IDS = [f"{name}.{field}" for name, field in CASES]
WEEKS = 14
"""A quarter, at whose end organisations decide, and a week in which that shows."""
ROUNDING = 1e-6
"""Hours and yuan that are none: sums of the same numbers in another order."""
LONGER = dict.fromkeys(
    (
        "city_eye.promote",
        "mutual_learning.sites",
        "party_service_stations.cleaning",
        "party_service_stations.counter",
        "party_service_stations.found",
        "party_service_stations.host",
        "party_service_stations.stations",
        "party_visits.hours",
        "party_visits.share",
        "secretary_pipeline.practice",
        "secretary_studio.days",
        "service_menu.known",
        "service_menu.stands",
        "smart_services.every",
        "smart_services.parking",
    ),
    30,
)
"""What shows in so many weeks only: stations are built first, visits and meetings come round."""
BASE = load_design("line_hierarchy")


LIFTS = {
    ("neighbourhood_committee", "meeting_every"),
    *(("lift_programme", field) for field in ("slots", "revision", "every", "hours")),
    ("open_facilities", "rooms"),
}
"""What shows only where owners do talk about lifts, or somebody proposes a room."""


ALONE: dict[tuple[str, str], dict[str, Any]] = {
    ("front_line_method", field): {"adopt": 0.0} for field in ("visit", "observe")
}
"""What shows only where a small district's few hours are not gone before."""


def design(name: str, field: str, value: Any) -> Design:
    more = {"promote": 1.0} if (name, field) in LIFTS else WITH.get(name, {})
    more = ALONE.get((name, field), more)
    return BASE.with_(name, **(more | {field: value}))


@cache
def place() -> Community:
    """The community of all models: nothing is written into it."""
    return small(venues=1).build(1)


def model(under: Design, weeks: int = WEEKS) -> GovernanceModel:
    return GovernanceModel(place(), under, baseline=under, reform_week=0, rng=1, weeks=weeks)


def wanted(under: Design) -> tuple[float, float]:
    """Hours and yuan a week that rules and posts want if every post is filled."""
    opened = model(under)
    institutions = opened.institutions
    institutions.posts.filled[:] = 1.0
    opened.week = 1
    open_books(opened)
    upkeep = sum(float(institutions.hours_wanted(laid).sum()) for laid in institutions.all_laid())
    money = sum(float(account.wanted.sum()) for account in opened.purses.accounts.values())
    sent = float(opened.community.departments.hours.sum() - opened.attention.left.sum())
    return upkeep + sent + float(institutions.posts.contract.sum()), money / 100


@cache
def spent(name: str, field: str, value: Any, measure: str) -> float:
    weeks = LONGER.get(f"{name}.{field}", WEEKS)
    ran = model(design(name, field, value), weeks)
    ran.run_until(weeks)
    return float(ran.record.to_frame()[measure].sum())


def test_every_parameter_of_every_mechanism_is_a_strength_a_price_a_fact_or_a_law():
    for name, mechanism in registry().items():
        if mechanism is Written:
            continue
        for field in (entry.name for entry in fields(mechanism) if entry.name != "where"):
            kinds = [field in STRENGTHS.get(name, {}), field in PRICE, field in FACT, field in LAW]
            assert sum(kinds) >= 1, f"{name}.{field} is not in this table: what does it take?"


@pytest.mark.parametrize(("name", "field"), CASES, ids=IDS)
def test_who_is_stronger_takes_more(name, field):
    weak, strong, payer = STRENGTHS[name][field]
    if payer != WANTED:
        assert spent(name, field, strong, payer) > spent(name, field, weak, payer) + ROUNDING
        return
    before, after = wanted(design(name, field, weak)), wanted(design(name, field, strong))
    assert after[0] >= before[0]
    assert after[1] >= before[1]
    assert after != before


@pytest.mark.parametrize("name", sorted(set(STRENGTHS) - {mechanism.name for mechanism in BASE.mechanisms}))
def test_without_strength_nothing_is_wanted(name):
    assert wanted(BASE.with_(registry()[name]().at_zero())) == wanted(BASE)
