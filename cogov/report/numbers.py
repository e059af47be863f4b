"""Numbers as a reader wants them: sensible digits, a unit, shares in per cent, a real minus sign."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cogov.figures.frames import decimals, signed
from cogov.outcomes.measures import MEASURES
from cogov.report.texts import phrase
from cogov.report.vocabulary import READABLE
from cogov.words import outcome_unit

DIGITS = 2
"""Significant digits of the largest change of an outcome; the others get as many decimals."""
DECIMALS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"share": (1, 2), "0-1": (3, 4), "weeks": (1, 2), "h/week": (1, 2), "yuan/week": (0, 0)}
)
"""Fewest and most decimals by unit, of per cent for shares."""
OTHERWISE = (0, 3)
MOST_DECIMALS = 6
"""Where fewer would show a difference that is clear as 0."""


@dataclass(frozen=True)
class Quantity:
    """How values of one outcome are written.

    Attributes
    ----------
    name, lang : str
    places : int
        Decimals, of per cent for shares.
    """

    name: str
    lang: str
    places: int

    @classmethod
    def of(cls, name: str, changes: Iterable[float], lang: str, visible: Iterable[float] = ()) -> Quantity:
        """Decimals that show the changes that are to be written, in the outcome's own unit.

        ``visible`` are values that must not be rounded to 0, such as ends of an interval that excludes it.
        """
        factor = 100 if _share(name) else 1
        fewest, most = DECIMALS.get(MEASURES[name].unit if name in MEASURES else "", OTHERWISE)
        places = min(max(decimals([value * factor for value in changes], DIGITS), fewest), most)
        small = [abs(value * factor) for value in visible if value and math.isfinite(value)]
        while small and places < MOST_DECIMALS and round(min(small), places) == 0:
            places += 1
        return cls(name, lang, places)

    @property
    def unit(self) -> str:
        """The unit of a level, for the head of a column; ``""`` if it has none."""
        return "%" if _share(self.name) else readable(outcome_unit(self.name, self.lang))

    @property
    def unit_of_change(self) -> str:
        return phrase("points", self.lang) if _share(self.name) else self.unit

    def level(self, value: float) -> str:
        """A level without its unit; a dash for what does not exist."""
        return plain(value * (100 if _share(self.name) else 1), self.places)

    def level_with_unit(self, value: float) -> str:
        """A level with its unit, if it has one."""
        if _share(self.name):
            return phrase("per_cent", self.lang, number=self.level(value))
        return phrase("with_unit", self.lang, number=self.level(value), unit=self.unit).strip()

    def bare(self, value: float) -> str:
        """A level beside another one that has the unit: per cent stay."""
        return self.level_with_unit(value) if _share(self.name) else self.level(value)

    def change(self, value: float) -> str:
        """A difference with its sign, without its unit."""
        return signed(value * (100 if _share(self.name) else 1), self.places)

    def change_with_unit(self, value: float) -> str:
        unit = self.unit_of_change
        if not unit:
            return self.change(value)
        return phrase("with_unit", self.lang, number=self.change(value), unit=unit)

    def interval(self, low: float, high: float) -> str:
        """Both ends of an interval of a difference; a dash if there is none."""
        if not (math.isfinite(low) and math.isfinite(high)):
            return "–"
        if low == high:
            return phrase("no_spread", self.lang)
        return phrase("range", self.lang, low=self.change(low), high=self.change(high))

    def sentence(self, difference: float, low: float, high: float) -> str:
        """The difference with its unit and, if there is one, its interval."""
        change = self.change_with_unit(difference)
        if not (math.isfinite(low) and math.isfinite(high)):
            return change
        if low == high:
            return phrase("without_spread", self.lang, change=change)
        return phrase("with_interval", self.lang, change=change, interval=self.interval(low, high))


def _share(name: str) -> bool:
    return name in MEASURES and MEASURES[name].unit == "share"


def readable(unit: str) -> str:
    """A unit as a sentence has it; an index from 0 to 1 has none."""
    return READABLE.get(unit, unit)


def plain(value: float, places: int = 0) -> str:
    """A number with thousands marked; a dash for what does not exist."""
    return f"{value:,.{places}f}".replace("-", "−") if math.isfinite(value) else "–"


def short(value: float) -> str:
    """About three digits; whole numbers as they are."""
    if not math.isfinite(value):
        return "–"
    return plain(value, 0 if float(value).is_integer() else decimals([value]))


def per_cent(value: float, lang: str) -> str:
    """A change in per cent with its sign: one decimal below ten."""
    return phrase("per_cent", lang, number=signed(value, 1 if abs(value) < 10 else 0))


def share(value: float, lang: str) -> str:
    """A share as whole per cent, never 0 or 100 unless it is."""
    if 0 < value < 0.005:
        return phrase("per_cent", lang, number="<1")
    if 0.995 <= value < 1:
        return phrase("per_cent", lang, number=">99")
    return phrase("per_cent", lang, number=plain(100 * value))


def chance(value: float, lang: str) -> str:
    """A probability from resampling, which is never 0 or 1."""
    return share(min(max(value, 1e-9), 1 - 1e-9), lang) if math.isfinite(value) else "–"


def probability(value: float) -> str:
    """A p-value: three decimals, and no more than they can say."""
    if not math.isfinite(value):
        return "–"
    return "<0.001" if value < 0.001 else f"{value:.3f}"
