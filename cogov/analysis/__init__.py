"""What the runs of a study say: comparisons with their uncertainty."""

from cogov.analysis.compare import compare
from cogov.analysis.gains import gains, losers, who_loses
from cogov.analysis.precision import Replicates, half_widths, next_replicates, precision_reached

__all__ = [
    "Replicates",
    "compare",
    "gains",
    "half_widths",
    "losers",
    "next_replicates",
    "precision_reached",
    "who_loses",
]
