"""Reasons (缘由): why two designs came out differently, from pairs of runs of the same world."""

from cogov.reasons.answer import Why, why

__all__ = ["Why", "why"]
