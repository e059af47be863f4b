"""The seven kinds of rule, amendments, designs and how they differ, and laying rules over a community."""

from cogov.rules.amend import Amend, Amended
from cogov.rules.conditions import When, Where
from cogov.rules.design import Design, DesignDiff
from cogov.rules.kinds import (
    AREAS,
    RULE_KINDS,
    Boundary,
    Choice,
    Council,
    Enquiry,
    Hearing,
    Listing,
    Observation,
    OwnersConsent,
    Payoff,
    Position,
    Programme,
    Purse,
    Reports,
    Rule,
    Scope,
    Tasks,
)

__all__ = [
    "AREAS",
    "RULE_KINDS",
    "Amend",
    "Amended",
    "Boundary",
    "Choice",
    "Council",
    "Design",
    "DesignDiff",
    "Enquiry",
    "Hearing",
    "Listing",
    "Observation",
    "OwnersConsent",
    "Payoff",
    "Position",
    "Programme",
    "Purse",
    "Reports",
    "Rule",
    "Scope",
    "Tasks",
    "When",
    "Where",
]
