"""Random draws that are addressed, not consumed.

Each decision has its own counter-based generator: Philox keyed by (seed, name of the decision), with
the week as the high word of the counter. One more draw in one decision changes nothing in another,
and the draws of week 40 do not depend on what happened in week 39.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np


class Streams:
    """Generators keyed by (seed, decision, week).

    Parameters
    ----------
    seed : int
        Seed of the run, any integer >= 0.
    """

    def __init__(self, seed: int) -> None:
        self.seed = int(seed)
        self._made: dict[str, tuple[np.random.Generator, Any]] = {}

    def generator(self, decision: str, week: int = 0) -> np.random.Generator:
        """Return the generator of one decision in one week: the same draws at every call.

        Each decision has one generator object, set to the start of the week asked for; so it serves one week
        at a time.
        """
        if decision not in self._made:
            digest = hashlib.blake2b(f"{self.seed}/{decision}".encode(), digest_size=16).digest()
            bits = np.random.Philox(key=np.frombuffer(digest, dtype="<u8").astype(np.uint64))
            self._made[decision] = np.random.Generator(bits), bits.state
        generator, start = self._made[decision]
        start["state"]["counter"][3] = week
        generator.bit_generator.state = start  # far faster than making another
        return generator
