"""The claims: what is added to what, which outcome moves which way, and the cut that must end it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, ClassVar

from cogov.kit.errors import CogovError, ConfigError, unknown
from cogov.kit.fields import Parameters, param
from cogov.kit.reading import read_yaml
from cogov.kit.resources import shipped
from cogov.outcomes import MEASURES
from cogov.outcomes.measures import BY_COMPOUND
from cogov.rules import Design, Where
from cogov.rules.shipped import load_design
from cogov.study.parameters import parse

FILE = "claims.yaml"
DIRECTIONS = {"more": 1, "less": -1, "no_less": 1}

type Added = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Claim(Parameters):
    """One effect that a document claims.

    Two designs are compared on the same people, problems and bad luck: ``base`` with ``given``, and the same
    with ``adds`` on top. An interaction has ``parts`` instead: what all of them do together beyond the sum of
    what each does alone. The cut takes the cause away from both: what survives it is a defect
    of the model.
    """

    error: ClassVar[type[CogovError]] = ConfigError

    name: str = param(doc="E01 to E54, I1 to I5")
    seed: str = param(doc="the documents that claim it")
    words: str = param(doc="what they say, quoted")
    says: str = param(doc="the hypothesis in a sentence")
    communities: tuple[str, ...] = param(
        doc="where it is tried at full size: the document's place, two unlike"
    )
    base: str = param("line_hierarchy", doc="the design that it is compared with")
    given: dict[str, Any] = param(None, doc="mechanisms that both designs have besides")
    adds: dict[str, Any] = param(None, doc="mechanisms that the claim is about, with their parameters")
    parts: tuple[dict[str, Any], ...] = param((), doc="of an interaction: the mechanisms of each part")
    varies: dict[str, Any] = param(None, doc="of a claim about conditions: from and to, by path")
    pilot: int = param(0, low=0, high=1000, doc="neighbourhoods that have what is added in the design before")
    outcome: str = param(doc="the outcome that it is about")
    direction: str = param(choices=tuple(DIRECTIONS), doc="which way it should go")
    also: tuple[str, ...] = param((), doc="outcomes to be read beside it")
    cut: dict[str, Any] = param(
        None, doc="parameters that take the cause away, by mechanism; of conditions by path"
    )
    cut_says: str = param("", doc="what the cut takes away")
    confounder: str = param("", doc="what could give the same sign for another reason")
    settings: dict[str, Any] = param(None, doc="settings of the study: weeks, shocks")

    def __post_init__(self) -> None:
        for field in ("given", "adds", "varies", "cut", "settings"):
            if getattr(self, field) is None:
                object.__setattr__(self, field, {})
        super().__post_init__()
        if problems := list(self._problems()):
            raise ConfigError("\n".join(f"claim {self.name}: {problem}" for problem in problems))

    def _problems(self) -> Iterator[str]:
        """What does not go together, one by one."""
        strange = [outcome for outcome in (self.outcome, *self.also) if outcome not in MEASURES]
        yield from (unknown("outcome", outcome, MEASURES) for outcome in strange)
        if sum(map(bool, (self.adds, self.parts, self.varies))) != 1:
            yield "a claim has either adds or parts or varies"
            return
        if not self.parts and not (self.cut and self.cut_says):
            yield "cut and cut_says: what must make the effect vanish?"
        if self.varies:
            for path, levels in self.varies.items():
                parse(path)
                if not _two_numbers(levels):
                    yield f"varies.{path} = {levels!r}: must be two levels, from and to, both numbers"
            for path in self.cut:
                parse(path)
        elif bare := [name for name in self.cut if not isinstance(self.cut[name], Mapping)]:
            yield f"cut.{bare[0]} = {self.cut[bare[0]]!r}: must give parameters of that mechanism"
        elif known := set(self.cut) - set(self.adds) - set(self.given):
            yield f"cut changes {', '.join(sorted(known))}, which it does not add"
        if self.pilot and (not self.adds or self.outcome not in BY_COMPOUND):
            yield f"pilot goes with adds, and with an outcome kept by compound: {', '.join(BY_COMPOUND)}"
        if self.direction == "no_less" and not strange and not MEASURES[self.outcome].matters:
            yield f"direction no_less: which difference in {self.outcome} matters is not known"

    @property
    def sign(self) -> int:
        """1 if the outcome should rise, or not fall by what matters; -1 if it should fall."""
        return DIRECTIONS[self.direction]

    @property
    def interaction(self) -> bool:
        """Whether it is about what several parts do together."""
        return bool(self.parts)

    def _added(self) -> dict[str, dict[str, Any]]:
        """What comes on top, with the parameters that were given before where it changes others."""
        parts = self.parts or (self.adds,)
        return {name: {**self.given.get(name, {}), **set_} for part in parts for name, set_ in part.items()}

    def _begun(self) -> Design:
        design = load_design(self.base)
        return design.with_(self.given, name=f"{self.name}_before") if self.given or self.pilot else design

    def _in_pilot(self, design: Design) -> Design:
        """A design with what the claim adds in force in the pilot's neighbourhoods only."""
        sites = Where(first=self.pilot)
        there = [entry for entry in design.mechanisms if entry.name in self.adds and not entry.standing]
        return design.with_(*(replace(entry, where=sites) for entry in there), name=design.name)

    def before(self) -> Design:
        """The design it is compared with."""
        design = self._begun()
        return self._in_pilot(design.with_(self._added(), name=design.name)) if self.pilot else design

    def after(self) -> Design:
        """The design that has what the claim is about; all parts of an interaction."""
        return self._begun().with_(self._added(), name=self.name)

    def without_cause(self) -> tuple[Design, Design]:
        """Both designs with the cause taken away, as far as each has it; the one compared with first."""
        with_it = self.given | self._added()
        first = _without(self.before(), with_it if self.pilot else self.given, self.cut)
        return self._in_pilot(first) if self.pilot else first, _without(self.after(), with_it, self.cut)

    def alone(self) -> list[Design]:
        """Of an interaction: each part by itself."""
        return [
            self.before().with_(part, name=f"{self.name}_part{place}")
            for place, part in enumerate(self.parts, start=1)
        ]

    def designs(self) -> list[Design]:
        """All designs that it takes, the one compared with first; of conditions one."""
        if self.varies:
            return [self.before()]
        rest = self.alone() if self.interaction else self.without_cause()
        return [self.before(), self.after(), *rest]


def _two_numbers(levels: Any) -> bool:
    return isinstance(levels, list | tuple) and len(levels) == 2 and {*map(type, levels)} <= {int, float}


def _without(design: Design, there: Added, cut: Added) -> Design:
    """A design with the cut laid on what it has of it; itself where that is nothing."""
    changed = {name: {**there[name], **values} for name, values in cut.items() if name in there}
    return design.with_(changed, name=f"{design.name}_cut") if changed else design


@cache
def claims() -> dict[str, Claim]:
    """All claims by name.

    Raises
    ------
    ConfigError
        Naming the claim, the key and what is allowed.
    """
    found = {}
    for name, values in read_yaml(shipped("configs") / FILE).items():
        tidy = {key: {} if value is None else value for key, value in values.items()}
        for key in ("given", "adds", "cut"):
            # of conditions a cut gives numbers by path
            tidy[key] = {name: {} if set_ is None else set_ for name, set_ in (tidy.get(key) or {}).items()}
        tidy["parts"] = tuple(
            {mechanism: dict(set_ or {}) for mechanism, set_ in part.items()}
            for part in tidy.get("parts", ())
        )
        found[name] = Claim.from_mapping({"name": name, **tidy}, f"{FILE}: {name}")
    return found
