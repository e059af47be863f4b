"""What the runs of a study say: comparisons with their uncertainty."""

from cogov.analysis.attribute import (
    Attribution,
    attribute,
    attribute_along,
    coalition,
    coalitions,
    permutations,
    players,
)
from cogov.analysis.compare import compare
from cogov.analysis.contrasts import Contrast, contrast
from cogov.analysis.findings import Finding, judge
from cogov.analysis.gains import gains, losers, who_loses
from cogov.analysis.horizons import at_horizons
from cogov.analysis.pooled import Pooled, pooled
from cogov.analysis.precision import Replicates, half_widths, next_replicates, precision_reached
from cogov.analysis.sensitivity import morris, saltelli, screen, sobol

__all__ = [
    "Attribution",
    "Contrast",
    "Finding",
    "Pooled",
    "Replicates",
    "at_horizons",
    "attribute",
    "attribute_along",
    "coalition",
    "coalitions",
    "compare",
    "contrast",
    "gains",
    "half_widths",
    "judge",
    "losers",
    "morris",
    "next_replicates",
    "permutations",
    "players",
    "pooled",
    "precision_reached",
    "saltelli",
    "screen",
    "sobol",
    "who_loses",
]
