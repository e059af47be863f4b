"""Outcomes: the measures there are, the record of a run, and what it came to for groups and places."""

from cogov.outcomes.groups import AGGREGATES, group_table, place_table
from cogov.outcomes.measures import BY_COMPOUND, BY_GROUP, MEASURES, WEEKLY, Measure
from cogov.outcomes.record import Record
from cogov.outcomes.tally import Tally

__all__ = [
    "AGGREGATES",
    "BY_COMPOUND",
    "BY_GROUP",
    "MEASURES",
    "WEEKLY",
    "Measure",
    "Record",
    "Tally",
    "group_table",
    "place_table",
]
