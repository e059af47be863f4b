"""What the documents name, row by row, and which mechanism stands for it (制度清单)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from cogov.kit.reading import read_text
from cogov.kit.resources import shipped

FILE = "institutions.csv"
CORE = "core"
"""In place of a mechanism: what every design has, because places, people and organisations have it."""


@dataclass(frozen=True)
class Institution:
    """One institution, role or place that a document names.

    Attributes
    ----------
    number : str
        Of the document and of the row: ``"1.17"``.
    seed : str
        The document.
    kind : str
        ``inst`` or ``place``.
    words : str
        As the document has it.
    what : str
    by : tuple of str
        Mechanisms that stand for it, or ``core``; empty if nothing does.
    missing : str
        What the words require and nothing has; of what nothing stands for, why.
    """

    number: str
    seed: str
    kind: str
    words: str
    what: str
    by: tuple[str, ...]
    missing: str

    @property
    def covered(self) -> str:
        """``yes``, ``partly`` or ``no``."""
        if not self.by:
            return "no"
        return "partly" if self.missing else "yes"


@cache
def institutions() -> tuple[Institution, ...]:
    """All of them, document by document."""
    rows = csv.DictReader(read_text(shipped("configs") / FILE).splitlines())
    return tuple(Institution(by=tuple(row.pop("by").split()), **row) for row in rows)
