"""What is known of one thing, or of all of a kind, in plain values: for a terminal, as JSON, as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cogov.kit.typed import word

if TYPE_CHECKING:
    from rich.table import Table

type Row = dict[str, Any]
type Dirs = Sequence[Path]


@dataclass(frozen=True)
class Shown:
    """What is known of one thing.

    Attributes
    ----------
    about : dict
        Facts on the whole.
    tables : dict of list of dict
        Rows, by what they are rows of; may be empty.
    screen : callable
        Gives the lines and tables that a terminal shows.
    """

    about: Row
    screen: Callable[[], Sequence[Table | str]]
    tables: Mapping[str, list[Row]] = field(default_factory=dict)

    def to_json(self) -> str:
        """One JSON object: the facts, then an array for each table."""
        return _json({**self.about, **self.tables})

    def to_csv(self) -> str:
        """The rows; with a column ``part`` if there are tables of several kinds, of the facts if of none."""
        if not self.tables:
            return to_csv([self.about])
        if len(self.tables) == 1:
            return to_csv(next(iter(self.tables.values())))
        return to_csv([{"part": part, **row} for part, rows in self.tables.items() for row in rows])


def to_json(rows: Sequence[Row]) -> str:
    """Rows as one JSON array."""
    return _json(rows)


def to_csv(rows: Sequence[Row]) -> str:
    """Rows under a head of all their keys; lists and mappings as they are written in YAML."""
    text = io.StringIO()
    head = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(text, head, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: "" if value is None else word(value) for key, value in row.items()})
    return text.getvalue().removesuffix("\n")


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False)
