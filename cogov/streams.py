"""Random draws that are addressed, not consumed.

Each decision has its own counter-based generator: Philox keyed by (seed, name of the decision), with
the week as the high word of the counter. One more draw in one decision changes nothing in another,
and the draws of week 40 do not depend on what happened in week 39.
"""

from __future__ import annotations

import hashlib

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
        self._keys: dict[str, np.ndarray] = {}

    def generator(self, decision: str, week: int = 0) -> np.random.Generator:
        """Return the generator of one decision in one week (the same draws at every call)."""
        key = self._keys.get(decision)
        if key is None:
            digest = hashlib.blake2b(f"{self.seed}/{decision}".encode(), digest_size=16).digest()
            key = self._keys[decision] = np.frombuffer(digest, dtype="<u8").astype(np.uint64)
        counter = np.array([0, 0, 0, week], dtype=np.uint64)
        return np.random.Generator(np.random.Philox(key=key, counter=counter))
