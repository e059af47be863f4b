"""The designs, and how their rules differ from the baseline's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cogov.community import Profile
from cogov.kit.names import RULES
from cogov.kit.typed import word
from cogov.report.facts import Facts
from cogov.report.texts import Words
from cogov.report.wording import amendment, kind_of_rule, rule_field, rule_fields, rule_value
from cogov.rules import RULE_KINDS, Design, Rule
from cogov.rules.amend import Amended
from cogov.words import mechanism


@dataclass(frozen=True)
class RuleLine:
    """One rule that differs."""

    sign: str
    what: str
    name: str
    """In words; empty if there are none."""
    identifier: str
    by: str
    """The mechanism that brings it."""
    content: str


@dataclass(frozen=True)
class DesignPart:
    """One design."""

    title: str
    identifier: str
    summary: str
    mechanisms: list[tuple[str, str]]
    """Name and parameters."""
    head: str
    kinds: list[tuple[str, list[RuleLine]]] = field(default_factory=list)


def designs(facts: Facts, words: Words) -> list[DesignPart]:
    """Every design, the baseline first, with the rules in which it differs from that."""
    base = facts.arms[facts.baseline]
    return [_part(facts, words, base, design) for design in facts.arms.values()]


def _part(facts: Facts, words: Words, base: Design, design: Design) -> DesignPart:
    shown = facts.called(design.name)
    own = [
        (
            mechanism(entry.name, words.lang),
            words.listed(f"{key} {word(v)}" for key, v in entry.as_dict().items()),
        )
        for entry in design.mechanisms
    ]
    about: dict[str, Any] = {
        "title": shown,
        "identifier": design.name if shown != design.name else "",
        "summary": summary(design, words.lang),
        "mechanisms": own,
    }
    if design is base:
        return DesignPart(**about, head=words("design_baseline", n=len(design.rules())))
    diff = base.diff(design)
    counts = {"added": len(diff.added), "removed": len(diff.removed), "changed": len(diff.changed)}
    head = words("design_diff", baseline=facts.called(base.name), **counts) if diff else words("design_same")
    lines: dict[str, list[RuleLine]] = {}
    entries: list[tuple[str, Rule, Rule, str]] = [
        *(("-", rule, rule, _content(diff.mine[rule.key], words)) for rule in diff.removed),
        *(("+", rule, rule, _content(diff.theirs[rule.key], words)) for rule in diff.added),
        *(
            ("~", old, new, _change(diff.mine[new.key], diff.theirs[new.key], words))
            for old, new in diff.changed
        ),
    ]
    order = [kind.kind for kind in RULE_KINDS]
    for sign, old, new, content in sorted(entries, key=lambda e: (order.index(e[2].kind), e[2].name)):
        whose = _bringer(base, old) if sign == "-" else _bringer(design, new)
        line = RuleLine(
            sign={"-": "−"}.get(sign, sign),
            what=words({"-": "removed", "+": "added", "~": "changed"}[sign]),
            name=RULES.get(new.name, "") if words.lang == "zh" else "",
            identifier=new.name,
            by=mechanism(whose, words.lang),
            content=content,
        )
        lines.setdefault(kind_of_rule(new, words.lang), []).append(line)
    return DesignPart(**about, head=head, kinds=list(lines.items()))


def summary(described: Design | Profile, lang: str) -> str:
    """What a design or community says of itself; in Chinese only what it says in Chinese."""
    if lang == "en":
        return described.summary
    return described.summary_zh or ("" if described.summary.isascii() else described.summary)


def _bringer(design: Design, rule: Rule) -> str:
    """Name of the mechanism of a design that brings a rule."""
    return next(
        entry.name for entry in design.mechanisms if any(own.key == rule.key for own in entry.rules())
    )


def _content(entry: Amended, words: Words) -> str:
    fields = rule_fields(entry.result)
    shown = [rule_field(entry.rule, key, value, words.lang) for key, value in fields.items()]
    return words.parts([*shown, *_amendments(entry, words)])


def _amendments(entry: Amended, words: Words) -> list[str]:
    """What others make of a rule, and who."""
    return [amendment(change, mechanism(name, words.lang), words.lang) for name, change in entry.by]


def _change(old: Amended, new: Amended, words: Words) -> str:
    """The fields that differ, from what to what, and the amendments that are new."""

    def changes() -> Iterator[str]:
        before, after = old.result.as_dict(), new.result.as_dict()
        for key in after:
            if before[key] != after[key]:
                was = rule_field(old.rule, key, before[key], words.lang)
                yield f"{was} → {rule_value(new.rule, key, after[key], words.lang)}"
        mine, theirs = _amendments(old, words), _amendments(new, words)
        yield from (words("no_longer", what=entry) for entry in mine if entry not in theirs)
        yield from (entry for entry in theirs if entry not in mine)

    return words.parts(changes())
