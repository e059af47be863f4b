"""Where paths part: issues that went another way under B than under A, by the first thing that differed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

import pandas as pd

ORDER = (
    "summoned", "not_summoned", "taken_over", "settled_jointly", "decided", "proposed", "agreed", "refused",
    "returned", "dropped", "revised", "listed", "submitted", "not_listed", "postponed", "waited", "unheard",
    "rework", "bounced", "allotted", "lost", "given_up", "referred", "forwarded", "sent_down", "moved_on",
    "assigned", "ordered", "chased", "looked_at", "answered", "part_worked", "done", "replied", "handled",
)  # fmt: skip
"""Of two different events the one that says most of why they differ: the first of these."""
RANK = {activity: place for place, activity in enumerate(ORDER)}
FAMILIES: Mapping[str, str] = {
    "summoned": "summons",
    "not_summoned": "summons",
    **dict.fromkeys(("taken_over", "settled_jointly", "decided", "proposed"), "taken_over"),
    **dict.fromkeys(("agreed", "refused", "returned", "dropped", "revised"), "council"),
    **dict.fromkeys(("listed", "submitted", "not_listed", "postponed"), "agenda"),
    **dict.fromkeys(("waited", "unheard", "handled"), "hours"),
    "rework": "work",
    **dict.fromkeys(("referred", "bounced", "allotted", "looked_at", "answered"), "departments"),
    "part_worked": "departments",
    **dict.fromkeys(("forwarded", "sent_down", "moved_on", "assigned"), "desk"),
    **dict.fromkeys(("ordered", "chased"), "orders"),
    **dict.fromkeys(("done", "replied"), "replies"),
    **dict.fromkeys(("lost", "given_up"), "given_up"),
}
"""What kind of thing an activity is about."""
TIMED = ("agenda", "departments", "desk", "replies", "orders")
"""Families of what comes sooner or later."""
SAME, ONLY_A, ONLY_B, OTHER = "same", "only_a", "only_b", "other"
"""Issues with one and the same history, those born under one design only, and what no class fits."""
ENDS = ("resolved", "given_up", "lost", "dropped")


class Event(NamedTuple):
    """One thing that happened to an issue."""

    week: int
    activity: str
    resource: str
    role: str
    rule: str
    outcome: str
    hours: float
    value: float | None


class Parting(NamedTuple):
    """Where two histories of an issue part.

    Attributes
    ----------
    name : str
        The class.
    by : str
        Who or what decided there, under B or, where nothing happened there, under A: a rule or a post.
    turn : int
        Events that they have in common.
    week : int
        When the first of the events that differ happened.
    """

    name: str
    by: str
    turn: int
    week: int


def histories(events: pd.DataFrame) -> dict[str, list[Event]]:
    """What happened to each issue, in order."""
    found: dict[str, list[Event]] = {}
    columns: list[list[Any]] = [events[name].tolist() for name in Event._fields]
    columns[-1] = [None if math.isnan(value) else value for value in columns[-1]]  # NaN is not NaN's equal
    for case, *what in zip(events["case_id"].tolist(), *columns, strict=True):
        found.setdefault(case, []).append(Event(*what))
    return found


def parting(a: Sequence[Event], b: Sequence[Event]) -> Parting | None:
    """Where two histories part; None if they do not."""
    for turn, (mine, theirs) in enumerate(zip_longest(a, b)):
        if mine != theirs:
            weeks = [event.week for event in (mine, theirs) if event is not None]
            if not any(_known(event) for event in a[:turn]):
                name, by = _unnoticed(a[turn:], b[turn:])
                if name:
                    return Parting(name, by, turn, min(weeks))
            return Parting(*_known_of(mine, theirs), turn, min(weeks))
    return None


def _known(event: Event) -> bool:
    """Whether somebody in charge knows of it from then on."""
    return event.activity == "noticed" or (event.activity == "open_at_start" and event.outcome != "latent")


def _unnoticed(a: Sequence[Event], b: Sequence[Event]) -> tuple[str, str]:
    """The class of an issue nobody knew of when its paths parted; "" if it was then noticed alike."""
    mine, theirs = (next((event for event in rest if _known(event)), None) for rest in (a, b))
    if mine is None and theirs is None:
        return "never_noticed", ""
    if mine is None or theirs is None:
        return ("noticed_only_b", _by(theirs)) if mine is None else ("noticed_only_a", _by(mine))
    if (mine.role, mine.rule, mine.outcome) != (theirs.role, theirs.rule, theirs.outcome):
        return "noticed_otherwise", _by(theirs)
    if mine.week != theirs.week:
        return "noticed_sooner" if theirs.week < mine.week else "noticed_later", _by(theirs)
    return "", ""


def _known_of(mine: Event | None, theirs: Event | None) -> tuple[str, str]:
    """The class of an issue that was known of when its paths parted, and who decided there."""
    both = [event for event in (theirs, mine) if event is not None]
    first = min(both, key=lambda event: RANK.get(event.activity, len(RANK)))
    if len(both) == 2 and mine is not None and theirs is not None and mine.activity == theirs.activity:
        return _same_kind(mine, theirs), _by(theirs)
    family, under_b = FAMILIES.get(first.activity, OTHER), first is theirs
    if family == "council":
        agreed = first.activity == "agreed"
        return "council_agreed" if agreed == under_b else "council_refused", _by(first)
    if family == "hours" and first.activity == "handled":
        return "hours_enough" if under_b else "hours_short", _by(first)
    if family == "hours":
        return "hours_short" if under_b else "hours_enough", _by(first)
    if family == "summons" and first.activity == "not_summoned":
        return "hours_short" if under_b else "hours_enough", _by(first)
    if family in TIMED and len(both) == 1:
        return f"{family}_{'sooner' if under_b else 'later'}", _by(first)
    if family == "agenda":
        listed = first.activity in ("listed", "submitted")
        return "agenda_sooner" if listed == under_b else "agenda_later", _by(first)
    if family in ("departments", "replies"):
        return f"{family}_otherwise", _by(first)
    if family in ("desk", "orders"):
        return "desk_otherwise", _by(first)
    return family if family == OTHER else f"{family}_{'b' if under_b else 'a'}", _by(first)


def _same_kind(mine: Event, theirs: Event) -> str:
    """The class where the same thing happened, by somebody else, at another time or in other hours."""
    family = FAMILIES.get(theirs.activity, OTHER)
    if mine.role != theirs.role or (family == "desk" and mine.outcome != theirs.outcome):
        return "council_otherwise" if family in ("council", "agenda") else "desk_otherwise"
    if mine.rule != theirs.rule:
        return "other_rule"
    if family == "hours":
        less = theirs.week > mine.week or (theirs.week == mine.week and theirs.hours < mine.hours)
        waits = theirs.activity != "handled"  # there to wait sooner is to be short of hours
        return "hours_short" if less != waits else "hours_enough"
    if family == "council":
        return "council_otherwise"
    if family in TIMED and mine.week != theirs.week:
        return f"{family}_{'sooner' if theirs.week < mine.week else 'later'}"
    if mine.resource != theirs.resource:
        return "desk_otherwise"
    if family in ("departments", "replies") and mine.hours != theirs.hours:
        return f"{family}_{'sooner' if theirs.hours > mine.hours else 'later'}"
    return OTHER


def _by(event: Event | None) -> str:
    """The rule, or the post where no rule says so."""
    return "" if event is None else event.rule or event.role


class Fate(NamedTuple):
    """What became of an issue in the weeks that count.

    Attributes
    ----------
    end : str
        ``in_time``, ``late``, ``open``, ``lost``, ``none`` (not born under this design).
    resolved, lost, in_norm, due : int
        1 if it was counted as that, else 0.
    weeks : int
        Weeks at whose end nobody had resolved it.
    """

    end: str
    resolved: int = 0
    lost: int = 0
    in_norm: int = 0
    due: int = 0
    weeks: int = 0


def fate(history: Sequence[Event], born: int, weeks: tuple[int, int], norm: float) -> Fate:
    """What became of an issue.

    Parameters
    ----------
    born : int
        Week of its birth.
    weeks : tuple of int
        The first and last week that count.
    norm : float
        Weeks within which one is resolved in time.
    """
    first, last = weeks
    closed = next((event for event in history if event.activity in ENDS), None)
    end = closed.week if closed else last + 1
    open_weeks = max(min(end, last + 1) - max(born, first), 0)
    settled = end if closed and end - born <= norm else born + math.floor(norm) + 1
    due = int(first <= settled <= last)
    if closed is None:
        return Fate("open", due=due, weeks=open_weeks)
    counts = int(first <= end <= last)
    if closed.activity != "resolved":
        return Fate("lost", lost=counts, due=due, weeks=open_weeks)
    in_time = end - born <= norm
    return Fate("in_time" if in_time else "late", counts, 0, counts * in_time, due, open_weeks)
