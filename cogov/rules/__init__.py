"""The seven kinds of rule, designs and how they differ, and laying rules over a community."""

from cogov.rules.design import Design, DesignDiff
from cogov.rules.kinds import (
    AREAS,
    RULE_KINDS,
    Aggregation,
    Boundary,
    Choice,
    Information,
    Payoff,
    Position,
    Rule,
    Scope,
)

__all__ = [
    "AREAS",
    "RULE_KINDS",
    "Aggregation",
    "Boundary",
    "Choice",
    "Design",
    "DesignDiff",
    "Information",
    "Payoff",
    "Position",
    "Rule",
    "Scope",
]
