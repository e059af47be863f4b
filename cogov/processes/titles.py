"""Award titles (评选称号): units that gave most for their size get one; all who want it hand in papers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import expit
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Title
from cogov.rules.laid import Laid

Floats = NDArray[np.float64]


@process(
    reads=("units", "verdicts", "institutions.titles"),
    writes=("titles", "offers", "tally"),
)
def award_titles(model: ModelState) -> None:
    """Hours begin to count, and titles are awarded, when it is due."""
    units = model.units
    for laid in model.institutions.titles:
        rule, given = laid.rule, model.verdicts.hours.sum(0)
        contest = model.titles.open(rule.name, given, np.full(laid.area.n, rule.bar))
        if model.week % rule.every == 0:
            wants = np.flatnonzero((binding(model) > 0) & (laid.force > 0)[units.subdistrict])
            hours = laid.value("hours")[units.subdistrict[wants]]
            model.offers.sit(wants, hours)
            model.tally.count("unit_hours", float(hours.sum()))
            record = of_its_hours(model, given - contest.before, rule)
            contest.holders[:] = False
            for at in range(laid.area.n):
                award(
                    contest.holders, contest.enough, wants[units.subdistrict[wants] == at], record, laid, at
                )
        if (model.week + rule.counts) % rule.every == 0:
            contest.before = given


def award(
    holders: NDArray[np.bool_],
    enough: Floats,
    wants: NDArray[np.intp],
    record: Floats,
    laid: Laid[Title],
    at: int,
) -> None:
    """Give a title to the best of a subdistrict who gave anything, and note what was enough."""
    number = int(laid.value("share")[at] * laid.force[at] * len(wants) + 0.5)
    best = wants[np.argsort(-record[wants], kind="stable")[:number]]
    holders[best[record[best] > 0]] = True
    if number:
        enough[at] = record[best[-1]]


def of_its_hours(model: ModelState, given: Floats, rule: Title) -> Floats:
    """Hours given as a share of all that a unit has in the weeks that count, shape (units,)."""
    whole = model.units.hours.sum(1).astype(float) * rule.counts
    return np.asarray(np.divide(given, whole, out=np.zeros_like(given), where=whole > 0))


def binding(model: ModelState) -> Floats:
    """How far a title matters to each unit: as far as a superior asks for it."""
    return np.asarray(np.array(model.parameters.units.superior)[model.units.kind])


def within_reach(model: ModelState) -> Floats:
    """How much likelier giving all until the award makes a unit's title than giving nothing, in [0, 1].

    It counts while hours count, and for those who are neither sure of it nor have lost it already.
    """
    chance = np.zeros(len(model.units))
    for laid in model.institutions.titles:
        rule, contest = laid.rule, model.titles.contests.get(laid.rule.name)
        left = rule.every - model.week % rule.every
        if contest is None or left > rule.counts:
            continue
        here = model.units.subdistrict
        done = of_its_hours(model, model.verdicts.hours.sum(0) - contest.before, rule)
        doubt, need = model.parameters.units.doubt, contest.enough[here] - done
        gain = expit((left / rule.counts - need) / doubt) - expit(-need / doubt)
        chance = np.maximum(chance, gain * laid.force[here] * binding(model))
    return chance
