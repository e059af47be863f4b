"""Arise (问题产生): problems and needs that come from outside, the same under every design."""

from __future__ import annotations

import numpy as np

from cogov.processes.declared import process
from cogov.processes.model_state import ModelState


@process(reads=("firms.quality", "homes.firm"), writes=("issues", "causes", "tally"))
def arise(model: ModelState) -> None:
    """Let this week's issues be born, as far as causes breed them and no firm prevents them."""
    born, causes = model.world.births(model.week), model.causes
    causes.worsen()
    stands = causes.breed(born["cause"], born["compound"], born["root"])
    stands &= ~model.world.prevented(born, model.quality_by_compound())
    model.issues.renew(born, np.flatnonzero(stands))
    model.tally.add("arrived", born["compound"][stands])
