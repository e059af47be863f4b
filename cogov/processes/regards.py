"""Regard (关怀): people are called on at events of their lives, with a small gift."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.state.experiences import CALLS
from cogov.terms import YEAR, Age, Event

NEVER = -(10**6)
"""Week of the last call on somebody who had none."""


def _rates(default: tuple[float, ...], doc: str, source: str, low: float, high: float) -> Any:
    return param(
        default,
        low=0,
        high=10,
        length=(len(Age), len(Age)),
        unit="1/year",
        doc=doc,
        source=source,
        plausible=(low, high),
    )


@dataclass(frozen=True, kw_only=True)
class Regards(Parameters):
    """How often such things happen to people, by Age, and what a call is to somebody."""

    birth: tuple[float, ...] = _rates(
        (0, 0, 0.02, 0.015, 0, 0, 0, 0),
        "a child is born",
        "assumed: some 4 births for 1,000 people a year",
        0.7,
        1.4,
    )
    wedding: tuple[float, ...] = _rates(
        (0, 0, 0.03, 0.015, 0, 0, 0, 0),
        "a wedding",
        "assumed: some 4 couples for 1,000 people a year",
        0.5,
        1.6,
    )
    move: tuple[float, ...] = _rates(
        (0, 0, 0.1, 0.06, 0.02, 0.01, 0, 0),
        "has just moved in",
        "assumed: 2 to 8 % of homes a year",
        0.5,
        1.6,
    )
    school: tuple[float, ...] = _rates(
        (0.1, 0.3, 0, 0, 0, 0, 0, 0),
        "goes up to a higher school",
        "assumed: about every sixth pupil a year",
        0.8,
        1.2,
    )
    illness: tuple[float, ...] = _rates(
        (0, 0, 0, 0.002, 0.01, 0.02, 0.04, 0.06),
        "falls badly ill",
        "assumed: 0.3 to 2 % a year, rising with age",
        0.4,
        2,
    )
    opens: float = param(0.5, low=0, high=1, doc="share of doors that open", plausible=(0.3, 0.8))
    habit: int = param(
        52,
        low=0,
        high=520,
        unit="weeks",
        doc="weeks within which another call is taken for granted",
        plausible=(26, 104),
    )


@process(
    reads=("institutions", "residents.age", "residents.building"),
    writes=("experiences", "called", "purses", "institutions.ledger"),
)
def regard(model: ModelState) -> None:
    """Those to whom something has happened, and of whom it is known, are called on; they have been seen."""
    institutions, parameters, residents = model.institutions, model.parameters.regards, model.residents
    if not institutions.regards:
        return
    if model.called is None:
        model.called = np.full(len(residents), NEVER, dtype=np.int32)
    # What happens to whom is the same under every rule, and so is who is heard of first: numbers are
    # drawn for all to whom any event may have happened.
    yearly = np.array([getattr(parameters, event.label) for event in Event], dtype=np.float32)
    drawn = model.streams.generator("regard/events", model.week).random(len(residents), dtype=np.float32)
    few = np.flatnonzero(drawn < yearly.sum(0).max() / YEAR)
    calls_on = model.streams.generator("regard/calls", model.week).random((2, len(few)))
    for laid in institutions.regards:
        rule, posts = laid.rule, institutions.posts
        weekly = yearly[[event.label in rule.events for event in Event]].sum(0) / YEAR
        happened = drawn[few] < weekly[residents.age[few]]
        who, (known, door) = few[happened], calls_on[:, happened]
        area = laid.area.of_building[residents.building[who]]
        chance = (laid.value("heard") * laid.value("share") * laid.force)[area]
        called = known < chance
        who, area, door = who[called], area[called], door[called]
        hours = laid.value("hours")
        left = institutions.ledger.left[posts.at(rule.post)]
        calls = np.minimum(np.bincount(area, minlength=laid.area.n), np.floor(left / hours + 1e-9))
        institutions.ledger.spend(posts.at(rule.post), calls * hours, "care")
        order = np.argsort(area, kind="stable")
        place = np.arange(len(order)) - np.searchsorted(area[order], area[order])
        mine = order[place < calls[area[order]]]
        who, area, door = who[mine], area[mine], door[mine]
        if rule.gift and len(who):
            account = model.purses.account(rule.purse).laid.area
            home = account.of_building[residents.building[who]]
            bill = np.bincount(home, laid.value("gift")[area], account.n)
            paid = model.purses.pay(rule.purse, {"programmes": bill})["programmes"]
            who, door = who[paid[home] >= 1], door[paid[home] >= 1]  # with empty hands nobody goes
        seen = who[(door < parameters.opens) & (model.week - model.called[who] > parameters.habit)]
        model.called[who] = model.week
        model.experiences.add(seen.astype(np.int64), np.ones(len(seen)), of="committee", by=CALLS)
