"""Arise (问题产生): problems and needs that come from outside, the same under every design."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.kit.runs import members, picked, totals
from cogov.processes.declared import process
from cogov.processes.embedded import embedded
from cogov.processes.model_state import ModelState
from cogov.state.issues import Births


@process(
    reads=("firms.quality", "homes.firm", "ties", "residents.trust_neighbours"),
    writes=("issues", "causes", "tally"),
)
def arise(model: ModelState) -> None:
    """Let this week's issues be born, as far as causes breed them, no firm and no neighbours prevent them."""
    born, causes = model.world.births(model.week), model.causes
    causes.worsen()
    stands = causes.breed(born["cause"], born["compound"], born["root"])
    stands &= ~model.world.prevented(born, model.quality_by_compound(), terms_of(model, born))
    model.issues.renew(born, np.flatnonzero(stands))
    model.tally.add("arrived", born["compound"][stands])
    if model.trace:
        new = np.arange(len(model.issues) - int(stands.sum()), len(model.issues))
        model.trace.note(act.ARISEN, new, value=model.issues.task[new])


def terms_of(model: ModelState, born: Births) -> NDArray[np.float64]:
    """On how good terms those of each birth are that neighbours may settle, in [0, 1]; 0 of the others.

    Mean of embeddedness x trust in neighbours, over all who are affected.
    """
    terms = np.zeros(len(born["id"]))
    between = np.flatnonzero(model.world.settled[born["kind"]])
    many = (born["row1"][between] - born["row0"][between]).astype(np.intp)
    people = members(born["row0"][between], many)
    good = embedded(model, picked(model.ties.tied, people)) * picked(model.residents.trust_neighbours, people)
    terms[between] = totals(good, many) / np.maximum(many, 1)
    return terms
