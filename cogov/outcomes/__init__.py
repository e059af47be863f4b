"""Outcomes: the measures there are, and the record of a run."""

from cogov.outcomes.measures import BY_COMPOUND, BY_GROUP, MEASURES, WEEKLY, Measure
from cogov.outcomes.record import Record
from cogov.outcomes.tally import Quarter, Tally

__all__ = ["BY_COMPOUND", "BY_GROUP", "MEASURES", "WEEKLY", "Measure", "Quarter", "Record", "Tally"]
