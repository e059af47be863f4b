"""What a mechanism is, and the registry of all there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, ClassVar, Self

from cogov.kit.errors import CogovError, DesignError
from cogov.kit.fields import Parameters, param
from cogov.kit.plugins import registered
from cogov.rules.conditions import EVERYWHERE, Where
from cogov.rules.kinds import Rule
from cogov.terms import LAWS

PER = 10_000
"""Households for which heads of a subdistrict's posts are counted: a unit, so nothing to choose."""


def agenda_hours(default: float = 0.5) -> Any:
    """The parameter of councils that says what preparing their agenda takes."""
    return param(
        default,
        low=0,
        high=40,
        unit="h/week per slot",
        doc="hours its keeper needs to prepare a slot of a monthly agenda",
        plausible=(default / 2, default * 2),
    )


def list_hours(default: float) -> Any:
    """The parameter of lists of what units offer that says what keeping them takes."""
    return param(
        default,
        low=0,
        high=40,
        unit="h/week",
        doc="hours of its keeper for every unit listed in full",
        plausible=(0.2, 4),
    )


def supplies(default: float) -> Any:
    """The parameter of services that says what those served use up."""
    return param(
        default,
        low=0,
        high=100,
        unit="yuan/h",
        doc="what each of those served at a time uses up beside what is paid for it",
        plausible=(0.3, 10),
    )


def referred(default: bool, smaller: str) -> Any:
    """The parameter of councils that says whether they take up what councils of smaller areas refused."""
    return param(default, doc=f"whether it takes up what councils of {smaller} have refused")


def law_of_works(doc: str = "law by which owners agree to such works") -> Any:
    """The parameter of programmes that says by which law owners agree to works other than an added lift."""
    return param(
        "civil_code",
        choices=tuple(LAWS),
        doc=doc,
        source="facts: Civil Code, article 278, from 2021 (沪建房管联〔2020〕801号); before, two thirds"
        " (Property Law of 2007, article 76, from memory)",
    )


def owners_meeting() -> Any:
    """The parameter of programmes that says what a meeting of owners takes."""
    return param(
        2.0, low=0, high=100, unit="h", doc="committee hours for a meeting of owners", plausible=(1, 4)
    )


def prepared_sites() -> Any:
    """The parameter of programmes that says how many compounds they have in hand."""
    return param(
        1.0,
        low=0,
        high=1000,
        unit="sites",
        doc="compounds a neighbourhood prepares at a time",
        plausible=(1, 2),
    )


def visit_speed() -> Any:
    """The parameter of posts whose people go round that says how fast they look."""
    return param(
        0.5,
        low=0,
        high=100,
        unit="buildings/h",
        doc="buildings a visit gets through in an hour",
        plausible=(0.25, 1),
    )


def visit_doors() -> Any:
    """The same of how many they hear from."""
    return param(
        0.6,
        low=0,
        high=100,
        unit="households/h",
        doc="households a visit hears from: half an hour each and the way, every second door opens",
        plausible=(0.3, 1.5),
    )


def own_purse(default: float) -> Any:
    """The parameter of programmes that says how much money of their own they have."""
    return param(
        default,
        low=0,
        unit="yuan/household/year",
        doc="grant of its own, which pays it and nothing else and lapses where it is not spent",
        source="assumed: what the defaults cost in a subdistrict like Wuliqiao, rounded up",
        plausible=(default / 2, default * 2),
    )


@dataclass(frozen=True, kw_only=True)
class Mechanism(Parameters):
    """A named, parametrised change to the rules (机制).

    A subclass is a frozen dataclass with validated parameters (``cogov.kit.fields.param``), a one-line
    docstring, and one method, ``rules``, which returns the rules it brings. It never touches an outcome.

    Class attributes: ``name`` (as written in a design), ``zh``, ``seed`` (source documents by number),
    ``family``, and ``zero``: the parameter values at which the mechanism has no force at all. One that is
    ``standing`` is there before any reform, and hence everywhere when a design is a pilot. ``words`` are
    the sentences of the documents that name it, quoted, by document; ``reading`` says what of it is an
    interpretation of them and which parameter leaves that out; ``why`` names the behavioural assumption that
    it rests on, with its reference.
    """

    error: ClassVar[type[CogovError]] = DesignError
    name: ClassVar[str]
    zh: ClassVar[str]
    seed: ClassVar[str]
    family: ClassVar[str]
    zero: ClassVar[Mapping[str, Any]]
    standing: ClassVar[bool] = False
    words: ClassVar[Mapping[str, str]] = {}
    reading: ClassVar[str] = ""
    why: ClassVar[str] = ""

    where: Where = param(EVERYWHERE, doc="only where these are: a pilot (试点)", source="given")

    def rules(self) -> tuple[Rule, ...]:
        """The rules this mechanism brings."""
        raise NotImplementedError

    def brought(self) -> tuple[Rule, ...]:
        """Its rules, in force in the places of ``where`` only.

        What stands for a whole subdistrict stands where one of these places is in it; what only says how
        something is done (scopes, practices, laws of consent) goes with the rules that name it.

        Raises
        ------
        DesignError
            If one of the rules chooses its places in the same way itself.
        """
        if self.where.everywhere:
            return self.rules()
        return tuple(
            replace(rule, where=self._places_of(rule)) if rule.placed else rule for rule in self.rules()
        )

    def _places_of(self, rule: Rule) -> Where:
        """Where a rule is in force that may choose places itself: those that meet all that is asked for."""
        asked = {key: value for key, value in self.where.as_dict().items() if value}
        own = {key: value for key, value in rule.where.as_dict().items() if value}
        if twice := sorted(set(asked) & set(own)):
            raise DesignError(
                f"{self.name}.where = {self.where}: its {rule.kind} {rule.name!r} chooses places by"
                f" {', '.join(twice)} itself ({rule.where}); leave that out"
            )
        return replace(rule.where, **asked)

    def as_dict(self) -> dict[str, Any]:
        """The values, by name; the places only where they are chosen."""
        found = super().as_dict()
        return {key: value for key, value in found.items() if key != "where" or not self.where.everywhere}

    def at_zero(self) -> Self:
        """The same mechanism at zero strength: a run with it equals a run without it, to the bit."""
        return replace(self, **self.zero)

    @classmethod
    def title(cls) -> str:
        return cls.name

    @classmethod
    def summary(cls) -> str:
        """First line of the docstring."""
        return (cls.__doc__ or "").strip().splitlines()[0]


@cache
def registry() -> dict[str, type[Mechanism]]:
    """All mechanisms by name: cogov's own and those of the entry-point group ``cogov.mechanisms``.

    Raises
    ------
    DesignError
        If what an installed package offers cannot be loaded, is not a mechanism, or has a name taken.
    """
    from cogov.mechanisms import OWN

    return registered("cogov.mechanisms", OWN, Mechanism, DesignError)


def permit_bodies() -> Any:
    """Bodies that must permit a lift: of the city, the same for whoever helps owners to one."""
    return param(
        6,
        low=0,
        high=100,
        unit="bodies",
        doc="bodies that must permit a lift, one after another",
        source="assumed; shine.cn 1803211939 (housing, planning, construction and others)",
        plausible=(3, 15),
    )


def permit_weeks() -> Any:
    """Weeks each of them takes."""
    return param(
        2.0,
        low=0,
        high=52,
        unit="weeks",
        doc="weeks each takes at least",
        source="assumed; shine.cn 1803211939 (three months in all, where they are prepared)",
        plausible=(1, 4),
    )


def permit_hours() -> Any:
    """Hours each of them takes of its department."""
    return param(8.0, low=0, high=200, unit="h", doc="hours of its department", plausible=(2, 40))
