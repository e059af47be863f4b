"""Assumptions: every assumed number that a run depends on, and in which range it may well lie.

Nine in ten numbers are assumed: nobody has measured them. Each says its plausible range where it is declared
(`cogov.kit.fields.param`), or in a profile beside its value; here they are put together for the designs,
the community and the processes of a run.
"""

from __future__ import annotations

import dataclasses
import math
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from cogov.community import Profile
from cogov.community.profile import QUANTITIES
from cogov.kit.fields import Parameters
from cogov.mechanisms.base import Mechanism
from cogov.processes import Processes
from cogov.rules import Design
from cogov.sources import is_assumed
from cogov.terms import Kind

if TYPE_CHECKING:
    import pandas as pd

KEPT: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "community.household_sizes",
            "community.adult_split",
            "community.elder_split",
            "community.tie_places",
            "processes.tasks.mix",
            *(f"processes.arise.{kind.label}.levels" for kind in Kind),
        ),
        "shares that add up to 1",
    ),
    **dict.fromkeys(
        (
            "community.branch_weights",
            "community.in_service_weights",
            "community.skill_weights",
            "community.volunteer_weights",
        ),
        "counts only relative to each other",
    ),
    **dict.fromkeys(
        (
            "community.subdistricts",
            "community.old_before",
            "community.years_old",
            "community.years_new",
            "community.storeys_old",
            "community.storeys_new",
            "community.flats_per_floor_low",
            "community.flats_per_floor_high",
            "community.lift_from_storeys",
            "community.unit_ranks",
            "community.tie_spare",
        ),
        "what the place is made of, not how much of it there is",
    ),
    "design.mechanisms.health_network.areas": "a way of dividing; 0 stands for that of others",
    "design.mechanisms.red_black_list.judges": "a switch",
}
"""Assumed numbers that have no range, and why."""


@dataclass(frozen=True)
class Assumption:
    """An assumed number (假定值) of a run.

    Attributes
    ----------
    path : str
        As in studies: ``processes.sense.report_rate``, ``community.tie_degree``,
        ``design.mechanisms.grid_linkage.hours``.
    unit : str
    default : float
        Its value in these designs, this community, these processes. Of a list 1: the factor on all of it.
    low, high : float
        The range in which it may well lie, its value among it; of a list, the range of the factor.
    log : bool
        Whether equal ratios, not equal differences, are equally likely within it.
    source : str
        Why it is taken to be so.
    doc : str
        What it means.
    whole : bool
        Whether it is a whole number; its bounds then are, too.
    factor : bool
        Whether it is a list of numbers, which are multiplied by what is drawn.
    """

    path: str
    unit: str
    default: float
    low: float
    high: float
    log: bool
    source: str
    doc: str
    whole: bool = False
    factor: bool = False


def assumptions(designs: Sequence[Design], community: Profile, processes: Processes) -> list[Assumption]:
    """Every assumed number of some designs, a community and processes, with its plausible range.

    A number that designs set differently is what they are compared by, and none of their assumptions; nor is
    what a design leaves out: a parameter at 0, or a mechanism without force.

    A value outside of the declared range, as a design or a user may set one, has the range moved to it: by
    its ratio to the declared default, or by its difference where the range reaches below 0.

    Parameters
    ----------
    designs : sequence of Design
        May be empty.
    community : Profile
    processes : Processes

    Returns
    -------
    list of Assumption
        Processes first, then the community, then mechanisms by name; each path once.

    Examples
    --------
    >>> from cogov import Processes, load_community, load_design
    >>> found = assumptions([load_design("quyang_2014")], load_community("small"), Processes())
    >>> next(entry.unit for entry in found if entry.path == "processes.route.endurance")
    'weeks'
    """
    mechanisms = (mechanism for design in designs for mechanism in design.mechanisms)
    return [*_of(processes, "processes"), *_of_community(community), *of_mechanisms(mechanisms)]


def to_frame(found: Iterable[Assumption]) -> pd.DataFrame:
    """Assumptions as a table: a row each, its attributes the columns, ``path`` the index."""
    import pandas as pd

    names = [field.name for field in dataclasses.fields(Assumption)]
    return pd.DataFrame([dataclasses.astuple(entry) for entry in found], columns=names).set_index("path")


def _of(values: Parameters, where: str) -> Iterator[Assumption]:
    """Of a set of parameters and of those within it."""
    for number in _numbers(values):
        if isinstance(number.value, Parameters):
            yield from _of(number.value, f"{where}.{number.name}")
        elif found := number.assumption(f"{where}.{number.name}"):
            yield found


def _of_community(community: Profile) -> Iterator[Assumption]:
    for number in _numbers(community):
        source = community.sources.get(number.name, "")
        assumed = number.name in QUANTITIES and is_assumed(source)
        own = community.ranges.get(number.name)
        if assumed and (found := number.assumption(f"community.{number.name}", source, own)):
            yield found


def of_mechanisms(mechanisms: Iterable[Mechanism]) -> Iterator[Assumption]:
    """Of some mechanisms, of one kind perhaps several; see `assumptions`."""
    found: dict[str, list[Mechanism]] = {}
    for mechanism in mechanisms:
        if mechanism != mechanism.at_zero():
            found.setdefault(mechanism.name, []).append(mechanism)
    for name, alternatives in sorted(found.items()):
        for number in _numbers(alternatives[0]):
            alike = len({getattr(mechanism, number.name) for mechanism in alternatives}) == 1
            path = f"design.mechanisms.{name}.{number.name}"
            if alike and number.value and (assumption := number.assumption(path)):
                yield assumption


class _Number(NamedTuple):
    """A field and its value."""

    name: str
    value: Any
    default: Any
    whole: bool
    about: Mapping[str, Any]

    def assumption(
        self, path: str, source: str = "", own: tuple[float, float] | None = None
    ) -> Assumption | None:
        """None if no range is known of it, or it leaves no room; with a range of its own, that one."""
        about = self.about
        if not about.get("plausible") or isinstance(self.value, (bool, str)) or self.value is None:
            return None
        low, high = own or about["plausible"]
        floor = -math.inf if about["low"] is None else about["low"]
        ceiling = math.inf if about["high"] is None else about["high"]
        listed, default, whole = isinstance(self.value, tuple), self.value, self.whole
        if listed:
            sizes = [abs(entry) for entry in _flat(self.value) if entry]
            if not sizes:
                return None
            high, default, whole = max(1.0, min(high, ceiling / max(sizes))), 1.0, False
            low = min(1.0, max(low, floor / min(sizes)))
        else:
            if not own:
                low, high = self._moved(low, high, about["log"])
            low, high = max(low, floor), min(high, ceiling)
            if whole:
                low, high = math.ceil(low - 1e-9), math.floor(high + 1e-9)
        if not low <= default <= high or low == high:
            return None
        return Assumption(
            path,
            about["unit"],
            default,
            low,
            high,
            about["log"] and low > 0,
            source or about["source"],
            about["doc"],
            whole,
            listed,
        )

    def _moved(self, low: float, high: float, log: bool) -> tuple[float, float]:
        """The range about the value: as declared where it lies in it, else moved there."""
        value, default = self.value, self.default
        if default is dataclasses.MISSING:
            low, high = low * value, high * value
            return min(low, high), max(low, high)
        if low <= value <= high:
            return low, high
        if not low <= default <= high:  # it is off by default
            default = math.sqrt(low * high) if log else (low + high) / 2
        if low < 0 or not default:
            return low + value - default, high + value - default
        return low * value / default, high * value / default


def _numbers(values: Parameters) -> Iterator[_Number]:
    hints = typing.get_type_hints(type(values))
    for field in dataclasses.fields(values):
        value, whole = getattr(values, field.name), hints[field.name] is int
        yield _Number(field.name, value, field.default, whole, field.metadata)


def _flat(values: Iterable[Any]) -> Iterator[float]:
    for entry in values:
        if isinstance(entry, tuple):
            yield from _flat(entry)
        else:
            yield entry
