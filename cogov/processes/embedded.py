"""Embedded (嵌入): how much one's neighbours are to one, against one's own ways."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.community.ties import FULL
from cogov.processes.model_state import ModelState

TINY = np.finfo(np.float32).tiny


def embedded(model: ModelState, tied: NDArray[np.int32]) -> NDArray[np.float32]:
    """How far people are embedded among neighbours (嵌入), by strength of ties, in [0, 1): 0 without any."""
    return of_all_ties(model, tied, tied)


def of_all_ties(model: ModelState, some: NDArray[np.int32], tied: NDArray[np.int32]) -> NDArray[np.float32]:
    """What some ties of people are, by strength, of all and of themselves, in [0, 1).

    One's own ways weigh as much as ties of strength `bond.circle`: who knows few is moved by few.
    """
    whole = tied.astype(np.float32)
    whole += np.float32(model.parameters.bond.circle * FULL)
    np.maximum(whole, TINY, out=whole)
    return np.asarray(some.astype(np.float32) / whole)
