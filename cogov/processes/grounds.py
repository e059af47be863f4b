"""Grounds (依据): by which rule of the design in force something happened to an issue.

What a process decides by a rule at hand, it says itself; the rest is looked up here, for what is followed and
nothing else. Every function takes issue rows and returns a rule, or None, for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import KINDS, Choice, Payoff, Position, Rule
from cogov.terms import Level

Rows = NDArray[np.intp]
type Grounds = Sequence[Rule | None]


def power(model: ModelState, name: str, rows: Rows, best: str) -> Grounds:
    """The choice rule by which a level has a power: of several the one with least of a field, as in force."""
    issues, choices = model.issues, choices_of(model, name)
    found: list[Rule | None] = []
    for row in rows.tolist():
        kind, compound = KINDS[issues.kind[row]], issues.compound[row]
        fits = [
            (float(laid.value(best)[laid.area.of_compound[compound]]), laid.rule.name, laid.rule)
            for laid in choices
            if kind in laid.rule.kinds
            and laid.active[laid.area.of_compound[compound]]
            and (name == "dispatch" or Level[laid.rule.level.upper()] == issues.at[row])
        ]
        found.append(min(fits, key=lambda fit: fit[:2])[2] if fits else None)
    return found


def choices_of(model: ModelState, name: str) -> list[Any]:
    """Choice rules over their areas that grant a power."""
    laid = model.institutions.laid.values()
    return [entry for entry in laid if isinstance(entry.rule, Choice) and entry.rule.power == name]


def post(model: ModelState, rows: NDArray[np.integer]) -> list[Position | None]:
    """The position rule of each of some post rows; None where the row is -1."""
    posts = model.institutions.posts
    return [posts.rules[posts.rule_of[row]] if row >= 0 else None for row in rows.tolist()]


def authority(model: ModelState, rows: Rows) -> Grounds:
    """The post that has an issue, or the power by which its level settles what another would have to."""
    issues = model.issues
    below = issues.at[rows] < issues.level[rows]
    moved = iter(power(model, "resolve", rows[below], "hours"))
    held = post(model, issues.server[rows])
    return [next(moved) if lower else own for lower, own in zip(below.tolist(), held, strict=True)]


def rung(model: ModelState, rows: Rows) -> Grounds:
    """The post that handles such issues where they have been forwarded to."""
    issues = model.issues
    return post(
        model, model.institutions.powers.handler[issues.kind[rows], issues.at[rows], issues.compound[rows]]
    )


def council(model: ModelState, rows: Rows) -> Grounds:
    """The first council of its level that may take an issue up."""
    issues, institutions = model.issues, model.institutions
    meets = institutions.powers.open_councils(issues.kind[rows], issues.compound[rows], issues.refused[rows])[
        np.arange(len(rows)), issues.at[rows]
    ]
    return [institutions.councils[first_bit(bits)].rule if bits else None for bits in meets.tolist()]


def refusal(model: ModelState, rows: Rows) -> Grounds:
    """The last of the councils, from small areas to wide ones, that refused an issue."""
    councils = model.institutions.councils
    return [
        councils[bits.bit_length() - 1].rule if bits else None for bits in model.issues.refused[rows].tolist()
    ]


def first_bit(bits: int) -> int:
    """Which is the lowest bit that is set."""
    return (bits & -bits).bit_length() - 1


def reports(model: ModelState, channel: str, rows: Rows) -> Grounds:
    """The rule by which residents' reports are taken."""
    issues, found = model.issues, list[Rule | None]()
    taken = [laid for laid in model.institutions.reports if laid.rule.channel == channel]
    for compound in issues.compound[rows].tolist():
        here = [laid for laid in taken if laid.active[laid.area.of_compound[compound]]]
        found.append(here[0].rule if here else None)
    return found


def payoffs(model: ModelState, to: str, home: int, terms: Sequence[str]) -> Grounds:
    """The payoff by which a term weighs in decisions made in a neighbourhood, -1 outside of all."""
    found: list[Rule | None] = []
    for term in terms:
        fits = [
            laid.rule
            for laid in model.institutions.laid.values()
            if isinstance(laid.rule, Payoff)
            and (laid.rule.to, laid.rule.term) == (to, term)
            and (home < 0 or laid.active[laid.area.of_neighbourhood[home]])
        ]
        found.append(fits[0] if fits else None)
    return found


BY_WHICH_RULE: Mapping[str, Callable[[ModelState, Rows], Grounds]] = {
    act.ORDERED.name: lambda model, rows: power(model, "dispatch", rows, "weeks"),
    act.CHASED.name: lambda model, rows: power(model, "dispatch", rows, "weeks"),
    act.SUMMONED.name: lambda model, rows: power(model, "summon", rows, "hours"),
    act.NOT_SUMMONED.name: lambda model, rows: power(model, "summon", rows, "hours"),
    act.TAKEN_OVER.name: lambda model, rows: power(model, "take_over", rows, "weeks"),
    act.ASSIGNED.name: authority,
    act.FORWARDED.name: rung,
    act.SENT_DOWN.name: rung,
    act.SUBMITTED.name: council,
    act.DROPPED.name: refusal,
}
"""By activity; of others that a post does it is the post's own rule, unless the process says another."""
