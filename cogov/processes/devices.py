"""Devices (感知设备): what sees without anybody going round, and the false alarms it gives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import log1p
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Observation, marked
from cogov.rules.laid import Laid
from cogov.terms import Age

Floats = NDArray[np.float64]
AT_ONCE = 0.999
"""Chance of a week that an alarm which is answered makes an issue known."""


def equipped(model: ModelState, share: float) -> NDArray[np.bool_]:
    """Households with somebody aged 80+ that have a device: a share of them, the first of one order."""
    if share not in model.devices:  # the same in every week
        residents, n = model.residents, model.places.households
        old = np.zeros(n, dtype=bool)
        old[residents.household[residents.age == Age.AGE_80_PLUS]] = True
        model.devices[share] = old & (model.streams.generator("sense/devices").random(n) < share)
    return model.devices[share]


def answer_alarms(model: ModelState, laid: Laid[Observation]) -> Floats:
    """Check the week's false alarms; returns the share of alarms that is answered, by area of the post.

    What the post has no hours for it leaves, the false and the true alike; for what it has checked and cannot
    tell from a true one, the committee goes to look, as far as it has hours.
    """
    rule, area, places = laid.rule, laid.area, model.places
    posts, ledger = model.institutions.posts, model.institutions.ledger
    where = posts.at(rule.post)
    if rule.devices:
        of_household = np.repeat(np.arange(len(places.buildings)), places.households_by_building)
        building = of_household[equipped(model, rule.devices)]
    else:
        at = [work.building for work in model.works.built if work.what == rule.through]
        building = np.array(at, dtype=np.int64)
    of = area.of_building[building]
    number = np.bincount(of, minlength=area.n) * laid.value("alarms") * laid.active
    wanted = number * laid.value("check")
    given = ledger.spend(where, wanted, "observing")
    there = (ledger.available[where] > 0).astype(float)  # an alarm that takes no time must be heard as well
    answered = np.divide(given, wanted, out=there, where=wanted > 0)
    committee = posts.at("committee")
    if committee.stop > committee.start and rule.site:
        each = (laid.value("alarms") * laid.value("site") * laid.active * answered)[of]
        homes = places.building_neighbourhood[building]
        going = np.bincount(homes, each, committee.stop - committee.start)
        ledger.spend(committee, going, "observing")
    return np.asarray(answered)


def called(model: ModelState, laid: Laid[Observation], rows: NDArray[np.intp], answered: Floats) -> Floats:
    """Weekly hazard that a device calls about each issue and somebody answers."""
    rule, issues = laid.rule, model.issues
    have = np.concatenate([[0], np.cumsum(equipped(model, rule.devices))])
    first = issues.household[rows]
    struck = have[first + issues.households[rows]] > have[first]
    heard = (answered * laid.force * laid.value("share"))[laid.area.of_building[issues.building[rows]]]
    about = marked(rule.kinds)[issues.kind[rows]]
    return np.asarray(-log1p(-AT_ONCE * heard) * (struck & about))


def kept_up(model: ModelState, what: str) -> Floats:
    """How far a work of a kind stands and is kept up in each compound, shape (compounds,)."""
    there = np.zeros(len(model.places.compounds))
    for work in model.works.built:
        if work.what == what:
            there[work.compound] = max(there[work.compound], work.kept)
    return there
