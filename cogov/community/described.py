"""What builders know of a community before it is built: its numbers, named units, perhaps a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cogov.community.quantities import Quantities
from cogov.community.tables import MOST, OUTSIDE, CompoundRow, UnitRow
from cogov.kit.errors import shown, unknown
from cogov.kit.fields import name_fault, param

MOST_RESIDENTS = 50_000_000
MOST_TIES = 2**31 - 1
"""Ties and the places for new ones are numbered in 32 bits; each stands with both who have it."""


@dataclass(frozen=True, kw_only=True)
class Described(Quantities):
    """A community as described: numbers, named units, perhaps a table; what builders read."""

    name: str = param(doc="name of the community")
    zh: str = param("", doc="Chinese name")
    summary: str = param("", doc="one sentence")
    summary_zh: str = param("", doc="the same in Chinese")
    scale: int = param(1, low=1, high=MOST, doc="copies of neighbourhoods, firms, units, department hours")
    units: tuple[UnitRow, ...] = param((), doc="joint-building units by name")
    only_these_units: bool = param(False, doc="whether unit_rates adds no further units")
    table: tuple[CompoundRow, ...] = param((), doc="compounds row by row; empty: drawn from the numbers")
    sources: Mapping[str, str] = param(doc="where each number is from, by key")
    ranges: Mapping[str, tuple[float, float]] = param(
        doc="in which range assumed numbers may well lie, by key, where it is said; of a list, a factor"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        further = 0.0 if self.only_these_units else sum(self.unit_rates) * self.neighbourhoods
        numbers = {
            "residents": (self.residents, MOST_RESIDENTS),
            "compounds": (self.compounds, MOST),
            "units": (round(len(self.units) + further), MOST),
            "ties": (round(self.residents * (self.tie_degree + self.tie_spare)), MOST_TIES),
        }
        problems = [
            f"{self.title()}.scale = {self.scale}: {number:,} {what} times the scale must be at most {most:,}"
            for what, (number, most) in numbers.items()
            if number * self.scale > most
        ]
        if fault := name_fault(self.name):
            problems.append(f"{self.title()}.name = {shown(self.name)}: {fault}")
        problems += [fault for key in self.ranges if (fault := self._outside(key))]
        problems += self._misplaced()
        if problems:
            raise self.error("\n".join(problems))

    def _outside(self, key: str) -> str:
        """The complaint about a range; "" if none."""
        field = type(self).__dataclass_fields__[key]
        low, high = self.ranges[key]
        value, limits = getattr(self, key), (field.metadata["low"], field.metadata["high"])
        where = f"{self.title()}.{key}: plausible = [{low:g}, {high:g}]"
        if isinstance(value, tuple):
            return "" if 0 <= low <= 1 <= high and low < high else f"{where}: must be a factor, with 1 in it"
        if not (limits[0] <= low < high <= limits[1]):
            return f"{where}: must be two numbers from {limits[0]:g} to {limits[1]:g}, the lower first"
        return "" if low <= value <= high else f"{where}: must have {value:g} in it, which is the value"

    def _misplaced(self) -> Iterator[str]:
        """Complaints about units in places that there are not."""
        subdistricts, inside = self.subdistrict_names(), self.neighbourhood_names()
        home = dict(zip(inside, self.subdistrict_of(), strict=True))
        for row in self.units:
            place, around = row.neighbourhood, row.subdistrict
            if place is not None and place not in (*OUTSIDE, *inside):
                yield unknown("neighbourhood", place, inside, f"unit {row.unit!r} ({row.source})")
            elif around and around not in subdistricts:
                yield unknown("subdistrict", around, subdistricts, f"unit {row.unit!r} ({row.source})")
            elif around and place in home and subdistricts[home[place]] != around:
                yield (
                    f"unit {row.unit!r} ({row.source}): subdistrict = {shown(around)}, but neighbourhood"
                    f" {shown(place)} is in {shown(subdistricts[home[place]])}"
                )

    def subdistrict_names(self) -> list[str]:
        """Names of the subdistricts, in order; a single one without a name is called like the community."""
        named = list(dict.fromkeys(row.subdistrict for row in self.table if row.subdistrict))
        if named or self.subdistricts == 1:
            return named or [self.name]
        return [f"S{number:02d}" for number in range(1, self.subdistricts + 1)]

    def neighbourhood_names(self) -> list[str]:
        """Names of the neighbourhoods before scaling, in order."""
        if self.table:
            return list(dict.fromkeys(row.neighbourhood for row in self.table))
        return [f"N{number:02d}" for number in range(1, self.neighbourhoods + 1)]

    def subdistrict_of(self) -> list[int]:
        """The subdistrict of each of these neighbourhoods: as a table says, else equal parts in order."""
        if self.table:
            around = {row.neighbourhood: row.subdistrict for row in self.table}
            names = list(dict.fromkeys(around.values()))
            return [names.index(name) for name in around.values()]
        return [number * self.subdistricts // self.neighbourhoods for number in range(self.neighbourhoods)]

    def neighbourhoods_by_subdistrict(self) -> list[int]:
        """How many neighbourhoods each subdistrict has once built."""
        around = self.subdistrict_of()
        return [self.scale * around.count(number) for number in range(self.subdistricts)]
