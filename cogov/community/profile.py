"""A community profile: validated numbers with their sources, and what is built from it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, Self

from cogov.community.build import Community, build
from cogov.community.described import Described
from cogov.community.quantities import Quantities
from cogov.community.tables import OUTSIDE, CompoundRow, UnitRow, read_compounds, read_units
from cogov.kit import resources
from cogov.kit.errors import ProfileError, shown, unknown
from cogov.sources import is_assumed

MOST_SHOWN = 200
"""Compounds of a table that `Profile.rows` lists."""
_TABLED = ("residents", "subdistricts", "neighbourhoods", "compounds", "old_share")
QUANTITIES = tuple(field.name for field in dataclasses.fields(Quantities))
NUMBERS = (*QUANTITIES, "scale")
"""What has a source."""
GIVEN = "given"
"""Source of a number that the user put in the place of a profile's."""


class Row(NamedTuple):
    """One number of a profile as shown to a reader."""

    key: str
    value: Any
    unit: str
    source: str
    doc: str


@dataclass(frozen=True, kw_only=True)
class Profile(Described):
    """A community as described, before a seed makes it one: numbers, named units, perhaps a table.

    Made by `load_community`, or by `from_mapping` from a composed configuration.
    """

    def __repr__(self) -> str:
        """In one line; `rows` has every number with its source."""
        size = (
            f"{self.residents:,} residents" if not self.table else f"a table of {len(self.table)} compounds"
        )
        times = f" x {self.scale}" if self.scale > 1 else ""
        return f"<Profile {self.name!r}: {size}, {self.neighbourhoods} neighbourhoods{times}>"

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any] | None, where: str = "") -> Self:
        """Build from a composed configuration.

        Parameters
        ----------
        values : mapping
            By key, ``{"value": ..., "source": ...}`` or the value alone, whose source is then "given";
            beside an assumed one perhaps ``"plausible": [low, high]`` (of a list, a factor on all of it).
            ``units`` is a list of units or the path of a CSV; ``table`` the path of a CSV of compounds, or
            its rows.
        where : str
            Put before every message.

        Raises
        ------
        ProfileError
            Listing every problem.
        """
        if not isinstance(values, Mapping):
            return super().from_mapping(values, where)
        plain: dict[str, Any] = {}
        sources: dict[str, str] = {}
        ranges: dict[str, tuple[float, float]] = {}
        place = f"{where}: " if where else ""
        for key, entry in values.items():
            sourced = isinstance(entry, Mapping) and "value" in entry
            plain[str(key)] = entry["value"] if sourced else entry
            if key in NUMBERS:
                sources[str(key)] = str(entry.get("source", GIVEN)) if sourced else GIVEN
                if sourced and "plausible" in entry:
                    ranges[str(key)] = _range(str(key), entry, place)
        if not isinstance(plain.get("table") or "", (str, Path, list)):
            raise ProfileError(f"{place}table = {shown(plain['table'])}: must be a CSV's path, or its rows")
        units, table = plain.pop("units", None), plain.pop("table", None)
        if table and (doubled := [key for key in _TABLED if sources.get(key) == GIVEN]):
            raise ProfileError(f"{place}{', '.join(doubled)}: the table {table} says it, leave it out")
        given = isinstance(units, (str, Path))
        rows = read_units(units) if given else _named_units(units or (), where)
        profile = super().from_mapping({**plain, "sources": sources, "ranges": ranges}, where)
        changes: dict[str, Any] = {"units": rows, "only_these_units": given or profile.only_these_units}
        if isinstance(table, list):  # as `plain` wrote them, with sources of their own
            changes["table"] = tuple(CompoundRow.from_mapping(row, f"{place}table") for row in table)
        elif table:
            compounds = read_compounds(table)
            changes |= {"table": compounds, **profile._described_by(compounds)}
            changes["sources"] = sources | dict.fromkeys(_TABLED, str(table))
            changes["ranges"] = {key: entry for key, entry in ranges.items() if key not in _TABLED}
        try:
            return replace(profile, **changes)
        except ProfileError as error:
            raise ProfileError("\n".join(place + line for line in str(error).splitlines())) from None

    def _described_by(self, table: tuple[CompoundRow, ...]) -> dict[str, Any]:
        """The numbers that a table of compounds settles: those of ``_TABLED``."""
        return {
            "residents": max(1, round(self.household_size * sum(row.households for row in table))),
            "subdistricts": len({row.subdistrict for row in table}),
            "neighbourhoods": len({row.neighbourhood for row in table}),
            "compounds": len(table),
            "old_share": sum(row.year_built < self.old_before for row in table) / len(table),
        }

    def rows(self) -> Iterator[Row]:
        """Every number with its unit, source and meaning, then the units and compounds that have a name."""
        for field in dataclasses.fields(Quantities):
            value, metadata = getattr(self, field.name), field.metadata
            yield Row(
                field.name, value, metadata["unit"], self.sources.get(field.name, GIVEN), metadata["doc"]
            )
        for row in self.units:
            place = row.neighbourhood if row.neighbourhood not in OUTSIDE else "outside"
            value = f"{row.kind}, rank {row.rank:g}, {place or 'inside'}"
            yield Row(f"units.{row.unit}", value, "", row.source, "joint-building unit")
        origin = self.sources.get("compounds", GIVEN)
        for compound in self.table[:MOST_SHOWN]:
            yield Row(f"table.{compound.compound}", compound.line(), "", origin, "compound")
        if len(self.table) > MOST_SHOWN:
            yield Row("table", f"and {len(self.table) - MOST_SHOWN:,} more", "", origin, "compounds")
        yield Row("scale", self.scale, "", self.sources.get("scale", GIVEN), "copies built")

    def with_(self, **numbers: Any) -> Self:
        """A profile with these numbers in the place of its own.

        Raises
        ------
        ProfileError
            If it has no such number, a table settles it, or it is out of its range.
        """
        for key in numbers:
            if key not in NUMBERS:
                raise ProfileError(unknown("number", key, NUMBERS, f"community {self.name}"))
            if self.table and key in _TABLED:
                raise ProfileError(f"community {self.name}: {key} is what its table of compounds says")
        return replace(
            self,
            **numbers,
            sources={**self.sources, **dict.fromkeys(numbers, GIVEN)},
            ranges={key: entry for key, entry in self.ranges.items() if key not in numbers},
        )

    def plain(self) -> dict[str, Any]:
        """The profile in plain values, from which `from_mapping` makes it again."""

        def listed(value: Any) -> Any:
            return [listed(entry) for entry in value] if isinstance(value, tuple) else value

        words = ("name", "zh", "summary", "summary_zh", "only_these_units")
        rows = {
            key: [
                {name: listed(entry) for name, entry in row.as_dict().items()} for row in getattr(self, key)
            ]
            for key in ("units", "table")
        }
        return {
            **{key: getattr(self, key) for key in words},
            **{
                key: {"value": listed(getattr(self, key)), "source": self.sources.get(key, GIVEN)}
                | ({"plausible": list(self.ranges[key])} if key in self.ranges else {})
                for key in NUMBERS
            },
            **rows,
        }

    def build(self, seed: int) -> Community:
        """Build the community; the same seed gives the same arrays to the bit.

        Parameters
        ----------
        seed : int
            Any integer from 0.
        """
        return build(self, seed)


def load_community(
    name_or_path: str | Path, *, config_dirs: Sequence[str | Path] = (), **overrides: Any
) -> Profile:
    """Load a community profile.

    Parameters
    ----------
    name_or_path : str or Path
        Name of a profile in ``configs/community``, or path of a CSV with a row per compound (columns:
        `cogov.community.tables.CompoundRow`). What a table does not say (how trusting people are, how
        many ties they have, what a committee can do ...) is taken from ``wuliqiao``, without the firms
        and units that have a name there.
    config_dirs : sequence of str or Path
        Further folders laid out like ``configs/``.
    **overrides
        Numbers put in the place of the profile's, ``scale``, or ``units`` (path of a CSV of units).

    Raises
    ------
    CogovError
        If there is no such profile, or anything in it is wrong; every problem is listed.

    Examples
    --------
    >>> profile = load_community("small", elder_share=0.5)
    >>> community = profile.build(seed=1)
    >>> len(community.places.compounds)
    6
    """
    name = str(name_or_path)
    folders = [Path(folder) for folder in config_dirs]
    if not name.endswith(".csv"):
        return Profile.from_mapping(
            {**resources.compose_group("community", name, folders), **overrides}, name
        )
    values = {
        key: {**entry, "source": f"wuliqiao ({entry['source']})"} if isinstance(entry, dict) else entry
        for key, entry in resources.compose_group("community", "wuliqiao", folders).items()
    }
    absent = {"value": [], "source": f"{name} does not say"}
    values |= {"name": Path(name).stem, "zh": "", "table": name}
    values |= {"summary": f"The compounds of {name}.", "summary_zh": f"{name} 中的小区。"}
    values |= {"units": [], "founding_firms": absent, "lifts_built": {**absent, "value": 0}}
    return Profile.from_mapping({**values, **overrides}, name)


def _range(key: str, entry: Mapping[str, Any], place: str) -> tuple[float, float]:
    """The range that a profile states beside a number."""
    value, source = entry["plausible"], str(entry.get("source", GIVEN))
    numbers = isinstance(value, (list, tuple)) and len(value) == 2
    if not numbers or not all(isinstance(end, (int, float)) and math.isfinite(end) for end in value):
        raise ProfileError(f"{place}{key}.plausible = {shown(value)}: must be two numbers, [low, high]")
    if key not in QUANTITIES or not is_assumed(source):
        raise ProfileError(
            f"{place}{key}.plausible = {shown(value)}: only a number whose source begins with 'assumed' has"
            f" one, not one with the source {shown(source)}"
        )
    return value[0], value[1]


def _named_units(entries: Any, where: str) -> tuple[UnitRow, ...]:
    """Units listed in a profile: name, kind, rank, inside (true or false), hours, source."""
    place = f"{where}: units" if where else "units"
    if not isinstance(entries, (list, tuple)):
        raise ProfileError(f"{place} must be a list of units or the path of a CSV, not {shown(entries)}")
    rows, problems = [], []
    for entry in entries:
        values = dict(entry) if isinstance(entry, Mapping) else entry
        if isinstance(values, dict):
            values["unit"] = values.pop("name", values.get("unit", ""))
            if values.pop("inside", True) is False:
                values["neighbourhood"] = ""
        try:
            rows.append(UnitRow.from_mapping(values, place))
        except ProfileError as error:
            problems.append(str(error))
    if problems:
        raise ProfileError("\n".join(problems))
    return tuple(rows)
