"""Studies: designs on a community over replicates with common seeds, in parallel, kept as Parquet."""

from cogov.study.plan import StudyConfig, compose_study
from cogov.study.run import run_study
from cogov.study.store import Study, check_writable, read_study, write_study

__all__ = [
    "Study",
    "StudyConfig",
    "check_writable",
    "compose_study",
    "read_study",
    "run_study",
    "write_study",
]
