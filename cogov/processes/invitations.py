"""Who hears of a joint activity, by a notice beside word of mouth, and who then comes (邀请与告示)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.kit.elementary import expit
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Notice
from cogov.rules.laid import Laid


def inclined(model: ModelState, people: NDArray[np.int64]) -> NDArray[np.float32]:
    """Chance that each of some residents who hear of an activity comes."""
    parameters, residents = model.parameters.bond, model.residents
    return np.asarray(
        expit(
            parameters.come
            + parameters.come_belonging * residents.belonging[people]
            + np.float32(parameters.come_volunteer) * residents.volunteering[people]
        )
    )


def by_notice(
    model: ModelState,
    laid: Laid[Notice],
    home: NDArray[np.int64],
    number: NDArray[np.int64],
    small: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    """Who more hears of each activity by a notice, and three numbers drawn for each of them.

    Returns
    -------
    told : ndarray of bool, shape (activities, most)
    numbers : ndarray, shape (3, activities, most)
    """
    rule, invited = laid.rule, model.parameters.bond.invited
    known = np.minimum(model.regular / rule.regular, 1) if rule.regular else np.ones(len(model.regular))
    many = np.floor(invited * laid.value("heard") * laid.force * known).astype(np.int64)[home]
    if rule.regular:  # a fixed time is that of a place
        many[small] = 0
    most = int(many.max(initial=0))
    numbers = np.zeros((3, len(home), most), dtype=np.float32)
    for nth in range(number.max(initial=-1) + 1):
        stream = model.streams.generator(f"bond/notice {rule.regular} {rule.online} {nth}", model.week)
        # Drawn resident by resident, so that who is told stays who is told when more are.
        drawn = stream.random((most, len(model.regular), 3), dtype=np.float32)
        mine = number == nth
        numbers[:, mine] = drawn[:, home[mine]].transpose(2, 1, 0)
    return np.arange(most) < many[:, None], numbers


def keep_time(model: ModelState, met: NDArray[np.bool_]) -> None:
    """A fixed time becomes known week by week where it is kept, and is forgotten where it is not."""
    longest = max((laid.rule.regular for laid in model.institutions.notices), default=0)
    if longest:
        model.regular = np.clip(model.regular + np.where(met, 1, -1), 0, longest)
