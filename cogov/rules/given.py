"""What is given with the rules of a design: the areas they are about, the purses every community has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cogov.community import Community
from cogov.rules.areas import Area
from cogov.rules.kinds import (
    BUDGET,
    LIFT_FUND,
    Boundary,
    Choice,
    Council,
    Hearing,
    OwnersConsent,
    Position,
    Programme,
    Purse,
    Reports,
    Rule,
    Tasks,
)
from cogov.rules.laid import Laid


def given_purses(community: Community, areas: dict[str, Area]) -> Iterator[Laid[Purse]]:
    """The purses that every community has: its governance budget, which lapses, and its fund for lifts."""
    profile, everywhere = community.profile, areas["subdistrict"]
    budget = Purse(name=BUDGET, source="budget", income=profile.programme_budget, keeps=False)
    fund = Purse(name=LIFT_FUND, source="grant", income=profile.lift_fund, pays=("works",))
    yield from (Laid(rule, everywhere) for rule in (budget, fund))


def area_named(rule: Rule, rules: Sequence[Rule], positions: Mapping[str, Position]) -> str:
    """Name of the areas a rule is about: its own, those of its post or level, or the subdistrict."""
    post = getattr(rule, "post", "")
    if post in positions:
        return positions[post].area
    if isinstance(rule, Hearing):
        return next(held.area for held in rules if isinstance(held, Council) and held.name == rule.council)
    if isinstance(rule, Choice):
        return rule.level
    if isinstance(rule, Boundary | OwnersConsent | Programme | Tasks):
        return "neighbourhood"
    if isinstance(rule, Reports):
        return "subdistrict" if rule.channel == "hotline" else "neighbourhood"
    return str(getattr(rule, "area", "subdistrict"))
