"""Claims about conditions: runs of one design where a number of the community or of a process differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cogov.analysis.intervals import Array
from cogov.claims.book import Claim
from cogov.study.stored import StoredStudy

type Levelled = Mapping[str, tuple[Array, Array]]
"""By the path that varies: the outcome by replicate at its first level, and at its second."""


def points(claim: Claim, fixed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is run: each number of the claim at its two levels, the others half-way between theirs."""
    middle = {path: _between(*levels) for path, levels in claim.varies.items()}
    return [{**fixed, **middle, path: level} for path, levels in claim.varies.items() for level in levels]


def asked(claim: Claim, fixed: Mapping[str, Any]) -> dict[str, Any]:
    """What a study of it is asked, with some numbers held: plan and outcomes."""
    return {
        "plan": {"kind": "list", "points": points(claim, fixed)},
        "outcomes": tuple(dict.fromkeys((claim.outcome, *claim.also, "cost"))),
    }


def values_at(stored: StoredStudy, claim: Claim) -> Levelled:
    """The claim's outcome by replicate at both levels of each number, in the design that it names."""
    runs = stored.runs[stored.runs["design"] == claim.before().name].sort_values("replicate")
    found = {}
    for path, levels in claim.varies.items():
        there = runs
        for other, ends in claim.varies.items():
            if other != path:
                there = there[there[other] == _between(*ends)]
        low, high = (there.loc[there[path] == level, claim.outcome].to_numpy(dtype=float) for level in levels)
        found[path] = (low, high)
    return found


def _between(low: float, high: float) -> float:
    return (low + high) / 2
