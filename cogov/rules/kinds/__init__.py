"""Rules, by the seven kinds of Ostrom's Institutional Analysis and Development framework.

A governance design is a set of these values; processes read rules and nothing else about a mechanism.
A rule may cost: ``upkeep`` hours a week of the post ``keeper``, and ``money`` yuan a week for each area of
the rule, from the ``purse`` it names. Upkeep is for each area of the rule or of the keeper, whichever are
more, or by the law of the kind for as much as it keeps: heads, units listed, firms, slots of an agenda. Where
the keeper's hours or the purse are short, a rule works at the share that was paid there; scopes and powers,
which cannot work in part, have no keeper. A rule without force (no hours, no slots ...) is ``null`` and
dropped with its costs.

Every kind but scopes may be in force in some places (``where``) and some weeks (``when``) only. A field with
a ``fold`` is open: other mechanisms may amend it (`cogov.rules.amend`).

Source: E. Ostrom, *Understanding Institutional Diversity* (2005), ch. 7.
"""

from __future__ import annotations

from cogov.rules.kinds.aggregation import Council, OwnersConsent
from cogov.rules.kinds.appraisal import Appraisal
from cogov.rules.kinds.base import (
    AREAS,
    BUDGET,
    KINDS,
    LIFT_FUND,
    LINES,
    PUBLIC,
    RANKS,
    SERVED,
    SERVICES,
    TERMS,
    WANTS,
    WORKPLACES,
    Rule,
    marked,
    said,
    word,
)
from cogov.rules.kinds.boundary import Boundary
from cogov.rules.kinds.choice import Choice
from cogov.rules.kinds.compact import Compact
from cogov.rules.kinds.exchange import Exchange
from cogov.rules.kinds.honour import Honour
from cogov.rules.kinds.information import (
    PAIRINGS,
    UNIT_KINDS,
    Enquiry,
    Hearing,
    Listing,
    Observation,
    Reports,
)
from cogov.rules.kinds.liaison import SENT, Liaison
from cogov.rules.kinds.move import Move
from cogov.rules.kinds.notice import Notice
from cogov.rules.kinds.payoff import Payoff
from cogov.rules.kinds.position import Position
from cogov.rules.kinds.practice import Practice, Visit
from cogov.rules.kinds.priority import Priority
from cogov.rules.kinds.programme import PLACES, WORKS, Programme
from cogov.rules.kinds.purse import PAYS, SOURCES, Purse
from cogov.rules.kinds.recruitment import Recruitment
from cogov.rules.kinds.regard import Regard
from cogov.rules.kinds.scope import Scope
from cogov.rules.kinds.tasks import Tasks
from cogov.rules.kinds.title import Title
from cogov.rules.kinds.voice import Backing, Proposal

RULE_KINDS: tuple[type[Rule], ...] = (
    Scope,
    Position,
    Move,
    Boundary,
    Recruitment,
    Choice,
    Priority,
    Compact,
    Proposal,
    Backing,
    Practice,
    Council,
    OwnersConsent,
    Programme,
    Reports,
    Observation,
    Enquiry,
    Hearing,
    Listing,
    Notice,
    Regard,
    Visit,
    Tasks,
    Liaison,
    Exchange,
    Appraisal,
    Title,
    Honour,
    Payoff,
    Purse,
)
"""All kinds of rule, in the order in which tables show them."""

__all__ = [
    "AREAS",
    "BUDGET",
    "KINDS",
    "LIFT_FUND",
    "LINES",
    "PAIRINGS",
    "PAYS",
    "PLACES",
    "PUBLIC",
    "RANKS",
    "RULE_KINDS",
    "SENT",
    "SERVED",
    "SERVICES",
    "SOURCES",
    "TERMS",
    "UNIT_KINDS",
    "WANTS",
    "WORKPLACES",
    "WORKS",
    "Appraisal",
    "Backing",
    "Boundary",
    "Choice",
    "Compact",
    "Council",
    "Enquiry",
    "Exchange",
    "Hearing",
    "Honour",
    "Liaison",
    "Listing",
    "Move",
    "Notice",
    "Observation",
    "OwnersConsent",
    "Payoff",
    "Position",
    "Practice",
    "Priority",
    "Programme",
    "Proposal",
    "Purse",
    "Recruitment",
    "Regard",
    "Reports",
    "Rule",
    "Scope",
    "Tasks",
    "Title",
    "Visit",
    "marked",
    "said",
    "word",
]
