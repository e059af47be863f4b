"""Words for measures in tables and figures."""

from __future__ import annotations

from cogov.outcomes.measures import MEASURES


def label(measure: str) -> str:
    """A measure's name as words: ``trust_committee`` -> ``Trust committee``."""
    return measure.replace("_", " ").capitalize()


def weekly_unit(measure: str) -> str:
    """The unit of a measure's weekly values, or ``""``."""
    return MEASURES[measure].unit if measure in MEASURES else ""


def outcome_unit(measure: str) -> str:
    """The unit of a run's outcome: a sum over weeks of "lifts/week" is in "lifts", of "1/week" a count."""
    if measure not in MEASURES:
        return ""
    about = MEASURES[measure]
    return about.unit.removesuffix("/week").removeprefix("1") if about.how == "sum" else about.unit


def better(measure: str) -> str:
    """Whether more or less of it is better; ``""`` if neither."""
    return {1: "more is better", -1: "less is better"}.get(MEASURES[measure].better, "")
