"""A design: a set of mechanisms, hence a set of rules; and how two designs differ, rule by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from cogov.kit.errors import DesignError, shown, unknown
from cogov.kit.fields import check_value, name_fault
from cogov.rules.amend import Amend, Amended, amend
from cogov.rules.conditions import Where
from cogov.rules.diff import DesignDiff
from cogov.rules.kinds import (
    BUDGET,
    LIFT_FUND,
    RULE_KINDS,
    Council,
    Move,
    OwnersConsent,
    Position,
    Programme,
    Purse,
    Rule,
    Scope,
)

if TYPE_CHECKING:
    from cogov.mechanisms.base import Mechanism

FIELDS = ("name", "zh", "summary", "summary_zh", "seed", "claim", "claim_zh", "mechanisms")
PILOT = "pilot"
"""A key of design files: where what a document names is in force."""


@dataclass(frozen=True)
class Design:
    """A governance design (治理方案): mechanisms with parameters.

    The order of mechanisms does not matter: their rules are put together as a set, and two mechanisms
    that give one rule two contents refuse to go together.

    Parameters
    ----------
    mechanisms : iterable of Mechanism
        At most one of each kind.
    name, zh, summary, seed, summary_zh, claim, claim_zh : str
        For tables and reports: name, Chinese name, one line, number of the source document, that line in
        Chinese, what the document claims of it, and that in its own words.

    Raises
    ------
    DesignError
        If a mechanism comes twice or two mechanisms conflict; the message names both.
    """

    mechanisms: tuple[Mechanism, ...]
    name: str = "custom"
    zh: str = ""
    summary: str = ""
    seed: str = ""
    summary_zh: str = ""
    claim: str = ""
    claim_zh: str = ""

    def __post_init__(self) -> None:
        from cogov.mechanisms.base import Mechanism

        if fault := name_fault(self.name):
            raise DesignError(f"design.name = {shown(self.name)}: {fault}")
        for key in FIELDS[1:-1]:
            _, fault = check_value(getattr(self, key), str, {})
            if fault:
                raise DesignError(f"design {self.name}: {key} = {shown(getattr(self, key))}: {fault}")
        mechanisms = tuple(self.mechanisms)
        for mechanism in mechanisms:
            if not isinstance(mechanism, Mechanism):
                raise DesignError(f"design {self.name}: {mechanism!r} is not a mechanism")
        names = [mechanism.name for mechanism in mechanisms]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise DesignError(f"design {self.name}: {', '.join(sorted(twice))} given more than once")
        object.__setattr__(self, "mechanisms", tuple(sorted(mechanisms, key=lambda m: m.name)))
        self.rules()  # a design that cannot be put together fails here

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any], where: str = "") -> Self:
        """Build from what a design file holds: ``name``, ``mechanisms: {name: {parameter: value}}`` ...

        A key ``pilot``, such as ``{first: 1}``, says where all mechanisms are in force but those that stand
        before any reform, which are everywhere.

        Raises
        ------
        DesignError
            Naming every unknown key, mechanism and parameter with the nearest valid name.
        """
        if not isinstance(values, Mapping) or not isinstance(values.get("mechanisms"), Mapping):
            raise DesignError(f"{where or 'design'}: a design is a mapping with a mapping 'mechanisms'")
        mechanisms, problems = _read(values["mechanisms"], where)
        allowed = (*FIELDS, PILOT)
        problems = [
            unknown("key", str(key), allowed, where) for key in values if key not in allowed
        ] + problems
        if problems:
            raise DesignError("\n".join(problems))
        if values.get(PILOT):
            places = Where.from_mapping(values[PILOT], f"{where or 'design'}.{PILOT}")
            mechanisms = tuple(
                entry if entry.standing else replace(entry, where=places) for entry in mechanisms
            )
        words = {key: values[key] for key in FIELDS[:-1] if values.get(key) is not None}
        if isinstance(words.get("seed"), int):  # the number of a document, without its quotes
            words["seed"] = str(words["seed"])
        return cls(mechanisms=mechanisms, **words)

    def rules(self) -> tuple[Rule, ...]:
        """What exists: all rules with any force, by kind and name, with the items that amendments add."""
        return tuple(entry.rule for entry in self._law)

    def amendments(self) -> tuple[tuple[str, Amend], ...]:
        """How much, beside what exists: (mechanism, amendment) for every number changed."""
        return tuple(pair for entry in self._law for pair in entry.by if not isinstance(pair[1].by, tuple))

    def amended(self) -> dict[tuple[str, str], Amended]:
        """Every rule by key, with what amendments make of it where all are in force, and who contributes."""
        return {entry.rule.key: entry for entry in self._law}

    def idle(self) -> tuple[tuple[str, Rule], ...]:
        """What is without effect in this design, as (mechanism, rule).

        Amendments of rules that it does not have, and rules about posts or councils that it does not have.
        """
        there, posts, councils = self.amended(), self._posts(), self._councils()
        about = [
            (name, rule)
            for name, rule in self._given()
            if not rule.null and rule.key not in there and rule.idle(posts, councils)
        ]
        return (*about, *(pair for pair in self._amending() if pair[1].changes not in there))

    @cached_property
    def _brought(self) -> tuple[tuple[str, Rule], ...]:
        """All rules as (mechanism, rule); each is made and checked once."""
        return tuple((mechanism.name, rule) for mechanism in self.mechanisms for rule in mechanism.brought())

    def _given(self) -> list[tuple[str, Rule]]:
        """All rules but amendments, as (mechanism, rule)."""
        return [pair for pair in self._brought if not isinstance(pair[1], Amend)]

    def _posts(self) -> set[str]:
        """Posts that have hours, of their own or moved into them from one that has."""
        given = [rule for _, rule in self._given()]
        all_posts = {rule.name for rule in given if isinstance(rule, Position)}
        posts = {rule.name for rule in given if isinstance(rule, Position) and not rule.null}
        moves = [rule for rule in given if isinstance(rule, Move) and not rule.null]
        while more := {m.into for m in moves if m.from_line or m.out_of in posts} & all_posts - posts:
            posts |= more
        return posts

    def _councils(self) -> set[str]:
        """Councils that meet."""
        return {rule.name for _, rule in self._given() if isinstance(rule, Council) and not rule.null}

    def _amending(self) -> list[tuple[str, Amend]]:
        """All amendments that are any."""
        found = [(name, rule) for name, rule in self._brought if isinstance(rule, Amend) and not rule.null]
        return sorted(found, key=lambda pair: (pair[1].changes, pair[1].field, pair[0], str(pair[1])))

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to a worker: the mechanisms, from which it works the rules out itself."""
        return {key: value for key, value in vars(self).items() if key not in ("_law", "_brought")}

    @cached_property
    def _law(self) -> tuple[Amended, ...]:
        """Rules put together as a set, amendments laid over them as a bag."""
        found: dict[tuple[str, str], tuple[Rule, str]] = {}
        given, posts, councils = self._given(), self._posts(), self._councils()
        all_posts = {rule.name for _, rule in given if isinstance(rule, Position)}
        purses = {BUDGET, LIFT_FUND, *(rule.name for _, rule in given if isinstance(rule, Purse))}
        drawn_on = {
            rule.purse
            for _, rule in (*given, *self._amending())
            if not rule.null or (isinstance(rule, Position) and rule.name in posts)  # hours moved into it
        }
        agreed_by = self._consents(given)
        for mechanism, rule in given:
            post = getattr(rule, "post", "")
            if post == "volunteers":  # not a post alone: people volunteer under any rules
                post = ""
            if post and post not in all_posts:
                raise DesignError(
                    f"design {self.name}: {rule.kind} {rule.name!r} is about a post that no mechanism"
                    f" brings: {unknown('post', post, all_posts)}"
                )
            if isinstance(rule, Purse) and rule.name in (BUDGET, LIFT_FUND):
                raise DesignError(
                    f"design {self.name}: purse {rule.name!r} is the community's own: give its profile more"
                    " money, or the purse another name"
                )
            used = rule.name in (posts if isinstance(rule, Position) else drawn_on)
            used = used and isinstance(rule, Position | Purse)
            if (rule.null and not used) or (post and post not in posts) or rule.idle(posts, councils):
                continue
            if isinstance(rule, OwnersConsent) and rule.name not in agreed_by:
                continue
            other = found.setdefault(rule.key, (rule, mechanism))
            if other[0] != rule:
                raise DesignError(
                    f"design {self.name}: {other[1]} and {mechanism} both set"
                    f" {rule.kind} {rule.name!r}, differently; leave one of them out, or let one amend the"
                    " other's"
                )
        for field, areas in (("number", "blocks"), ("households", "micro grids")):
            by = [name for rule, name in found.values() if isinstance(rule, Scope) and getattr(rule, field)]
            if len(by) > 1:
                raise DesignError(
                    f"design {self.name}: {' and '.join(by)} draw {areas}; leave one of them out"
                )
        amending = self._amending()
        for rule in [*(rule for rule, _ in found.values()), *(entry for _, entry in amending)]:
            for post in rule.posts:
                if post not in posts:
                    raise DesignError(
                        f"design {self.name}: {rule.kind} {rule.name!r} needs the hours of a post that no"
                        f" mechanism brings: {unknown('post', post, posts)}"
                    )
            if rule.purse not in purses:
                raise DesignError(
                    f"design {self.name}: {rule.kind} {rule.name!r} is paid from a purse that no mechanism"
                    f" brings: {unknown('purse', rule.purse, purses)}"
                )
        order = {kind.kind: position for position, kind in enumerate(RULE_KINDS)}
        rules = sorted((rule for rule, _ in found.values()), key=lambda rule: (order[rule.kind], rule.name))
        where = f"design {self.name}: "
        return tuple(
            amend(rule, [pair for pair in amending if pair[1].changes == rule.key], where) for rule in rules
        )

    def _consents(self, given: list[tuple[str, Rule]]) -> set[str]:
        """Consent rules that programmes with any force go by."""
        there = {rule.name for _, rule in given if isinstance(rule, OwnersConsent)}
        named = {rule.consent: rule.name for _, rule in given if isinstance(rule, Programme) and rule.consent}
        for consent, programme in named.items():
            if consent not in there:
                raise DesignError(
                    f"design {self.name}: programme {programme!r} asks owners by a rule that no mechanism"
                    f" brings: {unknown('consent', consent, there)}"
                )
        return {rule.consent for _, rule in given if isinstance(rule, Programme) and not rule.null}

    def mechanism(self, name: str) -> Mechanism:
        """The mechanism of that name.

        Raises
        ------
        DesignError
            If the design has none; the message names the nearest.
        """
        for mechanism in self.mechanisms:
            if mechanism.name == name:
                return mechanism
        raise DesignError(
            unknown("mechanism", name, [m.name for m in self.mechanisms], f"design {self.name}")
        )

    def with_(
        self,
        *mechanisms: Mechanism | str | Mapping[str, Mapping[str, Any] | None],
        name: str | None = None,
        **parameters: Any,
    ) -> Design:
        """A design with these mechanisms added, or put in place of those of the same name.

        Parameters
        ----------
        *mechanisms : Mechanism, str or mapping
            Mechanisms, their names (with their default parameters), or mappings of names to parameters as
            a design file has them.
        name : str, optional
            Name of the new design.
        **parameters
            Of the mechanism, where one is given by its name.

        Raises
        ------
        DesignError
            For an unknown mechanism or parameter, with the nearest name there is; or if mechanisms conflict.

        Examples
        --------
        >>> from cogov import load_design
        >>> design = load_design("line_hierarchy").with_("grid_linkage", households=60, name="finer")
        >>> design.mechanism("grid_linkage").households
        60
        """
        if parameters:
            if len(mechanisms) != 1 or not isinstance(mechanisms[0], str):
                raise DesignError(
                    f"parameters ({', '.join(parameters)}) go with one mechanism given by its name, as in"
                    " with_('grid_linkage', households=80)"
                )
            mechanisms = ({mechanisms[0]: parameters},)
        made = [mechanism for entry in mechanisms for mechanism in _mechanisms(entry)]
        new = {mechanism.name for mechanism in made}
        kept = tuple(mechanism for mechanism in self.mechanisms if mechanism.name not in new)
        label = name or _labelled(self.name, "+", new)
        return replace(self, mechanisms=(*kept, *made), name=label)

    def without(self, *mechanisms: Mechanism | str, name: str | None = None) -> Design:
        """A design without these mechanisms, given by name or as they are.

        Raises
        ------
        DesignError
            If the design has no mechanism of that name; the message names the nearest.
        """
        gone = {self.mechanism(entry if isinstance(entry, str) else entry.name).name for entry in mechanisms}
        kept = tuple(mechanism for mechanism in self.mechanisms if mechanism.name not in gone)
        label = name or _labelled(self.name, "-", gone)
        return replace(self, mechanisms=kept, name=label)

    def diff(self, other: Design) -> DesignDiff:
        """Compare rule by rule: what ``other`` adds to, takes from and changes in this design."""
        return DesignDiff(self.name, other.name, self.amended(), other.amended())

    def __repr__(self) -> str:
        """In one line; ``print`` shows the mechanisms with their parameters."""
        return f"<Design {self.name!r}: {', '.join(mechanism.name for mechanism in self.mechanisms)}>"

    def __str__(self) -> str:
        lines = [f"{self.name} {self.zh}".strip(), self.summary] if self.summary else [self.name]
        for mechanism in self.mechanisms:
            values = ", ".join(f"{key}={value}" for key, value in mechanism.as_dict().items())
            lines.append(f"  {mechanism.name} {mechanism.zh}" + (f" ({values})" if values else ""))
        return "\n".join(lines)


def _labelled(name: str, sign: str, mechanisms: set[str]) -> str:
    """A name that says what was added or taken away; how many, where that would be too long a name."""
    label = f"{name}{sign}{sign.join(sorted(mechanisms))}"
    return f"{name}{sign}{len(mechanisms)} mechanisms" if name_fault(label) else label


def _read(values: Mapping[str, Any], where: str = "") -> tuple[tuple[Mechanism, ...], list[str]]:
    """Mechanisms from their names and parameters, and what is wrong with those that cannot be made."""
    from cogov.mechanisms.base import registry

    known = registry()
    mechanisms, problems = [], []
    for name, parameters in values.items():
        if name not in known:
            problems.append(unknown("mechanism", str(name), known, where))
            continue
        try:
            mechanisms.append(known[name].from_mapping(parameters, where))
        except DesignError as error:
            problems.append(str(error))
    return tuple(mechanisms), problems


def _mechanisms(given: Mechanism | str | Mapping[str, Mapping[str, Any] | None]) -> tuple[Mechanism, ...]:
    """Mechanisms as somebody gave them: made, by name, or by name with parameters."""
    from cogov.mechanisms.base import Mechanism

    if isinstance(given, Mechanism):
        return (given,)
    if isinstance(given, str):
        given = {given: {}}
    if isinstance(given, Mapping):
        made, problems = _read(given)
        if problems:
            raise DesignError("\n".join(problems))
        return made
    if isinstance(given, type) and issubclass(given, Mechanism):
        raise DesignError(
            f"{given.__name__} is a kind of mechanism: make one, {given.__name__}(), or give its name"
        )
    raise DesignError(f"{given!r} is not a mechanism, the name of one, or a mapping of names to parameters")
