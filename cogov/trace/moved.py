"""What can move of whom, and what moves it; posts that are held by more or fewer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from cogov.activities import vocabulary as act
from cogov.activities.cases import FIRM, RESIDENT, UNIT, Choice
from cogov.activities.vocabulary import Activity
from cogov.rules.kinds import Rule
from cogov.state.issues import State

if TYPE_CHECKING:
    from cogov.processes.model_state import ModelState

LEVELS: Mapping[str, tuple[str, ...]] = {
    RESIDENT: (
        "satisfaction",
        "trust_committee",
        "trust_firm",
        "trust_neighbours",
        "belonging",
        "volunteering",
    ),
    UNIT: ("engagement", "consciousness"),
    FIRM: ("quality", "efficiency", "reputation"),
}
"""What can move of whom."""
STANDS: Mapping[int, str] = {
    State.LATENT: "unknown",
    State.MOVING: "on_the_way",
    State.DEPARTMENTS: "with_departments",
    State.COUNCIL: "for_an_agenda",
    State.SERVICE: "in_hand",
    State.ANSWER: "unanswered",
}
"""Where an issue stands when a trace begins."""
TABLES: Mapping[str, str] = {RESIDENT: "residents", UNIT: "units", FIRM: "firms"}
"""Where that stands."""
MOVED_BY: Mapping[str, Activity] = {
    "lived": act.JUDGED,
    "appraise": act.TOOK_STOCK,
    "bond": act.MET,
    "participate": act.VOLUNTEERING,
    "owners_decide": act.OTHER_FIRM,
    "units_decide": act.DECIDED_ANEW,
    "firms_decide": act.DECIDED_ANEW,
}
"""What moves it: processes, and the first part of the appraisal."""
FILLS = "participate"
"""The process that fills posts anew."""
STEP = 0.1
"""Share of a post by which what is held of it must have changed, since it was last noted, to be noted."""


def held(model: ModelState, choice: Choice) -> dict[str, tuple[float, Rule]]:
    """Share of the heads of each post followed that is there, by its name, and the rule that fills it."""
    institutions, posts = model.institutions, model.institutions.posts
    share = np.where(posts.active, posts.filled, 0.0).tolist()
    filled_by: dict[str, Rule] = {laid.rule.post: laid.rule for laid in institutions.boundaries.values()}
    found = {}
    for row, (of, area) in enumerate(zip(posts.rule_of.tolist(), posts.area_of.tolist(), strict=True)):
        rule = posts.rules[of]
        name = f"{rule.name} {area}"
        if choice.has(name):
            found[name] = share[row], filled_by.get(rule.name, rule)
    return found


def changed(before: float | None, after: float | None) -> Activity | None:
    """What happened to a post of which so much was held, None where there was none; None if nothing did."""
    if before is None or after is None:
        return act.SET_UP if before is None else act.ENDED
    if abs(after - before) < STEP - 1e-9:
        return None
    return act.FILLED if after > before else act.VACATED
