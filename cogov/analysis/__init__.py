"""What the runs of a study say: comparisons with their uncertainty."""

from cogov.analysis.compare import compare

__all__ = ["compare"]
