"""Studies: designs compared over parameters and replicates; run by an engine, kept in a store."""

from cogov.study.cell import Cell, RunResult
from cogov.study.execute import execute
from cogov.study.plan import Plan
from cogov.study.study import Condition, Study

__all__ = ["Cell", "Condition", "Plan", "RunResult", "Study", "execute"]
