"""Tables that a user brings: compounds and joint-building units as CSV.

The columns are declared as `Parameters`, so a table is checked against the same ranges as any other
input, and every problem of a file is reported at once, by line and column.
"""

from __future__ import annotations

import dataclasses
import typing
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from cogov.kit.errors import CogovError, ProfileError, nearest, shown
from cogov.kit.fields import Parameters, check_value, param
from cogov.kit.reading import read_table
from cogov.terms import Service, UnitKind

OUTSIDE = ("", "outside")
"""What stands under ``neighbourhood`` for a unit outside the community."""
MOST = 32_767
"""Compounds, firms and units are numbered in 16 bits; a table of them has no more rows."""
MOST_PROBLEMS = 100
"""Listed of one table."""
WORDS = {
    **dict.fromkeys(("yes", "y", "true", "1", "是", "有"), True),
    **dict.fromkeys(("no", "n", "false", "0", "否", "无", "没有"), False),
}
"""What stands for yes and for no."""


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
    owners_committee: bool = param(doc="whether it has an owners' committee: yes or no, 是 or 否")
    elder_share: float | None = param(None, low=0, high=1, doc="share of residents aged 60 and over")
    child_share: float | None = param(None, low=0, high=1, doc="share of residents under 12")
    party_share: float | None = param(None, low=0, high=1, doc="share of party members")
    lifts: int | None = param(None, low=0, high=100_000, doc="buildings with a lift")
    subdistrict: str | None = param(None, doc="name of its subdistrict; in no line: all are one subdistrict")

    def line(self) -> str:
        """What the row says, in one line."""
        shares = {"elders": self.elder_share, "children": self.child_share, "party": self.party_share}
        words = [
            *([self.subdistrict] if self.subdistrict else []),
            self.neighbourhood,
            f"{self.households:,} households",
            f"built {self.year_built}",
            f"{self.storeys} storeys",
            f"fee {self.fee:g}",
            self.property_firm or "no property firm",
            "owners' committee" if self.owners_committee else "no owners' committee",
            *(f"{name} {share:g}" for name, share in shares.items() if share is not None),
            *([f"{self.lifts} lifts"] if self.lifts is not None else []),
        ]
        return ", ".join(words)


@dataclass(frozen=True, kw_only=True)
class UnitRow(Parameters):
    """One joint-building unit that has a name."""

    error: ClassVar[type[CogovError]] = ProfileError

    unit: str = param(doc="name of the unit, once in the table")
    kind: str = param(choices=UnitKind.labels(), doc="kind of unit")
    rank: float = param(
        low=-1,
        high=3,
        unit="rungs",
        doc="administrative rank: neighbourhood -1, subdistrict 0, district 1, city 2, nation 3",
    )
    neighbourhood: str | None = param(
        None, doc="name of its neighbourhood; empty or 'outside': outside the community; None: any inside"
    )
    subdistrict: str | None = param(
        None,
        doc="name of the subdistrict it is in or, from outside, works with; None: as it comes",
    )
    hours: tuple[float, ...] | None = param(
        None,
        low=0,
        high=10_000,
        unit="h/week",
        doc="hours at full engagement, by Service; None: usual for its kind",
    )
    heads: int | None = param(
        None, low=0, high=1_000_000, unit="people", doc="people by day; empty or None: usual for its kind"
    )
    source: str = param("given", doc="where it is from")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.hours is not None and len(self.hours) != len(Service):
            raise self.error(f"unit.hours = {list(self.hours)}: must have {len(Service)} entries")

    @classmethod
    def title(cls) -> str:
        """The name used in messages."""
        return "unit"


def read_compounds(path: str | Path) -> tuple[CompoundRow, ...]:
    """Read a table of compounds, ordered so that those of one subdistrict and neighbourhood stand together.

    Parameters
    ----------
    path : str or Path
        CSV in UTF-8 or GBK with the columns of `CompoundRow`; those with a default may be missing or empty.

    Raises
    ------
    ProfileError
        Listing every problem with file, line, column, value and what is allowed.
    """
    fields = {declared.name: declared for declared in dataclasses.fields(CompoundRow)}
    required = [name for name, declared in fields.items() if declared.default is dataclasses.MISSING]
    table = _Table.read(Path(path), list(fields), required)
    table.parse(CompoundRow, may_be_empty="property_firm")
    for line, values in table.values.items():
        elder, child = values.get("elder_share") or 0, values.get("child_share") or 0
        if elder + child > 1:
            rest = f"must be at most {1 - elder:g} beside an elder_share of {elder:g}"
            table.complain(line, "child_share", f"'{child:g}'", rest)
    table.once("compound")
    table.nested("neighbourhood", "subdistrict")
    rows = [CompoundRow(**values) for values in table.checked()]
    places: dict[str | None, dict[str, list[CompoundRow]]] = {}
    for row in rows:
        places.setdefault(row.subdistrict, {}).setdefault(row.neighbourhood, []).append(row)
    return tuple(row for inside in places.values() for together in inside.values() for row in together)


def read_units(path: str | Path) -> tuple[UnitRow, ...]:
    """Read a table of joint-building units.

    Parameters
    ----------
    path : str or Path
        CSV in UTF-8 or GBK with the columns ``unit, kind, rank, neighbourhood``, perhaps ``subdistrict`` and
        ``heads``, and one of weekly hours for each `cogov.terms.Service` that any unit offers; an empty cell
        is none.

    Raises
    ------
    ProfileError
        Listing every problem with file, line, column, value and what is allowed.
    """
    required, services = ["unit", "kind", "rank", "neighbourhood"], Service.labels()
    table = _Table.read(Path(path), [*required, "subdistrict", "heads", *services], required)
    table.parse(UnitRow, may_be_empty="neighbourhood")
    limits = UnitRow.__dataclass_fields__["hours"].metadata
    for line, texts in table.texts.items():
        hours = []
        for label in services:
            text = texts.get(label) or "0"
            value, complaint = check_value(_number(text), float, limits)
            if complaint:
                table.complain(line, label, shown(text), complaint)
            hours.append(value)
        table.values[line]["hours"] = tuple(hours)
    table.once("unit")
    return tuple(UnitRow(**values, source=str(path)) for values in table.checked())


@dataclass
class _Table:
    """A CSV on its way from text to values, with all complaints about it so far."""

    path: Path
    texts: dict[int, dict[str, str]]
    """stripped cells by column, by line"""
    problems: list[str]
    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    """values by name, by line; a wrong cell has none"""

    @classmethod
    def read(cls, path: Path, allowed: list[str], required: list[str]) -> _Table:
        first, header, lines = read_table(path, allowed, MOST, ProfileError)
        if not header:
            raise ProfileError(f"{path}: is empty; needs the columns {', '.join(required)}")
        place = f"{path}, line {first}"
        problems = [
            f"{place}: unknown column {shown(name)}{nearest(name, allowed)} (allowed: {', '.join(allowed)})"
            for name in header
            if name not in allowed
        ]
        problems += [f"{place}: column {name!r} is missing" for name in required if name not in header]
        problems += [f"{place}: column {n!r} stands there twice" for n, k in Counter(header).items() if k > 1]
        if not lines:
            problems.append(f"{path}: has no rows below its header")
        texts = {}
        for line, cells in lines.items():
            if len(cells) == len(header):
                texts[line] = {
                    name: text for name, text in zip(header, cells, strict=True) if name in allowed
                }
            else:
                problems.append(
                    f"{path}, line {line}: has {len(cells)} cells where the header has {len(header)}"
                )
        return cls(path, texts, problems)

    def complain(self, line: int, column: str, value: str, complaint: str) -> None:
        self.problems.append(f"{self.path}, line {line}, column {column}: {value} {complaint}")

    def parse(self, kind: type[Parameters], may_be_empty: str) -> None:
        """Turn the cells of the columns that ``kind`` declares into values."""
        hints = typing.get_type_hints(kind)
        fields = {declared.name: declared for declared in dataclasses.fields(kind)}
        for line, texts in self.texts.items():
            values = self.values[line] = {}
            for name in texts:
                if name in fields:
                    empty = name == may_be_empty
                    value, complaint = _value(texts[name], fields[name], hints[name], empty)
                    if complaint:
                        self.complain(line, name, shown(texts[name]), complaint)
                    else:
                        values[name] = value

    def once(self, column: str) -> None:
        """Complain about names that stand on several lines of a column."""
        lines: dict[str, list[str]] = {}
        for line, texts in self.texts.items():
            lines.setdefault(texts.get(column, ""), []).append(str(line))
        for name, places in lines.items():
            if name and len(places) > 1:
                places = places if len(places) < 10 else [*places[:9], "..."]
                place = f"{self.path}, lines {', '.join(places)}, column {column}"
                self.problems.append(f"{place}: {shown(name)} must stand on one line only")

    def nested(self, inner: str, outer: str) -> None:
        """Complain about names of ``inner`` under two of ``outer``; all lines name that one, or none does."""
        if not any(texts.get(outer) for texts in self.texts.values()):
            return
        found: dict[str, str] = {}
        for line, texts in self.texts.items():
            within, name = texts.get(outer, ""), texts.get(inner, "")
            if not within:
                self.complain(line, outer, "''", "must not be empty where other lines name one")
            elif found.setdefault(name, within) != within:
                what = f"must be {shown(found[name])}, in which {inner} {shown(name)} is on a line above"
                self.complain(line, outer, shown(within), what)

    def checked(self) -> Iterator[dict[str, Any]]:
        """The values of each line, if there was nothing to complain about."""
        if self.problems:
            more = len(self.problems) - MOST_PROBLEMS
            listed = self.problems[:MOST_PROBLEMS] + ([f"{self.path}: and {more:,} more"] if more > 0 else [])
            raise ProfileError("\n".join(listed))
        return iter(self.values.values())


def _value(
    text: str, declared: dataclasses.Field[Any], annotation: Any, may_be_empty: bool
) -> tuple[Any, str]:
    """The value of a cell and the complaint about it ("" if none)."""
    if text == "" and not may_be_empty:
        return None, "" if declared.default is None else "must not be empty"
    if annotation is bool:
        return WORDS.get(text.lower()), "" if text.lower() in WORDS else "must be yes or no (是 or 否)"
    textual = annotation is str or may_be_empty
    return check_value(text if textual else _number(text), annotation, declared.metadata)


def _number(text: str) -> float | str:
    if "_" in text:  # a number for Python only
        return text
    try:
        return float(text)
    except ValueError:
        return text
