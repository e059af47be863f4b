"""Secretaries learn (书记成长) by the cases they handle; they come and go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import exp, power
from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.state.issues import State
from cogov.terms import QUARTER, YEAR, Capability, Kind, Site

MAIN = {
    Kind.REPAIR: Capability.PROFESSIONAL,
    Kind.SANITATION: Capability.LEADERSHIP,
    Kind.DISPUTE: Capability.EMPATHY,
    Kind.SAFETY: Capability.PROFESSIONAL,
    Kind.PUBLIC_SPACE: Capability.DELIBERATION,
    Kind.PROPERTY_CONFLICT: Capability.DELIBERATION,
    Kind.RENEWAL: Capability.DELIBERATION,
    Kind.EMERGENCY: Capability.LEADERSHIP,
}


@dataclass(frozen=True, kw_only=True)
class Secretaries(Parameters):
    """How secretaries learn, and what they can do better than others."""

    skill: float = param(
        0.35,
        low=0,
        high=1,
        doc="what full professional capability adds to a committee's competence",
        plausible=(0.2, 0.5),
    )
    listening: float = param(
        0.15,
        low=0,
        high=1,
        doc="share of what cannot be seen that people tell a visitor of full empathy",
        plausible=(0.07, 0.3),
    )
    leading: float = param(
        0.4,
        low=0,
        high=1,
        doc="people that an hour of asking reaches: 1 less half of it, up to half more",
        plausible=(0.2, 0.6),
    )
    turnover: float = param(
        0.15, low=0, high=1, unit="1/year", doc="chance that a secretary goes", plausible=(0.08, 0.25)
    )
    recruit: tuple[float, ...] = param(
        (0.2, 0.6),
        low=0,
        high=1,
        length=(2, 2),
        doc="lowest and highest capability of a new one",
        plausible=(0.7, 1.3),
    )
    case_learning: float = param(
        2.0,
        low=0,
        doc="learning by one case for each household; it keeps the usual mean of 0.5 against new ones of 0.4",
        plausible=(1, 4),
    )
    domains: tuple[str, ...] = param(
        tuple(MAIN[kind].label for kind in Kind), choices=Capability.labels(), length=(len(Kind), len(Kind)),
        doc="what a case of each kind calls for, by Kind",
    )  # fmt: skip
    beside: float = param(
        0.1, low=0, high=0.25, doc="of a case, what it calls for of each other domain", plausible=(0.05, 0.2)
    )
    similarity: float = param(
        0.4,
        low=0,
        high=0.8,
        doc="how far what was learned in one kind of neighbourhood is of use in another",
        plausible=(0.2, 0.6),
    )

    def shares(self) -> NDArray[np.float64]:
        """What a case of each kind calls for, shape (kinds, domains); rows sum to 1."""
        return called_for(self.domains, self.beside)


@cache
def called_for(main: tuple[str, ...], beside: float) -> NDArray[np.float64]:
    """What a case of each kind calls for, if it calls for one domain mainly and a little of each other."""
    table = np.full((len(Kind), len(Capability)), beside)
    domains = [Capability.labels().index(label) for label in main]
    table[np.arange(len(Kind)), domains] = 1 - beside * (len(Capability) - 1)
    table.flags.writeable = False
    return table


@process(reads=("issues", "institutions"), writes=("secretaries",))
def count_cases(model: ModelState) -> None:
    """Secretaries remember what their committee settled this week, by what it called for."""
    issues, committee = model.issues, model.institutions.posts.at("committee")
    rows = ((issues.closed == model.week) & (issues.state == State.RESOLVED)).nonzero()[0]
    server = issues.server[rows]
    rows = rows[(server >= committee.start) & (server < committee.stop)]
    home = model.places.compound_neighbourhood[issues.compound[rows]]
    n = len(model.secretaries)
    cell = home.astype(np.intp) * len(Kind) + issues.kind[rows]
    cases = np.bincount(cell, minlength=n * len(Kind)).reshape(n, len(Kind))
    model.secretaries.cases += (cases[:, :, None] * model.parameters.secretaries.shares()).sum(1)


@process(reads=("institutions",), writes=("secretaries", "meetings", "institutions.posts"))
def secretaries_learn(model: ModelState) -> None:
    """Secretaries learn by the cases of the quarter; some go, and others come by the channels in force."""
    secretaries, parameters, n = model.secretaries, model.parameters.secretaries, len(model.secretaries)
    households = np.diff(model.places.neighbourhood_households).clip(1)
    for domain in Capability:
        learned = 1 - exp(-parameters.case_learning * secretaries.cases[:, domain] / households)
        secretaries.learn(np.arange(n), domain, secretaries.site, learned)
    secretaries.cases[:] = 0
    secretaries.tenure += QUARTER
    draws = model.streams.generator("appraise/secretaries", model.week).random((n, 2 + len(Capability)))
    chance = (parameters.turnover * secretaries.leaves).clip(0, 1)
    for row in np.flatnonzero(draws[:, 0] < [1 - power(1 - each, QUARTER / YEAR) for each in chance]):
        succeed(model, int(row), draws[row, 1:])
    set_committee_skill(model)


def succeed(model: ModelState, row: int, draws: NDArray[np.float64]) -> None:
    """A new secretary, by one of the channels in force or by open selection; uniform ``draws`` decide."""
    recruit = model.parameters.secretaries.recruit
    low, high = np.full(len(Capability), recruit[0]), np.full(len(Capability), recruit[-1])
    site, leaves, rule = int(model.secretaries.site[row]), 1.0, None
    channels = model.institutions.recruitments
    weight = np.array([laid.value("share")[row] * laid.force[row] for laid in channels])
    if weight.sum() > 0:
        reached = np.searchsorted(np.cumsum(weight), draws[0] * weight.sum(), side="right")
        chosen = channels[min(int(reached), len(channels) - 1)]
        rule = chosen.rule
        low, high = np.array(chosen.rule.lowest), np.array(chosen.rule.highest)
        site = Site.labels().index(chosen.rule.site) if chosen.rule.site else site
        leaves = float(chosen.value("leaves")[row])
    model.meetings.leave(row)
    able = low + (high - low) * draws[1:]
    if model.trace:
        before = [float(model.secretaries.own(domain)[row]) for domain in Capability]
        model.trace.succeeded(row, rule, sum(before) / len(before), float(able.mean()))
    model.secretaries.succeed(row, able, site, leaves)


def set_committee_skill(model: ModelState) -> None:
    """A capable secretary makes the committee's finished work hold more often."""
    posts = model.institutions.posts
    where = posts.at("committee")
    if where.stop > where.start:
        posts.trained[where] = model.parameters.secretaries.skill * model.secretaries.own(
            Capability.PROFESSIONAL
        )
