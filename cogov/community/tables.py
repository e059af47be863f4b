"""Tables that a user brings: compounds and joint-building units as CSV.

The columns are declared as `Parameters`, so a table is checked against the same ranges as any other
input, and every problem of a file is reported at once, by line and column.
"""

from __future__ import annotations

import dataclasses
import typing
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from cogov.errors import CogovError, ProfileError, nearest
from cogov.fields import Parameters, check_value, param
from cogov.terms import Service, UnitKind

OUTSIDE = ("", "outside")
"""What stands under ``neighbourhood`` for a unit outside the subdistrict."""


@dataclass(frozen=True, kw_only=True)
class CompoundRow(Parameters):
    """One line of a table of compounds."""

    error: ClassVar[type[CogovError]] = ProfileError

    compound: str = param(doc="name of the compound, once in the table")
    neighbourhood: str = param(doc="name of its neighbourhood")
    households: int = param(low=1, high=1_000_000, doc="households")
    year_built: int = param(low=1850, high=2100, unit="year", doc="year built")
    storeys: int = param(low=1, high=100, doc="storeys of its buildings")
    fee: float = param(low=0, high=100, unit="yuan/m2/month", doc="property fee")
    property_firm: str = param(doc="name of its property firm; empty: none")
    owners_committee: bool = param(doc="whether it has an owners' committee: yes or no")
    elder_share: float | None = param(None, low=0, high=1, doc="share of residents aged 60 and over")
    child_share: float | None = param(None, low=0, high=1, doc="share of residents under 12")
    party_share: float | None = param(None, low=0, high=1, doc="share of party members")
    lifts: int | None = param(None, low=0, high=100_000, doc="buildings with a lift")


@dataclass(frozen=True, kw_only=True)
class UnitRow(Parameters):
    """One joint-building unit that has a name."""

    error: ClassVar[type[CogovError]] = ProfileError

    unit: str = param(doc="name of the unit, once in the table")
    kind: str = param(choices=UnitKind.labels(), doc="kind of unit")
    rank: float = param(low=0, high=10, unit="rungs", doc="administrative rank above the subdistrict")
    neighbourhood: str | None = param(
        None, doc="name of its neighbourhood; empty or 'outside': outside the subdistrict; None: any inside"
    )
    hours: tuple[float, ...] | None = param(
        None,
        low=0,
        high=10_000,
        unit="h/week",
        doc="hours at full engagement, by Service; None: usual for its kind",
    )
    source: str = param("assumed", doc="where it is from")


def read_compounds(path: str | Path) -> tuple[CompoundRow, ...]:
    """Read a table of compounds, ordered so that compounds of one neighbourhood stand together.

    Parameters
    ----------
    path : str or Path
        CSV in UTF-8 with the columns of `CompoundRow`; those with a default may be missing or empty.

    Raises
    ------
    ProfileError
        Listing every problem with file, line, column, value and what is allowed.
    """
    path = Path(path)
    lines = _read(path, {field.name: field for field in dataclasses.fields(CompoundRow)})
    problems: list[str] = []
    rows: list[CompoundRow] = []
    for number, texts in lines.items():
        values = _parse(path, number, texts, CompoundRow, problems, may_be_empty=("property_firm",))
        elder, child = values.get("elder_share"), values.get("child_share")
        if elder is not None and child is not None and elder + child > 1:
            problems.append(
                f"{path}, line {number}, columns elder_share and child_share:"
                f" {elder:g} + {child:g} must be at most 1"
            )
        if len(values) == len(texts):
            rows.append(CompoundRow(**values))
    _duplicates(path, "compound", lines, problems)
    if problems:
        raise ProfileError("\n".join(problems))
    order = {name: place for place, name in enumerate(dict.fromkeys(row.neighbourhood for row in rows))}
    return tuple(sorted(rows, key=lambda row: order[row.neighbourhood]))


def read_units(path: str | Path) -> tuple[UnitRow, ...]:
    """Read a table of joint-building units.

    Parameters
    ----------
    path : str or Path
        CSV in UTF-8 with the columns ``unit, kind, rank, neighbourhood`` and one of weekly hours for
        each `cogov.terms.Service` that any unit offers; empty hours are none.

    Raises
    ------
    ProfileError
        Listing every problem with file, line, column, value and what is allowed.
    """
    path = Path(path)
    fields = {field.name: field for field in dataclasses.fields(UnitRow)}
    hours = fields["hours"].metadata
    columns = {name: fields[name] for name in ("unit", "kind", "rank", "neighbourhood")}
    services = {label: param(0.0, **hours) for label in Service.labels()}
    lines = _read(path, columns | services, required=tuple(columns))
    problems: list[str] = []
    rows: list[UnitRow] = []
    for number, texts in lines.items():
        head = {name: text for name, text in texts.items() if name in columns}
        values = _parse(path, number, head, UnitRow, problems, may_be_empty=("neighbourhood",))
        offered = []
        for label in Service.labels():
            text = texts.get(label, "") or "0"
            value, complaint = check_value(_number(text), float, hours)
            if complaint:
                problems.append(f"{path}, line {number}, column {label}: {text!r} {complaint}")
            offered.append(value)
        if len(values) == len(columns):
            rows.append(UnitRow(**values, hours=tuple(offered), source=str(path)))
    _duplicates(path, "unit", lines, problems)
    if problems:
        raise ProfileError("\n".join(problems))
    return tuple(rows)


def _read(
    path: Path, columns: Mapping[str, Any], required: tuple[str, ...] = ()
) -> dict[int, dict[str, str]]:
    """Read a CSV as text: stripped cells by column, by line number."""
    required = required or tuple(n for n, field in columns.items() if field.default is dataclasses.MISSING)
    try:
        frame = pd.read_csv(
            path,
            dtype=str,
            keep_default_na=False,
            encoding="utf-8-sig",
            skip_blank_lines=False,
            index_col=False,
        )
    except FileNotFoundError:
        raise ProfileError(f"{path}: there is no such file") from None
    except OSError as error:
        raise ProfileError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ProfileError(f"{path}: is not UTF-8 text ({error.reason} at byte {error.start})") from None
    except pd.errors.EmptyDataError:
        raise ProfileError(f"{path}: is empty; needs the columns {', '.join(required)}") from None
    except pd.errors.ParserError as error:
        raise ProfileError(f"{path}: is not a table: {' '.join(str(error).split())}") from None
    frame.columns = frame.columns.str.strip()
    problems = [
        f"{path}, line 1: unknown column {name!r}{nearest(name, columns)} (allowed: {', '.join(columns)})"
        for name in frame.columns
        if name not in columns
    ]
    problems += [
        f"{path}, line 1: column {name!r} is missing" for name in required if name not in frame.columns
    ]
    if problems:
        raise ProfileError("\n".join(problems))
    rows = frame.fillna("").to_dict("records")
    lines = {
        number: {str(name): str(cell).strip() for name, cell in row.items()}
        for number, row in enumerate(rows, start=2)
        if any(str(cell).strip() for cell in row.values())
    }
    if not lines:
        raise ProfileError(f"{path}: has no rows below its header")
    return lines


def _parse(
    path: Path,
    number: int,
    texts: Mapping[str, str],
    kind: type[Parameters],
    problems: list[str],
    may_be_empty: tuple[str, ...],
) -> dict[str, Any]:
    """Turn the cells of a line into values, adding complaints; a wrong cell has no value."""
    hints = typing.get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    values: dict[str, Any] = {}
    for name, text in texts.items():
        field, annotation = fields[name], hints[name]
        value: Any = text
        complaint = ""
        if text == "" and field.default is None and name not in may_be_empty:
            value = None
        elif annotation is bool:
            value = {"yes": True, "no": False}.get(text.lower())
            complaint = "" if value is not None else "must be yes or no"
        elif annotation is str or name in may_be_empty:
            complaint = "must not be empty" if text == "" and name not in may_be_empty else ""
        else:
            value = _number(text)
        if not complaint:
            value, complaint = check_value(value, annotation, field.metadata)
        if complaint:
            problems.append(f"{path}, line {number}, column {name}: {text!r} {complaint}")
        else:
            values[name] = value
    return values


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _duplicates(path: Path, column: str, lines: Mapping[int, Mapping[str, str]], problems: list[str]) -> None:
    """Complain about names that stand on several lines."""
    counts = Counter(texts[column] for texts in lines.values())
    for name, count in counts.items():
        if name and count > 1:
            where = ", ".join(str(number) for number, texts in lines.items() if texts[column] == name)
            problems.append(f"{path}, lines {where}, column {column}: {name!r} must stand on one line only")
