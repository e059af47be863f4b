"""What a process reads and writes, said where it is written.

The declaration is the first law as a check: a process that may not write satisfaction cannot. Names are
paths from the model: a part of the state (``issues``), a column (``residents.satisfaction``), or what lies in
the institutions (``institutions.ledger``); a part stands for all in it. `tests/processes/test_declared.py`
makes everything that is not named unwritable while the process runs, and notes what it looks at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

GIVEN = (
    "community",
    "places",
    "world",
    "above",
    "streams",
    "parameters",
    "week",
    "start",
    "shocks",
    "adopted",
    "trace",
)
"""What every process may look at: what is given, where the run stands, and whether what happens is followed
(`cogov.trace`: every process may add to that, and none reads it)."""


@dataclass(frozen=True)
class Declared:
    """What one process reads and writes."""

    name: str
    doc: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]


DECLARED: dict[str, Declared] = {}
"""All declared processes by name."""

type Run = Callable[[Any], None]


def process(*, reads: tuple[str, ...] = (), writes: tuple[str, ...] = ()) -> Callable[[Run], Run]:
    """Declare a process: what it reads beyond `GIVEN` and beyond what it writes, and what it writes."""

    def declare(run: Run) -> Run:
        doc = (run.__doc__ or "").strip().splitlines()[0]
        DECLARED[run.__name__] = Declared(run.__name__, doc, tuple(reads), tuple(writes))
        return run

    return declare
