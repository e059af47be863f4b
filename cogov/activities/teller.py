"""What processes tell a trace of: all that they know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cogov.activities.cases import Rows
from cogov.activities.vocabulary import Activity


class Teller(Protocol):
    """Who is told what happens, `cogov.trace.Trace`, as processes see it."""

    def note(
        self,
        activity: Activity,
        rows: Rows,
        *,
        by: Any = "",
        line: NDArray[np.integer] | None = None,
        rule: Any = None,
        duty: str = "",
        hours: Any = 0.0,
        outcome: Any = "",
        value: Any = np.nan,
    ) -> None:
        """Something happened to issues."""

    def wait(self, rows: Rows, by: NDArray[np.integer]) -> None:
        """Issues wait for the hours of posts."""

    def lived(
        self, people: Rows, owner: Rows, rows: Rows, score: NDArray[np.float64], who: Sequence[str]
    ) -> None:
        """Residents lived through issues."""

    def asked(self, people: Rows, offered: NDArray[np.bool_]) -> None:
        """Residents were asked to take part."""

    def weighed(self, unit: int, terms: Mapping[str, float]) -> None:
        """A unit weighed what there is for it."""

    def project(
        self,
        activity: Activity,
        project: Any,
        *,
        by: str | int = "",
        rule: Any = None,
        duty: str = "",
        hours: float = 0.0,
        yuan: float = 0.0,
        outcome: str = "",
        value: float = np.nan,
    ) -> None:
        """Something happened to a project."""

    def appraised(self, of: str, rule: Any, by: str, score: NDArray[np.float64], black: Rows) -> None:
        """Units or firms were appraised."""

    def succeeded(self, neighbourhood: int, rule: Any, before: float, after: float) -> None:
        """Another secretary came."""

    def look(self, what: str) -> None:
        """Levels may have moved by something."""
